//! What stands in a cell of the comparison, as words and figures. Knows no component.

use crate::project::text::from_canonical;
use contract::import::{ImportKind, ImportState, RowOutcome};
use domain::money::{Delta, Money, Unit};
use domain::project::{Field, Kind, Value};
use words::{Locale, format, name, t};

/// The word of an outcome, which stands in the row so that colour is not the only carrier.
pub fn outcome(l: Locale, outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => t!(l, import.outcome_new),
        RowOutcome::Changed => t!(l, import.outcome_changed),
        RowOutcome::Same => t!(l, import.outcome_same),
        RowOutcome::Faulty => t!(l, import.outcome_faulty),
        RowOutcome::Unclear => t!(l, import.outcome_unclear),
        RowOutcome::Conflict => t!(l, import.outcome_conflict),
        RowOutcome::Skipped => t!(l, import.outcome_skipped),
    }
}

pub fn state(l: Locale, state: ImportState) -> &'static str {
    match state {
        ImportState::Reading => t!(l, import.state_reading),
        ImportState::Failed => t!(l, import.state_failed),
        ImportState::Staged => t!(l, import.state_staged),
        ImportState::Committed => t!(l, import.state_committed),
        ImportState::Undone => t!(l, import.state_undone),
        ImportState::Cancelled => t!(l, import.state_cancelled),
    }
}

pub fn kind(l: Locale, kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Projects => t!(l, import.kind_projects),
        ImportKind::Sites => t!(l, import.kind_sites),
    }
}

/// The heading of a column by its key: a project's field, a community's figure, or the ordinal.
pub fn heading(l: Locale, key: &str) -> String {
    let fixed = match key {
        "site.code" => t!(l, import.site_code),
        "site.name" => t!(l, import.site_name),
        "site.area" => t!(l, import.site_area),
        "site.area_code" => t!(l, import.site_area_code),
        "site.households" => t!(l, import.site_households),
        "site.people" => t!(l, import.site_people),
        "site.labour" => t!(l, import.site_labour),
        "site.employed" => t!(l, import.site_employed),
        "site.employed_out_of_province" => t!(l, import.site_out_of_province),
        "site.employed_in_province" => t!(l, import.site_in_province),
        "site.employed_in_county" => t!(l, import.site_in_county),
        "site.zero_employment_households" => t!(l, import.site_zero_employment),
        "ordinal" => t!(l, import.column_ordinal),
        key => return key.parse::<Field>().map_or_else(|_| key.to_owned(), |field| name::field(l, field)),
    };
    fixed.to_owned()
}

/// Columns of a list of communities, in the order of the form.
pub const SITE_COLUMNS: [&str; 12] = [
    "site.code",
    "site.name",
    "site.area",
    "site.area_code",
    "site.households",
    "site.people",
    "site.labour",
    "site.employed",
    "site.employed_out_of_province",
    "site.employed_in_province",
    "site.employed_in_county",
    "site.zero_employment_households",
];

/// True when a column holds numbers, which keep to the right.
pub fn is_number(key: &str) -> bool {
    match key.parse::<Field>() {
        Ok(field) => matches!(field.kind(), Kind::Money | Kind::Count),
        Err(_) => SITE_COLUMNS.iter().skip(4).any(|site| *site == key),
    }
}

/// A stored text as it is shown. Every digit of an amount, since a difference of one fen must be seen.
pub fn shown(l: Locale, key: &str, canonical: &str) -> String {
    let field = key.parse::<Field>().ok();
    match field.and_then(|field| Value::from_canonical(field, canonical)) {
        Some(Value::Money(amount)) => amount_text(amount),
        Some(_) | None => from_canonical(l, field, Some(canonical)),
    }
}

/// 万元 with two decimals when they say it all, else with every digit.
pub fn amount_text(amount: Money) -> String {
    let is_short = amount.fen() % (Unit::Wan.fen() / 100) == 0;
    if is_short { format::wan(amount) } else { format::wan_exact(amount) }
}

/// The same for a difference, with a plus sign on what grows.
pub fn delta_text(delta: Delta) -> String {
    let text = amount_text(delta.magnitude());
    match delta.fen() {
        0 => text,
        1.. => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

/// Where the heading of a sheet stands.
pub fn header(l: Locale, (first, last): (u32, u32)) -> String {
    if first == last {
        t!(l, import.sheet_header_one, row = first)
    } else {
        t!(l, import.sheet_header, first = first, last = last)
    }
}

/// A whole number with commas.
pub fn number(count: impl TryInto<i64>) -> String {
    format::integer(count.try_into().unwrap_or(i64::MAX))
}

/// Size of a file, in KiB or MiB.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = KIB * KIB;
    let tenths = |of: u64| format!("{}.{}", number(bytes / of), bytes % of * 10 / of);
    if bytes >= MIB { format!("{} MiB", tenths(MIB)) } else { format!("{} KiB", tenths(KIB)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fen_is_rounded_away() {
        let shown = |fen: i64| amount_text(Money::from_fen(fen).unwrap());
        assert_eq!(shown(18_505_000_000), "18,505.00");
        assert_eq!(shown(92_862_240_931), "92,862.240931");
        assert_eq!(delta_text(Delta::from_fen(-1)), "−0.000001");
        assert_eq!(delta_text(Delta::from_fen(2_000_000)), "+2.00");
    }

    #[test]
    fn sizes_read_as_files_do() {
        assert_eq!(size(512), "0.5 KiB");
        assert_eq!(size(326_464), "318.8 KiB");
        assert_eq!(size(40 * 1024 * 1024), "40.0 MiB");
    }
}
