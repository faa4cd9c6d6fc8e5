//! Which communities need projects most: labour without work, zero-employment households and project money per head, put
//! in order by a rule that can be said in one sentence. Exact; knows no database. Amounts are whole fen (分).
//!
//! The rule: in each of the three figures the communities are ranked, the neediest first; equal figures share the better
//! place, and a figure that is not known comes last. The places are added up, the smallest sum needs most. Sums that are
//! equal fall to the one with more people without work.

use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// An exact quotient; the divisor is more than nothing.
#[derive(Clone, Copy, Debug)]
pub struct Quotient {
    top: u128,
    bottom: u128,
}

/// What the order looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// 搬迁人数, 人
    pub people: Option<u32>,
    /// people able to work who have no job, 人
    pub without_work: Option<u32>,
    /// 零就业家庭, 户
    pub zero_employment_households: Option<u32>,
    /// project money, this community's part of it
    pub money: Money,
}

/// The place of a community in each figure, from 1, and in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub without_work: u32,
    pub zero_employment: u32,
    pub money: u32,
    /// the three added up
    pub sum: u32,
    /// among all communities, no two alike
    pub place: u32,
}

/// How many people the projects at one community serve. Who they are is not known, so the net is a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// the projects' figures added up, 人次 of projects
    pub gross: u64,
    /// fewest and most 人 who may stand behind it
    pub net: (u64, u64),
}

impl Quotient {
    /// `None` for a division by nothing.
    pub fn new(top: u64, bottom: u64) -> Option<Quotient> {
        (bottom > 0).then(|| Quotient { top: top.into(), bottom: bottom.into() })
    }

    /// So many times the quotient, rounded half up; `None` beyond the range.
    pub fn times(self, by: u64) -> Option<u64> {
        let twice = self.top.checked_mul(u128::from(by))?.checked_mul(2)?.checked_add(self.bottom)?;
        u64::try_from(twice / self.bottom.checked_mul(2)?).ok()
    }

    /// Half of the sum of both; `None` beyond the range.
    fn mean(self, other: Quotient) -> Option<Quotient> {
        let top = self.top.checked_mul(other.bottom)?.checked_add(other.top.checked_mul(self.bottom)?)?;
        Some(Quotient { top, bottom: self.bottom.checked_mul(other.bottom)?.checked_mul(2)? })
    }
}

impl Ord for Quotient {
    /// By whole parts, then by what is left turned round: nothing grows beyond its range.
    fn cmp(&self, other: &Quotient) -> Ordering {
        let (mut one, mut two, mut turned) = (*self, *other, false);
        loop {
            let order = (one.top / one.bottom).cmp(&(two.top / two.bottom));
            let rest = (one.top % one.bottom, two.top % two.bottom);
            let order = order.then_with(|| match rest {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                (_, _) => Ordering::Equal,
            });
            if order.is_ne() || rest.0 == 0 {
                return if turned { order.reverse() } else { order };
            }
            turned = !turned;
            (one, two) =
                (Quotient { top: one.bottom, bottom: rest.0 }, Quotient { top: two.bottom, bottom: rest.1 });
        }
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Quotient) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Quotient) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quotient {}

/// The middle one; of an even number the mean of the two in the middle. `None` of nothing.
pub fn median(mut all: Vec<Quotient>) -> Option<Quotient> {
    all.sort_unstable();
    let middle = all.get(all.len() / 2).copied()?;
    if all.len() % 2 == 1 {
        return Some(middle);
    }
    all.get(all.len() / 2 - 1)?.mean(middle)
}

impl Figures {
    /// Project money per head, in fen; `None` where the number of people is not known or nobody lives.
    pub fn per_head(&self) -> Option<Quotient> {
        Quotient::new(u64::try_from(self.money.fen()).ok()?, self.people?.into())
    }
}

/// The place of every community, in the order in which they came.
pub fn places(all: &[Figures]) -> Vec<Places> {
    let without_work = ranks(all, |figures| figures.without_work.map(std::cmp::Reverse));
    let zero = ranks(all, |figures| figures.zero_employment_households.map(std::cmp::Reverse));
    let money = ranks(all, Figures::per_head);
    let mut found: Vec<Places> = (0..all.len())
        .map(|at| {
            let sum = without_work[at] + zero[at] + money[at];
            Places {
                without_work: without_work[at],
                zero_employment: zero[at],
                money: money[at],
                sum,
                place: 0,
            }
        })
        .collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| (found[*at].sum, std::cmp::Reverse(all[*at].without_work), *at));
    for (place, at) in (1..).zip(order) {
        found[at].place = place;
    }
    found
}

/// Places from 1 by a figure, the smallest first; equal ones share the better place, unknown ones the last of all.
fn ranks<K: Ord>(all: &[Figures], key: impl Fn(&Figures) -> Option<K>) -> Vec<u32> {
    let mut known: Vec<K> = all.iter().filter_map(&key).collect();
    known.sort_unstable();
    let last = known.len();
    let place = |figures: &Figures| {
        let before = key(figures).map_or(last, |own| known.partition_point(|other| *other < own));
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    };
    all.iter().map(place).collect()
}

/// People (人) and households (户) of a community, where they are known.
pub type Dwelling = (Option<u32>, Option<u32>);

