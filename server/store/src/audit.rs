//! The audit trail: a hash chain, filled from the permit, written in the transaction of the act. Append only.

use crate::fault::Fault;
use crate::page::{Cursor, Key, MOST_ROWS, Page};
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::permission::{Permit, Scope};
use sha2::{Digest, Sha256};

/// What was done, to be chained under the permit that allowed it.
#[derive(Clone, Debug, Default)]
pub struct Act {
    /// kind of the thing: `project`, `account`, `list`
    pub object: &'static str,
    pub object_id: Option<String>,
    /// short facts as `key=value` pairs or JSON; never a secret
    pub detail: String,
    /// canonical text before and after, kept as digests only
    pub before: Option<String>,
    pub after: Option<String>,
}

/// An act with its permit's facts.
pub(crate) struct Record {
    act: Act,
    user: Option<String>,
    role: &'static str,
    action: &'static str,
    area: String,
}

/// One row of the trail as an auditor reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    /// Unix milliseconds
    pub at: i64,
    pub user_id: Option<String>,
    pub login: Option<String>,
    pub role: String,
    pub ip: Option<String>,
    pub action: String,
    pub area_path: String,
    pub object: String,
    pub object_id: Option<String>,
    pub detail: String,
    pub before_digest: Option<String>,
    pub after_digest: Option<String>,
    pub prev_hash: String,
    pub hash: String,
}

/// What an auditor filters by. Times in Unix milliseconds, `to` exclusive.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub login: Option<String>,
    pub action: Option<String>,
    pub object: Option<String>,
    pub object_id: Option<String>,
    pub from: Option<i64>,
    pub to: Option<i64>,
}

impl Record {
    pub(crate) fn new(permit: &Permit, act: Act) -> Record {
        Record {
            act,
            user: permit.actor().user().map(|user| user.to_string()),
            role: permit.actor().role_code(),
            action: permit.action().code(),
            area: permit.area().as_str().to_owned(),
        }
    }
}

/// Writes an act that changes nothing else (an export, a sign-out) into the trail.
pub fn note(tx: &Tx, permit: &Permit, act: Act) {
    tx.record(permit, act);
}

/// Chains the records of a transaction; the head row is locked first of all and last in the transaction.
pub(crate) async fn append(tx: &Tx, records: Vec<Record>) -> Result<(), Fault> {
    if records.is_empty() {
        return Ok(());
    }
    let head = Sql::new(&format!("SELECT seq, hash FROM audit_head WHERE name = 'head'{}", tx.for_update()));
    let head = tx.one(head).await?.ok_or(Fault::Corrupt { table: "audit_head", id: "head".into() })?;
    let (mut seq, mut hash) = (head.int("seq")?, head.text("hash")?);
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        seq += 1;
        let login = login_of(tx, record.user.as_deref()).await?;
        let entry = entry_of(tx, record, login, seq, hash);
        hash = entry.hash.clone();
        rows.push(values(entry));
    }
    tx.insert_many(
        "INSERT INTO audit (seq, at, user_id, login, role, ip, action, area_path, object, object_id, detail, before_digest, after_digest, prev_hash, hash)",
        rows,
    )
    .await?;
    tx.run(Sql::new("UPDATE audit_head SET seq = ?, hash = ? WHERE name = 'head'").with(seq).with(hash))
        .await?;
    Ok(())
}

async fn login_of(tx: &Tx, user: Option<&str>) -> Result<Option<String>, Fault> {
    let Some(user) = user else { return Ok(None) };
    let row = tx.one(Sql::new("SELECT login FROM account WHERE id = ?").with(user.to_owned())).await?;
    row.map(|row| row.text("login")).transpose()
}

