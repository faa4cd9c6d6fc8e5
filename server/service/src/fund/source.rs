//! All funding sources with the envelope of each in one area and budget year. Adds up what the store answers.

use super::edition::editions;
use crate::area::asked_or_own;
use crate::call::Call;
use crate::failure::Outcome;
use contract::fund::command::SourcesQuery;
use contract::fund::{ClauseLine, SourceLine, SourcesView};
use domain::area::{AreaCode, AreaPath};
use domain::fund::SourceKind;
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use domain::permission::Action;
use std::collections::BTreeMap;
use store::Conn;
use store::fund::{Filter, Total};

/// Sources with their rules, and what they give, have arranged and have left.
pub async fn sources(call: &Call, query: SourcesQuery) -> Outcome<SourcesView> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, call.scope().area())?;
    envelopes(&conn, call, query).await
}

/// The same for who may see it, of one moment.
pub(super) async fn envelopes(conn: &Conn, call: &Call, query: SourcesQuery) -> Outcome<SourcesView> {
    let scope = call.scope();
    let area = asked_or_own(conn, call, query.area.as_deref()).await?;
    let mut years = store::fund::years(conn, &scope).await?;
    let this = FiscalYear::of(call.today());
    let first = FiscalYear::new(1990).expect("the first year of the product");
    let year = query.year.or(this).or(years.first().copied()).unwrap_or(first);
    years.extend(this.into_iter().chain([year]));
    years.sort_unstable();
    years.dedup();
    years.reverse();
    let filter = Filter { area: Some(area.path.clone()), source: None, year: Some(year) };
    let totals = store::fund::totals(conn, &scope, &filter).await?;
    let catalogue = editions(conn).await?.catalogue(&area.path, call.today());
    let named: Vec<AreaCode> =
        catalogue.iter().flat_map(|kind| &kind.clauses).filter_map(|clause| clause.area).collect();
    let below = store::area::by_codes(conn, &scope, &named).await?;
    let below = below.into_iter().filter(|below| area.path.contains(&below.path));
    let below: BTreeMap<AreaCode, String> = below.map(|below| (below.path.code(), below.name)).collect();
    let rows: Vec<SourceLine> = catalogue
        .iter()
        .map(|kind| {
            let total = totals.iter().find(|total| total.source == kind.source);
            line(call, kind, total, year, &area.path, &below)
        })
        .collect();
    let quota = Money::sum(rows.iter().map(|row| row.quota)).ok_or(domain::fund::Refusal::TooLarge)?;
    let sum = |of: fn(&SourceLine) -> Delta| Delta::from_fen(rows.iter().map(|row| of(row).fen()).sum());
    Ok(SourcesView {
        year,
        area: area.code,
        area_name: area.name,
        quota,
        arranged: sum(|row| row.arranged),
        left: sum(|row| row.left),
        rows,
        years,
        may: call.abilities(scope.area()),
    })
}

fn line(
    call: &Call,
    kind: &SourceKind,
    total: Option<&Total>,
    year: FiscalYear,
    area: &AreaPath,
    below: &BTreeMap<AreaCode, String>,
) -> SourceLine {
    let today = call.today();
    let quota = total.map_or(Money::ZERO, |total| total.quota);
    let arranged = total.map_or(Delta::ZERO, |total| total.arranged);
    // A rule of a place that is neither above nor below says nothing here.
    let codes = area.codes();
    let speaks = |code: AreaCode| codes.contains(&code) || below.contains_key(&code);
    let clauses = kind.clauses.iter().filter(|clause| clause.area.is_none_or(speaks));
    let clauses = clauses.map(|clause| ClauseLine {
        holds: clause.holds(today, area),
        area_name: clause.area.and_then(|code| below.get(&code).cloned()),
        clause: clause.clone(),
    });
    SourceLine {
        source: kind.source,
        gives: kind.life.as_ref().is_none_or(|life| life.covers(today)),
        life: kind.life.clone(),
        successor: kind.successor,
        clauses: clauses.collect(),
        spend_by: kind.spend_by(year, today, area),
        quota,
        arranged,
        left: Delta::from_fen(quota.fen() - arranged.fen()),
        notices: total.map_or(0, |total| total.notices),
    }
}
