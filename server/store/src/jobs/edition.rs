//! Editions of job coefficients as rows. Decides no step.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::jobs::coefficient::Coefficients;
use domain::jobs::edition::{Edition, State};
use domain::permission::{Permit, Scope};

const TABLE: &str = "coefficient_edition";

/// An edition as kept, with the names of people and place.
#[derive(Clone, Debug)]
pub struct Kept {
    pub edition: Edition,
    pub area_name: String,
    pub maker_name: String,
    /// Unix milliseconds
    pub made_at: i64,
    pub decider_name: Option<String>,
    /// Unix milliseconds
    pub decided_at: Option<i64>,
    pub verdict_reason: Option<String>,
    pub version: i64,
}

const SELECT: &str = "SELECT e.number, e.area_path, e.state, e.reason, e.body, e.made_by, e.made_at, e.decided_at, e.verdict_reason, e.version, m.name AS maker_name, d.name AS decider_name, r.name AS area_name FROM coefficient_edition e JOIN account m ON m.id = e.made_by JOIN area r ON r.code = e.area_code LEFT JOIN account d ON d.id = e.decided_by WHERE ";

fn edition(row: &Row) -> Result<Edition, Fault> {
    let body = row.text("body")?;
    let coefficients: Coefficients =
        serde_json::from_str(&body).map_err(|_| Fault::Corrupt { table: TABLE, id: body })?;
    let number = row.int("number")?;
    if i64::from(coefficients.edition) != number {
        return Err(Fault::Corrupt { table: TABLE, id: number.to_string() });
    }
    Ok(Edition {
        coefficients,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        state: row.parsed(TABLE, "state", State::from_code)?,
        reason: row.text("reason")?,
        made_by: row.parsed(TABLE, "made_by", |id| id.parse().ok())?,
    })
}

fn kept(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        edition: edition(row)?,
        area_name: row.text("area_name")?,
        maker_name: row.text("maker_name")?,
        made_at: row.int("made_at")?,
        decider_name: row.maybe_text("decider_name")?,
        decided_at: row.maybe_int("decided_at")?,
        verdict_reason: row.maybe_text("verdict_reason")?,
        version: row.int("version")?,
    })
}

/// Those of the person's area and below, and those from above by which the area is estimated: what is in force there.
fn seen(sql: &mut Sql, scope: &Scope) {
    sql.push("(");
    scope::under(sql, "e.area_path", scope.area());
    sql.push(" OR e.state = 'in_force' AND e.area_code IN ");
    sql.list(scope.area().codes().iter().map(ToString::to_string));
    sql.push(")");
}

/// The newest first.
pub async fn list(conn: &Conn, scope: &Scope) -> Result<Vec<Kept>, Fault> {
    let mut sql = Sql::new(SELECT);
    seen(&mut sql, scope);
    sql.push(" ORDER BY e.number DESC");
    conn.all(sql).await?.iter().map(kept).collect()
}

/// One that the person sees.
pub async fn load(conn: &Conn, scope: &Scope, number: u32) -> Result<Kept, Fault> {
    let mut sql = Sql::new(SELECT);
    seen(&mut sql, scope);
    sql.bind(" AND e.number = ?", i64::from(number));
    conn.one(sql).await?.map(|row| kept(&row)).ok_or(Fault::Missing { table: TABLE })?
}

/// All that are in force, wherever: a project is estimated by the one of the nearest area.
pub async fn in_force(conn: &Conn) -> Result<Vec<Edition>, Fault> {
    let sql = Sql::new(
        "SELECT number, area_path, state, reason, body, made_by FROM coefficient_edition WHERE state = 'in_force' ORDER BY number",
    );
    conn.all(sql).await?.iter().map(edition).collect()
}

/// Holds every edition until the transaction ends, so that two people do not follow the same one.
pub async fn hold(tx: &Tx) -> Result<(), Fault> {
    let mut sql = Sql::new("SELECT number FROM coefficient_edition ORDER BY number");
    sql.push(tx.for_update());
    tx.all(sql).await.map(drop)
}

/// The number that the next edition gets.
pub async fn next_number(conn: &Conn) -> Result<u32, Fault> {
    let sql = Sql::new("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) AS n FROM coefficient_edition");
    let last = conn.one(sql).await?.map_or(Ok(0), |row| row.int("n"))?;
    u32::try_from(last + 1).map_err(|_| Fault::Corrupt { table: TABLE, id: last.to_string() })
}

/// Adds a draft; `Fault::Stale` when somebody else took its number.
pub async fn add(tx: &Tx, permit: &Permit, edition: &Edition) -> Result<(), Fault> {
    let body = body(edition)?;
    let sql = Sql::new("INSERT INTO coefficient_edition (number, area_code, area_path, valid_from, state, reason, body, made_by, made_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (number) DO NOTHING")
        .with(i64::from(edition.number()))
        .with(edition.area.code().to_string())
        .with(edition.area.as_str().to_owned())
        .with(edition.valid_from().to_string())
        .with(edition.state.code())
        .with(edition.reason.clone())
        .with(body.clone())
        .with(edition.made_by.to_string())
        .with(tx.at());
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    tx.record(permit, Act { detail: "created".to_owned(), after: Some(body), ..act(edition) });
    Ok(())
}

/// Writes a step; what a second person said is kept with it.
pub async fn save(
    tx: &Tx,
    permit: &Permit,
    before: &Kept,
    after: &Edition,
    decided: Option<Option<&str>>,
) -> Result<(), Fault> {
    let body_after = body(after)?;
    let mut sql = Sql::new("UPDATE coefficient_edition SET valid_from = ?, state = ?, reason = ?, body = ?, version = version + 1")
        .with(after.valid_from().to_string())
        .with(after.state.code())
        .with(after.reason.clone())
        .with(body_after.clone());
    if let Some(reason) = decided {
        sql.bind(", decided_by = ?", permit.actor().user().map(|user| user.to_string()));
        sql.bind(", decided_at = ?", tx.at()).bind(", verdict_reason = ?", reason.map(str::to_owned));
    } else {
        // What was said of an earlier text does not stand beside a new one.
        sql.push(", decided_by = NULL, decided_at = NULL, verdict_reason = NULL");
    }
    sql.bind(" WHERE number = ?", i64::from(after.number())).bind(" AND version = ?", before.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let body_before = body(&before.edition)?;
    let is_same = body_before == body_after;
    tx.record(
        permit,
        Act {
            detail: format!("state={} from={}", after.state.code(), after.valid_from()),
            before: (!is_same).then_some(body_before),
            after: (!is_same).then_some(body_after),
            ..act(after)
        },
    );
    Ok(())
}

fn act(edition: &Edition) -> Act {
    Act { object: "coefficients", object_id: Some(edition.number().to_string()), ..Act::default() }
}

fn body(edition: &Edition) -> Result<String, Fault> {
    serde_json::to_string(&edition.coefficients)
        .map_err(|fault| Fault::Corrupt { table: TABLE, id: fault.to_string() })
}
