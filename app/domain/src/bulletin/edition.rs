//! By which rules a document reckons. A document keeps the edition that it was begun with, so that it prints the same bytes
//! for ever; a mend of the rules is a new edition, and never changes one that is there. Knows no sum.

use super::facts::{Entry, Reported};
use crate::period::Horizon;
use crate::project::Stage;
use serde::{Deserialize, Serialize};

/// An edition of the rules, frozen with the figures. Figures without one are of the first, which was not yet named.
///
/// The second differs in this: the year's plan is the one-year list without what was withdrawn; people are counted of projects
/// with an estimate, everywhere; money belongs to the place and the month of the books in which it was entered; the area's own
/// place is not ranked among its counties.
///
/// The third differs from it in this: posts and people are of the plan's finished projects that say who is present, as on the
/// leaders' page, because nobody works yet at the posts of what is being built, and who builds is not who will work there;
/// and communities have a sheet of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    #[default]
    First,
    Second,
    Third,
}

impl Edition {
    /// Left out of the canonical JSON, which so stays what it was.
    pub(super) fn is_first(&self) -> bool {
        *self == Edition::First
    }

    /// Whether a project belongs to the plan of the year. It is the one population of 开工率 and 投资完成率 and of what was
    /// not reported: the one-year list, which is what the year has taken on (政府投资条例 Art. 16–17) and what the leaders' page
    /// plans by, without 退库, since nobody builds those. Books of returns ask for exactly these, so that no county is measured
    /// by a project of which it cannot report; an amount planned off the list stays in the register and in no rate.
    pub fn is_annual(self, entry: &Entry) -> bool {
        let is_listed = entry.horizon == Some(Horizon::One);
        match self {
            Edition::First => is_listed || entry.planned.is_some_and(|planned| !planned.is_zero()),
            Edition::Second | Edition::Third => is_listed && entry.stage != Stage::Withdrawn,
        }
    }

    /// Whether the sheet of projects shows what is planned and completed of the year. Only of the plan, so that the sheet adds
    /// up to that of counties.
    pub fn shows_year(self, entry: &Entry) -> bool {
        match self {
            Edition::First => true,
            Edition::Second | Edition::Third => self.is_annual(entry),
        }
    }

    /// Whether people at the posts of a project are shown beside those of its place. Places and the whole count those of
    /// projects with an estimate; of others nothing is shown, or the smaller groups could be reckoned from sums of two kinds.
    pub fn shows_people(self, entry: &Entry) -> bool {
        match self {
            Edition::First => true,
            Edition::Second | Edition::Third => self.asks_people(entry),
        }
    }

    /// Whether people at the posts of a project should have been reported, and count as nobody where they were not.
    pub(super) fn asks_people(self, entry: &Entry) -> bool {
        match self {
            Edition::First | Edition::Second => entry.has_estimate(),
            // That nobody will work there is an estimate too.
            Edition::Third => {
                entry.posts_milli.is_some() && entry.stage.is_finished() && self.is_annual(entry)
            }
        }
    }

    /// Whether the posts of a project are held against the people who were reported to be at them: one population for both.
    pub(super) fn holds(self, entry: &Entry, reported: Option<&Reported>) -> bool {
        match self {
            Edition::First | Edition::Second => self.asks_people(entry),
            Edition::Third => {
                self.asks_people(entry) && reported.is_some_and(|reported| reported.present.is_some())
            }
        }
    }

    /// Whether the rate of jobs at the end of the period before can be reckoned: stages are known as they are, not as they were.
    pub(super) const fn knows_jobs_before(self) -> bool {
        match self {
            Edition::First | Edition::Second => true,
            Edition::Third => false,
        }
    }

    /// Whether a document says what communities reported.
    pub const fn tells_communities(self) -> bool {
        match self {
            Edition::First | Edition::Second => false,
            Edition::Third => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::Facts;
    use super::super::facts::tests::{facts, wan};
    use super::super::rate::{Indicator, Rate};
    use super::super::small::People;
    use super::*;

    const ROWS: [&str; 4] = [
        "520526 building 100 50 10 20",
        "520526 ready 100 - - -",
        "520526 withdrawn 900 - - -",
        "520526 reserve 700 - - - off",
    ];

    /// annual, started, unreported, planned in 万元, 投资完成率 as part and whole
    fn plan(edition: Edition) -> (u64, u64, u64, i64, Rate) {
        let whole = Facts { edition, ..facts("2026-10", &ROWS) }.whole();
        let planned = whole.planned.fen() / wan(1).fen();
        (whole.annual, whole.started, whole.unreported, planned, whole.rate(Indicator::Invested))
    }

    #[test]
    fn nobody_is_measured_by_what_books_of_returns_do_not_ask() {
        assert_eq!(plan(Edition::Second), (2, 1, 1, 200, Rate::share(50, 200)));
        assert_eq!(plan(Edition::First), (4, 1, 3, 1800, Rate::share(50, 1800)), "kept as it was");
    }

    /// posts held, people, 岗位完成率
    fn jobs(edition: Edition, rows: &[&str]) -> (i64, People, Rate) {
        let whole = Facts { edition, ..facts("2026-10", rows) }.whole();
        (whole.posts_milli / 1000, whole.present, whole.rate(Indicator::Jobs))
    }

    #[test]
    fn who_builds_is_not_held_against_posts_in_operation() {
        let rows = [
            "520526 building 100 50 10 90",
            "520526 completed 100 90 20 18",
            "520526 accepted 100 - 30 -",
            "520526 completed 100 90 40 30 off",
            "520526 completed 100 90 0 7",
            "520526 completed 100 90 - 7",
        ];
        assert_eq!(jobs(Edition::Third, &rows), (20, People::Known(25), Rate::share(25, 20)));
        assert_eq!(
            jobs(Edition::Second, &rows),
            (100, People::Known(138), Rate::share(138, 100)),
            "kept as it was"
        );
        assert_eq!(jobs(Edition::Third, &rows[..1]), (0, People::Unknown, Rate::Nothing));
        assert_eq!(
            jobs(Edition::Third, &rows[2..3]),
            (0, People::Unknown, Rate::Unknown),
            "nobody is nobody"
        );
    }

    #[test]
    fn the_first_edition_is_not_named_in_what_was_kept() {
        let third = facts("2026-10", &ROWS);
        let first = Facts { edition: Edition::First, ..third.clone() };
        let kept = serde_json::to_string(&first).unwrap();
        assert!(!["edition", "elsewhere", "communities"].iter().any(|word| kept.contains(word)), "{kept}");
        let read: Facts = serde_json::from_str(&kept).unwrap();
        assert_eq!(read, first);
        assert!(serde_json::to_string(&third).unwrap().ends_with("\"edition\":\"third\"}"));
    }
}
