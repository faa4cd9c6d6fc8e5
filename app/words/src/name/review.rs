//! Labels of the review: rules, facts, parameters, purposes, states. By exhaustive match, like all labels.

use super::{field, source};
use crate::{Locale, t};
use domain::review::name::FactName;
use domain::review::parameter::ParameterName;
use domain::review::rule::{Level, RuleCode};
use domain::review::workflow::StateName;

/// What a rule is called.
pub fn rule(l: Locale, value: RuleCode) -> &'static str {
    match value {
        RuleCode::R01 => t!(l, review.rule_r01),
        RuleCode::R02 => t!(l, review.rule_r02),
        RuleCode::R03 => t!(l, review.rule_r03),
        RuleCode::R04 => t!(l, review.rule_r04),
        RuleCode::R05 => t!(l, review.rule_r05),
        RuleCode::R06 => t!(l, review.rule_r06),
        RuleCode::R07 => t!(l, review.rule_r07),
        RuleCode::R08 => t!(l, review.rule_r08),
        RuleCode::R09 => t!(l, review.rule_r09),
        RuleCode::R10 => t!(l, review.rule_r10),
        RuleCode::R11 => t!(l, review.rule_r11),
        RuleCode::R12 => t!(l, review.rule_r12),
        RuleCode::R13 => t!(l, review.rule_r13),
        RuleCode::R14 => t!(l, review.rule_r14),
        RuleCode::R15 => t!(l, review.rule_r15),
        RuleCode::R16 => t!(l, review.rule_r16),
        RuleCode::R17 => t!(l, review.rule_r17),
        RuleCode::R18 => t!(l, review.rule_r18),
        RuleCode::R19 => t!(l, review.rule_r19),
        RuleCode::R20 => t!(l, review.rule_r20),
        RuleCode::R21 => t!(l, review.rule_r21),
        RuleCode::R22 => t!(l, review.rule_r22),
        RuleCode::R23 => t!(l, review.rule_r23),
        RuleCode::R24 => t!(l, review.rule_r24),
        RuleCode::R25 => t!(l, review.rule_r25),
        RuleCode::R26 => t!(l, review.rule_r26),
        RuleCode::R27 => t!(l, review.rule_r27),
        RuleCode::R28 => t!(l, review.rule_r28),
        RuleCode::R29 => t!(l, review.rule_r29),
        RuleCode::R30 => t!(l, review.rule_r30),
        RuleCode::R31 => t!(l, review.rule_r31),
        RuleCode::R32 => t!(l, review.rule_r32),
        RuleCode::R33 => t!(l, review.rule_r33),
        RuleCode::R34 => t!(l, review.rule_r34),
        RuleCode::R35 => t!(l, review.rule_r35),
        RuleCode::R36 => t!(l, review.rule_r36),
        RuleCode::R37 => t!(l, review.rule_r37),
        RuleCode::R38 => t!(l, review.rule_r38),
        RuleCode::R39 => t!(l, review.rule_r39),
        RuleCode::R40 => t!(l, review.rule_r40),
        RuleCode::R41 => t!(l, review.rule_r41),
        RuleCode::R42 => t!(l, review.rule_r42),
        RuleCode::R43 => t!(l, review.rule_r43),
        RuleCode::R44 => t!(l, review.rule_r44),
        RuleCode::R45 => t!(l, review.rule_r45),
        RuleCode::R46 => t!(l, review.rule_r46),
    }
}

