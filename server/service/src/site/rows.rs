//! Rows of the list of communities, and the orders that stand on all of them beside each other. Knows no SQL.

use super::standing::Standings;
use super::{ROWS, instant, name_of};
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::site::{SiteListQuery, SiteRow, SiteSort};
use domain::area::AreaCode;
use domain::id::SiteId;
use domain::site::size::SizeBounds;
use std::collections::BTreeMap;
use store::Conn;
use store::site::page::{Filter, Line, by_ids, ids};

/// Lines of one page and the ways from it.
pub(super) struct Page {
    pub lines: Vec<Line>,
    /// number of the first, from 1
    pub first: u64,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// True of orders that stand on all communities beside each other.
pub(super) const fn in_memory(query: &SiteListQuery) -> bool {
    matches!(query.sort, SiteSort::PerHead | SiteSort::Need)
}

/// All communities of the filter in an order that no index knows.
pub(super) async fn ordered(
    conn: &Conn,
    call: &Call,
    query: &SiteListQuery,
    filter: &Filter,
    standings: &Standings,
) -> Outcome<Vec<SiteId>> {
    let mut sites = ids(conn, &call.scope(), filter).await?;
    match query.sort {
        SiteSort::PerHead => standings.by_money(&mut sites),
        SiteSort::Need
        | SiteSort::Place
        | SiteSort::Name
        | SiteSort::Households
        | SiteSort::People
        | SiteSort::Labour
        | SiteSort::Employed
        | SiteSort::Rate
        | SiteSort::ZeroEmployment
        | SiteSort::Projects
        | SiteSort::Investment => standings.by_need(&mut sites),
    }
    if query.down {
        sites.reverse();
    }
    Ok(sites)
}

/// A page of such an order. Its token is the number of its first line.
pub(super) async fn ranked(
    conn: &Conn,
    call: &Call,
    query: &SiteListQuery,
    filter: &Filter,
    standings: &Standings,
) -> Outcome<Page> {
    let sites = ordered(conn, call, query, filter, standings).await?;
    let first: u64 = match &query.page {
        Some(page) => page.parse().ok().filter(|first| *first > 0).ok_or(Failure::NotFound)?,
        None => 1,
    };
    let skip = usize::try_from(first - 1).unwrap_or(usize::MAX);
    let shown: Vec<SiteId> = sites.iter().copied().skip(skip).take(ROWS as usize).collect();
    let after = first + shown.len() as u64;
    Ok(Page {
        lines: by_ids(conn, &call.scope(), &shown).await?,
        first,
        previous: (first > 1).then(|| first.saturating_sub(ROWS).max(1).to_string()),
        next: (after <= sites.len() as u64).then(|| after.to_string()),
    })
}

/// What every row of a page needs of all communities.
pub(super) struct Rows {
    pub standings: Standings,
    pub sizes: SizeBounds,
    needs: BTreeMap<SiteId, u32>,
}

impl Rows {
    pub(super) async fn load(conn: &Conn, call: &Call) -> Outcome<Rows> {
        let scope = call.scope();
        Ok(Rows {
            standings: Standings::load(conn, &scope).await?,
            sizes: super::size::bounds(conn, call).await?,
            needs: store::site::need::open_counts(conn, &scope).await?,
        })
    }

    pub(super) fn row(&self, line: Line, names: &BTreeMap<AreaCode, String>) -> Outcome<SiteRow> {
        let site = line.site.id;
        Ok(SiteRow {
            site,
            version: line.site.version,
            area_name: name_of(names, line.site.facts.area),
            size: line.site.facts.people.map(|people| self.sizes.of(people)),
            facts: line.site.facts,
            projects: line.projects,
            investment: line.investment,
            month: line.month,
            standing: self.standings.of(site)?,
            needs: self.needs.get(&site).copied().unwrap_or_default(),
            updated: instant(line.site.updated_at),
        })
    }
}
