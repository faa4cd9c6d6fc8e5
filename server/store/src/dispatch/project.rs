//! Rows of projects: those a book begins with, those of a month, those around it that count. Knows no check.

use super::{COUNTS, Of, by};
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath, Level};
use domain::dispatch::book::Book;
use domain::dispatch::row::ProjectRow;
use domain::id::ProjectId;
use domain::money::Money;
use domain::period::{FiscalYear, Month};
use domain::permission::{Permit, Scope};
use std::collections::BTreeMap;

/// A project's row with what is shown of the project.
#[derive(Clone, Debug)]
pub struct Line {
    pub project: ProjectId,
    /// area of the book
    pub area: AreaCode,
    pub number: u64,
    /// `None` also where the project was moved out of the book's area
    pub code: Option<String>,
    /// its internal number, `#12`, where the project was moved out of the book's area
    pub name: String,
    /// investment of the year as planned
    pub planned: Option<Money>,
    pub row: ProjectRow,
    pub version: i64,
}

/// Which way to look from a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Before,
    After,
}

const TABLE: &str = "project_return";
const COLUMNS: &str = "r.project_id AS project_id, r.month AS month, r.area_code AS area_code, r.is_started AS is_started, r.progress AS progress, r.invested_cumulative_fen AS invested, r.jobs_present AS jobs_present, r.jobs_present_rural AS jobs_present_rural, r.jobs_present_relocated AS jobs_present_relocated, r.jobs_cumulative AS jobs_cumulative, r.jobs_cumulative_rural AS jobs_cumulative_rural, r.jobs_cumulative_relocated AS jobs_cumulative_relocated, r.pay_cumulative_fen AS pay, r.reason_not_started AS reason_not_started, r.reason_fallen AS reason_fallen, r.explanation AS explanation, r.version AS version";
/// The project lies where its book does. One that was moved elsewhere keeps its row, which is the former county's; what it is
/// called and costs now is no longer that county's to see.
const HERE: &str = "substr(p.area_path, 1, length(r.area_path)) = r.area_path";
const INSERT: &str = "INSERT INTO project_return (project_id, month, area_code, area_path, is_started, progress, invested_cumulative_fen, jobs_present, jobs_present_rural, jobs_present_relocated, jobs_cumulative, jobs_cumulative_rural, jobs_cumulative_relocated, pay_cumulative_fen, reason_not_started, reason_fallen, explanation, version, updated_by, updated_at)";

fn count(row: &Row, column: &str) -> Result<Option<u32>, Fault> {
    let Some(count) = row.maybe_int(column)? else { return Ok(None) };
    let corrupt = || Fault::Corrupt { table: TABLE, id: format!("{column} {count}") };
    u32::try_from(count).map(Some).map_err(|_| corrupt())
}

fn money(row: &Row, column: &str) -> Result<Option<Money>, Fault> {
    let Some(fen) = row.maybe_int(column)? else { return Ok(None) };
    Money::from_fen(fen).map(Some).ok_or(Fault::Corrupt { table: TABLE, id: format!("{column} {fen}") })
}

fn read(row: &Row) -> Result<ProjectRow, Fault> {
    Ok(ProjectRow {
        is_started: row.maybe_int("is_started")?.map(|is| is != 0),
        progress: row.maybe_text("progress")?,
        invested: money(row, "invested")?,
        jobs_present: count(row, "jobs_present")?,
        jobs_present_rural: count(row, "jobs_present_rural")?,
        jobs_present_relocated: count(row, "jobs_present_relocated")?,
        jobs_cumulative: count(row, "jobs_cumulative")?,
        jobs_cumulative_rural: count(row, "jobs_cumulative_rural")?,
        jobs_cumulative_relocated: count(row, "jobs_cumulative_relocated")?,
        pay: money(row, "pay")?,
        reason_not_started: row.maybe_text("reason_not_started")?,
        reason_fallen: row.maybe_text("reason_fallen")?,
        explanation: row.maybe_text("explanation")?,
    })
}

