//! Estimates of projects beside their monthly returns and what was paid for them, as of a month. Adds nothing up but
//! payments.

use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::id::ProjectId;
use domain::jobs::comparison::{Measure, Project, Range};
use domain::jobs::kind::{Layer, Population};
use domain::jobs::method::Method;
use domain::period::Month;
use domain::permission::Scope;
use domain::project::{Category, Stage};
use domain::source::Source;
use std::collections::BTreeMap;

/// What is asked for: like with like, in one month.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub month: Month,
    pub measure: Measure,
    pub population: Population,
}

/// A project with what tells it apart.
#[derive(Clone, Debug)]
pub struct Line {
    pub project: Project,
    pub number: i64,
    pub name: String,
    pub category: Option<Category>,
    pub stage: Stage,
    /// how it was estimated; `None` where it was not, or by a person
    pub method: Option<Method>,
}

/// Months of which a return counts, the newest first.
pub async fn months(conn: &Conn, scope: &Scope) -> Result<Vec<Month>, Fault> {
    let mut sql = Sql::new(
        "SELECT DISTINCT r.month FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE ",
    );
    sql.push(COUNTS).push(" AND ");
    scope::under(&mut sql, "r.area_path", scope.area());
    sql.push(" ORDER BY r.month DESC");
    let month = |row: &Row| row.parsed("project_return", "month", |text| Month::parse(text).ok());
    conn.all(sql).await?.iter().map(month).collect()
}

/// The book of the row was handed in. A book of an area above is another one: it says nothing of a county's rows.
const COUNTS: &str = "b.state IN ('submitted', 'accepted')";

/// Every project of the scope, by number.
pub async fn lines(conn: &Conn, scope: &Scope, asked: Asked) -> Result<Vec<Line>, Fault> {
    const TABLE: &str = "project";
    let mut estimates = estimates(conn, scope, asked).await?;
    let actuals = actuals(conn, scope, asked).await?;
    let mut paid = paid(conn, scope).await?;
    let mut sql = Sql::new("SELECT id, number, name, area_path, category, stage FROM project WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY number");
    let line = |row: &Row| {
        let id: ProjectId = row.parsed(TABLE, "id", |id| id.parse().ok())?;
        let (method, estimate) = estimates.remove(&id).unwrap_or_default();
        let project = Project {
            project: id,
            area: row.parsed(TABLE, "area_path", AreaPath::new)?,
            estimate,
            actual: actuals.get(&id).copied().flatten(),
            paid: paid.remove(&id).unwrap_or_default(),
        };
        Ok(Line {
            project,
            number: row.int("number")?,
            name: row.text("name")?,
            category: row.maybe_parsed(TABLE, "category", Category::from_code)?,
            stage: row.parsed(TABLE, "stage", Stage::from_code)?,
            method,
        })
    };
    conn.all(sql).await?.iter().map(line).collect()
}

type Estimates = BTreeMap<ProjectId, (Option<Method>, Option<Range>)>;

/// The estimates of today, and in their place those that stood at the end of the month.
async fn estimates(conn: &Conn, scope: &Scope, asked: Asked) -> Result<Estimates, Fault> {
    const FIGURES: &str = "SELECT project_id, method, is_manual, low_milli, standard_milli, high_milli FROM ";
    let mut found = Estimates::new();
    let mut sql = Sql::new(FIGURES);
    sql.push("estimate_line WHERE ");
    kind(&mut sql, scope, asked);
    for row in conn.all(sql).await? {
        estimate(&row, &mut found)?;
    }
    let mut sql = Sql::new(FIGURES);
    sql.push("estimate_past WHERE ");
    kind(&mut sql, scope, asked);
    // The first edition that came after the month ended says what stood before it, so the earliest is written last.
    sql.bind(" AND until > ? ORDER BY until DESC", asked.month.last_day().to_string());
    for row in conn.all(sql).await? {
        estimate(&row, &mut found)?;
    }
    Ok(found)
}

fn kind(sql: &mut Sql, scope: &Scope, asked: Asked) {
    let (phase, unit) = asked.measure.estimate();
    scope::under(sql, "area_path", scope.area());
    sql.bind(" AND phase = ?", phase.code()).bind(" AND layer = ?", Layer::Direct.code());
    sql.bind(" AND unit = ?", unit.code()).bind(" AND population = ?", asked.population.code());
}

fn estimate(row: &Row, found: &mut Estimates) -> Result<(), Fault> {
    const TABLE: &str = "estimate_line";
    let id = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
    let method = row.parsed(TABLE, "method", Method::from_code)?;
    let range = Range {
        low: row.int("low_milli")?,
        standard: row.int("standard_milli")?,
        high: row.int("high_milli")?,
    };
    found.insert(id, ((!row.flag("is_manual")?).then_some(method), Some(range)));
    Ok(())
}

/// The figure of the latest month of the year, up to the one asked for; a row without it hides none.
async fn actuals(
    conn: &Conn,
    scope: &Scope,
    asked: Asked,
) -> Result<BTreeMap<ProjectId, Option<i64>>, Fault> {
    let column = match (asked.measure, asked.population) {
        (Measure::Present, Population::All) => "jobs_present",
        (Measure::Present, Population::Relocated) => "jobs_present_relocated",
        (Measure::Taken, Population::All) => "jobs_cumulative",
        (Measure::Taken, Population::Relocated) => "jobs_cumulative_relocated",
        // Returns do not tell these apart.
        (Measure::Present | Measure::Taken, Population::Poor) => return Ok(BTreeMap::new()),
    };
    let month = asked.month.to_string();
    let mut sql = Sql::new(&format!(
        "SELECT r.project_id, CAST(r.{column} AS BIGINT) AS n FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE "
    ));
    sql.push(COUNTS).push(" AND ");
    scope::under(&mut sql, "r.area_path", scope.area());
    sql.push(&format!(" AND r.{column} IS NOT NULL"));
    sql.bind(" AND r.month >= ?", format!("{}-01", asked.month.year().get()));
    sql.bind(" AND r.month <= ? ORDER BY r.month", month);
    let mut found = BTreeMap::new();
    for row in conn.all(sql).await? {
        let id = row.parsed("project_return", "project_id", |id| id.parse().ok())?;
        found.insert(id, row.maybe_int("n")?.map(|number| number.saturating_mul(1_000)));
    }
    Ok(found)
}

/// What was paid by source up to now, after returns and transfers.
async fn paid(conn: &Conn, scope: &Scope) -> Result<BTreeMap<ProjectId, Vec<(Source, i64)>>, Fault> {
    const TABLE: &str = "ledger_position";
    let mut sql = Sql::new(
        "SELECT l.project_id, l.source, CAST(SUM(l.entered_paid_fen + l.moved_in_paid_fen - l.moved_out_paid_fen - l.recovered_paid_fen) AS BIGINT) AS fen FROM ledger_position l JOIN project p ON p.id = l.project_id WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" GROUP BY l.project_id, l.source ORDER BY l.project_id, l.source");
    let mut found: BTreeMap<ProjectId, Vec<(Source, i64)>> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let fen = row.int("fen")?;
        if fen > 0 {
            let id = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
            found.entry(id).or_default().push((row.parsed(TABLE, "source", Source::from_code)?, fen));
        }
    }
    Ok(found)
}
