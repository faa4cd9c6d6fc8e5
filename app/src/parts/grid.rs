//! A table that is worked in like a spreadsheet and read like a page: complete HTML from the server, keys, ranges,
//! clipboard and undo in the browser. Knows no project and no door; the page hands in cells and takes edits.

pub mod body;
pub mod editor;
pub mod head;
pub mod keys;
pub mod model;
pub mod preview;
pub mod range;
pub mod state;
pub mod status_bar;
pub mod tsv;

use body::{BodyRow, GroupRow, SumRow};
use editor::{CellInput, reveal, spot_under};
use head::{GridHead, HeadFilter};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use model::{Column, Subtotal};
use preview::PastePreview;
use state::GridState;

/// What stands above the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Above {
    /// Sums of the whole filter, one text a column.
    pub sums: Vec<String>,
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
    let rows = state.size().rows;
    let first = heads + 1 + above.before + 1;
    view! {
        <div
            class=move || format!("grid-wrap {}", density.get())
            node_ref=wrap
            on:scroll=move |_| scrolled.update(|count| *count = count.wrapping_add(1))
            on:mousedown=move |event| press(state, input, &event)
            on:mouseover=move |event| drag(state, &event)
            on:dblclick=move |event| open(state, input, &event)
        >
            <table
                class="grid"
                class:grid-banded=two
                role="grid"
                aria-label=label
                aria-rowcount=above.total + heads + 1
                aria-colcount=columns.len() + 2
                aria-multiselectable="true"
            >
                <GridHead columns=columns.clone() state filter />
                <tbody>
                    <SumRow sums=above.sums columns=columns.clone() index=heads + 1 />
                    {above
                        .groups
                        .into_iter()
                        .map(|group| view! { <GroupRow group columns=columns.clone() /> })
                        .collect_view()}
                    {(0..rows)
                        .map(|at| view! { <BodyRow state at index=first + at columns=columns.clone() /> })
                        .collect_view()}
                </tbody>
            </table>
            <CellInput state wrap input scrolled lists />
            {words}
        </div>
        <PastePreview state headings />
    }
}

fn list_id(column: &Column) -> String {
    if column.choices.is_empty() { String::new() } else { format!("words-{}", column.key.replace('.', "-")) }
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
