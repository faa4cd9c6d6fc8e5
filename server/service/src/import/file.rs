//! The uploaded file itself, kept so that it can be read again and given back with its findings. Named by the import,
//! never by the person.

use super::staged::broken;
use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use domain::id::ImportId;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Folder of uploaded workbooks inside the data folder.
pub const FOLDER: &str = "imports";

/// An upload on disk and what the person calls it.
pub struct Kept {
    pub path: PathBuf,
    pub file_name: String,
    /// A name for a new file beside it; the caller removes the file again.
    pub scratch: PathBuf,
}

/// The file of one of the person's own imports.
pub async fn kept(call: &Call, import: ImportId) -> Outcome<Kept> {
    let conn = call.read().await?;
    let batch = store::import::batch::load(&conn, &call.scope(), call.user()?, import).await?;
    let path = path(call.app(), import);
    if !path.exists() {
        return Err(Failure::NotFound);
    }
    let scratch = path.with_extension(format!("{}.out", call.new_id().simple()));
    Ok(Kept { path, file_name: batch.file_name, scratch })
}

pub(super) fn path(app: &App, import: ImportId) -> PathBuf {
    app.folder().join(FOLDER).join(import.to_string())
}

/// Writes the bytes so that a crash leaves the whole file or none.
pub(super) async fn keep(app: &App, import: ImportId, bytes: Vec<u8>) -> Outcome<()> {
    let path = path(app, import);
    blocking(move || write(&path, &bytes)).await
}

/// Removes the file of an import that was given up; a file that is gone is as good.
pub(super) async fn remove(app: &App, import: ImportId) -> Outcome<()> {
    let path = path(app, import);
    let gone = move || match fs::remove_file(&path) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        Ok(()) | Err(_) => Ok(()),
    };
    blocking(gone).await
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = path.with_extension("part");
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    File::open(folder)?.sync_all()
}

async fn blocking(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Outcome<()> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|panic| broken(&panic.to_string()))?;
    done.map_err(|fault| broken(&format!("file: {fault}")))
}
