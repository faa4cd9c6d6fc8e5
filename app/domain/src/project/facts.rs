//! Everything known of one project, as one value with a uniform `get` and `set` by column.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a slot lists the columns it holds; `get` is exhaustive and a test sets and gets every column"
)]

use super::category::{Category, Nature, Stage};
use super::code::ProjectCode;
use super::field::Field;
use super::gate::{Gate, Maturity};
use super::value::Value;
use crate::area::AreaCode;
use crate::id::SiteId;
use crate::money::{Delta, Money};
use crate::period::{FiscalYear, Horizon, Month};
use crate::source::Source;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The facts of a project in one plan year. Amounts are whole fen (分); counts are 人, 户, 岗位 by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectFacts {
    pub name: String,
    pub area: AreaCode,
    pub code: Option<ProjectCode>,
    /// List of the plan year at hand, `None` while in the pool only.
    pub horizon: Option<Horizon>,
    pub stage: Stage,
    pub sites: Vec<SiteId>,
    pub place: Option<String>,
    pub category: Option<Category>,
    pub industry: Option<String>,
    pub nature: Option<Nature>,
    pub content: Option<String>,
    pub start: Option<Month>,
    pub finish: Option<Month>,
    pub term_years: Option<u32>,
    pub total: Option<Money>,
    pub sources: BTreeMap<Source, Money>,
    pub years: BTreeMap<FiscalYear, Money>,
    pub stated_issued: Option<Money>,
    pub stated_received: Option<Money>,
    pub stated_paid: Option<Money>,
    pub gates: BTreeMap<Gate, NaiveDate>,
    pub work_relief: Option<bool>,
    pub labour_pay: Option<Money>,
    pub households: Option<u32>,
    pub people: Option<u32>,
    pub jobs_construction: Option<u32>,
    pub jobs_operation: Option<u32>,
    pub posts: Option<u32>,
    pub goal: Option<String>,
    pub link: Option<String>,
    pub asset_owner: Option<String>,
    pub maintainer: Option<String>,
    pub unit: Option<String>,
    pub person: Option<String>,
    pub reporter: Option<String>,
    pub reported_on: Option<NaiveDate>,
    pub remark: Option<String>,
}

/// One cell that differs: what it was and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: Field,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

/// The column cannot be set to this: a computed column, a value of another kind, or an empty name or area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {field} does not take this value")]
pub struct NotSettable {
    pub field: Field,
}

impl ProjectFacts {
    /// A project of which only the name and the place are known.
    pub fn new(name: String, area: AreaCode) -> ProjectFacts {
        ProjectFacts {
            name,
            area,
            code: None,
            horizon: None,
            stage: Stage::Reserve,
            sites: Vec::new(),
            place: None,
            category: None,
            industry: None,
            nature: None,
            content: None,
            start: None,
            finish: None,
            term_years: None,
            total: None,
            sources: BTreeMap::new(),
            years: BTreeMap::new(),
            stated_issued: None,
            stated_received: None,
            stated_paid: None,
            gates: BTreeMap::new(),
            work_relief: None,
            labour_pay: None,
            households: None,
            people: None,
            jobs_construction: None,
            jobs_operation: None,
            posts: None,
            goal: None,
            link: None,
            asset_owner: None,
            maintainer: None,
            unit: None,
            person: None,
            reporter: None,
            reported_on: None,
            remark: None,
        }
    }

    /// The value of a column; `Number` is not a fact of the project and is always `None` here.
    pub fn get(&self, field: Field) -> Option<Value> {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        match field {
            Field::Number | Field::Maturity => None,
            Field::Name => Some(Value::Text(self.name.clone())),
            Field::Code => self.code.clone().map(Value::Code),
            Field::Horizon => self.horizon.map(Value::Horizon),
            Field::Stage => Some(Value::Stage(self.stage)),
            Field::Sites => (!self.sites.is_empty()).then(|| Value::Sites(self.sites.clone())),
            Field::Area => Some(Value::Area(self.area)),
            Field::Place => text(&self.place),
            Field::Category => self.category.map(Value::Category),
            Field::Industry => text(&self.industry),
            Field::Nature => self.nature.map(Value::Nature),
            Field::Content => text(&self.content),
            Field::Start => self.start.map(Value::Month),
            Field::Finish => self.finish.map(Value::Month),
            Field::TermYears => self.term_years.map(Value::Count),
            Field::Total => self.total.map(Value::Money),
            Field::Source(source) => self.sources.get(&source).copied().map(Value::Money),
            Field::Year(year) => self.years.get(&year).copied().map(Value::Money),
            Field::StatedIssued => self.stated_issued.map(Value::Money),
            Field::StatedReceived => self.stated_received.map(Value::Money),
            Field::StatedPaid => self.stated_paid.map(Value::Money),
            Field::Gate(gate) => self.gates.get(&gate).copied().map(Value::Date),
            Field::WorkRelief => self.work_relief.map(Value::Flag),
            Field::LabourPay => self.labour_pay.map(Value::Money),
            Field::Households => self.households.map(Value::Count),
            Field::People => self.people.map(Value::Count),
            Field::JobsConstruction => self.jobs_construction.map(Value::Count),
            Field::JobsOperation => self.jobs_operation.map(Value::Count),
            Field::Posts => self.posts.map(Value::Count),
            Field::Goal => text(&self.goal),
            Field::Link => text(&self.link),
            Field::AssetOwner => text(&self.asset_owner),
            Field::Maintainer => text(&self.maintainer),
            Field::Unit => text(&self.unit),
            Field::Person => text(&self.person),
            Field::Reporter => text(&self.reporter),
            Field::ReportedOn => self.reported_on.map(Value::Date),
            Field::Remark => text(&self.remark),
        }
    }

