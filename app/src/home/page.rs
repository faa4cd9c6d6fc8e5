//! What a search over projects and communities found. A page with an address of its own, for every browser.

use super::api;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::home::{FindForm, FoundProject, FoundSite, FoundView};
use contract::list::ListForm;
use domain::project::Field;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{format, name, t};

/// Where a search leads.
pub const FIND_PATH: &str = "/find";

#[component]
pub fn FindPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let text = Memo::new(move |_| query.try_with(|found| found.get("q")).flatten().unwrap_or_default());
    let found = ask(move || crate::parts::gone::read(text), |q| api::find(FindForm { q }));
    view! {
        <PageHead title=t!(l, home.find) />
        <form method="get" action=FIND_PATH class="home-find toolbar" role="search" aria-label=t!(l, home.find_projects)>
            <label>
                {t!(l, home.find_hint)}
                <input class="input" type="search" name="q" value=text.get_untracked() maxlength="100" autocomplete="off" />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
        </form>
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let text = crate::parts::gone::read(text);
                Suspend::new(async move {
                    match found.await {
                        Ok(view) => view! { <Found text view /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

#[component]
fn Found(text: String, view: FoundView) -> impl IntoView {
    let l = locale();
    if text.trim().is_empty() {
        return view! { <p role="status">{t!(l, home.find_empty)}</p> }.into_any();
    }
    if view.projects.is_empty() && view.sites.is_empty() {
        return view! { <Empty reason=t!(l, home.find_none, text = text) /> }.into_any();
    }
    let all = ListForm { list: "pool".to_owned(), q: text, ..ListForm::default() };
    let all = crate::list::address::write(&all);
    let more = view.more_projects.then(|| {
        view! {
            <p>
                <a href=all>{t!(l, home.find_more, count = view.projects.len())}</a>
            </p>
        }
    });
    view! {
        {(!view.projects.is_empty()).then(|| projects(&view.projects))}
        {more}
        {(!view.sites.is_empty()).then(|| sites(&view.sites))}
    }
    .into_any()
}

fn projects(found: &[FoundProject]) -> AnyView {
    let l = locale();
    let rows = found
        .iter()
        .map(|project| {
            let list = project.horizon.map_or(t!(l, list.pool), |horizon| name::horizon(l, horizon));
            let total = project.total.map_or_else(|| format::UNKNOWN.to_owned(), format::wan);
            view! {
                <tr>
                    <td class="number">{project.number}</td>
                    <td>
                        <a href=format!("/projects/{}", project.project)>{project.name.clone()}</a>
                    </td>
                    <td>{project.area_name.clone()}</td>
                    <td>{list}</td>
                    <td class="number">{total}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, home.find_projects)}</h2>
            <p class="unit-note">{t!(l, common.unit_note, unit = t!(l, common.unit_wan))}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, home.find_projects)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{name::field(l, Field::Number)}</th>
                            <th scope="col">{name::field(l, Field::Name)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col">{t!(l, list.tabs)}</th>
                            <th scope="col" class="number">{name::field(l, Field::Total)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn sites(found: &[FoundSite]) -> AnyView {
    let l = locale();
    let rows = found
        .iter()
        .map(|site| {
            let people = site
                .people
                .map_or_else(|| format::UNKNOWN.to_owned(), |people| format::integer(people.into()));
            view! {
                <tr>
                    <td>
                        <a href=format!("/communities/{}", site.site)>{site.name.clone()}</a>
                    </td>
                    <td>{site.area_name.clone()}</td>
                    <td class="number">{people}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, home.find_sites)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, home.find_sites)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, common.name)}</th>
                            <th scope="col">{t!(l, common.area)}</th>
                            <th scope="col" class="number">{t!(l, home.people_count)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
