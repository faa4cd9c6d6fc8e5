//! A month of every county below: who has handed in, who is missing, what the checks say; reminding and opening.

use super::address::{self, PATH};
use super::api::{self, OpenMonth, Remind};
use super::head::{StandingChip, mark};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use contract::dispatch::{AreaLine, OverviewView};
use domain::dispatch::book::Standing;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn DispatchPage() -> impl IntoView {
    let query = use_query_map();
    let month = Memo::new(move |_| query.try_with(|found| found.get("month")).flatten().unwrap_or_default());
    let page = ask(move || gone::read(month), api::overview);
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: OverviewView) -> impl IntoView {
    let l = locale();
    let month = view.month.to_string();
    let error = returned_error(Remind::PATH).or_else(|| returned_error(OpenMonth::PATH));
    let lines = view.lines.iter().map(|one| line(l, one, &view)).collect_view();
    let table = if view.lines.is_empty() {
        view! { <Empty reason=t!(l, dispatch.empty)>{t!(l, dispatch.empty_act)}</Empty> }.into_any()
    } else {
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, dispatch.nav)>
                <table class="table dispatch-areas">
                    {heads(l)}
                    <tbody>{lines} {totals(l, &view)}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHead title=t!(l, dispatch.title, month = month) />
        <p class="dispatch-lead">{t!(l, dispatch.lead)}</p>
        {error.map(|error| view! { <ErrorPanel error=error /> })}
        {said(l)}
        {bar(l, &view)}
        {table}
    }
}

/// What was done, after a plain form.
fn said(l: Locale) -> Option<AnyView> {
    let told = gone::query(|query| {
        if query.get("__path").is_some() {
            return None;
        }
        let made = query.get("made").map(|made| t!(l, dispatch.opened, made = made));
        made.or_else(|| query.get("reminded").map(|count| t!(l, dispatch.reminded_done, count = count)))
    });
    told.map(|text| view! { <p class="notice notice-ok" role="status">{text}</p> }.into_any())
}

fn heads(l: Locale) -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">{t!(l, dispatch.area)}</th>
                <th scope="col">{t!(l, dispatch.state)}</th>
                <th scope="col" class="number">{t!(l, dispatch.projects)}</th>
                <th scope="col" class="number">{t!(l, dispatch.sites)}</th>
                <th scope="col" class="number">{t!(l, dispatch.missing)}</th>
                <th scope="col">{t!(l, dispatch.checks)}</th>
                <th scope="col" class="number">{t!(l, dispatch.col_invested)}</th>
                <th scope="col" class="number">{t!(l, dispatch.col_jobs_present)}</th>
                <th scope="col" class="number">{t!(l, dispatch.col_jobs_cumulative)}</th>
                <th scope="col" class="number">{t!(l, dispatch.col_pay)}</th>
                <th scope="col">{t!(l, dispatch.by)}</th>
                <th scope="col" data-noprint="">{t!(l, dispatch.act)}</th>
            </tr>
        </thead>
    }
}

/// Month, how far everybody is, and what the reader may do about it.
fn bar(l: Locale, view: &OverviewView) -> AnyView {
    let choices = view
        .months
        .iter()
        .map(|month| {
            let is_shown = *month == view.month;
            view! { <option value=month.to_string() selected=is_shown>{month.to_string()}</option> }
        })
        .collect_view();
    let all = view.lines.len() as u64;
    let missing = all - view.handed_in;
    let due = view.due.map(|due| t!(l, dispatch.due, day = format::date(due)));
    let is_unopened = view.lines.iter().any(|line| line.book.is_none());
    let open = (view.may.includes(Action::FillReturn) && is_unopened)
        .then(|| post(view, OpenMonth::PATH, "", t!(l, dispatch.open_all).to_owned(), Weight::Primary));
    let remind = (view.may.includes(Action::AcceptReturn) && missing > 0 && all > 1).then(|| {
        let word = t!(l, dispatch.remind_all, count = missing);
        post(view, Remind::PATH, "", word, Weight::Normal)
    });
    view! {
        <div class="dispatch-bar">
            <form method="get" action=PATH class="form-row dispatch-month" data-noprint="">
                <label class="field-label" for="month">{t!(l, dispatch.month)}</label>
                <select class="input" id="month" name="month">{choices}</select>
                <Submit>{t!(l, dispatch.show)}</Submit>
            </form>
            <span>{due}</span>
            <span class="dispatch-done">
                <progress max=all.max(1).to_string() value=view.handed_in.to_string() aria-hidden="true"></progress>
                {t!(l, dispatch.progress, done = view.handed_in, all = all)}
            </span>
            {open}
            {remind}
        </div>
    }
    .into_any()
}

