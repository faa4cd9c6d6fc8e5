//! The grid of a book: a plain table of inputs that is a form without scripts, and saves cell by cell with them.

use super::api::EditCells;
use super::cell::{self, Cell};
use super::keys;
use super::saving::{Saver, Saving};
use crate::parts::button::{Submit, Weight};
use crate::parts::drawing::RING;
use crate::parts::empty::Empty;
use crate::parts::status::{Chip, SeverityChip};
use contract::dispatch::form::{VERSION, row_key};
use contract::dispatch::{BookView, ProjectLine, SiteLine};
use domain::dispatch::check::{Fault, Found, Subject};
use domain::dispatch::column::{Column, Kind, ProjectColumn, SiteColumn};
use domain::dispatch::row::Totals;
use domain::finding::Severity;
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use server_fn::ServerFn;
use web_sys::Element;
use words::explain::dispatch as explain;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn Grid(view: BookView, is_sites: bool) -> impl IntoView {
    let l = locale();
    let saver = Saver::new(&view, is_sites);
    let is_empty = if is_sites { view.sites.is_empty() } else { view.projects.is_empty() };
    if is_empty {
        let reason = if is_sites { t!(l, dispatch.no_sites) } else { t!(l, dispatch.no_projects) };
        return view! { <Empty reason=reason /> }.into_any();
    }
    let table = if is_sites { sites(l, &view, saver) } else { projects(l, &view, saver) };
    if !view.head.may_fill {
        return table;
    }
    let on_change = move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some((name, text)) = target.as_ref().and_then(keys::typed) {
            saver.take(&name, text);
        }
    };
    let again = super::address::tab(view.head.book, is_sites);
    let conflicts = move || {
        saver.conflicts.with(|conflicts| {
            (!conflicts.is_empty()).then(|| super::book::two_values(l, conflicts, again.clone()))
        })
    };
    view! {
        <p class="dispatch-hint" data-noprint="">{t!(l, dispatch.hint)}</p>
        <div aria-live="polite">{conflicts}</div>
        <form
            method="post"
            action=EditCells::PATH
            on:change=on_change
            on:keydown=move |event| keys::on_key(saver, &event)
        >
            <input type="hidden" name="form[book]" value=view.head.book.to_string() />
            {table}
            <p class="toolbar dispatch-save" data-noprint="">
                <Submit weight=Weight::Primary>{t!(l, dispatch.save)}</Submit>
                <span role="status">{move || state(l, &saver.state.get())}</span>
            </p>
        </form>
    }
    .into_any()
}

fn state(l: Locale, state: &Saving) -> String {
    match state {
        Saving::Quiet => String::new(),
        Saving::Busy => t!(l, dispatch.saving).to_owned(),
        Saving::Saved => t!(l, dispatch.all_saved).to_owned(),
        Saving::Failed(why) => t!(l, dispatch.not_saved, why = why.clone()),
    }
}

