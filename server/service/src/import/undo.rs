//! An import taken back: as a whole until one of its rows was changed again or made a project that the ledger speaks of,
//! afterwards row by row. The undo is a change-set too.

use super::RowPlace;
use super::staged::{broken, same_version};
use super::view::view;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::Refusal;
use contract::import::command::Step;
use contract::import::{ImportKind, ImportState, ImportView};
use domain::id::{ChangeSetId, ImportId, ProjectId};
use domain::period::FiscalYear;
use domain::permission::{Action, Permit};
use std::collections::BTreeMap;
use store::history::{Effect, NewSet, SetKind, Touched};
use store::import::batch::Batch;
use store::import::done::{self, Done};
use store::project::Project;
use store::project::write::{Edit, remove_many, update_many};
use store::{Conn, Tx};

const ROUTE: &str = "import/undo";
/// Projects named in a refusal.
const NAMED: usize = 5;

/// Takes a set back as a whole, as a set of its own; refused when one of its rows was changed since.
pub async fn set(call: &Call, set: ChangeSetId, plan_year: FiscalYear) -> Outcome<ChangeSetId> {
    let call = call.clone();
    call.app().clone().see_through(async move { undo_set(&call, set, plan_year).await }).await
}

/// Takes back an import of the wizard, or one row of it.
pub async fn staged(call: &Call, step: Step) -> Outcome<ImportView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_back(&call, step).await }).await
}

async fn undo_set(call: &Call, set: ChangeSetId, year: FiscalYear) -> Outcome<ChangeSetId> {
    let permit = call.permit(Action::UndoImport, &call.area())?;
    let tx = call.begin().await?;
    let touched = store::history::of_set(&tx, set).await?;
    if touched.is_empty() {
        return Err(Failure::NotFound);
    }
    let undo = open(call, &tx, &permit, None, Some(set)).await?;
    revert(call, &tx, &permit, undo, year, &touched).await?;
    tx.commit().await?;
    Ok(undo)
}

async fn take_back(call: &Call, step: Step) -> Outcome<ImportView> {
    let permit = call.permit(Action::UndoImport, &call.area())?;
    let user = call.user()?;
    let tx = call.begin().await?;
    let mut batch = store::import::batch::load_for_update(&tx, &call.scope(), user, step.import).await?;
    if !claim(&tx, &permit, ROUTE, &step.key, &step).await? {
        tx.rollback().await?;
        return view(call, step.import).await;
    }
    same_version(&batch, step.version)?;
    let set = match (batch.state, batch.change_set) {
        (ImportState::Committed, Some(set)) => set,
        (_, _) => return Err(Failure::Refused(Refusal::ImportNotReady)),
    };
    let all = done::all(&tx, &batch).await?;
    let (rows, left) = chosen(all, step.row.as_ref())?;
    if let Some(refusal) = barred(call, &tx, &rows).await? {
        return Err(Failure::Refused(refusal));
    }
    let undoes = (step.row.is_none()).then_some(set);
    let undo = open(call, &tx, &permit, Some(batch.id), undoes).await?;
    match batch.kind {
        ImportKind::Projects => {
            let touched = touched(&tx, set, &rows).await?;
            let year = batch.plan_year.ok_or_else(|| broken("no plan year"))?;
            revert(call, &tx, &permit, undo, year, &touched).await?;
        }
        ImportKind::Sites => super::site::revert(call, &tx, &permit, &rows).await?,
    }
    done::undo(&tx, &permit, batch.id, undo, &rows).await?;
    if left == 0 {
        batch.state = ImportState::Undone;
    }
    let act = format!("undone rows={}", rows.len());
    store::import::batch::save(&tx, &permit, &batch, Some(&act)).await?;
    store::idempotency::keep(&tx, &permit, ROUTE, &step.key, &undo.to_string()).await?;
    tx.commit().await?;
    view(call, step.import).await
}

/// The rows to take back, and how many stay in.
fn chosen(all: Vec<Done>, row: Option<&RowPlace>) -> Outcome<(Vec<Done>, usize)> {
    let standing: Vec<Done> = all.into_iter().filter(|done| !done.undone).collect();
    let count = standing.len();
    let rows: Vec<Done> = match row {
        None => standing,
        Some((sheet, row)) => {
            standing.into_iter().filter(|done| done.sheet == *sheet && done.row == *row).collect()
        }
    };
    if rows.is_empty() {
        return Err(Failure::NotFound);
    }
    let left = count - rows.len();
    Ok((rows, left))
}

