//! What an estimate of one project is reckoned from: its facts, and figures and decisions that people state for it.
//! Reckons nothing.

use super::kind::{Phase, Population, Unit};
use super::method::Method;
use super::quantity::{Kind, Range};
use crate::money::Money;
use crate::project::{Category, ProjectFacts};
use crate::source::Source;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// A figure that a person may state for a project; without it the coefficient counts, or the method has a gap.
    InputKey {
        /// 生产线
        Lines = "lines",
        /// 每线用工, 岗位
        StaffPerLine = "staff_per_line",
        /// 每岗位投资, 万元
        CostPerPost = "cost_per_post",
        /// 上岗率
        FillRate = "fill_rate",
        /// 搬迁群众占比 of the operation
        TargetShare = "target_share",
        /// 岗位年补贴预算, 万元
        PostBudget = "post_budget",
        /// 岗位月补贴, 元
        PostPay = "post_pay",
        /// 棚（单元）数
        FacilityUnits = "facility_units",
        /// 每单元用工, FTE
        WorkersPerUnit = "workers_per_unit",
        /// 建安投资, 万元: what of the total is works
        Works = "works",
        /// 人工费占比
        LabourShare = "labour_share",
        /// 日工资, 元
        DayWage = "day_wage",
        /// 人均劳务报酬, 万元
        PayPerHead = "pay_per_head",
        /// 搬迁群众占比 of the construction
        BuilderShare = "builder_share",
        /// 无谓损失
        Deadweight = "deadweight",
        /// 替代
        Displacement = "displacement",
        /// 漏出
        Leakage = "leakage",
    }
}

coded! {
    /// What a stated figure is measured in.
    InputUnit {
        Count = "count",
        Wan = "wan",
        Yuan = "yuan",
        /// 0 to 1
        Share = "share",
    }
}

coded! {
    /// Which jobs beyond the direct ones are told. Off until somebody switches it on.
    Multiplier {
        /// Type I: indirect jobs
        TypeOne = "type_one",
        /// Type II: indirect and induced jobs
        TypeTwo = "type_two",
    }
}

/// Figures and decisions of people about one project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inputs {
    pub values: BTreeMap<InputKey, Decimal>,
    /// The method of the operation, where a person chose one.
    pub operation: Option<Method>,
    pub multiplier: Option<Multiplier>,
    pub overrides: Vec<Override>,
}

/// A number that a person puts in the place of the computed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    pub kind: Kind,
    pub range: Range,
    pub reason: String,
}

/// The facts of a project that its estimate stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub category: Option<Category>,
    /// GB/T 4754 division, e.g. `C13`
    pub industry: Option<String>,
    /// 光伏入股分红 and the like
    pub is_dividend: bool,
    pub is_work_relief: bool,
    pub total: Option<Money>,
    /// what the plan takes from central sources
    pub central: Money,
    pub labour_pay: Option<Money>,
    pub households: Option<u32>,
    pub stated: Stated,
}

/// 填报: what the list claims. Shown beside the estimate, never mixed into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// 带动就业（建设期）, 人
    pub construction: Option<u32>,
    /// 带动就业（运营期）, 人
    pub operation: Option<u32>,
    /// 岗位数
    pub posts: Option<u32>,
}

/// Sources of central money.
const CENTRAL: [Source; 3] = [Source::Cbi, Source::Brg, Source::Wfr];
/// 电力、热力生产和供应业
const POWER: &str = "D44";
/// 制造业
const MANUFACTURING: &str = "C";
const SOLAR: &str = "光伏";
/// Words by which a solar project is one of shares or of power.
const INCOME: [&str; 3] = ["分红", "入股", "电站"];

impl InputKey {
    pub const fn unit(self) -> InputUnit {
        match self {
            InputKey::Lines | InputKey::StaffPerLine | InputKey::FacilityUnits | InputKey::WorkersPerUnit => {
                InputUnit::Count
            }
            InputKey::CostPerPost | InputKey::PostBudget | InputKey::Works | InputKey::PayPerHead => {
                InputUnit::Wan
            }
            InputKey::PostPay | InputKey::DayWage => InputUnit::Yuan,
            InputKey::FillRate
            | InputKey::TargetShare
            | InputKey::LabourShare
            | InputKey::BuilderShare
            | InputKey::Deadweight
            | InputKey::Displacement
            | InputKey::Leakage => InputUnit::Share,
        }
    }

    /// Whether an estimate divides by it, so that it may not be zero.
    pub const fn divides(self) -> bool {
        matches!(self, InputKey::CostPerPost | InputKey::PostPay | InputKey::DayWage | InputKey::PayPerHead)
    }

    /// Whether the number is one of this figure's: not negative, a share at most one, decimals that can be kept.
    pub fn takes(self, number: Decimal) -> bool {
        let most = match self.unit() {
            InputUnit::Share => Decimal::ONE,
            InputUnit::Count | InputUnit::Wan | InputUnit::Yuan => Decimal::from(100_000_000),
        };
        let is_least = if self.divides() { number > Decimal::ZERO } else { number >= Decimal::ZERO };
        is_least && number <= most && number.normalize().scale() <= 6
    }
}

