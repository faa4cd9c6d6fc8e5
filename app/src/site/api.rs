//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::site::{SavedSite, SiteBlankView, SiteListForm, SiteListView, SiteView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use std::collections::BTreeMap;

/// One page of communities.
#[server(prefix = "/api", endpoint = "site/page", input = GetUrl)]
pub async fn site_page(#[server(default)] form: SiteListForm) -> Result<SiteListView, ApiError> {
    crate::bridge::read(&form, service::site::page).await
}

/// One community.
#[server(prefix = "/api", endpoint = "site/one", input = GetUrl)]
pub async fn site(site: String) -> Result<SiteView, ApiError> {
    crate::bridge::read(&contract::site::SiteForm { site }, service::site::one).await
}

/// What an empty form needs.
#[server(prefix = "/api", endpoint = "site/blank", input = GetUrl)]
pub async fn blank_site() -> Result<SiteBlankView, ApiError> {
    crate::bridge::ask(service::site::blank).await
}

/// Makes or changes a community; columns that are not sent stay as they are.
#[server(prefix = "/api", endpoint = "site/save")]
pub async fn save_site(
    #[server(default)] site: String,
    #[server(default)] version: String,
    key: String,
    #[server(default)] values: BTreeMap<String, String>,
) -> Result<SavedSite, ApiError> {
    let form = contract::site::SaveSiteForm { site, version, key, values };
    crate::bridge::write_or_back(&form, service::site::save, super::one::saved_path, super::form::retyped)
        .await
}
