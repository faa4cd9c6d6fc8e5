//! Communities: a page of them, one with its projects and history, the ledger as a workbook; beside it their form, needs,
//! size classes, and which of them need projects most. Knows no SQL.

mod form;
pub mod need;
mod rows;
pub mod size;
mod standing;
pub mod table;

use crate::call::Call;
use crate::facts::pairs;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, NaiveDateTime};
use contract::site::standing::SiteMonth;
use contract::site::{
    SaveSite, SavedSite, SiteArea, SiteBlankView, SiteChange, SiteListQuery, SiteListView, SiteProject,
    SiteQuery, SiteSort, SiteTotals, SiteView,
};
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::money::Money;
use domain::permission::Action;
use domain::site::employment_rate;
use domain::site::size::SizeBounds;
use rows::{Page, Rows, in_memory, ranked};
use sheet::write::sites::{SiteBook, SiteLine};
use standing::Standings;
use std::collections::BTreeMap;
use store::Conn;
use store::area::Area;
use store::audit::{Act, note};
use store::page::Cursor;
use store::site::page::{By, Filter, LinkedProject, Start, Totals, Window, places, projects, totals, window};

/// Rows of one page.
const ROWS: u64 = 50;
/// Rows read at a time for a workbook.
const EXPORT_STEP: u64 = 500;

/// One page of communities with the sums of the whole filter.
pub async fn page(call: &Call, query: SiteListQuery) -> Outcome<SiteListView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewSites, scope.area())?;
    let rows = Rows::load(&conn, call).await?;
    let filter = filter_of(&conn, call, &query, rows.sizes).await?;
    let shown = if in_memory(&query) {
        ranked(&conn, call, &query, &filter, &rows.standings).await?
    } else {
        let (first, shown) = rows_of(&conn, call, &query, &filter).await?;
        let next = shown.last.as_ref().filter(|_| shown.more_after);
        let next = next.map(|cursor| token(first + shown.rows.len() as u64, '.', cursor));
        let previous = shown.first.as_ref().filter(|_| first > 1).map(|cursor| token(first, '-', cursor));
        Page { lines: shown.rows, first, previous, next }
    };
    let names = names(&conn, call, shown.lines.iter().map(|line| line.site.facts.area)).await?;
    Ok(SiteListView {
        totals: totals_view(&totals(&conn, &scope, &filter).await?),
        rows: shown.lines.into_iter().map(|line| rows.row(line, &names)).collect::<Outcome<_>>()?,
        first: shown.first,
        previous: shown.previous,
        next: shown.next,
        areas: places_below(&conn, call).await?,
        medians: rows.standings.medians,
        sizes: rows.sizes,
        may: call.abilities(scope.area()),
    })
}

/// One community with everything its page shows.
pub async fn one(call: &Call, query: SiteQuery) -> Outcome<SiteView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let site = store::site::load(&conn, &scope, query.site.ok_or(Failure::NotFound)?).await?;
    call.permit(Action::ViewSites, &site.area_path)?;
    let area = store::area::load(&conn, &scope, site.facts.area).await?;
    let (newest, month) = store::site::newest::load(&conn, &scope, site.id).await?;
    let standings = Standings::load(&conn, &scope).await?;
    let projects: Vec<SiteProject> = projects(&conn, &scope, site.id)
        .await?
        .into_iter()
        .map(|project| linked(project, &standings, site.id))
        .collect();
    let sizes = size::bounds(&conn, call).await?;
    let months = store::site::newest::months(&conn, &scope, site.id).await?;
    let history = store::site::change::of_site(&conn, &scope, site.id).await?;
    Ok(SiteView {
        site: site.id,
        version: site.version,
        doubts: newest.facts.doubts(),
        size: site.facts.people.map(|people| sizes.of(people)),
        served: standings.served(site.id, site.facts.people),
        standing: standings.of(site.id)?,
        medians: standings.medians,
        facts: site.facts,
        newest: newest.facts,
        month,
        months: months.into_iter().map(month_view).collect(),
        needs: need::lines(&conn, call, site.id).await?,
        area_name: area.name,
        investment: Money::sum(projects.iter().filter_map(|project| project.total)).unwrap_or(Money::MAX),
        projects,
        history: history
            .into_iter()
            .map(|change| SiteChange {
                at: instant(change.at),
                by: change.by.unwrap_or_default(),
                field: change.field,
                old: change.old,
                new: change.new,
            })
            .collect(),
        updated: instant(site.updated_at),
        key: call.new_id().to_string(),
        may: call.abilities(&site.area_path),
    })
}

