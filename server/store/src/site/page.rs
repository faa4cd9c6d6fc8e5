//! Pages of communities by keyset, sums of a whole filter, and the projects that name a community.

use super::newest::{NEWEST, month};
use super::{Site, read};
use crate::fault::Fault;
use crate::page::{Cursor, Key, MOST_ROWS};
use crate::scope;
use crate::search::{self, anywhere};
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::area::AreaPath;
use domain::id::{ProjectId, SiteId};
use domain::money::Money;
use domain::period::Month;
use domain::permission::Scope;
use domain::project::Stage;
use std::collections::BTreeMap;

/// Most communities named in one statement.
const CHUNK: usize = 500;

/// Which communities.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// inside the scope; `None` is the whole scope
    pub area: Option<AreaPath>,
    /// fewest and most 人
    pub size: Option<(u32, u32)>,
    /// name, code, pinyin or initials; empty is everything
    pub text: String,
}

/// What a page is ordered by. Ties fall to the id, so that no row is shown twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// the tree of areas, then the name
    #[default]
    Place,
    Name,
    Households,
    People,
    Labour,
    Employed,
    /// employed to labour
    Rate,
    ZeroEmployment,
    Projects,
    Investment,
}

/// Where a page begins and which way it goes.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    Top,
    After(&'a Cursor),
    /// ends just before it
    Before(&'a Cursor),
}

/// A community with what is planned for it.
#[derive(Clone, Debug)]
pub struct Line {
    pub site: Site,
    /// of the return that the figures of work are from
    pub month: Option<Month>,
    /// projects that name it
    pub projects: u64,
    /// their total investment; a project that names two communities counts for both
    pub investment: Money,
}

/// Rows between two cursors.
#[derive(Clone, Debug)]
pub struct Window {
    pub rows: Vec<Line>,
    pub first: Option<Cursor>,
    pub last: Option<Cursor>,
    /// rows follow
    pub more_after: bool,
}

/// Sums of a whole filter. 户 and 人; each project counts once however many communities it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub sites: u64,
    pub households: u64,
    pub people: u64,
    pub labour: u64,
    pub employed: u64,
    /// Employed and labour of those communities that report both: the rate stands on these.
    pub rated: (u64, u64),
    pub zero_employment_households: u64,
    pub projects: u64,
    pub investment: Money,
}

/// A project as a community's page names it.
#[derive(Clone, Debug)]
pub struct LinkedProject {
    pub id: ProjectId,
    pub number: u64,
    pub name: String,
    pub stage: Stage,
    pub total: Option<Money>,
}

const RATE: &str =
    "CASE WHEN s.labour > 0 AND s.employed IS NOT NULL THEN s.employed * 1000000 / s.labour ELSE -1 END";

impl By {
    /// Numbers that are not known come before every number.
    const fn expression(self) -> &'static str {
        match self {
            By::Place => "s.area_path || ' ' || s.folded",
            By::Name => "s.folded",
            By::Households => "COALESCE(s.households, -1)",
            By::People => "COALESCE(s.people, -1)",
            By::Labour => "COALESCE(s.labour, -1)",
            By::Employed => "COALESCE(s.employed, -1)",
            By::Rate => RATE,
            By::ZeroEmployment => "COALESCE(s.zero_employment_households, -1)",
            By::Projects => "COALESCE(l.projects, 0)",
            By::Investment => "COALESCE(l.fen, 0)",
        }
    }

    const fn is_text(self) -> bool {
        matches!(self, By::Place | By::Name)
    }
}

impl Filter {
    fn condition(&self, sql: &mut Sql, scope: &Scope) {
        scope::under(sql, "s.area_path", scope.area());
        if let Some(area) = &self.area {
            sql.push(" AND ");
            scope::under(sql, "s.area_path", area);
        }
        if let Some((least, most)) = self.size {
            sql.bind(" AND s.people >= ?", i64::from(least)).bind(" AND s.people <= ?", i64::from(most));
        }
        if self.text.trim().is_empty() {
            return;
        }
        let pattern = anywhere(&self.text);
        sql.bind(" AND (s.folded LIKE ? ESCAPE '\\'", pattern.clone());
        sql.bind(" OR s.code LIKE ? ESCAPE '\\'", pattern.clone());
        if search::may_be_pinyin(&self.text) {
            sql.bind(" OR s.pinyin LIKE ? ESCAPE '\\'", pattern.clone());
            sql.bind(" OR s.initials LIKE ? ESCAPE '\\'", pattern);
        }
        sql.push(")");
    }
}

