//! Projects as ledger lines name them: found by code, by name and place, by id. Reads no fact of a project beyond that.

use super::CHUNK;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::{AreaCode, AreaPath};
use domain::id::ProjectId;
use domain::permission::Scope;
use std::collections::BTreeSet;

/// A project by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: ProjectId,
    /// 内部编号
    pub number: i64,
    pub name: String,
    pub code: Option<String>,
    pub area: AreaPath,
    pub area_name: String,
}

/// What [`Named::read`] reads, of `project p` and its `area a`.
pub(crate) const NAMES: &str = "p.id AS named_id, p.number AS named_number, p.name AS named_name, p.code AS named_code, p.area_path AS named_path, a.name AS named_area";

impl Named {
    pub(crate) fn read(row: &Row) -> Result<Named, Fault> {
        Ok(Named {
            id: row.parsed("project", "named_id", |id| id.parse().ok())?,
            number: row.int("named_number")?,
            name: row.text("named_name")?,
            code: row.maybe_text("named_code")?,
            area: row.parsed("project", "named_path", AreaPath::new)?,
            area_name: row.text("named_area")?,
        })
    }

    pub fn area_code(&self) -> AreaCode {
        self.area.code()
    }
}

async fn named<T: Into<sea_orm::Value> + Clone>(
    conn: &Conn,
    scope: &Scope,
    column: &str,
    values: &[T],
) -> Result<Vec<Named>, Fault> {
    let mut found = Vec::new();
    for chunk in values.chunks(CHUNK) {
        let mut sql =
            Sql::new(&format!("SELECT {NAMES} FROM project p JOIN area a ON a.code = p.area_code WHERE "));
        scope::under(&mut sql, "p.area_path", scope.area());
        sql.push(&format!(" AND {column} IN ")).list(chunk.iter().cloned());
        sql.push(" ORDER BY p.number");
        for row in conn.all(sql).await? {
            found.push(Named::read(&row)?);
        }
    }
    Ok(found)
}

/// Projects of the scope with one of these codes.
pub async fn by_codes(conn: &Conn, scope: &Scope, codes: &[String]) -> Result<Vec<Named>, Fault> {
    named(conn, scope, "p.code", codes).await
}

/// Projects of the scope with exactly one of these names.
pub async fn by_names(conn: &Conn, scope: &Scope, names: &[String]) -> Result<Vec<Named>, Fault> {
    named(conn, scope, "p.name", names).await
}

/// Projects of the scope with these ids.
pub async fn by_ids(conn: &Conn, scope: &Scope, ids: &[ProjectId]) -> Result<Vec<Named>, Fault> {
    let ids: Vec<String> = ids.iter().map(ProjectId::to_string).collect();
    named(conn, scope, "p.id", &ids).await
}

/// One project of the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: ProjectId) -> Result<Named, Fault> {
    by_ids(conn, scope, &[id]).await?.pop().ok_or(Fault::Missing { table: "project" })
}

/// Sources that the plan of a project of the scope names, as kept codes.
pub async fn planned_sources(conn: &Conn, scope: &Scope, id: ProjectId) -> Result<Vec<String>, Fault> {
    let mut sql = Sql::new("SELECT x.key FROM project_amount x JOIN project p ON p.id = x.project_id WHERE ");
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND x.kind = 'source' AND x.fen > 0 AND x.project_id = ?", id.to_string());
    conn.all(sql).await?.iter().map(|row| row.text("key")).collect()
}

/// Projects that the ledger speaks of: they have positions, or postings, transfers (given or taken) or shares of a notice on
/// their way. Both legs of a transfer that was written have a position, so that no entry names a project beside them.
pub(crate) const SPOKEN_OF: &str = "(SELECT project_id FROM ledger_position UNION SELECT project_id FROM ledger_request UNION SELECT other_project FROM ledger_request WHERE other_project IS NOT NULL UNION SELECT project_id FROM notice_share)";

/// Those of these projects that the ledger speaks of and that cannot be removed therefore.
pub async fn with_money(conn: &Conn, ids: &[ProjectId]) -> Result<BTreeSet<ProjectId>, Fault> {
    let mut found = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT p.id AS id FROM project p WHERE p.id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        sql.push(&format!(" AND p.id IN {SPOKEN_OF}"));
        for row in conn.all(sql).await? {
            found.insert(row.parsed("project", "id", |id| id.parse().ok())?);
        }
    }
    Ok(found)
}
