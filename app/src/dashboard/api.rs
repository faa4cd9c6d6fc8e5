//! The doors of this slice, one line each.

use contract::dashboard::works::{WorksForm, WorksView};
use contract::dashboard::{DashboardForm, DashboardView};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Everything of the leaders' page.
#[server(prefix = "/api", endpoint = "dashboard/figures", input = GetUrl)]
pub async fn figures(#[server(default)] form: DashboardForm) -> Result<DashboardView, ApiError> {
    crate::bridge::read(&form, service::dashboard::figures).await
}

/// One page of the projects behind the figures of estimates and returns.
#[server(prefix = "/api", endpoint = "dashboard/works", input = GetUrl)]
pub async fn works(#[server(default)] form: WorksForm) -> Result<WorksView, ApiError> {
    crate::bridge::read(&form, service::dashboard::works::page).await
}
