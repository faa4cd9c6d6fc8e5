//! The numbers of an estimate, phase by phase: low, default, high, method and formula; claims and comparisons beside.

use super::text;
use super::typing::Reckoned;
use domain::jobs::estimate::{Estimate, Line, Manual};
use domain::jobs::input::Stated;
use domain::jobs::kind::{Phase, Population};
use domain::jobs::quantity::Kind;
use domain::money::{Money, Unit};
use leptos::prelude::*;
use words::name::jobs as name;
use words::{Locale, format, t};

/// Everything that came out.
pub fn shown(l: Locale, reckoned: &Reckoned) -> AnyView {
    let estimate = &reckoned.estimate;
    let phases = Phase::ALL.iter().map(|phase| part(l, estimate, *phase)).collect_view();
    let cost = estimate.fen_per_post(&reckoned.basis).and_then(Money::from_fen);
    let cost = cost.map(|fen| {
        let amount = format::delta(fen.into(), Unit::Wan);
        view! { <p class="jobs-faint">{t!(l, jobs.cost_per_post, amount = amount)}</p> }
    });
    view! {
        <p class="jobs-headline" role="status">
            {headline(l, estimate)}
        </p>
        {cost}
        {phases}
        {stated(l, estimate.stated)}
        {benchmarks(l, estimate)}
    }
    .into_any()
}

/// Direct posts of the operation in one sentence.
fn headline(l: Locale, estimate: &Estimate) -> String {
    let Some(posts) = estimate.get(Kind::HEADLINE) else { return t!(l, jobs.headline_none).to_owned() };
    let [low, standard, high] = text::range(posts);
    let of_relocated = Kind { population: Population::Relocated, ..Kind::HEADLINE };
    match estimate.get(of_relocated) {
        Some(found) => {
            let [_, relocated, _] = text::range(found);
            t!(l, jobs.headline_relocated, standard = standard, low = low, high = high, relocated = relocated)
        }
        None => t!(l, jobs.headline, standard = standard, low = low, high = high),
    }
}

fn part(l: Locale, estimate: &Estimate, phase: Phase) -> AnyView {
    let lines = estimate.lines.iter().filter(|line| line.quantity.kind.phase == phase);
    // Net stands right under the gross number that it is left of.
    let with_net = lines.flat_map(|line| {
        let net = estimate.net.iter().find(|net| net.quantity.kind == line.quantity.kind);
        std::iter::once(line).chain(net)
    });
    let rows = with_net.map(|line| row(l, line)).collect::<Vec<_>>();
    let has_net = estimate.net.iter().any(|line| line.quantity.kind.phase == phase);
    let note = has_net.then(|| view! { <p class="jobs-faint">{t!(l, jobs.net_note)}</p> });
    let gaps = estimate
        .gaps
        .iter()
        .filter(|(of, _)| *of == phase)
        .map(|(_, gap)| view! { <p class="jobs-faint">{text::gap(l, *gap)}</p> })
        .collect_view();
    let body = if rows.is_empty() { ().into_any() } else { table(l, name::phase(l, phase), rows) };
    view! {
        <section class="panel jobs-phase">
            <h2>{name::phase(l, phase)}</h2>
            {gaps}
            {body}
            {note}
        </section>
    }
    .into_any()
}

fn table(l: Locale, label: &'static str, rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, jobs.what)}</th>
                        <th scope="col" class="number">{t!(l, jobs.low)}</th>
                        <th scope="col" class="number">{t!(l, jobs.standard)}</th>
                        <th scope="col" class="number">{t!(l, jobs.high)}</th>
                        <th scope="col">{t!(l, jobs.method)}</th>
                        <th scope="col">{t!(l, jobs.formula)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Locale, line: &Line) -> AnyView {
    let [low, standard, high] = text::range(line.quantity.range);
    let worth = if line.is_net { t!(l, jobs.net) } else { t!(l, jobs.gross) };
    let formula = (!line.formula.terms.is_empty()).then(|| text::formula(l, line));
    let manual = line.manual.as_ref();
    let mark = manual.map(|_| view! { <strong class="jobs-manual">{t!(l, jobs.manual)}</strong> });
    let was = manual.map(|manual| view! { <span class="jobs-was">{said(l, manual)}</span> });
    view! {
        <tr>
            <th scope="row" class="jobs-what">
                {text::kind(l, line.quantity.kind)} {mark}
            </th>
            <td class="number">{low}</td>
            <td class="number jobs-standard">{standard}</td>
            <td class="number">{high}</td>
            <td class="jobs-method">{name::method(l, line.method)} " · " {worth}</td>
            <td class="jobs-formula">{was} {formula}</td>
        </tr>
    }
    .into_any()
}

/// What a person's number replaced, and why.
fn said(l: Locale, manual: &Manual) -> String {
    let reason = manual.reason.clone();
    match manual.computed {
        None => t!(l, jobs.manual_alone, reason = reason),
        Some(computed) => {
            let [low, standard, high] = text::range(computed);
            t!(l, jobs.manual_was, low = low, standard = standard, high = high, reason = reason)
        }
    }
}

/// 填报, in a place of its own.
fn stated(l: Locale, stated: Stated) -> AnyView {
    let number = |count: Option<u32>| count.map(|count| format::integer(count.into()));
    let all = [
        number(stated.construction).map(|number| t!(l, jobs.stated_construction, number = number)),
        number(stated.operation).map(|number| t!(l, jobs.stated_operation, number = number)),
        number(stated.posts).map(|number| t!(l, jobs.stated_posts, number = number)),
    ];
    let said: Vec<String> = all.into_iter().flatten().collect();
    let none = said.is_empty().then(|| view! { <p>{t!(l, jobs.stated_none)}</p> });
    view! {
        <section class="panel jobs-stated">
            <h2>{t!(l, jobs.stated)}</h2>
            {none}
            <ul>{said.into_iter().map(|one| view! { <li>{one}</li> }).collect_view()}</ul>
            <p class="jobs-faint">{t!(l, jobs.stated_note)}</p>
        </section>
    }
    .into_any()
}

fn benchmarks(l: Locale, estimate: &Estimate) -> Option<AnyView> {
    if estimate.benchmarks.is_empty() {
        return None;
    }
    let rows = estimate.benchmarks.iter().map(|line| row(l, line)).collect();
    let shown = view! {
        <section class="panel jobs-phase">
            <h2>{t!(l, jobs.benchmarks)}</h2>
            {table(l, t!(l, jobs.benchmarks), rows)}
        </section>
    };
    Some(shown.into_any())
}
