//! One notice: what it gives, what stands on it, the split that waits, and the form in which it is split.

use super::address::{self, NOTICES};
use super::api;
use super::judged::judged;
use super::notices::step;
use super::rules::listed;
use super::split::{Asked, SplitPanel, Start, is_open, load};
use crate::ledger;
use crate::ledger::entries::state as entry_state;
use crate::ledger::reason::reason;
use crate::ledger::text::{amount_cell, exact, state, wan};
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::error_panel::{ErrorPage, ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::status::Chip;
use contract::fund::{NoticeView, ShareLine, SplitView};
use contract::ledger::EntryLine;
use domain::ledger::State;
use domain::money::Delta;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn NoticePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let id = params.try_with(|params| params.get("id")).flatten().unwrap_or_default();
        query.try_with(|query| Asked::read(query, id)).unwrap_or_default()
    });
    let page = ask(move || crate::parts::gone::read(asked), load);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(start) => view! { <Shown start /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Shown(start: Start) -> impl IntoView {
    let l = locale();
    let view = &start.view;
    let title = view.line.document.clone();
    let way = vec![(t!(l, fund.notices).to_owned(), NOTICES.to_owned()), (title.clone(), String::new())];
    let may_change = view.may.includes(Action::RegisterNotice) && !view.fixed;
    let edit = may_change.then(|| address::edit(view.line.notice));
    let error = returned_error(api::DecideSplit::PATH);
    let waiting = view.split.as_ref().filter(|_| !is_open(view)).map(|split| waiting(l, view, split));
    let returned = view.split.as_ref().and_then(|split| match &split.state {
        State::Returned { reason, .. } => Some(t!(l, fund.returned_for, reason = reason.clone())),
        State::Draft | State::Submitted | State::Approved { .. } => None,
    });
    let (facts, entries) = (facts(l, view), entries(l, view));
    let fixed = view.fixed.then(|| view! { <p class="fund-faint">{t!(l, fund.fixed_note)}</p> });
    let form = is_open(view).then(|| start.clone());
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title>
            {edit.map(|href| view! { <LinkButton href=href>{t!(l, fund.change)}</LinkButton> })}
        </PageHead>
        {ledger::frame::done(|code| done(l, code))}
        {error.map(|error| view! { <ErrorPanel error=error /> })}
        {facts}
        {fixed}
        {returned.map(|text| view! { <p class="notice notice-warn">{text}</p> })}
        {waiting}
        {form.map(|start| view! { <SplitPanel start /> })}
        {entries}
    }
    .into_any()
}

fn done(l: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "registered" => t!(l, fund.done_registered),
        "saved" => t!(l, fund.saved),
        "kept" => t!(l, fund.done_saved),
        "submitted" => t!(l, fund.done_submitted),
        "approved" => t!(l, fund.done_approved),
        "returned" => t!(l, fund.done_returned),
        "withdrawn" => t!(l, fund.done_withdrawn),
        _ => return None,
    })
}

fn facts(l: Locale, view: &NoticeView) -> AnyView {
    let line = &view.line;
    let facts = [
        (t!(l, fund.source), name::source(l, line.source).to_owned()),
        (t!(l, fund.year), line.year.to_string()),
        (t!(l, fund.date), format::date(line.date)),
        (t!(l, fund.area), line.area_name.clone()),
    ];
    let facts = facts
        .map(|(label, text)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{text}</dd>
                </div>
            }
        })
        .collect_view();
    let arranged = Delta::from(line.arranged);
    let arranged_view = if view.entries.is_empty() {
        wan(arranged).into_any()
    } else {
        view! { <a class="fund-figure" href=address::entries(line.notice)>{wan(arranged)}</a> }.into_any()
    };
    view! {
        <section class="panel fund-facts" aria-label=t!(l, fund.facts)>
            <p class="fund-step">{step(l, line)}</p>
            <dl class="fund-words">{facts}</dl>
            <dl class="fund-figures">
                <div>
                    <dt>{t!(l, fund.amount)}</dt>
                    <dd title=exact(l, Delta::from(line.amount))>{wan(Delta::from(line.amount))}</dd>
                    <dd class="fund-faint">{format::capitals(line.amount)}</dd>
                </div>
                <div>
                    <dt>{t!(l, fund.arranged)}</dt>
                    <dd title=exact(l, arranged)>{arranged_view}</dd>
                </div>
                <div>
                    <dt>{t!(l, fund.left)}</dt>
                    <dd class:negative=line.left.fen() < 0 title=exact(l, line.left)>{wan(line.left)}</dd>
                </div>
            </dl>
            <p class="unit-note">{t!(l, fund.unit)}</p>
            <details class="fund-rules">
                <summary>{t!(l, fund.rules)}</summary>
                {listed(l, &view.clauses)}
            </details>
        </section>
    }
    .into_any()
}

