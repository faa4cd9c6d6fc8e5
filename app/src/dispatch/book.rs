//! One book: how it stands, the grid of its rows with what was before, what the checks say, and the next step.

use super::address::{self, PATH};
use super::api::{self, Decide, EditCells, Submit};
use super::grid::Grid;
use super::head::{StandingChip, mark};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit as SubmitButton, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::print_button::PrintButton;
use crate::parts::retyped::typed;
use crate::parts::tabs::{Tab, Tabs};
use crate::parts::take_out::TakeOut;
use contract::dispatch::{BookHead, BookView};
use contract::error::{ApiError, StaleField};
use domain::dispatch::book::Standing;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn BookPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    // The query is asked too: it holds the tab, and what was just handed in is read anew.
    let page = ask(move || (gone::read(id), gone::read(query)), |(id, _)| api::book(id));
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: BookView) -> impl IntoView {
    let l = locale();
    let head = view.head.clone();
    let month = head.month.to_string();
    let title = t!(l, dispatch.book_title, area = head.area_name.clone(), month = month.clone());
    let way = vec![
        (t!(l, dispatch.nav).to_owned(), PATH.to_owned()),
        (month, address::month(head.month)),
        (head.area_name.clone(), String::new()),
    ];
    let is_sites = gone::query(|query| query.get("tab").is_some_and(|tab| tab == "sites"));
    let tab = |word: &str, sites: bool, count: usize| Tab {
        word: word.to_owned(),
        href: address::tab(head.book, sites),
        count: Some(count.to_string()),
        current: is_sites == sites,
    };
    let tabs = vec![
        tab(t!(l, dispatch.tab_projects), false, view.projects.len()),
        tab(t!(l, dispatch.tab_sites), true, view.sites.len()),
    ];
    let refused = [Submit::PATH, Decide::PATH].into_iter().find_map(returned_error);
    let conflicts = returned_error(EditCells::PATH);
    let shown = refused.clone();
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title>
            <TakeOut href=address::export(head.book) />
            {head
                .may_fill
                .then(|| {
                    view! { <LinkButton href=address::import(head.book)>{t!(l, dispatch.import)}</LinkButton> }
                })}
            <PrintButton />
        </PageHead>
        {stands(l, &head)}
        {said(l)}
        {shown.map(|error| view! { <ErrorPanel error=error /> })}
        {conflicts.map(|error| not_saved(l, error, address::tab(head.book, is_sites)))}
        <Tabs label=t!(l, dispatch.nav) tabs=tabs />
        <Grid view=view.clone() is_sites=is_sites />
        {steps(l, &view, refused.as_ref())}
    }
}

/// Where the book stands, since when, and what was said of it.
fn stands(l: Locale, head: &BookHead) -> AnyView {
    let due = head.due.map(|due| t!(l, dispatch.due, day = format::date(due)));
    let reason = head.reason.clone().filter(|_| head.standing == Standing::Returned);
    let is_open = !head.standing.counts();
    let reminded = head.reminded.clone().filter(|_| is_open);
    view! {
        <p class="dispatch-stands">
            <StandingChip standing=Some(head.standing) />
            <span>{head.submitted.as_ref().map(mark)}</span>
            <span>{head.decided.as_ref().map(mark)}</span>
            <span>{due}</span>
        </p>
        {reason
            .map(|reason| {
                let text = t!(l, dispatch.returned_because, reason = reason);
                view! { <p class="notice notice-warn" role="note">{text}</p> }
            })}
        {reminded
            .map(|mark| {
                let text = t!(
                    l,
                    dispatch.reminded_note,
                    name = mark.name,
                    at = format::instant(mark.at)
                );
                view! { <p class="notice notice-warn" role="note">{text}</p> }
            })}
    }
    .into_any()
}

