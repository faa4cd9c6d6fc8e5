//! Splits of notices on their way, and the facts of projects that rules of a source ask about. Judges nothing.

use crate::audit::Act;
use crate::fault::Fault;
use crate::ledger::entry::year;
use crate::ledger::project::{NAMES, Named};
use crate::ledger::{CHUNK, Maker};
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::fund::{Notice, Placed, SplitOrder, Tally};
use domain::id::{EntryId, NoticeId, ProjectId, RequestId, UserId};
use domain::ledger::{Request, State};
use domain::money::{Delta, Money};
use domain::period::FiscalYear;
use domain::permission::{Permit, Scope};
use domain::project::Category;
use domain::source::Source;
use domain::usage::Use;
use std::collections::BTreeMap;

/// A split as kept; the names are those of its shares, in their order.
#[derive(Clone, Debug)]
pub struct Kept {
    pub request: Request<SplitOrder>,
    pub projects: Vec<Named>,
    pub maker_name: String,
    pub checker_name: Option<String>,
    pub version: i64,
    /// Unix milliseconds
    pub updated_at: i64,
}

/// A split that waits, in one line.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub notice: NoticeId,
    pub document: String,
    pub source: Source,
    pub year: FiscalYear,
    /// of its shares, in fen
    pub sum: Money,
    pub projects: u64,
    pub maker_name: String,
}

/// What is kept of a project that rules ask about; labour pay in fen.
pub type Facts = (Option<Category>, Option<Money>);

const TABLE: &str = "notice_split";

/// The split on its way of a notice that the caller has found in his scope.
pub async fn open(conn: &Conn, notice: NoticeId) -> Result<Option<Kept>, Fault> {
    let sql = Sql::new("SELECT s.*, m.name AS maker_name, c.name AS checker_name FROM notice_split s JOIN account m ON m.id = s.maker LEFT JOIN account c ON c.id = s.checker WHERE s.state <> 'approved' AND s.notice_id = ?")
        .with(notice.to_string());
    let Some(row) = conn.one(sql).await? else { return Ok(None) };
    let id: RequestId = row.parsed(TABLE, "id", |id| id.parse().ok())?;
    let shares = Sql::new(&format!(
        "SELECT h.amount_fen, h.usage, h.revenue, {NAMES} FROM notice_share h JOIN project p ON p.id = h.project_id JOIN area a ON a.code = p.area_code WHERE h.split_id = ? ORDER BY h.number"
    ))
    .with(id.to_string());
    let shares = conn.all(shares).await?;
    let shares = shares.iter().map(share).collect::<Result<Vec<_>, Fault>>()?;
    let (shares, projects) = shares.into_iter().unzip();
    Ok(Some(Kept {
        request: Request {
            id,
            maker: row.parsed(TABLE, "maker", |id| id.parse().ok())?,
            order: SplitOrder { shares },
            state: state(&row, id)?,
        },
        projects,
        maker_name: row.text("maker_name")?,
        checker_name: row.maybe_text("checker_name")?,
        version: row.int("version")?,
        updated_at: row.int("updated_at")?,
    }))
}

fn share(row: &Row) -> Result<(Placed, Named), Fault> {
    let named = Named::read(row)?;
    let corrupt = || Fault::Corrupt { table: "notice_share", id: named.id.to_string() };
    let placed = Placed {
        project: named.id,
        amount: Money::from_fen(row.int("amount_fen")?).ok_or_else(corrupt)?,
        usage: row.maybe_parsed("notice_share", "usage", Use::from_code)?,
        revenue: row.maybe_int("revenue")?.map(|yes| yes != 0),
    };
    Ok((placed, named))
}

fn state(row: &Row, id: RequestId) -> Result<State, Fault> {
    let checker: Option<UserId> = row.maybe_parsed(TABLE, "checker", |id| id.parse().ok())?;
    Ok(match (row.text("state")?.as_str(), checker) {
        ("draft", _) => State::Draft,
        ("submitted", _) => State::Submitted,
        ("approved", Some(checker)) => State::Approved { checker },
        ("returned", Some(checker)) => {
            State::Returned { checker, reason: row.maybe_text("reason")?.unwrap_or_default() }
        }
        (_, _) => return Err(Fault::Corrupt { table: TABLE, id: id.to_string() }),
    })
}

