//! Months of the books: closed in order, late entries in the open month, reopening by two persons. Knows no area: who has
//! books of his own is decided above.

use super::Refusal;
use super::entry::stated;
use crate::broken::{self, Broken};
use crate::id::UserId;
use crate::period::Month;
use chrono::NaiveDate;

/// One month closed, by whom and on which business date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    pub month: Month,
    pub closer: UserId,
    pub on: NaiveDate,
}

/// One month opened again: asked by one person, granted by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopening {
    pub month: Month,
    pub asker: UserId,
    pub granter: UserId,
    pub reason: String,
    pub on: NaiveDate,
}

/// The books: from the first month on, closed months come before open ones without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Months {
    first: Month,
    closings: Vec<Closing>,
}

/// In which month's books a date goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    pub month: Month,
    /// The month of the date itself, when its books are closed.
    pub late_for: Option<Month>,
}

impl Months {
    /// Books that begin with `first`, nothing closed.
    pub const fn new(first: Month) -> Months {
        Months { first, closings: Vec::new() }
    }

    /// Kept closings read back, in order.
    pub fn restore(first: Month, closings: Vec<Closing>) -> Result<Months, Refusal> {
        let mut expected = Some(first);
        for closing in &closings {
            if expected != Some(closing.month) {
                return Err(Refusal::ClosingsBroken { at: closing.month });
            }
            expected = closing.month.next();
        }
        Ok(Months { first, closings })
    }

    /// The first open month: the next to close, and where late entries go. `None` after the last year of the product.
    pub fn open(&self) -> Option<Month> {
        self.closings.last().map_or(Some(self.first), |last| last.month.next())
    }

    /// The month closed last.
    pub fn last_closed(&self) -> Option<Month> {
        self.closings.last().map(|last| last.month)
    }

    pub fn closings(&self) -> &[Closing] {
        &self.closings
    }

    /// True for closed months and for those before the books begin: nothing is written there.
    pub fn is_closed(&self, month: Month) -> bool {
        self.open().is_none_or(|open| month < open)
    }

    /// The month whose books take an entry of this date.
    pub fn place(&self, date: NaiveDate) -> Result<Placement, Refusal> {
        let own = Month::of(date).ok_or(Refusal::NoSuchYear { date })?;
        let open = self.open().ok_or(Refusal::NoSuchYear { date })?;
        if own < open && !broken::is(Broken::Closed) {
            return Ok(Placement { month: open, late_for: Some(own) });
        }
        Ok(Placement { month: own, late_for: None })
    }

    /// Closes the next month; `today` is the business date, after the last day of the month.
    pub fn close(mut self, month: Month, closer: UserId, today: NaiveDate) -> Result<Months, Refusal> {
        let next = self.open().ok_or(Refusal::NoSuchYear { date: today })?;
        if month != next {
            return Err(Refusal::MonthNotNext { asked: month, next });
        }
        if today <= month.last_day() {
            return Err(Refusal::MonthNotOver { month, today });
        }
        self.closings.push(Closing { month, closer, on: today });
        Ok(self)
    }

    /// Opens the month closed last. The reason and both names are kept.
    pub fn reopen(
        mut self,
        month: Month,
        asker: UserId,
        granter: UserId,
        reason: &str,
        today: NaiveDate,
    ) -> Result<(Months, Reopening), Refusal> {
        let last = self.last_closed();
        if last != Some(month) {
            return Err(Refusal::MonthNotLast { asked: month, last });
        }
        if asker == granter {
            return Err(Refusal::OwnEntry);
        }
        let reason = stated(reason)?;
        self.closings.pop();
        Ok((self, Reopening { month, asker, granter, reason, on: today }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_close_in_order_and_when_they_are_over() {
        let books = Months::new(month("2026-01"));
        let early = books.clone().close(month("2026-01"), person(1), day("2026-01-31"));
        assert!(matches!(early, Err(Refusal::MonthNotOver { .. })));
        let skipped = books.clone().close(month("2026-02"), person(1), day("2026-03-01"));
        assert_eq!(skipped, Err(Refusal::MonthNotNext { asked: month("2026-02"), next: month("2026-01") }));
        let books = books.close(month("2026-01"), person(1), day("2026-02-01")).unwrap();
        assert!(books.is_closed(month("2026-01")) && !books.is_closed(month("2026-02")));
        assert_eq!(books.closings()[0].closer, person(1));
        assert_eq!(Months::restore(month("2026-01"), books.closings().to_vec()), Ok(books.clone()));
        assert!(Months::restore(month("2025-12"), books.closings().to_vec()).is_err());
    }

    #[test]
    fn a_late_entry_goes_into_the_open_month_with_a_link() {
        let books =
            Months::new(month("2026-01")).close(month("2026-01"), person(1), day("2026-02-03")).unwrap();
        let place = |date: &str| books.place(day(date)).unwrap();
        assert_eq!(
            place("2026-01-20"),
            Placement { month: month("2026-02"), late_for: Some(month("2026-01")) }
        );
        assert_eq!(place("2025-11-20").late_for, Some(month("2025-11")));
        assert_eq!(place("2026-02-20"), Placement { month: month("2026-02"), late_for: None });
        assert_eq!(place("2026-04-01"), Placement { month: month("2026-04"), late_for: None });
    }

    #[test]
    fn reopening_needs_the_reason_and_a_second_person() {
        let books =
            Months::new(month("2026-01")).close(month("2026-01"), person(1), day("2026-02-03")).unwrap();
        let today = day("2026-02-04");
        let reopen = |asked: &str, granter: u128, reason: &str| {
            books.clone().reopen(month(asked), person(1), person(granter), reason, today)
        };
        assert_eq!(reopen("2026-01", 1, "漏记").unwrap_err(), Refusal::OwnEntry);
        assert_eq!(reopen("2026-01", 2, " ").unwrap_err(), Refusal::ReasonMissing);
        assert!(matches!(reopen("2025-12", 2, "漏记"), Err(Refusal::MonthNotLast { .. })));
        let (opened, kept) = reopen("2026-01", 2, " 漏记 ").unwrap();
        assert_eq!(opened.open(), Some(month("2026-01")));
        assert_eq!((kept.asker, kept.granter, kept.reason.as_str()), (person(1), person(2), "漏记"));
    }
}
