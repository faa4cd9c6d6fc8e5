//! What came true of estimates: the ratio actual ÷ estimate of each kind of estimate, its spread, and the coefficients that
//! the record speaks for. Exact and without floats. Knows no coefficient and no project.
//!
//! Two rules hold throughout. **Shrinking**: with n projects, a kind's own record weighs n ÷ (n + [`PRIOR`]), the record of
//! all kinds the rest. **The 80 % range** is that of prediction: a new project falls between the i-th and the j-th of n
//! known ones with chance (j − i) ÷ (n + 1), so the tenths stand at places (n + 1) ÷ 10 and 9 (n + 1) ÷ 10.

pub mod proposal;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Projects that the record of all kinds counts for when it is mixed with the record of one. The best such number is the
/// spread within a kind over the spread between kinds, both squared (Bühlmann's credibility). Labour shares and posts a
/// million differ between like projects about three times as much as the middles of kinds differ, so it is about ten.
pub const PRIOR: u32 = 10;

/// Parts of one in which a ratio is kept.
const ONE: i128 = 1_000_000;

/// Most that a ratio says: a thousandfold.
const MOST: i128 = 1_000 * ONE;

/// A ratio in millionths, rounded half up once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ratio(i64);

/// One project: what was estimated and what is there, both in thousandths of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub low: i64,
    pub standard: i64,
    pub high: i64,
    pub actual: i64,
}

/// How the ratios of some projects lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    pub count: u32,
    /// projects whose actual lies within low and high of their own estimate
    pub covered: u32,
    pub tenth: Ratio,
    pub quarter: Ratio,
    pub median: Ratio,
    pub three_quarters: Ratio,
    pub nine_tenths: Ratio,
    /// sum of the actuals over the sum of the estimates
    pub mean: Ratio,
}

/// What the estimates of a kind are to be multiplied by: the lower end, the middle and the upper end of the next range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    pub low: Ratio,
    pub standard: Ratio,
    pub high: Ratio,
}

/// The record of one kind of estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub spread: Spread,
    /// thousandths that its own record weighs against that of all kinds
    pub weight: u32,
    pub factors: Factors,
}

/// The records of all kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calibration<K> {
    pub whole: Spread,
    pub kinds: BTreeMap<K, Record>,
}

/// How many of the projects that were kept back fall into the range that the others speak for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOut {
    pub covered: u32,
    pub count: u32,
}

/// The records of projects by kind; `None` where no project has both an estimate and an actual.
pub fn calibrate<K: Ord + Copy>(cases: &[(K, Case)]) -> Option<Calibration<K>> {
    let all: Vec<Case> = cases.iter().map(|(_, case)| *case).collect();
    let whole = spread(&all)?;
    let mut by_kind: BTreeMap<K, Vec<Case>> = BTreeMap::new();
    for (kind, case) in cases {
        by_kind.entry(*kind).or_default().push(*case);
    }
    let record = |(kind, cases): (K, Vec<Case>)| Some((kind, record(spread(&cases)?, whole)));
    Some(Calibration { whole, kinds: by_kind.into_iter().filter_map(record).collect() })
}

/// Fits on every other project of a kind and asks the rest, then the other way round. `cases` come in an order that has
/// nothing to do with how they turned out.
pub fn held_out<K: Ord + Copy>(cases: &[(K, Case)]) -> Option<HeldOut> {
    let mut seen: BTreeMap<K, u32> = BTreeMap::new();
    let mut halves: [Vec<(K, Case)>; 2] = [Vec::new(), Vec::new()];
    for (kind, case) in cases {
        let place = seen.entry(*kind).or_default();
        halves[usize::from(*place % 2 == 1)].push((*kind, *case));
        *place += 1;
    }
    let [even, odd] = halves;
    let (first, second) = (calibrate(&even)?.covers(&odd), calibrate(&odd)?.covers(&even));
    let both = HeldOut { covered: first.covered + second.covered, count: first.count + second.count };
    (both.count > 0).then_some(both)
}