fn values(row: &ProjectRow) -> Vec<sea_orm::Value> {
    let count = |count: Option<u32>| -> sea_orm::Value { count.map(i64::from).into() };
    let money = |amount: Option<Money>| -> sea_orm::Value { amount.map(Money::fen).into() };
    vec![
        row.is_started.map(i64::from).into(),
        row.progress.clone().into(),
        money(row.invested),
        count(row.jobs_present),
        count(row.jobs_present_rural),
        count(row.jobs_present_relocated),
        count(row.jobs_cumulative),
        count(row.jobs_cumulative_rural),
        count(row.jobs_cumulative_relocated),
        money(row.pay),
        row.reason_not_started.clone().into(),
        row.reason_fallen.clone().into(),
        row.explanation.clone().into(),
    ]
}

/// Gives a book a row for every project of its area on the one-year list that is not withdrawn, and takes out untouched rows
/// of projects that are no longer there. A county has the projects of all that lies in it, an area above counties its own.
pub async fn fill(tx: &Tx, book: &Book, level: Level) -> Result<u64, Fault> {
    let month = book.month();
    let year = i64::from(month.year().get());
    let wanted = |sql: &mut Sql| {
        sql.bind("l.plan_year = ?", year);
        sql.push(" AND l.horizon = '1y' AND l.stage <> 'withdrawn' AND ");
        covered(sql, "l", book, level);
    };
    let mut sql = Sql::new("DELETE FROM project_return WHERE ");
    sql.bind("month = ?", month.to_string());
    sql.bind(" AND area_code = ?", book.area().code().to_string());
    sql.push(" AND version = 1 AND updated_by IS NULL AND project_id NOT IN (SELECT l.project_id FROM list_entry l WHERE ");
    wanted(&mut sql);
    sql.push(")");
    tx.run(sql).await?;
    let mut sql = Sql::new("INSERT INTO project_return (project_id, month, area_code, area_path, version, updated_at) SELECT l.project_id, ?, ?, ?, 1, CAST(? AS BIGINT) FROM list_entry l WHERE ")
        .with(month.to_string())
        .with(book.area().code().to_string())
        .with(book.area().as_str().to_owned())
        .with(tx.at());
    wanted(&mut sql);
    sql.push(" ON CONFLICT (project_id, month) DO NOTHING");
    tx.run(sql).await
}

/// What a book of this area is about.
pub(super) fn covered(sql: &mut Sql, alias: &str, book: &Book, level: Level) {
    match level {
        Level::County => scope::under(sql, &format!("{alias}.area_path"), book.area()),
        Level::Nation | Level::Province | Level::City => {
            sql.bind(&format!("{alias}.area_code = ?"), book.area().code().to_string());
        }
    }
}

/// Rows of a month, by area and internal number.
pub async fn rows(conn: &Conn, of: Of<'_>, month: Month) -> Result<Vec<Line>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS}, p.number AS number, CASE WHEN {HERE} THEN p.code END AS code, CASE WHEN {HERE} THEN p.name END AS name, a.fen AS planned FROM project_return r JOIN project p ON p.id = r.project_id LEFT JOIN project_amount a ON a.project_id = p.id AND a.kind = 'year' AND {HERE}"
    ));
    sql.bind(" AND a.key = ? WHERE ", month.year().to_string());
    of.condition(&mut sql, "r");
    sql.bind(" AND r.month = ? ORDER BY r.area_path, p.number", month.to_string());
    let line = |row: &Row| {
        let number = u64::try_from(row.int("number")?).unwrap_or_default();
        Ok(Line {
            project: row.parsed(TABLE, "project_id", |id| id.parse().ok())?,
            area: row.parsed(TABLE, "area_code", AreaCode::new)?,
            number,
            code: row.maybe_text("code")?,
            name: row.maybe_text("name")?.unwrap_or_else(|| format!("#{number}")),
            planned: money(row, "planned")?,
            row: read(row)?,
            version: row.int("version")?,
        })
    };
    conn.all(sql).await?.iter().map(line).collect()
}

/// Of every project its nearest row before or after a month, of the same year, whose book counts.
pub async fn nearest(
    conn: &Conn,
    of: Of<'_>,
    month: Month,
    way: Way,
) -> Result<BTreeMap<ProjectId, (Month, ProjectRow)>, Fault> {
    let (pick, side) = match way {
        Way::Before => ("MAX", "<"),
        Way::After => ("MIN", ">"),
    };
    let year = month.year();
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM project_return r JOIN (SELECT r.project_id AS project_id, {pick}(r.month) AS month FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE {COUNTS} AND "
    ));
    of.condition(&mut sql, "r");
    sql.bind(" AND r.month >= ?", format!("{year}-01")).bind(" AND r.month <= ?", format!("{year}-12"));
    sql.bind(&format!(" AND r.month {side} ?"), month.to_string());
    sql.push(" GROUP BY r.project_id) n ON n.project_id = r.project_id AND n.month = r.month");
    let found = |row: &Row| {
        let id: ProjectId = row.parsed(TABLE, "project_id", |id| id.parse().ok())?;
        let month = row.parsed(TABLE, "month", |text| Month::parse(text).ok())?;
        Ok((id, (month, read(row)?)))
    };
    conn.all(sql).await?.iter().map(found).collect()
}

