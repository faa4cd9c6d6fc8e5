//! A workbook on its way into the lists: compared as a whole, then applied as one change-set or not at all.
//!
//! Reading happens before, in a process of its own; here rows are already typed. Knows no HTTP and no file.

mod compare;
mod known;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::FieldFault;
use domain::finding::{Finding, Severity};
use domain::id::{ChangeSetId, ProjectId};
use domain::period::FiscalYear;
use domain::permission::Action;
use domain::project::ProjectFacts;
use domain::project::facts::Change;
use serde::Serialize;
use sheet::column::Subject;
use sheet::staged::Parsed;
use std::collections::BTreeMap;
use store::history::{Effect, NewSet, SetKind};
use store::project::Project;
use store::project::write::{Edit, NewProject, insert_many, remove_many, update_many};

const ROUTE: &str = "import/commit";

/// What a person decided about the file as a whole.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// `None` takes the first year of the amounts by year.
    pub plan_year: Option<FiscalYear>,
    /// Good rows go in although others are faulty, in conflict or unclear.
    pub skip_faulty: bool,
    /// Rows without a code are the project of the same name, place and list when there is just one.
    pub match_names: bool,
}

/// What is to become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    New(Box<ProjectFacts>),
    Changed {
        target: Box<Project>,
        after: Box<ProjectFacts>,
        changes: Vec<Change>,
    },
    Same,
    /// An error stands on the row.
    Faulty,
    /// Might be a project that exists; a person must say.
    Unclear {
        candidates: Vec<ProjectId>,
    },
    /// A cell was changed by somebody else since the export.
    Conflict,
}

/// One row after comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    pub sheet: String,
    /// from 1
    pub row: u32,
    pub verdict: Verdict,
}

/// The whole file after comparison.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub plan_year: FiscalYear,
    pub rows: Vec<Compared>,
    /// Of reading and of comparing, in file order.
    pub findings: Vec<Finding>,
}

/// Rows by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub faulty: usize,
    pub unclear: usize,
    pub conflict: usize,
}

/// What came of a commit.
#[derive(Clone, Debug)]
pub enum Committed {
    /// The set, unless nothing had to change.
    Done { set: Option<ChangeSetId>, comparison: Comparison },
    /// Some rows cannot go in and nobody said to leave them out; nothing was changed.
    Held { comparison: Comparison },
    /// The same key was used before; nothing was changed again.
    Repeated,
}

impl Comparison {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match row.verdict {
                Verdict::New(_) => counts.new += 1,
                Verdict::Changed { .. } => counts.changed += 1,
                Verdict::Same => counts.same += 1,
                Verdict::Faulty => counts.faulty += 1,
                Verdict::Unclear { .. } => counts.unclear += 1,
                Verdict::Conflict => counts.conflict += 1,
            }
        }
        counts
    }

    /// Findings that keep their row out.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// Compares a file with what is kept; changes nothing.
pub async fn compare(call: &Call, parsed: &Parsed, choices: &Choices) -> Outcome<Comparison> {
    call.permit(Action::ImportWorkbook, &call.area())?;
    let year = plan_year(parsed, choices)?;
    let areas = known::areas(call, parsed).await?;
    let conn = call.read().await?;
    let known = known::load(&conn, call, parsed, areas, year).await?;
    Ok(compare::compare(parsed, &known, choices, year))
}

/// Compares and applies in one transaction, once under one key. The comparison is made anew inside it, so that
/// nothing changed in between is overwritten.
pub async fn commit(call: &Call, parsed: Parsed, choices: Choices, key: String) -> Outcome<Committed> {
    let call = call.clone();
    call.app().clone().see_through(async move { apply(&call, &parsed, &choices, &key).await }).await
}

/// Takes an import back as a whole, as a change-set of its own; refused when one of its rows was changed since.
pub async fn undo(call: &Call, set: ChangeSetId, plan_year: FiscalYear) -> Outcome<ChangeSetId> {
    let call = call.clone();
    call.app().clone().see_through(async move { take_back(&call, set, plan_year).await }).await
}

