//! What became of the rows that went in: the thing each made or changed, and whether that can still be taken back.

use super::batch::Batch;
use crate::fault::Fault;
use crate::history::Effect;
use crate::ledger::project::SPOKEN_OF;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use contract::import::ImportKind;
use domain::id::{ChangeSetId, ImportId};
use domain::permission::Permit;

/// One row that went in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub sheet: String,
    /// from 1
    pub row: u32,
    /// id of the project or community
    pub object: String,
    pub effect: Effect,
    pub version_after: i64,
    /// JSON of a community before; projects have their own history
    pub before: Option<String>,
    pub undone: bool,
    /// Nobody changed the thing since.
    pub untouched: bool,
    /// The row made a project that the ledger speaks of by now.
    pub has_money: bool,
}

fn read(row: &Row) -> Result<Done, Fault> {
    let number = row.int("row_number")?;
    let corrupt = |_| Fault::Corrupt { table: "import_done", id: number.to_string() };
    let version_after = row.int("version_after")?;
    Ok(Done {
        sheet: row.text("sheet")?,
        row: u32::try_from(number).map_err(corrupt)?,
        object: row.text("object_id")?,
        effect: row.parsed("import_done", "effect", Effect::from_code)?,
        version_after,
        before: row.maybe_text("before")?,
        undone: row.maybe_text("undone_by")?.is_some(),
        untouched: row.maybe_int("version_now")? == Some(version_after) && !row.flag("bound")?,
        has_money: row.flag("has_money")?,
    })
}

/// Every row that went in, in the order of sheets and rows. A community that was made and that a project names
/// since counts as changed.
pub async fn all(conn: &Conn, batch: &Batch) -> Result<Vec<Done>, Fault> {
    let (table, bound, has_money) = match batch.kind {
        ImportKind::Projects => {
            let made = "d.effect = 'created' AND d.undone_by IS NULL";
            let spoken_of = format!("CASE WHEN {made} AND d.object_id IN {SPOKEN_OF} THEN 1 ELSE 0 END");
            ("project", "0", spoken_of)
        }
        ImportKind::Sites => (
            "site",
            "(SELECT COUNT(*) FROM project_site ps WHERE ps.site_id = d.object_id AND d.effect = 'created')",
            "0".to_owned(),
        ),
    };
    let sql = Sql::new(&format!(
        "SELECT d.sheet, d.row_number, d.object_id, d.effect, d.version_after, d.before, d.undone_by, o.version AS version_now, CAST({bound} AS BIGINT) AS bound, CAST({has_money} AS BIGINT) AS has_money FROM import_done d LEFT JOIN {table} o ON o.id = d.object_id WHERE d.batch_id = ? ORDER BY d.sheet, d.row_number"
    ))
    .with(batch.id.to_string());
    conn.all(sql).await?.iter().map(read).collect()
}

/// Notes what became of the rows.
pub async fn insert(tx: &Tx, _permit: &Permit, batch: ImportId, done: Vec<Done>) -> Result<(), Fault> {
    let batch = batch.to_string();
    let rows = done
        .into_iter()
        .map(|done| {
            vec![
                batch.clone().into(),
                done.sheet.into(),
                i64::from(done.row).into(),
                done.object.into(),
                done.effect.code().to_owned().into(),
                done.version_after.into(),
                done.before.into(),
            ]
        })
        .collect();
    tx.insert_many(
        "INSERT INTO import_done (batch_id, sheet, row_number, object_id, effect, version_after, before)",
        rows,
    )
    .await
}

/// Notes that rows were taken back by a change-set.
pub async fn undo(
    tx: &Tx,
    _permit: &Permit,
    batch: ImportId,
    by: ChangeSetId,
    rows: &[Done],
) -> Result<(), Fault> {
    for row in rows {
        let sql = Sql::new("UPDATE import_done SET undone_by = ? WHERE batch_id = ? AND sheet = ? AND row_number = ? AND undone_by IS NULL")
            .with(by.to_string())
            .with(batch.to_string())
            .with(row.sheet.clone())
            .with(i64::from(row.row));
        if tx.run(sql).await? == 0 {
            return Err(Fault::Stale { table: "import_done" });
        }
    }
    Ok(())
}
