//! One cell of the comparison: what stood there struck through, what comes beside it; a faulty one is an input.

use super::row::{Around, anchor, spoken};
use super::send::{Wizard, hidden};
use super::text::{heading, is_number, shown};
use crate::parts::icon::{Icon, Shape};
use contract::import::{CellView, ImportState, RowOutcome};
use domain::finding::Severity;
use domain::project::Field;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use words::locale::locale;
use words::{Locale, t};

/// Where a cell stands.
#[derive(Clone)]
pub struct Frame {
    pub wizard: Wizard,
    pub around: Around,
    pub sheet: String,
    /// from 1
    pub row: u32,
    pub outcome: RowOutcome,
}

#[component]
pub fn CellBox(
    key: String,
    cell: Option<CellView>,
    /// What stands there when the file does not change it.
    still: String,
    frame: Frame,
    /// The name stays at the left edge.
    is_name: bool,
) -> impl IntoView {
    let l = locale();
    let id = cell.as_ref().and_then(|cell| Some(anchor(frame.around.sheet, cell.address.as_deref()?)));
    let staged = frame.around.state == ImportState::Staged;
    let wrong = cell.as_ref().is_some_and(|cell| worst(cell) == Some(Severity::Error));
    let doubtful = cell.as_ref().is_some_and(|cell| worst(cell) == Some(Severity::Warning));
    let is_open = staged && cell.as_ref().is_some_and(|cell| wrong || doubtful || cell.mended);
    // Only what the file says can be written otherwise.
    let field = (staged && (cell.is_some() || !still.is_empty())).then(|| key.clone());
    let raw = field.is_some().then(|| cell.as_ref().map_or_else(|| still.clone(), |cell| cell.raw.clone()));
    let inner = match &cell {
        // First the choice: an input would leave no way to say whose value counts.
        Some(cell) if cell.conflict && staged => super::choice::both_sides(l, &frame, cell),
        Some(cell) if is_open => view! { <Mend cell=cell.clone() frame=frame.clone() /> }.into_any(),
        Some(cell) => values(l, cell, frame.outcome, &still),
        None => still.into_any(),
    };
    view! {
        <td
            id=id
            tabindex="-1"
            data-field=field
            data-raw=raw
            class="import-cell"
            class:import-name=is_name
            class:import-code=key == "code"
            class:number=is_number(&key)
            class:import-cell-wrong=wrong
            class:import-cell-doubt=doubtful
        >
            {inner}
        </td>
    }
}

fn worst(cell: &CellView) -> Option<Severity> {
    cell.findings.iter().map(|finding| finding.severity).min()
}

/// Old struck through and new beside it; a new row has no old.
fn values(l: Locale, cell: &CellView, outcome: RowOutcome, still: &str) -> AnyView {
    // Areas and communities are kept by code; the file's own words are what people know them by.
    let by_name = matches!(cell.field.parse::<Field>(), Ok(Field::Area | Field::Sites));
    let text = |canonical: &str| shown(l, &cell.field, canonical);
    let new = match &cell.new {
        Some(_) if by_name && !cell.raw.is_empty() => cell.raw.clone(),
        Some(_) if by_name => still.to_owned(),
        Some(canonical) => text(canonical),
        None if cell.raw.is_empty() && cell.old.is_some() => t!(l, import.cleared).to_owned(),
        None => cell.raw.clone(),
    };
    if outcome == RowOutcome::New || cell.old == cell.new {
        return new.into_any();
    }
    let old = cell.old.as_deref().map_or_else(|| t!(l, import.blank).to_owned(), text);
    view! {
        <del class="import-old">
            <span class="hidden">{spoken(l, false)}</span>
            {old}
        </del>
        " "
        <ins class="import-new">
            <span class="hidden">{spoken(l, true)}</span>
            {new}
        </ins>
    }
    .into_any()
}

/// The input of a cell that can be mended. Enter sends it and goes on to the next one.
#[component]
fn Mend(cell: CellView, frame: Frame) -> impl IntoView {
    let l = locale();
    let wizard = frame.wizard;
    let node = NodeRef::<html::Input>::new();
    let id = mend_id(&frame, &cell);
    let column = heading(l, &cell.field);
    let label = t!(l, import.mend_label, address = cell.address.clone().unwrap_or_default(), column = column);
    let was = cell.raw.clone();
    let (sheet, row, field) = (frame.sheet.clone(), frame.row, cell.field.clone());
    let send = {
        let (sheet, field, id) = (sheet.clone(), field.clone(), id.clone());
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            if let Some(input) = node.get_untracked() {
                wizard.look_next(Some(next_input(&id).unwrap_or_else(|| id.clone())));
                wizard.mend(sheet.clone(), row, field.clone(), input.value());
            }
        }
    };
    let wrong = worst(&cell) == Some(Severity::Error);
    let back = {
        let was = was.clone();
        move |event: ev::KeyboardEvent| {
            if event.key() == "Escape"
                && let Some(input) = node.get_untracked()
            {
                input.set_value(&was);
            }
        }
    };
    view! {
        <form method="post" action="/api/import/mend" class="import-mend" on:submit=send>
            {hidden(wizard.ticket())}
            <input type="hidden" name="form[sheet]" value=sheet />
            <input type="hidden" name="form[row]" value=row />
            <input type="hidden" name="form[field]" value=field />
            <input
                class="input import-mend-input"
                id=id
                name="form[text]"
                node_ref=node
                value=was
                autocomplete="off"
                aria-label=label
                aria-invalid=wrong.then_some("true")
                on:keydown=back
            />
            <button type="submit" class="import-mend-do" aria-label=t!(l, import.mend)>
                <Icon shape=Shape::Done />
            </button>
            {cell.mended.then(|| view! { <span class="import-mended">{t!(l, import.mended)}</span> })}
        </form>
    }
}

/// Id of the input of a cell.
fn mend_id(frame: &Frame, cell: &CellView) -> String {
    format!("mend-{}-{}-{}", frame.around.sheet, frame.row, cell.field.replace('.', "-"))
}

/// The input after this one, in the order of the page.
fn next_input(id: &str) -> Option<String> {
    let inputs = document().query_selector_all(".import-mend-input").ok()?;
    let ids: Vec<String> = (0..inputs.length())
        .filter_map(|at| inputs.get(at)?.dyn_into::<web_sys::Element>().ok())
        .map(|input| input.id())
        .collect();
    let at = ids.iter().position(|each| each == id)?;
    ids.get(at + 1).cloned()
}

/// The two words of a conflict, for those who hear them.
pub fn sides(l: Locale, cell: &CellView) -> (String, String) {
    let text = |canonical: Option<&str>| {
        canonical.map_or_else(|| t!(l, import.blank).to_owned(), |canonical| shown(l, &cell.field, canonical))
    };
    (text(cell.old.as_deref()), text(cell.new.as_deref()))
}
