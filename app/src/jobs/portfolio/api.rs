//! The doors of the sums, one line each.

use contract::error::ApiError;
use contract::jobs::portfolio::{PortfolioForm, PortfolioView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Sums of the estimates within a filter.
#[server(prefix = "/api", endpoint = "jobs/portfolio", input = GetUrl)]
pub async fn portfolio(#[server(default)] form: PortfolioForm) -> Result<PortfolioView, ApiError> {
    crate::bridge::read(&form, service::jobs::portfolio::sums).await
}
