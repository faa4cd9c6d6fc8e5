//! One batch: what it brings, what was found in it, and its next step. A second person approves; taking it back is a batch of
//! its own.

use super::address::{self, IMPORT, PATH, Place};
use super::api;
use super::check_file::counts;
use super::findings::Findings;
use super::frame::{Strip, done};
use super::reason::reason;
use super::text::{batch_kind, batch_state};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::page_head::PageHead;
use crate::parts::retyped::typed;
use crate::parts::status::Chip;
use contract::ledger::batch::{BatchKind, BatchState, BatchView};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn BatchPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|params| params.get("id")).flatten().unwrap_or_default());
    let batch = ask(move || crate::parts::gone::read(id), api::batch);
    answered(batch, |batch| view! { <Shown batch /> }.into_any())
}

fn sentence(l: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "staged" => t!(l, ledger.done_staged),
        "approved" => t!(l, ledger.done_batch),
        "returned" => t!(l, ledger.done_returned),
        _ => return None,
    })
}

#[component]
fn Shown(batch: BatchView) -> impl IntoView {
    let l = locale();
    let title = format!("{} · {}", batch_kind(l, batch.kind), batch.file_name);
    let way = vec![
        (t!(l, ledger.title).to_owned(), PATH.to_owned()),
        (t!(l, ledger.tab_import).to_owned(), IMPORT.to_owned()),
        (title.clone(), String::new()),
    ];
    let refused = returned_error(api::ApproveBatch::PATH)
        .or_else(|| returned_error(api::ReturnBatch::PATH))
        .or_else(|| returned_error(api::UndoBatch::PATH));
    let (tone, drawing, word) = batch_state(l, batch.state);
    let persons = match &batch.checker {
        Some(checker) => format!("{} / {checker}", batch.maker),
        None => batch.maker.clone(),
    };
    let reason = batch.reason.clone().map(|reason| {
        view! { <p class="notice notice-warn">{t!(l, ledger.reason)}" · "{reason}</p> }
    });
    let is_import = batch.kind == BatchKind::Import;
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        {done(|code| sentence(l, code))}
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <section class="panel ledger-batch" data-state=batch.state.code()>
            <p class="ledger-request-head">
                <Chip tone=tone drawing=drawing word=word />
                <span>{persons}</span>
                <span class="ledger-faint">{format::instant(batch.created)}</span>
                {links(l, &batch)}
            </p>
            <p>{if is_import { counts(l, &batch.counts) } else { t!(l, ledger.counts_undo, count = batch.counts.new) }}</p>
            {reason}
            {acts(l, &batch)}
        </section>
        <Strip totals=batch.totals />
        {is_import.then(|| view! { <Findings findings=batch.findings more=batch.more_findings /> })}
    }
    .into_any()
}

/// Its entries, and the batch that it takes back or that takes it back.
fn links(l: Locale, batch: &BatchView) -> AnyView {
    let mut of = Place::default();
    of.form.batch = batch.batch.to_string();
    let written = matches!(batch.state, BatchState::Approved | BatchState::Undone);
    view! {
        {written.then(|| view! { <a class="ledger-act" href=of.at(PATH)>{t!(l, ledger.entries_of_batch)}</a> })}
        {batch
            .undoes
            .map(|other| view! { <a class="ledger-act" href=address::batch(other)>{t!(l, ledger.undoes)}</a> })}
        {batch
            .undo
            .map(|other| view! { <a class="ledger-act" href=address::batch(other)>{t!(l, ledger.undone_by)}</a> })}
    }
    .into_any()
}

fn acts(l: Locale, batch: &BatchView) -> Option<AnyView> {
    let may = |action: Action| batch.may.includes(action);
    match batch.state {
        BatchState::Staged if batch.own => {
            Some(view! { <p class="ledger-faint">{t!(l, ledger.another_decides)}</p> }.into_any())
        }
        BatchState::Staged if may(Action::ApproveMoney) => Some(judging(l, batch)),
        BatchState::Approved
            if batch.kind == BatchKind::Import && batch.undo.is_none() && may(Action::ImportMoney) =>
        {
            Some(undoing(l, batch))
        }
        BatchState::Staged | BatchState::Approved | BatchState::Returned | BatchState::Undone => None,
    }
}

fn hidden(batch: &BatchView) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="form[batch]" value=batch.batch.to_string() />
        <input type="hidden" name="form[version]" value=batch.version.to_string() />
        <input type="hidden" name="form[key]" value=batch.key.clone() />
    }
}

fn judging(l: Locale, batch: &BatchView) -> AnyView {
    let entries = batch.counts.new;
    let typed = typed(api::ReturnBatch::PATH, "reason");
    view! {
        <form method="post" action=api::ApproveBatch::PATH class="toolbar ledger-acts" data-noprint="">
            {hidden(batch)}
            <Submit weight=Weight::Primary>{t!(l, ledger.approve_batch, count = entries)}</Submit>
        </form>
        <form method="post" action=api::ReturnBatch::PATH class="toolbar ledger-acts" data-noprint="">
            {hidden(batch)}
            {reason(t!(l, ledger.reason), typed, true)}
            <Submit>{t!(l, ledger.give_back)}</Submit>
        </form>
    }
    .into_any()
}

fn undoing(l: Locale, batch: &BatchView) -> AnyView {
    let typed = typed(api::UndoBatch::PATH, "reason");
    let open = typed.is_some();
    view! {
        <details class="ledger-undo" open=open data-noprint="">
            <summary>{t!(l, ledger.undo)}</summary>
            <p>{t!(l, ledger.undo_text)}</p>
            <form method="post" action=api::UndoBatch::PATH class="toolbar ledger-acts">
                {hidden(batch)}
                {reason(t!(l, ledger.reason), typed, true)}
                <Submit weight=Weight::Danger>{t!(l, ledger.undo)}</Submit>
            </form>
        </details>
    }
    .into_any()
}