impl<K: Ord + Copy> Calibration<K> {
    /// What the record says of a kind; of one that it does not know, what it says of all.
    pub fn factors(&self, kind: K) -> Factors {
        self.kinds.get(&kind).map_or_else(|| own(self.whole), |record| record.factors)
    }

    /// How many of other projects fall into the range.
    pub fn covers(&self, cases: &[(K, Case)]) -> HeldOut {
        let usable = cases.iter().filter(|(_, case)| case.standard > 0);
        usable.fold(HeldOut { covered: 0, count: 0 }, |so_far, (kind, case)| {
            let is_within = self.factors(*kind).covers(*case);
            HeldOut { covered: so_far.covered + u32::from(is_within), count: so_far.count + 1 }
        })
    }
}

impl Ratio {
    pub const ONE: Ratio = Ratio(1_000_000);

    /// `None` over nothing.
    pub fn of(part: i64, whole: i64) -> Option<Ratio> {
        ratio(i128::from(part), i128::from(whole))
    }

    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Thousandths, rounded half up.
    pub const fn per_mille(self) -> i64 {
        (self.0 + 500).div_euclid(1_000)
    }
}

impl Factors {
    /// The actual lies within the range.
    pub fn covers(self, case: Case) -> bool {
        let estimate = i128::from(case.standard);
        let actual = i128::from(case.actual) * ONE;
        let times = |ratio: Ratio| estimate * i128::from(ratio.0);
        times(self.low) <= actual && actual <= times(self.high)
    }
}

/// How the ratios lie; projects without an estimate have none.
pub fn spread(cases: &[Case]) -> Option<Spread> {
    let usable: Vec<Case> = cases.iter().copied().filter(|case| case.standard > 0).collect();
    let mut ratios: Vec<Ratio> =
        usable.iter().filter_map(|case| Ratio::of(case.actual, case.standard)).collect();
    ratios.sort_unstable();
    let sum = |each: fn(&Case) -> i64| usable.iter().map(|case| i128::from(each(case))).sum::<i128>();
    let covered = usable.iter().filter(|case| case.low <= case.actual && case.actual <= case.high).count();
    let at = |part, of| place(&ratios, part, of);
    Some(Spread {
        count: u32::try_from(ratios.len()).ok()?,
        covered: u32::try_from(covered).ok()?,
        tenth: at(1, 10)?,
        quarter: at(1, 4)?,
        median: at(1, 2)?,
        three_quarters: at(3, 4)?,
        nine_tenths: at(9, 10)?,
        mean: ratio(sum(|case| case.actual), sum(|case| case.standard))?,
    })
}

fn ratio(part: i128, whole: i128) -> Option<Ratio> {
    if whole <= 0 {
        return None;
    }
    let rounded = (part * ONE * 2 + whole).div_euclid(whole * 2).clamp(0, MOST);
    i64::try_from(rounded).ok().map(Ratio)
}

/// The value at place (n + 1) × part ÷ of among sorted ones, between two of them in proportion, never beyond the ends.
fn place(sorted: &[Ratio], part: usize, of: usize) -> Option<Ratio> {
    let last = sorted.len().checked_sub(1)?;
    let place = (sorted.len() + 1) * part;
    let (below, rest) = ((place / of).max(1) - 1, place % of);
    if place < of || below >= last {
        return sorted.get(below.min(last)).copied();
    }
    let (from, to) = (sorted.get(below)?.0, sorted.get(below + 1)?.0);
    let (rest, of) = (i64::try_from(rest).ok()?, i64::try_from(of).ok()?);
    Some(Ratio(from + ((to - from) * rest * 2 + of).div_euclid(of * 2)))
}

