//! The facts of each source kind as a table that a database edition can replace, source by source. Holds no amounts.

use super::clause::{Basis, Clause, Rule};
use super::table;
use crate::area::AreaPath;
use crate::period::FiscalYear;
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// When a source exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// First day on which money of it is given, `None`: since ever
    pub from: Option<NaiveDate>,
    /// Last day, `None`: still given
    pub to: Option<NaiveDate>,
    pub basis: Basis,
}

/// What is known of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceKind {
    pub source: Source,
    pub life: Option<Life>,
    /// The source that takes its place.
    pub successor: Option<Source>,
    pub clauses: Vec<Clause>,
}

/// All sources; the built-in facts, or an edition's where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    kinds: Vec<SourceKind>,
}

impl Life {
    pub fn covers(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

impl SourceKind {
    /// Rules that hold on that day in that area.
    pub fn in_force<'a>(
        &'a self,
        on: NaiveDate,
        area: &'a AreaPath,
    ) -> impl Iterator<Item = &'a Clause> + 'a {
        self.clauses.iter().filter(move |clause| clause.holds(on, area))
    }

    /// 支出期限: the last day on which money of the budget year may lie unused (预算法实施条例 50: the end of the next year).
    pub fn spend_by(&self, year: FiscalYear, on: NaiveDate, area: &AreaPath) -> Option<NaiveDate> {
        let years = self.in_force(on, area).filter_map(|clause| {
            if let Rule::SpendWithin { years } = clause.rule { Some(years) } else { None }
        });
        let last = year.get() + i32::from(years.min()?) - 1;
        NaiveDate::from_ymd_opt(last, 12, 31)
    }
}

impl Catalogue {
    /// The facts of domain.md C2.
    pub fn builtin() -> Catalogue {
        Catalogue { kinds: Source::ALL.into_iter().map(table::kind).collect() }
    }

    /// The same with one source's facts replaced by an edition's.
    #[must_use]
    pub fn with(mut self, kind: SourceKind) -> Catalogue {
        self.kinds.retain(|old| old.source != kind.source);
        self.kinds.push(kind);
        self.kinds.sort_by_key(|kind| kind.source);
        self
    }

    pub fn get(&self, source: Source) -> &SourceKind {
        self.kinds
            .iter()
            .find(|kind| kind.source == source)
            .expect("the built-in table has every source and nothing removes one")
    }

    /// In the order of the official form.
    pub fn iter(&self) -> impl Iterator<Item = &SourceKind> {
        self.kinds.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mark::Mark;
    use crate::usage::Use;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_source_stands_in_the_table_once_and_every_rule_says_what_it_rests_on() {
        let catalogue = Catalogue::builtin();
        assert_eq!(catalogue.iter().map(|kind| kind.source).collect::<Vec<_>>(), Source::ALL);
        for clause in catalogue.iter().flat_map(|kind| &kind.clauses) {
            assert!(!clause.basis.text.trim().is_empty());
            if let (Some(from), Some(to)) = (clause.from, clause.to) {
                assert!(from <= to);
            }
        }
        for usage in Use::ALL {
            assert_eq!(Use::from_code(usage.code()), Some(usage));
        }
    }

    #[test]
    fn rules_hold_in_their_time_and_place() {
        let catalogue = Catalogue::builtin();
        let floors = |on: &str, area: &str| -> Vec<u32> {
            let area = AreaPath::new(area).unwrap();
            let kind = catalogue.get(Source::Brg);
            let floor = |clause: &Clause| {
                if let Rule::IndustryShare { at_least } = clause.rule { Some(at_least.get()) } else { None }
            };
            kind.in_force(day(on), &area).filter_map(floor).collect()
        };
        assert_eq!(floors("2022-06-01", "/100000/150000/"), [5500]);
        assert_eq!(floors("2022-06-01", "/100000/520000/"), [0; 0]);
        assert_eq!(floors("2026-06-01", "/100000/520000/520500/"), [6000]);
    }

    #[test]
    fn money_of_a_year_is_used_by_the_end_of_the_next() {
        let catalogue = Catalogue::builtin();
        let (year, area) = (FiscalYear::new(2026).unwrap(), AreaPath::root());
        let spend_by = |source| catalogue.get(source).spend_by(year, day("2026-03-01"), &area);
        assert_eq!(spend_by(Source::Brg), Some(day("2027-12-31")));
        assert_eq!(spend_by(Source::Soc), None);
    }

    #[test]
    fn an_edition_takes_the_place_of_the_built_in_facts_and_reads_back() {
        let mut edited = Catalogue::builtin().get(Source::Fnd).clone();
        edited.successor = Some(Source::Gbs);
        let json = serde_json::to_string(&edited).unwrap();
        assert!(json.contains("\"FOUND\""), "{}", Mark::Found.code());
        let catalogue = Catalogue::builtin().with(serde_json::from_str(&json).unwrap());
        assert_eq!(catalogue.get(Source::Fnd).successor, Some(Source::Gbs));
        assert_eq!(catalogue.iter().count(), 16);
        assert!(!catalogue.get(Source::Fnd).life.as_ref().unwrap().covers(day("2018-01-01")));
    }
}
