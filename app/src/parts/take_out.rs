//! The way to a table as a workbook, for whoever may take one along. Knows no page.

use crate::session;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

/// A file, not a page: left to the browser, which shows a refusal as the page it is.
#[component]
pub fn TakeOut(
    #[prop(into)] href: String,
    /// where a page has more than one file
    #[prop(optional)]
    word: Option<&'static str>,
) -> impl IntoView {
    let may = session::me().is_some_and(|me| me.may.includes(Action::ExportList));
    may.then(|| {
        view! {
            <a class="button" href=href rel="external">
                {word.unwrap_or(t!(locale(), ledger.take_out))}
            </a>
        }
    })
    .into_any()
}
