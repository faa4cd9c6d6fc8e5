//! 待审核: postings and batches on their way, what waits first. The makers see their own here, and nobody decides those.

use super::address::{self, REQUESTS};
use super::api;
use super::frame::{Head, done};
use super::request::Card;
use super::text::{batch_kind, wan};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use contract::fund::WaitingSplit;
use contract::ledger::RequestsView;
use contract::ledger::batch::{BatchState, BatchView, BatchesView};
use domain::ledger::{Stage, State};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn RequestsPage() -> impl IntoView {
    let l = locale();
    let page = Resource::new(|| (), |()| async move { (api::requests().await, api::batches().await) });
    let refused = returned_error(api::Decide::PATH);
    view! {
        <Head path=REQUESTS />
        {done(|code| sentence(l, code))}
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    (Ok(requests), Ok(batches)) => view! { <Shown requests batches /> }.into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn sentence(l: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "submitted" => t!(l, ledger.done_submitted),
        "draft" => t!(l, ledger.done_draft),
        "withdrawn" => t!(l, ledger.done_withdrawn),
        "approved" => t!(l, ledger.done_approved),
        "returned" => t!(l, ledger.done_returned),
        _ => return None,
    })
}

#[component]
fn Shown(requests: RequestsView, batches: BatchesView) -> impl IntoView {
    let l = locale();
    let staged: Vec<BatchView> =
        batches.rows.into_iter().filter(|batch| batch.state == BatchState::Staged).collect();
    let splits = splits(l, &requests.splits);
    let (open, decided): (Vec<_>, Vec<_>) =
        requests.rows.into_iter().partition(|request| !matches!(request.state, State::Approved { .. }));
    let empty = (staged.is_empty() && open.is_empty() && requests.splits.is_empty())
        .then(|| view! { <Empty reason=t!(l, ledger.nothing_waits) /> });
    let batches = (!staged.is_empty()).then(|| {
        let lines = staged.iter().map(|batch| waiting(l, batch)).collect_view();
        view! {
            <section class="panel">
                <h2>{t!(l, ledger.batches_wait)}</h2>
                <ul class="ledger-which">{lines}</ul>
            </section>
        }
    });
    let cards = open
        .into_iter()
        .enumerate()
        .map(|(at, request)| view! { <Card request=request is_first=at == 0 /> })
        .collect_view();
    let past = (!decided.is_empty()).then(|| {
        let cards = decided
            .into_iter()
            .map(|request| view! { <Card request=request is_first=false /> })
            .collect_view();
        view! {
            <details class="ledger-past">
                <summary>{t!(l, ledger.decided)}</summary>
                {cards}
            </details>
        }
    });
    view! {
        {empty}
        {splits}
        {batches}
        {cards}
        {past}
    }
    .into_any()
}

/// Splits of notices that wait; each is decided on the page of its notice.
fn splits(l: Locale, waiting: &[WaitingSplit]) -> Option<AnyView> {
    if waiting.is_empty() {
        return None;
    }
    let lines = waiting
        .iter()
        .map(|split| {
            let sum = format::money(l, split.sum);
            let facts =
                t!(l, fund.waiting_line, projects = split.projects, sum = sum, maker = split.maker.clone());
            view! {
                <li>
                    <a href=crate::fund::address::notice(split.notice)>{split.document.clone()}</a>
                    " "
                    <span class="ledger-faint">
                        {name::source(l, split.source)} " · " {split.year.to_string()} " · " {facts}
                    </span>
                </li>
            }
        })
        .collect_view();
    let list = view! {
        <section class="panel">
            <h2>{t!(l, fund.waiting_splits)}</h2>
            <ul class="ledger-which">{lines}</ul>
        </section>
    };
    Some(list.into_any())
}

fn waiting(l: Locale, batch: &BatchView) -> impl IntoView + use<> {
    let sums = Stage::ALL.map(|stage| {
        words::name::fund_stage(l, stage).to_owned() + " " + &wan(*batch.totals.entered.get(stage))
    });
    view! {
        <li>
            <a href=address::batch(batch.batch)>
                {batch_kind(l, batch.kind)} " · " {batch.file_name.clone()}
            </a>
            " "
            <span class="ledger-faint">
                {batch.maker.clone()} " · " {format::instant(batch.created)} " · " {sums.join(" · ")}
            </span>
        </li>
    }
}
