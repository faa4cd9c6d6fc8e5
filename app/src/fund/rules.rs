//! Rules of a source as words: what each asks, whether it holds, what it rests on. Judges nothing.

use crate::parts::drawing::{DISC, RING};
use crate::parts::status::Chip;
use contract::fund::{ClauseLine, SourceLine};
use domain::fund::Clause;
use domain::mark::Mark;
use leptos::prelude::*;
use words::{Locale, explain, format, name, t};

/// Rules of a source, folded to their number.
pub fn folded(l: Locale, row: &SourceLine) -> AnyView {
    if row.clauses.is_empty() {
        return view! { <span class="fund-faint">{t!(l, fund.rules_none)}</span> }.into_any();
    }
    let holds = row.clauses.iter().filter(|line| line.holds).count();
    let lines = row.clauses.iter().map(|line| clause_line(l, line)).collect_view();
    view! {
        <details class="fund-rules">
            <summary>{t!(l, fund.rules_of, count = row.clauses.len(), holds = holds)}</summary>
            <ul>{lines}</ul>
        </details>
    }
    .into_any()
}

fn clause_line(l: Locale, line: &ClauseLine) -> impl IntoView + use<> {
    let (tone, drawing) = if line.holds { ("ok", DISC) } else { ("neutral", RING) };
    let about = where_and_when(l, line);
    view! {
        <li class:fund-idle=!line.holds>
            <Chip tone=tone drawing=drawing word=force(l, line) />
            " "
            {explain::fund_rule(l, &line.clause.rule)}
            {(!about.is_empty()).then(|| view! { <span class="fund-faint">" · "{about.join(" · ")}</span> })}
            {basis(l, &line.clause)}
        </li>
    }
}

/// Whether a rule holds here today.
fn force(l: Locale, line: &ClauseLine) -> &'static str {
    if line.holds { t!(l, fund.in_force) } else { t!(l, fund.not_in_force) }
}

/// When a rule holds, and where alone, as far as that is said.
fn where_and_when(l: Locale, line: &ClauseLine) -> Vec<String> {
    let place = line.area_name.clone().map(|area| t!(l, fund.only_in, area = area));
    span(l, line.clause.from, line.clause.to).into_iter().chain(place).collect()
}

/// A rule as one line of a file: whether it holds, what it asks, when and where, what it rests on.
pub fn said(l: Locale, line: &ClauseLine) -> String {
    let asks = [force(l, line).to_owned(), explain::fund_rule(l, &line.clause.rule)];
    let parts: Vec<String> = asks.into_iter().chain(where_and_when(l, line)).collect();
    let basis = &line.clause.basis;
    let basis = format!("{} {}", name::mark(l, basis.mark), basis.text);
    t!(l, fund.with_basis, breach = parts.join(" · "), basis = basis)
}

/// Rules as a plain list, for the page of a notice.
pub fn listed(l: Locale, clauses: &[Clause]) -> AnyView {
    if clauses.is_empty() {
        return view! { <p class="fund-faint">{t!(l, fund.rules_none)}</p> }.into_any();
    }
    let lines = clauses
        .iter()
        .map(|clause| {
            view! { <li>{explain::fund_rule(l, &clause.rule)} {basis(l, clause)}</li> }
        })
        .collect_view();
    view! { <ul class="fund-clauses">{lines}</ul> }.into_any()
}

/// Mark and words of what a rule rests on.
fn basis(l: Locale, clause: &Clause) -> impl IntoView + use<> {
    view! {
        <span class="fund-basis">
            {marked(l, clause.basis.mark)} " " {clause.basis.text.clone()}
        </span>
    }
}

/// The mark with its word, so that practice is not taken for law.
pub fn marked(l: Locale, mark: Mark) -> impl IntoView + use<> {
    view! {
        <span class="fund-mark" data-mark=mark.code()>
            {name::mark(l, mark)}
        </span>
    }
}

/// From and until, as far as they are set.
pub fn span(l: Locale, from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>) -> Option<String> {
    let from = from.map(|from| t!(l, fund.life_from, from = format::date(from)));
    let to = to.map(|to| t!(l, fund.life_to, to = format::date(to)));
    let parts: Vec<String> = from.into_iter().chain(to).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
