//! Rules about people: 联农带农, 以工代赈, beneficiaries, jobs: R11, R31, R32, R37–R39. Counts are 人, 户 or 岗位.

use crate::period::Month;
use crate::project::{Category, Field};
use crate::review::clause::Clause;
use crate::review::edition::Edition;
use crate::review::facts::Facts;
use crate::review::name::FactName;
use crate::review::outcome::{Answer, Missing, Outcome};
use crate::review::parameter::ParameterName;
use crate::review::term::{FactValue, Relation, Term};
use crate::site::SiteFacts;
use crate::source::Source;
use crate::text;
use chrono::NaiveDate;

const LABOUR_PAY: FactName = FactName::Field(Field::LabourPay);
const WORK_RELIEF: FactName = FactName::Field(Field::Source(Source::Wfr));

/// R11: an industry project without a link to households, or with none of them. Found by the audit of 2018.
pub fn link(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let name = FactName::Field(Field::Category);
    let category = facts.project.category.ok_or(Missing(&[FactName::Field(Field::Category)]))?;
    if !matches!(category, Category::ProductiveIndustry | Category::LivingIndustry) {
        return Outcome::clear(name, FactValue::Category(category));
    }
    let link = facts.project.link.as_deref().filter(|link| !text::means_empty(link));
    let mut clauses = vec![Clause::absent(FactName::Field(Field::Link), FactValue::of_text(link))];
    if let Some(households) = facts.project.households {
        let households = Term::count(FactName::Field(Field::Households), households);
        clauses.push(Clause::compare(households, Relation::Equal, Term::Number(0)));
    }
    Ok(Outcome::any(clauses)?.with(name, FactValue::Category(category)))
}

/// True for a 以工代赈 project, by its flag or by its money.
fn is_work_relief(facts: &Facts) -> bool {
    let has_money = facts.project.sources.get(&Source::Wfr).is_some_and(|amount| !amount.is_zero());
    facts.project.work_relief.unwrap_or(has_money)
}

/// R31: labour pay is too small a share of the 以工代赈 money, by the floor or by the promise. 令57号.
pub fn labour_share(facts: &Facts, edition: &Edition, _today: NaiveDate) -> Answer {
    if !is_work_relief(facts) {
        return Outcome::clear(WORK_RELIEF, FactValue::Absent);
    }
    let pay = facts.project.labour_pay.ok_or(Missing(&[LABOUR_PAY]))?;
    let money = facts.project.sources.get(&Source::Wfr).filter(|amount| !amount.is_zero());
    let money = *money.ok_or(Missing(&[WORK_RELIEF]))?;
    let share = Term::money(LABOUR_PAY, pay).over(Term::money(WORK_RELIEF, money));
    let floor = edition.term(ParameterName::LeastRatio)?;
    let mut clauses = vec![Clause::compare(share.clone(), Relation::Below, floor)];
    clauses.extend(facts.promised_share.map(|promised| {
        let promised = Term::Fact { name: FactName::PromisedShare, value: FactValue::Ratio(promised) };
        Clause::compare(share, Relation::Below, promised)
    }));
    Outcome::any(clauses)
}

/// R32: pay per head too little or too much to be true, or fewer people paid than declared.
pub fn pay_per_head(facts: &Facts, edition: &Edition, _today: NaiveDate) -> Answer {
    if !is_work_relief(facts) {
        return Outcome::clear(WORK_RELIEF, FactValue::Absent);
    }
    let declared = facts.project.jobs_construction;
    let declared = declared.ok_or(Missing(&[FactName::Field(Field::JobsConstruction)]))?;
    let people = Term::count(FactName::Field(Field::JobsConstruction), declared);
    let mut clauses = Vec::new();
    if let Some(pay) = facts.project.labour_pay {
        let pay = Term::money(LABOUR_PAY, pay);
        let least = edition.term(ParameterName::LeastPay)?.times(people.clone());
        let most = edition.term(ParameterName::MostPay)?.times(people.clone());
        clauses.push(Clause::compare(pay.clone(), Relation::Below, least));
        clauses.push(Clause::compare(pay, Relation::Above, most));
    }
    if let Some(paid) = facts.people_paid {
        clauses.push(Clause::compare(Term::count(FactName::PeoplePaid, paid), Relation::Below, people));
    }
    if clauses.is_empty() { Err(Missing(&[LABOUR_PAY, FactName::PeoplePaid])) } else { Outcome::any(clauses) }
}

