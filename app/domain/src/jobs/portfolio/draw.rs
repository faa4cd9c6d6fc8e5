//! Sums drawn at random from a seed, in whole numbers: the same seed gives the same sums on every machine.

use crate::jobs::quantity::Range;

/// So many sums are drawn.
pub const DRAWS: usize = 1000;

/// A generator of 64 bits (splitmix64): small, and good enough for a thousand sums.
#[derive(Clone, Debug)]
pub struct Generator(u64);

/// The sums, smallest first.
#[derive(Clone, Debug)]
pub struct Draws(Vec<i64>);

impl Generator {
    pub const fn new(seed: u64) -> Generator {
        Generator(seed)
    }

    pub const fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number of the triangle over the range with its top at the default. For two even draws u ≤ v it is
    /// `low + (high − default)·u + (default − low)·v`, which needs no root.
    pub fn triangle(&mut self, range: Range) -> i64 {
        let number = self.next_number();
        let (one, two) = (number >> 32, number & 0xFFFF_FFFF);
        let (less, more) = (i128::from(one.min(two)), i128::from(one.max(two)));
        let right = i128::from(range.high() - range.standard());
        let left = i128::from(range.standard() - range.low());
        let above = (right * less + left * more) >> 32;
        // Between nothing and high − low, which is an i64.
        range.low() + i64::try_from(above).unwrap_or_default()
    }
}

impl Draws {
    /// Sums of one draw of each range.
    pub fn of(ranges: &[Range], seed: u64) -> Draws {
        let mut generator = Generator::new(seed);
        let sum = |generator: &mut Generator| {
            ranges.iter().fold(0_i64, |sum, range| sum.saturating_add(generator.triangle(*range)))
        };
        let mut sums: Vec<i64> = (0..DRAWS).map(|_| sum(&mut generator)).collect();
        sums.sort_unstable();
        Draws(sums)
    }

    /// What so many thousandths of the draws lie below.
    pub fn quantile(&self, per_mille: usize) -> i64 {
        let at = (self.0.len() * per_mille / 1000).min(self.0.len().saturating_sub(1));
        self.0.get(at).copied().unwrap_or_default()
    }

    /// Eight tenths of the draws, kept within the plain sum and around its default.
    pub fn around(&self, plain: Range) -> Range {
        let low = self.quantile(100).clamp(plain.low(), plain.standard());
        let high = self.quantile(900).clamp(plain.standard(), plain.high());
        Range::new(low, plain.standard(), high).unwrap_or(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triangle_stays_inside_and_leans_to_its_top() {
        let range = Range::new(1000, 4000, 5000).unwrap();
        let mut generator = Generator::new(3);
        let drawn: Vec<i64> = (0..20_000).map(|_| generator.triangle(range)).collect();
        assert!(drawn.iter().all(|one| (1000..=5000).contains(one)));
        let mean = drawn.iter().sum::<i64>() / 20_000;
        // The mean of a triangle is a third of its corners' sum: 3,333.
        assert!((3300..=3366).contains(&mean), "{mean}");
        let below = drawn.iter().filter(|one| **one <= 4000).count();
        // (4000 − 1000) ÷ (5000 − 1000) of it lies below the top.
        assert!((14_700..=15_300).contains(&below), "{below}");
    }

    #[test]
    fn what_is_known_is_drawn_as_it_is() {
        let known = Range::exactly(5000).unwrap();
        let draws = Draws::of(&[known, known], 1);
        assert_eq!((draws.quantile(0), draws.quantile(1000)), (10_000, 10_000));
        assert_eq!(Draws::of(&[], 1).around(Range::default()), Range::default());
    }
}
