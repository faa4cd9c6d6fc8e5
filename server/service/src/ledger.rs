//! The ledger of funds: entries, sums, positions and pairs out of order, as a person of an area sees them. Writing lies
//! beside: postings in `request`, files in `import`, months in `month`, exports of banks in
//! `reconcile`.

pub mod control;
pub mod export;
pub(crate) mod glance;
pub mod import;
pub mod journal;
pub mod month;
pub mod project_money;
pub mod reconcile;
pub mod report;
pub mod request;
pub mod standing;
pub(crate) mod view;
pub(crate) mod write;

use crate::call::Call;
use crate::failure::Outcome;
use contract::ledger::command::{BalanceQuery, EntryQuery, LedgerQuery};
use contract::ledger::{
    BalanceView, EntryLine, InvertedPair, InvertedView, LedgerView, PositionLine, PositionsView, Sums,
    TotalsView,
};
use domain::ledger::{Key, Kind, PerStage, Position, Stage, Totals};
use domain::money::Delta;
use domain::period::FiscalYear;
use domain::permission::Action;
use domain::source::Source;
use store::Conn;
use store::ledger::entry::{self, Filter};
use store::ledger::position::{self, Line};
use store::ledger::{chain, control as matrix, project, rollup};
use store::page::Cursor;
use view::{entry_line, named};

/// Rows of one page.
const ROWS: u64 = 50;

/// A page of entries with the sums of the whole filter and the months of the books.
pub async fn entries(call: &Call, query: LedgerQuery) -> Outcome<LedgerView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    let after = query.page.as_deref().map(Cursor::decode).transpose()?;
    let page = entry::page(&conn, &scope, &filter, after.as_ref(), ROWS).await?;
    Ok(LedgerView {
        entries: page.rows.into_iter().map(|kept| entry_line(&scope, kept)).collect(),
        totals: sum(by_source(&conn, call, &filter).await?.into_iter().map(|(_, sums)| sums)),
        months: month::lines(&conn, call).await?,
        next: page.next.map(|cursor| cursor.encode()),
        known_at: chain::head(&conn).await?.0,
        may: call.abilities(scope.area()),
    })
}

/// One entry.
pub async fn one(call: &Call, query: EntryQuery) -> Outcome<EntryLine> {
    let conn = call.read().await?;
    let kept = entry::load(&conn, &call.scope(), query.entry).await?;
    call.permit(Action::ViewMoney, &kept.area)?;
    Ok(entry_line(&call.scope(), kept))
}

/// Sums of a filter, and by source.
pub async fn totals(call: &Call, query: LedgerQuery) -> Outcome<TotalsView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, &call.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    totals_of(&conn, call, &filter).await
}

async fn totals_of(conn: &Conn, call: &Call, filter: &Filter) -> Outcome<TotalsView> {
    let by_source = by_source(conn, call, filter).await?;
    Ok(TotalsView {
        totals: sum(by_source.iter().map(|(_, sums)| *sums)),
        by_source,
        known_at: chain::head(conn).await?.0,
        may: call.abilities(&call.area()),
    })
}

/// A page of positions with the sums of the whole filter.
pub async fn positions(call: &Call, query: LedgerQuery) -> Outcome<PositionsView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    let after = query.page.as_deref().map(Cursor::decode).transpose()?;
    let page = position::page(&conn, &scope, &filter, after.as_ref(), ROWS).await?;
    let sums = position::sums(&conn, &scope, &filter).await?;
    let rows = page.rows.into_iter().map(|line| position_line(&filter, line));
    Ok(PositionsView {
        rows: rows.collect::<Outcome<_>>()?,
        totals: sum(sums.into_iter().map(|(_, sums)| sums)),
        next: page.next.map(|cursor| cursor.encode()),
        may: call.abilities(scope.area()),
    })
}

/// 资金倒挂 (domain.md R46): pairs of project and source where, over all budget years and net of what was taken back, a
/// later stage exceeds the one before.
pub async fn inverted(call: &Call, query: LedgerQuery) -> Outcome<InvertedView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let filter = filter_of(&conn, call, &query).await?;
    Ok(InvertedView { pairs: pairs(&conn, call, &filter).await?, may: call.abilities(scope.area()) })
}

