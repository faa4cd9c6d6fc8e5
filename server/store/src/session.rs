//! Sessions, kept by the hash of their token, and the one-time code of the first start. Knows no cookie.

use crate::account::{self, Account};
use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::{SessionId, UserId};
use domain::permission::Permit;
use sha2::{Digest, Sha256};

/// A session that still holds.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub account: Account,
    /// Unix milliseconds
    pub last_seen: i64,
    pub expires_at: i64,
}

/// Digest under which a token is kept.
pub fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Opens a session for a person who proved who he is; `permit` is his own `ManageOwnAccount`.
pub async fn open(
    tx: &Tx,
    permit: &Permit,
    id: SessionId,
    token: &str,
    expires_at: i64,
) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let sql = Sql::new("INSERT INTO session (id, token_hash, user_id, created_at, last_seen, expires_at) VALUES (?, ?, ?, ?, ?, ?)")
        .with(id.to_string())
        .with(digest(token))
        .with(user.to_string())
        .with(tx.at())
        .with(tx.at())
        .with(expires_at);
    tx.run(sql).await?;
    tx.run(Sql::new("UPDATE account SET last_sign_in = ? WHERE id = ?").with(tx.at()).with(user.to_string()))
        .await?;
    tx.run(Sql::new("DELETE FROM session WHERE expires_at < ?").with(tx.at())).await?;
    tx.record(permit, act(user, "sign_in"));
    Ok(())
}

/// The session of a token, whatever its age; the service judges it by the clock.
pub async fn find(conn: &Conn, token: &str) -> Result<Option<Session>, Fault> {
    let sql = Sql::new("SELECT id, user_id, last_seen, expires_at FROM session WHERE token_hash = ?")
        .with(digest(token));
    let Some(row) = conn.one(sql).await? else { return Ok(None) };
    let Some(account) = account::by_id(conn, &row.text("user_id")?).await? else { return Ok(None) };
    Ok(Some(Session {
        id: row.parsed("session", "id", |id| id.parse().ok())?,
        account,
        last_seen: row.int("last_seen")?,
        expires_at: row.int("expires_at")?,
    }))
}

/// Notes that the session was used; the only write that is no act and leaves no audit row.
pub async fn seen(tx: &Tx, id: SessionId) -> Result<(), Fault> {
    tx.run(Sql::new("UPDATE session SET last_seen = ? WHERE id = ?").with(tx.at()).with(id.to_string()))
        .await
        .map(drop)
}

/// Ends one session of the person.
pub async fn close(tx: &Tx, permit: &Permit, id: SessionId) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let sql = Sql::new("DELETE FROM session WHERE id = ? AND user_id = ?")
        .with(id.to_string())
        .with(user.to_string());
    tx.run(sql).await?;
    tx.record(permit, act(user, "sign_out"));
    Ok(())
}

/// Keeps the digest of the set-up code; an older code is void.
pub async fn set_setup_code(tx: &Tx, permit: &Permit, code: &str) -> Result<(), Fault> {
    tx.run(Sql::new("DELETE FROM setup_code")).await?;
    let sql = Sql::new("INSERT INTO setup_code (code_hash, created_at) VALUES (?, ?)")
        .with(digest(code))
        .with(tx.at());
    tx.run(sql).await?;
    tx.record(permit, Act { object: "setup", detail: "code".into(), ..Act::default() });
    Ok(())
}

/// Uses the set-up code up; false when it is another one.
pub async fn take_setup_code(tx: &Tx, permit: &Permit, code: &str) -> Result<bool, Fault> {
    let taken = tx.run(Sql::new("DELETE FROM setup_code WHERE code_hash = ?").with(digest(code))).await? > 0;
    if taken {
        tx.record(permit, Act { object: "setup", detail: "code_used".into(), ..Act::default() });
    }
    Ok(taken)
}

fn act(user: UserId, detail: &str) -> Act {
    Act { object: "session", object_id: Some(user.to_string()), detail: detail.to_owned(), ..Act::default() }
}
