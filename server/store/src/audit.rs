//! The append-only trail: a chain of hashes, written in the same transaction as the act, filled from the permit.

use crate::fault::Fault;
use crate::scope;
use crate::tx::{Reader, Rows, Tx};
use chrono::{DateTime, SubsecRound, Utc};
use domain::id::UserId;
use domain::permission::{Permit, Scope};
use sea_orm::{QueryResult, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What happened, beside what the permit already says. Texts are codes and digests, no sentences.
#[derive(Clone, Debug)]
pub struct Act {
    pub at: DateTime<Utc>,
    pub ip: String,
    /// Kind and id: `project 0190…`.
    pub object: String,
    /// Digests or counts, as JSON.
    pub detail: String,
}

/// One row of the trail.
#[derive(Clone, Debug)]
pub struct Entry {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: Option<UserId>,
    pub role: String,
    pub ip: String,
    pub action: String,
    pub area_path: String,
    pub object: String,
    pub detail: String,
    prev_hash: Vec<u8>,
    hash: Vec<u8>,
}

/// Writes one row. The head row is locked last of all locks, so that two writers never wait for each other.
pub async fn append(tx: &Tx, permit: &Permit, act: Act) -> Result<(), Fault> {
    // Kept to microseconds, which both databases store; the hash must read back.
    let at = act.at.trunc_subsecs(6);
    let lock = if tx.backend() == sea_orm::DbBackend::Sqlite { "" } else { " FOR UPDATE" };
    let head = tx.one(&format!("SELECT seq, hash FROM audit_head WHERE id = 1{lock}"), vec![]).await?;
    let (seq, prev_hash): (i64, Vec<u8>) = match &head {
        Some(row) => (row.try_get("", "seq")?, row.try_get("", "hash")?),
        None => (0, vec![0; 32]),
    };
    let mut entry = Entry {
        seq: seq + 1,
        at,
        actor: permit.actor().user(),
        role: permit.actor().role_code().to_owned(),
        ip: act.ip,
        action: permit.action().code().to_owned(),
        area_path: permit.area().as_str().to_owned(),
        object: act.object,
        detail: act.detail,
        prev_hash,
        hash: Vec::new(),
    };
    entry.hash = entry.digest();
    insert(tx, &entry).await?;
    let values: Vec<Value> = vec![entry.seq.into(), entry.hash.into()];
    if head.is_some() {
        tx.run("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1", values).await?;
    } else {
        tx.run("INSERT INTO audit_head (id, seq, hash) VALUES (1, ?, ?)", values).await?;
    }
    Ok(())
}

async fn insert(tx: &Tx, entry: &Entry) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO audit (seq, at, actor, role, ip, action, area_path, object, detail, prev_hash, hash) \
         VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        vec![
            entry.seq.into(),
            entry.at.into(),
            entry.actor.map(UserId::uuid).into(),
            entry.role.clone().into(),
            entry.ip.clone().into(),
            entry.action.clone().into(),
            entry.area_path.clone().into(),
            entry.object.clone().into(),
            entry.detail.clone().into(),
            entry.prev_hash.clone().into(),
            entry.hash.clone().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Rows of the scope, newest first, before `before` when given; at most `limit`.
pub async fn page(rows: &Reader, scope: &Scope, before: Option<i64>, limit: u32) -> Result<Vec<Entry>, Fault> {
    let (inside, [from, to]) = scope::within("area_path", scope);
    let sql = format!("SELECT * FROM audit WHERE {inside} AND seq < ? ORDER BY seq DESC LIMIT {limit}");
    let found = rows.all(&sql, vec![from, to, before.unwrap_or(i64::MAX).into()]).await?;
    found.iter().map(read).collect()
}

/// Recomputes the chain; the number of the first row that does not fit, if any.
pub async fn first_break(rows: &Reader) -> Result<Option<i64>, Fault> {
    let mut last = (0_i64, vec![0_u8; 32]);
    loop {
        let found = rows.all("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT 1000", vec![last.0.into()]).await?;
        if found.is_empty() {
            break;
        }
        for row in &found {
            let entry = read(row)?;
            let fits = entry.seq == last.0 + 1 && entry.prev_hash == last.1 && entry.hash == entry.digest();
            if !fits {
                return Ok(Some(entry.seq));
            }
            last = (entry.seq, entry.hash);
        }
    }
    let head = rows.one("SELECT seq, hash FROM audit_head WHERE id = 1", vec![]).await?;
    let head: (i64, Vec<u8>) = match &head {
        Some(row) => (row.try_get("", "seq")?, row.try_get("", "hash")?),
        None => (0, vec![0; 32]),
    };
    Ok((head != last).then_some(last.0 + 1))
}

fn read(row: &QueryResult) -> Result<Entry, Fault> {
    let actor: Option<Uuid> = row.try_get("", "actor")?;
    Ok(Entry {
        seq: row.try_get("", "seq")?,
        at: row.try_get("", "at")?,
        actor: actor.map(UserId::new),
        role: row.try_get("", "role")?,
        ip: row.try_get("", "ip")?,
        action: row.try_get("", "action")?,
        area_path: row.try_get("", "area_path")?,
        object: row.try_get("", "object")?,
        detail: row.try_get("", "detail")?,
        prev_hash: row.try_get("", "prev_hash")?,
        hash: row.try_get("", "hash")?,
    })
}

impl Entry {
    /// SHA-256 over the hash before and every field, each with its length in front.
    fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&self.prev_hash);
        let actor = self.actor.map(|actor| actor.to_string()).unwrap_or_default();
        for part in [
            &self.seq.to_string(),
            &self.at.timestamp_micros().to_string(),
            &actor,
            &self.role,
            &self.ip,
            &self.action,
            &self.area_path,
            &self.object,
            &self.detail,
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().to_vec()
    }
}
