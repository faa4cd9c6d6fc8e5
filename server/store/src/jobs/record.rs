//! Estimates of projects beside their monthly returns and what was paid for them, as of a month. Adds nothing up but
//! payments.

use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::id::ProjectId;
use domain::jobs::coefficient::Key;
use domain::jobs::comparison::{Measure, Project, Range};
use domain::jobs::kind::{Layer, Population};
use domain::jobs::method::Method;
use domain::period::{FiscalYear, Month};
use domain::permission::Scope;
use domain::project::{Category, Stage};
use domain::source::Source;
use std::collections::BTreeMap;

const RETURN: &str = "project_return";

/// What is asked for: like with like, in one month.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub month: Month,
    pub measure: Measure,
    pub population: Population,
    /// 人 taken on in all years up to the month, and not in its year alone: what an estimate of the whole construction is
    /// held against
    pub is_whole: bool,
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
    /// edition of coefficients by which it was estimated
    pub edition: Option<i64>,
    /// the coefficient that the estimate stands on, where it teaches something of one
    pub teaches: Option<Key>,
}

/// An estimate as it stood.
#[derive(Clone, Copy, Debug)]
struct Stood {
    method: Option<Method>,
    edition: i64,
    teaches: Option<Key>,
    range: Range,
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
    let mut paid = paid(conn, scope, asked.month).await?;
    let mut sql = Sql::new("SELECT id, number, name, area_path, category, stage FROM project WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY number");
    let line = |row: &Row| {
        let id: ProjectId = row.parsed(TABLE, "id", |id| id.parse().ok())?;
        let stood = estimates.remove(&id);
        let project = Project {
            project: id,
            area: row.parsed(TABLE, "area_path", AreaPath::new)?,
            estimate: stood.map(|stood| stood.range),
            actual: actuals.get(&id).copied().flatten(),
            paid: paid.remove(&id).unwrap_or_default(),
        };
        Ok(Line {
            project,
            number: row.int("number")?,
            name: row.text("name")?,
            category: row.maybe_parsed(TABLE, "category", Category::from_code)?,
            stage: row.parsed(TABLE, "stage", Stage::from_code)?,
            method: stood.and_then(|stood| stood.method),
            edition: stood.map(|stood| stood.edition),
            teaches: stood.and_then(|stood| stood.teaches),
        })
    };
    conn.all(sql).await?.iter().map(line).collect()
}

type Estimates = BTreeMap<ProjectId, Stood>;

/// The estimates within which the last day of the month lies: those of today where they stood by then, and those that
/// stood before. A project that was estimated later had none. Gross ones only: net is another number.
async fn estimates(conn: &Conn, scope: &Scope, asked: Asked) -> Result<Estimates, Fault> {
    const FIGURES: &str =
        "SELECT project_id, method, is_manual, edition, teaches, low_milli, standard_milli, high_milli FROM ";
    let mut found = Estimates::new();
    let mut sql = Sql::new(FIGURES);
    sql.push("estimate_line WHERE ");
    kind(&mut sql, scope, asked);
    stood_by(&mut sql, asked.month);
    for row in conn.all(sql).await? {
        estimate(&row, &mut found)?;
    }
    let mut sql = Sql::new(FIGURES);
    sql.push("estimate_past WHERE ");
    kind(&mut sql, scope, asked);
    stood_by(&mut sql, asked.month);
    // Of lines whose first day nobody wrote down, the one that ended first stood in the month: it is written last.
    sql.bind(" AND until > ? ORDER BY until DESC", asked.month.last_day().to_string());
    for row in conn.all(sql).await? {
        estimate(&row, &mut found)?;
    }
    Ok(found)
}

/// It began before the month ended, and is known to be gross.
fn stood_by(sql: &mut Sql, month: Month) {
    sql.bind(" AND is_net = 0 AND (since IS NULL OR since <= ?)", month.last_day().to_string());
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
    let stood = Stood {
        method: (!row.flag("is_manual")?).then_some(method),
        edition: row.int("edition")?,
        teaches: row.maybe_parsed(TABLE, "teaches", Key::from_code)?,
        range,
    };
    found.insert(id, stood);
    Ok(())
}

