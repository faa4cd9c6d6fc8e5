//! Nothing to show: says why, and what can be done next.

use leptos::prelude::*;

/// The reason as a sentence; children are the ways on.
#[component]
pub fn Empty(#[prop(into)] reason: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{reason}</p>
            {children.map(|children| view! { <p class="empty-ways">{children()}</p> })}
        </div>
    }
    .into_any()
}
