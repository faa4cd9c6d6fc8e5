//! A workbook of returns on its way into a book: kept aside, compared with what is kept, carried out as a whole or not at all.

use super::view;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::{once, table};
use contract::dispatch::file::{
    Commit, CommittedView, File, FileChange, FileFault, FileFinding, ImportView, PreviewView, StagedQuery,
    StagedView,
};
use contract::error::Refusal;
use domain::dispatch::column::Column;
use domain::dispatch::row::{ProjectRow, SiteRow};
use domain::finding::Severity;
use domain::permission::Action;
use domain::text;
use sha2::{Digest, Sha256};
use sheet::dispatch::FileLine;
use sheet::limits::Limits;
use sheet::plain::PlainSheet;
use std::collections::BTreeMap;
use store::Conn;
use store::dispatch::staged;
use store::dispatch::{Of, book, project, site};

const ROUTE: &str = "dispatch/commit";
/// Changes and findings that are shown.
const SHOWN: usize = 300;
/// Most characters kept of a file's name.
const NAME_MOST: usize = 200;

/// Bounds of a workbook of returns.
fn limits() -> Limits {
    Limits {
        file_bytes: 8 << 20,
        cells: 200_000,
        rows: 10_000,
        columns: 40,
        cell_chars: 1_000,
        seconds: 20,
        ..Limits::default()
    }
}

/// What a file would do to a book.
struct Judged {
    projects: BTreeMap<usize, ProjectRow>,
    sites: BTreeMap<usize, SiteRow>,
    kept_projects: Vec<project::Line>,
    kept_sites: Vec<site::Line>,
    known_projects: Known,
    known_sites: Known,
    changes: Vec<FileChange>,
    findings: Vec<FileFinding>,
}

/// Rows of a book by what a line may call them, so that a long file does not look through all of them for every line.
#[derive(Default)]
struct Known {
    codes: BTreeMap<String, usize>,
    numbers: BTreeMap<u64, usize>,
    /// of one name there may be several
    names: BTreeMap<String, Vec<usize>>,
}

/// Reads the file and keeps it aside for the person who sent it.
pub async fn stage(call: &Call, file: File) -> Outcome<StagedView> {
    let id = file.book.ok_or(Failure::NotFound)?;
    let kept = book::load(&*call.read().await?, &call.scope(), id).await?;
    let permit = call.permit(Action::FillReturn, kept.book.area())?;
    kept.book.open()?;
    let name: String = text::clean(&file.file_name).chars().take(NAME_MOST).collect();
    let sheets = table::sheets(call.app(), &name, file.bytes, limits()).await?;
    let body = serde_json::to_string(&sheets).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    let batch = call.new_id();
    let tx = call.begin().await?;
    staged::keep(&tx, &permit, batch, &staged::File { book: id, name, body }).await?;
    tx.commit().await?;
    Ok(StagedView { book: id, batch: batch.to_string() })
}

/// The book, and what the file would change in it, when one is named. Changes nothing.
pub async fn preview(call: &Call, query: StagedQuery) -> Outcome<ImportView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let kept = book::load(&conn, &scope, query.book.ok_or(Failure::NotFound)?).await?;
    let path = kept.book.area().clone();
    call.permit(Action::FillReturn, &path)?;
    let name = store::area::load(&conn, &scope, path.code()).await?.name;
    let preview = match query.batch {
        None => None,
        Some(batch) => {
            let file = staged::load(&conn, call.actor(), &batch).await?;
            if file.book != kept.id {
                return Err(Failure::NotFound);
            }
            let judged = judge(&conn, call, &kept, &file.body).await?;
            Some(shown(call, batch, file.name, judged)?)
        }
    };
    Ok(ImportView { head: view::head(call, kept, name), preview })
}

