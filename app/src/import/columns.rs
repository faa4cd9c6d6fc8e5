//! Which heading was taken for which column. Unknown ones stand on top and must be answered; the others are shown and
//! can be changed. Knows no door.

use super::text::{SITE_COLUMNS, heading};
use contract::import::{ColumnView, ImportKind};
use domain::money::Unit;
use domain::period::FiscalYear;
use domain::project::{Field, Kind};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// (key, word) of every column that a heading can be.
pub type Choices = Vec<(String, String)>;

/// Every column of this kind of list, in the order of the form.
pub fn choices(l: Locale, kind: ImportKind, years: &[FiscalYear]) -> Choices {
    let keys: Vec<String> = match kind {
        ImportKind::Sites => SITE_COLUMNS.map(str::to_owned).to_vec(),
        ImportKind::Projects => Field::all(years).into_iter().map(Field::key).collect(),
    };
    let ordinal = std::iter::once("ordinal".to_owned());
    ordinal.chain(keys).map(|key| (key.clone(), heading(l, &key))).collect()
}

/// The first plan year that the headings themselves name, for files whose plan year is not known yet.
pub fn years_of(columns: &[ColumnView]) -> Vec<FiscalYear> {
    let mut years: Vec<FiscalYear> = columns
        .iter()
        .filter_map(|column| {
            let Field::Year(year) = column.key.as_deref()?.parse::<Field>().ok()? else { return None };
            Some(year)
        })
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

#[component]
pub fn ColumnTable(
    columns: Vec<ColumnView>,
    choices: Choices,
    /// Known headings can be changed too.
    open: bool,
    #[prop(into)] open_href: String,
) -> impl IntoView {
    let l = locale();
    let (unknown, known): (Vec<ColumnView>, Vec<ColumnView>) =
        columns.into_iter().partition(|column| column.key.is_none());
    let count = unknown.len();
    let rows = unknown.into_iter().chain(known).map(|column| line(l, column, &choices, open)).collect_view();
    view! {
        <div class="import-columns">
            <h3>{t!(l, import.columns_title)}</h3>
            {(count > 0)
                .then(|| {
                    view! {
                        <p class="notice notice-warn">{t!(l, import.columns_unknown, count = count)}</p>
                        <label class="import-tick">
                            <input type="checkbox" name="form[remember]" value="on" checked />
                            {t!(l, import.remember)}
                        </label>
                    }
                })}
            <div class="table-scroll import-columns-box">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, import.column_letters)}</th>
                            <th scope="col">{t!(l, import.column_heading)}</th>
                            <th scope="col">{t!(l, import.column_taken)}</th>
                            <th scope="col">{t!(l, import.column_unit)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(!open).then(|| view! { <p><a class="import-link" href=open_href>{t!(l, import.columns_change)}</a></p> })}
        </div>
    }
}

fn line(l: Locale, column: ColumnView, choices: &Choices, open: bool) -> impl IntoView + use<> {
    let is_unknown = column.key.is_none();
    let said = if column.band.is_empty() {
        column.heading.clone()
    } else {
        format!("{} › {}", column.band, column.heading)
    };
    let taken = match column.key.as_deref() {
        Some(key) if !open => taken(l, key),
        _ => select(l, &column, &said, choices),
    };
    let unit = unit(l, &column, &said, open);
    view! {
        <tr class:import-unknown=is_unknown>
            <td class="date">{column.letters}</td>
            <td>{said}</td>
            <td>{taken}</td>
            <td>{unit}</td>
        </tr>
    }
}

/// True of a column whose cells are amounts.
pub fn is_money(column: &ColumnView) -> bool {
    let field = column.key.as_deref().and_then(|key| key.parse::<Field>().ok());
    field.is_some_and(|field| field.kind() == Kind::Money)
}

/// The unit of a column of amounts: its own, as a fact that can be changed, or that of the whole sheet.
fn unit(l: Locale, column: &ColumnView, said: &str, open: bool) -> Option<AnyView> {
    if !is_money(column) {
        return None;
    }
    let own = column.unit.map(|unit| name::unit(l, unit));
    if !open && column.unit.is_none() {
        return None;
    }
    let as_file = match own.filter(|_| !column.unit_told) {
        Some(unit) => t!(l, import.column_unit_own, unit = unit),
        None => t!(l, import.column_unit_file).to_owned(),
    };
    let options = Unit::ALL.map(|choice| {
        let selected = column.unit_told && column.unit == Some(choice);
        view! { <option value=choice.code() selected=selected>{name::unit(l, choice)}</option> }
    });
    Some(
        view! {
            <select
                class="input import-select"
                name=format!("form[units][{}]", column.letters)
                aria-label=t!(l, import.column_unit_of, heading = said.to_owned())
            >
                <option value="" selected=!column.unit_told>{as_file}</option>
                {options.collect_view()}
            </select>
        }
        .into_any(),
    )
}

fn taken(l: Locale, key: &str) -> AnyView {
    if key.is_empty() {
        return view! { <span class="import-faint">{t!(l, import.column_ignored)}</span> }.into_any();
    }
    heading(l, key).into_any()
}

/// The first entry of an unknown heading cannot be sent, so a heading that nobody answers stays unknown.
fn select(l: Locale, column: &ColumnView, said: &str, choices: &Choices) -> AnyView {
    let key = column.key.clone();
    let ask = key
        .is_none()
        .then(|| view! { <option value="" selected disabled>{t!(l, import.column_ask)}</option> });
    let options = choices
        .iter()
        .map(|(code, word)| {
            let selected = key.as_deref() == Some(code);
            view! { <option value=code.clone() selected=selected>{word.clone()}</option> }
        })
        .collect_view();
    let ignored = key.as_deref() == Some("");
    view! {
        <select
            class="input import-select"
            name=format!("form[columns][{}]", column.letters)
            aria-label=t!(l, import.column_of, heading = said.to_owned())
        >
            {ask}
            <option value="" selected=ignored>{t!(l, import.column_ignored)}</option>
            {options}
        </select>
    }
    .into_any()
}
