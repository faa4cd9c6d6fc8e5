//! The table of compared rows: fixed columns first, then those that the rows change, findings and choices at the right
//! edge. Every row of the page is in the HTML; nothing here asks a door.

use super::keys;
use super::mend::MendDialog;
use super::row::{Around, Row, speaks};
use super::send::Wizard;
use super::text::{SITE_COLUMNS, heading, is_number};
use contract::import::{CellView, ImportKind, ImportView, RowOutcome, RowView, RowsView};
use domain::period::FiscalYear;
use domain::project::Field;
use leptos::prelude::*;
use std::collections::BTreeSet;
use words::locale::locale;
use words::t;

#[component]
pub fn RowTable(
    wizard: Wizard,
    rows: RowsView,
    /// Every column of the file, not just those that change.
    all: bool,
) -> impl IntoView {
    let l = locale();
    let view = wizard.view.get_untracked();
    let columns = columns(&view, &rows.rows, all);
    let spot = RwSignal::new(None);
    let acts = rows.rows.iter().any(|row| speaks(row, view.state));
    let heads = columns
        .iter()
        .map(|key| view! { <th scope="col" class:number=is_number(key)>{heading(l, key)}</th> })
        .collect_view();
    let name = match view.kind {
        ImportKind::Projects => heading(l, "name"),
        ImportKind::Sites => heading(l, "site.name"),
    };
    let lines = rows.rows.into_iter().map(|row| line(wizard, &view, row, &columns, acts)).collect_view();
    view! {
        <div
            class="import-grid"
            role="region"
            tabindex="0"
            aria-label=t!(l, import.rows)
            on:keydown=move |event| {
                if let Some(found) = keys::press(&event) {
                    spot.set(Some(found));
                }
            }
            on:dblclick=move |event| {
                if let Some(found) = keys::under(&event) {
                    spot.set(Some(found));
                }
            }
        >
            <table class="import-table">
                <thead>
                    <tr>
                        <th scope="col" class="import-no">{t!(l, import.row)}</th>
                        <th scope="col" class="import-result">{t!(l, import.outcome)}</th>
                        <th scope="col" class="import-name">{name}</th>
                        {heads}
                        {acts.then(|| view! { <th scope="col" class="import-acts-cell">{t!(l, import.acts)}</th> })}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <MendDialog wizard spot />
    }
}

fn line(
    wizard: Wizard,
    view: &ImportView,
    row: RowView,
    columns: &[String],
    acts: bool,
) -> impl IntoView + use<> {
    let sheet = view.sheets.iter().position(|sheet| sheet.sheet == row.sheet).unwrap_or_default();
    let listed = view.sheets.iter().filter(|sheet| sheet.layout.is_some()).count();
    let around =
        Around { columns: columns.to_vec(), sheet, many_sheets: listed > 1, state: view.state, acts };
    view! { <Row wizard row around /> }
}

/// The fixed columns, then every other that a row of this page changes.
fn columns(view: &ImportView, rows: &[RowView], all: bool) -> Vec<String> {
    let first = rows.first().and_then(|row| row.horizon);
    let one_list = rows.iter().all(|row| row.horizon == first);
    let fixed: &[&str] = match view.kind {
        ImportKind::Projects if one_list => &["area", "total"],
        ImportKind::Projects => &["area", "horizon", "total"],
        ImportKind::Sites => &["site.area"],
    };
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    let old = rows.iter().any(|row| row.outcome != RowOutcome::New);
    for row in rows {
        let whole = all || !old;
        wanted.extend(
            row.cells.iter().filter(|cell| whole || is_telling(row, cell)).map(|cell| cell.field.as_str()),
        );
    }
    let order = order(view.kind, &wanted);
    let rest = order
        .into_iter()
        .filter(|key| !fixed.contains(&key.as_str()) && !matches!(key.as_str(), "name" | "site.name"));
    fixed.iter().map(|key| (*key).to_owned()).chain(rest).collect()
}

/// A cell worth a column of its own when not everything is shown.
fn is_telling(row: &RowView, cell: &CellView) -> bool {
    let changes = row.outcome != RowOutcome::New && cell.old.is_some() && cell.old != cell.new;
    let fills = row.outcome == RowOutcome::Changed && cell.old.is_none() && cell.new.is_some();
    changes || fills || cell.conflict || cell.mended || !cell.findings.is_empty()
}

/// Wanted keys in the order of the form.
fn order(kind: ImportKind, wanted: &BTreeSet<&str>) -> Vec<String> {
    let known: Vec<String> = match kind {
        ImportKind::Sites => SITE_COLUMNS.map(str::to_owned).to_vec(),
        ImportKind::Projects => {
            let years: Vec<FiscalYear> = wanted
                .iter()
                .filter_map(|key| {
                    let Field::Year(year) = key.parse::<Field>().ok()? else { return None };
                    Some(year)
                })
                .collect();
            Field::all(&years).into_iter().map(Field::key).collect()
        }
    };
    known.into_iter().filter(|key| wanted.contains(key.as_str())).collect()
}
