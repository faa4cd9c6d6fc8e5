//! Rules about where money lies and how long: R16–R19, R21, R46. Amounts are whole fen, days are calendar days.

use crate::money::Money;
use crate::review::clause::Clause;
use crate::review::edition::Edition;
use crate::review::facts::{Facts, SourceFacts};
use crate::review::name::FactName;
use crate::review::outcome::{Answer, Missing, Outcome};
use crate::review::parameter::ParameterName;
use crate::review::rule::Level;
use crate::review::term::{FactValue, Relation, Term};
use chrono::{Datelike, NaiveDate};

fn days_between(from: (FactName, NaiveDate), to: (FactName, NaiveDate)) -> Term {
    Term::date(to.0, to.1).less(Term::date(from.0, from.1))
}

/// `amount`, less what was taken back of it.
fn net(amount: Term, recovered: FactName, taken: Money) -> Term {
    if taken.is_zero() { amount } else { amount.less(Term::money(recovered, taken)) }
}

/// The answer of a rule that asks more than one thing: clear where the first does not hold.
fn unless_clear(first: Clause, then: impl FnOnce() -> Answer) -> Answer {
    let outcome = Outcome::any(vec![first])?;
    if outcome.is_finding() { then() } else { Ok(outcome) }
}

/// R16: received and not passed on for too long. 预算法 Art. 52.
pub fn held_back(_facts: &Facts, position: &SourceFacts, edition: &Edition, today: NaiveDate) -> Answer {
    if !edition.sources().contains(&position.source) {
        return Outcome::clear(FactName::FundingSource, FactValue::Source(position.source));
    }
    let received = Term::money(FactName::Received, position.received);
    let kept = net(received, FactName::RecoveredReceived, position.recovered.received);
    unless_clear(Clause::compare(kept, Relation::Above, Term::Number(0)), || {
        let first = position.first_received_on.ok_or(Missing(&[FactName::FirstReceivedOn]))?;
        let until = if position.disbursed.is_zero() {
            (FactName::Today, today)
        } else {
            let date = position.first_disbursed_on.ok_or(Missing(&[FactName::FirstDisbursedOn]))?;
            (FactName::FirstDisbursedOn, date)
        };
        let days = days_between((FactName::FirstReceivedOn, first), until);
        let outcome =
            Outcome::any(vec![Clause::compare(days, Relation::Above, edition.term(ParameterName::Days)?)])?;
        Ok(outcome.with(FactName::Received, FactValue::Money(position.received)))
    })
}

/// R17: received and not paid for more than a year (warning) or two (red). Found by the audit of 2017.
pub fn idle(_facts: &Facts, position: &SourceFacts, edition: &Edition, today: NaiveDate) -> Answer {
    let taken = position.recovered.received.checked_add(position.recovered.disbursed);
    let taken = taken.ok_or(Missing(&[FactName::ComputableResult]))?;
    let unpaid =
        Term::money(FactName::Received, position.received).less(Term::money(FactName::Paid, position.paid));
    let unspent = net(unpaid, FactName::Recovered, taken);
    unless_clear(Clause::compare(unspent, Relation::Above, Term::Number(0)), || {
        let since = position.oldest_unspent_receipt.ok_or(Missing(&[FactName::OldestUnspentReceipt]))?;
        let days = days_between((FactName::OldestUnspentReceipt, since), (FactName::Today, today));
        let above = |name| -> Answer {
            let outcome =
                Outcome::any(vec![Clause::compare(days.clone(), Relation::Above, edition.term(name)?)])?;
            Ok(outcome
                .with(FactName::Received, FactValue::Money(position.received))
                .with(FactName::Paid, FactValue::Money(position.paid)))
        };
        let red = above(ParameterName::RedDays)?;
        if red.is_finding() { Ok(red.of(Level::Red)) } else { above(ParameterName::Days) }
    })
}

