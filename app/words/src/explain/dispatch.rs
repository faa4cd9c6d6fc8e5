//! Monthly returns in words: columns, where a book stands, what the checks found, why a step is refused, what is wrong with a
//! file.

use super::value_error;
use crate::{Locale, format, name, t};
use contract::dispatch::file::FileFault;
use domain::dispatch::book::{Refusal, Standing};
use domain::dispatch::check::{Fault, Found};
use domain::dispatch::column::{Column, Kind, ProjectColumn, SiteColumn};
use domain::money::{Delta, Money, Unit};

/// Findings that are told in one sentence of a refusal.
const TOLD: usize = 3;

/// The heading of a column.
pub fn column(locale: Locale, column: Column) -> &'static str {
    match column {
        Column::Project(column) => project_column(locale, column),
        Column::Site(column) => site_column(locale, column),
    }
}

/// The same of a project's.
pub fn project_column(locale: Locale, column: ProjectColumn) -> &'static str {
    match column {
        ProjectColumn::IsStarted => t!(locale, dispatch.col_is_started),
        ProjectColumn::Progress => t!(locale, dispatch.col_progress),
        ProjectColumn::Invested => t!(locale, dispatch.col_invested),
        ProjectColumn::JobsPresent => t!(locale, dispatch.col_jobs_present),
        ProjectColumn::JobsPresentRural => t!(locale, dispatch.col_jobs_present_rural),
        ProjectColumn::JobsPresentRelocated => t!(locale, dispatch.col_jobs_present_relocated),
        ProjectColumn::JobsCumulative => t!(locale, dispatch.col_jobs_cumulative),
        ProjectColumn::JobsCumulativeRural => t!(locale, dispatch.col_jobs_cumulative_rural),
        ProjectColumn::JobsCumulativeRelocated => t!(locale, dispatch.col_jobs_cumulative_relocated),
        ProjectColumn::Pay => t!(locale, dispatch.col_pay),
        ProjectColumn::ReasonNotStarted => t!(locale, dispatch.col_reason_not_started),
        ProjectColumn::ReasonFallen => t!(locale, dispatch.col_reason_fallen),
        ProjectColumn::Explanation => t!(locale, dispatch.col_explanation),
    }
}

/// The same of a community's.
pub fn site_column(locale: Locale, column: SiteColumn) -> &'static str {
    match column {
        SiteColumn::Labour => t!(locale, dispatch.site_labour),
        SiteColumn::Employed => t!(locale, dispatch.site_employed),
        SiteColumn::OutOfProvince => t!(locale, dispatch.site_out_of_province),
        SiteColumn::InProvince => t!(locale, dispatch.site_in_province),
        SiteColumn::InCounty => t!(locale, dispatch.site_in_county),
        SiteColumn::ZeroEmploymentHouseholds => t!(locale, dispatch.site_zero),
    }
}

/// Where a book stands; `None` while nobody opened the month.
pub fn standing(locale: Locale, standing: Option<Standing>) -> &'static str {
    match standing {
        None => t!(locale, dispatch.standing_none),
        Some(Standing::Filling) => t!(locale, dispatch.standing_filling),
        Some(Standing::Submitted) => t!(locale, dispatch.standing_submitted),
        Some(Standing::Returned) => t!(locale, dispatch.standing_returned),
        Some(Standing::Accepted) => t!(locale, dispatch.standing_accepted),
    }
}

/// What stands in an input: amounts with all their digits in 万元, everything else as it is kept.
pub fn typed(column: Column, canonical: &str) -> String {
    match column.kind() {
        Kind::Money => canonical
            .parse()
            .map_or_else(|_| canonical.to_owned(), |fen| Delta::from_fen(fen).exact(Unit::Wan)),
        Kind::Flag | Kind::Text | Kind::Count => canonical.to_owned(),
    }
}

/// What is read in a table.
pub fn value(locale: Locale, column: Column, canonical: Option<&str>) -> String {
    let Some(canonical) = canonical else { return t!(locale, dispatch.nothing).to_owned() };
    match column.kind() {
        Kind::Text => canonical.to_owned(),
        Kind::Flag if canonical == "1" => t!(locale, dispatch.yes).to_owned(),
        Kind::Flag => t!(locale, dispatch.no).to_owned(),
        Kind::Money | Kind::Count => {
            canonical.parse().map_or_else(|_| canonical.to_owned(), |number| figure(column, Some(number)))
        }
    }
}

fn figure(column: Column, figure: Option<i64>) -> String {
    match (column.kind(), figure) {
        (_, None) => "0".to_owned(),
        (Kind::Money, Some(fen)) => Money::from_fen(fen).map_or_else(|| fen.to_string(), format::wan_exact),
        (Kind::Flag | Kind::Text | Kind::Count, Some(count)) => format::integer(count),
    }
}

