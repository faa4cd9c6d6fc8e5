//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::export::PrintView;
use contract::list::{EditCellsForm, EditedView, ListForm, ListView, MovedView};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

/// One page of a list.
#[server(prefix = "/api", endpoint = "list/page", input = GetUrl)]
pub async fn list_page(#[server(default)] form: ListForm) -> Result<ListView, ApiError> {
    crate::bridge::read(&form, service::list::page).await
}

/// Every row of a list, for paper.
#[server(prefix = "/api", endpoint = "list/printed", input = GetUrl)]
pub async fn printed(#[server(default)] form: ListForm) -> Result<PrintView, ApiError> {
    crate::bridge::read(&form, service::export::paper::printed).await
}

/// Changes cells: one change-set, all or nothing.
#[server(prefix = "/api", endpoint = "list/edit_cells", input = Json)]
pub async fn edit_cells(form: EditCellsForm) -> Result<EditedView, ApiError> {
    crate::bridge::write(&form, service::list::edit_cells).await
}

/// Moves projects between the lists.
#[server(prefix = "/api", endpoint = "list/move_projects")]
pub async fn move_projects(
    key: String,
    projects: String,
    to: String,
    reason: String,
) -> Result<MovedView, ApiError> {
    crate::bridge::write(
        &contract::list::MoveForm { key, projects, to, reason },
        service::list::move_projects,
    )
    .await
}

/// Keeps columns and density with the account.
#[server(prefix = "/api", endpoint = "list/save_settings")]
pub async fn save_settings(#[server(default)] columns: Vec<String>, density: String) -> Result<(), ApiError> {
    crate::bridge::write(&contract::list::SettingsForm { columns, density }, service::list::save_settings)
        .await
}
