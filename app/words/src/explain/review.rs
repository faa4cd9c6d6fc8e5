//! What the workflow of findings says, as sentences.

use crate::{Locale, format, t};
use domain::review::workflow::{Part, Refusal as R};

/// Why a finding takes no such step.
pub fn review_refusal(l: Locale, refusal: &R) -> String {
    match refusal {
        R::WrongState { .. } => t!(l, review.refused_state).to_owned(),
        R::Empty { what: Part::Reason } => t!(l, review.refused_reason).to_owned(),
        R::Empty { what: Part::Unit } => t!(l, review.refused_unit).to_owned(),
        R::Empty { what: Part::Measures } => t!(l, review.refused_measures).to_owned(),
        R::Empty { what: Part::Evidence } => t!(l, review.refused_evidence).to_owned(),
        R::DueInThePast { due, today } => {
            t!(l, review.refused_due, due = format::date(*due), today = format::date(*today))
        }
        R::SameUnit { unit } => t!(l, review.refused_same_unit, unit = unit.clone()),
        R::SamePerson { .. } => t!(l, review.refused_same_person).to_owned(),
    }
}
