//! The five charts, each under its sentence. A click narrows the page, the word beneath leads to what is behind.

use super::cards::Extent;
use super::{address, text};
use crate::parts::charts::axis::Unit;
use crate::parts::charts::bar100::{Bar100, Share};
use crate::parts::charts::curve::{Curve, Series};
use crate::parts::charts::dumbbell::{Dumbbell, Pair};
use crate::parts::charts::ranked::{Rank, Ranked};
use crate::parts::charts::tiles::{Tile, Tiles};
use contract::dashboard::{Basis, DashboardView, Place};
use domain::dashboard::message::posts;
use leptos::prelude::*;
use words::{Locale, format, name, t};

/// All five, in the order of the drawing.
pub fn charts(l: Locale, view: &DashboardView, extent: Extent) -> AnyView {
    let path = extent.path();
    let all = [
        (t!(l, dashboard.chart_composition), Basis::Ledger, composition(l, path, view)),
        (t!(l, dashboard.chart_curve), Basis::Ledger, curve(l, view)),
        (t!(l, dashboard.chart_ranking), Basis::Ledger, ranking(l, path, view)),
        (t!(l, dashboard.chart_tiles), Basis::Ledger, tiles(l, path, view)),
        (t!(l, dashboard.chart_jobs), Basis::Returns, jobs(l, path, view)),
    ];
    let shown = all.map(|(title, basis, chart)| {
        let behind = address::of_basis(view, basis).filter(|_| extent == Extent::Page).map(|href| {
            let word = t!(l, dashboard.behind_of, about = title);
            view! { <a class="dashboard-behind" data-noprint="" href=href aria-label=word>{t!(l, dashboard.behind)}</a> }
        });
        view! {
            <section class="dashboard-chart">
                <h2>{title}</h2>
                {chart}
                <p class="dashboard-origin">{text::origin(l, basis, view)}</p>
                {behind}
            </section>
        }
        .into_any()
    });
    view! { <div class="dashboard-charts">{shown.into_iter().collect_view()}</div> }.into_any()
}

fn composition(l: Locale, path: Option<&str>, view: &DashboardView) -> AnyView {
    let shares = view
        .composition
        .iter()
        .map(|(source, fen)| Share {
            label: name::source(l, *source).to_owned(),
            value: fen.fen(),
            text: text::amount(l, *fen),
            href: path.map(|path| address::to_source(path, view, *source)),
        })
        .collect();
    let heads = [t!(l, dashboard.head_source), t!(l, dashboard.key_issued), t!(l, dashboard.head_share)]
        .map(str::to_owned);
    view! { <Bar100 id="dashboard-composition" sentence=text::composition(l, view) shares=shares heads=heads /> }
        .into_any()
}

fn curve(l: Locale, view: &DashboardView) -> AnyView {
    let ticks = (1..=view.curve.len()).map(|month| t!(l, dashboard.month, month = month)).collect();
    let planned = Series {
        label: t!(l, dashboard.planned).to_owned(),
        points: view.curve.iter().map(|point| Some(point.planned.fen())).collect(),
        texts: view.curve.iter().map(|point| text::amount(l, point.planned.into())).collect(),
        is_plan: true,
    };
    let said = |fen: Option<domain::money::Delta>| fen.map_or_else(String::new, |fen| text::amount(l, fen));
    let done = Series {
        label: t!(l, dashboard.done).to_owned(),
        points: view.curve.iter().map(|point| point.disbursed.map(domain::money::Delta::fen)).collect(),
        texts: view.curve.iter().map(|point| said(point.disbursed)).collect(),
        is_plan: false,
    };
    let now = view.curve.iter().rposition(|point| point.disbursed.is_some());
    view! {
        <Curve
            id="dashboard-curve"
            sentence=text::curve(l, view)
            ticks=ticks
            series=vec![planned, done]
            now=now
            unit=Unit::Fen
        />
    }
    .into_any()
}

/// Where a click on a place leads: the page of that area; of the area's own level the entries.
fn way(path: Option<&str>, view: &DashboardView, place: &Place) -> Option<String> {
    let path = path?;
    if place.own {
        (path == address::PATH).then(|| address::ledger(view, view.source, Some(place.area)))
    } else {
        Some(address::to_area(path, view, place.area))
    }
}

fn ranking(l: Locale, path: Option<&str>, view: &DashboardView) -> AnyView {
    let ranks = view
        .ranked()
        .into_iter()
        .map(|place| Rank {
            label: text::place(l, place),
            per_mille: place.rate.share,
            text: text::rate(place),
            href: way(path, view, place),
            is_flagged: place.rate.gap.is_some_and(|gap| gap < 0),
        })
        .collect();
    let mark = Some((view.elapsed, t!(l, dashboard.time_mark, share = format::percent(view.elapsed))));
    let heads = [t!(l, common.area), text::measured(l, view.funds.measure)].map(str::to_owned);
    view! {
        <Ranked
            id="dashboard-ranking"
            sentence=text::ranking(l, view)
            ranks=ranks
            mark=mark
            heads=heads
        />
    }
    .into_any()
}

fn tiles(l: Locale, path: Option<&str>, view: &DashboardView) -> AnyView {
    let tiles = view
        .places
        .iter()
        .map(|place| Tile {
            label: text::place(l, place),
            short: if place.own { text::place(l, place) } else { place.short.clone() },
            value: place.rate.share,
            text: text::rate(place),
            href: way(path, view, place),
        })
        .collect();
    // Classes part at 时间进度: three below it, two from there on.
    let now = view.elapsed;
    let bounds = [now / 2, now * 3 / 4, now, now + (1000 - now) / 2];
    let heads = [t!(l, common.area), text::measured(l, view.funds.measure)].map(str::to_owned);
    view! {
        <Tiles
            id="dashboard-tiles"
            sentence=text::reached(l, view)
            tiles=tiles
            bounds=bounds
            heads=heads
        />
    }
    .into_any()
}

fn jobs(l: Locale, path: Option<&str>, view: &DashboardView) -> AnyView {
    let pairs = view
        .places
        .iter()
        .map(|place| Pair {
            label: text::place(l, place),
            estimate: Some(posts(place.estimate)),
            actual: place.present,
            estimate_text: format::integer(posts(place.estimate)),
            actual_text: place.present.map_or_else(text::unknown, format::integer),
            href: way(path, view, place),
        })
        .collect();
    let heads =
        [t!(l, common.area), t!(l, dashboard.key_estimate), t!(l, dashboard.key_present)].map(str::to_owned);
    view! { <Dumbbell id="dashboard-jobs" sentence=text::jobs(l, view) pairs=pairs heads=heads /> }.into_any()
}
