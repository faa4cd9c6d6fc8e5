//! Funding sources with their envelopes, and fund notices. Read only; amounts are whole fen.

use super::body::Asked;
use super::caller::Reader;
use super::ledger::{LedgerEntry, entry};
use super::me::NamedArea;
use super::problem::{Denied, Problem};
use axum::Json;
use axum::extract::Path;
use contract::form::Form;
use contract::fund::form::{NoticesForm, OneNoticeForm, SourcesForm};
use contract::fund::{ClauseLine, NoticeLine, SourceLine};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::{Failure, fund};
use utoipa::{IntoParams, ToSchema};

/// Which envelopes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Envelopes {
    /// Code or name of an area; notices given to it or below count. The token's own when empty
    area: String,
    /// Budget year; this year when empty
    year: String,
}

/// Which notices; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Code or name of an area; everything under it
    area: String,
    /// Code of a funding source: `CBI`, `GBS` …
    source: String,
    /// Budget year
    year: String,
    /// `next` of the page before
    cursor: String,
}

/// A rule of a source.
#[derive(Serialize, ToSchema)]
pub struct SourceRule {
    /// What it asks: `rule` names the kind, the rest are its parameters
    #[schema(value_type = Object)]
    rule: Value,
    /// First and last day, null where open
    from: Option<String>,
    to: Option<String>,
    /// Code of the area it is limited to
    area: Option<String>,
    /// It holds today in the area asked about
    holds: bool,
    /// `LAW`, `FOUND` or `KNOWN`
    mark: String,
    basis: String,
}

/// A source with its envelope of one year in one area.
#[derive(Serialize, ToSchema)]
pub struct FundingSource {
    #[schema(example = "BRG")]
    code: String,
    /// 中央衔接资金, as forms print it
    name: String,
    from: Option<String>,
    to: Option<String>,
    /// Money of it is given today
    gives: bool,
    successor: Option<String>,
    rules: Vec<SourceRule>,
    /// Last day on which money of the year may lie unused
    spend_by: Option<String>,
    /// 额度: sum of the notices
    quota_fen: String,
    /// 已安排, reversals taken off
    arranged_fen: String,
    /// 剩余
    left_fen: String,
    notices: u64,
}

/// All sources of one year and area.
#[derive(Serialize, ToSchema)]
pub struct SourceList {
    year: i32,
    area: NamedArea,
    items: Vec<FundingSource>,
    quota_fen: String,
    arranged_fen: String,
    left_fen: String,
}

/// A fund notice (下达文件).
#[derive(Serialize, ToSchema)]
pub struct FundNotice {
    id: String,
    version: i64,
    document: String,
    date: String,
    source: String,
    year: i32,
    area: NamedArea,
    amount_fen: String,
    arranged_fen: String,
    left_fen: String,
    projects: u64,
    /// Of the split on its way: `draft`, `submitted` or `returned`
    split: Option<String>,
}

/// A hundred notices at most, the newest first, with the sums of the whole filter.
#[derive(Serialize, ToSchema)]
pub struct NoticePage {
    items: Vec<FundNotice>,
    count: u64,
    quota_fen: String,
    arranged_fen: String,
    next: Option<String>,
}

/// A notice with the entries that stand on it.
#[derive(Serialize, ToSchema)]
pub struct NoticeWithEntries {
    notice: FundNotice,
    /// In the order of the chain, reversals too
    entries: Vec<LedgerEntry>,
}

/// Sources with their rules and envelopes
#[utoipa::path(get, path = "/sources", tag = "funds", params(Envelopes), security(("token" = [])), responses(
    (status = 200, body = SourceList),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn sources(
    Reader(call): Reader,
    Asked(asked): Asked<Envelopes>,
) -> Result<Json<SourceList>, Denied> {
    let form = SourcesForm { area: asked.area, year: asked.year };
    let view = fund::sources(&call, form.check().map_err(Failure::from)?).await?;
    Ok(Json(SourceList {
        year: view.year.get(),
        area: NamedArea { code: view.area.as_str().to_owned(), name: view.area_name },
        items: view.rows.into_iter().map(source).collect(),
        quota_fen: view.quota.fen().to_string(),
        arranged_fen: view.arranged.fen().to_string(),
        left_fen: view.left.fen().to_string(),
    }))
}

/// Fund notices, the newest first, page by page
#[utoipa::path(get, path = "/notices", tag = "funds", params(Filter), security(("token" = [])), responses(
    (status = 200, body = NoticePage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn notices(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<NoticePage>, Denied> {
    let Filter { area, source, year, cursor } = filter;
    let form = NoticesForm { area, source, year, page: cursor };
    let view = fund::notices(&call, form.check().map_err(Failure::from)?).await?;
    Ok(Json(NoticePage {
        items: view.rows.into_iter().map(line).collect(),
        count: view.count,
        quota_fen: view.quota.fen().to_string(),
        arranged_fen: view.arranged.fen().to_string(),
        next: view.next,
    }))
}

/// One fund notice with its entries
#[utoipa::path(get, path = "/notices/{id}", tag = "funds", params(("id" = String, Path, description = "Id of a notice")), security(("token" = [])), responses(
    (status = 200, body = NoticeWithEntries),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub async fn notice(Reader(call): Reader, Path(id): Path<String>) -> Result<Json<NoticeWithEntries>, Denied> {
    // What is no id is no notice.
    let query = OneNoticeForm { notice: id }.check().map_err(|_| Failure::NotFound)?;
    let view = fund::one(&call, query).await?;
    let entries = view.entries.into_iter().map(entry).collect();
    Ok(Json(NoticeWithEntries { notice: line(view.line), entries }))
}

fn source(row: SourceLine) -> FundingSource {
    let (from, to) = row.life.map_or((None, None), |life| (life.from, life.to));
    FundingSource {
        code: row.source.code().to_owned(),
        name: row.source.heading().to_owned(),
        from: from.map(|day| day.to_string()),
        to: to.map(|day| day.to_string()),
        gives: row.gives,
        successor: row.successor.map(|next| next.code().to_owned()),
        rules: row.clauses.into_iter().map(rule).collect(),
        spend_by: row.spend_by.map(|day| day.to_string()),
        quota_fen: row.quota.fen().to_string(),
        arranged_fen: row.arranged.fen().to_string(),
        left_fen: row.left.fen().to_string(),
        notices: row.notices,
    }
}

fn rule(line: ClauseLine) -> SourceRule {
    let ClauseLine { clause, holds, .. } = line;
    SourceRule {
        // A rule is plain data; one that could not be written would be shown as null.
        rule: serde_json::to_value(&clause.rule).unwrap_or_default(),
        from: clause.from.map(|day| day.to_string()),
        to: clause.to.map(|day| day.to_string()),
        area: clause.area.map(|code| code.to_string()),
        holds,
        mark: clause.basis.mark.code().to_owned(),
        basis: clause.basis.text,
    }
}

fn line(row: NoticeLine) -> FundNotice {
    FundNotice {
        id: row.notice.to_string(),
        version: row.version,
        document: row.document,
        date: row.date.to_string(),
        source: row.source.code().to_owned(),
        year: row.year.get(),
        area: NamedArea { code: row.area.as_str().to_owned(), name: row.area_name },
        amount_fen: row.amount.fen().to_string(),
        arranged_fen: row.arranged.fen().to_string(),
        left_fen: row.left.fen().to_string(),
        projects: row.projects,
        split: row.split.map(|step| step.code().to_owned()),
    }
}
