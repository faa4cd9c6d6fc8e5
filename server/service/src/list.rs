//! The three lists: a page of them, changes in the grid, moves between them. Knows no SQL and no layout.

pub mod feed;
pub(crate) mod query;
pub(crate) mod row;
pub mod saved;

pub(crate) mod total;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::{FieldFault, Refusal, StaleField};
use contract::list::saved::SavedView;
use contract::list::{
    CellEdit, EditCells, EditedView, GridColumn, GridSettings, GridSettingsView, ListQuery, ListView,
    MoveProjects, MovedView, SumsView,
};
use domain::id::{ChangeSetId, ProjectId};
use domain::list::needs_reason;
use domain::period::FiscalYear;
use domain::permission::{Action, Permit};
use domain::project::{Field, Value};
use std::collections::{BTreeMap, BTreeSet};
use store::history::{NewSet, SetKind};
use store::idempotency::Claim;
use store::project::Project;
use store::project::totals::are_quick;
use store::project::write::{Edit, update_many};
use store::{Conn, Tx};

const SETTINGS_KEY: &str = "grid.list";

/// The plan year at hand: the business year in China.
pub(crate) fn plan_year(call: &Call) -> Outcome<FiscalYear> {
    FiscalYear::of(call.today()).ok_or_else(|| Failure::Unexpected("the clock is outside 1990-2099".into()))
}

/// One page of a list; what is added up over the whole filter comes with it when that is quick.
pub async fn page(call: &Call, query: ListQuery) -> Outcome<ListView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewProjects, scope.area())?;
    let areas = store::area::all(&conn, &scope).await?;
    let filter = query::filter(call, &query, &areas)?;
    let (settings, views) = own(call, &conn).await?;
    let names = row::names(&areas);
    let quick = query.sums_now || !query.groups.is_empty() || are_quick(&conn, &scope, &filter).await?;
    let sums = if quick { Some(total::sums(&conn, &scope, &filter, &query, &names).await?) } else { None };
    let shown = query::rows(&conn, &scope, &query, &filter).await?;
    Ok(ListView {
        plan_year: filter.plan_year,
        sums,
        rows: row::views(call, &conn, &names, shown.rows, &settings.shown()).await?,
        first: shown.first,
        previous: shown.previous,
        next: shown.next,
        settings,
        views,
        areas: query::choices(&areas, scope.area().codes().len()),
        key: call.new_id().simple().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// What is added up over a whole filter, for pages that came without it.
pub async fn sums(call: &Call, query: ListQuery) -> Outcome<SumsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewProjects, scope.area())?;
    let areas = store::area::all(&conn, &scope).await?;
    let filter = query::filter(call, &query, &areas)?;
    total::sums(&conn, &scope, &filter, &query, &row::names(&areas)).await
}

/// Changes cells: one change-set, all or nothing. Whoever saw an older version is told both values.
pub async fn edit_cells(call: &Call, command: EditCells) -> Outcome<EditedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { edit(&call, command).await }).await
}

/// Moves projects between the lists of the plan year; skipping a list or stepping back needs a reason.
pub async fn move_projects(call: &Call, command: MoveProjects) -> Outcome<MovedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { relocate(&call, command).await }).await
}

/// The own settings, with the year whose columns there are.
pub async fn settings_view(call: &Call, (): ()) -> Outcome<GridSettingsView> {
    let conn = call.read().await?;
    Ok(GridSettingsView { settings: settings(call, &conn).await?, plan_year: plan_year(call)? })
}

/// Keeps columns and density with the account.
pub async fn save_settings(call: &Call, command: GridSettings) -> Outcome<()> {
    let text = serde_json::to_string(&command).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    crate::account::set_preference(call, SETTINGS_KEY, &text).await
}

/// Settings and named views together, since every page of a list asks for both.
async fn own(call: &Call, conn: &Conn) -> Outcome<(GridSettings, Vec<SavedView>)> {
    let Some(user) = call.actor().user() else { return Ok(<_>::default()) };
    let mut kept = store::preference::load_many(conn, user, &[SETTINGS_KEY, saved::VIEWS_KEY]).await?;
    let settings = kept.remove(SETTINGS_KEY).and_then(|text| serde_json::from_str(&text).ok());
    let views = saved::read(kept.remove(saved::VIEWS_KEY).as_deref());
    Ok((settings.unwrap_or_default(), views))
}

