//! Reconciliations: an export's lines, the steps taken with it, and which entries a signed one found. Append only. Decides
//! nothing: what follows from the steps is a rule of the domain.

use super::CHUNK;
use super::project::{NAMES, Named};
use crate::audit::Act as Record;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use chrono::NaiveDate;
use domain::area::AreaPath;
use domain::id::{EntryId, ReconciliationId, UserId};
use domain::ledger::Movement;
use domain::ledger::reconcile::{Act, BookItem, DAYS, Direction, RawLine, Step};
use domain::money::{Money, Unit};
use domain::period::FiscalYear;
use domain::permission::{Permit, Scope};
use domain::source::Source;
use std::collections::HashMap;

const TABLE: &str = "reconciliation";

/// A reconciliation as it came in.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: ReconciliationId,
    /// whose books
    pub area: AreaPath,
    pub area_name: String,
    pub file_name: String,
    pub sha256: String,
    pub source: Option<Source>,
    /// what the file says
    pub stated: Option<Unit>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub lines: u32,
    pub faulty: u32,
    /// JSON of the service
    pub findings: String,
    pub maker: UserId,
    pub maker_name: String,
    /// Unix milliseconds
    pub created_at: i64,
}

/// A step with the name of who took it.
#[derive(Clone, Debug)]
pub struct Taken {
    pub act: Act,
    pub name: String,
    /// Unix milliseconds
    pub at: i64,
}

/// An entry that passed through an account, with the names beside it.
#[derive(Clone, Debug)]
pub struct Passed {
    pub item: BookItem,
    pub seq: i64,
    pub project: Named,
    pub source: Source,
    pub year: FiscalYear,
    pub document: Option<String>,
    pub payee: Option<String>,
}

/// The last step of each that changes how far it is: its code, who took it, and what was signed (JSON of the service).
pub type Turns = HashMap<ReconciliationId, (String, String, Option<String>)>;

fn selection(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT r.*, m.name AS maker_name, a.name AS area_name FROM reconciliation r JOIN account m ON m.id = r.maker LEFT JOIN area a ON a.path = r.area_path WHERE ",
    );
    scope::under(&mut sql, "r.area_path", scope.area());
    sql
}

fn day(row: &Row, table: &'static str, column: &str) -> Result<NaiveDate, Fault> {
    row.parsed(table, column, |text| text.parse().ok())
}

fn count(row: &Row, column: &str) -> Result<u32, Fault> {
    Ok(u32::try_from(row.int(column)?).unwrap_or(u32::MAX))
}

fn read(row: &Row) -> Result<Kept, Fault> {
    let area: AreaPath = row.parsed(TABLE, "area_path", AreaPath::new)?;
    Ok(Kept {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        // An area that was moved since keeps its old path here: then its code stands for it.
        area_name: row.maybe_text("area_name")?.unwrap_or_else(|| area.code().to_string()),
        area,
        file_name: row.text("file_name")?,
        sha256: row.text("sha256")?,
        source: row.maybe_parsed(TABLE, "source", Source::from_code)?,
        stated: row.maybe_parsed(TABLE, "stated_unit", Unit::from_code)?,
        from: day(row, TABLE, "from_date")?,
        to: day(row, TABLE, "to_date")?,
        lines: count(row, "lines")?,
        faulty: count(row, "faulty")?,
        findings: row.text("findings")?,
        maker: row.parsed(TABLE, "maker", |id| id.parse().ok())?,
        maker_name: row.text("maker_name")?,
        created_at: row.int("created_at")?,
    })
}

/// One of the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: ReconciliationId) -> Result<Kept, Fault> {
    let mut sql = selection(scope);
    sql.bind(" AND r.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: TABLE })?
}

/// The latest of the scope, the newest first.
pub async fn list(conn: &Conn, scope: &Scope, limit: u32) -> Result<Vec<Kept>, Fault> {
    let mut sql = selection(scope);
    sql.bind(" ORDER BY r.created_at DESC, r.id DESC LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(read).collect()
}

/// How far each of these is.
pub async fn turns(conn: &Conn, ids: &[ReconciliationId]) -> Result<Turns, Fault> {
    let mut turns = Turns::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT s.reconciliation_id, s.kind, s.tallies, c.name FROM reconciliation_step s JOIN account c ON c.id = s.actor WHERE s.kind IN ('submit', 'return', 'sign', 'withdraw') AND s.reconciliation_id IN ",
        );
        sql.list(chunk.iter().map(ReconciliationId::to_string)).push(" ORDER BY s.number");
        for row in conn.all(sql).await? {
            let id = row.parsed("reconciliation_step", "reconciliation_id", |id| id.parse().ok())?;
            // In their order: of several the last stays.
            turns.insert(id, (row.text("kind")?, row.text("name")?, row.maybe_text("tallies")?));
        }
    }
    Ok(turns)
}

