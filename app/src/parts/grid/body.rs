//! The rows of the grid: the sum of everything on top, subtotals, and cells that mark what became of an edit.

use super::model::{Align, Cell, Column, Fate, Look, Row, Subtotal};
use super::range::Spot;
use super::state::GridState;
use crate::parts::icon::{Icon, Shape};
use crate::parts::status::StageChip;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// The id of the form that takes the ticks where scripts are off.
pub const TICKS_FORM: &str = "grid-ticks";

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
        </tr>
    }
}

/// One project a row. `index` is the row's place in the whole table, from 1.
#[component]
pub fn BodyRow(state: GridState, at: usize, index: usize, columns: Vec<Column>) -> impl IntoView {
    let row = state.row(at)?;
    let Row { number, href, title, tick, .. } = row.get_untracked();
    let ticked = move || state.ticked.with(|ticked| ticked.contains(&at));
    let cells = columns
        .iter()
        .enumerate()
        .map(|(column, about)| cell(state, row, Spot { row: at, column }, about))
        .collect_view();
    // Whoever speaks what is written must find the link too.
    let spoken = format!("{number} {}", t!(locale(), list.open_row, name = title.clone()));
    Some(view! {
        <tr aria-rowindex=index class:grid-ticked=ticked aria-selected=move || ticked().to_string()>
            <td class="grid-tick">
                <label class="grid-box">
                    <input
                        type="checkbox"
                        name="projects[]"
                        value=tick
                        form=TICKS_FORM
                        aria-label=t!(locale(), list.tick_row, name = title.clone())
                        tabindex=move || state.tab()
                        prop:checked=ticked
                        on:change=move |_| state.tick(at)
                    />
                </label>
            </td>
            <td class="grid-number">
                <a href=href tabindex=move || state.tab() aria-label=spoken>
                    {number}
                </a>
            </td>
            {cells}
        </tr>
    })
}

/// The id by which the input finds its cell.
pub fn cell_id(spot: Spot) -> String {
    format!("cell-{}-{}", spot.row, spot.column)
}

/// What a cell of the column always looks like.
fn base_class(about: &Column) -> String {
    let text = if about.align == Align::Left { " grid-text" } else { "" };
    format!("grid-cell {}{text}", about.class()).trim_end().to_owned()
}

fn cell(state: GridState, row: RwSignal<Row>, spot: Spot, about: &Column) -> AnyView {
    let value = Memo::new(move |_| row.with(|row| row.cells.get(spot.column).cloned()));
    // The first column names the row for people who hear the table.
    let role = (spot.column == 0).then_some("rowheader");
    let place = Memo::new(move |_| {
        state.range.with(|range| (range.active == spot, !range.is_one() && range.contains(spot)))
    });
    let readonly = move || value.with(|cell| cell.as_ref().is_some_and(|cell| cell.locked.is_some()));
    let base = base_class(about);
    // One text instead of a switch for each word: a page has five hundred cells.
    let class = move || {
        let failed = value.with(|cell| matches!(cell, Some(Cell { fate: Fate::Failed { .. }, .. })));
        let (active, inside) = place.get();
        let marks = [
            (active, " grid-active"),
            (inside, " grid-inside"),
            (failed, " grid-failed"),
            (readonly(), " grid-locked"),
        ];
        marks.into_iter().filter(|(on, _)| *on).fold(base.clone(), |all, (_, word)| all + word)
    };
    view! {
        <td
            id=cell_id(spot)
            role=role
            class=class
            data-row=spot.row
            data-column=spot.column
            aria-readonly=move || readonly().then_some("true")
            tabindex="-1"
        >
            {move || value.get().map(|cell| content(&cell))}
        </td>
    }
    .into_any()
}

fn content(cell: &Cell) -> AnyView {
    let text = cell.shown.clone();
    let title = text.clone();
    let shown = match &cell.look {
        Look::Plain => text.into_any(),
        Look::Link(href) => {
            view! { <a class="grid-link" href=href.clone() tabindex="-1" title=title>{text}</a> }.into_any()
        }
        Look::Stage(stage) => view! { <StageChip stage=*stage /> }.into_any(),
        Look::Warn => view! { <span class="grid-warn">{text}</span> }.into_any(),
    };
    let mark = fate_mark(&cell.fate);
    view! {
        {shown}
        {mark}
    }
    .into_any()
}

/// ● on its way, ✓ written, ! not written; drawn, and said for readers who hear the page.
fn fate_mark(fate: &Fate) -> Option<AnyView> {
    let l = locale();
    let (class, drawing, word) = match fate {
        Fate::Quiet => return None,
        Fate::Pending => (
            "grid-mark grid-pending",
            "M6 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
            t!(l, list.mark_pending).to_owned(),
        ),
        Fate::Saved => {
            ("grid-mark grid-saved", "M1 6l2-2 2 2 4-4 2 2-6 6z", t!(l, list.mark_saved).to_owned())
        }
        Fate::Failed { why } => ("grid-mark grid-wrong", "M5 1h2v6H5zM5 9h2v2H5z", why.clone()),
    };
    let title = word.clone();
    Some(
        view! {
            <span class=class title=title>
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                    <path d=drawing fill="currentColor" />
                </svg>
                <span class="hidden">{word}</span>
            </span>
        }
        .into_any(),
    )
}
