//! The heads of the grid: sort links, bands above several columns, the filter of a column; and how keys get there.
//! Knows no row.

use super::model::{Align, Column, Order, Sort, bands};
use super::state::GridState;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::sync::Arc;
use web_sys::{Element, HtmlElement};
use words::locale::locale;
use words::t;

/// What stands behind the funnel of a column, `None` for no filter. The signal is the funnel's `tabindex`.
pub type HeadFilter = Arc<dyn Fn(&str, Signal<Option<&'static str>>) -> Option<AnyView> + Send + Sync>;

#[component]
pub fn GridHead(columns: Vec<Column>, state: GridState, filter: HeadFilter) -> impl IntoView {
    let two = columns.iter().any(|column| column.band.is_some());
    let lower = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.band.is_some())
        .map(|(at, column)| heading(state, column, at, 1, &filter))
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
                {upper(state, &columns, span, &filter)}
                <th class="grid-acts" scope="col" rowspan=span>
                    {t!(locale(), grid.acts)}
                </th>
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
                tabindex=move || state.tab()
                prop:checked=all
                on:change=move |event| state.tick_all(event_target_checked(&event))
            />
        </label>
    }
}

fn upper(state: GridState, columns: &[Column], span: usize, filter: &HeadFilter) -> Vec<AnyView> {
    let mut at = 0;
    let mut heads = Vec::new();
    for (band, count) in bands(columns) {
        match (band, columns.get(at)) {
            (Some(word), Some(_)) => heads
                .push(view! { <th class="grid-band" scope="colgroup" colspan=count>{word}</th> }.into_any()),
            (None, Some(column)) => heads.push(heading(state, column, at, span, filter)),
            (_, None) => {}
        }
        at += count;
    }
    heads
}

fn heading(state: GridState, column: &Column, at: usize, span: usize, filter: &HeadFilter) -> AnyView {
    let sorted = column.sort.as_ref().map(|sort| match sort.order {
        Order::Not => "none",
        Order::Up => "ascending",
        Order::Down => "descending",
    });
    let class = column.class();
    let tab = Signal::derive(move || state.tab());
    let word = column.heading.clone();
    let title = match &column.sort {
        Some(sort) => sort_link(word, sort, tab),
        None => view! { <span>{word}</span> }.into_any(),
    };
    let centre = column.align == Align::Centre;
    view! {
        <th class=class scope="col" rowspan=span aria-sort=sorted data-key=column.key.clone() data-column=at>
            <span class="grid-heading" class:grid-middle=centre>
                {title}
                {filter(&column.key, tab)}
            </span>
        </th>
    }
    .into_any()
}

fn sort_link(word: String, sort: &Sort, tab: Signal<Option<&'static str>>) -> AnyView {
    let drawing = match sort.order {
        Order::Not => "M3 5l3-3 3 3M3 7l3 3 3-3",
        Order::Up => "M2 9l4-6 4 6z",
        Order::Down => "M2 3l4 6 4-6z",
    };
    let fill = if sort.order == Order::Not { "none" } else { "currentColor" };
    view! {
        <a class="grid-sort" href=sort.href.clone() tabindex=move || tab.get()>
            {word}
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                <path d=drawing fill=fill stroke="currentColor" stroke-width="1.2" />
            </svg>
        </a>
    }
    .into_any()
}

/// Everything above the rows that does something, in the order of the page.
const CONTROLS: &str =
    ".grid-head .grid-sort, .grid-head summary, .grid-head .grid-box input, .grid-group-link";

fn controls() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(CONTROLS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn focus(element: &HtmlElement) {
    // A browser that refuses the focus leaves it where it is.
    drop(element.focus());
}

/// From the first row upwards: to the last opened group, or to the heading of the column.
pub fn enter(column: usize) {
    let controls = controls();
    let group = controls.iter().rev().find(|control| control.class_list().contains("grid-group-link"));
    let head = heading_of(column).and_then(|head| head.query_selector("a, summary").ok().flatten());
    let head = head.and_then(|control| control.dyn_into::<HtmlElement>().ok());
    if let Some(control) = group.cloned().or(head).or_else(|| controls.first().cloned()) {
        focus(&control);
    }
}

/// Opens the filter behind the heading of a column and goes into it.
pub fn open_filter(column: usize) {
    let Some(details) = heading_of(column).and_then(|head| head.query_selector("details").ok().flatten())
    else {
        return;
    };
    if details.set_attribute("open", "").is_ok()
        && let Ok(Some(field)) = details.query_selector("form input:not([type=hidden]):not([hidden])")
        && let Ok(field) = field.dyn_into::<HtmlElement>()
    {
        focus(&field);
    }
}

fn heading_of(column: usize) -> Option<Element> {
    let cell = document().query_selector(&format!("th[data-column='{column}']"));
    cell.ok().flatten()
}

/// Arrows among the controls above the rows; Escape closes a filter and leads back to the cells.
pub fn on_key(input: NodeRef<html::Input>, event: &ev::KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if event.is_composing()
        || event.alt_key()
        || event.ctrl_key()
        || target.class_list().contains("grid-input")
    {
        return;
    }
    let key = event.key();
    if let Ok(Some(details)) = target.closest("details[open]")
        && key == "Escape"
        && details.remove_attribute("open").is_ok()
    {
        to_cells(input);
        return;
    }
    let controls = controls();
    let Some(at) = controls.iter().position(|control| *control == target) else { return };
    let is_group = |control: &HtmlElement| control.class_list().contains("grid-group-link");
    let next = match key.as_str() {
        "ArrowRight" => controls.get(at + 1),
        "ArrowLeft" => at.checked_sub(1).and_then(|at| controls.get(at)),
        "ArrowDown" => controls.iter().skip(at + 1).find(|control| is_group(control)),
        "ArrowUp" => controls[..at].last(),
        "Home" => controls.first(),
        "Escape" => None,
        _ => return,
    };
    event.prevent_default();
    match next {
        Some(control) => focus(control),
        None if matches!(key.as_str(), "ArrowDown" | "Escape") => to_cells(input),
        None => {}
    }
}

fn to_cells(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        focus(&input);
    }
}
