//! 测算与实绩: estimates of projects beside what counties report, added up by project, source, area or year. Only numbers of
//! one kind come in together; what nobody reported is not nothing. Knows no database.

use super::calibration::{Case, Ratio};
use super::kind::{Phase, Population, Unit};
use crate::area::AreaPath;
use crate::id::ProjectId;
use crate::source::Source;
use serde::{Deserialize, Serialize};

coded! {
    /// Which estimate is held against which figure of the monthly return.
    Measure {
        /// 运营期岗位 against 月末在岗: a post that is filled is one person on the last day
        Present = "present",
        /// 建设期用工 against 本年累计: people, each once
        Taken = "taken",
    }
}

/// One project in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub project: ProjectId,
    pub area: AreaPath,
    /// in thousandths: low, standard, high; `None` where no formula applies
    pub estimate: Option<Range>,
    /// in thousandths; `None` where no return that counts says it
    pub actual: Option<i64>,
    /// paid so far by source, in fen; what is nothing is left out
    pub paid: Vec<(Source, i64)>,
}

/// An estimate in thousandths of its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub low: i64,
    pub standard: i64,
    pub high: i64,
}

/// What some projects come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub projects: u32,
    /// of these, with an estimate
    pub estimated: u32,
    /// of these, with a return that counts
    pub reported: u32,
    /// plain sums of lows, standards and highs
    pub estimate: Range,
    /// the part of `estimate.standard` that belongs to projects with both, and what is there of theirs: the ratio is
    /// that of like with like
    pub held: i64,
    pub came: i64,
    /// everything that is there
    pub actual: i64,
}

impl Measure {
    /// The estimate that is meant.
    pub const fn estimate(self) -> (Phase, Unit) {
        match self {
            Measure::Present => (Phase::Operation, Unit::Post),
            Measure::Taken => (Phase::Construction, Unit::Person),
        }
    }
}

impl Population {
    /// Whose figures a monthly return has.
    pub const REPORTED: [Population; 2] = [Population::All, Population::Relocated];
}

impl Project {
    /// For the record: what was estimated and what came.
    pub fn case(&self) -> Option<Case> {
        let Range { low, standard, high } = self.estimate.filter(|estimate| estimate.standard > 0)?;
        Some(Case { low, standard, high, actual: self.actual? })
    }

    /// What it comes to by itself.
    pub fn sum(&self) -> Sum {
        let estimate = self.estimate.unwrap_or_default();
        let has_both = self.estimate.is_some() && self.actual.is_some();
        Sum {
            projects: 1,
            estimated: u32::from(self.estimate.is_some()),
            reported: u32::from(self.actual.is_some()),
            estimate,
            held: if has_both { estimate.standard } else { 0 },
            came: if has_both { self.actual.unwrap_or_default() } else { 0 },
            actual: self.actual.unwrap_or_default(),
        }
    }

    /// 分摊: its jobs by the share of each source in what was paid; `None` is a project that nothing was paid for. The
    /// parts add up to the whole, so no two sources claim one job.
    pub fn by_source(&self) -> Vec<(Option<Source>, Sum)> {
        let whole = self.sum();
        let paid: Vec<(Source, i64)> = self.paid.iter().copied().filter(|(_, fen)| *fen > 0).collect();
        if paid.is_empty() {
            return vec![(None, whole)];
        }
        let weights: Vec<i64> = paid.iter().map(|(_, fen)| *fen).collect();
        let split = |total: i64| split(total, &weights);
        let (low, standard, high) =
            (split(whole.estimate.low), split(whole.estimate.standard), split(whole.estimate.high));
        let (held, came, actual) = (split(whole.held), split(whole.came), split(whole.actual));
        let part = |(at, (source, _)): (usize, &(Source, i64))| {
            let estimate = Range { low: low[at], standard: standard[at], high: high[at] };
            (Some(*source), Sum { estimate, held: held[at], came: came[at], actual: actual[at], ..whole })
        };
        paid.iter().enumerate().map(part).collect()
    }
}