/// The one of this area that holds the same file and was not withdrawn.
pub async fn of_file(conn: &Conn, area: &AreaPath, sha256: &str) -> Result<Option<ReconciliationId>, Fault> {
    let sql = Sql::new("SELECT r.id FROM reconciliation r WHERE r.sha256 = ? AND r.area_path = ? AND NOT EXISTS (SELECT 1 FROM reconciliation_step s WHERE s.reconciliation_id = r.id AND s.kind = 'withdraw') ORDER BY r.created_at LIMIT 1")
        .with(sha256.to_owned())
        .with(area.as_str().to_owned());
    conn.one(sql).await?.map(|row| row.parsed(TABLE, "id", |id| id.parse().ok())).transpose()
}

/// Lines of one that was loaded within the scope, in the order of the file.
pub async fn lines(conn: &Conn, id: ReconciliationId) -> Result<Vec<RawLine>, Fault> {
    const LINE: &str = "reconciliation_line";
    let sql = Sql::new("SELECT * FROM reconciliation_line WHERE reconciliation_id = ? ORDER BY number")
        .with(id.to_string());
    let read = |row: &Row| {
        Ok(RawLine {
            number: count(row, "number")?,
            sheet: row.text("sheet")?,
            cell: row.text("cell")?,
            date: day(row, LINE, "date")?,
            direction: row.parsed(LINE, "direction", Direction::from_code)?,
            amount: row.text("amount")?,
            voucher: row.maybe_text("voucher")?,
            payee: row.maybe_text("payee")?,
            memo: row.maybe_text("memo")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Steps of one that was loaded within the scope, in their order.
pub async fn steps(conn: &Conn, id: ReconciliationId) -> Result<Vec<Taken>, Fault> {
    const STEP: &str = "reconciliation_step";
    let sql = Sql::new("SELECT s.body, s.actor, s.at, c.name FROM reconciliation_step s JOIN account c ON c.id = s.actor WHERE s.reconciliation_id = ? ORDER BY s.number")
        .with(id.to_string());
    let read = |row: &Row| {
        let body = row.text("body")?;
        let step: Step =
            serde_json::from_str(&body).map_err(|_| Fault::Corrupt { table: STEP, id: id.to_string() })?;
        let by: UserId = row.parsed(STEP, "actor", |id| id.parse().ok())?;
        Ok(Taken { act: Act { step, by }, name: row.text("name")?, at: row.int("at")? })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Keeps a new one with its lines.
pub async fn insert(tx: &Tx, permit: &Permit, kept: &Kept, lines: Vec<RawLine>) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO reconciliation (id, area_path, file_name, sha256, source, stated_unit, from_date, to_date, lines, faulty, findings, maker, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(kept.id.to_string())
        .with(permit.area().as_str().to_owned())
        .with(kept.file_name.clone())
        .with(kept.sha256.clone())
        .with(kept.source.map(|source| source.code().to_owned()))
        .with(kept.stated.map(|unit| unit.code().to_owned()))
        .with(kept.from.to_string())
        .with(kept.to.to_string())
        .with(i64::from(kept.lines))
        .with(i64::from(kept.faulty))
        .with(kept.findings.clone())
        .with(kept.maker.to_string())
        .with(tx.at());
    tx.run(sql).await?;
    let id = kept.id.to_string();
    let row = |line: RawLine| {
        vec![
            id.clone().into(),
            i64::from(line.number).into(),
            line.sheet.into(),
            line.cell.into(),
            line.date.to_string().into(),
            line.direction.code().to_owned().into(),
            line.amount.into(),
            line.voucher.into(),
            line.payee.into(),
            line.memo.into(),
        ]
    };
    let rows = lines.into_iter().map(row).collect();
    tx.insert_many("INSERT INTO reconciliation_line (reconciliation_id, number, sheet, cell, date, direction, amount, voucher, payee, memo)", rows).await?;
    let detail = format!("created file={} sha256={} lines={}", kept.file_name, kept.sha256, kept.lines);
    record(tx, permit, kept.id, detail, None);
    Ok(())
}

/// Adds the step after those seen; `Fault::Stale` when somebody was faster. `tallies` goes with a signature.
pub async fn add(
    tx: &Tx,
    permit: &Permit,
    id: ReconciliationId,
    seen: i64,
    act: &Act,
    tallies: Option<String>,
) -> Result<(), Fault> {
    let fault =
        |fault: serde_json::Error| Fault::Corrupt { table: "reconciliation_step", id: fault.to_string() };
    let body = serde_json::to_string(&act.step).map_err(fault)?;
    let sql = Sql::new("INSERT INTO reconciliation_step (reconciliation_id, number, kind, body, tallies, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (reconciliation_id, number) DO NOTHING")
        .with(id.to_string())
        .with(seen + 1)
        .with(act.step.code().to_owned())
        .with(body.clone())
        .with(tallies)
        .with(act.by.to_string())
        .with(tx.at());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "reconciliation_step" });
    }
    record(tx, permit, id, act.step.code().to_owned(), Some(body));
    Ok(())
}

/// Keeps which entries a signed one found; within one area an entry is found once.
pub async fn found(tx: &Tx, permit: &Permit, id: ReconciliationId, entries: &[EntryId]) -> Result<(), Fault> {
    let area = permit.area().as_str().to_owned();
    let row = |entry: &EntryId| vec![area.clone().into(), entry.to_string().into(), id.to_string().into()];
    let rows = entries.iter().map(row).collect();
    tx.insert_many("INSERT INTO reconciliation_match (area_path, entry_id, reconciliation_id)", rows).await
}

const PASSED: &str =
    "e.id, e.seq, e.date, e.movement, e.fen, e.voucher, e.document, e.payee, e.source, e.budget_year";

/// 到位 and 支付 around the days of a reconciliation that nobody reversed and that no signed one of its area found.
pub async fn open_items(conn: &Conn, scope: &Scope, kept: &Kept, limit: u32) -> Result<Vec<Passed>, Fault> {
    let days = chrono::Duration::days(DAYS);
    let (from, to) = (kept.from - days, kept.to + days);
    let mut sql = passed();
    scope::under(&mut sql, "e.area_path", scope.area());
    sql.push(" AND ");
    scope::under(&mut sql, "e.area_path", &kept.area);
    sql.push(" AND e.movement IN ('receive', 'pay') AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM ledger_entry b WHERE b.reverses = e.id)");
    sql.bind(" AND e.date >= ?", from.to_string()).bind(" AND e.date <= ?", to.to_string());
    if let Some(source) = kept.source {
        sql.bind(" AND e.source = ?", source.code().to_owned());
    }
    sql.bind(
        " AND NOT EXISTS (SELECT 1 FROM reconciliation_match x WHERE x.entry_id = e.id AND x.area_path = ?)",
        kept.area.as_str().to_owned(),
    );
    sql.bind(" ORDER BY e.seq LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(read_passed).collect()
}

/// These entries of the scope, whatever became of them since.
pub async fn items_of(conn: &Conn, scope: &Scope, ids: &[EntryId]) -> Result<Vec<Passed>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let mut sql = passed();
        scope::under(&mut sql, "e.area_path", scope.area());
        sql.push(" AND e.id IN ").list(chunk.iter().map(EntryId::to_string)).push(" ORDER BY e.seq");
        for row in conn.all(sql).await? {
            found.push(read_passed(&row)?);
        }
    }
    Ok(found)
}

fn passed() -> Sql {
    Sql::new(&format!(
        "SELECT {PASSED}, {NAMES} FROM ledger_entry e JOIN project p ON p.id = e.project_id JOIN area a ON a.code = e.area_code WHERE "
    ))
}

fn read_passed(row: &Row) -> Result<Passed, Fault> {
    const ENTRY: &str = "ledger_entry";
    let entry: EntryId = row.parsed(ENTRY, "id", |id| id.parse().ok())?;
    let corrupt = || Fault::Corrupt { table: ENTRY, id: entry.to_string() };
    let movement = row.text("movement")?;
    let direction = match movement.as_str() {
        "receive" => Direction::of(Movement::Receive),
        "pay" => Direction::of(Movement::Pay),
        _ => None,
    };
    let year = i32::try_from(row.int("budget_year")?).ok().and_then(FiscalYear::new);
    Ok(Passed {
        item: BookItem {
            entry,
            date: day(row, ENTRY, "date")?,
            direction: direction.ok_or_else(corrupt)?,
            amount: Money::from_fen(row.int("fen")?).ok_or_else(corrupt)?,
            voucher: row.maybe_text("voucher")?,
        },
        seq: row.int("seq")?,
        project: Named::read(row)?,
        source: row.parsed(ENTRY, "source", Source::from_code)?,
        year: year.ok_or_else(corrupt)?,
        document: row.maybe_text("document")?,
        payee: row.maybe_text("payee")?,
    })
}

/// A file of one was made.
pub fn exported(tx: &Tx, permit: &Permit, id: ReconciliationId, lines: u32) {
    record(tx, permit, id, format!("exported lines={lines}"), None);
}

fn record(tx: &Tx, permit: &Permit, id: ReconciliationId, detail: String, after: Option<String>) {
    let object_id = Some(id.to_string());
    tx.record(permit, Record { object: "reconciliation", object_id, detail, after, ..Record::default() });
}
