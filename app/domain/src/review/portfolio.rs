//! Rules about many projects, about sites and areas, or about findings: R24, R38 (sites), R41, R42, R44. Amounts are whole
//! fen.

use super::clause::Clause;
use super::edition::{Edition, Editions};
use super::name::FactName;
use super::outcome::{Answer, Finding, Missing, Outcome, Subject};
use super::parameter::ParameterName;
use super::rule::RuleCode;
use super::similarity::Pairs;
use super::term::{FactValue, Relation, Term};
use super::workflow::State;
use crate::area::AreaPath;
use crate::id::{ProjectId, SiteId};
use crate::money::Money;
use crate::period::FiscalYear;
use crate::project::{Category, Field};
use crate::site::SiteFacts;
use crate::text;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What R24 needs of a project; of any year and any list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub project: ProjectId,
    pub path: AreaPath,
    pub place: Option<String>,
    pub sites: Vec<SiteId>,
    pub name: String,
    pub content: Option<String>,
}

/// R24: two projects at one place whose name and content are alike. A place is a site that both serve, or one address in
/// one area; projects without either are not compared, since a county is no place.
pub fn similar_projects(candidates: &[Candidate], editions: &Editions, today: NaiveDate) -> Vec<Finding> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        for place in places_of(candidate) {
            places.entry(place).or_default().push(index);
        }
    }
    let pairs_of = |candidate: &Candidate| {
        Pairs::of(&[&candidate.name, candidate.content.as_deref().unwrap_or_default()])
    };
    let pairs: Vec<Pairs> = candidates.iter().map(pairs_of).collect();
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for here in places.values() {
        for (at, &first) in here.iter().enumerate() {
            let Some(edition) = editions.at(RuleCode::R24, &candidates[first].path, today) else { continue };
            for &second in &here[at + 1..] {
                let (one, two) = (&candidates[first], &candidates[second]);
                if one.project == two.project || !seen.insert((first, second)) {
                    continue;
                }
                if let Ok(outcome) = likeness(one, two, &pairs[first], &pairs[second], edition) {
                    let subject = Subject::Pair {
                        project: one.project.min(two.project),
                        other: one.project.max(two.project),
                    };
                    findings.extend(outcome.finding(subject, edition, today));
                }
            }
        }
    }
    findings
}

fn places_of(candidate: &Candidate) -> Vec<String> {
    let mut places: Vec<String> = candidate.sites.iter().map(SiteId::to_string).collect();
    let address = candidate.place.as_deref().filter(|place| !text::means_empty(place));
    places.extend(address.map(|place| format!("{}{}", candidate.path.as_str(), text::fold(place))));
    places
}

fn likeness(one: &Candidate, two: &Candidate, first: &Pairs, second: &Pairs, edition: &Edition) -> Answer {
    let bound = edition.term(ParameterName::LeastRatio)?;
    let clause = |per_mille: u32| {
        let likeness = Term::count(FactName::Similarity, per_mille).over(Term::Number(1000));
        Clause::compare(likeness, Relation::AtLeast, bound.clone())
    };
    // The lengths alone rule out most pairs.
    if clause(first.at_most(second)).holds() == Some(false) {
        return Outcome::clear(FactName::OtherProject, FactValue::Text(two.name.clone()));
    }
    Ok(Outcome::any(vec![clause(first.alike(second))])?
        .with(FactName::Field(Field::Name), FactValue::Text(one.name.clone()))
        .with(FactName::OtherProject, FactValue::Text(two.name.clone())))
}

/// R38 of a site: more people employed than able to work.
pub fn site_jobs(
    site: SiteId,
    path: &AreaPath,
    facts: &SiteFacts,
    editions: &Editions,
    today: NaiveDate,
) -> (Outcome, Option<Finding>) {
    let outcome = || -> Answer {
        let missing = Missing(&[FactName::SiteEmployed, FactName::SiteLabour]);
        let (Some(employed), Some(labour)) = (facts.employed, facts.labour) else { return Err(missing) };
        let employed = Term::count(FactName::SiteEmployed, employed);
        let labour = Term::count(FactName::SiteLabour, labour);
        Outcome::any(vec![Clause::compare(employed, Relation::Above, labour)])
    };
    keep(RuleCode::R38, Subject::Site { site }, path, editions, today, |_| outcome())
}

