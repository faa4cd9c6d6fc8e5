//! Closed intervals of exact fractions: what a printed figure may stand for, and what follows from several of them.

use super::fraction::Fraction;
use serde::{Deserialize, Serialize};

/// All values from `low` to `high`, both included; without `high` there is no upper limit.
///
/// Both ends are included because a half may be rounded either way, and because two figures that only touch
/// must not raise a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Interval {
    low: Fraction,
    high: Option<Fraction>,
}

/// Why figures cannot be computed with. Carries facts; sentences are made in `words`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ArithmeticError {
    #[error("too large")]
    TooLarge,
    #[error("division by what may be zero")]
    DivisionByZero,
    /// A figure without an upper limit stands where only a limited one leads to a result.
    #[error("no limit")]
    NoLimit,
}

use ArithmeticError::{DivisionByZero, NoLimit, TooLarge};

impl Interval {
    pub const fn point(value: Fraction) -> Interval {
        Interval { low: value, high: Some(value) }
    }

    pub const fn at_least(low: Fraction) -> Interval {
        Interval { low, high: None }
    }

    /// `None` when the ends are in the wrong order.
    pub fn new(low: Fraction, high: Fraction) -> Option<Interval> {
        (low <= high).then_some(Interval { low, high: Some(high) })
    }

    pub const fn low(self) -> Fraction {
        self.low
    }

    /// `None`: no upper limit.
    pub const fn high(self) -> Option<Fraction> {
        self.high
    }

    /// The value, when there is only one.
    pub fn single(self) -> Option<Fraction> {
        self.high.filter(|high| *high == self.low)
    }

    pub fn contains(self, value: Fraction) -> bool {
        self.low <= value && self.high.is_none_or(|high| value <= high)
    }

    /// The least distance of two values, one from each; `None` when the intervals meet. Always positive.
    pub fn gap(self, other: Interval) -> Option<Fraction> {
        let above = |upper: Interval, lower: Interval| {
            let high = lower.high.filter(|high| *high < upper.low)?;
            upper.low.checked_sub(high)
        };
        above(self, other).or_else(|| above(other, self))
    }

    /// Only the whole numbers within: a count of people cannot lie between two. Unchanged when none lies within.
    pub fn whole(self) -> Interval {
        let low = Fraction::new(self.low.ceil(), 1).unwrap_or(self.low);
        let high = self.high.map(|high| Fraction::new(high.floor(), 1).unwrap_or(high));
        if high.is_none_or(|high| low <= high) { Interval { low, high } } else { self }
    }

    pub fn plus(self, other: Interval) -> Result<Interval, ArithmeticError> {
        let low = self.low.checked_add(other.low).ok_or(TooLarge)?;
        let high = both(self.high, other.high, Fraction::checked_add)?;
        Ok(Interval { low, high })
    }

    pub fn minus(self, other: Interval) -> Result<Interval, ArithmeticError> {
        let low = self.low.checked_sub(other.high.ok_or(NoLimit)?).ok_or(TooLarge)?;
        let high = both(self.high, Some(other.low), Fraction::checked_sub)?;
        Ok(Interval { low, high })
    }

    pub fn times(self, other: Interval) -> Result<Interval, ArithmeticError> {
        if !self.low.is_negative() && !other.low.is_negative() {
            let low = self.low.checked_mul(other.low).ok_or(TooLarge)?;
            let high = both(self.high, other.high, Fraction::checked_mul)?;
            return Ok(Interval { low, high });
        }
        let ends = |interval: Interval| Ok([interval.low, interval.high.ok_or(NoLimit)?]);
        let (mine, theirs) = (ends(self)?, ends(other)?);
        let mut span: Option<(Fraction, Fraction)> = None;
        for a in mine {
            for b in theirs {
                let product = a.checked_mul(b).ok_or(TooLarge)?;
                let (low, high) = span.unwrap_or((product, product));
                span = Some((low.min(product), high.max(product)));
            }
        }
        let (low, high) = span.ok_or(NoLimit)?;
        Ok(Interval { low, high: Some(high) })
    }

