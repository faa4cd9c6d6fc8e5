//! Monthly returns (月调度) of the caller's area: a month with all its books, one book with its rows.

use super::body::Asked;
use super::caller::Reader;
use super::me::NamedArea;
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use contract::dispatch::form::{BookForm, MonthForm};
use contract::dispatch::{AreaLine, BookHead, ProjectLine, SiteLine};
use contract::form::Form;
use domain::area::AreaCode;
use domain::money::Money;
use serde::{Deserialize, Serialize};
use service::dispatch;
use utoipa::{IntoParams, ToSchema};

/// Which month is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MonthFilter {
    /// `2026-10`; without it the month that is being reported
    month: String,
}

/// A month of every area that reports, who is missing first.
#[derive(Serialize, ToSchema)]
pub struct ReturnMonth {
    #[schema(example = "2026-10")]
    month: String,
    handed_in: u64,
    items: Vec<ReturnArea>,
}

/// What one area reports for a month.
#[derive(Serialize, ToSchema)]
pub struct ReturnArea {
    area: NamedArea,
    /// Id of the book; null while nobody opened the month there
    id: Option<String>,
    /// `filling`, `submitted`, `returned` or `accepted`; figures count for others when submitted or accepted
    state: Option<&'static str>,
    projects: u64,
    sites: u64,
    /// Cells that have to be filled in and are not
    missing: u64,
    /// Sum of the year up to the month's end, in fen
    invested_fen: String,
    /// People present on the last day
    jobs_present: u64,
    /// People taken on since the year began
    jobs_cumulative: u64,
    pay_fen: String,
    submitted_at: Option<String>,
}

/// One book with its rows.
#[derive(Serialize, ToSchema)]
pub struct ReturnBook {
    id: String,
    version: i64,
    area: NamedArea,
    month: String,
    state: &'static str,
    submitted_at: Option<String>,
    projects: Vec<ReturnProject>,
    sites: Vec<ReturnSite>,
}

/// A project's row; what nobody gave is null.
#[derive(Serialize, ToSchema)]
pub struct ReturnProject {
    project: String,
    number: u64,
    name: String,
    version: i64,
    is_started: Option<bool>,
    progress: Option<String>,
    invested_fen: Option<String>,
    jobs_present: Option<u32>,
    jobs_present_rural: Option<u32>,
    jobs_present_relocated: Option<u32>,
    jobs_cumulative: Option<u32>,
    jobs_cumulative_rural: Option<u32>,
    jobs_cumulative_relocated: Option<u32>,
    pay_fen: Option<String>,
    reason_not_started: Option<String>,
    reason_fallen: Option<String>,
    explanation: Option<String>,
}

/// A community's row; what nobody gave is null.
#[derive(Serialize, ToSchema)]
pub struct ReturnSite {
    site: String,
    name: String,
    version: i64,
    labour: Option<u32>,
    employed: Option<u32>,
    employed_out_of_province: Option<u32>,
    employed_in_province: Option<u32>,
    employed_in_county: Option<u32>,
    zero_employment_households: Option<u32>,
}

/// Monthly returns of a month
#[utoipa::path(get, path = "/returns", tag = "returns", params(MonthFilter), security(("token" = [])), responses(
    (status = 200, body = ReturnMonth),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn month(
    Reader(call): Reader,
    Asked(filter): Asked<MonthFilter>,
) -> Result<Json<ReturnMonth>, Denied> {
    let view = dispatch::overview(&call, MonthForm { month: filter.month }.check()?).await?;
    Ok(Json(ReturnMonth {
        month: view.month.to_string(),
        handed_in: view.handed_in,
        items: view.lines.into_iter().map(area).collect(),
    }))
}

/// One monthly return
#[utoipa::path(get, path = "/returns/{id}", tag = "returns", security(("token" = [])),
    params(("id" = String, Path, description = "Id of the book")),
    responses(
        (status = 200, body = ReturnBook),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Missing, or outside the caller's area", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(Reader(call): Reader, Path(id): Path<String>) -> Result<Json<ReturnBook>, Denied> {
    let view = dispatch::one(&call, BookForm { book: id }.check()?).await?;
    let head = view.head;
    Ok(Json(ReturnBook {
        id: head.book.to_string(),
        version: head.version,
        submitted_at: submitted(&head),
        area: NamedArea { code: AreaCode::as_str(&head.area).to_owned(), name: head.area_name },
        month: head.month.to_string(),
        state: head.standing.code(),
        projects: view.projects.into_iter().map(project).collect(),
        sites: view.sites.into_iter().map(site).collect(),
    }))
}

fn submitted(head: &BookHead) -> Option<String> {
    head.submitted.as_ref().map(|mark| super::instant(mark.at))
}

fn area(line: AreaLine) -> ReturnArea {
    ReturnArea {
        area: NamedArea { code: AreaCode::as_str(&line.area).to_owned(), name: line.area_name },
        id: line.book.as_ref().map(|book| book.book.to_string()),
        state: line.book.as_ref().map(|book| book.standing.code()),
        projects: line.totals.projects,
        sites: line.sites,
        missing: line.missing,
        invested_fen: line.totals.invested.fen().to_string(),
        jobs_present: line.totals.jobs_present,
        jobs_cumulative: line.totals.jobs_cumulative,
        pay_fen: line.totals.pay.fen().to_string(),
        submitted_at: line.book.as_ref().and_then(submitted),
    }
}

fn project(line: ProjectLine) -> ReturnProject {
    let fen = |amount: Option<Money>| amount.map(|amount| amount.fen().to_string());
    ReturnProject {
        project: line.project.to_string(),
        number: line.number,
        name: line.name,
        version: line.version,
        is_started: line.row.is_started,
        progress: line.row.progress,
        invested_fen: fen(line.row.invested),
        jobs_present: line.row.jobs_present,
        jobs_present_rural: line.row.jobs_present_rural,
        jobs_present_relocated: line.row.jobs_present_relocated,
        jobs_cumulative: line.row.jobs_cumulative,
        jobs_cumulative_rural: line.row.jobs_cumulative_rural,
        jobs_cumulative_relocated: line.row.jobs_cumulative_relocated,
        pay_fen: fen(line.row.pay),
        reason_not_started: line.row.reason_not_started,
        reason_fallen: line.row.reason_fallen,
        explanation: line.row.explanation,
    }
}

fn site(line: SiteLine) -> ReturnSite {
    ReturnSite {
        site: line.site.to_string(),
        name: line.name,
        version: line.version,
        labour: line.row.labour,
        employed: line.row.employed,
        employed_out_of_province: line.row.employed_out_of_province,
        employed_in_province: line.row.employed_in_province,
        employed_in_county: line.row.employed_in_county,
        zero_employment_households: line.row.zero_employment_households,
    }
}
