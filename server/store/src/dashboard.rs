//! Figures of the leaders' page, from what is kept and by index: a page over many projects and entries must not add them up.
//! Every function answers for the area of its scope. Judges nothing.

pub mod entries;
mod worked;
pub mod works;

pub use worked::{Worked, worked};

use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::ledger::{PerStage, Stage};
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Horizon, Month};
use domain::permission::Scope;
use domain::project::Category;
use domain::review::rule::{Level, RuleCode};
use domain::review::workflow::StateName;
use domain::source::Source;
use std::collections::BTreeMap;

const ROLLUP: &str = "ledger_rollup";

/// Which projects count; all of them when nothing is set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Among {
    pub category: Option<Category>,
    /// drawing on this one
    pub source: Option<Source>,
}

/// Money of a budget year in one month of the books, from one source.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    pub source: Source,
    pub month: Month,
    pub net: PerStage<Delta>,
}

/// An area directly under the scope's, or (`true`) what lies in the scope's area itself.
pub type Part = (AreaCode, bool);

/// Open findings of one level.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    pub level: Level,
    pub count: u64,
    pub overdue: u64,
    pub late_start: u64,
}

/// What has reached each stage net of what was taken back from there or later, as `Sums::net` reckons.
fn nets() -> String {
    let net = |at: usize| {
        let stage = Stage::ALL[at].code();
        let beyond: String = Stage::ALL[at..]
            .iter()
            .map(|later| {
                let code = later.code();
                format!(" + r.moved_in_{code}_fen - r.moved_out_{code}_fen - r.recovered_{code}_fen")
            })
            .collect();
        format!("CAST(COALESCE(SUM(r.entered_{stage}_fen{beyond}), 0) AS BIGINT) AS {stage}")
    };
    (0..Stage::ALL.len()).map(net).collect::<Vec<_>>().join(", ")
}

fn net(row: &Row) -> Result<PerStage<Delta>, Fault> {
    let fen = |stage: Stage| row.int(stage.code()).map(Delta::from_fen);
    Ok(PerStage {
        issued: fen(Stage::Issued)?,
        received: fen(Stage::Received)?,
        disbursed: fen(Stage::Disbursed)?,
        paid: fen(Stage::Paid)?,
    })
}

/// Budget year and months; naming every source lets the primary key serve, which has it before the year.
fn of_year(sql: &mut Sql, year: FiscalYear, through: Month, source: Option<Source>) {
    let sources: Vec<Source> = source.map_or_else(|| Source::ALL.to_vec(), |source| vec![source]);
    sql.push(" AND r.source IN ").list(sources.iter().map(|source| source.code().to_owned()));
    sql.bind(" AND r.budget_year = ?", i64::from(year.get()));
    sql.bind(" AND r.month <= ?", through.to_string());
}

/// All money of the scope's area by source and month of the books, up to the end of a month.
pub async fn flows(
    conn: &Conn,
    scope: &Scope,
    year: FiscalYear,
    through: Month,
    source: Option<Source>,
) -> Result<Vec<Flow>, Fault> {
    let mut sql =
        Sql::new(&format!("SELECT r.source AS source, r.month AS month, {} FROM ledger_rollup r", nets()));
    sql.bind(" WHERE r.area_code = ? AND r.kind = 'all'", scope.area().code().to_string());
    of_year(&mut sql, year, through, source);
    sql.push(" GROUP BY r.source, r.month");
    let flow = |row: &Row| {
        Ok(Flow {
            source: row.parsed(ROLLUP, "source", Source::from_code)?,
            month: row.parsed(ROLLUP, "month", |text| Month::parse(text).ok())?,
            net: net(row)?,
        })
    };
    conn.all(sql).await?.iter().map(flow).collect()
}

/// The same by parts of the scope's area, over all months up to the end of one.
pub async fn flows_by_part(
    conn: &Conn,
    scope: &Scope,
    children: &[AreaCode],
    year: FiscalYear,
    through: Month,
    source: Option<Source>,
) -> Result<BTreeMap<Part, PerStage<Delta>>, Fault> {
    let mut found = BTreeMap::new();
    for (kind, codes) in parts(scope, children) {
        let mut sql =
            Sql::new(&format!("SELECT r.area_code AS code, {} FROM ledger_rollup r WHERE ", nets()));
        within(&mut sql, kind, &codes);
        of_year(&mut sql, year, through, source);
        sql.push(" GROUP BY r.area_code");
        for row in conn.all(sql).await? {
            found.insert((row.parsed(ROLLUP, "code", AreaCode::new)?, kind == "own"), net(&row)?);
        }
    }
    Ok(found)
}

