//! Editions of the control matrix; the latest one applies. Append only.

use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::id::UserId;
use domain::ledger::{Control, Validity};
use domain::period::business_date;
use domain::permission::Permit;

/// An edition as kept.
#[derive(Clone, Debug)]
pub struct Edition {
    pub control: Control,
    pub edition: i64,
    pub editor_name: String,
    /// Unix milliseconds
    pub at: i64,
}

fn read(row: &Row) -> Result<Control, Fault> {
    let edition = row.int("edition")?;
    let corrupt = || Fault::Corrupt { table: "control", id: edition.to_string() };
    let at = chrono::DateTime::from_timestamp_millis(row.int("at")?).ok_or_else(corrupt)?;
    let validity = Validity { edition, since: Some(business_date(at)) };
    Ok(Control::parse(&row.text("cells")?).map_err(|_| corrupt())?.valid(validity))
}

/// The matrix that applies; it says its edition, 0 before anybody edited it.
pub async fn current(conn: &Conn) -> Result<Control, Fault> {
    let sql = Sql::new("SELECT edition, cells, at FROM control ORDER BY edition DESC LIMIT 1");
    conn.one(sql).await?.map_or(Ok(Control::default()), |row| read(&row))
}

/// The latest editions, the newest first.
pub async fn editions(conn: &Conn, limit: u32) -> Result<Vec<Edition>, Fault> {
    let sql = Sql::new("SELECT c.edition, c.cells, c.at, a.name FROM control c JOIN account a ON a.id = c.editor ORDER BY c.edition DESC LIMIT ?")
        .with(i64::from(limit));
    let edition = |row: &Row| {
        Ok(Edition {
            control: read(row)?,
            edition: row.int("edition")?,
            editor_name: row.text("name")?,
            at: row.int("at")?,
        })
    };
    conn.all(sql).await?.iter().map(edition).collect()
}

/// Keeps the next edition after `edition`; `Fault::Stale` when there is one already.
pub async fn edit(
    tx: &Tx,
    permit: &Permit,
    edition: i64,
    control: &Control,
    editor: UserId,
) -> Result<(), Fault> {
    let before = current(tx).await?;
    if before.validity().edition != edition {
        return Err(Fault::Stale { table: "control" });
    }
    let sql = Sql::new(
        "INSERT INTO control (edition, cells, editor, at) VALUES (?, ?, ?, ?) ON CONFLICT (edition) DO NOTHING",
    )
    .with(edition + 1)
    .with(control.text())
    .with(editor.to_string())
    .with(tx.at());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "control" });
    }
    let act = Act {
        object: "control",
        object_id: Some((edition + 1).to_string()),
        detail: control.text(),
        before: Some(before.text()),
        after: Some(control.text()),
    };
    tx.record(permit, act);
    Ok(())
}
