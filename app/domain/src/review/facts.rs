//! The facts of one project as rules see them. Whoever gathers them leaves out what is not known; nothing is guessed here.

use super::edition::Edition;
use super::name::FactName;
use super::outcome::Missing;
use super::parameter::{ParameterName, ParameterValue};
use super::term::Term;
use crate::area::AreaPath;
use crate::id::ProjectId;
use crate::money::Money;
use crate::period::{FiscalYear, Month};
use crate::project::{ProjectFacts, Stage};
use crate::site::SiteFacts;
use crate::source::Source;
use crate::usage::Use;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One project. Amounts are whole fen (分).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub id: ProjectId,
    pub project: ProjectFacts,
    /// from the country down to the project's area
    pub path: AreaPath,
    pub library: Library,
    /// one for each source and budget year
    pub positions: Vec<SourceFacts>,
    /// entries that stand: neither reversed nor reversals, in the order of the ledger
    pub entries: Vec<EntryFact>,
    /// the communities the project serves, by their latest figures
    pub sites: Vec<SiteFacts>,
    /// 可研估算
    pub estimate: Option<Money>,
    /// 核定概算
    pub design_estimate: Option<Money>,
    /// 调概批复
    pub reapproved_on: Option<NaiveDate>,
    pub started_on: Option<NaiveDate>,
    /// 完工
    pub finished_on: Option<NaiveDate>,
    /// 验收
    pub accepted_on: Option<NaiveDate>,
    pub settlement: Option<Settlement>,
    /// 预期收益 of a special bond
    pub expected_revenue: Option<Money>,
    pub match_basis: MatchBasis,
    /// labour share promised in the approval, exact
    pub promised_share: Option<Decimal>,
    /// distinct people with a pay record
    pub people_paid: Option<u32>,
    /// posts that are filled
    pub posts_filled: Option<u32>,
    /// what monthly returns that count say of its jobs, the oldest month first
    pub jobs: Vec<JobsFact>,
}

/// Jobs of one month as a return states them, 人.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobsFact {
    pub month: Month,
    /// at work on the last day
    pub present: Option<u32>,
    /// taken on since the year began
    pub cumulative: Option<u32>,
}

/// Whether and when a project entered the library (入库).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    Unknown,
    Never,
    On(NaiveDate),
}

/// Why local money is asked for (domain.md E9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchBasis {
    /// 自愿安排: no document demands it
    Voluntary,
    /// 配套依据文号
    Document(String),
}

/// 竣工财务决算.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub settled_on: NaiveDate,
    pub amount: Money,
    /// fiscal money left over
    pub surplus: Option<Money>,
    /// 质保金 withheld
    pub retention: Option<Money>,
    /// end of the defects period
    pub retention_due: Option<NaiveDate>,
    pub retention_returned_on: Option<NaiveDate>,
}

/// Cumulative amounts of one source; of one budget year, or of all when `year` is `None`. What an adjustment brought in
/// counts at the stage to which it came and at all before it, what it took away counts as recovered: so both sides of
/// the order of stages speak of the same money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFacts {
    pub source: Source,
    pub year: Option<FiscalYear>,
    /// 下达
    pub issued: Money,
    /// 到位
    pub received: Money,
    /// 拨付
    pub disbursed: Money,
    /// 支付
    pub paid: Money,
    pub recovered: Recovered,
    pub first_issued_on: Option<NaiveDate>,
    pub first_received_on: Option<NaiveDate>,
    pub first_disbursed_on: Option<NaiveDate>,
    pub last_disbursed_on: Option<NaiveDate>,
    /// receipt date of the oldest fen that is not paid yet
    pub oldest_unspent_receipt: Option<NaiveDate>,
}

/// 收回 and what an adjustment took away, by the stage at which the money lay when it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    pub issued: Money,
    pub received: Money,
    pub disbursed: Money,
    pub paid: Money,
}

/// What moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// 下达
    Issue,
    /// 到位
    Receive,
    /// 拨付
    Disburse,
    /// 支付
    Pay,
    /// 收回
    Recover,
    /// 调剂
    Adjust,
}

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFact {
    /// place in the ledger
    pub sequence: i64,
    pub date: NaiveDate,
    pub kind: EntryKind,
    pub source: Source,
    pub year: Option<FiscalYear>,
    pub amount: Money,
    pub voucher: Option<String>,
    pub document: Option<String>,
    pub invoice: Option<String>,
    pub payee: Option<String>,
    pub purpose: Option<Use>,
}

impl Facts {
    /// A project of which only its columns are known.
    pub fn new(id: ProjectId, project: ProjectFacts, path: AreaPath) -> Facts {
        Facts {
            id,
            project,
            path,
            library: Library::Unknown,
            positions: Vec::new(),
            entries: Vec::new(),
            sites: Vec::new(),
            estimate: None,
            design_estimate: None,
            reapproved_on: None,
            started_on: None,
            finished_on: None,
            accepted_on: None,
            settlement: None,
            expected_revenue: None,
            match_basis: MatchBasis::Voluntary,
            promised_share: None,
            people_paid: None,
            posts_filled: None,
            jobs: Vec::new(),
        }
    }