/// What the one-year list of a year plans for it, by parts of the scope's area.
pub async fn planned_by_part(
    conn: &Conn,
    scope: &Scope,
    children: &[AreaCode],
    year: FiscalYear,
    category: Option<Category>,
) -> Result<BTreeMap<Part, Money>, Fault> {
    let mut found = BTreeMap::new();
    for (kind, codes) in parts(scope, children) {
        let mut sql = Sql::new(
            "SELECT r.area_code AS code, CAST(SUM(r.fen) AS BIGINT) AS fen FROM list_rollup_amount r WHERE ",
        );
        within(&mut sql, kind, &codes);
        sql.bind(" AND r.plan_year = ?", i64::from(year.get()));
        sql.bind(" AND r.horizon = ?", Horizon::One.code().to_owned());
        sql.bind(" AND r.amount = 'year' AND r.key = ?", year.to_string());
        if let Some(category) = category {
            sql.bind(" AND r.category = ?", category.code().to_owned());
        }
        sql.push(" GROUP BY r.area_code");
        for row in conn.all(sql).await? {
            let code = row.parsed("list_rollup_amount", "code", AreaCode::new)?;
            found.insert((code, kind == "own"), crate::project::totals::money(&row, "fen")?);
        }
    }
    Ok(found)
}

/// Kinds of kept rows and the areas to ask them for.
fn parts(scope: &Scope, children: &[AreaCode]) -> [(&'static str, Vec<AreaCode>); 2] {
    [("all", children.to_vec()), ("own", vec![scope.area().code()])]
}

fn within(sql: &mut Sql, kind: &str, codes: &[AreaCode]) {
    sql.push("r.area_code IN ").list(codes.iter().map(AreaCode::to_string));
    sql.bind(" AND r.kind = ?", kind.to_owned());
}

/// Only projects that count. `alias` has the category, `id` is the project's.
pub(crate) fn among(sql: &mut Sql, alias: &str, id: &str, among: Among) {
    if let Some(category) = among.category {
        sql.bind(&format!(" AND {alias}.category = ?"), category.code().to_owned());
    }
    if let Some(source) = among.source {
        sql.push(&format!(
            " AND EXISTS (SELECT 1 FROM project_amount x WHERE x.project_id = {id} AND x.kind = 'source'"
        ));
        sql.bind(" AND x.key = ?)", source.code().to_owned());
    }
}

/// Projects of the scope that were entered from one moment on and before another, in Unix milliseconds.
pub async fn added(conn: &Conn, scope: &Scope, (from, to): (i64, i64), wanted: Among) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM project p WHERE ");
    sql.bind("p.created_at >= ?", from).bind(" AND p.created_at < ? AND ", to);
    scope::under(&mut sql, "p.area_path", scope.area());
    among(&mut sql, "p", "p.id", wanted);
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "project" })?;
    count(&row, "n")
}

/// Open findings of the scope by level, those past their day on `today`, and those of late starts.
pub async fn open(conn: &Conn, scope: &Scope, wanted: Among, today: NaiveDate) -> Result<Vec<Open>, Fault> {
    let mut sql = Sql::new("SELECT f.level AS level, COUNT(*) AS n, CAST(SUM(CASE WHEN f.due_on < ");
    sql.bind("? THEN 1 ELSE 0 END) AS BIGINT) AS late, ", today.to_string());
    sql.bind(
        "CAST(SUM(CASE WHEN f.rule = ? THEN 1 ELSE 0 END) AS BIGINT) AS starts FROM finding f WHERE ",
        RuleCode::R27.code().to_owned(),
    );
    let states = StateName::ALL.into_iter().filter(|state| state.is_open());
    sql.push("f.state IN ").list(states.map(|state| state.code().to_owned()));
    sql.push(" AND f.level IN ").list(Level::ALL.map(|level| level.code().to_owned())).push(" AND ");
    scope::under(&mut sql, "f.area_path", scope.area());
    if let Some(category) = wanted.category {
        sql.push(" AND f.project_id IN (SELECT c.id FROM project c WHERE");
        sql.bind(" c.category = ?)", category.code().to_owned());
    }
    if let Some(source) = wanted.source {
        sql.bind(" AND f.source = ?", source.code().to_owned());
    }
    sql.push(" GROUP BY f.level");
    let one = |row: &Row| {
        Ok(Open {
            level: row.parsed("finding", "level", Level::from_code)?,
            count: count(row, "n")?,
            overdue: count(row, "late")?,
            late_start: count(row, "starts")?,
        })
    };
    conn.all(sql).await?.iter().map(one).collect()
}

fn count(row: &Row, name: &str) -> Result<u64, Fault> {
    crate::project::totals::count(row, name)
}
