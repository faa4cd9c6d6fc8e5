//! The rules over what was gathered of one area: what they find, and why a finding that was kept is no longer found.
//! Reads and writes nothing.

use super::gather::Gathered;
use super::order::Orders;
use chrono::NaiveDate;
use contract::review::RuleRun;
use domain::area::{AreaCode, AreaPath};
use domain::money::Money;
use domain::period::FiscalYear;
use domain::project::Category;
use domain::review::edition::Editions;
use domain::review::facts::{EntryFact, Facts};
use domain::review::judge::{Because, because, gone, judge};
use domain::review::name::FactName;
use domain::review::outcome::{Finding, Outcome as Said, Subject};
use domain::review::portfolio::{Candidate, fee_share, industry_share, similar_projects, site_jobs};
use domain::review::rule::RuleCode;
use domain::source::Source;
use domain::usage::Use;
use std::collections::BTreeMap;

/// The rules over one area, in memory.
pub(super) struct Desk<'a> {
    pub editions: &'a Editions,
    pub today: NaiveDate,
    pub gathered: &'a Gathered,
    pub rules: BTreeMap<RuleCode, RuleRun>,
}

impl Desk<'_> {
    fn rule(&mut self, rule: RuleCode) -> &mut RuleRun {
        self.rules.entry(rule).or_insert_with(|| begun(rule))
    }

    /// Every rule on everything; what each did is added to `rules`.
    pub fn judge(&mut self) -> Vec<(Finding, AreaPath)> {
        let mut found = Vec::new();
        for rule in RuleCode::ALL {
            self.rule(rule);
        }
        for facts in self.gathered.projects.values() {
            for judgement in judge(facts, self.editions, self.today) {
                let run = self.rule(judgement.rule);
                run.findings += size(judgement.findings.len());
                run.clear += size(judgement.clear);
                run.not_run += size(judgement.not_run);
                note(&mut run.missing, &judgement.missing);
                found.extend(judgement.findings.into_iter().map(|finding| (finding, facts.path.clone())));
            }
        }
        for finding in similar_projects(&self.candidates(), self.editions, self.today) {
            let area = self.area_of(finding.subject);
            self.rule(finding.rule).findings += 1;
            found.push((finding, area));
        }
        for (path, (said, finding)) in self.of_sites() {
            count(self.rule(RuleCode::R38), &said);
            found.extend(finding.map(|finding| (finding, path)));
        }
        for Judged { rule, path, said, finding, .. } in self.of_areas() {
            count(self.rule(rule), &said);
            found.extend(finding.map(|finding| (finding, path)));
        }
        found
    }

    fn candidates(&self) -> Vec<Candidate> {
        let of = |facts: &Facts| Candidate {
            project: facts.id,
            path: facts.path.clone(),
            place: facts.project.place.clone(),
            sites: facts.project.sites.clone(),
            name: facts.project.name.clone(),
            content: facts.project.content.clone(),
        };
        self.gathered.projects.values().map(of).collect()
    }

    fn of_sites(&self) -> Vec<(AreaPath, (Said, Option<Finding>))> {
        let sites = self.gathered.sites.iter();
        sites
            .map(|(id, (path, site))| (path.clone(), site_jobs(*id, path, site, self.editions, self.today)))
            .collect()
    }

    /// R41 and R42 of every county and budget year with 衔接资金.
    fn of_areas(&self) -> Vec<Judged> {
        let mut years: BTreeMap<(AreaCode, FiscalYear), Bridging> = BTreeMap::new();
        for facts in self.gathered.projects.values() {
            for position in facts.positions.iter().filter(|position| position.source == Source::Brg) {
                let Some(year) = position.year else { continue };
                let new = || Bridging { path: facts.path.clone(), ..Bridging::default() };
                let sums = years.entry((facts.path.code(), year)).or_insert_with(new);
                sums.amounts.push((facts.project.category, position.issued));
                let own = |entry: &&EntryFact| entry.source == Source::Brg && entry.year == Some(year);
                for payment in facts.payments().filter(own) {
                    match payment.purpose {
                        Some(Use::Management) => sums.fees.push(payment.amount),
                        Some(_) => {}
                        None => sums.is_open = true,
                    }
                }
            }
        }
        let of_year = |((_, year), sums): ((AreaCode, FiscalYear), Bridging)| {
            let industry = industry_share(&sums.path, year, &sums.amounts, self.editions, self.today);
            let issued = Money::sum(sums.amounts.iter().map(|(_, amount)| *amount)).unwrap_or(Money::MAX);
            let fees = Money::sum(sums.fees).filter(|_| !sums.is_open);
            let fees = fee_share(&sums.path, year, fees, issued, self.editions, self.today);
            let judged = |rule, path, (said, finding)| Judged { rule, path, year, said, finding };
            [judged(RuleCode::R41, sums.path.clone(), industry), judged(RuleCode::R42, sums.path, fees)]
        };
        years.into_iter().flat_map(of_year).collect()
    }

    /// Where a finding of many lies: nobody sees it who may not see all it is about.
    fn area_of(&self, subject: Subject) -> AreaPath {
        let path = |id| self.gathered.projects.get(&id).map(|facts| facts.path.clone());
        match subject {
            Subject::Pair { project, other } => match (path(project), path(other)) {
                (Some(one), Some(two)) => common(&one, &two),
                (_, _) => AreaPath::root(),
            },
            Subject::Project { project }
            | Subject::Source { project, .. }
            | Subject::Position { project, .. }
            | Subject::Entry { project, .. } => path(project).unwrap_or_else(AreaPath::root),
            Subject::Site { .. } | Subject::Area { .. } | Subject::Finding { .. } => AreaPath::root(),
        }
    }

    /// Why a kept finding was not found again. `orders` are those of the area as it is held.
    pub fn why(&self, finding: &Finding, orders: &Orders) -> Because {
        let subject_gone = || Because::SubjectGone;
        match finding.subject {
            Subject::Project { project }
            | Subject::Source { project, .. }
            | Subject::Position { project, .. }
            | Subject::Entry { project, .. } => {
                let facts = self.gathered.projects.get(&project);
                facts
                    .and_then(|facts| gone(finding, facts, self.editions, self.today))
                    .unwrap_or_else(subject_gone)
            }
            Subject::Pair { project, other } => {
                let both = [project, other].iter().all(|id| self.gathered.projects.contains_key(id));
                if both { Because::Changed { facts: Vec::new(), edition: None } } else { subject_gone() }
            }
            Subject::Site { site } => {
                let again = self.gathered.sites.get(&site).map(|(path, facts)| {
                    let (said, _) = site_jobs(site, path, facts, self.editions, self.today);
                    (self.editions.at(finding.rule, path, self.today), said)
                });
                again
                    .and_then(|(edition, said)| because(finding, edition, &said))
                    .unwrap_or_else(subject_gone)
            }
            Subject::Area { area, year } => {
                let again = self.of_areas().into_iter().find(|judged| {
                    judged.rule == finding.rule && judged.path.code() == area && judged.year == year
                });
                again
                    .and_then(|Judged { rule, path, said, .. }| {
                        because(finding, self.editions.at(rule, &path, self.today), &said)
                    })
                    .unwrap_or_else(subject_gone)
            }
            Subject::Finding { finding: of, .. } => {
                orders.why(finding, of, self.editions, self.today).unwrap_or_else(subject_gone)
            }
        }
    }
}