/// At most `limit` communities in order. A cursor of another order is `Missing`.
pub async fn window(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    (by, descending): (By, bool),
    start: Start<'_>,
    limit: u64,
) -> Result<Window, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let (cursor, backward) = match start {
        Start::Top => (None, false),
        Start::After(cursor) => (Some(cursor), false),
        Start::Before(cursor) => (Some(cursor), true),
    };
    let key = by.expression();
    let mut sql = lines_with(&format!("{key} AS sort_key"), scope);
    filter.condition(&mut sql, scope);
    let down = descending != backward;
    match cursor.map(|cursor| cursor.0.as_slice()) {
        None => {}
        Some([value, id @ Key::Text(_)]) if matches!(value, Key::Text(_)) == by.is_text() => {
            sql.push(&format!(" AND ({key}, s.id) {} ", if down { "<" } else { ">" }));
            sql.bind("(?", value.clone()).bind(", ?)", id.clone());
        }
        Some(_) => return Err(Fault::Missing { table: "page" }),
    }
    let way = if down { "DESC" } else { "ASC" };
    sql.push(&format!(" ORDER BY {key} {way}, s.id {way}"));
    sql.bind(" LIMIT ?", i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows = conn.all(sql).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if backward {
        rows.reverse();
    }
    let cursor = |row: &Row| {
        let value =
            if by.is_text() { Key::Text(row.text("sort_key")?) } else { Key::Int(row.int("sort_key")?) };
        Ok::<_, Fault>(Cursor(vec![value, Key::Text(row.text("id")?)]))
    };
    Ok(Window {
        first: rows.first().map(cursor).transpose()?,
        last: rows.last().map(cursor).transpose()?,
        rows: rows.iter().map(line).collect::<Result<_, _>>()?,
        more_after: backward || more,
    })
}

/// Communities with what is planned for each, up to the condition.
fn lines_with(more: &str, scope: &Scope) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT s.*, COALESCE(l.projects, 0) AS projects, COALESCE(l.fen, 0) AS fen, {more} FROM {NEWEST} s LEFT JOIN (SELECT t.site_id AS site_id, COUNT(*) AS projects, CAST(COALESCE(SUM(p.total_fen), 0) AS BIGINT) AS fen FROM project_site t JOIN project p ON p.id = t.project_id WHERE "
    ));
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" GROUP BY t.site_id) l ON l.site_id = s.id WHERE ");
    sql
}

