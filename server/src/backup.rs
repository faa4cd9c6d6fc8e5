//! Backups: one tar file with a manifest, a checked copy of the database and every file that it speaks of. Taking one
//! disturbs nobody; putting one back is done offline and looks at everything first.

pub mod archive;
pub mod restore;

use crate::config::Config;
use archive::{Audit, Database, Manifest, Part};
use chrono::{DateTime, Utc};
use domain::permission::{Actor, scope};
use std::fs::File;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use store::backup as copies;
use store::verify::verify;
use store::{Db, DbOptions};

/// Name of the database inside an archive of SQLite, and in the data folder.
pub const SQLITE: &str = "houfu.db";
/// Name of the dump inside an archive of PostgreSQL.
pub const DUMP: &str = "houfu.pgdump";
/// Small files of the data folder that belong to the data.
pub const BESIDE: [&str; 2] = [crate::anchor::FILE, "demo"];
/// Where attachments lie under the data folder.
pub const ATTACHMENTS: &str = "att";
/// Where workbooks that people sent in lie under the data folder.
pub const IMPORTS: &str = service::import::file::FOLDER;

/// Why there is no backup, or why it was not put back: a sentence for the terminal.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Store(#[from] store::Fault),
    #[error("{place}: {source}")]
    File { place: String, source: std::io::Error },
}

/// What was taken.
#[derive(Debug)]
pub struct Taken {
    pub file: PathBuf,
    pub manifest: Manifest,
}

pub(crate) fn at(place: &Path) -> impl FnOnce(std::io::Error) -> BackupError + use<> {
    let place = place.display().to_string();
    move |source| BackupError::File { place, source }
}

pub(crate) fn refused(sentence: impl Into<String>) -> BackupError {
    BackupError::Refused(sentence.into())
}

/// Takes a backup into `out`, or into the data folder's `backups` under a name of this moment.
pub async fn take(config: &Config, out: Option<PathBuf>, now: DateTime<Utc>) -> Result<Taken, BackupError> {
    let out = match out {
        Some(out) => out,
        None => folder(config)?.join(format!("houfu-{}.tar", now.format("%Y%m%d-%H%M%S"))),
    };
    if out.exists() {
        return Err(refused(format!("{} exists; name another file", out.display())));
    }
    let beside = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let work = tempfile::Builder::new().prefix(".houfu-backup-").tempdir_in(beside).map_err(at(beside))?;
    let database = match &config.database {
        None => sqlite(config, work.path()).await?,
        Some(url) => postgres(config, url, work.path()).await?,
    };
    let mut parts = parts(config, database.kept)?;
    parts.extend(imports(config, work.path())?);
    let manifest = Manifest::new(now, database.described, database.audit);
    let packed = work.path().join("packed.tar");
    let (from, to) = (work.path().join(&manifest.database.file), packed.clone());
    let manifest = tokio::task::spawn_blocking(move || archive::pack(manifest, &from, parts, &to))
        .await
        .map_err(|fault| refused(fault.to_string()))??;
    std::fs::rename(&packed, &out).map_err(at(&out))?;
    File::open(beside).and_then(|folder| folder.sync_all()).map_err(at(beside))?;
    Ok(Taken { file: out, manifest })
}

/// The folder of backups, made for its owner only.
fn folder(config: &Config) -> Result<PathBuf, BackupError> {
    let folder = config.data.join("backups");
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(at(&folder))?;
    Ok(folder)
}

/// A copy of the database with what is known of it.
struct Copied {
    described: Database,
    audit: Audit,
    kept: Vec<copies::Kept>,
}

async fn sqlite(config: &Config, work: &Path) -> Result<Copied, BackupError> {
    let file = work.join(SQLITE);
    copies::snapshot(&config.data, &file).await?;
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).map_err(at(&file))?;
    let db = Db::open(&DbOptions { reading: true, ..DbOptions::sqlite(work) }).await?;
    let (steps, audit, kept) = checked(&db).await?;
    db.close().await?;
    Ok(Copied { described: Database { kind: "sqlite".into(), file: SQLITE.into(), steps }, audit, kept })
}

/// Reads a copy through and through. One of an older schema is whole when SQLite says so; the invariants of this
/// program are asked of its own schema only.
pub(crate) async fn checked(db: &Db) -> Result<(Vec<String>, Audit, Vec<copies::Kept>), BackupError> {
    let steps = db.applied().await?;
    if steps.is_empty() {
        return Err(refused("the database is empty; start the server once before taking a backup"));
    }
    let is_current = db.is_current().await?;
    let conn = db.read().await?;
    if !db.is_postgres() {
        copies::integrity(&conn).await?;
    }
    if is_current && let Some(breach) = verify(&conn).await?.first_breach() {
        return Err(refused(format!(
            "the data contradict themselves ({}: {}); no backup is better than a wrong one, look with houfu verify",
            breach.check, breach.place
        )));
    }
    let (mut audit, mut kept) = (Audit::default(), Vec::new());
    if db.is_postgres() || copies::has_table(&conn, "audit_head").await? {
        (audit.seq, audit.hash) = store::audit::head(&conn).await?;
    }
    if db.is_postgres() || copies::has_table(&conn, "attachment").await? {
        kept = copies::kept_files(&conn, &scope(&Actor::System)).await?;
    }
    Ok((steps, audit, kept))
}

