//! 测算与实绩: estimates of projects beside what counties reported, by project, source, area or year. Knows no SQL and no
//! arithmetic.

pub mod calibrate;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::trail::taken;
use contract::jobs::record::{By, ComparedLine, ComparedQuery, ComparedView, Of, Paid};
use domain::area::AreaCode;
use domain::jobs::comparison::Sum;
use domain::period::{FiscalYear, Month};
use domain::permission::{Action, Scope};
use std::collections::BTreeMap;
use store::Conn;
use store::jobs::record::{Asked, Line, lines, months};

/// Lines of a page of projects.
const PAGE: usize = 100;

/// One page of the table.
pub async fn compared(call: &Call, query: ComparedQuery) -> Outcome<ComparedView> {
    table(call, query, PAGE).await
}

/// The whole table as it goes out as a file.
pub async fn export(call: &Call, query: ComparedQuery) -> Outcome<ComparedView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let by = query.by.code();
    let view = table(call, ComparedQuery { after: 0, ..query }, usize::MAX).await?;
    taken(call, &permit, "project", format!("what=jobs by={by} rows={}", view.lines.len())).await?;
    Ok(view)
}

async fn table(call: &Call, query: ComparedQuery, most: usize) -> Outcome<ComparedView> {
    let conn = call.read().await?;
    let scope = narrowed(&conn, call, query.area).await?;
    call.permit(Action::ViewProjects, scope.area())?;
    let months = months(&conn, &scope).await?;
    let month = query.month.or_else(|| months.first().copied());
    let place = store::area::load(&conn, &scope, scope.area().code()).await?;
    let mut view = ComparedView {
        by: query.by,
        month,
        months,
        measure: query.measure,
        population: query.population,
        area: place.code,
        area_name: place.name,
        paid: query.paid,
        lines: Vec::new(),
        whole: None,
        next: None,
        may: call.abilities(scope.area()),
    };
    if query.by == By::Year {
        view.lines = years(&conn, &scope, &query, &view.months).await?;
        return Ok(view);
    }
    // Without any return there are estimates all the same; they are those of today.
    let month = month.or_else(|| Month::of(call.today())).ok_or(Failure::NotFound)?;
    let found = lines(&conn, &scope, asked(&query, month)).await?;
    view.whole = Some(found.iter().filter_map(|line| part(line, query.paid)).sum());
    view.lines = match query.by {
        By::Project => {
            let (lines, next) = projects(&conn, &scope, &found, &query, most).await?;
            view.next = next;
            lines
        }
        By::Source => sources(&found, query.paid),
        By::Area => areas(&conn, &scope, &found, query.paid).await?,
        By::Year => Vec::new(),
    };
    Ok(view)
}

/// The person's own area, or one in it.
pub(super) async fn narrowed(conn: &Conn, call: &Call, area: Option<AreaCode>) -> Outcome<Scope> {
    let scope = call.scope();
    match area {
        None => Ok(scope),
        Some(code) => {
            let path = store::area::load(conn, &scope, code).await?.path;
            scope.narrowed(&path).ok_or(Failure::NotFound)
        }
    }
}

const fn asked(query: &ComparedQuery, month: Month) -> Asked {
    Asked { month, measure: query.measure, population: query.population, is_whole: false }
}

/// What a project comes to within the filter: the whole of it, or the part of one source; nothing where the source paid
/// nothing.
fn part(line: &Line, paid: Option<Paid>) -> Option<Sum> {
    match paid {
        None => Some(line.project.sum()),
        Some(paid) => {
            line.project.by_source().into_iter().find(|(source, _)| of(*source) == paid).map(|(_, sum)| sum)
        }
    }
}

const fn of(source: Option<domain::source::Source>) -> Paid {
    match source {
        Some(source) => Paid::From { source },
        None => Paid::Nothing,
    }
}