/// R18: not spent two years on, and nothing taken back. 预算法 Art. 42, 实施条例 Art. 50. Judged by today's balance, which
/// cannot be larger than that of the day it lapsed unless more was issued since.
pub fn carried_too_long(
    _facts: &Facts,
    position: &SourceFacts,
    edition: &Edition,
    today: NaiveDate,
) -> Answer {
    if !edition.sources().contains(&position.source) {
        return Outcome::clear(FactName::FundingSource, FactValue::Source(position.source));
    }
    let year = position.year.ok_or(Missing(&[FactName::BudgetYear]))?;
    let end = NaiveDate::from_ymd_opt(year.get(), 12, 31).ok_or(Missing(&[FactName::BudgetYear]))?;
    let months = Term::Number(12).times(edition.term(ParameterName::Years)?);
    let lapse = Term::date(FactName::BudgetYearEnd, end).months_after(months);
    let lapsed = Clause::compare(Term::date(FactName::Today, today), Relation::Above, lapse);
    unless_clear(lapsed, || {
        let taken = position.recovered.total().ok_or(Missing(&[FactName::ComputableResult]))?;
        if !taken.is_zero() {
            return Outcome::clear(FactName::Recovered, FactValue::Money(taken));
        }
        let left =
            Term::money(FactName::Issued, position.issued).less(Term::money(FactName::Paid, position.paid));
        let outcome = Outcome::any(vec![Clause::compare(left, Relation::Above, Term::Number(0))])?;
        Ok(outcome.with(FactName::BudgetYearEnd, FactValue::Date(end)))
    })
}

/// R19: less paid than the months that are over (支付 ÷ 下达 against m ÷ 12), or than the last node target.
pub fn behind_schedule(
    _facts: &Facts,
    position: &SourceFacts,
    edition: &Edition,
    today: NaiveDate,
) -> Answer {
    let year = position.year.ok_or(Missing(&[FactName::BudgetYear]))?;
    if year.get() != today.year() {
        return Outcome::clear(FactName::BudgetYear, FactValue::Count(i64::from(year.get())));
    }
    let taken = position.recovered.total().ok_or(Missing(&[FactName::ComputableResult]))?;
    let issued = net(Term::money(FactName::Issued, position.issued), FactName::Recovered, taken);
    unless_clear(Clause::compare(issued.clone(), Relation::Above, Term::Number(0)), || {
        let rate = Term::money(FactName::Paid, position.paid).over(issued);
        let months = months_elapsed(today);
        let due = Term::count(FactName::MonthsElapsed, months).over(Term::Number(12));
        let bound = due.less(edition.term(ParameterName::Tolerance)?);
        let mut clauses = vec![Clause::compare(rate.clone(), Relation::Below, bound)];
        // Each node replaces the one before it.
        let node = (1..=12_u8).rev().filter(|month| u32::from(*month) <= months);
        let node = node.map(ParameterName::Node).find_map(|name| edition.term(name).ok());
        clauses.extend(node.map(|node| Clause::compare(rate, Relation::Below, node)));
        Outcome::any(clauses)
    })
}

/// Months of the year that are over, counting one that ends today.
fn months_elapsed(today: NaiveDate) -> u32 {
    let is_last = today.succ_opt().is_none_or(|tomorrow| tomorrow.month() != today.month());
    if is_last { today.month() } else { today.month() - 1 }
}

/// R21, first half: more than half of what was disbursed is still unpaid so many days after the last disbursement.
pub fn disbursed_not_paid(
    _facts: &Facts,
    position: &SourceFacts,
    edition: &Edition,
    today: NaiveDate,
) -> Answer {
    let disbursed = Term::money(FactName::Disbursed, position.disbursed);
    unless_clear(Clause::compare(disbursed.clone(), Relation::Above, Term::Number(0)), || {
        let last = position.last_disbursed_on.ok_or(Missing(&[FactName::LastDisbursedOn]))?;
        let days = days_between((FactName::LastDisbursedOn, last), (FactName::Today, today));
        unless_clear(Clause::compare(days, Relation::Above, edition.term(ParameterName::Days)?), || {
            let unpaid = disbursed.clone().less(Term::money(FactName::Paid, position.paid));
            let unpaid = net(unpaid, FactName::RecoveredDisbursed, position.recovered.disbursed);
            let bound = edition.term(ParameterName::MostRatio)?.times(disbursed);
            let outcome = Outcome::any(vec![Clause::compare(unpaid, Relation::Above, bound)])?;
            Ok(outcome.with(FactName::LastDisbursedOn, FactValue::Date(last)))
        })
    })
}

