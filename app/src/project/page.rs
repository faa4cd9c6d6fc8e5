//! The page of a project: head, figures, tabs as addresses; and the page of a new one.

use super::api;
use super::conflict::ConflictPanel;
use super::form::{Came, FactsForm, Filled, FundingForm, GatesForm, IDENTITY, action};
use super::gates::grade;
use super::history::HistoryTable;
use super::inputs::ColumnInput;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::status::StageChip;
use crate::parts::tabs::{Tab as TabLink, Tabs};
use contract::error::ApiError;
use contract::project::{BlankView, ProjectView};
use domain::money::{Delta, Money, Unit};
use domain::project::{Field, Value};
use domain::source::Source;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::locale::locale;
use words::{Locale, format, name, t};

/// Part of a project's page; each has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Facts,
    Funding,
    Gates,
    History,
}

impl Tab {
    const ALL: [Tab; 4] = [Tab::Facts, Tab::Funding, Tab::Gates, Tab::History];

    /// What stands behind the project's address.
    const fn path(self) -> &'static str {
        match self {
            Tab::Facts => "",
            Tab::Funding => "/funding",
            Tab::Gates => "/gates",
            Tab::History => "/history",
        }
    }

    fn word(self, l: Locale) -> &'static str {
        match self {
            Tab::Facts => t!(l, project.tab_facts),
            Tab::Funding => t!(l, project.tab_funding),
            Tab::Gates => t!(l, project.tab_gates),
            Tab::History => t!(l, project.tab_history),
        }
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
pub fn HistoryPage() -> impl IntoView {
    view! { <ProjectPage tab=Tab::History /> }
}

#[component]
fn ProjectPage(tab: Tab) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let query = use_query_map();
    let project = Resource::new(move || (id.get(), query.get()), |(id, _)| api::project(id));
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match project.await {
                    Ok(view) => view! { <Shown view tab /> }.into_any(),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn text_of(view: &ProjectView, field: Field) -> String {
    match view.value(field) {
        Some(value) => super::text::editable(value),
        None => String::new(),
    }
}

#[component]
fn Shown(view: ProjectView, tab: Tab) -> impl IntoView {
    let l = locale();
    let title = text_of(&view, Field::Name);
    let error = returned_error(action());
    let filled = Filled { view: view.clone(), error: error.clone() };
    let here = format!("/projects/{}{}", view.project, tab.path());
    let conflicts = filled.conflicts().to_vec();
    let list = match view.value(Field::Horizon) {
        Some(Value::Horizon(horizon)) => {
            (name::horizon(l, *horizon), format!("/projects?list={}", horizon.code()))
        }
        Some(_) | None => (t!(l, list.pool), "/projects?list=pool".to_owned()),
    };
    let way = vec![(list.0.to_owned(), list.1), (title.clone(), String::new())];
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        <Headline view=view.clone() />
        <Figures view=view.clone() />
        <Tabs label=t!(l, project.tabs) tabs=tabs(l, &view, tab) />
        <Came error=error />
        {(!conflicts.is_empty()).then(|| view! { <ConflictPanel conflicts theirs_href=here /> })}
        {content(tab, filled)}
    }
}

fn content(tab: Tab, filled: Filled) -> AnyView {
    let project = filled.view.project.to_string();
    match tab {
        Tab::Facts => view! { <FactsForm filled /> }.into_any(),
        Tab::Funding => view! { <FundingForm filled /> }.into_any(),
        Tab::Gates => view! { <GatesForm filled /> }.into_any(),
        Tab::History => view! { <History project /> }.into_any(),
    }
}

fn tabs(l: Locale, view: &ProjectView, current: Tab) -> Vec<TabLink> {
    Tab::ALL
        .map(|tab| TabLink {
            word: tab.word(l).to_owned(),
            href: format!("/projects/{}{}", view.project, tab.path()),
            count: None,
            current: tab == current,
        })
        .to_vec()
}

#[component]
fn Headline(view: ProjectView) -> impl IntoView {
    let l = locale();
    let stage = match view.value(Field::Stage) {
        Some(Value::Stage(stage)) => Some(*stage),
        Some(_) | None => None,
    };
    let since = view
        .listed
        .map(|(horizon, since)| format!("{} · {}", name::horizon(l, horizon), format::date(since)));
    let digit = view.expected_digit;
    view! {
        <p class="project-line">
            {stage.map(|stage| view! { <StageChip stage /> })}
            <span>{t!(l, project.number, number = view.number)}</span>
            <span>{text_of(&view, Field::Code)}</span>
            <span>{view.area_name}</span>
            <span>{since}</span>
        </p>
        {digit
            .map(|digit| view! { <p class="notice notice-warn">{t!(l, project.expected_digit, digit = digit)}</p> })}
    }
}

#[component]
fn Figures(view: ProjectView) -> impl IntoView {
    let l = locale();
    let unknown = || t!(l, common.unknown).to_owned();
    let total = view.value(Field::Total).and_then(Value::money);
    let planned = Source::ALL.into_iter().filter_map(|source| view.value(Field::Source(source))?.money());
    let planned = Money::sum(planned).map_or_else(unknown, format::wan);
    let gap = view.gap.map_or_else(unknown, |gap: Delta| format::delta(gap, Unit::Wan));
    let posts = view.value(Field::Posts).map_or_else(unknown, |value| super::text::shown(l, value));
    let score = view.maturity_score;
    let figures = [
        (t!(l, project.summary_total), total.map_or_else(unknown, format::wan)),
        (t!(l, project.summary_planned), planned),
        (t!(l, project.summary_gap), gap),
        (t!(l, project.summary_posts), posts),
        (t!(l, project.summary_maturity), format!("{score} · {}", grade(score))),
    ];
    view! {
        <dl class="project-figures">
            {figures
                .map(|(word, figure)| {
                    view! {
                        <div>
                            <dt>{word}</dt>
                            <dd>{figure}</dd>
                        </div>
                    }
                })
                .collect_view()}
            <div class="unit-note">{t!(l, common.unit_note, unit = t!(l, common.unit_wan))}</div>
        </dl>
    }
}

#[component]
fn History(project: String) -> impl IntoView {
    let lines = Resource::new(move || project.clone(), api::history);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match lines.await {
                    Ok(lines) => view! { <HistoryTable lines /> }.into_any(),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The form of a new project: enough to be found again; the rest follows on its page.
#[component]
pub fn NewPage() -> impl IntoView {
    let l = locale();
    let blank = Resource::new(|| (), |()| api::blank());
    let error = returned_error(action());
    view! {
        <PageHead title=t!(l, project.new_title) />
        <Came error=error.clone() />
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
fn NewForm(blank: BlankView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let value = |field| (field == Field::Area).then_some(Value::Area(blank.area));
    let inputs = IDENTITY
        .into_iter()
        .chain([Field::Stage, Field::Category, Field::Start, Field::Total])
        .map(|field| {
            let error = field_error(error.as_ref(), &field.key());
            view! { <ColumnInput field value=value(field) typed=None error /> }
        })
        .collect_view();
    view! {
        <form method="post" action=action() class="project-form">
            <input type="hidden" name="key" value=blank.key.clone() />
            <fieldset class="project-section">
                <legend>{t!(l, project.section_identity)}</legend>
                <div class="project-fields">{inputs}</div>
            </fieldset>
            <p class="project-save toolbar">
                <Submit weight=Weight::Primary>{t!(l, project.create)}</Submit>
            </p>
        </form>
    }
}
