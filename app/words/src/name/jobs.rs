//! Labels of job estimates: what is counted, how it is reckoned, what a figure or a coefficient is.

use crate::{Locale, t};
use domain::jobs::coefficient::{Key, Measure};
use domain::jobs::comparison;
use domain::jobs::edition::State;
use domain::jobs::input::{InputKey, Multiplier};
use domain::jobs::kind::{Layer, Phase, Population, Unit};
use domain::jobs::method::Method;

/// 建设期 or 运营期.
pub fn phase(l: Locale, value: Phase) -> &'static str {
    match value {
        Phase::Construction => t!(l, jobs.phase_construction),
        Phase::Operation => t!(l, jobs.phase_operation),
    }
}

/// How near to the project.
pub fn layer(l: Locale, value: Layer) -> &'static str {
    match value {
        Layer::Direct => t!(l, jobs.layer_direct),
        Layer::Indirect => t!(l, jobs.layer_indirect),
        Layer::Induced => t!(l, jobs.layer_induced),
    }
}

/// What is counted.
pub fn unit(l: Locale, value: Unit) -> &'static str {
    match value {
        Unit::Person => t!(l, jobs.unit_person),
        Unit::Post => t!(l, jobs.unit_post),
        Unit::Visit => t!(l, jobs.unit_visit),
        Unit::Fte => t!(l, jobs.unit_fte),
        Unit::WorkDay => t!(l, jobs.unit_work_day),
        Unit::Household => t!(l, jobs.unit_household),
    }
}

/// Whose work it is.
pub fn population(l: Locale, value: Population) -> &'static str {
    match value {
        Population::All => t!(l, jobs.population_all),
        Population::Relocated => t!(l, jobs.population_relocated),
        Population::Poor => t!(l, jobs.population_poor),
    }
}

/// How a number was reckoned.
pub fn method(l: Locale, value: Method) -> &'static str {
    match value {
        Method::LabourCost => t!(l, jobs.method_labour_cost),
        Method::WorkRelief => t!(l, jobs.method_work_relief),
        Method::KeyWorks => t!(l, jobs.method_key_works),
        Method::Capacity => t!(l, jobs.method_capacity),
        Method::CostPerPost => t!(l, jobs.method_cost_per_post),
        Method::Workshop => t!(l, jobs.method_workshop),
        Method::Commerce => t!(l, jobs.method_commerce),
        Method::FundedPosts => t!(l, jobs.method_funded_posts),
        Method::Facility => t!(l, jobs.method_facility),
        Method::Dividend => t!(l, jobs.method_dividend),
        Method::Multiplier => t!(l, jobs.method_multiplier),
        Method::Manual => t!(l, jobs.method_manual),
    }
}

/// Name of a coefficient.
pub fn key(l: Locale, value: Key) -> &'static str {
    match value {
        Key::ReliefPeople => t!(l, jobs.key_relief_people),
        Key::ReliefPayShare => t!(l, jobs.key_relief_pay_share),
        Key::ReliefPayPerHead => t!(l, jobs.key_relief_pay_per_head),
        Key::ReliefFte => t!(l, jobs.key_relief_fte),
        Key::RuralLabourShare => t!(l, jobs.key_rural_labour_share),
        Key::BuildingLabourShare => t!(l, jobs.key_building_labour_share),
        Key::PublicWorksJobYears => t!(l, jobs.key_public_works_job_years),
        Key::KeyProjectPeople => t!(l, jobs.key_key_project_people),
        Key::WorkshopPosts => t!(l, jobs.key_workshop_posts),
        Key::IndustryBenchmark => t!(l, jobs.key_industry_benchmark),
        Key::GreenhouseFte => t!(l, jobs.key_greenhouse_fte),
        Key::CommercePosts => t!(l, jobs.key_commerce_posts),
        Key::SolarPosts => t!(l, jobs.key_solar_posts),
        Key::ConstructionWage => t!(l, jobs.key_construction_wage),
        Key::WorkDays => t!(l, jobs.key_work_days),
        Key::TargetShare => t!(l, jobs.key_target_share),
        Key::TypeOneMultiplier => t!(l, jobs.key_type_one_multiplier),
        Key::TypeTwoMultiplier => t!(l, jobs.key_type_two_multiplier),
    }
}