/// The sum over the sites served, `None` when there is no site or one of them lacks the figure.
fn over_sites(facts: &Facts, name: FactName, figure: fn(&SiteFacts) -> Option<u32>) -> Option<Term> {
    let figures: Option<Vec<Term>> =
        facts.sites.iter().map(|site| Some(Term::count(name, figure(site)?))).collect();
    figures.filter(|figures| !figures.is_empty()).map(Term::Sum)
}

/// R37: more beneficiaries than the sites served have people or households.
pub fn beneficiaries(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let (people, households) = (FactName::Field(Field::People), FactName::Field(Field::Households));
    if facts.project.people.is_none() && facts.project.households.is_none() {
        return Err(Missing(&[FactName::Field(Field::People), FactName::Field(Field::Households)]));
    }
    if facts.sites.is_empty() {
        return Err(Missing(&[FactName::Field(Field::Sites)]));
    }
    let pairs = [
        (people, facts.project.people, over_sites(facts, FactName::SitePeople, |site| site.people)),
        (
            households,
            facts.project.households,
            over_sites(facts, FactName::SiteHouseholds, |site| site.households),
        ),
    ];
    let above = |(name, stated, base): (FactName, Option<u32>, Option<Term>)| {
        Some(Clause::compare(Term::count(name, stated?), Relation::Above, base?))
    };
    let clauses: Vec<Clause> = pairs.into_iter().filter_map(above).collect();
    if clauses.is_empty() {
        return Err(Missing(&[FactName::SitePeople, FactName::SiteHouseholds]));
    }
    Outcome::any(clauses)
}

/// R38: more jobs, planned or returned, than the sites served have labour (人次 entered as 人), or more posts filled than
/// there are.
pub fn jobs(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let project = &facts.project;
    let labour = over_sites(facts, FactName::SiteLabour, |site| site.labour);
    let stated = [
        (Field::JobsConstruction, project.jobs_construction),
        (Field::JobsOperation, project.jobs_operation),
    ];
    let mut clauses: Vec<Clause> = stated
        .into_iter()
        .filter_map(|(field, jobs)| {
            let jobs = Term::count(FactName::Field(field), jobs?);
            Some(Clause::compare(jobs, Relation::Above, labour.clone()?))
        })
        .collect();
    let returned = facts.jobs.iter().rev().find_map(|jobs| jobs.cumulative);
    if let (Some(taken_on), Some(labour)) = (returned, labour.clone()) {
        clauses.push(Clause::compare(
            Term::count(FactName::JobsCumulative, taken_on),
            Relation::Above,
            labour,
        ));
    }
    if let (Some(filled), Some(posts)) = (facts.posts_filled, project.posts) {
        let posts = Term::count(FactName::Field(Field::Posts), posts);
        clauses.push(Clause::compare(Term::count(FactName::PostsFilled, filled), Relation::Above, posts));
    }
    if clauses.is_empty() {
        let names: &'static [FactName] = if labour.is_none() {
            &[FactName::SiteLabour]
        } else {
            &[FactName::Field(Field::JobsConstruction), FactName::Field(Field::JobsOperation)]
        };
        return Err(Missing(names));
    }
    Outcome::any(clauses)
}

/// Months between the end of works and the day on which jobs are counted; part of the rule, not of its parameters.
const JOBS_AFTER: i64 = 12;