async fn apply(call: &Call, parsed: &Parsed, choices: &Choices, key: &str) -> Outcome<Committed> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let year = plan_year(parsed, choices)?;
    let areas = known::areas(call, parsed).await?;
    let tx = call.begin().await?;
    if !claim(&tx, &permit, ROUTE, key, &(parsed, choices)).await? {
        return Ok(Committed::Repeated);
    }
    let known = known::load(&tx, call, parsed, areas, year).await?;
    let comparison = compare::compare(parsed, &known, choices, year);
    let counts = comparison.counts();
    if !choices.skip_faulty && counts.faulty + counts.unclear + counts.conflict > 0 {
        tx.rollback().await?;
        return Ok(Committed::Held { comparison });
    }
    if counts.new + counts.changed == 0 {
        tx.rollback().await?;
        return Ok(Committed::Done { set: None, comparison });
    }
    let set = ChangeSetId::new(call.new_id());
    let opened = NewSet { id: set, kind: SetKind::Import, batch: None, note: None, undoes: None };
    store::history::open(&tx, &permit, &opened).await?;
    let (mut made, mut edits) = (Vec::new(), Vec::new());
    for row in &comparison.rows {
        match &row.verdict {
            Verdict::New(facts) => {
                made.push(NewProject { id: ProjectId::new(call.new_id()), facts: facts.as_ref().clone() })
            }
            Verdict::Changed { target, after, .. } => {
                edits.push(Edit { before: target.as_ref().clone(), after: after.as_ref().clone() });
            }
            Verdict::Same | Verdict::Faulty | Verdict::Unclear { .. } | Verdict::Conflict => (),
        }
    }
    insert_many(&tx, &permit, set, year, &made).await?;
    update_many(&tx, &permit, set, year, &edits, None).await?;
    store::idempotency::keep(&tx, &permit, ROUTE, key, &set.to_string()).await?;
    tx.commit().await?;
    Ok(Committed::Done { set: Some(set), comparison })
}

async fn take_back(call: &Call, set: ChangeSetId, year: FiscalYear) -> Outcome<ChangeSetId> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let tx = call.begin().await?;
    let touched = store::history::of_set(&tx, set).await?;
    let ids: Vec<ProjectId> = touched.iter().map(|part| part.project).collect();
    let found = store::project::load_many_for_update(&tx, &call.scope(), &ids, year).await?;
    let mut found: BTreeMap<ProjectId, Project> =
        found.into_iter().map(|project| (project.id, project)).collect();
    let (mut removed, mut edits) = (Vec::new(), Vec::new());
    for part in &touched {
        let project = found.remove(&part.project).ok_or(Failure::NotFound)?;
        if project.version != part.version_after {
            return Err(Failure::Stale(Vec::new()));
        }
        match part.effect {
            Effect::Created => removed.push(project),
            Effect::Changed => {
                let mut after = project.facts.clone();
                for change in &part.changes {
                    let put = after.set(change.field, change.old.clone());
                    put.map_err(|fault| Failure::Unexpected(fault.to_string()))?;
                }
                edits.push(Edit { before: project, after });
            }
            Effect::Removed => return Err(Failure::NotFound),
        }
    }
    if removed.is_empty() && edits.is_empty() {
        return Err(Failure::NotFound);
    }
    let undo = ChangeSetId::new(call.new_id());
    let opened = NewSet { id: undo, kind: SetKind::Undo, batch: None, note: None, undoes: Some(set) };
    store::history::open(&tx, &permit, &opened).await?;
    remove_many(&tx, &permit, undo, &removed).await?;
    update_many(&tx, &permit, undo, year, &edits, None).await?;
    tx.commit().await?;
    Ok(undo)
}

/// The plan year of the file; a file that shows none needs a choice. A list of sites is refused here.
fn plan_year(parsed: &Parsed, choices: &Choices) -> Outcome<FiscalYear> {
    let mut layouts = parsed.sheets.iter().filter_map(|sheet| sheet.layout.as_ref());
    if layouts.clone().any(|layout| layout.subject == Subject::Sites) {
        return Err(Failure::field("file", FieldFault::Wrong));
    }
    let found = layouts.find_map(|layout| layout.plan_year);
    choices.plan_year.or(found).ok_or_else(|| Failure::field("plan_year", FieldFault::Missing))
}
