//! Making, changing and removing projects, set-wise, with their history and the lists they stand on.
//!
//! Every function takes the change-set it belongs to: there is no change without history, and none without an
//! audit record.

use super::Project;
use super::row::{columns, stored};
use crate::area;
use crate::attachment;
use crate::audit::Act;
use crate::fault::Fault;
use crate::history::{self, Effect, Touched};
use crate::jobs::estimate;
use crate::list::{entry, rollup};
use crate::search::{self, Indexed};
use crate::sql::Sql;
use crate::tx::Tx;
use domain::area::{AreaCode, AreaPath};
use domain::id::{ChangeSetId, ProjectId};
use domain::period::FiscalYear;
use domain::permission::Permit;
use domain::project::{Field, ProjectFacts};
use std::collections::BTreeMap;

/// A project to be made.
#[derive(Clone, Debug)]
pub struct NewProject {
    pub id: ProjectId,
    pub facts: ProjectFacts,
}

/// A project to be changed: what was loaded, and what it becomes.
#[derive(Clone, Debug)]
pub struct Edit {
    pub before: Project,
    pub after: ProjectFacts,
}

/// Takes `count` internal numbers that were never given before; returns the first. They are used up even if unused.
async fn take_numbers(tx: &Tx, count: usize) -> Result<i64, Fault> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let sql = Sql::new("UPDATE number_counter SET next = next + ? WHERE name = 'project' RETURNING next")
        .with(count);
    let row = tx.one(sql).await?.ok_or(Fault::Corrupt { table: "number_counter", id: "project".into() })?;
    Ok(row.int("next")? - count)
}

/// Makes projects; returns their internal numbers in order.
pub async fn insert_many(
    tx: &Tx,
    permit: &Permit,
    set: ChangeSetId,
    plan_year: FiscalYear,
    projects: &[NewProject],
) -> Result<Vec<i64>, Fault> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let first = take_numbers(tx, projects.len()).await?;
    let numbers: Vec<i64> = (first..).take(projects.len()).collect();
    let paths = area::paths_of(tx, projects.iter().map(|project| project.facts.area)).await?;
    let by = permit.actor().user().map(|user| user.to_string());
    let columns = columns();
    let mut rows = Vec::with_capacity(projects.len());
    for (project, number) in projects.iter().zip(&numbers) {
        let mut row: Vec<sea_orm::Value> = vec![project.id.to_string().into(), (*number).into()];
        row.extend(columns.iter().map(|(field, _)| stored(*field, project.facts.get(*field))));
        row.extend(derived(&project.facts, path(&paths, project.facts.area)?, *number));
        row.extend([1_i64.into(), tx.at().into(), by.clone().into(), tx.at().into(), by.clone().into()]);
        rows.push(row);
    }
    let names: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
    let head = format!(
        "INSERT INTO project (id, number, {}, {}, version, created_at, created_by, updated_at, updated_by)",
        names.join(", "),
        DERIVED.join(", ")
    );
    tx.insert_many(&head, rows).await?;
    let found = projects.iter().zip(&numbers).map(|(project, number)| indexed(&project.facts, *number));
    search::index(tx, found.collect()).await?;
    let all: Vec<(ProjectId, &ProjectFacts)> =
        projects.iter().map(|project| (project.id, &project.facts)).collect();
    write_parts(tx, &all).await?;
    let mut entries = Vec::new();
    let mut touched = Vec::with_capacity(projects.len());
    for (project, number) in projects.iter().zip(&numbers) {
        let path = path(&paths, project.facts.area)?;
        tx.touch(rollup::EVERYWHERE, path.clone());
        entries.extend(entry::Entry::of(project.id, *number, &project.facts, path, plan_year, None));
        touched.push(Touched {
            project: project.id,
            effect: Effect::Created,
            version_after: 1,
            changes: ProjectFacts::new(String::new(), project.facts.area).changes_to(&project.facts),
        });
    }
    entry::insert_many(tx, entries).await?;
    estimate::follow(tx, &all, &paths, true).await?;
    history::append(tx, permit, set, &touched).await?;
    record(tx, permit, set, "created", projects.iter().map(|project| project.id));
    Ok(numbers)
}

