//! Standing on a list: rows that follow their project's place, category and stage. Knows no reason's wording.

use crate::fault::Fault;
use crate::project::write::Edit;
use crate::sql::Sql;
use crate::tx::Tx;
use domain::area::AreaPath;
use domain::id::ProjectId;
use domain::period::{FiscalYear, Horizon};
use domain::project::ProjectFacts;
use std::collections::BTreeMap;

/// One project's place on one list.
pub(crate) struct Entry {
    project: ProjectId,
    plan_year: i64,
    horizon: Horizon,
    reason: Option<String>,
    number: i64,
    area_path: AreaPath,
    category: &'static str,
    stage: &'static str,
}

impl Entry {
    /// `None` when the project is on no list.
    pub(crate) fn of(
        project: ProjectId,
        number: i64,
        facts: &ProjectFacts,
        path: &AreaPath,
        plan_year: FiscalYear,
        reason: Option<&str>,
    ) -> Option<Entry> {
        Some(Entry {
            project,
            plan_year: i64::from(plan_year.get()),
            horizon: facts.horizon?,
            reason: reason.map(str::to_owned),
            number,
            area_path: path.clone(),
            category: facts.category.map(|category| category.code()).unwrap_or_default(),
            stage: facts.stage.code(),
        })
    }
}

pub(crate) async fn insert_many(tx: &Tx, entries: Vec<Entry>) -> Result<(), Fault> {
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(entries.len());
    for entry in entries {
        rows.push(vec![
            entry.project.to_string().into(),
            entry.plan_year.into(),
            entry.horizon.code().to_owned().into(),
            tx.at().into(),
            entry.reason.into(),
            entry.area_path.code().to_string().into(),
            entry.area_path.as_str().to_owned().into(),
            entry.category.to_owned().into(),
            entry.stage.to_owned().into(),
            entry.number.into(),
        ]);
        tx.touch(entry.plan_year, entry.area_path);
    }
    tx.insert_many(
        "INSERT INTO list_entry (project_id, plan_year, horizon, since, reason, area_code, area_path, category, stage, number)",
        rows,
    )
    .await
}

/// Plan years in which each project stands on a list.
pub(crate) async fn years_of(tx: &Tx, ids: &[ProjectId]) -> Result<BTreeMap<ProjectId, Vec<i64>>, Fault> {
    let mut years: BTreeMap<ProjectId, Vec<i64>> = BTreeMap::new();
    for chunk in ids.chunks(1000) {
        let mut sql = Sql::new("SELECT project_id, plan_year FROM list_entry WHERE project_id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        for row in tx.all(sql).await? {
            let id = row.parsed("list_entry", "project_id", |id| id.parse().ok())?;
            years.entry(id).or_default().push(row.int("plan_year")?);
        }
    }
    Ok(years)
}

/// Brings a project's entries after a change: the list of this plan year, and what every year's entry repeats.
pub(crate) async fn follow(
    tx: &Tx,
    edit: &Edit,
    path: &AreaPath,
    plan_year: FiscalYear,
    years: &[i64],
    reason: Option<&str>,
) -> Result<(), Fault> {
    let (before, after) = (&edit.before.facts, &edit.after);
    for year in years {
        tx.touch(*year, edit.before.area_path.clone());
        tx.touch(*year, path.clone());
    }
    if !years.is_empty()
        && (before.area != after.area || before.category != after.category || before.stage != after.stage)
    {
        let category = after.category.map(|category| category.code()).unwrap_or_default();
        let sql = Sql::new("UPDATE list_entry SET area_code = ?, area_path = ?, category = ?, stage = ? WHERE project_id = ?")
            .with(after.area.to_string())
            .with(path.as_str().to_owned())
            .with(category.to_owned())
            .with(after.stage.code().to_owned())
            .with(edit.before.id.to_string());
        tx.run(sql).await?;
    }
    if before.horizon == after.horizon {
        return Ok(());
    }
    let year = i64::from(plan_year.get());
    let sql = Sql::new("DELETE FROM list_entry WHERE project_id = ? AND plan_year = ?")
        .with(edit.before.id.to_string())
        .with(year);
    tx.run(sql).await?;
    let entry = Entry::of(edit.before.id, edit.before.number, after, path, plan_year, reason);
    insert_many(tx, entry.into_iter().collect()).await
}
