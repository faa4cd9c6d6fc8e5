//! Closed months of an area's books, and their reopening. Which books hold an entry is decided above.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use chrono::NaiveDate;
use domain::area::{AreaCode, AreaPath};
use domain::id::{ReopeningId, UserId};
use domain::ledger::Closing;
use domain::period::Month;
use domain::permission::{Permit, Scope};
use std::collections::BTreeMap;

/// A closing with the closer's name.
#[derive(Clone, Debug)]
pub struct Named {
    pub closing: Closing,
    pub name: String,
}

/// Asked and neither granted nor refused.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: ReopeningId,
    pub month: Month,
    pub asker: UserId,
    pub asker_name: String,
    pub reason: String,
}

/// What became of one that was asked.
#[derive(Clone, Debug)]
pub struct Ended {
    pub month: Month,
    pub asker: UserId,
    pub asker_name: String,
    pub reason: String,
    pub is_granted: bool,
    pub by: UserId,
    pub by_name: String,
    pub on: NaiveDate,
}

const REOPENING: &str = "ledger_reopening";
/// Ended ones that are shown.
const ENDED: i64 = 50;

fn month(row: &Row, table: &'static str) -> Result<Month, Fault> {
    row.parsed(table, "month", |text| Month::parse(text).ok())
}

/// Standing closings of these areas, in order of months. Whoever holds the head of the chain reads what stays so.
pub async fn closings(conn: &Conn, areas: &[AreaCode]) -> Result<BTreeMap<AreaCode, Vec<Named>>, Fault> {
    const TABLE: &str = "ledger_closing";
    let mut found: BTreeMap<AreaCode, Vec<Named>> = BTreeMap::new();
    for chunk in areas.chunks(super::CHUNK) {
        let mut sql = Sql::new(
            "SELECT k.area_code, k.month, k.closer, k.closed_on, a.name FROM ledger_closing k JOIN account a ON a.id = k.closer WHERE k.reopening_id IS NULL AND k.area_code IN ",
        );
        sql.list(chunk.iter().map(AreaCode::to_string)).push(" ORDER BY k.area_code, k.month");
        for row in conn.all(sql).await? {
            let closing = Closing {
                month: month(&row, TABLE)?,
                closer: row.parsed(TABLE, "closer", |id| id.parse().ok())?,
                on: row.parsed(TABLE, "closed_on", |text| text.parse().ok())?,
            };
            let named = Named { closing, name: row.text("name")? };
            found.entry(row.parsed(TABLE, "area_code", AreaCode::new)?).or_default().push(named);
        }
    }
    Ok(found)
}

/// Closes a month of the permit's area; the head of the chain is held.
pub async fn close(tx: &Tx, permit: &Permit, closing: &Closing) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO ledger_closing (area_code, area_path, month, closer, closed_on, at) VALUES (?, ?, ?, ?, ?, ?)")
        .with(permit.area().code().to_string())
        .with(permit.area().as_str().to_owned())
        .with(closing.month.to_string())
        .with(closing.closer.to_string())
        .with(closing.on.to_string())
        .with(tx.at());
    tx.run(sql).await?;
    record(tx, permit, format!("closed month={}", closing.month));
    Ok(())
}

/// Keeps that somebody asks to open a month of the permit's area.
pub async fn ask(
    tx: &Tx,
    permit: &Permit,
    id: ReopeningId,
    asker: UserId,
    month: Month,
    reason: &str,
) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO ledger_reopening (id, area_code, area_path, month, asker, reason, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .with(id.to_string())
        .with(permit.area().code().to_string())
        .with(permit.area().as_str().to_owned())
        .with(month.to_string())
        .with(asker.to_string())
        .with(reason.to_owned())
        .with(tx.at());
    tx.run(sql).await?;
    record(tx, permit, format!("reopening asked month={month}"));
    Ok(())
}

