//! The life of a book: filling → submitted → accepted, or returned with a reason and filled again. Steps consume the book.

use super::check::{Found, first_errors};
use crate::area::AreaPath;
use crate::finding::Severity;
use crate::id::UserId;
use crate::period::Month;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Day of the next month by which a month is to be handed in.
const DUE_DAY: u32 = 5;

/// Who did something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    pub by: UserId,
    pub at: DateTime<Utc>,
}

/// Where a book stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Filling,
    Submitted { submitted: Hand },
    Returned { submitted: Hand, decided: Hand, reason: String },
    Accepted { submitted: Hand, decided: Hand },
}

/// The state without what is true in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 填报中
    Filling,
    /// 已提交
    Submitted,
    /// 已退回
    Returned,
    /// 已审核
    Accepted,
}

/// What one area hands in for one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    area: AreaPath,
    month: Month,
    state: State,
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The month has not begun.
    #[error("{month} has not begun in {now}")]
    FutureMonth { month: Month, now: Month },
    /// Figures of a book that was handed in stay as they are until it is given back.
    #[error("not to be changed: {standing:?}")]
    Closed { standing: Standing },
    /// Only what was submitted can be accepted, only what was submitted or accepted given back.
    #[error("not handed in: {standing:?}")]
    NotHandedIn { standing: Standing },
    /// Only an area strictly above decides.
    #[error("not above the area of the book")]
    NotAbove,
    /// A later month of the year counts and stands on this one: it is given back first.
    #[error("{later} stands on it")]
    LaterCounts { later: Month },
    /// Whoever handed it in does not accept it.
    #[error("handed in by the same person")]
    OwnHand,
    /// Whoever filled any row of it does not accept it.
    #[error("rows filled by the same person")]
    OwnRows,
    /// Checks that refuse; the first of them by name, column and both values.
    #[error("{errors} errors")]
    Errors { errors: u32, first: Vec<Found> },
}

/// A month that has begun can be reported.
pub fn reportable(month: Month, today: NaiveDate) -> Result<(), Refusal> {
    match Month::of(today) {
        Some(now) if month > now => Err(Refusal::FutureMonth { month, now }),
        Some(_) | None => Ok(()),
    }
}

/// The month that is being reported on this day: the one that ended last.
pub fn current(today: NaiveDate) -> Option<Month> {
    Month::of(today)?.previous()
}

/// The last day for handing a month in.
pub fn due(month: Month) -> Option<NaiveDate> {
    month.next()?.first_day().checked_add_days(chrono::Days::new(u64::from(DUE_DAY - 1)))
}

impl Book {
    pub const fn new(area: AreaPath, month: Month) -> Book {
        Book { area, month, state: State::Filling }
    }

    /// A book as it was kept.
    pub const fn restore(area: AreaPath, month: Month, state: State) -> Book {
        Book { area, month, state }
    }

    pub const fn area(&self) -> &AreaPath {
        &self.area
    }

    pub const fn month(&self) -> Month {
        self.month
    }

    pub const fn state(&self) -> &State {
        &self.state
    }

    /// True when an area lies strictly above that of the book.
    pub fn is_below(&self, area: &AreaPath) -> bool {
        area.contains(&self.area) && *area != self.area
    }