/// What a rule about an area and a budget year says.
struct Judged {
    rule: RuleCode,
    path: AreaPath,
    year: FiscalYear,
    said: Said,
    finding: Option<Finding>,
}

/// 衔接资金 of one county and budget year.
struct Bridging {
    path: AreaPath,
    amounts: Vec<(Option<Category>, Money)>,
    fees: Vec<Money>,
    /// a payment whose purpose is not known
    is_open: bool,
}

impl Default for Bridging {
    fn default() -> Bridging {
        Bridging { path: AreaPath::root(), amounts: Vec::new(), fees: Vec::new(), is_open: false }
    }
}

pub(super) fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A rule that has not judged anything yet.
pub fn begun(rule: RuleCode) -> RuleRun {
    RuleRun { rule, findings: 0, clear: 0, not_run: 0, missing: Vec::new() }
}

/// Adds what was said of one subject to what the rule did.
pub fn count(run: &mut RuleRun, said: &Said) {
    match said {
        Said::Finding { .. } => run.findings += 1,
        Said::Clear(_) => run.clear += 1,
        Said::NotRun { missing } => {
            run.not_run += 1;
            note(&mut run.missing, missing);
        }
    }
}

pub(super) fn note(known: &mut Vec<FactName>, missing: &[FactName]) {
    for name in missing {
        if !known.contains(name) {
            known.push(*name);
        }
    }
}

/// The smallest area that holds both.
fn common(one: &AreaPath, two: &AreaPath) -> AreaPath {
    let shared = one.codes().into_iter().zip(two.codes()).take_while(|(a, b)| a == b).skip(1);
    shared.fold(AreaPath::root(), |path, (code, _)| path.child(code))
}
