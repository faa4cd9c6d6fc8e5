//! The doors of this slice, one line each.

use contract::area::{
    AreaHit, AreaImportView, AreaListForm, AreaListView, AreaView, AreasCommitted, SavedArea, Staged,
};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// Areas that may be meant by what is typed.
#[server(prefix = "/api", endpoint = "area/search", input = GetUrl)]
pub async fn search_areas(q: String) -> Result<Vec<AreaHit>, ApiError> {
    crate::bridge::read(&contract::area::AreaSearchForm { q }, service::area::tree::search).await
}

/// One level of the tree, or what a text finds.
#[server(prefix = "/api", endpoint = "area/list", input = GetUrl)]
pub async fn area_list(#[server(default)] form: AreaListForm) -> Result<AreaListView, ApiError> {
    crate::bridge::read(&form, service::area::tree::list).await
}

/// One area.
#[server(prefix = "/api", endpoint = "area/one", input = GetUrl)]
pub async fn area(code: String) -> Result<AreaView, ApiError> {
    crate::bridge::read(&contract::area::AreaForm { code }, service::area::tree::one).await
}

/// Renames an area or sets its dates.
#[server(prefix = "/api", endpoint = "area/save")]
pub async fn save_area(
    code: String,
    version: String,
    name: String,
    #[server(default)] valid_from: String,
    #[server(default)] valid_to: String,
) -> Result<SavedArea, ApiError> {
    let form = contract::area::SaveAreaForm { code, version, name, valid_from, valid_to };
    crate::bridge::write_or_back(
        &form,
        service::area::tree::save,
        super::one::saved_path,
        super::one::unsaved,
    )
    .await
}

/// Adds an area under another.
#[server(prefix = "/api", endpoint = "area/add")]
pub async fn add_area(
    parent: String,
    new_code: String,
    new_name: String,
    #[server(default)] new_valid_from: String,
) -> Result<SavedArea, ApiError> {
    let form =
        contract::area::AddAreaForm { parent, code: new_code, name: new_name, valid_from: new_valid_from };
    crate::bridge::write_or_back(&form, service::area::tree::add, super::one::saved_path, super::one::unadded)
        .await
}

/// Remembers another spelling.
#[server(prefix = "/api", endpoint = "area/teach")]
pub async fn teach_alias(code: String, alias: String) -> Result<SavedArea, ApiError> {
    let form = contract::area::AliasForm { code, alias };
    crate::bridge::write_or_back(
        &form,
        service::area::tree::teach,
        super::one::saved_path,
        super::one::untaught,
    )
    .await
}

/// Forgets a spelling.
#[server(prefix = "/api", endpoint = "area/unteach")]
pub async fn drop_alias(code: String, alias: String) -> Result<SavedArea, ApiError> {
    let form = contract::area::AliasForm { code, alias };
    crate::bridge::write_then(&form, service::area::tree::unteach, super::one::saved_path).await
}

/// Keeps a table of areas aside, to be looked at before it is taken over.
#[server(prefix = "/api", endpoint = "area/upload", input = MultipartFormData)]
pub async fn upload_areas(data: MultipartData) -> Result<Staged, ApiError> {
    crate::bridge::upload_then(data, service::area::upload::stage, super::import::staged_path).await
}

/// What a table of areas would do; nothing while none is named.
#[server(prefix = "/api", endpoint = "area/staged", input = GetUrl)]
pub async fn staged_areas(#[server(default)] batch: String) -> Result<Option<AreaImportView>, ApiError> {
    crate::bridge::read(&contract::area::StagedForm { batch }, service::area::upload::preview).await
}

/// Takes a table of areas over.
#[server(prefix = "/api", endpoint = "area/commit")]
pub async fn commit_areas(batch: String, key: String) -> Result<AreasCommitted, ApiError> {
    let form = contract::area::CommitAreasForm { batch, key };
    crate::bridge::write_then(&form, service::area::upload::commit, super::tree::committed_path).await
}
