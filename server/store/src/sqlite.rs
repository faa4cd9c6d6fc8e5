//! SQLite as rule 4 demands: one writer, several readers, checked settings, one server a folder.

use crate::db::Inner;
use crate::fault::Fault;
use crate::tx::{Reader, Rows};
use rustix::fs::{FlockOperation, flock};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Held as long as the database is open.
pub struct FolderLock(#[expect(dead_code, reason = "closing the file gives the lock back")] File);

/// File systems on which SQLite's locks do not hold: NFS, SMB, CIFS, SMB2, 9P, AFS, FUSE.
const NETWORK: [i64; 7] =
    [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x6573_5546];

/// Opens `houfu.db` in `folder`, made if missing.
pub async fn open(folder: &Path) -> Result<Inner, Fault> {
    std::fs::create_dir_all(folder)?;
    refuse_network(folder)?;
    let lock = lock(folder)?;
    let file = folder.join("houfu.db");
    let writer = connect(&format!("sqlite://{}?mode=rwc", file.display()), 1, false).await?;
    check(&writer).await?;
    let readers = connect(&format!("sqlite://{}?mode=ro", file.display()), 4, true).await?;
    Ok(Inner::Sqlite { writer, readers, turn: Arc::default(), _lock: lock })
}

fn refuse_network(folder: &Path) -> Result<(), Fault> {
    let kind = rustix::fs::statfs(folder).map_err(std::io::Error::from)?.f_type;
    #[expect(clippy::unnecessary_cast, reason = "the width of f_type differs by platform")]
    if NETWORK.contains(&(kind as i64)) {
        return Err(Fault::Refused(format!(
            "{} lies on a network file system, where SQLite cannot lock; use a local folder or PostgreSQL",
            folder.display()
        )));
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<FolderLock, Fault> {
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("houfu.lock"))?;
    flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|_| {
        Fault::Refused(format!("{} is in use by another houfu; stop it first", folder.display()))
    })?;
    Ok(FolderLock(file))
}

async fn connect(url: &str, most: u32, read_only: bool) -> Result<DatabaseConnection, Fault> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(most).sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
    options.map_sqlx_sqlite_opts(move |sqlite| {
        // The order counts: the time-out must stand before the journal mode is asked for.
        let sqlite = sqlite.busy_timeout(Duration::from_secs(5)).pragma("busy_timeout", "5000").foreign_keys(true);
        if read_only {
            sqlite.read_only(true).pragma("query_only", "ON").pragma("cache_size", "-16000")
        } else {
            sqlite.pragma("journal_mode", "WAL").pragma("synchronous", "FULL").pragma("cache_size", "-16000")
        }
    });
    Ok(Database::connect(options).await?)
}

/// Reads the settings back: a database that does not keep them is refused.
async fn check(writer: &DatabaseConnection) -> Result<(), Fault> {
    let rows = Reader { inner: writer.clone() };
    for (pragma, wanted) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let row = rows.one(&format!("PRAGMA {pragma}"), vec![]).await?;
        let got = match &row {
            Some(row) => row
                .try_get_by_index::<String>(0)
                .or_else(|_| row.try_get_by_index::<i32>(0).map(|number| number.to_string()))?,
            None => String::new(),
        };
        if got != wanted {
            return Err(Fault::Refused(format!("SQLite keeps {pragma}={got} instead of {wanted}")));
        }
    }
    Ok(())
}
