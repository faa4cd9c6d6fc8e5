//! Putting a backup back: everything is checked beside the data before anything is moved, and the old data stays
//! aside. Refused while a server runs.

use super::archive::{Manifest, unpack};
use super::{ATTACHMENTS, BESIDE, BackupError, IMPORTS, SQLITE, at, attachment, checked, refused};
use crate::config::Config;
use chrono::{DateTime, Utc};
use std::fs::File;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use store::{Db, DbOptions, FolderLock};

/// What was asked of a restore.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// Check only.
    pub dry_run: bool,
    /// Put aside the data that are there.
    pub force: bool,
}

/// What a restore did, or would do.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// Where the old data lie now.
    pub aside: Option<PathBuf>,
}

/// Names in the data folder that belong to the data; the last two go with the database.
fn names() -> impl Iterator<Item = String> {
    let database = [SQLITE.to_owned(), ATTACHMENTS.to_owned(), IMPORTS.to_owned()];
    database
        .into_iter()
        .chain(BESIDE.map(str::to_owned))
        .chain(["-wal", "-shm"].map(|end| format!("{SQLITE}{end}")))
}

/// Checks the archive, and without `dry_run` puts it in the place of the data.
pub async fn restore(
    config: &Config,
    file: &Path,
    wish: Wish,
    now: DateTime<Utc>,
) -> Result<Restored, BackupError> {
    let data = &config.data;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(at(data))?;
    let _lock = FolderLock::take(data)?;
    let work = tempfile::Builder::new().prefix(".houfu-restore-").tempdir_in(data).map_err(at(data))?;
    let (from, into) = (file.to_owned(), work.path().to_owned());
    let manifest = tokio::task::spawn_blocking(move || unpack(&from, &into))
        .await
        .map_err(|fault| refused(fault.to_string()))??;
    if manifest.database.kind != "sqlite" || config.database.is_some() {
        return Err(refused(by_hand(&manifest)));
    }
    examine(&manifest, work.path()).await?;
    if wish.dry_run {
        return Ok(Restored { manifest, aside: None });
    }
    let is_used = data.join(SQLITE).exists();
    if is_used && !wish.force {
        return Err(refused(format!(
            "{} holds data; with --force they are put aside and stay there",
            data.display()
        )));
    }
    let aside = put_in_place(data, work.path(), now)?;
    Ok(Restored { manifest, aside })
}

/// The copy must be whole, of a schema this program knows, and the one the manifest speaks of.
async fn examine(manifest: &Manifest, work: &Path) -> Result<(), BackupError> {
    let db = Db::open(&DbOptions { reading: true, ..DbOptions::sqlite(work) }).await?;
    let (steps, audit, kept) = checked(&db).await?;
    db.close().await?;
    if steps != manifest.database.steps || audit != manifest.audit {
        return Err(refused("the database is not the one that the manifest speaks of"));
    }
    for file in kept {
        let path = attachment(&file.sha256);
        if !manifest.files.contains_key(&path) {
            return Err(refused(format!("the attachment {path} is missing from the backup")));
        }
    }
    Ok(())
}

/// Moves the old data aside and the new in; all moves stay on one file system.
fn put_in_place(data: &Path, work: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, BackupError> {
    let aside = data.join(format!("before-restore-{}", now.format("%Y%m%d-%H%M%S")));
    let mut moved = false;
    for name in names() {
        let old = data.join(&name);
        if old.exists() {
            if !moved {
                std::fs::DirBuilder::new().mode(0o700).create(&aside).map_err(at(&aside))?;
                moved = true;
            }
            std::fs::rename(&old, aside.join(&name)).map_err(at(&old))?;
        }
    }
    for name in names().filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")) {
        let new = work.join(&name);
        if new.exists() {
            std::fs::rename(&new, data.join(&name)).map_err(at(&new))?;
        }
    }
    File::open(data).and_then(|folder| folder.sync_all()).map_err(at(data))?;
    Ok(moved.then_some(aside))
}

fn by_hand(manifest: &Manifest) -> String {
    if manifest.database.kind == "sqlite" {
        return "this backup is of SQLite; restore it into a folder without --database".into();
    }
    format!(
        "the backup is sound, but PostgreSQL is restored with its own tool: stop the server, then\n  \
         tar -xf FILE\n  createdb NEW\n  pg_restore --exit-on-error --no-owner --dbname NEW {}\n\
         copy the folders {ATTACHMENTS} and {IMPORTS} into the data folder and start with --database naming NEW",
        manifest.database.file
    )
}
