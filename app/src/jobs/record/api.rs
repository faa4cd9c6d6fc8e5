//! The doors of 测算与实绩, one line each.

use contract::error::ApiError;
use contract::jobs::record::{AdoptForm, ComparedForm, ComparedView, RecordView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// One page of estimates beside what came.
#[server(prefix = "/api", endpoint = "jobs/compared", input = GetUrl)]
pub async fn compared(#[server(default)] form: ComparedForm) -> Result<ComparedView, ApiError> {
    crate::bridge::read(&form, service::jobs::record::compared).await
}

/// The record of the coefficients.
#[server(prefix = "/api", endpoint = "jobs/record", input = GetUrl)]
pub async fn record(#[server(default)] month: String) -> Result<RecordView, ApiError> {
    let form = contract::jobs::record::RecordForm { month };
    crate::bridge::read(&form, service::jobs::record::calibrate::record).await
}

/// Makes a draft of what the record speaks for.
#[server(prefix = "/api", endpoint = "coefficient/adopt")]
pub async fn adopt_record(#[server(default)] form: AdoptForm) -> Result<u32, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::jobs::record::calibrate::adopt,
        crate::jobs::edition::address::made,
        crate::jobs::edition::address::adopt_back,
    )
    .await
}
