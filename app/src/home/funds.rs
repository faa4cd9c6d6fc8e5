//! Money on the workbench, at most four cards: what waits, what was paid of what was issued, doubts. Knows no door.

use super::board::card;
use crate::ledger::address::{INVERTED, PATH as LEDGER, REQUESTS};
use crate::parts::address::write;
use crate::review::address::PATH as FINDINGS;
use contract::home::{FundFigures, OwnRequests};
use domain::money::Delta;
use domain::period::FiscalYear;
use domain::permission::Role;
use leptos::prelude::*;
use words::{Locale, format, t};

/// Money comes before the lists for those whose work it is.
pub const fn leads(role: Role) -> bool {
    match role {
        Role::Treasurer | Role::Reviewer => true,
        Role::Planner | Role::Leader | Role::Administrator | Role::Auditor => false,
    }
}

pub fn section(l: Locale, year: FiscalYear, figures: FundFigures) -> AnyView {
    let waiting = figures.to_decide.map(|count| to_decide(l, count));
    let own = figures.own.map(|own| own_requests(l, own));
    view! {
        <section aria-labelledby="home-funds">
            <h2 id="home-funds">{t!(l, common.funds)}</h2>
            <ul class="cards">
                {waiting}
                {own}
                {paid(l, year, &figures)}
                {findings(l, &figures)}
                {inverted(l, &figures)}
            </ul>
        </section>
    }
    .into_any()
}

fn to_decide(l: Locale, count: u64) -> AnyView {
    card(
        REQUESTS.to_owned(),
        t!(l, ledger.tab_requests).to_owned(),
        format::count(count),
        t!(l, home.to_decide_hint).to_owned(),
    )
}

fn own_requests(l: Locale, own: OwnRequests) -> AnyView {
    card(
        REQUESTS.to_owned(),
        t!(l, home.own_requests).to_owned(),
        format::count(own.waiting + own.returned),
        t!(
            l,
            home.own_requests_hint,
            waiting = format::count(own.waiting),
            returned = format::count(own.returned)
        ),
    )
}

/// What was paid in the budget year; it leads to the entries of that year, which have the same four figures on top.
fn paid(l: Locale, year: FiscalYear, figures: &FundFigures) -> AnyView {
    let year = year.to_string();
    let entered = &figures.entered;
    let (issued, received, disbursed) =
        (money(l, entered.issued), money(l, entered.received), money(l, entered.disbursed));
    let hint = match entered.paid.per_mille(entered.issued).map(format::percent) {
        Some(share) => {
            t!(l, home.paid_hint, issued = issued, share = share, received = received, disbursed = disbursed)
        }
        None => {
            t!(l, home.paid_of_nothing, issued = issued, received = received, disbursed = disbursed)
        }
    };
    let href = write(LEDGER, &[("year", &year)]);
    card(href, t!(l, home.paid, year = year), money(l, entered.paid), hint)
}

fn findings(l: Locale, figures: &FundFigures) -> AnyView {
    card(
        FINDINGS.to_owned(),
        t!(l, common.findings).to_owned(),
        format::count(figures.findings),
        t!(l, home.findings_hint, overdue = format::count(figures.overdue)),
    )
}

fn inverted(l: Locale, figures: &FundFigures) -> AnyView {
    card(
        INVERTED.to_owned(),
        t!(l, ledger.tab_inverted).to_owned(),
        format::count(figures.inverted),
        t!(l, home.inverted_hint).to_owned(),
    )
}

/// A kept sum of what was entered at a stage, which is never below zero.
fn money(l: Locale, entered: Delta) -> String {
    format::money(l, entered.magnitude())
}
