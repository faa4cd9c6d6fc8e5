//! What the rules look at beside projects and sites: where there is anything to look at, and the entries of projects with
//! no more columns than rules ask for. Judges nothing.

use crate::fault::Fault;
use crate::ledger::entry::year;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::id::ProjectId;
use domain::ledger::Movement;
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Month};
use domain::permission::Scope;
use domain::review::facts::JobsFact;
use domain::source::Source;

/// Most projects named in one statement.
const CHUNK: usize = 500;

/// An entry that stands: neither reversed nor a reversal.
#[derive(Clone, Debug)]
pub struct Standing {
    pub project: ProjectId,
    pub seq: i64,
    pub date: NaiveDate,
    pub movement: Movement,
    pub source: Source,
    pub year: FiscalYear,
    pub amount: Money,
    pub document: Option<String>,
    pub voucher: Option<String>,
    pub payee: Option<String>,
    pub purpose: Option<String>,
}

/// Every area of the scope in which a project or a site lies, or a finding that is about neither.
pub async fn areas(conn: &Conn, scope: &Scope) -> Result<Vec<AreaPath>, Fault> {
    let mut sql = Sql::new("SELECT area_path FROM project WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" UNION SELECT area_path FROM site WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" UNION SELECT area_path FROM finding WHERE project_id IS NULL AND ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY area_path");
    conn.all(sql).await?.iter().map(|row| row.parsed("project", "area_path", AreaPath::new)).collect()
}

/// Where these projects lie.
pub async fn areas_of(conn: &Conn, scope: &Scope, projects: &[ProjectId]) -> Result<Vec<AreaPath>, Fault> {
    let mut found = Vec::new();
    for chunk in projects.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT DISTINCT area_path FROM project WHERE ");
        scope::under(&mut sql, "area_path", scope.area());
        sql.push(" AND id IN ").list(chunk.iter().map(ProjectId::to_string));
        for row in conn.all(sql).await? {
            found.push(row.parsed("project", "area_path", AreaPath::new)?);
        }
    }
    Ok(found)
}

/// Entries of the projects in the order of the ledger, wherever each project lay when they were written.
pub async fn entries(conn: &Conn, projects: &[ProjectId]) -> Result<Vec<Standing>, Fault> {
    let mut found = Vec::new();
    for chunk in projects.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT e.project_id, e.seq, e.date, e.movement, e.other_project, e.source, e.budget_year, e.fen, e.document, e.voucher, e.payee, e.purpose FROM ledger_entry e LEFT JOIN ledger_entry r ON r.reverses = e.id WHERE e.reverses IS NULL AND r.id IS NULL AND e.project_id IN ",
        );
        sql.list(chunk.iter().map(ProjectId::to_string)).push(" ORDER BY e.seq");
        for row in conn.all(sql).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

fn read(row: &Row) -> Result<Standing, Fault> {
    const TABLE: &str = "ledger_entry";
    let seq = row.int("seq")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: seq.to_string() };
    let other: Option<ProjectId> = row.maybe_parsed(TABLE, "other_project", |id| id.parse().ok())?;
    Ok(Standing {
        project: row.parsed(TABLE, "project_id", |id| id.parse().ok())?,
        seq,
        date: row.parsed(TABLE, "date", |text| text.parse().ok())?,
        movement: Movement::from_code(&row.text("movement")?, other).ok_or_else(corrupt)?,
        source: row.parsed(TABLE, "source", Source::from_code)?,
        year: year(row.int("budget_year")?).ok_or_else(corrupt)?,
        amount: Delta::from_fen(row.int("fen")?).magnitude(),
        document: row.maybe_text("document")?,
        voucher: row.maybe_text("voucher")?,
        payee: row.maybe_text("payee")?,
        purpose: row.maybe_text("purpose")?,
    })
}

/// What monthly returns that count say of the jobs of these projects, the oldest month first. A return counts when its book
/// was handed in or accepted.
pub async fn jobs(
    conn: &Conn,
    scope: &Scope,
    projects: &[ProjectId],
) -> Result<Vec<(ProjectId, JobsFact)>, Fault> {
    const TABLE: &str = "project_return";
    let mut found = Vec::new();
    for chunk in projects.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT r.project_id AS project_id, r.month AS month, r.jobs_present AS present, r.jobs_cumulative AS cumulative FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE b.state IN ('submitted', 'accepted') AND (r.jobs_present IS NOT NULL OR r.jobs_cumulative IS NOT NULL) AND ",
        );
        scope::under(&mut sql, "b.area_path", scope.area());
        sql.push(" AND r.project_id IN ")
            .list(chunk.iter().map(ProjectId::to_string))
            .push(" ORDER BY r.project_id, r.month");
        for row in conn.all(sql).await? {
            let project: ProjectId = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
            let count = |name: &str| -> Result<Option<u32>, Fault> {
                let corrupt = || Fault::Corrupt { table: TABLE, id: project.to_string() };
                row.maybe_int(name)?.map(|count| u32::try_from(count).map_err(|_| corrupt())).transpose()
            };
            let month = row.parsed(TABLE, "month", |month| Month::parse(month).ok())?;
            found.push((
                project,
                JobsFact { month, present: count("present")?, cumulative: count("cumulative")? },
            ));
        }
    }
    Ok(found)
}
