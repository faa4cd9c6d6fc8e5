//! A book of funds on its way into the ledger: read in a process of its own, judged, staged as one batch by its maker,
//! written by a second person, taken back by a batch of reversals.

mod judge;
mod write;

use super::view::instant;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::{ledger, once, table};
use contract::error::{FieldFault, Refusal};
use contract::ledger::Sums;
use contract::ledger::batch::{
    BatchKind, BatchState, BatchView, BatchesView, LineCounts, LineFinding, PreviewView,
};
use contract::ledger::command::{BatchQuery, BatchStep, LedgerFile, LedgerQuery};
use domain::id::BatchId;
use domain::ledger::Signed;
use domain::permission::Action;
use judge::Judged;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sheet::limits::Limits;
use store::ledger::batch::{self, Batch};

const IMPORT: &str = "ledger/import";
const APPROVE: &str = "ledger/approve_batch";
const UNDO: &str = "ledger/undo_batch";
const RETURN: &str = "ledger/return_batch";
/// Batches shown at once.
const SHOWN: u32 = 50;
/// Findings kept with a batch.
const FINDINGS: usize = 300;
/// Most characters kept of a file's name.
const NAME_MOST: usize = 200;

/// What is kept of a batch as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Summary {
    counts: LineCounts,
    totals: Sums,
    findings: Vec<LineFinding>,
    more_findings: u32,
}

/// Bounds of a book of funds, below those of a list.
pub(super) fn limits() -> Limits {
    Limits {
        cells: 1_000_000,
        rows: 50_000,
        columns: 40,
        cell_chars: 2_000,
        seconds: 30,
        ..Limits::default()
    }
}

/// Reads and judges a file; keeps nothing.
pub async fn preview(call: &Call, file: LedgerFile) -> Outcome<PreviewView> {
    call.permit(Action::ImportMoney, &call.area())?;
    let file_name = plain_name(&file.file_name);
    let (judged, _) = read(call, &file_name, file.bytes).await?;
    let sheets = judged.sheets.clone();
    let summary = Summary::of(&judged);
    Ok(PreviewView {
        file_name,
        sheets,
        counts: summary.counts,
        totals: summary.totals,
        findings: summary.findings,
        more_findings: summary.more_findings,
        may: call.abilities(&call.area()),
    })
}

/// Stages the new lines of a file as one batch of this person. The same key is the same batch.
pub async fn stage(call: &Call, file: LedgerFile) -> Outcome<BatchView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_in(&call, file).await }).await
}

/// Writes a batch that somebody else made.
pub async fn approve(call: &Call, step: BatchStep) -> Outcome<BatchView> {
    let call = call.clone();
    call.app().clone().see_through(async move { enter(&call, step).await }).await
}

/// Sends a batch that somebody else made back to him, with the reason.
pub async fn give_back(call: &Call, step: BatchStep) -> Outcome<BatchView> {
    let call = call.clone();
    call.app().clone().see_through(async move { refuse(&call, step).await }).await
}

/// Stages the reversals of a batch that was written; they are approved like any batch.
pub async fn undo(call: &Call, step: BatchStep) -> Outcome<BatchView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_back(&call, step).await }).await
}

/// Batches of the person's area.
pub async fn batches(call: &Call, (): ()) -> Outcome<BatchesView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let found = batch::list(&conn, &scope, SHOWN).await?;
    drop(conn);
    let rows = found.into_iter().map(|batch| {
        let view = view(call, batch)?;
        Ok(BatchView { findings: Vec::new(), ..view })
    });
    Ok(BatchesView {
        rows: rows.collect::<Outcome<_>>()?,
        totals: ledger::totals(call, LedgerQuery::default()).await?,
        key: call.new_id().to_string(),
        may: call.abilities(&call.area()),
    })
}

/// One batch with its findings.
pub async fn one(call: &Call, query: BatchQuery) -> Outcome<BatchView> {
    let conn = call.read().await?;
    let found = batch::load(&conn, &call.scope(), query.batch).await?;
    call.permit(Action::ViewMoney, &found.area)?;
    view(call, found)
}

