//! 月调度: the overview of a month, one book, opening a month, reminding. Knows no SQL and no layout.

pub mod demo;
pub mod edit;
pub mod file;
mod rows;
pub mod step;
mod view;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::trail::taken;
use contract::dispatch::{
    AreaLine, BookQuery, BookView, Glance, MonthQuery, OpenMonth, OpenedView, OverviewView, Remind,
    RemindedView,
};
use domain::area::{AreaCode, AreaPath, Level};
use domain::dispatch::book::{Book, Refusal, Standing, current, due, reportable};
use domain::dispatch::row::Totals;
use domain::id::ReturnBookId;
use domain::period::{FiscalYear, Month};
use domain::permission::{Action, Permit};
use rows::Rows;
use std::collections::{BTreeMap, BTreeSet};
use store::area::Area;
use store::dispatch::book::{self, Kept};
use store::dispatch::{Of, project, site};
use store::{Conn, Tx};

/// Months that can be chosen without a book in them.
const CHOICES: u32 = 12;
/// Months on the workbench at most beside the one that is being reported.
const OTHER_GLANCES: u32 = 2;

/// A month of every county below, who is missing first.
pub async fn overview(call: &Call, query: MonthQuery) -> Outcome<OverviewView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewProjects, scope.area())?;
    let month = month_of(call, query.month)?;
    let mut books: BTreeMap<AreaCode, Kept> = book::of_month(&conn, &scope, month)
        .await?
        .into_iter()
        .map(|kept| (kept.book.area().code(), kept))
        .collect();
    let areas =
        reporting(&conn, call, month.year(), books.values().map(|kept| kept.book.area().clone())).await?;
    let mut rows = Rows::load(&conn, Of::Scope(&scope), month).await?.by_area();
    let mut lines = Vec::with_capacity(areas.len());
    for area in areas {
        let kept = books.remove(&area.code);
        let rows = rows.remove(&area.code).unwrap_or_default();
        let found = rows.found(month);
        lines.push(AreaLine {
            area: area.code,
            book: kept.map(|kept| view::head(call, kept, area.name.clone())),
            area_name: area.name,
            sites: rows.sites.len() as u64,
            missing: view::missing(&found),
            errors: view::errors(&found),
            warnings: view::warnings(&found),
            totals: rows.totals()?,
        });
    }
    let standing = |line: &AreaLine| line.book.as_ref().map(|book| book.standing);
    let handed_in = lines.iter().filter(|line| standing(line).is_some_and(Standing::counts)).count() as u64;
    lines.sort_by_key(|line| view::rank(standing(line)));
    // What is still being filled or was given back is nobody's figure yet.
    let mut counted = lines.iter().filter(|line| standing(line).is_some_and(Standing::counts));
    let totals = counted.try_fold(Totals::default(), |sum, line| sum.and(line.totals));
    Ok(OverviewView {
        month,
        months: choices(&conn, call, month).await?,
        due: due(month),
        lines,
        handed_in,
        totals: totals.ok_or_else(view::too_much)?,
        may: call.abilities(scope.area()),
    })
}

/// One book with its rows, what was before, and what the checks say.
pub async fn one(call: &Call, query: BookQuery) -> Outcome<BookView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let kept = book::load(&conn, &scope, query.book.ok_or(Failure::NotFound)?).await?;
    let path = kept.book.area().clone();
    call.permit(Action::ViewProjects, &path)?;
    let month = kept.book.month();
    let rows = Rows::load(&conn, Of::Book(&scope, &path), month).await?;
    let name = store::area::load(&conn, &scope, path.code()).await?.name;
    let (sums, found) = (rows.sums()?, rows.found(month));
    let (projects, sites) = rows.into_lines();
    Ok(BookView {
        head: view::head(call, kept, name),
        projects,
        sites,
        sums,
        found,
        key: call.new_id().to_string(),
        may: call.abilities(&path),
    })
}

/// The same as it goes out as a file.
pub async fn export(call: &Call, query: BookQuery) -> Outcome<BookView> {
    let view = one(call, query).await?;
    let path = store::area::load(&*call.read().await?, &call.scope(), view.head.area).await?.path;
    let permit = call.permit(Action::ExportList, &path)?;
    let rows = view.projects.len() + view.sites.len();
    taken(call, &permit, "return_book", format!("month={} rows={rows}", view.head.month)).await?;
    Ok(view)
}

/// Opens a month: a book for the area, or for every one that reports below one's own. What is open already gets the rows of
/// projects and communities that came since.
pub async fn open(call: &Call, command: OpenMonth) -> Outcome<OpenedView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        call.permit(Action::FillReturn, &call.area())?;
        reportable(command.month, call.today())?;
        let tx = call.begin().await?;
        let areas = asked(&tx, &call, command.month, command.area).await?;
        let mut made = 0;
        let mut last = None;
        for area in &areas {
            let permit = call.permit(Action::FillReturn, &area.path)?;
            let (id, is_new) = make(&tx, &call, &permit, area, command.month).await?;
            made += u64::from(is_new);
            last = Some(id);
        }
        tx.commit().await?;
        Ok(OpenedView { month: command.month, book: last.filter(|_| areas.len() == 1), made })
    })
    .await
}

