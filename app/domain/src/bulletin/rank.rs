//! Ranking of places with stated weights, and who fell most since the last period. Exact; ties share a rank.

use super::period::elapsed;
use super::place::Place;
use super::rate::{Indicator, Rate};
use crate::area::AreaCode;
use crate::period::Month;
use crate::statement::fraction::Fraction;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Shares of a share in which scores are reckoned: twelve decimals, so that two scores always compare.
const SCORE_STEPS: i32 = 12;
const WHOLE: u32 = 100;

/// How much each indicator weighs; together 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Indicator, u32>", into = "BTreeMap<Indicator, u32>")]
pub struct Weights(BTreeMap<Indicator, u32>);

/// A place with its rank. Without a score it has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    pub area: AreaCode,
    pub name: String,
    pub rank: Option<u32>,
    /// of one
    pub score: Option<Fraction>,
}

/// How far an indicator of a place fell, as a share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fall {
    pub area: AreaCode,
    pub name: String,
    pub indicator: Indicator,
    /// above zero; of timed indicators, of their lead over time
    pub by: Fraction,
}

impl Weights {
    /// `None` when they are not 100 together.
    pub fn new(weights: BTreeMap<Indicator, u32>) -> Option<Weights> {
        let sum = weights.values().try_fold(0_u32, |sum, weight| sum.checked_add(*weight))?;
        (sum == WHOLE).then_some(Weights(weights))
    }

    pub fn of(&self, indicator: Indicator) -> u32 {
        self.0.get(&indicator).copied().unwrap_or(0)
    }
}

impl Default for Weights {
    fn default() -> Weights {
        let weights = [
            (Indicator::Started, 20),
            (Indicator::Invested, 20),
            (Indicator::Disbursed, 20),
            (Indicator::Paid, 20),
            (Indicator::Jobs, 10),
            (Indicator::Rectified, 10),
        ];
        Weights(weights.into())
    }
}

impl TryFrom<BTreeMap<Indicator, u32>> for Weights {
    type Error = String;
    fn try_from(weights: BTreeMap<Indicator, u32>) -> Result<Weights, String> {
        Weights::new(weights).ok_or_else(|| "weights are not 100 together".to_owned())
    }
}

impl From<Weights> for BTreeMap<Indicator, u32> {
    fn from(weights: Weights) -> BTreeMap<Indicator, u32> {
        weights.0
    }
}

/// The weighted mean of rates, each counted up to one. What nobody reported counts as nothing; where there is nothing to
/// measure, or too few people to show, its weight falls to the others.
pub fn score(place: &Place, weights: &Weights) -> Option<Fraction> {
    let steps = Fraction::ten(SCORE_STEPS)?;
    let (mut sum, mut weight) = (0_i128, 0_i128);
    for indicator in Indicator::ALL {
        let share = match place.rate(indicator) {
            Rate::Of(share) => share.min(Fraction::ONE).max(Fraction::ZERO),
            Rate::Unknown => Fraction::ZERO,
            Rate::Nothing | Rate::Few => continue,
        };
        let own = i128::from(weights.of(indicator));
        sum += own * share.checked_mul(steps)?.floor();
        weight += own;
    }
    Fraction::new(sum, weight.checked_mul(steps.floor())?)
}

/// The best first; equal scores share a rank and the next rank is left out (1, 2, 2, 4). Those without a score come last.
pub fn ranking(places: &[Place], weights: &Weights) -> Vec<Ranked> {
    let mut all: Vec<Ranked> = places
        .iter()
        .map(|place| Ranked {
            area: place.area,
            name: place.name.clone(),
            rank: None,
            score: score(place, weights),
        })
        .collect();
    all.sort_by(|a, b| b.score.cmp(&a.score).then(a.area.cmp(&b.area)));
    let mut before: Option<(Fraction, u32)> = None;
    for (one, number) in all.iter_mut().zip(1_u32..) {
        let Some(score) = one.score else { continue };
        let rank = before.filter(|(last, _)| *last == score).map_or(number, |(_, rank)| rank);
        one.rank = Some(rank);
        before = Some((score, rank));
    }
    all
}

