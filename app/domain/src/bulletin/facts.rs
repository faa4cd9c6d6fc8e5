//! What a document stands on: every project, what was reported of it, its money and the findings, as they were known at one
//! place of the trail. Frozen with the document; whatever it says follows from here. Knows no database.

use super::community::Community;
use super::edition::Edition;
use super::period::Period;
use super::place::Place;
use super::small::{self, People};
use crate::area::{AreaCode, AreaPath};
use crate::id::{ProjectId, ReturnBookId};
use crate::ledger::PerStage;
use crate::money::{Delta, Money};
use crate::period::{Horizon, Month};
use crate::project::Stage;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Not;

/// Nation, province, city, county.
const COUNTY: usize = 4;

/// The frozen figures. Its JSON is canonical: maps are sorted, projects stand in the order of place and number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub area: AreaPath,
    pub period: Period,
    pub known: Known,
    /// names of the area and of every place, as called then
    pub names: BTreeMap<AreaCode, String>,
    pub projects: Vec<Project>,
    pub reviews: BTreeMap<AreaCode, Review>,
    /// returns that count, in the version that was known
    pub books: Vec<Book>,
    /// in the order of place and name; the earlier rules say nothing of them
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<Community>,
    /// by which rules it reckons
    #[serde(default, skip_serializing_if = "Edition::is_first")]
    pub edition: Edition,
}

/// The moment that was known: a place of the audit trail, and one of the ledger's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub trail: i64,
    pub ledger: i64,
    /// Unix milliseconds of that place of the trail
    pub at: i64,
}

/// One project of the year: on a list, with a plan, or with money of the year. What lies elsewhere now and has money that was
/// entered here stands here with its money alone: plan, list and reports go with the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    pub entry: Entry,
    /// of the budget year, up to the end of the period, and up to the end of the one before
    pub money: PerStage<Delta>,
    pub money_before: PerStage<Delta>,
    /// the newest report of the year up to the end of the period, and up to the end of the one before
    pub reported: Option<Reported>,
    pub reported_before: Option<Reported>,
    /// lies in another place now
    #[serde(default, skip_serializing_if = "Not::not")]
    pub is_elsewhere: bool,
}

/// What the register says of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: ProjectId,
    pub number: i64,
    pub code: Option<String>,
    pub name: String,
    /// the county; the area itself of what lies above counties
    pub place: AreaCode,
    pub stage: Stage,
    pub horizon: Option<Horizon>,
    pub total: Option<Money>,
    /// planned for the year
    pub planned: Option<Money>,
    /// thousandths of posts in operation, as estimated
    pub posts_milli: Option<i64>,
}

/// What a county reported of a project. A figure that nobody gave is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    pub month: Month,
    pub is_started: Option<bool>,
    /// since the year began
    pub invested: Option<Money>,
    /// people at their posts on the last day
    pub present: Option<i64>,
    pub progress: Option<String>,
    pub reason_not_started: Option<String>,
}

/// Findings of a place: ordered to be rectified, closed after that, and late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub ordered: i64,
    pub closed: i64,
    pub overdue: i64,
}

/// A return that counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Book {
    pub month: Month,
    pub area: AreaCode,
    pub book: ReturnBookId,
    /// of the version
    pub number: i64,
}

impl Entry {
    /// Posts in operation were estimated, so that people at them can be held against something.
    pub fn has_estimate(&self) -> bool {
        self.posts_milli.is_some_and(|posts| posts > 0)
    }
}

impl Project {
    /// As reported; of what nobody reported, as the register says.
    pub fn is_started(&self) -> bool {
        started(self.reported.as_ref(), self.entry.stage)
    }

    pub fn was_started(&self) -> bool {
        started(self.reported_before.as_ref(), self.entry.stage)
    }

    /// Came from a list to money: E2 asks for the project's own history, never for two totals.
    pub const fn is_converted(&self) -> bool {
        match self.entry.stage {
            Stage::Allocated | Stage::Building | Stage::Completed | Stage::Accepted => true,
            Stage::Idea
            | Stage::Reserve
            | Stage::Preparation
            | Stage::Ready
            | Stage::Paused
            | Stage::Withdrawn => false,
        }
    }

    pub fn present(&self) -> Option<i64> {
        self.reported.as_ref().and_then(|reported| reported.present)
    }

    pub fn invested(&self) -> Option<Money> {
        self.reported.as_ref().and_then(|reported| reported.invested)
    }
}

