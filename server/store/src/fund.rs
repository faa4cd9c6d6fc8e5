//! Fund notices (下达文件) and what entries arrange of them. Knows no rule of a source.

use crate::audit::Act;
use crate::fault::Fault;
use crate::ledger::entry::year;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::fund::Notice;
use domain::id::BatchId;
use domain::money::{Delta, Money};
use domain::permission::{Permit, Scope};
use domain::source::Source;
use domain::text;

/// A notice and what became of it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub notice: Notice,
    pub area_name: String,
    /// of the entries that stand on it, in fen
    pub arranged: Delta,
    pub projects: u64,
    /// the batch that registered it
    pub batch: Option<BatchId>,
    /// its batch was taken back
    pub withdrawn: bool,
    pub version: i64,
}

/// A document number in one spelling: width, blanks and the style of brackets make no difference.
pub fn document_key(document: &str) -> String {
    let plain = |letter: char| match letter {
        '〔' | '［' | '[' | '【' | '(' | '{' => '〔',
        '〕' | '］' | ']' | '】' | ')' | '}' => '〕',
        other => other,
    };
    text::fold(document).chars().map(plain).collect()
}

fn selection(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT n.*, a.name AS area_name, (SELECT CAST(COALESCE(SUM(e.fen), 0) AS BIGINT) FROM ledger_entry e WHERE e.notice_id = n.id) AS arranged, (SELECT COUNT(DISTINCT e.project_id) FROM ledger_entry e WHERE e.notice_id = n.id) AS projects FROM notice n JOIN area a ON a.code = n.area_code WHERE ",
    );
    scope::under(&mut sql, "n.area_path", scope.area());
    sql
}

fn read(row: &Row) -> Result<Kept, Fault> {
    const TABLE: &str = "notice";
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
    let notice = Notice {
        id: id.parse().map_err(|_| corrupt())?,
        document: row.text("document")?,
        date: row.parsed(TABLE, "date", |text| text.parse().ok())?,
        source: row.parsed(TABLE, "source", Source::from_code)?,
        year: year(row.int("budget_year")?).ok_or_else(corrupt)?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        amount: Money::from_fen(row.int("amount_fen")?).ok_or_else(corrupt)?,
    };
    Ok(Kept {
        notice,
        area_name: row.text("area_name")?,
        arranged: Delta::from_fen(row.int("arranged")?),
        projects: row.int("projects")?.unsigned_abs(),
        batch: row.maybe_parsed(TABLE, "batch_id", |id| id.parse().ok())?,
        withdrawn: row.flag("withdrawn")?,
        version: row.int("version")?,
    })
}

/// Notices of the scope that stand, the newest first.
pub async fn list(conn: &Conn, scope: &Scope, limit: u32) -> Result<Vec<Kept>, Fault> {
    let mut sql = selection(scope);
    sql.bind(" AND n.withdrawn = 0 ORDER BY n.date DESC, n.id DESC LIMIT ?", i64::from(limit));
    conn.all(sql).await?.iter().map(read).collect()
}

/// Notices of the scope with one of these document keys given to one of these areas, withdrawn ones too.
pub async fn by_documents(
    conn: &Conn,
    scope: &Scope,
    areas: &[AreaCode],
    documents: &[String],
) -> Result<Vec<Kept>, Fault> {
    let mut found = Vec::new();
    for chunk in documents.chunks(crate::ledger::CHUNK) {
        let mut sql = selection(scope);
        sql.push(" AND n.area_code IN ").list(areas.iter().map(AreaCode::to_string));
        sql.push(" AND n.document_key IN ").list(chunk.iter().cloned());
        for row in conn.all(sql).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// Registers notices; one of the same number, source, year and area is `Conflict::NoticeTaken`.
pub async fn insert(
    tx: &Tx,
    permit: &Permit,
    notices: &[Notice],
    batch: Option<BatchId>,
) -> Result<(), Fault> {
    let user = permit.actor().user().ok_or(Fault::Missing { table: "account" })?;
    let rows = notices.iter().map(|notice| {
        vec![
            notice.id.to_string().into(),
            notice.document.clone().into(),
            document_key(&notice.document).into(),
            notice.date.to_string().into(),
            notice.source.code().to_owned().into(),
            i64::from(notice.year.get()).into(),
            notice.area.code().to_string().into(),
            notice.area.as_str().to_owned().into(),
            notice.amount.fen().into(),
            batch.map(|batch| batch.to_string()).into(),
            1_i64.into(),
            tx.at().into(),
            user.to_string().into(),
            tx.at().into(),
        ]
    });
    tx.insert_many("INSERT INTO notice (id, document, document_key, date, source, budget_year, area_code, area_path, amount_fen, batch_id, version, created_at, created_by, updated_at)", rows.collect()).await?;
    for notice in notices {
        let detail = format!("registered {} fen={}", notice.document, notice.amount.fen());
        let object_id = Some(notice.id.to_string());
        tx.record(permit, Act { object: "notice", object_id, detail, ..Act::default() });
    }
    Ok(())
}

/// A notice whose batch was taken back is registered again by another batch, with the amount it says now.
pub async fn revive(tx: &Tx, permit: &Permit, notice: &Notice, batch: BatchId) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE notice SET withdrawn = 0, amount_fen = ?, date = ?, batch_id = ?, updated_at = ?, version = version + 1 WHERE id = ? AND withdrawn = 1")
        .with(notice.amount.fen())
        .with(notice.date.to_string())
        .with(batch.to_string())
        .with(tx.at())
        .with(notice.id.to_string());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "notice" });
    }
    let detail = format!("registered again {} fen={}", notice.document, notice.amount.fen());
    tx.record(
        permit,
        Act { object: "notice", object_id: Some(notice.id.to_string()), detail, ..Act::default() },
    );
    Ok(())
}

/// Withdraws the notices that a batch registered and on which no money stands any more.
pub async fn withdraw(tx: &Tx, permit: &Permit, batch: BatchId) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE notice SET withdrawn = 1, updated_at = ?, version = version + 1 WHERE batch_id = ? AND withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM ledger_entry e LEFT JOIN ledger_entry r ON r.reverses = e.id WHERE e.notice_id = notice.id AND e.reverses IS NULL AND r.id IS NULL)")
        .with(tx.at())
        .with(batch.to_string());
    let count = tx.run(sql).await?;
    let detail = format!("withdrawn notices={count}");
    tx.record(
        permit,
        Act { object: "ledger_batch", object_id: Some(batch.to_string()), detail, ..Act::default() },
    );
    Ok(())
}
