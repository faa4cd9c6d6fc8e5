//! Editions of what is known of a source: its rules with the time and the area in which they hold. A new edition begins on a
//! day to come and never re-judges a notice of the past: a notice goes by the edition of its own day.

use super::kind::{Catalogue, SourceKind};
use crate::area::{AreaCode, AreaPath};
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One edition of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// counts up within the source; the shipped one is 1
    pub number: u32,
    /// where it holds: this area and all under it; [`AreaCode::ROOT`] is the whole country
    pub area: AreaCode,
    /// first day on which it holds, `None`: since ever, as the shipped ones do
    pub valid_from: Option<NaiveDate>,
    /// last day on which it holds, `None` while open
    pub valid_to: Option<NaiveDate>,
    /// the source with its rules
    pub kind: SourceKind,
}

/// All editions of all sources. No two of one source and area overlap in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editions {
    by_source: BTreeMap<Source, Vec<Edition>>,
}

/// Why an edition does not come in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditionRefusal {
    #[error("{source_code}: ends before it begins")]
    EndsBeforeStart { source_code: &'static str },
    #[error("{source_code}: editions {first} and {second} hold in one area at one time")]
    Overlap { source_code: &'static str, first: u32, second: u32 },
    #[error("{source_code}: number {number} is taken")]
    NumberTaken { source_code: &'static str, number: u32 },
    /// It would change judgements of days that are over.
    #[error("{source_code}: does not begin after {today}")]
    InThePast { source_code: &'static str, today: NaiveDate },
}

impl Edition {
    pub const fn source(&self) -> Source {
        self.kind.source
    }

    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= date) && self.valid_to.is_none_or(|last| date <= last)
    }

    fn overlaps(&self, other: &Edition) -> bool {
        let starts_in_time = |one: &Edition, two: &Edition| match (one.valid_from, two.valid_to) {
            (Some(first), Some(last)) => first <= last,
            (None, _) | (_, None) => true,
        };
        self.area == other.area && starts_in_time(self, other) && starts_in_time(other, self)
    }
}

/// What the product comes with: the facts of domain.md C2, number 1 of every source, everywhere and since ever.
pub fn shipped() -> Vec<Edition> {
    let first = |kind: &SourceKind| Edition {
        number: 1,
        area: AreaCode::ROOT,
        valid_from: None,
        valid_to: None,
        kind: kind.clone(),
    };
    Catalogue::builtin().iter().map(first).collect()
}

impl Editions {
    /// Takes any set in which no two editions of a source hold in one area at one time.
    pub fn new(editions: impl IntoIterator<Item = Edition>) -> Result<Editions, EditionRefusal> {
        let mut all = Editions { by_source: BTreeMap::new() };
        for edition in editions {
            all.insert(edition)?;
        }
        Ok(all)
    }

    /// The edition in force on `date` for the area at the end of `area`: the most specific area wins.
    pub fn at(&self, source: Source, area: &AreaPath, date: NaiveDate) -> Option<&Edition> {
        let codes = area.codes();
        let depth = |edition: &Edition| codes.iter().position(|code| *code == edition.area);
        // No two hold in one area on one day, so the place within the path names one.
        self.of(source)
            .iter()
            .filter(|edition| edition.holds_on(date))
            .filter_map(|edition| Some((depth(edition)?, edition)))
            .max_by_key(|(depth, _)| *depth)
            .map(|(_, edition)| edition)
    }

    /// Every source as it is in force; one without an edition is as it was shipped.
    pub fn catalogue(&self, area: &AreaPath, date: NaiveDate) -> Catalogue {
        let in_force = Source::ALL.into_iter().filter_map(|source| self.at(source, area, date));
        in_force.fold(Catalogue::builtin(), |all, edition| all.with(edition.kind.clone()))
    }

    /// All editions of a source, in the order in which they came.
    pub fn of(&self, source: Source) -> &[Edition] {
        self.by_source.get(&source).map_or(&[], Vec::as_slice)
    }

    /// The number for the next edition of a source.
    pub fn next_number(&self, source: Source) -> u32 {
        self.of(source).iter().map(|edition| edition.number).max().map_or(1, |last| last.saturating_add(1))
    }

    /// Adds an edition that begins after `today`; the one that was in force in its area until then ends the day before.
    pub fn adopt(mut self, edition: Edition, today: NaiveDate) -> Result<Editions, EditionRefusal> {
        let source = edition.source();
        let Some(valid_from) = edition.valid_from.filter(|first| *first > today) else {
            return Err(EditionRefusal::InThePast { source_code: source.code(), today });
        };
        let known = self.by_source.entry(source).or_default();
        for older in known.iter_mut().filter(|older| older.area == edition.area) {
            if older.valid_from.is_none_or(|first| first < valid_from) && older.holds_on(valid_from) {
                older.valid_to = valid_from.pred_opt();
            }
        }
        self.insert(edition)?;
        Ok(self)
    }

    fn insert(&mut self, edition: Edition) -> Result<(), EditionRefusal> {
        let source_code = edition.source().code();
        if let (Some(first), Some(last)) = (edition.valid_from, edition.valid_to)
            && last < first
        {
            return Err(EditionRefusal::EndsBeforeStart { source_code });
        }
        let known = self.by_source.entry(edition.source()).or_default();
        if known.iter().any(|other| other.number == edition.number) {
            return Err(EditionRefusal::NumberTaken { source_code, number: edition.number });
        }
        if let Some(other) = known.iter().find(|other| other.overlaps(&edition)) {
            let (first, second) = (other.number, edition.number);
            return Err(EditionRefusal::Overlap { source_code, first, second });
        }
        known.push(edition);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fund::{BasisPoints, Rule};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn area() -> AreaPath {
        AreaPath::new("/100000/520000/520500/").unwrap()
    }

    /// The edition of work relief with another floor of labour pay, in per cent.
    fn floor(number: u32, code: &str, from: &str, percent: u8) -> Edition {
        let mut kind = Catalogue::builtin().get(Source::Wfr).clone();
        for clause in &mut kind.clauses {
            if let Rule::LabourShare { at_least } = &mut clause.rule {
                *at_least = BasisPoints::percent(percent);
            }
        }
        let area = AreaCode::new(code).unwrap();
        Edition { number, area, valid_from: Some(day(from)), valid_to: None, kind }
    }

    fn asked(all: &Editions, on: &str) -> u32 {
        let kind = all.at(Source::Wfr, &area(), day(on)).unwrap();
        let area = area();
        let floors = kind.kind.in_force(day(on), &area).filter_map(|clause| match clause.rule {
            Rule::LabourShare { at_least } => Some(at_least.get()),
            Rule::Allows { .. }
            | Rule::Forbids { .. }
            | Rule::IndustryShare { .. }
            | Rule::ManagementShare { .. }
            | Rule::CapPerProject { .. }
            | Rule::Revenue
            | Rule::PassOn { .. }
            | Rule::SpendWithin { .. }
            | Rule::Publish { .. }
            | Rule::NoDemandedMatching
            | Rule::OwnDocument
            | Rule::Traceable
            | Rule::Stated => None,
        });
        floors.max().unwrap_or_default()
    }

    #[test]
    fn a_notice_goes_by_the_edition_of_its_day_and_the_nearest_area() {
        let today = day("2026-06-30");
        let all = Editions::new(shipped()).unwrap();
        assert_eq!(all.next_number(Source::Wfr), 2);
        let all = all.adopt(floor(2, "100000", "2027-01-01", 35), today).unwrap();
        let all = all.adopt(floor(3, "520000", "2027-07-01", 40), today).unwrap();
        assert_eq!(asked(&all, "2026-12-31"), 3000, "what was judged stays as it was judged");
        assert_eq!(asked(&all, "2027-01-01"), 3500);
        assert_eq!(asked(&all, "2027-07-01"), 4000, "the province's own");
        let catalogue = all.catalogue(&area(), day("2027-07-01"));
        assert_eq!(catalogue.get(Source::Wfr), &all.of(Source::Wfr)[2].kind);
        assert_eq!(catalogue.get(Source::Brg), Catalogue::builtin().get(Source::Brg));
        assert_eq!(all.of(Source::Wfr)[0].valid_to, Some(day("2026-12-31")));
    }

    #[test]
    fn editions_that_do_not_stand_are_refused() {
        let (today, source_code) = (day("2026-06-30"), "WFR");
        let all = || Editions::new(shipped()).unwrap();
        let late = all().adopt(floor(2, "100000", "2026-06-30", 35), today);
        assert_eq!(late, Err(EditionRefusal::InThePast { source_code, today }));
        let taken = all().adopt(floor(1, "520000", "2027-01-01", 35), today);
        assert_eq!(taken, Err(EditionRefusal::NumberTaken { source_code, number: 1 }));
        let later = all().adopt(floor(2, "100000", "2028-01-01", 35), today).unwrap();
        let between = later.adopt(floor(3, "100000", "2027-01-01", 35), today);
        assert_eq!(between, Err(EditionRefusal::Overlap { source_code, first: 2, second: 3 }));
        let mut backwards = floor(2, "520000", "2027-01-01", 35);
        backwards.valid_to = Some(day("2026-12-31"));
        assert_eq!(all().adopt(backwards, today), Err(EditionRefusal::EndsBeforeStart { source_code }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_later_edition_changes_no_older_judgement(
            source in 0..16_usize,
            today in 0..700_i64,
            later in 1..300_i64,
            asked in 0..1000_i64,
            own in any::<bool>(),
        ) {
            let begin = day("2025-01-01");
            let (source, today) = (Source::ALL[source], begin + chrono::TimeDelta::days(today));
            let before = Editions::new(shipped()).unwrap();
            let mut kind = before.of(source)[0].kind.clone();
            kind.clauses.clear();
            let code = if own { "520500" } else { "100000" };
            let valid_from = today + chrono::TimeDelta::days(later);
            let edition = Edition {
                number: 2,
                area: AreaCode::new(code).unwrap(),
                valid_from: Some(valid_from),
                valid_to: None,
                kind: kind.clone(),
            };
            let after = before.clone().adopt(edition, today).unwrap();
            let on = begin + chrono::TimeDelta::days(asked);
            let found = &after.at(source, &area(), on).unwrap().kind;
            let old = &before.at(source, &area(), on).unwrap().kind;
            prop_assert_eq!(found, if on < valid_from { old } else { &kind });
        }

        #[test]
        fn an_edition_crosses_the_wire_unchanged(source in 0..16_usize) {
            let edition = shipped().swap_remove(source);
            let text = serde_json::to_string(&edition).unwrap();
            prop_assert_eq!(serde_json::from_str::<Edition>(&text).unwrap(), edition);
        }
    }
}
