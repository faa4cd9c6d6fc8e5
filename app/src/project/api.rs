//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::list::MovedView;
use contract::project::{self, BlankView, ProjectView, SavedView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use std::collections::BTreeMap;

/// One project.
#[server(prefix = "/api", endpoint = "project/one", input = GetUrl)]
pub async fn project(project: String) -> Result<ProjectView, ApiError> {
    crate::bridge::read(&contract::project::ProjectForm { project }, service::project::one).await
}

/// What an empty form needs.
#[server(prefix = "/api", endpoint = "project/blank", input = GetUrl)]
pub async fn blank() -> Result<BlankView, ApiError> {
    crate::bridge::ask(service::project::blank).await
}

/// Makes or changes a project; columns that are not sent stay as they are. `tab` is where the form stood.
#[server(prefix = "/api", endpoint = "project/save")]
pub async fn save_project(
    #[server(default)] project: String,
    #[server(default)] version: String,
    key: String,
    #[server(default)] values: BTreeMap<String, String>,
    sites: Option<Vec<String>>,
    #[server(default)] tab: String,
) -> Result<SavedView, ApiError> {
    let form = contract::project::SaveForm { project, version, key, values, sites };
    crate::bridge::save_project(&form, &tab).await
}

/// What this person last sent of a project without success; an empty id asks for a new one's.
#[server(prefix = "/api", endpoint = "project/draft", input = GetUrl)]
pub async fn draft(#[server(default)] project: String) -> Result<Option<project::Draft>, ApiError> {
    crate::bridge::read(&contract::project::DraftForm { project }, service::project::draft).await
}

/// Keeps what stands in the form of a project while it is being filled in; the latest goes before.
#[server(prefix = "/api", endpoint = "project/keep_draft")]
pub async fn keep_draft(#[server(default)] form: project::SaveForm) -> Result<(), ApiError> {
    crate::bridge::write(&contract::project::KeepForm { form }, service::project::keep_typed).await
}

/// Moves one project to another list, from its own page.
#[server(prefix = "/api", endpoint = "project/move")]
pub async fn move_project(
    key: String,
    project: String,
    version: String,
    to: String,
    #[server(default)] reason: String,
) -> Result<MovedView, ApiError> {
    let form = contract::list::MoveForm { key, projects: vec![format!("{project}:{version}")], to, reason };
    crate::bridge::write_or_back(
        &form,
        service::list::move_projects,
        |_| format!("/projects/{project}?done=moved"),
        |form| super::moving::retyped(&project, &form.to, &form.reason),
    )
    .await
}
