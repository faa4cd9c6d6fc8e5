//! Files of a project: what is sent, what is listed. Knows no disk and no bytes of its own.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::project::FileLine;
use domain::id::{AttachmentId, ProjectId};
use domain::permission::Abilities;
use domain::project::Gate;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most bytes of one file: 40 MiB.
pub const FILE_MOST: u64 = 40 * 1024 * 1024;
/// Most bytes of all files of one person, removed ones included: 2 GiB.
pub const PERSON_MOST: u64 = 2 * 1024 * 1024 * 1024;

/// Raw inputs that come with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadForm {
    pub project: String,
    /// idempotency key
    pub key: String,
    /// code of a gate, or empty
    pub gate: String,
    pub file_name: String,
    /// shared, because a file may be large
    pub bytes: Arc<Vec<u8>>,
}

/// A file on its way in.
#[derive(Clone, PartialEq, Eq)]
pub struct UploadFile {
    pub project: ProjectId,
    pub key: String,
    pub gate: Option<Gate>,
    pub file_name: String,
    /// shared, because a file may be large
    pub bytes: Arc<Vec<u8>>,
}

/// Raw request to take a file away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveForm {
    pub project: String,
    pub attachment: String,
    /// idempotency key
    pub key: String,
}

/// A file to be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveFile {
    pub project: ProjectId,
    pub attachment: AttachmentId,
    pub key: String,
}

/// The files of a project, and how much room is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesView {
    pub files: Vec<FileLine>,
    /// bytes that this person may still send
    pub room: u64,
    /// idempotency key for the form of sending
    pub key: String,
    pub may: Abilities,
}

/// A file that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptView {
    pub project: ProjectId,
    pub attachment: AttachmentId,
}

impl Form for UploadForm {
    type Command = UploadFile;

    fn check(&self) -> Result<UploadFile, FieldErrors> {
        let mut errors = FieldErrors::new();
        let project = id(&mut errors, "project", &self.project);
        key(&mut errors, &self.key);
        let gate = (!self.gate.is_empty()).then(|| Gate::from_code(&self.gate));
        if matches!(gate, Some(None)) {
            errors.add("gate", FieldFault::NotAChoice);
        }
        if self.file_name.is_empty() || self.bytes.is_empty() {
            errors.add("file", FieldFault::Missing);
        }
        match project {
            Some(project) if errors.is_empty() => Ok(UploadFile {
                project,
                key: self.key.clone(),
                gate: gate.flatten(),
                file_name: self.file_name.clone(),
                bytes: self.bytes.clone(),
            }),
            Some(_) | None => Err(errors),
        }
    }
}

impl Form for RemoveForm {
    type Command = RemoveFile;

    fn check(&self) -> Result<RemoveFile, FieldErrors> {
        let mut errors = FieldErrors::new();
        let project = id(&mut errors, "project", &self.project);
        let attachment = id(&mut errors, "attachment", &self.attachment);
        key(&mut errors, &self.key);
        match (project, attachment) {
            (Some(project), Some(attachment)) if errors.is_empty() => {
                Ok(RemoveFile { project, attachment, key: self.key.clone() })
            }
            (_, _) => Err(errors),
        }
    }
}

fn id<T: std::str::FromStr>(errors: &mut FieldErrors, name: &str, text: &str) -> Option<T> {
    let id = text.parse().ok();
    if id.is_none() {
        errors.add(name, FieldFault::Wrong);
    }
    id
}

/// Keys are made with the form: any short text without blanks will do.
fn key(errors: &mut FieldErrors, key: &str) {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
}