async fn postgres(config: &Config, url: &str, work: &Path) -> Result<Copied, BackupError> {
    let options = DbOptions { url: Some(url.to_owned()), ..DbOptions::sqlite(&config.data) };
    let db = Db::open(&DbOptions { allow_fsync_off: true, ..options }).await?;
    let (steps, audit, kept) = checked(&db).await?;
    db.close().await?;
    let (plain, password) = without_password(url);
    let mut dump = Command::new("pg_dump");
    dump.args(["--format=custom", "--no-owner", "--no-password", "--file"]).arg(work.join(DUMP)).arg(plain);
    if let Some(password) = password {
        // In the environment of the child: arguments are seen by everybody on the machine.
        dump.env("PGPASSWORD", password);
    }
    let output = tokio::task::spawn_blocking(move || dump.output()).await;
    match output {
        Ok(Ok(output)) if output.status.success() => {}
        Ok(Ok(output)) => {
            return Err(refused(format!("pg_dump: {}", String::from_utf8_lossy(&output.stderr).trim())));
        }
        Ok(Err(_)) | Err(_) => {
            return Err(refused(
                "pg_dump was not found; install PostgreSQL's client programs (Debian: postgresql-client), or let the \
                 database's own backup keep it and copy the folder att beside it",
            ));
        }
    }
    Ok(Copied { described: Database { kind: "postgres".into(), file: DUMP.into(), steps }, audit, kept })
}

/// Where a stored file lies in the data folder and in an archive.
pub fn attachment(sha256: &str) -> String {
    format!("{ATTACHMENTS}/{}/{sha256}", sha256.get(..2).unwrap_or_default())
}

/// The address without its password, and the password.
pub(crate) fn without_password(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let Some((login, place)) = rest.rsplit_once('@') else { return (url.to_owned(), None) };
    match login.split_once(':') {
        Some((user, password)) => (format!("{scheme}://{user}@{place}"), Some(password.to_owned())),
        None => (url.to_owned(), None),
    }
}

/// Files to be packed beside the database; one that the database speaks of and that is not there stops the backup.
fn parts(config: &Config, kept: Vec<copies::Kept>) -> Result<Vec<Part>, BackupError> {
    let mut parts = Vec::new();
    for file in kept {
        let path = attachment(&file.sha256);
        let from = config.data.join(&path);
        if !from.is_file() {
            return Err(refused(format!("the attachment {path} is missing from the data folder")));
        }
        parts.push(Part { path, from, sha256: Some(file.sha256) });
    }
    for name in BESIDE {
        let from = config.data.join(name);
        if from.is_file() {
            parts.push(Part { path: name.to_owned(), from, sha256: None });
        }
    }
    Ok(parts)
}

/// Workbooks that people sent in: they are read again, and given back with their findings. Whoever gives an import up
/// while the backup runs takes its file away, so they are linked first; one that is gone by then is no loss.
fn imports(config: &Config, work: &Path) -> Result<Vec<Part>, BackupError> {
    let folder = config.data.join(IMPORTS);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let held = work.join(IMPORTS);
    std::fs::create_dir(&held).map_err(at(&held))?;
    let mut parts = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(at(&folder))? {
        let name = entry.map_err(at(&folder))?.file_name().to_string_lossy().into_owned();
        let path = format!("{IMPORTS}/{name}");
        if !archive::is_ours(&path) {
            continue;
        }
        let (from, to) = (folder.join(&name), held.join(&name));
        // A backup on another file system cannot share the bytes.
        let kept = std::fs::hard_link(&from, &to).or_else(|_| std::fs::copy(&from, &to).map(drop));
        match kept {
            Ok(()) => parts.push(Part { path, from: to, sha256: None }),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {}
            Err(fault) => return Err(at(&from)(fault)),
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_becomes_an_argument() {
        let (plain, password) = without_password("postgres://houfu:se:cret@db.local:5432/houfu");
        assert_eq!(plain, "postgres://houfu@db.local:5432/houfu");
        assert_eq!(password.as_deref(), Some("se:cret"));
        assert_eq!(without_password("postgres://u@h/d"), ("postgres://u@h/d".to_owned(), None));
    }
}
