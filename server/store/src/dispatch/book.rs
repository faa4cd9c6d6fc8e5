//! Books of a month: opened once an area and month, moved on by steps, reminded of. Steps are the domain's.

use super::by;
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use chrono::{DateTime, Utc};
use domain::area::{AreaCode, AreaPath};
use domain::dispatch::book::{Book, Hand, Standing, State};
use domain::id::{ReturnBookId, UserId};
use domain::period::{FiscalYear, Month};
use domain::permission::{Permit, Scope};

/// A book as kept, with the names of those who had it in hand.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: ReturnBookId,
    pub book: Book,
    pub version: i64,
    pub submitter: Option<String>,
    pub decider: Option<String>,
    pub reminded: Option<(String, DateTime<Utc>)>,
}

const TABLE: &str = "return_book";
const SELECT: &str = "SELECT b.id AS id, b.area_path AS area_path, b.month AS month, b.state AS state, b.version AS version, b.submitted_by AS submitted_by, b.submitted_at AS submitted_at, b.decided_by AS decided_by, b.decided_at AS decided_at, b.reason AS reason, b.reminded_at AS reminded_at, s.name AS submitter, d.name AS decider, r.name AS reminder FROM return_book b LEFT JOIN account s ON s.id = b.submitted_by LEFT JOIN account d ON d.id = b.decided_by LEFT JOIN account r ON r.id = b.reminded_by WHERE ";

fn moment(row: &Row, column: &str) -> Result<Option<DateTime<Utc>>, Fault> {
    let Some(at) = row.maybe_int(column)? else { return Ok(None) };
    let corrupt = Fault::Corrupt { table: TABLE, id: format!("{column} {at}") };
    DateTime::from_timestamp_millis(at).map(Some).ok_or(corrupt)
}

fn hand(row: &Row, who: &str, when: &str) -> Result<Option<Hand>, Fault> {
    let by: Option<UserId> = row.maybe_parsed(TABLE, who, |id| id.parse().ok())?;
    Ok(by.zip(moment(row, when)?).map(|(by, at)| Hand { by, at }))
}

fn read(row: &Row) -> Result<Kept, Fault> {
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
    let submitted = hand(row, "submitted_by", "submitted_at")?;
    let decided = hand(row, "decided_by", "decided_at")?;
    let state = match row.parsed(TABLE, "state", Standing::from_code)? {
        Standing::Filling => State::Filling,
        Standing::Submitted => State::Submitted { submitted: submitted.ok_or_else(corrupt)? },
        Standing::Accepted => {
            let (submitted, decided) = submitted.zip(decided).ok_or_else(corrupt)?;
            State::Accepted { submitted, decided }
        }
        Standing::Returned => {
            let (submitted, decided) = submitted.zip(decided).ok_or_else(corrupt)?;
            State::Returned { submitted, decided, reason: row.maybe_text("reason")?.unwrap_or_default() }
        }
    };
    let area = row.parsed(TABLE, "area_path", AreaPath::new)?;
    let month = row.parsed(TABLE, "month", |text| Month::parse(text).ok())?;
    Ok(Kept {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        book: Book::restore(area, month, state),
        version: row.int("version")?,
        submitter: row.maybe_text("submitter")?,
        decider: row.maybe_text("decider")?,
        reminded: row.maybe_text("reminder")?.zip(moment(row, "reminded_at")?),
    })
}

/// Books of a month in the scope, by area.
pub async fn of_month(conn: &Conn, scope: &Scope, month: Month) -> Result<Vec<Kept>, Fault> {
    let mut sql = Sql::new(SELECT);
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.month = ? ORDER BY b.area_path", month.to_string());
    conn.all(sql).await?.iter().map(read).collect()
}

/// Other months that ask something of the scope's area, the newest first: a book of its own was given back or reminded of, or
/// one below it waits for its decision.
pub async fn asking(conn: &Conn, scope: &Scope, except: Month, most: u32) -> Result<Vec<Month>, Fault> {
    let own = scope.area().code().to_string();
    let mut sql = Sql::new("SELECT DISTINCT b.month AS month FROM return_book b WHERE ");
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.month <> ?", except.to_string());
    sql.bind(" AND ((b.area_code = ?", own.clone());
    sql.push(" AND (b.state = 'returned' OR (b.state = 'filling' AND b.reminded_at IS NOT NULL)))");
    sql.bind(" OR (b.area_code <> ?", own).push(" AND b.state = 'submitted'))");
    sql.bind(" ORDER BY b.month DESC LIMIT ?", i64::from(most));
    let month = |row: &Row| row.parsed(TABLE, "month", |text| Month::parse(text).ok());
    conn.all(sql).await?.iter().map(month).collect()
}

/// Months that have books in the scope, the newest first.
pub async fn months(conn: &Conn, scope: &Scope) -> Result<Vec<Month>, Fault> {
    let mut sql = Sql::new("SELECT DISTINCT b.month AS month FROM return_book b WHERE ");
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.push(" ORDER BY b.month DESC LIMIT 60");
    let rows = conn.all(sql).await?;
    rows.iter().map(|row| row.parsed(TABLE, "month", |text| Month::parse(text).ok())).collect()
}

/// One book of the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: ReturnBookId) -> Result<Kept, Fault> {
    let mut sql = Sql::new(SELECT);
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: TABLE })?
}

/// The same, held with every other book of the area and year until the transaction ends: a month is judged against its
/// neighbours, so they stand still. In the order of months, so that two such transactions never wait for each other.
pub async fn hold(tx: &Tx, scope: &Scope, id: ReturnBookId) -> Result<Kept, Fault> {
    let found = load(tx, scope, id).await?;
    let year = found.book.month().year();
    let mut sql = Sql::new("SELECT b.id AS id FROM return_book b WHERE ");
    sql.bind("b.area_code = ?", found.book.area().code().to_string());
    of_year(&mut sql, year);
    sql.push(" ORDER BY b.month").push(tx.for_update());
    tx.all(sql).await?;
    load(tx, scope, id).await
}

