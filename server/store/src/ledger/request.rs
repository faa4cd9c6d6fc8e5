//! Postings on their way: editable until a second person approves. The order is kept as JSON of the domain.

use super::Maker;
use super::project::{NAMES, Named};
use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::id::{EntryId, ProjectId, RequestId, UserId};
use domain::ledger::{Order, Request, State};
use domain::permission::{Permit, Scope};

/// A request as kept, with the project it is about.
#[derive(Clone, Debug)]
pub struct Kept {
    pub request: Request,
    pub project: Named,
    /// the entries it became
    pub entries: Vec<EntryId>,
    pub maker_name: String,
    pub checker_name: Option<String>,
    pub version: i64,
    /// Unix milliseconds
    pub updated_at: i64,
}

/// Requests of the scope; a draft is its maker's alone.
fn selection(scope: &Scope, user: UserId) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT q.*, m.name AS maker_name, c.name AS checker_name, {NAMES} FROM ledger_request q JOIN project p ON p.id = q.project_id JOIN area a ON a.code = p.area_code JOIN account m ON m.id = q.maker LEFT JOIN account c ON c.id = q.checker WHERE "
    ));
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND (q.state <> 'draft' OR q.maker = ?)", user.to_string());
    sql
}

fn read(row: &Row) -> Result<Kept, Fault> {
    const TABLE: &str = "ledger_request";
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
    let order: Order = serde_json::from_str(&row.text("body")?).map_err(|_| corrupt())?;
    let checker: Option<UserId> = row.maybe_parsed(TABLE, "checker", |id| id.parse().ok())?;
    let state = match (row.text("state")?.as_str(), checker) {
        ("draft", _) => State::Draft,
        ("submitted", _) => State::Submitted,
        ("approved", Some(checker)) => State::Approved { checker },
        ("returned", Some(checker)) => {
            State::Returned { checker, reason: row.maybe_text("reason")?.unwrap_or_default() }
        }
        (_, _) => return Err(corrupt()),
    };
    let entries = row.text("entries")?;
    let entries = entries.split(' ').filter(|id| !id.is_empty()).map(|id| id.parse().map_err(|_| corrupt()));
    Ok(Kept {
        request: Request {
            id: id.parse().map_err(|_| corrupt())?,
            maker: row.parsed(TABLE, "maker", |id| id.parse().ok())?,
            order,
            state,
        },
        project: Named::read(row)?,
        entries: entries.collect::<Result<_, _>>()?,
        maker_name: row.text("maker_name")?,
        checker_name: row.maybe_text("checker_name")?,
        version: row.int("version")?,
        updated_at: row.int("updated_at")?,
    })
}

/// One request in the scope, as `user` may see it.
pub async fn load(conn: &Conn, scope: &Scope, user: UserId, id: RequestId) -> Result<Kept, Fault> {
    let mut sql = selection(scope, user);
    sql.bind(" AND q.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "ledger_request" })?
}

/// The same, locked until the transaction ends.
pub async fn load_for_update(tx: &Tx, scope: &Scope, user: UserId, id: RequestId) -> Result<Kept, Fault> {
    if tx.is_postgres() {
        let sql = Sql::new("SELECT id FROM ledger_request WHERE id = ? FOR UPDATE").with(id.to_string());
        tx.one(sql).await?;
    }
    load(tx, scope, user, id).await
}

/// Requests of the scope that `user` may see, the undecided ones first, then the newest.
pub async fn list(conn: &Conn, scope: &Scope, user: UserId, limit: u32) -> Result<Vec<Kept>, Fault> {
    let mut sql = selection(scope, user);
    sql.bind(
        " ORDER BY CASE q.state WHEN 'approved' THEN 1 ELSE 0 END, q.updated_at DESC, q.id DESC LIMIT ?",
        i64::from(limit),
    );
    conn.all(sql).await?.iter().map(read).collect()
}

/// Requests of the scope that are submitted and not decided.
pub async fn waiting(conn: &Conn, scope: &Scope, maker: Maker) -> Result<u64, Fault> {
    count(conn, scope, "submitted", maker).await
}

/// Requests of the scope that came back to their makers.
pub async fn returned(conn: &Conn, scope: &Scope, maker: Maker) -> Result<u64, Fault> {
    count(conn, scope, "returned", maker).await
}

async fn count(conn: &Conn, scope: &Scope, state: &str, maker: Maker) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM ledger_request q WHERE ");
    scope::under(&mut sql, "q.area_path", scope.area());
    sql.bind(" AND q.state = ?", state.to_owned());
    maker.condition(&mut sql, "q.maker");
    conn.one(sql).await?.map_or(Ok(0), |row| Ok(row.int("n")?.unsigned_abs()))
}

fn body(request: &Request) -> Result<String, Fault> {
    serde_json::to_string(&request.order)
        .map_err(|_| Fault::Corrupt { table: "ledger_request", id: request.id.to_string() })
}

/// The receiving project of a transfer. What a reversal takes back has positions on both sides already.
fn other(order: &Order) -> Option<String> {
    match order {
        Order::Transfer(transfer) => Some(transfer.to.to_string()),
        Order::Post(_) | Order::Reverse(_) => None,
    }
}

fn decided(state: &State) -> (Option<String>, Option<String>) {
    match state {
        State::Draft | State::Submitted => (None, None),
        State::Approved { checker } => (Some(checker.to_string()), None),
        State::Returned { checker, reason } => (Some(checker.to_string()), Some(reason.clone())),
    }
}

/// Keeps a new request at version 1.
pub async fn insert(tx: &Tx, permit: &Permit, request: &Request, project: ProjectId) -> Result<(), Fault> {
    let sql = Sql::new("INSERT INTO ledger_request (id, project_id, other_project, area_path, body, state, maker, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)")
        .with(request.id.to_string())
        .with(project.to_string())
        .with(other(&request.order))
        .with(permit.area().as_str().to_owned())
        .with(body(request)?)
        .with(request.state.code().to_owned())
        .with(request.maker.to_string())
        .with(tx.at())
        .with(tx.at());
    tx.run(sql).await?;
    record(tx, permit, request);
    Ok(())
}

/// Saves a request that was loaded at `version`; `Fault::Stale` when somebody was faster.
pub async fn save(
    tx: &Tx,
    permit: &Permit,
    request: &Request,
    project: ProjectId,
    version: i64,
    entries: &[EntryId],
) -> Result<(), Fault> {
    let (checker, reason) = decided(&request.state);
    let entries: Vec<String> = entries.iter().map(EntryId::to_string).collect();
    let body = body(request)?;
    // An order that stays as it is keeps its receiver: one from before the column may name a project that is gone.
    let sql = Sql::new("UPDATE ledger_request SET project_id = ?, other_project = CASE WHEN body = ? THEN other_project ELSE ? END, area_path = ?, body = ?, state = ?, checker = ?, reason = ?, entries = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(project.to_string())
        .with(body.clone())
        .with(other(&request.order))
        .with(permit.area().as_str().to_owned())
        .with(body)
        .with(request.state.code().to_owned())
        .with(checker)
        .with(reason)
        .with(entries.join(" "))
        .with(tx.at())
        .with(request.id.to_string())
        .with(version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: "ledger_request" });
    }
    record(tx, permit, request);
    Ok(())
}

fn record(tx: &Tx, permit: &Permit, request: &Request) {
    let detail = request.state.code().to_owned();
    let after = serde_json::to_string(&request.order).ok();
    let object_id = Some(request.id.to_string());
    tx.record(permit, Act { object: "ledger_request", object_id, detail, after, ..Act::default() });
}
