//! The tree of areas level by level, and what a search finds in it.

use super::api;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::area::{AreaLine, AreaListForm, AreaListView, AreasCommitted};
use domain::area::AreaCode;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The path of the tree.
pub const PATH: &str = "/admin/areas";

/// Where a table that was taken over leads.
pub fn committed_path(done: &AreasCommitted) -> String {
    format!("{PATH}?changed={}", done.changed)
}

#[component]
pub fn AreasPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let form = Memo::new(move |_| {
        let text = |name: &str| query.try_with(|query| query.get(name)).flatten().unwrap_or_default();
        AreaListForm { at: text("at"), q: text("q") }
    });
    let changed = crate::parts::gone::query(|query| query.get("changed").and_then(|n| n.parse::<u64>().ok()));
    let level = ask(move || crate::parts::gone::read(form), api::area_list);
    view! {
        {changed
            .map(|changed| {
                view! { <p class="notice notice-ok" role="status">{t!(l, area.committed, count = changed)}</p> }
            })}
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match level.await {
                        Ok(view) => view! { <Shown form view /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHead title=t!(l, common.areas) />
                                <ErrorPanel error=error />
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(form: AreaListForm, view: AreaListView) -> impl IntoView {
    let l = locale();
    let may = view.may.includes(Action::EditAreas);
    let searched = !form.q.is_empty();
    let own = format!("{PATH}/{}", view.at.code);
    view! {
        <PageHead title=t!(l, common.areas)>
            {may
                .then(|| {
                    view! { <LinkButton href="/admin/areas/import">{t!(l, area.import)}</LinkButton> }
                })}
        </PageHead>
        <form method="get" action=PATH class="area-search toolbar" role="search" aria-label=t!(l, area.search)>
            <label>
                {t!(l, area.search_hint)}
                <input class="input" type="search" name="q" value=form.q.clone() maxlength="60" autocomplete="off" />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
        </form>
        {(!searched)
            .then(|| {
                view! {
                    <Way way=view.way.clone() />
                    <p class="area-here">
                        <a href=own>{t!(l, area.page_of, name = view.at.name.clone())}</a>
                    </p>
                }
            })}
        {rows(l, view, searched)}
        <p class="area-origin">{t!(l, area.origin)}</p>
    }
}

/// Links from the person's own area down to the one shown.
#[component]
pub fn Way(way: Vec<(AreaCode, String)>) -> impl IntoView {
    let last = way.len().saturating_sub(1);
    let steps = way
        .into_iter()
        .enumerate()
        .map(|(at, (code, name))| {
            let step = if at == last {
                view! { <span aria-current="page">{name}</span> }.into_any()
            } else {
                view! { <a href=format!("{PATH}?at={code}")>{name}</a> }.into_any()
            };
            view! { <li>{step}</li> }
        })
        .collect_view();
    view! {
        <nav class="breadcrumb" aria-label=t!(locale(), area.way)>
            <ol>{steps}</ol>
        </nav>
    }
}

fn rows(l: Locale, view: AreaListView, searched: bool) -> AnyView {
    if view.rows.is_empty() {
        let reason = if searched { t!(l, area.none_found) } else { t!(l, area.none_below) };
        return view! { <Empty reason=reason /> }.into_any();
    }
    let more = view.more;
    let lines = view.rows.into_iter().map(|area| line(l, area)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, common.areas)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, area.code)}</th>
                        <th scope="col">{t!(l, common.name)}</th>
                        <th scope="col">{t!(l, area.short)}</th>
                        <th scope="col">{t!(l, area.level)}</th>
                        <th scope="col" class="date">{t!(l, area.valid_from)}</th>
                        <th scope="col" class="date">{t!(l, area.valid_to)}</th>
                        <th scope="col" class="number">{t!(l, area.children)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more.then(|| view! { <p class="field-hint">{t!(l, area.more)}</p> })}
    }
    .into_any()
}

fn line(l: Locale, area: AreaLine) -> impl IntoView {
    let code = area.code;
    let below = format::integer(i64::try_from(area.children).unwrap_or(i64::MAX));
    let children = if area.children > 0 {
        // What is seen is part of what is read out: the number first, then where it leads.
        let read_out = format!("{below} {}", t!(l, area.open, name = area.name.clone()));
        view! { <a href=format!("{PATH}?at={code}") aria-label=read_out>{below}</a> }.into_any()
    } else {
        below.into_any()
    };
    let unknown = || t!(l, common.unknown).to_owned();
    view! {
        <tr>
            <td>{code.to_string()}</td>
            <th scope="row" class="area-name">
                <a href=format!("{PATH}/{code}")>{area.name}</a>
                {(!area.is_valid).then(|| view! { <span class="area-ended">{t!(l, area.not_valid)}</span> })}
            </th>
            <td>{area.short}</td>
            <td>{name::level(l, area.level)}</td>
            <td class="date">{area.valid_from.map_or_else(unknown, format::date)}</td>
            <td class="date">{area.valid_to.map_or_else(unknown, format::date)}</td>
            <td class="number">{children}</td>
        </tr>
    }
}
