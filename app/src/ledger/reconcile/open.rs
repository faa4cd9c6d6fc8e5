//! What is not settled: pairs to confirm, amounts that differ, and the rows of both sides that found nothing, to be matched
//! or explained by hand.

use super::acts::hidden;
use super::address::Ticked;
use super::api;
use super::cells::{bank_cells, bank_head, book_cells, book_head, left_out, tick, yuan_cell};
use crate::parts::button::{Submit, Weight};
use contract::ledger::reconcile::{
    BankLineView, BookItemView, PairView, ReconciliationView, entry_key, line_key,
};
use domain::money::Delta;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{Locale, t};

/// Pairs that are likely, every one ticked.
pub fn proposed(l: Locale, view: &ReconciliationView, may: bool) -> Option<AnyView> {
    if view.proposed.is_empty() {
        return None;
    }
    let rows = view.proposed.iter().map(|pair| pair_row(l, pair, may)).collect_view();
    let table = view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, reconcile.proposed)>
            <table class="table reconcile-table">
                <thead>{pair_head(l, may, false)}</thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    let body = if may {
        view! {
            <form method="post" action=api::TakeStep::PATH class="reconcile-form">
                {hidden(view, "accept")}
                {table}
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, reconcile.accept)}</Submit>
                </p>
            </form>
        }
        .into_any()
    } else {
        table.into_any()
    };
    let section = view! {
        <section class="panel" id="proposed">
            <h2>{t!(l, reconcile.proposed)}</h2>
            <p>{t!(l, reconcile.proposed_text)}</p>
            {body}
            {left_out(l, view.proposed.len(), view.tallies.proposed)}
        </section>
    };
    Some(section.into_any())
}

/// Both headings over one another's cells; the first row says whose they are.
fn pair_head(l: Locale, may: bool, difference: bool) -> AnyView {
    view! {
        <tr>
            {may.then(|| view! { <th rowspan="2" scope="col" data-noprint="">{t!(l, reconcile.tick)}</th> })}
            <th scope="colgroup" colspan="5">{t!(l, reconcile.bank)}</th>
            <th scope="colgroup" colspan="5">{t!(l, reconcile.book)}</th>
            {difference
                .then(|| view! { <th rowspan="2" scope="col" class="number">{t!(l, reconcile.difference)}</th> })}
        </tr>
        <tr>{bank_head(l)} {book_head(l)}</tr>
    }
    .into_any()
}

fn pair_row(l: Locale, pair: &PairView, may: bool) -> impl IntoView + use<> {
    let name = format!("form[pairs][{}]", line_key(pair.line.number));
    let label = t!(l, reconcile.tick_line, cell = pair.line.cell.clone());
    let ticked = may.then(|| tick(name, pair.item.entry.to_string(), label, true));
    view! {
        <tr>
            {ticked.map(|tick| view! { <td data-noprint="">{tick}</td> })}
            {bank_cells(l, &pair.line)}
            {book_cells(l, &pair.item)}
        </tr>
    }
}

/// Everything that found nothing, and one form to match or explain what is ticked.
pub fn differences(l: Locale, view: &ReconciliationView, ticked: &Ticked, may: bool) -> AnyView {
    let tables = view! {
        {differing(l, view, ticked, may)}
        <section class="panel" id="by-hand">
            <h2>{t!(l, reconcile.by_hand_title)}</h2>
            <p>{if may { t!(l, reconcile.by_hand_text) } else { t!(l, reconcile.by_hand_reader) }}</p>
            <div class="reconcile-sides">
                {bank_side(l, view, ticked, may)}
                {book_side(l, view, ticked, may)}
            </div>
            {may.then(|| buttons(l, ticked))}
        </section>
    };
    if !may {
        return tables.into_any();
    }
    view! {
        <form method="post" action=api::TakeStep::PATH class="reconcile-form">
            {hidden(view, "")}
            {tables}
        </form>
    }
    .into_any()
}

