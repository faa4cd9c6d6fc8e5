//! The time a document is about: a month or a quarter, always reckoned from the beginning of its year. Knows no clock.

use crate::period::{FiscalYear, Month};
use crate::statement::fraction::Fraction;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A month (调度) or a quarter (通报): `2026-10`, `2026-Q3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    Month(Month),
    /// year and quarter, 1–4
    Quarter(FiscalYear, u32),
}

impl Period {
    /// The quarter of a year, `None` when there is none of this number.
    pub fn quarter(year: FiscalYear, number: u32) -> Option<Period> {
        (1..=4).contains(&number).then_some(Period::Quarter(year, number))
    }

    /// Reads `2026-10` and `2026-Q3`.
    pub fn parse(text: &str) -> Option<Period> {
        let text = text.trim();
        if let Some((year, number)) = text.split_once("-Q") {
            return Period::quarter(FiscalYear::new(year.parse().ok()?)?, number.parse().ok()?);
        }
        Month::parse(text).ok().map(Period::Month)
    }

    /// Stable code of the kind: `month`, `quarter`.
    pub const fn kind(self) -> &'static str {
        match self {
            Period::Month(_) => "month",
            Period::Quarter(..) => "quarter",
        }
    }

    pub const fn year(self) -> FiscalYear {
        match self {
            Period::Month(month) => month.year(),
            Period::Quarter(year, _) => year,
        }
    }

    /// The month up to whose end everything is counted.
    pub fn last_month(self) -> Month {
        match self {
            Period::Month(month) => month,
            Period::Quarter(year, number) => {
                Month::new(year, number * 3).expect("a checked quarter ends in month 3 to 12")
            }
        }
    }

    /// The last month before the period, in the same year: cumulative figures begin anew with the year.
    pub fn before(self) -> Option<Month> {
        let last = self.last_month();
        let length = match self {
            Period::Month(_) => 1,
            Period::Quarter(..) => 3,
        };
        Month::new(last.year(), last.month().checked_sub(length)?)
    }

    /// The whole period before, in the same year.
    pub fn earlier(self) -> Option<Period> {
        match self {
            Period::Month(_) => self.before().map(Period::Month),
            Period::Quarter(year, number) => Period::quarter(year, number.checked_sub(1)?),
        }
    }

    /// 序时进度: months gone by ÷ 12.
    pub fn elapsed(self) -> Fraction {
        elapsed(self.last_month())
    }
}

/// Months of the year up to the end of this one ÷ 12.
pub fn elapsed(month: Month) -> Fraction {
    Fraction::new(i128::from(month.month()), 12).expect("twelve is not zero")
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Month(month) => month.fmt(f),
            Period::Quarter(year, number) => write!(f, "{year}-Q{number}"),
        }
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = String;
    fn try_from(text: String) -> Result<Period, String> {
        Period::parse(&text).ok_or_else(|| format!("no month and no quarter: {text}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got = Period::parse(text).map_or_else(
            || "none".to_owned(),
            |period| {
                let before = period.before().map_or_else(|| "-".to_owned(), |month| month.to_string());
                let earlier = period.earlier().map_or_else(|| "-".to_owned(), |one| one.to_string());
                format!("{period} {} {before} {earlier} {:?}", period.last_month(), period.elapsed())
            },
        );
        assert_eq!(got, expected);
    }

    #[test]
    fn a_period_knows_its_end_and_the_one_before_in_its_year() {
        check("2026-10", "2026-10 2026-10 2026-09 2026-09 5/6");
        check("2026-01", "2026-01 2026-01 - - 1/12");
        check("2026-Q3", "2026-Q3 2026-09 2026-06 2026-Q2 3/4");
        check("2026-Q1", "2026-Q1 2026-03 - - 1/4");
        check("2026-Q5", "none");
        check("1850-Q1", "none");
    }
}
