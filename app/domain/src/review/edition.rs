//! Editions of rules: parameters with the time and the area in which they hold. A new edition never re-judges the past.

use super::catalogue;
use super::parameter::{ParameterName, ParameterValue};
use super::rule::{Level, RuleCode};
use crate::area::{AreaCode, AreaPath};
use crate::mark::Mark;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days in which a new rule says no more than a warning.
pub const TRIAL_DAYS: i64 = 90;

/// One edition of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub rule: RuleCode,
    /// counts up within the rule; findings name it
    pub number: u32,
    /// where it holds: this area and all under it; [`AreaCode::ROOT`] is the whole country
    pub area: AreaCode,
    /// first day on which it holds
    pub valid_from: NaiveDate,
    /// last day on which it holds, `None` while open
    pub valid_to: Option<NaiveDate>,
    pub parameters: BTreeMap<ParameterName, ParameterValue>,
    /// law and article, or the document
    pub basis: String,
    pub mark: Mark,
    pub level: Level,
    /// day from which the product runs it; [`TRIAL_DAYS`] long it warns at most
    pub since: NaiveDate,
    /// day on which a person confirmed a rule of mark KNOWN
    pub confirmed_on: Option<NaiveDate>,
}

/// Which edition a finding was judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EditionKey {
    pub rule: RuleCode,
    pub number: u32,
}

/// All editions of all rules. No two of one rule and area overlap in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editions {
    by_rule: BTreeMap<RuleCode, Vec<Edition>>,
}

/// Why an edition does not come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EditionRefusal {
    #[error("{rule}: ends on {valid_to} before it begins on {valid_from}")]
    EndsBeforeStart { rule: RuleCode, valid_from: NaiveDate, valid_to: NaiveDate },
    #[error("{rule}: editions {first} and {second} hold in one area at one time")]
    Overlap { rule: RuleCode, first: u32, second: u32 },
    #[error("{rule}: number {number} is taken")]
    NumberTaken { rule: RuleCode, number: u32 },
    #[error("{rule}: no parameter {name}")]
    ParameterMissing { rule: RuleCode, name: ParameterName },
    #[error("{rule}: parameter {name} is of another kind")]
    ParameterKind { rule: RuleCode, name: ParameterName },
    /// It would change judgements of days that are over.
    #[error("{rule}: begins on {valid_from}, not after {today}")]
    InThePast { rule: RuleCode, valid_from: NaiveDate, today: NaiveDate },
}

impl Edition {
    pub const fn key(&self) -> EditionKey {
        EditionKey { rule: self.rule, number: self.number }
    }

    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|last| date <= last)
    }

    /// The level a finding of `asked` gravity (of the edition's own by default) gets on a day.
    pub fn level_on(&self, today: NaiveDate, asked: Option<Level>) -> Level {
        let level = asked.unwrap_or(self.level);
        let is_confirmed = self.confirmed_on.is_some_and(|day| day <= today);
        match self.mark {
            Mark::Known if !is_confirmed => Level::Hint,
            Mark::Law | Mark::Found | Mark::Known => {
                let is_trial = (today - self.since).num_days() < TRIAL_DAYS;
                if is_trial { level.min(Level::Warning) } else { level }
            }
        }
    }

    fn overlaps(&self, other: &Edition) -> bool {
        let starts_in_time =
            |one: &Edition, two: &Edition| two.valid_to.is_none_or(|last| one.valid_from <= last);
        self.area == other.area && starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// Checks what can be said of it alone: its days, and the parameters that its rule asks for.
    fn check(&self) -> Result<(), EditionRefusal> {
        let rule = self.rule;
        if let Some(valid_to) = self.valid_to
            && valid_to < self.valid_from
        {
            return Err(EditionRefusal::EndsBeforeStart { rule, valid_from: self.valid_from, valid_to });
        }
        for (name, shipped) in catalogue::parameters(rule) {
            match self.parameters.get(&name) {
                Some(value) if value.is_like(&shipped) => {}
                Some(_) => return Err(EditionRefusal::ParameterKind { rule, name }),
                None if name.is_optional() => {}
                None => return Err(EditionRefusal::ParameterMissing { rule, name }),
            }
        }
        Ok(())
    }
}

impl Editions {
    /// Takes any set in which no two editions of a rule hold in one area at one time.
    pub fn new(editions: impl IntoIterator<Item = Edition>) -> Result<Editions, EditionRefusal> {
        let mut all = Editions::default();
        for edition in editions {
            all.insert(edition)?;
        }
        Ok(all)
    }

    /// The edition in force on `date` for the area at the end of `area`: the most specific area wins.
    pub fn at(&self, rule: RuleCode, area: &AreaPath, date: NaiveDate) -> Option<&Edition> {
        // Codes are six digits between slashes, so a code found in a path is one of its own.
        let depth = |edition: &Edition| area.as_str().find(edition.area.as_str());
        let known = self.by_rule.get(&rule)?;
        // No two hold in one area on one day, so the place within the path names one.
        known
            .iter()
            .filter(|edition| edition.holds_on(date))
            .filter_map(|edition| Some((depth(edition)?, edition)))
            .max_by_key(|(depth, _)| *depth)
            .map(|(_, edition)| edition)
    }