/// R46: more lies behind a stage than went through the one before it. What was taken back counts against the stage at
/// which it lay, so that money which came, went back and came again is no inversion.
pub fn out_of_order(_facts: &Facts, source: &SourceFacts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let recovered = source.recovered;
    let issued = Term::money(FactName::Issued, source.issued);
    let received = Term::money(FactName::Received, source.received);
    let disbursed = Term::money(FactName::Disbursed, source.disbursed);
    let paid = Term::money(FactName::Paid, source.paid);
    let steps = [
        (paid, net(disbursed.clone(), FactName::RecoveredDisbursed, recovered.disbursed)),
        (disbursed, net(received.clone(), FactName::RecoveredReceived, recovered.received)),
        (received, net(issued, FactName::RecoveredIssued, recovered.issued)),
    ];
    Outcome::any(steps.map(|(later, before)| Clause::compare(later, Relation::Above, before)).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::fixture::{check, check_on, date, editions, facts, position, wan, year};
    use crate::review::judge::judge_rule;
    use crate::review::rule::RuleCode as R;
    use crate::source::Source;
    use proptest::prelude::*;

    #[test]
    fn r16_thirty_days_are_enough_to_pass_money_on() {
        check(R::R16, |_| {}, "clear");
        check(R::R16, |f| f.positions[0].first_disbursed_on = Some(date("2026-03-31")), "clear");
        check(R::R16, |f| f.positions[0].first_disbursed_on = Some(date("2026-04-01")), "warning");
        check(R::R16, |f| f.positions[0].disbursed = wan("0"), "warning");
        check(R::R16, |f| f.positions[0].first_received_on = None, "lacks first_received_on");
        check(R::R16, |f| f.positions[0].first_disbursed_on = None, "lacks first_disbursed_on");
        check(R::R16, |f| f.positions[0].source = Source::Soc, "clear");
        check(R::R16, |f| f.positions[0].recovered.received = wan("600"), "clear");
    }

    #[test]
    fn r17_money_lies_a_year_or_two() {
        check_on(R::R17, "2027-03-01", |_| {}, "clear");
        check_on(R::R17, "2027-03-02", |_| {}, "warning");
        check_on(R::R17, "2028-02-29", |_| {}, "warning");
        check_on(R::R17, "2028-03-01", |_| {}, "red");
        check_on(R::R17, "2028-03-01", |f| f.positions[0].paid = wan("600"), "clear");
        check_on(R::R17, "2028-03-01", |f| f.positions[0].recovered.disbursed = wan("200"), "clear");
        check(R::R17, |f| f.positions[0].oldest_unspent_receipt = None, "lacks oldest_unspent_receipt");
    }

    #[test]
    fn r18_a_budget_lapses_with_the_year_after() {
        check_on(R::R18, "2027-12-31", |_| {}, "clear");
        check_on(R::R18, "2028-01-01", |_| {}, "red");
        check_on(R::R18, "2028-01-01", |f| f.positions[0].paid = wan("600"), "clear");
        check_on(R::R18, "2028-01-01", |f| f.positions[0].recovered.issued = wan("1"), "clear");
        check_on(R::R18, "2028-01-01", |f| f.positions[0].year = None, "lacks budget_year");
    }

    #[test]
    fn r19_payment_keeps_up_with_the_months() {
        let paid = |paid: &'static str| move |f: &mut Facts| f.positions[0].paid = wan(paid);
        // 600 issued: half by the end of June, five twelfths the day before.
        check_on(R::R19, "2026-06-30", paid("300"), "clear");
        check_on(R::R19, "2026-06-30", paid("299.999999"), "warning");
        check_on(R::R19, "2026-06-29", paid("250"), "clear");
        // The nodes: 30 % from the end of March, 75 % from that of September.
        check_on(R::R19, "2026-03-31", paid("179"), "warning");
        check_on(R::R19, "2026-03-31", paid("180"), "clear");
        check_on(R::R19, "2026-01-15", paid("0"), "clear");
        check_on(R::R19, "2027-01-31", paid("0"), "clear");
        check_on(R::R19, "2026-06-30", |f| f.positions[0].year = None, "lacks budget_year");
        let cut = |f: &mut Facts| {
            f.positions[0].paid = wan("200");
            f.positions[0].recovered.issued = wan("200");
        };
        check_on(R::R19, "2026-06-30", cut, "clear");
    }

    #[test]
    fn r21_disbursing_is_not_paying() {
        let paid = |paid: &'static str| move |f: &mut Facts| f.positions[0].paid = wan(paid);
        check(R::R21, paid("250"), "clear");
        check(R::R21, paid("249"), "hint");
        check_on(R::R21, "2026-06-18", paid("249"), "clear");
        check_on(R::R21, "2026-06-19", paid("249"), "hint");
        check(R::R21, |f| f.positions[0].last_disbursed_on = None, "lacks last_disbursed_on");
        check(R::R21, |f| f.entries[0].payee = Some("县 交通局".into()), "hint");
    }

    #[test]
    fn r46_no_stage_exceeds_the_one_before() {
        check(R::R46, |_| {}, "clear");
        check(R::R46, |f| f.positions[0].paid = wan("500"), "clear");
        check(R::R46, |f| f.positions[0].paid = wan("500.000001"), "red");
        check(R::R46, |f| f.positions[0].disbursed = wan("600.01"), "red");
        check(R::R46, |f| f.positions[0].received = wan("600.01"), "red");
        check(R::R46, |f| f.positions[0].recovered.disbursed = wan("100"), "clear");
        check(R::R46, |f| f.positions[0].recovered.disbursed = wan("100.01"), "red");
    }

    #[test]
    fn r46_adds_the_years_of_a_source() {
        let earlier = |paid: &'static str| {
            move |f: &mut Facts| {
                let mut last = position(Source::Wfr, "100", "100", "100", paid);
                last.year = Some(year(2025));
                f.positions[0].paid = wan("550");
                f.positions.push(last);
            }
        };
        check(R::R46, earlier("50"), "clear");
        check(R::R46, earlier("50.01"), "red");
    }

    #[test]
    fn findings_that_agree_fold_and_others_do_not() {
        let group = |paid: &str| {
            let mut facts = facts();
            facts.positions[0].paid = wan(paid);
            let mut findings = judge_rule(R::R46, &facts, &editions(), date("2026-06-30")).findings;
            findings.remove(0).group
        };
        assert_eq!(group("650"), group("640"));
        assert_ne!(group("650"), group("501"), "a slip is not a third too much");
        assert_ne!(group("650"), group("5000000"), "a wrong unit stands apart");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn r46_fires_exactly_when_the_order_is_broken(
            rows in prop::collection::vec(prop::array::uniform7(0..6_i64), 1..4),
        ) {
            let fen = |fen| Money::from_fen(fen).unwrap();
            let mut facts = facts();
            facts.positions.clear();
            for (row, number) in rows.iter().zip(2024..) {
                let mut next = position(Source::Gbg, "0", "0", "0", "0");
                next.year = Some(year(number));
                (next.issued, next.received) = (fen(row[0]), fen(row[1]));
                (next.disbursed, next.paid) = (fen(row[2]), fen(row[3]));
                (next.recovered.issued, next.recovered.received) = (fen(row[4]), fen(row[5]));
                next.recovered.disbursed = fen(row[6]);
                facts.positions.push(next);
            }
            let sum = |at: usize| rows.iter().map(|row| row[at]).sum::<i64>();
            let (issued, received, disbursed, paid) = (sum(0), sum(1), sum(2), sum(3));
            let broken =
                paid > disbursed - sum(6) || disbursed > received - sum(5) || received > issued - sum(4);
            let judgement = judge_rule(R::R46, &facts, &editions(), date("2026-06-30"));
            prop_assert_eq!(judgement.findings.len(), usize::from(broken));
            prop_assert_eq!(judgement.not_run, 0);
            for finding in judgement.findings {
                prop_assert!(finding.arithmetic.iter().all(|clause| clause.holds() == Some(true)));
            }
        }
    }
}
