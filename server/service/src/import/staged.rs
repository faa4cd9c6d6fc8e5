//! What a batch and its rows keep as JSON, and a batch in hand with everything read. Decides nothing.

use super::{CellConflict, Choices, Compared, RowChoices, RowPlace, Verdict};
use crate::failure::{Failure, Outcome};
use contract::error::Refusal;
use contract::import::{Counts, Effect, ImportKind, ImportState, RowOutcome, UnknownSite};
use contract::workbook::ReadRefusal;
use domain::area::AreaCode;
use domain::finding::Finding;
use domain::id::{ProjectId, SiteId};
use domain::period::FiscalYear;
use domain::project::Value;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sheet::again::Mends;
use sheet::column::Subject;
use sheet::mapping::Mapping;
use sheet::staged::{Parsed, SheetFacts, StagedRow};
use std::collections::{HashMap, HashSet};
use store::import::batch::Batch;
use store::import::row::StagedLine;

/// How the file is read and matched.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    /// one a sheet that a person spoke about
    pub mappings: Vec<Mapping>,
    pub plan_year: Option<FiscalYear>,
    pub match_names: bool,
    /// What a blank cell means; `None` leaves it to the file.
    pub blank_clears: Option<bool>,
}

/// What reading and comparing found about the file as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Summary {
    pub refusal: Option<ReadRefusal>,
    pub exported: bool,
    pub sheets: Vec<SheetFacts>,
    /// findings of sheets, that belong to no row
    pub loose: Vec<Finding>,
    /// findings of rows
    pub findings: u32,
    pub counts: Counts,
    pub unknown_sites: Vec<UnknownSite>,
    pub name_matches: u32,
    pub effect: Vec<Effect>,
}

/// What comparing found about a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Judged {
    /// column key, canonical text before and after
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<(String, Option<String>, Option<String>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Clash>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<ProjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteId>,
}

/// A cell in conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Clash {
    pub field: String,
    pub theirs: Option<String>,
    pub yours: Option<String>,
    pub take: Option<bool>,
}

/// A batch with all its rows, read.
pub(super) struct Work {
    pub batch: Batch,
    pub settings: Settings,
    pub summary: Summary,
    pub lines: Vec<StagedLine>,
    /// beside `lines`
    pub rows: Vec<StagedRow>,
}

/// Stored JSON of ours that does not read is a fault, never a default.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_str(text).map_err(|fault| broken(&fault.to_string()))
}

pub(super) fn json<T: Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(|fault| broken(&fault.to_string()))
}

pub(super) fn broken(what: &str) -> Failure {
    Failure::Unexpected(format!("import batch: {what}"))
}

/// The import waits for the person, in the state that the person saw. One that went in already says so: the person who
/// sends twice is not somebody else.
pub(super) fn is_open(batch: &Batch, version: i64) -> Outcome<()> {
    if batch.state == ImportState::Committed {
        return Err(Failure::Refused(Refusal::ImportDone { import: batch.id }));
    }
    same_version(batch, version)
}

/// Two windows on one import do not overwrite each other.
pub(super) fn same_version(batch: &Batch, version: i64) -> Outcome<()> {
    if batch.version == version { Ok(()) } else { Err(Failure::Stale(Vec::new())) }
}

impl Judged {
    pub fn of(compared: &Compared) -> Judged {
        let canonical = |value: &Option<Value>| value.as_ref().map(Value::canonical);
        let changes = match &compared.verdict {
            Verdict::Changed { changes, .. } | Verdict::Conflict { changes } => changes
                .iter()
                .map(|change| (change.field.key(), canonical(&change.old), canonical(&change.new)))
                .collect(),
            Verdict::New(_)
            | Verdict::Same
            | Verdict::Faulty
            | Verdict::Unclear { .. }
            | Verdict::Skipped => Vec::new(),
        };
        let clash = |conflict: &CellConflict| Clash {
            field: conflict.field.key(),
            theirs: canonical(&conflict.theirs),
            yours: canonical(&conflict.yours),
            take: conflict.take,
        };
        let candidates = match &compared.verdict {
            Verdict::Unclear { candidates } => candidates.clone(),
            Verdict::New(_)
            | Verdict::Changed { .. }
            | Verdict::Same
            | Verdict::Faulty
            | Verdict::Conflict { .. }
            | Verdict::Skipped => Vec::new(),
        };
        Judged {
            changes,
            conflicts: compared.conflicts.iter().map(clash).collect(),
            candidates,
            area: compared.area,
            sites: compared.sites.clone(),
        }
    }
}

impl Work {
    /// A batch and its rows as stored.
    pub fn open(batch: Batch, lines: Vec<StagedLine>) -> Outcome<Work> {
        let (settings, summary) = (read(&batch.settings)?, read(&batch.summary)?);
        let rows = lines.iter().map(|line| read(&line.parsed)).collect::<Outcome<Vec<StagedRow>>>()?;
        Ok(Work { batch, settings, summary, lines, rows })
    }

