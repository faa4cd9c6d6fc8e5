//! What rules and the workflow of findings say: values, arithmetic, why a finding is gone, why a step is refused.

use crate::{Locale, format, name, t};
use chrono::NaiveDate;
use domain::money::{Delta, Money, Unit};
use domain::review::clause::{Claim, Clause};
use domain::review::exact::Exact;
use domain::review::judge::{Because, FactChange};
use domain::review::name::FactName;
use domain::review::parameter::{ParameterName, ParameterValue};
use domain::review::term::{FactValue, Relation, Term};
use domain::review::workflow::{Part, Refusal as R};

/// What the result of a term is measured in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Money,
    Date,
    Days,
    Share,
    Number,
}

/// The value of a fact.
pub fn fact_value(l: Locale, value: &FactValue) -> String {
    match value {
        FactValue::Money(money) => amount(l, *money),
        FactValue::Count(count) => format::integer(*count),
        FactValue::Date(date) => format::date(*date),
        FactValue::Month(month) => month.to_string(),
        FactValue::Ratio(ratio) => percent(l, Exact::decimal(*ratio)),
        FactValue::Text(text) => text.clone(),
        FactValue::Source(source) => name::source(l, *source).to_owned(),
        FactValue::Purpose(purpose) => name::usage(l, *purpose).to_owned(),
        FactValue::Category(category) => name::category(l, *category).to_owned(),
        FactValue::Stage(stage) => name::stage(l, *stage).to_owned(),
        FactValue::Area(area) => area.to_string(),
        FactValue::Absent => t!(l, review.value_none).to_owned(),
    }
}

/// The value of a parameter.
pub fn parameter_value(l: Locale, value: &ParameterValue) -> String {
    match value {
        ParameterValue::Ratio(ratio) => percent(l, Exact::decimal(*ratio)),
        ParameterValue::Integer(number) => format::integer(*number),
        ParameterValue::Days(days) => t!(l, review.value_days, number = *days),
        ParameterValue::Months(months) => t!(l, review.value_months, number = *months),
        ParameterValue::Money(money) => amount(l, *money),
        ParameterValue::Sources(sources) => {
            let words: Vec<&str> = sources.iter().map(|source| name::source(l, *source)).collect();
            words.join("、")
        }
        ParameterValue::Purposes(purposes) => {
            let words: Vec<&str> = purposes.iter().map(|purpose| name::usage(l, *purpose)).collect();
            words.join("、")
        }
    }
}

fn amount(l: Locale, money: Money) -> String {
    t!(l, common.amount_wan, amount = format::wan_exact(money))
}

/// A ratio as a percentage, to a thousandth of one per cent.
fn percent(l: Locale, ratio: Option<Exact>) -> String {
    let hundred = ratio.and_then(|ratio| ratio.times(Exact::whole(100)));
    let number = hundred.and_then(|hundred| decimal(hundred, 3));
    t!(l, review.value_percent, number = number.unwrap_or_else(|| format::UNKNOWN.to_owned()))
}

/// A fraction with at most so many decimals.
fn decimal(value: Exact, places: u32) -> Option<String> {
    let scaled = value.scaled(places)?;
    let (size, unit) = (scaled.unsigned_abs(), 10_u64.checked_pow(places)?);
    let sign = if scaled < 0 { "-" } else { "" };
    let digits = format!("{sign}{}.{:0width$}", size / unit, size % unit, width = places as usize);
    Some(format::grouped(digits.trim_end_matches('0').trim_end_matches('.')))
}

/// A clause as it was computed, with the results of both sides: what is shown is what judged.
pub fn clause(l: Locale, clause: &Clause) -> String {
    match clause {
        Clause::Compare { left, relation, right } => {
            format!("{} {} {}", side(l, left), sign(*relation), side(l, right))
        }
        Clause::Claim { fact, value, claim, .. } => self::claim(l, *fact, value, claim),
    }
}

