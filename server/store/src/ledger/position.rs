//! Positions: kept rows of (project, source, budget year), held while entries are judged. Decides nothing.

use super::entry::{Filter, of_category, year};
use super::project::{NAMES, Named};
use super::{CHUNK, figures};
use crate::fault::Fault;
use crate::page::{Cursor, Key as CursorKey, MOST_ROWS, Page};
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use contract::ledger::Sums;
use domain::area::AreaPath;
use domain::broken::{self, Broken};
use domain::id::ProjectId;
use domain::ledger::{Key, Position, Totals};
use domain::permission::Scope;
use domain::source::Source;
use std::collections::BTreeMap;

/// A position and where it lies: where its project lay when the first entry was written.
#[derive(Clone, Debug)]
pub struct Held {
    pub position: Position,
    pub area: AreaPath,
}

/// A position with the name of its project.
#[derive(Clone, Debug)]
pub struct Line {
    pub project: Named,
    pub source: Source,
    pub year: domain::period::FiscalYear,
    pub totals: Totals,
}

/// Holds positions until the transaction ends, new ones empty and in the area given. The keys' projects were read within
/// the scope.
pub async fn hold(tx: &Tx, keys: &BTreeMap<Key, AreaPath>) -> Result<BTreeMap<Key, Held>, Fault> {
    let rows = keys.iter().map(|(key, area)| {
        vec![
            key.project.to_string().into(),
            key.source.code().to_owned().into(),
            i64::from(key.year.get()).into(),
            area.code().to_string().into(),
            area.as_str().to_owned().into(),
        ]
    });
    let head = "INSERT INTO ledger_position (project_id, source, budget_year, area_code, area_path)";
    let tail = " ON CONFLICT (project_id, source, budget_year) DO NOTHING";
    tx.upsert_many(head, rows.collect(), tail).await?;
    let lock = if broken::is(Broken::Hold) { "" } else { tx.for_update() };
    let held = of_projects(tx, keys.keys().map(|key| key.project), lock).await?;
    Ok(held.into_iter().filter(|(key, _)| keys.contains_key(key)).collect())
}

/// Positions of projects that were read within the scope.
pub async fn of(conn: &Conn, projects: &[ProjectId]) -> Result<BTreeMap<Key, Held>, Fault> {
    of_projects(conn, projects.iter().copied(), "").await
}

async fn of_projects(
    conn: &Conn,
    projects: impl Iterator<Item = ProjectId>,
    lock: &str,
) -> Result<BTreeMap<Key, Held>, Fault> {
    let mut projects: Vec<ProjectId> = projects.collect();
    projects.sort_unstable();
    projects.dedup();
    let mut held = BTreeMap::new();
    for chunk in projects.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT * FROM ledger_position WHERE project_id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        sql.push(" ORDER BY project_id, source, budget_year").push(lock);
        for row in conn.all(sql).await? {
            let (key, id) = key(&row)?;
            let totals = figures::totals(&row, "ledger_position", &id)?;
            let position = Position::restore(key, totals)
                .map_err(|_| Fault::Corrupt { table: "ledger_position", id: id.clone() })?;
            let area = row.parsed("ledger_position", "area_path", AreaPath::new)?;
            held.insert(key, Held { position, area });
        }
    }
    Ok(held)
}

fn key(row: &Row) -> Result<(Key, String), Fault> {
    const TABLE: &str = "ledger_position";
    let budget_year = row.int("budget_year")?;
    let id = format!("{} {} {budget_year}", row.text("project_id")?, row.text("source")?);
    let key = Key {
        project: row.parsed(TABLE, "project_id", |id| id.parse().ok())?,
        source: row.parsed(TABLE, "source", Source::from_code)?,
        year: year(budget_year).ok_or_else(|| Fault::Corrupt { table: TABLE, id: id.clone() })?,
    };
    Ok((key, id))
}

/// Writes held positions as they became.
pub(crate) async fn save(tx: &Tx, positions: &[Position]) -> Result<(), Fault> {
    if broken::is(Broken::Positions) {
        return Ok(());
    }
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(positions.len());
    for position in positions {
        let key = position.key();
        let mut row = vec![
            key.project.to_string().into(),
            key.source.code().to_owned().into(),
            i64::from(key.year.get()).into(),
            // The place of a held row stands; these are never taken over.
            String::new().into(),
            String::new().into(),
        ];
        row.extend(figures::of_totals(position.totals()).map(sea_orm::Value::from));
        rows.push(row);
    }
    let head = format!(
        "INSERT INTO ledger_position (project_id, source, budget_year, area_code, area_path, {})",
        figures::names()
    );
    let set = figures::FIGURES.map(|(name, _)| format!("{name} = excluded.{name}")).join(", ");
    let tail = format!(" ON CONFLICT (project_id, source, budget_year) DO UPDATE SET {set}");
    tx.upsert_many(&head, rows, &tail).await
}

/// Positions as `q`: the kept ones, or, as of a day and as known at a place of the chain, what entries lead to.
fn positions(sql: &mut Sql, scope: &Scope, filter: &Filter) {
    if filter.is_now() {
        sql.push("ledger_position q");
        return;
    }
    sql.push(&format!(
        "(SELECT e.project_id, e.source, e.budget_year, e.area_code, e.area_path, {} FROM ledger_entry e WHERE ",
        figures::sums_of_entries("e")
    ));
    let dated = Filter { month: None, kind: None, batch: None, entry: None, ..filter.clone() };
    dated.condition(sql, scope);
    sql.push(" GROUP BY e.project_id, e.source, e.budget_year, e.area_code, e.area_path) q");
}

