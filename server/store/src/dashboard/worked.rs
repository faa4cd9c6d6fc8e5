//! Estimates and newest returns of the one-year list: by area, and how a query finds them of one project. A return counts when
//! its book was handed in or accepted; a blank row hides none before it.

use super::{Among, among, count};
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::jobs::kind::{Layer, Phase, Population, Unit};
use domain::money::Delta;
use domain::period::{Horizon, Month};
use domain::permission::Scope;

/// Areas that are asked for again by name; of more than these everything is.
const NAMED: usize = 200;

/// Estimates and returns of the projects that lie in one area and stand on the one-year list.
#[derive(Clone, Debug)]
pub struct Worked {
    pub area: AreaPath,
    /// thousandths of a post
    pub estimate: i64,
    /// projects with a return
    pub reported: u64,
    pub started: u64,
    pub present: Option<i64>,
    pub relocated: Option<i64>,
    pub invested: Option<Delta>,
    /// estimates of finished projects that say who is present, in thousandths of a post
    pub held: i64,
    /// people present in finished projects that have an estimate; while works go on those present are builders
    pub came: Option<i64>,
}

/// Where the newest return of a project is looked for.
#[derive(Clone, Copy)]
enum Newest<'a> {
    /// in the last month that counts anywhere: quick, and right of every project that has a row there
    Last,
    /// month by month, in these areas; in all of them when none is named
    Sought(&'a [String]),
}

/// Estimates and newest returns of the one-year list by area.
pub async fn worked(conn: &Conn, scope: &Scope, through: Month, wanted: Among) -> Result<Vec<Worked>, Fault> {
    let found = sums(conn, scope, through, wanted, Newest::Last).await?;
    let (mut whole, missing): (Vec<(Worked, u64)>, Vec<_>) =
        found.into_iter().partition(|(_, missing)| *missing == 0);
    if !missing.is_empty() {
        // Who has not handed that month in yet, or has a project that came later, is looked through.
        let mut areas: Vec<String> =
            missing.iter().map(|(worked, _)| worked.area.as_str().to_owned()).collect();
        if areas.len() > NAMED {
            areas.clear();
            whole.clear();
        }
        whole.extend(sums(conn, scope, through, wanted, Newest::Sought(&areas)).await?);
    }
    Ok(whole.into_iter().map(|(worked, _)| worked).collect())
}

/// With the number of projects of which nothing was found.
async fn sums(
    conn: &Conn,
    scope: &Scope,
    through: Month,
    wanted: Among,
    newest: Newest<'_>,
) -> Result<Vec<(Worked, u64)>, Fault> {
    let year = through.year();
    let mut sql = Sql::new(
        "SELECT e.area_path AS path, CAST(COALESCE(SUM(l.standard_milli), 0) AS BIGINT) AS estimate, \
         COUNT(n.project_id) AS reported, COUNT(*) - COUNT(n.project_id) AS missing, \
         CAST(COALESCE(SUM(n.is_started), 0) AS BIGINT) AS started, \
         CAST(SUM(n.jobs_present) AS BIGINT) AS present, CAST(SUM(n.jobs_present_relocated) AS BIGINT) AS relocated, \
         CAST(SUM(n.invested_cumulative_fen) AS BIGINT) AS invested, \
         CAST(COALESCE(SUM(CASE WHEN e.stage IN ('completed', 'accepted') AND n.jobs_present IS NOT NULL \
         THEN l.standard_milli ELSE 0 END), 0) AS BIGINT) AS held, \
         CAST(SUM(CASE WHEN e.stage IN ('completed', 'accepted') AND l.standard_milli IS NOT NULL \
         THEN n.jobs_present ELSE NULL END) AS BIGINT) AS came \
         FROM list_entry e",
    );
    with_estimate(&mut sql);
    match newest {
        Newest::Last => with_last(&mut sql, scope, through),
        Newest::Sought(_) => with_newest(&mut sql, scope, through),
    }
    sql.bind(" WHERE e.plan_year = ?", i64::from(year.get()));
    sql.bind(" AND e.horizon = ? AND ", Horizon::One.code().to_owned());
    scope::under(&mut sql, "e.area_path", scope.area());
    among(&mut sql, "e", "e.project_id", wanted);
    if let Newest::Sought(areas) = newest
        && !areas.is_empty()
    {
        sql.push(" AND e.area_path IN ").list(areas.iter().cloned());
    }
    sql.push(" GROUP BY e.area_path");
    conn.all(sql).await?.iter().map(|row| Ok((read(row)?, count(row, "missing")?))).collect()
}