/// Why these rows cannot be taken back together.
async fn barred(call: &Call, conn: &Conn, rows: &[Done]) -> Outcome<Option<Refusal>> {
    let spoken_of = rows.iter().filter(|done| done.has_money);
    let spoken_of: Vec<ProjectId> = spoken_of.filter_map(|done| done.object.parse().ok()).collect();
    if !spoken_of.is_empty() {
        let first = &spoken_of[..spoken_of.len().min(NAMED)];
        let first = store::ledger::project::by_ids(conn, &call.scope(), first).await?;
        let first = first.into_iter().map(|named| (named.number, named.name)).collect();
        return Ok(Some(Refusal::MoneyStands { projects: size(spoken_of.len()), first }));
    }
    let changed = rows.iter().filter(|done| !done.untouched).count();
    Ok((changed > 0).then(|| Refusal::ChangedSince { rows: size(changed) }))
}

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

async fn open(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    batch: Option<ImportId>,
    undoes: Option<ChangeSetId>,
) -> Outcome<ChangeSetId> {
    let id = ChangeSetId::new(call.new_id());
    store::history::open(tx, permit, &NewSet { id, kind: SetKind::Undo, batch, note: None, undoes }).await?;
    Ok(id)
}

/// The parts of the set that these rows made.
async fn touched(tx: &Tx, set: ChangeSetId, rows: &[Done]) -> Outcome<Vec<Touched>> {
    let mut parts: BTreeMap<String, Touched> = store::history::of_set(tx, set)
        .await?
        .into_iter()
        .map(|part| (part.project.to_string(), part))
        .collect();
    rows.iter().map(|row| parts.remove(&row.object).ok_or(Failure::NotFound)).collect()
}

/// Removes what the set made and puts back what it changed.
async fn revert(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    undo: ChangeSetId,
    year: FiscalYear,
    touched: &[Touched],
) -> Outcome<()> {
    let ids: Vec<ProjectId> = touched.iter().map(|part| part.project).collect();
    let found = store::project::load_many_for_update(tx, &call.scope(), &ids, year).await?;
    let mut found: BTreeMap<ProjectId, Project> =
        found.into_iter().map(|project| (project.id, project)).collect();
    let (mut removed, mut edits) = (Vec::new(), Vec::new());
    for part in touched {
        let project = found.remove(&part.project).ok_or(Failure::NotFound)?;
        if project.version != part.version_after {
            return Err(Failure::Refused(Refusal::ChangedSince { rows: 1 }));
        }
        match part.effect {
            Effect::Created => removed.push(project),
            Effect::Changed => {
                let mut after = project.facts.clone();
                for change in &part.changes {
                    let put = after.set(change.field, change.old.clone());
                    put.map_err(|fault| Failure::Unexpected(fault.to_string()))?;
                }
                edits.push(Edit { before: project, after });
            }
            Effect::Removed => return Err(Failure::NotFound),
        }
    }
    spare_money(tx, &removed).await?;
    remove_many(tx, permit, undo, &removed).await?;
    update_many(tx, permit, undo, year, &edits, None).await?;
    Ok(())
}

/// What the ledger speaks of stays: its entries would point at nothing. The projects are locked, so that none of them comes
/// to money meanwhile.
pub(crate) async fn spare_money(tx: &Tx, removed: &[Project]) -> Outcome<()> {
    let gone: Vec<ProjectId> = removed.iter().map(|project| project.id).collect();
    let with_money = store::ledger::project::with_money(tx, &gone).await?;
    if with_money.is_empty() {
        return Ok(());
    }
    let named = removed.iter().filter(|project| with_money.contains(&project.id));
    let mut first: Vec<(i64, String)> =
        named.map(|project| (project.number, project.facts.name.clone())).collect();
    first.sort_unstable();
    first.truncate(NAMED);
    Err(Failure::Refused(Refusal::MoneyStands { projects: size(with_money.len()), first }))
}

/// How many rows that went in stay in, and why not all of them can be taken back together.
pub(super) async fn kept_back(call: &Call, conn: &Conn, batch: &Batch) -> Outcome<(u32, Option<Refusal>)> {
    let mut standing = done::all(conn, batch).await?;
    standing.retain(|done| !done.undone);
    let kept = standing.iter().filter(|done| !done.untouched || done.has_money).count();
    Ok((size(kept), barred(call, conn, &standing).await?))
}
