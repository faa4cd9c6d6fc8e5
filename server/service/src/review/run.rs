//! A run: the facts of an area are gathered, all rules asked, and what they say laid beside what is kept. What is decided
//! by people stays; what the facts no longer bear out says why.

use super::gather::{Gathered, gather};
use crate::call::Call;
use crate::failure::Outcome;
use chrono::NaiveDate;
use contract::review::{RuleRun, RunView};
use domain::area::{AreaCode, AreaPath};
use domain::id::FindingId;
use domain::money::Money;
use domain::period::FiscalYear;
use domain::permission::Action;
use domain::project::Category;
use domain::review::catalogue;
use domain::review::edition::Editions;
use domain::review::facts::Facts;
use domain::review::judge::{Because, because, gone, judge};
use domain::review::name::FactName;
use domain::review::outcome::{Finding, Outcome as Said, Subject};
use domain::review::portfolio::{Candidate, fee_share, industry_share, similar_projects, site_jobs};
use domain::review::purpose::Purpose;
use domain::review::rule::RuleCode;
use domain::review::workflow::{State, StateName};
use domain::source::Source;
use std::collections::BTreeMap;
use store::Tx;
use store::review::Kept;

/// Runs every rule on everything in the person's area.
pub async fn run(call: &Call, (): ()) -> Outcome<RunView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let permit = call.permit(Action::JudgeFindings, &call.area())?;
        let tx = call.begin().await?;
        let editions = match store::review::editions(&tx).await? {
            Some(editions) => editions,
            None => {
                let shipped = catalogue::shipped(call.today());
                store::review::keep_editions(&tx, &permit, &shipped).await?;
                super::editions(None, &call)?
            }
        };
        let gathered = gather(&tx, &call).await?;
        let today = call.today();
        let mut desk = Desk { editions: &editions, today, gathered: &gathered, rules: BTreeMap::new() };
        let found = desk.judge();
        let changed = settle(&tx, &call, &desk, found).await?;
        store::review::save(&tx, &permit, &changed.rows).await?;
        let (new, vanished) = (changed.new, changed.vanished);
        store::review::note(&tx, &permit, None, format!("new={new} vanished={vanished}"));
        tx.commit().await?;
        let projects = u32::try_from(gathered.projects.len()).unwrap_or(u32::MAX);
        Ok(RunView { on: call.today(), projects, rules: desk.rules.into_values().collect(), new, vanished })
    })
    .await
}

/// One run in memory.
struct Desk<'a> {
    editions: &'a Editions,
    today: NaiveDate,
    gathered: &'a Gathered,
    rules: BTreeMap<RuleCode, RuleRun>,
}

