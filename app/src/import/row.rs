//! One row of the comparison: its outcome as a word, its cells, what was found, and what can be said about it.

use super::cell::{CellBox, Frame};
use super::choice::Choices;
use super::send::Wizard;
use super::text::{amount_text, outcome};
use contract::import::{CellView, ImportState, RowOutcome, RowView};
use domain::finding::Severity;
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, name, t};

/// Id of a cell on the page.
pub fn anchor(sheet: usize, address: &str) -> String {
    format!("cell-{sheet}-{address}")
}

/// Id of a row on the page.
pub fn row_anchor(sheet: usize, row: u32) -> String {
    format!("row-{sheet}-{row}")
}

/// What a row needs to know of its page.
#[derive(Clone)]
pub struct Around {
    /// keys of the columns shown, behind the fixed ones
    pub columns: Vec<String>,
    /// place of the row's sheet in the file, and whether sheets must be told apart
    pub sheet: usize,
    pub many_sheets: bool,
    pub state: ImportState,
    /// The last column, for findings and choices, stands.
    pub acts: bool,
}

pub const fn tone(outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => "import-row import-row-new",
        RowOutcome::Changed => "import-row import-row-changed",
        RowOutcome::Same => "import-row import-row-same",
        RowOutcome::Faulty => "import-row import-row-faulty",
        RowOutcome::Unclear => "import-row import-row-unclear",
        RowOutcome::Conflict => "import-row import-row-conflict",
        RowOutcome::Skipped => "import-row import-row-skipped",
    }
}

/// Drawn beside the word, so that a glance is enough.
const fn sign(outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => "M8 3v10M3 8h10",
        RowOutcome::Changed => "M3 13l1-4 7-7 3 3-7 7z",
        RowOutcome::Same => "M3 6h10M3 10h10",
        RowOutcome::Faulty => "M4 4l8 8M12 4l-8 8",
        RowOutcome::Unclear => "M5.500 6a2.500 2.500 0 1 1 3.500 2.300c-.8.4-1 .9-1 1.700M8 12.500v.5",
        RowOutcome::Conflict => "M2 5h9l-3-3M14 11H5l3 3",
        RowOutcome::Skipped => "M3 3l10 10M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13",
    }
}

#[component]
pub fn Mark(of: RowOutcome) -> impl IntoView {
    let l = locale();
    view! {
        <span class="import-mark">
            <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
                <path d=sign(of) fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
            </svg>
            {outcome(l, of)}
        </span>
    }
}

#[component]
pub fn Row(wizard: Wizard, row: RowView, around: Around) -> impl IntoView {
    let l = locale();
    let frame = Frame {
        wizard,
        around: around.clone(),
        row: row.row,
        sheet: row.sheet.clone(),
        outcome: row.outcome,
    };
    let cells = around.columns.iter().map(|key| slot(l, &row, key, &frame)).collect_view();
    let number = if around.many_sheets { format!("{} {}", row.sheet, row.row) } else { row.row.to_string() };
    let name = slot(l, &row, name_key(&row), &frame);
    let acts = around.acts.then(|| view! { <Acts wizard row=row.clone() state=around.state /> });
    view! {
        <tr class=tone(row.outcome) id=row_anchor(around.sheet, row.row) tabindex="-1" data-sheet=row.sheet.clone() data-row=row.row>
            <th scope="row" class="import-no">{number}</th>
            <td class="import-result"><Mark of=row.outcome /></td>
            {name}
            {cells}
            {acts}
        </tr>
    }
}

fn name_key(row: &RowView) -> &'static str {
    if row.cells.iter().any(|cell| cell.field.starts_with("site.")) { "site.name" } else { "name" }
}

/// The cell of a column, or what stands there already when the file does not change it.
fn slot(l: Locale, row: &RowView, key: &str, frame: &Frame) -> AnyView {
    let is_name = matches!(key, "name" | "site.name");
    let cell = row.cells.iter().find(|cell| cell.field == key).cloned();
    let still = still(l, row, key);
    view! { <CellBox key=key.to_owned() cell still frame=frame.clone() is_name /> }.into_any()
}

/// The text of a cell that does not change, where the row itself says it.
fn still(l: Locale, row: &RowView, key: &str) -> String {
    match key.parse::<Field>() {
        Ok(Field::Name) => row.name.clone(),
        Ok(Field::Area) => row.area_name.clone(),
        Ok(Field::Horizon) => {
            row.horizon.map(|horizon| name::horizon(l, horizon).to_owned()).unwrap_or_default()
        }
        Ok(Field::Total) => row.total.map(amount_text).unwrap_or_default(),
        Ok(_) => String::new(),
        Err(_) if key == "site.name" => row.name.clone(),
        Err(_) if key == "site.area" => row.area_name.clone(),
        Err(_) => String::new(),
    }
}

/// True when the last column has something to say about the row.
pub fn speaks(row: &RowView, state: ImportState) -> bool {
    let staged = state == ImportState::Staged && !matches!(row.outcome, RowOutcome::Same);
    staged
        || row.undoable
        || !row.findings.is_empty()
        || row.cells.iter().any(|cell| !cell.findings.is_empty())
}

/// What was found in the row, and what can be done with it.
#[component]
fn Acts(wizard: Wizard, row: RowView, state: ImportState) -> impl IntoView {
    let l = locale();
    let found = row
        .findings
        .iter()
        .map(|finding| (finding, None))
        .chain(
            row.cells.iter().flat_map(|cell| cell.findings.iter().map(move |finding| (finding, Some(cell)))),
        )
        .filter(|(finding, _)| finding.severity != Severity::Note)
        .map(|(finding, cell)| said(l, finding, cell))
        .collect::<Vec<_>>();
    let said = (!found.is_empty()).then(|| view! { <ul class="import-said">{found}</ul> });
    view! {
        <td class="import-acts-cell">
            <div class="import-acts-in">
                {said}
                <Choices wizard row=row.clone() state />
            </div>
        </td>
    }
}

fn said(l: Locale, finding: &domain::finding::Finding, cell: Option<&CellView>) -> impl IntoView + use<> {
    let class = match finding.severity {
        Severity::Error => "import-said-error",
        Severity::Warning => "import-said-warning",
        Severity::Note => "import-said-note",
    };
    let spot = finding.place.address.clone().or_else(|| cell?.address.clone());
    let word = name::severity(l, finding.severity);
    view! {
        <li class=class>
            <b>{word}</b>
            " "
            {spot.map(|spot| view! { <span class="import-spot">{spot}</span>" " })}
            {explain::finding(l, &finding.kind)}
        </li>
    }
}

/// The word for a screen reader in front of a value that goes or comes.
pub fn spoken(l: Locale, is_new: bool) -> &'static str {
    if is_new { t!(l, import.spoken_new) } else { t!(l, import.spoken_old) }
}
