//! A file with its form, and where a plain form goes next.

use super::{Upload, answer, plain_form, read_upload, refuse, request};
use contract::error::ApiError;
use contract::form::Form;
use contract::import::UploadForm;
use server_fn::codec::MultipartData;
use service::{Call, Failure};

/// A file with its form, after which a plain form is sent to a page of ours.
pub async fn send_then<F: Form + From<Upload>, V>(
    data: MultipartData,
    work: impl AsyncFnOnce(&Call, F::Command) -> Result<V, Failure>,
    next: impl FnOnce(&V) -> String,
) -> Result<V, ApiError> {
    let call = request::call().await?;
    let form = F::from(read_upload(data).await.map_err(refuse)?);
    let command = form.check().map_err(|errors| refuse(ApiError::Invalid { errors }))?;
    let done = work(&call, command).await.map_err(answer)?;
    if plain_form() {
        leptos_axum::redirect(&next(&done));
    }
    Ok(done)
}

/// A file by itself, after which a plain form is sent to a page of ours.
pub async fn upload_then<V>(
    data: MultipartData,
    work: impl AsyncFnOnce(&Call, String, Vec<u8>) -> Result<V, Failure>,
    next: impl FnOnce(&V) -> String,
) -> Result<V, ApiError> {
    let call = request::call().await?;
    let upload = read_upload(data).await.map_err(refuse)?;
    let done = work(&call, upload.file_name, upload.bytes).await.map_err(answer)?;
    if plain_form() {
        leptos_axum::redirect(&next(&done));
    }
    Ok(done)
}

impl From<Upload> for UploadForm {
    fn from(upload: Upload) -> UploadForm {
        let Upload { file_name, bytes, mut fields } = upload;
        UploadForm { key: fields.remove("key").unwrap_or_default(), file_name, bytes }
    }
}
