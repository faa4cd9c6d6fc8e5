//! Life of an edition of job coefficients: draft → proposed → in force, or returned and made anew. Somebody else decides,
//! and no month that is over is judged again. Knows no clock and no estimate.

use super::coefficient::{Coefficients, LineFault};
use crate::area::AreaPath;
use crate::id::UserId;
use crate::period::Month;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How far an edition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿
    Draft,
    /// 待审
    Proposed,
    /// 生效
    InForce,
    /// 退回
    Returned,
}

/// One edition: the coefficients, where they hold (their area and all under it), and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// with its number and its first day
    pub coefficients: Coefficients,
    pub area: AreaPath,
    pub state: State,
    pub reason: String,
    pub made_by: UserId,
}

/// What a second person says of a proposed edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    PutInForce,
    Return { reason: String },
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Only drafts, and what was given back, are changed or handed on.
    #[error("not a draft")]
    NotADraft { state: State },
    #[error("not proposed")]
    NotProposed { state: State },
    /// A draft is its maker's; whoever wants another one makes one.
    #[error("made by somebody else")]
    NotTheMaker,
    /// 经办与审核不能为同一人.
    #[error("decided by its maker")]
    OwnWork,
    #[error("not later than {last}, when the last one came into force")]
    NotLater { last: NaiveDate },
    /// Its first day lies in a month that is over; that would judge the month again.
    #[error("the month is over; {earliest} at the earliest")]
    MonthOver { earliest: NaiveDate },
    /// It can be put into force from its first day on.
    #[error("holds from {valid_from} only")]
    TooEarly { valid_from: NaiveDate },
    /// Lines that are missing, out of order or out of bounds.
    #[error("{} lines are no coefficients", faults.len())]
    Faulty { faults: Vec<LineFault> },
    /// Nothing differs from the edition that holds.
    #[error("nothing changed")]
    NothingChanged,
}

impl State {
    pub const ALL: [State; 4] = [State::Draft, State::Proposed, State::InForce, State::Returned];

    /// Stable code in the database and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Proposed => "proposed",
            State::InForce => "in_force",
            State::Returned => "returned",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// It can be changed and handed on.
    pub const fn is_open(self) -> bool {
        match self {
            State::Draft | State::Returned => true,
            State::Proposed | State::InForce => false,
        }
    }
}

impl Edition {
    pub const fn number(&self) -> u32 {
        self.coefficients.edition
    }

    pub const fn valid_from(&self) -> NaiveDate {
        self.coefficients.valid_from
    }

    /// Other figures, another first day or another reason; what was given back is a draft again.
    pub fn edit(self, by: UserId, coefficients: Coefficients, reason: String) -> Result<Edition, Refusal> {
        if !self.state.is_open() {
            return Err(Refusal::NotADraft { state: self.state });
        }
        if self.made_by != by {
            return Err(Refusal::NotTheMaker);
        }
        sound(&coefficients)?;
        let coefficients = Coefficients { edition: self.number(), ..coefficients };
        Ok(Edition { coefficients, reason, state: State::Draft, ..self })
    }

    /// Hands it on; `before` is what holds in its area until then, `last` the first day of the last edition of the area.
    pub fn propose(
        self,
        by: UserId,
        before: &Coefficients,
        last: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Edition, Refusal> {
        if !self.state.is_open() {
            return Err(Refusal::NotADraft { state: self.state });
        }
        if self.made_by != by {
            return Err(Refusal::NotTheMaker);
        }
        sound(&self.coefficients)?;
        if self.coefficients.lines == before.lines {
            return Err(Refusal::NothingChanged);
        }
        self.can_begin(last, today)?;
        Ok(Edition { state: State::Proposed, ..self })
    }

    /// Puts it into force or gives it back.
    pub fn decide(
        self,
        by: UserId,
        verdict: &Verdict,
        last: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Edition, Refusal> {
        if self.state != State::Proposed {
            return Err(Refusal::NotProposed { state: self.state });
        }
        if self.made_by == by {
            return Err(Refusal::OwnWork);
        }
        match verdict {
            Verdict::Return { .. } => Ok(Edition { state: State::Returned, ..self }),
            Verdict::PutInForce => {
                self.can_begin(last, today)?;
                let valid_from = self.valid_from();
                if valid_from > today {
                    return Err(Refusal::TooEarly { valid_from });
                }
                Ok(Edition { state: State::InForce, ..self })
            }
        }
    }

    /// After the last one, and in no month that is over.
    fn can_begin(&self, last: Option<NaiveDate>, today: NaiveDate) -> Result<(), Refusal> {
        if let Some(last) = last
            && last >= self.valid_from()
        {
            return Err(Refusal::NotLater { last });
        }
        let earliest = earliest(last, today);
        if earliest > self.valid_from() {
            return Err(Refusal::MonthOver { earliest });
        }
        Ok(())
    }
}

/// The first day on which the next edition of an area may begin.
pub fn earliest(last: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let month = Month::of(today).map_or(today, Month::first_day);
    last.and_then(|last| last.succ_opt()).map_or(month, |after| after.max(month))
}

fn sound(coefficients: &Coefficients) -> Result<(), Refusal> {
    let faults = coefficients.faults();
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Faulty { faults }) }
}

/// The edition by which an area is estimated on a day: of the nearest area that has one, the latest. `None` is the one
/// that comes with the product.
pub fn on<'a>(day: NaiveDate, area: &AreaPath, editions: &'a [Edition]) -> Option<&'a Edition> {
    let holds = |edition: &&Edition| {
        edition.state == State::InForce && edition.valid_from() <= day && edition.area.contains(area)
    };
    // Of two areas that contain a third one, the path of the nearer one is the longer.
    editions.iter().filter(holds).max_by_key(|edition| (edition.area.as_str().len(), edition.valid_from()))
}

