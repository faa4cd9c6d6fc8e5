//! A table that is worked in like a spreadsheet and read like a page: complete HTML from the server, keys, ranges,
//! clipboard and undo in the browser. Knows no project and no door; the page hands in cells and takes edits.

pub mod body;
pub mod editor;
pub mod head;
pub mod keys;
pub mod line;
pub mod marks;
pub mod model;
pub mod preview;
pub mod range;
pub mod state;
pub mod status_bar;
pub mod tsv;

use body::{BodyRow, GroupRow, SumRow};
use editor::{CellInput, reveal, spot_under, ticked_row};
use head::{GridHead, HeadFilter};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::{Column, Subtotal};
use preview::PastePreview;
use state::GridState;
use words::locale::locale;
use words::t;

/// What stands above and among the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Above {
    /// Subtotals in the order of the page; the rows follow the last one that is open.
    pub groups: Vec<Subtotal>,
    /// Rows of the whole filter.
    pub total: usize,
    /// Rows before the first one shown.
    pub before: usize,
}

#[component]
pub fn Grid(
    state: GridState,
    columns: Vec<Column>,
    above: Above,
    /// Sums of the whole filter, one text a column.
    #[prop(into)]
    sums: Signal<Vec<String>>,
    filter: HeadFilter,
    /// Name of the table for people who hear it.
    #[prop(into)]
    label: String,
    /// `grid-loose`, `grid-normal` or `grid-tight`
    #[prop(into)]
    density: Signal<&'static str>,
) -> impl IntoView {
    let wrap = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    let scrolled = RwSignal::new(0_u32);
    let two = columns.iter().any(|column| column.band.is_some());
    let heads = if two { 2 } else { 1 };
    let headings = columns.iter().map(|column| column.heading.clone()).collect::<Vec<_>>();
    let lists = columns.iter().map(list_id).collect::<Vec<_>>();
    let words = columns.iter().map(word_list).collect_view();
    let rows = above.total + above.groups.len() + heads + 1;
    marks::keep(state);
    view! {
        <div
            class=move || format!("grid-wrap {}", density.get())
            node_ref=wrap
            on:scroll=move |_| scrolled.update(|count| *count = count.wrapping_add(1))
            on:mousedown=move |event| press(state, input, &event)
            on:mouseover=move |event| drag(state, &event)
            on:dblclick=move |event| open(state, input, &event)
            on:keydown=move |event| head::on_key(input, &event)
            on:click=keep_here
            on:change=move |event| tick(state, &event)
        >
            <table
                class="grid"
                class:grid-banded=two
                role="grid"
                aria-label=label
                aria-rowcount=rows
                aria-colcount=columns.len() + 3
                aria-multiselectable="true"
            >
                <GridHead columns=columns.clone() state filter />
                <tbody>
                    <SumRow sums columns=columns.clone() index=heads + 1 />
                    {lines(state, above, &columns, heads + 2)}
                </tbody>
            </table>
            <CellInput state wrap input scrolled lists />
            {words}
        </div>
        <Spoken state headings=headings.clone() />
        <PastePreview state headings />
    }
}

/// Groups, and the rows after the last open one; `index` is the place of the first line in the table, from 1.
fn lines(state: GridState, above: Above, columns: &[Column], index: usize) -> Vec<AnyView> {
    let Above { groups, before, .. } = above;
    let head = groups.iter().rposition(|group| group.open).map_or(groups.len(), |at| at + 1);
    let rows = state.size().rows;
    let classes = StoredValue::new(line::classes(columns));
    let mut lines = Vec::with_capacity(groups.len() + rows);
    for (at, group) in groups.into_iter().enumerate() {
        let index = index + at + if at < head { 0 } else { before + rows };
        lines.push(view! { <GroupRow state group columns=columns.to_vec() index /> }.into_any());
    }
    let body = (0..rows).map(|at| {
        let index = index + head + before + at;
        view! { <BodyRow state at index classes /> }.into_any()
    });
    lines.splice(head..head, body);
    lines
}

/// Says the cell that was gone to, for people who hear the page: the focus itself never leaves the input.
#[component]
fn Spoken(state: GridState, headings: Vec<String>) -> impl IntoView {
    let said = move || {
        let spot = state.range.get().active;
        let row = state.row(spot.row)?.with(|row| row.title.clone());
        let cell = state.cell(spot)?;
        let heading = headings.get(spot.column).cloned().unwrap_or_default();
        let locked = cell.locked.unwrap_or_default();
        Some(t!(locale(), grid.spoken, row = row, column = heading, value = cell.shown, locked = locked))
    };
    view! {
        <div class="hidden" aria-live="polite">
            {move || state.awake.get().then(&said)}
        </div>
    }
}

/// The id of the words offered for a column.
pub fn word_list_id(key: &str) -> String {
    format!("words-{}", key.replace('.', "-"))
}

fn list_id(column: &Column) -> String {
    if column.choices.is_empty() { String::new() } else { word_list_id(&column.key) }
}

fn word_list(column: &Column) -> AnyView {
    let options =
        column.choices.iter().map(|word| view! { <option value=word.clone()></option> }).collect_view();
    if column.choices.is_empty() {
        return ().into_any();
    }
    view! { <datalist id=list_id(column)>{options}</datalist> }.into_any()
}

/// One click selects; the focus goes to the input, never to the cell, so that typing can begin at once.
fn press(state: GridState, input: NodeRef<html::Input>, event: &ev::MouseEvent) {
    let Some(spot) = spot_under(event) else { return };
    event.prevent_default();
    state.save();
    state.select(spot, event.shift_key());
    focus(input);
}

/// A click on a name selects its cell, as on every other cell; with Ctrl it goes where the name leads.
fn keep_here(event: ev::MouseEvent) {
    let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if plain && target.is_some_and(|target| target.closest(".grid-link").is_ok_and(|link| link.is_some())) {
        event.prevent_default();
    }
}

/// The boxes of the rows are markup, so their changes are heard here.
fn tick(state: GridState, event: &ev::Event) {
    if let Some(row) = ticked_row(event) {
        state.tick(row);
    }
}

fn drag(state: GridState, event: &ev::MouseEvent) {
    if event.buttons() == 1
        && let Some(spot) = spot_under(event)
    {
        state.select(spot, true);
    }
}

fn open(state: GridState, input: NodeRef<html::Input>, event: &ev::MouseEvent) {
    if let Some(spot) = spot_under(event) {
        state.select(spot, false);
        state.begin();
        reveal(state);
        focus(input);
    }
}

fn focus(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        // A page that lost the input has no cell to type in either.
        drop(input.focus());
    }
}
