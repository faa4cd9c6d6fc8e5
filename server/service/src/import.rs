//! A workbook on its way into the lists: compared as a whole, then applied as one change-set or not at all.
//!
//! Reading happens before, in a process of its own; here rows are already typed. Knows no HTTP and no file.

pub mod apply;
mod compare;
pub mod decide;
pub mod file;
pub(crate) mod job;
mod judge;
mod known;
pub mod read_as;
pub mod site;
mod staged;
pub mod undo;
pub mod upload;
pub mod view;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::list::claim;
use contract::error::FieldFault;
use contract::import::{Counts, ImportKind, RowOutcome};
use domain::area::AreaCode;
use domain::finding::{Finding, Severity};
use domain::id::{ChangeSetId, ImportId, ProjectId, SiteId};
use domain::period::FiscalYear;
use domain::permission::{Action, Permit};
use domain::project::facts::Change;
use domain::project::{Field, ProjectFacts, Value};
use serde::{Deserialize, Serialize};
use sheet::column::Subject;
use sheet::staged::Parsed;
use std::collections::BTreeMap;
use store::Tx;
use store::history::{Effect, NewSet, SetKind};
use store::import::done::Done;
use store::project::Project;
use store::project::write::{Edit, NewProject, insert_many, update_many};

const ROUTE: &str = "import/commit";

/// A row of the file: sheet and number from 1.
pub type RowPlace = (String, u32);

/// What a person decided about the file and its rows.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// `None` takes the first year of the amounts by year.
    pub plan_year: Option<FiscalYear>,
    /// Good rows go in although others are faulty, in conflict or unclear.
    pub skip_faulty: bool,
    /// Rows without a code are the project of the same name, place and list when there is just one.
    pub match_names: bool,
    /// A blank cell clears what is kept, or keeps it; `None`: it clears in rows of an export of ours alone.
    pub blank_clears: Option<bool>,
    /// Communities that the file names and nobody knows are made, each in its county.
    pub make_sites: bool,
    pub rows: BTreeMap<RowPlace, RowChoices>,
    /// What a row was matched with, and its version, when the person first saw the comparison: a cell that somebody
    /// else changed since then is a conflict.
    pub bases: BTreeMap<RowPlace, (ProjectId, i64)>,
}

/// What a person decided about one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowChoices {
    pub skip: bool,
    /// A project of its own, although one like it exists.
    pub as_new: bool,
    pub is: Option<ProjectId>,
    /// conflicts by column key
    pub cells: BTreeMap<String, CellChoice>,
}

/// Which of two values stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellChoice {
    /// The file's value; false keeps theirs.
    pub take: bool,
    /// Canonical text of theirs when the person chose; another value since then asks again.
    pub theirs: Option<String>,
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
    /// A cell was changed by somebody else since the export; the other changes wait for the choice.
    Conflict {
        changes: Vec<Change>,
    },
    /// The person left the row out.
    Skipped,
}

/// A cell in which the file and somebody else differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellConflict {
    pub field: Field,
    pub yours: Option<Value>,
    pub theirs: Option<Value>,
    /// `None` until the person chooses; true takes yours.
    pub take: Option<bool>,
}

/// One row after comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    pub sheet: String,
    /// from 1
    pub row: u32,
    pub verdict: Verdict,
    /// the project it was matched with, and its version now
    pub target: Option<(ProjectId, i64)>,
    pub conflicts: Vec<CellConflict>,
    /// what the names of the row mean
    pub area: Option<AreaCode>,
    pub sites: Vec<SiteId>,
}

/// The whole file after comparison.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub plan_year: FiscalYear,
    pub rows: Vec<Compared>,
    /// Of reading and of comparing, in file order.
    pub findings: Vec<Finding>,
    /// Communities that nobody knows, by county and name, with the number of rows that name them.
    pub unknown_sites: BTreeMap<(AreaCode, String), u32>,
    /// Rows without a code that are like just one project.
    pub name_matches: u32,
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

