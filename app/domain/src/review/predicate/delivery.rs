//! Rules about start, finish and what follows: R27, R30, R33–R35.

use crate::project::{Field, Stage};
use crate::review::clause::Clause;
use crate::review::edition::Edition;
use crate::review::facts::Facts;
use crate::review::name::FactName;
use crate::review::outcome::{Answer, Missing, Outcome};
use crate::review::parameter::ParameterName;
use crate::review::term::{FactValue, Relation, Term};
use crate::text;
use chrono::NaiveDate;

fn stage(facts: &Facts) -> Answer {
    Outcome::clear(FactName::Field(Field::Stage), FactValue::Stage(facts.project.stage))
}

fn today_is(relation: Relation, today: NaiveDate, bound: Term) -> Clause {
    Clause::compare(Term::date(FactName::Today, today), relation, bound)
}

/// R27: not started in the planned month or a year after money was issued, or not finished in the planned month.
/// 政府投资条例 Art. 24, 34(6).
pub fn late(facts: &Facts, edition: &Edition, today: NaiveDate) -> Answer {
    if facts.is_at_rest() || facts.has_finished() {
        return stage(facts);
    }
    // A planned month is kept until its last day.
    let month_over = |field: Field, month| {
        let month = Term::Fact { name: FactName::Field(field), value: FactValue::Month(month) };
        today_is(Relation::AtLeast, today, month.months_after(Term::Number(1)))
    };
    let mut clauses = Vec::new();
    if !facts.has_started() {
        clauses.extend(facts.project.start.map(|start| month_over(Field::Start, start)));
        if let Some(issued) = facts.first_issued_on() {
            let months = edition.term(ParameterName::Months)?;
            let bound = Term::date(FactName::FirstIssuedOn, issued).months_after(months);
            clauses.push(today_is(Relation::Above, today, bound));
        }
    }
    clauses.extend(facts.project.finish.map(|finish| month_over(Field::Finish, finish)));
    if clauses.is_empty() {
        return Err(Missing(&[FactName::Field(Field::Start), FactName::Field(Field::Finish)]));
    }
    let value = FactValue::Stage(facts.project.stage);
    Ok(Outcome::any(clauses)?.with(FactName::Field(Field::Stage), value))
}

/// R30: more retained than allowed, or not returned after the defects period. 建质〔2017〕138号.
pub fn retention(facts: &Facts, edition: &Edition, today: NaiveDate) -> Answer {
    let Some(settled) = &facts.settlement else {
        let is_due = facts.project.stage == Stage::Accepted;
        return if is_due { Err(Missing(&[FactName::SettlementAmount])) } else { stage(facts) };
    };
    let retained = settled.retention.ok_or(Missing(&[FactName::Retention]))?;
    let bound = edition
        .term(ParameterName::MostRatio)?
        .times(Term::money(FactName::SettlementAmount, settled.amount));
    let mut clauses =
        vec![Clause::compare(Term::money(FactName::Retention, retained), Relation::Above, bound)];
    if settled.retention_returned_on.is_none() && !retained.is_zero() {
        let due = match settled.retention_due {
            Some(date) => Term::date(FactName::RetentionDue, date),
            None => Term::date(FactName::SettledOn, settled.settled_on)
                .months_after(edition.term(ParameterName::Months)?),
        };
        clauses.push(today_is(Relation::Above, today, due));
    }
    Outcome::any(clauses)
}

/// R33: done and not accepted, or accepted and without a final account. 政府投资条例 Art. 25.
pub fn not_accepted(facts: &Facts, edition: &Edition, today: NaiveDate) -> Answer {
    if !facts.has_finished() {
        return stage(facts);
    }
    if let Some(settled) = &facts.settlement {
        return Outcome::clear(FactName::SettledOn, FactValue::Date(settled.settled_on));
    }
    let (name, done, months) = match (facts.accepted_on, facts.finished_on) {
        (Some(accepted), _) => (FactName::AcceptedOn, accepted, ParameterName::SettlementMonths),
        (None, _) if facts.project.stage == Stage::Accepted => {
            return Err(Missing(&[FactName::AcceptedOn]));
        }
        (None, Some(finished)) => (FactName::FinishedOn, finished, ParameterName::Months),
        (None, None) => return Err(Missing(&[FactName::FinishedOn])),
    };
    let bound = Term::date(name, done).months_after(edition.term(months)?);
    Outcome::any(vec![today_is(Relation::Above, today, bound)])
}

/// R34: the final account shows a surplus that was not returned in full. 政府投资条例 Art. 25.
pub fn surplus(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let missing = Missing(&[FactName::Surplus]);
    let Some(settled) = &facts.settlement else {
        return if facts.project.stage == Stage::Accepted { Err(missing) } else { stage(facts) };
    };
    let surplus = settled.surplus.ok_or(missing)?;
    let mut returned = Vec::new();
    for source in facts.by_source()? {
        let total = source.recovered.total().ok_or(Missing(&[FactName::ComputableResult]))?;
        returned.push(Term::money(FactName::Recovered, total));
    }
    let surplus = Term::money(FactName::Surplus, surplus);
    Outcome::any(vec![Clause::compare(Term::Sum(returned), Relation::Below, surplus)])
}