fn entry_of(tx: &Tx, record: Record, login: Option<String>, seq: i64, prev_hash: String) -> Entry {
    let mut entry = Entry {
        seq,
        at: tx.stamp().at,
        user_id: record.user,
        login,
        role: record.role.to_owned(),
        ip: tx.stamp().ip.clone(),
        action: record.action.to_owned(),
        area_path: record.area,
        object: record.act.object.to_owned(),
        object_id: record.act.object_id,
        detail: record.act.detail,
        before_digest: record.act.before.as_deref().map(digest),
        after_digest: record.act.after.as_deref().map(digest),
        prev_hash,
        hash: String::new(),
    };
    entry.hash = entry.computed_hash();
    entry
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn values(entry: Entry) -> Vec<sea_orm::Value> {
    vec![
        entry.seq.into(),
        entry.at.into(),
        entry.user_id.into(),
        entry.login.into(),
        entry.role.into(),
        entry.ip.into(),
        entry.action.into(),
        entry.area_path.into(),
        entry.object.into(),
        entry.object_id.into(),
        entry.detail.into(),
        entry.before_digest.into(),
        entry.after_digest.into(),
        entry.prev_hash.into(),
        entry.hash.into(),
    ]
}

impl Entry {
    /// SHA-256 over the previous hash and every column, each with its length, so that no two rows read alike.
    pub(crate) fn computed_hash(&self) -> String {
        let mut hasher = Sha256::new();
        let (seq, at) = (self.seq.to_string(), self.at.to_string());
        let parts = [
            Some(self.prev_hash.as_str()),
            Some(&seq),
            Some(&at),
            self.user_id.as_deref(),
            self.login.as_deref(),
            Some(&self.role),
            self.ip.as_deref(),
            Some(&self.action),
            Some(&self.area_path),
            Some(&self.object),
            self.object_id.as_deref(),
            Some(&self.detail),
            self.before_digest.as_deref(),
            self.after_digest.as_deref(),
        ];
        for part in parts {
            let (mark, text) = part.map_or(("-", ""), |text| ("+", text));
            hasher.update(format!("{mark}{}:", text.len()));
            hasher.update(text);
        }
        hex::encode(hasher.finalize())
    }

    fn read(row: &Row) -> Result<Entry, Fault> {
        Ok(Entry {
            seq: row.int("seq")?,
            at: row.int("at")?,
            user_id: row.maybe_text("user_id")?,
            login: row.maybe_text("login")?,
            role: row.text("role")?,
            ip: row.maybe_text("ip")?,
            action: row.text("action")?,
            area_path: row.text("area_path")?,
            object: row.text("object")?,
            object_id: row.maybe_text("object_id")?,
            detail: row.text("detail")?,
            before_digest: row.maybe_text("before_digest")?,
            after_digest: row.maybe_text("after_digest")?,
            prev_hash: row.text("prev_hash")?,
            hash: row.text("hash")?,
        })
    }
}

/// A page of the trail, newest first, of acts in the scope.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &AuditFilter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Entry>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = Sql::new("SELECT * FROM audit WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    let texts = [
        (" AND login = ?", &filter.login),
        (" AND action = ?", &filter.action),
        (" AND object = ?", &filter.object),
        (" AND object_id = ?", &filter.object_id),
    ];
    for (text, value) in texts {
        if let Some(value) = value {
            sql.bind(text, value.clone());
        }
    }
    for (text, value) in [(" AND at >= ?", filter.from), (" AND at < ?", filter.to)] {
        if let Some(value) = value {
            sql.bind(text, value);
        }
    }
    if let Some(Key::Int(seq)) = after.and_then(|cursor| cursor.0.first()) {
        sql.bind(" AND seq < ?", *seq);
    }
    sql.bind(" ORDER BY seq DESC LIMIT ?", i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?.iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|last| Cursor(vec![Key::Int(last.seq)]));
    Ok(Page { rows, next })
}

/// The head of the chain: last sequence number and hash, for the daily anchor and the auditor.
pub async fn head(conn: &Conn) -> Result<(i64, String), Fault> {
    let row = conn.one(Sql::new("SELECT seq, hash FROM audit_head WHERE name = 'head'")).await?;
    let row = row.ok_or(Fault::Corrupt { table: "audit_head", id: "head".into() })?;
    Ok((row.int("seq")?, row.text("hash")?))
}

/// Entries after `seq`, oldest first, for verification.
pub(crate) async fn after(conn: &Conn, seq: i64, limit: i64) -> Result<Vec<Entry>, Fault> {
    let sql = Sql::new("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?").with(seq).with(limit);
    conn.all(sql).await?.iter().map(Entry::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, DbOptions, Stamp};

    #[tokio::test]
    async fn the_database_itself_refuses_to_change_the_trail() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DbOptions::sqlite(folder.path())).await.unwrap();
        db.migrate().await.unwrap();
        let tx = db.begin(Stamp::default()).await.unwrap();
        let insert = "INSERT INTO audit (seq, at, role, action, area_path, object, detail, prev_hash, hash) VALUES (1, 1, 'x', 'x', '/100000/', 'x', 'x', '', 'h')";
        tx.run(Sql::new(insert)).await.unwrap();
        assert!(tx.run(Sql::new("UPDATE audit SET detail = 'y'")).await.is_err());
        assert!(tx.run(Sql::new("DELETE FROM audit")).await.is_err());
    }
}