/// Every such pair of a filter, the largest excess first.
async fn pairs(conn: &Conn, call: &Call, filter: &Filter) -> Outcome<Vec<InvertedPair>> {
    let mut pairs = Vec::new();
    for line in position::out_of_order(conn, &call.scope(), filter).await? {
        let breaches = restored(&line)?.breaches();
        let Line { project, source, totals, .. } = line;
        pairs.push(InvertedPair { project: named(project), source, totals, breaches });
    }
    let over = |pair: &InvertedPair| pair.breaches.iter().map(|breach| breach.over).max();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(over(pair)), pair.project.number, pair.source));
    Ok(pairs)
}

/// The three remaining balances of a position, whether anything happened in it or not.
pub async fn balances(call: &Call, query: BalanceQuery) -> Outcome<BalanceView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let project = project::load(&conn, &scope, query.project).await?;
    call.permit(Action::ViewMoney, &project.area)?;
    let held = position::of(&conn, &[project.id]).await?;
    let mut sources: Vec<Source> = held.keys().map(|key| key.source).collect();
    for code in project::planned_sources(&conn, &scope, project.id).await? {
        sources.extend(Source::from_code(&code));
    }
    let mut seen = std::collections::BTreeSet::new();
    sources.retain(|source| seen.insert(*source));
    let key = query.source.or(sources.first().copied()).map(|source| Key {
        project: project.id,
        source,
        year: query
            .year
            .or(FiscalYear::of(call.today()))
            .unwrap_or_else(|| FiscalYear::new(2026).expect("2026 lies between 1990 and 2099")),
    });
    let totals = key.and_then(|key| held.get(&key)).map_or(Totals::default(), |held| *held.position.totals());
    let control = matrix::current(&conn).await?;
    let answers = key.map_or(Vec::new(), |key| {
        Kind::ALL.into_iter().map(|kind| (kind, control.get(kind, key.source))).collect()
    });
    let books = write::Books::load(&conn, [&project.area]).await?;
    Ok(BalanceView {
        open: books.of(&project.area).last_closed().and_then(domain::period::Month::next),
        sources,
        totals,
        left: totals.left(),
        control: answers,
        key: call.new_id().to_string(),
        may: call.abilities(&project.area),
        project: named(project),
    })
}

/// Cut by a day, a position may for a while be below zero: entries are dated as their vouchers, not as they were judged.
fn position_line(filter: &Filter, line: Line) -> Outcome<PositionLine> {
    let breaches = match restored(&line) {
        Ok(position) => position.breaches(),
        Err(_) if !filter.is_now() => Vec::new(),
        Err(failure) => return Err(failure),
    };
    let Line { project, source, year, totals } = line;
    Ok(PositionLine { project: named(project), source, year, totals, breaches })
}

fn restored(line: &Line) -> Outcome<Position> {
    let key = Key { project: line.project.id, source: line.source, year: line.year };
    Ok(Position::restore(key, line.totals)?)
}

async fn filter_of(conn: &Conn, call: &Call, query: &LedgerQuery) -> Outcome<Filter> {
    let area = match &query.area {
        Some(text) => Some(crate::area::asked(conn, call, text).await?.path),
        None => None,
    };
    let given = match query.given {
        Some(code) => Some(store::area::load(conn, &call.scope(), code).await?.path),
        None => None,
    };
    let notice = query.notice;
    let LedgerQuery { project, category, source, year, month, through, kind, batch, as_of, known_at, .. } =
        query.clone();
    let own = query.own && area.is_some();
    Ok(Filter {
        area,
        project,
        category,
        source,
        year,
        month,
        through,
        kind,
        batch,
        notice,
        given,
        as_of,
        known_at,
        own,
        ..Filter::default()
    })
}

/// From the kept totals where they answer, from the entries themselves where not.
async fn by_source(conn: &Conn, call: &Call, filter: &Filter) -> Outcome<Vec<(Source, Sums)>> {
    let scope = call.scope();
    Ok(if filter.is_kept() {
        rollup::sums(conn, &scope, filter).await?
    } else {
        entry::sums(conn, &scope, filter).await?
    })
}

pub(crate) fn sum(all: impl Iterator<Item = Sums>) -> Sums {
    let plus = |one: &PerStage<Delta>, two: &PerStage<Delta>| {
        PerStage::of(|stage: Stage| Delta::from_fen(one.get(stage).fen() + two.get(stage).fen()))
    };
    all.fold(Sums::default(), |one, two| Sums {
        entered: plus(&one.entered, &two.entered),
        recovered: plus(&one.recovered, &two.recovered),
        moved_out: plus(&one.moved_out, &two.moved_out),
        moved_in: plus(&one.moved_in, &two.moved_in),
    })
}
