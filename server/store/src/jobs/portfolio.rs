//! Kept estimates and stated people of the projects within a filter, for sums over all of them. Adds nothing up.

use super::estimate::{COLUMNS, KeptLine, read};
use crate::dashboard;
use crate::fault::Fault;
use crate::scope;
use crate::sql::Sql;
use crate::tx::Conn;
use domain::id::{ProjectId, SiteId};
use domain::jobs::portfolio::served::Service;
use domain::period::{FiscalYear, Horizon};
use domain::permission::Scope;
use std::collections::BTreeMap;

/// Which projects of the scope are meant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Among {
    /// on this list of the year; on any or none when `None`
    pub listed: Option<(FiscalYear, Horizon)>,
    pub of: dashboard::Among,
}

fn among(sql: &mut Sql, scope: &Scope, wanted: Among) {
    scope::under(sql, "p.area_path", scope.area());
    if let Some((year, horizon)) = wanted.listed {
        sql.bind(
            " AND EXISTS (SELECT 1 FROM list_entry e WHERE e.project_id = p.id AND e.plan_year = ?",
            i64::from(year.get()),
        );
        sql.bind(" AND e.horizon = ?)", horizon.code().to_owned());
    }
    dashboard::among(sql, "p", "p.id", wanted.of);
}

/// How many projects there are.
pub async fn count(conn: &Conn, scope: &Scope, wanted: Among) -> Result<u64, Fault> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM project p WHERE ");
    among(&mut sql, scope, wanted);
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "project" })?;
    crate::project::totals::count(&row, "n")
}

/// Their lines, always in the same order: sums are drawn in it.
pub async fn lines(
    conn: &Conn,
    scope: &Scope,
    wanted: Among,
) -> Result<BTreeMap<ProjectId, Vec<KeptLine>>, Fault> {
    let mut sql = Sql::new(&format!(
        "SELECT {COLUMNS} FROM estimate_line WHERE project_id IN (SELECT p.id FROM project p WHERE "
    ));
    among(&mut sql, scope, wanted);
    sql.push(") ORDER BY project_id, phase, layer, unit, population");
    let mut found: BTreeMap<ProjectId, Vec<KeptLine>> = BTreeMap::new();
    for row in conn.all(sql).await? {
        let project = row.parsed("estimate_line", "project_id", |id| id.parse().ok())?;
        found.entry(project).or_default().push(read(&row)?);
    }
    Ok(found)
}

/// People whom they state to serve (受益人数), with the communities, and who lives there where it is known.
pub async fn services(
    conn: &Conn,
    scope: &Scope,
    wanted: Among,
) -> Result<(Vec<Service>, BTreeMap<SiteId, u32>), Fault> {
    let mut sql = Sql::new(
        "SELECT p.id AS id, p.people AS people, s.id AS site, s.people AS residents FROM project p LEFT JOIN project_site ps ON ps.project_id = p.id LEFT JOIN site s ON s.id = ps.site_id WHERE p.people > 0 AND ",
    );
    among(&mut sql, scope, wanted);
    sql.push(" ORDER BY p.id, s.id");
    let (mut services, mut residents): (Vec<Service>, BTreeMap<SiteId, u32>) = Default::default();
    for row in conn.all(sql).await? {
        let project: ProjectId = row.parsed("project", "id", |id| id.parse().ok())?;
        let count = |people: i64| {
            u32::try_from(people).map_err(|_| Fault::Corrupt { table: "project", id: project.to_string() })
        };
        if services.last().is_none_or(|last| last.project != project) {
            services.push(Service { project, sites: Vec::new(), people: count(row.int("people")?)? });
        }
        let Some(site) = row.maybe_parsed("site", "site", |id| id.parse().ok())? else { continue };
        if let Some(last) = services.last_mut() {
            last.sites.push(site);
        }
        if let Some(people) = row.maybe_int("residents")? {
            residents.insert(site, count(people)?);
        }
    }
    Ok((services, residents))
}
