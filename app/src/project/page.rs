//! The page of a project: head, figures, what needs attention, and its tabs as addresses.

use super::api;
use super::conflict::ConflictPanel;
use super::done::DoneNotice;
use super::form::{Came, FactsForm, Filled, FundingForm, GatesForm, action};
use super::funding::Funding;
use super::head::{Figures, Headline, Needs, text_of};
use super::moving::MoveForm;
use crate::attachment::panel::Files;
use crate::history::table::History;
use crate::jobs::panel::Jobs;
use crate::ledger::money::Money;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::LinkButton;
use crate::parts::error_panel::{ErrorPage, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::tabs::{Tab as TabLink, Tabs};
use contract::error::ApiError;
use contract::project::{Draft, ProjectView};
use domain::project::{Field, Value};
use futures::future::join;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::locale::locale;
use words::{Locale, name, t};

/// Part of a project's page; each has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Facts,
    Funding,
    Gates,
    Jobs,
    Files,
    History,
}

impl Tab {
    const ALL: [Tab; 6] = [Tab::Facts, Tab::Funding, Tab::Gates, Tab::Jobs, Tab::Files, Tab::History];

    /// What stands behind the project's address, without the slash.
    const fn path(self) -> &'static str {
        match self {
            Tab::Facts => "",
            Tab::Funding => "funding",
            Tab::Gates => "gates",
            Tab::Jobs => "jobs",
            Tab::Files => "files",
            Tab::History => "history",
        }
    }

    fn word(self, l: Locale) -> &'static str {
        match self {
            Tab::Facts => t!(l, project.tab_facts),
            Tab::Funding => t!(l, project.tab_funding),
            Tab::Gates => t!(l, project.tab_gates),
            Tab::Jobs => t!(l, project.tab_jobs),
            Tab::Files => t!(l, project.tab_files),
            Tab::History => t!(l, project.tab_history),
        }
    }

    fn href(self, view: &ProjectView) -> String {
        let path = self.path();
        let slash = if path.is_empty() { "" } else { "/" };
        format!("/projects/{}{slash}{path}", view.project)
    }
}

#[component]
pub fn FactsPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::Facts /> }
}

#[component]
pub fn FundingPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::Funding /> }
}

#[component]
pub fn GatesPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::Gates /> }
}

#[component]
pub fn JobsPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::Jobs /> }
}

#[component]
pub fn FilesPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::Files /> }
}

#[component]
pub fn HistoryPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::History /> }
}

/// What this person could not save the last time, when a form has just come back.
async fn kept_draft(came_back: bool, id: String) -> Result<Option<Draft>, ApiError> {
    if came_back { api::draft(id).await } else { Ok(None) }
}

#[component]
fn ProjectPage(tab: Tab) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let query = use_query_map();
    let came = returned_error(action());
    let came_back = came.is_some();
    let project = ask(
        move || (crate::parts::gone::read(id), crate::parts::gone::read(query)),
        move |(id, _)| async move {
            // Asked together: on the server a second question after a pause would no longer know whose request it is.
            let (view, draft) = join(api::project(id.clone()), kept_draft(came_back, id)).await;
            Ok::<_, ApiError>((view?, draft?))
        },
    );
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let came = came.clone();
                Suspend::new(async move {
                    match project.await {
                        Ok((view, draft)) => view! { <Shown view draft came tab /> }.into_any(),
                        Err(error) => view! { <ErrorPage error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

#[component]
fn Shown(view: ProjectView, draft: Option<Draft>, came: Option<ApiError>, tab: Tab) -> impl IntoView {
    let l = locale();
    let title = text_of(&view, Field::Name);
    let (error, typed) = Filled::came_back(came, draft);
    let filled = Filled { view: view.clone(), error: error.clone(), typed };
    let conflicts = filled.conflicts().to_vec();
    let here = tab.href(&view);
    let conflict = (!conflicts.is_empty()).then(|| {
        let view = view.clone();
        view! { <ConflictPanel view conflicts tab=tab.path() theirs_href=here /> }
    });
    let print = format!("/projects/{}/print", view.project);
    let around = view.clone();
    view! {
        <DoneNotice />
        <Came error=error />
        <Way view=view.clone() title=title.clone() />
        <PageHead title=title>
            <Neighbours view=around tab />
            <LinkButton href=print>{t!(l, project.print)}</LinkButton>
        </PageHead>
        <Headline view=view.clone() />
        <Figures view=view.clone() />
        <Tabs label=t!(l, project.tabs) tabs=tabs(l, &view, tab) />
        {conflict}
        <div class="project-body">
            <div class="project-main">{content(tab, filled)}</div>
            <Needs view=view />
        </div>
    }
    .into_any()
}

/// From the list that the project stands on.
#[component]
fn Way(view: ProjectView, title: String) -> impl IntoView {
    let l = locale();
    let (list, href) = match view.value(Field::Horizon) {
        Some(Value::Horizon(horizon)) => {
            (name::horizon(l, *horizon), format!("/projects?list={}", horizon.code()))
        }
        Some(_) | None => (t!(l, list.pool), "/projects?list=pool".to_owned()),
    };
    view! { <Breadcrumb entries=vec![(list.to_owned(), href), (title, String::new())] /> }
}

/// The projects before and after it on its list, on the same tab.
#[component]
fn Neighbours(view: ProjectView, tab: Tab) -> impl IntoView {
    let l = locale();
    let slash = if tab == Tab::Facts { "" } else { "/" };
    let to = |id: Option<domain::id::ProjectId>, word: &'static str| {
        id.map(|id| {
            let href = format!("/projects/{id}{slash}{}", tab.path());
            view! { <LinkButton href=href>{word}</LinkButton> }
        })
    };
    view! {
        <nav class="project-neighbours" aria-label=t!(l, project.neighbours)>
            {to(view.previous, t!(l, project.previous))} {to(view.next, t!(l, project.next))}
        </nav>
    }
    .into_any()
}

fn content(tab: Tab, filled: Filled) -> AnyView {
    let project = filled.view.project.to_string();
    match tab {
        Tab::Facts => {
            let view = filled.view.clone();
            view! {
                <MoveForm view />
                <FactsForm filled />
            }
            .into_any()
        }
        Tab::Funding if filled.may_edit() => view! {
            <FundingForm filled />
            <Money project />
        }
        .into_any(),
        // Who only reads looks first for where the money is.
        Tab::Funding => view! {
            <Money project />
            <Funding view=filled.view />
        }
        .into_any(),
        Tab::Gates => view! { <GatesForm filled /> }.into_any(),
        Tab::Jobs => view! { <Jobs project /> }.into_any(),
        Tab::Files => view! { <Files project /> }.into_any(),
        Tab::History => view! { <History project /> }.into_any(),
    }
}

fn tabs(l: Locale, view: &ProjectView, current: Tab) -> Vec<TabLink> {
    Tab::ALL
        .map(|tab| TabLink {
            word: tab.word(l).to_owned(),
            href: tab.href(view),
            count: (tab == Tab::Files && view.files > 0).then(|| view.files.to_string()),
            current: tab == current,
        })
        .to_vec()
}
