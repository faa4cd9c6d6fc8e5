//! A small table that somebody uploaded, as rows of texts. Workbooks are opened in a process of their own.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use contract::error::{FieldFault, Refusal};
use contract::workbook::ReadRefusal;
use sheet::child::parent::plain_in_child;
use sheet::child::{Request, Task};
use sheet::plain::{self, PlainRow};
use std::io::Write;

/// Every row of the file that has a filled cell.
pub(crate) async fn read(app: &App, name: &str, bytes: Vec<u8>) -> Outcome<Vec<PlainRow>> {
    if name.is_empty() && bytes.is_empty() {
        return Err(Failure::field("file", FieldFault::Missing));
    }
    let is_text = !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xD0, 0xCF]);
    let file =
        tokio::task::spawn_blocking(move || kept(&bytes)).await.map_err(unexpected)?.map_err(unexpected)?;
    let limits = plain::limits();
    let rows = if is_text {
        let name = name.to_owned();
        tokio::task::spawn_blocking(move || plain::read(file.path(), &name, &limits))
            .await
            .map_err(unexpected)?
    } else {
        let exe = app.reader()?;
        let (path, name) = (file.path().to_owned(), name.to_owned());
        let request = Request { path, name, mappings: Vec::new(), limits, task: Task::Plain };
        plain_in_child(&exe, request).await
    };
    let rows = rows.map_err(|refusal| Failure::Refused(Refusal::File { refusal }))?;
    if rows.is_empty() {
        return Err(Failure::Refused(Refusal::File { refusal: ReadRefusal::Empty }));
    }
    Ok(rows)
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
