//! Labels of what funding sources are about: what money is for, how well a rule is founded.

use crate::{Locale, t};
use domain::fund::Rule;
use domain::mark::Mark;
use domain::usage::Use;

/// What money is for (用途).
pub fn usage(locale: Locale, value: Use) -> &'static str {
    match value {
        Use::PublicCapital => t!(locale, fund.use_public_capital),
        Use::ProjectCapital => t!(locale, fund.use_project_capital),
        Use::ServiceFacility => t!(locale, fund.use_service_facility),
        Use::SmallWorks => t!(locale, fund.use_small_works),
        Use::Industry => t!(locale, fund.use_industry),
        Use::WorkRelief => t!(locale, fund.use_work_relief),
        Use::LabourSubsidy => t!(locale, fund.use_labour_subsidy),
        Use::PublicPost => t!(locale, fund.use_public_post),
        Use::Training => t!(locale, fund.use_training),
        Use::Interest => t!(locale, fund.use_interest),
        Use::LabourPay => t!(locale, fund.use_labour_pay),
        Use::Management => t!(locale, fund.use_management),
        Use::RelocationDebt => t!(locale, fund.use_relocation_debt),
        Use::Operations => t!(locale, fund.use_operations),
        Use::Wages => t!(locale, fund.use_wages),
        Use::UnitCosts => t!(locale, fund.use_unit_costs),
        Use::Vehicles => t!(locale, fund.use_vehicles),
        Use::OfficeBuildings => t!(locale, fund.use_office_buildings),
        Use::Bonuses => t!(locale, fund.use_bonuses),
        Use::DebtRepayment => t!(locale, fund.use_debt_repayment),
        Use::Advances => t!(locale, fund.use_advances),
        Use::ImageProject => t!(locale, fund.use_image_project),
        Use::RealEstate => t!(locale, fund.use_real_estate),
        Use::ThemePark => t!(locale, fund.use_theme_park),
        Use::Competitive => t!(locale, fund.use_competitive),
        Use::Works => t!(locale, fund.use_works),
        Use::Equipment => t!(locale, fund.use_equipment),
        Use::Services => t!(locale, fund.use_services),
        Use::Land => t!(locale, fund.use_land),
    }
}

/// How well a rule is founded.
pub fn mark(locale: Locale, value: Mark) -> &'static str {
    match value {
        Mark::Law => t!(locale, fund.mark_law),
        Mark::Found => t!(locale, fund.mark_found),
        Mark::Known => t!(locale, fund.mark_known),
    }
}

/// What a rule of a source is about.
pub fn rule_kind(locale: Locale, rule: &Rule) -> &'static str {
    match rule {
        Rule::Allows { .. } => t!(locale, fund.kind_allows),
        Rule::Forbids { .. } => t!(locale, fund.kind_forbids),
        Rule::IndustryShare { .. } => t!(locale, fund.kind_industry_share),
        Rule::LabourShare { .. } => t!(locale, fund.kind_labour_share),
        Rule::ManagementShare { .. } => t!(locale, fund.kind_management_share),
        Rule::CapPerProject { .. } => t!(locale, fund.kind_cap_per_project),
        Rule::Revenue => t!(locale, fund.kind_revenue),
        Rule::PassOn { .. } => t!(locale, fund.kind_pass_on),
        Rule::SpendWithin { .. } => t!(locale, fund.kind_spend_within),
        Rule::Publish { .. } => t!(locale, fund.kind_publish),
        Rule::NoDemandedMatching => t!(locale, fund.kind_no_demanded_matching),
        Rule::OwnDocument => t!(locale, fund.kind_own_document),
        Rule::Traceable => t!(locale, fund.kind_traceable),
        Rule::Stated => t!(locale, fund.kind_stated),
    }
}
