//! What a document says of one place: counts, sums and rates. Raw counts of people never leave it. Knows no word.

use super::edition::Edition;
use super::facts::{Project, Reported, Review};
use super::rate::{Indicator, Rate};
use super::small::People;
use crate::area::AreaCode;
use crate::ledger::PerStage;
use crate::money::{Delta, Money};
use crate::period::Horizon;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Projects and their investment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub projects: u64,
    pub total: Money,
}

/// One county, or all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub area: AreaCode,
    pub name: String,
    /// 一年期, 两年期, 五年期
    pub lists: [Tally; 3],
    /// on any list
    pub listed: Tally,
    /// of those on a list, how many came to money
    pub converted: u64,
    /// projects of the year's plan, and how many of them have begun
    pub annual: u64,
    pub started: u64,
    /// for the year, of its plan
    pub planned: Money,
    /// `None` when nobody reported it
    pub invested: Option<Money>,
    pub money: PerStage<Delta>,
    /// since the end of the period before
    pub money_new: PerStage<Delta>,
    /// thousandths of posts that those present are held against
    pub posts_milli: i64,
    /// thousandths of posts that the year's plan promises
    pub promised_milli: i64,
    /// at the posts of the projects that are held against their estimate
    pub present: People,
    pub present_before: People,
    pub review: Review,
    pub rates: BTreeMap<Indicator, Rate>,
    /// at the end of the period before, where that can be known
    pub rates_before: BTreeMap<Indicator, Rate>,
    /// projects of the plan that nobody reported on
    pub unreported: u64,
    #[serde(skip)]
    raw: Raw,
}

/// Counts of people as they were reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Raw {
    present: Option<i64>,
    present_before: Option<i64>,
    /// thousandths of posts that those present were held against at the end of the period before
    posts_before: i64,
    /// thousandths of posts whose people should have been reported
    owed: i64,
}

impl Place {
    pub(super) fn of<'a>(
        edition: Edition,
        area: AreaCode,
        name: String,
        projects: impl Iterator<Item = &'a Project>,
        review: Review,
    ) -> Place {
        let projects: Vec<&Project> = projects.collect();
        let annual: Vec<&&Project> = projects.iter().filter(|one| edition.is_annual(&one.entry)).collect();
        let money = stages(projects.iter().map(|one| &one.money));
        let before = stages(projects.iter().map(|one| &one.money_before));
        let planned = sum(annual.iter().filter_map(|one| one.entry.planned));
        let held = |of: fn(&Project) -> Option<&Reported>| -> (Option<i64>, i64) {
            let held: Vec<&&Project> =
                projects.iter().filter(|one| edition.holds(&one.entry, of(one))).collect();
            let all = held.iter().filter_map(|one| of(one)?.present);
            (all.reduce(i64::saturating_add), posts(held.into_iter().copied()))
        };
        let owed = posts(projects.iter().copied().filter(|one| edition.asks_people(&one.entry)));
        let (present, posts_milli) = held(|one| one.reported.as_ref());
        let (present_before, posts_before) = held(|one| one.reported_before.as_ref());
        let mut place = Place {
            area,
            name,
            lists: Horizon::ALL
                .map(|list| tally(projects.iter().filter(|one| one.entry.horizon == Some(list)))),
            listed: tally(projects.iter().filter(|one| one.entry.horizon.is_some())),
            converted: count(projects.iter().filter(|one| one.entry.horizon.is_some() && one.is_converted())),
            annual: count(annual.iter()),
            started: count(annual.iter().filter(|one| one.is_started())),
            planned,
            invested: invested(&annual, |one| one.reported.as_ref()),
            money,
            money_new: PerStage::of(|stage| {
                Delta::from_fen(money.get(stage).fen() - before.get(stage).fen())
            }),
            posts_milli,
            promised_milli: posts(annual.iter().map(|one| **one)),
            present: People::Unknown,
            present_before: People::Unknown,
            review,
            rates: BTreeMap::new(),
            rates_before: BTreeMap::new(),
            unreported: count(annual.iter().filter(|one| one.reported.is_none())),
            raw: Raw { present, present_before, posts_before, owed },
        };
        let was_started = count(annual.iter().filter(|one| one.was_started()));
        let was_invested = invested(&annual, |one| one.reported_before.as_ref());
        place.rates = place.reckoned(place.started, place.invested, &money, false);
        place.rates_before = place.reckoned(was_started, was_invested, &before, true);
        place
    }

    /// Every rate but that of jobs, now or at the end of the period before. Findings keep no figure of an earlier day.
    fn reckoned(
        &self,
        started: u64,
        invested: Option<Money>,
        money: &PerStage<Delta>,
        is_before: bool,
    ) -> BTreeMap<Indicator, Rate> {
        let Review { ordered, closed, .. } = self.review;
        let rectified = if is_before { Rate::Unknown } else { Rate::share(closed.into(), ordered.into()) };
        [
            (Indicator::Started, Rate::share(started.into(), self.annual.into())),
            (Indicator::Invested, of_plan(invested, self.planned)),
            (Indicator::Disbursed, of_issued(money, money.disbursed)),
            (Indicator::Paid, of_issued(money, money.paid)),
            (Indicator::Rectified, rectified),
        ]
        .into()
    }

    /// Reckons the rates of people from what may be shown.
    pub(super) fn close(&mut self, edition: Edition) {
        let owed = self.raw.owed;
        let rate = |people: People, posts: i64| match people {
            People::Known(present) => Rate::share(i128::from(present) * 1000, posts.into()),
            People::Withheld => Rate::Few,
            People::Unknown if owed > 0 => Rate::Unknown,
            People::Unknown => Rate::Nothing,
        };
        self.rates.insert(Indicator::Jobs, rate(self.present, self.posts_milli));
        // What was finished then is not known: who was present may have been building.
        let before = if edition.knows_jobs_before() {
            rate(self.present_before, self.raw.posts_before)
        } else {
            Rate::Unknown
        };
        self.rates_before.insert(Indicator::Jobs, before);
        self.raw = Raw::default();
    }

    pub(super) const fn raw_present(&self) -> Option<i64> {
        self.raw.present
    }

    pub(super) const fn raw_present_before(&self) -> Option<i64> {
        self.raw.present_before
    }

    pub fn rate(&self, indicator: Indicator) -> Rate {
        self.rates.get(&indicator).copied().unwrap_or(Rate::Unknown)
    }

    pub fn rate_before(&self, indicator: Indicator) -> Rate {
        self.rates_before.get(&indicator).copied().unwrap_or(Rate::Unknown)
    }

    /// 转化率: of projects on a list, those that came to money.
    pub fn conversion(&self) -> Rate {
        Rate::share(self.converted.into(), self.listed.projects.into())
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u64 {
    all.count() as u64
}

fn sum(all: impl Iterator<Item = Money>) -> Money {
    all.fold(Money::ZERO, |sum, one| sum.checked_add(one).unwrap_or(Money::MAX))
}

fn posts<'a>(all: impl Iterator<Item = &'a Project>) -> i64 {
    all.filter_map(|one| one.entry.posts_milli).fold(0, i64::saturating_add)
}

