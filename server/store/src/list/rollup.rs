//! Kept totals of the lists, by area, list, category and stage. Made anew for disturbed areas when a transaction commits.
//!
//! `own` rows total the projects lying in the area itself, `all` rows everything under it; a disturbed area therefore
//! makes its own rows and those of its ancestors anew.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::tx::Tx;
use domain::area::{AreaCode, AreaPath};
use std::collections::{BTreeMap, BTreeSet};

/// Numeric columns of `project` that are kept as sums in columns of the same name.
pub(crate) const SUMS: [&str; 10] = [
    "total_fen",
    "stated_issued_fen",
    "stated_received_fen",
    "stated_paid_fen",
    "labour_pay_fen",
    "households",
    "people",
    "jobs_construction",
    "jobs_operation",
    "posts",
];

/// Under this word the kept amounts hold the sources of projects that have no total. Such projects have no gap, so what
/// they take from sources belongs to no gap either.
pub(crate) const UNTOTALLED: &str = "untotalled";

/// Stands for a plan year and for a list where all projects are totalled, on a list or not.
pub(crate) const EVERYWHERE: i64 = 0;

pub(crate) async fn recompute(tx: &Tx, touched: BTreeSet<(i64, AreaPath)>) -> Result<(), Fault> {
    if touched.is_empty() {
        return Ok(());
    }
    lock(tx, &touched).await?;
    let mut own: BTreeMap<i64, BTreeSet<AreaCode>> = BTreeMap::new();
    let mut all: BTreeMap<i64, BTreeSet<AreaPath>> = BTreeMap::new();
    for (year, path) in &touched {
        own.entry(*year).or_default().insert(path.code());
        let above = all.entry(*year).or_default();
        let mut prefix = String::from("/");
        for code in path.codes() {
            prefix.push_str(&format!("{code}/"));
            above.extend(AreaPath::new(&prefix));
        }
    }
    for (year, areas) in own {
        remake_own(tx, year, &areas).await?;
    }
    for (year, paths) in all {
        for path in paths {
            remake_all(tx, year, &path).await?;
        }
    }
    Ok(())
}

/// Two writers of one area must not read each other's half: area rows are locked in the order of their codes.
async fn lock(tx: &Tx, touched: &BTreeSet<(i64, AreaPath)>) -> Result<(), Fault> {
    if !tx.is_postgres() {
        return Ok(());
    }
    let codes: BTreeSet<AreaCode> = touched.iter().flat_map(|(_, path)| path.codes()).collect();
    let mut sql = Sql::new("SELECT code FROM area WHERE code IN ");
    sql.list(codes.iter().map(AreaCode::to_string));
    sql.push(" ORDER BY code FOR UPDATE");
    tx.all(sql).await.map(drop)
}

/// `SUM(COALESCE(p.total_fen, 0))` and so on, exact: a sum of BIGINT is NUMERIC on PostgreSQL and is cast back.
pub(crate) fn sums(alias: &str) -> String {
    SUMS.map(|name| format!("CAST(COALESCE(SUM({alias}.{name}), 0) AS BIGINT) AS {name}")).join(", ")
}

