//! Editions of the control matrix; the latest one applies. Append only.

use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::UserId;
use domain::ledger::Control;
use domain::permission::Permit;

/// The matrix that applies, and its edition; 0 before anybody edited it.
pub async fn current(conn: &Conn) -> Result<(Control, i64), Fault> {
    let sql = Sql::new("SELECT edition, cells FROM control ORDER BY edition DESC LIMIT 1");
    let Some(row) = conn.one(sql).await? else { return Ok((Control::default(), 0)) };
    let edition = row.int("edition")?;
    let corrupt = || Fault::Corrupt { table: "control", id: edition.to_string() };
    Ok((Control::parse(&row.text("cells")?).map_err(|_| corrupt())?, edition))
}

/// Keeps the next edition after `edition`; `Fault::Stale` when there is one already.
pub async fn edit(
    tx: &Tx,
    permit: &Permit,
    edition: i64,
    control: &Control,
    editor: UserId,
) -> Result<(), Fault> {
    let (before, last) = current(tx).await?;
    if last != edition {
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
