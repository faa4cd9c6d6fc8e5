//! Ways to the rows before and after, as links. Pages are found by key, so there are no page numbers to jump to.

use super::icon::{Icon, Shape};
use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn Pager(
    /// What is shown, already worded; left out where it stands beside.
    #[prop(optional, into)]
    summary: Option<String>,
    /// Address of the first page, `None` on it.
    #[prop(into)]
    first: Option<String>,
    #[prop(into)] previous: Option<String>,
    #[prop(into)] next: Option<String>,
) -> impl IntoView {
    let l = locale();
    view! {
        <nav class="pager" aria-label=t!(l, common.pager)>
            {summary.map(|summary| view! { <span class="pager-summary">{summary}</span> })}
            {first.map(|href| view! { <a class="button" href=href>{t!(l, common.page_first)}</a> })}
            {previous
                .map(|href| {
                    view! {
                        <a class="button" href=href rel="prev">
                            <Icon shape=Shape::Previous />
                            {t!(l, common.page_previous)}
                        </a>
                    }
                })}
            {next
                .map(|href| {
                    view! {
                        <a class="button" href=href rel="next">
                            {t!(l, common.page_next)}
                            <Icon shape=Shape::Next />
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}
