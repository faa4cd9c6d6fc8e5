//! What the rules of a source say to a split: what stops it, what it is warned of, what cannot be judged. Shows a judgement,
//! makes none.

use super::rules::marked;

use crate::parts::drawing::{CROSS, DISC, TRIANGLE};
use crate::parts::status::Chip;
use contract::fund::{ShareLine, named};
use domain::fund::{Broken, Force, Judgement, Refusal};
use leptos::prelude::*;
use words::{Locale, explain, t};

/// A judgement line by line, the gravest first; `obstacle` is why it cannot be written at all.
pub fn judged(l: Locale, judgement: &Judgement, obstacle: Option<&Refusal>, shares: &[ShareLine]) -> AnyView {
    // Broken rules are said one by one below.
    let barred = obstacle.filter(|refusal| !matches!(refusal, Refusal::RulesBroken { .. })).map(|refusal| {
        let text = explain::fund_refusal(l, refusal);
        view! { <p class="notice notice-warn fund-barred">{text}</p> }
    });
    if barred.is_none() && judgement.broken.is_empty() && judgement.unjudged.is_empty() {
        return view! { <p class="fund-fits">{t!(l, fund.judged_fits)}</p> }.into_any();
    }
    let mut broken: Vec<&Broken> = judgement.broken.iter().collect();
    broken.sort_by_key(|broken| broken.force());
    let stops = broken.iter().any(|broken| broken.force() == Force::Stop);
    let lines = broken.into_iter().map(|broken| broken_line(l, broken, shares)).collect_view();
    let missing = judgement
        .unjudged
        .iter()
        .map(|unjudged| {
            let text = explain::fund_unjudged(l, unjudged, |project| named(shares, project));
            view! {
                <li>
                    <Chip tone="neutral" drawing=DISC word=t!(l, fund.unknown_fact) />
                    " "
                    {text}
                </li>
            }
        })
        .collect_view();
    view! {
        {barred}
        <ul class="fund-judged">{lines} {missing}</ul>
        {stops.then(|| view! { <p class="fund-faint">{t!(l, fund.stops_note)}</p> })}
    }
    .into_any()
}

fn broken_line(l: Locale, broken: &Broken, shares: &[ShareLine]) -> impl IntoView + use<> {
    let (tone, drawing, word) = match broken.force() {
        Force::Stop => ("err", CROSS, t!(l, fund.stops)),
        Force::Warn => ("warn", TRIANGLE, t!(l, fund.warns)),
    };
    let text = explain::fund_breach(l, &broken.breach, |project| named(shares, project));
    view! {
        <li>
            <Chip tone=tone drawing=drawing word=word />
            " "
            {text}
            <span class="fund-basis">{marked(l, broken.basis.mark)} " " {broken.basis.text.clone()}</span>
        </li>
    }
}
