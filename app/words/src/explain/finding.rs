//! What a check found, said to the person who must mend it.

use crate::format::{delta, wan, wan_exact};
use crate::{Locale, t};
use domain::finding::FindingKind as F;
use domain::money::{AmountError, Delta, Money, Unit};
use domain::period::DateError;
use domain::project::value::ValueError;

/// One finding as a sentence without its place.
pub fn finding(locale: Locale, kind: &F) -> String {
    match kind {
        F::Unreadable { error } => value_error(locale, error),
        F::UnknownArea { name } => t!(locale, finding.unknown_area, name = name.clone()),
        F::AmbiguousArea { name, choices } => {
            t!(locale, finding.ambiguous_area, name = name.clone(), choices = joined(locale, choices))
        }
        F::AreaNotYours { name } => t!(locale, finding.area_not_yours, name = name.clone()),
        F::UnknownSite { name } => t!(locale, finding.unknown_site, name = name.clone()),
        F::AmbiguousSite { name, choices } => {
            t!(locale, finding.ambiguous_site, name = name.clone(), choices = joined(locale, choices))
        }
        F::SourcesDiffer { total, sum, difference } => {
            let (total, sum, difference) = sums(*total, *sum, *difference);
            t!(locale, finding.sources_differ, total = total, sum = sum, difference = difference)
        }
        F::YearsDiffer { total, sum, difference } => {
            let (total, sum, difference) = sums(*total, *sum, *difference);
            t!(locale, finding.years_differ, total = total, sum = sum, difference = difference)
        }
        F::StatedTotalDiffers { stated, sum, difference } => {
            let (stated, sum, difference) = sums(*stated, *sum, *difference);
            t!(locale, finding.stated_total_differs, stated = stated, sum = sum, difference = difference)
        }
        F::CodeCheckDigit { code, expected } => {
            t!(locale, finding.code_check_digit, code = code.clone(), expected = *expected)
        }
        F::CodeMonth { code, month } => t!(locale, finding.code_month, code = code.clone(), month = *month),
        F::CodeMalformed { code } => t!(locale, finding.code_malformed, code = code.clone()),
        F::FinishBeforeStart { start, finish } => {
            t!(locale, finding.finish_before_start, start = start.to_string(), finish = finish.to_string())
        }
        F::SameAsRow { row, code, sheet: None } => {
            t!(locale, finding.same_as_row, row = *row, code = code.clone())
        }
        F::SameAsRow { row, code, sheet: Some(sheet) } => {
            t!(locale, finding.same_as_row_of, row = *row, code = code.clone(), sheet = sheet.clone())
        }
        F::HiddenSheet => t!(locale, finding.hidden_sheet).to_owned(),
        F::HiddenRows { rows } => t!(locale, finding.hidden_rows, rows = stretches(locale, rows)),
        F::HiddenColumns { letters } => t!(locale, finding.hidden_columns, columns = joined(locale, letters)),
        F::UnitDiffers { text, read_as } => {
            let unit = crate::name::unit(locale, *read_as);
            t!(locale, finding.unit_differs, text = text.clone(), unit = unit)
        }
        F::UnknownHeading { heading } => t!(locale, finding.unknown_heading, heading = heading.clone()),
        F::ReadAs { text, value } => t!(locale, finding.read_as, text = text.clone(), value = value.clone()),
        F::FilledFromAbove { value } => t!(locale, finding.filled_from_above, value = value.clone()),
        F::WhichList => t!(locale, finding.which_list).to_owned(),
        F::NoHeader => t!(locale, finding.no_header).to_owned(),
        F::CodeTaken { code } => t!(locale, finding.code_taken, code = code.clone()),
        F::Conflict { theirs } => {
            let theirs = theirs.clone().unwrap_or_else(|| crate::format::UNKNOWN.to_owned());
            t!(locale, finding.conflict, theirs = theirs)
        }
    }
}

/// Why a text is no value of its column.
pub fn value_error(locale: Locale, error: &ValueError) -> String {
    match error {
        ValueError::Amount(error) => amount_error(locale, error),
        ValueError::Date(error) => date_error(locale, error),
        ValueError::NotACount { text } => t!(locale, finding.value_not_a_count, text = text.clone()),
        ValueError::NotAFlag { text } => t!(locale, finding.value_not_a_flag, text = text.clone()),
        ValueError::NotInDictionary { text } => {
            t!(locale, finding.value_not_in_dictionary, text = text.clone())
        }
        ValueError::TooLong { allowed } => t!(locale, finding.value_too_long, allowed = *allowed),
        ValueError::Missing => t!(locale, finding.value_missing).to_owned(),
        ValueError::NotCalculated => t!(locale, finding.value_not_calculated).to_owned(),
        ValueError::ReadOnly => t!(locale, finding.value_read_only).to_owned(),
    }
}

/// Why a text is no amount.
pub fn amount_error(locale: Locale, error: &AmountError) -> String {
    match error {
        AmountError::Empty => t!(locale, finding.amount_empty).to_owned(),
        AmountError::NotANumber { text } => t!(locale, finding.amount_not_a_number, text = text.clone()),
        AmountError::Negative { text } => t!(locale, finding.amount_negative, text = text.clone()),
        AmountError::TooPrecise { text, allowed } => {
            t!(locale, finding.amount_too_precise, text = text.clone(), allowed = *allowed)
        }
        AmountError::TooLarge { text } => t!(locale, finding.amount_too_large, text = text.clone()),
        AmountError::UnitUnknown { unit } => t!(locale, finding.amount_unit_unknown, unit = unit.clone()),
    }
}

/// Why a text is no date or month.
pub fn date_error(locale: Locale, error: &DateError) -> String {
    match error {
        DateError::NotADate { text } => t!(locale, finding.date_not_a_date, text = text.clone()),
        DateError::NoSuchMonth { text, month } => {
            t!(locale, finding.date_no_month, text = text.clone(), month = *month)
        }
        DateError::NoSuchDay { text, day } => {
            t!(locale, finding.date_no_day, text = text.clone(), day = *day)
        }
        DateError::DayMissing { text } => t!(locale, finding.date_day_missing, text = text.clone()),
    }
}

fn sums(first: Money, second: Money, difference: Delta) -> (String, String, String) {
    let gap = match difference.exact(Unit::Wan) {
        exact if exact.len() > difference.rounded(Unit::Wan, 2).len() => crate::format::grouped(&exact),
        _ => delta(difference, Unit::Wan),
    };
    (exact_or_short(first), exact_or_short(second), gap)
}

/// Two decimals when they say it all, else every digit: a difference of one fen must be visible.
fn exact_or_short(amount: Money) -> String {
    if amount.fen() % (Unit::Wan.fen() / 100) == 0 { wan(amount) } else { wan_exact(amount) }
}

/// Stretches of rows that are named; more are only counted.
const STRETCHES: usize = 12;

/// `5–8、12`, and how many rows there are when not all can be named.
fn stretches(locale: Locale, rows: &[(u32, u32)]) -> String {
    let named = rows
        .iter()
        .take(STRETCHES)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") });
    let named = joined(locale, &named.collect::<Vec<_>>());
    if rows.len() <= STRETCHES {
        return named;
    }
    let all: u32 = rows.iter().map(|(first, last)| last - first + 1).sum();
    t!(locale, finding.rows_and_more, rows = named, count = all)
}

fn joined(locale: Locale, choices: &[String]) -> String {
    choices.join(match locale {
        Locale::zh_CN => "、",
        Locale::en => ", ",
    })
}
