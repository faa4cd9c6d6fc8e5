//! Editions of rules, findings and their steps. Judges nothing.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::id::FindingId;
use domain::permission::{Permit, Scope};
use domain::review::edition::{Edition, Editions};
use domain::review::outcome::Finding;
use domain::review::workflow::State;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A finding as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: FindingId,
    pub finding: Finding,
    pub state: State,
    pub area_path: AreaPath,
    pub version: i64,
    /// Unix milliseconds
    pub found_at: i64,
}

fn body<T: DeserializeOwned>(row: &Row, column: &str, table: &'static str) -> Result<T, Fault> {
    let text = row.text(column)?;
    serde_json::from_str(&text).map_err(|_| Fault::Corrupt { table, id: text })
}

fn text(table: &'static str, value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|fault| Fault::Corrupt { table, id: fault.to_string() })
}

/// All editions; none before the first run.
pub async fn editions(conn: &Conn) -> Result<Option<Editions>, Fault> {
    let rows = conn.all(Sql::new("SELECT body FROM rule_edition ORDER BY rule, number")).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let editions: Vec<Edition> =
        rows.iter().map(|row| body(row, "body", "rule_edition")).collect::<Result<_, _>>()?;
    let corrupt = |fault: domain::review::edition::EditionRefusal| Fault::Corrupt {
        table: "rule_edition",
        id: fault.to_string(),
    };
    Editions::new(editions).map(Some).map_err(corrupt)
}

/// Keeps editions; one that is there already stays as it is.
pub async fn keep_editions(tx: &Tx, permit: &Permit, editions: &[Edition]) -> Result<(), Fault> {
    let by = permit.actor().user().map(|user| user.to_string());
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(editions.len());
    for edition in editions {
        rows.push(vec![
            edition.rule.code().to_owned().into(),
            i64::from(edition.number).into(),
            text("rule_edition", edition)?.into(),
            tx.at().into(),
            by.clone().into(),
        ]);
    }
    tx.upsert_many(
        "INSERT INTO rule_edition (rule, number, body, created_at, created_by)",
        rows,
        " ON CONFLICT (rule, number) DO NOTHING",
    )
    .await
}

fn read(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        id: row.parsed("finding", "id", |id| id.parse().ok())?,
        finding: body(row, "body", "finding")?,
        state: body(row, "state_body", "finding")?,
        area_path: row.parsed("finding", "area_path", AreaPath::new)?,
        version: row.int("version")?,
        found_at: row.int("found_at")?,
    })
}

fn selection(scope: &Scope) -> Sql {
    let mut sql = Sql::new("SELECT id, body, state_body, area_path, version, found_at FROM finding WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql
}

/// Findings of the scope by rule, group and subject.
pub async fn list(conn: &Conn, scope: &Scope) -> Result<Vec<Kept>, Fault> {
    let mut sql = selection(scope);
    sql.push(" ORDER BY rule, group_key, subject");
    conn.all(sql).await?.iter().map(read).collect()
}

/// The same with those of projects that have come into the scope, held until the transaction ends, in an order in which
/// two runs cannot block each other.
pub async fn hold(tx: &Tx, scope: &Scope) -> Result<Vec<Kept>, Fault> {
    let mut sql = selection(scope);
    sql.push(" OR project_id IN (SELECT id FROM project WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(") ORDER BY id").push(tx.for_update());
    tx.all(sql).await?.iter().map(read).collect()
}

/// One finding of the scope, held until the transaction ends.
pub async fn load_for_update(tx: &Tx, scope: &Scope, id: FindingId) -> Result<Kept, Fault> {
    let mut sql = selection(scope);
    sql.bind(" AND id = ?", id.to_string()).push(tx.for_update());
    tx.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "finding" })?
}

/// Writes findings as they became; for those that are a step, the step too. `version` of each is the new one.
pub async fn save(tx: &Tx, permit: &Permit, findings: &[(Kept, bool)]) -> Result<(), Fault> {
    const TABLE: &str = "finding";
    let by = permit.actor().user().map(|user| user.to_string());
    let mut rows: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(findings.len());
    let mut steps: Vec<Vec<sea_orm::Value>> = Vec::with_capacity(findings.len());
    for (kept, is_step) in findings {
        let Kept { id, finding, state, area_path, version, found_at } = kept;
        let state_body = text(TABLE, state)?;
        rows.push(vec![
            id.to_string().into(),
            finding.rule.code().to_owned().into(),
            finding.subject.key().into(),
            i64::from(finding.edition.number).into(),
            finding.level.code().to_owned().into(),
            finding.group.as_str().to_owned().into(),
            area_path.as_str().to_owned().into(),
            finding.subject.project().map(|project| project.to_string()).into(),
            text(TABLE, finding)?.into(),
            state.name().code().to_owned().into(),
            state_body.clone().into(),
            (*version).into(),
            (*found_at).into(),
            tx.at().into(),
        ]);
        let step = || {
            vec![
                id.to_string().into(),
                (*version).into(),
                state_body.into(),
                by.clone().into(),
                tx.at().into(),
            ]
        };
        steps.extend(is_step.then(step));
    }
    tx.upsert_many(
        "INSERT INTO finding (id, rule, subject, edition, level, group_key, area_path, project_id, body, state, state_body, version, found_at, updated_at)",
        rows,
        " ON CONFLICT (id) DO UPDATE SET edition = excluded.edition, level = excluded.level, group_key = excluded.group_key, area_path = excluded.area_path, body = excluded.body, state = excluded.state, state_body = excluded.state_body, version = excluded.version, updated_at = excluded.updated_at",
    )
    .await?;
    tx.insert_many("INSERT INTO finding_step (finding_id, number, state_body, by_account, at)", steps).await
}

/// Puts one step of a person, or one run, into the trail.
pub fn note(tx: &Tx, permit: &Permit, finding: Option<FindingId>, detail: String) {
    let object_id = finding.map(|finding| finding.to_string());
    tx.record(permit, Act { object: "finding", object_id, detail, ..Act::default() });
}