/// What a check found, without the name of what it is about.
pub fn fault(locale: Locale, fault: &Fault) -> String {
    match fault {
        Fault::Missing { column: missing } => {
            t!(locale, dispatch.fault_missing, column = column(locale, *missing))
        }
        Fault::Fallen { column, before, month, now } => t!(
            locale,
            dispatch.fault_fallen,
            column = project_column(locale, *column),
            month = month.to_string(),
            before = figure(Column::Project(*column), Some(*before)),
            now = figure(Column::Project(*column), *now)
        ),
        Fault::AboveNext { column, now, month, next } => t!(
            locale,
            dispatch.fault_next,
            column = project_column(locale, *column),
            month = month.to_string(),
            now = figure(Column::Project(*column), Some(*now)),
            next = figure(Column::Project(*column), *next)
        ),
        Fault::PartAboveWhole { part, value, whole, of } => t!(
            locale,
            dispatch.fault_part,
            part = column(locale, *part),
            value = figure(*part, Some(*value)),
            whole = column(locale, *whole),
            of = figure(*whole, Some(*of))
        ),
        Fault::PresentAboveCumulative { present, cumulative } => {
            t!(locale, dispatch.fault_present, present = *present, cumulative = *cumulative)
        }
        Fault::NotStartedWithoutReason => t!(locale, dispatch.fault_no_reason).to_owned(),
        Fault::NotStartedWithFigures => t!(locale, dispatch.fault_not_started).to_owned(),
        Fault::Slow { invested, planned, month } => {
            let share = invested.minus(Money::ZERO).per_mille(planned.minus(Money::ZERO)).unwrap_or_default();
            t!(
                locale,
                dispatch.fault_slow,
                invested = format::money(locale, *invested),
                planned = format::money(locale, *planned),
                share = format::percent(share),
                time = format::percent(i64::from(month.month()) * 1000 / 12)
            )
        }
        Fault::ChannelsDiffer { sum, employed } => {
            t!(locale, dispatch.fault_channels, sum = *sum, employed = *employed)
        }
    }
}

/// The same with the name.
pub fn found(locale: Locale, found: &Found) -> String {
    format!("{} — {}", found.name, fault(locale, &found.fault))
}

/// Why a step is refused.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::FutureMonth { month, .. } => {
            t!(locale, dispatch.refused_future, month = month.to_string())
        }
        Refusal::Closed { standing: at } => {
            t!(locale, dispatch.refused_closed, standing = standing(locale, Some(*at)))
        }
        Refusal::NotHandedIn { standing: at } => {
            t!(locale, dispatch.refused_not_handed_in, standing = standing(locale, Some(*at)))
        }
        Refusal::NotAbove => t!(locale, dispatch.refused_not_above).to_owned(),
        Refusal::LaterCounts { later } => t!(locale, dispatch.refused_later, month = later.to_string()),
        Refusal::OwnHand => t!(locale, dispatch.refused_own).to_owned(),
        Refusal::OwnRows => t!(locale, dispatch.refused_own_rows).to_owned(),
        Refusal::Errors { errors, first } => {
            let mut told: Vec<String> = first.iter().take(TOLD).map(|one| found(locale, one)).collect();
            if *errors as usize > told.len() {
                told.push("…".to_owned());
            }
            t!(locale, dispatch.refused_errors, count = *errors, first = told.join(" · "))
        }
    }
}

/// What is said of a file.
pub fn file_fault(locale: Locale, fault: &FileFault) -> String {
    match fault {
        FileFault::NoSheet => t!(locale, dispatch.file_no_sheet).to_owned(),
        FileFault::HiddenSheet => t!(locale, dispatch.file_hidden).to_owned(),
        FileFault::UnitAssumed { unit } => {
            t!(locale, dispatch.file_unit_assumed, unit = name::unit(locale, *unit))
        }
        FileFault::ForeignUnit { unit } => t!(locale, dispatch.file_foreign_unit, unit = unit.clone()),
        FileFault::UnknownHeading { heading } => {
            t!(locale, dispatch.file_unknown_heading, heading = heading.clone())
        }
        FileFault::HeadingTwice { heading } => {
            t!(locale, dispatch.file_heading_twice, heading = heading.clone())
        }
        FileFault::Unknown { name } => t!(locale, dispatch.file_unknown, name = name.clone()),
        FileFault::Ambiguous { name } => t!(locale, dispatch.file_ambiguous, name = name.clone()),
        FileFault::Twice { name } => t!(locale, dispatch.file_twice, name = name.clone()),
        FileFault::NoName => t!(locale, dispatch.file_no_name).to_owned(),
        FileFault::Value { error } => value_error(locale, error),
    }
}
