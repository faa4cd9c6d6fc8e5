//! Rows of a batch, in file order: as read, as mended, as judged, as chosen. A batch that was loaded is the key to them.

use super::batch::Batch;
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use contract::import::RowOutcome;
use domain::id::ImportId;
use domain::permission::Permit;

/// One row. The JSON texts are the service's, which alone reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedLine {
    /// place in the file, from 1
    pub seq: i64,
    pub sheet: String,
    /// from 1, as spreadsheets show it
    pub row: u32,
    /// JSON of the row as read, with mended cells read again
    pub parsed: String,
    /// JSON of mended texts by column
    pub mends: String,
    pub outcome: RowOutcome,
    /// JSON of findings; `[]` when there are none
    pub findings: String,
    /// JSON of what comparing found
    pub judged: String,
    /// what the row was matched with, and its version when the person first saw it
    pub target: Option<String>,
    pub base_version: Option<i64>,
    /// JSON of the person's choice
    pub choice: Option<String>,
}

const COLUMNS: &str =
    "seq, sheet, row_number, parsed, mends, outcome, findings, judged, target, base_version, choice";

fn read(row: &Row) -> Result<StagedLine, Fault> {
    let number = row.int("row_number")?;
    let corrupt = |_| Fault::Corrupt { table: "import_row", id: number.to_string() };
    Ok(StagedLine {
        seq: row.int("seq")?,
        sheet: row.text("sheet")?,
        row: u32::try_from(number).map_err(corrupt)?,
        parsed: row.text("parsed")?,
        mends: row.text("mends")?,
        outcome: row.parsed("import_row", "outcome", RowOutcome::from_code)?,
        findings: row.text("findings")?,
        judged: row.text("judged")?,
        target: row.maybe_text("target")?,
        base_version: row.maybe_int("base_version")?,
        choice: row.maybe_text("choice")?,
    })
}

fn of(batch: &Batch) -> Sql {
    Sql::new(&format!("SELECT {COLUMNS} FROM import_row WHERE batch_id = ?")).with(batch.id.to_string())
}

/// All rows in file order.
pub async fn all(conn: &Conn, batch: &Batch) -> Result<Vec<StagedLine>, Fault> {
    let mut sql = of(batch);
    sql.push(" ORDER BY seq");
    conn.all(sql).await?.iter().map(read).collect()
}

/// A stretch of rows of one outcome: those after `seq`, or those before it when `back`, always in file order.
pub async fn window(
    conn: &Conn,
    batch: &Batch,
    outcome: Option<RowOutcome>,
    seq: i64,
    back: bool,
    limit: usize,
) -> Result<Vec<StagedLine>, Fault> {
    let mut sql = of(batch);
    if let Some(outcome) = outcome {
        sql.bind(" AND outcome = ?", outcome.code().to_owned());
    }
    sql.bind(if back { " AND seq < ?" } else { " AND seq > ?" }, seq);
    sql.push(if back { " ORDER BY seq DESC" } else { " ORDER BY seq" });
    sql.bind(" LIMIT ?", i64::try_from(limit).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if back {
        rows.reverse();
    }
    Ok(rows)
}

/// Place in the file of a row, or of the last one before it: totals and notes are no rows of the list.
pub async fn seq_of(conn: &Conn, batch: &Batch, sheet: &str, row: u32) -> Result<Option<i64>, Fault> {
    let sql = Sql::new("SELECT seq FROM import_row WHERE batch_id = ? AND sheet = ? AND row_number <= ? ORDER BY row_number DESC LIMIT 1")
        .with(batch.id.to_string())
        .with(sheet.to_owned())
        .with(i64::from(row));
    conn.one(sql).await?.map(|row| row.int("seq")).transpose()
}

/// JSON of the findings of the first rows that have some.
pub async fn findings(conn: &Conn, batch: &Batch, rows: usize) -> Result<Vec<String>, Fault> {
    let sql = Sql::new(
        "SELECT findings FROM import_row WHERE batch_id = ? AND findings <> '[]' ORDER BY seq LIMIT ?",
    )
    .with(batch.id.to_string())
    .with(i64::try_from(rows).unwrap_or(i64::MAX));
    conn.all(sql).await?.iter().map(|row| row.text("findings")).collect()
}

/// Sheet, row and JSON of the mended texts of rows that have some, in file order.
pub async fn mended(conn: &Conn, batch: &Batch) -> Result<Vec<(String, u32, String)>, Fault> {
    let sql = Sql::new(
        "SELECT sheet, row_number, mends FROM import_row WHERE batch_id = ? AND mends <> '{}' ORDER BY seq",
    )
    .with(batch.id.to_string());
    let read = |row: &Row| {
        let number = row.int("row_number")?;
        let corrupt = |_| Fault::Corrupt { table: "import_row", id: number.to_string() };
        Ok((row.text("sheet")?, u32::try_from(number).map_err(corrupt)?, row.text("mends")?))
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Puts these rows in the place of all rows of the batch.
pub async fn replace(tx: &Tx, _permit: &Permit, batch: ImportId, rows: Vec<StagedLine>) -> Result<(), Fault> {
    clear(tx, batch).await?;
    let batch = batch.to_string();
    let rows = rows
        .into_iter()
        .map(|row| {
            vec![
                batch.clone().into(),
                row.seq.into(),
                row.sheet.into(),
                i64::from(row.row).into(),
                row.parsed.into(),
                row.mends.into(),
                row.outcome.code().to_owned().into(),
                row.findings.into(),
                row.judged.into(),
                row.target.into(),
                row.base_version.into(),
                row.choice.into(),
            ]
        })
        .collect();
    tx.insert_many(
        "INSERT INTO import_row (batch_id, seq, sheet, row_number, parsed, mends, outcome, findings, judged, target, base_version, choice)",
        rows,
    )
    .await
}

/// Saves rows that a decision changed.
pub async fn save(tx: &Tx, _permit: &Permit, batch: ImportId, rows: &[StagedLine]) -> Result<(), Fault> {
    for row in rows {
        let sql = Sql::new("UPDATE import_row SET parsed = ?, mends = ?, outcome = ?, findings = ?, judged = ?, target = ?, base_version = ?, choice = ? WHERE batch_id = ? AND sheet = ? AND row_number = ?")
            .with(row.parsed.clone())
            .with(row.mends.clone())
            .with(row.outcome.code().to_owned())
            .with(row.findings.clone())
            .with(row.judged.clone())
            .with(row.target.clone())
            .with(row.base_version)
            .with(row.choice.clone())
            .with(batch.to_string())
            .with(row.sheet.clone())
            .with(i64::from(row.row));
        tx.run(sql).await?;
    }
    Ok(())
}

async fn clear(tx: &Tx, batch: ImportId) -> Result<(), Fault> {
    tx.run(Sql::new("DELETE FROM import_row WHERE batch_id = ?").with(batch.to_string())).await.map(drop)
}

/// Forgets the rows of a batch that was given up.
pub async fn remove(tx: &Tx, _permit: &Permit, batch: ImportId) -> Result<(), Fault> {
    clear(tx, batch).await
}
