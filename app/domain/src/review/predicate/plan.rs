//! Rules about planned amounts: R01, R03, R04, R23, R45. Amounts are whole fen.

use crate::money::Money;
use crate::project::Field;
use crate::review::clause::Clause;
use crate::review::edition::Edition;
use crate::review::facts::{Facts, MatchBasis};
use crate::review::name::FactName;
use crate::review::outcome::{Answer, Missing, Outcome};
use crate::review::parameter::ParameterName;
use crate::review::rule::Level;
use crate::review::term::{FactValue, Relation, Term};
use crate::source::Source;
use chrono::NaiveDate;

const TOTAL: FactName = FactName::Field(Field::Total);

/// R01: the sources do not add up to the total. 政府投资条例 Art. 16.
pub fn sources_differ(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let total = facts.project.total.ok_or(Missing(&[TOTAL]))?;
    if facts.project.sources.is_empty() {
        return Err(Missing(&[FactName::SourcePlan]));
    }
    let sum = Term::Sum(planned(facts, |_| true));
    Outcome::any(vec![Clause::compare(sum, Relation::Unequal, Term::money(TOTAL, total))])
}

fn planned(facts: &Facts, wanted: impl Fn(Source) -> bool) -> Vec<Term> {
    let sources = facts.project.sources.iter().filter(|(source, _)| wanted(**source));
    sources.map(|(source, amount)| Term::money(FactName::Field(Field::Source(*source)), *amount)).collect()
}

/// R03: the design estimate exceeds the feasibility estimate by more than a tenth. 政府投资条例 Art. 12.
pub fn design_above_estimate(facts: &Facts, edition: &Edition, _today: NaiveDate) -> Answer {
    let missing = Missing(&[FactName::Estimate, FactName::DesignEstimate]);
    let (Some(estimate), Some(design)) = (facts.estimate, facts.design_estimate) else { return Err(missing) };
    if let Some(date) = facts.reapproved_on {
        return Outcome::clear(FactName::Reapproval, FactValue::Date(date));
    }
    let bound = edition.term(ParameterName::MostRatio)?.times(Term::money(FactName::Estimate, estimate));
    let design = Term::money(FactName::DesignEstimate, design);
    Outcome::any(vec![Clause::compare(design, Relation::Above, bound)])
}

/// R04: total or settlement above the approved design estimate. 政府投资条例 Art. 23, 34(4).
pub fn above_design(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let design = facts.design_estimate.ok_or(Missing(&[FactName::DesignEstimate]))?;
    if let Some(date) = facts.reapproved_on {
        return Outcome::clear(FactName::Reapproval, FactValue::Date(date));
    }
    let total = facts.project.total.map(|total| Term::money(TOTAL, total));
    let settlement =
        facts.settlement.as_ref().map(|settled| Term::money(FactName::SettlementAmount, settled.amount));
    let clauses: Vec<Clause> = total
        .into_iter()
        .chain(settlement)
        .map(|term| Clause::compare(term, Relation::Above, Term::money(FactName::DesignEstimate, design)))
        .collect();
    if clauses.is_empty() { Err(Missing(&[TOTAL])) } else { Outcome::any(clauses) }
}

/// R23: matching money lags behind the money it matches. Without a document that demands it the match is voluntary, and
/// its lag no more than a hint (domain.md E9; 预算法 Art. 16).
pub fn match_behind(facts: &Facts, edition: &Edition, _today: NaiveDate) -> Answer {
    let loc = FactName::Field(Field::Source(Source::Loc));
    let Some(planned_match) = facts.project.sources.get(&Source::Loc).filter(|amount| !amount.is_zero())
    else {
        return Outcome::clear(loc, FactValue::Absent);
    };
    if facts.positions.is_empty() {
        return Err(Missing(&[FactName::Received]));
    }
    let main = |source: Source| !matches!(source, Source::Loc | Source::Soc | Source::Ltl | Source::Oth);
    let overflow = Missing(&[FactName::ComputableResult]);
    let of_main = facts.project.sources.iter().filter(|(source, _)| main(**source));
    let main_plan = Money::sum(of_main.map(|(_, amount)| *amount)).ok_or(overflow)?;
    if main_plan.is_zero() {
        return Err(Missing(&[FactName::SourcePlan]));
    }
    let received = |wanted: &dyn Fn(Source) -> bool| {
        let positions = facts.positions.iter().filter(|position| wanted(position.source));
        Money::sum(positions.map(|position| position.received)).ok_or(overflow)
    };
    let matched = Term::money(FactName::MatchReceived, received(&|source| source == Source::Loc)?)
        .over(Term::money(loc, *planned_match));
    let main = Term::money(FactName::MainReceived, received(&main)?)
        .over(Term::money(FactName::MainPlan, main_plan));
    let bound = main.less(edition.term(ParameterName::Tolerance)?);
    let outcome = Outcome::any(vec![Clause::compare(matched, Relation::Below, bound)])?;
    Ok(match &facts.match_basis {
        MatchBasis::Document(number) => outcome.with(FactName::MatchBasis, FactValue::Text(number.clone())),
        MatchBasis::Voluntary => outcome.with(FactName::MatchBasis, FactValue::Absent).of(Level::Hint),
    })
}

