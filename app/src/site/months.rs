//! Work at a community month by month, by the returns that count: labour and employed over one scale, households without a
//! job over another, each with its table.

use super::text::{employment, maybe};
use crate::parts::charts::axis::Unit;
use crate::parts::charts::curve::{Curve, Series};
use crate::parts::empty::Empty;
use contract::site::standing::SiteMonth;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn Months(months: Vec<SiteMonth>) -> impl IntoView {
    let l = locale();
    let Some(last) = months.last() else {
        return view! { <Empty reason=t!(l, site.months_none) /> }.into_any();
    };
    let (work, homes) = (sentence(l, &months, last), zero_sentence(l, &months, last));
    let ticks: Vec<String> = months.iter().map(|month| month.month.to_string()).collect();
    let now = Some(months.len() - 1);
    let series = |label: &str, figure: fn(&SiteMonth) -> Option<u32>| Series {
        label: label.to_owned(),
        points: months.iter().map(|month| figure(month).map(i64::from)).collect(),
        texts: Vec::new(),
        is_plan: false,
    };
    let people = vec![
        series(t!(l, site.employed), |month| month.employed),
        series(t!(l, site.labour), |month| month.labour),
    ];
    let zero = vec![series(t!(l, site.zero_short), |month| month.zero_employment_households)];
    view! {
        <Curve id="site-work" sentence=work ticks=ticks.clone() series=people now=now unit=Unit::Count />
        <Curve id="site-zero" sentence=homes ticks=ticks series=zero now=now unit=Unit::Count />
    }
    .into_any()
}

/// Where work stands in the last month, and by how many it changed since the month of the return before.
fn sentence(l: Locale, months: &[SiteMonth], last: &SiteMonth) -> String {
    let rate = last
        .employed
        .zip(last.labour)
        .and_then(|(employed, labour)| domain::site::employment_rate(employed.into(), labour.into()));
    let (month, employed) = (last.month.to_string(), maybe(l, last.employed));
    let now = t!(l, site.months_said, month = month, employed = employed, rate = employment(l, rate));
    now + &since(l, months, |month| month.employed)
}

fn zero_sentence(l: Locale, months: &[SiteMonth], last: &SiteMonth) -> String {
    let zero = maybe(l, last.zero_employment_households);
    let now = t!(l, site.zero_said, month = last.month.to_string(), zero = zero);
    now + &since(l, months, |month| month.zero_employment_households)
}

fn since(l: Locale, months: &[SiteMonth], figure: fn(&SiteMonth) -> Option<u32>) -> String {
    let [.., before, last] = months else { return String::new() };
    let Some((then, now)) = figure(before).zip(figure(last)) else { return String::new() };
    let month = before.month.to_string();
    let by = format::integer(i64::from(then.abs_diff(now)));
    match now.cmp(&then) {
        std::cmp::Ordering::Greater => t!(l, site.since_more, month = month, by = by),
        std::cmp::Ordering::Less => t!(l, site.since_less, month = month, by = by),
        std::cmp::Ordering::Equal => t!(l, site.since_same, month = month),
    }
}
