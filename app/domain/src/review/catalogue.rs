//! The first edition of all rules as shipped: parameters, basis and mark of domain.md C3. Later editions live in the
//! database; this table is where a fresh installation begins, and says which parameters a rule needs.

mod table;

use super::edition::Edition;
use super::parameter::{ParameterName, ParameterValue};
use super::rule::{Level, RuleCode};
use crate::area::AreaCode;
use crate::mark::Mark;
use chrono::NaiveDate;

/// One line of the table.
struct Row {
    rule: RuleCode,
    /// year, month, day
    from: (i32, u32, u32),
    mark: Mark,
    level: Level,
    basis: &'static str,
    parameters: Vec<(ParameterName, ParameterValue)>,
}

/// The shipped editions of all rules; `since` is the day on which the product begins to run them.
pub fn shipped(since: NaiveDate) -> Vec<Edition> {
    let mut editions: Vec<Edition> = table::rows().into_iter().map(|row| row.edition(since)).collect();
    editions.push(inner_mongolia(since));
    editions
}

/// What a rule asks for: names with a value of the right kind.
pub(super) fn parameters(rule: RuleCode) -> Vec<(ParameterName, ParameterValue)> {
    let row = table::rows().into_iter().find(|row| row.rule == rule);
    row.map(|row| row.parameters).unwrap_or_default()
}

impl Row {
    fn edition(self, since: NaiveDate) -> Edition {
        Edition {
            rule: self.rule,
            number: 1,
            area: AreaCode::ROOT,
            valid_from: day(self.from),
            valid_to: None,
            parameters: self.parameters.into_iter().collect(),
            basis: self.basis.to_owned(),
            mark: self.mark,
            level: self.level,
            since,
            confirmed_on: None,
        }
    }
}

/// R41 in Inner Mongolia in 2022: 55 %. FOUND, northnews.cn 2022-05-23.
fn inner_mongolia(since: NaiveDate) -> Edition {
    let share = [(ParameterName::LeastRatio, table::ratio(55, 2))];
    Edition {
        rule: RuleCode::R41,
        number: 2,
        area: AreaCode::new("150000").expect("six digits are an area code"),
        valid_from: day((2022, 1, 1)),
        valid_to: Some(day((2022, 12, 31))),
        parameters: share.into_iter().collect(),
        basis: "内蒙古自治区2022年衔接资金：产业占比不低于55%".to_owned(),
        mark: Mark::Found,
        level: Level::Warning,
        since,
        confirmed_on: None,
    }
}

fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("days of the table exist, as a test shows")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaPath;
    use crate::review::edition::Editions;

    #[test]
    fn every_rule_has_one_national_edition_with_a_basis() {
        let rows = table::rows();
        let rules: Vec<RuleCode> = rows.iter().map(|row| row.rule).collect();
        assert_eq!(rules, RuleCode::ALL);
        for row in rows {
            assert!(!row.basis.is_empty() && !row.basis.contains("违规"), "{}", row.rule);
            let is_known = row.mark == Mark::Known;
            assert_eq!(row.level == Level::Hint, is_known, "{}: KNOWN starts as a hint", row.rule);
        }
    }

    #[test]
    fn the_shipped_editions_stand_together() {
        let since = day((2026, 1, 1));
        let editions = Editions::new(shipped(since)).unwrap();
        let path = AreaPath::root().child(AreaCode::new("150000").unwrap());
        for rule in RuleCode::ALL {
            let edition = editions.at(rule, &path, day((2026, 6, 30))).unwrap();
            assert_eq!((edition.rule, edition.number), (rule, 1));
        }
        let at = |year| editions.at(RuleCode::R41, &path, day((year, 6, 30))).map(|edition| edition.number);
        assert_eq!((at(2021), at(2022), at(2023)), (None, Some(2), Some(1)));
    }
}
