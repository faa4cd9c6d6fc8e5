//! The one place where screens meet the server: request → `Call`, `Failure` → `ApiError` and status.
//! Knows cookies and headers; decides nothing about the business.

mod account;
mod request;
mod then;
mod wall;

pub use account::{
    change_password, is_set_up, made_token, make_token, me, set_look, set_up, sign_in, sign_out,
};
pub use request::{ClientIp, Lapsed, RequestId, Site, language_of, provide, reader, visitor};
pub use then::{act_then, save_project, send_then, upload_then, write_or_back, write_then};
pub use wall::{enter_wall, is_wall, make_wall, wall_figures};

use contract::error::ApiError;
use contract::form::Form;
use http::{StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use server_fn::codec::MultipartData;
use service::{Call, Failure};
use std::collections::BTreeMap;

/// A file that came with a form.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// The other inputs of the form.
    pub fields: BTreeMap<String, String>,
}

/// A question without a form.
pub async fn ask<V>(work: impl AsyncFnOnce(&Call, ()) -> Result<V, Failure>) -> Result<V, ApiError> {
    let call = request::call().await?;
    work(&call, ()).await.map_err(answer)
}

/// A question with a form; changes nothing.
pub async fn read<F: Form, V>(
    form: &F,
    work: impl AsyncFnOnce(&Call, F::Command) -> Result<V, Failure>,
) -> Result<V, ApiError> {
    let query = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
    let call = request::call().await?;
    work(&call, query).await.map_err(answer)
}

/// A command. The signed-out learn nothing about their input, so the session is looked at first. What lost against
/// another transaction was wholly undone and is tried again.
pub async fn write<F: Form, V>(
    form: &F,
    work: impl AsyncFn(&Call, F::Command) -> Result<V, Failure>,
) -> Result<V, ApiError> {
    let call = request::call().await?;
    let mut tries = service::retry::Tries::default();
    loop {
        let command = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
        match work(&call, command).await {
            Err(Failure::Contended) if tries.again().await => {}
            outcome => return outcome.map_err(answer),
        }
    }
}

/// A file with its form.
pub async fn upload<V>(
    data: MultipartData,
    work: impl AsyncFnOnce(&Call, Upload) -> Result<V, Failure>,
) -> Result<V, ApiError> {
    let call = request::call().await?;
    let upload = read_upload(data).await.map_err(refuse)?;
    work(&call, upload).await.map_err(answer)
}

/// Reads the parts; the body is already bounded by the router.
async fn read_upload(data: MultipartData) -> Result<Upload, ApiError> {
    let broken = |detail: String| ApiError::Transport { detail };
    let mut parts = data.into_inner().ok_or_else(|| broken("no multipart body".into()))?;
    let mut upload = Upload::default();
    while let Some(part) = parts.next_field().await.map_err(|fault| broken(fault.to_string()))? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file_name) = part.file_name().map(str::to_owned) {
            upload.bytes = part.bytes().await.map_err(|fault| broken(fault.to_string()))?.to_vec();
            upload.file_name = file_name;
        } else {
            let text = part.text().await.map_err(|fault| broken(fault.to_string()))?;
            upload.fields.insert(name, text);
        }
    }
    Ok(upload)
}

/// A use case's failure, with its status on the response.
fn answer(failure: Failure) -> ApiError {
    refuse(failure.into_api(&request::reference()))
}

/// Sets the status: of a door always, unless a browser's plain form waits for its redirect; of a page only
/// when the page itself is missing, forbidden or asked for in a way that cannot be read, since a signed-out visitor of
/// a page is sent to sign in.
fn refuse(error: ApiError) -> ApiError {
    let is_door = request::path().is_some_and(|path| is_door(&path));
    let plain_form = plain_form();
    let page_says =
        matches!(error, ApiError::NotFound | ApiError::Forbidden { .. } | ApiError::Invalid { .. });
    let says = if is_door { !plain_form } else { page_says };
    if says && let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status(&error));
    }
    error
}

/// True of addresses that answer programs; all others answer a reader with a page.
pub fn is_door(path: &str) -> bool {
    path.starts_with("/api/") && path != "/api/docs"
}

/// True when a browser's plain form waits for a redirect.
fn plain_form() -> bool {
    request::header(&header::ACCEPT).is_some_and(|accept| accept.contains("text/html"))
}

/// The status of an answer.
pub const fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::SignedOut => StatusCode::UNAUTHORIZED,
        ApiError::Forbidden { .. } => StatusCode::FORBIDDEN,
        ApiError::NotFound => StatusCode::NOT_FOUND,
        ApiError::Invalid { .. } | ApiError::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Stale { .. } => StatusCode::CONFLICT,
        ApiError::Unexpected { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        ApiError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        ApiError::Incomplete | ApiError::Transport { .. } => StatusCode::BAD_REQUEST,
    }
}
