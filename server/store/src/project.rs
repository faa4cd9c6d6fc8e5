//! Projects as kept: read within a scope, found by code, number or place. Writing, paging and sums lie beside.

pub mod filter;
pub mod group;
pub mod page;
pub mod totals;
pub mod write;

mod narrow;
mod row;

use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::{Conn, Tx};
use domain::area::{AreaCode, AreaPath};
use domain::id::{ProjectId, UserId};
use domain::period::FiscalYear;
use domain::permission::Scope;
use domain::project::{ProjectCode, ProjectFacts};
use std::collections::BTreeMap;

/// A project with the facts of one plan year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub id: ProjectId,
    /// 内部编号
    pub number: i64,
    pub facts: ProjectFacts,
    pub area_path: AreaPath,
    pub version: i64,
    /// Unix milliseconds
    pub created_at: i64,
    pub created_by: Option<UserId>,
    /// Unix milliseconds
    pub updated_at: i64,
    pub updated_by: Option<UserId>,
}

/// Values in one `IN (…)`.
const CHUNK: usize = 1000;

/// One project in the scope.
pub async fn load(
    conn: &Conn,
    scope: &Scope,
    id: ProjectId,
    plan_year: FiscalYear,
) -> Result<Project, Fault> {
    load_many(conn, scope, &[id], plan_year).await?.pop().ok_or(Fault::Missing { table: "project" })
}

/// The same, locked until the transaction ends.
pub async fn load_for_update(
    tx: &Tx,
    scope: &Scope,
    id: ProjectId,
    plan_year: FiscalYear,
) -> Result<Project, Fault> {
    let mut found = load_many_for_update(tx, scope, &[id], plan_year).await?;
    found.pop().ok_or(Fault::Missing { table: "project" })
}

/// Projects in the scope, locked in the order of their ids; those outside are left out.
pub async fn load_many_for_update(
    tx: &Tx,
    scope: &Scope,
    ids: &[ProjectId],
    plan_year: FiscalYear,
) -> Result<Vec<Project>, Fault> {
    if tx.is_postgres() {
        for chunk in ids.chunks(CHUNK) {
            let mut sql = Sql::new("SELECT id FROM project WHERE id IN ");
            sql.list(chunk.iter().map(ProjectId::to_string));
            sql.push(" ORDER BY id FOR UPDATE");
            tx.all(sql).await?;
        }
    }
    load_many(tx, scope, ids, plan_year).await
}

/// Projects in the scope in the order asked; those outside are left out.
pub async fn load_many(
    conn: &Conn,
    scope: &Scope,
    ids: &[ProjectId],
    plan_year: FiscalYear,
) -> Result<Vec<Project>, Fault> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT p.* FROM project p WHERE ");
        scope::under(&mut sql, "p.area_path", scope.area());
        sql.push(" AND p.id IN ").list(chunk.iter().map(ProjectId::to_string));
        for project in row::read_all(conn, sql, plan_year).await? {
            found.insert(project.id, project);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Projects in the scope that have one of these codes.
pub async fn by_codes(
    conn: &Conn,
    scope: &Scope,
    codes: &[ProjectCode],
    plan_year: FiscalYear,
) -> Result<Vec<Project>, Fault> {
    let mut found = Vec::new();
    for chunk in codes.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT p.* FROM project p WHERE ");
        scope::under(&mut sql, "p.area_path", scope.area());
        sql.push(" AND p.code IN ").list(chunk.iter().map(|code| code.as_str().to_owned()));
        found.extend(row::read_all(conn, sql, plan_year).await?);
    }
    Ok(found)
}

/// Which of these codes stand on any project at all. Tells nothing but that: a code is unique in the whole country.
pub async fn codes_taken(conn: &Conn, codes: &[ProjectCode]) -> Result<Vec<ProjectCode>, Fault> {
    let mut taken = Vec::new();
    for chunk in codes.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT code FROM project WHERE code IN ");
        sql.list(chunk.iter().map(|code| code.as_str().to_owned()));
        for row in conn.all(sql).await? {
            taken.push(row.parsed("project", "code", ProjectCode::new)?);
        }
    }
    Ok(taken)
}

/// Projects in the scope with one of these internal numbers.
pub async fn by_numbers(
    conn: &Conn,
    scope: &Scope,
    numbers: &[i64],
    plan_year: FiscalYear,
) -> Result<Vec<Project>, Fault> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT p.* FROM project p WHERE ");
        scope::under(&mut sql, "p.area_path", scope.area());
        sql.push(" AND p.number IN ").list(chunk.iter().copied());
        found.extend(row::read_all(conn, sql, plan_year).await?);
    }
    Ok(found)
}

/// Projects in the scope that lie in these counties, for matching by name and place.
pub async fn in_areas(
    conn: &Conn,
    scope: &Scope,
    areas: &[AreaCode],
    plan_year: FiscalYear,
) -> Result<Vec<Project>, Fault> {
    let mut sql = Sql::new("SELECT p.* FROM project p WHERE ");
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" AND p.area_code IN ").list(areas.iter().map(AreaCode::to_string));
    sql.push(" ORDER BY p.number");
    row::read_all(conn, sql, plan_year).await
}
