//! Sums of a filter and subtotals of its groups, as the grid shows them.

use crate::failure::Outcome;
use contract::list::{GridColumn, GroupBy, GroupLine, Sum, Totals};
use domain::area::AreaCode;
use domain::money::{Delta, Money};
use domain::permission::Scope;
use domain::project::Field;
use domain::source::Source;
use std::collections::BTreeMap;
use store::Conn;
use store::project::filter::Filter;
use store::project::group::{self, Group};

/// Sums of every column that can be summed; the gap is the total less all sources, exact.
pub(crate) fn view(totals: &store::project::totals::Totals) -> Totals {
    let mut sums: Vec<(GridColumn, Sum)> = Vec::new();
    let (mut total, mut sources) = (0_i64, 0_i64);
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

/// Groups with subtotals, outer before inner. Every level is summed on its own, because a project counts once
/// under each of its sources.
pub(crate) async fn groups(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    by: &[GroupBy],
    names: &BTreeMap<AreaCode, String>,
) -> Outcome<Vec<GroupLine>> {
    let columns: Vec<group::GroupBy> = by.iter().map(|by| column(*by)).collect();
    let mut found: Vec<(Vec<Option<String>>, GroupLine)> = Vec::new();
    for depth in 0..by.len() {
        for group in group::groups(conn, scope, filter, &columns[..=depth]).await? {
            let line = line(&by[..=depth], &group, names);
            found.push((group.keys, line));
        }
    }
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

/// Below a source the amount is that source's share, not the projects' total.
fn subtotal(by: &[GroupBy], group: &Group) -> Totals {
    let source = by.iter().position(|by| *by == GroupBy::Source);
    let amount = match source.and_then(|at| group.keys.get(at)) {
        Some(code) => code.as_deref().and_then(Source::from_code).map(Field::Source),
        None => Some(Field::Total),
    };
    let mut sums: Vec<(GridColumn, Sum)> = Vec::new();
    sums.extend(amount.map(|field| (GridColumn::Field(field), amount_of(group.amount))));
    sums.push((GridColumn::Field(Field::Posts), counted(group.posts)));
    sums.push((GridColumn::Field(Field::JobsOperation), counted(group.jobs_operation)));
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
