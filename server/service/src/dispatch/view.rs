//! How books are shown: who did what, what the reader may do, how many of each kind of finding.

use crate::call::Call;
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use contract::dispatch::{BookHead, Mark};
use domain::dispatch::book::{Hand, Standing, State, due};
use domain::dispatch::check::{Fault, Found};
use domain::finding::Severity;
use domain::permission::Action;
use store::dispatch::book::Kept;

/// A book with what the reader may do with it.
pub(super) fn head(call: &Call, kept: Kept, area_name: String) -> BookHead {
    let path = kept.book.area().clone();
    let (standing, month) = (kept.book.state().standing(), kept.book.month());
    let is_open = kept.book.open().is_ok();
    let may = |action| call.permit(action, &path).is_ok();
    let (submitted, decided, reason) = match kept.book.state().clone() {
        State::Filling => (None, None, None),
        State::Submitted { submitted } => (Some(submitted), None, None),
        State::Accepted { submitted, decided } => (Some(submitted), Some(decided), None),
        State::Returned { submitted, decided, reason } => (Some(submitted), Some(decided), Some(reason)),
    };
    let named =
        |hand: Option<Hand>, name: Option<String>| hand.map(|hand| mark((name.unwrap_or_default(), hand.at)));
    BookHead {
        book: kept.id,
        version: kept.version,
        area: path.code(),
        area_name,
        month,
        due: due(month),
        standing,
        submitted: named(submitted, kept.submitter),
        decided: named(decided, kept.decider),
        reason,
        reminded: kept.reminded.map(mark),
        may_decide: standing.counts() && may(Action::AcceptReturn) && kept.book.is_below(&call.area()),
        may_fill: is_open && may(Action::FillReturn),
    }
}

pub(super) fn mark((name, at): (String, DateTime<Utc>)) -> Mark {
    Mark { name, at: at.naive_utc() }
}

/// Who is missing comes first.
pub(super) const fn rank(standing: Option<Standing>) -> u8 {
    match standing {
        None => 0,
        Some(Standing::Returned) => 1,
        Some(Standing::Filling) => 2,
        Some(Standing::Submitted) => 3,
        Some(Standing::Accepted) => 4,
    }
}

fn count(found: &[Found], is: impl Fn(&Found) -> bool) -> u64 {
    found.iter().filter(|one| is(one)).count() as u64
}

/// Cells that have to be filled in and are not.
pub(super) fn missing(found: &[Found]) -> u64 {
    count(found, |one| matches!(one.fault, Fault::Missing { .. }))
}

/// Errors but for missing cells.
pub(super) fn errors(found: &[Found]) -> u64 {
    count(found, |one| one.severity == Severity::Error) - missing(found)
}

pub(super) fn warnings(found: &[Found]) -> u64 {
    count(found, |one| one.severity == Severity::Warning)
}

/// Amounts that together leave the range of money are no figures of a county.
pub(super) fn too_much() -> Failure {
    Failure::Unexpected("the sum of a month is beyond all money".into())
}
