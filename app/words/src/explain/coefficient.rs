//! Sentences about steps of an edition of job coefficients that were not taken.

use crate::{Locale, format, name, t};
use domain::jobs::coefficient::{Key, LineFault};
use domain::jobs::edition::Refusal;

/// Why a step was not taken.
pub fn coefficient_refusal(l: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotADraft { state } => {
            t!(l, coefficient.not_a_draft, state = name::jobs::edition_state(l, *state))
        }
        Refusal::NotProposed { state } => {
            t!(l, coefficient.not_proposed, state = name::jobs::edition_state(l, *state))
        }
        Refusal::NotTheMaker => t!(l, coefficient.not_the_maker).to_owned(),
        Refusal::OwnWork => t!(l, coefficient.own_work).to_owned(),
        Refusal::NotLater { last } => t!(l, coefficient.not_later, last = format::date(*last)),
        Refusal::MonthOver { earliest } => {
            t!(l, coefficient.month_over, earliest = format::date(*earliest))
        }
        Refusal::TooEarly { valid_from } => t!(l, coefficient.too_early, from = format::date(*valid_from)),
        Refusal::Faulty { faults } => {
            let keys: Vec<&str> = faults.iter().map(|fault| name::jobs::key(l, key(fault))).collect();
            t!(l, coefficient.faulty, keys = keys.join(t!(l, coefficient.comma)))
        }
        Refusal::NothingChanged => t!(l, coefficient.nothing_changed).to_owned(),
    }
}

const fn key(fault: &LineFault) -> Key {
    match fault {
        LineFault::Missing { key }
        | LineFault::Order { key }
        | LineFault::Bounds { key }
        | LineFault::Unit { key, .. } => *key,
    }
}
