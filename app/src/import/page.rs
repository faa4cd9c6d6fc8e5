//! The pages of the wizard: choosing a file, and one import from reading to undoing. Complete HTML from the server.

use super::address::{self, Place};
use super::compare::Compare;
use super::done::{Done, Gone};
use super::facts::{Facts, wants_answers};
use super::own::OwnImports;
use super::send::Wizard;
use super::steps::{Step, Steps};
use super::upload::UploadForm;
use super::waiting::{Failed, Reading};
use super::{api, text};
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::LinkButton;
use crate::parts::error_panel::{ErrorPage, ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::import::{ImportState, ImportView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::locale::locale;
use words::{Locale, format, t};

/// Step 1, and the imports of this person.
#[component]
pub fn ImportPage() -> impl IntoView {
    let l = locale();
    let lines = ask(|| (), |()| api::imports());
    let refused = returned_error("/api/import/upload");
    view! {
        <Breadcrumb entries=way(l, None) />
        <PageHead title=t!(l, import.title)>
            <LinkButton href=address::TEMPLATE download=true>{t!(l, import.template)}</LinkButton>
        </PageHead>
        <Steps current=Step::File import=None />
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let refused = refused.clone();
                Suspend::new(async move {
                    match lines.await {
                        Ok(list) => {
                            view! {
                                <UploadForm refused key=list.key />
                                <OwnImports lines=list.lines />
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// One import.
#[component]
pub fn WizardPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let import = ask(move || crate::parts::gone::read(id), api::import);
    let refused = came_back();
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let refused = refused.clone();
                Suspend::new(async move {
                    match import.await {
                        Ok(view) => view! { <Shown view refused /> }.into_any(),
                        Err(error) => view! { <ErrorPage error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The error of any plain form of this page that came back.
fn came_back() -> Option<ApiError> {
    ["read_as", "mend", "choose", "whole", "commit", "cancel", "undo"]
        .iter()
        .find_map(|door| returned_error(&format!("/api/import/{door}")))
}

fn way(l: Locale, file: Option<String>) -> Vec<(String, String)> {
    let mut way = vec![
        (t!(l, common.projects).to_owned(), "/projects".to_owned()),
        (t!(l, common.import).to_owned(), address::PATH.to_owned()),
    ];
    way.extend(file.map(|file| (file, String::new())));
    way
}

/// Which part of the page stands: the import's state, and in the middle the step chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Reading,
    Failed,
    Facts,
    Compare,
    Done,
    Gone,
}

fn part(view: &ImportView, place: &Place) -> Part {
    match view.state {
        ImportState::Reading => Part::Reading,
        ImportState::Failed => Part::Failed,
        ImportState::Committed => Part::Done,
        ImportState::Undone | ImportState::Cancelled => Part::Gone,
        ImportState::Staged => match place.step.as_str() {
            "columns" => Part::Facts,
            "compare" => Part::Compare,
            _ if wants_answers(view) => Part::Facts,
            _ => Part::Compare,
        },
    }
}

const fn step(part: Part) -> Step {
    match part {
        Part::Reading | Part::Failed => Step::File,
        Part::Facts => Step::Columns,
        Part::Compare => Step::Compare,
        Part::Done | Part::Gone => Step::Done,
    }
}

#[component]
fn Shown(view: ImportView, refused: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let place = Memo::new(move |_| query.try_with(Place::read).unwrap_or_default());
    let wizard = Wizard::new(view.clone(), refused);
    let shown = Memo::new(move |_| wizard.view.with(|view| place.with(|place| part(view, place))));
    let import = view.import;
    let opened = move || wizard.view.with(|view| (view.state == ImportState::Staged).then_some(import));
    view! {
        <Breadcrumb entries=way(l, Some(view.file_name.clone())) />
        <PageHead title=t!(l, import.title_of, file = view.file_name.clone())>
            <FileLine view=view.clone() />
            <LinkButton href=address::PATH>{t!(l, import.other_file)}</LinkButton>
        </PageHead>
        {move || view! { <Steps current=step(shown.get()) import=opened() /> }}
        {move || wizard.error.get().map(|error| view! { <ErrorPanel error=error /> })}
        <div class="import-part" class:import-busy=move || wizard.busy.get() aria-busy=move || wizard.busy.get().to_string()>
            {move || match shown.get() {
                Part::Reading => view! { <Reading wizard /> }.into_any(),
                Part::Failed => view! { <Failed wizard /> }.into_any(),
                Part::Facts => view! { <Facts wizard /> }.into_any(),
                Part::Compare => view! { <Compare wizard place /> }.into_any(),
                Part::Done => view! { <Done wizard place /> }.into_any(),
                Part::Gone => view! { <Gone wizard /> }.into_any(),
            }}
        </div>
    }
}

/// What the file is, who brought it and when.
#[component]
fn FileLine(view: ImportView) -> impl IntoView {
    let l = locale();
    // What a file is about is known once it was read.
    let known = !matches!(view.state, ImportState::Reading | ImportState::Failed);
    view! {
        <p class="import-file">
            {known.then(|| view! { <span>{text::kind(l, view.kind)}</span> })}
            <span>{text::size(view.size)}</span>
            <span>{view.by}</span>
            <span>{format::instant(view.at)}</span>
        </p>
    }
}
