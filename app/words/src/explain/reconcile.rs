//! What reconciliations say: refusals, findings in an export, and the words of their enums.

use super::finding::{amount_error, date_error};
use crate::{Locale, format, name, t};
use contract::ledger::reconcile::BankFault as F;
use domain::ledger::reconcile::{By, Direction, Refusal as R, State};
use domain::money::{Delta, Unit};

/// A reconciliation takes no such step.
pub fn reconcile_refusal(l: Locale, refusal: &R) -> String {
    let yuan = |amount: &Delta| format::delta(*amount, Unit::Yuan);
    match refusal {
        R::NoLines => t!(l, reconcile.refused_no_lines).to_owned(),
        R::TooMany { most } => t!(l, reconcile.refused_too_many, most = format::integer(i64::from(*most))),
        R::AlreadyKept { .. } => t!(l, reconcile.refused_already_kept).to_owned(),
        R::UnitUnknown => t!(l, reconcile.refused_unit_unknown).to_owned(),
        R::UnitFixed => t!(l, reconcile.refused_unit_fixed).to_owned(),
        R::UnitDoesNotFit { unit, cell } => {
            t!(l, reconcile.refused_unit_does_not_fit, cell = cell.clone(), unit = name::unit(l, *unit))
        }
        R::NothingChosen => t!(l, reconcile.refused_nothing_chosen).to_owned(),
        R::NotFree => t!(l, reconcile.refused_not_free).to_owned(),
        R::BothDirections => t!(l, reconcile.refused_both_directions).to_owned(),
        R::SumsDiffer { lines, entries } => {
            t!(l, reconcile.refused_sums_differ, lines = yuan(lines), entries = yuan(entries))
        }
        R::ReasonMissing => t!(l, reconcile.refused_reason_missing).to_owned(),
        R::OwnWork => t!(l, reconcile.refused_own_work).to_owned(),
        R::WrongState { .. } => t!(l, reconcile.refused_wrong_state).to_owned(),
    }
}

/// What was found in an export.
pub fn bank_fault(l: Locale, fault: &F) -> String {
    match fault {
        F::NoSheet => t!(l, reconcile.fault_no_sheet).to_owned(),
        F::HiddenSheet => t!(l, reconcile.fault_hidden_sheet).to_owned(),
        F::ForeignUnit { unit } => t!(l, reconcile.fault_foreign_unit, unit = unit.clone()),
        F::TwoUnits => t!(l, reconcile.fault_two_units).to_owned(),
        F::BadAmount { error } => amount_error(l, error),
        F::BadDate { error } => date_error(l, error),
        F::NoWay => t!(l, reconcile.fault_no_way).to_owned(),
        F::UnknownDirection { text } => t!(l, reconcile.fault_unknown_direction, text = text.clone()),
        F::DirectionAssumed => t!(l, reconcile.fault_direction_assumed).to_owned(),
        F::DebitIsOutgo => t!(l, reconcile.fault_debit_is_outgo).to_owned(),
    }
}

/// Why two belong together.
pub fn by(l: Locale, by: By) -> &'static str {
    match by {
        By::Voucher => t!(l, reconcile.by_voucher),
        By::SameDay => t!(l, reconcile.by_same_day),
        By::NearDay => t!(l, reconcile.by_near_day),
        By::Hand => t!(l, reconcile.by_hand),
    }
}

/// Which way the money went.
pub fn way(l: Locale, direction: Direction) -> &'static str {
    match direction {
        Direction::In => t!(l, reconcile.way_in),
        Direction::Out => t!(l, reconcile.way_out),
    }
}

/// How far it is.
pub fn state(l: Locale, state: State) -> &'static str {
    match state {
        State::Open => t!(l, reconcile.state_open),
        State::Submitted => t!(l, reconcile.state_submitted),
        State::Signed => t!(l, reconcile.state_signed),
        State::Withdrawn => t!(l, reconcile.state_withdrawn),
    }
}

/// A step by its code; one that this program does not know is shown as it is.
pub fn step(l: Locale, code: &str) -> String {
    let known = match code {
        "unit" => t!(l, reconcile.step_unit),
        "link" => t!(l, reconcile.step_link),
        "part" => t!(l, reconcile.step_part),
        "explain" => t!(l, reconcile.step_explain),
        "submit" => t!(l, reconcile.step_submit),
        "withdraw" => t!(l, reconcile.step_withdraw),
        "return" => t!(l, reconcile.step_return),
        "sign" => t!(l, reconcile.step_sign),
        other => other,
    };
    known.to_owned()
}
