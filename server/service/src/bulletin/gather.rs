//! What a document stands on, put together. Now: everything as it is, at one moment. Again: money from the ledger's own entries
//! and reports from the versions that were handed in, both as they were known; the register and the findings, which keep no
//! such versions, as the document froze them. Decides nothing.

use crate::failure::Outcome;
use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::bulletin::community::Community;
use domain::bulletin::edition::Edition;
use domain::bulletin::facts::{Entry, Facts, Known, Project, Reported, Review};
use domain::bulletin::period::Period;
use domain::dispatch::row::SiteRow;
use domain::id::{ProjectId, SiteId};
use domain::ledger::PerStage;
use domain::money::Delta;
use domain::period::Month;
use domain::permission::Scope;
use std::collections::{BTreeMap, BTreeSet};
use store::Conn;
use store::bulletin::spent::{Spent, Until};
use store::bulletin::{community, handed, orders, source, spent};

type Reports = BTreeMap<ProjectId, Vec<Reported>>;

/// The rules that new documents reckon by.
const EDITION: Edition = Edition::Third;

/// The figures of a period as they are known at this moment. Of a period that is not over, orders to rectify stand as they do
/// `today`: nothing is late before its day has come.
pub async fn now(
    conn: &Conn,
    scope: &Scope,
    period: Period,
    known: Known,
    today: NaiveDate,
) -> Outcome<Facts> {
    let (last, year) = (period.last_month(), period.year());
    let first = Month::new(year, 1).unwrap_or(last);
    let entries = source::entries(conn, scope, year).await?;
    let mut found: BTreeMap<AreaCode, Review> = BTreeMap::new();
    for (area, review) in orders::reviews(conn, scope, last.last_day().min(today)).await? {
        let place = found.entry(Facts::place_of(&area)).or_default();
        place.ordered += review.ordered;
        place.closed += review.closed;
        place.overdue += review.overdue;
    }
    // A place in which nobody was ordered by then has no row for it.
    found.retain(|_, review| review.ordered > 0);
    let reports = by_project(source::reports(conn, scope, first, last).await?);
    let gone = spent::elsewhere(conn, scope, year, known.ledger).await?;
    let [money, money_before] = money(conn, scope, EDITION, period, known).await?;
    let project = |entry: Entry, is_elsewhere: bool| Project {
        money: of(&money, EDITION, &entry),
        money_before: of(&money_before, EDITION, &entry),
        reported: newest(&reports, entry.id, Some(last).filter(|_| !is_elsewhere)),
        reported_before: newest(&reports, entry.id, period.before().filter(|_| !is_elsewhere)),
        is_elsewhere,
        entry,
    };
    let here = entries.into_iter().map(|entry| project(entry, false));
    let mut projects: Vec<Project> = here.chain(gone.into_iter().map(|entry| project(entry, true))).collect();
    projects.sort_by_key(|project| (project.entry.place, project.entry.number));
    let communities = community::all(conn, scope, first, last).await?;
    Ok(Facts {
        area: scope.area().clone(),
        period,
        known,
        names: names(conn, scope, &projects, &communities, &found).await?,
        projects,
        reviews: found,
        books: source::books(conn, scope, first, last).await?,
        communities,
        edition: EDITION,
    })
}

/// The same document made again with what it knew and by the rules it was begun with, whatever was corrected since.
pub async fn again(conn: &Conn, scope: &Scope, before: &Facts) -> Outcome<Facts> {
    let mut facts = before.clone();
    let edition = before.edition;
    let [money, money_before] = money(conn, scope, edition, before.period, before.known).await?;
    // Rows that came into their tables without ever being handed in have no version to be read again.
    let are_kept = before.books.iter().all(|book| book.number > 0);
    let tells = edition.tells_communities();
    let handed =
        if are_kept { Some(handed::reports(conn, scope, &before.books, tells).await?) } else { None };
    let (reports, told) = handed.map(|handed| (by_project(handed.projects), handed.communities)).unzip();
    if let Some(told) = told {
        retell(&mut facts.communities, told);
    }
    for project in &mut facts.projects {
        let id = project.entry.id;
        project.money = of(&money, edition, &project.entry);
        project.money_before = of(&money_before, edition, &project.entry);
        if let Some(reports) = reports.as_ref().filter(|_| !project.is_elsewhere) {
            project.reported = newest(reports, id, Some(before.period.last_month()));
            project.reported_before = newest(reports, id, before.period.before());
        }
    }
    Ok(facts)
}

