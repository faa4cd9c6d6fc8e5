//! Where money stands: what lies at each stage and since when, from the entries of every position, oldest first out.

use super::{filter_of, view::named};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use chrono::NaiveDate;
use contract::ledger::standing::{Group, Grouping, StandingLine, StandingQuery, StandingView};
use domain::area::{AreaCode, AreaPath};
use domain::id::ProjectId;
use domain::ledger::{Ageing, Entry, Key, Standing};
use domain::period::FiscalYear;
use domain::permission::Action;
use domain::source::Source;
use std::collections::BTreeMap;
use store::Conn;
use store::ledger::entry::Filter;
use store::ledger::flow::{self, Moved};
use store::ledger::{chain, project};

/// Rows of one page.
const ROWS: usize = 50;

/// What tells rows apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Area(AreaCode, bool),
    Source(Source),
    Project(ProjectId),
    Year(FiscalYear),
}

/// A page of rows, the longest lying first.
pub async fn standing(call: &Call, query: StandingQuery) -> Outcome<StandingView> {
    let mut view = whole(call, &query).await?;
    let start = usize::try_from(query.page - 1).unwrap_or(usize::MAX).saturating_mul(ROWS);
    let mut rows = view.rows.into_iter().skip(start);
    view.rows = rows.by_ref().take(ROWS).collect();
    view.more = rows.next().is_some();
    view.page = query.page;
    Ok(view)
}

/// Every row.
pub(super) async fn whole(call: &Call, query: &StandingQuery) -> Outcome<StandingView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let mut filter = filter_of(&conn, call, &query.filter).await?;
    let as_of = filter.as_of.unwrap_or_else(|| call.today());
    filter.as_of = Some(as_of);
    let base = filter.area.clone().unwrap_or_else(|| scope.area().clone());
    let mut rows: BTreeMap<Row, Standing> = BTreeMap::new();
    let mut total = Standing::default();
    each_position(&conn, call, &filter, as_of, |key, area, standing| {
        total = total.and(&standing);
        let row = row(query.by, &base, key, area);
        let sum = rows.entry(row).or_default();
        *sum = sum.and(&standing);
    })
    .await?;
    rows.retain(|_, standing| !standing.is_empty());
    let mut lines = named_rows(&conn, call, rows).await?;
    // Stable: rows of one day keep the order of their kind.
    lines.sort_by_key(|line| line.standing.oldest().unwrap_or(NaiveDate::MAX));
    Ok(StandingView {
        by: query.by,
        count: lines.len() as u64,
        rows: lines,
        total,
        page: 1,
        more: false,
        as_of,
        known_at: match filter.known_at {
            Some(known_at) => known_at,
            None => chain::head(&conn).await?.0,
        },
        may: call.abilities(scope.area()),
    })
}

/// Calls `take` with what lies in each position of the filter.
async fn each_position(
    conn: &Conn,
    call: &Call,
    filter: &Filter,
    as_of: NaiveDate,
    mut take: impl FnMut(Key, &AreaPath, Standing),
) -> Outcome<()> {
    let scope = call.scope();
    let mut held: Option<(Key, AreaPath, Vec<Entry>)> = None;
    let mut after = None;
    let mut close = |held: Option<(Key, AreaPath, Vec<Entry>)>| -> Outcome<()> {
        if let Some((key, area, entries)) = held {
            take(key, &area, Standing::of(&Ageing::of(&entries, as_of)?, as_of));
        }
        Ok(())
    };
    loop {
        let batch = flow::by_position(conn, &scope, filter, after).await?;
        let Some(last) = batch.last() else { break };
        after = Some((last.entry.posting.key, last.seq));
        for Moved { entry, area, .. } in batch {
            let key = entry.posting.key;
            match &mut held {
                Some((open, _, entries)) if *open == key => entries.push(entry),
                Some(_) | None => close(held.replace((key, area, vec![entry])))?,
            }
        }
    }
    close(held)
}

fn row(by: Grouping, base: &AreaPath, key: Key, area: &AreaPath) -> Row {
    match by {
        Grouping::Area => {
            let depth = base.codes().len();
            match area.codes().get(depth) {
                Some(child) => Row::Area(*child, false),
                None => Row::Area(area.code(), true),
            }
        }
        Grouping::Source => Row::Source(key.source),
        Grouping::Project => Row::Project(key.project),
        Grouping::Year => Row::Year(key.year),
    }
}

async fn named_rows(conn: &Conn, call: &Call, rows: BTreeMap<Row, Standing>) -> Outcome<Vec<StandingLine>> {
    let scope = call.scope();
    let (mut areas, mut projects) = (Vec::new(), Vec::new());
    for row in rows.keys() {
        match row {
            Row::Area(area, _) => areas.push(*area),
            Row::Project(project) => projects.push(*project),
            Row::Source(_) | Row::Year(_) => {}
        }
    }
    let areas: BTreeMap<AreaCode, String> = store::area::by_codes(conn, &scope, &areas)
        .await?
        .into_iter()
        .map(|area| (area.code, area.name))
        .collect();
    let mut found: BTreeMap<ProjectId, project::Named> = project::by_ids(conn, &scope, &projects)
        .await?
        .into_iter()
        .map(|project| (project.id, project))
        .collect();
    rows.into_iter()
        .map(|(row, standing)| {
            let group = match row {
                Row::Area(area, own) => {
                    let name = areas.get(&area).cloned().unwrap_or_else(|| area.to_string());
                    Group::Area { area, name, own }
                }
                Row::Source(source) => Group::Source { source },
                Row::Project(id) => {
                    let project = found.remove(&id).ok_or(Failure::NotFound)?;
                    Group::Project { project: named(project) }
                }
                Row::Year(year) => Group::Year { year },
            };
            Ok(StandingLine { group, standing })
        })
        .collect()
}
