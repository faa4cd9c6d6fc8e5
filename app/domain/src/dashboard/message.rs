//! What a chart says, as facts: the best, the worst, the gap in thousandths, how many. Computed from the same figures that
//! are drawn; the sentence is made of them where the language is known. Knows no words.

use super::{Ratio, elapsed};
use crate::money::Delta;
use crate::source::Source;
use serde::{Deserialize, Serialize};

/// 资金构成.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Composition {
    Nothing,
    One {
        source: Source,
    },
    Several {
        count: u32,
        largest: Source,
        /// thousandths of the whole
        most: i64,
        smallest: Source,
        least: i64,
    },
}

/// The S-curve: how far what was done lies from what was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Curve {
    /// There is nothing to measure by.
    NoPlan,
    Ahead {
        month: u32,
        by: i64,
    },
    Behind {
        month: u32,
        by: i64,
        /// the first of the months that lie below without a break
        since: u32,
    },
}

/// A rate by places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Ranking {
    Nothing,
    One {
        name: String,
        rate: i64,
        /// against 时间进度, signed
        gap: i64,
    },
    Spread {
        best: String,
        most: i64,
        worst: String,
        least: i64,
        /// of the worst below all together
        below: i64,
        /// places below 时间进度
        late: u32,
        count: u32,
    },
}

/// How many places keep up with 时间进度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub reached: u32,
    pub count: u32,
    /// places without a rate
    pub unknown: u32,
}

/// Posts estimated beside people present. They are no share of each other: returns do not tell people who build from people
/// who work in what was built, and estimates count posts in operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Jobs {
    Nothing,
    /// nobody reported
    Unreported,
    Beside {
        /// the place with the most people present
        most: String,
        people: i64,
        /// places that reported
        reported: u32,
        /// places with an estimate that did not
        silent: u32,
    },
}

/// A place in a comparison.
#[derive(Clone, Debug)]
pub struct Rated {
    pub name: String,
    pub rate: Option<Ratio>,
}

/// A place's jobs.
#[derive(Clone, Debug)]
pub struct Worked {
    pub name: String,
    /// thousandths of a post
    pub estimate: i64,
    pub present: Option<i64>,
}

/// Shares above nothing; the first of equal ones counts as the largest.
pub fn composition(shares: &[(Source, Delta)]) -> Composition {
    let shares: Vec<(Source, i64)> =
        shares.iter().filter(|(_, fen)| fen.fen() > 0).map(|(source, fen)| (*source, fen.fen())).collect();
    let whole = shares.iter().fold(0_i64, |sum, (_, fen)| sum.saturating_add(*fen));
    let share = |fen: i64| Ratio::of(fen, whole).map_or(0, Ratio::per_mille);
    let largest = shares.iter().rev().max_by_key(|(_, fen)| *fen);
    let smallest = shares.iter().min_by_key(|(_, fen)| *fen);
    match (largest, smallest) {
        (Some((source, _)), _) if shares.len() == 1 => Composition::One { source: *source },
        (Some((largest, most)), Some((smallest, least))) => Composition::Several {
            count: u32::try_from(shares.len()).unwrap_or(u32::MAX),
            largest: *largest,
            most: share(*most),
            smallest: *smallest,
            least: share(*least),
        },
        (Some(_) | None, _) => Composition::Nothing,
    }
}

/// `done` are the running sums of months 1, 2 … as far as they are known.
pub fn curve(plan: Delta, done: &[Delta]) -> Curve {
    let gap = |at: usize| {
        let month = u32::try_from(at + 1).unwrap_or(u32::MAX);
        Some(Ratio::of_money(*done.get(at)?, plan)?.minus(elapsed(month)))
    };
    let Some((last, now)) = done.len().checked_sub(1).and_then(|last| Some((last, gap(last)?))) else {
        return Curve::NoPlan;
    };
    let month = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    if !now.is_below_zero() {
        return Curve::Ahead { month: month(last), by: now.per_mille() };
    }
    let behind = (0..=last).rev().take_while(|at| gap(*at).is_some_and(Ratio::is_below_zero));
    let since = behind.last().unwrap_or(last);
    Curve::Behind { month: month(last), by: -now.per_mille(), since: month(since) }
}

/// Places with a rate, against all together and against 时间进度.
pub fn ranking(places: &[Rated], whole: Option<Ratio>, month: u32) -> Ranking {
    let rated: Vec<(&String, Ratio)> =
        places.iter().filter_map(|place| Some((&place.name, place.rate?))).collect();
    let best = rated.iter().rev().max_by_key(|(_, rate)| *rate);
    let worst = rated.iter().min_by_key(|(_, rate)| *rate);
    match (best, worst) {
        (Some((name, rate)), _) if rated.len() == 1 => Ranking::One {
            name: (*name).clone(),
            rate: rate.per_mille(),
            gap: rate.minus(elapsed(month)).per_mille(),
        },
        (Some((best, most)), Some((worst, least))) => Ranking::Spread {
            best: (*best).clone(),
            most: most.per_mille(),
            worst: (*worst).clone(),
            least: least.per_mille(),
            below: whole.map_or(0, |whole| whole.minus(*least).per_mille()),
            late: reached(places, month).late(),
            count: u32::try_from(rated.len()).unwrap_or(u32::MAX),
        },
        (Some(_) | None, _) => Ranking::Nothing,
    }
}