fn condition(sql: &mut Sql, scope: &Scope, filter: &Filter) {
    scope::under(sql, "q.area_path", scope.area());
    if let Some(area) = &filter.area {
        sql.push(" AND ");
        scope::under(sql, "q.area_path", area);
        if filter.own {
            sql.bind(" AND q.area_path = ?", area.as_str().to_owned());
        }
    }
    if let Some(project) = filter.project {
        sql.bind(" AND q.project_id = ?", project.to_string());
    }
    of_category(sql, "q", filter.category);
    if let Some(source) = filter.source {
        sql.bind(" AND q.source = ?", source.code().to_owned());
    }
    if let Some(year) = filter.year {
        sql.bind(" AND q.budget_year = ?", i64::from(year.get()));
    }
}

/// A page of positions by area and project; of the filter, area, project, category, source and year count.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Line>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = Sql::new(&format!("SELECT q.*, {NAMES} FROM "));
    positions(&mut sql, scope, filter);
    sql.push(" JOIN project p ON p.id = q.project_id JOIN area a ON a.code = p.area_code WHERE ");
    condition(&mut sql, scope, filter);
    sql.push(&format!(" AND {}", figures::any("q")));
    if let Some(Cursor(keys)) = after {
        let [area, project, source, budget_year] = keys.as_slice() else {
            return Err(Fault::Missing { table: "page" });
        };
        sql.bind(" AND (q.area_path, q.project_id, q.source, q.budget_year) > (?, ", area.clone());
        sql.bind("?, ", project.clone()).bind("?, ", source.clone()).bind("?)", budget_year.clone());
    }
    sql.bind(
        " ORDER BY q.area_path, q.project_id, q.source, q.budget_year LIMIT ?",
        i64::try_from(limit + 1).unwrap_or(i64::MAX),
    );
    let mut found = conn.all(sql).await?;
    let more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = match found.last().filter(|_| more) {
        Some(last) => {
            let text = |name: &str| last.text(name).map(CursorKey::Text);
            let year = CursorKey::Int(last.int("budget_year")?);
            Some(Cursor(vec![text("area_path")?, text("project_id")?, text("source")?, year]))
        }
        None => None,
    };
    let rows = found.iter().map(line).collect::<Result<_, _>>()?;
    Ok(Page { rows, next })
}

fn line(row: &Row) -> Result<Line, Fault> {
    let (key, id) = key(row)?;
    let totals = figures::totals(row, "ledger_position", &id)?;
    Ok(Line { project: Named::read(row)?, source: key.source, year: key.year, totals })
}

/// Sums of positions by source, for a budget year or a project.
pub async fn sums(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<(Source, Sums)>, Fault> {
    let mut sql = Sql::new(&format!("SELECT q.source, {} FROM ", figures::sums("q")));
    positions(&mut sql, scope, filter);
    sql.push(" WHERE ");
    condition(&mut sql, scope, filter);
    sql.push(" GROUP BY q.source");
    super::entry::by_source(&conn.all(sql).await?, "ledger_position")
}

/// Pairs of project and source, over all budget years, whose sums break the order of stages somewhere. The domain says
/// which and by how much.
pub async fn out_of_order(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<Line>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT q.project_id, q.source, CAST(MAX(q.budget_year) AS BIGINT) AS budget_year, {}, {NAMES} FROM ",
        figures::sums("q")
    ));
    positions(&mut sql, scope, filter);
    sql.push(" JOIN project p ON p.id = q.project_id JOIN area a ON a.code = p.area_code WHERE ");
    condition(&mut sql, scope, filter);
    sql.push(
        " GROUP BY q.project_id, q.source, p.id, p.number, p.name, p.code, p.area_code, p.area_path, a.name",
    );
    sql.push(&format!(" HAVING {}", breaks_order()));
    conn.all(sql).await?.iter().map(line).collect()
}

/// How many they are; no name is looked up for it.
pub async fn count_out_of_order(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT q.project_id, q.source FROM ");
    positions(&mut sql, scope, filter);
    sql.push(" WHERE ");
    condition(&mut sql, scope, filter);
    sql.push(&format!(" GROUP BY q.project_id, q.source HAVING {}) pair", breaks_order()));
    conn.one(sql).await?.map_or(Ok(0), |row| Ok(row.int("n")?.unsigned_abs()))
}

/// Of a group of positions `q`: a later stage has more than the one before.
fn breaks_order() -> String {
    let net = |stages: &[&str]| {
        let beyond: String = stages
            .iter()
            .map(|stage| {
                format!(" + q.moved_in_{stage}_fen - q.moved_out_{stage}_fen - q.recovered_{stage}_fen")
            })
            .collect();
        format!("SUM(q.entered_{}_fen{beyond})", stages[0])
    };
    let stages = ["issued", "received", "disbursed", "paid"];
    let broken: Vec<String> =
        (1..4).map(|at| format!("{} > {}", net(&stages[at..]), net(&stages[at - 1..]))).collect();
    broken.join(" OR ")
}
