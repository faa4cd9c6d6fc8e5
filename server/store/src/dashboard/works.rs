//! The projects behind the sums of estimates and returns, one row each, by the same rules as the sums.

use super::worked::{with_estimate, with_newest};
use super::{Among, among};
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaCode;
use domain::id::ProjectId;
use domain::money::{Delta, Money};
use domain::period::{Horizon, Month};
use domain::permission::Scope;

/// One project of the one-year list.
#[derive(Clone, Debug)]
pub struct Line {
    pub project: ProjectId,
    pub number: i64,
    pub name: String,
    pub area: AreaCode,
    pub planned: Option<Money>,
    /// thousandths of a post
    pub estimate: Option<i64>,
    pub month: Option<Month>,
    pub started: Option<bool>,
    pub invested: Option<Delta>,
    pub present: Option<i64>,
    pub relocated: Option<i64>,
}

/// Up to `most` projects whose 内部编号 comes after one, in its order.
pub async fn lines(
    conn: &Conn,
    scope: &Scope,
    through: Month,
    wanted: Among,
    (after, most): (i64, u64),
) -> Result<Vec<Line>, Fault> {
    let year = through.year();
    let mut sql = Sql::new(
        "SELECT p.id AS id, p.number AS number, p.name AS name, p.area_code AS area_code, y.fen AS planned, \
         l.standard_milli AS estimate, n.month AS month, n.is_started AS started, n.jobs_present AS present, \
         n.jobs_present_relocated AS relocated, n.invested_cumulative_fen AS invested FROM list_entry e \
         JOIN project p ON p.id = e.project_id LEFT JOIN project_amount y ON y.project_id = e.project_id",
    );
    sql.bind(" AND y.kind = 'year' AND y.key = ?", year.to_string());
    with_estimate(&mut sql);
    with_newest(&mut sql, scope, through);
    sql.bind(" WHERE e.plan_year = ?", i64::from(year.get()));
    sql.bind(" AND e.horizon = ?", Horizon::One.code().to_owned());
    sql.bind(" AND p.number > ? AND ", after);
    scope::under(&mut sql, "e.area_path", scope.area());
    among(&mut sql, "e", "e.project_id", wanted);
    sql.bind(" ORDER BY p.number LIMIT ?", i64::try_from(most).unwrap_or(i64::MAX));
    conn.all(sql).await?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<Line, Fault> {
    const TABLE: &str = "project";
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
    let planned =
        row.maybe_int("planned")?.map(|fen| Money::from_fen(fen).ok_or_else(corrupt)).transpose()?;
    Ok(Line {
        project: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        number: row.int("number")?,
        name: row.text("name")?,
        area: row.parsed(TABLE, "area_code", AreaCode::new)?,
        planned,
        estimate: row.maybe_int("estimate")?,
        month: row.maybe_parsed("project_return", "month", |text| Month::parse(text).ok())?,
        started: row.maybe_int("started")?.map(|flag| flag != 0),
        invested: row.maybe_int("invested")?.map(Delta::from_fen),
        present: row.maybe_int("present")?,
        relocated: row.maybe_int("relocated")?,
    })
}
