//! The ledger of funds: sums, positions, entries, pairs out of order. Read only; amounts are whole fen.

use super::body::Asked;
use super::caller::Reader;
use super::me::NamedArea;
use super::problem::{Denied, Problem};
use axum::Json;
use contract::form::Form;
use contract::ledger::command::LedgerQuery;
use contract::ledger::form::LedgerForm;
use contract::ledger::{EntryLine, NamedProject, Sums};
use domain::area::AreaCode;
use domain::ledger::{Breach, Stage};
use domain::money::Delta;
use serde::{Deserialize, Serialize};
use service::{Failure, ledger};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// What is asked for; all parts together.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Code or name of an area; everything under it
    area: String,
    /// Id of a project
    project: String,
    /// Code of a funding source: `CBI`, `GBS` …
    source: String,
    /// Budget year
    year: String,
    /// Month of the books: `2026-03`; entries and totals only
    month: String,
    /// Kind: `issue`, `receive`, `disburse`, `pay`, `recover` or `transfer`; entries and totals only
    kind: String,
    /// Only what is dated up to this day; entries and totals only
    as_of: String,
    /// Only what stood in the chain up to this place; entries and totals only
    known_at: String,
    /// `next` of the page before
    cursor: String,
}

/// Fen by stage: `issued`, `received`, `disbursed`, `paid`.
type ByStage = BTreeMap<&'static str, String>;

/// Sums by movement and stage, in fen, reversals taken off.
#[derive(Serialize, ToSchema)]
pub struct Figures {
    /// 下达, 到位, 拨付, 支付 as entered
    #[schema(value_type = BTreeMap<String, String>)]
    entered_fen: ByStage,
    /// What has reached each stage, net of what was recovered and moved
    #[schema(value_type = BTreeMap<String, String>)]
    net_fen: ByStage,
    /// What lies at each stage now
    #[schema(value_type = BTreeMap<String, String>)]
    lying_fen: ByStage,
}

/// Sums of a filter, and by source.
#[derive(Serialize, ToSchema)]
pub struct LedgerTotals {
    totals: Figures,
    sources: BTreeMap<String, Figures>,
    /// Last place of the chain: ask again with `known_at` for the same answer
    known_at: i64,
}

/// A project by name.
#[derive(Serialize, ToSchema)]
pub struct LedgerProject {
    id: String,
    number: u64,
    name: String,
    code: Option<String>,
    area: NamedArea,
}

/// A later stage exceeds the one before.
#[derive(Serialize, ToSchema)]
pub struct LedgerBreach {
    #[schema(example = "disbursed")]
    earlier: String,
    #[schema(example = "paid")]
    later: String,
    over_fen: String,
}

/// One position, or one pair over all budget years.
#[derive(Serialize, ToSchema)]
pub struct LedgerPosition {
    project: LedgerProject,
    source: String,
    /// Null for a pair over all budget years
    year: Option<i32>,
    totals: Figures,
    breaches: Vec<LedgerBreach>,
}

/// Fifty positions at most.
#[derive(Serialize, ToSchema)]
pub struct PositionPage {
    items: Vec<LedgerPosition>,
    next: Option<String>,
}

/// One entry; negative for a reversal.
#[derive(Serialize, ToSchema)]
pub struct LedgerEntry {
    id: String,
    seq: i64,
    date: String,
    month: String,
    late_for: Option<String>,
    #[schema(example = "disburse")]
    movement: String,
    project: LedgerProject,
    source: String,
    year: i32,
    fen: String,
    document: Option<String>,
    voucher: Option<String>,
    payee: Option<String>,
    purpose: Option<String>,
    memo: Option<String>,
    reverses: Option<String>,
    reversed_by: Option<String>,
    /// File, sheet and cell of an imported entry
    file: Option<String>,
    sheet: Option<String>,
    cell: Option<String>,
    maker: String,
    checker: String,
    /// UTC
    at: String,
    hash: String,
}

/// Fifty entries at most, the newest first.
#[derive(Serialize, ToSchema)]
pub struct EntryPage {
    items: Vec<LedgerEntry>,
    next: Option<String>,
}

/// Where the money stands
#[utoipa::path(get, path = "/ledger/totals", tag = "ledger", params(Filter), security(("token" = [])), responses(
    (status = 200, body = LedgerTotals),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn totals(
    Reader(call): Reader,
    Asked(filter): Asked<Filter>,
) -> Result<Json<LedgerTotals>, Denied> {
    let view = ledger::totals(&call, filter.query()?).await?;
    let sources = view.by_source.iter().map(|(source, sums)| (source.code().to_owned(), figures(sums)));
    Ok(Json(LedgerTotals {
        totals: figures(&view.totals),
        sources: sources.collect(),
        known_at: view.known_at,
    }))
}