/// R45: two figures that should be one differ by the factor between 元 and 万元 or 万元 and 亿元.
pub fn wrong_unit(facts: &Facts, edition: &Edition, _today: NaiveDate) -> Answer {
    let factor = edition.term(ParameterName::Factor)?;
    let tolerance = edition.term(ParameterName::Tolerance)?;
    let slack = factor.clone().times(tolerance);
    let least = factor.clone().less(slack.clone());
    let most = Term::Sum(vec![factor, slack]);
    let mut clauses = Vec::new();
    for (one, other) in alike(facts)? {
        for (larger, smaller) in [(&one, &other), (&other, &one)] {
            let ratio = larger.clone().over(smaller.clone());
            let at_least = Clause::compare(ratio.clone(), Relation::AtLeast, least.clone());
            // Both bounds must hold, so the second is asked only where the first does.
            if at_least.holds() == Some(true) {
                clauses.push(Clause::compare(ratio, Relation::AtMost, most.clone()));
            } else if clauses.is_empty() {
                clauses.push(at_least);
            }
        }
    }
    if clauses.is_empty() { Err(Missing(&[FactName::ComparableAmounts])) } else { Outcome::any(clauses) }
}

/// Pairs of amounts, none of them zero, that say the same thing in two places.
fn alike(facts: &Facts) -> Result<Vec<(Term, Term)>, Missing> {
    let overflow = Missing(&[FactName::ComputableResult]);
    let ledger = |amount: fn(&crate::review::facts::SourceFacts) -> Money| {
        Money::sum(facts.positions.iter().map(amount)).ok_or(overflow)
    };
    let project = &facts.project;
    let plan = |fact: FactName, sum: Option<Money>| sum.map(|sum| (fact, sum));
    let field = |field: Field, amount: Option<Money>| plan(FactName::Field(field), amount);
    let total = field(Field::Total, project.total);
    let mut pairs = vec![
        (total, plan(FactName::SourceSum, Some(project.source_sum().ok_or(overflow)?))),
        (total, plan(FactName::YearSum, Some(project.year_sum().ok_or(overflow)?))),
        (total, plan(FactName::Estimate, facts.estimate)),
        (total, plan(FactName::DesignEstimate, facts.design_estimate)),
        (field(Field::StatedIssued, project.stated_issued), Some((FactName::Issued, ledger(|p| p.issued)?))),
        (
            field(Field::StatedReceived, project.stated_received),
            Some((FactName::Received, ledger(|p| p.received)?)),
        ),
        (field(Field::StatedPaid, project.stated_paid), Some((FactName::Paid, ledger(|p| p.paid)?))),
    ];
    for source in facts.by_source()? {
        let planned = project.sources.get(&source.source).copied();
        pairs.push((field(Field::Source(source.source), planned), Some((FactName::Issued, source.issued))));
    }
    let term = |fact: Option<(FactName, Money)>| {
        fact.filter(|(_, amount)| !amount.is_zero()).map(|(name, amount)| Term::money(name, amount))
    };
    Ok(pairs.into_iter().filter_map(|(one, other)| Some((term(one)?, term(other)?))).collect())
}

