//! Subtotals of a filter by up to three columns (地区 › 类型 › 资金来源), for the grouped grid and for exports.

use super::filter::Filter;
use super::totals::{count, money};
use crate::fault::Fault;
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
    /// 岗位
    pub posts: u64,
    /// 人
    pub jobs_operation: u64,
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
}

/// Subtotals in the order of the keys; an empty key comes first.
pub async fn groups(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    by: &[GroupBy],
) -> Result<Vec<Group>, Fault> {
    let by = &by[..by.len().min(MOST_COLUMNS)];
    let (source, alias) = filter.source(true);
    let by_source = by.contains(&GroupBy::Source);
    let mut sql = Sql::new("SELECT ");
    for (at, column) in by.iter().enumerate() {
        sql.push(&format!("COALESCE({}, '') AS k{at}, ", column.expression()));
    }
    let amount = if by_source { "a.fen" } else { "p.total_fen" };
    sql.push(&format!(
        "COUNT(*) AS projects, CAST(COALESCE(SUM({amount}), 0) AS BIGINT) AS amount, CAST(COALESCE(SUM(p.posts), 0) AS BIGINT) AS posts, CAST(COALESCE(SUM(p.jobs_operation), 0) AS BIGINT) AS jobs FROM "
    ));
    sql.append(source);
    if by_source {
        sql.push(" LEFT JOIN project_amount a ON a.project_id = p.id AND a.kind = 'source'");
    }
    if by.contains(&GroupBy::Site) {
        sql.push(" LEFT JOIN project_site s ON s.project_id = p.id");
    }
    filter.condition(&mut sql, scope, alias);
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
            Ok(Group {
                keys: (0..by.len()).map(key).collect::<Result<_, Fault>>()?,
                projects: count(row, "projects")?,
                amount: money(row, "amount")?,
                posts: count(row, "posts")?,
                jobs_operation: count(row, "jobs")?,
            })
        })
        .collect()
}
