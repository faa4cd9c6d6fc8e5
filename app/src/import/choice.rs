//! What a person can say about a row: it is that project, it is a new one, leave it out; and which side of a conflict.

use super::cell::{Frame, sides};
use super::send::{Wizard, hidden};
use super::text::amount_text;
use contract::import::{Candidate, CellView, ImportState, RowOutcome, RowView};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use words::locale::locale;
use words::{Locale, t};

const ACTION: &str = "/api/import/choose";

/// One button: what it sends, its words, and whether it is what was chosen.
struct Answer {
    value: String,
    word: String,
    chosen: bool,
    loud: bool,
}

#[component]
pub fn Choices(wizard: Wizard, row: RowView, state: ImportState) -> impl IntoView {
    let l = locale();
    let answers = match state {
        ImportState::Staged => answers(l, &row),
        ImportState::Committed => return super::undo::one_row(l, wizard, &row),
        ImportState::Reading | ImportState::Failed | ImportState::Undone | ImportState::Cancelled => {
            Vec::new()
        }
    };
    if answers.is_empty() {
        return ().into_any();
    }
    let target = row.target.as_ref().map(|target| t!(l, import.is_project, number = target.number));
    let buttons = answers.into_iter().map(button).collect_view();
    let (sheet, at) = (row.sheet.clone(), row.row);
    view! {
        <form
            method="post"
            action=ACTION
            class="import-choices"
            on:submit=move |event| {
                if let Some(value) = pressed(&event) {
                    event.prevent_default();
                    wizard.look_next(row_of(&event));
                    wizard.choose(sheet.clone(), at, value, String::new());
                }
            }
        >
            {place(wizard, &row, "")}
            {target.map(|text| view! { <span class="import-faint">{text}</span> })}
            {buttons}
        </form>
    }
    .into_any()
}

/// Hidden inputs that say which row, and which column of it.
fn place(wizard: Wizard, row: &RowView, field: &str) -> impl IntoView + use<> {
    view! {
        {hidden(wizard.ticket())}
        <input type="hidden" name="form[sheet]" value=row.sheet.clone() />
        <input type="hidden" name="form[row]" value=row.row />
        <input type="hidden" name="form[field]" value=field.to_owned() />
    }
}

/// The value of the button that was pressed.
fn pressed(event: &ev::SubmitEvent) -> Option<String> {
    event.submitter()?.unchecked_into::<web_sys::Element>().get_attribute("value")
}

/// Id of the row around the form, where the focus returns to.
fn row_of(event: &ev::SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    Some(form.closest("tr").ok().flatten()?.id())
}

fn button(answer: Answer) -> impl IntoView {
    view! {
        <button
            type="submit"
            name="form[choice]"
            value=answer.value
            class="import-choice"
            class:import-choice-loud=answer.loud
            aria-pressed=if answer.chosen { "true" } else { "false" }
        >
            {answer.word}
        </button>
    }
}

fn answers(l: Locale, row: &RowView) -> Vec<Answer> {
    let chosen = row.choice.as_deref().unwrap_or_default();
    let answer = |value: &str, word: String, loud: bool| Answer {
        value: value.to_owned(),
        word,
        chosen: chosen == value,
        loud,
    };
    let asks = row.outcome == RowOutcome::Unclear || !row.candidates.is_empty();
    let mut answers: Vec<Answer> = row
        .candidates
        .iter()
        .map(|candidate| answer(&candidate.project.to_string(), same_as(l, candidate), true))
        .collect();
    if asks {
        answers.push(answer("new", t!(l, import.choose_new).to_owned(), true));
    }
    if row.outcome == RowOutcome::Conflict && row.cells.iter().filter(|cell| cell.conflict).count() > 1 {
        answers.push(answer("keep", t!(l, import.keep_all).to_owned(), true));
        answers.push(answer("take", t!(l, import.take_all).to_owned(), true));
    }
    match row.outcome {
        RowOutcome::Skipped => answers.push(answer("", t!(l, import.choose_back).to_owned(), false)),
        RowOutcome::Same => {}
        RowOutcome::New
        | RowOutcome::Changed
        | RowOutcome::Faulty
        | RowOutcome::Unclear
        | RowOutcome::Conflict => answers.push(answer("skip", t!(l, import.choose_skip).to_owned(), false)),
    }
    answers
}

fn same_as(l: Locale, candidate: &Candidate) -> String {
    let total = candidate.total.map_or_else(|| t!(l, common.unknown).to_owned(), amount_text);
    t!(l, import.choose_same, number = candidate.number, name = candidate.name.clone(), total = total)
}

/// Both values of a conflict side by side, each with its button.
pub fn both_sides(l: Locale, frame: &Frame, cell: &CellView) -> AnyView {
    let (theirs, mine) = sides(l, cell);
    let wizard = frame.wizard;
    let (sheet, row, field) = (frame.sheet.clone(), frame.row, cell.field.clone());
    let side = |value: &'static str, said: &'static str, text: String, word: &'static str, chosen: bool| {
        view! {
            <span class="import-side" class:import-side-chosen=chosen>
                <span class="import-side-who">{said}</span>
                <b>{text}</b>
                <button
                    type="submit"
                    name="form[choice]"
                    value=value
                    class="import-choice"
                    aria-pressed=if chosen { "true" } else { "false" }
                >
                    {word}
                </button>
            </span>
        }
    };
    let send = {
        let (sheet, field) = (sheet.clone(), field.clone());
        move |event: ev::SubmitEvent| {
            if let Some(value) = pressed(&event) {
                event.prevent_default();
                wizard.look_next(row_of(&event));
                wizard.choose(sheet.clone(), row, value, field.clone());
            }
        }
    };
    view! {
        <form method="post" action=ACTION class="import-sides" on:submit=send>
            {hidden(wizard.ticket())}
            <input type="hidden" name="form[sheet]" value=sheet />
            <input type="hidden" name="form[row]" value=row />
            <input type="hidden" name="form[field]" value=field />
            {side("keep", t!(l, import.side_theirs), theirs, t!(l, import.keep), cell.take == Some(false))}
            {side("take", t!(l, import.side_file), mine, t!(l, import.take), cell.take == Some(true))}
        </form>
    }
    .into_any()
}
