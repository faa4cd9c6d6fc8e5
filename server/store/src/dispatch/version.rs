//! What was handed in, as it was then. Append only; the databases refuse the rest.

use super::by;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::ReturnBookId;
use domain::permission::Permit;

/// Keeps the rows of a book as they are handed in, at the place in the trail of the act itself. Called before the act is
/// recorded: the head of the trail is held from here to the end, and the act is the next link.
pub async fn keep(tx: &Tx, permit: &Permit, id: ReturnBookId, body: String) -> Result<(), Fault> {
    let head = Sql::new(&format!("SELECT seq FROM audit_head WHERE name = 'head'{}", tx.for_update()));
    let head = tx.one(head).await?.ok_or(Fault::Corrupt { table: "audit_head", id: "head".into() })?;
    let sql = Sql::new("INSERT INTO return_version (book_id, number, seq, body, at, actor) SELECT ?, COALESCE(MAX(number), 0) + 1, CAST(? AS BIGINT), ?, CAST(? AS BIGINT), ? FROM return_version WHERE book_id = ?")
        .with(id.to_string())
        .with(head.int("seq")? + 1)
        .with(body)
        .with(tx.at())
        .with(by(permit))
        .with(id.to_string());
    tx.run(sql).await.map(drop)
}

/// How often a book was handed in, with the place in the trail of the last time.
pub async fn last(conn: &Conn, id: ReturnBookId) -> Result<(i64, Option<i64>), Fault> {
    let sql = Sql::new("SELECT COUNT(*) AS n, MAX(seq) AS seq FROM return_version WHERE book_id = ?")
        .with(id.to_string());
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "return_version" })?;
    Ok((row.int("n")?, row.maybe_int("seq")?))
}
