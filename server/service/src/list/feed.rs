//! Projects and sums for programs: whole pages with every column, in a stable order. Screens ask `list::page`.

use super::row::{instant, names, values};
use super::{plan_year, query};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::FieldFault;
use contract::list::ListQuery;
use contract::list::feed::{FeedEntry, FeedQuery, FeedView, SumsView};
use domain::area::AreaCode;
use domain::id::{ProjectId, SiteId};
use domain::period::FiscalYear;
use domain::permission::Action;
use domain::project::Field;
use std::collections::BTreeMap;
use store::page::Cursor;
use store::project::Project;
use store::project::page::{Sort, Start, window};
use store::project::totals::totals;
use store::{Conn, Fault};

/// One page of projects in the person's area.
pub async fn page(call: &Call, query: FeedQuery) -> Outcome<FeedView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewProjects, scope.area())?;
    let year = plan_year(call)?;
    let areas = store::area::all(&conn, &scope).await?;
    let filter = query::filter(call, &query.list, &areas)?;
    let sort = query.list.sort.map(|sort| Sort { field: sort.field, descending: sort.down });
    let cursor = query.cursor.as_deref().map(Cursor::decode).transpose().map_err(no_such_page)?;
    let start = cursor.as_ref().map_or(Start::Top, Start::After);
    let shown = window(&conn, &scope, &filter, sort, start, query.limit).await.map_err(no_such_page)?;
    let next = shown.last.filter(|_| shown.more_after).map(|cursor| cursor.encode());
    let entries = entries(call, &conn, &names(&areas), shown.rows, year).await?;
    Ok(FeedView { plan_year: year, entries, next })
}

/// Sums of everything the filter asks for.
pub async fn sums(call: &Call, query: ListQuery) -> Outcome<SumsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewProjects, scope.area())?;
    let year = plan_year(call)?;
    let areas = store::area::all(&conn, &scope).await?;
    let filter = query::filter(call, &query, &areas)?;
    let totals = super::total::view(&totals(&conn, &scope, &filter).await?);
    Ok(SumsView { plan_year: year, totals })
}

/// One project as the pages show it.
pub async fn one(call: &Call, project: ProjectId) -> Outcome<(FiscalYear, FeedEntry)> {
    let conn = call.read().await?;
    let year = plan_year(call)?;
    let project = store::project::load(&conn, &call.scope(), project, year).await?;
    call.permit(Action::ViewProjects, &project.area_path)?;
    let area = store::area::load(&conn, &call.scope(), project.facts.area).await?;
    let names = BTreeMap::from([(area.code, area.name)]);
    let entry = entries(call, &conn, &names, vec![project], year).await?.pop().ok_or(Failure::NotFound)?;
    Ok((year, entry))
}

/// A cursor that nobody gave out, or that belongs to another order, is a wrong input rather than a missing page.
fn no_such_page(fault: Fault) -> Failure {
    if matches!(fault, Fault::Missing { table: "page" }) {
        return Failure::field("cursor", FieldFault::Wrong);
    }
    fault.into()
}

async fn entries(
    call: &Call,
    conn: &Conn,
    areas: &BTreeMap<AreaCode, String>,
    projects: Vec<Project>,
    year: FiscalYear,
) -> Outcome<Vec<FeedEntry>> {
    let mut places: Vec<AreaCode> = projects.iter().map(|project| project.facts.area).collect();
    places.sort_unstable();
    places.dedup();
    let sites = store::site::of_areas(conn, &call.scope(), &places).await?;
    let sites: BTreeMap<SiteId, String> = sites.into_iter().map(|site| (site.id, site.facts.name)).collect();
    projects.iter().map(|project| entry(project, areas, &sites, year)).collect()
}

fn entry(
    project: &Project,
    areas: &BTreeMap<AreaCode, String>,
    sites: &BTreeMap<SiteId, String>,
    year: FiscalYear,
) -> Outcome<FeedEntry> {
    let facts = &project.facts;
    let mut years = year.list_years();
    years.extend(facts.years.keys().copied());
    years.sort_unstable();
    years.dedup();
    Ok(FeedEntry {
        project: project.id,
        number: u64::try_from(project.number).unwrap_or_default(),
        version: project.version,
        values: values(project, &Field::all(&years)),
        area: facts.area,
        area_name: areas.get(&facts.area).cloned().unwrap_or_else(|| facts.area.to_string()),
        sites: facts.sites.iter().filter_map(|id| Some((*id, sites.get(id)?.clone()))).collect(),
        updated: instant(project.updated_at)?,
    })
}
