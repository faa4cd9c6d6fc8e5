//! Fund notices (下达文件) and what entries arrange of them; their splits on the way in `split`. Knows no rule of a source.

pub mod edition;
pub mod split;

use crate::audit::Act;
use crate::fault::Fault;
use crate::ledger::entry::year;
use crate::page::{Cursor, Key, MOST_ROWS, Page};
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use contract::fund::SplitStep;
use domain::area::{AreaCode, AreaPath};
use domain::fund::{Notice, Share};
use domain::id::{BatchId, NoticeId};
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
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
    /// of the split on its way
    pub split: Option<SplitStep>,
}

/// Which notices; all of a scope when nothing is set.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub area: Option<AreaPath>,
    pub source: Option<Source>,
    pub year: Option<FiscalYear>,
}

/// Notices of one source added up, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub source: Source,
    pub notices: u64,
    /// 额度
    pub quota: Money,
    /// 已安排
    pub arranged: Delta,
}

impl Filter {
    fn condition(&self, sql: &mut Sql) {
        sql.push(" AND n.withdrawn = 0");
        if let Some(area) = &self.area {
            sql.push(" AND ");
            scope::under(sql, "n.area_path", area);
        }
        if let Some(source) = self.source {
            sql.bind(" AND n.source = ?", source.code().to_owned());
        }
        if let Some(year) = self.year {
            sql.bind(" AND n.budget_year = ?", i64::from(year.get()));
        }
    }
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
        "SELECT n.*, a.name AS area_name, (SELECT CAST(COALESCE(SUM(e.fen), 0) AS BIGINT) FROM ledger_entry e WHERE e.notice_id = n.id) AS arranged, (SELECT COUNT(DISTINCT e.project_id) FROM ledger_entry e WHERE e.notice_id = n.id) AS projects, (SELECT s.state FROM notice_split s WHERE s.notice_id = n.id AND s.state <> 'approved') AS split_state FROM notice n JOIN area a ON a.code = n.area_code WHERE ",
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
        split: row.maybe_parsed("notice_split", "split_state", SplitStep::from_code)?,
    })
}

/// A page of the notices of the scope that stand, the newest first.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Kept>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let mut sql = selection(scope);
    filter.condition(&mut sql);
    if let Some([Key::Text(date), Key::Text(id)]) = after.map(|cursor| cursor.0.as_slice()) {
        sql.bind(" AND (n.date < ?", date.clone());
        sql.bind(" OR (n.date = ?", date.clone());
        sql.bind(" AND n.id < ?))", id.clone());
    }
    let most = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    sql.bind(" ORDER BY n.date DESC, n.id DESC LIMIT ?", most);
    let mut rows = conn.all(sql).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let end = |last: &Kept| {
        Cursor(vec![Key::Text(last.notice.date.to_string()), Key::Text(last.notice.id.to_string())])
    };
    Ok(Page { next: rows.last().filter(|_| more).map(end), rows })
}