/// Every community with the newest that these versions, the older first, say of it in a book of its own area.
fn retell(communities: &mut [Community], told: Vec<(SiteId, AreaCode, Month, SiteRow)>) {
    let mut of: BTreeMap<SiteId, &mut Community> = BTreeMap::new();
    for one in communities {
        one.reported = None;
        of.insert(one.id, one);
    }
    for (id, area, month, row) in told {
        if let Some(one) = of.get_mut(&id).filter(|one| one.area.codes().contains(&area)) {
            one.reported = Some((month, row));
        }
    }
}

/// The reports of each project, the older first.
fn by_project(all: Vec<(ProjectId, Reported)>) -> Reports {
    let mut reports = Reports::new();
    for (project, reported) in all {
        reports.entry(project).or_default().push(reported);
    }
    reports
}

/// The newest report up to the end of a month.
fn newest(reports: &Reports, project: ProjectId, until: Option<Month>) -> Option<Reported> {
    let until = until?;
    reports.get(&project)?.iter().rfind(|reported| reported.month <= until).cloned()
}

/// Money of the year up to the end of the period, and up to the end of the one before; before the first there was none.
async fn money(
    conn: &Conn,
    scope: &Scope,
    edition: Edition,
    period: Period,
    known: Known,
) -> Outcome<[Spent; 2]> {
    let year = period.year();
    let until = |month: Month| match edition {
        Edition::First => Until::Date(month),
        Edition::Second | Edition::Third => Until::Books(month),
    };
    let so_far = spent::money(conn, scope, year, until(period.last_month()), known.ledger).await?;
    // Money of a year may come before it; in January everything counts as new.
    let before = match period.before() {
        Some(month) => spent::money(conn, scope, year, until(month), known.ledger).await?,
        None => Spent::new(),
    };
    Ok([so_far, before])
}

/// Money of a project in its place; by the first edition all that it has in the area, wherever it lay.
fn of(money: &Spent, edition: Edition, entry: &Entry) -> PerStage<Delta> {
    let of_place = |place: AreaCode| money.get(&(entry.id, place)).copied().unwrap_or_default();
    match edition {
        Edition::Second | Edition::Third => of_place(entry.place),
        Edition::First => {
            let all: Vec<PerStage<Delta>> =
                money.iter().filter(|((project, _), _)| *project == entry.id).map(|(_, own)| *own).collect();
            PerStage::of(|stage| Delta::from_fen(all.iter().map(|own| own.get(stage).fen()).sum()))
        }
    }
}

/// Names of the area and of its places, as they are called now.
async fn names(
    conn: &Conn,
    scope: &Scope,
    projects: &[Project],
    communities: &[Community],
    reviews: &BTreeMap<AreaCode, Review>,
) -> Outcome<BTreeMap<AreaCode, String>> {
    let places =
        projects.iter().map(|project| project.entry.place).chain(communities.iter().map(Community::place));
    let codes: BTreeSet<AreaCode> =
        places.chain(reviews.keys().copied()).chain([scope.area().code()]).collect();
    let codes: Vec<AreaCode> = codes.into_iter().collect();
    let areas = store::area::by_codes(conn, scope, &codes).await?;
    Ok(areas.into_iter().map(|area| (area.code, area.name)).collect())
}
