//! The database: opened strictly, checked, and given out only as transactions. Knows no table but the schema's own.

mod postgres;
mod sqlite;

use crate::fault::Fault;
use crate::tx::{Reader, Stamp, Tx};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, DatabaseConnection, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::path::PathBuf;
use std::sync::Arc;
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
}

/// An open database.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    /// Fair queue before SQLite's one write connection; PostgreSQL needs none.
    turn: Option<Arc<Mutex<()>>>,
    /// Held as long as the database is open, so that two servers never share a file.
    _lock: Option<std::fs::File>,
}

impl DbOptions {
    /// SQLite in a folder, with four connections for reading.
    pub fn sqlite(data: impl Into<PathBuf>) -> DbOptions {
        DbOptions { data: data.into(), url: None, connections: 4, allow_fsync_off: false }
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
            None => {
                let (writer, readers, lock) = sqlite::open(&options.data, options.connections).await?;
                Inner { writer, readers, turn: Some(Arc::new(Mutex::new(()))), _lock: Some(lock) }
            }
        };
        Ok(Db { inner: Arc::new(inner) })
    }

    /// Brings the schema up to this program's version.
    pub async fn migrate(&self) -> Result<(), Fault> {
        {
            let _turn = self.turn().await;
            Migrator::up(&self.inner.writer, None).await?;
        }
        let tx = self.begin(Stamp::default()).await?;
        crate::search::complete(&tx).await?;
        tx.commit().await
    }

    /// True when no step is missing and none is unknown.
    pub async fn is_current(&self) -> Result<bool, Fault> {
        Ok(Migrator::get_pending_migrations(&self.inner.writer).await?.is_empty())
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
        let turn = self.turn().await;
        let options = if turn.is_some() {
            TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            }
        } else {
            TransactionOptions { isolation_level: Some(IsolationLevel::ReadCommitted), ..Default::default() }
        };
        Ok(Tx::new(self.inner.writer.begin_with_options(options).await?, stamp, turn))
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
        let _turn = self.turn().await;
        self.inner.writer.execute_raw(statement).await?;
        Ok(())
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
