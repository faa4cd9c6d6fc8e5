//! The doors of this slice, one line each.

use contract::audit::{AuditForm, AuditView};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// One page of the trail.
#[server(prefix = "/api", endpoint = "audit/page", input = GetUrl)]
pub async fn audit_page(#[server(default)] form: AuditForm) -> Result<AuditView, ApiError> {
    crate::bridge::read(&form, service::audit::list).await
}
