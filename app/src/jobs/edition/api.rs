//! The doors of editions, one line each.

use contract::error::ApiError;
use contract::jobs::edition::{DecideForm, DraftForm, EditDraftForm, EditionView, EditionsView, ProposeForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// What holds today, and all editions.
#[server(prefix = "/api", endpoint = "coefficient/list", input = GetUrl)]
pub async fn editions() -> Result<EditionsView, ApiError> {
    crate::bridge::ask(service::jobs::edition::list).await
}

/// One edition with what it would change.
#[server(prefix = "/api", endpoint = "coefficient/one", input = GetUrl)]
pub async fn edition(number: String) -> Result<EditionView, ApiError> {
    crate::bridge::read(&contract::jobs::edition::EditionForm { number }, service::jobs::edition::one).await
}

/// Makes a draft that begins as a copy of what holds.
#[server(prefix = "/api", endpoint = "coefficient/draft")]
pub async fn draft_edition(#[server(default)] form: DraftForm) -> Result<u32, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::jobs::edition::draft,
        super::address::made,
        super::address::draft_back,
    )
    .await
}

/// Keeps other figures of a draft.
#[server(prefix = "/api", endpoint = "coefficient/edit")]
pub async fn edit_edition(#[server(default)] form: EditDraftForm) -> Result<EditionView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::jobs::edition::edit,
        super::address::edited,
        super::address::edit_back,
    )
    .await
}

/// Hands a draft on.
#[server(prefix = "/api", endpoint = "coefficient/propose")]
pub async fn propose_edition(#[server(default)] form: ProposeForm) -> Result<EditionView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::jobs::edition::propose,
        super::address::proposed,
        super::address::propose_back,
    )
    .await
}

/// Puts an edition into force, or gives it back.
#[server(prefix = "/api", endpoint = "coefficient/decide")]
pub async fn decide_edition(#[server(default)] form: DecideForm) -> Result<EditionView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::jobs::edition::decide,
        super::address::decided,
        super::address::decide_back,
    )
    .await
}
