//! 口径说明: what a figure means, its formula, its time and its source, folded up beside it, with the way to what it counts.

use super::{address, text};
use contract::dashboard::{DashboardView, Key};
use leptos::prelude::*;
use words::{Locale, t};

/// The figures of a card, each explained.
pub fn explained(l: Locale, view: &DashboardView, about: &str, keys: &[Key]) -> AnyView {
    let lines = keys.iter().map(|key| line(l, view, *key)).collect_view();
    let label = t!(l, dashboard.explain_of, about = about.to_owned());
    view! {
        <details class="dashboard-explained" data-noprint="">
            <summary aria-label=label>{t!(l, dashboard.explain)}</summary>
            <dl>{lines}</dl>
        </details>
    }
    .into_any()
}

fn line(l: Locale, view: &DashboardView, key: Key) -> AnyView {
    let behind = address::behind(view, key).map(|href| {
        let word = t!(l, dashboard.behind_of, about = text::title(l, key));
        view! { <a class="dashboard-behind" href=href aria-label=word>{t!(l, dashboard.behind)}</a> }
    });
    view! {
        <dt>{text::title(l, key)} " " <strong>{text::value(l, view.value(key))}</strong></dt>
        <dd>
            <p>{text::meaning(l, key, view.funds.measure)}</p>
            <p class="dashboard-origin">{text::origin(l, key.basis(), view)}</p>
            {behind}
        </dd>
    }
    .into_any()
}