async fn read(call: &Call, name: &str, bytes: Vec<u8>) -> Outcome<(Judged, Vec<String>)> {
    let sheets = table::sheets(call.app(), name, bytes, limits()).await?;
    let book = sheet::ledger::read(&sheets);
    let conn = call.read().await?;
    let names = sheets.into_iter().filter(|sheet| !sheet.hidden).map(|sheet| sheet.sheet).collect();
    Ok((judge::judge(&conn, call, book).await?, names))
}

async fn take_in(call: &Call, file: LedgerFile) -> Outcome<BatchView> {
    let area = call.area();
    let permit = call.permit(Action::ImportMoney, &area)?;
    let maker = call.user()?;
    let file_name = plain_name(&file.file_name);
    let sha256 = hex::encode(Sha256::digest(&file.bytes));
    let body = (file_name.clone(), sha256.clone());
    let (judged, sheets) = read(call, &file_name, file.bytes).await?;
    // A batch without a line would wait for a second person who has nothing to decide.
    if judged.sheets.is_empty() {
        return Err(Failure::Refused(Refusal::NoLedgerSheet { sheets }));
    }
    let tx = call.begin().await?;
    if let Some(batch) = once::before::<BatchId>(&tx, &permit, IMPORT, &file.key, &body).await? {
        tx.rollback().await?;
        return one(call, BatchQuery { batch }).await;
    }
    let found = Batch {
        id: BatchId::new(call.new_id()),
        kind: BatchKind::Import,
        state: BatchState::Staged,
        area,
        file_name,
        sha256,
        summary: json(&Summary::of(&judged))?,
        undoes: None,
        undo: None,
        maker,
        maker_name: String::new(),
        checker: None,
        checker_name: None,
        reason: None,
        version: 1,
        created_at: tx.at(),
    };
    let lines = judged.lines.into_iter().map(judge::staged).collect::<Outcome<Vec<_>>>()?;
    batch::insert(&tx, &permit, &found, lines).await?;
    once::settle(tx, &permit, IMPORT, &file.key, found.id).await?;
    one(call, BatchQuery { batch: found.id }).await
}

async fn enter(call: &Call, step: BatchStep) -> Outcome<BatchView> {
    call.permit(Action::ApproveMoney, &call.area())?;
    let query = BatchQuery { batch: step.batch };
    let tx = call.begin().await?;
    let mut found = batch::load_for_update(&tx, &call.scope(), step.batch).await?;
    let permit = call.permit(Action::ApproveMoney, &found.area)?;
    if once::before::<BatchId>(&tx, &permit, APPROVE, &step.key, &step).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    staged_at(&found, step.version)?;
    let checker = call.user()?;
    let signed = Signed::new(found.maker, checker)?;
    let mut summary: Summary = parse(&found.summary)?;
    let (written, known) = match found.kind {
        BatchKind::Import => write::lines(call, &tx, &permit, &found, signed).await?,
        BatchKind::Undo => (write::reversals(call, &tx, &permit, &found, signed).await?, 0),
    };
    // Between staging and approval other entries may have come: the counts say what was done.
    summary.counts.new = written;
    summary.counts.known += known;
    found.summary = json(&summary)?;
    found.state = BatchState::Approved;
    found.checker = Some(checker);
    batch::decide(&tx, &permit, &found).await?;
    once::settle(tx, &permit, APPROVE, &step.key, found.id).await?;
    one(call, query).await
}