/// Notes who reminded whom, so that the county finds it on its workbench. Whoever was missing altogether gets a book.
pub async fn remind(call: &Call, command: Remind) -> Outcome<RemindedView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let own = call.area();
        call.permit(Action::AcceptReturn, &own)?;
        reportable(command.month, call.today())?;
        let tx = call.begin().await?;
        let areas = asked(&tx, &call, command.month, command.area).await?;
        let mut reminded = 0;
        for area in areas {
            let is_below = Book::new(area.path.clone(), command.month).is_below(&own);
            if !is_below && command.area.is_some() {
                return Err(Refusal::NotAbove.into());
            }
            let kept = book::find(&tx, &call.scope(), area.code, command.month).await?;
            let is_open = kept.as_ref().is_none_or(|kept| kept.book.open().is_ok());
            if !is_below || !is_open {
                continue;
            }
            let permit = call.permit(Action::AcceptReturn, &area.path)?;
            let (id, _) = make(&tx, &call, &permit, &area, command.month).await?;
            book::remind(&tx, &permit, id).await?;
            reminded += 1;
        }
        tx.commit().await?;
        Ok(RemindedView { month: command.month, areas: reminded })
    })
    .await
}

/// On the workbench: the month that is being reported, and the newest others that ask something of this person.
pub(crate) async fn glances(conn: &Conn, call: &Call) -> Outcome<Vec<Glance>> {
    let Some(current) = current(call.today()) else { return Ok(Vec::new()) };
    let others = book::asking(conn, &call.scope(), current, OTHER_GLANCES).await?;
    let mut found = Vec::new();
    for month in std::iter::once(current).chain(others) {
        found.push(glance(conn, call, month).await?);
    }
    Ok(found)
}

async fn glance(conn: &Conn, call: &Call, month: Month) -> Outcome<Glance> {
    let books = book::of_month(conn, &call.scope(), month).await?;
    let areas =
        reporting(conn, call, month.year(), books.iter().map(|kept| kept.book.area().clone())).await?;
    let standing = |kept: &&Kept| kept.book.state().standing();
    let is_submitted = |kept: &&Kept| standing(kept) == Standing::Submitted;
    let may_decide = |kept: &&Kept| kept.book.is_below(&call.area());
    Ok(Glance {
        month,
        due: due(month),
        areas: areas.len() as u64,
        handed_in: books.iter().filter(|kept| standing(kept).counts()).count() as u64,
        returned: books.iter().filter(|kept| standing(kept) == Standing::Returned).count() as u64,
        to_decide: books.iter().filter(|kept| is_submitted(kept) && may_decide(kept)).count() as u64,
        reminded: books
            .iter()
            .filter(|kept| kept.book.open().is_ok())
            .filter_map(|kept| kept.reminded.clone())
            .max_by_key(|(_, at)| *at)
            .map(view::mark),
    })
}

/// The book of an area, made when it is not there, with its rows while it is open. It is held, so that nobody hands it in
/// while rows come into it.
async fn make(
    tx: &Tx,
    call: &Call,
    permit: &Permit,
    area: &Area,
    month: Month,
) -> Outcome<(ReturnBookId, bool)> {
    let new = Book::new(area.path.clone(), month);
    let is_new = book::open(tx, permit, ReturnBookId::new(call.new_id()), &new).await?;
    let found = book::find(tx, &call.scope(), area.code, month).await?.ok_or(Failure::NotFound)?;
    let kept = book::hold(tx, &call.scope(), found.id).await?;
    if kept.book.open().is_ok() {
        let projects = project::fill(tx, &kept.book, area.level).await?;
        let sites = site::fill(tx, &kept.book, area.level).await?;
        if !is_new && projects + sites > 0 {
            book::grown(tx, permit, kept.id, projects + sites);
        }
    }
    Ok((kept.id, is_new))
}

/// One area, or all that report.
async fn asked(conn: &Conn, call: &Call, month: Month, area: Option<AreaCode>) -> Outcome<Vec<Area>> {
    match area {
        Some(code) => Ok(vec![store::area::load(conn, &call.scope(), code).await?]),
        None => reporting(conn, call, month.year(), std::iter::empty()).await,
    }
}

/// Areas that report in a year: counties in which a project of the one-year list or a community lies, areas above counties
/// that have a project of their own, those that have a book, and the person's own county.
async fn reporting(
    conn: &Conn,
    call: &Call,
    year: FiscalYear,
    books: impl Iterator<Item = AreaPath>,
) -> Outcome<Vec<Area>> {
    let scope = call.scope();
    let mut areas: BTreeMap<AreaCode, Area> =
        store::area::all(conn, &scope).await?.into_iter().map(|area| (area.code, area)).collect();
    let of_county = |path: &AreaPath| {
        let is_county = |code: &AreaCode| areas.get(code).is_some_and(|area| area.level == Level::County);
        path.codes().into_iter().find(is_county)
    };
    let mut codes: BTreeSet<AreaCode> = books.map(|path| path.code()).collect();
    for path in project::places(conn, &scope, year).await? {
        codes.insert(of_county(&path).unwrap_or_else(|| path.code()));
    }
    // Communities without a project of the year are reported too; those of no county have nobody who would.
    codes.extend(store::site::page::places(conn, &scope).await?.iter().filter_map(of_county));
    codes.extend(of_county(scope.area()));
    let mut found: Vec<Area> = codes.into_iter().filter_map(|code| areas.remove(&code)).collect();
    found.sort_by(|one, two| one.path.cmp(&two.path));
    Ok(found)
}

fn month_of(call: &Call, asked: Option<Month>) -> Outcome<Month> {
    let month = asked.or_else(|| current(call.today()));
    month.ok_or_else(|| Failure::Unexpected("the clock is outside 1990-2099".into()))
}

/// Months with books and those just past, the newest first.
async fn choices(conn: &Conn, call: &Call, shown: Month) -> Outcome<Vec<Month>> {
    let mut months: BTreeSet<Month> = book::months(conn, &call.scope()).await?.into_iter().collect();
    months.insert(shown);
    let mut next = Month::of(call.today());
    for _ in 0..CHOICES {
        let Some(month) = next else { break };
        months.insert(month);
        next = month.previous();
    }
    Ok(months.into_iter().rev().collect())
}
