//! What a caller says of an import before its commit: how a sheet is to be read, and choices about the whole file.
//! The same that a person says in the wizard.

use super::shape::Import;
use super::{language, object};
use crate::api::body::Object;
use crate::api::caller::{Key, Writer};
use crate::api::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use contract::form::Form;
use contract::import::{ImportForm, ReadAsForm, WholeForm};
use http::HeaderMap;
use serde::Deserialize;
use service::{Failure, import};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How a sheet is to be read. What is left out stays as it was found or said before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadAs {
    /// The version that was read
    version: i64,
    /// Name of the sheet
    sheet: String,
    /// `yuan`, `wan` or `yi`
    unit: Option<String>,
    /// First row of the heading, from 1 to 200
    header_first: Option<u32>,
    /// Its last row, when it has more than one
    header_last: Option<u32>,
    /// `1y`, `2y` or `5y`
    horizon: Option<String>,
    plan_year: Option<i32>,
    /// Letters of a column to the column it is, such as `{"L": "total"}`; an empty text leaves the column out
    #[serde(default)]
    columns: BTreeMap<String, String>,
    /// Letters of a column to the unit of its amounts; an empty text takes the heading's again
    #[serde(default)]
    units: BTreeMap<String, String>,
    /// Headings given a column here are remembered for later files
    #[serde(default)]
    remember: bool,
}

/// A choice about the whole file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WholeChoice {
    /// The version that was read
    version: i64,
    /// `match_names`, `no_match_names`, `make_sites`, `blank_clears` or `blank_keeps`
    what: String,
}

/// Read the file anew under another understanding of one sheet
///
/// The caller waits for `state` to leave `reading`.
#[utoipa::path(post, path = "/imports/{id}/read_as", tag = "imports", security(("token" = [])), request_body = ReadAs,
    params(("id" = String, Path, description = "Id of the import"), ("Idempotency-Key" = String, Header, description = "The same key reads once")),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn read_as(
    Writer(call): Writer,
    Path(id): Path<String>,
    Key(key): Key,
    headers: HeaderMap,
    body: Object,
) -> Result<Json<Import>, Denied> {
    ImportForm { import: id.clone() }.check().map_err(|_| Failure::NotFound)?;
    let asked: ReadAs = object(body)?;
    let row = |row: Option<u32>| row.map(|row| row.to_string()).unwrap_or_default();
    let form = ReadAsForm {
        import: id,
        version: asked.version.to_string(),
        key,
        sheet: asked.sheet,
        unit: asked.unit.unwrap_or_default(),
        header_first: row(asked.header_first),
        header_last: row(asked.header_last),
        horizon: asked.horizon.unwrap_or_default(),
        plan_year: asked.plan_year.map(|year| year.to_string()).unwrap_or_default(),
        columns: asked.columns,
        units: asked.units,
        remember: if asked.remember { "on".into() } else { String::new() },
        ..ReadAsForm::default()
    };
    let view = import::read_as::read_as(&call, form.check()?).await?;
    Ok(Json(Import::of(view, language(&headers))))
}

/// Say something about the whole file
#[utoipa::path(post, path = "/imports/{id}/whole", tag = "imports", security(("token" = [])), request_body = WholeChoice,
    params(("id" = String, Path, description = "Id of the import"), ("Idempotency-Key" = String, Header, description = "The same key chooses once")),
    responses(
        (status = 200, body = Import),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn whole(
    Writer(call): Writer,
    Path(id): Path<String>,
    Key(key): Key,
    headers: HeaderMap,
    body: Object,
) -> Result<Json<Import>, Denied> {
    ImportForm { import: id.clone() }.check().map_err(|_| Failure::NotFound)?;
    let asked: WholeChoice = object(body)?;
    let form = WholeForm { import: id, version: asked.version.to_string(), key, what: asked.what };
    let view = import::decide::whole(&call, form.check()?).await?;
    Ok(Json(Import::of(view, language(&headers))))
}
