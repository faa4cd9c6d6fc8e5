//! Rules about what was paid, to whom and from what: R12–R15, R21, R22, R40.

use crate::project::{Category, Field};
use crate::review::clause::{Claim, Clause};
use crate::review::edition::Edition;
use crate::review::facts::{EntryFact, EntryKind, Facts, SourceFacts};
use crate::review::name::FactName;
use crate::review::outcome::{Answer, Missing, Outcome};
use crate::review::parameter::ParameterName;
use crate::review::term::{FactValue, Relation, Term};
use crate::source::Source;
use crate::text;
use crate::usage::Use;
use chrono::{Datelike, NaiveDate};

/// R12: the purpose stands in the list that the source forbids.
pub fn forbidden_purpose(_facts: &Facts, entry: &EntryFact, edition: &Edition, _today: NaiveDate) -> Answer {
    let list = ParameterName::Forbidden(entry.source);
    if edition.purposes(list).is_empty() {
        return Outcome::clear(FactName::FundingSource, FactValue::Source(entry.source));
    }
    listed(entry, edition, list)
}

fn listed(entry: &EntryFact, edition: &Edition, list: ParameterName) -> Answer {
    let purpose = entry.purpose.ok_or(Missing(&[FactName::Purpose]))?;
    let outcome = Outcome::any(vec![claim(purpose, edition, list)])?;
    Ok(outcome
        .with(FactName::FundingSource, FactValue::Source(entry.source))
        .with(FactName::Amount, FactValue::Money(entry.amount)))
}

fn claim(purpose: Use, edition: &Edition, list: ParameterName) -> Clause {
    let holds = edition.purposes(list).contains(&purpose);
    Clause::claim(FactName::Purpose, FactValue::Purpose(purpose), Claim::Listed(list), holds)
}

/// R13: bond money for what recurs. 预算法 Art. 35.
pub fn recurrent_purpose(_facts: &Facts, entry: &EntryFact, edition: &Edition, _today: NaiveDate) -> Answer {
    if !edition.sources().contains(&entry.source) {
        return Outcome::clear(FactName::FundingSource, FactValue::Source(entry.source));
    }
    listed(entry, edition, ParameterName::Purposes)
}

/// R14: a special bond for a project without revenue, or for a purpose of the negative list. 国办发〔2024〕52号.
pub fn no_revenue(facts: &Facts, edition: &Edition, _today: NaiveDate) -> Answer {
    let bond = |source: Source| edition.sources().contains(&source);
    let planned = facts.project.sources.iter().any(|(source, amount)| bond(*source) && !amount.is_zero());
    let arrived = facts.positions.iter().any(|position| bond(position.source));
    if !planned && !arrived {
        return Outcome::clear(FactName::Field(Field::Source(Source::Gbs)), FactValue::Absent);
    }
    let mut purposes: Vec<Use> =
        facts.payments().filter(|entry| bond(entry.source)).filter_map(|entry| entry.purpose).collect();
    purposes.sort_unstable();
    purposes.dedup();
    let mut clauses: Vec<Clause> =
        purposes.into_iter().map(|purpose| claim(purpose, edition, ParameterName::Purposes)).collect();
    let is_listed = clauses.iter().any(|clause| clause.holds() == Some(true));
    match facts.expected_revenue {
        Some(revenue) => {
            let revenue = Term::money(FactName::ExpectedRevenue, revenue);
            clauses.push(Clause::compare(revenue, Relation::Equal, Term::Number(0)));
        }
        None if is_listed => {}
        None => return Err(Missing(&[FactName::ExpectedRevenue])),
    }
    Outcome::any(clauses)
}

/// R15: paid from a source that was never issued to this project, or moved by an adjustment without a document.
/// 预算法 Art. 72, 93(5).
pub fn not_allocated_here(
    facts: &Facts,
    source: &SourceFacts,
    _edition: &Edition,
    _today: NaiveDate,
) -> Answer {
    let adjustments: Vec<&EntryFact> = facts
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Adjust && entry.source == source.source)
        .collect();
    let mut clauses: Vec<Clause> = adjustments
        .iter()
        .map(|entry| {
            Clause::absent(FactName::AdjustmentDocument, FactValue::of_text(entry.document.as_deref()))
        })
        .collect();
    if adjustments.is_empty() && !source.paid.is_zero() {
        let issued = Term::money(FactName::Issued, source.issued);
        clauses.push(Clause::compare(issued, Relation::Equal, Term::Number(0)));
    }
    Ok(Outcome::any(clauses)?.with(FactName::Paid, FactValue::Money(source.paid)))
}

