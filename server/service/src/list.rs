//! The three lists: a page of them, changes in the grid, moves between them. Knows no SQL and no layout.

pub mod feed;
pub(crate) mod row;

mod total;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::{FieldFault, Refusal, StaleField};
use contract::list::{
    AreaChoice, EditCells, EditedView, GridColumn, GridSettings, ListKind, ListQuery, ListView, MoveProjects,
    MovedView, Tabs,
};
use domain::id::{ChangeSetId, ProjectId};
use domain::list::needs_reason;
use domain::period::{FiscalYear, Horizon};
use domain::permission::{Action, Permit};
use domain::project::{Field, Value};
use std::collections::BTreeMap;
use store::area::Area;
use store::history::{NewSet, SetKind};
use store::idempotency::Claim;
use store::page::Cursor;
use store::project::Project;
use store::project::filter::{Filter, Range, Standing};
use store::project::page::{Sort, Start, Window, window};
use store::project::totals::{by_list, totals};
use store::project::write::{Edit, update_many};
use store::{Conn, Tx};

/// Rows of one page.
const ROWS: u64 = 100;
/// Levels of areas, counted from the person's own, that are offered to filter by.
const AREA_LEVELS: usize = 2;
const SETTINGS_KEY: &str = "grid.list";

/// The plan year at hand: the business year in China.
pub(crate) fn plan_year(call: &Call) -> Outcome<FiscalYear> {
    FiscalYear::of(call.today()).ok_or_else(|| Failure::Unexpected("the clock is outside 1990-2099".into()))
}

/// One page of a list, with tabs, totals of the whole filter and subtotals.
pub async fn page(call: &Call, query: ListQuery) -> Outcome<ListView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let permit = call.permit(Action::ViewProjects, scope.area())?;
    let areas = store::area::all(&conn, &scope).await?;
    let filter = filter_of(&query, plan_year(call)?, &areas)?;
    let settings = settings(call, &conn).await?;
    let (first, shown) = rows_of(&conn, &permit, &query, &filter).await?;
    let next = shown.last.as_ref().filter(|_| shown.more_after);
    let next = next.map(|cursor| token(first + shown.rows.len() as u64, '.', cursor));
    let previous = shown.first.as_ref().filter(|_| first > 1).map(|cursor| token(first, '-', cursor));
    let names = row::names(&areas);
    Ok(ListView {
        plan_year: filter.plan_year,
        tabs: tabs(&conn, call, &filter).await?,
        totals: Some(total::view(&totals(&conn, &scope, &filter).await?)),
        groups: total::groups(&conn, &scope, &filter, &query.groups, &names).await?,
        rows: row::views(call, &conn, &names, shown.rows, &settings.shown()).await?,
        first,
        previous,
        next,
        settings,
        areas: choices(&areas, scope.area().codes().len()),
        may: call.abilities(scope.area()),
    })
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

/// Keeps columns and density with the account.
pub async fn save_settings(call: &Call, command: GridSettings) -> Outcome<()> {
    let text = serde_json::to_string(&command).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    crate::account::set_preference(call, SETTINGS_KEY, &text).await
}

/// A setting that an older version wrote and this one cannot read counts as none.
async fn settings(call: &Call, conn: &Conn) -> Outcome<GridSettings> {
    let Some(user) = call.actor().user() else { return Ok(GridSettings::default()) };
    let kept = store::preference::load(conn, user, SETTINGS_KEY).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

fn filter_of(query: &ListQuery, plan_year: FiscalYear, areas: &[Area]) -> Outcome<Filter> {
    let standing = match query.list {
        ListKind::Horizon(horizon) => Standing::List(horizon),
        ListKind::Pool => Standing::Everywhere,
    };
    let mut filter = Filter::new(plan_year, standing);
    if let Some(code) = query.area {
        let area = areas.iter().find(|area| area.code == code).ok_or(Failure::NotFound)?;
        filter.area = Some(area.path.clone());
    }
    filter.categories.clone_from(&query.categories);
    filter.stages.clone_from(&query.stages);
    filter.text.clone_from(&query.text);
    if query.least.is_some() || query.most.is_some() {
        let (least, most) = (query.least.map(Value::Money), query.most.map(Value::Money));
        filter.ranges.push(Range { field: Field::Total, least, most });
    }
    Ok(filter)
}

/// The rows asked for and the number of the first. A page token is `first.cursor` onwards, `first-cursor` backwards.
async fn rows_of(conn: &Conn, permit: &Permit, query: &ListQuery, filter: &Filter) -> Outcome<(u64, Window)> {
    let scope = domain::permission::scope(permit.actor());
    let sort = query.sort.map(|sort| Sort { field: sort.field, descending: sort.down });
    let top = async || Ok((1, window(conn, &scope, filter, sort, Start::Top, ROWS).await?));
    let Some(page) = &query.page else { return top().await };
    if let Some((first, cursor)) = page.split_once('.') {
        let (first, cursor) = (first.parse().map_err(|_| Failure::NotFound)?, Cursor::decode(cursor)?);
        return Ok((first, window(conn, &scope, filter, sort, Start::After(&cursor), ROWS).await?));
    }
    let (first, cursor) = page.split_once('-').ok_or(Failure::NotFound)?;
    let (first, cursor): (u64, _) = (first.parse().map_err(|_| Failure::NotFound)?, Cursor::decode(cursor)?);
    // Rows may have come or gone meanwhile: a beginning is shown as a whole first page.
    if first <= ROWS + 1 {
        return top().await;
    }
    let shown = window(conn, &scope, filter, sort, Start::Before(&cursor), ROWS).await?;
    if (shown.rows.len() as u64) < ROWS { top().await } else { Ok((first - ROWS, shown)) }
}

fn token(first: u64, way: char, cursor: &Cursor) -> String {
    format!("{first}{way}{}", cursor.encode())
}

/// Counts of the tabs under the same filter.
async fn tabs(conn: &Conn, call: &Call, filter: &Filter) -> Outcome<Tabs> {
    let scope = call.scope();
    let counts = by_list(conn, &scope, filter).await?;
    let of = |horizon| counts.get(&horizon).copied().unwrap_or_default();
    let pool = Filter { standing: Standing::Everywhere, ..filter.clone() };
    let pool = store::project::group::groups(conn, &scope, &pool, &[])
        .await?
        .iter()
        .map(|group| group.projects)
        .sum();
    Ok(Tabs { one: of(Horizon::One), two: of(Horizon::Two), five: of(Horizon::Five), pool })
}

fn choices(areas: &[Area], own_depth: usize) -> Vec<AreaChoice> {
    areas
        .iter()
        .filter_map(|area| {
            let depth =
                area.path.codes().len().checked_sub(own_depth).filter(|depth| *depth <= AREA_LEVELS)?;
            Some(AreaChoice { code: area.code, name: area.name.clone(), depth: u8::try_from(depth).ok()? })
        })
        .collect()
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
        let mut conflicts = Vec::new();
        for (at, cell) in command.cells.iter().enumerate() {
            let edit = edits.get_mut(&cell.project).ok_or(Failure::NotFound)?;
            if cell.version != edit.before.version {
                conflicts.push(conflict(&edit.before, cell.field, cell.value.as_ref()));
            }
            edit.after
                .set(cell.field, cell.value.clone())
                .map_err(|_| Failure::field(&format!("cells.{at}"), FieldFault::Wrong))?;
        }
        if !conflicts.is_empty() {
            return Err(Failure::Stale(conflicts));
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
    }
}