    /// Figures may be changed.
    pub fn open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Filling | State::Returned { .. } => Ok(()),
            State::Submitted { .. } | State::Accepted { .. } => {
                Err(Refusal::Closed { standing: self.state.standing() })
            }
        }
    }

    /// Hands the book in; what the checks found decides. Warnings go along.
    pub fn submit(self, hand: Hand, found: &[Found]) -> Result<Book, Refusal> {
        self.open()?;
        let errors = found.iter().filter(|one| one.severity == Severity::Error).count();
        if errors > 0 {
            let errors = u32::try_from(errors).unwrap_or(u32::MAX);
            return Err(Refusal::Errors { errors, first: first_errors(found) });
        }
        Ok(Book { state: State::Submitted { submitted: hand }, ..self })
    }

    /// The area above accepts: another person than the one who handed it in.
    pub fn accept(self, hand: Hand, area: &AreaPath) -> Result<Book, Refusal> {
        if !self.is_below(area) {
            return Err(Refusal::NotAbove);
        }
        match self.state {
            State::Submitted { submitted } if submitted.by == hand.by => Err(Refusal::OwnHand),
            State::Submitted { submitted } => {
                Ok(Book { state: State::Accepted { submitted, decided: hand }, ..self })
            }
            State::Filling | State::Returned { .. } | State::Accepted { .. } => {
                Err(Refusal::NotHandedIn { standing: self.state.standing() })
            }
        }
    }

    /// The area above gives it back to be filled again, also when it was accepted. `later` is a later month of the same year
    /// that counts: were this one taken out from under it, two months would meet that nobody held against each other.
    pub fn give_back(
        self,
        hand: Hand,
        area: &AreaPath,
        later: Option<Month>,
        reason: String,
    ) -> Result<Book, Refusal> {
        if !self.is_below(area) {
            return Err(Refusal::NotAbove);
        }
        if let Some(later) = later {
            return Err(Refusal::LaterCounts { later });
        }
        match self.state {
            State::Submitted { submitted } | State::Accepted { submitted, .. } => {
                Ok(Book { state: State::Returned { submitted, decided: hand, reason }, ..self })
            }
            State::Filling | State::Returned { .. } => {
                Err(Refusal::NotHandedIn { standing: self.state.standing() })
            }
        }
    }
}

impl State {
    pub const fn standing(&self) -> Standing {
        match self {
            State::Filling => Standing::Filling,
            State::Submitted { .. } => Standing::Submitted,
            State::Returned { .. } => Standing::Returned,
            State::Accepted { .. } => Standing::Accepted,
        }
    }
}

impl Standing {
    pub const ALL: [Standing; 4] =
        [Standing::Filling, Standing::Submitted, Standing::Returned, Standing::Accepted];

    /// Stable code in the database and on the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Standing::Filling => "filling",
            Standing::Submitted => "submitted",
            Standing::Returned => "returned",
            Standing::Accepted => "accepted",
        }
    }

    pub fn from_code(code: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// Its figures are those of the month for everybody else.
    pub const fn counts(self) -> bool {
        match self {
            Standing::Submitted | Standing::Accepted => true,
            Standing::Filling | Standing::Returned => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn hand(number: u128) -> Hand {
        Hand { by: UserId::new(Uuid::from_u128(number)), at: DateTime::UNIX_EPOCH }
    }

    fn path(text: &str) -> AreaPath {
        AreaPath::new(text).unwrap()
    }

    #[test]
    fn only_the_area_strictly_above_decides_and_never_the_same_person() {
        let county = path("/100000/520000/520500/520526/");
        let city = path("/100000/520000/520500/");
        let book = Book::new(county.clone(), Month::parse("2026-10").unwrap());
        let filling = Refusal::NotHandedIn { standing: Standing::Filling };
        assert_eq!(book.clone().accept(hand(2), &city), Err(filling));
        let submitted = book.submit(hand(1), &[]).unwrap();
        assert!(matches!(submitted.open(), Err(Refusal::Closed { standing: Standing::Submitted })));
        assert_eq!(submitted.clone().accept(hand(2), &county), Err(Refusal::NotAbove));
        assert_eq!(submitted.clone().accept(hand(1), &city), Err(Refusal::OwnHand));
        let accepted = submitted.accept(hand(2), &city).unwrap();
        assert!(accepted.open().is_err());
        assert!(accepted.clone().submit(hand(1), &[]).is_err());
        let later = Month::parse("2026-11").unwrap();
        let held = accepted.clone().give_back(hand(2), &city, Some(later), "数字有误".into());
        assert_eq!(held, Err(Refusal::LaterCounts { later }));
        let returned = accepted.give_back(hand(2), &city, None, "数字有误".into()).unwrap();
        assert!(returned.open().is_ok());
        assert!(returned.submit(hand(1), &[]).is_ok());
    }

    #[test]
    fn a_month_is_reported_once_it_has_begun_and_is_due_on_the_fifth() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        let month = |text| Month::parse(text).unwrap();
        assert!(reportable(month("2026-11"), today).is_ok());
        assert!(reportable(month("2026-12"), today).is_err());
        assert_eq!(current(today), Some(month("2026-10")));
        assert_eq!(due(month("2026-12")).unwrap().to_string(), "2027-01-05");
    }
}
