//! What the forms of sources and notices become once they are checked. Knows no text of an input.

use chrono::NaiveDate;
use domain::fund::Placed;
use domain::id::{NoticeId, ProjectId};
use domain::money::Money;
use domain::period::FiscalYear;
use domain::source::Source;
use domain::usage::Use;

/// Which envelopes: this year and the person's own area when nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcesQuery {
    /// code or name of a place
    pub area: Option<String>,
    pub year: Option<FiscalYear>,
}

/// Which notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticesQuery {
    /// code or name of a place
    pub area: Option<String>,
    pub source: Option<Source>,
    pub year: Option<FiscalYear>,
    pub page: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeQuery {
    pub notice: NoticeId,
}

/// A notice to register, or to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterNotice {
    /// with the version the person saw; `None` registers one
    pub notice: Option<(NoticeId, i64)>,
    pub key: String,
    pub document: String,
    pub date: NaiveDate,
    pub source: Source,
    pub year: FiscalYear,
    /// code or name of a place; the person's own area when nothing is said
    pub area: Option<String>,
    pub amount: Money,
}

/// A share by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    pub project: ProjectId,
    pub weight: u32,
    pub usage: Option<Use>,
    pub revenue: Option<bool>,
}

/// How a split says who gets what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shares {
    Amounts(Vec<Placed>),
    /// of all that is left
    Weights(Vec<Weighed>),
}

/// A split to look at before it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckSplit {
    pub notice: NoticeId,
    pub shares: Shares,
}

/// A split to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveSplit {
    pub notice: NoticeId,
    /// of the split that is changed; `None` makes one
    pub version: Option<i64>,
    pub key: String,
    pub shares: Shares,
    /// hand it to the second person at once
    pub submit: bool,
}

/// What is done with a split that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SplitVerdict {
    Withdraw,
    Approve,
    Return { reason: String },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideSplit {
    pub notice: NoticeId,
    pub version: i64,
    pub key: String,
    pub verdict: SplitVerdict,
}
