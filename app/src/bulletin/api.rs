//! The doors of this slice, one line each.

use contract::bulletin::{
    BeginForm, BulletinView, BulletinsView, IssueBulletinForm, LetterheadForm, RewordForm, WeightsForm,
};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Every document of the person's area.
#[server(prefix = "/api", endpoint = "bulletin/list", input = GetUrl)]
pub async fn bulletins() -> Result<BulletinsView, ApiError> {
    crate::bridge::ask(service::bulletin::list).await
}

/// One document as it will print.
#[server(prefix = "/api", endpoint = "bulletin/one", input = GetUrl)]
pub async fn bulletin(bulletin: String) -> Result<BulletinView, ApiError> {
    crate::bridge::read(&contract::bulletin::BulletinForm { bulletin }, service::bulletin::one).await
}

/// Begins a document on what is known now, or on what another one knew.
#[server(prefix = "/api", endpoint = "bulletin/begin")]
pub async fn begin_bulletin(form: BeginForm) -> Result<BulletinView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::bulletin::begin,
        super::address::begun,
        super::address::begin_again,
    )
    .await
}

/// Says a paragraph in other words.
#[server(prefix = "/api", endpoint = "bulletin/reword")]
pub async fn reword_bulletin(form: RewordForm) -> Result<BulletinView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::bulletin::change,
        super::address::changed,
        super::address::reword_again,
    )
    .await
}

/// Changes the head of a document.
#[server(prefix = "/api", endpoint = "bulletin/letterhead")]
pub async fn head_bulletin(form: LetterheadForm) -> Result<BulletinView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::bulletin::change,
        super::address::changed,
        super::address::head_again,
    )
    .await
}

/// Changes the weights of the ranking.
#[server(prefix = "/api", endpoint = "bulletin/weigh")]
pub async fn weigh_bulletin(form: WeightsForm) -> Result<BulletinView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::bulletin::change,
        super::address::changed,
        super::address::weigh_again,
    )
    .await
}

/// Issues a document as it stands.
#[server(prefix = "/api", endpoint = "bulletin/issue")]
pub async fn issue_bulletin(form: IssueBulletinForm) -> Result<BulletinView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::bulletin::issue,
        super::address::issued,
        super::address::issue_again,
    )
    .await
}
