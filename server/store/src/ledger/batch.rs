//! Batches of ledger lines: seen by everybody of the area who may see money, decided by a second person. The lines and
//! the summary are JSON of the service, which alone reads them.

use super::Maker;
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use contract::ledger::batch::{BatchKind, BatchState};
use domain::area::AreaPath;
use domain::id::{BatchId, UserId};
use domain::permission::{Permit, Scope};

/// A batch as kept.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: BatchId,
    pub kind: BatchKind,
    pub state: BatchState,
    /// of the maker, when it was made
    pub area: AreaPath,
    pub file_name: String,
    pub sha256: String,
    pub summary: String,
    pub undoes: Option<BatchId>,
    /// the latest batch that takes this one back and was not returned
    pub undo: Option<BatchId>,
    pub maker: UserId,
    pub maker_name: String,
    pub checker: Option<UserId>,
    pub checker_name: Option<String>,
    pub reason: Option<String>,
    pub version: i64,
    /// Unix milliseconds
    pub created_at: i64,
}

/// A line of a batch that is to become an entry.
#[derive(Clone, Debug)]
pub struct StagedLine {
    pub sheet: String,
    pub cell: String,
    pub body: String,
}

const SELECTION: &str = "SELECT b.*, m.name AS maker_name, c.name AS checker_name, (SELECT MAX(u.id) FROM ledger_batch u WHERE u.undoes = b.id AND u.state <> 'returned') AS undo FROM ledger_batch b JOIN account m ON m.id = b.maker LEFT JOIN account c ON c.id = b.checker WHERE ";

fn read(row: &Row) -> Result<Batch, Fault> {
    const TABLE: &str = "ledger_batch";
    let batch = |column: &str| row.maybe_parsed(TABLE, column, |id| id.parse::<BatchId>().ok());
    Ok(Batch {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        kind: row.parsed(TABLE, "kind", BatchKind::from_code)?,
        state: row.parsed(TABLE, "state", BatchState::from_code)?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        file_name: row.text("file_name")?,
        sha256: row.text("sha256")?,
        summary: row.text("summary")?,
        undoes: batch("undoes")?,
        undo: batch("undo")?,
        maker: row.parsed(TABLE, "maker", |id| id.parse().ok())?,
        maker_name: row.text("maker_name")?,
        checker: row.maybe_parsed(TABLE, "checker", |id| id.parse().ok())?,
        checker_name: row.maybe_text("checker_name")?,
        reason: row.maybe_text("reason")?,
        version: row.int("version")?,
        created_at: row.int("created_at")?,
    })
}

/// One batch in the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: BatchId) -> Result<Batch, Fault> {
    let mut sql = Sql::new(SELECTION);
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "ledger_batch" })?
}

/// The same, locked until the transaction ends.
pub async fn load_for_update(tx: &Tx, scope: &Scope, id: BatchId) -> Result<Batch, Fault> {
    if tx.is_postgres() {
        tx.one(Sql::new("SELECT id FROM ledger_batch WHERE id = ? FOR UPDATE").with(id.to_string())).await?;
    }
    load(tx, scope, id).await
}

/// The latest batches of the scope, the newest first.
pub async fn list(conn: &Conn, scope: &Scope, limit: u32) -> Result<Vec<Batch>, Fault> {
    let mut sql = Sql::new(SELECTION);
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" ORDER BY b.created_at DESC, b.id DESC LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(read).collect()
}

/// Batches of the scope that nobody decided yet.
pub async fn waiting(conn: &Conn, scope: &Scope, maker: Maker) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM ledger_batch b WHERE b.state = 'staged' AND ");
    scope::under(&mut sql, "b.area_path", scope.area());
    maker.condition(&mut sql, "b.maker");
    conn.one(sql).await?.map_or(Ok(0), |row| Ok(row.int("n")?.unsigned_abs()))
}

/// Keeps a new batch of the permit's person, at version 1, with its lines.
pub async fn insert(tx: &Tx, permit: &Permit, batch: &Batch, lines: Vec<StagedLine>) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO ledger_batch (id, kind, state, area_path, file_name, sha256, summary, undoes, maker, reason, version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)")
        .with(batch.id.to_string())
        .with(batch.kind.code().to_owned())
        .with(batch.state.code().to_owned())
        .with(permit.area().as_str().to_owned())
        .with(batch.file_name.clone())
        .with(batch.sha256.clone())
        .with(batch.summary.clone())
        .with(batch.undoes.map(|batch| batch.to_string()))
        .with(batch.maker.to_string())
        .with(batch.reason.clone())
        .with(tx.at());
    tx.run(sql).await?;
    let id = batch.id.to_string();
    let rows = lines.into_iter().zip(1_i64..).map(|(line, seq)| {
        vec![id.clone().into(), seq.into(), line.sheet.into(), line.cell.into(), line.body.into()]
    });
    tx.insert_many("INSERT INTO ledger_line (batch_id, seq, sheet, cell, body)", rows.collect()).await?;
    record(tx, permit, batch, "staged");
    Ok(())
}

/// Lines of a batch that was loaded within the scope, in file order.
pub async fn lines(conn: &Conn, batch: &Batch) -> Result<Vec<StagedLine>, Fault> {
    let sql = Sql::new("SELECT sheet, cell, body FROM ledger_line WHERE batch_id = ? ORDER BY seq")
        .with(batch.id.to_string());
    let read = |row: &Row| {
        Ok(StagedLine { sheet: row.text("sheet")?, cell: row.text("cell")?, body: row.text("body")? })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Moves a batch that was loaded at `batch.version` to the state that it has in hand; `Fault::Stale` when somebody was
/// faster.
pub async fn decide(tx: &Tx, permit: &Permit, batch: &Batch) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE ledger_batch SET state = ?, summary = ?, checker = ?, reason = ?, decided_at = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(batch.state.code().to_owned())
        .with(batch.summary.clone())
        .with(batch.checker.map(|user| user.to_string()))
        .with(batch.reason.clone())
        .with(tx.at())
        .with(batch.id.to_string())
        .with(batch.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "ledger_batch" });
    }
    record(tx, permit, batch, batch.state.code());
    Ok(())
}

fn record(tx: &Tx, permit: &Permit, batch: &Batch, act: &str) {
    let detail = format!("{act} kind={} file={} sha256={}", batch.kind.code(), batch.file_name, batch.sha256);
    let object_id = Some(batch.id.to_string());
    tx.record(permit, Act { object: "ledger_batch", object_id, detail, ..Act::default() });
}
