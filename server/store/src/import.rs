//! Workbooks on their way in: batches, rows and what became of them lie beside. Here: what became of cells since a
//! workbook was exported, the base of a three-way comparison. Knows no workbook.

pub mod batch;
pub mod done;
pub mod row;
pub mod site;

use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::id::ProjectId;
use domain::permission::Scope;
use domain::project::{Field, Value};

/// A cell that was changed: the version the change made, and what stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub project: ProjectId,
    pub field: Field,
    pub version_after: i64,
    pub before: Option<Value>,
}

/// Values in one `IN (…)`.
const CHUNK: usize = 1000;

/// Every changed cell of these projects in the scope, the oldest change first.
pub async fn past(conn: &Conn, scope: &Scope, ids: &[ProjectId]) -> Result<Vec<Past>, Fault> {
    let mut past = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT c.project_id, c.field, c.old_value, t.version_after FROM change c JOIN change_project t ON t.change_set_id = c.change_set_id AND t.project_id = c.project_id JOIN project p ON p.id = c.project_id WHERE ",
        );
        scope::under(&mut sql, "p.area_path", scope.area());
        sql.push(" AND t.effect = 'changed' AND c.project_id IN ")
            .list(chunk.iter().map(ProjectId::to_string));
        sql.push(" ORDER BY t.version_after");
        for row in conn.all(sql).await? {
            let field: Field = row.parsed("change", "field", |key| key.parse().ok())?;
            past.push(Past {
                project: row.parsed("change", "project_id", |id| id.parse().ok())?,
                field,
                version_after: row.int("version_after")?,
                before: row.maybe_parsed("change", "old_value", |text| Value::from_canonical(field, text))?,
            });
        }
    }
    Ok(past)
}