/// Notices of a filter added up by source, in the order of the official form.
pub async fn totals(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<Total>, Fault> {
    let mut sql = Sql::new(
        "SELECT x.source, COUNT(*) AS notices, CAST(SUM(x.amount_fen) AS BIGINT) AS quota, CAST(SUM(x.arranged) AS BIGINT) AS arranged FROM (SELECT n.source, n.amount_fen, (SELECT CAST(COALESCE(SUM(e.fen), 0) AS BIGINT) FROM ledger_entry e WHERE e.notice_id = n.id) AS arranged FROM notice n WHERE ",
    );
    scope::under(&mut sql, "n.area_path", scope.area());
    filter.condition(&mut sql);
    sql.push(") x GROUP BY x.source");
    let read = |row: &Row| {
        let source = row.parsed("notice", "source", Source::from_code)?;
        let corrupt = || Fault::Corrupt { table: "notice", id: source.code().to_owned() };
        Ok(Total {
            source,
            notices: row.int("notices")?.unsigned_abs(),
            quota: Money::from_fen(row.int("quota")?).ok_or_else(corrupt)?,
            arranged: Delta::from_fen(row.int("arranged")?),
        })
    };
    let mut found = conn.all(sql).await?.iter().map(read).collect::<Result<Vec<Total>, Fault>>()?;
    found.sort_by_key(|total| total.source);
    Ok(found)
}

/// Budget years of the scope's notices, the newest first.
pub async fn years(conn: &Conn, scope: &Scope) -> Result<Vec<FiscalYear>, Fault> {
    let mut sql = Sql::new("SELECT DISTINCT n.budget_year FROM notice n WHERE n.withdrawn = 0 AND ");
    scope::under(&mut sql, "n.area_path", scope.area());
    sql.push(" ORDER BY n.budget_year DESC");
    let rows = conn.all(sql).await?;
    let years = rows.iter().map(|row| row.int("budget_year")).collect::<Result<Vec<_>, _>>()?;
    Ok(years.into_iter().filter_map(year).collect())
}

/// One notice of the scope that stands.
pub async fn load(conn: &Conn, scope: &Scope, id: NoticeId) -> Result<Kept, Fault> {
    let mut sql = selection(scope);
    sql.bind(" AND n.withdrawn = 0 AND n.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "notice" })?
}

/// The same, locked until the transaction ends. An entry that names the notice does not wait for this lock.
pub async fn load_for_update(tx: &Tx, scope: &Scope, id: NoticeId) -> Result<Kept, Fault> {
    if tx.is_postgres() {
        let sql = Sql::new("SELECT id FROM notice WHERE id = ? FOR NO KEY UPDATE").with(id.to_string());
        tx.one(sql).await?;
    }
    load(tx, scope, id).await
}

/// True when an entry was ever written on the notice.
pub async fn has_entries(conn: &Conn, id: NoticeId) -> Result<bool, Fault> {
    let sql = Sql::new("SELECT 1 AS one FROM ledger_entry WHERE notice_id = ? LIMIT 1").with(id.to_string());
    Ok(conn.one(sql).await?.is_some())
}

/// What projects have of a notice by entries that are not taken back; whoever decides on it holds the chain's head.
pub async fn standing(conn: &Conn, id: NoticeId) -> Result<Vec<Share>, Fault> {
    let sql = Sql::new("SELECT e.project_id, CAST(SUM(e.fen) AS BIGINT) AS fen FROM ledger_entry e WHERE e.notice_id = ? GROUP BY e.project_id HAVING SUM(e.fen) > 0 ORDER BY e.project_id")
        .with(id.to_string());
    let read = |row: &Row| {
        let project = row.parsed("ledger_entry", "project_id", |id| id.parse().ok())?;
        Ok(Share { project, amount: Delta::from_fen(row.int("fen")?).magnitude() })
    };
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

/// Changes a notice that was loaded at `version`; `Fault::Stale` when somebody was faster. The caller holds the chain's head
/// and has asked that no entry stands on it.
pub async fn amend(tx: &Tx, permit: &Permit, notice: &Notice, version: i64) -> Result<(), Fault> {
    let sql = Sql::new("UPDATE notice SET document = ?, document_key = ?, date = ?, source = ?, budget_year = ?, area_code = ?, area_path = ?, amount_fen = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ? AND withdrawn = 0")
        .with(notice.document.clone())
        .with(document_key(&notice.document))
        .with(notice.date.to_string())
        .with(notice.source.code().to_owned())
        .with(i64::from(notice.year.get()))
        .with(notice.area.code().to_string())
        .with(notice.area.as_str().to_owned())
        .with(notice.amount.fen())
        .with(tx.at())
        .with(notice.id.to_string())
        .with(version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "notice" });
    }
    let detail = format!("changed {} fen={}", notice.document, notice.amount.fen());
    let object_id = Some(notice.id.to_string());
    tx.record(permit, Act { object: "notice", object_id, detail, ..Act::default() });
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

/// Locks the notices that a batch registered and that stand, before positions and the head, as whoever splits one does.
pub async fn hold_of_batch(tx: &Tx, batch: BatchId) -> Result<(), Fault> {
    if tx.is_postgres() {
        let sql = Sql::new(
            "SELECT id FROM notice WHERE batch_id = ? AND withdrawn = 0 ORDER BY id FOR NO KEY UPDATE",
        )
        .with(batch.to_string());
        tx.all(sql).await?;
    }
    Ok(())
}

/// Withdraws the notices that a batch registered and on which no money stands any more. They are
/// held by [`hold_of_batch`].
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
