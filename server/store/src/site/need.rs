//! Needs of communities. A need lies where its community lies. Knows no form and no project but its id.

use crate::audit::Act;
use crate::fault::Fault;
use crate::scope;
use crate::sql::{Row, Sql};
use crate::tx::{Conn, Tx};
use domain::area::AreaPath;
use domain::id::{NeedId, ProjectId, SiteId};
use domain::money::Money;
use domain::permission::{Permit, Scope};
use domain::project::Category;
use domain::site::need::{Need, State, StateName};
use std::collections::BTreeMap;

const TABLE: &str = "site_need";
const COLUMNS: &str = "n.id AS id, n.site_id AS site_id, s.name AS site_name, s.area_path AS area_path, n.category AS category, n.title AS title, n.content AS content, n.people AS people, n.estimated_fen AS estimated_fen, n.recorded_on AS recorded_on, n.state AS state, n.project_id AS project_id, n.reason AS reason, n.version AS version, p.number AS project_number, p.name AS project_name";

/// A need as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: NeedId,
    pub site: SiteId,
    pub site_name: String,
    pub area_path: AreaPath,
    pub need: Need,
    /// number and name of the project it became
    pub project: Option<(u64, String)>,
    pub version: i64,
}

/// Needs with their communities, and with number and name of the project where that one lies in the scope too: it may have
/// been moved elsewhere since.
fn select(scope: &Scope) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM site_need n JOIN site s ON s.id = n.site_id LEFT JOIN project p ON p.id = n.project_id AND "
    ));
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" WHERE ");
    sql
}

/// Needs of one community in the scope: open ones first, then the newest.
pub async fn of_site(conn: &Conn, scope: &Scope, site: SiteId) -> Result<Vec<Kept>, Fault> {
    let mut sql = select(scope);
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.bind(" AND n.site_id = ?", site.to_string());
    sql.push(" ORDER BY CASE n.state WHEN 'open' THEN 0 WHEN 'converted' THEN 1 ELSE 2 END, n.recorded_on DESC, n.id DESC");
    conn.all(sql).await?.iter().map(read).collect()
}

/// The need that a project was made of, when the community lies in the scope.
pub async fn of_project(conn: &Conn, scope: &Scope, project: ProjectId) -> Result<Option<Kept>, Fault> {
    let mut sql = select(scope);
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.bind(" AND n.project_id = ?", project.to_string());
    conn.one(sql).await?.map(|row| read(&row)).transpose()
}

/// Open needs by community, in the scope.
pub async fn open_counts(conn: &Conn, scope: &Scope) -> Result<BTreeMap<SiteId, u32>, Fault> {
    let mut sql = Sql::new(
        "SELECT n.site_id AS site_id, COUNT(*) AS needs FROM site_need n JOIN site s ON s.id = n.site_id WHERE ",
    );
    scope::under(&mut sql, "s.area_path", scope.area());
    sql.push(" AND n.state = 'open' GROUP BY n.site_id");
    let mut found = BTreeMap::new();
    for row in conn.all(sql).await? {
        let site = row.parsed(TABLE, "site_id", |id| id.parse().ok())?;
        found.insert(site, u32::try_from(row.int("needs")?).unwrap_or(u32::MAX));
    }
    Ok(found)
}

/// One need in the scope, held until the transaction ends.
pub async fn load_for_update(tx: &Tx, scope: &Scope, id: NeedId) -> Result<Kept, Fault> {
    // Held first and read then: a lock does not go with the outer side of a join.
    let mut hold = Sql::new(
        "SELECT id FROM site_need WHERE id IN (SELECT n.id FROM site_need n JOIN site s ON s.id = n.site_id WHERE ",
    );
    scope::under(&mut hold, "s.area_path", scope.area());
    hold.bind(" AND n.id = ?)", id.to_string()).push(tx.for_update());
    tx.one(hold).await?.ok_or(Fault::Missing { table: TABLE })?;
    let mut sql = select(scope);
    sql.bind("n.id = ?", id.to_string());
    tx.one(sql).await?.map(|row| read(&row)).ok_or(Fault::Missing { table: TABLE })?
}

