//! Buttons and links that look like them. The word says what happens.

use leptos::prelude::*;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one main act of a form or page.
    Primary,
    #[default]
    Normal,
    /// Takes something away.
    Danger,
    /// Looks like text.
    Quiet,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Weight::Primary => "button button-primary",
            Weight::Normal => "button",
            Weight::Danger => "button button-danger",
            Weight::Quiet => "button button-quiet",
        }
    }
}

/// Sends the form around it.
#[component]
pub fn Submit(
    #[prop(optional)] weight: Weight,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Name of the value sent when this button is the one pressed.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=weight.class() disabled=move || disabled.get() name=name value=value>
            {children()}
        </button>
    }
    .into_any()
}

/// Does something in the page; never the only way, since it needs scripts.
#[component]
pub fn Button(
    #[prop(optional)] weight: Weight,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=weight.class()
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
    .into_any()
}

/// Goes somewhere.
#[component]
pub fn LinkButton(
    #[prop(optional)] weight: Weight,
    #[prop(into)] href: String,
    /// A file, not a page: left to the browser.
    #[prop(optional)]
    download: bool,
    /// Pressed together with Alt it goes there, without scripts too; shown beside the word.
    #[prop(optional)]
    key: Option<char>,
    children: Children,
) -> impl IntoView {
    let rel = download.then_some("external");
    let keys = key.map(|key| format!("Alt+{}", key.to_ascii_uppercase()));
    let shown = keys.clone().map(|keys| view! { <span class="button-key" aria-hidden="true">{keys}</span> });
    view! {
        <a
            class=weight.class()
            href=href
            rel=rel
            download=download.then_some("")
            accesskey=key.map(String::from)
            aria-keyshortcuts=keys
        >
            {children()}
            {shown}
        </a>
    }
    .into_any()
}
