//! The leaders' page: figures of one area, year and month from what is kept, what they are measured by, and what they say.
//! Knows no SQL and no layout.

mod moved;
mod places;
pub mod works;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::plan_year;
use crate::trail::taken;
use chrono::Datelike;
use contract::dashboard::{
    DashboardQuery, DashboardView, Funds, Measure, Messages, NodeLine, Plan, Point, Rate, Reserve, Warnings,
    Work,
};
use domain::area::{AreaCode, AreaPath};
use domain::dashboard::message;
use domain::dashboard::{Aim, Ratio, due, due_nodes, elapsed, nodes};
use domain::ledger::{PerStage, Stage};
use domain::money::{Delta, Money};
use domain::period::{Horizon, Month};
use domain::permission::{Action, Permit, Scope};
use domain::project::{Category, Field};
use domain::review::rule::Level;
use domain::source::Source;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::Conn;
use store::area::Area;
use store::dashboard::{self as kept, Among, Flow, Worked};
use store::ledger::chain;
use store::project::filter::{Filter, Standing};
use store::project::totals::{self, Totals};

const MONTHS: u32 = 12;
/// Milliseconds that clocks in China are ahead of UTC.
const SHANGHAI: i64 = 8 * 3_600_000;

/// What is looked at, found and permitted.
struct Look {
    area: Area,
    /// of that area
    scope: Scope,
    as_of: Month,
    category: Option<Category>,
    source: Option<Source>,
}

/// Everything of the page, at one moment of the data.
pub async fn figures(call: &Call, query: DashboardQuery) -> Outcome<DashboardView> {
    let conn = call.read().await?;
    let look = look(call, &conn, &query).await?;
    whole_of(call, &conn, &look).await
}

async fn whole_of(call: &Call, conn: &Conn, look: &Look) -> Outcome<DashboardView> {
    let reserve = reserve(call, conn, look).await?;
    let worked = kept::worked(conn, &look.scope, look.as_of, look.among()).await?;
    let plan = plan(conn, look, &worked).await?;
    let moved = moved::of(conn, look).await?;
    let flows = moved.flows();
    let funds = funds(look, plan.amount, &flows);
    let composition = by_source(&flows);
    let (basis, curve) = curve(look, funds, plan.amount, &flows);
    let places = places::of(call, conn, look, funds.measure, &worked, &moved).await?;
    let done: Vec<Delta> = curve.iter().filter_map(|point| point.disbursed).collect();
    let rated = places::rated(&places, funds.measure);
    let whole = Ratio::of_money(funds.net.disbursed, basis);
    let month = look.as_of.month();
    let messages = Messages {
        composition: message::composition(&composition),
        curve: message::curve(basis, &done),
        ranking: message::ranking(&rated, whole, month),
        reached: message::reached(&rated, month),
        jobs: message::jobs(&places::at_work(&places)),
    };
    Ok(DashboardView {
        as_of: look.as_of,
        way: way(call, conn, &look.area).await?,
        category: look.category,
        source: look.source,
        list_year: plan_year(call)?,
        at: call.now().naive_utc(),
        known_at: chain::head(conn).await?.0,
        elapsed: elapsed(month).per_mille(),
        reserve,
        nodes: node_lines(look, funds.net, plan),
        plan,
        funds,
        work: work(&worked),
        warnings: warnings(call, conn, look).await?,
        composition,
        curve,
        places,
        messages,
    })
}

/// The same as it goes out as a file; `what` is the file's word in the trail.
pub async fn export(call: &Call, query: DashboardQuery, what: &str) -> Outcome<DashboardView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = figures(call, query).await?;
    note_taken(call, &permit, what, &view).await?;
    Ok(view)
}

/// The line of the trail about a file of this filter.
async fn note_taken(call: &Call, permit: &Permit, what: &str, view: &DashboardView) -> Outcome<()> {
    let area = view.area().map(|(code, _)| code.to_string()).unwrap_or_default();
    let category = view.category.map(|category| format!(" category={}", category.code())).unwrap_or_default();
    let source = view.source.map(|source| format!(" source={}", source.code())).unwrap_or_default();
    let detail = format!("what={what} area={area} month={}{category}{source}", view.as_of);
    taken(call, permit, "dashboard", detail).await
}

/// SHA-256 of the figures without their moment: the same figures have the same digest, whenever they are read.
pub fn digest(view: &DashboardView) -> Outcome<String> {
    let figures = DashboardView { at: chrono::NaiveDateTime::default(), ..view.clone() };
    let text = serde_json::to_string(&figures).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    Ok(hex::encode(Sha256::digest(text.as_bytes())))
}