/// A setting that an older version wrote and this one cannot read counts as none.
pub(crate) async fn settings(call: &Call, conn: &Conn) -> Outcome<GridSettings> {
    let Some(user) = call.actor().user() else { return Ok(GridSettings::default()) };
    let kept = store::preference::load(conn, user, SETTINGS_KEY).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

async fn edit(call: &Call, command: EditCells) -> Outcome<EditedView> {
    let route = "list/edit_cells";
    let year = plan_year(call)?;
    let permit = call.permit(Action::EditProject, &call.area())?;
    let asked: BTreeMap<ProjectId, i64> =
        command.cells.iter().map(|cell| (cell.project, cell.version)).collect();
    let ids: Vec<ProjectId> = asked.keys().copied().collect();
    let tx = call.begin().await?;
    if claim(&tx, &permit, route, &command.key, &command).await? {
        let mut edits = load(&tx, call, &ids, year).await?;
        let theirs = merge(&tx, call, &edits, &command.cells).await?;
        for (at, cell) in command.cells.iter().enumerate() {
            let edit = edits.get_mut(&cell.project).ok_or(Failure::NotFound)?;
            if !theirs.contains(&(cell.project, cell.field)) {
                edit.after
                    .set(cell.field, cell.value.clone())
                    .map_err(|_| Failure::field(&format!("cells.{at}"), FieldFault::Wrong))?;
            }
        }
        let edits: Vec<Edit> = edits.into_values().collect();
        let kind = if command.cells.len() == 1 { SetKind::Edit } else { SetKind::Bulk };
        let set = open_set(&tx, call, &permit, kind, None).await?;
        update_many(&tx, &permit, set, year, &edits, None).await?;
        store::idempotency::keep(&tx, &permit, route, &command.key, "{}").await?;
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    let conn = call.read().await?;
    let settings = settings(call, &conn).await?;
    let mut columns = settings.shown();
    columns.extend(command.cells.iter().map(|cell| GridColumn::Field(cell.field)));
    let names = row::names(&store::area::all(&conn, &call.scope()).await?);
    let projects = store::project::load_many(&conn, &call.scope(), &ids, year).await?;
    Ok(EditedView { rows: row::views(call, &conn, &names, projects, &columns).await? })
}

/// Cells of rows that somebody else changed meanwhile and that stay as they stand now, because only the other person
/// changed them. A cell that both changed stops the whole command; one that only this person changed is written.
async fn merge(
    tx: &Tx,
    call: &Call,
    edits: &BTreeMap<ProjectId, Edit>,
    cells: &[CellEdit],
) -> Outcome<BTreeSet<(ProjectId, Field)>> {
    let (mut met, mut theirs) = (Vec::new(), BTreeSet::new());
    for (&project, edit) in edits {
        let own = move || cells.iter().filter(move |cell| cell.project == project);
        let Some(seen) = own().map(|cell| cell.version).min().filter(|seen| *seen != edit.before.version)
        else {
            continue;
        };
        let yours: Vec<_> = own().map(|cell| (cell.field, cell.value.clone())).collect();
        let changed = crate::project::merge::conflicts(tx, call, &edit.before, seen, &yours).await?;
        let is_changed = |field: Field| changed.iter().any(|conflict| conflict.field == field.key());
        theirs.extend(
            yours.iter().filter(|(field, _)| !is_changed(*field)).map(|(field, _)| (project, *field)),
        );
        met.extend(changed.into_iter().filter(|conflict| !conflict.only_yours));
    }
    if met.is_empty() { Ok(theirs) } else { Err(Failure::Stale(met)) }
}

async fn relocate(call: &Call, command: MoveProjects) -> Outcome<MovedView> {
    let route = "list/move_projects";
    let year = plan_year(call)?;
    let permit = call.permit(Action::MoveBetweenLists, &call.area())?;
    let ids: Vec<ProjectId> = command.projects.iter().map(|(project, _)| *project).collect();
    let tx = call.begin().await?;
    if !claim(&tx, &permit, route, &command.key, &command).await? {
        tx.rollback().await?;
        return Ok(MovedView { projects: u32::try_from(ids.len()).unwrap_or(u32::MAX) });
    }
    let mut edits = load(&tx, call, &ids, year).await?;
    let mut conflicts = Vec::new();
    let to = command.to.map(Value::Horizon);
    for (project, version) in &command.projects {
        let edit = edits.get_mut(project).ok_or(Failure::NotFound)?;
        if edit.before.version != *version {
            conflicts.push(conflict(&edit.before, Field::Horizon, to.as_ref()));
        }
        let from = edit.before.facts.horizon;
        if from != command.to && command.reason.is_none() && needs_reason(from, command.to) {
            return Err(Failure::Refused(Refusal::ReasonNeeded));
        }
        edit.after.horizon = command.to;
    }
    if !conflicts.is_empty() {
        return Err(Failure::Stale(conflicts));
    }
    let edits: Vec<Edit> = edits.into_values().collect();
    let set = open_set(&tx, call, &permit, SetKind::Move, command.reason.clone()).await?;
    update_many(&tx, &permit, set, year, &edits, command.reason.as_deref()).await?;
    store::idempotency::keep(&tx, &permit, route, &command.key, "{}").await?;
    tx.commit().await?;
    Ok(MovedView { projects: u32::try_from(edits.len()).unwrap_or(u32::MAX) })
}

/// True when the command is new; false when it was carried out before under the same key.
pub(crate) async fn claim(
    tx: &Tx,
    permit: &Permit,
    route: &str,
    key: &str,
    command: &(impl std::fmt::Debug + Sync),
) -> Outcome<bool> {
    let body = format!("{command:?}");
    Ok(store::idempotency::claim(tx, permit, route, key, body.as_bytes()).await? == Claim::Fresh)
}

/// Locks projects and holds each beside what it becomes.
async fn load(
    tx: &Tx,
    call: &Call,
    ids: &[ProjectId],
    year: FiscalYear,
) -> Outcome<BTreeMap<ProjectId, Edit>> {
    let found = store::project::load_many_for_update(tx, &call.scope(), ids, year).await?;
    Ok(found.into_iter().map(|before| (before.id, Edit { after: before.facts.clone(), before })).collect())
}

pub(crate) async fn open_set(
    tx: &Tx,
    call: &Call,
    permit: &Permit,
    kind: SetKind,
    note: Option<String>,
) -> Outcome<ChangeSetId> {
    let set = NewSet { id: ChangeSetId::new(call.new_id()), kind, batch: None, note, undoes: None };
    store::history::open(tx, permit, &set).await?;
    Ok(set.id)
}

/// Both values of a cell that two people changed.
pub(crate) fn conflict(theirs: &Project, field: Field, yours: Option<&Value>) -> StaleField {
    StaleField {
        field: field.key(),
        yours: yours.map(Value::canonical),
        theirs: theirs.facts.get(field).map(|value| value.canonical()),
        only_yours: false,
    }
}
