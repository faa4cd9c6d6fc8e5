//! Imports of the caller: a workbook is uploaded, read, compared, and then committed or cancelled; a commit can be
//! undone. Mending single cells and answering questions about single rows are the wizard's.

pub mod shape;
pub mod told;

use super::body::{Asked, Object};
use super::caller::{Key, Reader, Writer};
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use contract::form::Form;
use contract::import::{ImportForm, RowsForm, StepForm, UploadForm};
use http::header::{ACCEPT_LANGUAGE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::{Failure, import};
use shape::{Import, ImportEntry, ImportPage, ImportRow, RowPage};
use utoipa::{IntoParams, ToSchema};
use words::Locale;

/// How the file is called.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileName {
    /// Name of the file with its ending
    #[param(example = "lists.xlsx")]
    file_name: String,
}

/// Which rows are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowFilter {
    /// `new`, `changed`, `same`, `faulty`, `unclear`, `conflict` or `skipped`
    outcome: String,
    /// `next` of the page before
    cursor: String,
}

/// A step of an import.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The version that was read
    version: i64,
    /// Commit: let good rows in although others are faulty
    #[serde(default)]
    skip_faulty: bool,
}

/// Imports of the caller, the newest first
#[utoipa::path(get, path = "/imports", tag = "imports", security(("token" = [])), responses(
    (status = 200, body = ImportPage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(Reader(call): Reader) -> Result<Json<ImportPage>, Denied> {
    let own = import::view::list(&call, ()).await?;
    Ok(Json(ImportPage { items: own.lines.into_iter().map(ImportEntry::of).collect() }))
}

/// Upload a workbook
///
/// The body is the file itself. It is read while the caller waits for `state` to leave `reading`.
#[utoipa::path(post, path = "/imports/upload", tag = "imports", security(("token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(FileName, ("Idempotency-Key" = String, Header, description = "The same key with the same file is one import")),
    responses(
        (status = 202, body = Import, headers(("Location" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn upload(
    Writer(call): Writer,
    Key(key): Key,
    Asked(asked): Asked<FileName>,
    request: Request,
) -> Result<Response, Denied> {
    let locale = language(request.headers());
    // The body was bounded and read before routing.
    let bytes = axum::body::to_bytes(request.into_body(), usize::MAX)
        .await
        .map_err(|fault| Denied::Malformed(fault.to_string()))?;
    let form = UploadForm { key, file_name: asked.file_name, bytes: bytes.to_vec() };
    let id = import::upload::upload(&call, form.check()?).await?;
    let view = import::view::one(&call, contract::import::command::ImportQuery { import: id }).await?;
    let mut response = (StatusCode::ACCEPTED, Json(Import::of(view, locale))).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("{}/imports/{id}", super::PREFIX)) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

/// One import
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the import")),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(
    Reader(call): Reader,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Import>, Denied> {
    let query = ImportForm { import: id }.check().map_err(|_| Failure::NotFound)?;
    Ok(Json(Import::of(import::view::one(&call, query).await?, language(&headers))))
}

/// Rows of an import, page by page
#[utoipa::path(get, path = "/imports/{id}/rows", tag = "imports", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the import"), RowFilter),
    responses(
        (status = 200, body = RowPage),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn rows(
    Reader(call): Reader,
    Path(id): Path<String>,
    Asked(filter): Asked<RowFilter>,
    headers: HeaderMap,
) -> Result<Json<RowPage>, Denied> {
    ImportForm { import: id.clone() }.check().map_err(|_| Failure::NotFound)?;
    let form = RowsForm {
        import: id,
        outcome: filter.outcome,
        page: filter.cursor,
        ..contract::import::RowsForm::default()
    };
    let view = import::view::rows(&call, form.check()?).await?;
    let locale = language(&headers);
    let items = view.rows.into_iter().map(|row| ImportRow::of(row, locale)).collect();
    Ok(Json(RowPage { items, next: view.next }))
}

/// Bring the rows into the lists
#[utoipa::path(post, path = "/imports/{id}/commit", tag = "imports", security(("token" = [])), request_body = Step,
    params(("id" = String, Path, description = "Id of the import"), ("Idempotency-Key" = String, Header, description = "The same key commits once")),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn commit(
    Writer(call): Writer,
    Path(id): Path<String>,
    Key(key): Key,
    headers: HeaderMap,
    body: Object,
) -> Result<Json<Import>, Denied> {
    let form = step(id, key, body)?;
    let mut tries = service::retry::Tries::default();
    loop {
        match import::apply::commit(&call, form.check()?).await {
            Err(Failure::Contended) if tries.again().await => {}
            outcome => return Ok(Json(Import::of(outcome?, language(&headers)))),
        }
    }
}

/// Give an import up before its commit
#[utoipa::path(post, path = "/imports/{id}/cancel", tag = "imports", security(("token" = [])), request_body = Step,
    params(("id" = String, Path, description = "Id of the import"), ("Idempotency-Key" = String, Header, description = "The same key cancels once")),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn cancel(
    Writer(call): Writer,
    Path(id): Path<String>,
    Key(key): Key,
    headers: HeaderMap,
    body: Object,
) -> Result<Json<Import>, Denied> {
    let form = step(id, key, body)?;
    let view = import::decide::cancel(&call, form.check()?).await?;
    Ok(Json(Import::of(view, language(&headers))))
}

/// Undo a committed import as a whole
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "imports", security(("token" = [])), request_body = Step,
    params(("id" = String, Path, description = "Id of the import"), ("Idempotency-Key" = String, Header, description = "The same key undoes once")),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn undo(
    Writer(call): Writer,
    Path(id): Path<String>,
    Key(key): Key,
    headers: HeaderMap,
    body: Object,
) -> Result<Json<Import>, Denied> {
    let form = step(id, key, body)?;
    let mut tries = service::retry::Tries::default();
    loop {
        match import::undo::staged(&call, form.check()?).await {
            Err(Failure::Contended) if tries.again().await => {}
            outcome => return Ok(Json(Import::of(outcome?, language(&headers)))),
        }
    }
}

/// A body read strictly.
fn object<T: DeserializeOwned>(Object(body): Object) -> Result<T, Denied> {
    serde_json::from_value(Value::Object(body)).map_err(|fault| Denied::Malformed(format!("JSON: {fault}")))
}

fn step(id: String, key: String, body: Object) -> Result<StepForm, Denied> {
    ImportForm { import: id.clone() }.check().map_err(|_| Failure::NotFound)?;
    let asked: Step = object(body)?;
    Ok(StepForm {
        import: id,
        version: asked.version.to_string(),
        key,
        skip_faulty: if asked.skip_faulty { "on".into() } else { String::new() },
        ..StepForm::default()
    })
}

fn language(headers: &HeaderMap) -> Locale {
    let tags = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    tags.and_then(words::locale::from_tags).unwrap_or_default()
}
