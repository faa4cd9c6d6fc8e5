//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::jobs::{EstimateView, InputsForm, OverrideForm, SavedInputs};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Everything the estimate of a project stands on.
#[server(prefix = "/api", endpoint = "jobs/estimate", input = GetUrl)]
pub async fn estimate(project: String) -> Result<EstimateView, ApiError> {
    crate::bridge::read(&contract::project::ProjectForm { project }, service::jobs::one).await
}

/// Keeps figures stated for an estimate; those that are not sent are cleared.
#[server(prefix = "/api", endpoint = "jobs/save_inputs")]
pub async fn save_inputs(#[server(default)] form: InputsForm) -> Result<SavedInputs, ApiError> {
    crate::bridge::write_or_back(&form, service::jobs::save, super::address::saved, super::address::retyped)
        .await
}

/// Puts a person's number in the place of a computed one, or takes it back.
#[server(prefix = "/api", endpoint = "jobs/save_override")]
pub async fn save_override(#[server(default)] form: OverrideForm) -> Result<SavedInputs, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::jobs::save_override,
        super::address::saved,
        super::address::retyped_override,
    )
    .await
}
