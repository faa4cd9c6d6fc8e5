//! Invented returns for the demo, made of the numbers of its projects and nothing else, so that every start makes the same.
//! Every text says that it is invented. Knows no file.

mod stage;

use super::{make, reporting, step};
use crate::account::call_as;
use crate::app::App;
use crate::call::Call;
use crate::failure::Outcome;
use domain::area::{AreaCode, AreaPath};
use domain::dispatch::book::{Book, Hand, current, due};
use domain::dispatch::row::{ProjectRow, SiteRow};
use domain::id::{ProjectId, SiteId};
use domain::money::Money;
use domain::period::{FiscalYear, Month};
use domain::permission::Action;
use domain::site::SiteFacts;
use std::collections::BTreeMap;
use store::Tx;
use store::area::Area;
use store::dispatch::{Of, book, project, site, version};

/// Year of the demo's lists.
const YEAR: i32 = 2026;
/// Who hands in and who accepts: a city's planner for its counties, the province's for all others.
const PROVINCE: &str = "planner-gz";
const CITY: &str = "planner-bijie";
/// Investment of a year where the list plans none, in fen.
const UNPLANNED_FEN: i64 = 200_000_000;

/// Hands in the months of the year that are over; of the last one some counties are still filling. Returns how many books
/// were handed in; what was handed in before stays.
pub async fn add(app: &App) -> Outcome<usize> {
    let (province, city) = (call_as(app, PROVINCE).await?, call_as(app, CITY).await?);
    let Some(year) = FiscalYear::new(YEAR) else { return Ok(0) };
    let Some(reported) = current(province.today()) else { return Ok(0) };
    let last = reported.min(Month::new(year, 12).unwrap_or(reported));
    let sites = store::site::list(&*province.read().await?, &province.scope(), "").await?;
    let sites: BTreeMap<SiteId, SiteFacts> = sites.into_iter().map(|site| (site.id, site.facts)).collect();
    stand_since(&province, year).await?;
    let mut count = 0;
    let mut next = Month::new(year, 1);
    while let Some(month) = next.filter(|month| *month <= last) {
        let tx = province.begin().await?;
        for area in reporting(&tx, &province, year, std::iter::empty()).await? {
            let is_late = month == last && late(area.code);
            let hands = Hands { province: &province, city: &city };
            count += usize::from(hands.hand_in(&tx, &area, month, &sites, is_late).await?);
        }
        tx.commit().await?;
        next = month.next();
    }
    let areas = reporting(&*province.read().await?, &province, year, std::iter::empty()).await?;
    let areas: Vec<AreaCode> = areas.into_iter().map(|area| area.code).collect();
    stage::follow(&province, &areas, year, last).await?;
    Ok(count)
}

/// The invented months had their estimates, which stand since the year began.
async fn stand_since(call: &Call, year: FiscalYear) -> Outcome<()> {
    let Some(first) = Month::new(year, 1).map(Month::first_day) else { return Ok(()) };
    let permit = call.permit(Action::EditEstimate, &call.area())?;
    let tx = call.begin().await?;
    store::jobs::past::stand_since(&tx, &permit, first).await?;
    Ok(tx.commit().await?)
}

/// Every third county is late with the last month.
fn late(code: AreaCode) -> bool {
    code.as_str().parse::<u32>().is_ok_and(|code| code.is_multiple_of(3))
}

struct Hands<'a> {
    province: &'a Call,
    city: &'a Call,
}

impl Hands<'_> {
    async fn hand_in(
        &self,
        tx: &Tx,
        area: &Area,
        month: Month,
        facts: &BTreeMap<SiteId, SiteFacts>,
        is_late: bool,
    ) -> Outcome<bool> {
        let is_of_city = self.city.area().contains(&area.path) && self.city.area() != area.path;
        let filler = if is_of_city { self.city } else { self.province };
        let permit = filler.permit(Action::FillReturn, &area.path)?;
        let (id, is_new) = make(tx, filler, &permit, area, month).await?;
        if !is_new || is_late {
            return Ok(false);
        }
        let book = Book::new(area.path.clone(), month);
        let scope = self.province.scope();
        let of = Of::Book(&scope, &area.path);
        let lines = project::rows(tx, of, month).await?;
        let projects: Vec<(ProjectId, ProjectRow)> =
            lines.iter().map(|line| (line.project, row(line, month.month()))).collect();
        let lines = site::rows(tx, of, month).await?;
        let communities: Vec<(SiteId, SiteRow)> =
            lines.iter().map(|line| (line.site, community(facts.get(&line.site), month.month()))).collect();
        project::put(tx, &permit, &book, &projects).await?;
        site::put(tx, &permit, &book, &communities).await?;
        let submitted = book.submit(hand(filler, month, 8)?, &[])?;
        let kept: Vec<_> = projects.iter().map(|(id, row)| (*id, row)).collect();
        let kept_sites: Vec<_> = communities.iter().map(|(id, row)| (*id, row)).collect();
        book::step(tx, &permit, id, &submitted, 1).await?;
        version::keep(tx, &permit, id, step::body(&submitted, kept, kept_sites)?).await?;
        if is_of_city {
            self.accept(tx, &area.path, (id, submitted)).await?;
        }
        Ok(true)
    }

    async fn accept(
        &self,
        tx: &Tx,
        path: &AreaPath,
        (id, submitted): (domain::id::ReturnBookId, Book),
    ) -> Outcome<()> {
        let permit = self.province.permit(Action::AcceptReturn, path)?;
        let month = submitted.month();
        let accepted = submitted.accept(hand(self.province, month, 9)?, &self.province.area())?;
        Ok(book::step(tx, &permit, id, &accepted, 2).await?)
    }
}