/// Falls since the end of the period before, the deepest first; only where both ends are known.
pub fn falls(places: &[Place], now: Month, before: Option<Month>) -> Vec<Fall> {
    let Some(before) = before else { return Vec::new() };
    let mut all: Vec<Fall> = Vec::new();
    for place in places {
        for indicator in Indicator::ALL {
            let held = |rate: Rate, month: Month| {
                if indicator.is_timed() { rate.lead(elapsed(month)) } else { rate.known() }
            };
            let was = held(place.rate_before(indicator), before);
            let is = held(place.rate(indicator), now);
            let by = was.zip(is).and_then(|(was, is)| was.checked_sub(is));
            if let Some(by) = by.filter(|by| *by > Fraction::ZERO) {
                all.push(Fall { area: place.area, name: place.name.clone(), indicator, by });
            }
        }
    }
    all.sort_by(|a, b| b.by.cmp(&a.by).then(a.area.cmp(&b.area)).then(a.indicator.cmp(&b.indicator)));
    all
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::super::rate::percent;
    use super::*;

    fn ranks(rows: &[&str]) -> String {
        let places = facts("2026-10", rows).ranked();
        let one = |ranked: &Ranked| {
            let rank = ranked.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
            format!("{rank}:{}", ranked.area)
        };
        ranking(&places, &Weights::default()).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ties_share_a_rank_and_the_next_is_left_out() {
        let rows = [
            "520526 building 100 50 10 20",
            "520527 building 100 90 10 20",
            "520528 building 200 100 10 20",
            "520529 ready 100 - - -",
        ];
        assert_eq!(ranks(&rows), "1:520527 2:520526 2:520528 4:520529");
    }

    #[test]
    fn the_area_itself_is_none_of_its_counties() {
        let rows = ["520500 building 100 90 10 20", "520526 building 100 50 10 20"];
        assert_eq!(ranks(&rows), "1:520526");
        assert_eq!(facts("2026-10", &rows).whole().annual, 2, "its figures stay in the whole");
    }

    #[test]
    fn what_is_more_than_whole_counts_as_whole_and_what_nobody_reported_as_nothing() {
        let places = facts("2026-10", &["520526 completed 100 300 10 -"]).places();
        // started 1 × 20, invested 1 × 20, disbursed ½ × 20, paid ¼ × 20, jobs 0 × 10, nothing ordered: 55 of 90.
        let score = score(&places[0], &Weights::default()).unwrap();
        assert_eq!(percent(score).unwrap(), "61.1");
    }

    #[test]
    fn weights_are_a_hundred_together() {
        assert!(Weights::new([(Indicator::Paid, 100)].into()).is_some());
        assert!(Weights::new([(Indicator::Paid, 99)].into()).is_none());
        assert!(Weights::new([(Indicator::Paid, u32::MAX), (Indicator::Jobs, 101)].into()).is_none());
        assert!(serde_json::from_str::<Weights>("{\"paid\":50}").is_err());
    }

    #[test]
    fn a_standstill_falls_behind_time_by_the_time_that_went_by() {
        // Disbursed and paid are as they were in September: their lead fell by a month, 8.3 points.
        let facts = facts("2026-10", &["520526 building 100 50 10 20"]);
        let period = facts.period;
        let all = falls(&facts.places(), period.last_month(), period.before());
        let shown: Vec<(Indicator, String)> =
            all.iter().map(|fall| (fall.indicator, percent(fall.by).unwrap())).collect();
        assert_eq!(shown, [(Indicator::Disbursed, "8.3".to_owned()), (Indicator::Paid, "8.3".to_owned())]);
        assert!(falls(&facts.places(), period.last_month(), None).is_empty());
    }
}
