//! The draft of a document: paragraphs of sentences, each with the facts it states. Words are made elsewhere.

use super::community::{self, Work};
use super::facts::Facts;
use super::place::{Place, Tally};
use super::rank::{Fall, Ranked, Weights, falls, ranking};
use super::rate::{Indicator, Rate};
use super::small::People;
use crate::money::{Delta, Money};
use crate::period::Horizon;
use crate::statement::fraction::Fraction;
use serde::{Deserialize, Serialize};

/// Places named as first and as last, and falls that are named.
const NAMED: usize = 3;

/// A paragraph of the document, in the order of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Opening,
    Reserve,
    Progress,
    Money,
    Jobs,
    Issues,
    Ranking,
    Falls,
    /// 好的做法: a person writes it
    Practice,
    /// 下一步要求: a person writes it
    Demands,
}

/// One sentence and what it states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// Who reports on what.
    Opening {
        places: usize,
        projects: usize,
    },
    Reserve {
        listed: Tally,
        converted: u64,
        rate: Rate,
    },
    OfList {
        list: Horizon,
        tally: Tally,
    },
    Started {
        annual: u64,
        started: u64,
        rate: Rate,
    },
    /// `lead` over 序时进度
    Invested {
        invested: Option<Money>,
        planned: Money,
        rate: Rate,
        lead: Option<Fraction>,
    },
    Issued {
        issued: Delta,
        received: Delta,
    },
    /// 拨付 or 支付
    Passed {
        indicator: Indicator,
        amount: Delta,
        rate: Rate,
        lead: Option<Fraction>,
    },
    /// Posts that the year's plan promises.
    Promised {
        posts_milli: i64,
    },
    Jobs {
        present: People,
        posts_milli: i64,
        rate: Rate,
    },
    /// People of communities, of those that reported them.
    Communities {
        communities: usize,
        reported: usize,
        work: Work,
    },
    Review {
        ordered: i64,
        closed: i64,
        overdue: i64,
        rate: Rate,
    },
    Weighed {
        weights: Weights,
    },
    First {
        places: Vec<Ranked>,
    },
    Last {
        places: Vec<Ranked>,
    },
    Fell {
        falls: Vec<Fall>,
    },
    NobodyFell,
    /// There is nothing before to compare with.
    NothingBefore,
    /// Projects of the plan that nobody reported on.
    Unreported {
        places: Vec<(String, u64)>,
    },
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub part: Part,
    pub sentences: Vec<Sentence>,
}

impl Part {
    pub const ALL: [Part; 10] = [
        Part::Opening,
        Part::Reserve,
        Part::Progress,
        Part::Money,
        Part::Jobs,
        Part::Issues,
        Part::Ranking,
        Part::Falls,
        Part::Practice,
        Part::Demands,
    ];

