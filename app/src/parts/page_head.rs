//! Title of the page, in the tab and as its first heading, with the acts on the right.

use super::unescaped::in_title;
use leptos::prelude::*;
use leptos_meta::Title;
use words::locale::locale;
use words::t;

#[component]
pub fn PageHead(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let tab = t!(locale(), common.title, page = title.clone());
    view! {
        <Title text=in_title(tab) />
        <header class="page-head">
            <h1>{title}</h1>
            {children.map(|children| view! { <div class="page-acts toolbar">{children()}</div> })}
        </header>
    }
    .into_any()
}
