//! The workbench: who I am, and where my work is.

use crate::parts::icon::{Icon, Shape};
use crate::parts::page_head::PageHead;
use crate::session::me;
use contract::account::MeView;
use domain::period::Horizon;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::{name, t};

#[component]
pub fn HomePage() -> impl IntoView {
    let l = locale();
    view! {
        <PageHead title=t!(l, common.home) />
        {me().map(|me| view! { <Workbench me=me /> })}
    }
    .into_any()
}

#[component]
fn Workbench(me: MeView) -> impl IntoView {
    let l = locale();
    let greeting = t!(
        l,
        account.greeting,
        name = me.name.clone(),
        role = name::role(l, me.role),
        area = me.area_name.clone()
    );
    let lists = [(Horizon::One, "1y"), (Horizon::Two, "2y"), (Horizon::Five, "5y")];
    let may = me.may.clone();
    view! {
        <p class="home-greeting">{greeting}</p>
        <Show when=move || may.includes(Action::ViewProjects)>
            <ul class="cards">
                {lists
                    .into_iter()
                    .map(|(horizon, code)| {
                        view! {
                            <li>
                                <a class="card" href=format!("/projects?list={code}")>
                                    <Icon shape=Shape::Lists />
                                    <span class="card-title">{name::horizon(l, horizon)}</span>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </Show>
        <ul class="cards">
            {ways(&me)
                .into_iter()
                .map(|(href, word, shape)| {
                    view! {
                        <li>
                            <a class="card" href=href>
                                <Icon shape=shape />
                                <span class="card-title">{word}</span>
                            </a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// Links to what this person may do.
fn ways(me: &MeView) -> Vec<(&'static str, &'static str, Shape)> {
    let l = locale();
    [
        ("/projects/import", t!(l, common.import), Shape::Import, Action::ImportWorkbook),
        ("/communities", t!(l, common.sites), Shape::Sites, Action::ViewSites),
        ("/admin/users", t!(l, common.users), Shape::Users, Action::ManageUsers),
        ("/admin/audit", t!(l, common.audit), Shape::Audit, Action::ViewAudit),
    ]
    .into_iter()
    .filter(|(.., action)| me.may.includes(*action))
    .map(|(href, word, shape, _)| (href, word, shape))
    .collect()
}
