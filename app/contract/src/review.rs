//! Findings (疑点) and the rules behind them: what a run did, what stands on the desk, and the steps of people. Knows no
//! SQL and no sentence.

pub mod check;
pub mod form;

use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::id::{EntryId, FindingId, ProjectId, RunId, SiteId};
use domain::permission::Abilities;
use domain::project::Category;
use domain::review::edition::Edition;
use domain::review::name::FactName;
use domain::review::outcome::Finding;
use domain::review::predicate::Desk;
use domain::review::rule::{Level, RuleCode};
use domain::review::workflow::{State, StateName};
use domain::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// Which findings, and how they are laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingQuery {
    pub rule: Option<RuleCode>,
    pub level: Option<Level>,
    /// code or name
    pub area: Option<String>,
    pub source: Option<Source>,
    /// of the project as it is now
    pub category: Option<Category>,
    pub project: Option<ProjectId>,
    pub standing: Standing,
    /// text of the `GroupKey` whose findings are to be seen one by one
    pub group: Option<String>,
    /// Every finding is a line of its own.
    pub single: bool,
    /// where the page before ended
    pub page: Option<String>,
}

/// Where findings stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// waiting for somebody
    #[default]
    Open,
    /// past the due day and not closed
    Overdue,
    Every,
    In(StateName),
}

impl Standing {
    /// As an address names it; empty is open.
    pub fn find(text: &str) -> Option<Standing> {
        match text {
            "" => Some(Standing::Open),
            "overdue" => Some(Standing::Overdue),
            "all" => Some(Standing::Every),
            code => StateName::from_code(code).map(Standing::In),
        }
    }

    /// The states it names; none for all.
    pub fn states(self) -> Vec<StateName> {
        match self {
            Standing::Open | Standing::Overdue => {
                StateName::ALL.into_iter().filter(|state| state.is_open()).collect()
            }
            Standing::Every => Vec::new(),
            Standing::In(state) => vec![state],
        }
    }
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

/// One line of the desk: a finding, or one of several that say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLine {
    /// how many say the same within the filter; 1 where the finding stands for itself
    pub count: u32,
    pub finding: FindingLine,
}

/// The reviewer's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// the gravest first
    pub lines: Vec<DeskLine>,
    pub next: Option<String>,
    /// of the filter, whatever state it names
    pub states: Vec<(StateName, u32)>,
    /// of the filter: past the due day and not closed
    pub overdue: u32,
    /// of the filter, whatever rule it names
    pub rules: Vec<(RuleCode, u32)>,
    pub walk: Option<WalkView>,
    pub may: Abilities,
}

/// One finding with everything about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingView {
    pub line: FindingLine,
    /// the one it was judged by
    pub edition: Option<Edition>,
    /// the other project of a pair, where the person may see it
    pub other: Option<FindingProject>,
    /// the entry it is about, where there is one
    pub entry: Option<EntryId>,
    /// the community it is about, where there is one
    pub site: Option<(SiteId, String)>,
    pub steps: Vec<StepLine>,
    pub today: NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// One step of a finding's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine {
    pub state: State,
    /// name of the person, `None` for a walk of the rules
    pub by: Option<String>,
    /// UTC
    pub at: NaiveDateTime,
}

/// One rule with its editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleLine {
    pub rule: RuleCode,
    /// those that hold somewhere in the person's area, now or at another time
    pub editions: Vec<Edition>,
    /// number of the one that holds today in the person's area
    pub current: Option<u32>,
    /// True where at least a part of the rule is asked.
    pub runs: bool,
    /// another part of the product asks it
    pub elsewhere: Option<Desk>,
    /// what the product does not hold yet and the rule needs
    pub lacking: Vec<FactName>,
    /// what it did in the last walk
    pub ran: Option<RuleRun>,
    /// open findings
    pub open: u32,
}

/// 规则目录.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesView {
    pub rules: Vec<RuleLine>,
    pub walk: Option<WalkView>,
    /// name of the area in which the current editions are meant
    pub area_name: String,
    pub may: Abilities,
}

/// One rule and the form for its next edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleView {
    pub line: RuleLine,
    /// names of the areas of its editions
    pub areas: Vec<(AreaCode, String)>,
    pub area_name: String,
    /// number of the next edition; the form carries it, so that two people do not follow the same one
    pub next: u32,
    /// first day on which the next one may begin
    pub earliest: NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// One walk of the rules over an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkView {
    pub run: RunId,
    pub state: WalkState,
    /// UTC
    pub started: NaiveDateTime,
    /// UTC
    pub ended: Option<NaiveDateTime>,
    /// name of the person, `None` for the product itself
    pub by: Option<String>,
    /// what it did, where all of it lies within the person's area
    pub figures: Option<WalkFigures>,
}

/// How far a walk came and what it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkFigures {
    pub areas_done: u32,
    pub areas: u32,
    pub projects: u32,
    /// findings that were not there before, or are back
    pub found: u32,
    pub vanished: u32,
}

/// How a walk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WalkState {
    Running,
    Done,
    /// by a person
    Stopped,
    Failed,
    /// The product ended before it did.
    Broken,
}

/// The three official lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 问题清单
    Problems,
    /// 整改清单
    Rectifications,
    /// 责任清单
    Duties,
}

impl Paper {
    pub const ALL: [Paper; 3] = [Paper::Problems, Paper::Rectifications, Paper::Duties];

    /// Stable code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Paper::Problems => "problems",
            Paper::Rectifications => "rectifications",
            Paper::Duties => "duties",
        }
    }

    pub fn from_code(code: &str) -> Option<Paper> {
        Paper::ALL.into_iter().find(|paper| paper.code() == code)
    }

    /// The states whose findings stand on it. A doubt is no problem before a person confirms it.
    pub const fn states(self) -> &'static [StateName] {
        use StateName as S;
        match self {
            Paper::Problems => &[S::Verified, S::Rectifying, S::Rectified, S::Closed],
            Paper::Rectifications | Paper::Duties => &[S::Rectifying, S::Rectified, S::Closed],
        }
    }
}

/// A list on paper or in a file: every finding of the filter that belongs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperQuery {
    pub paper: Paper,
    pub filter: FindingQuery,
}

/// One of the three lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    pub paper: Paper,
    pub area_name: String,
    pub lines: Vec<PaperLine>,
    pub today: NaiveDate,
}

/// One finding on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    pub finding: FindingLine,
    /// 依据 of the edition it was judged by
    pub basis: String,
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

/// The next edition of a rule for the person's area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditRule {
    pub rule: RuleCode,
    /// the number that the form was made for
    pub number: u32,
    pub key: String,
    pub valid_from: NaiveDate,
    pub level: Level,
    pub basis: String,
    /// A person confirms a rule of mark KNOWN.
    pub confirmed: bool,
    /// by code of the parameter, as typed
    pub values: BTreeMap<String, String>,
}
