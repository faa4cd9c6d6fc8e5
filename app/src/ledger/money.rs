//! 资金 of a project's page: source × budget year × stage from the ledger, what it is composed of, and payments
//! beside the plan. Every figure leads to its entries.

use super::address::{PATH, Place};
use super::text::{exact, is_below, wan};
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::charts::bar::{Composition, Part};
use crate::parts::charts::curve::{Curve, Point};
use contract::ledger::standing::{CurvePoint, MoneyLine, MoneyView};
use domain::ledger::Stage;
use domain::money::Delta;
use domain::source::Source;
use leptos::prelude::*;
use std::collections::BTreeMap;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn Money(project: String) -> impl IntoView {
    let page = ask(move || project.clone(), super::api::project_money);
    answered_within(page, |view| shown(locale(), &view))
}

fn shown(l: Locale, view: &MoneyView) -> AnyView {
    let composition = composition(l, &view.lines);
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

/// Which sources gave what was issued.
fn composition(l: Locale, lines: &[MoneyLine]) -> Option<AnyView> {
    let mut by_source: BTreeMap<Source, i64> = BTreeMap::new();
    for line in lines {
        *by_source.entry(line.source).or_default() += line.net.get(Stage::Issued).fen();
    }
    let parts: Vec<Part> = by_source
        .into_iter()
        .filter(|(_, fen)| *fen > 0)
        .map(|(source, fen)| Part {
            word: name::source(l, source).to_owned(),
            size: fen,
            words: wan(Delta::from_fen(fen)),
        })
        .collect();
    (!parts.is_empty()).then(|| {
        view! {
            <h3>{t!(l, ledger.composition)}</h3>
            <Composition label=t!(l, ledger.composition).to_owned() parts=parts />
        }
        .into_any()
    })
}

fn curve(l: Locale, points: &[CurvePoint]) -> AnyView {
    let drawn = points
        .iter()
        .map(|point| Point {
            word: point.month.to_string(),
            planned: point.planned.fen(),
            actual: point.paid.map(Delta::fen),
        })
        .collect();
    let rows = points
        .iter()
        .map(|point| {
            let paid = point.paid.map_or_else(String::new, wan);
            view! {
                <tr>
                    <td class="date">{point.month.to_string()}</td>
                    <td class="number">{wan(Delta::from(point.planned))}</td>
                    <td class="number">{paid}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h3>{t!(l, ledger.curve)}</h3>
        <Curve
            label=t!(l, ledger.curve).to_owned()
            planned=t!(l, ledger.curve_planned).to_owned()
            actual=t!(l, ledger.curve_paid).to_owned()
            points=drawn
        />
        <details class="project-curve">
            <summary>{t!(l, ledger.curve_table)}</summary>
            <p class="unit-note">{t!(l, ledger.unit)}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="date">{t!(l, ledger.month)}</th>
                        <th scope="col" class="number">{t!(l, ledger.curve_planned)}</th>
                        <th scope="col" class="number">{t!(l, ledger.curve_paid)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
        <p class="field-hint">{t!(l, ledger.curve_note)}</p>
    }
    .into_any()
}
