//! Files kept with projects: who put which file there. Knows no bytes; they lie under their digest in the data folder.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::id::{AttachmentId, ProjectId, UserId};
use domain::permission::{Permit, Scope};
use domain::project::Gate;

/// A file as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    /// bytes
    pub size: i64,
    pub gate: Option<Gate>,
    /// hex
    pub sha256: String,
    pub media_type: String,
    pub uploaded_by: UserId,
    /// display name
    pub by: Option<String>,
    /// Unix milliseconds
    pub at: i64,
}

/// A file about to be kept; its bytes already lie in the data folder.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    pub id: AttachmentId,
    pub project: ProjectId,
    pub gate: Option<Gate>,
    pub name: String,
    pub sha256: String,
    /// bytes
    pub size: i64,
    pub media_type: &'static str,
}

const COLUMNS: &str = "SELECT f.id, f.name, f.size, f.gate, f.sha256, f.media_type, f.uploaded_by, f.uploaded_at, a.name AS by_name FROM attachment f JOIN project p ON p.id = f.project_id LEFT JOIN account a ON a.id = f.uploaded_by WHERE ";

/// Files of a project in the scope, the newest first; removed ones are left out.
pub async fn of_project(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<Vec<Attachment>, Fault> {
    let mut sql = Sql::new(COLUMNS);
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND f.project_id = ?", project.to_string());
    sql.push(" AND f.removed_at IS NULL ORDER BY f.uploaded_at DESC, f.id");
    conn.all(sql).await?.iter().map(read).collect()
}

/// One file of a project in the scope; a removed one is missing.
pub async fn load(
    conn: &Conn,
    scope: &Scope,
    project: ProjectId,
    attachment: AttachmentId,
) -> Result<Attachment, Fault> {
    let mut sql = Sql::new(COLUMNS);
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND f.project_id = ?", project.to_string());
    sql.bind(" AND f.id = ? AND f.removed_at IS NULL", attachment.to_string());
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "attachment" })?;
    read(&row)
}

fn read(row: &Row) -> Result<Attachment, Fault> {
    Ok(Attachment {
        id: row.parsed("attachment", "id", |id| id.parse().ok())?,
        name: row.text("name")?,
        size: row.int("size")?,
        gate: row.maybe_parsed("attachment", "gate", Gate::from_code)?,
        sha256: row.text("sha256")?,
        media_type: row.text("media_type")?,
        uploaded_by: row.parsed("attachment", "uploaded_by", |id| id.parse().ok())?,
        by: row.maybe_text("by_name")?,
        at: row.int("uploaded_at")?,
    })
}

/// How many files a project has.
pub async fn count(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<i64, Fault> {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS n FROM attachment f JOIN project p ON p.id = f.project_id WHERE f.removed_at IS NULL AND ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND f.project_id = ?", project.to_string());
    conn.one(sql).await?.map_or(Ok(0), |row| row.int("n"))
}

/// Bytes that a person put into the folder, removed files included: their bytes are kept.
pub async fn bytes_of(conn: &Conn, user: UserId) -> Result<i64, Fault> {
    let sql =
        Sql::new("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS n FROM attachment WHERE uploaded_by = ?")
            .with(user.to_string());
    conn.one(sql).await?.map_or(Ok(0), |row| row.int("n"))
}

/// Keeps a file with a project.
pub async fn insert(tx: &Tx, permit: &Permit, file: &NewAttachment) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let sql = Sql::new("INSERT INTO attachment (id, project_id, gate, name, sha256, size, media_type, uploaded_by, uploaded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(file.id.to_string())
        .with(file.project.to_string())
        .with(file.gate.map(|gate| gate.code().to_owned()))
        .with(file.name.clone())
        .with(file.sha256.clone())
        .with(file.size)
        .with(file.media_type.to_owned())
        .with(user.to_string())
        .with(tx.at());
    tx.run(sql).await?;
    let detail = format!("added project={} size={} name={}", file.project, file.size, file.name);
    record(tx, permit, file.id, detail, None, Some(file.sha256.clone()));
    Ok(())
}

/// Takes a file off its project; the row and the bytes stay for the trail. One that is gone is `Missing`.
pub async fn remove(tx: &Tx, permit: &Permit, project: ProjectId, file: &Attachment) -> Result<(), Fault> {
    let sql =
        Sql::new("UPDATE attachment SET removed_at = ?, removed_by = ? WHERE id = ? AND removed_at IS NULL")
            .with(tx.at())
            .with(permit.actor().user().map(|user| user.to_string()))
            .with(file.id.to_string());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Missing { table: "attachment" });
    }
    let detail = format!("removed project={project} size={} name={}", file.size, file.name);
    record(tx, permit, file.id, detail, Some(file.sha256.clone()), None);
    Ok(())
}

fn record(
    tx: &Tx,
    permit: &Permit,
    id: AttachmentId,
    detail: String,
    before: Option<String>,
    after: Option<String>,
) {
    tx.record(permit, Act { object: "attachment", object_id: Some(id.to_string()), detail, before, after });
}

/// Whether any of these projects still has a file: then it cannot be removed with them unseen.
pub(crate) async fn any(conn: &Conn, projects: &[ProjectId]) -> Result<bool, Fault> {
    for chunk in projects.chunks(1000) {
        let mut sql = Sql::new("SELECT 1 AS one FROM attachment WHERE removed_at IS NULL AND project_id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        sql.push(" LIMIT 1");
        if conn.one(sql).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every digest that a row names, with its size, for comparing with the data folder.
pub async fn digests(conn: &Conn) -> Result<Vec<(String, i64)>, Fault> {
    let rows = conn.all(Sql::new("SELECT DISTINCT sha256, size FROM attachment ORDER BY sha256")).await?;
    rows.iter().map(|row| Ok((row.text("sha256")?, row.int("size")?))).collect()
}
