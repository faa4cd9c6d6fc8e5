//! A page made for paper and readable on the screen: the way back and printing on top, its title, then what is printed.
//! Complete without scripts. Knows no page.

use super::button::LinkButton;
use super::page_head::PageHead;
use super::print_button::PrintButton;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

#[component]
pub fn PaperPage(
    /// of its slice, for what is its own
    #[prop(optional)]
    class: &'static str,
    #[prop(into)] title: String,
    /// where it came from
    #[prop(into)]
    back: String,
    /// between the way back and printing
    #[prop(optional_no_strip)]
    acts: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let l = locale();
    let class = if class.is_empty() { "paper".to_owned() } else { format!("paper {class}") };
    view! {
        <article class=class>
            <p class="toolbar">
                <LinkButton href=back>{t!(l, common.back)}</LinkButton>
                {acts}
                <PrintButton />
            </p>
            <PageHead title=title />
            {children()}
        </article>
    }
    .into_any()
}