/// Changes a row when nobody did so since `version`.
pub async fn update(
    tx: &Tx,
    permit: &Permit,
    month: Month,
    line: &Line,
    row: &ProjectRow,
) -> Result<(), Fault> {
    const NAMES: [&str; 13] = [
        "is_started",
        "progress",
        "invested_cumulative_fen",
        "jobs_present",
        "jobs_present_rural",
        "jobs_present_relocated",
        "jobs_cumulative",
        "jobs_cumulative_rural",
        "jobs_cumulative_relocated",
        "pay_cumulative_fen",
        "reason_not_started",
        "reason_fallen",
        "explanation",
    ];
    let mut sql = Sql::new("UPDATE project_return SET ");
    for (name, value) in NAMES.iter().zip(values(row)) {
        sql.bind(&format!("{name} = ?, "), value);
    }
    sql.bind("updated_at = ?", tx.at()).bind(", updated_by = ?", by(permit));
    sql.bind(", version = version + 1 WHERE project_id = ?", line.project.to_string());
    sql.bind(" AND month = ?", month.to_string()).bind(" AND version = ?", line.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    tx.disturb(line.project);
    tx.record(
        permit,
        Act {
            object: "return_row",
            object_id: Some(line.project.to_string()),
            detail: format!("month={month}"),
            before: serde_json::to_string(&line.row).ok(),
            after: serde_json::to_string(row).ok(),
        },
    );
    Ok(())
}

/// Writes whole rows of a book at once, whatever stood there: for returns that the product makes up itself.
pub async fn put(
    tx: &Tx,
    permit: &Permit,
    book: &Book,
    rows: &[(ProjectId, ProjectRow)],
) -> Result<(), Fault> {
    let rows = rows.iter().map(|(project, row)| {
        let mut cells: Vec<sea_orm::Value> = vec![
            project.to_string().into(),
            book.month().to_string().into(),
            book.area().code().to_string().into(),
            book.area().as_str().to_owned().into(),
        ];
        cells.extend(values(row));
        cells.extend([2_i64.into(), by(permit).into(), tx.at().into()]);
        cells
    });
    let tail = " ON CONFLICT (project_id, month) DO UPDATE SET is_started = excluded.is_started, progress = excluded.progress, invested_cumulative_fen = excluded.invested_cumulative_fen, jobs_present = excluded.jobs_present, jobs_present_rural = excluded.jobs_present_rural, jobs_present_relocated = excluded.jobs_present_relocated, jobs_cumulative = excluded.jobs_cumulative, jobs_cumulative_rural = excluded.jobs_cumulative_rural, jobs_cumulative_relocated = excluded.jobs_cumulative_relocated, pay_cumulative_fen = excluded.pay_cumulative_fen, reason_not_started = excluded.reason_not_started, reason_fallen = excluded.reason_fallen, explanation = excluded.explanation, version = excluded.version, updated_by = excluded.updated_by, updated_at = excluded.updated_at";
    tx.upsert_many(INSERT, rows.collect(), tail).await
}

/// Paths of the areas in which there are projects that are reported in a year.
pub async fn places(conn: &Conn, scope: &Scope, year: FiscalYear) -> Result<Vec<AreaPath>, Fault> {
    let mut sql = Sql::new("SELECT DISTINCT l.area_path AS area_path FROM list_entry l WHERE ");
    sql.bind("l.plan_year = ?", i64::from(year.get()));
    sql.push(" AND l.horizon = '1y' AND l.stage <> 'withdrawn' AND ");
    scope::under(&mut sql, "l.area_path", scope.area());
    let read = |row: &Row| row.parsed("list_entry", "area_path", AreaPath::new);
    conn.all(sql).await?.iter().map(read).collect()
}