/// A fact that rules use.
#[expect(clippy::too_many_lines, reason = "one table: a fact a line")]
pub fn fact(l: Locale, value: FactName) -> String {
    let own = match value {
        FactName::Field(item) => return field(l, item),
        FactName::SourcePlan => t!(l, review.fact_source_plan),
        FactName::Estimate => t!(l, review.fact_estimate),
        FactName::DesignEstimate => t!(l, review.fact_design_estimate),
        FactName::Reapproval => t!(l, review.fact_reapproval),
        FactName::Contracts => t!(l, review.fact_contracts),
        FactName::ContractSum => t!(l, review.fact_contract_sum),
        FactName::ContractSupplements => t!(l, review.fact_contract_supplements),
        FactName::StartedOn => t!(l, review.fact_started_on),
        FactName::FinishedOn => t!(l, review.fact_finished_on),
        FactName::AcceptedOn => t!(l, review.fact_accepted_on),
        FactName::SettledOn => t!(l, review.fact_settled_on),
        FactName::SettlementAmount => t!(l, review.fact_settlement_amount),
        FactName::Surplus => t!(l, review.fact_surplus),
        FactName::LibraryEntry => t!(l, review.fact_library_entry),
        FactName::Issued => t!(l, review.fact_issued),
        FactName::Received => t!(l, review.fact_received),
        FactName::Disbursed => t!(l, review.fact_disbursed),
        FactName::Paid => t!(l, review.fact_paid),
        FactName::Recovered => t!(l, review.fact_recovered),
        FactName::RecoveredIssued => t!(l, review.fact_recovered_issued),
        FactName::RecoveredReceived => t!(l, review.fact_recovered_received),
        FactName::RecoveredDisbursed => t!(l, review.fact_recovered_disbursed),
        FactName::FirstIssuedOn => t!(l, review.fact_first_issued_on),
        FactName::FirstReceivedOn => t!(l, review.fact_first_received_on),
        FactName::FirstDisbursedOn => t!(l, review.fact_first_disbursed_on),
        FactName::LastDisbursedOn => t!(l, review.fact_last_disbursed_on),
        FactName::OldestUnspentReceipt => t!(l, review.fact_oldest_unspent_receipt),
        FactName::Today => t!(l, review.fact_today),
        FactName::MonthsElapsed => t!(l, review.fact_months_elapsed),
        FactName::BudgetYear => t!(l, review.fact_budget_year),
        FactName::BudgetYearEnd => t!(l, review.fact_budget_year_end),
        FactName::MatchReceived => t!(l, review.fact_match_received),
        FactName::MainReceived => t!(l, review.fact_main_received),
        FactName::MainPlan => t!(l, review.fact_main_plan),
        FactName::FundingSource => t!(l, review.fact_funding_source),
        FactName::Purpose => t!(l, review.fact_purpose),
        FactName::Payee => t!(l, review.fact_payee),
        FactName::Voucher => t!(l, review.fact_voucher),
        FactName::Invoice => t!(l, review.fact_invoice),
        FactName::AdjustmentDocument => t!(l, review.fact_adjustment_document),
        FactName::Amount => t!(l, review.fact_amount),
        FactName::EntryDate => t!(l, review.fact_entry_date),
        FactName::EarlierDate => t!(l, review.fact_earlier_date),
        FactName::EarlierEntry => t!(l, review.fact_earlier_entry),
        FactName::CodeForm => t!(l, review.fact_code_form),
        FactName::CodeMonth => t!(l, review.fact_code_month),
        FactName::CodeCheckDigit => t!(l, review.fact_code_check_digit),
        FactName::CodeArea => t!(l, review.fact_code_area),
        FactName::ExpectedRevenue => t!(l, review.fact_expected_revenue),
        FactName::MatchBasis => t!(l, review.fact_match_basis),
        FactName::PromisedShare => t!(l, review.fact_promised_share),
        FactName::PeoplePaid => t!(l, review.fact_people_paid),
        FactName::SitePeople => t!(l, review.fact_site_people),
        FactName::SiteHouseholds => t!(l, review.fact_site_households),
        FactName::SiteLabour => t!(l, review.fact_site_labour),
        FactName::SiteEmployed => t!(l, review.fact_site_employed),
        FactName::CompletedValue => t!(l, review.fact_completed_value),
        FactName::PaymentTerms => t!(l, review.fact_payment_terms),
        FactName::WageList => t!(l, review.fact_wage_list),
        FactName::Retention => t!(l, review.fact_retention),
        FactName::RetentionDue => t!(l, review.fact_retention_due),
        FactName::PublicNotice => t!(l, review.fact_public_notice),
        FactName::ActualJobs => t!(l, review.fact_actual_jobs),
        FactName::JobsCumulative => t!(l, review.fact_jobs_cumulative),
        FactName::ReturnMonth => t!(l, review.fact_return_month),
        FactName::WorkerIds => t!(l, review.fact_worker_ids),
        FactName::LoanId => t!(l, review.fact_loan_id),
        FactName::InterestDue => t!(l, review.fact_interest_due),
        FactName::UnitCost => t!(l, review.fact_unit_cost),
        FactName::CostStandard => t!(l, review.fact_cost_standard),
        FactName::Similarity => t!(l, review.fact_similarity),
        FactName::OtherProject => t!(l, review.fact_other_project),
        FactName::IndustryAmount => t!(l, review.fact_industry_amount),
        FactName::SourceAmount => t!(l, review.fact_source_amount),
        FactName::ManagementFee => t!(l, review.fact_management_fee),
        FactName::DueDate => t!(l, review.fact_due_date),
        FactName::ReportedOn => t!(l, review.fact_reported_on),
        FactName::Evidence => t!(l, review.fact_evidence),
        FactName::RectifyingUnit => t!(l, review.fact_rectifying_unit),
        FactName::OrderedRule => t!(l, review.fact_ordered_rule),
        FactName::AssetRecord => t!(l, review.fact_asset_record),
        FactName::SourceSum => t!(l, review.fact_source_sum),
        FactName::YearSum => t!(l, review.fact_year_sum),
        FactName::PostsFilled => t!(l, review.fact_posts_filled),
        FactName::Parameter => t!(l, review.fact_parameter),
        FactName::ComputableResult => t!(l, review.fact_computable_result),
        FactName::ComparableAmounts => t!(l, review.fact_comparable_amounts),
    };
    own.to_owned()
}

