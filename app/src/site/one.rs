//! The page of a community: figures, doubts, how it stands, months, where people work, its projects and needs, its form,
//! its history; and a new one.

use super::api;
use super::channels::Channels;
use super::form::{Came, Filled, SiteInputs, action};
use super::linked::Linked;
use super::list::PATH;
use super::months::Months;
use super::need::{Needs, recorded};
use super::text::{against_median, employment, maybe, place, served};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::LinkButton;
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::gone;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::site::{SavedSite, SiteBlankView, SiteChange, SiteView};
use domain::permission::Action;
use domain::site::Doubt;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::locale::locale;
use words::{Locale, format, name, t};

/// Where a form without scripts goes on to.
pub fn saved_path(saved: &SavedSite) -> String {
    format!("{PATH}/{}?saved=1", saved.site)
}

#[component]
pub fn SitePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let query = use_query_map();
    let site =
        ask(move || (crate::parts::gone::read(id), crate::parts::gone::read(query)), |(id, _)| api::site(id));
    answered(site, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: SiteView) -> impl IntoView {
    let l = locale();
    let error = returned_error(action());
    let saved = gone::query(|query| query.get("saved").is_some()) && error.is_none();
    let title = view.facts.name.clone();
    let way = vec![
        (t!(l, common.sites).to_owned(), PATH.to_owned()),
        (view.area_name.clone(), format!("{PATH}?area={}", view.facts.area)),
        (title.clone(), String::new()),
    ];
    let print = format!("{PATH}/{}/print", view.site);
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title>
            <LinkButton href=print>{t!(l, site.one_page)}</LinkButton>
        </PageHead>
        {saved.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, project.saved)}</p> })}
        {recorded(l)}
        <Came error=error.clone() theirs_href=format!("{PATH}/{}", view.site) />
        {doubts(l, &view.doubts)}
        <Figures view=view.clone() />
        <Standing view=view.clone() />
        <div class="site-columns">
            <section class="panel">
                <h2>{t!(l, site.months)}</h2>
                <Months months=view.months.clone() />
            </section>
            <section class="panel">
                <h2>{t!(l, site.channels)}</h2>
                <Channels facts=view.newest.clone() />
            </section>
        </div>
        <Linked view=view.clone() />
        <Needs view=view.clone() />
        <Edit view=view.clone() error />
        <History lines=view.history />
    }
}

fn doubts(l: Locale, doubts: &[Doubt]) -> Option<AnyView> {
    if doubts.is_empty() {
        return None;
    }
    let lines = doubts.iter().map(|doubt| view! { <li>{sentence(l, *doubt)}</li> }).collect_view();
    let list = view! {
        <div class="notice notice-warn" role="note">
            <p>{t!(l, site.doubts)}</p>
            <ul class="site-doubts">{lines}</ul>
        </div>
    };
    Some(list.into_any())
}

fn sentence(l: Locale, doubt: Doubt) -> String {
    match doubt {
        Doubt::EmployedAboveLabour { employed, labour } => {
            t!(l, site.doubt_employed, employed = employed, labour = labour)
        }
        Doubt::ChannelsDiffer { sum, employed } => t!(l, site.doubt_channels, sum = sum, employed = employed),
        Doubt::LabourAbovePeople { labour, people } => {
            t!(l, site.doubt_labour, labour = labour, people = people)
        }
        Doubt::ZeroAboveHouseholds { zero, households } => {
            t!(l, site.doubt_zero, zero = zero, households = households)
        }
    }
}

