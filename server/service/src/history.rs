//! What became of a project, and taking changes back: a whole set while nothing came after it, or one old value.
//! Imports are taken back by their own slice. Knows no SQL.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::row::instant;
use crate::list::{conflict, plan_year};
use crate::once;
use crate::project::check_sites;
use contract::error::{FieldFault, Refusal};
use contract::history::{ChangeKind, HistoryLine, HistoryView, RestoreValue, UndoSet, UndoneView};
use contract::project::{ProjectQuery, SavedView};
use domain::area::AreaCode;
use domain::id::{ChangeSetId, ProjectId, SiteId};
use domain::permission::Action;
use domain::project::{Field, Value};
use std::collections::BTreeMap;
use store::history::{Effect, Line, NewSet, SetKind, Touched};
use store::project::Project;
use store::project::write::{Edit, remove_many, update_many};
use store::{Conn, Tx};

const UNDO: &str = "history/undo";
const RESTORE: &str = "history/restore";

/// Changes of a project, the newest first.
pub async fn of_project(call: &Call, query: ProjectQuery) -> Outcome<HistoryView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let project = store::project::load(&conn, &scope, query.project, plan_year(call)?).await?;
    call.permit(Action::ViewProjects, &project.area_path)?;
    let lines = store::history::of_project(&conn, &scope, query.project).await?;
    let names = names(&conn, call, &lines, project.facts.area).await?;
    let lines = lines.into_iter().map(|line| view(call, &project, line)).collect::<Outcome<Vec<_>>>()?;
    let key = call.new_id().to_string();
    Ok(HistoryView { project: project.id, version: project.version, lines, names, key })
}

/// Takes a set of changes back as a set of its own; refused by name when one of its projects was changed since.
pub async fn undo(call: &Call, command: UndoSet) -> Outcome<UndoneView> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_back(&call, &command).await }).await
}

/// Puts the value back that a column had before a change.
pub async fn restore(call: &Call, command: RestoreValue) -> Outcome<SavedView> {
    let call = call.clone();
    call.app().clone().see_through(async move { put_back(&call, &command).await }).await
}

fn view(call: &Call, project: &Project, line: Line) -> Outcome<HistoryLine> {
    let may = |action| call.permit(action, &project.area_path).is_ok();
    let Line { set, kind, effect, change, .. } = line;
    let standing = project.facts.get(change.field);
    let can_be_put = change.old.is_some() || !matches!(change.field, Field::Name | Field::Area);
    Ok(HistoryLine {
        change_set: set,
        kind: kind_of(kind),
        at: instant(line.at)?,
        by: line.by.unwrap_or_default(),
        note: line.note,
        created: effect == Effect::Created,
        projects: u32::try_from(line.projects).unwrap_or(u32::MAX),
        undone: line.undone,
        may_undo: !line.undone && line.version_after == project.version && undone_by(kind).is_some_and(may),
        may_restore: effect == Effect::Changed
            && standing != change.old
            && can_be_put
            && may(changed_by(change.field)),
        field: change.field.key(),
        old: change.old.as_ref().map(Value::canonical),
        new: change.new.as_ref().map(Value::canonical),
    })
}

pub(crate) const fn kind_of(kind: SetKind) -> ChangeKind {
    match kind {
        SetKind::Edit => ChangeKind::Edit,
        SetKind::Bulk => ChangeKind::Bulk,
        SetKind::Import => ChangeKind::Import,
        SetKind::Undo => ChangeKind::Undo,
        SetKind::Move => ChangeKind::Move,
    }
}

/// The right that takes a set of this kind back; imports have an undo of their own, and an undo stands.
const fn undone_by(kind: SetKind) -> Option<Action> {
    match kind {
        SetKind::Edit | SetKind::Bulk => Some(Action::EditProject),
        SetKind::Move => Some(Action::MoveBetweenLists),
        SetKind::Import | SetKind::Undo => None,
    }
}

fn changed_by(field: Field) -> Action {
    if field == Field::Horizon { Action::MoveBetweenLists } else { Action::EditProject }
}

/// Names of every area and community in the lines that this person may know.
async fn names(conn: &Conn, call: &Call, lines: &[Line], own: AreaCode) -> Outcome<BTreeMap<String, String>> {
    let mut areas = vec![own];
    let mut sites: Vec<SiteId> = Vec::new();
    for value in lines.iter().flat_map(|line| [&line.change.old, &line.change.new]).flatten() {
        if let Value::Area(area) = value {
            areas.push(*area);
        } else if let Value::Sites(some) = value {
            sites.extend(some);
        }
    }
    let mut names = BTreeMap::new();
    for area in store::area::all(conn, &call.scope()).await? {
        if areas.contains(&area.code) {
            names.insert(area.code.to_string(), area.name);
        }
    }
    if !sites.is_empty() {
        for site in store::site::of_areas(conn, &call.scope(), &areas).await? {
            if sites.contains(&site.id) {
                names.insert(site.id.to_string(), site.facts.name);
            }
        }
    }
    Ok(names)
}