    /// Sets a column; `None` clears it. Stage cleared falls back to 储备.
    pub fn set(&mut self, field: Field, value: Option<Value>) -> Result<(), NotSettable> {
        let fault = Err(NotSettable { field });
        match (field, value) {
            (Field::Name, Some(Value::Text(name))) if !name.trim().is_empty() => self.name = name,
            (Field::Area, Some(Value::Area(area))) => self.area = area,
            (Field::Stage, Some(Value::Stage(stage))) => self.stage = stage,
            (Field::Stage, None) => self.stage = Stage::Reserve,
            (Field::Sites, Some(Value::Sites(sites))) => self.sites = sites,
            (Field::Sites, None) => self.sites.clear(),
            (Field::Code, None) => self.code = None,
            (Field::Code, Some(Value::Code(code))) => self.code = Some(code),
            (Field::Horizon, None) => self.horizon = None,
            (Field::Horizon, Some(Value::Horizon(horizon))) => self.horizon = Some(horizon),
            (Field::Category, None) => self.category = None,
            (Field::Category, Some(Value::Category(category))) => self.category = Some(category),
            (Field::Nature, None) => self.nature = None,
            (Field::Nature, Some(Value::Nature(nature))) => self.nature = Some(nature),
            (Field::WorkRelief, None) => self.work_relief = None,
            (Field::WorkRelief, Some(Value::Flag(flag))) => self.work_relief = Some(flag),
            (field, None) => return self.clear(field),
            (field, Some(Value::Money(money))) => return self.set_money(field, money),
            (field, Some(Value::Text(text))) => match self.text_slot(field) {
                Some(slot) => *slot = Some(text),
                None => return fault,
            },
            (field, Some(Value::Count(count))) => match self.count_slot(field) {
                Some(slot) => *slot = Some(count),
                None => return fault,
            },
            (Field::Start, Some(Value::Month(month))) => self.start = Some(month),
            (Field::Finish, Some(Value::Month(month))) => self.finish = Some(month),
            (Field::Gate(gate), Some(Value::Date(date))) => {
                self.gates.insert(gate, date);
            }
            (Field::ReportedOn, Some(Value::Date(date))) => self.reported_on = Some(date),
            _ => return fault,
        }
        Ok(())
    }

    fn clear(&mut self, field: Field) -> Result<(), NotSettable> {
        match field {
            Field::Source(source) => drop(self.sources.remove(&source)),
            Field::Year(year) => drop(self.years.remove(&year)),
            Field::Gate(gate) => drop(self.gates.remove(&gate)),
            Field::Start => self.start = None,
            Field::Finish => self.finish = None,
            Field::ReportedOn => self.reported_on = None,
            _ => {
                if let Some(slot) = self.text_slot(field) {
                    *slot = None;
                } else if let Some(slot) = self.count_slot(field) {
                    *slot = None;
                } else if let Some(slot) = self.money_slot(field) {
                    *slot = None;
                } else {
                    return Err(NotSettable { field });
                }
            }
        }
        Ok(())
    }

    fn set_money(&mut self, field: Field, money: Money) -> Result<(), NotSettable> {
        match field {
            Field::Source(source) => drop(self.sources.insert(source, money)),
            Field::Year(year) => drop(self.years.insert(year, money)),
            _ => *self.money_slot(field).ok_or(NotSettable { field })? = Some(money),
        }
        Ok(())
    }

