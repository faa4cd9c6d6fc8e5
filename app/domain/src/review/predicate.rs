//! Which predicates judge which rule, and of what: one exhaustive table. A rule without facts names what it lacks.

mod delivery;
mod flow;
mod gate;
mod payment;
mod people;
mod plan;

use super::edition::Edition;
use super::facts::{EntryFact, Facts, SourceFacts};
use super::name::FactName;
use super::outcome::Answer;
use super::rule::RuleCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A predicate with the grain at which it judges.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    Project(fn(&Facts, &Edition, NaiveDate) -> Answer),
    /// each source over all its budget years
    Source(fn(&Facts, &SourceFacts, &Edition, NaiveDate) -> Answer),
    /// each source and budget year
    Position(fn(&Facts, &SourceFacts, &Edition, NaiveDate) -> Answer),
    Payment(fn(&Facts, &EntryFact, &Edition, NaiveDate) -> Answer),
    /// judged by another part of the product
    Elsewhere(Desk),
    /// not judged, or not in full, for want of these
    Lacking(&'static [FactName]),
}

/// Who judges what is no matter of one project's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Desk {
    /// intervals of printed figures (`statement`)
    Statement,
    /// many projects at once (`review::portfolio`)
    Portfolio,
    /// the rectification of a finding (`review::workflow`, asked by `portfolio`)
    Workflow,
}

/// The predicates of a rule. No two of one rule are of one grain, so that a rule and a subject name one finding.
pub const fn checks(rule: RuleCode) -> &'static [Check] {
    use Check::{Elsewhere, Lacking, Payment, Position, Project, Source};
    use FactName as F;
    match rule {
        RuleCode::R01 => &[Project(plan::sources_differ)],
        RuleCode::R02 => &[Elsewhere(Desk::Statement)],
        RuleCode::R03 => &[Project(plan::design_above_estimate)],
        RuleCode::R04 => &[Project(plan::above_design)],
        RuleCode::R05 => &[Lacking(&[F::ContractSum, F::ContractSupplements])],
        RuleCode::R06 => &[Project(gate::started_before_approval)],
        RuleCode::R07 => &[Position(gate::issued_before_approval)],
        RuleCode::R08 => &[Project(gate::code)],
        RuleCode::R09 => &[Position(gate::issued_before_library)],
        RuleCode::R10 => &[Project(gate::goal)],
        RuleCode::R11 => &[Project(people::link)],
        RuleCode::R12 => &[Payment(payment::forbidden_purpose)],
        RuleCode::R13 => &[Payment(payment::recurrent_purpose)],
        RuleCode::R14 => &[Project(payment::no_revenue)],
        RuleCode::R15 => &[Source(payment::not_allocated_here)],
        RuleCode::R16 => &[Position(flow::held_back)],
        RuleCode::R17 => &[Position(flow::idle)],
        RuleCode::R18 => &[Position(flow::carried_too_long)],
        RuleCode::R19 => &[Position(flow::behind_schedule)],
        RuleCode::R20 => &[Lacking(&[F::CompletedValue, F::PaymentTerms])],
        RuleCode::R21 => &[Position(flow::disbursed_not_paid), Payment(payment::payee_is_the_unit)],
        RuleCode::R22 => &[Payment(payment::paid_twice)],
        RuleCode::R23 => &[Project(plan::match_behind)],
        RuleCode::R24 => &[Elsewhere(Desk::Portfolio)],
        RuleCode::R25 => &[Lacking(&[F::Contracts])],
        RuleCode::R26 => &[Lacking(&[F::CompletedValue])],
        RuleCode::R27 => &[Project(delivery::late)],
        RuleCode::R28 => &[Lacking(&[F::CompletedValue, F::PaymentTerms])],
        RuleCode::R29 => &[Lacking(&[F::WageList])],
        RuleCode::R30 => &[Project(delivery::retention)],
        RuleCode::R31 => &[Project(people::labour_share)],
        RuleCode::R32 => &[Project(people::pay_per_head)],
        RuleCode::R33 => &[Project(delivery::not_accepted)],
        RuleCode::R34 => &[Project(delivery::surplus)],
        RuleCode::R35 => &[Project(delivery::asset)],
        RuleCode::R36 => &[Lacking(&[F::PublicNotice])],
        RuleCode::R37 => &[Project(people::beneficiaries)],
        // Sites are judged by the portfolio, once each and not once a project.
        RuleCode::R38 => &[Project(people::jobs), Elsewhere(Desk::Portfolio), Lacking(&[F::WorkerIds])],
        RuleCode::R39 => &[Project(people::jobs_reached)],
        RuleCode::R40 => &[Source(payment::surplus_interest), Lacking(&[F::LoanId, F::InterestDue])],
        RuleCode::R41 | RuleCode::R42 => &[Elsewhere(Desk::Portfolio)],
        RuleCode::R43 => &[Lacking(&[F::UnitCost, F::CostStandard])],
        RuleCode::R44 => &[Elsewhere(Desk::Workflow)],
        RuleCode::R45 => &[Project(plan::wrong_unit)],
        RuleCode::R46 => &[Source(flow::out_of_order)],
    }
}

/// The day whose edition judges: that of the act in question, and today for a state of affairs.
pub(super) fn judged_on(
    rule: RuleCode,
    facts: &Facts,
    position: Option<&SourceFacts>,
    today: NaiveDate,
) -> NaiveDate {
    let gate = |gate| facts.project.gates.get(&gate).copied();
    let act = match rule {
        RuleCode::R03 | RuleCode::R04 => gate(crate::project::Gate::Design),
        RuleCode::R06 => facts.started_on,
        RuleCode::R07 | RuleCode::R09 => position.and_then(|position| position.first_issued_on),
        RuleCode::R16 => position.and_then(|position| position.first_received_on),
        RuleCode::R10 | RuleCode::R11 => match facts.library {
            super::facts::Library::On(date) => Some(date),
            super::facts::Library::Unknown | super::facts::Library::Never => None,
        },
        RuleCode::R31 | RuleCode::R32 => {
            facts.first_issued_on().or_else(|| gate(crate::project::Gate::Feasibility))
        }
        RuleCode::R30 | RuleCode::R34 => facts.settlement.as_ref().map(|settlement| settlement.settled_on),
        RuleCode::R33 => facts.accepted_on.or(facts.finished_on),
        RuleCode::R35 => facts.accepted_on,
        RuleCode::R01
        | RuleCode::R02
        | RuleCode::R05
        | RuleCode::R08
        | RuleCode::R12
        | RuleCode::R13
        | RuleCode::R14
        | RuleCode::R15
        | RuleCode::R17
        | RuleCode::R18
        | RuleCode::R19
        | RuleCode::R20
        | RuleCode::R21
        | RuleCode::R22
        | RuleCode::R23
        | RuleCode::R24
        | RuleCode::R25
        | RuleCode::R26
        | RuleCode::R27
        | RuleCode::R28
        | RuleCode::R29
        | RuleCode::R36
        | RuleCode::R37
        | RuleCode::R38
        | RuleCode::R39
        | RuleCode::R40
        | RuleCode::R41
        | RuleCode::R42
        | RuleCode::R43
        | RuleCode::R44
        | RuleCode::R45
        | RuleCode::R46 => None,
    };
    // A date typed wrongly into the future asks for today's law, not for one that is not made yet.
    act.map_or(today, |date| date.min(today))
}