async fn refuse(call: &Call, step: BatchStep) -> Outcome<BatchView> {
    call.permit(Action::ApproveMoney, &call.area())?;
    let query = BatchQuery { batch: step.batch };
    let tx = call.begin().await?;
    let mut found = batch::load_for_update(&tx, &call.scope(), step.batch).await?;
    let permit = call.permit(Action::ApproveMoney, &found.area)?;
    if once::before::<BatchId>(&tx, &permit, RETURN, &step.key, &step).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    staged_at(&found, step.version)?;
    let checker = call.user()?;
    Signed::new(found.maker, checker)?;
    if step.reason.is_empty() {
        return Err(Failure::field("reason", FieldFault::Missing));
    }
    (found.state, found.checker, found.reason) =
        (BatchState::Returned, Some(checker), Some(step.reason.clone()));
    batch::decide(&tx, &permit, &found).await?;
    once::settle(tx, &permit, RETURN, &step.key, found.id).await?;
    one(call, query).await
}

async fn take_back(call: &Call, step: BatchStep) -> Outcome<BatchView> {
    call.permit(Action::ImportMoney, &call.area())?;
    let tx = call.begin().await?;
    let found = batch::load_for_update(&tx, &call.scope(), step.batch).await?;
    let permit = call.permit(Action::ImportMoney, &found.area)?;
    if let Some(batch) = once::before::<BatchId>(&tx, &permit, UNDO, &step.key, &step).await? {
        tx.rollback().await?;
        return one(call, BatchQuery { batch }).await;
    }
    if found.version != step.version {
        return Err(Failure::Stale(Vec::new()));
    }
    if step.reason.is_empty() {
        return Err(Failure::field("reason", FieldFault::Missing));
    }
    if found.kind != BatchKind::Import || found.state != BatchState::Approved || found.undo.is_some() {
        return Err(Failure::Refused(Refusal::BatchNotReady));
    }
    let standing = write::standing(&tx, call, found.id).await?;
    let counts = LineCounts { new: count(standing.len()), ..LineCounts::default() };
    let totals = write::taken_back(&standing);
    let undo = Batch {
        id: BatchId::new(call.new_id()),
        kind: BatchKind::Undo,
        state: BatchState::Staged,
        summary: json(&Summary { counts, totals, ..Summary::default() })?,
        undoes: Some(found.id),
        maker: call.user()?,
        checker: None,
        reason: Some(step.reason.clone()),
        version: 1,
        created_at: tx.at(),
        ..found
    };
    batch::insert(&tx, &permit, &undo, Vec::new()).await?;
    once::settle(tx, &permit, UNDO, &step.key, undo.id).await?;
    one(call, BatchQuery { batch: undo.id }).await
}

fn staged_at(found: &Batch, version: i64) -> Outcome<()> {
    if found.version != version {
        return Err(Failure::Stale(Vec::new()));
    }
    match found.state {
        BatchState::Staged => Ok(()),
        BatchState::Approved | BatchState::Returned | BatchState::Undone => {
            Err(Failure::Refused(Refusal::BatchNotReady))
        }
    }
}

fn view(call: &Call, found: Batch) -> Outcome<BatchView> {
    let summary: Summary = parse(&found.summary)?;
    Ok(BatchView {
        batch: found.id,
        version: found.version,
        kind: found.kind,
        state: found.state,
        file_name: found.file_name,
        counts: summary.counts,
        totals: summary.totals,
        findings: summary.findings,
        more_findings: summary.more_findings,
        undoes: found.undoes,
        undo: found.undo,
        maker: found.maker_name,
        checker: found.checker_name,
        reason: found.reason,
        own: call.actor().user() == Some(found.maker),
        created: instant(found.created_at),
        key: call.new_id().to_string(),
        may: call.abilities(&found.area),
    })
}

impl Summary {
    fn of(judged: &Judged) -> Summary {
        let mut findings = judged.findings.clone();
        findings.sort_by_key(|finding| finding.severity);
        let more_findings = count(findings.len().saturating_sub(FINDINGS));
        findings.truncate(FINDINGS);
        Summary { counts: judged.counts, totals: judged.totals, findings, more_findings }
    }
}

/// The last part of a path, as some browsers send one.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_MOST).collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn json<T: Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(|fault| Failure::Unexpected(format!("ledger batch: {fault}")))
}

fn parse<T: DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_str(text).map_err(|fault| Failure::Unexpected(format!("ledger batch: {fault}")))
}
