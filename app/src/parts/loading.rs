//! A thin bar while something is on its way; what was there before stays, dimmed.

use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="loading-bar"></span>
            <span class="hidden">{t!(locale(), common.loading)}</span>
        </div>
    }
}
