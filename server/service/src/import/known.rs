//! Everything kept that a file may speak of: places, communities, projects by code, number, id and name.

use crate::area::{self, Resolved};
use crate::call::Call;
use crate::failure::Outcome;
use crate::import::Choices;
use domain::area::AreaCode;
use domain::id::{ProjectId, SiteId};
use domain::period::FiscalYear;
use domain::project::{Field, ProjectCode, Value};
use domain::text::fold;
use sheet::staged::{Parsed, StagedRow};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::Conn;
use store::import::Past;
use store::project::Project;

/// What names in the file mean to this person.
pub(super) type Areas = HashMap<String, Resolved>;

pub(super) struct Known {
    pub areas: Areas,
    pub sites: HashMap<(AreaCode, String), Vec<SiteId>>,
    pub projects: BTreeMap<ProjectId, Project>,
    pub codes: HashMap<String, ProjectId>,
    /// Codes of projects anywhere, also of those this person cannot see.
    pub taken: HashSet<String>,
    pub numbers: HashMap<i64, ProjectId>,
    pub past: BTreeMap<ProjectId, Vec<Past>>,
}

/// Resolves each place written in the file once.
pub(super) async fn areas(call: &Call, parsed: &Parsed) -> Outcome<Areas> {
    let mut areas = Areas::new();
    for row in &parsed.rows {
        let name = written(row, Field::Area);
        if !name.is_empty() && !areas.contains_key(name) {
            areas.insert(name.to_owned(), area::resolve(call, name).await?);
        }
    }
    Ok(areas)
}

/// What a person wrote in a column, trimmed.
pub(super) fn written(row: &StagedRow, field: Field) -> &str {
    row.cells.get(&field.key()).map(|cell| cell.raw.trim()).unwrap_or_default()
}

pub(super) fn code(row: &StagedRow) -> Option<&ProjectCode> {
    match row.cells.get(&Field::Code.key()).and_then(|cell| cell.value.as_ref()) {
        Some(Value::Code(code)) => Some(code),
        Some(_) | None => None,
    }
}

pub(super) async fn load(
    conn: &Conn,
    call: &Call,
    parsed: &Parsed,
    choices: &Choices,
    areas: Areas,
    year: FiscalYear,
) -> Outcome<Known> {
    let scope = call.scope();
    let rows = &parsed.rows;
    let codes: Vec<ProjectCode> = rows.iter().filter_map(code).cloned().collect();
    let numbers: Vec<i64> = rows.iter().filter_map(|row| written(row, Field::Number).parse().ok()).collect();
    let mut ids: Vec<ProjectId> =
        rows.iter().filter_map(|row| row.origin.as_ref()?.id.parse().ok()).collect();
    ids.extend(choices.bases.values().map(|(id, _)| *id));
    ids.extend(choices.rows.values().filter_map(|choice| choice.is));
    ids.sort_unstable();
    ids.dedup();
    let one = |found: &Resolved| match found {
        Resolved::One(area) => Some(area.code),
        Resolved::Several(_) | Resolved::NotYours | Resolved::Unknown => None,
    };
    let places: BTreeSet<AreaCode> = areas.values().filter_map(one).collect();
    let places: Vec<AreaCode> = places.into_iter().collect();
    let mut found = store::project::by_codes(conn, &scope, &codes, year).await?;
    found.extend(store::project::by_numbers(conn, &scope, &numbers, year).await?);
    found.extend(store::project::load_many(conn, &scope, &ids, year).await?);
    let (mut sites, mut near) = (HashMap::new(), Vec::new());
    if !places.is_empty() {
        for site in store::site::of_areas(conn, &scope, &places).await? {
            let key = (site.facts.area, fold(&site.facts.name));
            sites.entry(key).or_insert_with(Vec::new).push(site.id);
        }
        near = store::project::in_areas(conn, &scope, &places, year).await?;
    }
    let projects: BTreeMap<ProjectId, Project> =
        found.into_iter().chain(near).map(|project| (project.id, project)).collect();
    let mut past: BTreeMap<ProjectId, Vec<Past>> = BTreeMap::new();
    for change in store::import::past(conn, &scope, &ids).await? {
        past.entry(change.project).or_default().push(change);
    }
    let taken = store::project::codes_taken(conn, &codes).await?;
    Ok(Known {
        codes: projects
            .values()
            .filter_map(|project| Some((project.facts.code.as_ref()?.as_str().to_owned(), project.id)))
            .collect(),
        numbers: projects.values().map(|project| (project.number, project.id)).collect(),
        taken: taken.iter().map(|code| code.as_str().to_owned()).collect(),
        areas,
        sites,
        projects,
        past,
    })
}