/// What was done, after a plain form.
fn said(l: Locale) -> Option<AnyView> {
    let told = gone::query(|query| {
        if query.get("__path").is_some() {
            return None;
        }
        let done = query.get("done");
        let step = done.map(|done| match done.as_str() {
            "submitted" => t!(l, dispatch.submitted_done).to_owned(),
            _ => t!(l, dispatch.decided_done).to_owned(),
        });
        let saved = || query.get("saved").map(|count| t!(l, dispatch.saved, count = count));
        let imported = || query.get("imported").map(|count| t!(l, dispatch.imported, count = count));
        step.or_else(saved).or_else(imported)
    });
    told.map(|text| view! { <p class="notice notice-ok" role="status">{text}</p> }.into_any())
}

/// Cells that somebody else changed meanwhile, with both values; any other error as it is.
fn not_saved(l: Locale, error: ApiError, again: String) -> AnyView {
    if let ApiError::Stale { conflicts } = &error
        && !conflicts.is_empty()
    {
        return two_values(l, conflicts, again);
    }
    view! { <ErrorPanel error=error /> }.into_any()
}

/// Both values of every cell.
pub(super) fn two_values(l: Locale, conflicts: &[StaleField], again: String) -> AnyView {
    let lines = conflicts
        .iter()
        .map(|two| {
            let column = super::cell::named(&two.field);
            let word = column.map_or(two.field.clone(), |column| super::cell::heading(l, column));
            let value = |text: &Option<String>| match column {
                Some(column) => words::explain::dispatch::value(l, column, text.as_deref()),
                None => text.clone().unwrap_or_default(),
            };
            view! {
                <tr>
                    <th scope="row">{word}</th>
                    <td>{value(&two.yours)}</td>
                    <td>{value(&two.theirs)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="notice notice-warn dispatch-conflict" role="alert">
            <h2>{t!(l, dispatch.conflict)}</h2>
            <p>{t!(l, dispatch.conflict_text)}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, dispatch.cell)}</th>
                        <th scope="col">{t!(l, dispatch.mine)}</th>
                        <th scope="col">{t!(l, dispatch.theirs)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <p class="toolbar">
                <a class="button" href=again rel="external">{t!(l, dispatch.reload)}</a>
            </p>
        </section>
    }
    .into_any()
}

/// Handing in, or what the area above does with it.
fn steps(l: Locale, view: &BookView, refused: Option<&ApiError>) -> AnyView {
    let head = &view.head;
    let submit = head.may_fill.then(|| {
        view! {
            <form method="post" action=Submit::PATH class="panel form" data-noprint="">
                {hidden(view)}
                <p>{t!(l, dispatch.submit_text)}</p>
                <p class="toolbar">
                    <SubmitButton weight=Weight::Primary>{t!(l, dispatch.submit)}</SubmitButton>
                </p>
            </form>
        }
    });
    let decide = head.may_decide.then(|| deciding(l, view, refused));
    view! {
        {submit}
        {decide}
    }
    .into_any()
}

/// Accepting it or giving it back, with the reason that was typed.
fn deciding(l: Locale, view: &BookView, refused: Option<&ApiError>) -> AnyView {
    let head = &view.head;
    let error = field_error(refused, "reason");
    let is_submitted = head.standing == Standing::Submitted;
    view! {
        <form method="post" action=Decide::PATH class="panel form" data-noprint="">
            {hidden(view)}
            <Field name="reason" label=t!(l, dispatch.return_reason) error=Signal::stored(error)>
                <input
                    class="input"
                    id="reason"
                    name="form[reason]"
                    value=typed(Decide::PATH, "reason")
                    maxlength="500"
                    autocomplete="off"
                    aria-describedby="reason-note"
                />
            </Field>
            <p class="toolbar">
                {is_submitted
                    .then(|| {
                        view! {
                            <SubmitButton weight=Weight::Primary name="form[verdict]" value="accept">
                                {t!(l, dispatch.accept)}
                            </SubmitButton>
                        }
                    })}
                <SubmitButton name="form[verdict]" value="return">
                    {t!(l, dispatch.give_back)}
                </SubmitButton>
            </p>
        </form>
    }
    .into_any()
}

/// What every step says of the book.
fn hidden(view: &BookView) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="form[book]" value=view.head.book.to_string() />
        <input type="hidden" name="form[version]" value=view.head.version.to_string() />
        <input type="hidden" name="form[key]" value=view.key.clone() />
    }
}