    /// A file just read. Rows of the other subject are left out.
    pub fn fresh(batch: Batch, settings: Settings, parsed: Parsed) -> Outcome<Work> {
        let kind = kind_of(&parsed);
        let (about, of_rows) = (subject(kind), findings_of_rows(&parsed));
        let loose = parsed.findings.into_iter().filter(|finding| !of_rows.contains(&key(finding))).collect();
        let sheets_at = |name: &str| {
            parsed.sheets.iter().any(|sheet| {
                sheet.sheet == name && sheet.layout.as_ref().is_some_and(|layout| layout.subject == about)
            })
        };
        let rows: Vec<StagedRow> = parsed.rows.into_iter().filter(|row| sheets_at(&row.sheet)).collect();
        let lines = rows.iter().zip(1_i64..).map(|(row, seq)| line(row, seq)).collect::<Outcome<Vec<_>>>()?;
        let summary =
            Summary { exported: parsed.exported, sheets: parsed.sheets, loose, ..Summary::default() };
        Ok(Work { batch: Batch { kind, ..batch }, settings, summary, lines, rows })
    }

    /// Puts mended cells in and reads every row once more.
    pub fn reread(&mut self) -> Outcome<()> {
        let mut mends: HashMap<RowPlace, Mends> = HashMap::new();
        for line in &self.lines {
            let mended: Mends = read(&line.mends)?;
            if !mended.is_empty() {
                mends.insert((line.sheet.clone(), line.row), mended);
            }
        }
        let rows = sheet::again::again(&mut self.summary.sheets, std::mem::take(&mut self.rows), &mends);
        let mut by_place: HashMap<RowPlace, StagedRow> =
            rows.into_iter().map(|row| ((row.sheet.clone(), row.row), row)).collect();
        for line in &mut self.lines {
            let row = by_place.remove(&(line.sheet.clone(), line.row));
            let row = row.ok_or_else(|| broken("a row without a sheet"))?;
            line.parsed = json(&row)?;
            self.rows.push(row);
        }
        Ok(())
    }

    /// The rows as comparing wants them.
    pub fn parsed(&self) -> Parsed {
        let about = subject(self.batch.kind);
        let is_about =
            |sheet: &&SheetFacts| sheet.layout.as_ref().is_none_or(|layout| layout.subject == about);
        Parsed {
            sheets: self.summary.sheets.iter().filter(is_about).cloned().collect(),
            rows: self.rows.clone(),
            findings: self.rows.iter().flat_map(|row| row.findings.clone()).collect(),
            exported: self.summary.exported,
        }
    }

    /// The plan year chosen, or the one found in the file.
    pub fn plan_year(&self) -> Option<FiscalYear> {
        let mut layouts = self.summary.sheets.iter().filter_map(|sheet| sheet.layout.as_ref());
        self.settings.plan_year.or(layouts.find_map(|layout| layout.plan_year))
    }

    pub fn choices(&self) -> Outcome<Choices> {
        let mut choices = Choices {
            plan_year: self.plan_year(),
            match_names: self.settings.match_names,
            blank_clears: self.settings.blank_clears,
            ..Choices::default()
        };
        for line in &self.lines {
            let place = (line.sheet.clone(), line.row);
            if let Some(choice) = &line.choice {
                choices.rows.insert(place.clone(), read(choice)?);
            }
            let target = line.target.as_ref().filter(|_| self.batch.kind == ImportKind::Projects);
            if let (Some(target), Some(version)) = (target, line.base_version) {
                let id = target.parse().map_err(|_| broken("a target that is no project"))?;
                choices.bases.insert(place, (id, version));
            }
        }
        Ok(choices)
    }

    /// Where a row stands among the rows.
    pub fn find(&self, sheet: &str, row: u32) -> Outcome<usize> {
        let at = self.lines.iter().position(|line| line.row == row && line.sheet == sheet);
        at.ok_or(Failure::NotFound)
    }

    pub fn choice(&self, at: usize) -> Outcome<RowChoices> {
        self.lines[at].choice.as_deref().map_or_else(|| Ok(RowChoices::default()), read)
    }
}

/// What the file is about: what most of its rows are about.
pub(super) fn kind_of(parsed: &Parsed) -> ImportKind {
    let rows = |wanted: Subject| -> u32 {
        let layouts = parsed
            .sheets
            .iter()
            .filter(|sheet| sheet.layout.as_ref().is_some_and(|layout| layout.subject == wanted));
        layouts.map(|sheet| sheet.rows).sum()
    };
    if rows(Subject::Sites) > rows(Subject::Projects) { ImportKind::Sites } else { ImportKind::Projects }
}

const fn subject(kind: ImportKind) -> Subject {
    match kind {
        ImportKind::Projects => Subject::Projects,
        ImportKind::Sites => Subject::Sites,
    }
}

type FindingKey = (String, u32, Option<String>, String);

fn key(finding: &Finding) -> FindingKey {
    let place = &finding.place;
    (place.sheet.clone(), place.row, place.address.clone(), format!("{:?}", finding.kind))
}

fn findings_of_rows(parsed: &Parsed) -> HashSet<FindingKey> {
    parsed.rows.iter().flat_map(|row| &row.findings).map(key).collect()
}

fn line(row: &StagedRow, seq: i64) -> Outcome<StagedLine> {
    Ok(StagedLine {
        seq,
        sheet: row.sheet.clone(),
        row: row.row,
        parsed: json(row)?,
        mends: "{}".to_owned(),
        outcome: RowOutcome::Unclear,
        findings: json(&row.findings)?,
        judged: "{}".to_owned(),
        target: None,
        base_version: None,
        choice: None,
    })
}