/// Keeps a new need of a community that lies at `path`.
pub async fn insert(
    tx: &Tx,
    permit: &Permit,
    (id, site): (NeedId, SiteId),
    path: &AreaPath,
    need: &Need,
) -> Result<(), Fault> {
    let by = permit.actor().user().map(|user| user.to_string());
    let row: Vec<sea_orm::Value> = vec![
        id.to_string().into(),
        site.to_string().into(),
        path.code().to_string().into(),
        path.as_str().to_owned().into(),
        need.category.code().to_owned().into(),
        need.title.clone().into(),
        need.content.clone().into(),
        need.people.map(i64::from).into(),
        need.estimated.map(Money::fen).into(),
        need.recorded_on.to_string().into(),
        need.state.name().code().to_owned().into(),
        1_i64.into(),
        by.clone().into(),
        tx.at().into(),
        by.into(),
        tx.at().into(),
    ];
    tx.insert_many(
        "INSERT INTO site_need (id, site_id, area_code, area_path, category, title, content, people, estimated_fen, recorded_on, state, version, created_by, created_at, updated_by, updated_at)",
        vec![row],
    )
    .await?;
    tx.record(permit, act((id, site), "recorded", need, None));
    Ok(())
}

/// Keeps what was decided about a need when nobody else did so since it was loaded.
pub async fn decide(tx: &Tx, permit: &Permit, before: &Kept, after: &Need) -> Result<(), Fault> {
    let (project, reason) = match &after.state {
        State::Open => (None, None),
        State::Converted { project } => (Some(project.to_string()), None),
        State::Dropped { reason } => (None, Some(reason.clone())),
    };
    let sql = Sql::new("UPDATE site_need SET state = ?, project_id = ?, reason = ?, updated_by = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?")
        .with(after.state.name().code().to_owned())
        .with(project)
        .with(reason)
        .with(permit.actor().user().map(|user| user.to_string()))
        .with(tx.at())
        .with(before.id.to_string())
        .with(before.version);
    if tx.run(sql).await? == 0 {
        return Err(Fault::Stale { table: TABLE });
    }
    let old = serde_json::to_string(&before.need).ok();
    tx.record(permit, act((before.id, before.site), after.state.name().code(), after, old));
    Ok(())
}

/// The trail of a need is that of its community.
fn act((id, site): (NeedId, SiteId), step: &str, need: &Need, before: Option<String>) -> Act {
    Act {
        object: "site",
        object_id: Some(site.to_string()),
        detail: format!("need={id} step={step}"),
        before,
        after: serde_json::to_string(need).ok(),
    }
}

fn read(row: &Row) -> Result<Kept, Fault> {
    let id = row.text("id")?;
    let corrupt = || Fault::Corrupt { table: TABLE, id: id.clone() };
    let people = row.maybe_int("people")?.map(|people| u32::try_from(people).map_err(|_| corrupt()));
    let estimated = row.maybe_int("estimated_fen")?.map(|fen| Money::from_fen(fen).ok_or_else(corrupt));
    let project: Option<ProjectId> = row.maybe_parsed(TABLE, "project_id", |id| id.parse().ok())?;
    let state = row.parsed(TABLE, "state", StateName::from_code)?;
    let state = match (state, project, row.maybe_text("reason")?) {
        (StateName::Open, None, None) => State::Open,
        (StateName::Converted, Some(project), None) => State::Converted { project },
        (StateName::Dropped, None, Some(reason)) => State::Dropped { reason },
        (StateName::Open | StateName::Converted | StateName::Dropped, _, _) => return Err(corrupt()),
    };
    let number = row.maybe_int("project_number")?.and_then(|number| u64::try_from(number).ok());
    Ok(Kept {
        site: row.parsed(TABLE, "site_id", |id| id.parse().ok())?,
        site_name: row.text("site_name")?,
        area_path: row.parsed(TABLE, "area_path", AreaPath::new)?,
        need: Need {
            title: row.text("title")?,
            category: row.parsed(TABLE, "category", Category::from_code)?,
            content: row.maybe_text("content")?,
            people: people.transpose()?,
            estimated: estimated.transpose()?,
            recorded_on: row.parsed(TABLE, "recorded_on", |day| day.parse().ok())?,
            state,
        },
        project: number.zip(row.maybe_text("project_name")?),
        version: row.int("version")?,
        id: id.parse().map_err(|_| corrupt())?,
    })
}