fn record(own_spread: Spread, whole: Spread) -> Record {
    let count = own_spread.count;
    let (mine, all) = (own(own_spread), own(whole));
    let factors = Factors {
        low: mixed(mine.low, all.low, count),
        standard: mixed(mine.standard, all.standard, count),
        high: mixed(mine.high, all.high, count),
    };
    let weight = (u64::from(count) * 2_000 + u64::from(count + PRIOR)) / (u64::from(count + PRIOR) * 2);
    Record { spread: own_spread, weight: u32::try_from(weight).unwrap_or(1_000), factors }
}

/// The middle is the weighted mean, so that the sum of a list comes true; a few large projects may pull it out of the
/// range, and then the range goes as far as the middle.
fn own(spread: Spread) -> Factors {
    Factors {
        low: spread.tenth.min(spread.mean),
        standard: spread.mean,
        high: spread.nine_tenths.max(spread.mean),
    }
}

/// (n × own + PRIOR × whole) ÷ (n + PRIOR), rounded half up.
fn mixed(own: Ratio, whole: Ratio, count: u32) -> Ratio {
    let (count, prior) = (i64::from(count), i64::from(PRIOR));
    let all = count + prior;
    Ratio(((own.0 * count + whole.0 * prior) * 2 + all).div_euclid(all * 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn case(estimate: i64, actual: i64) -> Case {
        Case { low: estimate * 8 / 10, standard: estimate, high: estimate * 12 / 10, actual }
    }

    fn millionths(ratios: &[i64]) -> Vec<Ratio> {
        ratios.iter().map(|ratio| Ratio(*ratio)).collect()
    }

    #[test]
    fn places_are_those_of_prediction() {
        let nine: Vec<Ratio> = millionths(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(place(&nine, 1, 10), Some(Ratio(1)));
        assert_eq!(place(&nine, 9, 10), Some(Ratio(9)));
        assert_eq!(place(&nine, 1, 2), Some(Ratio(5)));
        let four = millionths(&[100, 200, 400, 800]);
        assert_eq!(place(&four, 1, 2), Some(Ratio(300)));
        assert_eq!(place(&four, 1, 4), Some(Ratio(125)));
        assert_eq!(place(&four, 3, 4), Some(Ratio(700)));
        assert_eq!(place(&four, 1, 10), Some(Ratio(100)), "never beyond the ends");
        assert_eq!(place(&four, 9, 10), Some(Ratio(800)));
        assert_eq!(place(&[Ratio(7)], 1, 2), Some(Ratio(7)));
        assert_eq!(place(&[], 1, 2), None);
    }

    #[test]
    fn a_record_is_its_projects_counted_by_hand() {
        let cases = [case(10_000, 8_000), case(10_000, 10_000), case(30_000, 42_000)];
        let found = spread(&cases).unwrap();
        assert_eq!((found.count, found.covered), (3, 2));
        assert_eq!(found.median, Ratio::ONE);
        assert_eq!(found.mean, Ratio(1_200_000), "60 of 50");
        assert_eq!((found.quarter, found.three_quarters), (Ratio(800_000), Ratio(1_400_000)));
        assert_eq!(spread(&[case(0, 5)]), None, "without an estimate there is no ratio");
    }

    #[test]
    fn few_projects_weigh_little_and_many_much() {
        let mut cases: Vec<(u8, Case)> = (0..90).map(|_| (1, case(10_000, 10_000))).collect();
        cases.extend((0..10).map(|_| (2, case(10_000, 20_000))));
        let found = calibrate(&cases).unwrap();
        assert_eq!(found.whole.mean, Ratio(1_100_000));
        let few = found.kinds[&2];
        assert_eq!(few.weight, 500, "ten of ten and ten");
        assert_eq!(few.factors.standard, Ratio(1_550_000));
        let many = found.kinds[&1];
        assert_eq!((many.weight, many.factors.standard), (900, Ratio(1_010_000)));
        assert_eq!(found.factors(9).standard, found.whole.mean, "an unknown kind is as all are");
    }

    /// Numbers that look like chance and are the same on every machine (SplitMix64).
    struct Dice(u64);

    impl Dice {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^ (mixed >> 31)
        }

        fn within(&mut self, from: i64, to: i64) -> i64 {
            from + i64::try_from(self.next() % u64::try_from(to - from + 1).unwrap()).unwrap()
        }

        /// About a bell around nothing, in millionths, one sigma wide `sigma`: twelve throws have a sigma of one.
        fn bell(&mut self, sigma: i64) -> i64 {
            let thrown: i64 = (0..12).map(|_| self.within(-500_000, 500_000)).sum();
            i64::try_from(i128::from(thrown) * i128::from(sigma) / ONE).unwrap()
        }
    }

    /// Twelve kinds whose truth is thrown once, with 3 to 120 projects each, thrown anew by `seed`. A few projects come to
    /// nothing at all; people are whole.
    fn returns(seed: u64) -> Vec<(u8, Case)> {
        let (mut truth, mut dice) = (Dice(20_260_101), Dice(seed));
        let mut cases = Vec::new();
        for kind in 0..12_u8 {
            let (middle, sigma) = (950_000 + truth.bell(150_000), truth.within(200_000, 450_000));
            for _ in 0..[3, 5, 8, 12, 16, 20, 30, 40, 50, 60, 90, 120][usize::from(kind)] {
                let estimate = dice.within(8, 300) * 1_000;
                let ratio = (middle + dice.bell(sigma)).max(0);
                let ratio = if dice.within(1, 50) == 1 { 0 } else { ratio };
                let actual = i64::try_from(i128::from(estimate) * i128::from(ratio) / ONE / 1_000).unwrap();
                cases.push((kind, case(estimate, actual * 1_000)));
            }
        }
        cases
    }

    #[test]
    fn on_held_out_returns_the_range_covers_about_eighty_percent() {
        for (fitted, asked) in [(1, 2), (2, 1), (3, 4), (11, 12), (2_025, 2_026)] {
            let learnt = calibrate(&returns(fitted)).unwrap();
            let found = learnt.covers(&returns(asked));
            let per_mille = found.covered * 1_000 / found.count;
            assert!((700..=900).contains(&per_mille), "{fitted} → {asked}: {per_mille} ‰ of {}", found.count);
            let own = held_out(&returns(asked)).unwrap();
            let per_mille = own.covered * 1_000 / own.count;
            assert!((700..=900).contains(&per_mille), "within {asked}: {per_mille} ‰");
        }
    }

    #[test]
    fn the_ranges_that_were_guessed_do_not_cover_as_much() {
        let found = spread(&returns(7).into_iter().map(|(_, case)| case).collect::<Vec<_>>()).unwrap();
        assert!(found.covered * 1_000 / found.count < 700, "{found:?}");
    }

    proptest! {
        #[test]
        fn a_range_stands_in_order_and_a_better_record_raises_it(
            thrown in prop::collection::vec((0..4_u8, 1..500_i64, 0..900_i64), 1..60),
        ) {
            let cases: Vec<(u8, Case)> =
                thrown.iter().map(|(kind, estimate, actual)| (*kind, case(estimate * 1000, actual * 1000))).collect();
            let more: Vec<(u8, Case)> =
                cases.iter().map(|(kind, case)| (*kind, Case { actual: case.actual + 1000, ..*case })).collect();
            let (before, after) = (calibrate(&cases).unwrap(), calibrate(&more).unwrap());
            prop_assert_eq!(before.kinds.values().map(|one| one.spread.count).sum::<u32>(), before.whole.count);
            for (kind, record) in &before.kinds {
                let factors = record.factors;
                prop_assert!(factors.low <= factors.standard && factors.standard <= factors.high);
                let spread = record.spread;
                prop_assert!(spread.tenth <= spread.quarter && spread.quarter <= spread.median);
                prop_assert!(spread.median <= spread.three_quarters && spread.three_quarters <= spread.nine_tenths);
                let later = after.kinds[kind].factors;
                prop_assert!(factors.low <= later.low && factors.standard <= later.standard);
                prop_assert!(factors.high <= later.high);
            }
        }
    }
}
