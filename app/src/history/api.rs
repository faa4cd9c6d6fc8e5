//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::history::{HistoryView, UndoneView};
use contract::project::SavedView;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Changes of a project, the newest first.
#[server(prefix = "/api", endpoint = "history/of_project", input = GetUrl)]
pub async fn of_project(project: String) -> Result<HistoryView, ApiError> {
    crate::bridge::read(&contract::project::ProjectForm { project }, service::history::of_project).await
}

/// Takes a set of changes back as a whole.
#[server(prefix = "/api", endpoint = "history/undo")]
pub async fn undo(project: String, change_set: String, key: String) -> Result<UndoneView, ApiError> {
    crate::bridge::write_then(
        &contract::history::UndoForm { project, change_set, key },
        service::history::undo,
        |undone| match undone.gone {
            true => "/projects?list=pool".to_owned(),
            false => format!("/projects/{}/history?done=undone", undone.project),
        },
    )
    .await
}

/// Puts the value back that a column had before a change.
#[server(prefix = "/api", endpoint = "history/restore")]
pub async fn restore(
    project: String,
    version: String,
    change_set: String,
    field: String,
    key: String,
) -> Result<SavedView, ApiError> {
    crate::bridge::write_then(
        &contract::history::RestoreForm { project, version, change_set, field, key },
        service::history::restore,
        |saved| format!("/projects/{}/history?done=restored", saved.project),
    )
    .await
}