/// Unit of a coefficient.
pub fn measure(l: Locale, value: Measure) -> &'static str {
    match value {
        Measure::PeoplePerMillion => t!(l, jobs.measure_people_per_million),
        Measure::PeoplePerYi => t!(l, jobs.measure_people_per_yi),
        Measure::PostsPerMillion => t!(l, jobs.measure_posts_per_million),
        Measure::PostsPerProject => t!(l, jobs.measure_posts_per_project),
        Measure::Posts => t!(l, jobs.measure_posts),
        Measure::FtePerMillion => t!(l, jobs.measure_fte_per_million),
        Measure::FtePerHead => t!(l, jobs.measure_fte_per_head),
        Measure::FtePerUnit => t!(l, jobs.measure_fte_per_unit),
        Measure::Share => t!(l, jobs.measure_share),
        Measure::WanPerHead => t!(l, jobs.measure_wan_per_head),
        Measure::YuanPerMonth => t!(l, jobs.measure_yuan_per_month),
        Measure::DaysPerYear => t!(l, jobs.measure_days_per_year),
        Measure::Times => t!(l, jobs.measure_times),
    }
}

/// A figure that a person may state, with its unit.
pub fn input(l: Locale, value: InputKey) -> &'static str {
    match value {
        InputKey::Lines => t!(l, jobs.input_lines),
        InputKey::StaffPerLine => t!(l, jobs.input_staff_per_line),
        InputKey::CostPerPost => t!(l, jobs.input_cost_per_post),
        InputKey::FillRate => t!(l, jobs.input_fill_rate),
        InputKey::TargetShare => t!(l, jobs.input_target_share),
        InputKey::PostBudget => t!(l, jobs.input_post_budget),
        InputKey::PostPay => t!(l, jobs.input_post_pay),
        InputKey::FacilityUnits => t!(l, jobs.input_facility_units),
        InputKey::WorkersPerUnit => t!(l, jobs.input_workers_per_unit),
        InputKey::Works => t!(l, jobs.input_works),
        InputKey::LabourShare => t!(l, jobs.input_labour_share),
        InputKey::DayWage => t!(l, jobs.input_day_wage),
        InputKey::PayPerHead => t!(l, jobs.input_pay_per_head),
        InputKey::BuilderShare => t!(l, jobs.input_builder_share),
        InputKey::Deadweight => t!(l, jobs.input_deadweight),
        InputKey::Displacement => t!(l, jobs.input_displacement),
        InputKey::Leakage => t!(l, jobs.input_leakage),
    }
}

/// Which jobs beyond the direct ones.
pub fn multiplier(l: Locale, value: Multiplier) -> &'static str {
    match value {
        Multiplier::TypeOne => t!(l, jobs.multiplier_type_one),
        Multiplier::TypeTwo => t!(l, jobs.multiplier_type_two),
    }
}

/// How far an edition of coefficients is.
pub fn edition_state(l: Locale, value: State) -> &'static str {
    match value {
        State::Draft => t!(l, coefficient.state_draft),
        State::Proposed => t!(l, coefficient.state_proposed),
        State::InForce => t!(l, coefficient.state_in_force),
        State::Returned => t!(l, coefficient.state_returned),
    }
}

/// Which estimate is held against which figure of a return.
pub fn compared(l: Locale, value: comparison::Measure) -> &'static str {
    match value {
        comparison::Measure::Present => t!(l, coefficient.measure_present),
        comparison::Measure::Taken => t!(l, coefficient.measure_taken),
    }
}
