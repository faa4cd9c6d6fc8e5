//! The jobs of many projects: like is added with like, each project once. Knows no list and no database.
//!
//! The range of a sum: errors of projects are taken as independent, so the sum is drawn many times from a generator
//! whose seed is printed, and nine tenths and one tenth of the draws are its ends. The plain sum of lows and highs stands
//! beside it: that is what comes out if every project errs to the same side.

pub mod draw;
pub mod served;

use super::estimate::Estimate;
use super::kind::Population;
use super::quantity::{Kind, Quantity, Range};
use crate::id::ProjectId;
use crate::money::Money;
use crate::source::Source;
use draw::Draws;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Estimates of projects, each project at most once.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    projects: BTreeSet<ProjectId>,
    by_kind: BTreeMap<Kind, Vec<Range>>,
}

/// A project that is in already: its jobs are not counted a second time, whatever source they are claimed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{project} is counted already")]
pub struct Twice {
    pub project: ProjectId,
}

/// The sum of one kind over a portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub kind: Kind,
    /// how many projects have a number of this kind
    pub projects: u32,
    /// low to low, default to default, high to high
    pub plain: Range,
    /// one tenth and nine tenths of the draws around the default
    pub drawn: Range,
    /// what the generator began with
    pub seed: u64,
}

impl Portfolio {
    pub fn add(&mut self, project: ProjectId, estimate: &Estimate) -> Result<(), Twice> {
        self.add_lines(project, estimate.lines.iter().map(|line| line.quantity))
    }

    /// The same of numbers that were kept.
    pub fn add_lines(
        &mut self,
        project: ProjectId,
        lines: impl IntoIterator<Item = Quantity>,
    ) -> Result<(), Twice> {
        if !self.projects.insert(project) {
            return Err(Twice { project });
        }
        for line in lines {
            self.by_kind.entry(line.kind).or_default().push(line.range);
        }
        Ok(())
    }

    /// One sum a kind, in the order of the kinds.
    pub fn totals(&self, seed: u64) -> Vec<Total> {
        let total = |(kind, ranges): (&Kind, &Vec<Range>)| {
            let plain = ranges.iter().copied().fold(Range::default(), Range::plus);
            Total {
                kind: *kind,
                projects: u32::try_from(ranges.len()).unwrap_or(u32::MAX),
                plain,
                drawn: Draws::of(ranges, seed).around(plain),
                seed,
            }
        };
        self.by_kind.iter().map(total).collect()
    }
}

/// 分摊: the jobs of a project by what its sources paid. The shares are exact and add up to the whole; they are never
/// added to numbers that were not shared out. Without a payment nothing can be said: an empty map.
pub fn by_payment(jobs: Quantity, paid: &BTreeMap<Source, Money>) -> BTreeMap<Source, Quantity> {
    let whole: i128 = paid.values().map(|money| i128::from(money.fen())).sum();
    if whole == 0 {
        return BTreeMap::new();
    }
    let weights: Vec<i128> = paid.values().map(|money| i128::from(money.fen())).collect();
    let split = |milli: i64| split_by(milli, &weights, whole);
    let (low, standard, high) =
        (split(jobs.range.low()), split(jobs.range.standard()), split(jobs.range.high()));
    let shares = low.into_iter().zip(standard).zip(high);
    let shared = |(source, ((low, standard), high)): (&Source, ((i64, i64), i64))| {
        // The odd thousandth may fall to different sources; each keeps its order.
        let mut ends = [low, standard, high];
        ends.sort_unstable();
        let range = Range::new(ends[0], ends[1], ends[2]).unwrap_or_default();
        (*source, Quantity { kind: jobs.kind, range })
    };
    paid.keys().zip(shares).map(shared).collect()
}

/// Largest remainder, the earlier first.
fn split_by(milli: i64, weights: &[i128], whole: i128) -> Vec<i64> {
    let exact = |weight: i128| i128::from(milli) * weight;
    let mut shares: Vec<i64> =
        weights.iter().map(|weight| i64::try_from(exact(*weight) / whole).unwrap_or(Range::MAX)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(exact(weights[*at]) % whole), *at));
    let left = milli - shares.iter().sum::<i64>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        shares[at] += 1;
    }
    shares
}

/// Whether a sum may stand for "how many jobs": relocated and poor people are parts of all, not more of them.
pub const fn is_whole(kind: Kind) -> bool {
    match kind.population {
        Population::All => true,
        Population::Relocated | Population::Poor => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ProjectId;

    fn project(number: u128) -> ProjectId {
        ProjectId::new(uuid::Uuid::from_u128(number))
    }

    fn posts(low: i64, standard: i64, high: i64) -> Quantity {
        Quantity { kind: Kind::HEADLINE, range: Range::new(low, standard, high).unwrap() }
    }

    #[test]
    fn two_sources_never_count_one_project_twice() {
        let mut portfolio = Portfolio::default();
        portfolio.add_lines(project(1), [posts(10_000, 16_000, 20_000)]).unwrap();
        let again = portfolio.add_lines(project(1), [posts(10_000, 16_000, 20_000)]);
        assert_eq!(again, Err(Twice { project: project(1) }));
        assert_eq!(portfolio.totals(1)[0].plain.standard(), 16_000);
    }

    #[test]
    fn shares_by_payment_add_up_to_the_whole() {
        let paid: BTreeMap<Source, Money> = [(Source::Cbi, 1), (Source::Brg, 1), (Source::Loc, 1)]
            .map(|(source, fen)| (source, Money::from_fen(fen).unwrap()))
            .into();
        let shares = by_payment(posts(100, 100, 100), &paid);
        let sum: i64 = shares.values().map(|share| share.range.standard()).sum();
        assert_eq!(sum, 100);
        assert_eq!(shares[&Source::Cbi].range.standard(), 34);
        assert!(by_payment(posts(1, 1, 1), &BTreeMap::new()).is_empty());
    }

    #[test]
    fn the_range_of_a_sum_is_narrower_than_the_sum_of_ranges_and_repeats_with_its_seed() {
        let mut portfolio = Portfolio::default();
        for number in 0..100 {
            portfolio.add_lines(project(number), [posts(10_000, 16_000, 20_000)]).unwrap();
        }
        let total = portfolio.totals(7)[0];
        assert_eq!(total.projects, 100);
        assert_eq!(<[i64; 3]>::from(total.plain), [1_000_000, 1_600_000, 2_000_000]);
        assert_eq!(total.drawn.standard(), 1_600_000);
        assert!(total.drawn.low() > 1_400_000 && total.drawn.high() < 1_650_000, "{:?}", total.drawn);
        assert_eq!(portfolio.totals(7)[0], total, "the same seed, the same range");
        assert_ne!(portfolio.totals(8)[0].drawn, total.drawn, "another seed is another sample");
    }
}
