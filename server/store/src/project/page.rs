//! Pages of projects by keyset: the next page begins where the last ended, so page 2,000 costs what page 1 costs.

use super::filter::{Filter, Standing, expression, is_numeric};
use super::{Project, load_many, narrow};
use crate::fault::Fault;
use crate::page::{Cursor, Key, MOST_ROWS, Page};
use crate::sql::{Row, Sql};
use crate::tx::Conn;
use domain::id::ProjectId;
use domain::permission::Scope;
use domain::project::Field;

/// Order of a page. Without one: by area, then by internal number, which the page index serves directly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub field: Field,
    pub descending: bool,
}

/// One page of the projects asked for, at most 500.
pub async fn page(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    sort: Option<Sort>,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page<Project>, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let (ids, next) = ids(conn, scope, filter, sort, after, limit).await?;
    Ok(Page { rows: load_many(conn, scope, &ids, filter.plan_year).await?, next })
}

/// Ids only, in order: for "select all of this filter", bulk edits and exports.
pub async fn ids(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    sort: Option<Sort>,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<(Vec<ProjectId>, Option<Cursor>), Fault> {
    let filter = narrow::narrowed(conn, filter).await?;
    let sql = directed(scope, &filter, sort, after, limit, false);
    let mut rows = conn.all(sql).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = match rows.last().filter(|_| more) {
        Some(last) => Some(Cursor(vec![key_of(last, sort)?, Key::Int(last.int("number")?)])),
        None => None,
    };
    let ids =
        rows.iter().map(|row| row.parsed("project", "id", |id| id.parse().ok())).collect::<Result<_, _>>()?;
    Ok((ids, next))
}

/// Where a window begins.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    Top,
    After(&'a Cursor),
    /// ends just before it
    Before(&'a Cursor),
}

/// Rows between two cursors, for screens that go both ways.
#[derive(Clone, Debug)]
pub struct Window {
    pub rows: Vec<Project>,
    pub first: Option<Cursor>,
    pub last: Option<Cursor>,
    /// rows follow
    pub more_after: bool,
}

/// At most `limit` rows in order, after or before a cursor. A cursor of another sort is `Missing`.
pub async fn window(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    sort: Option<Sort>,
    start: Start<'_>,
    limit: u64,
) -> Result<Window, Fault> {
    let limit = limit.clamp(1, MOST_ROWS);
    let (cursor, backward) = match start {
        Start::Top => (None, false),
        Start::After(cursor) => (Some(cursor), false),
        Start::Before(cursor) => (Some(cursor), true),
    };
    if cursor.is_some_and(|cursor| !fits(cursor, sort)) {
        return Err(Fault::Missing { table: "page" });
    }
    let filter = &narrow::narrowed(conn, filter).await?;
    let mut rows = conn.all(directed(scope, filter, sort, cursor, limit, backward)).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if backward {
        rows.reverse();
    }
    let cursor = |row: &Row| Ok::<_, Fault>(Cursor(vec![key_of(row, sort)?, Key::Int(row.int("number")?)]));
    let ids = rows.iter().map(|row| row.parsed("project", "id", |id| id.parse().ok()));
    let ids: Vec<ProjectId> = ids.collect::<Result<_, _>>()?;
    Ok(Window {
        first: rows.first().map(cursor).transpose()?,
        last: rows.last().map(cursor).transpose()?,
        rows: load_many(conn, scope, &ids, filter.plan_year).await?,
        more_after: backward || more,
    })
}

fn fits(cursor: &Cursor, sort: Option<Sort>) -> bool {
    let numeric = sort.is_some_and(|sort| is_numeric(sort.field));
    match cursor.0.as_slice() {
        [Key::Int(_), Key::Int(_)] => numeric,
        [Key::Text(_), Key::Int(_)] => !numeric,
        _ => false,
    }
}

fn key_of(row: &Row, sort: Option<Sort>) -> Result<Key, Fault> {
    let numeric = sort.is_some_and(|sort| is_numeric(sort.field));
    Ok(if numeric { Key::Int(row.int("sort_key")?) } else { Key::Text(row.text("sort_key")?) })
}

fn directed(
    scope: &Scope,
    filter: &Filter,
    sort: Option<Sort>,
    after: Option<&Cursor>,
    limit: u64,
    backward: bool,
) -> Sql {
    let (source, alias) = filter.source(sort.is_some() || filter.needs_project());
    let id = match filter.standing {
        Standing::List(_) | Standing::AnyList => "e.project_id",
        Standing::Pool | Standing::Everywhere => "p.id",
    };
    let mut key = Sql::default();
    match sort {
        None => drop(key.push(&format!("{alias}.area_path"))),
        Some(sort) => {
            key.push("COALESCE(");
            expression(&mut key, sort.field);
            key.push(if is_numeric(sort.field) { ", -1)" } else { ", '')" });
        }
    }
    let descending = sort.is_some_and(|sort| sort.descending) != backward;
    let mut sql = Sql::new(&format!("SELECT {id} AS id, {alias}.number AS number, "));
    sql.append(key.clone()).push(" AS sort_key FROM ").append(source);
    filter.condition(&mut sql, scope, alias);
    if let Some([value, number]) = after.map(|cursor| cursor.0.as_slice()) {
        sql.push(" AND (").append(key.clone()).push(&format!(", {alias}.number) "));
        sql.push(if descending { "<" } else { ">" });
        sql.bind(" (?", value.clone()).bind(", ?)", number.clone());
    }
    let way = if descending { "DESC" } else { "ASC" };
    sql.push(" ORDER BY ").append(key).push(&format!(" {way}, {alias}.number {way}"));
    sql.bind(" LIMIT ?", i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX));
    sql
}
