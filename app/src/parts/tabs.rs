//! Tabs as links: each has an address, so Back works and no script is needed.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub word: String,
    pub href: String,
    /// Shown behind the word.
    pub count: Option<String>,
    pub current: bool,
}

#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {tabs
                .into_iter()
                .map(|tab| {
                    view! {
                        <a class="tab" href=tab.href aria-current=tab.current.then_some("page")>
                            {tab.word}
                            {tab.count.map(|count| view! { <span class="tab-count">{count}</span> })}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}
