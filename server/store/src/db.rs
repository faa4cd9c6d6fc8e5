//! Opening a database, and handing out readers and write transactions.

use crate::fault::Fault;
use crate::tx::{Reader, Tx};
use crate::{postgres, sqlite};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Where the data lies.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data folder: `houfu.db`, `att/`, `backups/`.
    pub folder: PathBuf,
    /// `None` is SQLite in the folder; else `postgres://…`.
    pub url: Option<String>,
    /// Lets tests run on a PostgreSQL that does not sync; production refuses it.
    pub allow_unsynced: bool,
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

pub(crate) enum Inner {
    Sqlite { writer: DatabaseConnection, readers: DatabaseConnection, turn: Arc<Mutex<()>>, _lock: sqlite::FolderLock },
    Postgres { pool: DatabaseConnection },
}

impl Db {
    /// Opens the database and brings the schema up to date. Refuses weak settings, a newer schema, a folder in use.
    pub async fn open(settings: &Settings) -> Result<Db, Fault> {
        let inner = match &settings.url {
            Some(url) if url.starts_with("postgres") => {
                Inner::Postgres { pool: postgres::open(url, settings.allow_unsynced).await? }
            }
            Some(url) => return Err(Fault::Refused(format!("unknown kind of database: {url}"))),
            None => sqlite::open(&settings.folder).await?,
        };
        let db = Db(Arc::new(inner));
        Migrator::up(db.writer(), None).await?;
        Ok(db)
    }

    fn writer(&self) -> &DatabaseConnection {
        match self.0.as_ref() {
            Inner::Sqlite { writer, .. } => writer,
            Inner::Postgres { pool } => pool,
        }
    }

    /// True for SQLite in the data folder.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.0.as_ref(), Inner::Sqlite { .. })
    }

    /// A connection that only reads.
    pub fn reader(&self) -> Reader {
        let inner = match self.0.as_ref() {
            Inner::Sqlite { readers, .. } => readers.clone(),
            Inner::Postgres { pool } => pool.clone(),
        };
        Reader { inner }
    }

    /// Begins a write. On SQLite waits for its turn and takes the write lock at once.
    pub async fn write(&self) -> Result<Tx, Fault> {
        match self.0.as_ref() {
            Inner::Sqlite { writer, turn, .. } => {
                let turn = turn.clone().lock_owned().await;
                let options = TransactionOptions {
                    isolation_level: None,
                    access_mode: Some(AccessMode::ReadWrite),
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                };
                Ok(Tx { inner: writer.begin_with_options(options).await?, _turn: Some(turn) })
            }
            Inner::Postgres { pool } => Ok(Tx { inner: pool.begin().await?, _turn: None }),
        }
    }

    /// Closes every connection; waits for none.
    pub async fn close(&self) -> Result<(), Fault> {
        match self.0.as_ref() {
            Inner::Sqlite { writer, readers, .. } => {
                readers.clone().close().await?;
                writer.clone().close().await?;
            }
            Inner::Postgres { pool } => pool.clone().close().await?,
        }
        Ok(())
    }
}
