//! What the ledger's forms become once they are checked. Knows no text of an input.

use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::id::{BatchId, EntryId, NoticeId, ProjectId, ReopeningId, RequestId};
use domain::ledger::{Control, Kind, Order};
use domain::period::{FiscalYear, Month};
use domain::project::Category;
use domain::source::Source;

/// Which entries, or which positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerQuery {
    /// code or name of a place
    pub area: Option<String>,
    pub project: Option<ProjectId>,
    /// of the project as it is now
    pub category: Option<Category>,
    pub source: Option<Source>,
    pub year: Option<FiscalYear>,
    pub month: Option<Month>,
    /// only what stands in the books up to the end of this month
    pub through: Option<Month>,
    pub kind: Option<Kind>,
    pub batch: Option<BatchId>,
    /// only what stands on this notice
    pub notice: Option<NoticeId>,
    /// only what stands on notices given to this area or one below
    pub given: Option<AreaCode>,
    /// only what is dated up to this day: as of D
    pub as_of: Option<NaiveDate>,
    /// only what stood in the chain up to this place: as known at K
    pub known_at: Option<i64>,
    /// only what lies in the area itself, not under it
    pub own: bool,
    pub page: Option<String>,
}

/// Which position is typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceQuery {
    pub project: ProjectId,
    pub source: Option<Source>,
    pub year: Option<FiscalYear>,
}

/// A request to make, or to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostEntry {
    /// with the version the person saw; `None` makes one
    pub request: Option<(RequestId, i64)>,
    pub key: String,
    pub order: Order,
    /// hand it to the second person at once
    pub submit: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestQuery {
    pub request: RequestId,
}

/// What is done with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Submit,
    Withdraw,
    /// `exception`: the reason for letting a breach of order pass
    Approve {
        exception: Option<String>,
    },
    Return {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    pub request: RequestId,
    pub version: i64,
    pub key: String,
    pub verdict: Verdict,
}

/// A file for the ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct LedgerFile {
    pub key: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchQuery {
    pub batch: BatchId,
}

/// A step of a batch: approve, undo; with a reason, return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchStep {
    pub batch: BatchId,
    pub version: i64,
    pub key: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseMonth {
    pub month: Month,
    pub key: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reopen {
    Ask {
        month: Month,
        reason: String,
        key: String,
    },
    Grant {
        reopening: ReopeningId,
        key: String,
    },
    /// by another person, or taken back by whoever asked
    Refuse {
        reopening: ReopeningId,
        key: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditControl {
    pub edition: i64,
    pub control: Control,
}

/// An entry to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryQuery {
    pub entry: EntryId,
}
