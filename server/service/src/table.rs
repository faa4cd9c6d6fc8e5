//! A small table that somebody uploaded, as rows of texts. Workbooks are opened in a process of their own.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use contract::error::{FieldFault, Refusal};
use contract::workbook::ReadRefusal;
use sheet::child::parent::{plain_in_child, sheets_in_child};
use sheet::child::{Request, Task};
use sheet::limits::Limits;
use sheet::plain::{self, PlainRow, PlainSheet};
use std::io::Write;
use std::path::Path;

/// Every row of the file that has a filled cell.
pub(crate) async fn read(app: &App, name: &str, bytes: Vec<u8>) -> Outcome<Vec<PlainRow>> {
    let file = Upload::new(name, bytes).await?;
    let limits = plain::limits();
    let rows = if file.is_text {
        file.here(move |path, name| plain::read(path, name, &limits)).await?
    } else {
        plain_in_child(&app.reader()?, file.request(limits, Task::Plain)).await
    };
    let rows = rows.map_err(|refusal| Failure::Refused(Refusal::File { refusal }))?;
    if rows.is_empty() {
        return Err(Failure::Refused(Refusal::File { refusal: ReadRefusal::Empty }));
    }
    Ok(rows)
}

/// Every sheet of the file with its rows, within larger bounds.
pub(crate) async fn sheets(
    app: &App,
    name: &str,
    bytes: Vec<u8>,
    limits: Limits,
) -> Outcome<Vec<PlainSheet>> {
    let file = Upload::new(name, bytes).await?;
    let sheets = if file.is_text {
        file.here(move |path, name| plain::read_sheets(path, name, &limits)).await?
    } else {
        sheets_in_child(&app.reader()?, file.request(limits, Task::Sheets)).await
    };
    sheets.map_err(|refusal| Failure::Refused(Refusal::File { refusal }))
}

/// An upload on disk for as long as it is read.
struct Upload {
    file: tempfile::NamedTempFile,
    name: String,
    is_text: bool,
}

impl Upload {
    async fn new(name: &str, bytes: Vec<u8>) -> Outcome<Upload> {
        if name.is_empty() && bytes.is_empty() {
            return Err(Failure::field("file", FieldFault::Missing));
        }
        let is_text = !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xD0, 0xCF]);
        let file = tokio::task::spawn_blocking(move || kept(&bytes)).await.map_err(unexpected)?;
        Ok(Upload { file: file.map_err(unexpected)?, name: name.to_owned(), is_text })
    }

    fn request(&self, limits: Limits, task: Task) -> Request {
        let (path, name) = (self.file.path().to_owned(), self.name.clone());
        Request { path, name, mappings: Vec::new(), limits, task }
    }

    async fn here<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Path, &str) -> T + Send + 'static,
    ) -> Outcome<T> {
        let (path, name) = (self.file.path().to_owned(), self.name.clone());
        tokio::task::spawn_blocking(move || read(&path, &name)).await.map_err(unexpected)
    }
}

fn kept(bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

fn unexpected(fault: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(fault.to_string())
}
