//! Where the page lies: links upward, the last entry is the page itself.

use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// Entries from the top down as (word, address); the last is not a link.
#[component]
pub fn Breadcrumb(entries: Vec<(String, String)>) -> impl IntoView {
    let last = entries.len().saturating_sub(1);
    view! {
        <nav class="breadcrumb" aria-label=t!(locale(), common.breadcrumb)>
            <ol>
                {entries
                    .into_iter()
                    .enumerate()
                    .map(|(at, (word, href))| {
                        let inner = if at == last {
                            view! { <span aria-current="page">{word}</span> }.into_any()
                        } else {
                            view! { <a href=href>{word}</a> }.into_any()
                        };
                        view! { <li>{inner}</li> }
                    })
                    .collect_view()}
            </ol>
        </nav>
    }
    .into_any()
}
