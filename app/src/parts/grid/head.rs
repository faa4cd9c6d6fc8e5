//! The heads of the grid: sort links, bands above several columns, the filter of a column. Knows no row.

use super::model::{Align, Column, Order, Sort, bands};
use super::state::GridState;
use leptos::prelude::*;
use std::sync::Arc;
use words::locale::locale;
use words::t;

/// What stands behind the funnel of a column, `None` for no filter.
pub type HeadFilter = Arc<dyn Fn(&str) -> Option<AnyView> + Send + Sync>;

#[component]
pub fn GridHead(columns: Vec<Column>, state: GridState, filter: HeadFilter) -> impl IntoView {
    let two = columns.iter().any(|column| column.band.is_some());
    let lower = columns
        .iter()
        .filter(|column| column.band.is_some())
        .map(|column| heading(column, 1, &filter))
        .collect_view();
    let span = if two { 2 } else { 1 };
    view! {
        <thead class="grid-head" class:grid-two=two>
            <tr aria-rowindex="1">
                <th class="grid-tick" scope="col" rowspan=span>
                    <TickAll state />
                </th>
                <th class="grid-number" scope="col" rowspan=span>
                    {t!(locale(), list.ordinal)}
                </th>
                {upper(&columns, span, &filter)}
            </tr>
            {two.then(|| view! { <tr aria-rowindex="2" class="grid-lower">{lower}</tr> })}
        </thead>
    }
}

#[component]
fn TickAll(state: GridState) -> impl IntoView {
    let rows = state.size().rows;
    let all = move || rows > 0 && state.ticked.with(|ticked| ticked.len() == rows);
    view! {
        <label class="grid-box">
            <input
                type="checkbox"
                aria-label=t!(locale(), list.tick_all)
                prop:checked=all
                on:change=move |event| state.tick_all(event_target_checked(&event))
            />
        </label>
    }
}

fn upper(columns: &[Column], span: usize, filter: &HeadFilter) -> Vec<AnyView> {
    let mut at = 0;
    let mut heads = Vec::new();
    for (band, count) in bands(columns) {
        match (band, columns.get(at)) {
            (Some(word), Some(_)) => heads
                .push(view! { <th class="grid-band" scope="colgroup" colspan=count>{word}</th> }.into_any()),
            (None, Some(column)) => heads.push(heading(column, span, filter)),
            (_, None) => {}
        }
        at += count;
    }
    heads
}

fn heading(column: &Column, span: usize, filter: &HeadFilter) -> AnyView {
    let sorted = column.sort.as_ref().map(|sort| match sort.order {
        Order::Not => "none",
        Order::Up => "ascending",
        Order::Down => "descending",
    });
    let class = format!("{}{}", column.align.class(), if column.frozen { " grid-frozen" } else { "" });
    let word = column.heading.clone();
    let title = match &column.sort {
        Some(sort) => sort_link(word, sort),
        None => view! { <span>{word}</span> }.into_any(),
    };
    let centre = column.align == Align::Centre;
    view! {
        <th class=class scope="col" rowspan=span aria-sort=sorted data-key=column.key.clone()>
            <span class="grid-heading" class:grid-middle=centre>
                {title}
                {filter(&column.key)}
            </span>
        </th>
    }
    .into_any()
}

fn sort_link(word: String, sort: &Sort) -> AnyView {
    let drawing = match sort.order {
        Order::Not => "M3 5l3-3 3 3M3 7l3 3 3-3",
        Order::Up => "M2 9l4-6 4 6z",
        Order::Down => "M2 3l4 6 4-6z",
    };
    let fill = if sort.order == Order::Not { "none" } else { "currentColor" };
    view! {
        <a class="grid-sort" href=sort.href.clone()>
            {word}
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                <path d=drawing fill=fill stroke="currentColor" stroke-width="1.2" />
            </svg>
        </a>
    }
    .into_any()
}