fn started(reported: Option<&Reported>, stage: Stage) -> bool {
    let said = reported.and_then(|reported| reported.is_started);
    said.unwrap_or(match stage {
        Stage::Building | Stage::Completed | Stage::Accepted => true,
        Stage::Idea
        | Stage::Reserve
        | Stage::Preparation
        | Stage::Ready
        | Stage::Allocated
        | Stage::Paused
        | Stage::Withdrawn => false,
    })
}

impl Facts {
    /// The place of an area: its county, or itself above counties.
    pub fn place_of(area: &AreaPath) -> AreaCode {
        area.codes().into_iter().take(COUNTY).next_back().unwrap_or_else(|| area.code())
    }

    pub fn name(&self, place: AreaCode) -> &str {
        self.names.get(&place).map_or("", String::as_str)
    }

    /// Every place that has a project or a finding, in the order of codes, with its groups of people withheld where they are
    /// small.
    pub fn places(&self) -> Vec<Place> {
        let codes: BTreeSet<AreaCode> = self
            .projects
            .iter()
            .map(|project| project.entry.place)
            .chain(self.reviews.keys().copied())
            .collect();
        let mut places: Vec<Place> = codes
            .into_iter()
            .map(|code| {
                let projects = self.projects.iter().filter(|project| project.entry.place == code);
                let review = self.reviews.get(&code).copied().unwrap_or_default();
                Place::of(self.edition, code, self.name(code).to_owned(), projects, review)
            })
            .collect();
        for (of, set) in [PRESENT, PRESENT_BEFORE] {
            let counts: Vec<Option<i64>> = places.iter().map(of).collect();
            for (place, people) in places.iter_mut().zip(small::beside_their_total(&counts)) {
                set(place, people);
            }
        }
        places.iter_mut().for_each(|place| place.close(self.edition));
        places
    }

    /// All places together.
    pub fn whole(&self) -> Place {
        let own = self.area.code();
        let review = self.reviews.values().fold(Review::default(), |sum, one| Review {
            ordered: sum.ordered + one.ordered,
            closed: sum.closed + one.closed,
            overdue: sum.overdue + one.overdue,
        });
        let name = self.name(own).to_owned();
        let mut whole = Place::of(self.edition, own, name, self.projects.iter(), review);
        for (of, set) in [PRESENT, PRESENT_BEFORE] {
            let people = small::alone(of(&whole));
            set(&mut whole, people);
        }
        whole.close(self.edition);
        whole
    }

    /// The places that are compared: of an area above counties not its own place, which is no county. Its figures stay in the
    /// whole.
    pub fn ranked(&self) -> Vec<Place> {
        let own = self.area.code();
        let is_above = self.area.codes().len() < COUNTY;
        let is_left_out = |place: &Place| is_above && place.area == own;
        let mut places = self.places();
        match self.edition {
            Edition::First => {}
            Edition::Second | Edition::Third => places.retain(|place| !is_left_out(place)),
        }
        places
    }

    /// Projects that lie here.
    pub fn project_count(&self) -> usize {
        self.projects.iter().filter(|project| !project.is_elsewhere).count()
    }

    /// People of a project as they are shown beside its place's.
    fn counted(&self, at: usize) -> Option<i64> {
        let project = &self.projects[at];
        project.present().filter(|_| self.edition.shows_people(&project.entry))
    }

    /// People at the posts of each project, in the order of projects: withheld with their place, and where they are few.
    pub fn people(&self) -> Vec<People> {
        let places: BTreeMap<AreaCode, People> =
            self.places().into_iter().map(|place| (place.area, place.present)).collect();
        let mut shown = vec![People::Unknown; self.projects.len()];
        for (code, of_place) in places {
            let at: Vec<usize> =
                (0..self.projects.len()).filter(|at| self.projects[*at].entry.place == code).collect();
            let counts: Vec<Option<i64>> = at.iter().map(|at| self.counted(*at)).collect();
            let people = if of_place == People::Withheld {
                counts.iter().map(|count| count.map_or(People::Unknown, hidden)).collect()
            } else {
                small::beside_their_total(&counts)
            };
            at.into_iter().zip(people).for_each(|(at, people)| shown[at] = people);
        }
        shown
    }
}

const fn hidden(count: i64) -> People {
    if count == 0 { People::Known(0) } else { People::Withheld }
}