fn buttons(l: Locale, ticked: &Ticked) -> AnyView {
    view! {
        <div class="reconcile-acts" data-noprint="">
            <Submit weight=Weight::Primary name="form[act]" value="link">
                {t!(l, reconcile.link)}
            </Submit>
            <label for="text">{t!(l, reconcile.explanation)}</label>
            <input
                class="input reconcile-text"
                id="text"
                name="form[text]"
                value=ticked.text.clone()
                maxlength="500"
                autocomplete="off"
            />
            <Submit name="form[act]" value="explain">
                {t!(l, reconcile.explain)}
            </Submit>
        </div>
    }
    .into_any()
}

fn differing(l: Locale, view: &ReconciliationView, ticked: &Ticked, may: bool) -> Option<AnyView> {
    if view.differing.is_empty() {
        return None;
    }
    let rows = view
        .differing
        .iter()
        .map(|pair| {
            let difference = Delta::from_fen(pair.line.amount.fen() - pair.item.amount.fen());
            view! {
                <tr>
                    {may.then(|| view! { <td data-noprint="">{tick_line(l, &pair.line, ticked)}</td> })}
                    {bank_cells(l, &pair.line)}
                    {book_cells(l, &pair.item)}
                    {yuan_cell(difference)}
                </tr>
            }
        })
        .collect_view();
    let section = view! {
        <section class="panel" id="differing">
            <h2>{t!(l, reconcile.differing)}</h2>
            <p>{t!(l, reconcile.differing_text)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, reconcile.differing)>
                <table class="table reconcile-table">
                    <thead>{pair_head(l, may, true)}</thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {left_out(l, view.differing.len(), view.tallies.differing)}
        </section>
    };
    Some(section.into_any())
}

fn tick_line(l: Locale, line: &BankLineView, ticked: &Ticked) -> AnyView {
    let key = line_key(line.number);
    let label = t!(l, reconcile.tick_line, cell = line.cell.clone());
    let checked = ticked.lines.contains(&key);
    tick(format!("form[lines][{key}]"), "1".to_owned(), label, checked)
}

fn tick_entry(l: Locale, item: &BookItemView, ticked: &Ticked) -> AnyView {
    let key = entry_key(item.entry);
    let label = t!(l, reconcile.tick_entry, seq = item.seq);
    let checked = ticked.entries.contains(&key);
    tick(format!("form[entries][{key}]"), "1".to_owned(), label, checked)
}

fn bank_side(l: Locale, view: &ReconciliationView, ticked: &Ticked, may: bool) -> AnyView {
    let row = |line: &BankLineView| (may.then(|| tick_line(l, line, ticked)), bank_cells(l, line));
    let words = (t!(l, reconcile.bank_only), t!(l, reconcile.no_bank_only));
    let rows = view.bank_only.iter().map(row).collect();
    side(l, words, bank_head(l), rows, view.tallies.bank_only.count, may)
}

fn book_side(l: Locale, view: &ReconciliationView, ticked: &Ticked, may: bool) -> AnyView {
    let row = |item: &BookItemView| (may.then(|| tick_entry(l, item, ticked)), book_cells(l, item));
    let words = (t!(l, reconcile.book_only), t!(l, reconcile.no_book_only));
    let rows = view.book_only.iter().map(row).collect();
    side(l, words, book_head(l), rows, view.tallies.book_only.count, may)
}

/// One side with its title, or what is said when nothing is left on it. A row is its tick, where there is one, and its
/// cells.
fn side(
    l: Locale,
    (title, none): (&'static str, &'static str),
    head: AnyView,
    rows: Vec<(Option<AnyView>, AnyView)>,
    count: u32,
    may: bool,
) -> AnyView {
    if rows.is_empty() {
        return view! {
            <div>
                <h3>{title}</h3>
                <p class="notice notice-ok">{none}</p>
            </div>
        }
        .into_any();
    }
    let shown = left_out(l, rows.len(), count);
    let row = |(tick, cells): (Option<AnyView>, AnyView)| {
        view! {
            <tr>
                {tick.map(|tick| view! { <td data-noprint="">{tick}</td> })}
                {cells}
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <div>
            <h3>{title}</h3>
            <div class="table-scroll" tabindex="0" role="region" aria-label=title>
                <table class="table reconcile-table">
                    <thead>
                        <tr>
                            {may.then(|| view! { <th scope="col" data-noprint="">{t!(l, reconcile.tick)}</th> })}
                            {head}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {shown}
        </div>
    }
    .into_any()
}
