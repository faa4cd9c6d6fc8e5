//! What is done with ticked rows: how many and how much, moving them to another list, exporting. Knows no SQL.

use super::address;
use super::batch::BatchEdit;
use super::saving::new_key;
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::dialog::Dialog;
use crate::parts::grid::line::TICKS_FORM;
use crate::parts::grid::state::GridState;
use crate::parts::retyped::{back, typed};
use crate::parts::unescaped::in_textarea;
use contract::list::{GridColumn, ListForm, MoveForm, ProjectRow};
use domain::money::{Delta, Unit};
use domain::period::Horizon;
use domain::permission::{Abilities, Action};
use domain::project::{Field, Value};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

/// Where a list is exported.
pub const EXPORT_PATH: &str = "/projects/export";
/// The door of a move.
pub const MOVE_ACTION: &str = "/api/list/move_projects";

/// Back to the list with where its projects were to go, and why.
pub fn retyped(at: &str, form: &MoveForm) -> String {
    back(&address::own(at), &[("to", &form.to), ("reason", &form.reason)])
}

#[component]
pub fn SelectionBar(
    state: GridState,
    rows: StoredValue<Vec<ProjectRow>>,
    form: ListForm,
    shown: Vec<GridColumn>,
    may: Abilities,
) -> impl IntoView {
    let l = locale();
    let moving = RwSignal::new(false);
    let editing = RwSignal::new(false);
    let may_move = may.includes(Action::MoveBetweenLists);
    let may_export = may.includes(Action::ExportList);
    let may_edit = may.includes(Action::EditProject);
    let export = address::write_at(EXPORT_PATH, &address::first_page(&form));
    let at = address::write(&form);
    let count = move || state.ticked.with(|ticked| ticked.len());
    view! {
        <Show when=move || { count() > 0 }>
            <div class="list-selection" role="status">
                <b>{move || t!(l, list.select_count, count = count())}</b>
                <span>{move || sums(l, state, rows)}</span>
                {may_move.then(|| view! { <Button on_press=move |()| moving.set(true)>{t!(l, list.move_open)}</Button> })}
                {may_edit
                    .then(|| view! { <Button on_press=move |()| editing.set(true)>{t!(l, list.batch_open)}</Button> })}
                {may_export
                    .then(|| {
                        let export = export.clone();
                        // Only the ticked rows, in the order of the list.
                        let href = move || picked(&export, &ticked_rows(state, rows));
                        view! {
                            <a class="button" href=href rel="external" download="">
                                {t!(l, list.export)}
                            </a>
                        }
                    })}
                <Button weight=Weight::Quiet on_press=move |()| state.tick_all(false)>
                    {t!(l, list.clear_selection)}
                </Button>
            </div>
        </Show>
        {may_move.then(|| view! { <MoveDialog open=moving state rows at=at /> })}
        {may_edit.then(|| view! { <BatchEdit open=editing state shown /> })}
    }
}

/// The export of some rows of a list.
fn picked(export: &str, rows: &[ProjectRow]) -> String {
    let ids: Vec<String> = rows.iter().map(|row| row.project.to_string()).collect();
    let sign = if export.contains('?') { '&' } else { '?' };
    format!("{export}{sign}rows={}", ids.join(","))
}

/// The same without scripts: the ticks of the rows belong to this form. The style sheet shows it only then.
#[component]
pub fn PlainMove(key: String, form: ListForm, may: Abilities) -> impl IntoView {
    let l = locale();
    may.includes(Action::MoveBetweenLists).then(|| {
        view! {
            <form method="post" action=MOVE_ACTION id=TICKS_FORM class="list-plain toolbar">
                <input type="hidden" name="key" value=key />
                <input type="hidden" name="at" value=address::write(&form) />
                {destination(l)}
                {reason(l)}
                <Submit>{t!(l, list.move_do)}</Submit>
            </form>
        }
    })
}

