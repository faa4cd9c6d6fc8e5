//! Copies of a SQLite database and what can be asked of one: is it whole, which steps does it know. Knows no archive.

use crate::db::{Db, DbOptions};
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::permission::Scope;
use std::path::Path;

/// A stored file that the database speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// digest, under which it lies
    pub sha256: String,
    /// bytes
    pub size: i64,
}

/// Writes a consistent copy of the SQLite database in `data` to a new file, also beside a running server: it holds
/// everything that was committed before.
pub async fn snapshot(data: &Path, file: &Path) -> Result<(), Fault> {
    let db = Db::open(&DbOptions { reading: true, connections: 1, ..DbOptions::sqlite(data) }).await?;
    let done = db.copy_into(file).await;
    db.close().await?;
    done
}

/// Reads every page of the database; the first complaint is a fault.
pub async fn integrity(conn: &Conn) -> Result<(), Fault> {
    for (pragma, column) in [("integrity_check", "integrity_check"), ("foreign_key_check", "table")] {
        let rows = conn.all(Sql::new(&format!("PRAGMA {pragma}"))).await?;
        let said = rows.first().map(|row| row.text(column)).transpose()?;
        if said.as_deref().is_some_and(|said| said != "ok") {
            return Err(Fault::Unfit(format!("{pragma}: {}", said.unwrap_or_default())));
        }
    }
    Ok(())
}

/// Whether the schema of a SQLite copy has the table; an older one may not.
pub async fn has_table(conn: &Conn, name: &str) -> Result<bool, Fault> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM sqlite_master WHERE name = ?").with(name.to_owned());
    Ok(conn.one(sql).await?.map_or(Ok(0), |row| row.int("n"))? > 0)
}

/// Every file that a project has or had, within the scope.
pub async fn kept_files(conn: &Conn, scope: &Scope) -> Result<Vec<Kept>, Fault> {
    let mut sql = Sql::new(
        "SELECT DISTINCT f.sha256, f.size FROM attachment f JOIN project p ON p.id = f.project_id WHERE ",
    );
    crate::scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" ORDER BY f.sha256");
    let rows = conn.all(sql).await?;
    rows.iter().map(|row| Ok(Kept { sha256: row.text("sha256")?, size: row.int("size")? })).collect()
}

/// Instant of the last audit record, Unix milliseconds; `None` while there is none.
pub async fn last_act(conn: &Conn) -> Result<Option<i64>, Fault> {
    let row = conn.one(Sql::new("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")).await?;
    row.map(|row| row.int("at")).transpose()
}
