//! One key, one change: the answer of a request is kept in the transaction that did the work (rule 7).

use crate::fault::Fault;
use crate::tx::{Rows, Tx};
use chrono::{DateTime, Duration, Utc};
use domain::id::UserId;
use sha2::{Digest, Sha256};

/// A key made when the form was rendered, with what it was used for.
#[derive(Clone, Debug)]
pub struct Key {
    pub user: UserId,
    pub route: &'static str,
    pub key: String,
    /// SHA-256 of the request's body.
    pub body: Vec<u8>,
}

impl Key {
    pub fn new(user: UserId, route: &'static str, key: &str, body: &[u8]) -> Key {
        Key { user, route, key: key.to_owned(), body: Sha256::digest(body).to_vec() }
    }
}

/// The answer kept under the key, `None` when it is new; another body under the same key is refused.
pub async fn find(tx: &Tx, key: &Key) -> Result<Option<String>, Fault> {
    let sql = "SELECT body, answer FROM idempotency WHERE account_id = ? AND route = ? AND key = ?";
    let values = vec![key.user.uuid().into(), key.route.into(), key.key.clone().into()];
    let Some(row) = tx.one(sql, values).await? else { return Ok(None) };
    let body: Vec<u8> = row.try_get("", "body")?;
    if body == key.body { Ok(Some(row.try_get("", "answer")?)) } else { Err(Fault::KeyReused) }
}

/// Keeps the answer, and forgets those older than thirty days.
pub async fn keep(tx: &Tx, key: &Key, answer: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO idempotency (account_id, route, key, body, answer, created_at) VALUES (?,?,?,?,?,?)",
        vec![
            key.user.uuid().into(),
            key.route.into(),
            key.key.clone().into(),
            key.body.clone().into(),
            answer.into(),
            now.into(),
        ],
    )
    .await?;
    tx.run("DELETE FROM idempotency WHERE created_at < ?", vec![(now - Duration::days(30)).into()]).await?;
    Ok(())
}
