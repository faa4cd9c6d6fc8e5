//! The formulas of the two phases, of linked households, and of what an estimate is compared with.

use super::{Line, Work};
use crate::jobs::coefficient::Key;
use crate::jobs::formula::{Factor, Formula, Gap, wan};
use crate::jobs::input::InputKey;
use crate::jobs::kind::{Phase, Population, Unit};
use crate::jobs::method::Method;
use crate::jobs::quantity::{Kind, Quantity};
use crate::project::Category;
use rust_decimal::Decimal;

/// 万元 in a million 元.
const WAN_PER_MILLION: Decimal = Decimal::ONE_HUNDRED;
/// 万元 in 亿元, and 元 in 万元.
const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
/// Months of a year.
const MONTHS: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

impl Work<'_> {
    pub fn construction(&self) -> Result<Vec<Line>, Gap> {
        let method = Method::of_construction(self.basis, &self.inputs)?;
        if method == Method::LabourCost {
            return self.labour_cost();
        }
        let (method, people) = if method == Method::KeyWorks {
            (method, self.key_works()?)
        } else {
            self.larger_of_relief_and_works()?
        };
        let people = self.overridden(self.line(Phase::Construction, Unit::Person, method, people)?);
        let kind = Kind::direct(Phase::Construction, Unit::Fte, Population::All);
        let years = Work::follows(&people, kind, method, |formula| {
            formula.times_key(self.coefficients, Key::ReliefFte)
        })?;
        Ok(vec![people, years])
    }

    /// Cost × λ ÷ wage: years of work and days; people only where the pay per head is stated.
    fn labour_cost(&self) -> Result<Vec<Line>, Gap> {
        let pay = self.labour_pay()?;
        let line = |unit, formula| self.line(Phase::Construction, unit, Method::LabourCost, formula);
        let kind = |unit| Kind::direct(Phase::Construction, unit, Population::All);
        let yuan = pay.clone().times(Factor::YuanPerWan, TEN_THOUSAND);
        let mut lines = Vec::with_capacity(3);
        if let Some(wage) = self.inputs.get(InputKey::DayWage) {
            let days = line(Unit::WorkDay, yuan.over(Factor::Stated { input: InputKey::DayWage }, wage))?;
            let years = Work::follows(&days, kind(Unit::Fte), Method::LabourCost, |formula| {
                formula.over_key(self.coefficients, Key::WorkDays)
            })?;
            let years = self.overridden(years);
            // Whose years are a person's, his days follow from them and no longer from the wage of a day.
            let days = if years.is_by_hand { self.days_of(&years)? } else { days };
            lines.extend([years, days]);
        } else {
            let year = yuan.over_key(self.coefficients, Key::ConstructionWage)?.over(Factor::Months, MONTHS);
            let years = self.overridden(line(Unit::Fte, year)?);
            let days = self.days_of(&years)?;
            lines.extend([years, days]);
        }
        if let Some(head) = self.inputs.get(InputKey::PayPerHead) {
            lines.push(line(Unit::Person, pay.over(Factor::Stated { input: InputKey::PayPerHead }, head))?);
        }
        Ok(lines)
    }

    fn days_of(&self, years: &Line) -> Result<Line, Gap> {
        let kind = Kind::direct(Phase::Construction, Unit::WorkDay, Population::All);
        Work::follows(years, kind, Method::LabourCost, |formula| {
            formula.times_key(self.coefficients, Key::WorkDays)
        })
    }

    /// Labour pay of ordinary works, 万元.
    fn labour_pay(&self) -> Result<Formula, Gap> {
        let cost = match self.inputs.get(InputKey::Works) {
            Some(works) => Formula::default().times(Factor::Stated { input: InputKey::Works }, works),
            None => self.total()?,
        };
        if let Some(share) = self.inputs.get(InputKey::LabourShare) {
            return Ok(cost.times(Factor::Stated { input: InputKey::LabourShare }, share));
        }
        let key = match self.basis.category.ok_or(Gap::Category)? {
            Category::Infrastructure => Key::RuralLabourShare,
            Category::ProductiveIndustry
            | Category::LivingIndustry
            | Category::Employment
            | Category::PublicService
            | Category::Governance
            | Category::Housing => Key::BuildingLabourShare,
        };
        cost.times_key(self.coefficients, key)
    }

    fn total(&self) -> Result<Formula, Gap> {
        Ok(Formula::default().times_money(Factor::Total, self.basis.total.ok_or(Gap::Total)?))
    }

    /// A little central money in large works says less than the works themselves, so both are reckoned and the larger
    /// counts: no project loses jobs by getting money.
    fn larger_of_relief_and_works(&self) -> Result<(Method, Formula), Gap> {
        let relief = self.relief()?;
        let Ok(works) = self.key_works() else { return Ok((Method::WorkRelief, relief)) };
        let works_lead = works.exact()?[1] > relief.exact()?[1];
        let method = if works_lead { Method::KeyWorks } else { Method::WorkRelief };
        Ok((method, relief.or_larger(works)?))
    }

    fn key_works(&self) -> Result<Formula, Gap> {
        let people = self.total()?.times_key(self.coefficients, Key::KeyProjectPeople)?;
        Ok(people.over(Factor::WanPerYi, TEN_THOUSAND))
    }

    /// Pay ÷ pay per head. The pay is what was promised, but never below the floor of the law; without a promise it is
    /// the usual share of central money.
    fn relief(&self) -> Result<Formula, Gap> {
        let key = Key::ReliefPayShare;
        let floor = self.coefficients.get(key).ok_or(Gap::Coefficient { key })?.low;
        let central = || Formula::default().times_money(Factor::Central, self.basis.central);
        let pay = match self.basis.labour_pay {
            None => central().times_key(self.coefficients, key)?,
            Some(promised) => {
                let least = wan(self.basis.central).checked_mul(floor).ok_or(Gap::TooLarge)?;
                if wan(promised) < least {
                    central().times(Factor::Floor { key }, floor)
                } else {
                    Formula::default().times_money(Factor::PromisedPay, promised)
                }
            }
        };
        match self.inputs.get(InputKey::PayPerHead) {
            Some(head) => Ok(pay.over(Factor::Stated { input: InputKey::PayPerHead }, head)),
            None => pay.over_key(self.coefficients, Key::ReliefPayPerHead),
        }
    }

    pub fn operation(&self) -> Result<Vec<Line>, Gap> {
        let method = Method::of_operation(self.basis, &self.inputs)?;
        let stated = |input| self.inputs.get(input).ok_or(Gap::Input { input });
        let term = |formula: Formula, input| Ok(formula.times(Factor::Stated { input }, stated(input)?));
        let start = Formula::default;
        let (unit, formula) = match method {
            Method::Capacity => (Unit::Post, term(term(start(), InputKey::Lines)?, InputKey::StaffPerLine)?),
            Method::CostPerPost => {
                let input = InputKey::CostPerPost;
                (Unit::Post, self.total()?.over(Factor::Stated { input }, stated(input)?))
            }
            Method::Workshop => (Unit::Post, self.per_million(Key::WorkshopPosts)?),
            Method::Commerce => (Unit::Post, self.per_million(Key::CommercePosts)?),
            Method::FundedPosts => {
                let input = InputKey::PostPay;
                let budget = term(start(), InputKey::PostBudget)?.times(Factor::YuanPerWan, TEN_THOUSAND);
                let posts = budget.over(Factor::Stated { input }, stated(input)?);
                (Unit::Post, posts.over(Factor::Months, MONTHS))
            }
            Method::Facility => {
                let units = term(start(), InputKey::FacilityUnits)?;
                let workers = match self.inputs.get(InputKey::WorkersPerUnit) {
                    Some(_) => term(units, InputKey::WorkersPerUnit)?,
                    None => units.times_key(self.coefficients, Key::GreenhouseFte)?,
                };
                (Unit::Fte, workers)
            }
            Method::Dividend => (Unit::Post, start().times_key(self.coefficients, Key::SolarPosts)?),
            // Methods of the construction, or of no phase at all, which nobody may choose here.
            Method::LabourCost
            | Method::WorkRelief
            | Method::KeyWorks
            | Method::Multiplier
            | Method::Manual => return Err(Gap::Staffing),
        };
        Ok(vec![self.line(Phase::Operation, unit, method, formula)?])
    }

    fn per_million(&self, key: Key) -> Result<Formula, Gap> {
        Ok(self.total()?.times_key(self.coefficients, key)?.over(Factor::WanPerMillion, WAN_PER_MILLION))
    }

    /// 带动户: linked to a facility, an industry or an income; told apart, in a unit that nothing else has.
    pub fn households(&self) -> Option<Line> {
        let number = self.basis.households?;
        let method = Method::of_operation(self.basis, &self.inputs).ok();
        let is_industry = self.basis.category.is_some_and(Category::is_industry);
        let links = matches!(method, Some(Method::Facility | Method::Dividend)) || is_industry;
        let formula = Formula::default().times(Factor::Households, Decimal::from(number));
        let kind = Kind::direct(Phase::Operation, Unit::Household, Population::All);
        let range = formula.range().ok().filter(|_| links)?;
        let method = if method == Some(Method::Dividend) { Method::Dividend } else { Method::Facility };
        Some(Line::reckoned(Quantity { kind, range }, method, formula))
    }

    /// Other lines of the table about the same project.
    pub fn benchmarks(&self) -> Vec<Line> {
        let mut found = Vec::new();
        let mut add = |phase, unit, method, formula: Result<Formula, Gap>| {
            let line = formula.and_then(|formula| {
                let kind = Kind::direct(phase, unit, Population::All);
                let quantity = Quantity { kind, range: formula.range()? };
                Ok(Line::reckoned(quantity, method, formula))
            });
            found.extend(line);
        };
        match Method::of_construction(self.basis, &self.inputs) {
            Ok(method @ Method::WorkRelief) => {
                let central = Formula::default().times_money(Factor::Central, self.basis.central);
                let people = central.times_key(self.coefficients, Key::ReliefPeople);
                let people = people.map(|people| people.over(Factor::WanPerMillion, WAN_PER_MILLION));
                add(Phase::Construction, Unit::Person, method, people);
            }
            Ok(method @ Method::LabourCost) => {
                let years = self.per_million(Key::PublicWorksJobYears);
                add(Phase::Construction, Unit::Fte, method, years);
            }
            Ok(_) | Err(_) => {}
        }
        let is_industry = self.basis.category.is_some_and(Category::is_industry);
        if is_industry && !self.basis.is_dividend {
            let posts = Formula::default().times_key(self.coefficients, Key::IndustryBenchmark);
            add(Phase::Operation, Unit::Post, Method::Workshop, posts);
        }
        found
    }
}