/// Changes projects that were loaded for update; one that was changed meanwhile is `Fault::Stale`.
pub async fn update_many(
    tx: &Tx,
    permit: &Permit,
    set: ChangeSetId,
    plan_year: FiscalYear,
    edits: &[Edit],
    reason: Option<&str>,
) -> Result<(), Fault> {
    let edits: Vec<&Edit> = edits.iter().filter(|edit| edit.before.facts != edit.after).collect();
    if edits.is_empty() {
        return Ok(());
    }
    let paths = area::paths_of(tx, edits.iter().map(|edit| edit.after.area)).await?;
    let ids: Vec<ProjectId> = edits.iter().map(|edit| edit.before.id).collect();
    let years = entry::years_of(tx, &ids).await?;
    let mut touched = Vec::with_capacity(edits.len());
    let mut parts = Vec::new();
    for edit in &edits {
        let path = path(&paths, edit.after.area)?;
        update_row(tx, permit, edit, path).await?;
        let changes = edit.before.facts.changes_to(&edit.after);
        if changes.iter().any(|change| has_own_table(change.field)) {
            parts.push((edit.before.id, &edit.after));
        }
        let years = years.get(&edit.before.id).map(Vec::as_slice).unwrap_or_default();
        tx.touch(rollup::EVERYWHERE, edit.before.area_path.clone());
        tx.touch(rollup::EVERYWHERE, path.clone());
        entry::follow(tx, edit, path, plan_year, years, reason).await?;
        touched.push(Touched {
            project: edit.before.id,
            effect: Effect::Changed,
            version_after: edit.before.version + 1,
            changes,
        });
    }
    let found = edits.iter().map(|edit| indexed(&edit.after, edit.before.number));
    search::index(tx, found.collect()).await?;
    remove_parts(tx, parts.iter().map(|(id, _)| *id)).await?;
    write_parts(tx, &parts).await?;
    let all: Vec<_> = edits.iter().map(|edit| (edit.before.id, &edit.after)).collect();
    estimate::follow(tx, &all, &paths, false).await?;
    history::append(tx, permit, set, &touched).await?;
    record(tx, permit, set, "changed", ids.into_iter());
    Ok(())
}

/// Removes projects, as an undo of their making does; their numbers are never given again.
pub async fn remove_many(
    tx: &Tx,
    permit: &Permit,
    set: ChangeSetId,
    projects: &[Project],
) -> Result<(), Fault> {
    let ids: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
    // A file put on a project is work of somebody: the project does not vanish with it.
    if attachment::any(tx, &ids).await? {
        return Err(Fault::Stale { table: "attachment" });
    }
    spare_work(tx, &ids).await?;
    for (project, years) in entry::years_of(tx, &ids).await? {
        if let Some(found) = projects.iter().find(|found| found.id == project) {
            years.iter().for_each(|year| tx.touch(*year, found.area_path.clone()));
        }
    }
    leave_findings(tx, &ids).await?;
    let mut touched = Vec::with_capacity(projects.len());
    for project in projects {
        tx.touch(rollup::EVERYWHERE, project.area_path.clone());
        let sql = Sql::new("DELETE FROM project WHERE id = ? AND version = ?")
            .with(project.id.to_string())
            .with(project.version);
        if tx.run(sql).await? == 0 {
            return Err(Fault::Stale { table: "project" });
        }
        let empty = ProjectFacts::new(String::new(), project.facts.area);
        let changes = project.facts.changes_to(&empty);
        touched.push(Touched { project: project.id, effect: Effect::Removed, version_after: 0, changes });
    }
    search::forget(tx, projects.iter().map(|project| project.number)).await?;
    history::append(tx, permit, set, &touched).await?;
    record(tx, permit, set, "removed", ids.into_iter());
    Ok(())
}

/// So is what was reported of a project or stated for its estimate, and the need it was made of.
async fn spare_work(tx: &Tx, ids: &[ProjectId]) -> Result<(), Fault> {
    // Rows that a month began with and nobody filled in go with their project.
    let places =
        [("project_return", "version > 1"), ("estimate_input", "version > 0"), ("site_need", "version > 0")];
    for chunk in ids.chunks(super::CHUNK) {
        for (table, touched) in places {
            let mut sql =
                Sql::new(&format!("SELECT 1 AS one FROM {table} WHERE {touched} AND project_id IN "));
            sql.list(chunk.iter().map(ProjectId::to_string)).push(" LIMIT 1");
            if tx.one(sql).await?.is_some() {
                return Err(Fault::Stale { table });
            }
        }
    }
    Ok(())
}

async fn update_row(tx: &Tx, permit: &Permit, edit: &Edit, path: &AreaPath) -> Result<(), Fault> {
    let mut sql = Sql::new("UPDATE project SET ");
    for (field, name) in columns() {
        sql.bind(&format!("{name} = ?, "), stored(field, edit.after.get(field)));
    }
    for (name, value) in DERIVED.iter().zip(derived(&edit.after, path, edit.before.number)) {
        sql.bind(&format!("{name} = ?, "), value);
    }
    sql.bind("updated_at = ?", tx.at());
    sql.bind(", updated_by = ?", permit.actor().user().map(|user| user.to_string()));
    sql.bind(", version = version + 1 WHERE id = ?", edit.before.id.to_string());
    sql.bind(" AND version = ?", edit.before.version);
    if tx.run(sql).await? == 0 { Err(Fault::Stale { table: "project" }) } else { Ok(()) }
}

