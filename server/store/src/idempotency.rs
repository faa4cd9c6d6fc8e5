//! Answers kept under the key of a posting, so that a double click or a retry makes one change. Kept 30 days.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Tx;
use domain::broken::{self, Broken};
use domain::permission::Permit;
use sha2::{Digest, Sha256};

const DAYS_KEPT: i64 = 30;

/// What a use case must do with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// First time: do it, then `keep` the answer.
    Fresh,
    /// Done before with the same body: this was the answer.
    Done { answer: String },
}

/// Asks whether this person's key was used on this route. The same key with another body is `Fault::KeyReused`.
pub async fn claim(tx: &Tx, permit: &Permit, route: &str, key: &str, body: &[u8]) -> Result<Claim, Fault> {
    let user = user_of(permit);
    // Two racing requests with one key meet on the primary key: the second waits, then finds the answer or fails.
    let insert = Sql::new("INSERT INTO idempotency (user_id, route, key, body_hash, answer, created_at) VALUES (?, ?, ?, ?, '', ?) ON CONFLICT DO NOTHING")
        .with(user.clone())
        .with(route.to_owned())
        .with(key.to_owned())
        .with(digest(body))
        .with(tx.at());
    if tx.run(insert).await? == 1 {
        return Ok(Claim::Fresh);
    }
    if broken::is(Broken::Key) {
        return Ok(Claim::Fresh);
    }
    let query =
        Sql::new("SELECT body_hash, answer FROM idempotency WHERE user_id = ? AND route = ? AND key = ?")
            .with(user)
            .with(route.to_owned())
            .with(key.to_owned());
    let row = tx.one(query).await?.ok_or(Fault::Missing { table: "idempotency" })?;
    if row.text("body_hash")? == digest(body) || broken::is(Broken::Body) {
        Ok(Claim::Done { answer: row.text("answer")? })
    } else {
        Err(Fault::KeyReused)
    }
}

/// Keeps the answer (JSON) of a fresh claim, in the same transaction as the change.
pub async fn keep(tx: &Tx, permit: &Permit, route: &str, key: &str, answer: &str) -> Result<(), Fault> {
    let update = Sql::new("UPDATE idempotency SET answer = ? WHERE user_id = ? AND route = ? AND key = ?")
        .with(answer.to_owned())
        .with(user_of(permit))
        .with(route.to_owned())
        .with(key.to_owned());
    tx.run(update).await?;
    let old = tx.at() - DAYS_KEPT * 86_400_000;
    tx.run(Sql::new("DELETE FROM idempotency WHERE created_at < ?").with(old)).await?;
    Ok(())
}

fn user_of(permit: &Permit) -> String {
    permit.actor().user().map_or_else(|| "system".to_owned(), |user| user.to_string())
}

fn digest(body: &[u8]) -> String {
    hex::encode(Sha256::digest(body))
}