fn shown(call: &Call, batch: String, file_name: String, mut judged: Judged) -> Outcome<PreviewView> {
    let (errors, seen) = (judged.errors(), judged.digest()?);
    let changes = judged.changes.len() as u64;
    judged.findings.sort_by_key(|finding| finding.severity);
    let more = judged.findings.len().saturating_sub(SHOWN) as u64;
    judged.findings.truncate(SHOWN);
    judged.changes.truncate(SHOWN);
    Ok(PreviewView {
        batch,
        file_name,
        rows: (judged.projects.len() + judged.sites.len()) as u64,
        changes,
        errors,
        first: judged.changes,
        findings: judged.findings,
        more_findings: more,
        key: call.new_id().to_string(),
        seen,
    })
}

/// Carries a file out: every change of it, or none while a line is wrong.
pub async fn commit(call: &Call, command: Commit) -> Outcome<CommittedView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move { carry_out(&call, command).await }).await
}

async fn carry_out(call: &Call, command: Commit) -> Outcome<CommittedView> {
    let own = call.permit(Action::FillReturn, &call.area())?;
    let tx = call.begin().await?;
    if let Some(done) = once::before(&tx, &own, ROUTE, &command.key, &command).await? {
        return Ok(done);
    }
    let file = staged::load(&tx, call.actor(), &command.batch).await?;
    let kept = book::hold(&tx, &call.scope(), file.book).await?;
    // The right is asked for again where the book lies: the person may work elsewhere by now.
    let permit = call.permit(Action::FillReturn, kept.book.area())?;
    kept.book.open()?;
    let judged = judge(&tx, call, &kept, &file.body).await?;
    if judged.errors() > 0 {
        let rows = u32::try_from(judged.errors()).unwrap_or(u32::MAX);
        return Err(Failure::Refused(Refusal::ErrorsLeft { rows }));
    }
    // Somebody else typed in one of these cells after the person looked: what would be lost is to be seen first.
    if judged.digest()? != command.seen {
        return Err(Failure::Stale(Vec::new()));
    }
    let month = kept.book.month();
    for (at, row) in &judged.projects {
        let line = &judged.kept_projects[*at];
        if line.row != *row {
            project::update(&tx, &permit, month, line, row).await?;
        }
    }
    for (at, row) in &judged.sites {
        let line = &judged.kept_sites[*at];
        if line.row != *row {
            site::update(&tx, &permit, month, line, row).await?;
        }
    }
    let done = CommittedView { book: kept.id, changes: judged.changes.len() as u64 };
    once::settle(tx, &own, ROUTE, &command.key, done).await
}

async fn judge(conn: &Conn, call: &Call, kept: &book::Kept, body: &str) -> Outcome<Judged> {
    let sheets: Vec<PlainSheet> =
        serde_json::from_str(body).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    let read = sheet::dispatch::read(&sheets);
    let (scope, month) = (call.scope(), kept.book.month());
    let of = Of::Book(&scope, kept.book.area());
    let kept_projects = project::rows(conn, of, month).await?;
    let kept_sites = site::rows(conn, of, month).await?;
    let mut judged = Judged {
        projects: BTreeMap::new(),
        sites: BTreeMap::new(),
        known_projects: Known::of(
            kept_projects.iter().map(|kept| (kept.code.as_deref(), Some(kept.number), kept.name.as_str())),
        ),
        known_sites: Known::of(
            kept_sites.iter().map(|kept| (kept.code.as_deref(), None, kept.name.as_str())),
        ),
        kept_projects,
        kept_sites,
        changes: Vec::new(),
        findings: read.findings,
    };
    for line in &read.lines {
        judged.take(line);
    }
    Ok(judged)
}

