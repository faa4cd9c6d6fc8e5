//! One uploaded workbook: seen by the person who uploaded it and by nobody else. Knows no file and no cell.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use contract::import::{ImportKind, ImportState};
use domain::area::AreaPath;
use domain::id::{ChangeSetId, ImportId, UserId};
use domain::period::FiscalYear;
use domain::permission::{Permit, Scope};

/// A batch as kept. `settings` and `summary` are JSON of the service, which alone reads them.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: ImportId,
    /// as the person calls the file
    pub file_name: String,
    pub sha256: String,
    /// bytes
    pub size: u64,
    pub state: ImportState,
    pub kind: ImportKind,
    pub plan_year: Option<FiscalYear>,
    pub settings: String,
    pub summary: String,
    pub change_set: Option<ChangeSetId>,
    pub version: i64,
    /// Unix milliseconds
    pub created_at: i64,
    /// name of the uploader
    pub by: String,
}

const COLUMNS: &str = "b.id, b.file_name, b.sha256, b.size, b.state, b.kind, b.plan_year, b.settings, b.summary, b.change_set_id, b.version, b.created_at, a.name AS by_name FROM import_batch b JOIN account a ON a.id = b.user_id";

fn read(row: &Row) -> Result<Batch, Fault> {
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: "import_batch", id: id.clone() };
    let year = match row.int("plan_year")? {
        0 => None,
        year => Some(i32::try_from(year).ok().and_then(FiscalYear::new).ok_or_else(corrupt)?),
    };
    Ok(Batch {
        id: row.parsed("import_batch", "id", |id| id.parse().ok())?,
        file_name: row.text("file_name")?,
        sha256: row.text("sha256")?,
        size: u64::try_from(row.int("size")?).map_err(|_| corrupt())?,
        state: row.parsed("import_batch", "state", ImportState::from_code)?,
        kind: row.parsed("import_batch", "kind", ImportKind::from_code)?,
        plan_year: year,
        settings: row.text("settings")?,
        summary: row.text("summary")?,
        change_set: row.maybe_parsed("import_batch", "change_set_id", |id| id.parse().ok())?,
        version: row.int("version")?,
        created_at: row.int("created_at")?,
        by: row.text("by_name")?,
    })
}

fn own(text: &str, scope: &Scope, user: UserId) -> Sql {
    let mut sql = Sql::new(&format!("{text} WHERE "));
    // A person who was moved to another area leaves the imports of the old one behind.
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.user_id = ?", user.to_string());
    sql
}

/// One import of this person.
pub async fn load(conn: &Conn, scope: &Scope, user: UserId, id: ImportId) -> Result<Batch, Fault> {
    let mut sql = own(&format!("SELECT {COLUMNS}"), scope, user);
    sql.bind(" AND b.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "import_batch" })?
}

/// The same, locked until the transaction ends.
pub async fn load_for_update(tx: &Tx, scope: &Scope, user: UserId, id: ImportId) -> Result<Batch, Fault> {
    if tx.is_postgres() {
        let mut sql = own("SELECT b.id FROM import_batch b", scope, user);
        sql.bind(" AND b.id = ? FOR UPDATE", id.to_string());
        tx.one(sql).await?;
    }
    load(tx, scope, user, id).await
}

/// The latest imports of this person, newest first.
pub async fn list(conn: &Conn, scope: &Scope, user: UserId, limit: u32) -> Result<Vec<Batch>, Fault> {
    let mut sql = own(&format!("SELECT {COLUMNS}"), scope, user);
    sql.bind(" ORDER BY b.created_at DESC, b.id DESC LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(read).collect()
}

/// Keeps a new batch of the permit's person, at version 1.
pub async fn insert(tx: &Tx, permit: &Permit, area: &AreaPath, batch: &Batch) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let sql = Sql::new("INSERT INTO import_batch (id, user_id, area_path, file_name, sha256, size, state, kind, plan_year, rows_read, settings, summary, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 1, ?, ?)")
        .with(batch.id.to_string())
        .with(user.to_string())
        .with(area.as_str().to_owned())
        .with(batch.file_name.clone())
        .with(batch.sha256.clone())
        .with(i64::try_from(batch.size).unwrap_or(i64::MAX))
        .with(batch.state.code().to_owned())
        .with(batch.kind.code().to_owned())
        .with(year(batch))
        .with(batch.settings.clone())
        .with(batch.summary.clone())
        .with(tx.at())
        .with(tx.at());
    tx.run(sql).await?;
    record(tx, permit, batch, "uploaded");
    Ok(())
}

/// Saves a batch that was loaded at `batch.version`, which becomes one more; `Fault::Stale` when somebody was faster.
/// `act` names a step for the trail; decisions on the way have none, since nothing but the batch changes.
pub async fn save(tx: &Tx, permit: &Permit, batch: &Batch, act: Option<&str>) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE import_batch SET state = ?, kind = ?, plan_year = ?, settings = ?, summary = ?, change_set_id = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(batch.state.code().to_owned())
        .with(batch.kind.code().to_owned())
        .with(year(batch))
        .with(batch.settings.clone())
        .with(batch.summary.clone())
        .with(batch.change_set.map(|set| set.to_string()))
        .with(tx.at())
        .with(batch.id.to_string())
        .with(batch.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "import_batch" });
    }
    if let Some(act) = act {
        record(tx, permit, batch, act);
    }
    Ok(())
}

fn year(batch: &Batch) -> i64 {
    batch.plan_year.map_or(0, |year| i64::from(year.get()))
}

fn record(tx: &Tx, permit: &Permit, batch: &Batch, act: &str) {
    let detail = format!("{act} file={} sha256={}", batch.file_name, batch.sha256);
    tx.record(
        permit,
        Act { object: "import", object_id: Some(batch.id.to_string()), detail, ..Act::default() },
    );
}
