//! What a predicate answers, and a finding as it is kept. Knows no rule: it only holds what rules say.

use super::clause::Clause;
use super::edition::{Edition, EditionKey};
use super::name::FactName;
use super::rule::{Level, RuleCode};
use super::term::{FactValue, note};
use crate::area::AreaCode;
use crate::id::{FindingId, ProjectId, SiteId};
use crate::period::FiscalYear;
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The facts that were looked at, and the clauses they were put into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub facts: Vec<(FactName, FactValue)>,
    pub arithmetic: Vec<Clause>,
}

/// The answer of one rule about one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clear(Evidence),
    /// A 疑点. `level` where it differs from that of the edition.
    Finding {
        level: Option<Level>,
        evidence: Evidence,
    },
    NotRun {
        missing: &'static [FactName],
    },
}

/// Facts without which a rule cannot be asked. Predicates pass it on with `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing(pub &'static [FactName]);

/// What a predicate returns.
pub type Answer = Result<Outcome, Missing>;

/// What a finding is about. One rule has at most one finding about one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Subject {
    Project {
        project: ProjectId,
    },
    /// a source of a project over all its budget years
    Source {
        project: ProjectId,
        source: Source,
    },
    /// a source of a project in one budget year
    Position {
        project: ProjectId,
        source: Source,
        year: FiscalYear,
    },
    /// an entry by its place in the ledger
    Entry {
        project: ProjectId,
        source: Source,
        sequence: i64,
    },
    /// two projects, the smaller id first
    Pair {
        project: ProjectId,
        other: ProjectId,
    },
    Site {
        site: SiteId,
    },
    /// an area in a budget year
    Area {
        area: AreaCode,
        year: FiscalYear,
    },
    /// another finding, as it is rectified, with the project that is about
    Finding {
        finding: FindingId,
        project: Option<ProjectId>,
    },
}

/// Findings of one group say the same thing of different subjects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupKey(String);

/// A 疑点 as it is kept. It carries all it was judged by, so that a later edition or fact leaves it as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: RuleCode,
    pub edition: EditionKey,
    pub level: Level,
    pub subject: Subject,
    pub facts: Vec<(FactName, FactValue)>,
    /// the clauses that hold
    pub arithmetic: Vec<Clause>,
    pub group: GroupKey,
}

impl Outcome {
    /// A finding when any clause holds; it keeps only those. Clear keeps all, so that a person sees why.
    pub fn any(clauses: Vec<Clause>) -> Answer {
        let mut holding = Vec::new();
        for clause in &clauses {
            if clause.holds().ok_or(Missing(&[FactName::ComputableResult]))? {
                holding.push(clause.clone());
            }
        }
        let arithmetic = if holding.is_empty() { clauses } else { holding.clone() };
        let mut evidence = Evidence { facts: Vec::new(), arithmetic };
        evidence.arithmetic.iter().for_each(|clause| clause.collect(&mut evidence.facts));
        Ok(if holding.is_empty() {
            Outcome::Clear(evidence)
        } else {
            Outcome::Finding { level: None, evidence }
        })
    }

    /// Clear because the rule does not concern a subject of this kind.
    pub fn clear(name: FactName, value: FactValue) -> Answer {
        Ok(Outcome::Clear(Evidence { facts: vec![(name, value)], arithmetic: Vec::new() }))
    }

    /// The same, with one more fact that a reader wants to see.
    #[must_use]
    pub fn with(mut self, name: FactName, value: FactValue) -> Outcome {
        match &mut self {
            Outcome::Clear(evidence) | Outcome::Finding { evidence, .. } => {
                note(&mut evidence.facts, name, value);
            }
            Outcome::NotRun { .. } => {}
        }
        self
    }

    /// The same, of this gravity.
    #[must_use]
    pub fn of(self, level: Level) -> Outcome {
        match self {
            Outcome::Finding { evidence, .. } => Outcome::Finding { level: Some(level), evidence },
            Outcome::Clear(_) | Outcome::NotRun { .. } => self,
        }
    }

    pub const fn is_finding(&self) -> bool {
        matches!(self, Outcome::Finding { .. })
    }

    /// The finding to keep, when this is one.
    pub fn finding(self, subject: Subject, edition: &Edition, today: NaiveDate) -> Option<Finding> {
        match self {
            Outcome::Finding { level, evidence } => {
                let level = edition.level_on(today, level);
                let group = GroupKey::of(edition.key(), level, &evidence.arithmetic);
                let Evidence { facts, arithmetic } = evidence;
                let (rule, edition) = (edition.rule, edition.key());
                Some(Finding { rule, edition, level, subject, facts, arithmetic, group })
            }
            Outcome::Clear(_) | Outcome::NotRun { .. } => None,
        }
    }
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Outcome {
        answer.unwrap_or_else(|Missing(missing)| Outcome::NotRun { missing })
    }
}

impl GroupKey {
    /// Rule, edition, level, and the shape of the clauses that hold (see `Clause::shape`). Project, source and area do
    /// not part findings: one cause shows in many of them, and a list can be cut by them anyway.
    fn of(edition: EditionKey, level: Level, clauses: &[Clause]) -> GroupKey {
        let mut shapes: Vec<String> = clauses.iter().map(Clause::shape).collect();
        shapes.sort_unstable();
        shapes.dedup();
        GroupKey(format!("{}.{}.{}|{}", edition.rule, edition.number, level.code(), shapes.join("|")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Subject {
    /// The project, the first of a pair; `None` for a site or an area, and for what is found about the findings of those.
    pub const fn project(self) -> Option<ProjectId> {
        match self {
            Subject::Project { project }
            | Subject::Source { project, .. }
            | Subject::Position { project, .. }
            | Subject::Entry { project, .. }
            | Subject::Pair { project, .. } => Some(project),
            Subject::Finding { project, .. } => project,
            Subject::Site { .. } | Subject::Area { .. } => None,
        }
    }

    pub const fn source(self) -> Option<Source> {
        match self {
            Subject::Source { source, .. }
            | Subject::Position { source, .. }
            | Subject::Entry { source, .. } => Some(source),
            Subject::Project { .. }
            | Subject::Pair { .. }
            | Subject::Site { .. }
            | Subject::Area { .. }
            | Subject::Finding { .. } => None,
        }
    }

    pub const fn year(self) -> Option<FiscalYear> {
        match self {
            Subject::Position { year, .. } | Subject::Area { year, .. } => Some(year),
            Subject::Project { .. }
            | Subject::Source { .. }
            | Subject::Entry { .. }
            | Subject::Pair { .. }
            | Subject::Site { .. }
            | Subject::Finding { .. } => None,
        }
    }

    /// Stable key; with the rule it names a finding from one run to the next.
    pub fn key(self) -> String {
        match self {
            Subject::Project { project } => format!("project/{project}"),
            Subject::Source { project, source } => format!("source/{project}/{}", source.code()),
            Subject::Position { project, source, year } => {
                format!("position/{project}/{}/{year}", source.code())
            }
            Subject::Entry { project, sequence, .. } => format!("entry/{project}/{sequence}"),
            Subject::Pair { project, other } => format!("pair/{project}/{other}"),
            Subject::Site { site } => format!("site/{site}"),
            Subject::Area { area, year } => format!("area/{area}/{year}"),
            Subject::Finding { finding, .. } => format!("finding/{finding}"),
        }
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
