//! The head of the ledger's chain: whoever holds it is the only one who writes. Knows no entry.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::broken::{self, Broken};

/// The last place of the chain, held until the transaction ends.
#[derive(Debug)]
pub struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: String,
}

/// Waits for the head, which is locked after all positions.
pub async fn hold(tx: &Tx) -> Result<Head, Fault> {
    let lock = if broken::is(Broken::Head) { "" } else { tx.for_update() };
    let (seq, hash) = read(tx, lock).await?;
    Ok(Head { seq, hash })
}

/// Last place and hash, for the daily anchor, the auditor and reports that name the moment they knew.
pub async fn head(conn: &Conn) -> Result<(i64, String), Fault> {
    read(conn, "").await
}

async fn read(conn: &Conn, lock: &str) -> Result<(i64, String), Fault> {
    let sql = Sql::new(&format!("SELECT seq, hash FROM ledger_head WHERE name = 'head'{lock}"));
    let row = conn.one(sql).await?.ok_or(Fault::Corrupt { table: "ledger_head", id: "head".into() })?;
    Ok((row.int("seq")?, row.text("hash")?))
}

pub(crate) async fn advance(tx: &Tx, seq: i64, hash: &str) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE ledger_head SET seq = ?, hash = ? WHERE name = 'head'")
        .with(seq)
        .with(hash.to_owned());
    tx.run(sql).await.map(drop)
}