fn claim(l: Locale, fact: FactName, value: &FactValue, claim: &Claim) -> String {
    let (fact, value) = (name::review::fact(l, fact), fact_value(l, value));
    match claim {
        Claim::Absent => t!(l, review.claim_absent, fact = fact),
        Claim::Listed(list) => {
            t!(l, review.claim_listed, fact = fact, value = value, list = name::review::parameter(l, *list))
        }
        Claim::NotIndustry => t!(l, review.claim_not_industry, fact = fact, value = value),
        Claim::Malformed => t!(l, review.claim_malformed, fact = fact, value = value),
        Claim::Instead(other) => {
            t!(l, review.claim_instead, fact = fact, value = value, other = fact_value(l, other))
        }
        Claim::SameAs(other) => {
            t!(l, review.claim_same_as, fact = fact, value = value, other = name::review::fact(l, *other))
        }
    }
}

const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Below => "＜",
        Relation::AtMost => "≤",
        Relation::Equal => "＝",
        Relation::Unequal => "≠",
        Relation::AtLeast => "≥",
        Relation::Above => "＞",
    }
}

/// A term, and what comes of it where it is more than one figure.
fn side(l: Locale, term: &Term) -> String {
    let is_plain = matches!(term, Term::Fact { .. } | Term::Parameter { .. } | Term::Number(_));
    let result = term.evaluate().filter(|_| !is_plain).and_then(|value| result(l, value, measure(term)));
    match result {
        Some(result) => format!("{} ＝ {result}", self::term(l, term)),
        None => self::term(l, term),
    }
}

fn term(l: Locale, term: &Term) -> String {
    let inner = |inner: &Term| match inner {
        Term::Sum(_) | Term::Less(..) => format!("（{}）", self::term(l, inner)),
        Term::Fact { .. }
        | Term::Parameter { .. }
        | Term::Number(_)
        | Term::Times(..)
        | Term::Over(..)
        | Term::MonthsAfter(..) => self::term(l, inner),
    };
    match term {
        Term::Fact { name, value } => {
            t!(l, review.term_fact, name = name::review::fact(l, *name), value = fact_value(l, value))
        }
        Term::Parameter { name, value } => parameter_term(l, *name, value),
        Term::Number(number) => format::integer(*number),
        Term::Sum(terms) => terms.iter().map(|part| self::term(l, part)).collect::<Vec<_>>().join(" ＋ "),
        Term::Less(first, second) => format!("{} － {}", self::term(l, first), inner(second)),
        Term::Times(first, second) => format!("{} × {}", inner(first), inner(second)),
        Term::Over(first, second) => format!("{} ÷ {}", inner(first), inner(second)),
        Term::MonthsAfter(date, months) => {
            let (date, months) = (self::term(l, date), self::term(l, months));
            t!(l, review.term_months_after, date = date, months = months)
        }
    }
}

fn parameter_term(l: Locale, name: ParameterName, value: &ParameterValue) -> String {
    let (name, value) = (name::review::parameter(l, name), parameter_value(l, value));
    t!(l, review.term_fact, name = name, value = value)
}

fn measure(term: &Term) -> Measure {
    match term {
        Term::Fact { value, .. } => match value {
            FactValue::Money(_) => Measure::Money,
            FactValue::Date(_) | FactValue::Month(_) => Measure::Date,
            FactValue::Ratio(_) => Measure::Share,
            FactValue::Count(_)
            | FactValue::Text(_)
            | FactValue::Source(_)
            | FactValue::Purpose(_)
            | FactValue::Category(_)
            | FactValue::Stage(_)
            | FactValue::Area(_)
            | FactValue::Absent => Measure::Number,
        },
        Term::Parameter { value, .. } => match value {
            ParameterValue::Money(_) => Measure::Money,
            ParameterValue::Ratio(_) => Measure::Share,
            ParameterValue::Days(_) => Measure::Days,
            ParameterValue::Integer(_)
            | ParameterValue::Months(_)
            | ParameterValue::Sources(_)
            | ParameterValue::Purposes(_) => Measure::Number,
        },
        Term::Number(_) => Measure::Number,
        Term::Sum(terms) => terms.first().map_or(Measure::Number, measure),
        Term::Less(first, second) => match (measure(first), measure(second)) {
            (Measure::Date, Measure::Date) => Measure::Days,
            (of, _) => of,
        },
        Term::Times(first, second) => {
            let both = [measure(first), measure(second)];
            if both.contains(&Measure::Money) { Measure::Money } else { Measure::Number }
        }
        Term::Over(first, second) => match (measure(first), measure(second)) {
            (Measure::Money, Measure::Number) => Measure::Money,
            (_, _) => Measure::Share,
        },
        Term::MonthsAfter(..) => Measure::Date,
    }
}