impl Inputs {
    pub fn get(&self, key: InputKey) -> Option<Decimal> {
        self.values.get(&key).copied()
    }

    pub fn override_of(&self, kind: Kind) -> Option<&Override> {
        self.overrides.iter().find(|one| one.kind == kind)
    }
}

impl Override {
    /// Numbers that a person may put in the place of computed ones.
    pub fn kinds() -> Vec<Kind> {
        let of = |phase, unit, populations: &[Population]| {
            populations
                .iter()
                .map(move |population| Kind::direct(phase, unit, *population))
                .collect::<Vec<_>>()
        };
        [
            of(Phase::Construction, Unit::Person, Population::ALL),
            of(Phase::Construction, Unit::Fte, &[Population::All]),
            of(Phase::Operation, Unit::Post, Population::ALL),
            of(Phase::Operation, Unit::Fte, &[Population::All]),
        ]
        .concat()
    }
}

impl Basis {
    pub fn of(facts: &ProjectFacts) -> Basis {
        let central = CENTRAL.iter().filter_map(|source| facts.sources.get(source).copied());
        Basis {
            category: facts.category,
            industry: facts.industry.clone(),
            is_dividend: is_dividend(facts),
            is_work_relief: facts.work_relief == Some(true) || facts.sources.contains_key(&Source::Wfr),
            total: facts.total,
            central: Money::sum(central).unwrap_or(Money::MAX),
            labour_pay: facts.labour_pay,
            households: facts.households,
            stated: Stated {
                construction: facts.jobs_construction,
                operation: facts.jobs_operation,
                posts: facts.posts,
            },
        }
    }
}

/// Makes power, or says 光伏 together with what is done with its income. Whoever makes or packs solar panels (C) has a
/// factory, and a greenhouse with a solar roof is a greenhouse.
fn is_dividend(facts: &ProjectFacts) -> bool {
    let texts = [Some(&facts.name), facts.content.as_ref()];
    let says = |word: &str| texts.iter().flatten().any(|text| text.contains(word));
    let is_of = |section: &str| facts.industry.as_ref().is_some_and(|code| code.starts_with(section));
    is_of(POWER) || (says(SOLAR) && INCOME.iter().any(|word| says(word)) && !is_of(MANUFACTURING))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaCode;
    use crate::money::Unit as MoneyUnit;

    #[test]
    fn shares_end_at_one_and_divisors_begin_above_nothing() {
        assert!(InputKey::TargetShare.takes(Decimal::ONE));
        assert!(!InputKey::TargetShare.takes(Decimal::new(1001, 3)));
        assert!(!InputKey::PayPerHead.takes(Decimal::ZERO));
        assert!(InputKey::Lines.takes(Decimal::ZERO));
        assert!(!InputKey::Lines.takes(Decimal::NEGATIVE_ONE));
    }

    #[test]
    fn the_facts_give_central_money_and_say_what_only_pays_dividends() {
        let mut facts = ProjectFacts::new("村级光伏电站".into(), AreaCode::ROOT);
        facts.sources.insert(Source::Cbi, Money::parse("370", MoneyUnit::Wan).unwrap());
        facts.sources.insert(Source::Loc, Money::parse("28", MoneyUnit::Wan).unwrap());
        let basis = Basis::of(&facts);
        assert!(basis.is_dividend && !basis.is_work_relief);
        assert_eq!(basis.central.wan(), "370.00");
        facts.sources.insert(Source::Wfr, Money::ZERO);
        assert!(Basis::of(&facts).is_work_relief);
    }

    #[test]
    fn a_word_alone_makes_no_dividend() {
        let of = |name: &str, content: &str, industry: &str| {
            let mut facts = ProjectFacts::new(name.into(), AreaCode::ROOT);
            facts.content = Some(content.into());
            facts.industry = (!industry.is_empty()).then(|| industry.to_owned());
            Basis::of(&facts).is_dividend
        };
        assert!(
            of("光伏项目", "收益入股分红", "") && of("入股", "村级光伏电站", "") && of("水电", "", "D44")
        );
        assert!(!of("光伏组件厂", "生产组件，供应电站", "C38"), "a factory of panels has posts");
        assert!(!of("设施农业", "大棚配光伏板", "A01") && !of("光伏路灯", "", "") && !of("分红", "入股", ""));
    }

    #[test]
    fn inputs_read_back_and_old_ones_lack_what_came_later() {
        let mut inputs = Inputs { multiplier: Some(Multiplier::TypeOne), ..Inputs::default() };
        inputs.values.insert(InputKey::Lines, Decimal::from(3));
        let text = serde_json::to_string(&inputs).unwrap();
        assert_eq!(serde_json::from_str::<Inputs>(&text).unwrap(), inputs);
        assert_eq!(serde_json::from_str::<Inputs>("{}").unwrap(), Inputs::default());
    }
}
