//! A workbook of returns on its way in: what it would change, what it cannot, and the way to carry it out.

use super::BookHead;
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::dispatch::column::Column;
use domain::finding::{Place, Severity};
use domain::id::ReturnBookId;
use domain::money::Unit;
use domain::project::value::ValueError;
use serde::{Deserialize, Serialize};

/// A file that came with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileForm {
    pub book: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// A file for a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `None` is a text that is no id
    pub book: Option<ReturnBookId>,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// Asks for a book and what a file would do to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StagedForm {
    pub book: String,
    /// empty: no file yet
    pub batch: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedQuery {
    pub book: Option<ReturnBookId>,
    pub batch: Option<String>,
}

/// Carries a file out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitForm {
    pub batch: String,
    pub key: String,
    /// of the preview
    pub seen: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub batch: String,
    pub key: String,
    pub seen: String,
}

/// Where a file waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedView {
    pub book: ReturnBookId,
    pub batch: String,
}

/// What is said of a file, by sheet, row and column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFinding {
    pub severity: Severity,
    pub place: Place,
    pub column: Option<Column>,
    pub fault: FileFault,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// no sheet has headings of a return
    NoSheet,
    HiddenSheet,
    UnitAssumed {
        unit: Unit,
    },
    ForeignUnit {
        unit: String,
    },
    UnknownHeading {
        heading: String,
    },
    HeadingTwice {
        heading: String,
    },
    /// not in this book
    Unknown {
        name: String,
    },
    /// several of this name
    Ambiguous {
        name: String,
    },
    /// the same one on an earlier row
    Twice {
        name: String,
    },
    NoName,
    Value {
        error: ValueError,
    },
}

/// One cell that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    pub place: Place,
    pub name: String,
    pub column: Column,
    /// canonical texts
    pub old: Option<String>,
    pub new: Option<String>,
}

/// What a file would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    pub batch: String,
    pub file_name: String,
    /// rows that are meant
    pub rows: u64,
    pub changes: u64,
    pub errors: u64,
    /// a beginning of them
    pub first: Vec<FileChange>,
    pub findings: Vec<FileFinding>,
    pub more_findings: u64,
    pub key: String,
    /// digest of all changes with what they change: carried out is what was looked at
    pub seen: String,
}

/// The page of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub head: BookHead,
    pub preview: Option<PreviewView>,
}

/// What was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommittedView {
    pub book: ReturnBookId,
    /// cells
    pub changes: u64,
}

impl Form for FileForm {
    type Command = File;

    fn check(&self) -> Result<File, FieldErrors> {
        let mut errors = FieldErrors::new();
        if self.file_name.is_empty() && self.bytes.is_empty() {
            errors.add("file", FieldFault::Missing);
        }
        errors.into_result()?;
        let (file_name, bytes) = (self.file_name.clone(), self.bytes.clone());
        Ok(File { book: self.book.parse().ok(), file_name, bytes })
    }
}

impl Form for StagedForm {
    type Command = StagedQuery;

    fn check(&self) -> Result<StagedQuery, FieldErrors> {
        let batch = (!self.batch.is_empty()).then(|| self.batch.clone());
        Ok(StagedQuery { book: self.book.parse().ok(), batch })
    }
}

impl Form for CommitForm {
    type Command = Commit;

    fn check(&self) -> Result<Commit, FieldErrors> {
        let mut errors = FieldErrors::new();
        super::form::key(&mut errors, &self.key);
        errors.into_result()?;
        let CommitForm { batch, key, seen } = self.clone();
        Ok(Commit { batch, key, seen })
    }
}