/// R39: fewer people at work twelve months after the works ended than the project promised. The first return of that month
/// or later counts. A finished project without a day of finishing is taken to have kept its planned month.
pub fn jobs_reached(facts: &Facts, edition: &Edition, today: NaiveDate) -> Answer {
    let stage = (FactName::Field(Field::Stage), FactValue::Stage(facts.project.stage));
    if !facts.has_finished() {
        return Outcome::clear(stage.0, stage.1);
    }
    let promised = facts.project.jobs_operation;
    let promised = promised.ok_or(Missing(&[FactName::Field(Field::JobsOperation)]))?;
    if promised == 0 {
        return Outcome::clear(FactName::Field(Field::JobsOperation), FactValue::Count(0));
    }
    let (name, value, done) = match (facts.finished_on, facts.accepted_on, facts.project.finish) {
        (Some(on), _, _) => (FactName::FinishedOn, FactValue::Date(on), Month::of(on)),
        (None, Some(on), _) => (FactName::AcceptedOn, FactValue::Date(on), Month::of(on)),
        (None, None, Some(month)) => (FactName::Field(Field::Finish), FactValue::Month(month), Some(month)),
        (None, None, None) => return Err(Missing(&[FactName::FinishedOn, FactName::Field(Field::Finish)])),
    };
    let due = (0..JOBS_AFTER)
        .try_fold(done.ok_or(Missing(&[FactName::ComputableResult]))?, |month, _| month.next());
    let due = due.ok_or(Missing(&[FactName::ComputableResult]))?;
    if today < due.last_day() {
        return Outcome::clear(name, value);
    }
    let found =
        facts.jobs.iter().find_map(|jobs| Some((jobs.month, jobs.present?)).filter(|(at, _)| *at >= due));
    let (month, present) = found.ok_or(Missing(&[FactName::ActualJobs]))?;
    let share = Term::count(FactName::ActualJobs, present)
        .over(Term::count(FactName::Field(Field::JobsOperation), promised));
    let floor = edition.term(ParameterName::LeastRatio)?;
    Ok(Outcome::any(vec![Clause::compare(share, Relation::Below, floor)])?
        .with(name, value)
        .with(FactName::ReturnMonth, FactValue::Month(month)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Stage;
    use crate::review::facts::JobsFact;
    use crate::review::fixture::{check, date, site, wan};
    use crate::review::rule::RuleCode as R;
    use rust_decimal::Decimal;

    #[test]
    fn r11_industry_has_a_link() {
        let industry = |link: Option<&'static str>, households: u32| {
            move |f: &mut Facts| {
                f.project.category = Some(Category::ProductiveIndustry);
                f.project.link = link.map(str::to_owned);
                f.project.households = Some(households);
            }
        };
        check(R::R11, |_| {}, "clear");
        check(R::R11, industry(Some("土地流转"), 5), "clear");
        check(R::R11, industry(Some("土地流转"), 0), "warning");
        check(R::R11, industry(Some("—"), 5), "warning");
        check(R::R11, industry(None, 5), "warning");
        check(R::R11, |f| f.project.category = None, "lacks field.category");
    }

    #[test]
    fn r31_three_tenths_are_pay() {
        let pay = |pay: &'static str| move |f: &mut Facts| f.project.labour_pay = Some(wan(pay));
        check(R::R31, pay("180"), "clear");
        check(R::R31, pay("179.999999"), "warning");
        check(R::R31, |f| f.promised_share = Some(Decimal::new(34, 2)), "warning");
        check(R::R31, |f| f.project.labour_pay = None, "lacks field.labour_pay");
        let flagged = |f: &mut Facts| {
            f.project.work_relief = Some(true);
            f.project.sources.remove(&Source::Wfr);
        };
        check(R::R31, flagged, "lacks field.source.WFR");
        check(R::R31, |f| f.project.work_relief = Some(false), "clear");
        // Money of before the 30 % were asked for.
        check(R::R31, |f| f.positions[0].first_issued_on = Some(date("2023-02-28")), "lacks parameter");
    }

    #[test]
    fn r32_pay_per_head_is_plausible() {
        let people = |people: u32| move |f: &mut Facts| f.project.jobs_construction = Some(people);
        // 200 万元
        check(R::R32, people(666), "clear");
        check(R::R32, people(667), "warning");
        check(R::R32, people(67), "clear");
        check(R::R32, people(66), "warning");
        check(R::R32, |f| f.people_paid = Some(150), "clear");
        check(R::R32, |f| f.people_paid = Some(149), "warning");
        check(R::R32, |f| f.project.jobs_construction = None, "lacks field.jobs_construction");
        check(R::R32, |f| f.project.labour_pay = None, "lacks field.labour_pay people_paid");
    }

    #[test]
    fn r37_beneficiaries_live_in_the_sites() {
        check(R::R37, |f| f.project.people = Some(2000), "clear");
        check(R::R37, |f| f.project.people = Some(2001), "warning");
        check(R::R37, |f| f.project.households = Some(501), "warning");
        let two = |f: &mut Facts| {
            f.sites.push(site());
            f.project.people = Some(4000);
        };
        check(R::R37, two, "clear");
        check(R::R37, |f| f.sites.clear(), "lacks field.sites");
        let unknown = |f: &mut Facts| (f.sites[0].people, f.sites[0].households) = (None, None);
        check(R::R37, unknown, "lacks site_people site_households");
        let unsaid = |f: &mut Facts| (f.project.people, f.project.households) = (None, None);
        check(R::R37, unsaid, "lacks field.people field.households");
    }

    #[test]
    fn r38_jobs_are_held_by_people() {
        check(R::R38, |f| f.project.jobs_operation = Some(900), "clear");
        check(R::R38, |f| f.project.jobs_operation = Some(901), "warning");
        check(R::R38, |f| f.posts_filled = Some(10), "clear");
        check(R::R38, |f| f.posts_filled = Some(11), "warning");
        check(R::R38, |f| f.jobs = returns(&[("2026-05", 20, 900)]), "clear");
        check(R::R38, |f| f.jobs = returns(&[("2026-04", 20, 1), ("2026-05", 20, 901)]), "warning");
        check(R::R38, |f| f.sites[0].labour = None, "lacks site_labour worker_ids");
    }

    fn returns(months: &[(&str, u32, u32)]) -> Vec<JobsFact> {
        let fact = |(month, present, cumulative): &(&str, u32, u32)| JobsFact {
            month: Month::parse(month).unwrap(),
            present: Some(*present),
            cumulative: Some(*cumulative),
        };
        months.iter().map(fact).collect()
    }

    #[test]
    fn r39_a_year_on_the_jobs_are_there() {
        // Promised are 20.
        let done = |finish: &'static str, jobs: &'static [(&'static str, u32, u32)]| {
            move |f: &mut Facts| {
                f.project.stage = Stage::Completed;
                f.project.finish = Month::parse(finish).ok();
                f.jobs = returns(jobs);
            }
        };
        check(R::R39, |_| {}, "clear");
        check(R::R39, done("2025-05", &[("2026-05", 16, 30)]), "clear");
        check(R::R39, done("2025-05", &[("2026-05", 15, 30)]), "hint");
        check(R::R39, done("2025-05", &[("2026-04", 15, 30), ("2026-05", 16, 30)]), "clear");
        check(R::R39, done("2025-05", &[("2026-04", 20, 30)]), "lacks actual_jobs");
        check(R::R39, done("2025-05", &[("2026-05", 15, 30), ("2026-06", 20, 30)]), "hint");
        check(R::R39, done("2025-07", &[("2026-05", 0, 0)]), "clear");
        let unknown = |f: &mut Facts| {
            f.project.stage = Stage::Completed;
            f.project.finish = None;
        };
        check(R::R39, unknown, "lacks finished_on field.finish");
        let by_day = |f: &mut Facts| {
            done("2026-12", &[("2026-05", 15, 30)])(f);
            f.finished_on = Some(date("2025-05-20"));
        };
        check(R::R39, by_day, "hint");
        let silent = |f: &mut Facts| {
            done("2025-05", &[])(f);
            f.project.jobs_operation = None;
        };
        check(R::R39, silent, "lacks field.jobs_operation");
    }
}
