//! Entries read: pages of a scope, those of one position or batch, sums that the kept totals do not answer.

use super::{CHUNK, figures};
use crate::fault::Fault;
use crate::page::{Cursor, Key as CursorKey, MOST_ROWS, Page};
use crate::scope;
use crate::sql::{Row as SqlRow, Sql};
use crate::tx::Conn;
use chrono::NaiveDate;
use contract::ledger::Sums;
use domain::area::{AreaCode, AreaPath};
use domain::id::{BatchId, EntryId, NoticeId, ProjectId, UserId};
use domain::ledger::{Entry, Key, Kind, Movement, Paper, Posting};
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Month};
use domain::permission::Scope;
use domain::project::Category;
use domain::source::Source;
use std::collections::HashMap;

const TABLE: &str = "ledger_entry";

/// Which entries; everything within a scope when nothing is set.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub area: Option<AreaPath>,
    pub project: Option<ProjectId>,
    /// of the project as it is now
    pub category: Option<Category>,
    pub source: Option<Source>,
    pub year: Option<FiscalYear>,
    /// of the books
    pub month: Option<Month>,
    /// of the books, up to this month
    pub through: Option<Month>,
    pub kind: Option<Kind>,
    pub batch: Option<BatchId>,
    pub entry: Option<EntryId>,
    pub notice: Option<NoticeId>,
    /// on a notice given to this area or one below
    pub given: Option<AreaPath>,
    /// dated up to this day
    pub as_of: Option<NaiveDate>,
    /// up to this place of the chain
    pub known_at: Option<i64>,
    /// dated from this day on
    pub since: Option<NaiveDate>,
    /// after this place of the chain: what was not known there
    pub unknown_at: Option<i64>,
    /// only what lies in the area itself, not under it
    pub own: bool,
}

/// An entry as kept, with the names beside it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub entry: Entry,
    pub seq: i64,
    pub area: AreaPath,
    /// Unix milliseconds
    pub at: i64,
    pub hash: String,
    pub reversed_by: Option<EntryId>,
    pub number: i64,
    pub project_name: String,
    pub project_code: Option<String>,
    pub area_name: String,
    /// of the other project, where it lies in the scope
    pub other_name: Option<String>,
    /// batch, file, sheet and cell
    pub origin: Option<(BatchId, String, String, String)>,
    pub batch: Option<BatchId>,
    /// of the batch's maker, when it was made
    pub batch_area: Option<AreaPath>,
    pub notice: Option<NoticeId>,
    pub approver: Option<String>,
    pub exception: Option<String>,
    pub maker_name: String,
    pub checker_name: String,
}

impl Filter {
    /// The kept totals answer this filter.
    pub const fn is_kept(&self) -> bool {
        self.project.is_none()
            && self.category.is_none()
            && self.kind.is_none()
            && self.batch.is_none()
            && self.entry.is_none()
            && self.notice.is_none()
            && self.given.is_none()
            && self.as_of.is_none()
            && self.known_at.is_none()
            && self.since.is_none()
            && self.unknown_at.is_none()
            && !self.own
    }

    /// The kept positions answer this filter: it asks of no day, no month's end and no moment.
    pub const fn is_now(&self) -> bool {
        self.as_of.is_none() && self.known_at.is_none() && self.through.is_none()
    }

    pub(super) fn condition(&self, sql: &mut Sql, scope: &Scope) {
        scope::under(sql, "e.area_path", scope.area());
        if let Some(area) = &self.area {
            sql.push(" AND ");
            scope::under(sql, "e.area_path", area);
            if self.own {
                sql.bind(" AND e.area_path = ?", area.as_str().to_owned());
            }
        }
        let texts = [
            (" AND e.project_id = ?", self.project.map(|id| id.to_string())),
            (" AND e.source = ?", self.source.map(|source| source.code().to_owned())),
            (" AND e.month = ?", self.month.map(|month| month.to_string())),
            (" AND e.month <= ?", self.through.map(|month| month.to_string())),
            (" AND e.batch_id = ?", self.batch.map(|batch| batch.to_string())),
            (" AND e.id = ?", self.entry.map(|entry| entry.to_string())),
            (" AND e.notice_id = ?", self.notice.map(|notice| notice.to_string())),
            (" AND e.date <= ?", self.as_of.map(|date| date.to_string())),
            (" AND e.date >= ?", self.since.map(|date| date.to_string())),
        ];
        for (text, value) in texts {
            if let Some(value) = value {
                sql.bind(text, value);
            }
        }
        of_category(sql, "e", self.category);
        if let Some(given) = &self.given {
            sql.push(" AND e.notice_id IN (SELECT n.id FROM notice n WHERE n.withdrawn = 0 AND ");
            scope::under(sql, "n.area_path", given);
            sql.push(")");
        }
        if let Some(year) = self.year {
            sql.bind(" AND e.budget_year = ?", i64::from(year.get()));
        }
        if let Some(seq) = self.known_at {
            sql.bind(" AND e.seq <= ?", seq);
        }
        if let Some(seq) = self.unknown_at {
            sql.bind(" AND e.seq > ?", seq);
        }
        if let Some(kind) = self.kind {
            sql.push(" AND e.movement IN ").list(codes(kind));
        }
    }
}