/// What an empty form needs.
pub async fn blank(call: &Call, (): ()) -> Outcome<SiteBlankView> {
    let path = call.area();
    call.permit(Action::EditSite, &path)?;
    let area = store::area::load(&*call.read().await?, &call.scope(), path.code()).await?;
    Ok(SiteBlankView { area: area.code, area_name: area.name, key: call.new_id().to_string() })
}

/// Makes a community, or changes the columns in the form. Whoever saw an older version is told both values.
pub async fn save(call: &Call, command: SaveSite) -> Outcome<SavedSite> {
    let call = call.clone();
    call.app().clone().see_through(async move { form::store_form(&call, command).await }).await
}

/// Everything the filter asks for in the form of the ledger (安置点台账), and into the trail.
pub async fn export(call: &Call, query: SiteListQuery) -> Outcome<Vec<u8>> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let tx = call.begin().await?;
    let filter = filter_of(&tx, call, &query, size::bounds(&tx, call).await?).await?;
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let start = after.as_ref().map_or(Start::Top, Start::After);
        let shown = window(&tx, &call.scope(), &filter, order(&query), start, EXPORT_STEP).await?;
        lines.extend(shown.rows);
        after = shown.last.filter(|_| shown.more_after);
        if after.is_none() {
            break;
        }
    }
    let names = names(&tx, call, lines.iter().map(|line| line.site.facts.area)).await?;
    let rows: Vec<SiteLine> = lines
        .into_iter()
        .map(|line| SiteLine { area: name_of(&names, line.site.facts.area), facts: line.site.facts })
        .collect();
    let detail = pairs(&[
        ("rows", Some(rows.len().to_string())),
        ("area", query.area.map(|area| area.to_string())),
        ("size", query.size.map(|size| size.code().to_owned())),
        ("text", Some(query.text.clone())),
    ]);
    note(&tx, &permit, Act { object: "site", detail, ..Act::default() });
    tx.commit().await?;
    let book = tokio::task::spawn_blocking(move || sheet::write::sites::workbook(&SiteBook { rows })).await;
    book.map_err(|fault| Failure::Unexpected(fault.to_string()))?
        .map_err(|fault| Failure::Unexpected(fault.to_string()))
}

async fn filter_of(conn: &Conn, call: &Call, query: &SiteListQuery, sizes: SizeBounds) -> Outcome<Filter> {
    let area = match query.area {
        Some(code) => Some(store::area::load(conn, &call.scope(), code).await?.path),
        None => None,
    };
    let size = query.size.map(|class| sizes.people(class));
    Ok(Filter { area, size, text: query.text.clone() })
}

const fn order(query: &SiteListQuery) -> (By, bool) {
    let by = match query.sort {
        // The ledger itself is not put in these orders; see `in_memory`.
        SiteSort::Place | SiteSort::PerHead | SiteSort::Need => By::Place,
        SiteSort::Name => By::Name,
        SiteSort::Households => By::Households,
        SiteSort::People => By::People,
        SiteSort::Labour => By::Labour,
        SiteSort::Employed => By::Employed,
        SiteSort::Rate => By::Rate,
        SiteSort::ZeroEmployment => By::ZeroEmployment,
        SiteSort::Projects => By::Projects,
        SiteSort::Investment => By::Investment,
    };
    (by, query.down)
}