/// What is asked for the books of this very area.
pub async fn asked(conn: &Conn, scope: &Scope, area: &AreaPath) -> Result<Vec<Asked>, Fault> {
    let mut sql = Sql::new(
        "SELECT r.id, r.month, r.asker, r.reason, a.name FROM ledger_reopening r JOIN account a ON a.id = r.asker WHERE r.granter IS NULL AND r.refuser IS NULL AND ",
    );
    scope::under(&mut sql, "r.area_path", scope.area());
    sql.bind(" AND r.area_code = ? ORDER BY r.asked_at", area.code().to_string());
    let read = |row: &Row| {
        Ok(Asked {
            id: row.parsed(REOPENING, "id", |id| id.parse().ok())?,
            month: month(row, REOPENING)?,
            asker: row.parsed(REOPENING, "asker", |id| id.parse().ok())?,
            asker_name: row.text("name")?,
            reason: row.text("reason")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// What became of those that were asked for the books of this very area, the newest first.
pub async fn ended(conn: &Conn, scope: &Scope, area: &AreaPath) -> Result<Vec<Ended>, Fault> {
    let mut sql = Sql::new(
        "SELECT r.month, r.asker, r.reason, r.granter, COALESCE(r.granter, r.refuser) AS by_id, COALESCE(r.granted_on, r.refused_on) AS ended_on, a.name AS asker_name, b.name AS by_name FROM ledger_reopening r JOIN account a ON a.id = r.asker JOIN account b ON b.id = COALESCE(r.granter, r.refuser) WHERE ",
    );
    scope::under(&mut sql, "r.area_path", scope.area());
    sql.bind(" AND r.area_code = ?", area.code().to_string());
    sql.bind(" ORDER BY COALESCE(r.granted_on, r.refused_on) DESC, r.asked_at DESC LIMIT ?", ENDED);
    let read = |row: &Row| {
        Ok(Ended {
            month: month(row, REOPENING)?,
            asker: row.parsed(REOPENING, "asker", |id| id.parse().ok())?,
            asker_name: row.text("asker_name")?,
            reason: row.text("reason")?,
            is_granted: row.maybe_text("granter")?.is_some(),
            by: row.parsed(REOPENING, "by_id", |id| id.parse().ok())?,
            by_name: row.text("by_name")?,
            on: row.parsed(REOPENING, "ended_on", |text| text.parse().ok())?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// Ends one that was asked without opening its month. `Fault::Stale` when somebody was faster.
pub async fn refuse(
    tx: &Tx,
    permit: &Permit,
    asked: &Asked,
    refuser: UserId,
    on: NaiveDate,
) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE ledger_reopening SET refuser = ?, refused_on = ? WHERE id = ? AND granter IS NULL AND refuser IS NULL")
        .with(refuser.to_string())
        .with(on.to_string())
        .with(asked.id.to_string());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: REOPENING });
    }
    let word = if asked.asker == refuser { "taken back" } else { "refused" };
    record(tx, permit, format!("reopening {word} month={} reopening={}", asked.month, asked.id));
    Ok(())
}

/// Opens the month of a reopening and ends others that wait for it; the head of the chain is held. `Fault::Stale` when somebody
/// was faster.
pub async fn reopen(
    tx: &Tx,
    permit: &Permit,
    id: ReopeningId,
    month: Month,
    granter: UserId,
    on: NaiveDate,
) -> Result<(), Fault> {
    let grant =
        Sql::new("UPDATE ledger_reopening SET granter = ?, granted_on = ? WHERE id = ? AND granter IS NULL AND refuser IS NULL")
            .with(granter.to_string())
            .with(on.to_string())
            .with(id.to_string());
    let open = Sql::new(
        "UPDATE ledger_closing SET reopening_id = ? WHERE area_code = ? AND month = ? AND reopening_id IS NULL",
    )
    .with(id.to_string())
    .with(permit.area().code().to_string())
    .with(month.to_string());
    if tx.run(grant).await? == 0 || tx.run(open).await? == 0 {
        return Err(Fault::Stale { table: "ledger_closing" });
    }
    let others = Sql::new("UPDATE ledger_reopening SET refuser = ?, refused_on = ? WHERE area_code = ? AND month = ? AND granter IS NULL AND refuser IS NULL")
        .with(granter.to_string())
        .with(on.to_string())
        .with(permit.area().code().to_string())
        .with(month.to_string());
    tx.run(others).await?;
    record(tx, permit, format!("reopened month={month}"));
    Ok(())
}

fn record(tx: &Tx, permit: &Permit, detail: String) {
    let object_id = Some(permit.area().code().to_string());
    tx.record(permit, Act { object: "ledger_month", object_id, detail, ..Act::default() });
}
