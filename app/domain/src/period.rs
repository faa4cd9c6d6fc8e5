//! Fiscal years, months and list horizons. Business dates are Asia/Shanghai; no clock here.

use crate::text;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar (= fiscal) year, 1990–2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct FiscalYear(i32);

/// A month of a year, as planners write start and completion (`2026-05`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: FiscalYear,
    month: u32,
}

/// Which of the three lists (三张清单): the earliest realistic start lies within one, two or five years of the plan year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// 一年期
    One,
    /// 两年期
    Two,
    /// 五年期
    Five,
}

/// Why a text is no month or date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DateError {
    #[error("not a date: {text}")]
    NotADate { text: String },
    #[error("there is no month {month}")]
    NoSuchMonth { text: String, month: u32 },
    #[error("there is no day {day}")]
    NoSuchDay { text: String, day: u32 },
    /// A month alone, where a day is needed.
    #[error("day missing: {text}")]
    DayMissing { text: String },
}

/// Today's business date in China (UTC+8, no summer time) at the instant `now`.
pub fn business_date(now: DateTime<Utc>) -> NaiveDate {
    let shanghai = FixedOffset::east_opt(8 * 3600).expect("eight hours lie within a day");
    now.with_timezone(&shanghai).date_naive()
}

impl FiscalYear {
    pub const fn new(year: i32) -> Option<FiscalYear> {
        if year >= 1990 && year <= 2099 { Some(FiscalYear(year)) } else { None }
    }

    pub const fn get(self) -> i32 {
        self.0
    }

    /// The fiscal year of a business date, `None` outside 1990–2099.
    pub fn of(date: NaiveDate) -> Option<FiscalYear> {
        FiscalYear::new(date.year())
    }

    /// The year `n` years later, `None` beyond 2099.
    pub const fn plus(self, n: i32) -> Option<FiscalYear> {
        FiscalYear::new(self.0 + n)
    }

    /// The five years of a list of this plan year: Y to Y + 4.
    pub fn list_years(self) -> Vec<FiscalYear> {
        (0..5).filter_map(|n| self.plus(n)).collect()
    }
}

impl TryFrom<i32> for FiscalYear {
    type Error = String;
    fn try_from(year: i32) -> Result<FiscalYear, String> {
        FiscalYear::new(year).ok_or_else(|| format!("not a fiscal year: {year}"))
    }
}

impl From<FiscalYear> for i32 {
    fn from(year: FiscalYear) -> i32 {
        year.0
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Month {
    /// Month 1–12 of a fiscal year.
    pub fn new(year: FiscalYear, month: u32) -> Option<Month> {
        (1..=12).contains(&month).then_some(Month { year, month })
    }

    pub fn of(date: NaiveDate) -> Option<Month> {
        Month::new(FiscalYear::of(date)?, date.month())
    }

    pub const fn year(self) -> FiscalYear {
        self.year
    }

    /// 1–12.
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The first day of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year.0, self.month, 1)
            .expect("month 1-12 of a checked year has a first day")
    }

    /// The month after this one, `None` after 2099-12.
    pub fn next(self) -> Option<Month> {
        if self.month == 12 {
            Month::new(self.year.plus(1)?, 1)
        } else {
            Month::new(self.year, self.month + 1)
        }
    }

    /// The month before this one, `None` before 1990-01.
    pub fn previous(self) -> Option<Month> {
        if self.month == 1 {
            Month::new(self.year.plus(-1)?, 12)
        } else {
            Month::new(self.year, self.month - 1)
        }
    }

    /// The last day of the month.
    pub fn last_day(self) -> NaiveDate {
        let days = i64::from(self.first_day().num_days_in_month());
        self.first_day() + chrono::Duration::days(days - 1)
    }

    /// Reads `2024.5`, `2024年5月`, `2024-05`, `2024/5`, `202405`, `20240501` and the same with a day.
    pub fn parse(text: &str) -> Result<Month, DateError> {
        let (year, month, _day) = numbers(text)?;
        let fault = || DateError::NotADate { text: text.trim().to_owned() };
        let year = FiscalYear::new(year).ok_or_else(fault)?;
        Month::new(year, month).ok_or_else(|| DateError::NoSuchMonth { text: text.trim().to_owned(), month })
    }
}

/// Reads a day as people write it: `2025年11月20日`, `2025-11-20`, `2025.11.20`, `20251120`; a month alone is its first day.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let month = Month::parse(text)?;
    let (_, _, day) = numbers(text)?;
    NaiveDate::from_ymd_opt(month.year.0, month.month, day.unwrap_or(1))
        .ok_or_else(|| DateError::NoSuchDay { text: text.trim().to_owned(), day: day.unwrap_or(1) })
}

/// As [`parse_date`], where the day must be written: a month alone is none.
pub fn parse_day(text: &str) -> Result<NaiveDate, DateError> {
    let date = parse_date(text)?;
    match numbers(text)? {
        (_, _, Some(_)) => Ok(date),
        (_, _, None) => Err(DateError::DayMissing { text: text.trim().to_owned() }),
    }
}

