//! The database: opened strictly, checked, and given out only as transactions. Knows no table but the schema's own.

mod postgres;
mod sqlite;

use crate::fault::Fault;
use crate::tx::{Disturbed, Reader, Stamp, Tx};
use domain::broken::{self, Broken};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, DatabaseConnection, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use tokio::sync::Mutex;

/// Where the database is and how it is opened.
#[derive(Clone, Debug)]
pub struct DbOptions {
    /// Folder of the SQLite file and its lock
    pub data: PathBuf,
    /// `postgres://…`; `None` is SQLite in the folder
    pub url: Option<String>,
    /// connections for reading (SQLite) or in all (PostgreSQL)
    pub connections: u32,
    /// Lets a PostgreSQL with `fsync=off` pass. For tests only.
    pub allow_fsync_off: bool,
    /// Opens a SQLite file beside a running server: no lock is taken and nothing can be written.
    pub reading: bool,
}

/// An open database.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
    /// what was committed and the review rules did not look at yet
    disturbed: Arc<std::sync::Mutex<Disturbed>>,
}

struct Inner {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    /// Fair queue before SQLite's one write connection; PostgreSQL needs none.
    turn: Option<Arc<Mutex<()>>>,
    /// Held as long as the database is open, so that two servers never share a file.
    _lock: Option<std::fs::File>,
}

/// Keeps every houfu from opening the SQLite file of a folder, until it is dropped.
pub struct FolderLock {
    _file: std::fs::File,
}

impl FolderLock {
    /// Refused while a server is running on the folder.
    pub fn take(data: &std::path::Path) -> Result<FolderLock, Fault> {
        Ok(FolderLock { _file: sqlite::lock(data)? })
    }
}

impl DbOptions {
    /// SQLite in a folder, with four connections for reading.
    pub fn sqlite(data: impl Into<PathBuf>) -> DbOptions {
        DbOptions { data: data.into(), url: None, connections: 4, allow_fsync_off: false, reading: false }
    }
}