/// R41: too small a share of the area's 衔接资金 of a year goes to industry. `amounts` holds its money by project category.
pub fn industry_share(
    path: &AreaPath,
    year: FiscalYear,
    amounts: &[(Option<Category>, Money)],
    editions: &Editions,
    today: NaiveDate,
) -> (Outcome, Option<Finding>) {
    let subject = Subject::Area { area: path.code(), year };
    keep(RuleCode::R41, subject, path, editions, end_of(year, today), |edition| {
        let overflow = Missing(&[FactName::ComputableResult]);
        let all = Money::sum(amounts.iter().map(|(_, amount)| *amount)).ok_or(overflow)?;
        if all.is_zero() {
            return Outcome::clear(FactName::SourceAmount, FactValue::Money(all));
        }
        if amounts.iter().any(|(category, amount)| category.is_none() && !amount.is_zero()) {
            return Err(Missing(&[FactName::Field(Field::Category)]));
        }
        let industry = amounts.iter().filter(|(category, _)| {
            matches!(category, Some(Category::ProductiveIndustry | Category::LivingIndustry))
        });
        let industry = Money::sum(industry.map(|(_, amount)| *amount)).ok_or(overflow)?;
        let share =
            Term::money(FactName::IndustryAmount, industry).over(Term::money(FactName::SourceAmount, all));
        let floor = edition.term(ParameterName::LeastRatio)?;
        Outcome::any(vec![Clause::compare(share, Relation::Below, floor)])
    })
}

/// R42: more of the area's 衔接资金 of a year than allowed was paid as 项目管理费. `fees` is `None` when purposes are not known.
pub fn fee_share(
    path: &AreaPath,
    year: FiscalYear,
    fees: Option<Money>,
    issued: Money,
    editions: &Editions,
    today: NaiveDate,
) -> (Outcome, Option<Finding>) {
    let subject = Subject::Area { area: path.code(), year };
    keep(RuleCode::R42, subject, path, editions, end_of(year, today), |edition| {
        let fees = fees.ok_or(Missing(&[FactName::Purpose]))?;
        let bound =
            edition.term(ParameterName::MostRatio)?.times(Term::money(FactName::SourceAmount, issued));
        let fees = Term::money(FactName::ManagementFee, fees);
        Outcome::any(vec![Clause::compare(fees, Relation::Above, bound)])
    })
}

/// R44 of a finding of `rule` that was ordered to be rectified: not reported done by its last day and open, or closed without
/// evidence (see [`State::overdue`]).
pub fn overdue_order(
    subject: Subject,
    rule: RuleCode,
    path: &AreaPath,
    state: &State,
    editions: &Editions,
    today: NaiveDate,
) -> (Outcome, Option<Finding>) {
    keep(RuleCode::R44, subject, path, editions, today, |edition| {
        let rule = FactValue::Text(rule.code().to_owned());
        let outcome = state.overdue(edition, today)?.with(FactName::OrderedRule, rule);
        Ok(match state.order_of() {
            Some(order) => outcome.with(FactName::RectifyingUnit, FactValue::Text(order.unit.clone())),
            None => outcome,
        })
    })
}

/// The rule of a budget year is the one in force on its last day, or today while the year runs.
fn end_of(year: FiscalYear, today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(year.get(), 12, 31).map_or(today, |end| end.min(today))
}

