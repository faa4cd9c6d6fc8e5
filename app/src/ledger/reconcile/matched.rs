//! What found its other side, folded away while there is something else to look at; what was matched wrongly is parted.

use super::acts::hidden;
use super::api;
use super::cells::{left_out, tick, yuan};
use crate::ledger::address;
use crate::parts::button::Submit;
use contract::ledger::reconcile::{BankLineView, BookItemView, MatchedView, ReconciliationView, line_key};
use domain::money::Delta;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::explain::reconcile as explain;
use words::{Locale, format, name, t};

pub fn matched(l: Locale, view: &ReconciliationView, may: bool) -> AnyView {
    if view.matched.is_empty() {
        return view! {
            <section class="panel">
                <h2>{t!(l, reconcile.matched)}</h2>
                <p>{t!(l, reconcile.no_matched)}</p>
            </section>
        }
        .into_any();
    }
    let rows = view.matched.iter().map(|matched| row(l, matched, may)).collect_view();
    let table = view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, reconcile.matched)>
            <table class="table reconcile-table">
                <thead>
                    <tr>
                        {may.then(|| view! { <th scope="col" data-noprint="">{t!(l, reconcile.tick)}</th> })}
                        <th scope="col">{t!(l, reconcile.bank)}</th>
                        <th scope="col">{t!(l, reconcile.book)}</th>
                        <th scope="col" class="number">{t!(l, reconcile.amount)}</th>
                        <th scope="col">{t!(l, reconcile.why)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {left_out(l, view.matched.iter().map(|matched| matched.lines.len()).sum(), view.tallies.matched.count)}
    };
    let body = if may {
        view! {
            <form method="post" action=api::TakeStep::PATH class="reconcile-form">
                {hidden(view, "part")}
                {table}
                <p class="toolbar">
                    <Submit>{t!(l, reconcile.part)}</Submit>
                </p>
            </form>
        }
        .into_any()
    } else {
        table.into_any()
    };
    view! {
        <section class="panel" id="matched">
            <details class="reconcile-matched" open=!may>
                <summary>
                    <h2>
                        {t!(l, reconcile.matched)} " "
                        {t!(l, reconcile.count, count = format::integer(i64::from(view.tallies.matched.count)))}
                    </h2>
                </summary>
                <p>{t!(l, reconcile.matched_text)}</p>
                {body}
            </details>
        </section>
    }
    .into_any()
}

fn row(l: Locale, matched: &MatchedView, may: bool) -> impl IntoView + use<> {
    let first = matched.lines.first();
    let ticked = may.then(|| {
        let label = first.map(|line| t!(l, reconcile.tick_line, cell = line.cell.clone()));
        let name = first.map(|line| format!("form[lines][{}]", line_key(line.number)));
        tick(name.unwrap_or_default(), "1".to_owned(), label.unwrap_or_default(), false)
    });
    let sum = matched.lines.iter().map(|line| line.amount.fen()).sum();
    let lines = matched.lines.iter().map(|line| bank(l, line, matched.lines.len() > 1)).collect_view();
    let entries = matched.entries.iter().map(|item| book(l, item, matched.entries.len() > 1)).collect_view();
    view! {
        <tr>
            {ticked.map(|tick| view! { <td data-noprint="">{tick}</td> })}
            <td>{lines}</td>
            <td>{entries}</td>
            <td class="number">{yuan(Delta::from_fen(sum))}</td>
            <td>{explain::by(l, matched.by)}</td>
        </tr>
    }
}

/// One line of the bank; its own amount where there are several.
fn bank(l: Locale, line: &BankLineView, several: bool) -> impl IntoView + use<> {
    let about = [line.voucher.clone(), line.payee.clone(), line.memo.clone()];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <div class="reconcile-part">
            <span class="reconcile-day">{format::date(line.date)}</span>
            " "
            {explain::way(l, line.direction)}
            " "
            {several.then(|| yuan(line.amount))}
            " "
            {about}
            " "
            <span class="reconcile-cell">{line.cell.clone()}</span>
        </div>
    }
}

fn book(l: Locale, item: &BookItemView, several: bool) -> impl IntoView + use<> {
    let paper = item.voucher.clone().or_else(|| item.document.clone()).unwrap_or_default();
    view! {
        <div class="reconcile-part">
            <span class="reconcile-day">{format::date(item.date)}</span>
            " "
            {name::fund_stage(l, item.direction.stage())}
            " "
            {several.then(|| yuan(Delta::from(item.amount)))}
            " "
            {paper}
            " "
            {item.project.name.clone()}
            " "
            <a
                class="reconcile-cell"
                href=address::entry(item.entry)
                aria-label=t!(l, ledger.open_entry, seq = item.seq)
            >
                {format!("#{}", item.seq)}
            </a>
        </div>
    }
}
