//! Sums of a whole filter, exact to the fen: from the kept totals when they answer, else from the rows.

use super::filter::{Filter, Standing};
use super::narrow;
use crate::fault::Fault;
use crate::list::rollup::{EVERYWHERE, SUMS, UNTOTALLED, sums};
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::money::Money;
use domain::period::{FiscalYear, Horizon};
use domain::permission::Scope;
use domain::project::{Field, Kind};
use domain::source::Source;
use std::collections::BTreeMap;

/// Number of projects and sums of every column that can be summed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub projects: u64,
    /// amounts by column: total, sources, years, stated amounts, labour pay
    pub amounts: BTreeMap<Field, Money>,
    /// all sources of projects without a total: the part of the sources that stands against no total
    pub untotalled: Money,
    /// people, households or posts by column
    pub counts: BTreeMap<Field, u64>,
}

/// Fields of the kept sums, in the order of `SUMS`.
const FIELDS: [Field; 10] = [
    Field::Total,
    Field::StatedIssued,
    Field::StatedReceived,
    Field::StatedPaid,
    Field::LabourPay,
    Field::Households,
    Field::People,
    Field::JobsConstruction,
    Field::JobsOperation,
    Field::Posts,
];

/// Sums of everything the filter asks for within the scope.
pub async fn totals(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Totals, Fault> {
    let filter = &narrow::narrowed(conn, filter).await?;
    let mut totals = Totals::default();
    read_main(conn, scope, filter, &mut totals).await?;
    read_parts(conn, scope, filter, &mut totals).await?;
    Ok(totals)
}

/// The same without sources and years.
pub async fn main(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Totals, Fault> {
    let mut totals = Totals::default();
    read_main(conn, scope, &narrow::narrowed(conn, filter).await?, &mut totals).await?;
    Ok(totals)
}

/// The same of sources and years alone.
pub async fn parts(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Totals, Fault> {
    let mut totals = Totals::default();
    read_parts(conn, scope, &narrow::narrowed(conn, filter).await?, &mut totals).await?;
    Ok(totals)
}

async fn read_main(conn: &Conn, scope: &Scope, filter: &Filter, totals: &mut Totals) -> Result<(), Fault> {
    let main = if filter.is_kept() { kept(scope, filter, false) } else { summed(scope, filter) };
    if let Some(row) = conn.one(main).await? {
        totals.projects = count(&row, "projects")?;
        read_sums(&row, totals)?;
    }
    Ok(())
}

async fn read_parts(conn: &Conn, scope: &Scope, filter: &Filter, totals: &mut Totals) -> Result<(), Fault> {
    let parts = if filter.is_kept() { kept(scope, filter, true) } else { summed_parts(scope, filter) };
    let mut untotalled = 0_i64;
    for row in conn.all(parts).await? {
        let (kind, key) = (row.text("kind")?, row.text("key")?);
        untotalled = untotalled.saturating_add(row.int("untotalled")?);
        if kind == UNTOTALLED {
            continue;
        }
        let corrupt = || Fault::Corrupt { table: "project_amount", id: format!("{kind} {key}") };
        let field = if kind == "source" {
            Field::Source(Source::from_code(&key).ok_or_else(corrupt)?)
        } else {
            Field::Year(key.parse().ok().and_then(FiscalYear::new).ok_or_else(corrupt)?)
        };
        totals.amounts.insert(field, money(&row, "fen")?);
    }
    let corrupt = || Fault::Corrupt { table: "project_amount", id: format!("sum {untotalled}") };
    totals.untotalled = Money::from_fen(untotalled).ok_or_else(corrupt)?;
    Ok(())
}

/// Filters that the kept totals do not answer are added up at once over this many projects at most.
const ADDED_AT_ONCE: u64 = 20_000;

/// True when adding up takes no longer than finding the first rows: kept, or few to look at.
pub async fn are_quick(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<bool, Fault> {
    if filter.is_kept() || narrow::narrowed(conn, filter).await?.among.is_some() {
        return Ok(true);
    }
    let standing = match filter.standing {
        Standing::List(horizon) => Standing::List(horizon),
        Standing::AnyList | Standing::Pool | Standing::Everywhere => Standing::Everywhere,
    };
    let around = Filter {
        area: filter.area.clone(),
        areas: filter.areas.clone(),
        categories: filter.categories.clone(),
        stages: filter.stages.clone(),
        ..Filter::new(filter.plan_year, standing)
    };
    let row = conn.one(kept(scope, &around, false)).await?;
    Ok(row.map_or(Ok(0), |row| count(&row, "projects"))? <= ADDED_AT_ONCE)
}

/// How many projects stand on each list under the same filter, whatever list it names.
pub async fn by_list(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<BTreeMap<Horizon, u64>, Fault> {
    let filter = Filter { standing: Standing::AnyList, ..narrow::narrowed(conn, filter).await? };
    let mut sql;
    if filter.is_kept() {
        sql =
            Sql::new("SELECT r.horizon AS horizon, CAST(SUM(r.projects) AS BIGINT) AS n FROM list_rollup r");
        kept_condition(&mut sql, scope, &filter);
        sql.push(" GROUP BY r.horizon");
    } else {
        let (source, alias) = filter.source(true);
        sql = Sql::new("SELECT e.horizon AS horizon, COUNT(*) AS n FROM ");
        sql.append(source);
        filter.condition(&mut sql, scope, alias);
        sql.push(" GROUP BY e.horizon");
    }
    let mut counts: BTreeMap<Horizon, u64> = Horizon::ALL.into_iter().map(|horizon| (horizon, 0)).collect();
    for row in conn.all(sql).await? {
        counts.insert(row.parsed("list_entry", "horizon", Horizon::from_code)?, count(&row, "n")?);
    }
    Ok(counts)
}

fn kept(scope: &Scope, filter: &Filter, parts: bool) -> Sql {
    let mut sql = if parts {
        Sql::new(&format!(
            "SELECT r.amount AS kind, r.key AS key, CAST(SUM(r.fen) AS BIGINT) AS fen, \
             CAST(SUM(CASE WHEN r.amount = '{UNTOTALLED}' THEN r.fen ELSE 0 END) AS BIGINT) AS untotalled \
             FROM list_rollup_amount r"
        ))
    } else {
        let sums = sums("r");
        Sql::new(&format!(
            "SELECT CAST(COALESCE(SUM(r.projects), 0) AS BIGINT) AS projects, {sums} FROM list_rollup r"
        ))
    };
    kept_condition(&mut sql, scope, filter);
    if parts {
        sql.push(" GROUP BY r.amount, r.key");
    }
    sql
}

fn kept_condition(sql: &mut Sql, scope: &Scope, filter: &Filter) {
    sql.push(" WHERE r.kind = 'all' AND r.area_code IN ");
    sql.list(filter.areas_within(scope).iter().map(|path| path.code().to_string()));
    kept_dictionaries(sql, filter);
}

/// Plan year, list, category and stage of the kept totals.
pub(crate) fn kept_dictionaries(sql: &mut Sql, filter: &Filter) {
    let year = match filter.standing {
        Standing::List(_) | Standing::AnyList => i64::from(filter.plan_year.get()),
        Standing::Pool | Standing::Everywhere => EVERYWHERE,
    };
    sql.bind(" AND r.plan_year = ?", year);
    match filter.standing {
        Standing::List(horizon) => drop(sql.bind(" AND r.horizon = ?", horizon.code().to_owned())),
        Standing::AnyList | Standing::Pool | Standing::Everywhere => {}
    }
    if !filter.categories.is_empty() {
        sql.push(" AND r.category IN ").list(filter.categories.iter().map(|item| item.code().to_owned()));
    }
    if !filter.stages.is_empty() {
        sql.push(" AND r.stage IN ").list(filter.stages.iter().map(|item| item.code().to_owned()));
    }
}

fn summed(scope: &Scope, filter: &Filter) -> Sql {
    let (source, alias) = filter.source(true);
    let mut sql = Sql::new(&format!("SELECT COUNT(*) AS projects, {} FROM ", sums("p")));
    sql.append(source);
    filter.condition(&mut sql, scope, alias);
    sql
}

fn summed_parts(scope: &Scope, filter: &Filter) -> Sql {
    let (source, alias) = filter.source(true);
    let mut sql = Sql::new(
        "SELECT a.kind AS kind, a.key AS key, CAST(SUM(a.fen) AS BIGINT) AS fen, \
         CAST(SUM(CASE WHEN a.kind = 'source' AND p.total_fen IS NULL THEN a.fen ELSE 0 END) AS BIGINT) AS untotalled FROM ",
    );
    sql.append(source).push(" JOIN project_amount a ON a.project_id = p.id");
    filter.condition(&mut sql, scope, alias);
    sql.push(" GROUP BY a.kind, a.key");
    sql
}

pub(crate) fn read_sums(row: &Row, totals: &mut Totals) -> Result<(), Fault> {
    for (field, name) in FIELDS.into_iter().zip(SUMS) {
        if field.kind() == Kind::Money {
            totals.amounts.insert(field, money(row, name)?);
        } else {
            totals.counts.insert(field, count(row, name)?);
        }
    }
    Ok(())
}

pub(crate) fn money(row: &Row, name: &str) -> Result<Money, Fault> {
    let fen = row.int(name)?;
    Money::from_fen(fen).ok_or(Fault::Corrupt { table: "project_amount", id: format!("sum {fen}") })
}

pub(crate) fn count(row: &Row, name: &str) -> Result<u64, Fault> {
    let count = row.int(name)?;
    u64::try_from(count).map_err(|_| Fault::Corrupt { table: "project", id: format!("sum {count}") })
}
