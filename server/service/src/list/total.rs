//! Sums of a filter and subtotals of its groups, as the grid shows them.

use crate::failure::Outcome;
use contract::list::{GridColumn, GroupBy, GroupLine, ListQuery, Sum, SumsView, Tabs, Totals};
use domain::area::AreaCode;
use domain::money::{Delta, Money};
use domain::period::Horizon;
use domain::permission::Scope;
use domain::project::Field;
use domain::source::Source;
use std::collections::BTreeMap;
use store::Conn;
use store::project::filter::{Filter, Standing};
use store::project::group::{self, Group};
use store::project::totals::{by_list, totals};

/// Tabs, sums and subtotals of the whole filter.
pub(crate) async fn sums(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    query: &ListQuery,
    names: &BTreeMap<AreaCode, String>,
) -> Outcome<SumsView> {
    Ok(SumsView {
        tabs: tabs(conn, scope, filter).await?,
        totals: view(&totals(conn, scope, filter).await?),
        groups: groups(conn, scope, filter, query, names).await?,
    })
}

/// Counts of the tabs under the same filter.
async fn tabs(conn: &Conn, scope: &Scope, filter: &Filter) -> Outcome<Tabs> {
    let counts = by_list(conn, scope, filter).await?;
    let of = |horizon| counts.get(&horizon).copied().unwrap_or_default();
    let pool = Filter { standing: Standing::Everywhere, ..filter.clone() };
    let pool = group::groups(conn, scope, &pool, &[]).await?.iter().map(|group| group.projects).sum();
    Ok(Tabs { one: of(Horizon::One), two: of(Horizon::Two), five: of(Horizon::Five), pool })
}

/// Sums of every column that can be summed. The gap's is the sum of the gaps shown, exact: a project without a total shows
/// none, so its sources take no part, though they count in their own columns.
pub(crate) fn view(totals: &store::project::totals::Totals) -> Totals {
    let mut sums: Vec<(GridColumn, Sum)> = Vec::new();
    let (mut total, mut sources) = (0_i64, 0_i64.saturating_sub(totals.untotalled.fen()));
    for (field, amount) in &totals.amounts {
        if *field == Field::Total {
            total = amount.fen();
        }
        if matches!(field, Field::Source(_)) {
            sources = sources.saturating_add(amount.fen());
        }
        sums.push((GridColumn::Field(*field), Sum::Amount(Delta::from(*amount))));
    }
    sums.push((GridColumn::Gap, Sum::Amount(Delta::from_fen(total.saturating_sub(sources)))));
    sums.extend(totals.counts.iter().map(|(field, count)| (GridColumn::Field(*field), counted(*count))));
    Totals { projects: totals.projects, sums }
}

/// Groups with subtotals, outer before inner; inner ones of the opened group only. Every level is summed on its own, because a project counts once
/// under each of its sources.
async fn groups(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    query: &ListQuery,
    names: &BTreeMap<AreaCode, String>,
) -> Outcome<Vec<GroupLine>> {
    let by = query.groups.as_slice();
    let columns: Vec<group::GroupBy> = by.iter().map(|by| column(*by)).collect();
    let mut found: Vec<(Vec<Option<String>>, GroupLine)> = Vec::new();
    // Only what lies in the opened group is shown, so deeper levels than that need not be asked for.
    let levels = by.len().min(query.open.as_ref().map_or(0, Vec::len) + 1);
    for depth in 0..levels {
        for group in group::groups(conn, scope, filter, &columns[..=depth]).await? {
            let line = line(&by[..=depth], &group, names);
            found.push((group.keys, line));
        }
    }
    let open = query.open.as_deref().unwrap_or_default();
    found.retain(|(keys, _)| open.starts_with(&keys[..keys.len() - 1]));
    // A shorter key sorts before the longer ones that begin with it: the outer group before its inner ones.
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found.into_iter().map(|(_, line)| line).collect())
}

fn line(by: &[GroupBy], group: &Group, names: &BTreeMap<AreaCode, String>) -> GroupLine {
    let depth = by.len().saturating_sub(1);
    let innermost = by.last().copied().unwrap_or(GroupBy::Area);
    let code = group.keys.last().cloned().flatten();
    let area = code.as_deref().filter(|_| innermost == GroupBy::Area).and_then(AreaCode::new);
    let around = by.iter().copied().zip(group.keys.iter().cloned()).take(depth).collect();
    GroupLine {
        depth: u8::try_from(depth).unwrap_or(u8::MAX),
        by: innermost,
        area_name: area.and_then(|area| names.get(&area).cloned()),
        path: around,
        totals: subtotal(by, group),
        code,
    }
}

/// Below a source its share is shown in the source's own column, beside the sums of the projects that draw on it.
fn subtotal(by: &[GroupBy], group: &Group) -> Totals {
    let source = by.iter().position(|by| *by == GroupBy::Source).and_then(|at| group.keys.get(at));
    let source = source.and_then(|code| code.as_deref().and_then(Source::from_code));
    let of = &group.totals;
    let amounts = of.amounts.iter().map(|(field, sum)| (GridColumn::Field(*field), amount_of(*sum)));
    let counts = of.counts.iter().map(|(field, sum)| (GridColumn::Field(*field), counted(*sum)));
    let mut sums: Vec<(GridColumn, Sum)> = amounts.chain(counts).collect();
    sums.extend(source.map(|source| (GridColumn::Field(Field::Source(source)), amount_of(group.amount))));
    Totals { projects: group.projects, sums }
}

fn amount_of(amount: Money) -> Sum {
    Sum::Amount(Delta::from(amount))
}

fn counted(count: u64) -> Sum {
    Sum::Count(i64::try_from(count).unwrap_or(i64::MAX))
}

const fn column(by: GroupBy) -> group::GroupBy {
    match by {
        GroupBy::Area => group::GroupBy::Area,
        GroupBy::Category => group::GroupBy::Category,
        GroupBy::Stage => group::GroupBy::Stage,
        GroupBy::Source => group::GroupBy::Source,
    }
}
