//! What the ledger and its imports say, as sentences.

use super::finding::{amount_error, date_error};
use crate::{Locale, format, name, t};
use contract::ledger::batch::LineFault as F;
use domain::ledger::{Breach, Refusal as R, Validity};

/// The ledger said no.
pub fn ledger_refusal(locale: Locale, refusal: &R) -> String {
    match refusal {
        R::ZeroAmount => t!(locale, ledger.refused_zero_amount).to_owned(),
        R::Negative { stage, short } => t!(
            locale,
            ledger.refused_negative,
            stage = name::fund_stage(locale, *stage),
            short = format::money(locale, *short)
        ),
        R::TooLarge { stage } => {
            t!(locale, ledger.refused_too_large, stage = name::fund_stage(locale, *stage))
        }
        R::OutOfOrder { of, breaches, rule } => t!(
            locale,
            ledger.refused_out_of_order,
            source = name::source(locale, *of),
            breaches = self::breaches(locale, breaches),
            rule = self::rule(locale, *rule)
        ),
        R::OtherPosition => t!(locale, ledger.refused_other_position).to_owned(),
        R::ReasonMissing => t!(locale, ledger.refused_reason_missing).to_owned(),
        R::DocumentMissing => t!(locale, ledger.refused_document_missing).to_owned(),
        R::OwnEntry => t!(locale, ledger.refused_own_entry).to_owned(),
        R::NotMaker => t!(locale, ledger.refused_not_maker).to_owned(),
        R::WrongState { .. } => t!(locale, ledger.refused_wrong_state).to_owned(),
        R::AlreadyReversed { .. } => t!(locale, ledger.refused_already_reversed).to_owned(),
        R::ReversalOfReversal => t!(locale, ledger.refused_reversal_of_reversal).to_owned(),
        R::LegAlone { .. } => t!(locale, ledger.refused_leg_alone).to_owned(),
        R::LegOutside => t!(locale, ledger.refused_leg_outside).to_owned(),
        R::NotOneTransfer => t!(locale, ledger.refused_not_one_transfer).to_owned(),
        R::BeforeOriginal { original } => {
            t!(locale, ledger.refused_before_original, date = original.to_string())
        }
        R::SameProject => t!(locale, ledger.refused_same_project).to_owned(),
        R::PaidStays => t!(locale, ledger.refused_paid_stays).to_owned(),
        R::InFuture { date, today } => {
            t!(locale, ledger.refused_in_future, date = date.to_string(), today = today.to_string())
        }
        R::NoSuchYear { date } => t!(locale, ledger.refused_no_such_year, date = date.to_string()),
        R::MonthNotNext { asked, next } => {
            t!(locale, ledger.refused_month_not_next, asked = asked.to_string(), next = next.to_string())
        }
        R::MonthNotOver { month, .. } => {
            t!(locale, ledger.refused_month_not_over, month = month.to_string())
        }
        R::MonthNotLast { asked, .. } => {
            t!(locale, ledger.refused_month_not_last, asked = asked.to_string())
        }
        R::ClosingsBroken { at } => t!(locale, ledger.refused_closings_broken, at = at.to_string()),
        R::OriginalMissing { .. } => t!(locale, ledger.refused_original_missing).to_owned(),
    }
}

/// Which edition of the control matrix says so, and since when.
fn rule(locale: Locale, rule: Validity) -> String {
    match rule.since {
        Some(since) => {
            t!(locale, control.rule, edition = rule.edition, since = format::date(since))
        }
        None => t!(locale, control.rule_first).to_owned(),
    }
}

/// 支付超过拨付 10.00万元, one after the other.
pub fn breaches(locale: Locale, breaches: &[Breach]) -> String {
    let one = |breach: &Breach| {
        t!(
            locale,
            ledger.breach,
            later = name::fund_stage(locale, breach.later),
            earlier = name::fund_stage(locale, breach.earlier),
            over = format::money(locale, breach.over)
        )
    };
    breaches.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// What was found in the line of a file.
pub fn line_fault(locale: Locale, fault: &F) -> String {
    match fault {
        F::NoSheet => t!(locale, ledger.fault_no_sheet).to_owned(),
        F::ColumnMissing => t!(locale, ledger.fault_column_missing).to_owned(),
        F::KindColumnMissing => t!(locale, ledger.fault_kind_column_missing).to_owned(),
        F::HiddenSheet => t!(locale, ledger.fault_hidden_sheet).to_owned(),
        F::HeadingTwice { heading } => {
            t!(locale, ledger.fault_heading_twice, heading = heading.clone())
        }
        F::UnknownHeading { heading } => {
            t!(locale, ledger.fault_unknown_heading, heading = heading.clone())
        }
        F::ForeignUnit { unit } => t!(locale, ledger.fault_foreign_unit, unit = unit.clone()),
        F::UnitAssumed { unit } => t!(locale, ledger.fault_unit_assumed, unit = unit.sign()),
        F::Missing => t!(locale, ledger.fault_missing).to_owned(),
        F::BadAmount { error } => amount_error(locale, error),
        F::BadDate { error } => date_error(locale, error),
        F::InFuture { date, today } => {
            t!(locale, ledger.fault_in_future, date = date.to_string(), today = today.to_string())
        }
        F::DiffersFromCode { kept } => t!(locale, ledger.fault_differs_from_code, kept = kept.clone()),
        F::ZeroAmount => t!(locale, ledger.fault_zero_amount).to_owned(),
        F::UnknownKind { text } => t!(locale, ledger.fault_unknown_kind, text = text.clone()),
        F::KindByHand { text } => t!(locale, ledger.fault_kind_by_hand, text = text.clone()),
        F::UnknownSource { text } => t!(locale, ledger.fault_unknown_source, text = text.clone()),
        F::BadYear { text } => t!(locale, ledger.fault_bad_year, text = text.clone()),
        F::UnknownProject { text } => t!(locale, ledger.fault_unknown_project, text = text.clone()),
        F::AmbiguousProject { text } => t!(locale, ledger.fault_ambiguous_project, text = text.clone()),
        F::YearFromNotice { year } => {
            t!(locale, ledger.fault_year_from_notice, year = year.get().to_string())
        }
        F::YearUnclear { .. } => t!(locale, ledger.fault_year_unclear).to_owned(),
        F::ReversalByHand => t!(locale, ledger.fault_reversal_by_hand).to_owned(),
        F::Known => t!(locale, ledger.fault_known).to_owned(),
        F::BelowZero { source, short } => t!(
            locale,
            ledger.fault_below_zero,
            source = name::source(locale, *source),
            short = format::money(locale, *short)
        ),
        F::OutOfOrder { source, year, breaches } => t!(
            locale,
            ledger.fault_out_of_order,
            source = name::source(locale, *source),
            year = year.get().to_string(),
            breaches = self::breaches(locale, breaches)
        ),
        F::OverNotice { document, over } => t!(
            locale,
            ledger.fault_over_notice,
            document = document.clone(),
            over = format::money(locale, over.magnitude())
        ),
    }
}
