//! SQLite opened strictly: one writer, several readers that cannot write, settings read back, one server a file.

use crate::fault::Fault;
use domain::broken::{self, Broken};
use rustix::fs::{FlockOperation, flock, fstatfs};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};
use std::fs::File;
use std::path::Path;
use std::time::Duration;

const FILE: &str = "houfu.db";
const LOCK: &str = "houfu.lock";

/// Magic numbers of file systems on which SQLite's locks or WAL do not hold: NFS, SMB, CIFS, SMB2, AFS, 9P, Coda, FUSE.
const NETWORK: [u32; 8] =
    [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x5346_414F, 0x0102_1997, 0x7375_7245, 0x6573_5546];

pub(super) async fn open(
    data: &Path,
    readers: u32,
) -> Result<(DatabaseConnection, DatabaseConnection, File), Fault> {
    std::fs::create_dir_all(data)?;
    let lock = lock(data)?;
    let file = data.join(FILE);
    let base = SqliteConnectOptions::new()
        .filename(&file)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000");
    let writing = base.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    // One writer; the queue before it is the reason why nobody meets a locked database.
    let writer = if broken::is(Broken::Turn) {
        connect(writing.busy_timeout(Duration::ZERO), 16).await?
    } else {
        connect(writing, 1).await?
    };
    check(&writer, "journal_mode", "wal").await?;
    check(&writer, "synchronous", "2").await?;
    check(&writer, "foreign_keys", "1").await?;
    let readers = connect(base.read_only(true).pragma("query_only", "on"), readers.max(1)).await?;
    check(&readers, "query_only", "1").await?;
    check(&readers, "journal_mode", "wal").await?;
    Ok((writer, readers, lock))
}

/// Connections that cannot write, beside whoever holds the lock.
pub(super) async fn open_reading(data: &Path, readers: u32) -> Result<DatabaseConnection, Fault> {
    let file = data.join(FILE);
    if !file.exists() {
        return Err(Fault::Unfit(format!("there is no database in {}", data.display())));
    }
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .busy_timeout(Duration::from_secs(5))
        .read_only(true)
        .pragma("temp_store", "memory");
    connect(options, readers.max(1)).await
}

async fn connect(options: SqliteConnectOptions, most: u32) -> Result<DatabaseConnection, Fault> {
    let mut connect = ConnectOptions::new("sqlite::memory:");
    connect
        .map_sqlx_sqlite_opts(move |_| options.clone())
        .max_connections(most)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .test_before_acquire(false);
    Ok(Database::connect(connect).await?)
}

/// Reads a setting back; a server does not start on a database that is set otherwise.
async fn check(connection: &DatabaseConnection, pragma: &str, expected: &str) -> Result<(), Fault> {
    let statement = Statement::from_string(DatabaseBackend::Sqlite, format!("PRAGMA {pragma}"));
    let row = connection.query_one_raw(statement).await?;
    let found = match row {
        Some(row) => match row.try_get_by_index::<String>(0) {
            Ok(text) => text,
            Err(_) => row.try_get_by_index::<i64>(0)?.to_string(),
        },
        None => String::new(),
    };
    if found.eq_ignore_ascii_case(expected) {
        Ok(())
    } else {
        Err(Fault::Unfit(format!("PRAGMA {pragma} is {found}, not {expected}")))
    }
}

/// Held as long as the file is open; fails while another process holds it.
pub(super) fn lock(data: &Path) -> Result<File, Fault> {
    let file = File::options().create(true).truncate(false).write(true).open(data.join(LOCK))?;
    let kind = fstatfs(&file).map_err(std::io::Error::from)?.f_type;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "magic numbers are 32 bits wide"
    )]
    let kind = kind as u32;
    if NETWORK.contains(&kind) {
        return Err(Fault::Unfit(format!("{} lies on a network file system", data.display())));
    }
    flock(&file, FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| Fault::Unfit(format!("{} is in use by another houfu", data.display())))?;
    Ok(file)
}
