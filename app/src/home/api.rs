//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::home::{FindForm, FoundView, HomeView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Figures of the own area.
#[server(prefix = "/api", endpoint = "home/board", input = GetUrl)]
pub async fn board() -> Result<HomeView, ApiError> {
    crate::bridge::ask(service::home::board).await
}

/// Projects and communities that a text finds.
#[server(prefix = "/api", endpoint = "home/find", input = GetUrl)]
pub async fn find(#[server(default)] form: FindForm) -> Result<FoundView, ApiError> {
    crate::bridge::read(&form, service::home::find).await
}
