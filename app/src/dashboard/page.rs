//! `/dashboard`: what a leader opens first. One filter, five cards, five charts; printed on one page.

use super::cards::{Extent, cards};
use super::charts::charts;
use super::filter::{filter, shown};
use super::{address, api};
use crate::parts::asking::ask;
use crate::parts::button::LinkButton;
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, Labels};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::print_button::PrintButton;
use crate::parts::take_out::TakeOut;
use contract::dashboard::DashboardView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, t};

#[component]
pub fn DashboardPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(form), api::figures);
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                let l = locale();
                match page.await {
                    Ok(view) => whole(l, &view),
                    Err(error) => {
                        view! {
                            <PageHead title=t!(l, dashboard.title) />
                            <ErrorPanel error=error labels=labels(l) />
                            <LinkButton href=address::PATH>{t!(l, common.reset)}</LinkButton>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

fn whole(l: Locale, view: &DashboardView) -> AnyView {
    let form = address::of(view);
    view! {
        <div class="dashboard-page">
            <PageHead title=t!(l, dashboard.title)>
                <LinkButton href=address::at(address::SCREEN, &form)>{t!(l, dashboard.wall)}</LinkButton>
                <PrintButton />
                <TakeOut href=address::at(address::BRIEF, &form) word=t!(l, dashboard.brief) />
                <TakeOut href=address::at(address::EXPORT, &form) />
            </PageHead>
            {filter(l, view)}
            {shown(l, Extent::Page.path(), view)}
            {empty(l, view)}
            {cards(l, view, Extent::Page)}
            {charts(l, view, Extent::Page)}
        </div>
    }
    .into_any()
}

/// Said where nothing is planned and nothing was given.
pub fn empty(l: Locale, view: &DashboardView) -> Option<AnyView> {
    let year = view.as_of.year().to_string();
    view.is_empty_year().then(|| view! { <Empty reason=t!(l, dashboard.no_money, year = year) /> }.into_any())
}

fn labels(l: Locale) -> Labels {
    [
        ("year", t!(l, dashboard.year)),
        ("month", t!(l, dashboard.as_of)),
        ("area", t!(l, common.area)),
        ("category", t!(l, dashboard.category)),
        ("source", t!(l, dashboard.head_source)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec()
}
