//! What stands on top of the desk and of the catalogue: title, lists to take along, tabs.

use super::address::{self, EXPORT, EXPORT_RULES, PATH, PRINT, RULES};
use super::text::may;
use crate::parts::button::LinkButton;
use crate::parts::page_head::PageHead;
use crate::parts::tabs::{Tab, Tabs};
use crate::parts::take_out::TakeOut;
use contract::review::Paper;
use contract::review::form::DeskForm;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

/// Title, acts and tabs; `path` is the current one.
#[component]
pub fn Head(path: &'static str, #[prop(optional)] form: DeskForm) -> impl IntoView {
    let l = locale();
    let tab = |href: &'static str, word: &'static str| Tab {
        word: word.to_owned(),
        href: href.to_owned(),
        count: None,
        current: href == path,
    };
    let tabs = vec![tab(PATH, t!(l, review.tab_desk)), tab(RULES, t!(l, review.tab_rules))];
    let out = if path == RULES { catalogue() } else { papers(l, &form) };
    view! {
        <PageHead title=t!(l, review.title) />
        <div class="review-tabs">
            <Tabs label=t!(l, review.tabs) tabs=tabs />
            {out}
        </div>
    }
    .into_any()
}

/// The catalogue to take along.
fn catalogue() -> AnyView {
    view! {
        <div class="review-papers toolbar">
            <TakeOut href=EXPORT_RULES />
        </div>
    }
    .into_any()
}

/// The three lists of the filter, each to print and to take along.
fn papers(l: Locale, form: &DeskForm) -> AnyView {
    let may_export = may(Action::ExportList);
    let links = Paper::ALL
        .map(|paper| {
            let print = address::paper(PRINT, paper, form);
            let export = address::paper(EXPORT, paper, form);
            let word = paper_word(l, paper);
            let label = format!("{word} {}", t!(l, common.export));
            view! {
                <LinkButton href=print>{word}</LinkButton>
                {may_export
                    .then(|| {
                        view! {
                            <a class="review-export" href=export rel="external" download="" aria-label=label>
                                {t!(l, common.export)}
                            </a>
                        }
                    })}
            }
        })
        .collect_view();
    view! { <div class="review-papers toolbar">{links}</div> }.into_any()
}

/// What a list is called.
pub fn paper_word(l: Locale, paper: Paper) -> &'static str {
    match paper {
        Paper::Problems => t!(l, review.paper_problems),
        Paper::Rectifications => t!(l, review.paper_rectifications),
        Paper::Duties => t!(l, review.paper_duties),
    }
}
