//! Workbooks of returns that somebody uploaded and has not carried out yet. Only who uploaded one sees it; a day later it
//! is gone.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::ReturnBookId;
use domain::permission::{Actor, Permit};
use uuid::Uuid;

/// Milliseconds a file waits: one day.
const LIFE: i64 = 24 * 60 * 60 * 1000;

/// A file that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub book: ReturnBookId,
    /// what the person calls it
    pub name: String,
    pub body: String,
}

/// Keeps a file under an id of its own and clears away what nobody carried out.
pub async fn keep(tx: &Tx, permit: &Permit, id: Uuid, file: &File) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    tx.run(Sql::new("DELETE FROM staged_return WHERE created_at < ?").with(tx.at() - LIFE)).await?;
    let sql = Sql::new(
        "INSERT INTO staged_return (id, book_id, user_id, name, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .with(id.to_string())
    .with(file.book.to_string())
    .with(user.to_string())
    .with(file.name.clone())
    .with(file.body.clone())
    .with(tx.at());
    tx.run(sql).await.map(drop)
}

/// The person's own file.
pub async fn load(conn: &Conn, actor: &Actor, id: &str) -> Result<File, Fault> {
    let missing = Fault::Missing { table: "staged_return" };
    let Some(user) = actor.user() else { return Err(missing) };
    let sql = Sql::new("SELECT book_id, name, body FROM staged_return WHERE id = ? AND user_id = ?")
        .with(id.to_owned())
        .with(user.to_string());
    let row = conn.one(sql).await?.ok_or(missing)?;
    Ok(File {
        book: row.parsed("staged_return", "book_id", |id| id.parse().ok())?,
        name: row.text("name")?,
        body: row.text("body")?,
    })
}