    /// The divisor must lie above zero as a whole.
    pub fn over(self, other: Interval) -> Result<Interval, ArithmeticError> {
        if other.low <= Fraction::ZERO {
            return Err(DivisionByZero);
        }
        let low = other.high.map_or(Some(Fraction::ZERO), |high| Fraction::ONE.checked_div(high));
        let high = Fraction::ONE.checked_div(other.low).ok_or(TooLarge)?;
        self.times(Interval { low: low.ok_or(TooLarge)?, high: Some(high) })
    }
}

/// Joins two upper ends: no limit on either side leaves none.
fn both(
    a: Option<Fraction>,
    b: Option<Fraction>,
    join: impl Fn(Fraction, Fraction) -> Option<Fraction>,
) -> Result<Option<Fraction>, ArithmeticError> {
    let (Some(a), Some(b)) = (a, b) else { return Ok(None) };
    join(a, b).map(Some).ok_or(TooLarge)
}

/// The form on the wire.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Ends {
    low: Fraction,
    high: Option<Fraction>,
}

impl From<Interval> for Ends {
    fn from(interval: Interval) -> Ends {
        Ends { low: interval.low, high: interval.high }
    }
}

impl TryFrom<Ends> for Interval {
    type Error = String;
    fn try_from(ends: Ends) -> Result<Interval, String> {
        let ordered = ends.high.is_none_or(|high| ends.low <= high);
        let interval = Interval { low: ends.low, high: ends.high };
        ordered.then_some(interval).ok_or_else(|| format!("not an interval: {interval:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(low: i64, width: i64) -> Interval {
        Interval::new(Fraction::whole(low), Fraction::whole(low + width)).unwrap()
    }

    #[test]
    fn the_wire_carries_no_reversed_interval() {
        assert!(serde_json::from_str::<Interval>(r#"{"low":"2","high":"1"}"#).is_err());
        assert!(serde_json::from_str::<Interval>(r#"{"low":"2","high":null}"#).is_ok());
    }

    #[test]
    fn whole_numbers_only() {
        let of = |low, high| Interval::new(Fraction::new(low, 10).unwrap(), Fraction::new(high, 10).unwrap());
        assert_eq!(of(109, 121).unwrap().whole(), span(11, 1));
        assert_eq!(of(112, 118).unwrap().whole(), of(112, 118).unwrap());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_follows_from_values_lies_in_what_follows_from_intervals(
            a in -50_i64..50, aw in 0_i64..20, ax in 0_i64..20, b in 1_i64..50, bw in 0_i64..20, bx in 0_i64..20,
        ) {
            let (left, right) = (span(a, aw), span(b, bw));
            let (x, y) = (Fraction::whole(a + ax.min(aw)), Fraction::whole(b + bx.min(bw)));
            prop_assert!(left.plus(right).unwrap().contains(x.checked_add(y).unwrap()));
            prop_assert!(left.minus(right).unwrap().contains(x.checked_sub(y).unwrap()));
            prop_assert!(left.times(right).unwrap().contains(x.checked_mul(y).unwrap()));
            prop_assert!(left.over(right).unwrap().contains(x.checked_div(y).unwrap()));
        }

        #[test]
        fn a_gap_is_positive_and_no_two_values_are_nearer(
            a in -50_i64..50, aw in 0_i64..9, b in -50_i64..50, bw in 0_i64..9,
        ) {
            let distances = (a..=a + aw).flat_map(|x| (b..=b + bw).map(move |y| (x - y).abs()));
            let least = distances.min().unwrap();
            let gap = span(a, aw).gap(span(b, bw));
            prop_assert_eq!(gap, (least > 0).then(|| Fraction::whole(least)));
        }
    }
}