/// A result in its measure; shares to two decimals of a percentage, amounts to the fen.
fn result(l: Locale, value: Exact, measure: Measure) -> Option<String> {
    match measure {
        Measure::Money => {
            let fen = Delta::from_fen(value.scaled(0)?);
            Some(t!(l, common.amount_wan, amount = format::grouped(&fen.exact(Unit::Wan))))
        }
        Measure::Days => Some(t!(l, review.value_days, number = format::integer(value.as_whole()?))),
        Measure::Share => Some(percent(l, Some(value))),
        Measure::Number => decimal(value, 2),
        Measure::Date => {
            let days = i32::try_from(value.as_whole()?).ok()?;
            NaiveDate::from_num_days_from_ce_opt(days).map(format::date)
        }
    }
}

/// Why a finding is gone.
pub fn because(l: Locale, because: &Because) -> String {
    match because {
        Because::Changed { facts, edition } => {
            let mut said = Vec::new();
            if !facts.is_empty() {
                let changes: Vec<String> = facts.iter().map(|change| self::change(l, change)).collect();
                said.push(t!(l, review.because_changed, facts = changes.join("；")));
            }
            if let Some(edition) = edition {
                said.push(t!(l, review.because_edition, number = edition.number));
            }
            if said.is_empty() {
                said.push(t!(l, review.because_alike).to_owned());
            }
            said.join("；")
        }
        Because::FactsMissing { missing } => t!(l, review.because_missing, facts = facts(l, missing)),
        Because::SubjectGone => t!(l, review.because_subject).to_owned(),
        Because::RuleEnded => t!(l, review.because_rule).to_owned(),
    }
}

/// Names of facts, one after the other.
pub fn facts(l: Locale, names: &[FactName]) -> String {
    names.iter().map(|fact| name::review::fact(l, *fact)).collect::<Vec<_>>().join("、")
}

fn change(l: Locale, change: &FactChange) -> String {
    let values = |values: &[FactValue]| {
        if values.is_empty() {
            return t!(l, review.value_none).to_owned();
        }
        values.iter().map(|value| fact_value(l, value)).collect::<Vec<_>>().join("、")
    };
    t!(
        l,
        review.because_fact,
        name = name::review::fact(l, change.name),
        was = values(&change.was),
        now = values(&change.now)
    )
}

/// Why a finding takes no such step.
pub fn review_refusal(l: Locale, refusal: &R) -> String {
    match refusal {
        R::WrongState { .. } => t!(l, review.refused_state).to_owned(),
        R::Empty { what: Part::Reason } => t!(l, review.refused_reason).to_owned(),
        R::Empty { what: Part::Unit } => t!(l, review.refused_unit).to_owned(),
        R::Empty { what: Part::Measures } => t!(l, review.refused_measures).to_owned(),
        R::Empty { what: Part::Evidence } => t!(l, review.refused_evidence).to_owned(),
        R::DueInThePast { due, today } => {
            t!(l, review.refused_due, due = format::date(*due), today = format::date(*today))
        }
        R::SameUnit { unit } => t!(l, review.refused_same_unit, unit = unit.clone()),
        R::SamePerson { .. } => t!(l, review.refused_same_person).to_owned(),
    }
}
