//! Subtotals of a filter by up to three columns (地区 › 类型 › 资金来源), for the grouped grid and for exports.

use super::filter::Filter;
use super::narrow;
use super::totals::{Totals, count, kept_dictionaries, money, read_sums};
use crate::fault::Fault;
use crate::list::rollup::sums;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::money::Money;
use domain::permission::Scope;

/// A column to group by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// county or whatever area the projects lie in
    Area,
    Category,
    Stage,
    Nature,
    Horizon,
    /// A project counts once under each of its sources, with that source's amount.
    Source,
    /// A project counts once under each of its communities.
    Site,
}

/// One innermost group; outer subtotals are sums of these, except where a project counts more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// codes or ids, one for each column; `None` where the project has no value
    pub keys: Vec<Option<String>>,
    pub projects: u64,
    /// total investment, or the source's amount when grouped by source
    pub amount: Money,
    /// sums of the projects' own columns; a project under two groups counts in both
    pub totals: Totals,
}

const MOST_COLUMNS: usize = 3;

impl GroupBy {
    const fn expression(self) -> &'static str {
        match self {
            GroupBy::Area => "p.area_code",
            GroupBy::Category => "p.category",
            GroupBy::Stage => "p.stage",
            GroupBy::Nature => "p.nature",
            GroupBy::Horizon => "e.horizon",
            GroupBy::Source => "a.key",
            GroupBy::Site => "s.site_id",
        }
    }

    /// The same among the kept totals, `None` where they do not tell.
    const fn kept(self) -> Option<&'static str> {
        match self {
            GroupBy::Area => Some("r.area_code"),
            GroupBy::Category => Some("r.category"),
            GroupBy::Stage => Some("r.stage"),
            GroupBy::Nature | GroupBy::Horizon | GroupBy::Source | GroupBy::Site => None,
        }
    }
}

/// Subtotals in the order of the keys; an empty key comes first.
pub async fn groups(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    by: &[GroupBy],
) -> Result<Vec<Group>, Fault> {
    let by = &by[..by.len().min(MOST_COLUMNS)];
    let filter = &narrow::narrowed(conn, filter).await?;
    let kept: Option<Vec<&str>> = by.iter().map(|column| column.kept()).collect();
    let mut sql = match kept.filter(|_| filter.is_kept()) {
        Some(keys) => from_kept(scope, filter, &keys),
        None => from_rows(scope, filter, by),
    };
    if !by.is_empty() {
        let keys: Vec<String> = (1..=by.len()).map(|at| at.to_string()).collect();
        let keys = keys.join(", ");
        sql.push(&format!(" GROUP BY {keys} ORDER BY {keys}"));
    }
    let rows = conn.all(sql).await?;
    rows.iter()
        .map(|row| {
            let key =
                |at: usize| row.text(&format!("k{at}")).map(|key| Some(key).filter(|key| !key.is_empty()));
            let mut totals = Totals { projects: count(row, "projects")?, ..Totals::default() };
            read_sums(row, &mut totals)?;
            Ok(Group {
                keys: (0..by.len()).map(key).collect::<Result<_, Fault>>()?,
                projects: totals.projects,
                amount: money(row, "amount")?,
                totals,
            })
        })
        .collect()
}

fn from_rows(scope: &Scope, filter: &Filter, by: &[GroupBy]) -> Sql {
    let (source, alias) = filter.source(true);
    let by_source = by.contains(&GroupBy::Source);
    let mut sql = Sql::new("SELECT ");
    for (at, column) in by.iter().enumerate() {
        sql.push(&format!("COALESCE({}, '') AS k{at}, ", column.expression()));
    }
    let amount = if by_source { "a.fen" } else { "p.total_fen" };
    sql.push(&format!(
        "COUNT(*) AS projects, CAST(COALESCE(SUM({amount}), 0) AS BIGINT) AS amount, {} FROM ",
        sums("p")
    ));
    sql.append(source);
    if by_source {
        sql.push(" LEFT JOIN project_amount a ON a.project_id = p.id AND a.kind = 'source'");
    }
    if by.contains(&GroupBy::Site) {
        sql.push(" LEFT JOIN project_site s ON s.project_id = p.id");
    }
    filter.condition(&mut sql, scope, alias);
    sql
}

/// From the totals kept for every area itself, which no longer grow with the number of projects.
fn from_kept(scope: &Scope, filter: &Filter, keys: &[&str]) -> Sql {
    let mut sql = Sql::new("SELECT ");
    for (at, key) in keys.iter().enumerate() {
        sql.push(&format!("{key} AS k{at}, "));
    }
    sql.push(&format!(
        "CAST(COALESCE(SUM(r.projects), 0) AS BIGINT) AS projects, CAST(COALESCE(SUM(r.total_fen), 0) AS BIGINT) AS amount, {} FROM list_rollup r WHERE r.kind = 'own' AND (",
        sums("r")
    ));
    let areas = filter.areas_within(scope);
    sql.push(if areas.is_empty() { "1 = 0" } else { "" });
    for (at, area) in areas.iter().enumerate() {
        sql.push(if at == 0 { "" } else { " OR " });
        scope::under(&mut sql, "r.area_path", area);
    }
    sql.push(")");
    kept_dictionaries(&mut sql, filter);
    sql
}