/// A raw count of a place, and the place for what may be shown of it.
type Group = (fn(&Place) -> Option<i64>, fn(&mut Place, People));
const PRESENT: Group = (|place| place.raw_present(), |place, people| place.present = people);
const PRESENT_BEFORE: Group =
    (|place| place.raw_present_before(), |place, people| place.present_before = people);

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    pub fn code(code: &str) -> AreaCode {
        AreaCode::new(code).unwrap()
    }

    pub fn wan(amount: i64) -> Money {
        Money::from_fen(amount * 1_000_000).unwrap()
    }

    /// `place stage planned invested posts present`, and ` off` of what is on no list: `-` is none. Money of the year is planned, half of it disbursed, a
    /// quarter paid.
    pub fn facts(period: &str, rows: &[&str]) -> Facts {
        let period = Period::parse(period).unwrap();
        let project = |(number, row): (usize, &&str)| {
            let parts: Vec<&str> = row.split(' ').collect();
            let number_of = |at: usize| parts[at].parse::<i64>().ok();
            let planned = number_of(2).map(wan);
            let share = |part: i64| Delta::from_fen(planned.map_or(0, Money::fen) / part);
            Project {
                entry: Entry {
                    id: ProjectId::new(Uuid::from_u128(number as u128 + 1)),
                    number: number as i64 + 1,
                    code: None,
                    name: format!("p{}", number + 1),
                    place: code(parts[0]),
                    stage: Stage::from_code(parts[1]).unwrap(),
                    horizon: (parts.len() == 6).then_some(Horizon::One),
                    total: planned,
                    planned,
                    posts_milli: number_of(4).map(|posts| posts * 1000),
                },
                money: PerStage { issued: share(1), received: share(1), disbursed: share(2), paid: share(4) },
                money_before: PerStage {
                    issued: share(1),
                    received: share(1),
                    disbursed: share(2),
                    paid: share(4),
                },
                reported: (parts[3] != "-" || parts[5] != "-").then(|| Reported {
                    month: period.last_month(),
                    is_started: None,
                    invested: number_of(3).map(wan),
                    present: number_of(5),
                    progress: None,
                    reason_not_started: None,
                }),
                reported_before: None,
                is_elsewhere: false,
            }
        };
        let projects: Vec<Project> = rows.iter().enumerate().map(project).collect();
        let names = projects.iter().map(|one| (one.entry.place, format!("n{}", one.entry.place)));
        Facts {
            area: AreaPath::new("/100000/520000/520500/").unwrap(),
            period,
            known: Known { trail: 7, ledger: 3, at: 0 },
            names: names.collect(),
            projects,
            reviews: BTreeMap::new(),
            books: Vec::new(),
            communities: Vec::new(),
            edition: Edition::Third,
        }
    }

    #[test]
    fn a_small_group_is_seen_neither_in_its_county_nor_in_its_projects() {
        let facts = facts(
            "2026-10",
            &[
                "520526 completed 100 50 10 3",
                "520527 completed 100 50 30 20",
                "520527 completed 100 50 10 9",
                "520528 completed 100 50 50 40",
            ],
        );
        let present: Vec<People> = facts.places().iter().map(|place| place.present).collect();
        assert_eq!(present, [People::Withheld, People::Withheld, People::Known(40)]);
        let projects = facts.people();
        assert_eq!(projects, [People::Withheld, People::Withheld, People::Withheld, People::Known(40)]);
        assert_eq!(facts.whole().present, People::Known(72));
        let json = serde_json::to_string(&facts.places()).unwrap();
        assert!(!json.contains("\"known\":3"), "raw counts stay with the facts: {json}");
    }

    #[test]
    fn people_of_projects_without_an_estimate_tell_nothing_of_the_others() {
        let facts = facts(
            "2026-10",
            &["520526 completed 100 50 10 12", "520526 completed 100 50 10 3", "520526 completed 100 50 - 2"],
        );
        assert_eq!(facts.whole().present, People::Known(15));
        assert_eq!(facts.people(), [People::Withheld, People::Withheld, People::Unknown]);
    }

    #[test]
    fn facts_read_back_as_they_were_written() {
        let facts = facts("2026-Q3", &["520526 building 100 50 10 30", "520527 reserve - - - -"]);
        let text = serde_json::to_string(&facts).unwrap();
        let again: Facts = serde_json::from_str(&text).unwrap();
        assert_eq!(again, facts);
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    #[test]
    fn a_county_is_the_place_of_what_lies_in_it_and_a_city_of_its_own() {
        let place = |path: &str| Facts::place_of(&AreaPath::new(path).unwrap()).to_string();
        assert_eq!(place("/100000/520000/520500/520526/"), "520526");
        assert_eq!(place("/100000/520000/520500/"), "520500");
        assert_eq!(place("/100000/"), "100000");
    }
}