impl Desk<'_> {
    fn rule(&mut self, rule: RuleCode) -> &mut RuleRun {
        let new = || RuleRun { rule, findings: 0, clear: 0, not_run: 0, missing: Vec::new() };
        self.rules.entry(rule).or_insert_with(new)
    }

    fn judge(&mut self) -> Vec<(Finding, AreaPath)> {
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
        for (rule, area, (said, finding)) in self.of_sites().into_iter().chain(self.of_areas()) {
            let run = self.rule(rule);
            match said {
                Said::Finding { .. } => run.findings += 1,
                Said::Clear(_) => run.clear += 1,
                Said::NotRun { missing } => {
                    run.not_run += 1;
                    note(&mut run.missing, missing);
                }
            }
            found.extend(finding.map(|finding| (finding, area)));
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

    fn of_sites(&self) -> Vec<(RuleCode, AreaPath, (Said, Option<Finding>))> {
        let sites = self.gathered.sites.iter();
        sites
            .map(|(id, (path, site))| {
                (RuleCode::R38, path.clone(), site_jobs(*id, path, site, self.editions, self.today))
            })
            .collect()
    }

    /// R41 and R42 of every county and budget year with 衔接资金.
    fn of_areas(&self) -> Vec<(RuleCode, AreaPath, (Said, Option<Finding>))> {
        let mut years: BTreeMap<(AreaCode, FiscalYear), Bridging> = BTreeMap::new();
        for facts in self.gathered.projects.values() {
            for position in facts.positions.iter().filter(|position| position.source == Source::Brg) {
                let Some(year) = position.year else { continue };
                let new = || Bridging { path: facts.path.clone(), ..Bridging::default() };
                let sums = years.entry((facts.path.code(), year)).or_insert_with(new);
                sums.amounts.push((facts.project.category, position.issued));
                let own = |entry: &&domain::review::facts::EntryFact| {
                    entry.source == Source::Brg && entry.year == Some(year)
                };
                for payment in facts.payments().filter(own) {
                    match payment.purpose {
                        Some(Purpose::Management) => sums.fees.push(payment.amount),
                        Some(_) => {}
                        None => sums.is_open = true,
                    }
                }
            }
        }
        let judged = |((_, year), sums): ((AreaCode, FiscalYear), Bridging)| {
            let industry = industry_share(&sums.path, year, &sums.amounts, self.editions, self.today);
            let issued = Money::sum(sums.amounts.iter().map(|(_, amount)| *amount)).unwrap_or(Money::MAX);
            let fees = Money::sum(sums.fees).filter(|_| !sums.is_open);
            let fees = fee_share(&sums.path, year, fees, issued, self.editions, self.today);
            [(RuleCode::R41, sums.path.clone(), industry), (RuleCode::R42, sums.path, fees)]
        };
        years.into_iter().flat_map(judged).collect()
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
            Subject::Site { .. } | Subject::Area { .. } => AreaPath::root(),
        }
    }

    /// Why a kept finding was not found again.
    fn why(&self, finding: &Finding) -> Because {
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
                let again = self.of_areas().into_iter().find(|(rule, path, _)| {
                    *rule == finding.rule && path.code() == area && finding.subject.year() == Some(year)
                });
                again
                    .and_then(|(rule, path, (said, _))| {
                        because(finding, self.editions.at(rule, &path, self.today), &said)
                    })
                    .unwrap_or_else(subject_gone)
            }
        }
    }
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

fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn note(known: &mut Vec<FactName>, missing: &[FactName]) {
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

/// What a run changes.
struct Changed {
    /// with whether it is a step
    rows: Vec<(Kept, bool)>,
    new: u32,
    vanished: u32,
}

async fn settle(tx: &Tx, call: &Call, desk: &Desk<'_>, found: Vec<(Finding, AreaPath)>) -> Outcome<Changed> {
    let today = desk.today;
    let kept = store::review::hold(tx, &call.scope()).await?;
    let key = |finding: &Finding| (finding.rule, finding.subject.key());
    let mut kept: BTreeMap<(RuleCode, String), Kept> =
        kept.into_iter().map(|kept| (key(&kept.finding), kept)).collect();
    let mut changed = Changed { rows: Vec::new(), new: 0, vanished: 0 };
    for (finding, area_path) in found {
        match kept.remove(&key(&finding)) {
            None => {
                changed.new += 1;
                let (id, state) = (FindingId::new(call.new_id()), State::new(today));
                let found_at = tx.at();
                changed.rows.push((Kept { id, finding, state, area_path, version: 1, found_at }, true));
            }
            Some(before) => changed.again(before, finding, area_path, today),
        }
    }
    for before in kept.into_values() {
        let state = before.state.clone().vanish(desk.why(&before.finding), today);
        if state != before.state {
            changed.vanished += 1;
            changed.rows.push((Kept { state, version: before.version + 1, ..before }, true));
        }
    }
    Ok(changed)
}

impl Changed {
    /// What no person has decided follows the facts; what was decided keeps those it was decided on.
    fn again(&mut self, before: Kept, finding: Finding, area_path: AreaPath, today: NaiveDate) {
        let state = before.state.clone().found_again(&before.finding, &finding, today);
        let is_pending = state.name() == StateName::Pending;
        let is_back = is_pending && before.state.name() != StateName::Pending;
        self.new += u32::from(is_back);
        let finding = if is_pending { finding } else { before.finding.clone() };
        let now = Kept { finding, state, area_path, ..before.clone() };
        // Figures that follow the facts are no step, and nobody who works on the finding is held up by them.
        let is_step = now.state != before.state;
        if now != before {
            self.rows.push((Kept { version: before.version + i64::from(is_step), ..now }, is_step));
        }
    }
}
