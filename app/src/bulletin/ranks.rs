//! What each place is measured by, beside its rank: every rate, how far it is before or behind time, why one is missing.

use contract::bulletin::BulletinView;
use domain::bulletin::edition::Edition;
use domain::bulletin::place::Place;
use domain::bulletin::rank::Ranked;
use domain::bulletin::rate::{Indicator, Rate, percent};
use domain::bulletin::small::People;
use domain::statement::fraction::Fraction;
use leptos::prelude::*;
use words::{Locale, format, name, t};

pub fn section(l: Locale, view: &BulletinView) -> AnyView {
    let elapsed = view.head.period.elapsed();
    let heads = Indicator::ALL
        .map(|indicator| {
            let weight = view.weights.of(indicator);
            view! {
                <th scope="col" class="number">
                    {name::indicator(l, indicator)}
                    <span class="bulletin-faint">{t!(l, bulletin.weight_of, weight = weight)}</span>
                </th>
            }
        })
        .collect_view();
    let whole = row(l, None, &view.whole, elapsed);
    let rows = view
        .ranking
        .iter()
        .filter_map(|ranked| {
            let place = view.places.iter().find(|place| place.area == ranked.area)?;
            Some(row(l, Some(ranked), place, elapsed))
        })
        .collect_view();
    let held = (view.edition == Edition::Third).then(|| t!(l, bulletin.present_text));
    view! {
        <section class="panel" data-noprint="">
            <h2>{t!(l, bulletin.ranking)}</h2>
            <p class="bulletin-lead">{t!(l, bulletin.ranking_text)} " " {held}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, bulletin.ranking)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, bulletin.rank)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col" class="number">{t!(l, bulletin.score)}</th>
                            {heads}
                            <th scope="col" class="number">{t!(l, bulletin.present)}</th>
                            <th scope="col" class="number">{t!(l, bulletin.overdue)}</th>
                        </tr>
                    </thead>
                    <tbody>{whole} {rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(l: Locale, ranked: Option<&Ranked>, place: &Place, elapsed: Fraction) -> AnyView {
    let rank = ranked.and_then(|ranked| ranked.rank).map(|rank| rank.to_string());
    let score = ranked
        .and_then(|ranked| ranked.score)
        .and_then(|score| score.checked_mul(Fraction::whole(100))?.rounded(2));
    let shown = if ranked.is_some() { place.name.clone() } else { t!(l, common.total).to_owned() };
    let cells = Indicator::ALL
        .map(|indicator| {
            let rate = place.rate(indicator);
            let lead = if indicator.is_timed() { rate.lead(elapsed).and_then(percent) } else { None };
            let lead =
                lead.map(|points| view! { <span class="bulletin-faint">{against_time(l, &points)}</span> });
            view! { <td class="number">{shown_rate(l, rate)} {lead}</td> }
        })
        .collect_view();
    let unknown = || format::UNKNOWN.to_owned();
    view! {
        <tr class:table-total=ranked.is_none()>
            <td class="number">{rank.unwrap_or_else(unknown)}</td>
            <th scope="row">{shown}</th>
            <td class="number">{score.unwrap_or_else(unknown)}</td>
            {cells}
            <td class="number">{people(l, place)}</td>
            <td class="number">{format::integer(place.review.overdue)}</td>
        </tr>
    }
    .into_any()
}

/// Ahead of 时间进度 or behind it, by words and not by a sign alone.
fn against_time(l: Locale, points: &str) -> String {
    match points.strip_prefix('-') {
        Some(size) => t!(l, dashboard.slower, points = format::grouped(size)),
        None if points.chars().all(|sign| matches!(sign, '0' | '.')) => t!(l, dashboard.on_time).to_owned(),
        None => t!(l, dashboard.faster, points = format::grouped(points)),
    }
}

fn shown_rate(l: Locale, rate: Rate) -> String {
    match rate {
        Rate::Of(share) => {
            percent(share).map_or_else(|| format::UNKNOWN.to_owned(), |text| format!("{text}%"))
        }
        Rate::Nothing => t!(l, bulletin.rate_nothing).to_owned(),
        Rate::Unknown => t!(l, bulletin.rate_unknown).to_owned(),
        Rate::Few => t!(l, bulletin.few).to_owned(),
    }
}

fn people(l: Locale, place: &Place) -> String {
    match place.present {
        People::Known(count) => format::integer(count),
        People::Withheld => t!(l, bulletin.few).to_owned(),
        People::Unknown => shown_rate(l, place.rate(Indicator::Jobs)),
    }
}
