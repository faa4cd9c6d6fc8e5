//! Funding sources with their envelopes, fund notices (下达文件) and their split over projects, on the wire. Forms and their
//! checks lie beside. Knows no SQL and no layout.

pub mod command;
pub mod edition;
pub mod form;

use crate::ledger::{EntryLine, NamedProject};
use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::fund::{Asks, Clause, Judgement, Life, Refusal};
use domain::id::{NoticeId, ProjectId};
use domain::ledger::State;
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use domain::permission::Abilities;
use domain::source::Source;
use domain::usage::Use;
use serde::{Deserialize, Serialize};

/// A rule of a source, and whether it holds today in the area that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseLine {
    pub clause: Clause,
    pub holds: bool,
    /// name of the clause's own area, where that lies below the area that is looked at
    pub area_name: Option<String>,
}

/// A funding source with its envelope (额度) of one budget year in one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    pub source: Source,
    pub life: Option<Life>,
    /// money of it is given today
    pub gives: bool,
    /// the source that takes its place
    pub successor: Option<Source>,
    pub clauses: Vec<ClauseLine>,
    /// 支出期限 of the budget year
    pub spend_by: Option<NaiveDate>,
    /// 额度: sum of the notices
    pub quota: Money,
    /// 已安排: of the entries that stand on those notices, reversals taken off
    pub arranged: Delta,
    /// 剩余
    pub left: Delta,
    pub notices: u64,
}

/// All sources, in the order of the official form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcesView {
    pub year: FiscalYear,
    pub area: AreaCode,
    pub area_name: String,
    pub rows: Vec<SourceLine>,
    pub quota: Money,
    pub arranged: Delta,
    pub left: Delta,
    /// budget years that have notices, and this one; the newest first
    pub years: Vec<FiscalYear>,
    pub may: Abilities,
}

/// How far a split on its way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitStep {
    Draft,
    Submitted,
    Returned,
}

/// A notice and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    pub notice: NoticeId,
    pub version: i64,
    /// 文号
    pub document: String,
    pub date: NaiveDate,
    pub source: Source,
    pub year: FiscalYear,
    pub area: AreaCode,
    pub area_name: String,
    pub amount: Money,
    /// by entries, reversals taken off
    pub arranged: Money,
    pub left: Delta,
    /// projects that have a share
    pub projects: u64,
    /// of the split on its way; once approved it is entries
    pub split: Option<SplitStep>,
}

/// A page of notices of a filter with the sums of all of it, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesView {
    pub rows: Vec<NoticeLine>,
    pub quota: Money,
    pub arranged: Delta,
    pub count: u64,
    pub next: Option<String>,
    pub may: Abilities,
}

/// What an empty form of a notice needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlankNoticeView {
    /// business date
    pub today: NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// A share with the name of its project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareLine {
    pub project: NamedProject,
    pub amount: Money,
    pub usage: Option<Use>,
    pub revenue: Option<bool>,
}

/// A split on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitView {
    pub version: i64,
    pub state: State,
    pub shares: Vec<ShareLine>,
    /// of its shares, in fen
    pub sum: Money,
    /// what the rules of the source say, as things stand
    pub judgement: Judgement,
    /// why it could not be written as things stand
    pub obstacle: Option<Refusal>,
    pub maker: String,
    pub checker: Option<String>,
    /// the viewer made it, so that another must approve
    pub own: bool,
    /// UTC
    pub updated: NaiveDateTime,
}

/// One notice: what stands on it, and the split on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    pub line: NoticeLine,
    /// entries that stand on it, in the order of the chain; of projects, 下达 and their reversals
    pub entries: Vec<EntryLine>,
    pub split: Option<SplitView>,
    /// what has to be said of each share
    pub asks: Asks,
    /// rules of the source that hold for it
    pub clauses: Vec<Clause>,
    /// entries were written: it is not edited any more
    pub fixed: bool,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// What a split would do, before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedSplitView {
    /// weights worked out
    pub shares: Vec<ShareLine>,
    pub sum: Money,
    /// of the notice, when this is written
    pub left: Option<Money>,
    pub judgement: Judgement,
    /// why it cannot be
    pub refusal: Option<Refusal>,
}

/// A split that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingSplit {
    pub notice: NoticeId,
    pub document: String,
    pub source: Source,
    pub year: FiscalYear,
    pub sum: Money,
    pub projects: u64,
    pub maker: String,
}

impl CheckedSplitView {
    /// Nothing could be shared.
    pub fn of_nothing(refusal: Refusal) -> CheckedSplitView {
        CheckedSplitView {
            shares: Vec::new(),
            sum: Money::ZERO,
            left: None,
            judgement: Judgement::default(),
            refusal: Some(refusal),
        }
    }

    /// The name of a project that the judgement speaks of.
    pub fn name(&self, project: ProjectId) -> Option<&str> {
        named(&self.shares, project)
    }
}

impl SplitStep {
    /// Stable code in the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            SplitStep::Draft => "draft",
            SplitStep::Submitted => "submitted",
            SplitStep::Returned => "returned",
        }
    }

    pub fn from_code(code: &str) -> Option<SplitStep> {
        [SplitStep::Draft, SplitStep::Submitted, SplitStep::Returned]
            .into_iter()
            .find(|step| step.code() == code)
    }
}

/// The name of one of the projects.
pub fn named(shares: &[ShareLine], project: ProjectId) -> Option<&str> {
    shares.iter().find(|share| share.project.project == project).map(|share| share.project.name.as_str())
}