/// Ids of everything the filter asks for, by area and name: for orders that no index knows.
pub async fn ids(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Vec<SiteId>, Fault> {
    let mut sql = Sql::new("SELECT s.id AS id FROM site s WHERE ");
    filter.condition(&mut sql, scope);
    sql.push(" ORDER BY s.area_path, s.folded, s.id");
    conn.all(sql).await?.iter().map(|row| row.parsed("site", "id", |id| id.parse().ok())).collect()
}

/// These communities, in this order; what is not in the scope is left out.
pub async fn by_ids(conn: &Conn, scope: &Scope, ids: &[SiteId]) -> Result<Vec<Line>, Fault> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = lines_with("0 AS sort_key", scope);
        scope::under(&mut sql, "s.area_path", scope.area());
        sql.push(" AND s.id IN ").list(chunk.iter().map(SiteId::to_string));
        for row in conn.all(sql).await? {
            let line = line(&row)?;
            found.insert(line.site.id, line);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn line(row: &Row) -> Result<Line, Fault> {
    Ok(Line {
        site: read(row)?,
        month: month(row)?,
        projects: count(row, "projects")?,
        investment: money(row, "fen")?.unwrap_or(Money::ZERO),
    })
}

fn count(row: &Row, name: &str) -> Result<u64, Fault> {
    let count = row.int(name)?;
    u64::try_from(count).map_err(|_| Fault::Corrupt { table: "site", id: format!("{name} {count}") })
}

fn money(row: &Row, name: &str) -> Result<Option<Money>, Fault> {
    let Some(fen) = row.maybe_int(name)? else { return Ok(None) };
    Money::from_fen(fen).map(Some).ok_or(Fault::Corrupt { table: "project", id: format!("sum {fen}") })
}

/// Sums of everything the filter asks for.
pub async fn totals(conn: &Conn, scope: &Scope, filter: &Filter) -> Result<Totals, Fault> {
    let sum = |what: &str, name: &str| format!("CAST(COALESCE(SUM({what}), 0) AS BIGINT) AS {name}");
    let known = "s.labour IS NOT NULL AND s.employed IS NOT NULL";
    let sums = [
        sum("s.households", "households"),
        sum("s.people", "people"),
        sum("s.labour", "labour"),
        sum("s.employed", "employed"),
        sum("s.zero_employment_households", "zero"),
        sum(&format!("CASE WHEN {known} THEN s.employed END"), "rated_employed"),
        sum(&format!("CASE WHEN {known} THEN s.labour END"), "rated_labour"),
    ];
    let mut sql = Sql::new(&format!("SELECT COUNT(*) AS sites, {} FROM {NEWEST} s WHERE ", sums.join(", ")));
    filter.condition(&mut sql, scope);
    let row = conn.one(sql).await?.ok_or(Fault::Missing { table: "site" })?;
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS projects, CAST(COALESCE(SUM(p.total_fen), 0) AS BIGINT) AS fen FROM project p WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.push(" AND p.id IN (SELECT t.project_id FROM project_site t JOIN site s ON s.id = t.site_id WHERE ");
    filter.condition(&mut sql, scope);
    sql.push(")");
    let linked = conn.one(sql).await?.ok_or(Fault::Missing { table: "project" })?;
    Ok(Totals {
        sites: count(&row, "sites")?,
        households: count(&row, "households")?,
        people: count(&row, "people")?,
        labour: count(&row, "labour")?,
        employed: count(&row, "employed")?,
        rated: (count(&row, "rated_employed")?, count(&row, "rated_labour")?),
        zero_employment_households: count(&row, "zero")?,
        projects: count(&linked, "projects")?,
        investment: money(&linked, "fen")?.unwrap_or(Money::ZERO),
    })
}

/// Paths of the areas in which there are communities at all.
pub async fn places(conn: &Conn, scope: &Scope) -> Result<Vec<AreaPath>, Fault> {
    let mut sql = Sql::new("SELECT DISTINCT area_path FROM site WHERE ");
    scope::under(&mut sql, "area_path", scope.area());
    sql.push(" ORDER BY area_path");
    conn.all(sql).await?.iter().map(|row| row.parsed("site", "area_path", AreaPath::new)).collect()
}

/// Projects in the scope that name the community, by internal number.
pub async fn projects(conn: &Conn, scope: &Scope, site: SiteId) -> Result<Vec<LinkedProject>, Fault> {
    let mut sql = Sql::new(
        "SELECT p.id AS id, p.number AS number, p.name AS name, p.stage AS stage, p.total_fen AS total_fen FROM project_site t JOIN project p ON p.id = t.project_id WHERE ",
    );
    scope::under(&mut sql, "p.area_path", scope.area());
    sql.bind(" AND t.site_id = ? ORDER BY p.number", site.to_string());
    let read = |row: &Row| {
        Ok(LinkedProject {
            id: row.parsed("project", "id", |id| id.parse().ok())?,
            number: count(row, "number")?,
            name: row.text("name")?,
            stage: row.parsed("project", "stage", Stage::from_code)?,
            total: money(row, "total_fen")?,
        })
    };
    conn.all(sql).await?.iter().map(read).collect()
}
