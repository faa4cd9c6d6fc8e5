//! The ledger of funds: entries, positions, their order, months and requests. Knows no clock, no user table, no database.
//!
//! Money moves 下达 → 到位 → 拨付 → 支付 within one (project, source, budget year); 收回 takes it out, 调剂 moves it to
//! another project, 红冲 undoes one entry. Two things differ in force: a cumulative below zero is never true and is
//! always refused; the order 支付 ≤ 拨付 ≤ 到位 ≤ 下达 is judged by the control matrix, since history and approved
//! exceptions may break it (domain.md C2, C3 R46).

mod ageing;
mod column;
mod control;
mod entry;
mod identity;
mod kind;
mod months;
mod movement;
mod position;
#[cfg(test)]
mod proof;
pub mod reconcile;
mod request;
mod stage;
mod standing;

pub use ageing::{Ageing, Lot};
pub use column::Column;
pub use control::{Control, ControlError, Exception, Response, Ruling, Validity, decide, decide_together};
pub use entry::{Entry, Paper, Posting, Reversal, Signed, Transfer};
pub use identity::{Identity, Line, number};
pub use kind::{Kind, means_reversal};
pub use months::{Closing, Months, Placement, Reopening};
pub use movement::Movement;
pub use position::{Breach, Key, Left, Position, Totals};
pub use request::{Asked, Order, Request, State, Step};
pub use stage::{PerStage, Stage};
pub use standing::{Lying, Span, Standing};

use crate::id::EntryId;
use crate::money::Money;
use crate::period::Month;
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why the ledger says no. Facts only; sentences are made in `words`. Amounts are whole fen (分).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// An entry moves something.
    #[error("amount is zero")]
    ZeroAmount,
    /// What has reached `stage` would fall below zero by `short`.
    #[error("{stage:?} would fall below zero by {short:?}")]
    Negative { stage: Stage, short: Money },
    /// A cumulative would exceed [`Money::MAX`].
    #[error("cumulative of {stage:?} too large")]
    TooLarge { stage: Stage },
    /// The order of stages would break, the matrix says stop, and nobody approved an exception.
    #[error("order broken for {of:?}")]
    OutOfOrder {
        of: Source,
        breaches: Vec<Breach>,
        /// of the matrix that says so
        #[serde(default)]
        rule: Validity,
    },
    /// The entry belongs to another (project, source, budget year).
    #[error("entry of another position")]
    OtherPosition,
    /// Reversals, returns, exceptions and reopenings say why.
    #[error("reason missing")]
    ReasonMissing,
    /// 下达 and 调剂 stand on a document number.
    #[error("document missing")]
    DocumentMissing,
    /// Nobody approves his own.
    #[error("maker and checker are one person")]
    OwnEntry,
    /// Only the maker edits, submits and takes back.
    #[error("not the maker's own request")]
    NotMaker,
    /// The step does not lead from this state.
    #[error("{step:?} not possible in {state:?}")]
    WrongState { state: State, step: Step },
    #[error("already reversed by {by}")]
    AlreadyReversed { by: EntryId },
    #[error("a reversal cannot be reversed")]
    ReversalOfReversal,
    /// The two legs of a transfer are reversed together.
    #[error("leg of a transfer alone")]
    LegAlone { other: EntryId },
    /// The other leg of the transfer lies where the person has no say.
    #[error("other leg outside the person's area")]
    LegOutside,
    /// The two entries are not the two legs of one transfer.
    #[error("not the legs of one transfer")]
    NotOneTransfer,
    /// A reversal is not dated before what it reverses.
    #[error("dated before the original of {original}")]
    BeforeOriginal { original: NaiveDate },
    /// A transfer goes to another project.
    #[error("transfer within one project")]
    SameProject,
    /// What is paid has left: it comes back by 收回 or 红冲, not by 调剂.
    #[error("paid money is not transferred")]
    PaidStays,
    #[error("dated {date}, today is {today}")]
    InFuture { date: NaiveDate, today: NaiveDate },
    /// The date lies outside the years of the product.
    #[error("no fiscal year for {date}")]
    NoSuchYear { date: NaiveDate },
    /// Months close in order: `next` is the one that can.
    #[error("{asked} is not the next month to close, {next} is")]
    MonthNotNext { asked: Month, next: Month },
    /// A month is closed after its last day.
    #[error("{month} is not over on {today}")]
    MonthNotOver { month: Month, today: NaiveDate },
    /// Only the month closed last is reopened, so that the open months stay in one row.
    #[error("{asked} is not the month closed last")]
    MonthNotLast { asked: Month, last: Option<Month> },
    /// The closings do not follow each other from the first month on.
    #[error("closings out of order at {at}")]
    ClosingsBroken { at: Month },
    /// A reversal stands in the list without its original.
    #[error("original {entry} missing")]
    OriginalMissing { entry: EntryId },
}