/// The smallest later month of the year whose book counts.
pub async fn later(conn: &Conn, book: &Book) -> Result<Option<Month>, Fault> {
    let mut sql =
        Sql::new(&format!("SELECT MIN(b.month) AS month FROM return_book b WHERE {}", super::COUNTS));
    sql.bind(" AND b.area_code = ?", book.area().code().to_string());
    of_year(&mut sql, book.month().year());
    sql.bind(" AND b.month > ?", book.month().to_string());
    let Some(row) = conn.one(sql).await? else { return Ok(None) };
    row.maybe_parsed(TABLE, "month", |text| Month::parse(text).ok())
}

fn of_year(sql: &mut Sql, year: FiscalYear) {
    sql.bind(" AND b.month >= ?", format!("{year}-01")).bind(" AND b.month <= ?", format!("{year}-12"));
}

/// Makes the book of an area and a month unless it is there; true when it was made.
pub async fn open(tx: &Tx, permit: &Permit, id: ReturnBookId, book: &Book) -> Result<bool, Fault> {
    let sql = Sql::new("INSERT INTO return_book (id, area_code, area_path, month, state, version) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (area_code, month) DO NOTHING")
        .with(id.to_string())
        .with(book.area().code().to_string())
        .with(book.area().as_str().to_owned())
        .with(book.month().to_string())
        .with(Standing::Filling.code().to_owned())
        .with(1_i64);
    let is_made = tx.run(sql).await? > 0;
    if is_made {
        tx.record(permit, act(id, "created", None));
    }
    Ok(is_made)
}

/// The book of an area and a month in the scope.
pub async fn find(conn: &Conn, scope: &Scope, area: AreaCode, month: Month) -> Result<Option<Kept>, Fault> {
    let mut sql = Sql::new(SELECT);
    scope::under(&mut sql, "b.area_path", scope.area());
    sql.bind(" AND b.area_code = ?", area.to_string()).bind(" AND b.month = ?", month.to_string());
    conn.one(sql).await?.map(|row| read(&row)).transpose()
}

/// Moves a book on when nobody did so since `version`.
pub async fn step(
    tx: &Tx,
    permit: &Permit,
    id: ReturnBookId,
    book: &Book,
    version: i64,
) -> Result<(), Fault> {
    let (submitted, decided, reason) = match book.state() {
        State::Filling => (None, None, None),
        State::Submitted { submitted } => (Some(*submitted), None, None),
        State::Accepted { submitted, decided } => (Some(*submitted), Some(*decided), None),
        State::Returned { submitted, decided, reason } => {
            (Some(*submitted), Some(*decided), Some(reason.clone()))
        }
    };
    let who = |hand: Option<Hand>| hand.map(|hand| hand.by.to_string());
    let when = |hand: Option<Hand>| hand.map(|hand| hand.at.timestamp_millis());
    let standing = book.state().standing();
    let sql = Sql::new("UPDATE return_book SET state = ?, submitted_by = ?, submitted_at = ?, decided_by = ?, decided_at = ?, reason = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(standing.code().to_owned())
        .with(who(submitted))
        .with(when(submitted))
        .with(who(decided))
        .with(when(decided))
        .with(reason.clone())
        .with(id.to_string())
        .with(version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    // Whether the book counts may have changed, and with it what the review rules see of everything in its area.
    tx.disturb_area(book.area().clone());
    tx.record(permit, act(id, standing.code(), reason));
    Ok(())
}

/// Whether a person ever wrote in a row of a book, also where somebody else wrote over it since.
pub async fn has_filled(conn: &Conn, scope: &Scope, book: &Book, user: UserId) -> Result<bool, Fault> {
    let mut sql = Sql::new("SELECT 1 AS found FROM (");
    for (number, (table, id)) in
        [("project_return", "project_id"), ("site_return", "site_id")].into_iter().enumerate()
    {
        sql.push(if number > 0 { " UNION ALL " } else { "" });
        sql.push(&format!("SELECT r.month AS month FROM {table} r WHERE "));
        scope::under(&mut sql, "r.area_path", scope.area());
        sql.bind(" AND r.area_code = ?", book.area().code().to_string());
        sql.bind(" AND r.month = ?", book.month().to_string());
        sql.bind(" AND (r.updated_by = ?", user.to_string());
        sql.push(&format!(
            " OR EXISTS (SELECT 1 FROM audit a WHERE a.object = 'return_row' AND a.object_id = r.{id}"
        ));
        sql.bind(" AND a.detail = ?", format!("month={}", book.month()));
        sql.bind(" AND a.user_id = ?))", user.to_string());
    }
    sql.push(") w LIMIT 1");
    Ok(conn.one(sql).await?.is_some())
}

/// Notes that rows came into a book after it was made.
pub fn grown(tx: &Tx, permit: &Permit, id: ReturnBookId, rows: u64) {
    tx.record(permit, act(id, &format!("grown rows={rows}"), None));
}

/// Notes who reminded of a book, and when.
pub async fn remind(tx: &Tx, permit: &Permit, id: ReturnBookId) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE return_book SET reminded_by = ?, reminded_at = ? WHERE id = ?")
        .with(by(permit))
        .with(tx.at())
        .with(id.to_string());
    tx.run(sql).await?;
    tx.record(permit, act(id, "reminded", None));
    Ok(())
}

fn act(id: ReturnBookId, detail: &str, after: Option<String>) -> Act {
    Act { object: TABLE, object_id: Some(id.to_string()), detail: detail.to_owned(), after, ..Act::default() }
}