impl Known {
    fn of<'a>(rows: impl Iterator<Item = (Option<&'a str>, Option<u64>, &'a str)>) -> Known {
        let mut known = Known::default();
        for (at, (code, number, name)) in rows.enumerate() {
            if let Some(code) = code {
                known.codes.entry(text::fold(code)).or_insert(at);
            }
            if let Some(number) = number {
                known.numbers.entry(number).or_insert(at);
            }
            known.names.entry(text::fold(name)).or_default().push(at);
        }
        known
    }

    /// By code, then by internal number, then by name; `Err` when several are called so.
    fn meant(&self, line: &FileLine) -> Result<Option<usize>, ()> {
        if let Some(at) = self.codes.get(&text::fold(&line.code)) {
            return Ok(Some(*at));
        }
        let number = text::half_width(&line.number).parse::<u64>().ok();
        if let Some(at) = number.and_then(|number| self.numbers.get(&number)) {
            return Ok(Some(*at));
        }
        let name = text::fold(&line.name);
        let found = self.names.get(&name).filter(|_| !name.is_empty());
        match found.map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([one]) => Ok(Some(*one)),
            Some([_, _, ..]) => Err(()),
        }
    }
}

impl Judged {
    fn errors(&self) -> u64 {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count() as u64
    }

    /// Of every change with what it changes.
    fn digest(&self) -> Outcome<String> {
        Ok(hex::encode(Sha256::digest(serde_json::to_string(&self.changes)?)))
    }

    fn take(&mut self, line: &FileLine) {
        let said = if line.name.is_empty() { &line.code } else { &line.name };
        let said = if said.is_empty() { line.number.clone() } else { said.clone() };
        let at = match self.meant(line) {
            Ok(Some(at)) => at,
            Ok(None) => return self.wrong(line, FileFault::Unknown { name: said }),
            Err(()) => return self.wrong(line, FileFault::Ambiguous { name: said }),
        };
        let is_twice =
            if line.is_site { self.sites.contains_key(&at) } else { self.projects.contains_key(&at) };
        if is_twice {
            return self.wrong(line, FileFault::Twice { name: said });
        }
        if line.is_site { self.take_site(line, at) } else { self.take_project(line, at) }
    }

    fn wrong(&mut self, line: &FileLine, fault: FileFault) {
        let (severity, place) = (Severity::Error, line.place.clone());
        self.findings.push(FileFinding { severity, place, column: None, fault });
    }

    /// The row that a line means; `Err` when several are called so.
    fn meant(&self, line: &FileLine) -> Result<Option<usize>, ()> {
        if line.is_site { self.known_sites.meant(line) } else { self.known_projects.meant(line) }
    }

    fn take_project(&mut self, line: &FileLine, at: usize) {
        let kept = &self.kept_projects[at];
        let (mut row, name) = (kept.row.clone(), kept.name.clone());
        for cell in &line.cells {
            let Column::Project(column) = cell.column else { continue };
            match &cell.value {
                Ok(new) if row.text(column).as_ref() != Some(new) => {
                    let change = FileChange {
                        place: cell.place.clone(),
                        name: name.clone(),
                        column: cell.column,
                        old: row.text(column),
                        new: Some(new.clone()),
                    };
                    if row.set(column, Some(new)) {
                        self.changes.push(change);
                    }
                }
                Ok(_) => {}
                Err(error) => self.findings.push(FileFinding {
                    severity: Severity::Error,
                    place: cell.place.clone(),
                    column: Some(cell.column),
                    fault: FileFault::Value { error: error.clone() },
                }),
            }
        }
        self.projects.insert(at, row);
    }

    fn take_site(&mut self, line: &FileLine, at: usize) {
        let kept = &self.kept_sites[at];
        let (mut row, name) = (kept.row, kept.name.clone());
        for cell in &line.cells {
            let Column::Site(column) = cell.column else { continue };
            match &cell.value {
                Ok(new) if row.text(column).as_ref() != Some(new) => {
                    let change = FileChange {
                        place: cell.place.clone(),
                        name: name.clone(),
                        column: cell.column,
                        old: row.text(column),
                        new: Some(new.clone()),
                    };
                    if row.set(column, Some(new)) {
                        self.changes.push(change);
                    }
                }
                Ok(_) => {}
                Err(error) => self.findings.push(FileFinding {
                    severity: Severity::Error,
                    place: cell.place.clone(),
                    column: Some(cell.column),
                    fault: FileFault::Value { error: error.clone() },
                }),
            }
        }
        self.sites.insert(at, row);
    }
}