/// The rows asked for and the number of the first. A page token is `first.cursor` onwards, `first-cursor` backwards.
async fn rows_of(conn: &Conn, call: &Call, query: &SiteListQuery, filter: &Filter) -> Outcome<(u64, Window)> {
    let (scope, order) = (call.scope(), order(query));
    let top = async || Ok((1, window(conn, &scope, filter, order, Start::Top, ROWS).await?));
    let Some(page) = &query.page else { return top().await };
    let at = page.find(['.', '-']).ok_or(Failure::NotFound)?;
    let first: u64 = page[..at].parse().map_err(|_| Failure::NotFound)?;
    let cursor = Cursor::decode(&page[at + 1..])?;
    if page[at..].starts_with('.') {
        return Ok((first, window(conn, &scope, filter, order, Start::After(&cursor), ROWS).await?));
    }
    // Rows may have come or gone meanwhile: a beginning is shown as a whole first page.
    if first <= ROWS + 1 {
        return top().await;
    }
    let shown = window(conn, &scope, filter, order, Start::Before(&cursor), ROWS).await?;
    if (shown.rows.len() as u64) < ROWS { top().await } else { Ok((first - ROWS, shown)) }
}

fn token(first: u64, way: char, cursor: &Cursor) -> String {
    format!("{first}{way}{}", cursor.encode())
}

/// Names of areas by code, all of them inside the person's own.
async fn names(
    conn: &Conn,
    call: &Call,
    codes: impl Iterator<Item = AreaCode>,
) -> Outcome<BTreeMap<AreaCode, String>> {
    let mut codes: Vec<AreaCode> = codes.collect();
    codes.sort_unstable();
    codes.dedup();
    let areas = store::area::by_codes(conn, &call.scope(), &codes).await?;
    Ok(areas.into_iter().map(|area| (area.code, area.name)).collect())
}

fn name_of(names: &BTreeMap<AreaCode, String>, code: AreaCode) -> String {
    names.get(&code).cloned().unwrap_or_else(|| code.to_string())
}

/// Areas on the way to a community, below the person's own.
async fn places_below(conn: &Conn, call: &Call) -> Outcome<Vec<SiteArea>> {
    let scope = call.scope();
    let own = scope.area().codes().len();
    let mut codes: Vec<AreaCode> = places(conn, &scope)
        .await?
        .iter()
        .flat_map(|path| path.codes().into_iter().skip(own).collect::<Vec<_>>())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let choice = |area: Area| SiteArea {
        code: area.code,
        name: area.name,
        depth: u8::try_from(area.path.codes().len().saturating_sub(own + 1)).unwrap_or(u8::MAX),
    };
    Ok(store::area::by_codes(conn, &scope, &codes).await?.into_iter().map(choice).collect())
}

fn linked(project: LinkedProject, standings: &Standings, site: SiteId) -> SiteProject {
    let part = standings.part(site, project.id);
    SiteProject {
        project: project.id,
        number: project.number,
        name: project.name,
        stage: project.stage,
        total: project.total,
        issued: part.map_or(Money::ZERO, |part| part.issued),
        part: part.map_or(Money::ZERO, |part| part.money),
        serves: part.map_or(1, |part| part.serves),
        jobs: part.and_then(|part| part.jobs),
    }
}

fn month_view(line: store::site::newest::MonthLine) -> SiteMonth {
    SiteMonth {
        month: line.month,
        labour: line.labour,
        employed: line.employed,
        zero_employment_households: line.zero_employment_households,
    }
}

fn totals_view(totals: &Totals) -> SiteTotals {
    SiteTotals {
        sites: totals.sites,
        households: totals.households,
        people: totals.people,
        labour: totals.labour,
        employed: totals.employed,
        rate: employment_rate(totals.rated.0, totals.rated.1),
        zero_employment_households: totals.zero_employment_households,
        projects: totals.projects,
        investment: totals.investment,
    }
}

fn instant(milliseconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().naive_utc()
}