/// Only rows of projects of a category; `alias` has a `project_id`.
pub(super) fn of_category(sql: &mut Sql, alias: &str, category: Option<Category>) {
    if let Some(category) = category {
        let text = format!(" AND {alias}.project_id IN (SELECT c.id FROM project c WHERE c.category = ?)");
        sql.bind(&text, category.code().to_owned());
    }
}

fn codes(kind: Kind) -> Vec<String> {
    let word = match kind {
        Kind::Issue | Kind::Receive | Kind::Disburse | Kind::Pay | Kind::Recover => kind.code(),
        Kind::Transfer => "transfer_",
    };
    let of_kind = |code: &&str| code.starts_with(word);
    figures::FIGURES.iter().map(|(_, code)| *code).filter(of_kind).map(str::to_owned).collect()
}

fn selection(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT e.*, p.number, p.name AS project_name, p.code AS project_code, a.name AS area_name, o.name AS other_name, r.id AS reversed_by, b.file_name, b.area_path AS batch_path, m.name AS maker_name, c.name AS checker_name, x.name AS approver_name FROM ledger_entry e JOIN project p ON p.id = e.project_id JOIN area a ON a.code = e.area_code JOIN account m ON m.id = e.maker JOIN account c ON c.id = e.checker LEFT JOIN account x ON x.id = e.approver LEFT JOIN ledger_entry r ON r.reverses = e.id LEFT JOIN ledger_batch b ON b.id = e.batch_id LEFT JOIN project o ON o.id = e.other_project AND ",
    );
    scope::under(&mut sql, "o.area_path", scope.area());
    sql.push(" WHERE ");
    sql
}

/// A page of entries, the newest first.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Kept>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = selection(scope);
    filter.condition(&mut sql, scope);
    if let Some(CursorKey::Int(seq)) = after.and_then(|cursor| cursor.0.first()) {
        sql.bind(" AND e.seq < ?", *seq);
    }
    sql.bind(" ORDER BY e.seq DESC LIMIT ?", i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|last| Cursor(vec![CursorKey::Int(last.seq)]));
    Ok(Page { rows, next })
}

/// Every entry of the filter in ledger order: for one position, one batch, one entry.
pub async fn all(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<Kept>, Fault> {
    let mut sql = selection(scope);
    filter.condition(&mut sql, scope);
    sql.push(" ORDER BY e.seq");
    conn.all(sql).await?.iter().map(read).collect()
}

/// One entry in the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: EntryId) -> Result<Kept, Fault> {
    find(conn, scope, id).await?.ok_or(Fault::Missing { table: "ledger_entry" })
}

/// One entry, where it lies in the scope.
pub async fn find(conn: &Conn, scope: &Scope, id: EntryId) -> Result<Option<Kept>, Fault> {
    let filter = Filter { entry: Some(id), ..Filter::default() };
    Ok(all(conn, scope, &filter).await?.pop())
}

/// Entries with these ids, as far as they lie in the scope.
pub async fn by_ids(conn: &Conn, scope: &Scope, ids: &[EntryId]) -> Result<Vec<Kept>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let mut sql = selection(scope);
        scope::under(&mut sql, "e.area_path", scope.area());
        sql.push(" AND e.id IN ").list(chunk.iter().map(EntryId::to_string));
        for row in conn.all(sql).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// The entry at a place of the chain, where it lies in the scope.
pub async fn at(conn: &Conn, scope: &Scope, seq: i64) -> Result<Option<EntryId>, Fault> {
    let mut sql = Sql::new("SELECT id FROM ledger_entry WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.bind(" AND seq = ?", seq);
    let row = conn.one(sql).await?;
    row.map(|row| row.parsed("ledger_entry", "id", |id| id.parse().ok())).transpose()
}

/// Sums of the entries themselves, for filters that the kept totals do not answer.
pub async fn sums(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<(Source, Sums)>, Fault> {
    let mut sql =
        Sql::new(&format!("SELECT e.source, {} FROM ledger_entry e WHERE ", figures::sums_of_entries("e")));
    filter.condition(&mut sql, scope);
    sql.push(" GROUP BY e.source");
    by_source(&conn.all(sql).await?, "ledger_entry")
}

/// Sums of the entries themselves by the area that they were written for, and by source.
pub async fn sums_by_area(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<(AreaPath, Source, Sums)>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT e.area_path, e.source, {} FROM ledger_entry e WHERE ",
        figures::sums_of_entries("e")
    ));
    filter.condition(&mut sql, scope);
    sql.push(" GROUP BY e.area_path, e.source ORDER BY e.area_path, e.source");
    let read = |row: &SqlRow| {
        let area = row.parsed(TABLE, "area_path", AreaPath::new)?;
        Ok((area, row.parsed(TABLE, "source", Source::from_code)?, figures::signed(row)?))
    };
    conn.all(sql).await?.iter().map(read).collect()
}

