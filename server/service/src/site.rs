//! Communities: a page of them, one with its projects and history, its form, the ledger as a workbook. Knows no SQL.

use crate::area;
use crate::call::Call;
use crate::facts::pairs;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, NaiveDateTime};
use contract::error::StaleField;
use contract::site::{
    SaveSite, SavedSite, SiteArea, SiteBlankView, SiteChange, SiteListQuery, SiteListView, SiteProject,
    SiteQuery, SiteRow, SiteSort, SiteTotals, SiteView,
};
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::money::Money;
use domain::permission::{Action, Permit};
use domain::site::{SiteFacts, SiteField, employment_rate};
use sheet::write::sites::{SiteBook, SiteLine};
use std::collections::BTreeMap;
use store::area::Area;
use store::audit::{Act, note};
use store::idempotency::{Claim, claim, keep};
use store::page::Cursor;
use store::site::page::{By, Filter, Line, Start, Totals, Window, places, projects, totals, window};
use store::{Conn, Tx};

const ROUTE: &str = "site/save";
/// Rows of one page.
const ROWS: u64 = 50;
/// Rows read at a time for a workbook.
const EXPORT_STEP: u64 = 500;

/// One page of communities with the sums of the whole filter.
pub async fn page(call: &Call, query: SiteListQuery) -> Outcome<SiteListView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewSites, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    let (first, shown) = rows_of(&conn, call, &query, &filter).await?;
    let next = shown.last.as_ref().filter(|_| shown.more_after);
    let next = next.map(|cursor| token(first + shown.rows.len() as u64, '.', cursor));
    let previous = shown.first.as_ref().filter(|_| first > 1).map(|cursor| token(first, '-', cursor));
    let names = names(&conn, call, shown.rows.iter().map(|line| line.site.facts.area)).await?;
    Ok(SiteListView {
        totals: totals_view(&totals(&conn, &scope, &filter).await?),
        rows: shown.rows.into_iter().map(|line| row(line, &names)).collect(),
        first,
        previous,
        next,
        areas: places_below(&conn, call).await?,
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
    let projects: Vec<SiteProject> = projects(&conn, &scope, site.id)
        .await?
        .into_iter()
        .map(|project| SiteProject {
            project: project.id,
            number: project.number,
            name: project.name,
            stage: project.stage,
            total: project.total,
        })
        .collect();
    let history = store::site::change::of_site(&conn, &scope, site.id).await?;
    Ok(SiteView {
        site: site.id,
        version: site.version,
        doubts: site.facts.doubts(),
        facts: site.facts,
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
    call.app().clone().see_through(async move { store_form(&call, command).await }).await
}

/// Everything the filter asks for in the form of the ledger (安置点台账), and into the trail.
pub async fn export(call: &Call, query: SiteListQuery) -> Outcome<Vec<u8>> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let tx = call.begin().await?;
    let filter = filter_of(&tx, call, &query).await?;
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

async fn filter_of(conn: &Conn, call: &Call, query: &SiteListQuery) -> Outcome<Filter> {
    let area = match query.area {
        Some(code) => Some(store::area::load(conn, &call.scope(), code).await?.path),
        None => None,
    };
    Ok(Filter { area, size: query.size, text: query.text.clone() })
}

const fn order(query: &SiteListQuery) -> (By, bool) {
    let by = match query.sort {
        SiteSort::Place => By::Place,
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

fn row(line: Line, names: &BTreeMap<AreaCode, String>) -> SiteRow {
    SiteRow {
        site: line.site.id,
        version: line.site.version,
        area_name: name_of(names, line.site.facts.area),
        facts: line.site.facts,
        projects: line.projects,
        investment: line.investment,
        updated: instant(line.site.updated_at),
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

async fn store_form(call: &Call, command: SaveSite) -> Outcome<SavedSite> {
    let permit = call.permit(Action::EditSite, &call.area())?;
    let tx = call.begin().await?;
    let body = format!("{command:?}");
    if let Claim::Done { answer } = claim(&tx, &permit, ROUTE, &command.key, body.as_bytes()).await? {
        return serde_json::from_str(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()));
    }
    let saved = match command.site {
        Some((site, version)) => change(&tx, call, &command, site, version).await?,
        None => make(&tx, call, &command).await?,
    };
    let answer = serde_json::to_string(&saved).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    keep(&tx, &permit, ROUTE, &command.key, &answer).await?;
    tx.commit().await?;
    Ok(saved)
}

async fn make(tx: &Tx, call: &Call, command: &SaveSite) -> Outcome<SavedSite> {
    let facts = SiteFacts {
        code: None,
        name: String::new(),
        area: call.area().code(),
        households: None,
        people: None,
        labour: None,
        employed: None,
        employed_out_of_province: None,
        employed_in_province: None,
        employed_in_county: None,
        zero_employment_households: None,
    };
    let (facts, permit) = filled(call, &facts, None, command).await?;
    let site = SiteId::new(call.new_id());
    store::site::insert_many(tx, &permit, &[(site, facts)]).await?;
    Ok(SavedSite { site, version: 1 })
}

async fn change(tx: &Tx, call: &Call, command: &SaveSite, site: SiteId, version: i64) -> Outcome<SavedSite> {
    let before = store::site::load_for_update(tx, &call.scope(), site).await?;
    call.permit(Action::EditSite, &before.area_path)?;
    let (after, permit) = filled(call, &before.facts, Some(before.facts.area), command).await?;
    if before.version != version {
        return Err(Failure::Stale(conflicts(&before.facts, &after)));
    }
    if after == before.facts {
        return Ok(SavedSite { site, version });
    }
    store::site::update(tx, &permit, site, &after, version).await?;
    Ok(SavedSite { site, version: version + 1 })
}

fn conflicts(theirs: &SiteFacts, yours: &SiteFacts) -> Vec<StaleField> {
    let conflict = |field: SiteField| {
        let (yours, theirs) = (yours.text(field), theirs.text(field));
        (yours != theirs).then(|| StaleField {
            field: field.key().to_owned(),
            yours,
            theirs,
            only_yours: false,
        })
    };
    SiteField::ALL.into_iter().filter_map(conflict).collect()
}

/// The facts with the columns of the form put in, and the right to keep them where they then lie.
async fn filled(
    call: &Call,
    before: &SiteFacts,
    lies_in: Option<AreaCode>,
    command: &SaveSite,
) -> Outcome<(SiteFacts, Permit)> {
    let mut facts = before.clone();
    let mut path = None;
    for (field, text) in &command.values {
        let count = || text.as_ref().and_then(|text| text.parse().ok());
        match field {
            SiteField::Code => facts.code.clone_from(text),
            SiteField::Name => facts.name = text.clone().unwrap_or_default(),
            SiteField::Area => {
                let text = text.as_deref().unwrap_or_default();
                let area = area::choose(call, text, lies_in).await?;
                let area = area.ok_or_else(|| area::unknown(text))?;
                facts.area = area.code;
                path = Some(area.path);
            }
            SiteField::Households => facts.households = count(),
            SiteField::People => facts.people = count(),
            SiteField::Labour => facts.labour = count(),
            SiteField::Employed => facts.employed = count(),
            SiteField::EmployedOutOfProvince => facts.employed_out_of_province = count(),
            SiteField::EmployedInProvince => facts.employed_in_province = count(),
            SiteField::EmployedInCounty => facts.employed_in_county = count(),
            SiteField::ZeroEmploymentHouseholds => facts.zero_employment_households = count(),
        }
    }
    let path = match path {
        Some(path) => path,
        None => store::area::load(&*call.read().await?, &call.scope(), facts.area).await?.path,
    };
    let permit = call.permit(Action::EditSite, &path)?;
    Ok((facts, permit))
}
