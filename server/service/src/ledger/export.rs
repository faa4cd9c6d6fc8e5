//! Entries, positions, pairs out of order and standing as whole files and pages: exactly what a filter shows to this
//! person, and the trail says who took it. Knows no format.

use super::{filter_of, pairs, position_line, standing, sum, view::entry_line};
use crate::call::Call;
use crate::failure::Outcome;
use crate::trail::taken;
use crate::whole::{SHEET_MOST, Whole};
use contract::export::PRINTED_MOST;
use contract::ledger::asked::{Asked, Taken};
use contract::ledger::command::LedgerQuery;
use contract::ledger::standing::{StandingQuery, StandingView};
use contract::ledger::{EntryLine, InvertedPair, PaperView, PositionLine};
use domain::permission::{Action, Permit};
use store::ledger::entry::{self, Filter};
use store::ledger::{batch, chain, position, project};
use store::page::MOST_ROWS;
use store::{Conn, Fault};

/// Every entry of a filter, in ledger order.
pub async fn entries(call: &Call, query: LedgerQuery) -> Outcome<Taken<Vec<EntryLine>>> {
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query).await?;
    let permit = may_take(call, &filter)?;
    let found = all_entries(&conn, call, &filter, SHEET_MOST).await?;
    let asked = named(&conn, call, &filter).await?;
    drop(conn);
    note(call, &permit, &filter, "entries", found.len()).await?;
    Ok(Taken { asked, found })
}

/// Every position of a filter.
pub async fn positions(call: &Call, query: LedgerQuery) -> Outcome<Taken<Vec<PositionLine>>> {
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query).await?;
    let permit = may_take(call, &filter)?;
    let scope = call.scope();
    let mut all = Whole::of_at_most(SHEET_MOST);
    while all.add(position::page(&conn, &scope, &filter, all.after(), MOST_ROWS).await?)? {}
    let lines = all.rows.into_iter();
    let found = lines.map(|line| position_line(&filter, line)).collect::<Outcome<Vec<_>>>()?;
    let asked = named(&conn, call, &filter).await?;
    drop(conn);
    note(call, &permit, &filter, "positions", found.len()).await?;
    Ok(Taken { asked, found })
}

/// 资金倒挂: every pair of a filter.
pub async fn inverted(call: &Call, query: LedgerQuery) -> Outcome<Taken<Vec<InvertedPair>>> {
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query).await?;
    let permit = may_take(call, &filter)?;
    let found = pairs(&conn, call, &filter).await?;
    let asked = named(&conn, call, &filter).await?;
    drop(conn);
    note(call, &permit, &filter, "inverted", found.len()).await?;
    Ok(Taken { asked, found })
}

/// Where money stands, every row.
pub async fn standing(call: &Call, query: StandingQuery) -> Outcome<Taken<StandingView>> {
    let found = standing::whole(call, &query).await?;
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query.filter).await?;
    let permit = may_take(call, &filter)?;
    let of_moment = Filter { as_of: Some(found.as_of), known_at: Some(found.known_at), ..filter.clone() };
    let asked = named(&conn, call, &of_moment).await?;
    drop(conn);
    let what = format!("standing by={}", query.by.code());
    note(call, &permit, &filter, &what, found.rows.len()).await?;
    Ok(Taken { asked, found })
}

/// Every entry of a filter, for paper. It is a page, so only its reading is asked for.
pub async fn paper(call: &Call, query: LedgerQuery) -> Outcome<PaperView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    Ok(PaperView {
        entries: all_entries(&conn, call, &filter, PRINTED_MOST).await?,
        totals: sum(super::by_source(&conn, call, &filter).await?.into_iter().map(|(_, sums)| sums)),
        asked: named(&conn, call, &filter).await?,
    })
}

/// A filter in names. What of it lies outside the person's area has none.
async fn named(conn: &Conn, call: &Call, filter: &Filter) -> Outcome<Asked> {
    let scope = call.scope();
    let place = filter.area.clone().unwrap_or_else(|| call.area());
    let given = match &filter.given {
        Some(area) => Some(store::area::load(conn, &scope, area.code()).await?.name),
        None => None,
    };
    let project = match filter.project {
        Some(project) => project::by_ids(conn, &scope, &[project]).await?.pop(),
        None => None,
    };
    let notice = match filter.notice {
        Some(notice) => seen(store::fund::load(conn, &scope, notice).await)?,
        None => None,
    };
    let batch = match filter.batch {
        Some(batch) => seen(batch::load(conn, &scope, batch).await)?,
        None => None,
    };
    Ok(Asked {
        area_name: store::area::load(conn, &scope, place.code()).await?.name,
        own: filter.own,
        given,
        project: project.map(|project| project.name),
        source: filter.source,
        year: filter.year,
        month: filter.month,
        kind: filter.kind,
        document: notice.map(|kept| kept.notice.document),
        file_name: batch.map(|batch| batch.file_name),
        as_of: filter.as_of.unwrap_or_else(|| call.today()),
        known_at: match filter.known_at {
            Some(known_at) => known_at,
            None => chain::head(conn).await?.0,
        },
    })
}

/// A row of the person's area, or nothing.
fn seen<T>(found: Result<T, Fault>) -> Outcome<Option<T>> {
    match found {
        Ok(row) => Ok(Some(row)),
        Err(Fault::Missing { .. }) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

async fn all_entries(conn: &Conn, call: &Call, filter: &Filter, most: u64) -> Outcome<Vec<EntryLine>> {
    let scope = call.scope();
    let mut all = Whole::of_at_most(most);
    while all.add(entry::page(conn, &scope, filter, all.after(), MOST_ROWS).await?)? {}
    Ok(all.rows.into_iter().rev().map(|kept| entry_line(&scope, kept)).collect())
}

fn may_take(call: &Call, filter: &Filter) -> Outcome<Permit> {
    let place = filter.area.clone().unwrap_or_else(|| call.area());
    call.permit(Action::ExportList, &place)
}

async fn note(call: &Call, permit: &Permit, filter: &Filter, what: &str, rows: usize) -> Outcome<()> {
    let detail = format!("rows={rows} what={what}{}", asked(filter));
    taken(call, permit, "ledger", detail).await
}

/// The filled-in parts of a filter, for the trail.
fn asked(filter: &Filter) -> String {
    let parts = [
        ("area", filter.area.as_ref().map(|area| area.code().to_string())),
        ("project", filter.project.map(|project| project.to_string())),
        ("category", filter.category.map(|category| category.code().to_owned())),
        ("source", filter.source.map(|source| source.code().to_owned())),
        ("year", filter.year.map(|year| year.to_string())),
        ("month", filter.month.map(|month| month.to_string())),
        ("through", filter.through.map(|month| month.to_string())),
        ("kind", filter.kind.map(|kind| kind.code().to_owned())),
        ("batch", filter.batch.map(|batch| batch.to_string())),
        ("as_of", filter.as_of.map(|day| day.to_string())),
        ("known", filter.known_at.map(|seq| seq.to_string())),
    ];
    parts.into_iter().filter_map(|(name, value)| Some(format!(" {name}={}", value?))).collect()
}