pub(crate) fn by_source(rows: &[SqlRow], table: &'static str) -> Result<Vec<(Source, Sums)>, Fault> {
    let read = |row: &SqlRow| Ok((row.parsed(table, "source", Source::from_code)?, figures::signed(row)?));
    let mut sums = rows.iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    sums.sort_by_key(|(source, _)| *source);
    Ok(sums)
}

/// How many entries of the scope each line has that are not reversed.
pub async fn standing(conn: &Conn, scope: &Scope, lines: &[String]) -> Result<HashMap<String, u32>, Fault> {
    let mut found = HashMap::new();
    for chunk in lines.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT e.line, COUNT(*) AS n FROM ledger_entry e LEFT JOIN ledger_entry r ON r.reverses = e.id WHERE r.id IS NULL AND ",
        );
        scope::under(&mut sql, "e.area_path", scope.area());
        sql.push(" AND e.line IN ").list(chunk.iter().cloned()).push(" GROUP BY e.line");
        for row in conn.all(sql).await? {
            found.insert(row.text("line")?, u32::try_from(row.int("n")?).unwrap_or(u32::MAX));
        }
    }
    Ok(found)
}

/// Months of the books with entries of the scope, and how many.
pub async fn months(conn: &Conn, scope: &Scope) -> Result<Vec<(Month, u64)>, Fault> {
    let mut sql =
        Sql::new("SELECT month, CAST(SUM(entries) AS BIGINT) AS n FROM ledger_rollup WHERE kind = 'all'");
    sql.bind(" AND area_code = ?", scope.area().code().to_string());
    sql.push(" GROUP BY month ORDER BY month DESC");
    let read = |row: &SqlRow| {
        let month = row.parsed("ledger_rollup", "month", |text| Month::parse(text).ok())?;
        Ok((month, row.int("n")?.unsigned_abs()))
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// The entry alone, of the columns of its own row.
pub(super) fn plain(row: &SqlRow) -> Result<Entry, Fault> {
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
    let other: Option<ProjectId> = row.maybe_parsed(TABLE, "other_project", |id| id.parse().ok())?;
    let movement = Movement::from_code(&row.text("movement")?, other).ok_or_else(corrupt)?;
    let key = Key {
        project: row.parsed(TABLE, "project_id", |id| id.parse().ok())?,
        source: row.parsed(TABLE, "source", Source::from_code)?,
        year: year(row.int("budget_year")?).ok_or_else(corrupt)?,
    };
    let fen = Delta::from_fen(row.int("fen")?);
    let amount: Money = fen.magnitude();
    let month = |text: &str| Month::parse(text).ok();
    let person = |column: &str| row.parsed(TABLE, column, |id| id.parse::<UserId>().ok());
    let posting = Posting {
        movement,
        key,
        amount,
        date: row.parsed(TABLE, "date", |text| text.parse().ok())?,
        paper: Paper { document: row.maybe_text("document")?, voucher: row.maybe_text("voucher")? },
        payee: row.maybe_text("payee")?,
        purpose: row.maybe_text("purpose")?,
        memo: row.maybe_text("memo")?,
    };
    Ok(Entry {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        posting,
        reverses: entry_id(row, "reverses")?,
        pair: entry_id(row, "pair")?,
        month: row.parsed(TABLE, "month", month)?,
        late_for: row.maybe_parsed(TABLE, "late_for", month)?,
        maker: person("maker")?,
        checker: person("checker")?,
    })
}

fn entry_id(row: &SqlRow, column: &str) -> Result<Option<EntryId>, Fault> {
    row.maybe_parsed(TABLE, column, |id| id.parse().ok())
}

fn read(row: &SqlRow) -> Result<Kept, Fault> {
    let entry = plain(row)?;
    let batch: Option<BatchId> = row.maybe_parsed(TABLE, "batch_id", |id| id.parse().ok())?;
    let place = batch.zip(row.maybe_text("sheet")?).zip(row.maybe_text("cell")?);
    let file = row.maybe_text("file_name")?.unwrap_or_default();
    Ok(Kept {
        entry,
        seq: row.int("seq")?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        at: row.int("at")?,
        hash: row.text("hash")?,
        reversed_by: entry_id(row, "reversed_by")?,
        number: row.int("number")?,
        project_name: row.text("project_name")?,
        project_code: row.maybe_text("project_code")?,
        area_name: row.text("area_name")?,
        other_name: row.maybe_text("other_name")?,
        origin: place.map(|((batch, sheet), cell)| (batch, file, sheet, cell)),
        batch,
        batch_area: row.maybe_parsed(TABLE, "batch_path", AreaPath::new)?,
        notice: row.maybe_parsed(TABLE, "notice_id", |id| id.parse().ok())?,
        approver: row.maybe_text("approver_name")?,
        exception: row.maybe_text("exception")?,
        maker_name: row.text("maker_name")?,
        checker_name: row.text("checker_name")?,
    })
}

pub(crate) fn year(number: i64) -> Option<FiscalYear> {
    i32::try_from(number).ok().and_then(FiscalYear::new)
}

impl Kept {
    pub fn area_code(&self) -> AreaCode {
        self.area.code()
    }
}