/// On the last day for the month, unless that is still to come.
fn hand(call: &Call, month: Month, hour: u32) -> Outcome<Hand> {
    let at = due(month).and_then(|day| day.and_hms_opt(hour, 0, 0)).map(|at| at.and_utc());
    Ok(Hand { by: call.user()?, at: at.unwrap_or_else(|| call.now()).min(call.now()) })
}

fn invented(text: &str) -> Option<String> {
    Some(format!("（虚构）{text}"))
}

/// The month in which works begin.
fn begins(number: u64) -> u32 {
    if number.is_multiple_of(11) { 9 } else { 1 + u32::try_from(number % 4).unwrap_or(0) }
}

/// A project's figures at the end of a month: each grows with the months since it began.
fn row(line: &project::Line, month: u32) -> ProjectRow {
    let number = line.number;
    let begins = begins(number);
    if month < begins {
        return ProjectRow {
            is_started: Some(false),
            reason_not_started: invented("施工图审查未完成"),
            ..ProjectRow::default()
        };
    }
    let months = i64::from(month - begins) + 1;
    let planned = line.planned.map_or(UNPLANNED_FEN, Money::fen);
    // Between 60 and 119 of a hundred of what the calendar asks for, never more than the plan.
    let speed = i64::try_from(60 + number * 37 % 60).unwrap_or(60);
    let done = i128::from(planned) * i128::from(months) * i128::from(speed) / 1200;
    let done = i64::try_from(done).unwrap_or(planned).min(planned);
    let base = 1 + u32::try_from(number % 7).unwrap_or(0);
    let taken_on = base * u32::try_from(months).unwrap_or(1);
    let present = taken_on.min(base * 6);
    let relocated = |people: u32| people * (3 + u32::try_from(number % 4).unwrap_or(0)) / 10;
    let pay = i64::from(taken_on) * months * 90_000;
    ProjectRow {
        is_started: Some(true),
        progress: invented(match months {
            1..=3 => "基础施工",
            4..=6 => "主体施工",
            7..=9 => "设备安装",
            _ => "收尾验收",
        }),
        invested: Money::from_fen(done),
        jobs_present: Some(present),
        jobs_present_rural: Some(present * 8 / 10),
        jobs_present_relocated: Some(relocated(present)),
        jobs_cumulative: Some(taken_on),
        jobs_cumulative_rural: Some(taken_on * 8 / 10),
        jobs_cumulative_relocated: Some(relocated(taken_on)),
        pay: Money::from_fen(pay),
        explanation: if speed < 80 && number.is_multiple_of(2) {
            invented("雨季影响，已增派人手")
        } else {
            None
        },
        ..ProjectRow::default()
    }
}

/// A community's figures: more people in work every month.
fn community(facts: Option<&SiteFacts>, month: u32) -> SiteRow {
    let labour = facts.and_then(|facts| facts.labour).unwrap_or(200);
    let before = facts.and_then(|facts| facts.employed).unwrap_or(labour * 8 / 10).min(labour);
    let employed = before + (labour - before) * month / 24;
    let (far, near) = (employed * 4 / 10, employed * 2 / 10);
    let idle = facts.and_then(|facts| facts.zero_employment_households).unwrap_or(6);
    SiteRow {
        labour: Some(labour),
        employed: Some(employed),
        employed_out_of_province: Some(far),
        employed_in_province: Some(near),
        employed_in_county: Some(employed - far - near),
        zero_employment_households: Some(idle.saturating_sub(month / 2)),
    }
}
