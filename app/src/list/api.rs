//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::export::PrintView;
use contract::list::{EditCellsForm, EditedView, ListForm, ListView, MovedView, SumsView};
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

/// What is added up over the whole filter, for a page that came without it.
#[server(prefix = "/api", endpoint = "list/sums", input = GetUrl)]
pub async fn list_sums(#[server(default)] form: ListForm) -> Result<SumsView, ApiError> {
    crate::bridge::read(&form, service::list::sums).await
}

/// Changes cells: one change-set, all or nothing.
#[server(prefix = "/api", endpoint = "list/edit_cells", input = Json)]
pub async fn edit_cells(form: EditCellsForm) -> Result<EditedView, ApiError> {
    crate::bridge::write(&form, service::list::edit_cells).await
}

/// Moves projects between the lists. `at` is the address of the list where the form stood.
#[server(prefix = "/api", endpoint = "list/move_projects")]
pub async fn move_projects(
    key: String,
    #[server(default)] projects: Vec<String>,
    #[server(default)] to: String,
    #[server(default)] reason: String,
    #[server(default)] at: String,
) -> Result<MovedView, ApiError> {
    crate::bridge::write_or_back(
        &contract::list::MoveForm { key, projects, to, reason },
        service::list::move_projects,
        |_| super::address::own(&at),
        |form| super::selection::retyped(&at, form),
    )
    .await
}

/// Keeps columns and density with the account.
#[server(prefix = "/api", endpoint = "list/save_settings")]
pub async fn save_settings(
    #[server(default)] columns: Vec<String>,
    #[server(default)] density: String,
    #[server(default)] frozen: String,
    #[server(default)] earlier: String,
    #[server(default)] later: String,
    #[server(default)] usual: String,
) -> Result<(), ApiError> {
    let form = contract::list::SettingsForm { columns, density, frozen, earlier, later, usual };
    crate::bridge::write(&form, service::list::save_settings).await
}

/// Names the view at hand.
#[server(prefix = "/api", endpoint = "list/save_view")]
pub async fn save_view(
    #[server(default)] name: String,
    #[server(default)] query: String,
) -> Result<(), ApiError> {
    crate::bridge::write(
        &contract::list::saved::SaveViewForm { name, query },
        service::list::saved::save_view,
    )
    .await
}

/// Forgets a view.
#[server(prefix = "/api", endpoint = "list/drop_view")]
pub async fn drop_view(#[server(default)] name: String) -> Result<(), ApiError> {
    crate::bridge::write(&contract::list::saved::DropViewForm { name }, service::list::saved::drop_view).await
}

/// The own settings, for the page that changes them.
#[server(prefix = "/api", endpoint = "list/settings", input = GetUrl)]
pub async fn settings() -> Result<contract::list::GridSettingsView, ApiError> {
    crate::bridge::ask(service::list::settings_view).await
}
