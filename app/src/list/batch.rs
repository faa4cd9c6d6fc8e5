//! One value into one column of all ticked rows (批量修改). The grid writes it, so it can be undone and meets the same
//! conflicts as typing. Needs scripts; without them each project's own page has the form.

use super::columns;
use crate::parts::button::{Submit, Weight};
use crate::parts::dialog::Dialog;
use crate::parts::grid::state::GridState;
use crate::parts::grid::word_list_id;
use contract::list::GridColumn;
use contract::list::check::editable_in_grid;
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// The columns that are on screen and can be typed in, with their places; not those that tell projects apart.
fn choices(shown: &[GridColumn]) -> Vec<(usize, GridColumn)> {
    let shared = |field: Field| editable_in_grid(field) && !matches!(field, Field::Name | Field::Code);
    let open = |column: &GridColumn| matches!(column, GridColumn::Field(field) if shared(*field));
    shown.iter().copied().enumerate().filter(|(_, column)| open(column)).collect()
}

#[component]
pub fn BatchEdit(open: RwSignal<bool>, state: GridState, shown: Vec<GridColumn>) -> impl IntoView {
    let l = locale();
    let choices = choices(&shown);
    let column = RwSignal::new(choices.first().map_or(0, |(at, _)| *at));
    let text = RwSignal::new(String::new());
    let count = move || state.ticked.with(|ticked| ticked.len());
    let wrong = move || state.unreadable(column.get(), &text.get());
    let keys: Vec<(usize, String)> = choices.iter().map(|(at, column)| (*at, column.key())).collect();
    let words = move || keys.iter().find(|(at, _)| *at == column.get()).map(|(_, key)| word_list_id(key));
    let options = choices
        .into_iter()
        .map(|(at, column)| view! { <option value=at.to_string()>{columns::heading(l, column)}</option> })
        .collect_view();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if wrong().is_none() {
            state.put_all(column.get_untracked(), &text.get_untracked());
            open.set(false);
        }
    };
    view! {
        <Dialog open title=Signal::derive(move || t!(l, list.batch_title, count = count()))>
            <form class="form" on:submit=save>
                <label class="field">
                    <span class="field-label">{t!(l, list.batch_column)}</span>
                    <select
                        class="input"
                        on:change=move |event| column.set(event_target_value(&event).parse().unwrap_or_default())
                    >
                        {options}
                    </select>
                </label>
                <label class="field">
                    <span class="field-label">{t!(l, list.batch_text)}</span>
                    <input
                        class="input"
                        autocomplete="off"
                        list=words
                        aria-invalid=move || wrong().is_some().then_some("true")
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                    />
                    <span class="field-error" aria-live="polite">{wrong}</span>
                </label>
                <p class="field-hint">{t!(l, list.batch_hint)}</p>
                <Submit weight=Weight::Primary>
                    {move || t!(l, list.batch_do, count = count())}
                </Submit>
            </form>
        </Dialog>
    }
    .into_any()
}