/// How many of the places have come as far as the year.
pub fn reached(places: &[Rated], month: u32) -> Reached {
    let mut counted = Reached { reached: 0, count: 0, unknown: 0 };
    for place in places {
        match place.rate {
            Some(rate) => {
                counted.count += 1;
                counted.reached += u32::from(rate >= elapsed(month));
            }
            None => counted.unknown += 1,
        }
    }
    counted
}

impl Reached {
    pub const fn late(self) -> u32 {
        self.count - self.reached
    }
}

/// Places with an estimate or a return; the first of equal ones counts as the one with the most.
pub fn jobs(places: &[Worked]) -> Jobs {
    let known = || places.iter().filter_map(|place| Some((&place.name, place.present?)));
    let silent = places.iter().filter(|place| place.estimate > 0 && place.present.is_none()).count();
    let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match known().rev().max_by_key(|(_, people)| *people) {
        Some((most, people)) => {
            Jobs::Beside { most: most.clone(), people, reported: size(known().count()), silent: size(silent) }
        }
        None if silent > 0 => Jobs::Unreported,
        None => Jobs::Nothing,
    }
}

/// Whole posts of thousandths, half up.
pub const fn posts(milli: i64) -> i64 {
    (milli + 500).div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(name: &str, part: i64, whole: i64) -> Rated {
        Rated { name: name.to_owned(), rate: Ratio::of(part, whole) }
    }

    #[test]
    fn the_largest_and_the_smallest_share_are_named() {
        let fen = Delta::from_fen;
        let shares =
            [(Source::Brg, fen(49)), (Source::Wfr, fen(16)), (Source::Loc, fen(35)), (Source::Cbi, fen(0))];
        assert_eq!(
            composition(&shares),
            Composition::Several {
                count: 3,
                largest: Source::Brg,
                most: 490,
                smallest: Source::Wfr,
                least: 160
            }
        );
        assert_eq!(composition(&shares[..1]), Composition::One { source: Source::Brg });
        assert_eq!(composition(&[(Source::Brg, fen(-5))]), Composition::Nothing);
    }

    #[test]
    fn a_curve_says_since_when_it_lies_below() {
        let done = |parts: &[i64]| parts.iter().map(|part| Delta::from_fen(*part)).collect::<Vec<_>>();
        let plan = Delta::from_fen(1200);
        // 100 a month are due: above in March, below ever since.
        assert_eq!(
            curve(plan, &done(&[50, 150, 300, 350, 400])),
            Curve::Behind { month: 5, by: 83, since: 4 }
        );
        assert_eq!(curve(plan, &done(&[0, 0, 300])), Curve::Ahead { month: 3, by: 0 });
        assert_eq!(curve(Delta::ZERO, &done(&[1])), Curve::NoPlan);
        assert_eq!(curve(plan, &[]), Curve::NoPlan);
    }

    #[test]
    fn places_are_compared_from_unrounded_rates() {
        let places = [rated("a", 781, 1000), rated("b", 314, 1000), rated("c", 0, 0), rated("d", 6290, 6474)];
        let whole = Ratio::of(542, 1000);
        assert_eq!(
            ranking(&places, whole, 10),
            Ranking::Spread {
                best: "d".into(),
                most: 972,
                worst: "b".into(),
                least: 314,
                below: 228,
                late: 2,
                count: 3
            }
        );
        assert_eq!(ranking(&places[3..], whole, 10), Ranking::One { name: "d".into(), rate: 972, gap: 138 });
        assert_eq!(ranking(&places[2..3], whole, 10), Ranking::Nothing);
        assert_eq!(reached(&places, 10), Reached { reached: 1, count: 3, unknown: 1 });
    }

    #[test]
    fn people_stand_beside_posts_and_are_no_share_of_them() {
        let worked = |name: &str, estimate: i64, present| Worked {
            name: name.to_owned(),
            estimate: estimate * 1000,
            present,
        };
        let places = [worked("a", 320, Some(338)), worked("b", 128, Some(338)), worked("c", 90, None)];
        let said = Jobs::Beside { most: "a".into(), people: 338, reported: 2, silent: 1 };
        assert_eq!(jobs(&places), said);
        assert_eq!(jobs(&places[2..]), Jobs::Unreported);
        assert_eq!(jobs(&[worked("d", 0, None)]), Jobs::Nothing);
        assert_eq!((posts(422_499), posts(422_500)), (422, 423));
    }
}
