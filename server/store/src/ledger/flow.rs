//! Entries passed one after the other, position by position or day by day, in batches: memory does not grow with the
//! ledger. Joins no name.

use super::entry::{Filter, plain};
use crate::fault::Fault;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::ledger::{Entry, Key};
use domain::permission::Scope;

/// Entries of one batch.
const BATCH: i64 = 20_000;

/// An entry, its place in the chain, and where its position lies.
#[derive(Clone, Debug)]
pub struct Moved {
    pub entry: Entry,
    pub seq: i64,
    pub area: AreaPath,
}

fn moved(row: &Row) -> Result<Moved, Fault> {
    let area = row.parsed("ledger_entry", "area_path", AreaPath::new)?;
    Ok(Moved { entry: plain(row)?, seq: row.int("seq")?, area })
}

fn selection(scope: &Scope, filter: &Filter) -> Sql {
    let mut sql = Sql::new("SELECT e.* FROM ledger_entry e WHERE ");
    filter.condition(&mut sql, scope);
    sql
}

/// The next entries by position, each position's in ledger order; empty at the end.
pub async fn by_position(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<(Key, i64)>,
) -> Result<Vec<Moved>, Fault> {
    let mut sql = selection(scope, filter);
    if let Some((key, seq)) = after {
        sql.bind(" AND (e.project_id, e.source, e.budget_year, e.seq) > (?, ", key.project.to_string());
        sql.bind("?, ", key.source.code().to_owned()).bind("?, ", i64::from(key.year.get())).bind("?)", seq);
    }
    sql.bind(" ORDER BY e.project_id, e.source, e.budget_year, e.seq LIMIT ?", BATCH);
    conn.all(sql).await?.iter().map(moved).collect()
}

/// The next entries by business date, those of one day in ledger order; empty at the end.
pub async fn by_date(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<(NaiveDate, i64)>,
) -> Result<Vec<Moved>, Fault> {
    let mut sql = selection(scope, filter);
    if let Some((date, seq)) = after {
        sql.bind(" AND (e.date, e.seq) > (?, ", date.to_string()).bind("?)", seq);
    }
    sql.bind(" ORDER BY e.date, e.seq LIMIT ?", BATCH);
    conn.all(sql).await?.iter().map(moved).collect()
}
