//! Runs the rules on one project's facts, and says why a finding is gone. Decides nothing itself: predicates do.

use super::edition::{Edition, EditionKey, Editions};
use super::facts::Facts;
use super::name::FactName;
use super::outcome::{Evidence, Finding, Missing, Outcome, Subject};
use super::predicate::{Check, checks, judged_on};
use super::rule::RuleCode;
use super::term::FactValue;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What one rule says of one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub rule: RuleCode,
    pub findings: Vec<Finding>,
    /// subjects without a finding
    pub clear: usize,
    /// subjects that could not be judged
    pub not_run: usize,
    /// what they lack, each once
    pub missing: Vec<FactName>,
}

/// Why a finding is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Because {
    /// These facts differ, or another edition is in force, or both.
    Changed { facts: Vec<FactChange>, edition: Option<EditionKey> },
    /// The rule cannot be asked any more.
    FactsMissing { missing: Vec<FactName> },
    /// The entry, source or project is no longer there.
    SubjectGone,
    /// No edition of the rule is in force.
    RuleEnded,
}

/// A fact as the finding had it and as it is now; several values where several rows bear one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactChange {
    pub name: FactName,
    pub was: Vec<FactValue>,
    pub now: Vec<FactValue>,
}

/// Every rule on one project, in the order of the rule book.
pub fn judge(facts: &Facts, editions: &Editions, today: NaiveDate) -> Vec<Judgement> {
    RuleCode::ALL.into_iter().map(|rule| judge_rule(rule, facts, editions, today)).collect()
}

/// One rule on one project.
pub fn judge_rule(rule: RuleCode, facts: &Facts, editions: &Editions, today: NaiveDate) -> Judgement {
    let mut judgement = Judgement { rule, findings: Vec::new(), clear: 0, not_run: 0, missing: Vec::new() };
    walk(rule, facts, editions, today, &mut |subject, edition, outcome| match (edition, outcome) {
        (_, Outcome::NotRun { missing }) => judgement.lacks(missing),
        (_, Outcome::Clear(_)) => judgement.clear += 1,
        (Some(edition), found) => judgement.findings.extend(found.finding(subject, edition, today)),
        (None, Outcome::Finding { .. }) => judgement.lacks(&[FactName::Parameter]),
    });
    for check in checks(rule) {
        if let Check::Lacking(missing) = check {
            judgement.note(missing);
        }
    }
    judgement
}

impl Judgement {
    fn lacks(&mut self, missing: &[FactName]) {
        self.not_run += 1;
        self.note(missing);
    }

    fn note(&mut self, missing: &[FactName]) {
        for name in missing {
            if !self.missing.contains(name) {
                self.missing.push(*name);
            }
        }
    }
}

/// Why a finding of [`judge_rule`] no longer stands on these facts; `None` while it does.
pub fn gone(finding: &Finding, facts: &Facts, editions: &Editions, today: NaiveDate) -> Option<Because> {
    let mut now = Some(Because::SubjectGone);
    walk(finding.rule, facts, editions, today, &mut |subject, edition, outcome| {
        if subject == finding.subject {
            now = because(finding, edition, &outcome);
        }
    });
    now
}

/// Why a finding no longer stands, by the answer that its rule gives now; `None` when that is a finding too.
pub fn because(finding: &Finding, edition: Option<&Edition>, now: &Outcome) -> Option<Because> {
    match (now, edition) {
        (Outcome::Finding { .. }, Some(_)) => None,
        (_, None) => Some(Because::RuleEnded),
        (Outcome::NotRun { missing }, Some(_)) => Some(Because::FactsMissing { missing: missing.to_vec() }),
        (Outcome::Clear(evidence), Some(edition)) => {
            let edition = (edition.key() != finding.edition).then(|| edition.key());
            let facts = changes(finding, evidence);
            Some(Because::Changed { facts, edition })
        }
    }
}

/// Facts of the new answer that the finding had otherwise, or had not.
fn changes(finding: &Finding, evidence: &Evidence) -> Vec<FactChange> {
    let values = |facts: &[(FactName, FactValue)], name: FactName| -> Vec<FactValue> {
        facts.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.clone()).collect()
    };
    let mut found: Vec<FactChange> = Vec::new();
    for (name, _) in &evidence.facts {
        let (was, now) = (values(&finding.facts, *name), values(&evidence.facts, *name));
        if was != now && !found.iter().any(|change| change.name == *name) {
            found.push(FactChange { name: *name, was, now });
        }
    }
    // That a day has passed explains nothing where something else has changed.
    if found.iter().any(|change| change.name != FactName::Today) {
        found.retain(|change| change.name != FactName::Today);
    }
    found
}

/// Calls `visit` once for each subject of a rule in a project.
fn walk<'a>(
    rule: RuleCode,
    facts: &Facts,
    editions: &'a Editions,
    today: NaiveDate,
    visit: &mut dyn FnMut(Subject, Option<&'a Edition>, Outcome),
) {
    let project = facts.id;
    let edition_on = |date: NaiveDate| editions.at(rule, &facts.path, date);
    for check in checks(rule) {
        match check {
            Check::Project(predicate) => {
                let edition = edition_on(judged_on(rule, facts, None, today));
                let outcome = ask(edition, |edition| predicate(facts, edition, today));
                visit(Subject::Project { project }, edition, outcome);
            }
            Check::Source(predicate) => match facts.by_source() {
                Err(Missing(missing)) => {
                    visit(Subject::Project { project }, None, Outcome::NotRun { missing });
                }
                Ok(sources) => {
                    for sums in sources {
                        let edition = edition_on(judged_on(rule, facts, Some(&sums), today));
                        let outcome = ask(edition, |edition| predicate(facts, &sums, edition, today));
                        visit(Subject::Source { project, source: sums.source }, edition, outcome);
                    }
                }
            },
            Check::Position(predicate) => {
                for position in &facts.positions {
                    let source = position.source;
                    let edition = edition_on(judged_on(rule, facts, Some(position), today));
                    let outcome = ask(edition, |edition| predicate(facts, position, edition, today));
                    let subject = match position.year {
                        Some(year) => Subject::Position { project, source, year },
                        None => Subject::Source { project, source },
                    };
                    visit(subject, edition, outcome);
                }
            }
            Check::Payment(predicate) => {
                for entry in facts.payments() {
                    // The law of the day on which it was paid.
                    let edition = edition_on(entry.date.min(today));
                    let outcome = ask(edition, |edition| predicate(facts, entry, edition, today));
                    let subject = Subject::Entry { project, source: entry.source, sequence: entry.sequence };
                    visit(subject, edition, outcome);
                }
            }
            Check::Elsewhere(_) | Check::Lacking(_) => {}
        }
    }
}

fn ask(edition: Option<&Edition>, predicate: impl FnOnce(&Edition) -> super::outcome::Answer) -> Outcome {
    match edition {
        Some(edition) => predicate(edition).into(),
        None => Outcome::NotRun { missing: &[FactName::Parameter] },
    }
}
