//! The next edition as the record speaks for it: a coefficient times what came true of the estimates that stand on it.
//! Rounds to four significant digits. Knows no project.

use super::Factors;
use crate::jobs::coefficient::{Coefficient, Coefficients, Key};
use crate::jobs::formula::Formula;
use crate::jobs::method::Method;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Digits of a proposed coefficient: more would say more than a record of some dozens of projects knows.
const DIGITS: u32 = 4;

/// The coefficient that is changed when estimates of a method come out too high or too low, where the formula stands on
/// it at all: a figure that was stated in its place teaches nothing of it. Of a formula's other coefficients a number of
/// people teaches nothing either; a method that rests on stated figures alone has none.
pub fn key_of(method: Method, formula: &Formula) -> Option<Key> {
    let keys: &[Key] = match method {
        Method::LabourCost => &[Key::RuralLabourShare, Key::BuildingLabourShare],
        Method::WorkRelief => &[Key::ReliefPayPerHead],
        Method::KeyWorks => &[Key::KeyProjectPeople],
        Method::Workshop => &[Key::WorkshopPosts],
        Method::Commerce => &[Key::CommercePosts],
        Method::Facility => &[Key::GreenhouseFte],
        Method::Capacity
        | Method::CostPerPost
        | Method::FundedPosts
        | Method::Dividend
        | Method::Multiplier
        | Method::Manual => &[],
    };
    keys.iter().copied().find(|key| formula.leads_with(*key))
}

/// `before` with the lines that have a record multiplied by it. A coefficient that the formula divides by is divided, so
/// that the estimate moves the way the record says.
pub fn propose(before: &Coefficients, records: &BTreeMap<Key, Factors>) -> BTreeMap<Key, Coefficient> {
    let mut lines = before.lines.clone();
    for (key, factors) in records {
        if let Some(line) = lines.get_mut(key)
            && let Some(next) = adjusted(*key, line, *factors)
        {
            *line = next;
        }
    }
    lines
}

/// `None` where the record makes no coefficient of it: one of nothing stays nothing, and nothing is divided by nothing.
fn adjusted(key: Key, line: &Coefficient, factors: Factors) -> Option<Coefficient> {
    let ratio = |ratio: super::Ratio| Decimal::new(ratio.millionths(), 6);
    let round = |value: Decimal| {
        value
            .round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)
            .map(|value| value.normalize())
    };
    let (low, standard, high) = (ratio(factors.low), ratio(factors.standard), ratio(factors.high));
    let times = |factor: Decimal| round(line.standard.checked_mul(factor)?);
    let over = |factor: Decimal| round(line.standard.checked_div(factor)?);
    let [low, standard, high] = if key.divides() {
        // Nothing came true of some: the least that is known divides no further than the range did.
        let upper = over(low).unwrap_or(line.high).max(line.standard);
        [over(high)?, over(standard)?, upper.max(over(standard)?)]
    } else {
        [times(low)?, times(standard)?, times(high)?]
    };
    let next = Coefficient { low, standard, high, ..line.clone() };
    // A share of more than one is none; the end of the range stops there.
    let next = match next.fault(key) {
        None => next,
        Some(_) => Coefficient { high: high.min(Decimal::ONE), standard: standard.min(Decimal::ONE), ..next },
    };
    next.fault(key).is_none().then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::calibration::Ratio;

    fn factors(low: i64, standard: i64, high: i64) -> Factors {
        let ratio = |thousandths| Ratio::of(thousandths, 1000).unwrap();
        Factors { low: ratio(low), standard: ratio(standard), high: ratio(high) }
    }

    fn line(key: Key, factors: Factors) -> String {
        let lines = propose(&Coefficients::shipped(), &BTreeMap::from([(key, factors)]));
        let other = Key::ALL.iter().filter(|other| **other != key);
        for other in other {
            assert_eq!(lines[other], Coefficients::shipped().lines[other]);
        }
        format!("{} {} {}", lines[&key].low, lines[&key].standard, lines[&key].high)
    }

    #[test]
    fn a_coefficient_moves_with_its_record_and_no_other_does() {
        assert_eq!(line(Key::WorkshopPosts, factors(500, 900, 1_250)), "8 14.4 20");
        assert_eq!(line(Key::RuralLabourShare, factors(333, 777, 1_111)), "0.0666 0.1554 0.2222");
    }

    #[test]
    fn what_a_formula_divides_by_moves_the_other_way() {
        assert_eq!(line(Key::ReliefPayPerHead, factors(800, 1_000, 1_500)), "0.8 1.2 1.5");
        assert_eq!(
            line(Key::ReliefPayPerHead, factors(0, 1_000, 1_500)),
            "0.8 1.2 1.60",
            "nothing came true of some"
        );
    }

    #[test]
    fn a_share_stays_one_and_nothing_stays_nothing() {
        assert_eq!(line(Key::TargetShare, factors(1_000, 1_200, 2_000)), "0.623 0.7476 1");
        assert_eq!(line(Key::SolarPosts, factors(500, 900, 1_250)), "0 0 0");
        let whole = propose(&Coefficients::shipped(), &BTreeMap::from([(Key::WorkDays, factors(0, 0, 0))]));
        assert_eq!(whole, Coefficients::shipped().lines, "nothing is divided by nothing");
    }
}