fn keep(
    rule: RuleCode,
    subject: Subject,
    path: &AreaPath,
    editions: &Editions,
    on: NaiveDate,
    predicate: impl FnOnce(&Edition) -> Answer,
) -> (Outcome, Option<Finding>) {
    match editions.at(rule, path, on) {
        None => (Outcome::NotRun { missing: &[FactName::Parameter] }, None),
        Some(edition) => {
            let outcome: Outcome = predicate(edition).into();
            let finding = outcome.clone().finding(subject, edition, on);
            (outcome, finding)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaCode;
    use crate::id::{FindingId, UserId};
    use crate::review::fixture::{date, editions, facts, site, wan, year};
    use crate::review::workflow::{Hand, Order};
    use uuid::Uuid;

    fn candidate(id: u128, place: Option<&str>, site: u128, name: &str) -> Candidate {
        Candidate {
            project: ProjectId::new(Uuid::from_u128(id)),
            path: facts().path,
            place: place.map(str::to_owned),
            sites: if site == 0 { Vec::new() } else { vec![SiteId::new(Uuid::from_u128(site))] },
            name: name.into(),
            content: None,
        }
    }

    fn pairs(candidates: &[Candidate]) -> usize {
        similar_projects(candidates, &editions(), date("2026-06-30")).len()
    }

    #[test]
    fn r24_alike_at_one_place() {
        let one = candidate(1, Some("兴隆村"), 7, "食用菌产业园建设项目");
        let at = |place, site, name| [one.clone(), candidate(2, place, site, name)];
        assert_eq!(pairs(&at(Some("兴隆 村"), 0, "食用菌产业园建设项目")), 1);
        assert_eq!(pairs(&at(None, 7, "食用菌产业园建设项目")), 1);
        assert_eq!(pairs(&at(Some("兴隆村"), 7, "食用菌产业园建设项目")), 1, "two places, one pair");
        assert_eq!(pairs(&at(Some("别村"), 8, "食用菌产业园建设项目")), 0);
        assert_eq!(pairs(&at(None, 0, "食用菌产业园建设项目")), 0, "no place is known");
        assert_eq!(pairs(&at(Some("兴隆村"), 0, "冷链物流中心")), 0);
        // Nine common pairs of nineteen are 947 ‰, five of fourteen 714 ‰.
        assert_eq!(pairs(&at(None, 7, "食用菌产业园建设项目一")), 1);
        assert_eq!(pairs(&at(None, 7, "食用菌产业园")), 0);
        let mut other = at(Some("兴隆村"), 0, "食用菌产业园建设项目");
        other[1].path = AreaPath::root().child(AreaCode::new("520000").unwrap());
        assert_eq!(pairs(&other), 0, "a village of that name elsewhere");
    }

    #[test]
    fn r38_sites_employ_whom_they_have() {
        let found = |employed: Option<u32>| {
            let facts = SiteFacts { employed, ..site() };
            let id = SiteId::new(Uuid::from_u128(1));
            site_jobs(id, &path(), &facts, &editions(), date("2026-06-30"))
        };
        assert!(found(Some(900)).1.is_none());
        assert!(found(Some(901)).1.is_some());
        assert!(matches!(found(None).0, Outcome::NotRun { .. }));
    }

    fn path() -> AreaPath {
        facts().path
    }

    #[test]
    fn r41_industry_has_its_share() {
        let share = |industry: &str, rest: Option<Category>, of: i32| {
            let amounts = [(Some(Category::LivingIndustry), wan(industry)), (rest, wan("40"))];
            industry_share(&path(), year(of), &amounts, &editions(), date("2026-06-30"))
        };
        let housing = Some(Category::Housing);
        assert!(share("60", housing, 2025).1.is_none());
        assert!(share("59.99", housing, 2025).1.is_some());
        assert!(matches!(share("60", None, 2025).0, Outcome::NotRun { .. }));
        assert!(matches!(share("1", housing, 2022).0, Outcome::NotRun { .. }), "no floor in 2022");
        assert_eq!(share("1", housing, 2025).1.unwrap().subject.year(), Some(year(2025)));
    }

    #[test]
    fn r42_one_per_cent_for_management() {
        let fee = |fee: Option<&str>| {
            fee_share(&path(), year(2025), fee.map(wan), wan("100"), &editions(), date("2026-06-30"))
        };
        assert!(fee(Some("1")).1.is_none());
        assert!(fee(Some("1.000001")).1.is_some());
        assert!(matches!(fee(None).0, Outcome::NotRun { .. }));
    }

    #[test]
    fn r44_an_order_past_its_last_day() {
        let today = date("2026-06-30");
        let subject = Subject::Finding { finding: FindingId::new(Uuid::from_u128(9)), project: None };
        let by = || Hand { user: UserId::new(Uuid::from_u128(1)), unit: "省发改委".into() };
        let unit = "青川县财政局".to_owned();
        let order = Order { unit: unit.clone(), due: date("2026-07-31"), measures: "限期整改".into() };
        let ask = |state: &State, day: &str| {
            overdue_order(subject, RuleCode::R41, &path(), state, &editions(), date(day))
        };
        let verified = State::new(today).verify(by(), today).unwrap();
        assert!(ask(&verified, "2026-08-01").1.is_none(), "nothing was ordered");
        let ordered = verified.order(by(), order, today).unwrap();
        assert!(ask(&ordered, "2026-07-31").1.is_none(), "the last day is in time");
        let found = ask(&ordered, "2026-08-01").1.unwrap();
        assert_eq!((found.rule, found.subject), (RuleCode::R44, subject));
        assert!(found.facts.contains(&(FactName::RectifyingUnit, FactValue::Text(unit))));
        assert!(found.facts.contains(&(FactName::OrderedRule, FactValue::Text("R41".into()))));
    }
}
