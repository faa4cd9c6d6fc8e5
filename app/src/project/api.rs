//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::project::{BlankView, HistoryLine, ProjectView, SavedView};
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

/// Makes or changes a project; columns that are not sent stay as they are.
#[server(prefix = "/api", endpoint = "project/save")]
pub async fn save_project(
    #[server(default)] project: String,
    #[server(default)] version: String,
    key: String,
    #[server(default)] values: BTreeMap<String, String>,
    sites: Option<Vec<String>>,
) -> Result<SavedView, ApiError> {
    let form = contract::project::SaveForm { project, version, key, values, sites };
    crate::bridge::write(&form, service::project::save).await
}

/// Changes of a project, the newest first.
#[server(prefix = "/api", endpoint = "project/history", input = GetUrl)]
pub async fn history(project: String) -> Result<Vec<HistoryLine>, ApiError> {
    crate::bridge::read(&contract::project::ProjectForm { project }, service::project::history).await
}
