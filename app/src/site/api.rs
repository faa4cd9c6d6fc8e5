//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::site::need::NeedView;
use contract::site::size::{SizesForm, SizesView};
use contract::site::standing::SiteTableView;
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

/// All communities of a filter by need, for paper.
#[server(prefix = "/api", endpoint = "site/table", input = GetUrl)]
pub async fn site_table(#[server(default)] form: SiteListForm) -> Result<SiteTableView, ApiError> {
    crate::bridge::read(&form, service::site::table::table).await
}

/// Thresholds of the size classes.
#[server(prefix = "/api", endpoint = "site/sizes", input = GetUrl)]
pub async fn site_sizes() -> Result<SizesView, ApiError> {
    crate::bridge::ask(service::site::size::view).await
}

/// Makes the next edition of the thresholds.
#[server(prefix = "/api", endpoint = "site/save_sizes")]
pub async fn save_sizes(#[server(default)] form: SizesForm) -> Result<SizesView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::site::size::save,
        super::sizes::saved_path,
        super::sizes::retyped,
    )
    .await
}

/// Keeps a need of a community.
#[server(prefix = "/api", endpoint = "need/record")]
pub async fn record_need(
    site: String,
    key: String,
    #[server(default)] title: String,
    #[server(default)] category: String,
    #[server(default)] content: String,
    #[server(default)] people: String,
    #[server(default)] estimated: String,
) -> Result<NeedView, ApiError> {
    let form =
        contract::site::need::RecordNeedForm { site, key, title, category, content, people, estimated };
    crate::bridge::write_or_back(
        &form,
        service::site::need::record,
        super::need::done_path,
        super::need::record_back,
    )
    .await
}

/// Drops a need, with the reason.
#[server(prefix = "/api", endpoint = "need/drop")]
pub async fn drop_need(
    need: String,
    version: String,
    key: String,
    #[server(default)] site: String,
    #[server(default)] reason: String,
) -> Result<NeedView, ApiError> {
    let form = contract::site::need::DropNeedForm { need, version, key, site, reason };
    crate::bridge::write_or_back(
        &form,
        service::site::need::drop_need,
        super::need::done_path,
        super::need::drop_back,
    )
    .await
}

/// Makes a reserve project of a need.
#[server(prefix = "/api", endpoint = "need/convert")]
pub async fn convert_need(
    need: String,
    version: String,
    key: String,
    #[server(default)] site: String,
) -> Result<NeedView, ApiError> {
    let form = contract::site::need::ConvertNeedForm { need, version, key, site };
    crate::bridge::write_or_back(
        &form,
        service::site::need::convert,
        super::need::done_path,
        super::need::convert_back,
    )
    .await
}