/// What a community gets of something that serves several: by their people where all are known and anybody lives there,
/// else by households on the same terms, else in equal parts. Whole units, the largest remainders first, so that the parts add up.
pub fn parts(total: u64, served: &[Dwelling]) -> Vec<u64> {
    let known = |of: fn(&Dwelling) -> Option<u32>| -> Option<Vec<u64>> {
        let weights: Option<Vec<u64>> = served.iter().map(|site| of(site).map(u64::from)).collect();
        weights.filter(|weights| weights.iter().any(|weight| *weight > 0))
    };
    let weights = known(|site| site.0).or_else(|| known(|site| site.1));
    let weights = weights.unwrap_or_else(|| vec![1; served.len()]);
    let sum: u128 = weights.iter().copied().map(u128::from).sum();
    if sum == 0 {
        return Vec::new();
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut parts: Vec<u64> =
        weights.iter().map(|weight| u64::try_from(exact(*weight) / sum).unwrap_or(u64::MAX)).collect();
    let given: u64 = parts.iter().sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(exact(weights[*at]) % sum), *at));
    let left = usize::try_from(total.saturating_sub(given)).unwrap_or(usize::MAX);
    for at in order.into_iter().take(left) {
        parts[at] += 1;
    }
    parts
}

/// Gross and net of the people whom each project serves at one community. Nobody is one person twice, so the net is at
/// least the largest project and at most all who live there. Where a project claims more than live there, rule R37 doubts it
/// and the claim is not believed here. `None` when no project says how many.
pub fn served(projects: &[u64], people: Option<u32>) -> Option<Served> {
    let largest = projects.iter().copied().max()?;
    let gross: u64 = projects.iter().sum();
    let bound = people.map_or(u64::MAX, u64::from);
    Some(Served { gross, net: (largest.min(bound), gross.min(bound)) })
}

impl Served {
    /// What is counted more than once, fewest and most.
    pub const fn overlap(&self) -> (u64, u64) {
        (self.gross - self.net.1, self.gross - self.net.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotient(top: u64, bottom: u64) -> Quotient {
        Quotient::new(top, bottom).unwrap()
    }

    #[test]
    fn quotients_are_compared_without_rounding() {
        assert!(quotient(1, 3) < quotient(333_334, 1_000_000));
        assert!(quotient(333_333, 1_000_000) < quotient(1, 3));
        assert!(quotient(u64::MAX - 1, u64::MAX) < quotient(1, 1));
        assert!(quotient(u64::MAX, u64::MAX - 1) > quotient(u64::MAX - 1, u64::MAX - 2).min(quotient(1, 1)));
        assert_eq!(quotient(2, 6), quotient(1, 3));
        assert!(quotient(0, 5) < quotient(1, u64::MAX));
        assert!(Quotient::new(1, 0).is_none());
        assert_eq!((quotient(1, 2).times(1), quotient(1, 3).times(100)), (Some(1), Some(33)));
    }

    #[test]
    fn a_median_is_the_middle_or_the_mean_of_two() {
        let of = |tops: &[u64]| median(tops.iter().map(|top| quotient(*top, 3)).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[9, 3, 6]), Some(quotient(2, 1)));
        assert_eq!(of(&[9, 3, 6, 7]), Some(quotient(13, 6)));
    }

    fn figures(people: u32, idle: Option<u32>, zero: Option<u32>, fen: i64) -> Figures {
        Figures {
            people: Some(people),
            without_work: idle,
            zero_employment_households: zero,
            money: Money::from_fen(fen).unwrap(),
        }
    }

    #[test]
    fn the_neediest_is_first_and_what_is_unknown_is_last() {
        let all = [
            figures(100, Some(5), Some(0), 1_000_000),
            figures(4862, Some(242), Some(7), 1_000_000),
            figures(100, None, None, 0),
        ];
        let found = places(&all);
        let ranks = |at: usize| (found[at].without_work, found[at].zero_employment, found[at].money);
        assert_eq!(ranks(0), (2, 2, 3));
        assert_eq!(ranks(1), (1, 1, 2));
        assert_eq!(ranks(2), (3, 3, 1));
        assert_eq!([found[0].place, found[1].place, found[2].place], [2, 1, 3]);
        // Alike in everything: the same ranks, and yet one order.
        let same = places(&[all[0], all[0]]);
        assert_eq!((same[0].sum, same[1].sum), (3, 3));
        assert_eq!((same[0].place, same[1].place), (1, 2));
    }

    #[test]
    fn parts_add_up_whatever_the_weights() {
        let people = |counts: &[u32]| -> Vec<(Option<u32>, Option<u32>)> {
            counts.iter().map(|count| (Some(*count), None)).collect()
        };
        assert_eq!(parts(100, &people(&[1, 1, 1])), [34, 33, 33]);
        assert_eq!(parts(10, &people(&[0, 5])), [0, 10]);
        assert_eq!(parts(9, &[(Some(1), Some(1)), (None, Some(2))]), [3, 6], "by households");
        assert_eq!(parts(9, &[(Some(5), None), (None, Some(2))]), [5, 4], "in equal parts");
        assert_eq!(parts(7, &people(&[0, 0])), [4, 3]);
        assert!(parts(7, &[]).is_empty());
        for total in [0, 1, 999_999_999_999_999] {
            let found = parts(total, &people(&[3, 7, 11, 4_000_000_000]));
            assert_eq!(found.iter().sum::<u64>(), total);
        }
    }

    #[test]
    fn nobody_is_served_as_two_people() {
        assert_eq!(served(&[], Some(10)), None);
        let found = served(&[600, 500], Some(1000)).unwrap();
        assert_eq!((found.gross, found.net, found.overlap()), (1100, (600, 1000), (100, 500)));
        let alone = served(&[300], Some(1000)).unwrap();
        assert_eq!((alone.net, alone.overlap()), ((300, 300), (0, 0)));
        let claimed = served(&[1500], Some(1000)).unwrap();
        assert_eq!((claimed.net, claimed.overlap()), ((1000, 1000), (500, 500)));
        assert_eq!(served(&[600, 500], None).unwrap().net, (600, 1100));
    }
}