#[cfg(test)]
mod tests {
    use crate::money::Money;
    use crate::review::facts::{MatchBasis, Settlement};
    use crate::review::fixture::{check, date, editions, facts, position, wan};
    use crate::review::judge::judge_rule;
    use crate::review::rule::RuleCode as R;
    use crate::source::Source;
    use proptest::prelude::*;

    #[test]
    fn r01_the_sources_add_up() {
        check(R::R01, |_| {}, "clear");
        check(R::R01, |f| f.project.total = Some(wan("1000.000001")), "warning");
        check(R::R01, |f| f.project.total = Some(wan("999.999999")), "warning");
        check(R::R01, |f| f.project.total = None, "lacks field.total");
        check(R::R01, |f| f.project.sources.clear(), "lacks source_plan");
    }

    #[test]
    fn r03_a_tenth_above_the_estimate_is_allowed() {
        let set = |estimate: &'static str, design: &'static str| {
            move |f: &mut crate::review::facts::Facts| {
                f.estimate = Some(wan(estimate));
                f.design_estimate = Some(wan(design));
            }
        };
        check(R::R03, set("1000", "1100"), "clear");
        check(R::R03, set("1000", "1100.000001"), "red");
        check(R::R03, |f| f.estimate = None, "lacks estimate design_estimate");
        check(
            R::R03,
            |f| {
                set("1000", "1200")(f);
                f.reapproved_on = Some(date("2025-07-01"));
            },
            "clear",
        );
    }

    #[test]
    fn r04_nothing_exceeds_the_design_estimate() {
        check(R::R04, |_| {}, "clear");
        check(R::R04, |f| f.design_estimate = Some(wan("999.99")), "red");
        check(R::R04, |f| f.design_estimate = None, "lacks design_estimate");
        check(
            R::R04,
            |f| {
                f.settlement = Some(Settlement {
                    settled_on: date("2026-06-01"),
                    amount: wan("1000.01"),
                    surplus: None,
                    retention: None,
                    retention_due: None,
                    retention_returned_on: None,
                });
            },
            "red",
        );
    }

    #[test]
    fn r23_a_match_without_a_document_is_voluntary() {
        let planned = |received: &'static str| {
            move |f: &mut crate::review::facts::Facts| {
                f.project.sources.insert(Source::Loc, wan("100"));
                f.positions.push(position(Source::Loc, received, received, "0", "0"));
            }
        };
        check(R::R23, |_| {}, "clear");
        // 600 of 1000 are there: the match may lag by five points.
        check(R::R23, planned("55"), "clear");
        check(R::R23, planned("54.99"), "hint");
        let demanded = |f: &mut crate::review::facts::Facts| {
            planned("54.99")(f);
            f.match_basis = MatchBasis::Document("国发〔2020〕1号".into());
        };
        check(R::R23, demanded, "warning");
        let unknown = |f: &mut crate::review::facts::Facts| {
            planned("50")(f);
            f.positions.clear();
        };
        check(R::R23, unknown, "lacks received");
    }

    #[test]
    fn r45_a_factor_of_ten_thousand_betrays_a_unit() {
        check(R::R45, |_| {}, "clear");
        check(R::R45, |f| f.estimate = Some(wan("0.098")), "clear");
        check(R::R45, |f| f.estimate = Some(wan("0.0998")), "warning");
        check(R::R45, |f| f.estimate = Some(wan("0.1")), "warning");
        check(R::R45, |f| f.project.stated_paid = Some(wan("4000000")), "warning");
        let bare = |f: &mut crate::review::facts::Facts| {
            f.project.total = None;
            f.positions.clear();
        };
        check(R::R45, bare, "lacks comparable_amounts");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn r01_fires_exactly_when_the_sum_differs(
            parts in prop::collection::vec((0..16_usize, 0..200_i64), 1..6),
            off in -2..=2_i64,
        ) {
            let mut facts = facts();
            facts.project.sources.clear();
            for (source, fen) in parts {
                facts.project.sources.insert(Source::ALL[source], Money::from_fen(fen).unwrap());
            }
            let sum: i64 = facts.project.sources.values().map(|amount| amount.fen()).sum();
            let total = (sum + off).max(0);
            facts.project.total = Money::from_fen(total);
            let judgement = judge_rule(R::R01, &facts, &editions(), date("2026-06-30"));
            prop_assert_eq!(judgement.findings.len(), usize::from(total != sum));
        }
    }
}
