//! Findings (疑点) and the rules behind them: what a run did, what stands on the desk, and the steps of people. Knows no
//! SQL and no sentence.

use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::id::{FindingId, ProjectId};
use domain::permission::Abilities;
use domain::review::edition::Edition;
use domain::review::name::FactName;
use domain::review::outcome::{Finding, GroupKey};
use domain::review::rule::{Level, RuleCode};
use domain::review::workflow::{State, StateName};
use serde::{Deserialize, Serialize};

/// What one rule did in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRun {
    pub rule: RuleCode,
    pub findings: u32,
    /// subjects without a finding
    pub clear: u32,
    /// subjects that could not be judged
    pub not_run: u32,
    /// what they lack
    pub missing: Vec<FactName>,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunView {
    pub on: NaiveDate,
    pub projects: u32,
    pub rules: Vec<RuleRun>,
    /// findings that were not there before, or are back
    pub new: u32,
    /// findings that the facts no longer bear out
    pub vanished: u32,
}

/// Which findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingQuery {
    pub rule: Option<RuleCode>,
    pub level: Option<Level>,
    pub area: Option<AreaCode>,
    /// nothing: all that are open
    pub state: Option<StateName>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    pub id: FindingId,
    pub version: i64,
    pub finding: Finding,
    pub state: State,
    pub area_name: String,
    /// id, 内部编号, name and code of the project it is about
    pub project: Option<FindingProject>,
    /// UTC
    pub found: NaiveDateTime,
    pub days_overdue: Option<i64>,
}

/// The project of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingProject {
    pub project: ProjectId,
    pub number: i64,
    pub name: String,
    pub code: Option<String>,
}

/// Findings that say the same of different subjects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingGroup {
    pub group: GroupKey,
    pub rule: RuleCode,
    pub level: Level,
    pub findings: Vec<FindingLine>,
}

/// The reviewer's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// the largest first within a rule
    pub groups: Vec<FindingGroup>,
    /// of the whole area, whatever the filter
    pub states: Vec<(StateName, u32)>,
    pub may: Abilities,
}

/// One rule with its editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLine {
    pub rule: RuleCode,
    pub editions: Vec<Edition>,
    /// what the product does not hold yet and the rule needs
    pub lacking: Vec<FactName>,
}

/// What a person does with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// 核实
    Verify,
    /// 误报
    Dismiss { reason: String },
    /// 下达整改
    Order { unit: String, due: NaiveDate, measures: String },
    /// 报告整改完成
    Report { evidence: String },
    /// 退回整改
    SendBack,
    /// 销号
    Close,
}

/// One step, at the version that the person saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeStep {
    pub finding: FindingId,
    pub version: i64,
    pub key: String,
    /// the unit for which the person acts
    pub unit: String,
    pub step: Step,
}