async fn remake_own(tx: &Tx, year: i64, areas: &BTreeSet<AreaCode>) -> Result<(), Fault> {
    for table in ["list_rollup", "list_rollup_amount"] {
        let mut sql = Sql::new(&format!("DELETE FROM {table} WHERE kind = 'own'"));
        sql.bind(" AND plan_year = ?", year)
            .push(" AND area_code IN ")
            .list(areas.iter().map(AreaCode::to_string));
        tx.run(sql).await?;
    }
    let entries = entries(year);
    let mut sql = Sql::new(&format!(
        "INSERT INTO list_rollup (plan_year, horizon, kind, area_code, area_path, category, stage, projects, {}) \
         SELECT e.plan_year, e.horizon, 'own', e.area_code, e.area_path, e.category, e.stage, COUNT(*), {} \
         FROM {entries} e JOIN project p ON p.id = e.project_id",
        SUMS.join(", "),
        sums("p"),
    ));
    sql.bind(" WHERE e.plan_year = ?", year)
        .push(" AND e.area_code IN ")
        .list(areas.iter().map(AreaCode::to_string));
    sql.push(" GROUP BY e.plan_year, e.horizon, e.area_code, e.area_path, e.category, e.stage");
    tx.run(sql).await?;
    let mut sql = Sql::new(&format!(
        "INSERT INTO list_rollup_amount (plan_year, horizon, kind, area_code, area_path, category, stage, amount, key, fen) \
         SELECT e.plan_year, e.horizon, 'own', e.area_code, e.area_path, e.category, e.stage, a.kind, a.key, CAST(SUM(a.fen) AS BIGINT) \
         FROM {entries} e JOIN project_amount a ON a.project_id = e.project_id",
    ));
    sql.bind(" WHERE e.plan_year = ?", year)
        .push(" AND e.area_code IN ")
        .list(areas.iter().map(AreaCode::to_string));
    sql.push(
        " GROUP BY e.plan_year, e.horizon, e.area_code, e.area_path, e.category, e.stage, a.kind, a.key",
    );
    tx.run(sql).await?;
    let mut sql = Sql::new(&format!(
        "INSERT INTO list_rollup_amount (plan_year, horizon, kind, area_code, area_path, category, stage, amount, key, fen) \
         SELECT e.plan_year, e.horizon, 'own', e.area_code, e.area_path, e.category, e.stage, '{UNTOTALLED}', 'source', CAST(SUM(a.fen) AS BIGINT) \
         FROM {entries} e JOIN project p ON p.id = e.project_id JOIN project_amount a ON a.project_id = p.id",
    ));
    sql.bind(" WHERE p.total_fen IS NULL AND a.kind = 'source' AND e.plan_year = ?", year)
        .push(" AND e.area_code IN ")
        .list(areas.iter().map(AreaCode::to_string));
    sql.push(" GROUP BY e.plan_year, e.horizon, e.area_code, e.area_path, e.category, e.stage");
    tx.run(sql).await.map(drop)
}

/// Where the rows of a plan year are read: the entries of its lists, or every project as if it stood on one.
pub(crate) fn entries(year: i64) -> String {
    if year == EVERYWHERE {
        format!(
            "(SELECT id AS project_id, CAST({EVERYWHERE} AS BIGINT) AS plan_year, '' AS horizon, area_code, area_path, COALESCE(category, '') AS category, stage FROM project)"
        )
    } else {
        "list_entry".to_owned()
    }
}

async fn remake_all(tx: &Tx, year: i64, path: &AreaPath) -> Result<(), Fault> {
    let code = path.code().to_string();
    for table in ["list_rollup", "list_rollup_amount"] {
        let mut sql = Sql::new(&format!("DELETE FROM {table} WHERE kind = 'all'"));
        sql.bind(" AND plan_year = ?", year).bind(" AND area_code = ?", code.clone());
        tx.run(sql).await?;
    }
    let mut sql = Sql::new(&format!(
        "INSERT INTO list_rollup (plan_year, horizon, kind, area_code, area_path, category, stage, projects, {})",
        SUMS.join(", "),
    ));
    sql.bind(" SELECT r.plan_year, r.horizon, 'all', CAST(? AS TEXT)", code.clone());
    sql.bind(", CAST(? AS TEXT)", path.as_str().to_owned());
    sql.push(&format!(
        ", r.category, r.stage, CAST(SUM(r.projects) AS BIGINT), {} FROM list_rollup r",
        sums("r")
    ));
    within(&mut sql, year, path);
    sql.push(" GROUP BY r.plan_year, r.horizon, r.category, r.stage");
    tx.run(sql).await?;
    let mut sql = Sql::new(
        "INSERT INTO list_rollup_amount (plan_year, horizon, kind, area_code, area_path, category, stage, amount, key, fen)",
    );
    sql.bind(" SELECT r.plan_year, r.horizon, 'all', CAST(? AS TEXT)", code);
    sql.bind(", CAST(? AS TEXT)", path.as_str().to_owned());
    sql.push(", r.category, r.stage, r.amount, r.key, CAST(SUM(r.fen) AS BIGINT) FROM list_rollup_amount r");
    within(&mut sql, year, path);
    sql.push(" GROUP BY r.plan_year, r.horizon, r.category, r.stage, r.amount, r.key");
    tx.run(sql).await.map(drop)
}

fn within(sql: &mut Sql, year: i64, path: &AreaPath) {
    sql.bind(" WHERE r.kind = 'own' AND r.plan_year = ? AND ", year);
    crate::scope::under(sql, "r.area_path", path);
}
