//! What a person prefers on a screen (columns, density), as texts the screen understands. Knows no screen.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::id::UserId;
use domain::permission::Permit;
use std::collections::BTreeMap;

/// The person's own setting under a key such as `grid.list`.
pub async fn load(conn: &Conn, user: UserId, key: &str) -> Result<Option<String>, Fault> {
    let sql = Sql::new("SELECT value FROM user_pref WHERE user_id = ? AND key = ?")
        .with(user.to_string())
        .with(key.to_owned());
    conn.one(sql).await?.map(|row| row.text("value")).transpose()
}

/// Several of the person's own settings, by key; those never kept are missing.
pub async fn load_many(conn: &Conn, user: UserId, keys: &[&str]) -> Result<BTreeMap<String, String>, Fault> {
    let mut sql =
        Sql::new("SELECT key, value FROM user_pref WHERE user_id = ? AND key IN ").with(user.to_string());
    sql.list(keys.iter().map(|key| (*key).to_owned()));
    conn.all(sql).await?.iter().map(|row| Ok((row.text("key")?, row.text("value")?))).collect()
}

/// Keeps a setting of the person himself. No act upon shared facts, so the trail is not written.
pub async fn save(tx: &Tx, permit: &Permit, key: &str, value: &str) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let sql = Sql::new("INSERT INTO user_pref (user_id, key, value) VALUES (?, ?, ?) ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value")
        .with(user.to_string())
        .with(key.to_owned())
        .with(value.to_owned());
    tx.run(sql).await.map(drop)
}
