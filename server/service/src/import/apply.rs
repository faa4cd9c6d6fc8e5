//! A staged import goes in: one key, one transaction, one change-set; the permission is read and the rows are compared
//! once more inside it.

use super::staged::{Work, is_open};
use super::view::view;
use super::{judge, site, write};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::{FieldFault, Refusal};
use contract::import::command::Step;
use contract::import::{Counts, ImportKind, ImportState, ImportView};
use domain::id::ImportId;
use domain::permission::{Action, Permit};
use store::Tx;
use store::import::{batch, done, row};

const ROUTE: &str = "import/commit_staged";

/// Writes new and changed rows. Rows that cannot go in hold everything back unless the person leaves them out;
/// a conflict that nobody chose in is never overwritten.
pub async fn commit(call: &Call, step: Step) -> Outcome<ImportView> {
    let call = call.clone();
    call.app().clone().see_through(async move { apply(&call, step).await }).await
}

async fn apply(call: &Call, step: Step) -> Outcome<ImportView> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let user = call.user()?;
    // Reading the staged rows takes longer than writing them, and needs no turn of the writer.
    let conn = call.read().await?;
    let staged = batch::load(&conn, &call.scope(), user, step.import).await?;
    let work = Work::open(staged.clone(), row::all(&conn, &staged).await?)?;
    drop(conn);
    let tx = call.begin().await?;
    let locked = batch::load_for_update(&tx, &call.scope(), user, step.import).await?;
    if !claim(&tx, &permit, ROUTE, &step.key, &step).await? {
        tx.rollback().await?;
        return view(call, step.import).await;
    }
    is_open(&locked, step.version)?;
    is_open(&staged, step.version)?;
    if locked.state != ImportState::Staged {
        return Err(Failure::Refused(Refusal::ImportNotReady));
    }
    let counts = match work.batch.kind {
        ImportKind::Projects => projects(call, &tx, &permit, work, step.skip_faulty).await?,
        ImportKind::Sites => site::apply(call, &tx, &permit, work, step.skip_faulty).await?,
    };
    if counts.open() > 0 && !step.skip_faulty {
        tx.rollback().await?;
        restage(call, step.import, &counts).await?;
        return Err(Failure::Refused(Refusal::ErrorsLeft { rows: counts.open() }));
    }
    store::idempotency::keep(&tx, &permit, ROUTE, &step.key, &step.import.to_string()).await?;
    tx.commit().await?;
    view(call, step.import).await
}

/// Compares and, unless rows hold it back, writes; tells the rows by outcome.
async fn projects(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    mut work: Work,
    skip_faulty: bool,
) -> Outcome<Counts> {
    let year = work.plan_year().ok_or_else(|| Failure::field("plan_year", FieldFault::Missing))?;
    let comparison = judge::projects(call, tx, &work, year).await?;
    let counts = comparison.counts();
    if counts.open() > 0 && !skip_faulty {
        return Ok(counts);
    }
    let before = work.lines.clone();
    judge::note(call, tx, &mut work, &comparison).await?;
    if counts.ready() > 0 {
        let (set, rows) = write(call, tx, permit, &comparison, Some(work.batch.id)).await?;
        done::insert(tx, permit, work.batch.id, rows).await?;
        work.batch.change_set = Some(set);
    }
    committed(tx, permit, &mut work, &before, &counts).await?;
    Ok(counts)
}

/// Closes the batch.
pub(super) async fn committed(
    tx: &Tx,
    permit: &Permit,
    work: &mut Work,
    before: &[row::StagedLine],
    counts: &Counts,
) -> Outcome<()> {
    work.batch.state = ImportState::Committed;
    let act = format!("committed new={} changed={}", counts.new, counts.changed);
    judge::save(tx, permit, work, before, Some(&act)).await
}

/// Something changed since the person saw the comparison: the batch shows it now.
async fn restage(call: &Call, import: ImportId, found: &Counts) -> Outcome<()> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let tx = call.begin().await?;
    let batch = batch::load_for_update(&tx, &call.scope(), call.user()?, import).await?;
    let before = row::all(&tx, &batch).await?;
    let mut work = Work::open(batch, before.clone())?;
    if work.batch.state != ImportState::Staged || work.summary.counts == *found {
        return Ok(tx.rollback().await?);
    }
    judge::judge(call, &tx, &mut work).await?;
    judge::save(&tx, &permit, &mut work, &before, None).await?;
    Ok(tx.commit().await?)
}
