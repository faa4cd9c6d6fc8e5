//! Exact fractions in which arithmetic of findings is done. No float, no rounding: overflow is `None`.

use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A fraction in lowest terms; the denominator is positive. Units (分, 人, days) are those of the term it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

impl Exact {
    pub const ZERO: Exact = Exact { numerator: 0, denominator: 1 };

    pub const fn whole(number: i64) -> Exact {
        Exact { numerator: number as i128, denominator: 1 }
    }

    /// `None` when the denominator is zero.
    fn new(numerator: i128, denominator: i128) -> Option<Exact> {
        let divisor = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let sign = denominator.signum();
        (sign != 0).then(|| Exact {
            numerator: numerator / divisor * sign,
            denominator: denominator / divisor * sign,
        })
    }

    pub fn decimal(value: Decimal) -> Option<Exact> {
        Exact::new(value.mantissa(), 10_i128.checked_pow(value.scale())?)
    }

    pub fn plus(self, other: Exact) -> Option<Exact> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Exact::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    pub fn minus(self, other: Exact) -> Option<Exact> {
        self.plus(Exact { numerator: -other.numerator, denominator: other.denominator })
    }

    pub fn times(self, other: Exact) -> Option<Exact> {
        Exact::new(
            self.numerator.checked_mul(other.numerator)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// `None` when `other` is zero.
    pub fn over(self, other: Exact) -> Option<Exact> {
        Exact::new(
            self.numerator.checked_mul(other.denominator)?,
            self.denominator.checked_mul(other.numerator)?,
        )
    }

    pub const fn magnitude(self) -> Exact {
        Exact { numerator: self.numerator.abs(), denominator: self.denominator }
    }

    /// Which of two is larger; `None` on overflow.
    pub fn compare(self, other: Exact) -> Option<Ordering> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(left.cmp(&right))
    }

    /// The whole number that this is, `None` for a fraction.
    pub fn as_whole(self) -> Option<i64> {
        if self.denominator == 1 { i64::try_from(self.numerator).ok() } else { None }
    }

    /// Rounded half up to so many decimals, scaled to a whole: 0.3334 to 3 decimals is 333.
    pub fn scaled(self, decimals: u32) -> Option<i64> {
        let scale = 10_i128.checked_pow(decimals)?;
        let doubled = self.numerator.checked_mul(scale)?.checked_mul(2)?.checked_add(self.denominator)?;
        i64::try_from(doubled.div_euclid(self.denominator.checked_mul(2)?)).ok()
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_exact() {
        let third = Exact::whole(1).over(Exact::whole(3)).unwrap();
        assert_eq!(third.times(Exact::whole(3)), Some(Exact::whole(1)));
        assert_eq!(third.scaled(3), Some(333));
        assert_eq!(Exact::whole(-1).over(Exact::whole(2)).unwrap().scaled(0), Some(0));
        assert_eq!(Exact::decimal(Decimal::new(110, 2)), Exact::whole(11).over(Exact::whole(10)));
        assert_eq!(Exact::whole(1).over(Exact::ZERO), None);
        assert_eq!(Exact::ZERO.over(Exact::whole(-5)), Some(Exact::ZERO));
        let part = Exact::whole(i64::MAX).over(Exact::whole(i64::MAX - 1)).unwrap();
        assert_eq!(part.compare(Exact::whole(1)), Some(Ordering::Greater));
        assert_eq!(part.times(part).and_then(|square| square.times(part)), None, "overflow is told");
    }
}
