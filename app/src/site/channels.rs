//! Where the employed of a community work: three bars in one drawing, and the same as a table.

use domain::site::SiteFacts;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

/// Width of the whole bar in the drawing's own units.
const WIDTH: u64 = 600;

#[component]
pub fn Channels(facts: SiteFacts) -> impl IntoView {
    let l = locale();
    let parts = [
        (t!(l, site.out_of_province), facts.employed_out_of_province, "site-bar site-bar-1"),
        (t!(l, site.in_province), facts.employed_in_province, "site-bar site-bar-2"),
        (t!(l, site.in_county), facts.employed_in_county, "site-bar site-bar-3"),
    ];
    let sum: u64 = parts.iter().filter_map(|(_, count, _)| count.map(u64::from)).sum();
    if sum == 0 {
        return view! { <p>{t!(l, site.channels_unknown)}</p> }.into_any();
    }
    let mut from = 0_u64;
    let bars = parts
        .map(|(_, count, class)| {
            let count = u64::from(count.unwrap_or_default());
            let (left, right) = (from * WIDTH / sum, (from + count) * WIDTH / sum);
            from += count;
            // A gap of the ground keeps neighbours apart where their colours do not.
            let width = (right - left).saturating_sub(2);
            (width > 0).then(|| {
                view! { <rect class=class x=left.to_string() y="0" width=width.to_string() height="28" /> }
            })
        })
        .collect_view();
    let rows = parts.map(|(word, count, class)| row(l, word, count, class, sum)).collect_view();
    view! {
        <svg
            class="site-channels"
            viewBox=format!("0 0 {WIDTH} 28")
            role="img"
            aria-label=t!(l, site.channels_label)
            preserveAspectRatio="none"
        >
            {bars}
        </svg>
        <table class="table site-channel-table">
            <thead>
                <tr>
                    <th scope="col">{t!(l, site.channel)}</th>
                    <th scope="col" class="number">{t!(l, site.channel_people)}</th>
                    <th scope="col" class="number">{t!(l, site.channel_share)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(
    l: Locale,
    word: &'static str,
    count: Option<u32>,
    class: &'static str,
    sum: u64,
) -> impl IntoView + use<> {
    let share = count.and_then(|count| domain::site::employment_rate(count.into(), sum));
    let unknown = || t!(l, common.unknown).to_owned();
    view! {
        <tr>
            <th scope="row">
                <svg class="site-mark" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                    <rect class=class width="12" height="12" />
                </svg>
                {word}
            </th>
            <td class="number">{count.map_or_else(unknown, |count| format::integer(count.into()))}</td>
            <td class="number">{share.map_or_else(unknown, format::percent)}</td>
        </tr>
    }
}