/// Positions, page by page
#[utoipa::path(get, path = "/ledger/positions", tag = "ledger", params(Filter), security(("token" = [])), responses(
    (status = 200, body = PositionPage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn positions(
    Reader(call): Reader,
    Asked(filter): Asked<Filter>,
) -> Result<Json<PositionPage>, Denied> {
    let view = ledger::positions(&call, filter.query()?).await?;
    let items = view.rows.into_iter().map(|row| LedgerPosition {
        project: project(row.project),
        source: row.source.code().to_owned(),
        year: Some(row.year.get()),
        totals: figures(&Sums::from(&row.totals)),
        breaches: breaches(&row.breaches),
    });
    Ok(Json(PositionPage { items: items.collect(), next: view.next }))
}

/// Entries, the newest first, page by page
#[utoipa::path(get, path = "/ledger/entries", tag = "ledger", params(Filter), security(("token" = [])), responses(
    (status = 200, body = EntryPage),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn entries(Reader(call): Reader, Asked(filter): Asked<Filter>) -> Result<Json<EntryPage>, Denied> {
    let view = ledger::entries(&call, filter.query()?).await?;
    Ok(Json(EntryPage { items: view.entries.into_iter().map(entry).collect(), next: view.next }))
}

/// Pairs of project and source where a later stage exceeds the one before (R46)
#[utoipa::path(get, path = "/ledger/inverted", tag = "ledger", params(Filter), security(("token" = [])), responses(
    (status = 200, body = [LedgerPosition]),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub async fn inverted(
    Reader(call): Reader,
    Asked(filter): Asked<Filter>,
) -> Result<Json<Vec<LedgerPosition>>, Denied> {
    let view = ledger::inverted(&call, filter.query()?).await?;
    let pairs = view.pairs.into_iter().map(|pair| LedgerPosition {
        project: project(pair.project),
        source: pair.source.code().to_owned(),
        year: None,
        totals: figures(&Sums::from(&pair.totals)),
        breaches: breaches(&pair.breaches),
    });
    Ok(Json(pairs.collect()))
}

impl Filter {
    fn query(self) -> Result<LedgerQuery, Failure> {
        let Filter { area, project, source, year, month, kind, as_of, known_at, cursor } = self;
        let form = LedgerForm {
            area,
            project,
            source,
            year,
            month,
            kind,
            as_of,
            known_at,
            page: cursor,
            ..LedgerForm::default()
        };
        Ok(form.check()?)
    }
}

fn figures(sums: &Sums) -> Figures {
    let by_stage = |of: &dyn Fn(Stage) -> Delta| {
        Stage::ALL.into_iter().map(|stage| (stage.code(), of(stage).fen().to_string())).collect()
    };
    Figures {
        entered_fen: by_stage(&|stage| *sums.entered.get(stage)),
        net_fen: by_stage(&|stage| sums.net(stage)),
        lying_fen: by_stage(&|stage| sums.lying(stage)),
    }
}

pub(super) fn project(named: NamedProject) -> LedgerProject {
    let area = NamedArea { code: AreaCode::as_str(&named.area).to_owned(), name: named.area_name };
    LedgerProject {
        id: named.project.to_string(),
        number: named.number,
        name: named.name,
        code: named.code,
        area,
    }
}

fn breaches(all: &[Breach]) -> Vec<LedgerBreach> {
    let one = |breach: &Breach| LedgerBreach {
        earlier: breach.earlier.code().to_owned(),
        later: breach.later.code().to_owned(),
        over_fen: breach.over.fen().to_string(),
    };
    all.iter().map(one).collect()
}

pub(super) fn entry(line: EntryLine) -> LedgerEntry {
    let (file, place) = line.origin.map(|origin| (origin.file_name, (origin.sheet, origin.cell))).unzip();
    let (sheet, cell) = place.unzip();
    LedgerEntry {
        id: line.entry.to_string(),
        seq: line.seq,
        date: line.date.to_string(),
        month: line.month.to_string(),
        late_for: line.late_for.map(|month| month.to_string()),
        movement: line.movement.code(),
        project: project(line.project),
        source: line.source.code().to_owned(),
        year: line.year.get(),
        fen: line.effect.fen().to_string(),
        document: line.document,
        voucher: line.voucher,
        payee: line.payee,
        purpose: line.purpose,
        memo: line.memo,
        reverses: line.reverses.map(|entry| entry.to_string()),
        reversed_by: line.reversed_by.map(|entry| entry.to_string()),
        file,
        sheet,
        cell,
        maker: line.maker,
        checker: line.checker,
        at: super::instant(line.at),
        hash: line.hash,
    }
}
