//! Tables that somebody uploaded and has not taken over yet. Only who uploaded one sees it; a day later it is gone.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::permission::{Actor, Permit};
use uuid::Uuid;

/// Milliseconds a table waits: one day.
const LIFE: i64 = 24 * 60 * 60 * 1000;

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Areas,
    People,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Kind::Areas => "areas",
            Kind::People => "people",
        }
    }
}

/// A table that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// what the person calls the file
    pub name: String,
    pub body: String,
}

/// Keeps a table under an id of its own and clears away what nobody took over.
pub async fn keep(tx: &Tx, permit: &Permit, id: Uuid, kind: Kind, table: &Table) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    tx.run(Sql::new("DELETE FROM staged_table WHERE created_at < ?").with(tx.at() - LIFE)).await?;
    let sql = Sql::new(
        "INSERT INTO staged_table (id, user_id, kind, name, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .with(id.to_string())
    .with(user.to_string())
    .with(kind.code().to_owned())
    .with(table.name.clone())
    .with(table.body.clone())
    .with(tx.at());
    tx.run(sql).await.map(drop)
}

/// The person's own table.
pub async fn load(conn: &Conn, actor: &Actor, id: &str, kind: Kind) -> Result<Table, Fault> {
    let missing = Fault::Missing { table: "staged_table" };
    let Some(user) = actor.user() else { return Err(missing) };
    let sql = Sql::new("SELECT name, body FROM staged_table WHERE id = ? AND user_id = ? AND kind = ?")
        .with(id.to_owned())
        .with(user.to_string())
        .with(kind.code().to_owned());
    let row = conn.one(sql).await?.ok_or(missing)?;
    Ok(Table { name: row.text("name")?, body: row.text("body")? })
}