async fn look(call: &Call, conn: &Conn, query: &DashboardQuery) -> Outcome<Look> {
    let own = call.scope();
    let code = query.area.unwrap_or_else(|| own.area().code());
    let area = store::area::load(conn, &own, code).await?;
    call.permit(Action::ViewMoney, &area.path)?;
    call.permit(Action::ViewProjects, &area.path)?;
    let scope = own.narrowed(&area.path).ok_or(Failure::NotFound)?;
    let as_of = as_of(call, query)?;
    Ok(Look { area, scope, as_of, category: query.category, source: query.source })
}

/// The month asked for; else the last one that is over, December of a year that is, January of one to come. In January the
/// year that is looked at is the one before, unless it is named.
fn as_of(call: &Call, query: &DashboardQuery) -> Outcome<Month> {
    let this = plan_year(call)?;
    if let (None, None, Some(over)) = (query.year, query.month, last_over(call)) {
        return Ok(over);
    }
    let year = query.year.unwrap_or(this);
    let month = query.month.unwrap_or_else(|| match year.cmp(&this) {
        std::cmp::Ordering::Less => MONTHS,
        std::cmp::Ordering::Equal => call.today().month().saturating_sub(1).max(1),
        std::cmp::Ordering::Greater => 1,
    });
    Month::new(year, month).ok_or_else(|| Failure::Unexpected(format!("there is no month {month}")))
}

fn last_over(call: &Call) -> Option<Month> {
    Month::of(call.today())?.previous()
}

/// From the person's own area down to the one looked at.
async fn way(call: &Call, conn: &Conn, area: &Area) -> Outcome<Vec<(AreaCode, String)>> {
    let codes = area.path.codes();
    let found = store::area::by_codes(conn, &call.scope(), &codes).await?;
    Ok(found.into_iter().map(|area| (area.code, area.name)).collect())
}

impl Look {
    fn filter(&self, standing: Standing) -> Filter {
        Filter {
            area: Some(self.area.path.clone()),
            categories: self.category.into_iter().collect(),
            sources: self.source.into_iter().collect(),
            ..Filter::new(self.as_of.year(), standing)
        }
    }

    const fn among(&self) -> Among {
        Among { category: self.category, source: self.source }
    }
}

async fn reserve(call: &Call, conn: &Conn, look: &Look) -> Outcome<Reserve> {
    let sums = totals::main(conn, &call.scope(), &look.filter(Standing::Everywhere)).await?;
    let begin = |month: Month| midnight(month.first_day());
    let (from, to) = (begin(look.as_of), look.as_of.next().map_or(i64::MAX, begin));
    Ok(Reserve {
        projects: sums.projects,
        total: sums.amounts.get(&Field::Total).copied().unwrap_or_default(),
        added: kept::added(conn, &look.scope, (from, to), look.among()).await?,
    })
}

/// The beginning of a day in China, in Unix milliseconds.
fn midnight(day: chrono::NaiveDate) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis() - SHANGHAI
}

async fn plan(conn: &Conn, look: &Look, worked: &[Worked]) -> Outcome<Plan> {
    let year = Field::Year(look.as_of.year());
    let filter = look.filter(Standing::List(Horizon::One));
    let all = totals::totals(conn, &look.scope, &filter).await?;
    let of_year = |sums: &Totals| sums.amounts.get(&year).copied().unwrap_or_default();
    let categories = Category::industry(look.category);
    let industry = if categories.is_empty() {
        Money::default()
    } else {
        of_year(&totals::parts(conn, &look.scope, &Filter { categories, ..filter }).await?)
    };
    let amount = of_year(&all);
    let invested = sum(worked.iter().map(|worked| worked.invested.map(Delta::fen))).map(Delta::from_fen);
    Ok(Plan {
        projects: all.projects,
        amount,
        industry: Ratio::of_money(industry.into(), amount.into()).map(Ratio::per_mille),
        started: worked.iter().map(|worked| worked.started).sum(),
        reported: worked.iter().map(|worked| worked.reported).sum(),
        invested,
        invested_rate: invested.map_or(Rate::default(), |done| rate(done, amount.into(), look.as_of)),
    })
}

/// The sum of what is known; of nothing known there is none.
fn sum(parts: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    parts.flatten().reduce(i64::saturating_add)
}

