//! Transactions: `Reader` sees one moment, `Tx` writes and settles audit and totals when it commits.

use crate::audit::{self, Record};
use crate::fault::Fault;
use crate::list;
use crate::sql::{Row, Sql};
use domain::area::AreaPath;
use domain::id::ProjectId;
use domain::permission::Permit;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// When and from where an act comes: what the audit trail adds to the permit.
#[derive(Clone, Debug, Default)]
pub struct Stamp {
    /// Unix milliseconds
    pub at: i64,
    pub ip: Option<String>,
}

/// What both kinds of transaction can do: ask. Functions of this crate take it, nobody else can use it.
pub struct Conn {
    inner: DatabaseTransaction,
}

/// A read-only transaction.
pub struct Reader {
    conn: Conn,
}

/// A write transaction. Dropping it without `commit` undoes everything.
pub struct Tx {
    conn: Conn,
    stamp: Stamp,
    records: Mutex<Vec<Record>>,
    /// plan year and area whose list totals must be made anew
    touched: Mutex<BTreeSet<(i64, AreaPath)>>,
    /// what the review rules have to look at again once this is committed
    disturbed: Mutex<Disturbed>,
    told: Arc<Mutex<Disturbed>>,
    /// SQLite has one writer; the turn is kept until the transaction ends.
    _turn: Option<OwnedMutexGuard<()>>,
}

/// Facts that were changed since the review rules last looked at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disturbed {
    /// areas in which something changed
    pub areas: BTreeSet<AreaPath>,
    /// projects about which something changed, wherever they lie
    pub projects: BTreeSet<ProjectId>,
}

impl Disturbed {
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.projects.is_empty()
    }

    fn add(&mut self, other: Disturbed) {
        self.areas.extend(other.areas);
        self.projects.extend(other.projects);
    }
}

impl Conn {
    pub(crate) async fn all(&self, sql: Sql) -> Result<Vec<Row>, Fault> {
        let statement = sql.statement(self.inner.get_database_backend())?;
        Ok(self.inner.query_all_raw(statement).await?.into_iter().map(Row).collect())
    }

    pub(crate) async fn one(&self, sql: Sql) -> Result<Option<Row>, Fault> {
        let statement = sql.statement(self.inner.get_database_backend())?;
        Ok(self.inner.query_one_raw(statement).await?.map(Row))
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.inner.get_database_backend() == sea_orm::DatabaseBackend::Postgres
    }
}

impl Reader {
    pub(crate) fn new(inner: DatabaseTransaction) -> Reader {
        Reader { conn: Conn { inner } }
    }
}

impl Tx {
    pub(crate) fn new(
        inner: DatabaseTransaction,
        stamp: Stamp,
        told: Arc<Mutex<Disturbed>>,
        turn: Option<OwnedMutexGuard<()>>,
    ) -> Tx {
        Tx {
            conn: Conn { inner },
            stamp,
            records: Mutex::default(),
            touched: Mutex::default(),
            disturbed: Mutex::default(),
            told,
            _turn: turn,
        }
    }

    /// Unix milliseconds at which this act is dated.
    pub fn at(&self) -> i64 {
        self.stamp.at
    }

    pub(crate) fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Runs a statement and tells how many rows it changed.
    pub(crate) async fn run(&self, sql: Sql) -> Result<u64, Fault> {
        let statement = sql.statement(self.inner.get_database_backend())?;
        Ok(self.inner.execute_raw(statement).await?.rows_affected())
    }

    /// Inserts many rows with few statements.
    pub(crate) async fn insert_many(&self, head: &str, rows: Vec<Vec<sea_orm::Value>>) -> Result<(), Fault> {
        self.upsert_many(head, rows, "").await
    }

    /// The same with a tail that says what becomes of a row that is there already.
    pub(crate) async fn upsert_many(
        &self,
        head: &str,
        rows: Vec<Vec<sea_orm::Value>>,
        tail: &str,
    ) -> Result<(), Fault> {
        // Both databases take more than 30,000 values a statement.
        const MOST_VALUES: usize = 20_000;
        let width = rows.first().map_or(1, Vec::len).max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut sql = Sql::new(head);
            for (index, row) in rows.by_ref().take((MOST_VALUES / width).clamp(1, 1000)).enumerate() {
                sql.push(if index == 0 { " VALUES " } else { ", " });
                sql.list(row);
            }
            sql.push(tail);
            self.run(sql).await?;
        }
        Ok(())
    }

    /// Commits what is written so far and goes on in another transaction, as no sound program does.
    pub(crate) async fn commit_half(&self) -> Result<(), Fault> {
        self.run(Sql::new("COMMIT")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        self.run(Sql::new(if self.is_postgres() { "BEGIN" } else { "BEGIN IMMEDIATE" })).await.map(drop)
    }

    /// `FOR UPDATE` where rows can be locked; on SQLite the writer already has the whole database.
    pub(crate) fn for_update(&self) -> &'static str {
        if self.is_postgres() { " FOR UPDATE" } else { "" }
    }

    /// Remembers that the totals of this area are disturbed in this plan year.
    pub(crate) fn touch(&self, plan_year: i64, area: AreaPath) {
        self.disturb_area(area.clone());
        self.touched.lock().unwrap_or_else(PoisonError::into_inner).insert((plan_year, area));
    }

    /// Remembers that facts of this area changed, for the review rules.
    pub(crate) fn disturb_area(&self, area: AreaPath) {
        self.disturbed.lock().unwrap_or_else(PoisonError::into_inner).areas.insert(area);
    }

    /// The same for facts about one project.
    pub(crate) fn disturb(&self, project: ProjectId) {
        self.disturbed.lock().unwrap_or_else(PoisonError::into_inner).projects.insert(project);
    }

    /// Remembers an audit record; it is chained and written in `commit`.
    pub(crate) fn record(&self, permit: &Permit, record: audit::Act) {
        let record = Record::new(permit, record);
        self.records.lock().unwrap_or_else(PoisonError::into_inner).push(record);
    }

    /// Makes the disturbed totals anew, chains the audit records and commits.
    pub async fn commit(self) -> Result<(), Fault> {
        let touched = std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner));
        list::rollup::recompute(&self, touched).await?;
        let records = std::mem::take(&mut *self.records.lock().unwrap_or_else(PoisonError::into_inner));
        audit::append(&self, records).await?;
        self.conn.inner.commit().await?;
        let disturbed = std::mem::take(&mut *self.disturbed.lock().unwrap_or_else(PoisonError::into_inner));
        self.told.lock().unwrap_or_else(PoisonError::into_inner).add(disturbed);
        Ok(())
    }

    /// Undoes everything.
    pub async fn rollback(self) -> Result<(), Fault> {
        Ok(self.conn.inner.rollback().await?)
    }
}

impl Deref for Reader {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}