impl Verdict {
    pub const fn outcome(&self) -> RowOutcome {
        match self {
            Verdict::New(_) => RowOutcome::New,
            Verdict::Changed { .. } => RowOutcome::Changed,
            Verdict::Same => RowOutcome::Same,
            Verdict::Faulty => RowOutcome::Faulty,
            Verdict::Unclear { .. } => RowOutcome::Unclear,
            Verdict::Conflict { .. } => RowOutcome::Conflict,
            Verdict::Skipped => RowOutcome::Skipped,
        }
    }
}

impl Comparison {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.rows.iter().for_each(|row| counts.add(row.verdict.outcome()));
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
    let known = known::load(&conn, call, parsed, choices, areas, year).await?;
    Ok(compare::compare(parsed, &known, choices, year))
}

/// Compares and applies in one transaction, once under one key. The comparison is made anew inside it, so that
/// nothing changed in between is overwritten.
pub async fn commit(call: &Call, parsed: Parsed, choices: Choices, key: String) -> Outcome<Committed> {
    let call = call.clone();
    call.app().clone().see_through(async move { apply(&call, &parsed, &choices, &key).await }).await
}

async fn apply(call: &Call, parsed: &Parsed, choices: &Choices, key: &str) -> Outcome<Committed> {
    let permit = call.permit(Action::ImportWorkbook, &call.area())?;
    let year = plan_year(parsed, choices)?;
    let areas = known::areas(call, parsed).await?;
    let tx = call.begin().await?;
    if !claim(&tx, &permit, ROUTE, key, &(parsed, choices)).await? {
        return Ok(Committed::Repeated);
    }
    let known = known::load(&tx, call, parsed, choices, areas.clone(), year).await?;
    let mut comparison = compare::compare(parsed, &known, choices, year);
    if choices.make_sites && !comparison.unknown_sites.is_empty() {
        decide::make_sites(call, &tx, comparison.unknown_sites.into_keys().collect()).await?;
        let known = known::load(&tx, call, parsed, choices, areas, year).await?;
        comparison = compare::compare(parsed, &known, choices, year);
    }
    let counts = comparison.counts();
    if !choices.skip_faulty && counts.open() > 0 {
        tx.rollback().await?;
        return Ok(Committed::Held { comparison });
    }
    if counts.ready() == 0 {
        tx.rollback().await?;
        return Ok(Committed::Done { set: None, comparison });
    }
    let (set, _) = write(call, &tx, &permit, &comparison, None).await?;
    store::idempotency::keep(&tx, &permit, ROUTE, key, &set.to_string()).await?;
    tx.commit().await?;
    Ok(Committed::Done { set: Some(set), comparison })
}

/// Opens a change-set and writes new and changed rows; tells what became of each.
async fn write(
    call: &Call,
    tx: &Tx,
    permit: &Permit,
    comparison: &Comparison,
    batch: Option<ImportId>,
) -> Outcome<(ChangeSetId, Vec<Done>)> {
    let set = ChangeSetId::new(call.new_id());
    let opened = NewSet { id: set, kind: SetKind::Import, batch, note: None, undoes: None };
    store::history::open(tx, permit, &opened).await?;
    let (mut made, mut edits, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for row in &comparison.rows {
        let (object, effect, version_after) = match &row.verdict {
            Verdict::New(facts) => {
                let id = ProjectId::new(call.new_id());
                made.push(NewProject { id, facts: facts.as_ref().clone() });
                (id, Effect::Created, 1)
            }
            Verdict::Changed { target, after, .. } => {
                edits.push(Edit { before: target.as_ref().clone(), after: after.as_ref().clone() });
                (target.id, Effect::Changed, target.version + 1)
            }
            Verdict::Same
            | Verdict::Faulty
            | Verdict::Unclear { .. }
            | Verdict::Conflict { .. }
            | Verdict::Skipped => continue,
        };
        done.push(Done {
            sheet: row.sheet.clone(),
            row: row.row,
            object: object.to_string(),
            effect,
            version_after,
            before: None,
            undone: false,
            untouched: true,
            has_money: false,
        });
    }
    insert_many(tx, permit, set, comparison.plan_year, &made).await?;
    update_many(tx, permit, set, comparison.plan_year, &edits, None).await?;
    Ok((set, done))
}

/// True when the file is a book of communities.
pub fn is_of_sites(parsed: &Parsed) -> bool {
    staged::kind_of(parsed) == ImportKind::Sites
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
