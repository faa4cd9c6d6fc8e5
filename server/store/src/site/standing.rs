//! What the order of communities stands on: figures of all in the scope, and every project that serves one of them with its
//! money and its jobs. Puts nothing in order.

use super::newest::NEWEST;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::id::{ProjectId, SiteId};
use domain::money::Money;
use domain::permission::Scope;

/// Figures of one community. 人 and 户.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bare {
    pub site: SiteId,
    pub people: Option<u32>,
    pub households: Option<u32>,
    pub labour: Option<u32>,
    pub employed: Option<u32>,
    pub zero_employment_households: Option<u32>,
}

/// A project that serves a community.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub project: ProjectId,
    pub site: SiteId,
    /// 受益人数, of all its communities together
    pub people: Option<u32>,
    /// 下达 less what was recovered before anything else happened to it
    pub issued: Money,
    /// at work by its newest return that counts, 人
    pub jobs: Option<u32>,
}

/// What of 下达 stands, as the ledger's own check computes it: what lies further along was issued too.
const ISSUED: &str = "q.entered_issued_fen + q.moved_in_issued_fen - q.moved_out_issued_fen - q.recovered_issued_fen + q.moved_in_received_fen - q.moved_out_received_fen - q.recovered_received_fen + q.moved_in_disbursed_fen - q.moved_out_disbursed_fen - q.recovered_disbursed_fen + q.moved_in_paid_fen - q.moved_out_paid_fen - q.recovered_paid_fen";

/// Every community in the scope, by area and name.
pub async fn all(conn: &Conn, scope: &Scope) -> Result<Vec<Bare>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT s.id AS id, s.people AS people, s.households AS households, s.labour AS labour, s.employed AS employed, s.zero_employment_households AS zero FROM {NEWEST} s WHERE "
    ));
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.push(" ORDER BY s.area_path, s.folded, s.id");
    let read = |row: &Row| {
        Ok(Bare {
            site: row.parsed("site", "id", |id| id.parse().ok())?,
            people: count(row, "people")?,
            households: count(row, "households")?,
            labour: count(row, "labour")?,
            employed: count(row, "employed")?,
            zero_employment_households: count(row, "zero")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Projects in the scope with the communities they serve, project by project.
pub async fn links(conn: &Conn, scope: &Scope) -> Result<Vec<Link>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT t.project_id AS project_id, t.site_id AS site_id, p.people AS people, COALESCE(m.fen, 0) AS fen, j.jobs_present AS jobs FROM project_site t JOIN project p ON p.id = t.project_id LEFT JOIN (SELECT q.project_id AS project_id, CAST(SUM({ISSUED}) AS BIGINT) AS fen FROM ledger_position q GROUP BY q.project_id) m ON m.project_id = p.id LEFT JOIN project_return j ON j.project_id = p.id AND j.month = (SELECT MAX(r.month) FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE r.project_id = p.id AND b.state IN ('submitted', 'accepted') AND r.jobs_present IS NOT NULL AND "
    ));
    // What another area reported of a project before it came here is that area's.
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.push(") WHERE ");
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" ORDER BY t.project_id, t.site_id");
    let read = |row: &Row| {
        let project: ProjectId = row.parsed("project_site", "project_id", |id| id.parse().ok())?;
        let corrupt = || Fault::Corrupt { table: "ledger_position", id: project.to_string() };
        Ok(Link {
            project,
            site: row.parsed("project_site", "site_id", |id| id.parse().ok())?,
            people: count(row, "people")?,
            issued: Money::from_fen(row.int("fen")?).ok_or_else(corrupt)?,
            jobs: count(row, "jobs")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

fn count(row: &Row, name: &str) -> Result<Option<u32>, Fault> {
    let Some(count) = row.maybe_int(name)? else { return Ok(None) };
    u32::try_from(count)
        .map(Some)
        .map_err(|_| Fault::Corrupt { table: "site", id: format!("{name} {count}") })
}