fn tally<'a>(projects: impl Iterator<Item = &'a &'a Project>) -> Tally {
    projects.fold(Tally::default(), |tally, one| Tally {
        projects: tally.projects + 1,
        total: tally.total.checked_add(one.entry.total.unwrap_or_default()).unwrap_or(Money::MAX),
    })
}

fn stages<'a>(all: impl Iterator<Item = &'a PerStage<Delta>>) -> PerStage<Delta> {
    all.fold(PerStage::default(), |sum: PerStage<Delta>, one| {
        PerStage::of(|stage| Delta::from_fen(sum.get(stage).fen().saturating_add(one.get(stage).fen())))
    })
}

/// Completed on projects of the plan, as far as anybody reported.
fn invested(annual: &[&&Project], of: fn(&Project) -> Option<&Reported>) -> Option<Money> {
    let all = annual.iter().filter_map(|one| of(one)?.invested);
    all.fold(None, |sum: Option<Money>, one| {
        Some(sum.unwrap_or_default().checked_add(one).unwrap_or(Money::MAX))
    })
}

fn of_plan(invested: Option<Money>, planned: Money) -> Rate {
    match invested {
        _ if planned.is_zero() => Rate::Nothing,
        None => Rate::Unknown,
        Some(invested) => Rate::share(invested.fen().into(), planned.fen().into()),
    }
}

/// Of what was given; E4: the heading names the denominator.
fn of_issued(money: &PerStage<Delta>, part: Delta) -> Rate {
    Rate::share(part.fen().into(), money.issued.fen().into())
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::{facts, wan};
    use super::super::rate::percent;
    use super::*;

    fn shown(place: &Place, indicator: Indicator) -> String {
        match place.rate(indicator) {
            Rate::Of(share) => percent(share).unwrap(),
            Rate::Nothing => "nothing".into(),
            Rate::Unknown => "unknown".into(),
            Rate::Few => "few".into(),
        }
    }

    fn check(rows: &[&str], expected: [&str; 6]) {
        let whole = facts("2026-10", rows).whole();
        assert_eq!(Indicator::ALL.map(|indicator| shown(&whole, indicator)), expected, "{rows:?}");
    }

    #[test]
    fn each_rate_has_its_own_denominator() {
        check(
            &["520526 completed 100 50 10 8", "520526 ready 300 - - -"],
            ["50.0", "12.5", "50.0", "25.0", "80.0", "nothing"],
        );
        check(&["520526 completed 100 - 10 -"], ["100.0", "unknown", "50.0", "25.0", "unknown", "nothing"]);
        check(&["520526 idea - - - -"], ["0.0", "nothing", "nothing", "nothing", "nothing", "nothing"]);
        check(&["520526 completed 100 50 10 3"], ["100.0", "50.0", "50.0", "25.0", "few", "nothing"]);
    }

    #[test]
    fn counties_add_up_to_the_whole() {
        let rows = ["520526 completed 100 50 10 8", "520527 ready 300 20 20 9", "520528 allocated 7 - 5 20"];
        let facts = facts("2026-10", &rows);
        let (places, whole) = (facts.places(), facts.whole());
        assert_eq!(places.len(), 3);
        let total = |of: fn(&Place) -> i64| places.iter().map(of).sum::<i64>();
        assert_eq!(total(|place| place.planned.fen()), whole.planned.fen());
        assert_eq!(total(|place| place.money.paid.fen()), whole.money.paid.fen());
        assert_eq!(total(|place| place.posts_milli), whole.posts_milli);
        assert_eq!(whole.invested, Some(wan(70)));
        assert_eq!((whole.converted, whole.listed.projects, whole.unreported), (2, 3, 0));
    }
}