/// Year, month and day as written, unchecked but for their digits.
fn numbers(text: &str) -> Result<(i32, u32, Option<u32>), DateError> {
    let fault = || DateError::NotADate { text: text.trim().to_owned() };
    let folded = text::half_width(text);
    let body = folded.split(['T', ' ']).next().unwrap_or_default();
    let body: String = body
        .chars()
        .map(|c| if matches!(c, '年' | '月' | '日' | '号' | '.' | '/') { '-' } else { c })
        .collect();
    let body = body.trim_end_matches('-');
    if body.bytes().all(|b| b.is_ascii_digit()) && matches!(body.len(), 6 | 8) {
        let number = |from: usize, to: usize| body[from..to].parse::<u32>().map_err(|_| fault());
        let day = if body.len() == 8 { Some(number(6, 8)?) } else { None };
        let year = i32::try_from(number(0, 4)?).map_err(|_| fault())?;
        return Ok((year, number(4, 6)?, day));
    }
    let parts: Vec<&str> = body.split('-').map(str::trim).collect();
    let number = |part: &str| -> Result<u32, DateError> {
        let sound = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if sound { part.parse().map_err(|_| fault()) } else { Err(fault()) }
    };
    match parts.as_slice() {
        [year, month] => Ok((i32::try_from(number(year)?).map_err(|_| fault())?, number(month)?, None)),
        [year, month, day] => {
            Ok((i32::try_from(number(year)?).map_err(|_| fault())?, number(month)?, Some(number(day)?)))
        }
        _ => Err(fault()),
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = String;
    fn try_from(text: String) -> Result<Month, String> {
        Month::parse(&text).map_err(|fault| fault.to_string())
    }
}

impl Horizon {
    pub const ALL: [Horizon; 3] = [Horizon::One, Horizon::Two, Horizon::Five];

    /// Stable code in URLs, files and the database: `1y`, `2y`, `5y`.
    pub const fn code(self) -> &'static str {
        match self {
            Horizon::One => "1y",
            Horizon::Two => "2y",
            Horizon::Five => "5y",
        }
    }

    pub fn from_code(code: &str) -> Option<Horizon> {
        Horizon::ALL.into_iter().find(|horizon| horizon.code() == code)
    }

    /// 一年期, 两年期, 五年期: the word on the official form.
    pub const fn sign(self) -> &'static str {
        match self {
            Horizon::One => "一年期",
            Horizon::Two => "两年期",
            Horizon::Five => "五年期",
        }
    }

    /// The one horizon named inside a sheet name, a title or a cell; `None` when it names none, or several, of which
    /// nobody but a person can choose.
    pub fn find(text: &str) -> Option<Horizon> {
        let folded = text::fold(text);
        let named = |signs: [&[&str]; 3]| -> Vec<Horizon> {
            let said = Horizon::ALL.into_iter().zip(signs);
            said.filter(|(_, signs)| signs.iter().any(|sign| folded.contains(sign)))
                .map(|(one, _)| one)
                .collect()
        };
        let mut found = named([&["一年期", "1年期"], &["两年期", "二年期", "2年期"], &["五年期", "5年期"]]);
        if found.is_empty() {
            // Short words stand inside years too (二〇二五年), so they count only when no full one is there.
            found = named([&["一年"], &[], &["五年"]]);
        }
        match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_one_list_or_none() {
        for (text, horizon) in [
            ("一年期", Some(Horizon::One)),
            ("２年期清单", Some(Horizon::Two)),
            ("五年滚动", Some(Horizon::Five)),
            ("二〇二五年一年期项目清单", Some(Horizon::One)),
            ("一年期两年期五年期清单", None),
            ("一年和五年", None),
            ("Sheet1", None),
        ] {
            assert_eq!(Horizon::find(text), horizon, "{text}");
        }
    }

    #[test]
    fn months_in_every_spelling() {
        for text in
            ["2024.5", "2024年5月", "2024-05", "2024/5", "20240501", "202405", "２０２４．５", "2024-05-01"]
        {
            assert_eq!(Month::parse(text).map(|m| m.to_string()), Ok("2024-05".into()), "{text}");
        }
    }

    #[test]
    fn wrong_months_name_the_month() {
        assert!(matches!(Month::parse("2026.13"), Err(DateError::NoSuchMonth { month: 13, .. })));
        assert!(matches!(Month::parse("明年"), Err(DateError::NotADate { .. })));
        assert!(matches!(parse_date("2025-02-30"), Err(DateError::NoSuchDay { day: 30, .. })));
        assert!(matches!(Month::parse("45000"), Err(DateError::NotADate { .. })));
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let december = Month::parse("2027-12").unwrap();
        assert_eq!(december.next().map(|m| m.to_string()), Some("2028-01".into()));
        assert_eq!(december.next().and_then(Month::previous), Some(december));
        assert_eq!(Month::parse("2028-02").unwrap().last_day().to_string(), "2028-02-29");
        assert_eq!(Month::parse("2099-12").unwrap().next(), None);
    }

    #[test]
    fn days_as_written_on_forms() {
        assert_eq!(parse_date("2025年11月20日").unwrap().to_string(), "2025-11-20");
        assert_eq!(parse_day("2025年11月20日"), parse_date("20251120"));
        assert_eq!(parse_date("2026-3").unwrap().to_string(), "2026-03-01");
        assert_eq!(parse_day("2026-3"), Err(DateError::DayMissing { text: "2026-3".into() }));
    }

    #[test]
    fn a_month_alone_is_no_day() {
        for text in ["2026-3", "2026年3月", "202603"] {
            assert_eq!(parse_day(text), Err(DateError::DayMissing { text: text.into() }), "{text}");
            assert!(parse_date(text).is_ok(), "{text}");
        }
        assert!(matches!(parse_day("2026-13"), Err(DateError::NoSuchMonth { month: 13, .. })));
        assert_eq!(parse_day("20260301").unwrap().to_string(), "2026-03-01");
    }
}