/// A split that waits, or that others work on.
fn waiting(l: Locale, view: &NoticeView, split: &SplitView) -> AnyView {
    let (tone, drawing, word) = state(l, &split.state);
    let rows = split.shares.iter().map(|share| share_row(l, share)).collect_view();
    let persons = match &split.checker {
        Some(checker) => format!("{} / {checker}", split.maker),
        None => split.maker.clone(),
    };
    view! {
        <section class="panel fund-waiting" data-state=split.state.code()>
            <header class="ledger-request-head">
                <Chip tone=tone drawing=drawing word=word />
                <h2>{t!(l, fund.waiting)}</h2>
                <span class="ledger-figure">{wan(Delta::from(split.sum))}</span>
                <span class="fund-faint">{format::capitals(split.sum)}</span>
                <span class="fund-faint ledger-by">{persons}" · "{format::instant(split.updated)}</span>
            </header>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, fund.waiting)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, fund.project)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col" class="number">{t!(l, fund.value_amount)}</th>
                            <th scope="col">{t!(l, fund.usage)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <h3>{t!(l, fund.judged)}</h3>
            {judged(l, &split.judgement, split.obstacle.as_ref(), &split.shares)}
            {acts(l, view, split)}
        </section>
    }
    .into_any()
}

fn share_row(l: Locale, share: &ShareLine) -> impl IntoView + use<> {
    let usage = share.usage.map_or(t!(l, fund.unsaid), |usage| name::usage(l, usage));
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/projects/{}", share.project.project)>{share.project.name.clone()}</a>
            </th>
            <td>{share.project.area_name.clone()}</td>
            {amount_cell(l, Delta::from(share.amount))}
            <td>{usage}</td>
        </tr>
    }
}

fn hidden(view: &NoticeView, split: &SplitView) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="form[notice]" value=view.line.notice.to_string() />
        <input type="hidden" name="form[version]" value=split.version.to_string() />
        <input type="hidden" name="form[key]" value=view.key.clone() />
    }
}

/// What this person may do with a split that waits.
fn acts(l: Locale, view: &NoticeView, split: &SplitView) -> Option<AnyView> {
    match (&split.state, split.own) {
        (State::Submitted, true) => Some(
            view! {
                <form method="post" action=api::DecideSplit::PATH class="toolbar" data-noprint="">
                    {hidden(view, split)}
                    <span class="fund-faint">{t!(l, fund.another_decides)}</span>
                    <Submit name="form[verdict]" value="withdraw">{t!(l, fund.withdraw)}</Submit>
                </form>
            }
            .into_any(),
        ),
        (State::Submitted, false) if view.may.includes(Action::ApproveMoney) => Some(judging(l, view, split)),
        (State::Draft | State::Submitted | State::Returned { .. } | State::Approved { .. }, _) => None,
    }
}

/// Approving, or returning with a reason.
fn judging(l: Locale, view: &NoticeView, split: &SplitView) -> AnyView {
    let typed = gone::query(|query| query.get("reason"));
    view! {
        <form method="post" action=api::DecideSplit::PATH class="toolbar" data-noprint="">
            {hidden(view, split)}
            <p class="fund-lead">{t!(l, fund.approve_note)}</p>
            {reason(t!(l, fund.reason), typed, false)}
            <Submit weight=Weight::Primary name="form[verdict]" value="approve">
                {t!(l, fund.approve)}
            </Submit>
            <Submit name="form[verdict]" value="return">{t!(l, fund.give_back)}</Submit>
        </form>
    }
    .into_any()
}

/// What was written of the notice.
fn entries(l: Locale, view: &NoticeView) -> AnyView {
    if view.entries.is_empty() {
        return view! {
            <section class="panel">
                <h2>{t!(l, fund.entries)}</h2>
                <p class="fund-faint">{t!(l, fund.entries_none)}</p>
            </section>
        }
        .into_any();
    }
    let rows = view.entries.iter().map(|entry| entry_row(l, entry)).collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, fund.entries)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, fund.entries)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, ledger.seq)}</th>
                            <th scope="col">{t!(l, fund.project)}</th>
                            <th scope="col" class="number">{t!(l, fund.value_amount)}</th>
                            <th scope="col">{t!(l, fund.entry_purpose)}</th>
                            <th scope="col">{t!(l, fund.entry_persons)}</th>
                            <th scope="col">{t!(l, fund.entry_state)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p>
                <a href=address::entries(view.line.notice)>{t!(l, fund.entries_all)}</a>
            </p>
        </section>
    }
    .into_any()
}

fn entry_row(l: Locale, entry: &EntryLine) -> impl IntoView + use<> {
    let href = ledger::address::entry(entry.entry);
    view! {
        <tr class:ledger-reversal=entry.reverses.is_some()>
            <td class="number">
                <a href=href aria-label=t!(l, ledger.open_entry, seq = entry.seq)>{entry.seq}</a>
            </td>
            <th scope="row">
                <a href=format!("/projects/{}", entry.project.project)>{entry.project.name.clone()}</a>
                " "
                <span class="fund-faint">{entry.project.area_name.clone()}</span>
            </th>
            {amount_cell(l, entry.effect)}
            <td>{entry.purpose.clone()}</td>
            <td>{format!("{} / {}", entry.maker, entry.checker)}</td>
            <td class="ledger-states">{entry_state(l, entry)}</td>
        </tr>
    }
}
