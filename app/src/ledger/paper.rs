//! 资金台账 on paper: every entry of a filter on A4 landscape, with its totals and lines to sign on. Readable on the screen
//! too; complete without scripts.

use super::address::{PATH, Place};
use super::api;
use super::frame::Strip;
use super::heads::EntryHeads;
use super::text::{about, amount_cell, movement};
use crate::parts::asking::ask;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::paper_page::PaperPage;
use crate::parts::signatures::Signatures;
use contract::ledger::{EntryLine, PaperView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn LedgerPaperPage() -> impl IntoView {
    let query = use_query_map();
    let place = Memo::new(move |_| query.try_with(Place::read).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(place), |place: Place| api::paper(place.form));
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let place = crate::parts::gone::read(place);
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => shown(locale(), &place, view),
                        Err(error) => view! { <ErrorPage error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn shown(l: Locale, place: &Place, view: PaperView) -> AnyView {
    let about = about(l, &view.asked).join(" · ");
    let (count, totals) = (view.entries.len(), view.totals);
    let lines = view.entries.into_iter().map(|entry| line(l, entry)).collect_view();
    view! {
        <PaperPage class="ledger-paper" title=t!(l, ledger.title) back=place.on("").at(PATH)>
            <p class="paper-line">{about}</p>
            <Strip totals=totals />
            <div class="paper-scroll" tabindex="0" role="region" aria-label=t!(l, ledger.title)>
                <table class="table">
                    <EntryHeads on_paper=true />
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p>{t!(l, ledger.paper_count, count = count)}</p>
            <Signatures />
        </PaperPage>
    }
    .into_any()
}

fn line(l: Locale, entry: EntryLine) -> impl IntoView {
    let papers = [entry.voucher, entry.document].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <tr>
            <td class="number">{entry.seq}</td>
            <td class="date">{format::date(entry.date)}</td>
            <td>
                {movement(l, entry.movement)}
                {entry.reverses.map(|_| format!(" · {}", t!(l, ledger.reversal)))}
            </td>
            <td>{entry.project.name}</td>
            <td>{entry.project.area_name}</td>
            <td>{name::source(l, entry.source)}</td>
            <td class="date">{entry.year.to_string()}</td>
            {amount_cell(l, entry.effect)}
            <td>{papers}</td>
            <td>{entry.payee}</td>
            <td>{format!("{} / {}", entry.maker, entry.checker)}</td>
        </tr>
    }
}
