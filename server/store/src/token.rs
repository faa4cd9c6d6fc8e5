//! Keys for the public API, kept as digests. Knows no HTTP header.

use crate::account::{self, Account};
use crate::audit::Act;
use crate::fault::Fault;
use crate::session::digest;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::{TokenId, UserId};
use domain::permission::Permit;

/// A key as its owner sees it; the secret itself is shown once and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub can_write: bool,
    /// Unix milliseconds
    pub created_at: i64,
    pub expires_at: i64,
    pub last_used: Option<i64>,
}

/// A key that still holds, with its owner.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: TokenId,
    pub account: Account,
    pub can_write: bool,
    /// Unix milliseconds
    pub last_used: Option<i64>,
}

/// Makes a key for the person himself.
pub async fn insert(tx: &Tx, permit: &Permit, token: &Token, secret: &str) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO api_token (id, token_hash, user_id, name, can_write, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .with(token.id.to_string())
        .with(digest(secret))
        .with(owner(permit)?.to_string())
        .with(token.name.clone())
        .with(i64::from(token.can_write))
        .with(token.created_at)
        .with(token.expires_at);
    tx.run(sql).await?;
    let detail = format!("created {} can_write={}", token.name, token.can_write);
    tx.record(
        permit,
        Act { object: "api_token", object_id: Some(token.id.to_string()), detail, ..Act::default() },
    );
    Ok(())
}

/// The person's own keys.
pub async fn list(conn: &Conn, user: UserId) -> Result<Vec<Token>, Fault> {
    let sql = Sql::new("SELECT id, name, can_write, created_at, expires_at, last_used FROM api_token WHERE user_id = ? ORDER BY created_at")
        .with(user.to_string());
    let rows = conn.all(sql).await?;
    rows.iter()
        .map(|row| {
            Ok(Token {
                id: row.parsed("api_token", "id", |id| id.parse().ok())?,
                name: row.text("name")?,
                can_write: row.flag("can_write")?,
                created_at: row.int("created_at")?,
                expires_at: row.int("expires_at")?,
                last_used: row.maybe_int("last_used")?,
            })
        })
        .collect()
}

/// Takes one of the person's own keys away.
pub async fn remove(tx: &Tx, permit: &Permit, id: TokenId) -> Result<(), Fault> {
    let sql = Sql::new("DELETE FROM api_token WHERE id = ? AND user_id = ?")
        .with(id.to_string())
        .with(owner(permit)?.to_string());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Missing { table: "api_token" });
    }
    let detail = "removed".to_owned();
    tx.record(permit, Act { object: "api_token", object_id: Some(id.to_string()), detail, ..Act::default() });
    Ok(())
}

/// Whose key this is, when it has not expired and he is not disabled.
pub async fn find(conn: &Conn, secret: &str, now: i64) -> Result<Option<Found>, Fault> {
    let sql = Sql::new(
        "SELECT id, user_id, can_write, last_used FROM api_token WHERE token_hash = ? AND expires_at > ?",
    )
    .with(digest(secret))
    .with(now);
    let Some(row) = conn.one(sql).await? else { return Ok(None) };
    let account = account::by_id(conn, &row.text("user_id")?).await?;
    let Some(account) = account.filter(|account| !account.disabled) else { return Ok(None) };
    Ok(Some(Found {
        id: row.parsed("api_token", "id", |id| id.parse().ok())?,
        account,
        can_write: row.flag("can_write")?,
        last_used: row.maybe_int("last_used")?,
    }))
}

/// Notes that the key was used; like a session's use it is no act and leaves no audit row.
pub async fn used(tx: &Tx, id: TokenId) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE api_token SET last_used = ? WHERE id = ?").with(tx.at()).with(id.to_string());
    tx.run(sql).await.map(drop)
}

fn owner(permit: &Permit) -> Result<UserId, Fault> {
    permit.actor().user().ok_or(Fault::Missing { table: "account" })
}
