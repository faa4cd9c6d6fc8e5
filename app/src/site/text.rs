//! Figures of communities as texts, the same on screens, on paper and in workbooks.

use contract::site::standing::{Medians, SiteStanding};
use domain::money::Money;
use domain::site::standing::Served;
use leptos::prelude::*;
use words::{Locale, format, t};

/// Stands beside a figure that is to be looked at.
const SIGN: &str = "▲";

pub fn whole(value: u64) -> String {
    format::integer(i64::try_from(value).unwrap_or(i64::MAX))
}

pub fn maybe(l: Locale, value: Option<u32>) -> String {
    value.map_or_else(|| t!(l, common.unknown).to_owned(), |value| whole(value.into()))
}

/// A rate of employment.
pub fn employment(l: Locale, per_mille: Option<i64>) -> String {
    per_mille.map_or_else(|| t!(l, common.unknown).to_owned(), format::percent)
}

/// Project money per head in 万元.
pub fn per_head(l: Locale, money: Option<Money>) -> String {
    money.map_or_else(|| t!(l, common.unknown).to_owned(), format::wan)
}

/// People at work for each 万元, from hundredths.
pub fn jobs_per_wan(l: Locale, hundredths: Option<u64>) -> String {
    let text = |found: u64| format!("{}.{:02}", whole(found / 100), found % 100);
    hundredths.map_or_else(|| t!(l, common.unknown).to_owned(), text)
}

/// A sign that stands beside a figure, with its words for whoever does not see it.
pub fn below(words: &'static str) -> AnyView {
    view! {
        <span class="site-below" title=words>
            <span aria-hidden="true">{SIGN}</span>
            <span class="hidden">{words}</span>
        </span>
    }
    .into_any()
}

/// What the middle of all communities is.
pub fn medians(l: Locale, medians: &Medians) -> String {
    t!(l, site.medians, sites = whole(medians.sites), money = per_head(l, medians.per_head))
}

/// A figure held against the median: both, and which is less.
pub fn against_median(l: Locale, standing: &SiteStanding, medians: &Medians) -> [String; 2] {
    let said = |own: String, middle: String, is_below: bool| {
        if is_below {
            t!(l, site.against_below, own = own, middle = middle)
        } else {
            t!(l, site.against, own = own, middle = middle)
        }
    };
    [
        said(per_head(l, standing.per_head), per_head(l, medians.per_head), standing.is_below_median),
        said(
            jobs_per_wan(l, standing.jobs_per_wan),
            jobs_per_wan(l, medians.jobs_per_wan),
            standing.are_jobs_below_median,
        ),
    ]
}

/// Why a community stands where it does in the order of need.
pub fn place(l: Locale, standing: &SiteStanding, medians: &Medians) -> String {
    let places = standing.places;
    t!(
        l,
        site.place_of,
        place = places.place,
        sites = whole(medians.sites),
        work = places.without_work,
        zero = places.zero_employment,
        money = places.money,
        sum = places.sum
    )
}

/// Gross, overlap and net of the people served.
pub fn served(l: Locale, served: Option<Served>) -> String {
    let Some(served) = served else { return t!(l, common.unknown).to_owned() };
    let span = |(least, most): (u64, u64)| {
        if least == most { whole(least) } else { format!("{}–{}", whole(least), whole(most)) }
    };
    t!(
        l,
        site.served_said,
        gross = whole(served.gross),
        overlap = span(served.overlap()),
        net = span(served.net)
    )
}