async fn projects(
    conn: &Conn,
    scope: &Scope,
    found: &[Line],
    query: &ComparedQuery,
    most: usize,
) -> Outcome<(Vec<ComparedLine>, Option<i64>)> {
    let mut left = found
        .iter()
        .filter(|line| query.after < line.number)
        .filter_map(|line| Some((line, part(line, query.paid)?)));
    let page: Vec<(&Line, Sum)> = left.by_ref().take(most).collect();
    let next = left.next().and(page.last()).map(|(line, _)| line.number);
    let codes: Vec<AreaCode> = page.iter().map(|(line, _)| line.project.area.code()).collect();
    let names = names(conn, scope, codes).await?;
    let line = |(line, sum): (&Line, Sum)| ComparedLine {
        of: Of::Project {
            project: line.project.project,
            number: line.number,
            name: line.name.clone(),
            area_name: names.get(&line.project.area.code()).cloned().unwrap_or_default(),
        },
        sum,
    };
    Ok((page.into_iter().map(line).collect(), next))
}

/// 分摊 by what was paid. A project of two sources stands in both counts of projects, and its jobs in neither twice.
fn sources(found: &[Line], paid: Option<Paid>) -> Vec<ComparedLine> {
    let mut sums: BTreeMap<Option<domain::source::Source>, Sum> = BTreeMap::new();
    for (source, sum) in found.iter().flat_map(|line| line.project.by_source()) {
        let so_far = sums.entry(source).or_default();
        *so_far = so_far.plus(sum);
    }
    // What nothing was paid for stands last.
    let (unpaid, from): (Vec<_>, Vec<_>) = sums.into_iter().partition(|(source, _)| source.is_none());
    let line = |(source, sum)| ComparedLine { of: Of::Source { paid: of(source) }, sum };
    let wanted = |line: &ComparedLine| paid.is_none_or(|paid| line.of == Of::Source { paid });
    from.into_iter().chain(unpaid).map(line).filter(wanted).collect()
}

/// The areas right under the one that is looked at; what lies in it itself stands under its own name.
async fn areas(conn: &Conn, scope: &Scope, found: &[Line], paid: Option<Paid>) -> Outcome<Vec<ComparedLine>> {
    let depth = scope.area().codes().len();
    let mut sums: BTreeMap<AreaCode, Sum> = BTreeMap::new();
    for line in found {
        let codes = line.project.area.codes();
        let code = codes.get(depth).copied().unwrap_or_else(|| line.project.area.code());
        if let Some(sum) = part(line, paid) {
            let so_far = sums.entry(code).or_default();
            *so_far = so_far.plus(sum);
        }
    }
    let names = names(conn, scope, sums.keys().copied().collect()).await?;
    let own = scope.area().code();
    let line = |(code, sum): (AreaCode, Sum)| ComparedLine {
        of: Of::Area { code, name: names.get(&code).cloned().unwrap_or_default(), has_below: code != own },
        sum,
    };
    Ok(sums.into_iter().map(line).collect())
}

async fn names(conn: &Conn, scope: &Scope, codes: Vec<AreaCode>) -> Outcome<BTreeMap<AreaCode, String>> {
    let mut codes = codes;
    codes.sort_unstable();
    codes.dedup();
    let found = store::area::by_codes(conn, scope, &codes).await?;
    Ok(found.into_iter().map(|area| (area.code, area.name)).collect())
}

/// The last month of each year that has a return. What stood then is compared, so a year that is over stays as it was.
async fn years(
    conn: &Conn,
    scope: &Scope,
    query: &ComparedQuery,
    months: &[Month],
) -> Outcome<Vec<ComparedLine>> {
    let mut last: BTreeMap<FiscalYear, Month> = BTreeMap::new();
    for month in months {
        let kept = last.entry(month.year()).or_insert(*month);
        *kept = (*kept).max(*month);
    }
    let mut found = Vec::with_capacity(last.len());
    for month in last.into_values() {
        let all = lines(conn, scope, asked(query, month)).await?;
        let sum = all.iter().filter_map(|line| part(line, query.paid)).sum();
        found.push(ComparedLine { of: Of::Year { month }, sum });
    }
    Ok(found)
}