/// Heads, rows and sums within their frame.
fn framed(l: Locale, heads: Vec<(String, bool)>, rows: Vec<AnyView>, sums: Option<AnyView>) -> AnyView {
    let heads = heads
        .into_iter()
        .map(|(word, is_number)| view! { <th scope="col" class:number=is_number>{word}</th> })
        .collect_view();
    view! {
        <div class="table-scroll dispatch-grid" tabindex="0" role="region" aria-label=t!(l, dispatch.nav)>
            <table class="table">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{sums} {rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn is_number(column: Column) -> bool {
    matches!(column.kind(), Kind::Money | Kind::Count)
}

fn projects(l: Locale, view: &BookView, saver: Saver) -> AnyView {
    let mut heads = vec![
        (t!(l, dispatch.number).to_owned(), true),
        (t!(l, dispatch.name).to_owned(), false),
        (t!(l, dispatch.planned).to_owned(), true),
        (t!(l, dispatch.check_col).to_owned(), false),
    ];
    heads.extend(ProjectColumn::ALL.map(|column| {
        let column = Column::Project(column);
        (explain::column(l, column).to_owned(), is_number(column))
    }));
    let may_fill = view.head.may_fill;
    let rows = view.projects.iter().enumerate();
    let rows = rows.map(|(at, line)| project(l, (at, line), saver, may_fill)).collect();
    framed(l, heads, rows, Some(totals(l, saver)))
}

fn project(l: Locale, (at, line): (usize, &ProjectLine), saver: Saver, may_fill: bool) -> AnyView {
    let row = line.project.to_string();
    let cells = ProjectColumn::ALL
        .into_iter()
        .enumerate()
        .map(|(to, column)| {
            let cell = Cell {
                row: row.clone(),
                column: Column::Project(column),
                at: (at, to),
                about: line.name.clone(),
                now: line.row.text(column),
                before: line.before.as_ref().and_then(|(_, before)| before.text(column)),
            };
            if may_fill { cell::input(l, cell, saver) } else { cell::shown(l, &cell) }
        })
        .collect_view();
    let planned = line.planned.map(format::wan);
    let name = line.name.clone();
    view! {
        <tr>
            <td class="number">{line.number} {may_fill.then(|| version("projects", row, saver))}</td>
            <th scope="row">
                <a href=format!("/projects/{}", line.project)>{name}</a>
            </th>
            <td class="number">{planned}</td>
            <td class="dispatch-checks">{checks(l, Subject::Project(line.project), saver)}</td>
            {cells}
        </tr>
    }
    .into_any()
}

fn sites(l: Locale, view: &BookView, saver: Saver) -> AnyView {
    let mut heads = vec![
        (t!(l, dispatch.code).to_owned(), false),
        (t!(l, dispatch.site_name).to_owned(), false),
        (t!(l, dispatch.check_col).to_owned(), false),
    ];
    heads.extend(SiteColumn::ALL.map(|column| (explain::site_column(l, column).to_owned(), true)));
    let may_fill = view.head.may_fill;
    let rows = view.sites.iter().enumerate();
    let rows = rows.map(|(at, line)| site(l, (at, line), saver, may_fill)).collect();
    framed(l, heads, rows, None)
}

fn site(l: Locale, (at, line): (usize, &SiteLine), saver: Saver, may_fill: bool) -> AnyView {
    let row = line.site.to_string();
    let cells = SiteColumn::ALL
        .into_iter()
        .enumerate()
        .map(|(to, column)| {
            let cell = Cell {
                row: row.clone(),
                column: Column::Site(column),
                at: (at, to),
                about: line.name.clone(),
                now: line.row.text(column),
                before: line.before.as_ref().and_then(|(_, before)| before.text(column)),
            };
            if may_fill { cell::input(l, cell, saver) } else { cell::shown(l, &cell) }
        })
        .collect_view();
    view! {
        <tr>
            <td>{line.code.clone()} {may_fill.then(|| version("sites", row, saver))}</td>
            <th scope="row">
                <a href=format!("/communities/{}", line.site)>{line.name.clone()}</a>
            </th>
            <td class="dispatch-checks">{checks(l, Subject::Site(line.site), saver)}</td>
            {cells}
        </tr>
    }
    .into_any()
}

/// The version that the row was seen at; it follows what is saved.
fn version(group: &'static str, row: String, saver: Saver) -> AnyView {
    let name = format!("form[{group}][{}][{VERSION}]", row_key(&row));
    let value = move || saver.versions.with(|versions| versions.get(&row).copied().unwrap_or_default());
    view! { <input type="hidden" name=name value=move || value().to_string() /> }.into_any()
}

/// What the checks say of a row: how many they are and the first of them, so that a row in which much is missing is no taller
/// than others; the rest opens without scripts, and stands open on paper.
fn checks(l: Locale, subject: Subject, saver: Saver) -> impl IntoView {
    move || {
        saver.found.with(|found| {
            let mut own: Vec<&Found> = found.iter().filter(|one| one.subject == subject).collect();
            // A mistake must not hide behind what is only not filled in yet.
            own.sort_by_key(|one| is_to_fill(one));
            let (first, rest) = own.split_first()?;
            Some(if rest.is_empty() { check(l, first) } else { folded(l, first, rest) })
        })
    }
}

fn folded(l: Locale, first: &Found, rest: &[&Found]) -> AnyView {
    let count = rest.len() + 1;
    let sentence = t!(l, dispatch.checks_count, count = count, first = explain::fault(l, &first.fault));
    let rest = rest.iter().map(|one| check(l, one)).collect_view();
    view! {
        <details class="dispatch-folded">
            <summary class="dispatch-check">
                {chip(l, first)}
                {sentence}
            </summary>
            {rest}
        </details>
    }
    .into_any()
}

/// What is merely not filled in yet is no mistake of anybody's, though the book cannot be handed in without it.
fn is_to_fill(found: &Found) -> bool {
    matches!(found.fault, Fault::Missing { .. }) && found.severity == Severity::Error
}

fn chip(l: Locale, found: &Found) -> AnyView {
    if is_to_fill(found) {
        return view! { <Chip tone="info" drawing=RING word=t!(l, dispatch.to_fill) /> }.into_any();
    }
    view! { <SeverityChip severity=found.severity /> }.into_any()
}

fn check(l: Locale, found: &Found) -> AnyView {
    let sentence = explain::fault(l, &found.fault);
    view! {
        <p class="dispatch-check">
            {chip(l, found)}
            {sentence}
        </p>
    }
    .into_any()
}

/// Sums of the columns that can be added; those of the period before in grey.
fn totals(l: Locale, saver: Saver) -> AnyView {
    let cells = ProjectColumn::ALL
        .map(|column| {
            let shown = move || {
                let sums = saver.sums.get();
                let (now, before) = (sum(column, &sums.now), sum(column, &sums.before));
                let before = before.map(|before| t!(l, dispatch.was, value = before));
                view! {
                    {now}
                    {before.map(|text| view! { <span class="dispatch-before">{text}</span> })}
                }
            };
            view! { <td class="number">{shown}</td> }.into_any()
        })
        .into_iter()
        .collect_view();
    view! {
        <tr class="table-total">
            <td></td>
            <th scope="row">{t!(l, dispatch.total)}</th>
            <td></td>
            <td></td>
            {cells}
        </tr>
    }
    .into_any()
}

fn sum(column: ProjectColumn, totals: &Totals) -> Option<String> {
    let count = |count: u64| Some(format::count(count));
    match column {
        ProjectColumn::IsStarted => count(totals.started),
        ProjectColumn::Invested => Some(format::wan(totals.invested)),
        ProjectColumn::Pay => Some(format::wan(totals.pay)),
        ProjectColumn::JobsPresent => count(totals.jobs_present),
        ProjectColumn::JobsPresentRural => count(totals.jobs_present_rural),
        ProjectColumn::JobsPresentRelocated => count(totals.jobs_present_relocated),
        ProjectColumn::JobsCumulative => count(totals.jobs_cumulative),
        ProjectColumn::JobsCumulativeRural => count(totals.jobs_cumulative_rural),
        ProjectColumn::JobsCumulativeRelocated => count(totals.jobs_cumulative_relocated),
        ProjectColumn::Progress
        | ProjectColumn::ReasonNotStarted
        | ProjectColumn::ReasonFallen
        | ProjectColumn::Explanation => None,
    }
}
