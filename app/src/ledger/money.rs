//! 资金 of a project's page: source × budget year × stage from the ledger, what it is composed of, and payments
//! beside the plan. Every figure leads to its entries.

use super::address::{PATH, Place};
use super::text::{exact, is_below, wan};
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::charts::axis::Unit;
use crate::parts::charts::bar100::{Bar100, Share, per_mille};
use crate::parts::charts::curve::{Curve, Series};
use contract::ledger::standing::{CurvePoint, MoneyLine, MoneyView};
use domain::ledger::Stage;
use domain::money::Delta;
use domain::source::Source;
use leptos::prelude::*;
use std::collections::BTreeMap;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn Money(project: String) -> impl IntoView {
    let page = ask(move || project.clone(), super::api::project_money);
    answered_within(page, |view| shown(locale(), &view))
}

fn shown(l: Locale, view: &MoneyView) -> AnyView {
    let composition = composition(l, view);
    let table = if view.lines.is_empty() {
        view! { <p class="field-hint">{t!(l, ledger.no_money)}</p> }.into_any()
    } else {
        table(l, view)
    };
    view! {
        <section class="panel project-money" id="money">
            <h2>{t!(l, ledger.money_title)}</h2>
            {table}
            {composition}
            {(!view.curve.is_empty()).then(|| curve(l, &view.curve))}
        </section>
    }
    .into_any()
}

fn table(l: Locale, view: &MoneyView) -> AnyView {
    let heads = Stage::ALL
        .map(|stage| view! { <th scope="col" class="number">{name::fund_stage(l, stage)}</th> })
        .collect_view();
    let to = |line: Option<&MoneyLine>| {
        let mut place = Place::default();
        place.form.project = view.project.to_string();
        if let Some(line) = line {
            line.source.code().clone_into(&mut place.form.source);
            place.form.year = line.year.to_string();
        }
        place.at(PATH)
    };
    let cell = |amount: Delta, href: String| {
        view! {
            <td class="number" class:negative=is_below(amount)>
                <a href=href title=exact(l, amount)>
                    {wan(amount)}
                </a>
            </td>
        }
    };
    let total = |stage: Stage| Delta::from_fen(view.lines.iter().map(|line| line.net.get(stage).fen()).sum());
    let rows = view
        .lines
        .iter()
        .map(|line| {
            let cells = Stage::ALL.map(|stage| cell(*line.net.get(stage), to(Some(line)))).collect_view();
            view! {
                <tr>
                    <td>{name::source(l, line.source)}</td>
                    <td class="date">{line.year.to_string()}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="unit-note">{t!(l, ledger.unit)}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, ledger.money_title)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, ledger.source)}</th>
                        <th scope="col" class="date">{t!(l, ledger.year)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    <tr class="table-total">
                        <td colspan="2">{t!(l, common.total)}</td>
                        {Stage::ALL.map(|stage| cell(total(stage), to(None))).collect_view()}
                    </tr>
                    {rows}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Which sources gave what was issued; each leads to its entries.
fn composition(l: Locale, view: &MoneyView) -> Option<AnyView> {
    let mut by_source: BTreeMap<Source, i64> = BTreeMap::new();
    for line in &view.lines {
        *by_source.entry(line.source).or_default() += line.net.get(Stage::Issued).fen();
    }
    by_source.retain(|_, fen| *fen != 0);
    let sizes: Vec<i64> = by_source.values().copied().collect();
    let (greatest, share) = by_source.keys().zip(per_mille(&sizes)).max_by_key(|(_, share)| *share)?;
    let sentence =
        t!(l, ledger.composition_said, source = name::source(l, *greatest), share = format::percent(share));
    let shares: Vec<Share> = by_source
        .into_iter()
        .map(|(source, fen)| {
            let mut place = Place::default();
            place.form.project = view.project.to_string();
            source.code().clone_into(&mut place.form.source);
            Share {
                label: name::source(l, source).to_owned(),
                value: fen,
                text: format::signed_money(l, Delta::from_fen(fen)),
                href: Some(place.at(PATH)),
            }
        })
        .collect();
    let heads =
        [t!(l, ledger.source), name::fund_stage(l, Stage::Issued), t!(l, ledger.share)].map(str::to_owned);
    Some(
        view! {
            <h3>{t!(l, ledger.composition)}</h3>
            <Bar100 id="money-composition" sentence=sentence shares=shares heads=heads />
        }
        .into_any(),
    )
}

/// What was planned and paid by now, or planned at all while nothing is paid yet.
fn curve_sentence(l: Locale, points: &[CurvePoint], now: Option<usize>) -> String {
    let Some(point) = now.and_then(|now| points.get(now)).or(points.last()) else { return String::new() };
    let (month, planned) = (point.month.to_string(), format::money(l, point.planned));
    match point.paid {
        Some(paid) => {
            let paid = format::signed_money(l, paid);
            t!(l, ledger.curve_said, month = month, planned = planned, paid = paid)
        }
        None => t!(l, ledger.curve_said_planned, month = month, planned = planned),
    }
}

fn curve(l: Locale, points: &[CurvePoint]) -> AnyView {
    let now = points.iter().rposition(|point| point.paid.is_some());
    let series = |label: &str, amounts: Vec<Option<Delta>>, is_plan: bool| Series {
        label: label.to_owned(),
        points: amounts.iter().map(|amount| amount.map(Delta::fen)).collect(),
        texts: amounts
            .iter()
            .map(|amount| amount.map_or_else(String::new, |amount| format::signed_money(l, amount)))
            .collect(),
        is_plan,
    };
    let planned = points.iter().map(|point| Some(Delta::from(point.planned))).collect();
    let paid = points.iter().map(|point| point.paid).collect();
    view! {
        <h3>{t!(l, ledger.curve)}</h3>
        <Curve
            id="money-curve"
            sentence=curve_sentence(l, points, now)
            ticks=points.iter().map(|point| point.month.to_string()).collect()
            series=vec![
                series(t!(l, ledger.curve_planned), planned, true),
                series(t!(l, ledger.curve_paid), paid, false),
            ]
            now=now
            unit=Unit::Fen
        />
        <p class="field-hint">{t!(l, ledger.curve_note)}</p>
    }
    .into_any()
}
