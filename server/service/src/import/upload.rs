//! A workbook arrives, is kept, and is read in a process of its own while the person may leave and come back.

use super::job::Jobs;
use super::staged::{Settings, Summary, Work, broken, json, read};
use super::{file, judge, read_as};
use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::Refusal;
use contract::import::command::NewImport;
use contract::import::{ImportKind, ImportState};
use contract::workbook::ReadRefusal;
use domain::id::ImportId;
use domain::permission::Action;
use sha2::{Digest, Sha256};
use sheet::child::parent::read_in_child;
use sheet::child::{Request, Task};
use sheet::limits::Limits;
use sheet::mapping::Mapping;
use sheet::staged::Parsed;
use std::collections::HashMap;
use store::idempotency::Claim;
use store::import::batch::{self, Batch};
use store::import::row;

const ROUTE: &str = "import/upload";
/// Most characters kept of a file's name.
const NAME_MOST: usize = 200;

/// Takes a file in and begins to read it. The same key with the same file is the same import.
pub async fn upload(call: &Call, upload: NewImport) -> Outcome<ImportId> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_in(&call, upload).await }).await
}

async fn take_in(call: &Call, upload: NewImport) -> Outcome<ImportId> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let size = upload.bytes.len() as u64;
    let most = Limits::default().file_bytes;
    if size == 0 {
        return Err(Failure::Refused(Refusal::File { refusal: ReadRefusal::Empty }));
    }
    if size > most {
        return Err(Failure::Refused(Refusal::File {
            refusal: ReadRefusal::FileTooLarge { bytes: size, most },
        }));
    }
    let batch = Batch {
        id: ImportId::new(call.new_id()),
        file_name: plain_name(&upload.file_name),
        sha256: hex::encode(Sha256::digest(&upload.bytes)),
        size,
        state: ImportState::Reading,
        kind: ImportKind::Projects,
        plan_year: None,
        settings: json(&Settings::default())?,
        summary: json(&Summary::default())?,
        change_set: None,
        version: 1,
        created_at: call.now().timestamp_millis(),
        by: String::new(),
    };
    // The file is there before the row that speaks of it.
    file::keep(call.app(), batch.id, upload.bytes).await?;
    match enter(call, &permit, &batch, &upload.key).await {
        Ok(None) => {
            begin(call, batch.id, batch.version);
            Ok(batch.id)
        }
        Ok(Some(earlier)) => {
            file::remove(call.app(), batch.id).await?;
            Ok(earlier)
        }
        Err(failure) => {
            file::remove(call.app(), batch.id).await?;
            Err(failure)
        }
    }
}

/// Keeps the batch; an import that the same key made before is the answer instead.
async fn enter(
    call: &Call,
    permit: &domain::permission::Permit,
    batch: &Batch,
    key: &str,
) -> Outcome<Option<ImportId>> {
    let tx = call.begin().await?;
    let body = format!("{} {}", batch.sha256, batch.file_name);
    if let Claim::Done { answer } =
        store::idempotency::claim(&tx, permit, ROUTE, key, body.as_bytes()).await?
    {
        tx.rollback().await?;
        return answer.parse().map(Some).map_err(|_| broken("an answer that is no import"));
    }
    batch::insert(&tx, permit, &call.area(), batch).await?;
    store::idempotency::keep(&tx, permit, ROUTE, key, &batch.id.to_string()).await?;
    tx.commit().await?;
    Ok(None)
}

/// The last part of a path, as some browsers send one.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_MOST).collect()
}

/// Starts the reading of a batch that stands at `version` in the state of reading.
pub(super) fn begin(call: &Call, import: ImportId, version: i64) {
    let app = call.app().clone();
    let turn = version.unsigned_abs();
    app.jobs().announce(import, turn);
    let call = call.clone();
    let stop = app.background(async move {
        let _ended = Ended { app: call.app().clone(), import, turn };
        if let Err(failure) = read_and_stage(&call, import, version).await {
            tracing::error!(%import, %failure, "an import could not be staged");
        }
    });
    app.jobs().begun(import, stop);
}

/// Takes the job off the list however it ends.
struct Ended {
    app: App,
    import: ImportId,
    turn: u64,
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.app.jobs().end(self.import, self.turn);
    }
}

async fn read_and_stage(call: &Call, import: ImportId, version: i64) -> Outcome<()> {
    let batch = batch::load(&*call.read().await?, &call.scope(), call.user()?, import).await?;
    let settings: Settings = read(&batch.settings)?;
    let request = Request {
        path: file::path(call.app(), import),
        name: batch.file_name.clone(),
        mappings: mappings(call, &settings).await?,
        limits: Limits::default(),
        task: Task::Rows,
    };
    let jobs: &Jobs = call.app().jobs();
    let exe = call.app().reader()?;
    let parsed = read_in_child(&exe, request, |sheet, rows| jobs.tell(import, sheet, rows)).await;
    match parsed {
        Err(refusal) => fail(call, batch, version, refusal).await,
        Ok(parsed) => match stage(call, batch.clone(), version, settings, parsed).await {
            Err(failure @ (Failure::Stale(_) | Failure::NotFound)) => Err(failure),
            Err(failure) => {
                let refusal = ReadRefusal::ReaderFailed { detail: failure.to_string() };
                fail(call, batch, version, refusal).await?;
                Err(failure)
            }
            Ok(()) => Ok(()),
        },
    }
}

/// What the person said about sheets, and for all others what was remembered of headings.
async fn mappings(call: &Call, settings: &Settings) -> Outcome<Vec<Mapping>> {
    let synonyms = read_as::remembered(call).await?;
    let mut mappings = settings.mappings.clone();
    mappings.push(Mapping::default());
    mappings.iter_mut().for_each(|mapping| mapping.synonyms.clone_from(&synonyms));
    Ok(mappings)
}

async fn fail(call: &Call, mut batch: Batch, version: i64, refusal: ReadRefusal) -> Outcome<()> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let tx = call.begin().await?;
    batch.state = ImportState::Failed;
    batch.version = version;
    batch.summary = json(&Summary { refusal: Some(refusal), ..Summary::default() })?;
    batch::save(&tx, &permit, &batch, Some("failed")).await?;
    Ok(tx.commit().await?)
}

async fn stage(call: &Call, batch: Batch, version: i64, settings: Settings, parsed: Parsed) -> Outcome<()> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let conn = call.read().await?;
    let earlier = row::all(&conn, &batch).await?;
    let mut work = Work::fresh(batch, settings, parsed)?;
    if !earlier.is_empty() {
        // What the person mended and chose before the file was read anew stays.
        let mut earlier: HashMap<_, _> =
            earlier.into_iter().map(|line| ((line.sheet.clone(), line.row), line)).collect();
        for line in &mut work.lines {
            if let Some(old) = earlier.remove(&(line.sheet.clone(), line.row)) {
                (line.mends, line.choice) = (old.mends, old.choice);
            }
        }
        work.reread()?;
    }
    judge::judge(call, &conn, &mut work).await?;
    drop(conn);
    let tx = call.begin().await?;
    work.batch.state = ImportState::Staged;
    work.batch.version = version;
    work.batch.summary = json(&work.summary)?;
    batch::save(&tx, &permit, &work.batch, None).await?;
    row::replace(&tx, &permit, work.batch.id, work.lines).await?;
    Ok(tx.commit().await?)
}