/// R21, second half: what counts as paid went to the unit of the project itself.
pub fn payee_is_the_unit(facts: &Facts, entry: &EntryFact, _edition: &Edition, _today: NaiveDate) -> Answer {
    let unit = facts.project.unit.as_deref().ok_or(Missing(&[FactName::Field(Field::Unit)]))?;
    let payee = entry.payee.as_deref().ok_or(Missing(&[FactName::Payee]))?;
    let claim = Claim::SameAs(FactName::Field(Field::Unit));
    let holds = text::fold(payee) == text::fold(unit);
    let payee = FactValue::Text(payee.to_owned());
    let outcome = Outcome::any(vec![Clause::claim(FactName::Payee, payee, claim, holds)])?;
    Ok(outcome.with(FactName::Amount, FactValue::Money(entry.amount)))
}

/// R22: an invoice paid twice, a voucher entered twice, or one payee paid one amount twice within days. The later of the
/// two carries the finding.
pub fn paid_twice(facts: &Facts, entry: &EntryFact, edition: &Edition, _today: NaiveDate) -> Answer {
    let days = edition.term(ParameterName::Days)?;
    let mut earlier = facts.payments().filter(|other| other.sequence < entry.sequence).peekable();
    if earlier.peek().is_none() {
        return Outcome::clear(FactName::EarlierEntry, FactValue::Absent);
    }
    if entry.invoice.is_none() && entry.voucher.is_none() && entry.payee.is_none() {
        return Err(Missing(&[FactName::Invoice, FactName::Voucher, FactName::Payee]));
    }
    for other in earlier {
        let clauses = likeness(entry, other, &days);
        if clauses.iter().any(|clause| clause.holds() == Some(true)) {
            let outcome = Outcome::any(clauses)?;
            return Ok(outcome
                .with(FactName::Amount, FactValue::Money(entry.amount))
                .with(FactName::EarlierEntry, FactValue::Count(other.sequence))
                .with(FactName::EarlierDate, FactValue::Date(other.date)));
        }
    }
    Outcome::clear(FactName::EarlierEntry, FactValue::Absent)
}

fn likeness(entry: &EntryFact, other: &EntryFact, days: &Term) -> Vec<Clause> {
    let same = |one: &Option<String>, two: &Option<String>| match (one, two) {
        (Some(one), Some(two)) => text::fold(one) == text::fold(two),
        (Some(_) | None, Some(_) | None) => false,
    };
    let again = |fact: FactName, text: &Option<String>| {
        Clause::claim(fact, FactValue::of_text(text.as_deref()), Claim::SameAs(fact), true)
    };
    let mut clauses = Vec::new();
    if same(&entry.invoice, &other.invoice) {
        clauses.push(again(FactName::Invoice, &entry.invoice));
    }
    let amount = entry.amount == other.amount;
    let month = (entry.date.year(), entry.date.month()) == (other.date.year(), other.date.month());
    // Voucher numbers begin anew each month, and one voucher may hold several lines.
    if amount && month && same(&entry.voucher, &other.voucher) {
        clauses.push(again(FactName::Voucher, &entry.voucher));
    }
    if amount && same(&entry.payee, &other.payee) {
        let (first, last) = (entry.date.min(other.date), entry.date.max(other.date));
        let apart = Term::date(FactName::EntryDate, last).less(Term::date(FactName::EarlierDate, first));
        clauses.push(Clause::compare(apart, Relation::AtMost, days.clone()));
    }
    clauses
}

