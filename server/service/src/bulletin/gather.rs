//! What a document stands on, put together. Now: everything as it is, at one moment. Again: money from the ledger's own entries
//! and reports from the versions that were handed in, both as they were known; the register and the findings, which keep no
//! such versions, as the document froze them. Decides nothing.

use crate::failure::Outcome;
use domain::area::AreaCode;
use domain::bulletin::facts::{Entry, Facts, Known, Project, Reported, Review};
use domain::bulletin::period::Period;
use domain::id::ProjectId;
use domain::ledger::PerStage;
use domain::money::Delta;
use domain::period::Month;
use domain::permission::Scope;
use std::collections::{BTreeMap, BTreeSet};
use store::Conn;
use store::bulletin::{handed, source};

type Money = BTreeMap<ProjectId, PerStage<Delta>>;
type Reports = BTreeMap<ProjectId, Vec<Reported>>;

/// The figures of a period as they are known at this moment.
pub async fn now(conn: &Conn, scope: &Scope, period: Period, known: Known) -> Outcome<Facts> {
    let (last, year) = (period.last_month(), period.year());
    let first = Month::new(year, 1).unwrap_or(last);
    let entries = source::entries(conn, scope, year).await?;
    let mut found: BTreeMap<AreaCode, Review> = BTreeMap::new();
    for (area, review) in source::reviews(conn, scope, last.last_day()).await? {
        let place = found.entry(Facts::place_of(&area)).or_default();
        place.ordered += review.ordered;
        place.closed += review.closed;
        place.overdue += review.overdue;
    }
    let reports = by_project(source::reports(conn, scope, first, last).await?);
    let [money, money_before] = money(conn, scope, period, known).await?;
    let project = |entry: Entry| Project {
        money: of(&money, entry.id),
        money_before: of(&money_before, entry.id),
        reported: newest(&reports, entry.id, Some(last)),
        reported_before: newest(&reports, entry.id, period.before()),
        entry,
    };
    Ok(Facts {
        area: scope.area().clone(),
        period,
        known,
        names: names(conn, scope, &entries, &found).await?,
        projects: entries.into_iter().map(project).collect(),
        reviews: found,
        books: source::books(conn, scope, first, last).await?,
    })
}

/// The same document made again with what it knew, whatever was corrected since.
pub async fn again(conn: &Conn, scope: &Scope, before: &Facts) -> Outcome<Facts> {
    let mut facts = before.clone();
    let [money, money_before] = money(conn, scope, before.period, before.known).await?;
    // Rows that came into their tables without ever being handed in have no version to be read again.
    let are_kept = before.books.iter().all(|book| book.number > 0);
    let reports = if are_kept { Some(handed::reports(conn, scope, &before.books).await?) } else { None };
    let reports = reports.map(by_project);
    for project in &mut facts.projects {
        let id = project.entry.id;
        project.money = of(&money, id);
        project.money_before = of(&money_before, id);
        if let Some(reports) = &reports {
            project.reported = newest(reports, id, Some(before.period.last_month()));
            project.reported_before = newest(reports, id, before.period.before());
        }
    }
    Ok(facts)
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
async fn money(conn: &Conn, scope: &Scope, period: Period, known: Known) -> Outcome<[Money; 2]> {
    let year = period.year();
    let day = period.last_month().last_day();
    let until = source::spent(conn, scope, year, day, known.ledger).await?;
    // Money of a year may come before it; in January everything counts as new.
    let before = match period.before() {
        Some(month) => source::spent(conn, scope, year, month.last_day(), known.ledger).await?,
        None => Money::new(),
    };
    Ok([until, before])
}

fn of(money: &Money, project: ProjectId) -> PerStage<Delta> {
    money.get(&project).copied().unwrap_or_default()
}

/// Names of the area and of its places, as they are called now.
async fn names(
    conn: &Conn,
    scope: &Scope,
    entries: &[Entry],
    reviews: &BTreeMap<AreaCode, Review>,
) -> Outcome<BTreeMap<AreaCode, String>> {
    let places = entries.iter().map(|entry| entry.place).chain(reviews.keys().copied());
    let codes: BTreeSet<AreaCode> = places.chain([scope.area().code()]).collect();
    let codes: Vec<AreaCode> = codes.into_iter().collect();
    let areas = store::area::by_codes(conn, scope, &codes).await?;
    Ok(areas.into_iter().map(|area| (area.code, area.name)).collect())
}
