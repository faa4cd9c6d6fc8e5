//! Cells and words that the tables of a reconciliation share: amounts to the fen, a line of the bank, an entry beside it, a
//! tick. Knows no door.

use crate::ledger::address;
use crate::ledger::text::is_below;
use crate::parts::drawing::{BACK, DISC, TICK};
use contract::ledger::reconcile::{BankLineView, BookItemView};
use domain::ledger::reconcile::State;
use domain::money::{Delta, Unit};
use leptos::prelude::*;
use words::explain::reconcile as explain;
use words::{Locale, format, name, t};

/// 元 with both decimals: a bank's books are compared to the fen.
pub fn yuan(amount: Delta) -> String {
    format::delta(amount, Unit::Yuan)
}

pub fn yuan_cell(amount: Delta) -> impl IntoView {
    view! {
        <td class="number" class:negative=is_below(amount)>
            {yuan(amount)}
        </td>
    }
}

/// Tone, drawing and word of how far it is.
pub fn state(l: Locale, state: State) -> (&'static str, &'static str, &'static str) {
    let (tone, drawing) = match state {
        State::Open => ("info", DISC),
        State::Submitted => ("warn", DISC),
        State::Signed => ("ok", TICK),
        State::Withdrawn => ("neutral", BACK),
    };
    (tone, drawing, explain::state(l, state))
}

/// A tick with its words, large enough to be met.
pub fn tick(name: String, value: String, label: String, checked: bool) -> AnyView {
    view! {
        <label class="reconcile-tick">
            <input type="checkbox" name=name value=value aria-label=label checked=checked />
        </label>
    }
    .into_any()
}

/// Day, way, amount, voucher, and who and what for with the explanation below.
pub fn bank_cells(l: Locale, line: &BankLineView) -> AnyView {
    let about = [line.payee.clone(), line.memo.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <td class="date">
            {format::date(line.date)}
            " "
            <span class="reconcile-cell">{line.cell.clone()}</span>
        </td>
        <td>{explain::way(l, line.direction)}</td>
        {yuan_cell(line.amount)}
        <td class="reconcile-paper">{line.voucher.clone()}</td>
        <td class="reconcile-about">{about}" "{note(l, line.note.as_ref())}</td>
    }
    .into_any()
}

/// Headings of [`bank_cells`].
pub fn bank_head(l: Locale) -> AnyView {
    view! {
        <th scope="col" class="date">{t!(l, reconcile.date)}</th>
        <th scope="col">{t!(l, reconcile.way)}</th>
        <th scope="col" class="number">{t!(l, reconcile.amount)}</th>
        <th scope="col">{t!(l, reconcile.voucher)}</th>
        <th scope="col">{t!(l, reconcile.payee)}</th>
    }
    .into_any()
}

/// Day with the place in the chain, way, amount, voucher, and project and source with the explanation below.
pub fn book_cells(l: Locale, item: &BookItemView) -> AnyView {
    let paper = item.voucher.clone().or_else(|| item.document.clone());
    view! {
        <td class="date">
            {format::date(item.date)}
            " "
            <a
                class="reconcile-cell"
                href=address::entry(item.entry)
                aria-label=t!(l, ledger.open_entry, seq = item.seq)
            >
                {format!("#{}", item.seq)}
            </a>
        </td>
        <td>{name::fund_stage(l, item.direction.stage())}</td>
        {yuan_cell(Delta::from(item.amount))}
        <td class="reconcile-paper">{paper}</td>
        <td class="reconcile-about">
            <a href=format!("/projects/{}", item.project.project)>{item.project.name.clone()}</a>
            " "
            <span class="reconcile-under">{name::source(l, item.source)}</span>
            {note(l, item.note.as_ref())}
        </td>
    }
    .into_any()
}

/// Headings of [`book_cells`].
pub fn book_head(l: Locale) -> AnyView {
    view! {
        <th scope="col" class="date">{t!(l, reconcile.date)}</th>
        <th scope="col">{t!(l, ledger.kind)}</th>
        <th scope="col" class="number">{t!(l, reconcile.amount)}</th>
        <th scope="col">{t!(l, reconcile.voucher)}</th>
        <th scope="col">{t!(l, reconcile.project)}</th>
    }
    .into_any()
}

fn note(l: Locale, note: Option<&String>) -> Option<AnyView> {
    note.map(|text| {
        view! { <span class="reconcile-note">{t!(l, reconcile.note, text = text.clone())}</span> }.into_any()
    })
}

/// How much of a list is left out.
pub fn left_out(l: Locale, shown: usize, count: u32) -> Option<AnyView> {
    let all = usize::try_from(count).unwrap_or(usize::MAX);
    (shown < all).then(|| {
        let text = t!(l, reconcile.shown_of, shown = shown, count = format::integer(i64::from(count)));
        view! { <p class="field-hint">{text}</p> }.into_any()
    })
}
