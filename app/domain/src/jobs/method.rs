//! By which method a project is reckoned: a stated rule over its category, 以工代赈, industry and the figures stated.
//! Reckons nothing itself.

use super::formula::Gap;
use super::input::{Basis, InputKey, Inputs};
use crate::money::Money;
use crate::project::Category;
use serde::{Deserialize, Serialize};

coded! {
    /// A way to estimate (domain.md C4.2).
    Method {
        /// cost × labour share ÷ wage
        LabourCost = "labour_cost",
        /// 以工代赈: pay ÷ pay per head
        WorkRelief = "work_relief",
        /// 重点工程 that take 以工代赈: people per 亿元
        KeyWorks = "key_works",
        /// lines × staff; also a staffing plan of services
        Capacity = "capacity",
        /// investment ÷ cost per post
        CostPerPost = "cost_per_post",
        /// 帮扶车间: posts per million
        Workshop = "workshop",
        /// cold chain, commerce: posts per million
        Commerce = "commerce",
        /// 公益性岗位: budget ÷ pay of a year
        FundedPosts = "funded_posts",
        /// units × workers a unit; households apart
        Facility = "facility",
        /// shares of income: households, no jobs
        Dividend = "dividend",
        /// what multipliers add
        Multiplier = "multiplier",
        /// only a person's number
        Manual = "manual",
    }
}

impl Method {
    /// Those that a person may choose for the operation.
    pub const OPERATION: [Method; 7] = [
        Method::Capacity,
        Method::CostPerPost,
        Method::Workshop,
        Method::Commerce,
        Method::FundedPosts,
        Method::Facility,
        Method::Dividend,
    ];

    /// Construction: 以工代赈 goes by its pay, or as key works where that is more or nothing is known of pay and central
    /// money; all other works go by labour's share of their cost.
    pub fn of_construction(basis: &Basis, inputs: &Inputs) -> Result<Method, Gap> {
        if Method::is_dividend(basis, inputs) {
            return Err(Gap::IncomeOnly);
        }
        if basis.is_work_relief {
            let pays = basis.central > Money::ZERO || basis.labour_pay.is_some();
            return Ok(if pays { Method::WorkRelief } else { Method::KeyWorks });
        }
        let is_known = basis.category.is_some() || inputs.get(InputKey::LabourShare).is_some();
        if is_known { Ok(Method::LabourCost) } else { Err(Gap::Category) }
    }

    /// Operation: what a person chose; else what the stated figures allow, the most exact first; else by category and
    /// industry.
    pub fn of_operation(basis: &Basis, inputs: &Inputs) -> Result<Method, Gap> {
        if let Some(chosen) = inputs.operation {
            return Ok(chosen);
        }
        let has = |keys: &[InputKey]| keys.iter().all(|key| inputs.get(*key).is_some());
        if has(&[InputKey::Lines, InputKey::StaffPerLine]) {
            Ok(Method::Capacity)
        } else if has(&[InputKey::PostBudget, InputKey::PostPay]) {
            Ok(Method::FundedPosts)
        } else if has(&[InputKey::FacilityUnits]) {
            Ok(Method::Facility)
        } else if basis.is_dividend {
            Ok(Method::Dividend)
        } else if has(&[InputKey::CostPerPost]) {
            Ok(Method::CostPerPost)
        } else {
            Method::of_industry(basis)
        }
    }

    /// By the section of GB/T 4754 that the code begins with; projects without one are told by their category.
    fn of_industry(basis: &Basis) -> Result<Method, Gap> {
        let section = basis.industry.as_ref().and_then(|code| code.chars().next());
        match (basis.category.ok_or(Gap::Category)?, section) {
            (Category::ProductiveIndustry | Category::LivingIndustry, Some('A')) => Err(Gap::Units),
            (
                Category::ProductiveIndustry | Category::LivingIndustry,
                // Trade, transport and storage, catering, services to residents.
                Some('F' | 'G' | 'H' | 'O'),
            )
            | (Category::LivingIndustry, None) => Ok(Method::Commerce),
            (Category::ProductiveIndustry | Category::LivingIndustry | Category::Employment, Some('C'))
            | (Category::ProductiveIndustry, None) => Ok(Method::Workshop),
            (Category::ProductiveIndustry | Category::LivingIndustry, Some(_))
            | (Category::Employment, _)
            | (
                Category::Infrastructure | Category::PublicService | Category::Governance | Category::Housing,
                _,
            ) => Err(Gap::Staffing),
        }
    }

    fn is_dividend(basis: &Basis, inputs: &Inputs) -> bool {
        match inputs.operation {
            Some(chosen) => chosen == Method::Dividend,
            None => basis.is_dividend,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn of(category: Category, industry: Option<&str>) -> Result<Method, Gap> {
        let basis =
            Basis { category: Some(category), industry: industry.map(str::to_owned), ..Basis::default() };
        Method::of_operation(&basis, &Inputs::default())
    }

    #[test]
    fn category_and_industry_choose_the_method_of_the_operation() {
        assert_eq!(of(Category::ProductiveIndustry, Some("C13")), Ok(Method::Workshop));
        assert_eq!(of(Category::ProductiveIndustry, Some("G59")), Ok(Method::Commerce));
        assert_eq!(of(Category::ProductiveIndustry, Some("A01")), Err(Gap::Units));
        assert_eq!(of(Category::LivingIndustry, None), Ok(Method::Commerce));
        assert_eq!(of(Category::Employment, Some("C18")), Ok(Method::Workshop));
        assert_eq!(of(Category::Employment, None), Err(Gap::Staffing));
        assert_eq!(of(Category::PublicService, None), Err(Gap::Staffing));
        assert_eq!(Method::of_operation(&Basis::default(), &Inputs::default()), Err(Gap::Category));
    }

    #[test]
    fn stated_figures_go_before_the_category_and_a_choice_before_both() {
        let basis = Basis { category: Some(Category::PublicService), ..Basis::default() };
        let mut inputs = Inputs::default();
        inputs.values.insert(InputKey::Lines, Decimal::ONE);
        assert_eq!(Method::of_operation(&basis, &inputs), Err(Gap::Staffing));
        inputs.values.insert(InputKey::StaffPerLine, Decimal::TEN);
        assert_eq!(Method::of_operation(&basis, &inputs), Ok(Method::Capacity));
        inputs.operation = Some(Method::Dividend);
        assert_eq!(Method::of_operation(&basis, &inputs), Ok(Method::Dividend));
        assert_eq!(Method::of_construction(&basis, &inputs), Err(Gap::IncomeOnly));
    }

    #[test]
    fn work_relief_without_money_or_pay_counts_as_key_works() {
        let mut basis = Basis { is_work_relief: true, ..Basis::default() };
        let inputs = Inputs::default();
        assert_eq!(Method::of_construction(&basis, &inputs), Ok(Method::KeyWorks));
        basis.labour_pay = Some(Money::ZERO);
        assert_eq!(Method::of_construction(&basis, &inputs), Ok(Method::WorkRelief));
    }
}
