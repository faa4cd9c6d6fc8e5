//! What people state for the estimate of a project, and the numbers they put in the place of computed ones.

use super::estimate::{Subject, keep};
use crate::audit::Act;
use crate::fault::Fault;
use crate::project::Project;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::id::ProjectId;
use domain::jobs::input::{Basis, Inputs};
use domain::permission::{Permit, Scope};
use std::collections::BTreeMap;

const TABLE: &str = "estimate_input";
/// Values in one `IN (…)`.
const CHUNK: usize = 1000;

/// What is stated for a project with its version; nothing has version 0.
pub async fn load(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<(Inputs, i64), Fault> {
    let mut sql = Sql::new(
        "SELECT i.project_id, i.body, i.version FROM estimate_input i JOIN project p ON p.id = i.project_id WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND i.project_id = ?", project.to_string());
    match conn.one(sql).await? {
        None => Ok((Inputs::default(), 0)),
        Some(row) => Ok((body(&row)?, row.int("version")?)),
    }
}

/// The same for many, without those for which nothing is stated.
pub(crate) async fn of_many(conn: &Conn, ids: &[ProjectId]) -> Result<BTreeMap<ProjectId, Inputs>, Fault> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT project_id, body FROM estimate_input WHERE project_id IN ");
        sql.list(chunk.iter().map(ProjectId::to_string));
        for row in conn.all(sql).await? {
            found.insert(row.parsed(TABLE, "project_id", |id| id.parse().ok())?, body(&row)?);
        }
    }
    Ok(found)
}

/// Keeps what is stated after the version that was seen, and the estimate that follows from it; `Fault::Stale` when
/// somebody stated something else meanwhile.
pub async fn save(
    tx: &Tx,
    permit: &Permit,
    project: &Project,
    (before, version): (&Inputs, i64),
    inputs: &Inputs,
) -> Result<(), Fault> {
    let text = written(inputs)?;
    let by = permit.actor().user().map(|user| user.to_string());
    let sql = if version == 0 {
        Sql::new("INSERT INTO estimate_input (project_id, body, version, updated_by, updated_at) VALUES (?, ?, 1, ?, ?) ON CONFLICT (project_id) DO NOTHING")
            .with(project.id.to_string())
            .with(text.clone())
            .with(by)
            .with(tx.at())
    } else {
        Sql::new("UPDATE estimate_input SET body = ?, version = version + 1, updated_by = ?, updated_at = ? WHERE project_id = ? AND version = ?")
            .with(text.clone())
            .with(by)
            .with(tx.at())
            .with(project.id.to_string())
            .with(version)
    };
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let act = Act {
        object: "project",
        object_id: Some(project.id.to_string()),
        detail: "changed what=estimate".to_owned(),
        before: Some(written(before)?),
        after: Some(text),
    };
    tx.record(permit, act);
    let subject = Subject {
        project: project.id,
        area: project.facts.area,
        path: project.area_path.clone(),
        basis: Basis::of(&project.facts),
        inputs: inputs.clone(),
    };
    keep(tx, &[subject]).await
}

fn body(row: &Row) -> Result<Inputs, Fault> {
    let text = row.text("body")?;
    let id = row.text("project_id")?;
    serde_json::from_str(&text).map_err(|_| Fault::Corrupt { table: TABLE, id })
}

fn written(inputs: &Inputs) -> Result<String, Fault> {
    serde_json::to_string(inputs).map_err(|fault| Fault::Corrupt { table: TABLE, id: fault.to_string() })
}