fn destination(l: Locale) -> impl IntoView {
    let to = typed(MOVE_ACTION, "to").unwrap_or_default();
    let choice = |code: &'static str, word: &'static str| {
        let selected = code == to;
        view! { <option value=code selected=selected>{word}</option> }
    };
    let lists = Horizon::ALL.map(|horizon| choice(horizon.code(), name::horizon(l, horizon))).collect_view();
    view! {
        <label class="field">
            <span class="field-label">{t!(l, list.move_to)}</span>
            <select class="input" name="to">
                {lists} {choice("pool", t!(l, list.move_pool))}
            </select>
        </label>
    }
}

fn reason(l: Locale) -> impl IntoView {
    let reason = typed(MOVE_ACTION, "reason").unwrap_or_default();
    view! {
        <label class="field">
            <span class="field-label">{t!(l, list.move_reason)}</span>
            <textarea class="input" name="reason" rows="2" maxlength="500">
                {in_textarea(reason)}
            </textarea>
        </label>
    }
}

fn ticked_rows(state: GridState, rows: StoredValue<Vec<ProjectRow>>) -> Vec<ProjectRow> {
    let ticked = state.ticked.get();
    rows.with_value(|rows| ticked.iter().filter_map(|at| rows.get(*at).cloned()).collect())
}

/// Total in whole fen and people in work (人, operation) of the ticked rows.
fn sums(l: Locale, state: GridState, rows: StoredValue<Vec<ProjectRow>>) -> String {
    let chosen = ticked_rows(state, rows);
    let fen = |row: &ProjectRow| {
        row.value(Field::Total).and_then(Value::money).map_or(0, domain::money::Money::fen)
    };
    let jobs = |row: &ProjectRow| match row.value(Field::JobsOperation) {
        Some(Value::Count(count)) => i64::from(*count),
        Some(_) | None => 0,
    };
    let total = Delta::from_fen(chosen.iter().map(fen).sum());
    let jobs = chosen.iter().map(jobs).sum();
    t!(l, list.select_sums, total = format::delta(total, Unit::Wan), jobs = format::integer(jobs))
}

#[component]
fn MoveDialog(
    open: RwSignal<bool>,
    state: GridState,
    rows: StoredValue<Vec<ProjectRow>>,
    /// address of the list
    at: String,
) -> impl IntoView {
    let l = locale();
    let key = RwSignal::new(String::new());
    Effect::new(move || {
        if open.get() {
            key.set(new_key());
        }
    });
    let chosen = move || ticked_rows(state, rows);
    let projects = move || {
        chosen().iter().map(|row| format!("{}:{}", row.project, row.version)).collect::<Vec<_>>().join(",")
    };
    let title =
        Signal::derive(move || t!(l, list.move_title, count = state.ticked.with(|ticked| ticked.len())));
    view! {
        <Dialog open=open title=title>
            <form method="post" action=MOVE_ACTION class="form">
                <input type="hidden" name="key" prop:value=move || key.get() />
                <input type="hidden" name="at" value=at.clone() />
                <input type="hidden" name="projects[]" prop:value=projects />
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, common.name)}</th>
                            <th scope="col">{t!(l, list.move_from)}</th>
                            <th scope="col" class="number">{name::field(l, Field::Total)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || chosen().iter().map(|row| move_line(l, row)).collect_view()}</tbody>
                </table>
                {destination(l)}
                {reason(l)}
                <Submit weight=Weight::Primary>{t!(l, list.move_do)}</Submit>
            </form>
        </Dialog>
    }
}

fn move_line(l: Locale, row: &ProjectRow) -> impl IntoView + use<> {
    let from = match row.value(Field::Horizon) {
        Some(Value::Horizon(horizon)) => name::horizon(l, *horizon),
        Some(_) | None => t!(l, list.pool),
    };
    let total =
        row.value(Field::Total).map_or_else(String::new, |value| crate::project::text::shown(l, value));
    view! {
        <tr>
            <td>{row.name().to_owned()}</td>
            <td>{from}</td>
            <td class="number">{total}</td>
        </tr>
    }
}
