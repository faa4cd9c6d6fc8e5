//! Entries, positions, pairs out of order and standing as whole files and pages: exactly what a filter shows to this
//! person, and the trail says who took it. Knows no format.

use super::{filter_of, pairs, position_line, standing, sum, view::entry_line};
use crate::call::Call;
use crate::failure::Outcome;
use crate::trail::taken;
use crate::whole::{SHEET_MOST, Whole};
use contract::export::PRINTED_MOST;
use contract::ledger::command::LedgerQuery;
use contract::ledger::standing::{StandingQuery, StandingView};
use contract::ledger::{EntryLine, InvertedPair, PaperView, PositionLine};
use domain::permission::{Action, Permit};
use store::Conn;
use store::ledger::entry::{self, Filter};
use store::ledger::{chain, position};
use store::page::MOST_ROWS;

/// Every entry of a filter, in ledger order.
pub async fn entries(call: &Call, query: LedgerQuery) -> Outcome<Vec<EntryLine>> {
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query).await?;
    let permit = may_take(call, &filter)?;
    let rows = all_entries(&conn, call, &filter, SHEET_MOST).await?;
    drop(conn);
    note(call, &permit, &filter, "entries", rows.len()).await?;
    Ok(rows)
}

/// Every position of a filter.
pub async fn positions(call: &Call, query: LedgerQuery) -> Outcome<Vec<PositionLine>> {
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query).await?;
    let permit = may_take(call, &filter)?;
    let scope = call.scope();
    let mut all = Whole::of_at_most(SHEET_MOST);
    while all.add(position::page(&conn, &scope, &filter, all.after(), MOST_ROWS).await?)? {}
    let lines = all.rows.into_iter();
    let rows = lines.map(|line| position_line(&filter, line)).collect::<Outcome<Vec<_>>>()?;
    drop(conn);
    note(call, &permit, &filter, "positions", rows.len()).await?;
    Ok(rows)
}

/// 资金倒挂: every pair of a filter.
pub async fn inverted(call: &Call, query: LedgerQuery) -> Outcome<Vec<InvertedPair>> {
    let conn = call.read().await?;
    let filter = filter_of(&conn, call, &query).await?;
    let permit = may_take(call, &filter)?;
    let pairs = pairs(&conn, call, &filter).await?;
    drop(conn);
    note(call, &permit, &filter, "inverted", pairs.len()).await?;
    Ok(pairs)
}

/// Where money stands, every row.
pub async fn standing(call: &Call, query: StandingQuery) -> Outcome<StandingView> {
    let view = standing::whole(call, &query).await?;
    let filter = filter_of(&*call.read().await?, call, &query.filter).await?;
    let permit = may_take(call, &filter)?;
    let what = format!("standing by={}", query.by.code());
    note(call, &permit, &filter, &what, view.rows.len()).await?;
    Ok(view)
}

/// Every entry of a filter, for paper. It is a page, so only its reading is asked for.
pub async fn paper(call: &Call, query: LedgerQuery) -> Outcome<PaperView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    let place = filter.area.clone().unwrap_or_else(|| call.area());
    let rows = all_entries(&conn, call, &filter, PRINTED_MOST).await?;
    Ok(PaperView {
        entries: rows,
        totals: sum(super::by_source(&conn, call, &filter).await?.into_iter().map(|(_, sums)| sums)),
        area_name: store::area::load(&conn, &scope, place.code()).await?.name,
        known_at: match filter.known_at {
            Some(known_at) => known_at,
            None => chain::head(&conn).await?.0,
        },
        today: call.today(),
    })
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
