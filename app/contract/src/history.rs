//! What became of a project, change by change, and taking changes back. Knows no SQL and no layout.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::NaiveDateTime;
use domain::id::{ChangeSetId, ProjectId};
use domain::project::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Edit,
    Bulk,
    Import,
    Undo,
    Move,
}

/// One change of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    pub change_set: ChangeSetId,
    pub kind: ChangeKind,
    /// UTC
    pub at: NaiveDateTime,
    pub by: String,
    /// the reason that was given
    pub note: Option<String>,
    /// the whole project was made by this change
    pub created: bool,
    /// projects that were changed together
    pub projects: u32,
    /// the set was taken back
    pub undone: bool,
    /// `Field::key`
    pub field: String,
    /// canonical text
    pub old: Option<String>,
    /// canonical text
    pub new: Option<String>,
    /// May this person take the whole set back?
    pub may_undo: bool,
    /// May this person put the old value of this column back?
    pub may_restore: bool,
}

/// The history of a project, the newest change first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    pub project: ProjectId,
    /// of the project as it is now
    pub version: i64,
    pub lines: Vec<HistoryLine>,
    /// names of the areas and communities in the lines, by code or id
    pub names: BTreeMap<String, String>,
    /// idempotency key for the forms on this page
    pub key: String,
}

/// Raw request to take a set of changes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoForm {
    /// the project on whose page it was asked
    pub project: String,
    pub change_set: String,
    /// idempotency key
    pub key: String,
}

/// A set of changes to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoSet {
    pub project: ProjectId,
    pub change_set: ChangeSetId,
    pub key: String,
}

/// What was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneView {
    pub project: ProjectId,
    /// the set that took the other back
    pub change_set: ChangeSetId,
    pub projects: u32,
    /// the project of the page was made by the set and is gone
    pub gone: bool,
}

/// Raw request to put an old value back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreForm {
    pub project: String,
    /// the version the person saw
    pub version: String,
    /// the set that changed the value
    pub change_set: String,
    /// `Field::key`
    pub field: String,
    /// idempotency key
    pub key: String,
}

/// An old value to be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreValue {
    pub project: ProjectId,
    pub version: i64,
    pub change_set: ChangeSetId,
    pub field: Field,
    pub key: String,
}

impl ChangeKind {
    pub const ALL: [ChangeKind; 5] =
        [ChangeKind::Edit, ChangeKind::Bulk, ChangeKind::Import, ChangeKind::Undo, ChangeKind::Move];

    /// As kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            ChangeKind::Edit => "edit",
            ChangeKind::Bulk => "bulk",
            ChangeKind::Import => "import",
            ChangeKind::Undo => "undo",
            ChangeKind::Move => "move",
        }
    }

    pub fn from_code(code: &str) -> Option<ChangeKind> {
        ChangeKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Form for UndoForm {
    type Command = UndoSet;

    fn check(&self) -> Result<UndoSet, FieldErrors> {
        let mut errors = FieldErrors::new();
        key(&mut errors, &self.key);
        match (self.project.parse(), self.change_set.parse()) {
            (Ok(project), Ok(change_set)) if errors.is_empty() => {
                Ok(UndoSet { project, change_set, key: self.key.clone() })
            }
            (_, _) => {
                errors.add("change_set", FieldFault::Wrong);
                Err(errors)
            }
        }
    }
}

impl Form for RestoreForm {
    type Command = RestoreValue;

    fn check(&self) -> Result<RestoreValue, FieldErrors> {
        let mut errors = FieldErrors::new();
        key(&mut errors, &self.key);
        let ids = (self.project.parse(), self.version.parse(), self.change_set.parse());
        match (ids, self.field.parse()) {
            ((Ok(project), Ok(version), Ok(change_set)), Ok(field)) if errors.is_empty() => {
                Ok(RestoreValue { project, version, change_set, field, key: self.key.clone() })
            }
            (_, _) => {
                errors.add("field", FieldFault::Wrong);
                Err(errors)
            }
        }
    }
}

/// Keys are made with the form: any short text without blanks will do.
fn key(errors: &mut FieldErrors, key: &str) {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
}