/// The estimate that speaks for a project: direct posts in operation, of all people.
pub(super) fn with_estimate(sql: &mut Sql) {
    sql.push(" LEFT JOIN estimate_line l ON l.project_id = e.project_id");
    sql.bind(" AND l.phase = ?", Phase::Operation.code().to_owned());
    sql.bind(" AND l.layer = ?", Layer::Direct.code().to_owned());
    sql.bind(" AND l.unit = ?", Unit::Post.code().to_owned());
    sql.bind(" AND l.population = ?", Population::All.code().to_owned());
}

/// The newest return of a project within the year up to the month.
pub(super) fn with_newest(sql: &mut Sql, scope: &Scope, through: Month) {
    sql.push(
        " LEFT JOIN project_return n ON n.project_id = e.project_id AND n.month = (SELECT m.month FROM project_return m \
         WHERE m.project_id = e.project_id",
    );
    filled(sql, "m");
    sql.bind(" AND m.month >= ?", begin(through)).bind(" AND m.month <= ?", through.to_string());
    // The books that count are looked up once, not once a row.
    sql.push(" AND (m.area_code, m.month) IN (SELECT b.area_code, b.month");
    books(sql, scope, through);
    sql.push(") ORDER BY m.month DESC LIMIT 1)");
}

/// The return of the last month that counts anywhere within the year up to the month.
fn with_last(sql: &mut Sql, scope: &Scope, through: Month) {
    sql.push(" LEFT JOIN project_return n ON n.project_id = e.project_id AND n.month = (SELECT MAX(b.month)");
    books(sql, scope, through);
    sql.push(")");
    filled(sql, "n");
    // As an expression, or the index would be searched once an area.
    sql.push(" AND (n.area_code || '', n.month) IN (SELECT b.area_code, b.month");
    books(sql, scope, through);
    sql.push(")");
}

/// Books that count. What another area reported of a project before it came here is that area's.
fn books(sql: &mut Sql, scope: &Scope, through: Month) {
    sql.push(" FROM return_book b WHERE b.state IN ('submitted', 'accepted')");
    sql.bind(" AND b.month >= ?", begin(through)).bind(" AND b.month <= ? AND ", through.to_string());
    scope::under(sql, "b.area_path", scope.area());
}

fn filled(sql: &mut Sql, alias: &str) {
    sql.push(&format!(
        " AND ({alias}.is_started IS NOT NULL OR {alias}.jobs_present IS NOT NULL \
         OR {alias}.jobs_present_relocated IS NOT NULL OR {alias}.invested_cumulative_fen IS NOT NULL)"
    ));
}

fn begin(through: Month) -> String {
    format!("{}-01", through.year())
}

fn read(row: &Row) -> Result<Worked, Fault> {
    Ok(Worked {
        area: row.parsed("list_entry", "path", AreaPath::new)?,
        estimate: row.int("estimate")?,
        reported: count(row, "reported")?,
        started: count(row, "started")?,
        present: row.maybe_int("present")?,
        relocated: row.maybe_int("relocated")?,
        invested: row.maybe_int("invested")?.map(Delta::from_fen),
        held: row.int("held")?,
        came: row.maybe_int("came")?,
    })
}
