//! The three lists of a plan year: who stands on which, and their kept totals. Pages and filters lie in `project`.

pub(crate) mod entry;
pub(crate) mod rollup;

use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::id::ProjectId;
use domain::period::FiscalYear;
use domain::permission::Scope;

/// Plan years for which anything stands on a list in the scope, ascending.
pub async fn plan_years(conn: &Conn, scope: &Scope) -> Result<Vec<FiscalYear>, Fault> {
    let mut sql = Sql::new("SELECT DISTINCT plan_year FROM list_rollup WHERE kind = 'all'");
    sql.bind(" AND area_code = ? AND plan_year > 0 ORDER BY plan_year", scope.area().code().to_string());
    let rows = conn.all(sql).await?;
    let corrupt = || Fault::Corrupt { table: "list_rollup", id: "plan_year".into() };
    rows.iter()
        .map(|row| i32::try_from(row.int("plan_year")?).ok().and_then(FiscalYear::new).ok_or_else(corrupt))
        .collect()
}

/// Years that carry an amount on the lists of this plan year in the scope, ascending: the year columns of the grid.
pub async fn amount_years(
    conn: &Conn,
    scope: &Scope,
    plan_year: FiscalYear,
) -> Result<Vec<FiscalYear>, Fault> {
    let mut sql =
        Sql::new("SELECT DISTINCT key FROM list_rollup_amount WHERE kind = 'own' AND amount = 'year'");
    sql.bind(" AND plan_year = ? AND ", i64::from(plan_year.get()));
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY key");
    let rows = conn.all(sql).await?;
    rows.iter()
        .map(|row| row.parsed("list_rollup_amount", "key", |key| key.parse().ok().and_then(FiscalYear::new)))
        .collect()
}

/// Since when (Unix milliseconds) a project stands on its list of the plan year, and the reason given.
pub async fn standing(
    conn: &Conn,
    scope: &Scope,
    project: ProjectId,
    plan_year: FiscalYear,
) -> Result<Option<(i64, Option<String>)>, Fault> {
    let mut sql = Sql::new("SELECT since, reason FROM list_entry WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND project_id = ?", project.to_string());
    sql.bind(" AND plan_year = ?", i64::from(plan_year.get()));
    conn.one(sql).await?.map(|row| Ok((row.int("since")?, row.maybe_text("reason")?))).transpose()
}
