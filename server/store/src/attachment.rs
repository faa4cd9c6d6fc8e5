//! Files kept with projects: who put which file there. Knows no bytes; they lie under their digest in the data folder.

use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::id::{AttachmentId, ProjectId};
use domain::permission::Scope;
use domain::project::Gate;

/// A file as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    /// bytes
    pub size: i64,
    pub gate: Option<Gate>,
    /// display name
    pub by: Option<String>,
    /// Unix milliseconds
    pub at: i64,
}

/// Files of a project in the scope, the newest first; removed ones are left out.
pub async fn of_project(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<Vec<Attachment>, Fault> {
    let mut sql = Sql::new(
        "SELECT f.id, f.name, f.size, f.gate, f.uploaded_at, a.name AS by_name FROM attachment f \
         JOIN project p ON p.id = f.project_id LEFT JOIN account a ON a.id = f.uploaded_by WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND f.project_id = ?", project.to_string());
    sql.push(" AND f.removed_at IS NULL ORDER BY f.uploaded_at DESC, f.id");
    let rows = conn.all(sql).await?;
    rows.iter()
        .map(|row| {
            Ok(Attachment {
                id: row.parsed("attachment", "id", |id| id.parse().ok())?,
                name: row.text("name")?,
                size: row.int("size")?,
                gate: row.maybe_parsed("attachment", "gate", Gate::from_code)?,
                by: row.maybe_text("by_name")?,
                at: row.int("uploaded_at")?,
            })
        })
        .collect()
}
