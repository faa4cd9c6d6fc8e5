//! Files of a project: proved, kept under their digest, handed out, taken off. Knows no HTTP.

mod folder;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::plan_year;
use crate::list::row::instant;
use crate::once;
use contract::attachment::{FILE_MOST, FilesView, KeptView, PERSON_MOST, RemoveFile, UploadFile};
use contract::error::{FieldFault, Refusal};
use contract::project::{FileLine, ProjectQuery};
use domain::area::AreaPath;
use domain::attachment::{FileKind, clean_name};
use domain::id::{AttachmentId, ProjectId};
use domain::permission::Action;
use std::fs::File;
use store::Conn;
use store::attachment::NewAttachment;

pub use folder::first_breach;

const UPLOAD: &str = "project/attachment/upload";
const REMOVE: &str = "project/attachment/remove";

/// A file on its way out.
#[derive(Debug)]
pub struct Opened {
    pub file: File,
    /// bytes
    pub size: u64,
    pub name: String,
    pub media_type: String,
}

/// The files of a project, and how much room this person has.
pub async fn list(call: &Call, query: ProjectQuery) -> Outcome<FilesView> {
    let conn = call.read().await?;
    let place = place(&conn, call, query.project).await?;
    call.permit(Action::ViewProjects, &place)?;
    let may = call.abilities(&place);
    let files = store::attachment::of_project(&conn, &call.scope(), query.project).await?;
    let user = call.user()?;
    let line = |file: store::attachment::Attachment| {
        let own = if file.uploaded_by == user { Action::AttachFile } else { Action::EditProject };
        Ok(FileLine {
            attachment: file.id,
            name: file.name,
            size: u64::try_from(file.size).unwrap_or_default(),
            gate: file.gate,
            by: file.by.unwrap_or_default(),
            at: instant(file.at)?,
            sha256: file.sha256,
            removable: may.includes(own),
        })
    };
    let files = files.into_iter().map(line).collect::<Outcome<Vec<_>>>()?;
    let used = u64::try_from(store::attachment::bytes_of(&conn, user).await?).unwrap_or_default();
    Ok(FilesView { files, room: PERSON_MOST.saturating_sub(used), key: call.new_id().to_string(), may })
}

/// Keeps a file: the bytes first, the row last, so that no row ever points at nothing.
pub async fn upload(call: &Call, command: UploadFile) -> Outcome<KeptView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_in(&call, command).await }).await
}

/// Takes a file off its project: one's own, or any with the right to edit the project.
pub async fn remove(call: &Call, command: RemoveFile) -> Outcome<KeptView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_off(&call, &command).await }).await
}

/// Opens a file for reading.
pub async fn open(call: &Call, project: ProjectId, attachment: AttachmentId) -> Outcome<Opened> {
    let conn = call.read().await?;
    let place = place(&conn, call, project).await?;
    call.permit(Action::ViewProjects, &place)?;
    let kept = store::attachment::load(&conn, &call.scope(), project, attachment).await?;
    drop(conn);
    let path = folder::path(call.app().folder(), &kept.sha256);
    let size = u64::try_from(kept.size).unwrap_or_default();
    let open = move || -> std::io::Result<File> {
        let file = File::open(path)?;
        if file.metadata()?.len() == size { Ok(file) } else { Err(std::io::Error::other("size differs")) }
    };
    let file = tokio::task::spawn_blocking(open).await.map_err(unexpected)?;
    let file = file.map_err(|fault| Failure::Unexpected(format!("attachment {attachment}: {fault}")))?;
    Ok(Opened { file, size, name: kept.name, media_type: kept.media_type })
}

/// Where a project lies; outside the scope it is missing.
async fn place(conn: &Conn, call: &Call, project: ProjectId) -> Outcome<AreaPath> {
    Ok(store::project::load(conn, &call.scope(), project, plan_year(call)?).await?.area_path)
}

async fn take_in(call: &Call, command: UploadFile) -> Outcome<KeptView> {
    let place = place(&*call.read().await?, call, command.project).await?;
    let permit = call.permit(Action::AttachFile, &place)?;
    let UploadFile { project, key, gate, file_name, bytes } = command;
    let (name, kind) = named(&file_name)?;
    let size = bytes.len() as u64;
    if size > FILE_MOST {
        return Err(Failure::field("file", FieldFault::TooLarge { most: FILE_MOST }));
    }
    room(&*call.read().await?, call, size).await?;
    let root = call.app().folder().to_owned();
    let keep = move || folder::keep(&root, kind, &bytes);
    let sha256 = tokio::task::spawn_blocking(keep).await.map_err(unexpected)?.map_err(unexpected)?;
    let sha256 = sha256.ok_or(Failure::Refused(Refusal::FileTypeNotAllowed))?;
    let tx = call.begin().await?;
    let told = (project, gate, &name, &sha256);
    if let Some(answer) = once::before(&tx, &permit, UPLOAD, &key, &told).await? {
        return Ok(answer);
    }
    room(&tx, call, size).await?;
    let file = NewAttachment {
        id: AttachmentId::new(call.new_id()),
        project,
        gate,
        name,
        sha256,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        media_type: kind.media_type(),
    };
    store::attachment::insert(&tx, &permit, &file).await?;
    let kept = KeptView { project, attachment: file.id };
    once::settle(tx, &permit, UPLOAD, &key, kept).await
}

async fn take_off(call: &Call, command: &RemoveFile) -> Outcome<KeptView> {
    let tx = call.begin().await?;
    let place = place(&tx, call, command.project).await?;
    let permit = call.permit(Action::AttachFile, &place)?;
    if let Some(answer) = once::before(&tx, &permit, REMOVE, &command.key, command).await? {
        return Ok(answer);
    }
    let file = store::attachment::load(&tx, &call.scope(), command.project, command.attachment).await?;
    if file.uploaded_by != call.user()? {
        call.permit(Action::EditProject, &place)?;
    }
    store::attachment::remove(&tx, &permit, command.project, &file).await?;
    let gone = KeptView { project: command.project, attachment: command.attachment };
    once::settle(tx, &permit, REMOVE, &command.key, gone).await
}

/// The name to keep and the kind it claims, or what is wrong with it.
fn named(file_name: &str) -> Outcome<(String, FileKind)> {
    let name = clean_name(file_name).ok_or_else(|| Failure::field("file", FieldFault::Wrong))?;
    let kind = FileKind::of_name(&name).ok_or(Failure::Refused(Refusal::FileTypeNotAllowed))?;
    Ok((name, kind))
}

async fn room(conn: &Conn, call: &Call, size: u64) -> Outcome<()> {
    let used = u64::try_from(store::attachment::bytes_of(conn, call.user()?).await?).unwrap_or_default();
    if used.saturating_add(size) <= PERSON_MOST { Ok(()) } else { Err(Failure::Refused(Refusal::QuotaFull)) }
}

fn unexpected(fault: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(fault.to_string())
}
