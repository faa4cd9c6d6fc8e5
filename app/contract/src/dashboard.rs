//! The leaders' page on the wire: one filter, the figures of five cards and five charts, and for every figure what it takes
//! to explain it. Knows no SQL and no layout.

pub mod works;

use crate::error::FieldErrors;
use crate::form::Form;
use crate::ledger::check::{Inputs, year};
use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::dashboard::message::{Composition, Curve, Jobs, Ranking, Reached};
use domain::dashboard::{Aim, Origin, Ratio};
use domain::ledger::PerStage;
use domain::mark::Mark;
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Month};
use domain::project::Category;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// The filter as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DashboardForm {
    /// plan and budget year; this one when empty
    pub year: String,
    /// 1 to 12: up to the end of this month; the last that is over when empty
    pub month: String,
    /// six digits; the person's own when empty
    pub area: String,
    /// `Category::code`; every category when empty
    pub category: String,
    /// `Source::code`; every source when empty
    pub source: String,
}

/// The filter, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DashboardQuery {
    pub year: Option<FiscalYear>,
    pub month: Option<u32>,
    pub area: Option<AreaCode>,
    pub category: Option<Category>,
    pub source: Option<Source>,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// projects and lists as they are now
    Lists,
    /// entries of the books up to the month
    Ledger,
    /// monthly returns that were handed in, up to the month
    Returns,
    /// estimates as they are now
    Estimates,
    /// findings as they are now
    Findings,
    /// the calendar
    Calendar,
}

/// Every figure of the cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Reserve,
    ReserveTotal,
    ReserveAdded,
    Plan,
    PlanProjects,
    Industry,
    Invested,
    InvestedRate,
    Started,
    Issued,
    Disbursed,
    DisbursedRate,
    Paid,
    PaidRate,
    Elapsed,
    Estimate,
    Present,
    JobsRate,
    Findings,
    Overdue,
    LateStart,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Amount(Delta),
    Count(i64),
    /// in thousandths
    Share(i64),
    /// nobody knows, or there is nothing to measure by
    Unknown,
}

/// What the rate of disbursement is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 年度安排
    Plan,
    /// 下达: lists plan years without sources, so that one source is measured by what it gave
    Issued,
}

/// A rate in thousandths and how far it lies from 时间进度, each rounded once from exact values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub share: Option<i64>,
    pub gap: Option<i64>,
}

/// 储备: all projects, on a list or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserve {
    pub projects: u64,
    pub total: Money,
    /// of them entered within the month
    pub added: u64,
}

/// 年度安排: the one-year list of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub projects: u64,
    /// planned for this year
    pub amount: Money,
    /// of it for 产业, in thousandths
    pub industry: Option<i64>,
    /// projects whose newest return says that they have begun
    pub started: u64,
    /// projects that have a return
    pub reported: u64,
    /// completed since the year began; `None` when nobody said
    pub invested: Option<Delta>,
    pub invested_rate: Rate,
}

/// Money of the budget year up to the month, net of what was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funds {
    pub net: PerStage<Delta>,
    pub measure: Measure,
    pub disbursed: Rate,
    /// of what was issued
    pub paid: Rate,
}

/// Jobs of the one-year list: direct posts in operation, and, apart from them, people present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// thousandths of a post
    pub estimate: i64,
    pub present: Option<i64>,
    /// of them relocated
    pub relocated: Option<i64>,
    /// of finished projects that have both: people present by posts estimated, in thousandths
    pub met: Option<i64>,
}

/// Findings that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warnings {
    pub red: u64,
    pub warning: u64,
    pub hint: u64,
    /// past their day
    pub overdue: u64,
    /// 未按期开工/逾期 (R27)
    pub late_start: u64,
}

/// A node target that is due, and how far it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeLine {
    pub aim: Aim,
    pub month: u32,
    pub target: i64,
    pub origin: Origin,
    pub mark: Mark,
    pub gap: Option<i64>,
}

/// A month of the curve, in running sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub planned: Money,
    /// `None` after the month that is looked at
    pub disbursed: Option<Delta>,
}

/// An area directly under the one that is looked at, or what lies in that one itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub area: AreaCode,
    pub name: String,
    pub short: String,
    /// what lies in the area itself and not under it
    pub own: bool,
    /// `None` of one source: lists plan years without sources
    pub plan: Option<Money>,
    pub net: PerStage<Delta>,
    pub rate: Rate,
    /// thousandths of a post
    pub estimate: i64,
    pub present: Option<i64>,
}

/// What the charts say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages {
    pub composition: Composition,
    pub curve: Curve,
    pub ranking: Ranking,
    pub reached: Reached,
    pub jobs: Jobs,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardView {
    /// year and month that are looked at
    pub as_of: Month,
    /// from the person's own area down to the one that is looked at
    pub way: Vec<(AreaCode, String)>,
    /// of projects as they are now
    pub category: Option<Category>,
    pub source: Option<Source>,
    /// the year that the lists' own pages show
    pub list_year: FiscalYear,
    /// the moment of all figures, UTC
    pub at: NaiveDateTime,
    /// last place in the ledger's chain
    pub known_at: i64,
    /// 时间进度 in thousandths
    pub elapsed: i64,
    pub reserve: Reserve,
    pub plan: Plan,
    pub funds: Funds,
    pub work: Work,
    pub warnings: Warnings,
    pub nodes: Vec<NodeLine>,
    /// 下达 by source
    pub composition: Vec<(Source, Delta)>,
    /// twelve
    pub curve: Vec<Point>,
    pub places: Vec<Place>,
    pub messages: Messages,
}

