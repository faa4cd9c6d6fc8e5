//! One sentence of a judgement: a comparison or a claim, with whether it is so, and the shape by which findings fold.

use super::exact::Exact;
use super::name::FactName;
use super::parameter::ParameterName;
use super::term::{FactValue, Relation, Term, note};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What a rule says of the facts. A finding stands when one of its clauses holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Clause {
    Compare {
        left: Term,
        relation: Relation,
        right: Term,
    },
    /// something that is no arithmetic
    Claim {
        fact: FactName,
        value: FactValue,
        claim: Claim,
        holds: bool,
    },
}

/// What is said of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum Claim {
    /// it is not there
    Absent,
    /// it stands in this list of the edition
    Listed(ParameterName),
    /// it does not stand in the dictionary of 产业
    NotIndustry,
    /// it has not the form of its standard
    Malformed,
    /// it should be another
    Instead(FactValue),
    /// it is the same as this fact
    SameAs(FactName),
}

impl Clause {
    pub fn compare(left: Term, relation: Relation, right: Term) -> Clause {
        Clause::Compare { left, relation, right }
    }

    /// `fact` is not there; holds when `value` is [`FactValue::Absent`].
    pub fn absent(fact: FactName, value: FactValue) -> Clause {
        let holds = value == FactValue::Absent;
        Clause::Claim { fact, value, claim: Claim::Absent, holds }
    }

    pub const fn claim(fact: FactName, value: FactValue, claim: Claim, holds: bool) -> Clause {
        Clause::Claim { fact, value, claim, holds }
    }

    /// `None` when the arithmetic has no exact result.
    pub fn holds(&self) -> Option<bool> {
        match self {
            Clause::Compare { left, relation, right } => {
                let order = left.evaluate()?.compare(right.evaluate()?)?;
                Some(relation.holds(order))
            }
            Clause::Claim { holds, .. } => Some(*holds),
        }
    }

    /// Adds the facts that stand in it.
    pub fn collect(&self, facts: &mut Vec<(FactName, FactValue)>) {
        match self {
            Clause::Compare { left, right, .. } => {
                left.collect(facts);
                right.collect(facts);
            }
            Clause::Claim { fact, value, .. } => note(facts, *fact, value.clone()),
        }
    }

    /// The clause without its figures: two with one shape say the same thing of different rows.
    ///
    /// Figures themselves would give every row a group of its own (400 and 401 idle days), and no figures at all would
    /// fold a gap of one fen with one of a million. So a comparison keeps how far its sides lie apart, in a few bands,
    /// with the coincidences that betray one cause kept apart from them: a side that is zero, and a power of ten.
    pub(super) fn shape(&self) -> String {
        match self {
            Clause::Compare { left, relation, right } => {
                format!("{}.{}.{}.{}", outline(left), relation.code(), outline(right), band(left, right))
            }
            Clause::Claim { fact, value, claim, .. } => match claim {
                Claim::Absent => format!("{fact}.absent"),
                Claim::Listed(list) => format!("{fact}.listed.{list}.{}", entry(value)),
                Claim::NotIndustry => format!("{fact}.not_industry.{}", entry(value)),
                Claim::Malformed => format!("{fact}.malformed"),
                Claim::Instead(other) => format!("{fact}.instead.{}.{}", entry(value), entry(other)),
                Claim::SameAs(other) => format!("{fact}.same_as.{other}"),
            },
        }
    }
}

/// The words of a dictionary belong to the shape; free text and figures do not.
fn entry(value: &FactValue) -> String {
    match value {
        FactValue::Source(source) => source.code().to_owned(),
        FactValue::Purpose(purpose) => purpose.code().to_owned(),
        FactValue::Category(category) => category.code().to_owned(),
        FactValue::Stage(stage) => stage.code().to_owned(),
        FactValue::Area(area) => area.to_string(),
        FactValue::Absent => "absent".to_owned(),
        FactValue::Money(_)
        | FactValue::Count(_)
        | FactValue::Date(_)
        | FactValue::Month(_)
        | FactValue::Ratio(_)
        | FactValue::Text(_) => String::new(),
    }
}

/// Names without values; a sum is one word, since projects have different sources and years.
fn outline(term: &Term) -> String {
    match term {
        Term::Fact { name, .. } => name.code(),
        Term::Parameter { name, .. } => name.code(),
        Term::Number(number) => number.to_string(),
        Term::Sum(_) => "sum".to_owned(),
        Term::Less(first, second) => format!("({}-{})", outline(first), outline(second)),
        Term::Times(first, second) => format!("({}*{})", outline(first), outline(second)),
        Term::Over(first, second) => format!("({}:{})", outline(first), outline(second)),
        Term::MonthsAfter(date, months) => format!("({}+{})", outline(date), outline(months)),
    }
}

/// How far the sides lie apart.
fn band(left: &Term, right: &Term) -> &'static str {
    let (Some(from), Some(to)) = (left.evaluate(), right.evaluate()) else { return "unknown" };
    if left.is_date() || right.is_date() {
        return days_band(from, to);
    }
    match (from == Exact::ZERO, to == Exact::ZERO) {
        (true, true) => return "both_zero",
        (true, false) => return "left_zero",
        (false, true) => return "right_zero",
        (false, false) => {}
    }
    let Some(ratio) = from.over(to) else { return "unknown" };
    let is_ten = |power: u32| {
        let ten = Exact::whole(10_i64.pow(power));
        ratio == ten || Exact::whole(1).over(ten) == Some(ratio)
    };
    if (1..=8).any(is_ten) {
        return "power_of_ten";
    }
    let apart = ratio.minus(Exact::whole(1)).map(Exact::magnitude);
    let within = |per_cent: i64| {
        let bound = Exact::whole(per_cent).over(Exact::whole(100))?;
        Some(apart?.compare(bound)? != Ordering::Greater)
    };
    [(1, "within_1"), (10, "within_10"), (50, "within_50"), (100, "within_100")]
        .into_iter()
        .find(|(per_cent, _)| within(*per_cent) == Some(true))
        .map_or("beyond", |(_, name)| name)
}

/// A quarter, a year, and more.
fn days_band(from: Exact, to: Exact) -> &'static str {
    match from.minus(to).map(Exact::magnitude).and_then(Exact::as_whole) {
        Some(..=92) => "within_a_quarter",
        Some(93..=366) => "within_a_year",
        Some(_) | None => "beyond",
    }
}