    /// Stable code in forms and in what is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Part::Opening => "opening",
            Part::Reserve => "reserve",
            Part::Progress => "progress",
            Part::Money => "money",
            Part::Jobs => "jobs",
            Part::Issues => "issues",
            Part::Ranking => "ranking",
            Part::Falls => "falls",
            Part::Practice => "practice",
            Part::Demands => "demands",
        }
    }

    pub fn from_code(code: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// The draft that follows from the facts and the weights.
pub fn draft(facts: &Facts, weights: &Weights) -> Vec<Paragraph> {
    let (places, whole) = (facts.places(), facts.whole());
    Part::ALL
        .into_iter()
        .map(|part| Paragraph { part, sentences: sentences(part, facts, &places, &whole, weights) })
        .collect()
}

fn sentences(part: Part, facts: &Facts, places: &[Place], whole: &Place, weights: &Weights) -> Vec<Sentence> {
    let elapsed = facts.period.elapsed();
    match part {
        Part::Opening => {
            vec![Sentence::Opening { places: places.len(), projects: facts.project_count() }]
        }
        Part::Reserve => reserve(whole),
        Part::Progress => vec![
            Sentence::Started {
                annual: whole.annual,
                started: whole.started,
                rate: whole.rate(Indicator::Started),
            },
            Sentence::Invested {
                invested: whole.invested,
                planned: whole.planned,
                rate: whole.rate(Indicator::Invested),
                lead: whole.rate(Indicator::Invested).lead(elapsed),
            },
        ],
        Part::Money => {
            let passed = |indicator: Indicator, amount: Delta| {
                let rate = whole.rate(indicator);
                Sentence::Passed { indicator, amount, rate, lead: rate.lead(elapsed) }
            };
            vec![
                Sentence::Issued { issued: whole.money.issued, received: whole.money.received },
                passed(Indicator::Disbursed, whole.money.disbursed),
                passed(Indicator::Paid, whole.money.paid),
            ]
        }
        Part::Jobs => jobs(facts, whole),
        Part::Issues => issues(places, whole),
        Part::Ranking => ranked(&facts.ranked(), weights),
        Part::Falls => fallen(facts, &facts.ranked()),
        Part::Practice | Part::Demands => Vec::new(),
    }
}

fn reserve(whole: &Place) -> Vec<Sentence> {
    let all =
        Sentence::Reserve { listed: whole.listed, converted: whole.converted, rate: whole.conversion() };
    let lists = Horizon::ALL.into_iter().zip(whole.lists);
    std::iter::once(all).chain(lists.map(|(list, tally)| Sentence::OfList { list, tally })).collect()
}

fn jobs(facts: &Facts, whole: &Place) -> Vec<Sentence> {
    let held = Sentence::Jobs {
        present: whole.present,
        posts_milli: whole.posts_milli,
        rate: whole.rate(Indicator::Jobs),
    };
    if !facts.edition.tells_communities() {
        return vec![held];
    }
    let mut said = vec![Sentence::Promised { posts_milli: whole.promised_milli }, held];
    let reported = facts.communities.iter().filter(|one| one.reported.is_some()).count();
    if !facts.communities.is_empty() {
        let (_, work) = community::work(&facts.communities);
        said.push(Sentence::Communities { communities: facts.communities.len(), reported, work });
    }
    said
}

fn issues(places: &[Place], whole: &Place) -> Vec<Sentence> {
    let review = whole.review;
    let mut all = vec![Sentence::Review {
        ordered: review.ordered,
        closed: review.closed,
        overdue: review.overdue,
        rate: whole.rate(Indicator::Rectified),
    }];
    let missing: Vec<(String, u64)> = places
        .iter()
        .filter(|place| place.unreported > 0)
        .map(|place| (place.name.clone(), place.unreported))
        .collect();
    if !missing.is_empty() {
        all.push(Sentence::Unreported { places: missing });
    }
    all
}

fn ranked(places: &[Place], weights: &Weights) -> Vec<Sentence> {
    let all: Vec<Ranked> = ranking(places, weights).into_iter().filter(|one| one.rank.is_some()).collect();
    let mut said = vec![Sentence::Weighed { weights: weights.clone() }];
    // Of one place nobody is first; whoever is named as first is not named as last too.
    if all.len() > 1 {
        let first = NAMED.min(all.len() / 2).max(1);
        said.push(Sentence::First { places: all.iter().take(first).cloned().collect() });
        said.push(Sentence::Last { places: all.iter().skip(all.len() - first).cloned().collect() });
    }
    said
}

fn fallen(facts: &Facts, places: &[Place]) -> Vec<Sentence> {
    let before = facts.period.before();
    if before.is_none() {
        return vec![Sentence::NothingBefore];
    }
    let mut falls = falls(places, facts.period.last_month(), before);
    falls.truncate(NAMED);
    if falls.is_empty() { vec![Sentence::NobodyFell] } else { vec![Sentence::Fell { falls }] }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    #[test]
    fn every_part_is_there_and_two_are_left_to_a_person() {
        let made = draft(&facts("2026-10", &["520526 building 100 50 10 20"]), &Weights::default());
        let parts: Vec<Part> = made.iter().map(|one| one.part).collect();
        assert_eq!(parts, Part::ALL);
        let empty: Vec<Part> =
            made.iter().filter(|one| one.sentences.is_empty()).map(|one| one.part).collect();
        assert_eq!(empty, [Part::Practice, Part::Demands]);
        assert!(Part::ALL.iter().all(|part| Part::from_code(part.code()) == Some(*part)));
    }

    #[test]
    fn nobody_is_named_as_first_and_as_last() {
        let named = |rows: &[&str]| {
            let made = draft(&facts("2026-10", rows), &Weights::default());
            let ranking = made.into_iter().find(|one| one.part == Part::Ranking).unwrap();
            let count = |sentence: &Sentence| {
                if let Sentence::First { places } | Sentence::Last { places } = sentence {
                    places.len()
                } else {
                    0
                }
            };
            ranking.sentences.iter().map(count).collect::<Vec<_>>()
        };
        assert_eq!(named(&["520526 building 100 50 10 20"]), [0]);
        assert_eq!(named(&["520526 building 100 50 10 20", "520527 building 100 60 10 20"]), [0, 1, 1]);
    }
}