/// The edition that a month goes by: the one in force at its end, whatever came into force after it.
pub fn applies<'a>(month: Month, area: &AreaPath, editions: &'a [Edition]) -> Option<&'a Edition> {
    on(month.last_day(), area, editions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::FiscalYear;
    use rust_decimal::Decimal;
    use uuid::Uuid;

    const COUNTY: &str = "/100000/520000/520500/520526/";

    fn user(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn path(text: &str) -> AreaPath {
        AreaPath::new(text).unwrap()
    }

    fn month(year: i32, month: u32) -> Month {
        Month::new(FiscalYear::new(year).unwrap(), month).unwrap()
    }

    fn edition(number: u32, area: &str, from: &str, state: State) -> Edition {
        let mut coefficients =
            Coefficients { edition: number, valid_from: day(from), ..Coefficients::shipped() };
        for one in coefficients.lines.values_mut() {
            one.low /= Decimal::TWO;
        }
        Edition { coefficients, area: path(area), state, reason: String::new(), made_by: user(1) }
    }

    fn walk(edition: Edition, last: Option<&str>, today: &str) -> Result<State, Refusal> {
        let (last, today) = (last.map(day), day(today));
        let proposed = edition.propose(user(1), &Coefficients::shipped(), last, today)?;
        Ok(proposed.decide(user(2), &Verdict::PutInForce, last, today)?.state)
    }

    #[test]
    fn a_second_person_puts_a_draft_into_force() {
        let draft = || edition(1, COUNTY, "2026-11-01", State::Draft);
        assert_eq!(walk(draft(), None, "2026-11-20"), Ok(State::InForce));
        let proposed = Edition { state: State::Proposed, ..draft() };
        let today = day("2026-11-20");
        let own = proposed.clone().decide(user(1), &Verdict::PutInForce, None, today);
        assert_eq!(own.unwrap_err(), Refusal::OwnWork);
        let back = Verdict::Return { reason: "x".to_owned() };
        let returned = proposed.decide(user(2), &back, None, today).unwrap();
        assert_eq!(returned.state, State::Returned);
        let again = returned.clone().edit(user(1), returned.coefficients.clone(), "y".to_owned()).unwrap();
        assert_eq!(again.state, State::Draft);
        let foreign = again.clone().edit(user(2), again.coefficients.clone(), String::new());
        assert_eq!(foreign.unwrap_err(), Refusal::NotTheMaker);
        let early = draft().decide(user(2), &back, None, today);
        assert_eq!(early.unwrap_err(), Refusal::NotProposed { state: State::Draft });
        let late = edition(1, COUNTY, "2026-11-01", State::InForce);
        let changed = late.clone().edit(user(1), late.coefficients.clone(), String::new());
        assert_eq!(changed.unwrap_err(), Refusal::NotADraft { state: State::InForce });
    }

    #[test]
    fn no_edition_begins_in_a_month_that_is_over_or_before_another() {
        let from = |from: &str| edition(2, COUNTY, from, State::Draft);
        let today = "2026-11-20";
        let over = Refusal::MonthOver { earliest: day("2026-11-01") };
        assert_eq!(walk(from("2026-10-31"), None, today), Err(over));
        let last = day("2026-11-05");
        assert_eq!(walk(from("2026-11-05"), Some("2026-11-05"), today), Err(Refusal::NotLater { last }));
        assert_eq!(walk(from("2026-11-06"), Some("2026-11-05"), today), Ok(State::InForce));
        let valid_from = day("2026-12-01");
        assert_eq!(walk(from("2026-12-01"), None, today), Err(Refusal::TooEarly { valid_from }));
        assert_eq!(earliest(Some(last), day(today)), day("2026-11-06"));
        assert_eq!(earliest(Some(day("2026-01-01")), day(today)), day("2026-11-01"));
    }

    #[test]
    fn what_is_out_of_order_or_says_nothing_new_is_not_handed_on() {
        let mut odd = edition(1, COUNTY, "2026-11-01", State::Draft);
        for one in odd.coefficients.lines.values_mut() {
            one.low = one.high + Decimal::ONE;
        }
        assert!(matches!(walk(odd, None, "2026-11-20"), Err(Refusal::Faulty { .. })));
        let mut same = edition(1, COUNTY, "2026-11-01", State::Draft);
        same.coefficients.lines = Coefficients::shipped().lines;
        assert_eq!(walk(same, None, "2026-11-20"), Err(Refusal::NothingChanged));
    }

    #[test]
    fn a_month_goes_by_the_edition_at_its_end_and_a_later_one_changes_nothing() {
        let mut all = vec![
            edition(1, "/100000/", "2026-01-15", State::InForce),
            edition(2, "/100000/520000/520500/", "2026-03-31", State::InForce),
            edition(3, "/100000/", "2026-04-01", State::Proposed),
        ];
        let at = |all: &[Edition], month| applies(month, &path(COUNTY), all).map(Edition::number);
        assert_eq!(at(&all, month(2025, 12)), None);
        assert_eq!(at(&all, month(2026, 1)), Some(1), "in force at its end, though not at its beginning");
        assert_eq!(at(&all, month(2026, 3)), Some(2));
        assert_eq!(applies(month(2026, 3), &path("/100000/330000/"), &all).map(Edition::number), Some(1));
        let before: Vec<_> = (1..=3).map(|number| at(&all, month(2026, number))).collect();
        all.push(edition(4, COUNTY, "2026-04-02", State::InForce));
        let after: Vec<_> = (1..=3).map(|number| at(&all, month(2026, number))).collect();
        assert_eq!(before, after);
        assert_eq!(at(&all, month(2026, 4)), Some(4));
    }
}
