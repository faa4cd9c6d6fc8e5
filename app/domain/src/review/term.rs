//! The arithmetic of a finding as a small tree that judges and can be printed. What is shown is what was computed:
//! predicates hold no second copy of it.

use super::exact::Exact;
use super::name::FactName;
use super::parameter::{ParameterName, ParameterValue};
use crate::area::AreaCode;
use crate::money::Money;
use crate::period::Month;
use crate::project::{Category, Stage};
use crate::source::Source;
use crate::usage::Use;
use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum FactValue {
    /// whole fen (分)
    Money(Money),
    /// 人, 户, 岗位, months or ‰, as the name of the fact says
    Count(i64),
    Date(NaiveDate),
    Month(Month),
    Ratio(Decimal),
    Text(String),
    Source(Source),
    Purpose(Use),
    Category(Category),
    Stage(Stage),
    Area(AreaCode),
    /// looked for and not there
    Absent,
}

/// A figure of the arithmetic, or how it comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum Term {
    Fact {
        name: FactName,
        value: FactValue,
    },
    Parameter {
        name: ParameterName,
        value: ParameterValue,
    },
    Number(i64),
    Sum(Vec<Term>),
    /// the first less the second; of two dates, days
    Less(Box<Term>, Box<Term>),
    Times(Box<Term>, Box<Term>),
    Over(Box<Term>, Box<Term>),
    /// a date so many months later
    MonthsAfter(Box<Term>, Box<Term>),
}

/// How the left side stands to the right in a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Below,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    Above,
}

impl Term {
    pub fn money(name: FactName, value: Money) -> Term {
        Term::Fact { name, value: FactValue::Money(value) }
    }

    pub fn date(name: FactName, value: NaiveDate) -> Term {
        Term::Fact { name, value: FactValue::Date(value) }
    }

    pub fn count(name: FactName, value: impl Into<i64>) -> Term {
        Term::Fact { name, value: FactValue::Count(value.into()) }
    }

    pub fn less(self, other: Term) -> Term {
        Term::Less(Box::new(self), Box::new(other))
    }

    pub fn times(self, other: Term) -> Term {
        Term::Times(Box::new(self), Box::new(other))
    }

    pub fn over(self, other: Term) -> Term {
        Term::Over(Box::new(self), Box::new(other))
    }

    pub fn months_after(self, months: Term) -> Term {
        Term::MonthsAfter(Box::new(self), Box::new(months))
    }

    /// The exact value: 分 of money, days since the common era of a date. `None` for what is no number, for a division by
    /// zero, and beyond the range of exact arithmetic.
    pub fn evaluate(&self) -> Option<Exact> {
        match self {
            Term::Fact { value, .. } => value.exact(),
            Term::Parameter { value, .. } => match value {
                ParameterValue::Ratio(ratio) => Exact::decimal(*ratio),
                ParameterValue::Integer(number) => Some(Exact::whole(*number)),
                ParameterValue::Days(number) | ParameterValue::Months(number) => {
                    Some(Exact::whole(i64::from(*number)))
                }
                ParameterValue::Money(money) => Some(Exact::whole(money.fen())),
                ParameterValue::Sources(_) | ParameterValue::Purposes(_) => None,
            },
            Term::Number(number) => Some(Exact::whole(*number)),
            Term::Sum(terms) => terms.iter().try_fold(Exact::ZERO, |sum, term| sum.plus(term.evaluate()?)),
            Term::Less(first, second) => first.evaluate()?.minus(second.evaluate()?),
            Term::Times(first, second) => first.evaluate()?.times(second.evaluate()?),
            Term::Over(first, second) => first.evaluate()?.over(second.evaluate()?),
            Term::MonthsAfter(date, months) => {
                let date =
                    NaiveDate::from_num_days_from_ce_opt(i32::try_from(date.evaluate()?.as_whole()?).ok()?)?;
                let months = u32::try_from(months.evaluate()?.as_whole()?).ok()?;
                days(date.checked_add_months(Months::new(months))?)
            }
        }
    }

    /// True for a day of the calendar.
    pub const fn is_date(&self) -> bool {
        match self {
            Term::Fact { value: FactValue::Date(_) | FactValue::Month(_), .. } | Term::MonthsAfter(..) => {
                true
            }
            Term::Fact { .. }
            | Term::Parameter { .. }
            | Term::Number(_)
            | Term::Sum(_)
            | Term::Less(..)
            | Term::Times(..)
            | Term::Over(..) => false,
        }
    }

    /// Adds the facts that stand in it.
    pub fn collect(&self, facts: &mut Vec<(FactName, FactValue)>) {
        match self {
            Term::Fact { name, value } => note(facts, *name, value.clone()),
            Term::Parameter { .. } | Term::Number(_) => {}
            Term::Sum(terms) => terms.iter().for_each(|term| term.collect(facts)),
            Term::Less(first, second)
            | Term::Times(first, second)
            | Term::Over(first, second)
            | Term::MonthsAfter(first, second) => {
                first.collect(facts);
                second.collect(facts);
            }
        }
    }
}

/// Adds a fact once.
pub(super) fn note(facts: &mut Vec<(FactName, FactValue)>, name: FactName, value: FactValue) {
    if !facts.iter().any(|(known, old)| *known == name && *old == value) {
        facts.push((name, value));
    }
}

impl FactValue {
    fn exact(&self) -> Option<Exact> {
        match self {
            FactValue::Money(money) => Some(Exact::whole(money.fen())),
            FactValue::Count(count) => Some(Exact::whole(*count)),
            FactValue::Date(date) => days(*date),
            FactValue::Month(month) => days(month.first_day()),
            FactValue::Ratio(ratio) => Exact::decimal(*ratio),
            FactValue::Text(_)
            | FactValue::Source(_)
            | FactValue::Purpose(_)
            | FactValue::Category(_)
            | FactValue::Stage(_)
            | FactValue::Area(_)
            | FactValue::Absent => None,
        }
    }

    /// What a text or its lack says.
    pub fn of_text(text: Option<&str>) -> FactValue {
        text.map_or(FactValue::Absent, |text| FactValue::Text(text.to_owned()))
    }
}

fn days(date: NaiveDate) -> Option<Exact> {
    Some(Exact::whole(i64::from(date.num_days_from_ce())))
}

impl Relation {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Relation::Below => "below",
            Relation::AtMost => "at_most",
            Relation::Equal => "equal",
            Relation::Unequal => "unequal",
            Relation::AtLeast => "at_least",
            Relation::Above => "above",
        }
    }

    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Relation::Below => order.is_lt(),
            Relation::AtMost => order.is_le(),
            Relation::Equal => order.is_eq(),
            Relation::Unequal => order.is_ne(),
            Relation::AtLeast => order.is_ge(),
            Relation::Above => order.is_gt(),
        }
    }
}