/// Splits of the scope that wait for a second person, the oldest first.
pub async fn waiting(conn: &Conn, scope: &Scope, limit: u32) -> Result<Vec<Waiting>, Fault> {
    let mut sql = Sql::new(
        "SELECT n.id, n.document, n.source, n.budget_year, m.name AS maker_name, (SELECT COUNT(*) FROM notice_share h WHERE h.split_id = s.id) AS projects, (SELECT CAST(COALESCE(SUM(h.amount_fen), 0) AS BIGINT) FROM notice_share h WHERE h.split_id = s.id) AS fen FROM notice_split s JOIN notice n ON n.id = s.notice_id JOIN account m ON m.id = s.maker WHERE s.state = 'submitted' AND ",
    );
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.bind(" ORDER BY s.updated_at, s.id LIMIT ?", i64::from(limit));
    let read = |row: &Row| {
        let notice: NoticeId = row.parsed("notice", "id", |id| id.parse().ok())?;
        let corrupt = || Fault::Corrupt { table: TABLE, id: notice.to_string() };
        Ok(Waiting {
            notice,
            document: row.text("document")?,
            source: row.parsed("notice", "source", Source::from_code)?,
            year: year(row.int("budget_year")?).ok_or_else(corrupt)?,
            sum: Money::from_fen(row.int("fen")?).ok_or_else(corrupt)?,
            projects: row.int("projects")?.unsigned_abs(),
            maker_name: row.text("maker_name")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}

/// How many splits of the scope wait.
pub async fn waiting_count(conn: &Conn, scope: &Scope, maker: Maker) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM notice_split s WHERE s.state = 'submitted' AND ");
    scope::under(&mut sql, "s.area_path", scope.area());
    maker.condition(&mut sql, "s.maker");
    conn.one(sql).await?.map_or(Ok(0), |row| Ok(row.int("n")?.unsigned_abs()))
}

/// Keeps a new split at version 1; the caller holds the notice.
pub async fn insert(
    tx: &Tx,
    permit: &Permit,
    notice: &Notice,
    request: &Request<SplitOrder>,
) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO notice_split (id, notice_id, area_path, state, maker, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 1, ?, ?)")
        .with(request.id.to_string())
        .with(notice.id.to_string())
        .with(notice.area.as_str().to_owned())
        .with(request.state.code().to_owned())
        .with(request.maker.to_string())
        .with(tx.at())
        .with(tx.at());
    tx.run(sql).await?;
    write_shares(tx, request).await?;
    record(tx, permit, notice, request);
    Ok(())
}

/// Saves a split that was loaded at `version`; `Fault::Stale` when somebody was faster.
pub async fn save(
    tx: &Tx,
    permit: &Permit,
    notice: &Notice,
    request: &Request<SplitOrder>,
    version: i64,
    entries: &[EntryId],
) -> Result<(), Fault> {
    let (checker, reason) = match &request.state {
        State::Draft | State::Submitted => (None, None),
        State::Approved { checker } => (Some(checker.to_string()), None),
        State::Returned { checker, reason } => (Some(checker.to_string()), Some(reason.clone())),
    };
    let entries: Vec<String> = entries.iter().map(EntryId::to_string).collect();
    let sql = Sql::new("UPDATE notice_split SET area_path = ?, state = ?, maker = ?, checker = ?, reason = ?, entries = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(notice.area.as_str().to_owned())
        .with(request.state.code().to_owned())
        .with(request.maker.to_string())
        .with(checker)
        .with(reason)
        .with(entries.join(" "))
        .with(tx.at())
        .with(request.id.to_string())
        .with(version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    tx.run(Sql::new("DELETE FROM notice_share WHERE split_id = ?").with(request.id.to_string())).await?;
    write_shares(tx, request).await?;
    record(tx, permit, notice, request);
    Ok(())
}

async fn write_shares(tx: &Tx, request: &Request<SplitOrder>) -> Result<(), Fault> {
    let rows = request.order.shares.iter().zip(1_i64..).map(|(share, number)| {
        vec![
            request.id.to_string().into(),
            number.into(),
            share.project.to_string().into(),
            share.amount.fen().into(),
            share.usage.map(|usage| usage.code().to_owned()).into(),
            share.revenue.map(i64::from).into(),
        ]
    });
    let head = "INSERT INTO notice_share (split_id, number, project_id, amount_fen, usage, revenue)";
    tx.insert_many(head, rows.collect()).await
}

fn record(tx: &Tx, permit: &Permit, notice: &Notice, request: &Request<SplitOrder>) {
    let detail = format!("{} shares={}", request.state.code(), request.order.shares.len());
    let after = serde_json::to_string(&request.order).ok();
    let object_id = Some(notice.id.to_string());
    tx.record(permit, Act { object: TABLE, object_id, detail, after, ..Act::default() });
}

/// What is kept of these projects that rules ask about.
pub async fn facts(
    conn: &Conn,
    scope: &Scope,
    projects: &[ProjectId],
) -> Result<BTreeMap<ProjectId, Facts>, Fault> {
    let mut found = BTreeMap::new();
    for chunk in projects.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT p.id, p.category, p.labour_pay_fen FROM project p WHERE ");
        scope::under(&mut sql, "p.area_path", scope.area());
        sql.push(" AND p.id IN ").list(chunk.iter().map(ProjectId::to_string));
        for row in conn.all(sql).await? {
            let id = row.parsed("project", "id", |id| id.parse().ok())?;
            let category = row.maybe_parsed("project", "category", Category::from_code)?;
            found.insert(id, (category, row.maybe_int("labour_pay_fen")?.and_then(Money::from_fen)));
        }
    }
    Ok(found)
}

/// Shares of the notice's source and year in its area that stand already, by what the rules ask of them all.
pub async fn tally(conn: &Conn, notice: &Notice) -> Result<Tally, Fault> {
    let mut sql = Sql::new(
        "SELECT p.category, e.purpose, CAST(SUM(e.fen) AS BIGINT) AS fen FROM ledger_entry e JOIN project p ON p.id = e.project_id WHERE e.movement = 'issue' AND ",
    );
    scope::under(&mut sql, "e.area_path", &notice.area);
    sql.bind(" AND e.source = ?", notice.source.code().to_owned());
    sql.bind(" AND e.budget_year = ?", i64::from(notice.year.get()));
    sql.push(" GROUP BY p.category, e.purpose");
    let (mut all, mut industry, mut management) = (0, 0, 0);
    for row in conn.all(sql).await? {
        let fen = row.int("fen")?;
        all += fen;
        let category = row.maybe_parsed("project", "category", Category::from_code)?;
        if category.is_some_and(Category::is_industry) {
            industry += fen;
        }
        if row.maybe_text("purpose")?.as_deref() == Some(Use::Management.sign()) {
            management += fen;
        }
    }
    // Reversals follow their originals, so that no sum lies below zero.
    let money = |fen| Delta::from_fen(fen).as_money().unwrap_or(Money::ZERO);
    Ok(Tally { all: money(all), industry: money(industry), management: money(management) })
}
