//! Editions of rules, findings and their steps. Judges nothing.

pub mod desk;
pub mod facts;
pub mod run;

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
use domain::review::rule::RuleCode;
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

/// Editions of one rule, held until the transaction ends, so that two people do not follow the same one.
pub async fn hold_rule(tx: &Tx, rule: RuleCode) -> Result<(), Fault> {
    let mut sql = Sql::new("SELECT number FROM rule_edition");
    sql.bind(" WHERE rule = ? ORDER BY number", rule.code().to_owned()).push(tx.for_update());
    tx.all(sql).await.map(drop)
}

/// Adds an edition and writes those that it ends; nothing else of them may differ.
pub async fn adopt(tx: &Tx, permit: &Permit, new: &Edition, ended: &[Edition]) -> Result<(), Fault> {
    const TABLE: &str = "rule_edition";
    for edition in ended {
        let sql = Sql::new("UPDATE rule_edition SET body = ? WHERE rule = ? AND number = ?")
            .with(text(TABLE, edition)?)
            .with(edition.rule.code().to_owned())
            .with(i64::from(edition.number));
        tx.run(sql).await?;
    }
    let sql = Sql::new(
        "INSERT INTO rule_edition (rule, number, body, created_at, created_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (rule, number) DO NOTHING",
    )
    .with(new.rule.code().to_owned())
    .with(i64::from(new.number))
    .with(text(TABLE, new)?)
    .with(tx.at())
    .with(permit.actor().user().map(|user| user.to_string()));
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let act = Act {
        object: "rule",
        object_id: Some(format!("{}.{}", new.rule, new.number)),
        detail: format!("from={}", new.valid_from),
        before: ended.first().map(|edition| text(TABLE, edition)).transpose()?,
        after: Some(text(TABLE, new)?),
    };
    tx.record(permit, act);
    Ok(())
}

const COLUMNS: &str = "id, body, state_body, area_path, version, found_at";

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
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM finding WHERE "));
    scope::under(&mut sql, "area_path", scope.area());
    sql
}

/// Findings about what lies in this very area, held until the transaction ends, in an order in which two walks cannot
/// block each other. A finding about a project goes where the project is now.
pub async fn hold(tx: &Tx, area: &AreaPath) -> Result<Vec<Kept>, Fault> {
    let mut sql = Sql::new(&format!("SELECT {COLUMNS} FROM finding WHERE "));
    sql.bind("project_id IN (SELECT id FROM project WHERE area_path = ?)", area.as_str().to_owned());
    sql.bind(" OR (project_id IS NULL AND area_path = ?)", area.as_str().to_owned());
    sql.push(" ORDER BY id").push(tx.for_update());
    tx.all(sql).await?.iter().map(read).collect()
}

/// One finding of the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: FindingId) -> Result<Kept, Fault> {
    let mut sql = selection(scope);
    sql.bind(" AND id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "finding" })?
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
        // Of an order that somebody has reported done, sent back or closed the rules say something else.
        if *is_step && by.is_some() && state.order_of().is_some() {
            tx.disturb_area(area_path.clone());
            finding.subject.project().into_iter().for_each(|project| tx.disturb(project));
        }
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
            finding.subject.source().map(|source| source.code().to_owned()).into(),
            state.due().map(|due| due.to_string()).into(),
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
        "INSERT INTO finding (id, rule, subject, edition, level, group_key, area_path, project_id, body, state, state_body, version, found_at, updated_at, source, due_on)",
        rows,
        " ON CONFLICT (id) DO UPDATE SET edition = excluded.edition, level = excluded.level, group_key = excluded.group_key, area_path = excluded.area_path, body = excluded.body, state = excluded.state, state_body = excluded.state_body, version = excluded.version, updated_at = excluded.updated_at, source = excluded.source, due_on = excluded.due_on",
    )
    .await?;
    tx.insert_many("INSERT INTO finding_step (finding_id, number, state_body, by_account, at)", steps).await
}

/// Puts one step of a person, or one run, into the trail.
pub fn note(tx: &Tx, permit: &Permit, finding: Option<FindingId>, detail: String) {
    let object_id = finding.map(|finding| finding.to_string());
    tx.record(permit, Act { object: "finding", object_id, detail, ..Act::default() });
}
