//! The ledger of funds as kept: entries in a chain of hashes, positions and totals that follow in the same transaction.
//! Judges no order of stages.
//!
//! A write takes its locks in one order: the notice, where it has one ([`crate::fund::load_for_update`]; those of a batch
//! that is taken back: [`crate::fund::hold_of_batch`]), positions
//! ([`position::hold`]), the head of the chain ([`chain::hold`]), the audit head when it commits. Whoever holds the head may ask which months are closed and write entries.

pub mod batch;
pub mod chain;
pub mod control;
pub mod entry;
pub(crate) mod figures;
pub mod flow;
pub mod month;
pub mod position;
pub mod project;
pub mod rebuild;
pub mod reconcile;
pub mod report;
pub mod request;
pub mod rollup;
mod row;
pub(crate) mod verify;

use crate::audit::Act;
use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use chain::Head;
use domain::area::AreaPath;
use domain::broken::{self, Broken};
use domain::id::{BatchId, NoticeId, ProjectId, UserId};
use domain::ledger::{Entry, Exception, Position};
use domain::permission::Permit;
use std::collections::HashMap;

/// Values in one `IN (…)`.
pub(crate) const CHUNK: usize = 1000;

/// Whose things on their way are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    Anybody,
    Only(UserId),
    /// what this person may decide, since nobody decides his own
    AllBut(UserId),
}

impl Maker {
    /// Adds the condition on the column that names who made a thing.
    pub(crate) fn condition(self, sql: &mut Sql, column: &str) {
        let (comparison, user) = match self {
            Maker::Anybody => return,
            Maker::Only(user) => ("=", user),
            Maker::AllBut(user) => ("<>", user),
        };
        sql.bind(&format!(" AND {column} {comparison} ?"), user.to_string());
    }
}

/// An entry to write, and what it stands on.
#[derive(Clone, Debug)]
pub struct NewEntry {
    pub entry: Entry,
    /// where its position lies
    pub area: AreaPath,
    pub notice: Option<NoticeId>,
    pub batch: Option<BatchId>,
    /// sheet and cell of the file
    pub place: Option<(String, String)>,
    pub exception: Option<Exception>,
}

/// Writes entries in their order at the end of the chain, with the positions they lead to and the totals they move.
/// `positions` are held and are all those of `entries`.
pub async fn append(
    tx: &Tx,
    permit: &Permit,
    head: Head,
    entries: &[NewEntry],
    positions: &[Position],
) -> Result<(), Fault> {
    if entries.is_empty() {
        return Ok(());
    }
    let lists = horizons(tx, entries).await?;
    let mut lines = Lines::of(tx, entries).await?;
    let mut rows = Vec::with_capacity(entries.len());
    let mut totals = rollup::Increments::default();
    let (first, mut seq, mut hash) = (head.seq + 1, head.seq, head.hash);
    for new in entries {
        seq += 1;
        let key = &new.entry.posting.key;
        let horizon = lists.get(&(key.project, i64::from(key.year.get()))).cloned().unwrap_or_default();
        let made = row::Row::new(new, seq, horizon, lines.next(&new.entry), tx.at(), hash);
        hash = made.hash.clone();
        totals.add(&made);
        tx.disturb(key.project);
        rows.push(made.values());
    }
    tx.insert_many(&format!("INSERT INTO ledger_entry ({})", row::COLUMNS.join(", ")), rows).await?;
    if broken::is(Broken::Halves) {
        tx.commit_half().await?;
    }
    position::save(tx, positions).await?;
    totals.save(tx).await?;
    chain::advance(tx, seq, &hash).await?;
    let act = Act {
        object: "ledger",
        object_id: entries.first().map(|new| new.entry.id.to_string()),
        detail: format!("entries={} seq={first}..{seq}", entries.len()),
        after: Some(hash),
        ..Act::default()
    };
    tx.record(permit, act);
    Ok(())
}

/// On which list of its budget year each project stands now.
async fn horizons(tx: &Tx, entries: &[NewEntry]) -> Result<HashMap<(ProjectId, i64), String>, Fault> {
    let mut ids: Vec<ProjectId> = entries.iter().map(|new| new.entry.posting.key.project).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut lists = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT project_id, plan_year, horizon FROM list_entry WHERE project_id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        for row in tx.all(sql).await? {
            let id = row.parsed("list_entry", "project_id", |id| id.parse().ok())?;
            lists.insert((id, row.int("plan_year")?), row.text("horizon")?);
        }
    }
    Ok(lists)
}

/// Numbers the lines that are alike, after those that stand in the ledger.
struct Lines(HashMap<String, i64>);

impl Lines {
    async fn of(conn: &Conn, entries: &[NewEntry]) -> Result<Lines, Fault> {
        let mut keys: Vec<String> = entries.iter().filter_map(|new| key(&new.entry)).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut last = HashMap::new();
        for chunk in keys.chunks(CHUNK) {
            let mut sql = Sql::new("SELECT line, MAX(line_ordinal) AS last FROM ledger_entry WHERE line IN ");
            sql.list(chunk.iter().cloned()).push(" GROUP BY line");
            for row in conn.all(sql).await? {
                last.insert(row.text("line")?, row.int("last")?);
            }
        }
        Ok(Lines(last))
    }

    fn next(&mut self, entry: &Entry) -> Option<(String, i64)> {
        let key = key(entry)?;
        let ordinal = self.0.entry(key.clone()).or_default();
        *ordinal += 1;
        Some((key, *ordinal))
    }
}

/// A reversal is no line of a file.
fn key(entry: &Entry) -> Option<String> {
    entry.reverses.is_none().then(|| entry.line().key())
}