impl Db {
    /// Opens and checks the database; changes no schema.
    pub async fn open(options: &DbOptions) -> Result<Db, Fault> {
        let inner = match &options.url {
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                let pool = postgres::open(url, options.connections, options.allow_fsync_off).await?;
                Inner { writer: pool.clone(), readers: pool, turn: None, _lock: None }
            }
            Some(url) => return Err(Fault::Unfit(format!("not a postgres:// address: {url}"))),
            None if options.reading => {
                let readers = sqlite::open_reading(&options.data, options.connections).await?;
                let turn = Some(Arc::new(Mutex::new(())));
                Inner { writer: readers.clone(), readers, turn, _lock: None }
            }
            None => {
                let (writer, readers, lock) = sqlite::open(&options.data, options.connections).await?;
                Inner { writer, readers, turn: Some(Arc::new(Mutex::new(()))), _lock: Some(lock) }
            }
        };
        Ok(Db { inner: Arc::new(inner), disturbed: Arc::default() })
    }

    /// Brings the schema up to this program's version.
    pub async fn migrate(&self) -> Result<(), Fault> {
        self.migrate_by(None).await?;
        let tx = self.begin(Stamp::default()).await?;
        crate::search::complete(&tx).await?;
        tx.commit().await
    }

    /// Takes so many steps of those that are missing; `None` takes all. A newer program's schema is refused.
    pub async fn migrate_by(&self, steps: Option<u32>) -> Result<(), Fault> {
        let _turn = self.turn().await;
        self.refuse_newer().await?;
        Ok(Migrator::up(&self.inner.writer, steps).await?)
    }

    /// True when no step is missing and none is unknown.
    pub async fn is_current(&self) -> Result<bool, Fault> {
        self.refuse_newer().await?;
        let applied = self.applied().await?;
        Ok(Migrator::migrations().iter().all(|step| applied.iter().any(|name| name == step.name())))
    }

    /// Names of the steps that were taken, in order; none in a new database. Changes nothing, unlike the migrator's
    /// own question, which makes its table first.
    pub async fn applied(&self) -> Result<Vec<String>, Fault> {
        use sea_orm::{ConnectionTrait, Statement};
        let backend = self.inner.writer.get_database_backend();
        let table = if self.is_postgres() {
            "SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_name = 'seaql_migrations' AND table_schema = current_schema()"
        } else {
            "SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'seaql_migrations'"
        };
        let row = self.inner.writer.query_one_raw(Statement::from_string(backend, table)).await?;
        if row.map_or(Ok(0), |row| row.try_get::<i64>("", "n"))? == 0 {
            return Ok(Vec::new());
        }
        let query = "SELECT version FROM seaql_migrations ORDER BY version";
        let rows = self.inner.writer.query_all_raw(Statement::from_string(backend, query)).await?;
        rows.iter().map(|row| Ok(row.try_get::<String>("", "version")?)).collect()
    }

    async fn refuse_newer(&self) -> Result<(), Fault> {
        let known = Migrator::migrations();
        let newer = self.applied().await?;
        match newer.iter().find(|name| !known.iter().any(|step| step.name() == name.as_str())) {
            Some(name) => Err(Fault::Unfit(format!(
                "the database was written by a newer houfu: its schema has the step {name}"
            ))),
            None => Ok(()),
        }
    }

    /// A read-only transaction.
    pub async fn read(&self) -> Result<Reader, Fault> {
        let options = if self.inner.turn.is_some() {
            TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..Default::default()
            }
        } else {
            // One moment for all queries of a screen.
            TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            }
        };
        Ok(Reader::new(self.inner.readers.begin_with_options(options).await?))
    }

    /// A write transaction; on SQLite `BEGIN IMMEDIATE` after waiting for its turn.
    pub async fn begin(&self, stamp: Stamp) -> Result<Tx, Fault> {
        let turn = if broken::is(Broken::Turn) { None } else { self.turn().await };
        let options = if !self.is_postgres() {
            TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            }
        } else {
            TransactionOptions { isolation_level: Some(IsolationLevel::ReadCommitted), ..Default::default() }
        };
        let inner = self.inner.writer.begin_with_options(options).await?;
        Ok(Tx::new(inner, stamp, Arc::clone(&self.disturbed), turn))
    }

    /// Writes a consistent copy of a SQLite database to a new file. PostgreSQL has its own tools.
    pub async fn copy_into(&self, file: &std::path::Path) -> Result<(), Fault> {
        use sea_orm::ConnectionTrait;
        if self.inner.turn.is_none() {
            return Err(Fault::Unfit("copying into a file needs SQLite".into()));
        }
        let statement = sea_orm::Statement::from_sql_and_values(
            sea_orm::DatabaseBackend::Sqlite,
            "VACUUM INTO ?",
            [file.to_string_lossy().into_owned().into()],
        );
        // Connections of `readers` refuse every statement that writes, into another file too.
        let _turn = self.turn().await;
        self.inner.writer.execute_raw(statement).await?;
        Ok(())
    }

    /// True when something was committed that the review rules did not look at yet.
    pub fn is_disturbed(&self) -> bool {
        !self.disturbed.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// What was committed since the last time this was asked.
    pub fn take_disturbed(&self) -> Disturbed {
        std::mem::take(&mut *self.disturbed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn is_postgres(&self) -> bool {
        self.inner.turn.is_none()
    }

    /// Closes all connections; the lock goes with the last handle.
    pub async fn close(&self) -> Result<(), Fault> {
        self.inner.readers.clone().close().await?;
        Ok(self.inner.writer.clone().close().await?)
    }

    async fn turn(&self) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        match &self.inner.turn {
            Some(turn) => Some(Arc::clone(turn).lock_owned().await),
            None => None,
        }
    }
}