/// A parameter of an edition.
pub fn parameter(l: Locale, value: ParameterName) -> String {
    let plain = match value {
        ParameterName::Forbidden(item) => return t!(l, review.param_forbidden, source = source(l, item)),
        ParameterName::Node(month) => return t!(l, review.param_node, month = month),
        ParameterName::MostRatio => t!(l, review.param_most_ratio),
        ParameterName::LeastRatio => t!(l, review.param_least_ratio),
        ParameterName::Tolerance => t!(l, review.param_tolerance),
        ParameterName::Days => t!(l, review.param_days),
        ParameterName::RedDays => t!(l, review.param_red_days),
        ParameterName::TargetDays => t!(l, review.param_target_days),
        ParameterName::Months => t!(l, review.param_months),
        ParameterName::SettlementMonths => t!(l, review.param_settlement_months),
        ParameterName::Years => t!(l, review.param_years),
        ParameterName::Factor => t!(l, review.param_factor),
        ParameterName::LeastPay => t!(l, review.param_least_pay),
        ParameterName::MostPay => t!(l, review.param_most_pay),
        ParameterName::WorksThreshold => t!(l, review.param_works_threshold),
        ParameterName::GoodsThreshold => t!(l, review.param_goods_threshold),
        ParameterName::ServicesThreshold => t!(l, review.param_services_threshold),
        ParameterName::Sources => t!(l, review.param_sources),
        ParameterName::Purposes => t!(l, review.param_purposes),
    };
    plain.to_owned()
}

/// Where a finding stands.
pub fn finding_state(l: Locale, value: StateName) -> &'static str {
    match value {
        StateName::Pending => t!(l, review.state_pending),
        StateName::Verified => t!(l, review.state_verified),
        StateName::Dismissed => t!(l, review.state_dismissed),
        StateName::Rectifying => t!(l, review.state_rectifying),
        StateName::Rectified => t!(l, review.state_rectified),
        StateName::Closed => t!(l, review.state_closed),
        StateName::Vanished => t!(l, review.state_vanished),
    }
}

/// How grave a finding is.
pub fn finding_level(l: Locale, value: Level) -> &'static str {
    match value {
        Level::Hint => t!(l, review.level_hint),
        Level::Warning => t!(l, review.level_warning),
        Level::Red => t!(l, review.level_red),
    }
}