    fn money_slot(&mut self, field: Field) -> Option<&mut Option<Money>> {
        match field {
            Field::Total => Some(&mut self.total),
            Field::StatedIssued => Some(&mut self.stated_issued),
            Field::StatedReceived => Some(&mut self.stated_received),
            Field::StatedPaid => Some(&mut self.stated_paid),
            Field::LabourPay => Some(&mut self.labour_pay),
            _ => None,
        }
    }

    fn count_slot(&mut self, field: Field) -> Option<&mut Option<u32>> {
        match field {
            Field::TermYears => Some(&mut self.term_years),
            Field::Households => Some(&mut self.households),
            Field::People => Some(&mut self.people),
            Field::JobsConstruction => Some(&mut self.jobs_construction),
            Field::JobsOperation => Some(&mut self.jobs_operation),
            Field::Posts => Some(&mut self.posts),
            _ => None,
        }
    }

    fn text_slot(&mut self, field: Field) -> Option<&mut Option<String>> {
        match field {
            Field::Place => Some(&mut self.place),
            Field::Industry => Some(&mut self.industry),
            Field::Content => Some(&mut self.content),
            Field::Goal => Some(&mut self.goal),
            Field::Link => Some(&mut self.link),
            Field::AssetOwner => Some(&mut self.asset_owner),
            Field::Maintainer => Some(&mut self.maintainer),
            Field::Unit => Some(&mut self.unit),
            Field::Person => Some(&mut self.person),
            Field::Reporter => Some(&mut self.reporter),
            Field::Remark => Some(&mut self.remark),
            _ => None,
        }
    }

    /// Columns in which `next` differs, in the order of the form.
    pub fn changes_to(&self, next: &ProjectFacts) -> Vec<Change> {
        let mut years: Vec<FiscalYear> = self.years.keys().chain(next.years.keys()).copied().collect();
        years.sort_unstable();
        years.dedup();
        Field::all(&years)
            .into_iter()
            .filter_map(|field| {
                let (old, new) = (self.get(field), next.get(field));
                (old != new).then_some(Change { field, old, new })
            })
            .collect()
    }

    /// Sum of the planned sources, `None` on overflow.
    pub fn source_sum(&self) -> Option<Money> {
        Money::sum(self.sources.values().copied())
    }

    /// Sum of the planned years, `None` on overflow.
    pub fn year_sum(&self) -> Option<Money> {
        Money::sum(self.years.values().copied())
    }

    /// 资金缺口: total − sources, exact; negative when the sources exceed the total.
    pub fn funding_gap(&self) -> Option<Delta> {
        Some(self.total?.minus(self.source_sum()?))
    }

    /// Points of the gates passed, 0–100.
    pub fn maturity_score(&self) -> u32 {
        self.gates.keys().map(|gate| gate.points()).sum()
    }

    pub fn maturity(&self) -> Maturity {
        Maturity::of(self.maturity_score())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Unit;
    use crate::project::Kind;

    #[test]
    fn every_column_that_can_be_written_reads_back() {
        let years = FiscalYear::new(2026).unwrap().list_years();
        let mut facts = ProjectFacts::new("甲".into(), AreaCode::ROOT);
        let blank = facts.clone();
        for field in Field::all(&years).into_iter().filter(|field| field.kind() != Kind::Derived) {
            let sample = match field.kind() {
                Kind::Text | Kind::Code => "x",
                Kind::Money | Kind::Count | Kind::Flag => "1",
                Kind::Month | Kind::Date => "2026-05-01",
                Kind::Category => "就业",
                Kind::Nature => "新建",
                Kind::Stage => "在建",
                Kind::Horizon => "一年期",
                Kind::Area => "520526",
                Kind::Sites => "018f0000-0000-7000-8000-000000000001",
                Kind::Derived => continue,
            };
            let value = Value::read(field, sample, Unit::Wan).unwrap();
            facts.set(field, value.clone()).unwrap();
            assert_eq!(facts.get(field), value, "{field}");
            let text = value.clone().unwrap().canonical();
            assert_eq!(Value::from_canonical(field, &text), value, "{field}");
        }
        let writable = Field::all(&years).into_iter().filter(|field| field.kind() != Kind::Derived).count();
        assert_eq!(blank.changes_to(&facts).len(), writable);
    }

    #[test]
    fn the_funding_gap_is_exact() {
        let mut facts = ProjectFacts::new("甲".into(), AreaCode::ROOT);
        facts.total = Some(Money::parse("100.000001", Unit::Wan).unwrap());
        facts.sources.insert(Source::Cbi, Money::parse("136.000002", Unit::Wan).unwrap());
        assert_eq!(facts.funding_gap().unwrap().exact(Unit::Wan), "-36.000001");
    }
}
