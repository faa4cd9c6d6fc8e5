//! Exact fractions of whole numbers, so that a share of two counts is compared without rounding. Knows no unit.

use crate::money::Delta;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// `num / den` in lowest terms with `den > 0`. Every operation is exact, or `None` when it would not fit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    num: i128,
    den: i128,
}

impl Fraction {
    pub const ZERO: Fraction = Fraction { num: 0, den: 1 };
    pub const ONE: Fraction = Fraction { num: 1, den: 1 };
    pub const HALF: Fraction = Fraction { num: 1, den: 2 };

    pub const fn whole(number: i64) -> Fraction {
        Fraction { num: number as i128, den: 1 }
    }

    /// `None` when `den` is zero, or either is the one number whose negative does not fit.
    pub fn new(num: i128, den: i128) -> Option<Fraction> {
        if den == 0 || num == i128::MIN || den == i128::MIN {
            return None;
        }
        let shared = common(num, den).max(1);
        let sign = den.signum();
        Some(Fraction { num: sign * num / shared, den: sign * den / shared })
    }

    /// 10 to this power; `None` beyond ±38.
    pub fn ten(power: i32) -> Option<Fraction> {
        let size = 10_i128.checked_pow(power.unsigned_abs())?;
        if power < 0 { Fraction::new(1, size) } else { Fraction::new(size, 1) }
    }

    pub fn checked_add(self, other: Fraction) -> Option<Fraction> {
        let shared = common(self.den, other.den);
        let (left, right) = (other.den / shared, self.den / shared);
        let sum = self.num.checked_mul(left)?.checked_add(other.num.checked_mul(right)?)?;
        Fraction::new(sum, self.den.checked_mul(left)?)
    }

    pub fn checked_sub(self, other: Fraction) -> Option<Fraction> {
        self.checked_add(other.negated())
    }

    pub fn checked_mul(self, other: Fraction) -> Option<Fraction> {
        // Crosswise shortening first keeps the products small.
        let (left, right) = (common(self.num, other.den).max(1), common(other.num, self.den).max(1));
        let num = (self.num / left).checked_mul(other.num / right)?;
        Fraction::new(num, (self.den / right).checked_mul(other.den / left)?)
    }

    /// `None` also when `other` is zero.
    pub fn checked_div(self, other: Fraction) -> Option<Fraction> {
        self.checked_mul(Fraction::new(other.den, other.num)?)
    }

    pub const fn negated(self) -> Fraction {
        Fraction { num: -self.num, den: self.den } // `new` keeps out the number without a negative
    }

    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// The largest whole number that is not larger.
    pub const fn floor(self) -> i128 {
        self.num.div_euclid(self.den)
    }

    /// The smallest whole number that is not smaller.
    pub const fn ceil(self) -> i128 {
        -(-self.num).div_euclid(self.den)
    }

    /// The nearest multiple of `place`, half a place upwards.
    pub fn nearest(self, place: Fraction) -> Option<Fraction> {
        let steps = self.checked_div(place)?.checked_add(Fraction::HALF)?.floor();
        Fraction::new(steps, 1)?.checked_mul(place)
    }

    /// As a difference in fen (分); `None` when it is no whole number of fen.
    pub fn fen(self) -> Option<Delta> {
        if self.den == 1 { i64::try_from(self.num).ok().map(Delta::from_fen) } else { None }
    }

    /// Decimal digits for people: rounded once, half away from zero, no grouping; `None` when it does not fit.
    pub fn rounded(self, places: u32) -> Option<String> {
        let base = 10_i128.checked_pow(places)?;
        let size = Fraction { num: self.num.abs(), den: self.den };
        let scaled = size.checked_mul(Fraction::new(base, 1)?)?.checked_add(Fraction::HALF)?.floor();
        let sign = if self.is_negative() && scaled > 0 { "-" } else { "" };
        if places == 0 {
            return Some(format!("{sign}{scaled}"));
        }
        let width = places as usize;
        Some(format!("{sign}{}.{:0width$}", scaled / base, scaled % base))
    }
}

/// The greatest common divisor; of zero and zero it is zero.
fn common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ord for Fraction {
    /// Compares the whole parts, then the turned remainders, as in Euclid's algorithm: exact, and cannot overflow.
    fn cmp(&self, other: &Fraction) -> Ordering {
        let (mut a, mut b) = ((self.num, self.den), (other.num, other.den));
        let mut turned = false;
        loop {
            let wholes = a.0.div_euclid(a.1).cmp(&b.0.div_euclid(b.1));
            let (rest_a, rest_b) = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            let found = if wholes.is_ne() || rest_a == 0 || rest_b == 0 {
                wholes.then((rest_a != 0).cmp(&(rest_b != 0)))
            } else {
                (a, b, turned) = ((a.1, rest_a), (b.1, rest_b), !turned);
                continue;
            };
            return if turned { found.reverse() } else { found };
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

impl From<Fraction> for String {
    fn from(value: Fraction) -> String {
        format!("{value:?}")
    }
}

impl TryFrom<String> for Fraction {
    type Error = String;
    fn try_from(text: String) -> Result<Fraction, String> {
        let (num, den) = text.split_once('/').unwrap_or((&text, "1"));
        let read = || Fraction::new(num.parse().ok()?, den.parse().ok()?);
        read().ok_or_else(|| format!("not a fraction: {text}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(num: i128, den: i128) -> Fraction {
        Fraction::new(num, den).unwrap()
    }

    #[test]
    fn prints_rounded_half_away_from_zero() {
        assert_eq!(of(35_608, 39_397).rounded(5).unwrap(), "0.90383");
        assert_eq!(of(-1, 2).rounded(0).unwrap(), "-1");
        assert_eq!(of(-1, 300).rounded(2).unwrap(), "0.00");
        assert_eq!((of(-7, 2).floor(), of(-7, 2).ceil(), of(7, 2).ceil()), (-4, -3, 4));
    }

    #[test]
    fn the_largest_numbers_still_compare() {
        let (a, b) = (of(i128::MAX, i128::MAX - 1), of(i128::MAX - 1, i128::MAX - 2));
        assert_eq!((a.cmp(&b), b.cmp(&a), a.cmp(&a)), (Ordering::Less, Ordering::Greater, Ordering::Equal));
        assert_eq!(a.checked_mul(a), None, "refused, not wrapped");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn order_is_that_of_cross_products(a in -999_i128..999, b in 1_i128..999, c in -999_i128..999, d in 1_i128..999) {
            prop_assert_eq!(of(a, b).cmp(&of(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn what_is_added_or_multiplied_can_be_taken_back(
            a in -1_000_000_i128..1_000_000, b in 1_i128..10_000, c in 1_i128..1_000_000, d in 1_i128..10_000,
        ) {
            let (x, y) = (of(a, b), of(c, d));
            prop_assert_eq!(x.checked_add(y).unwrap().checked_sub(y), Some(x));
            prop_assert_eq!(x.checked_mul(y).unwrap().checked_div(y), Some(x));
            let json = serde_json::to_string(&x).unwrap();
            prop_assert_eq!(serde_json::from_str::<Fraction>(&json).unwrap(), x);
        }
    }
}
