//! One cell as a file holds it, and where it stands. Knows no column meaning and no unit.

use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// The value of a filled cell. Texts are borrowed from the file's string table where possible.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Date(NaiveDate),
    Flag(bool),
    /// A formula's error, such as `#REF!`.
    Fault(&'static str),
    /// A formula whose result nobody saved: what it comes to is not in the file.
    Formula(Cow<'a, str>),
}

/// A filled cell and its column, counted from 0.
pub type Placed<'a> = (u16, Cell<'a>);

impl Cell<'_> {
    /// What a person sees in the cell: dates as `2026-05-01`, numbers at 15 significant digits.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(plain_number(*number)),
            Cell::Date(date) => {
                Cow::Owned(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
            }
            Cell::Flag(flag) => Cow::Borrowed(if *flag { "TRUE" } else { "FALSE" }),
            Cell::Fault(fault) => Cow::Borrowed(fault),
            Cell::Formula(formula) => Cow::Owned(format!("={formula}")),
        }
    }

    /// The same without a borrow, for the few rows that are kept.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Number(number) => Cell::Number(number),
            Cell::Date(date) => Cell::Date(date),
            Cell::Flag(flag) => Cell::Flag(flag),
            Cell::Fault(fault) => Cell::Fault(fault),
            Cell::Formula(formula) => Cell::Formula(Cow::Owned(formula.into_owned())),
        }
    }

    /// A text of nothing but white space counts as no cell at all.
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Text(text) if text.trim().is_empty())
    }
}

/// A double as decimal text, rounded to the 15 significant digits a spreadsheet shows: `14984958.04`.
pub fn plain_number(number: f64) -> String {
    if !number.is_finite() {
        return "NaN".to_owned();
    }
    if number.fract() == 0.0 && number.abs() < 1e15 {
        // Whole numbers below 10¹⁵ are exact in a double.
        return (number as i64).to_string();
    }
    let scientific = format!("{number:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if exponent.abs() > 40 {
        return scientific;
    }
    let point = exponent + 1;
    let body = if point <= 0 {
        format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
    } else if digits.len() <= point as usize {
        format!("{digits}{}", "0".repeat(point as usize - digits.len()))
    } else {
        format!("{}.{}", &digits[..point as usize], &digits[point as usize..])
    };
    format!("{sign}{body}")
}

/// `A`, `Z`, `AA` … of a column counted from 0.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

/// `L17` of a row counted from 1 and a column counted from 0.
pub fn address(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// Row (from 1) and column (from 0) of `L17`; `None` for anything else.
pub fn parse_address(text: &str) -> Option<(u32, u32)> {
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at(split);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    Some((digits.parse().ok().filter(|&row| row > 0)?, column - 1))
}

/// The day of a spreadsheet's serial number in the 1900 system, `None` outside 1990–2099.
pub fn date_of_serial(serial: f64) -> Option<NaiveDate> {
    if !(32_874.0..73_051.0).contains(&serial) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(serial as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_only_their_noise() {
        for (number, text) in [
            (14_984_958.04_f64.next_down(), "14984958.04"),
            (0.1 + 0.2, "0.3"),
            (3_290.066_513, "3290.066513"),
            (-0.0, "0"),
            (0.0, "0"),
            (10.0, "10"),
            (-20.0, "-20"),
            (0.000_000_1, "0.0000001"),
            (1_131_513.237_897, "1131513.237897"),
            (1e20, "100000000000000000000"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(plain_number(number), text);
        }
    }

    #[test]
    fn addresses_go_both_ways() {
        for (row, column, text) in
            [(1, 0, "A1"), (17, 11, "L17"), (1_048_576, 16_383, "XFD1048576"), (5, 26, "AA5")]
        {
            assert_eq!(address(row, column), text);
            assert_eq!(parse_address(text), Some((row, column)));
        }
        assert_eq!(parse_address("A0"), None);
        assert_eq!(parse_address("7"), None);
    }

    #[test]
    fn serials_are_days() {
        assert_eq!(date_of_serial(45_413.0), NaiveDate::from_ymd_opt(2024, 5, 1));
        assert_eq!(date_of_serial(300.0), None);
    }
}