impl Key {
    pub const ALL: [Key; 21] = [
        Key::Reserve,
        Key::ReserveTotal,
        Key::ReserveAdded,
        Key::Plan,
        Key::PlanProjects,
        Key::Industry,
        Key::Invested,
        Key::InvestedRate,
        Key::Started,
        Key::Issued,
        Key::Disbursed,
        Key::DisbursedRate,
        Key::Paid,
        Key::PaidRate,
        Key::Elapsed,
        Key::Estimate,
        Key::Present,
        Key::JobsRate,
        Key::Findings,
        Key::Overdue,
        Key::LateStart,
    ];

    pub const fn basis(self) -> Basis {
        match self {
            Key::Reserve
            | Key::ReserveTotal
            | Key::ReserveAdded
            | Key::Plan
            | Key::PlanProjects
            | Key::Industry => Basis::Lists,
            Key::Invested | Key::InvestedRate | Key::Started | Key::Present | Key::JobsRate => Basis::Returns,
            Key::Issued | Key::Disbursed | Key::DisbursedRate | Key::Paid | Key::PaidRate => Basis::Ledger,
            Key::Elapsed => Basis::Calendar,
            Key::Estimate => Basis::Estimates,
            Key::Findings | Key::Overdue | Key::LateStart => Basis::Findings,
        }
    }
}

impl Place {
    /// What was disbursed of what it is measured by, unrounded.
    pub fn exact(&self, measure: Measure) -> Option<Ratio> {
        let whole = match measure {
            Measure::Plan => self.plan.unwrap_or_default().into(),
            Measure::Issued => self.net.issued,
        };
        Ratio::of_money(self.net.disbursed, whole)
    }
}

impl DashboardView {
    /// Places by the exact rate, as the sentence over them compares it: the highest first, those without one last, those of
    /// one rate in the order of their codes.
    pub fn ranked(&self) -> Vec<&Place> {
        let mut places: Vec<&Place> = self.places.iter().collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.exact(self.funds.measure)));
        places
    }

    /// The area that is looked at.
    pub fn area(&self) -> Option<&(AreaCode, String)> {
        self.way.last()
    }

    /// A figure of the cards as a value.
    pub fn value(&self, key: Key) -> Value {
        let count = |count: u64| Value::Count(i64::try_from(count).unwrap_or(i64::MAX));
        let share = |share: Option<i64>| share.map_or(Value::Unknown, Value::Share);
        let warnings = self.warnings;
        match key {
            Key::Reserve => count(self.reserve.projects),
            Key::ReserveTotal => Value::Amount(self.reserve.total.into()),
            Key::ReserveAdded => count(self.reserve.added),
            Key::Plan => Value::Amount(self.plan.amount.into()),
            Key::PlanProjects => count(self.plan.projects),
            Key::Industry => share(self.plan.industry),
            Key::Invested => self.plan.invested.map_or(Value::Unknown, Value::Amount),
            Key::InvestedRate => share(self.plan.invested_rate.share),
            Key::Started => count(self.plan.started),
            Key::Issued => Value::Amount(self.funds.net.issued),
            Key::Disbursed => Value::Amount(self.funds.net.disbursed),
            Key::DisbursedRate => share(self.funds.disbursed.share),
            Key::Paid => Value::Amount(self.funds.net.paid),
            Key::PaidRate => share(self.funds.paid.share),
            Key::Elapsed => Value::Share(self.elapsed),
            Key::Estimate => Value::Count(domain::dashboard::message::posts(self.work.estimate)),
            Key::Present => self.work.present.map_or(Value::Unknown, Value::Count),
            Key::JobsRate => share(self.work.met),
            Key::Findings => count(warnings.red + warnings.warning + warnings.hint),
            Key::Overdue => count(warnings.overdue),
            Key::LateStart => count(warnings.late_start),
        }
    }

    /// Nothing was given to this year and nothing is planned for it.
    pub fn is_empty_year(&self) -> bool {
        let net = self.funds.net;
        let moved = [net.issued, net.received, net.disbursed, net.paid];
        self.plan.projects == 0 && moved.iter().all(|fen| fen.is_zero())
    }
}

impl Form for DashboardForm {
    type Command = DashboardQuery;

    fn check(&self) -> Result<DashboardQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let month = |text: &str| text.parse().ok().filter(|month| (1..=12).contains(month));
        let query = DashboardQuery {
            year: inputs.chosen("year", &self.year, year),
            month: inputs.chosen("month", &self.month, month),
            area: inputs.chosen("area", &self.area, AreaCode::new),
            category: inputs.chosen("category", &self.category, Category::from_code),
            source: inputs.chosen("source", &self.source, Source::from_code),
        };
        inputs.done()?;
        Ok(query)
    }
}
