//! Reports of closed months as they were first issued. Knows no figure of a report: those follow from the entries.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::id::{ReportId, UserId};
use domain::period::Month;
use domain::permission::{Permit, Scope};

/// One issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub id: ReportId,
    pub area: AreaPath,
    pub month: Month,
    /// place in the chain that was known
    pub known_at: i64,
    /// names and editions as they stood, as the service writes them
    pub frozen: String,
    /// of the bytes that went out
    pub sha256: String,
    pub issuer: UserId,
    /// Unix milliseconds
    pub at: i64,
}

const TABLE: &str = "ledger_report";

fn read(row: &Row) -> Result<Issue, Fault> {
    Ok(Issue {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        month: row.parsed(TABLE, "month", |text| Month::parse(text).ok())?,
        known_at: row.int("known_at")?,
        frozen: row.text("frozen")?,
        sha256: row.text("sha256")?,
        issuer: row.parsed(TABLE, "issuer", |id| id.parse().ok())?,
        at: row.int("at")?,
    })
}

/// Issues of the scope, the latest month and the latest issue first.
pub async fn list(conn: &Conn, scope: &Scope, limit: u32) -> Result<Vec<Issue>, Fault> {
    let mut sql = Sql::new("SELECT * FROM ledger_report WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" ORDER BY month DESC, at DESC, id DESC LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(read).collect()
}

/// One issue in the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: ReportId) -> Result<Issue, Fault> {
    let mut sql = Sql::new("SELECT * FROM ledger_report WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: TABLE })?
}

/// The issue of a month that knew the same place of the chain.
pub async fn same(
    conn: &Conn,
    scope: &Scope,
    area: AreaCode,
    month: Month,
    known_at: i64,
) -> Result<Option<Issue>, Fault> {
    let mut sql = Sql::new("SELECT * FROM ledger_report WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND area_code = ?", area.to_string());
    sql.bind(" AND month = ?", month.to_string()).bind(" AND known_at = ?", known_at);
    conn.one(sql).await?.map(|row| read(&row)).transpose()
}

/// Keeps an issue in the permit's area.
pub async fn keep(tx: &Tx, permit: &Permit, issue: &Issue) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO ledger_report (id, area_code, area_path, month, known_at, frozen, sha256, issuer, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(issue.id.to_string())
        .with(permit.area().code().to_string())
        .with(permit.area().as_str().to_owned())
        .with(issue.month.to_string())
        .with(issue.known_at)
        .with(issue.frozen.clone())
        .with(issue.sha256.clone())
        .with(issue.issuer.to_string())
        .with(issue.at);
    tx.run(sql).await?;
    let act = Act {
        object: TABLE,
        object_id: Some(issue.id.to_string()),
        detail: format!("issued month={} known_at={}", issue.month, issue.known_at),
        after: Some(issue.sha256.clone()),
        ..Act::default()
    };
    tx.record(permit, act);
    Ok(())
}
