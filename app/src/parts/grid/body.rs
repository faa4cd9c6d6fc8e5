//! The rows of the grid: the sum of everything on top, subtotals, and one line a project.

use super::line;
use super::marks::{self, row_id};
use super::model::{Column, Subtotal};
use super::state::GridState;
use crate::parts::icon::{Icon, Shape};
use leptos::prelude::*;
use words::locale::locale;

/// The sum of the whole filter, above all rows.
#[component]
pub fn SumRow(
    /// One text a column, empty where nothing is summed; the first says how many there are.
    #[prop(into)]
    sums: Signal<Vec<String>>,
    columns: Vec<Column>,
    index: usize,
) -> impl IntoView {
    let cells = columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| {
            let text = move || sums.with(|sums| sums.get(at).cloned().unwrap_or_default());
            view! { <td class=column.class()>{text}</td> }
        })
        .collect_view();
    view! {
        <tr class="grid-sum" aria-rowindex=index>
            <td class="grid-tick"></td>
            <td class="grid-number"></td>
            {cells}
            <td class="grid-acts"></td>
        </tr>
    }
}

/// A group with its subtotals; its link opens it, and closes it again.
#[component]
pub fn GroupRow(state: GridState, group: Subtotal, columns: Vec<Column>, index: usize) -> impl IntoView {
    let depth = group.depth.min(2);
    let first = columns.first().map(Column::class).unwrap_or_default();
    let cells = columns
        .iter()
        .zip(group.sums)
        .skip(1)
        .map(|(column, text)| view! { <td class=column.class()>{text}</td> })
        .collect_view();
    let shape = if group.open { Shape::Down } else { Shape::Next };
    view! {
        <tr class=format!("grid-group grid-depth-{depth}") aria-rowindex=index>
            <td class="grid-tick"></td>
            <td class="grid-number"></td>
            <th scope="row" class=first>
                <a
                    class="grid-group-link"
                    href=group.href
                    aria-expanded=group.open.to_string()
                    tabindex=move || state.tab()
                >
                    <Icon shape=shape />
                    {group.label}
                </a>
            </th>
            {cells}
            <td class="grid-acts"></td>
        </tr>
    }
}

/// One project a row, drawn as one piece of markup. `index` is the row's place in the whole table, from 1.
#[component]
pub fn BodyRow(
    state: GridState,
    at: usize,
    index: usize,
    classes: StoredValue<Vec<String>>,
) -> impl IntoView {
    let row = state.row(at)?;
    let l = locale();
    let inside = row.with_untracked(|row| classes.with_value(|classes| line::markup(l, at, row, classes)));
    marks::follow(at, row, classes);
    Some(view! { <tr id=row_id(at) aria-rowindex=index aria-selected="false" inner_html=inside></tr> })
}