/// A share and its distance from 时间进度.
fn rate(part: Delta, whole: Delta, as_of: Month) -> Rate {
    let share = Ratio::of_money(part, whole);
    Rate {
        share: share.map(Ratio::per_mille),
        gap: share.map(|share| share.minus(elapsed(as_of.month())).per_mille()),
    }
}

fn added_up<'a>(flows: impl Iterator<Item = &'a Flow>) -> PerStage<Delta> {
    flows.fold(PerStage::default(), |sum, flow| plus(sum, flow.net))
}

fn plus(one: PerStage<Delta>, two: PerStage<Delta>) -> PerStage<Delta> {
    PerStage::of(|stage| Delta::from_fen(one.get(stage).fen() + two.get(stage).fen()))
}

fn funds(look: &Look, plan: Money, flows: &[Flow]) -> Funds {
    let net = added_up(flows.iter());
    let measure = if look.source.is_some() { Measure::Issued } else { Measure::Plan };
    Funds {
        net,
        measure,
        disbursed: rate(net.disbursed, whole(measure, plan, net), look.as_of),
        paid: rate(net.paid, net.issued, look.as_of),
    }
}

/// What disbursement is measured by.
fn whole(measure: Measure, plan: Money, net: PerStage<Delta>) -> Delta {
    match measure {
        Measure::Plan => plan.into(),
        Measure::Issued => net.issued,
    }
}

/// 下达 by source, in the order of the official form.
fn by_source(flows: &[Flow]) -> Vec<(Source, Delta)> {
    let mut found: BTreeMap<Source, i64> = BTreeMap::new();
    for flow in flows {
        *found.entry(flow.source).or_default() += flow.net.get(Stage::Issued).fen();
    }
    found
        .into_iter()
        .filter(|(_, fen)| *fen != 0)
        .map(|(source, fen)| (source, Delta::from_fen(fen)))
        .collect()
}

/// What it is measured by, and the twelve months. What was disbursed before the year stands in its first month.
fn curve(look: &Look, funds: Funds, plan: Money, flows: &[Flow]) -> (Delta, Vec<Point>) {
    let basis = whole(funds.measure, plan, funds.net);
    let planned = basis.as_money().unwrap_or_default();
    let year = look.as_of.year();
    let point = |month: u32| {
        let end = Month::new(year, month).filter(|end| *end <= look.as_of);
        let by_then = |end: Month| added_up(flows.iter().filter(move |flow| flow.month <= end)).disbursed;
        Point { planned: due(planned, month), disbursed: end.map(by_then) }
    };
    (basis, (1..=MONTHS).map(point).collect())
}

fn work(worked: &[Worked]) -> Work {
    let estimate = worked.iter().map(|worked| worked.estimate).sum();
    let held = worked.iter().map(|worked| worked.held).sum();
    let came = sum(worked.iter().map(|worked| worked.came));
    Work {
        estimate,
        present: sum(worked.iter().map(|worked| worked.present)),
        relocated: sum(worked.iter().map(|worked| worked.relocated)),
        met: came.and_then(|came| Ratio::of(came.saturating_mul(1000), held)).map(Ratio::per_mille),
    }
}

async fn warnings(call: &Call, conn: &Conn, look: &Look) -> Outcome<Warnings> {
    let mut found = Warnings::default();
    for open in kept::open(conn, &look.scope, look.among(), call.today()).await? {
        match open.level {
            Level::Red => found.red = open.count,
            Level::Warning => found.warning = open.count,
            Level::Hint => found.hint = open.count,
        }
        found.overdue += open.overdue;
        found.late_start += open.late_start;
    }
    Ok(found)
}

/// The node targets that hold here and are due, each with its distance from the exact rate.
fn node_lines(look: &Look, net: PerStage<Delta>, plan: Plan) -> Vec<NodeLine> {
    let path: &AreaPath = &look.area.path;
    let line = |node: domain::dashboard::Node| {
        let share = match node.aim {
            Aim::Paid => Ratio::of_money(net.paid, net.issued),
            Aim::Started => share(plan.started, plan.projects),
        };
        let target = Ratio::of(node.target, 1000);
        let gap = share.zip(target).map(|(share, target)| share.minus(target).per_mille());
        NodeLine {
            aim: node.aim,
            month: node.month,
            target: node.target,
            origin: node.origin,
            mark: node.mark,
            gap,
        }
    };
    due_nodes(&nodes(), path, look.as_of).into_iter().map(line).collect()
}

fn share(part: u64, whole: u64) -> Option<Ratio> {
    Ratio::of(i64::try_from(part).ok()?, i64::try_from(whole).ok()?)
}