impl Sum {
    /// Both together; of sums that stand for different projects.
    pub fn plus(self, other: Sum) -> Sum {
        Sum {
            projects: self.projects + other.projects,
            estimated: self.estimated + other.estimated,
            reported: self.reported + other.reported,
            estimate: Range {
                low: self.estimate.low + other.estimate.low,
                standard: self.estimate.standard + other.estimate.standard,
                high: self.estimate.high + other.estimate.high,
            },
            held: self.held + other.held,
            came: self.came + other.came,
            actual: self.actual + other.actual,
        }
    }

    /// What came of the estimates that can be held against a return.
    pub fn ratio(&self) -> Option<Ratio> {
        Ratio::of(self.came, self.held)
    }
}

impl std::iter::Sum for Sum {
    fn sum<I: Iterator<Item = Sum>>(sums: I) -> Sum {
        sums.fold(Sum::default(), Sum::plus)
    }
}

/// A total in parts by weights, by largest remainder in the given order; the parts add up. Weights are not negative, and
/// one of them is more than nothing.
fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let exact = |weight: i64| i128::from(total) * i128::from(weight);
    let part = |weight: &i64| i64::try_from(exact(*weight) / whole.max(1)).unwrap_or(total);
    let mut parts: Vec<i64> = weights.iter().map(part).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(exact(weights[*at]) % whole.max(1)), *at));
    let left = total - parts.iter().sum::<i64>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn project(estimate: Option<i64>, actual: Option<i64>, paid: &[(Source, i64)]) -> Project {
        let range = |standard| Range { low: standard / 2, standard, high: standard * 2 };
        Project {
            project: ProjectId::new(Uuid::nil()),
            area: AreaPath::root(),
            estimate: estimate.map(range),
            actual,
            paid: paid.to_vec(),
        }
    }

    #[test]
    fn a_ratio_holds_like_against_like() {
        let both = project(Some(100_000), Some(90_000), &[]).sum();
        let silent = project(Some(400_000), None, &[]).sum();
        let unplanned = project(None, Some(5_000), &[]).sum();
        let all = [both, silent, unplanned].into_iter().sum::<Sum>();
        assert_eq!((all.projects, all.estimated, all.reported), (3, 2, 2));
        assert_eq!((all.estimate.standard, all.actual), (500_000, 95_000));
        assert_eq!(all.ratio().map(Ratio::per_mille), Some(900), "90 of 100, whatever else is there");
        assert_eq!(silent.ratio(), None, "what nobody reported is not nothing");
    }

    #[test]
    fn a_job_is_shared_out_by_what_was_paid() {
        let paid = [(Source::Cbi, 300), (Source::Wfr, 100)];
        let parts = project(Some(10_000), Some(7_000), &paid).by_source();
        let actual: Vec<_> = parts.iter().map(|(source, sum)| (*source, sum.actual)).collect();
        assert_eq!(actual, [(Some(Source::Cbi), 5_250), (Some(Source::Wfr), 1_750)]);
        let unpaid = project(Some(10_000), Some(7_000), &[(Source::Cbi, 0)]).by_source();
        assert_eq!(unpaid.iter().map(|(source, _)| *source).collect::<Vec<_>>(), [None]);
    }

    proptest! {
        #[test]
        fn no_source_claims_a_job_that_another_has(
            estimate in prop::option::of(0..9_000_000_i64),
            actual in prop::option::of(0..9_000_000_i64),
            paid in prop::collection::vec((0..16_usize, 0..90_000_000_000_i64), 0..6),
        ) {
            let paid: Vec<_> = paid.into_iter().map(|(source, fen)| (Source::ALL[source], fen)).collect();
            let one = project(estimate, actual, &paid);
            let (whole, parts) = (one.sum(), one.by_source());
            let add = |each: fn(&Sum) -> i64| parts.iter().map(|(_, sum)| each(sum)).sum::<i64>();
            prop_assert_eq!(add(|sum| sum.actual), whole.actual);
            prop_assert_eq!(add(|sum| sum.came), whole.came);
            prop_assert_eq!(add(|sum| sum.held), whole.held);
            prop_assert_eq!(add(|sum| sum.estimate.low), whole.estimate.low);
            prop_assert_eq!(add(|sum| sum.estimate.standard), whole.estimate.standard);
            prop_assert_eq!(add(|sum| sum.estimate.high), whole.estimate.high);
            for (_, sum) in &parts {
                prop_assert!(0 <= sum.actual && sum.actual <= whole.actual);
            }
        }
    }
}
