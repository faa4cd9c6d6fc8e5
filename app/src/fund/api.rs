//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::fund::edition::SourceView;
use contract::fund::form::{
    DecideSplitForm, EditSourceForm, NoticeForm, NoticesForm, SourcesForm, SplitForm,
};
use contract::fund::{BlankNoticeView, CheckedSplitView, NoticeView, NoticesView, SourcesView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// All sources with their envelopes.
#[server(prefix = "/api", endpoint = "fund/sources", input = GetUrl)]
pub async fn sources(#[server(default)] form: SourcesForm) -> Result<SourcesView, ApiError> {
    crate::bridge::read(&form, service::fund::sources).await
}

/// One source with the editions of its rules.
#[server(prefix = "/api", endpoint = "fund/source", input = GetUrl)]
pub async fn source(source: String) -> Result<SourceView, ApiError> {
    crate::bridge::read(&contract::fund::form::SourceForm { source }, service::fund::edition::source).await
}

/// Makes the next edition of the rules of a source.
#[server(prefix = "/api", endpoint = "fund/edit_source")]
pub async fn edit_source(form: EditSourceForm) -> Result<SourceView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::fund::edition::edit,
        super::address::edited,
        super::address::edition_retyped,
    )
    .await
}

/// One page of notices with the sums of the whole filter.
#[server(prefix = "/api", endpoint = "fund/notices", input = GetUrl)]
pub async fn notices(#[server(default)] form: NoticesForm) -> Result<NoticesView, ApiError> {
    crate::bridge::read(&form, service::fund::notices).await
}

/// What an empty form of a notice needs.
#[server(prefix = "/api", endpoint = "fund/blank", input = GetUrl)]
pub async fn blank() -> Result<BlankNoticeView, ApiError> {
    crate::bridge::ask(service::fund::blank).await
}

/// One notice.
#[server(prefix = "/api", endpoint = "fund/notice", input = GetUrl)]
pub async fn notice(notice: String) -> Result<NoticeView, ApiError> {
    crate::bridge::read(&contract::fund::form::OneNoticeForm { notice }, service::fund::one).await
}

/// Registers a notice, or changes one on which nothing stands.
#[server(prefix = "/api", endpoint = "fund/register")]
pub async fn register(form: NoticeForm) -> Result<NoticeView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::fund::register,
        super::address::registered,
        super::address::retyped,
    )
    .await
}

/// What a split would do; keeps nothing.
#[server(prefix = "/api", endpoint = "fund/check_split", input = GetUrl)]
pub async fn check_split(#[server(default)] form: SplitForm) -> Result<CheckedSplitView, ApiError> {
    crate::bridge::read(&contract::fund::form::CheckSplitForm { split: form }, service::fund::split::check)
        .await
}

/// Keeps a split, and hands it on when asked to.
#[server(prefix = "/api", endpoint = "fund/save_split")]
pub async fn save_split(form: SplitForm) -> Result<NoticeView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::fund::split::save,
        super::address::split_kept,
        super::address::split_retyped,
    )
    .await
}

/// Takes a split back, approves or returns it.
#[server(prefix = "/api", endpoint = "fund/decide_split")]
pub async fn decide_split(form: DecideSplitForm) -> Result<NoticeView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::fund::split::decide,
        super::address::split_decided,
        super::address::split_undecided,
    )
    .await
}
