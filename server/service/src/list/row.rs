//! A project as a row of the grid: the columns shown, names for ids, what is computed of it.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, NaiveDateTime};
use contract::list::{GridColumn, ProjectRow};
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::permission::Action;
use domain::project::{Field, Value};
use std::collections::BTreeMap;
use store::Conn;
use store::area::Area;
use store::project::Project;

/// Columns that every row carries, whatever is shown.
const ALWAYS: [Field; 4] = [Field::Name, Field::Horizon, Field::Total, Field::JobsOperation];

pub(crate) fn names(areas: &[Area]) -> BTreeMap<AreaCode, String> {
    areas.iter().map(|area| (area.code, area.name.clone())).collect()
}

pub(crate) async fn views(
    call: &Call,
    conn: &Conn,
    areas: &BTreeMap<AreaCode, String>,
    projects: Vec<Project>,
    columns: &[GridColumn],
) -> Outcome<Vec<ProjectRow>> {
    let mut fields = ALWAYS.to_vec();
    for column in columns {
        match column {
            GridColumn::Field(field) if !fields.contains(field) => fields.push(*field),
            GridColumn::Field(_) | GridColumn::Gap | GridColumn::Gates | GridColumn::Updated => {}
        }
    }
    let mut places: Vec<AreaCode> = projects.iter().map(|project| project.facts.area).collect();
    places.sort_unstable();
    places.dedup();
    let sites = store::site::of_areas(conn, &call.scope(), &places).await?;
    let sites: BTreeMap<SiteId, String> = sites.into_iter().map(|site| (site.id, site.facts.name)).collect();
    projects.into_iter().map(|project| view(call, project, &fields, areas, &sites)).collect()
}

fn view(
    call: &Call,
    project: Project,
    fields: &[Field],
    areas: &BTreeMap<AreaCode, String>,
    sites: &BTreeMap<SiteId, String>,
) -> Outcome<ProjectRow> {
    let facts = &project.facts;
    Ok(ProjectRow {
        project: project.id,
        number: u64::try_from(project.number).unwrap_or_default(),
        version: project.version,
        values: values(&project, fields),
        area_name: areas.get(&facts.area).cloned().unwrap_or_else(|| facts.area.to_string()),
        site_names: facts.sites.iter().filter_map(|site| sites.get(site).cloned()).collect(),
        gap: facts.funding_gap(),
        gates: u8::try_from(facts.gates.len()).unwrap_or(u8::MAX),
        updated: instant(project.updated_at)?,
        editable: call.permit(Action::EditProject, &project.area_path).is_ok(),
    })
}

/// The filled-in ones of `fields`.
pub(crate) fn values(project: &Project, fields: &[Field]) -> Vec<(Field, Value)> {
    fields.iter().filter_map(|field| project.facts.get(*field).map(|value| (*field, value))).collect()
}

/// UTC of Unix milliseconds.
pub(crate) fn instant(millis: i64) -> Outcome<NaiveDateTime> {
    let instant = DateTime::from_timestamp_millis(millis).map(|instant| instant.naive_utc());
    instant.ok_or_else(|| Failure::Unexpected(format!("no instant: {millis}")))
}