    pub fn get(&self, key: EditionKey) -> Option<&Edition> {
        self.of(key.rule).iter().find(|edition| edition.number == key.number)
    }

    /// All editions of a rule, in the order in which they came.
    pub fn of(&self, rule: RuleCode) -> &[Edition] {
        self.by_rule.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// The number for the next edition of a rule.
    pub fn next_number(&self, rule: RuleCode) -> u32 {
        self.of(rule).iter().map(|edition| edition.number).max().map_or(1, |last| last.saturating_add(1))
    }

    /// Adds an edition that begins after `today`; the one that was in force in its area until then ends the day before.
    /// What lies before its first day keeps its edition, so that no older judgement changes.
    pub fn adopt(mut self, edition: Edition, today: NaiveDate) -> Result<Editions, EditionRefusal> {
        let (rule, valid_from) = (edition.rule, edition.valid_from);
        if valid_from <= today {
            return Err(EditionRefusal::InThePast { rule, valid_from, today });
        }
        let known = self.by_rule.entry(rule).or_default();
        for older in known.iter_mut().filter(|older| older.area == edition.area) {
            if older.valid_from < valid_from && older.holds_on(valid_from) {
                older.valid_to = valid_from.pred_opt();
            }
        }
        self.insert(edition)?;
        Ok(self)
    }

    fn insert(&mut self, edition: Edition) -> Result<(), EditionRefusal> {
        edition.check()?;
        let rule = edition.rule;
        let known = self.by_rule.entry(rule).or_default();
        if known.iter().any(|other| other.number == edition.number) {
            return Err(EditionRefusal::NumberTaken { rule, number: edition.number });
        }
        if let Some(other) = known.iter().find(|other| other.overlaps(&edition)) {
            return Err(EditionRefusal::Overlap { rule, first: other.number, second: edition.number });
        }
        known.push(edition);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::fixture::{date, editions, facts, wan};
    use crate::review::judge::judge;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn province() -> AreaCode {
        AreaCode::new("500000").unwrap()
    }

    fn path() -> AreaPath {
        facts().path
    }

    /// A copy of the shipped rule with another number, place and time.
    fn edition(rule: RuleCode, number: u32, area: AreaCode, from: &str, to: Option<&str>) -> Edition {
        let shipped = editions().of(rule)[0].clone();
        Edition { number, area, valid_from: date(from), valid_to: to.map(date), ..shipped }
    }

    #[test]
    fn the_most_specific_area_wins() {
        let county = AreaCode::new("500236").unwrap();
        let elsewhere = AreaCode::new("520000").unwrap();
        let all = Editions::new([
            edition(RuleCode::R31, 1, AreaCode::ROOT, "2020-01-01", None),
            edition(RuleCode::R31, 2, county, "2021-01-01", Some("2021-12-31")),
            edition(RuleCode::R31, 3, province(), "2021-01-01", Some("2022-12-31")),
            edition(RuleCode::R31, 4, elsewhere, "2020-01-01", None),
        ])
        .unwrap();
        let at = |day| all.at(RuleCode::R31, &path(), date(day)).map(|edition| edition.number);
        assert_eq!(at("2019-12-31"), None);
        assert_eq!(at("2020-12-31"), Some(1));
        assert_eq!(at("2021-01-01"), Some(2));
        assert_eq!(at("2022-01-01"), Some(3));
        assert_eq!(at("2023-01-01"), Some(1));
    }

    #[test]
    fn editions_that_do_not_stand_are_refused() {
        let rule = RuleCode::R17;
        let one = || edition(rule, 1, AreaCode::ROOT, "2020-01-01", None);
        let refused = |other: Edition| Editions::new([one(), other]).unwrap_err();
        let later = edition(rule, 2, AreaCode::ROOT, "2021-01-01", None);
        assert_eq!(refused(later.clone()), EditionRefusal::Overlap { rule, first: 1, second: 2 });
        let taken = edition(rule, 1, province(), "2021-01-01", None);
        assert_eq!(refused(taken), EditionRefusal::NumberTaken { rule, number: 1 });
        let (valid_from, valid_to) = (date("2021-01-01"), date("2020-12-31"));
        let backwards = Edition { valid_to: Some(valid_to), ..later.clone() };
        assert_eq!(refused(backwards), EditionRefusal::EndsBeforeStart { rule, valid_from, valid_to });
        let name = ParameterName::RedDays;
        let mut bare = later.clone();
        bare.parameters.remove(&name);
        assert_eq!(refused(bare), EditionRefusal::ParameterMissing { rule, name });
        let mut odd = later.clone();
        odd.parameters.insert(name, ParameterValue::Months(24));
        assert_eq!(refused(odd), EditionRefusal::ParameterKind { rule, name });
        let today = valid_from;
        let past = Editions::new([one()]).unwrap().adopt(later, today);
        assert_eq!(past, Err(EditionRefusal::InThePast { rule, valid_from, today }));
    }

    #[test]
    fn a_successor_ends_the_edition_before_it() {
        let mut next = edition(RuleCode::R17, 0, AreaCode::ROOT, "2027-01-01", None);
        let all = editions();
        next.number = all.next_number(RuleCode::R17);
        let all = all.adopt(next, date("2026-06-30")).unwrap();
        let at = |day| all.at(RuleCode::R17, &path(), date(day)).map(|edition| edition.number);
        assert_eq!((at("2026-12-31"), at("2027-01-01")), (Some(1), Some(2)));
        let first = all.get(EditionKey { rule: RuleCode::R17, number: 1 }).unwrap();
        assert_eq!(first.valid_to, Some(date("2026-12-31")));
    }

    #[test]
    fn new_rules_warn_first_and_known_ones_hint_until_confirmed() {
        let mut rule = edition(RuleCode::R46, 1, AreaCode::ROOT, "2020-01-01", None);
        rule.since = date("2026-01-01");
        assert_eq!(rule.level_on(date("2026-03-31"), None), Level::Warning);
        assert_eq!(rule.level_on(date("2026-04-01"), None), Level::Red);
        assert_eq!(rule.level_on(date("2026-04-01"), Some(Level::Hint)), Level::Hint);
        rule.mark = Mark::Known;
        assert_eq!(rule.level_on(date("2026-04-01"), None), Level::Hint);
        rule.confirmed_on = Some(date("2026-05-01"));
        assert_eq!(rule.level_on(date("2026-04-30"), None), Level::Hint);
        assert_eq!(rule.level_on(date("2026-05-01"), None), Level::Red);
    }

    #[test]
    fn an_edition_crosses_the_wire_unchanged() {
        for edition in RuleCode::ALL.iter().flat_map(|rule| editions().of(*rule).to_vec()) {
            let text = serde_json::to_string(&edition).unwrap();
            assert_eq!(serde_json::from_str::<Edition>(&text).unwrap(), edition);
        }
    }

    /// Days counted from 2020-01-01.
    fn day(number: i64) -> NaiveDate {
        date("2020-01-01") + chrono::TimeDelta::days(number)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_edition_is_picked_outside_its_days_and_its_area(
            spans in prop::collection::vec((0..4_usize, 0..300_i64, 0..120_i64, any::<bool>()), 0..12),
            asked in -10..400_i64,
        ) {
            let codes = ["100000", "500000", "500236", "520000"].map(|code| AreaCode::new(code).unwrap());
            let mut kept = Vec::new();
            for (number, (area, from, length, is_open)) in (1..).zip(spans) {
                let mut next = edition(RuleCode::R22, number, codes[area], "2020-01-01", None);
                next.valid_from = day(from);
                next.valid_to = (!is_open).then(|| day(from + length));
                let mut more: Vec<Edition> = kept.clone();
                more.push(next);
                if Editions::new(more.clone()).is_ok() {
                    kept = more;
                }
            }
            let holds = |edition: &&Edition| {
                let in_time = edition.valid_from <= day(asked)
                    && edition.valid_to.is_none_or(|last| day(asked) <= last);
                in_time && edition.area != codes[3]
            };
            let depth = |edition: &Edition| codes.iter().position(|code| *code == edition.area);
            let wanted = kept.iter().filter(holds).max_by_key(|edition| depth(edition)).cloned();
            let all = Editions::new(kept).unwrap();
            prop_assert_eq!(all.at(RuleCode::R22, &path(), day(asked)).cloned(), wanted);
        }

        #[test]
        fn a_later_edition_changes_no_older_judgement(
            rule in 0..46_usize,
            today in 0..700_i64,
            later in 1..300_i64,
            digits in 1..100_i64,
            amounts in prop::array::uniform4(0..1000_i64),
        ) {
            let mut facts = facts();
            facts.design_estimate = Some(wan(&(900 + amounts[0]).to_string()));
            facts.positions[0].received = wan(&amounts[1].to_string());
            facts.positions[0].disbursed = wan(&amounts[2].to_string());
            facts.positions[0].paid = wan(&amounts[3].to_string());
            let (today, rule) = (date("2026-03-01") + chrono::TimeDelta::days(today), RuleCode::ALL[rule]);
            let before = editions();
            let mut next = before.of(rule)[0].clone();
            next.number = before.next_number(rule);
            next.valid_from = today + chrono::TimeDelta::days(later);
            for value in next.parameters.values_mut() {
                match value {
                    ParameterValue::Ratio(ratio) => *ratio = Decimal::new(digits, 2),
                    ParameterValue::Integer(number) => *number = digits,
                    ParameterValue::Days(count) | ParameterValue::Months(count) => *count = 1,
                    ParameterValue::Money(money) => *money = wan("1"),
                    ParameterValue::Sources(sources) => sources.clear(),
                    ParameterValue::Purposes(purposes) => purposes.clear(),
                }
            }
            let after = before.clone().adopt(next, today).unwrap();
            prop_assert_eq!(judge(&facts, &before, today), judge(&facts, &after, today));
        }
    }
}
