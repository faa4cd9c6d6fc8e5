//! 资金倒挂: pairs of project and source where a later stage exceeds the one before, each with its arithmetic. Doubts, not
//! verdicts.

use super::address::{EXPORT_INVERTED, INVERTED, PATH, Place};
use super::api;
use super::filter::Filter;
use super::filtered::filtered;
use super::text::{amount_cell, exact, wan};
use crate::parts::empty::Empty;
use crate::parts::take_out::TakeOut;
use contract::ledger::{InvertedPair, InvertedView};
use domain::ledger::{Breach, Stage};
use domain::money::Delta;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn InvertedPage() -> impl IntoView {
    filtered(INVERTED, false, api::inverted, shown)
}

fn shown(place: Place, meant: Place, view: InvertedView) -> AnyView {
    view! {
        <Filter path=INVERTED place=place months=None />
        <p class="toolbar ledger-out" data-noprint="">
            <TakeOut href=meant.on("").at(EXPORT_INVERTED) />
        </p>
        {rows(locale(), view)}
    }
    .into_any()
}

fn rows(l: Locale, view: InvertedView) -> AnyView {
    if view.pairs.is_empty() {
        return view! { <Empty reason=t!(l, ledger.no_pairs) /> }.into_any();
    }
    let count = t!(l, ledger.pairs, count = view.pairs.len());
    let stages = Stage::ALL
        .map(|stage| view! { <th scope="col" class="number">{name::fund_stage(l, stage)}</th> })
        .collect_view();
    let lines = view.pairs.into_iter().map(|pair| line(l, pair)).collect_view();
    view! {
        <p class="notice notice-warn ledger-pairs" role="status">
            <strong>{count}</strong>
            " "
            {t!(l, ledger.pairs_text)}
        </p>
        <p class="unit-note">{t!(l, ledger.unit)}</p>
        <div class="table-scroll ledger-table" tabindex="0" role="region" aria-label=t!(l, ledger.tab_inverted)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, ledger.project)}</th>
                        <th scope="col">{t!(l, ledger.source)}</th>
                        {stages}
                        <th scope="col">{t!(l, ledger.arithmetic)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(l: Locale, pair: InvertedPair) -> impl IntoView {
    let InvertedPair { project, source, totals, breaches } = pair;
    let mut to = Place { find: project.name.clone(), ..Place::default() };
    to.form.project = project.project.to_string();
    to.form.source = source.code().to_owned();
    let net = Stage::ALL.map(|stage| amount_cell(l, totals.net(stage))).collect_view();
    let sums = breaches.iter().map(|breach| sum(l, breach)).collect_view();
    view! {
        <tr class="ledger-broken ledger-pair">
            <td class="ledger-project">
                <a href=to.at(PATH)>{project.name}</a>
                <span class="ledger-faint">{project.area_name}</span>
            </td>
            <td class="ledger-source">{name::source(l, source)}</td>
            {net}
            <td>{sums}</td>
        </tr>
    }
}

/// 支付 120.00 − 拨付 100.00 = 20.00
pub fn excess(l: Locale, breach: &Breach) -> String {
    t!(
        l,
        ledger.excess,
        later = name::fund_stage(l, breach.later),
        reached = wan(Delta::from(breach.reached)),
        earlier = name::fund_stage(l, breach.earlier),
        limit = wan(Delta::from(breach.limit)),
        over = wan(Delta::from(breach.over))
    )
}

fn sum(l: Locale, breach: &Breach) -> impl IntoView + use<> {
    view! {
        <p class="ledger-sum" title=exact(l, Delta::from(breach.over))>
            {excess(l, breach)}
        </p>
    }
}
