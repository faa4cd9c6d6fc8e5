//! The workbench and the search everywhere: figures and finds of the person's own area. Knows no layout.

use crate::call::Call;
use crate::failure::Outcome;
use crate::ledger::glance;
use crate::list::{plan_year, row};
use crate::review;
use chrono::DateTime;
use contract::home::{
    ChangeLine, Find, FoundProject, FoundSite, FoundView, FundFigures, HomeView, ListFigures, OwnRequests,
};
use domain::area::AreaCode;
use domain::list::{Mark, QUIET_DAYS};
use domain::money::Money;
use domain::period::{FiscalYear, Horizon};
use domain::permission::{Abilities, Action, Scope};
use domain::project::{Field, Stage};
use std::collections::BTreeMap;
use store::Conn;
use store::account::people;
use store::history::Recent;
use store::ledger::Maker;
use store::project::Project;
use store::project::filter::{Filter, Standing};
use store::project::page::page;
use store::project::totals::{are_quick, totals};

/// Lines of recent changes.
const CHANGES: u32 = 6;
/// Finds of one kind.
const FOUND: usize = 20;
/// milliseconds of a day
const DAY: i64 = 86_400_000;

/// Figures of the own area, by what the person may see.
pub async fn board(call: &Call, (): ()) -> Outcome<HomeView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let may = call.abilities(scope.area());
    let year = plan_year(call)?;
    let mut view = HomeView {
        plan_year: year,
        lists: Vec::new(),
        ready: None,
        marks: Vec::new(),
        funds: None,
        sites: None,
        returns: Vec::new(),
        people: None,
        changes: Vec::new(),
    };
    if may.includes(Action::ViewProjects) {
        projects(call, &conn, &scope, &mut view).await?;
        view.changes = store::history::recent(&conn, &scope, CHANGES).await?.into_iter().map(line).collect();
    }
    if may.includes(Action::ViewMoney) {
        view.funds = Some(funds(call, &conn, year, &may).await?);
    }
    if may.includes(Action::ViewSites) {
        view.sites = Some(store::site::list(&conn, &scope, "").await?.len() as u64);
    }
    if may.includes(Action::FillReturn) || may.includes(Action::AcceptReturn) {
        view.returns = crate::dispatch::glances(&conn, call).await?;
    }
    if may.includes(Action::ManageUsers) {
        let barred = |barred| people::Filter { disabled: Some(barred), ..people::Filter::default() };
        let active = people::total(&conn, &scope, &barred(false)).await?;
        view.people = Some((active, people::total(&conn, &scope, &barred(true)).await?));
    }
    Ok(view)
}

async fn projects(call: &Call, conn: &Conn, scope: &Scope, view: &mut HomeView) -> Outcome<()> {
    let year = view.plan_year;
    for horizon in Horizon::ALL.into_iter().map(Some).chain([None]) {
        let standing = horizon.map_or(Standing::Everywhere, Standing::List);
        let sums = totals(conn, scope, &Filter::new(year, standing)).await?;
        let total = sums.amounts.get(&Field::Total).copied().unwrap_or(Money::ZERO);
        view.lists.push(ListFigures { horizon, projects: sums.projects, total });
    }
    let ready = Filter { stages: vec![Stage::Ready], ..Filter::new(year, Standing::Everywhere) };
    view.ready = Some(totals(conn, scope, &ready).await?.projects);
    for mark in Mark::ALL {
        let filter = marked(call, year, mark);
        if are_quick(conn, scope, &filter).await? {
            view.marks.push((mark, totals(conn, scope, &filter).await?.projects));
        }
    }
    Ok(())
}

/// Money of the own area, each figure asked where the page behind it asks.
async fn funds(call: &Call, conn: &Conn, year: FiscalYear, may: &Abilities) -> Outcome<FundFigures> {
    let user = call.user()?;
    let to_decide = if may.includes(Action::ApproveMoney) {
        Some(glance::waiting(conn, call, Maker::AllBut(user)).await?)
    } else {
        None
    };
    let own = if may.includes(Action::EnterMoney) {
        let waiting = glance::waiting(conn, call, Maker::Only(user)).await?;
        Some(OwnRequests { waiting, returned: glance::returned(conn, call, Maker::Only(user)).await? })
    } else {
        None
    };
    let (findings, overdue) = review::open(conn, call).await?;
    Ok(FundFigures {
        to_decide,
        own,
        entered: glance::of_year(conn, call, year).await?.entered,
        findings,
        overdue,
        inverted: glance::inverted(conn, call).await?,
    })
}

fn marked(call: &Call, year: FiscalYear, mark: Mark) -> Filter {
    let mut filter = Filter::new(year, Standing::Everywhere);
    match mark {
        Mark::Gap => filter.gap = true,
        Mark::Gates => filter.gates_missing = true,
        Mark::Quiet => filter.quiet_before = Some(call.now().timestamp_millis() - QUIET_DAYS * DAY),
    }
    filter
}

fn line(recent: Recent) -> ChangeLine {
    ChangeLine {
        kind: crate::history::kind_of(recent.kind),
        at: DateTime::from_timestamp_millis(recent.at).unwrap_or_default().naive_utc(),
        by: recent.by,
        projects: u64::try_from(recent.projects).unwrap_or_default(),
        project: recent.project,
    }
}

/// Projects and communities of the own area by 汉字, pinyin, initials, code or internal number.
pub async fn find(call: &Call, command: Find) -> Outcome<FoundView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let may = call.abilities(scope.area());
    let mut found = FoundView::default();
    if command.text.is_empty() {
        return Ok(found);
    }
    let names = row::names(&store::area::all(&conn, &scope).await?);
    if may.includes(Action::ViewProjects) {
        let text = Some(command.text.clone());
        let filter = Filter { text, ..Filter::new(plan_year(call)?, Standing::Everywhere) };
        let shown = page(&conn, &scope, &filter, None, None, FOUND as u64).await?;
        found.more_projects = shown.next.is_some();
        found.projects = shown.rows.into_iter().map(|project| project_line(project, &names)).collect();
    }
    if may.includes(Action::ViewSites) {
        let sites = store::site::list(&conn, &scope, &command.text).await?;
        found.more_sites = sites.len() > FOUND;
        let line = |site: store::site::Site| FoundSite {
            site: site.id,
            area_name: area_name(&names, site.facts.area),
            name: site.facts.name,
            people: site.facts.people,
        };
        found.sites = sites.into_iter().take(FOUND).map(line).collect();
    }
    Ok(found)
}

fn project_line(project: Project, names: &BTreeMap<AreaCode, String>) -> FoundProject {
    FoundProject {
        project: project.id,
        number: u64::try_from(project.number).unwrap_or_default(),
        area_name: area_name(names, project.facts.area),
        horizon: project.facts.horizon,
        total: project.facts.total,
        name: project.facts.name,
    }
}

fn area_name(names: &BTreeMap<AreaCode, String>, area: AreaCode) -> String {
    names.get(&area).cloned().unwrap_or_else(|| area.to_string())
}
