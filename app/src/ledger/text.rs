//! Figures and words of the ledger as its screens show them. Knows no door.

use crate::parts::drawing::{BACK, DISC, TICK};
use contract::ledger::EntryLine;
use contract::ledger::asked::Asked;
use contract::ledger::batch::{BatchKind, BatchState};
use domain::ledger::{Column, Kind, Movement, State};
use domain::money::{Delta, Unit};
use domain::project::Category;
use domain::source::Source;
use leptos::prelude::*;
use words::{Locale, format, name, t};

/// 万元, two decimals.
pub fn wan(amount: Delta) -> String {
    format::delta(amount, Unit::Wan)
}

/// All digits, for the hint over a rounded amount.
pub fn exact(l: Locale, amount: Delta) -> String {
    t!(l, ledger.exact, amount = format::delta(amount, Unit::Yuan))
}

/// Below zero, which is shown as such.
pub fn is_below(amount: Delta) -> bool {
    amount.fen() < 0
}

/// Capital numerals. Those of a reversal say that it is one: cheques know no minus.
pub fn capitals(l: Locale, amount: Delta) -> String {
    let size = amount.magnitude().capital();
    if is_below(amount) { t!(l, ledger.capital_minus, amount = size) } else { size }
}

/// A cell with an amount in 万元.
pub fn amount_cell(l: Locale, amount: Delta) -> impl IntoView + use<> {
    view! {
        <td class="number" class:negative=is_below(amount) title=exact(l, amount)>
            {wan(amount)}
        </td>
    }
}

/// What an entry does, with the stage where it needs one.
pub fn movement(l: Locale, movement: Movement) -> String {
    let word = name::fund_kind(l, movement.kind());
    let stage = |stage| name::fund_stage(l, stage);
    match movement {
        Movement::Issue | Movement::Receive | Movement::Disburse | Movement::Pay => word.to_owned(),
        Movement::Recover { from } => t!(l, ledger.recovered_from, stage = stage(from)),
        Movement::TransferOut { at, .. } => t!(l, ledger.moved_out, stage = stage(at)),
        Movement::TransferIn { at, .. } => t!(l, ledger.moved_in, stage = stage(at)),
    }
}

/// A filter as the head of a file or a paper names it: whose money, which part of it, of which moment.
pub fn about(l: Locale, asked: &Asked) -> Vec<String> {
    let Asked { area_name, own, given, project, document, file_name, .. } = asked.clone();
    let area = if own { t!(l, ledger.own_level, name = area_name) } else { area_name };
    let parts = [
        Some(t!(l, export.reporter, name = area)),
        given.map(|name| t!(l, ledger.about_given, name = name)),
        project.map(|name| t!(l, ledger.about_project, name = name)),
        asked.source.map(|source| name::source(l, source).to_owned()),
        asked.year.map(|year| t!(l, fund.of_year, year = year.to_string())),
        asked.month.map(|month| t!(l, ledger.about_month, month = month.to_string())),
        asked.kind.map(|kind| name::fund_kind(l, kind).to_owned()),
        document.map(|document| t!(l, ledger.about_document, document = document)),
        file_name.map(|name| t!(l, ledger.about_file, name = name)),
        Some(t!(l, ledger.about_day, day = format::date(asked.as_of))),
        Some(t!(l, ledger.about_known, known = asked.known_at)),
    ];
    parts.into_iter().flatten().collect()
}

/// What a reversal of an entry is called, and what it would move.
pub fn reversal(l: Locale, original: &EntryLine) -> (String, Delta) {
    let word = t!(l, ledger.reversal_of, kind = movement(l, original.movement));
    (word, Delta::from_fen(-original.effect.fen()))
}

/// Tone, drawing and word of a request's state.
pub fn state(l: Locale, state: &State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Draft => ("neutral", DISC, t!(l, ledger.state_draft)),
        State::Submitted => ("warn", DISC, t!(l, ledger.state_submitted)),
        State::Approved { .. } => ("ok", TICK, t!(l, ledger.state_approved)),
        State::Returned { .. } => ("err", BACK, t!(l, ledger.state_returned)),
    }
}

/// Tone, drawing and word of a batch's state.
pub fn batch_state(l: Locale, state: BatchState) -> (&'static str, &'static str, &'static str) {
    match state {
        BatchState::Staged => ("warn", DISC, t!(l, ledger.state_submitted)),
        BatchState::Approved => ("ok", TICK, t!(l, ledger.state_approved)),
        BatchState::Returned => ("err", BACK, t!(l, ledger.state_returned)),
        BatchState::Undone => ("purple", BACK, t!(l, ledger.state_undone)),
    }
}

pub fn batch_kind(l: Locale, kind: BatchKind) -> &'static str {
    match kind {
        BatchKind::Import => t!(l, ledger.batch_import),
        BatchKind::Undo => t!(l, ledger.batch_undo),
    }
}

/// Kinds that are entered by hand; 下达 comes with its document.
pub const BY_HAND: [Kind; 5] = [Kind::Receive, Kind::Disburse, Kind::Pay, Kind::Recover, Kind::Transfer];

/// Code and word of kinds, for a choice.
pub fn kinds(l: Locale, kinds: &[Kind]) -> Vec<(String, String)> {
    kinds.iter().map(|kind| (kind.code().to_owned(), name::fund_kind(l, *kind).to_owned())).collect()
}

/// Code and word of funding sources, for a choice.
pub fn sources(l: Locale) -> Vec<(String, String)> {
    Source::ALL.iter().map(|source| (source.code().to_owned(), name::source(l, *source).to_owned())).collect()
}

pub fn categories(l: Locale) -> Vec<(String, String)> {
    Category::ALL.map(|item| (item.code().to_owned(), name::category(l, item).to_owned())).to_vec()
}

/// The heading of a column of a book.
pub fn column(l: Locale, column: Column) -> &'static str {
    match column {
        Column::Serial => t!(l, ledger.column_serial),
        Column::Document => t!(l, ledger.document),
        Column::Voucher => t!(l, ledger.voucher),
        Column::Date => t!(l, ledger.date),
        Column::Kind => t!(l, ledger.kind),
        Column::Source => t!(l, ledger.source),
        Column::Year => t!(l, ledger.year),
        Column::Area => t!(l, common.area),
        Column::ProjectName => t!(l, ledger.project),
        Column::ProjectCode => t!(l, ledger.column_code),
        Column::Amount => t!(l, ledger.amount),
        Column::Payee => t!(l, ledger.payee),
        Column::Purpose => t!(l, ledger.purpose),
        Column::Memo => t!(l, ledger.memo),
    }
}

/// A labelled choice of a filter, everything first.
pub fn choice(
    name: &'static str,
    label: &'static str,
    every: &'static str,
    value: &str,
    choices: Vec<(String, String)>,
) -> AnyView {
    let options = std::iter::once((String::new(), every.to_owned()))
        .chain(choices)
        .map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <label>
            {label}
            <select class="input" name=name>{options}</select>
        </label>
    }
    .into_any()
}