#[component]
pub fn Figures(view: SiteView) -> impl IntoView {
    let l = locale();
    let unknown = || t!(l, common.unknown).to_owned();
    let count = |value: Option<u32>| maybe(l, value);
    let facts = view.newest;
    let size = view.size.map(|size| name::size_class(l, size).to_owned());
    let from = view.month.map_or_else(
        || t!(l, site.figures_own).to_owned(),
        |month| t!(l, site.figures_of, month = month.to_string()),
    );
    let figures = [
        (t!(l, site.code), facts.code.clone().unwrap_or_else(unknown)),
        (t!(l, site.size), size.unwrap_or_else(unknown)),
        (t!(l, site.households), count(facts.households)),
        (t!(l, site.people), count(facts.people)),
        (t!(l, site.labour), count(facts.labour)),
        (t!(l, site.employed), count(facts.employed)),
        (t!(l, site.rate), employment(l, facts.employment_rate())),
        (t!(l, site.zero), count(facts.zero_employment_households)),
        (t!(l, site.without_work), count(view.standing.without_work)),
        (t!(l, site.figures_from), from),
        (t!(l, common.updated), format::instant(view.updated)),
    ];
    let shown = figures
        .into_iter()
        .map(|(word, figure)| {
            view! {
                <div>
                    <dt>{word}</dt>
                    <dd>{figure}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="site-figures">{shown}</dl> }
}

/// Money and jobs against the median, the place in the order of need, people served.
#[component]
pub fn Standing(view: SiteView) -> impl IntoView {
    let l = locale();
    let [money, jobs] = against_median(l, &view.standing, &view.medians);
    let figures = [
        (t!(l, site.money_part), format::money(l, view.standing.money)),
        (t!(l, site.per_head), money),
        (t!(l, site.jobs_per_wan), jobs),
        (t!(l, site.served), served(l, view.served)),
        (t!(l, site.need_place), place(l, &view.standing, &view.medians)),
    ];
    let shown = figures
        .into_iter()
        .map(|(word, figure)| {
            view! {
                <div>
                    <dt>{word}</dt>
                    <dd>{figure}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="panel site-standing">
            <h2>{t!(l, site.standing)}</h2>
            <dl class="site-facts">{shown}</dl>
            <details>
                <summary>{t!(l, site.explained)}</summary>
                <p>{t!(l, site.need_rule)}</p>
                <p>{t!(l, site.money_rule)}</p>
                <p>{t!(l, site.jobs_rule)}</p>
                <p>{t!(l, site.served_rule)}</p>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Edit(view: SiteView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::EditSite);
    let open = error.is_some();
    may.then(|| {
        let area = format!("{} {}", view.facts.area, view.area_name);
        let filled = Filled { facts: Some(view.facts), area, error };
        view! {
            <details class="panel site-edit" open=open>
                <summary>
                    <h2>{t!(l, site.edit)}</h2>
                </summary>
                <SiteInputs filled=filled site=Some((view.site.to_string(), view.version)) key=view.key />
            </details>
        }
    })
}

#[component]
fn History(lines: Vec<SiteChange>) -> impl IntoView {
    let l = locale();
    let shown = if lines.is_empty() {
        view! { <Empty reason=t!(l, project.history_none) /> }.into_any()
    } else {
        let rows = lines.into_iter().map(|change| changed(l, change)).collect_view();
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, project.tab_history)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, project.history_when)}</th>
                            <th scope="col">{t!(l, project.history_who)}</th>
                            <th scope="col">{t!(l, project.history_field)}</th>
                            <th scope="col">{t!(l, project.history_old)}</th>
                            <th scope="col">{t!(l, project.history_new)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel">
            <h2>{t!(l, project.tab_history)}</h2>
            {shown}
        </section>
    }
}

fn changed(l: Locale, change: SiteChange) -> impl IntoView {
    let blank = |text: Option<String>| text.unwrap_or_else(|| t!(l, project.blank).to_owned());
    view! {
        <tr>
            <td class="date">{format::instant(change.at)}</td>
            <td>{change.by}</td>
            <td>{name::site_field(l, change.field)}</td>
            <td>{blank(change.old)}</td>
            <td>{blank(change.new)}</td>
        </tr>
    }
}

/// The form of a new community.
#[component]
pub fn NewSitePage() -> impl IntoView {
    let l = locale();
    let blank = ask(|| (), |()| api::blank_site());
    let error = returned_error(action());
    view! {
        <PageHead title=t!(l, site.new) />
        <Came error=error.clone() theirs_href=PATH />
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let error = error.clone();
                Suspend::new(async move {
                    match blank.await {
                        Ok(blank) => view! { <NewForm blank error /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn NewForm(blank: SiteBlankView, error: Option<ApiError>) -> impl IntoView {
    let area = format!("{} {}", blank.area, blank.area_name);
    let filled = Filled { facts: None, area, error };
    view! {
        <section class="panel">
            <SiteInputs filled=filled site=None key=blank.key />
        </section>
    }
}