/// R40, as far as facts go: surplus of the interest subsidy used outside 后续产业.
pub fn surplus_interest(facts: &Facts, source: &SourceFacts, edition: &Edition, _today: NaiveDate) -> Answer {
    if source.issued.is_zero() || !edition.sources().contains(&source.source) {
        return Outcome::clear(FactName::FundingSource, FactValue::Source(source.source));
    }
    let name = FactName::Field(Field::Category);
    let category = facts.project.category.ok_or(Missing(&[FactName::Field(Field::Category)]))?;
    let is_industry = matches!(category, Category::ProductiveIndustry | Category::LivingIndustry);
    let clause = Clause::claim(name, FactValue::Category(category), Claim::NotIndustry, !is_industry);
    Ok(Outcome::any(vec![clause])?.with(FactName::Issued, FactValue::Money(source.issued)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::fixture::{check, payment, position, wan};
    use crate::review::rule::RuleCode as R;

    fn paid_from(source: Source, purpose: Option<Use>) -> impl FnOnce(&mut Facts) {
        move |f: &mut Facts| {
            f.entries[0].source = source;
            f.entries[0].purpose = purpose;
        }
    }

    #[test]
    fn r12_a_source_forbids_purposes() {
        check(R::R12, |_| {}, "clear");
        check(R::R12, paid_from(Source::Brg, Some(Use::Works)), "clear");
        check(R::R12, paid_from(Source::Brg, Some(Use::Vehicles)), "warning");
        check(R::R12, paid_from(Source::Brg, None), "lacks purpose");
        check(R::R12, paid_from(Source::Loc, Some(Use::Vehicles)), "clear");
    }

    #[test]
    fn r13_bonds_pay_no_wages() {
        check(R::R13, paid_from(Source::Gbg, Some(Use::Wages)), "red");
        check(R::R13, paid_from(Source::Gbs, Some(Use::Operations)), "red");
        check(R::R13, paid_from(Source::Gbs, Some(Use::Works)), "clear");
        check(R::R13, paid_from(Source::Gbg, None), "lacks purpose");
        check(R::R13, paid_from(Source::Loc, Some(Use::Wages)), "clear");
    }

    #[test]
    fn r14_a_special_bond_has_revenue() {
        let bond = |revenue: Option<&'static str>, purpose: Use| {
            move |f: &mut Facts| {
                f.positions.push(position(Source::Gbs, "10", "0", "0", "0"));
                f.expected_revenue = revenue.map(wan);
                paid_from(Source::Gbs, Some(purpose))(f);
            }
        };
        check(R::R14, |_| {}, "clear");
        check(R::R14, bond(Some("1"), Use::Works), "clear");
        check(R::R14, bond(Some("0"), Use::Works), "warning");
        check(R::R14, bond(Some("1"), Use::ThemePark), "warning");
        check(R::R14, bond(None, Use::ThemePark), "warning");
        check(R::R14, bond(None, Use::Works), "lacks expected_revenue");
    }

    #[test]
    fn r15_money_stays_with_its_project() {
        let adjusted = |document: Option<&'static str>| {
            move |f: &mut Facts| {
                let entry = payment(2, "2026-05-11", "5", Use::Works);
                f.entries.push(EntryFact {
                    kind: EntryKind::Adjust,
                    document: document.map(str::to_owned),
                    ..entry
                });
            }
        };
        check(R::R15, |_| {}, "clear");
        check(R::R15, adjusted(Some("黔财调〔2026〕3号")), "clear");
        check(R::R15, adjusted(None), "red");
        check(R::R15, |f| f.positions[0].issued = wan("0"), "red");
    }

    #[test]
    fn r22_nothing_is_paid_twice() {
        let twin = |day: &'static str, change: fn(&mut EntryFact)| {
            move |f: &mut Facts| {
                f.entries.push(payment(2, day, "100", Use::Works));
                change(&mut f.entries[1]);
            }
        };
        check(R::R22, |_| {}, "clear");
        check(R::R22, twin("2026-05-17", |_| {}), "hint");
        check(R::R22, twin("2026-05-18", |_| {}), "clear");
        check(R::R22, twin("2026-05-11", |e| e.amount = wan("99")), "clear");
        check(R::R22, twin("2026-05-11", |e| e.payee = Some("别家".into())), "clear");
        let voucher = |e: &mut EntryFact| {
            (e.payee, e.voucher) = (Some("别家".into()), Some("记-00001".into()));
        };
        check(R::R22, twin("2026-05-30", voucher), "hint");
        check(R::R22, twin("2026-06-01", voucher), "clear");
        let nameless = |e: &mut EntryFact| (e.payee, e.voucher) = (None, None);
        check(R::R22, twin("2026-05-11", nameless), "lacks invoice voucher payee");
        let invoiced = |f: &mut Facts| {
            twin("2026-06-20", |e| e.amount = wan("1"))(f);
            f.entries.iter_mut().for_each(|entry| entry.invoice = Some("发票 01".into()));
        };
        check(R::R22, invoiced, "hint");
    }

    #[test]
    fn r40_saved_interest_goes_to_industry() {
        let saved = |category: Option<Category>| {
            move |f: &mut Facts| {
                f.project.category = category;
                f.positions = vec![position(Source::Int, "10", "0", "0", "0")];
            }
        };
        check(R::R40, |_| {}, "clear");
        check(R::R40, saved(Some(Category::LivingIndustry)), "clear");
        check(R::R40, saved(Some(Category::Housing)), "warning");
        check(R::R40, saved(None), "lacks field.category loan_id interest_due");
    }
}