const DERIVED: [&str; 5] = ["area_path", "maturity_score", "search_text", "pinyin", "initials"];

fn derived(facts: &ProjectFacts, path: &AreaPath, number: i64) -> [sea_orm::Value; 5] {
    let found = indexed(facts, number);
    let score: i64 = facts.gates.keys().map(|gate| i64::from(gate.points())).sum();
    [
        path.as_str().to_owned().into(),
        score.into(),
        found.text.into(),
        found.pinyin.into(),
        found.initials.into(),
    ]
}

/// What a project is found by.
fn indexed(facts: &ProjectFacts, number: i64) -> Indexed {
    let keys = search::keys(&facts.name);
    let mut text = keys.folded;
    let code = facts.code.as_ref().map(|code| code.as_str().to_owned());
    for part in [code.as_ref(), facts.place.as_ref(), facts.unit.as_ref(), facts.content.as_ref()]
        .into_iter()
        .flatten()
    {
        text.push('\n');
        text.push_str(&domain::text::fold(part));
    }
    text.push_str(&format!("\n{number}"));
    Indexed { number, text, pinyin: keys.pinyin, initials: keys.initials }
}

const fn has_own_table(field: Field) -> bool {
    matches!(field, Field::Source(_) | Field::Year(_) | Field::Gate(_) | Field::Sites)
}

/// What the rules found keeps its words and its way; the next walk says that its subject is gone.
async fn leave_findings(tx: &Tx, ids: &[ProjectId]) -> Result<(), Fault> {
    for chunk in ids.chunks(super::CHUNK) {
        let mut sql = Sql::new("UPDATE finding SET project_id = NULL WHERE project_id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        tx.run(sql).await?;
    }
    Ok(())
}

async fn remove_parts(tx: &Tx, ids: impl Iterator<Item = ProjectId>) -> Result<(), Fault> {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    for chunk in ids.chunks(super::CHUNK) {
        for table in ["project_amount", "project_gate", "project_site"] {
            let mut sql = Sql::new(&format!("DELETE FROM {table} WHERE project_id IN "));
            sql.list(chunk.iter().cloned());
            tx.run(sql).await?;
        }
    }
    Ok(())
}

async fn write_parts(tx: &Tx, projects: &[(ProjectId, &ProjectFacts)]) -> Result<(), Fault> {
    let (mut amounts, mut gates, mut sites) = (Vec::new(), Vec::new(), Vec::new());
    for (id, facts) in projects {
        let id = id.to_string();
        let mut amount = |kind: &str, key: String, fen: i64| {
            amounts.push(vec![id.clone().into(), kind.to_owned().into(), key.into(), fen.into()]);
        };
        facts
            .sources
            .iter()
            .for_each(|(source, money)| amount("source", source.code().to_owned(), money.fen()));
        facts.years.iter().for_each(|(year, money)| amount("year", year.to_string(), money.fen()));
        for (gate, date) in &facts.gates {
            gates.push(vec![id.clone().into(), gate.code().to_owned().into(), date.to_string().into()]);
        }
        for (site, seq) in facts.sites.iter().zip(1_i64..) {
            sites.push(vec![id.clone().into(), site.to_string().into(), seq.into()]);
        }
    }
    tx.insert_many("INSERT INTO project_amount (project_id, kind, key, fen)", amounts).await?;
    tx.insert_many("INSERT INTO project_gate (project_id, gate, passed_on)", gates).await?;
    tx.insert_many("INSERT INTO project_site (project_id, site_id, seq)", sites).await
}

fn path(paths: &BTreeMap<AreaCode, AreaPath>, area: AreaCode) -> Result<&AreaPath, Fault> {
    paths.get(&area).ok_or(Fault::Missing { table: "area" })
}

/// One audit record for the whole set of projects; its digest covers every id.
fn record(tx: &Tx, permit: &Permit, set: ChangeSetId, what: &str, ids: impl Iterator<Item = ProjectId>) {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    let object_id = if let [one] = ids.as_slice() { Some(one.clone()) } else { None };
    let detail = format!("{what}={} change_set={set}", ids.len());
    tx.record(
        permit,
        Act { object: "project", object_id, detail, after: Some(ids.join(",")), ..Act::default() },
    );
}
