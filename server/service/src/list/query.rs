//! From the query of an address to a filter of the store, and the rows it asks for. Knows no sum.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::plan_year;
use contract::list::{AreaChoice, GroupBy, ListKind, ListQuery};
use domain::area::AreaCode;
use domain::list::{Mark, QUIET_DAYS};
use domain::permission::Scope;
use domain::project::{Category, Field, Stage};
use domain::source::Source;
use store::Conn;
use store::area::Area;
use store::page::Cursor;
use store::project::Project;
use store::project::filter::{Filter, Range, Standing};
use store::project::page::{Sort, Start, Window, window};

/// Rows of one page.
const ROWS: u64 = 50;
/// Levels of areas, counted from the person's own, that are offered to filter by.
const AREA_LEVELS: usize = 2;
/// milliseconds of a day
const DAY: i64 = 86_400_000;

/// Rows of a page, with the ways to those around it.
pub(crate) struct Shown {
    pub rows: Vec<Project>,
    /// number of the first row, from 1
    pub first: u64,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// What the address asks for, the opened group left aside. An area outside the person's own is missing.
pub(crate) fn filter(call: &Call, query: &ListQuery, areas: &[Area]) -> Outcome<Filter> {
    let standing = match query.list {
        ListKind::Horizon(horizon) => Standing::List(horizon),
        ListKind::Pool => Standing::Everywhere,
    };
    let mut filter = Filter::new(plan_year(call)?, standing);
    let path = |code: &AreaCode| areas.iter().find(|area| area.code == *code).map(|area| area.path.clone());
    let paths = query.areas.iter().map(path).collect::<Option<Vec<_>>>().ok_or(Failure::NotFound)?;
    // An area within another that was chosen too must not count twice.
    let is_outermost = |path| !paths.iter().any(|other| other != path && other.contains(path));
    filter.areas = paths.iter().filter(|path| is_outermost(*path)).cloned().collect();
    filter.areas.sort();
    filter.areas.dedup();
    filter.categories.clone_from(&query.categories);
    filter.stages.clone_from(&query.stages);
    filter.natures.clone_from(&query.natures);
    filter.sources.clone_from(&query.sources);
    filter.no_source = query.no_source;
    for mark in &query.marks {
        match mark {
            Mark::Gap => filter.gap = true,
            Mark::Gates => filter.gates_missing = true,
            Mark::Quiet => filter.quiet_before = Some(call.now().timestamp_millis() - QUIET_DAYS * DAY),
        }
    }
    let range = |bounds: &contract::list::Bounds| Range {
        field: bounds.field,
        least: bounds.least.clone(),
        most: bounds.most.clone(),
    };
    filter.ranges = query.bounds.iter().map(range).collect();
    filter.contains.clone_from(&query.contains);
    filter.text.clone_from(&query.text);
    Ok(filter)
}

/// The filter of the rows: with groups, those of an opened innermost one and no others; `None` shows none.
fn of_rows(query: &ListQuery, filter: &Filter) -> Option<Filter> {
    let mut filter = filter.clone();
    if query.groups.is_empty() {
        return Some(filter);
    }
    let open = query.open.as_ref().filter(|open| open.len() == query.groups.len())?;
    for (by, code) in query.groups.iter().zip(open) {
        match (by, code.as_deref()) {
            (GroupBy::Area, Some(code)) => filter.in_area = Some(AreaCode::new(code)?),
            (GroupBy::Category, Some(code)) => filter.categories = vec![Category::from_code(code)?],
            (GroupBy::Category, None) => filter.empty.push((Field::Category, true)),
            (GroupBy::Stage, Some(code)) => filter.stages = vec![Stage::from_code(code)?],
            (GroupBy::Source, Some(code)) => filter.sources = vec![Source::from_code(code)?],
            (GroupBy::Source, None) => filter.no_source = true,
            // Every project lies somewhere and has a stage.
            (GroupBy::Area | GroupBy::Stage, None) => return None,
        }
    }
    Some(filter)
}

/// The rows asked for and the number of the first. A page token is `first.cursor` onwards, `first-cursor` backwards.
pub(crate) async fn rows(conn: &Conn, scope: &Scope, query: &ListQuery, filter: &Filter) -> Outcome<Shown> {
    let Some(filter) = of_rows(query, filter) else {
        return Ok(Shown { rows: Vec::new(), first: 1, previous: None, next: None });
    };
    let (first, window) = window_of(conn, scope, query, &filter).await?;
    let next = window.last.as_ref().filter(|_| window.more_after);
    let next = next.map(|cursor| token(first + window.rows.len() as u64, '.', cursor));
    let previous = window.first.as_ref().filter(|_| first > 1).map(|cursor| token(first, '-', cursor));
    Ok(Shown { rows: window.rows, first, previous, next })
}

async fn window_of(conn: &Conn, scope: &Scope, query: &ListQuery, filter: &Filter) -> Outcome<(u64, Window)> {
    let sort = query.sort.map(|sort| Sort { field: sort.field, descending: sort.down });
    let top = async || Ok((1, window(conn, scope, filter, sort, Start::Top, ROWS).await?));
    let Some(page) = &query.page else { return top().await };
    if let Some((first, cursor)) = page.split_once('.') {
        let (first, cursor) = (first.parse().map_err(|_| Failure::NotFound)?, Cursor::decode(cursor)?);
        return Ok((first, window(conn, scope, filter, sort, Start::After(&cursor), ROWS).await?));
    }
    let (first, cursor) = page.split_once('-').ok_or(Failure::NotFound)?;
    let (first, cursor): (u64, _) = (first.parse().map_err(|_| Failure::NotFound)?, Cursor::decode(cursor)?);
    // Rows may have come or gone meanwhile: a beginning is shown as a whole first page.
    if first <= ROWS + 1 {
        return top().await;
    }
    let shown = window(conn, scope, filter, sort, Start::Before(&cursor), ROWS).await?;
    if (shown.rows.len() as u64) < ROWS { top().await } else { Ok((first - ROWS, shown)) }
}

fn token(first: u64, way: char, cursor: &Cursor) -> String {
    format!("{first}{way}{}", cursor.encode())
}

/// Areas to filter by.
pub(crate) fn choices(areas: &[Area], own_depth: usize) -> Vec<AreaChoice> {
    areas
        .iter()
        .filter_map(|area| {
            let depth =
                area.path.codes().len().checked_sub(own_depth).filter(|depth| *depth <= AREA_LEVELS)?;
            Some(AreaChoice { code: area.code, name: area.name.clone(), depth: u8::try_from(depth).ok()? })
        })
        .collect()
}