async fn take_back(call: &Call, command: &UndoSet) -> Outcome<UndoneView> {
    let year = plan_year(call)?;
    let tx = call.begin().await?;
    let head = store::history::head(&tx, command.change_set).await?;
    let action = undone_by(head.kind).ok_or(Failure::NotFound)?;
    let permit = call.permit(action, &call.area());
    if let Ok(permit) = &permit
        && let Some(answer) = once::before(&tx, permit, UNDO, &command.key, command).await?
    {
        return Ok(answer);
    }
    let touched = store::history::of_set(&tx, command.change_set).await?;
    let found = within(&tx, call, &touched).await?;
    let permit = permit?;
    if head.undone {
        return Err(Failure::Refused(Refusal::AlreadyUndone));
    }
    let changed: Vec<String> = touched
        .iter()
        .filter_map(|part| found.get(&part.project).filter(|project| project.version != part.version_after))
        .map(|project| project.facts.name.clone())
        .collect();
    if !changed.is_empty() {
        return Err(Failure::Refused(Refusal::ChangedAfter { names: changed }));
    }
    let set = ChangeSetId::new(call.new_id());
    let opened =
        NewSet { id: set, kind: SetKind::Undo, batch: None, note: None, undoes: Some(command.change_set) };
    store::history::open(&tx, &permit, &opened).await?;
    let (removed, edits) = reversed(&touched, found)?;
    let gone = removed.iter().any(|project| project.id == command.project);
    crate::import::undo::spare_money(&tx, &removed).await?;
    remove_many(&tx, &permit, set, &removed).await?;
    update_many(&tx, &permit, set, year, &edits, None).await?;
    let projects = u32::try_from(touched.len()).unwrap_or(u32::MAX);
    let undone = UndoneView { project: command.project, change_set: set, projects, gone };
    once::settle(tx, &permit, UNDO, &command.key, undone).await
}

/// The projects of a set, locked. A set reaches as far as its maker's area: whoever does not see all of it is told
/// nothing of it.
async fn within(tx: &Tx, call: &Call, touched: &[Touched]) -> Outcome<BTreeMap<ProjectId, Project>> {
    let ids: Vec<ProjectId> = touched.iter().map(|part| part.project).collect();
    let found = store::project::load_many_for_update(tx, &call.scope(), &ids, plan_year(call)?).await?;
    if found.is_empty() || found.len() != ids.len() {
        return Err(Failure::NotFound);
    }
    Ok(found.into_iter().map(|project| (project.id, project)).collect())
}

/// What must be removed and what must be put back as it was.
fn reversed(
    touched: &[Touched],
    mut found: BTreeMap<ProjectId, Project>,
) -> Outcome<(Vec<Project>, Vec<Edit>)> {
    let (mut removed, mut edits) = (Vec::new(), Vec::new());
    for part in touched {
        let before = found.remove(&part.project).ok_or(Failure::NotFound)?;
        match part.effect {
            Effect::Created => removed.push(before),
            Effect::Changed => {
                let mut after = before.facts.clone();
                for change in &part.changes {
                    after.set(change.field, change.old.clone()).map_err(unexpected)?;
                }
                edits.push(Edit { before, after });
            }
            Effect::Removed => return Err(Failure::NotFound),
        }
    }
    Ok((removed, edits))
}

async fn put_back(call: &Call, command: &RestoreValue) -> Outcome<SavedView> {
    let year = plan_year(call)?;
    let tx = call.begin().await?;
    let before = store::project::load_for_update(&tx, &call.scope(), command.project, year).await?;
    let permit = call.permit(changed_by(command.field), &before.area_path)?;
    if let Some(answer) = once::before(&tx, &permit, RESTORE, &command.key, command).await? {
        return Ok(answer);
    }
    let lines = store::history::of_project(&tx, &call.scope(), command.project).await?;
    let line = lines
        .into_iter()
        .find(|line| line.set == command.change_set && line.change.field == command.field)
        .filter(|line| line.effect == Effect::Changed)
        .ok_or(Failure::NotFound)?;
    let old = line.change.old;
    if before.version != command.version {
        return Err(Failure::Stale(vec![conflict(&before, command.field, old.as_ref())]));
    }
    let mut after = before.facts.clone();
    after.set(command.field, old).map_err(|_| Failure::field(&command.field.key(), FieldFault::Wrong))?;
    check_sites(&tx, call, &after).await?;
    let saved = if after == before.facts {
        SavedView { project: command.project, version: before.version }
    } else {
        let kind = if command.field == Field::Horizon { SetKind::Move } else { SetKind::Edit };
        let set = crate::list::open_set(&tx, call, &permit, kind, None).await?;
        let version = before.version + 1;
        update_many(&tx, &permit, set, year, &[Edit { before, after }], None).await?;
        SavedView { project: command.project, version }
    };
    once::settle(tx, &permit, RESTORE, &command.key, saved).await
}

fn unexpected(fault: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(fault.to_string())
}