/// R35: accepted months ago and nobody owns what was built. 国办函〔2021〕51号.
pub fn asset(facts: &Facts, edition: &Edition, today: NaiveDate) -> Answer {
    let Some(accepted) = facts.accepted_on else {
        let is_accepted = facts.project.stage == Stage::Accepted;
        return if is_accepted { Err(Missing(&[FactName::AcceptedOn])) } else { stage(facts) };
    };
    let bound = Term::date(FactName::AcceptedOn, accepted).months_after(edition.term(ParameterName::Months)?);
    let is_due = Outcome::any(vec![today_is(Relation::Above, today, bound)])?;
    if !is_due.is_finding() {
        return Ok(is_due);
    }
    let owner = facts.project.asset_owner.as_deref().filter(|owner| !text::means_empty(owner));
    let clause = Clause::absent(FactName::Field(Field::AssetOwner), FactValue::of_text(owner));
    Ok(Outcome::any(vec![clause])?.with(FactName::AcceptedOn, FactValue::Date(accepted)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::facts::Settlement;
    use crate::review::fixture::{check, check_on, date, wan};
    use crate::review::rule::RuleCode as R;

    fn settled(change: impl FnOnce(&mut Settlement)) -> impl FnOnce(&mut Facts) {
        let mut settlement = Settlement {
            settled_on: date("2026-01-31"),
            amount: wan("1000"),
            surplus: Some(wan("0")),
            retention: Some(wan("30")),
            retention_due: None,
            retention_returned_on: None,
        };
        change(&mut settlement);
        move |f: &mut Facts| {
            f.project.stage = Stage::Accepted;
            f.settlement = Some(settlement);
        }
    }

    #[test]
    fn r27_planned_months_are_kept_to_their_last_day() {
        let waiting = |f: &mut Facts| (f.started_on, f.project.stage) = (None, Stage::Ready);
        let no_months = |f: &mut Facts| (f.project.start, f.project.finish) = (None, None);
        check_on(R::R27, "2026-12-31", |_| {}, "clear");
        check_on(R::R27, "2027-01-01", |_| {}, "warning");
        check_on(R::R27, "2025-08-31", waiting, "clear");
        check_on(R::R27, "2025-09-01", waiting, "warning");
        let issued = |f: &mut Facts| {
            waiting(f);
            no_months(f);
        };
        check_on(R::R27, "2027-02-10", issued, "clear");
        check_on(R::R27, "2027-02-11", issued, "warning");
        check_on(R::R27, "2027-02-11", |f| f.project.stage = Stage::Completed, "clear");
        check_on(R::R27, "2027-02-11", |f| f.project.stage = Stage::Paused, "clear");
        check(R::R27, no_months, "lacks field.start field.finish");
    }

    #[test]
    fn r30_three_per_cent_for_two_years() {
        check(R::R30, |_| {}, "clear");
        check(R::R30, settled(|_| {}), "clear");
        check(R::R30, settled(|s| s.retention = Some(wan("30.01"))), "hint");
        check(R::R30, settled(|s| s.retention = None), "lacks retention");
        check(R::R30, |f| f.project.stage = Stage::Accepted, "lacks settlement_amount");
        check_on(R::R30, "2028-01-31", settled(|_| {}), "clear");
        check_on(R::R30, "2028-02-01", settled(|_| {}), "hint");
        let back = settled(|s| s.retention_returned_on = Some(date("2028-01-01")));
        check_on(R::R30, "2028-02-01", back, "clear");
        check(R::R30, settled(|s| s.retention_due = Some(date("2026-06-29"))), "hint");
    }

    #[test]
    fn r33_three_months_to_accept_and_three_to_settle() {
        let done = |f: &mut Facts| f.finished_on = Some(date("2026-03-30"));
        check(R::R33, |_| {}, "clear");
        check(R::R33, done, "clear");
        check_on(R::R33, "2026-07-01", done, "warning");
        check(R::R33, |f| f.project.stage = Stage::Completed, "lacks finished_on");
        check(R::R33, |f| f.project.stage = Stage::Accepted, "lacks accepted_on");
        check(R::R33, |f| f.accepted_on = Some(date("2026-03-29")), "warning");
        check(R::R33, settled(|_| {}), "clear");
    }

    #[test]
    fn r34_a_surplus_goes_back() {
        let surplus = |f: &mut Facts| settled(|s| s.surplus = Some(wan("20")))(f);
        check(R::R34, |_| {}, "clear");
        check(R::R34, settled(|_| {}), "clear");
        check(R::R34, surplus, "red");
        let returned = |back: &'static str| {
            move |f: &mut Facts| {
                surplus(f);
                f.positions[0].recovered.received = wan(back);
            }
        };
        check(R::R34, returned("19.99"), "red");
        check(R::R34, returned("20"), "clear");
        check(R::R34, settled(|s| s.surplus = None), "lacks surplus");
    }

    #[test]
    fn r35_what_is_built_has_an_owner() {
        let accepted = |f: &mut Facts| f.accepted_on = Some(date("2025-12-30"));
        check(R::R35, |_| {}, "clear");
        check(R::R35, accepted, "clear");
        check_on(R::R35, "2026-07-01", accepted, "warning");
        let owned = |f: &mut Facts| {
            accepted(f);
            f.project.asset_owner = Some("村集体".into());
        };
        check_on(R::R35, "2026-07-01", owned, "clear");
        check(R::R35, |f| f.project.stage = Stage::Accepted, "lacks accepted_on");
    }
}