/// A form of one button about an area, or about all.
fn post(view: &OverviewView, action: &'static str, area: &str, word: String, weight: Weight) -> AnyView {
    view! {
        <form method="post" action=action class="toolbar" data-noprint="">
            <input type="hidden" name="form[month]" value=view.month.to_string() />
            <input type="hidden" name="form[area]" value=area.to_owned() />
            <Submit weight=weight>{word}</Submit>
        </form>
    }
    .into_any()
}

fn line(l: Locale, line: &AreaLine, view: &OverviewView) -> AnyView {
    let standing = line.book.as_ref().map(|book| book.standing);
    let by = line.book.as_ref().and_then(|book| book.submitted.as_ref()).map(mark);
    let reminded = line.book.as_ref().and_then(|book| book.reminded.as_ref());
    let reminded = reminded
        .map(|mark| t!(l, dispatch.reminded, name = mark.name.clone(), at = format::instant(mark.at)));
    let name = match &line.book {
        Some(book) => view! { <a href=address::book(book.book)>{line.area_name.clone()}</a> }.into_any(),
        None => line.area_name.clone().into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>
                <StandingChip standing=standing />
                {reminded.map(|text| view! { <span class="dispatch-note">{text}</span> })}
            </td>
            <td class="number">{format::count(line.totals.projects)}</td>
            <td class="number">{format::count(line.sites)}</td>
            <td class="number">{format::count(line.missing)}</td>
            <td class="dispatch-said">{checks(l, line)}</td>
            <td class="number">{format::wan(line.totals.invested)}</td>
            <td class="number">{format::count(line.totals.jobs_present)}</td>
            <td class="number">{format::count(line.totals.jobs_cumulative)}</td>
            <td class="number">{format::wan(line.totals.pay)}</td>
            <td class="dispatch-by">{by.unwrap_or_else(|| t!(l, common.unknown).to_owned())}</td>
            <td data-noprint="">{acts(l, line, standing, view)}</td>
        </tr>
    }
    .into_any()
}

/// Nothing is said of a month that nobody opened.
fn checks(l: Locale, line: &AreaLine) -> Option<String> {
    line.book.as_ref()?;
    if line.errors + line.warnings + line.missing == 0 {
        return Some(t!(l, dispatch.checks_ok).to_owned());
    }
    let errors = (line.errors > 0).then(|| t!(l, dispatch.checks_errors, count = line.errors));
    let warnings = (line.warnings > 0).then(|| t!(l, dispatch.checks_warnings, count = line.warnings));
    Some([errors, warnings].into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

fn acts(l: Locale, line: &AreaLine, standing: Option<Standing>, view: &OverviewView) -> AnyView {
    let is_missing = !standing.is_some_and(Standing::counts);
    let may_remind = is_missing && view.may.includes(Action::AcceptReturn) && view.lines.len() > 1;
    let area = line.area.to_string();
    let way = match &line.book {
        Some(book) => {
            let word = if book.may_fill { t!(l, dispatch.fill) } else { t!(l, dispatch.look) };
            Some(view! { <a class="button button-quiet" href=address::book(book.book)>{word}</a> }.into_any())
        }
        None if view.may.includes(Action::FillReturn) => {
            Some(post(view, OpenMonth::PATH, &area, t!(l, dispatch.open).to_owned(), Weight::Quiet))
        }
        None => None,
    };
    let remind =
        may_remind.then(|| post(view, Remind::PATH, &area, t!(l, dispatch.remind).to_owned(), Weight::Quiet));
    view! { <div class="dispatch-acts">{way} {remind}</div> }.into_any()
}

fn totals(l: Locale, view: &OverviewView) -> AnyView {
    let counts = |line: &&AreaLine| line.book.as_ref().is_some_and(|book| book.standing.counts());
    let sum = |of: fn(&AreaLine) -> u64| format::count(view.lines.iter().filter(counts).map(of).sum());
    view! {
        <tr class="table-total">
            <th scope="row">{t!(l, dispatch.total_counted)}</th>
            <td></td>
            <td class="number">{format::count(view.totals.projects)}</td>
            <td class="number">{sum(|line| line.sites)}</td>
            <td class="number">{sum(|line| line.missing)}</td>
            <td></td>
            <td class="number">{format::wan(view.totals.invested)}</td>
            <td class="number">{format::count(view.totals.jobs_present)}</td>
            <td class="number">{format::count(view.totals.jobs_cumulative)}</td>
            <td class="number">{format::wan(view.totals.pay)}</td>
            <td></td>
            <td data-noprint=""></td>
        </tr>
    }
    .into_any()
}