/// The figure of the latest month of the year, up to the one asked for; a row without it hides none before it. Of all
/// years it is the sum of such figures, and not known where one of them is not, or where building began before the first.
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
        "SELECT r.project_id, r.month, p.start_month, CAST(r.{column} AS BIGINT) AS n FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month JOIN project p ON p.id = r.project_id WHERE "
    ));
    sql.push(COUNTS).push(" AND ");
    scope::under(&mut sql, "r.area_path", scope.area());
    if !asked.is_whole {
        sql.bind(" AND r.month >= ?", format!("{}-01", asked.month.year().get()));
    }
    sql.bind(" AND r.month <= ? ORDER BY r.month", month);
    let mut years: BTreeMap<ProjectId, BTreeMap<FiscalYear, Option<i64>>> = BTreeMap::new();
    let mut begun: BTreeMap<ProjectId, FiscalYear> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let id = row.parsed(RETURN, "project_id", |id| id.parse().ok())?;
        let month = row.parsed(RETURN, "month", |text| Month::parse(text).ok())?;
        let number = row.maybe_int("n")?.map(|number| number.saturating_mul(1_000));
        let known = years.entry(id).or_default().entry(month.year()).or_default();
        *known = number.or(*known);
        let start = row.maybe_text("start_month")?.and_then(|text| Month::parse(&text).ok());
        begun.extend(start.filter(|_| asked.is_whole).map(|start| (id, start.year())));
    }
    let sum = |(id, years): (ProjectId, BTreeMap<FiscalYear, Option<i64>>)| {
        let is_all =
            begun.get(&id).is_none_or(|begun| years.keys().next().is_some_and(|first| first <= begun));
        (id, years.into_values().sum::<Option<i64>>().filter(|_| is_all))
    };
    Ok(years.into_iter().map(sum).collect())
}

/// What was paid by source up to the end of the month, after returns and transfers: the kept sums, less what the books have
/// of later months.
async fn paid(
    conn: &Conn,
    scope: &Scope,
    month: Month,
) -> Result<BTreeMap<ProjectId, Vec<(Source, i64)>>, Fault> {
    const TABLE: &str = "ledger_position";
    let mut later = paid_later(conn, scope, month).await?;
    let mut sql = Sql::new(
        "SELECT l.project_id, l.source, CAST(SUM(l.entered_paid_fen + l.moved_in_paid_fen - l.moved_out_paid_fen - l.recovered_paid_fen) AS BIGINT) AS fen FROM ledger_position l JOIN project p ON p.id = l.project_id WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" GROUP BY l.project_id, l.source ORDER BY l.project_id, l.source");
    let mut found: BTreeMap<ProjectId, Vec<(Source, i64)>> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let id = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
        let source = row.parsed(TABLE, "source", Source::from_code)?;
        let fen = row.int("fen")? - later.remove(&(id, source)).unwrap_or_default();
        if fen > 0 {
            found.entry(id).or_default().push((source, fen));
        }
    }
    Ok(found)
}

/// What the books of later months say was paid, in fen; less than nothing where more came back.
async fn paid_later(
    conn: &Conn,
    scope: &Scope,
    month: Month,
) -> Result<BTreeMap<(ProjectId, Source), i64>, Fault> {
    const TABLE: &str = "ledger_entry";
    let mut sql = Sql::new(
        "SELECT e.project_id, e.source, CAST(SUM(CASE WHEN e.movement IN ('pay', 'transfer_in:paid') THEN e.fen ELSE -e.fen END) AS BIGINT) AS fen FROM ledger_entry e JOIN project p ON p.id = e.project_id WHERE e.movement IN ('pay', 'transfer_in:paid', 'transfer_out:paid', 'recover:paid') AND ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND e.month > ?", month.to_string());
    sql.push(" GROUP BY e.project_id, e.source");
    let read = |row: &Row| {
        let id = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
        Ok(((id, row.parsed(TABLE, "source", Source::from_code)?), row.int("fen")?))
    };
    conn.all(sql).await?.iter().map(read).collect()
}