    /// Each source over all its budget years.
    pub fn by_source(&self) -> Result<Vec<SourceFacts>, Missing> {
        let mut sums: BTreeMap<Source, SourceFacts> = BTreeMap::new();
        for position in &self.positions {
            let sum = match sums.get(&position.source) {
                Some(known) => known.plus(position).ok_or(Missing(&[FactName::ComputableResult]))?,
                None => SourceFacts { year: None, ..*position },
            };
            sums.insert(position.source, sum);
        }
        Ok(sums.into_values().collect())
    }

    pub fn payments(&self) -> impl Iterator<Item = &EntryFact> {
        self.entries.iter().filter(|entry| entry.kind == EntryKind::Pay)
    }

    /// The first day on which money was issued.
    pub fn first_issued_on(&self) -> Option<NaiveDate> {
        self.positions.iter().filter_map(|position| position.first_issued_on).min()
    }

    /// True when works began, by date or by stage.
    pub const fn has_started(&self) -> bool {
        self.started_on.is_some()
            || match self.project.stage {
                Stage::Building | Stage::Completed | Stage::Accepted => true,
                Stage::Idea
                | Stage::Reserve
                | Stage::Preparation
                | Stage::Ready
                | Stage::Allocated
                | Stage::Paused
                | Stage::Withdrawn => false,
            }
    }

    /// True when works are done, by date or by stage.
    pub const fn has_finished(&self) -> bool {
        self.finished_on.is_some()
            || self.accepted_on.is_some()
            || matches!(self.project.stage, Stage::Completed | Stage::Accepted)
    }

    /// True while nobody works on it: set aside or taken out.
    pub const fn is_at_rest(&self) -> bool {
        matches!(self.project.stage, Stage::Paused | Stage::Withdrawn)
    }
}

impl SourceFacts {
    /// A source without a movement.
    pub const fn new(source: Source, year: Option<FiscalYear>) -> SourceFacts {
        SourceFacts {
            source,
            year,
            issued: Money::ZERO,
            received: Money::ZERO,
            disbursed: Money::ZERO,
            paid: Money::ZERO,
            recovered: Recovered {
                issued: Money::ZERO,
                received: Money::ZERO,
                disbursed: Money::ZERO,
                paid: Money::ZERO,
            },
            first_issued_on: None,
            first_received_on: None,
            first_disbursed_on: None,
            last_disbursed_on: None,
            oldest_unspent_receipt: None,
        }
    }

    fn plus(&self, other: &SourceFacts) -> Option<SourceFacts> {
        let first = |one: Option<NaiveDate>, two: Option<NaiveDate>| one.into_iter().chain(two).min();
        Some(SourceFacts {
            source: self.source,
            year: None,
            issued: self.issued.checked_add(other.issued)?,
            received: self.received.checked_add(other.received)?,
            disbursed: self.disbursed.checked_add(other.disbursed)?,
            paid: self.paid.checked_add(other.paid)?,
            recovered: Recovered {
                issued: self.recovered.issued.checked_add(other.recovered.issued)?,
                received: self.recovered.received.checked_add(other.recovered.received)?,
                disbursed: self.recovered.disbursed.checked_add(other.recovered.disbursed)?,
                paid: self.recovered.paid.checked_add(other.recovered.paid)?,
            },
            first_issued_on: first(self.first_issued_on, other.first_issued_on),
            first_received_on: first(self.first_received_on, other.first_received_on),
            first_disbursed_on: first(self.first_disbursed_on, other.first_disbursed_on),
            last_disbursed_on: self.last_disbursed_on.max(other.last_disbursed_on),
            oldest_unspent_receipt: first(self.oldest_unspent_receipt, other.oldest_unspent_receipt),
        })
    }
}

impl Recovered {
    /// All that went, `None` on overflow.
    pub fn total(self) -> Option<Money> {
        Money::sum([self.issued, self.received, self.disbursed, self.paid])
    }
}

impl Edition {
    /// A parameter as a term of the arithmetic.
    pub fn term(&self, name: ParameterName) -> Result<Term, Missing> {
        let value = self.parameters.get(&name).cloned();
        value.map(|value| Term::Parameter { name, value }).ok_or(Missing(&[FactName::Parameter]))
    }

    /// The sources the rule is about; without the parameter, none.
    pub fn sources(&self) -> &[Source] {
        match self.parameters.get(&ParameterName::Sources) {
            Some(ParameterValue::Sources(sources)) => sources,
            Some(_) | None => &[],
        }
    }

    /// The purposes in a list of the edition; without the parameter, none.
    pub fn purposes(&self, name: ParameterName) -> &[Use] {
        match self.parameters.get(&name) {
            Some(ParameterValue::Purposes(purposes)) => purposes,
            Some(_) | None => &[],
        }
    }
}
