//! What documents are made of, read as it was known at one place: the register of a year and reports of counties. Money is read
//! in `spent`, findings in `orders`. Reckons nothing.

use super::handed::FILLED;
use crate::fault::Fault;
use crate::ledger::chain;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::bulletin::facts::{Book, Entry, Facts, Known, Reported};
use domain::id::ProjectId;
use domain::money::Money;
use domain::period::{FiscalYear, Horizon, Month};
use domain::permission::Scope;
use domain::project::Stage;

/// States of a book whose figures count.
const COUNTS: &str = "('submitted', 'accepted')";

/// The newest places of the ledger's chain and of the trail. Both are held until the transaction ends, so that nothing is
/// written between what is read and the moment that is named.
pub async fn hold(tx: &Tx) -> Result<Known, Fault> {
    chain::hold(tx).await?;
    let (ledger, _) = chain::head(tx).await?;
    let sql = Sql::new(&format!("SELECT seq FROM audit_head WHERE name = 'head'{}", tx.for_update()));
    let head = tx.one(sql).await?.ok_or(Fault::Corrupt { table: "audit_head", id: "head".into() })?;
    let trail = head.int("seq")?;
    let at = tx.one(Sql::new("SELECT at FROM audit WHERE seq = ?").with(trail)).await?;
    Ok(Known { trail, ledger, at: at.map_or(Ok(0), |row| row.int("at"))? })
}

/// Every project of the scope that is on a list of the year, has a plan for it, or money of it; in the order of places.
pub async fn entries(conn: &Conn, scope: &Scope, year: FiscalYear) -> Result<Vec<Entry>, Fault> {
    let number = i64::from(year.get());
    let mut sql = Sql::new(
        "SELECT p.id, p.number, p.code, p.name, p.area_path, p.stage, p.total_fen, l.horizon, y.fen AS plan_fen, j.standard_milli FROM project p LEFT JOIN list_entry l ON l.project_id = p.id",
    );
    sql.bind(" AND l.plan_year = ?", number);
    sql.bind(
        " LEFT JOIN project_amount y ON y.project_id = p.id AND y.kind = 'year' AND y.key = ?",
        year.to_string(),
    );
    sql.push(" LEFT JOIN estimate_line j ON j.project_id = p.id AND j.phase = 'operation' AND j.layer = 'direct' AND j.unit = 'post' AND j.population = 'all' WHERE ");
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND (l.project_id IS NOT NULL OR y.project_id IS NOT NULL OR EXISTS (SELECT 1 FROM ledger_position q WHERE q.project_id = p.id AND q.budget_year = ?))", number);
    sql.push(" ORDER BY p.area_path, p.number");
    let mut all: Vec<Entry> = conn.all(sql).await?.iter().map(entry).collect::<Result<_, _>>()?;
    all.sort_by_key(|entry| (entry.place, entry.number));
    Ok(all)
}

fn entry(row: &Row) -> Result<Entry, Fault> {
    const TABLE: &str = "project";
    let area: AreaPath = row.parsed(TABLE, "area_path", AreaPath::new)?;
    Ok(Entry {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        number: row.int("number")?,
        code: row.maybe_text("code")?,
        name: row.text("name")?,
        place: Facts::place_of(&area),
        stage: row.parsed(TABLE, "stage", Stage::from_code)?,
        horizon: row.maybe_parsed("list_entry", "horizon", Horizon::from_code)?,
        total: money(row, "total_fen")?,
        planned: money(row, "plan_fen")?,
        posts_milli: row.maybe_int("standard_milli")?,
    })
}

fn money(row: &Row, column: &str) -> Result<Option<Money>, Fault> {
    let Some(fen) = row.maybe_int(column)? else { return Ok(None) };
    Money::from_fen(fen).map(Some).ok_or(Fault::Corrupt { table: "project", id: fen.to_string() })
}

/// What counties reported of their projects between two months, of books that count, the older first.
pub async fn reports(
    conn: &Conn,
    scope: &Scope,
    first: Month,
    last: Month,
) -> Result<Vec<(ProjectId, Reported)>, Fault> {
    const TABLE: &str = "project_return";
    let mut sql = Sql::new(
        "SELECT r.project_id, r.month, r.is_started, r.progress, r.invested_cumulative_fen, r.jobs_present, r.reason_not_started FROM project_return r JOIN return_book b ON b.area_code = r.area_code AND b.month = r.month WHERE ",
    );
    counted(&mut sql, scope, first, last);
    sql.push(" AND ").push(FILLED).push(" ORDER BY r.month, r.project_id");
    let read = |row: &Row| {
        let reported = Reported {
            month: row.parsed(TABLE, "month", |text| Month::parse(text).ok())?,
            is_started: row.maybe_int("is_started")?.map(|flag| flag != 0),
            invested: money(row, "invested_cumulative_fen")?,
            present: row.maybe_int("jobs_present")?,
            progress: row.maybe_text("progress")?,
            reason_not_started: row.maybe_text("reason_not_started")?,
        };
        Ok((row.parsed(TABLE, "project_id", |id| id.parse().ok())?, reported))
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// The books that count between two months, by month and area, with the version of each.
pub async fn books(conn: &Conn, scope: &Scope, first: Month, last: Month) -> Result<Vec<Book>, Fault> {
    const TABLE: &str = "return_book";
    let mut sql = Sql::new(
        "SELECT b.id, b.month, b.area_code, (SELECT COALESCE(MAX(v.number), 0) FROM return_version v WHERE v.book_id = b.id) AS number FROM return_book b WHERE ",
    );
    counted(&mut sql, scope, first, last);
    sql.push(" ORDER BY b.month, b.area_code");
    let read = |row: &Row| {
        Ok(Book {
            month: row.parsed(TABLE, "month", |text| Month::parse(text).ok())?,
            area: row.parsed(TABLE, "area_code", AreaCode::new)?,
            book: row.parsed(TABLE, "id", |id| id.parse().ok())?,
            number: row.int("number")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

pub(super) fn counted(sql: &mut Sql, scope: &Scope, first: Month, last: Month) {
    scope::under(sql, "b.area_path", scope.area());
    sql.push(" AND b.state IN ").push(COUNTS);
    sql.bind(" AND b.month >= ?", first.to_string());
    sql.bind(" AND b.month <= ?", last.to_string());
}
