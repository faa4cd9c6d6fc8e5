//! Where a plain form goes next: to a page of ours that says what was done, or back with everything that was typed.

use super::account::own_path;
use super::{Upload, answer, plain_form, read_upload, refuse, request, write};
use crate::list::shortcuts::NEW;
use crate::parts::address::encode;
use contract::dispatch::file::FileForm;
use contract::error::{ApiError, FieldErrors};
use contract::form::Form;
use contract::ledger::form::BookForm;
use contract::ledger::reconcile::BankFileForm;
use contract::project::{Draft, SaveForm, SavedView};
use contract::{attachment, import};
use server_fn::codec::MultipartData;
use server_fn::error::ServerFnUrlError;
use service::{Call, Failure};
use std::sync::Arc;

/// A command, after which a plain form is sent to a page of ours.
pub async fn write_then<F: Form, V>(
    form: &F,
    work: impl AsyncFn(&Call, F::Command) -> Result<V, Failure>,
    next: impl FnOnce(&V) -> String,
) -> Result<V, ApiError> {
    let done = write(form, work).await?;
    go_on(&next(&done));
    Ok(done)
}

/// The same for a command that needs no input.
pub async fn act_then<V>(
    work: impl AsyncFnOnce(&Call, ()) -> Result<V, Failure>,
    next: impl FnOnce(&V) -> String,
) -> Result<V, ApiError> {
    let done = super::ask(work).await?;
    go_on(&next(&done));
    Ok(done)
}

/// A command, after which a plain form is sent to a page of ours, or back to its own with everything that was typed and
/// what is wrong with it.
pub async fn write_or_back<F: Form, V>(
    form: &F,
    work: impl AsyncFn(&Call, F::Command) -> Result<V, Failure>,
    next: impl FnOnce(&V) -> String,
    back: impl FnOnce(&F) -> String,
) -> Result<V, ApiError> {
    let error = match write(form, work).await {
        Ok(done) => {
            go_on(&next(&done));
            return Ok(done);
        }
        Err(error) => error,
    };
    go_back(&error, &back(form));
    Err(error)
}

/// Sends a plain form back to its page with what is wrong. Of whoever was signed out meanwhile the server is told, since
/// that page could not be shown.
pub(super) fn go_back(error: &ApiError, page: &str) {
    if *error == ApiError::SignedOut && plain_form() {
        request::tell_lapsed();
    }
    let door = request::path().unwrap_or_default();
    // The base is only there because a relative address cannot be built on; it is taken off again.
    let base = "http://own";
    if let Ok(url) = ServerFnUrlError::new(door, error.clone()).to_url(&format!("{base}{page}")) {
        // What a form says of its page may be anything; it stays a path of ours.
        go_on(&own_path(url.as_str().strip_prefix(base)));
    }
}

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
    go_on(&next(&done));
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
    go_on(&next(&done));
    Ok(done)
}

/// Saves a project. What a plain form could not save waits in the database, since an address has no room for it; of
/// somebody signed out it can only be sent again.
pub async fn save_project(form: &SaveForm, tab: &str) -> Result<SavedView, ApiError> {
    let error = match write(form, service::project::save).await {
        Ok(saved) => {
            let done = if form.project.is_empty() { "created" } else { "saved" };
            go_on(&format!("/projects/{}{}?done={done}", saved.project, tab_path(tab)));
            return Ok(saved);
        }
        Err(error) => error,
    };
    if !plain_form() {
        return Err(error);
    }
    // Whoever may not have the page of the project has nothing to come back to.
    let has_page = !matches!(error, ApiError::SignedOut | ApiError::Forbidden { .. } | ApiError::NotFound);
    let error = if has_page { keep_unsaved(form, error).await? } else { error };
    let page = match form.project.as_str() {
        "" => NEW.to_owned(),
        project => format!("/projects/{}{}", encode(project), tab_path(tab)),
    };
    go_back(&error, &page);
    Err(error)
}

/// Keeps what was typed with the whole error; what is left of the error fits into an address.
async fn keep_unsaved(form: &SaveForm, error: ApiError) -> Result<ApiError, ApiError> {
    let call = request::call().await?;
    let draft = Draft { form: form.clone(), error: Some(error.clone()) };
    service::project::keep_draft(&call, &draft).await.map_err(answer)?;
    Ok(if matches!(error, ApiError::Stale { .. }) {
        ApiError::Stale { conflicts: Vec::new() }
    } else if matches!(error, ApiError::Invalid { .. }) {
        ApiError::Invalid { errors: FieldErrors::new() }
    } else {
        error
    })
}

/// Tabs of a project's page that have a form; anything else is the first.
fn tab_path(tab: &str) -> &'static str {
    match tab {
        "funding" => "/funding",
        "gates" => "/gates",
        _ => "",
    }
}

pub(super) fn go_on(path: &str) {
    if plain_form() {
        leptos_axum::redirect(path);
    }
}

impl From<Upload> for BookForm {
    fn from(upload: Upload) -> BookForm {
        let Upload { file_name, bytes, mut fields } = upload;
        BookForm { key: fields.remove("key").unwrap_or_default(), file_name, bytes }
    }
}

impl From<Upload> for FileForm {
    fn from(upload: Upload) -> FileForm {
        let Upload { file_name, bytes, mut fields } = upload;
        FileForm { book: fields.remove("book").unwrap_or_default(), file_name, bytes }
    }
}

impl From<Upload> for BankFileForm {
    fn from(upload: Upload) -> BankFileForm {
        let Upload { file_name, bytes, mut fields } = upload;
        let mut take = |name: &str| fields.remove(name).unwrap_or_default();
        BankFileForm { key: take("key"), source: take("source"), unit: take("unit"), file_name, bytes }
    }
}

impl From<Upload> for attachment::UploadForm {
    fn from(upload: Upload) -> attachment::UploadForm {
        let Upload { file_name, bytes, mut fields } = upload;
        let mut take = |name: &str| fields.remove(name).unwrap_or_default();
        attachment::UploadForm {
            project: take("project"),
            key: take("key"),
            gate: take("gate"),
            file_name,
            bytes: Arc::new(bytes),
        }
    }
}

impl From<Upload> for import::UploadForm {
    fn from(upload: Upload) -> import::UploadForm {
        let Upload { file_name, bytes, mut fields } = upload;
        import::UploadForm { key: fields.remove("key").unwrap_or_default(), file_name, bytes }
    }
}
