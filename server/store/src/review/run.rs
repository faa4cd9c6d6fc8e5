//! Walks of the rules over an area: begun, how far, ended. Knows no rule.

use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::id::RunId;
use domain::permission::{Permit, Scope};

/// One walk as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    pub area: AreaPath,
    pub state: RunState,
    pub areas_done: u32,
    pub areas: u32,
    pub projects: u32,
    pub found: u32,
    pub vanished: u32,
    /// what each rule did, as the use cases write it
    pub rules: String,
    /// Unix milliseconds
    pub started_at: i64,
    pub ended_at: Option<i64>,
    /// name of the person, `None` for the product itself; read only
    pub by: Option<String>,
}

/// How far a walk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    Running,
    Done,
    Stopped,
    Failed,
}

impl RunState {
    const ALL: [RunState; 4] = [RunState::Running, RunState::Done, RunState::Stopped, RunState::Failed];

    const fn code(self) -> &'static str {
        match self {
            RunState::Running => "running",
            RunState::Done => "done",
            RunState::Stopped => "stopped",
            RunState::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> Option<RunState> {
        RunState::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Writes a walk as it stands now.
pub async fn save(tx: &Tx, permit: &Permit, run: &Run) -> Result<(), Fault> {
    let row = vec![
        run.id.to_string().into(),
        run.area.as_str().to_owned().into(),
        run.state.code().to_owned().into(),
        i64::from(run.areas_done).into(),
        i64::from(run.areas).into(),
        i64::from(run.projects).into(),
        i64::from(run.found).into(),
        i64::from(run.vanished).into(),
        run.rules.clone().into(),
        run.started_at.into(),
        run.ended_at.into(),
        permit.actor().user().map(|user| user.to_string()).into(),
    ];
    tx.upsert_many(
        "INSERT INTO review_run (id, area_path, state, areas_done, areas, projects, found, vanished, rules, started_at, ended_at, by_account)",
        vec![row],
        // Who began it stays.
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, areas_done = excluded.areas_done, areas = excluded.areas, projects = excluded.projects, found = excluded.found, vanished = excluded.vanished, rules = excluded.rules, ended_at = excluded.ended_at",
    )
    .await
}

fn selection() -> Sql {
    Sql::new(
        "SELECT r.id AS id, r.area_path AS area_path, r.state AS state, r.areas_done AS areas_done, r.areas AS areas, r.projects AS projects, r.found AS found, r.vanished AS vanished, r.rules AS rules, r.started_at AS started_at, r.ended_at AS ended_at, a.name AS by_name FROM review_run r LEFT JOIN account a ON a.id = r.by_account WHERE ",
    )
}

/// The last walk over exactly the area of the scope, or over one that holds it.
pub async fn last(conn: &Conn, scope: &Scope) -> Result<Option<Run>, Fault> {
    let mut sql = selection();
    sql.push("r.area_path IN ").list(above(scope.area()));
    sql.push(" ORDER BY r.started_at DESC, r.id DESC LIMIT 1");
    conn.one(sql).await?.map(|row| read(&row)).transpose()
}

/// Every area that holds this one, and itself.
fn above(area: &AreaPath) -> Vec<String> {
    let text = area.as_str();
    text.match_indices('/').skip(1).map(|(at, _)| text[..=at].to_owned()).collect()
}

/// One walk begun within the scope.
pub async fn load(conn: &Conn, scope: &Scope, id: RunId) -> Result<Run, Fault> {
    let mut sql = selection();
    scope::under(&mut sql, "r.area_path", scope.area());
    sql.bind(" AND r.id = ?", id.to_string());
    conn.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: "review_run" })?
}

fn read(row: &Row) -> Result<Run, Fault> {
    const TABLE: &str = "review_run";
    let size = |column: &str| Ok::<_, Fault>(u32::try_from(row.int(column)?).unwrap_or(u32::MAX));
    Ok(Run {
        id: row.parsed(TABLE, "id", |id| id.parse().ok())?,
        area: row.parsed(TABLE, "area_path", AreaPath::new)?,
        state: row.parsed(TABLE, "state", RunState::from_code)?,
        areas_done: size("areas_done")?,
        areas: size("areas")?,
        projects: size("projects")?,
        found: size("found")?,
        vanished: size("vanished")?,
        rules: row.text("rules")?,
        started_at: row.int("started_at")?,
        ended_at: row.maybe_int("ended_at")?,
        by: row.maybe_text("by_name")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_lies_in_all_above_it() {
        let area = AreaPath::new("/100000/520000/").unwrap();
        assert_eq!(above(&area), ["/100000/", "/100000/520000/"]);
    }
}
