//! A workbook on its way into the lists, as the wizard sees it: commands up, views down. Knows no file and no SQL.

pub mod check;
pub mod command;
pub mod left_out;

use crate::error::Refusal;
use crate::workbook::ReadRefusal;
use chrono::NaiveDateTime;
use domain::finding::Finding;
use domain::id::{ChangeSetId, ImportId, ProjectId};
use domain::money::{Money, Unit};
use domain::period::{FiscalYear, Horizon};
use domain::permission::Abilities;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rows on one page of the comparison.
pub const ROWS_A_PAGE: usize = 50;
/// Findings that a view carries.
pub const FINDINGS_SHOWN: usize = 1000;

/// What a workbook is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Projects,
    Sites,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file is read in a process of its own; `ImportView::progress` tells how far.
    Reading,
    /// The file was refused; `ImportView::refusal` says why.
    Failed,
    /// Read and compared; the person decides.
    Staged,
    Committed,
    Undone,
    Cancelled,
}

/// What is to become of a row, as found by comparing and by the person's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    New,
    Changed,
    Same,
    /// An error stands on the row; it stays out until mended.
    Faulty,
    /// Might be a project that exists; a person must say.
    Unclear,
    /// A cell was changed by somebody else since the export; a person must say.
    Conflict,
    /// The person left the row out.
    Skipped,
}

/// Raw: a file on its way in. The bytes are judged by whoever reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadForm {
    pub key: String,
    /// as the browser names it
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// Asks for one import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportForm {
    pub import: String,
}

/// Asks for one page of compared rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowsForm {
    pub import: String,
    /// code of a `RowOutcome`; empty: all
    pub outcome: String,
    /// cursor of a page, given out by the server
    pub page: String,
    /// `Sheet1!17`: the page with this row, as long as no cursor is given
    pub at: String,
}

/// Everything the wizard shows besides the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub import: ImportId,
    pub kind: ImportKind,
    pub state: ImportState,
    /// as the person calls the file
    pub file_name: String,
    /// bytes
    pub size: u64,
    pub by: String,
    /// UTC
    pub at: NaiveDateTime,
    /// Changes with every decision; goes with every command, so that two windows do not overwrite each other.
    pub version: i64,
    /// while reading
    pub progress: Option<Progress>,
    /// when failed
    pub refusal: Option<ReadRefusal>,
    /// `None` when no amounts by year name one; then the person must choose before comparing
    pub plan_year: Option<FiscalYear>,
    /// The file is an export of ours: a blank cell clears.
    pub exported: bool,
    /// A blank cell clears what is kept: by the person's choice, or because the file is an export of ours.
    pub blank_clears: bool,
    pub sheets: Vec<SheetView>,
    pub counts: Counts,
    /// Findings of reading and comparing, in file order; the first [`FINDINGS_SHOWN`] of them.
    pub findings: Vec<Finding>,
    /// Findings beyond those listed.
    pub more_findings: u32,
    /// Names of communities that are unknown in their county, with the county's name: offered to be made.
    pub unknown_sites: Vec<UnknownSite>,
    /// Rows without a code that are, by name, place and list, just one project: may be matched once for all.
    pub name_matches: u32,
    /// The choice made about them.
    pub match_names: bool,
    /// Per list: what stands there now and what will after the commit.
    pub effect: Vec<Effect>,
    /// the set of changes, after the commit
    pub change_set: Option<ChangeSetId>,
    /// Rows of the set that stay in: changed again since, or made of projects that the ledger speaks of by now; zero means
    /// it can be undone as a whole.
    pub changed_since: u32,
    /// why it cannot be undone as a whole
    pub obstacle: Option<Refusal>,
    /// idempotency key for the next command of this page
    pub key: String,
    pub may: Abilities,
}

/// How far reading has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub sheet: String,
    /// rows read so far
    pub rows: u32,
    /// rows that the file seems to have, when known
    pub of: Option<u32>,
}

/// One sheet and how it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    pub sheet: String,
    /// rows of the list; 0 when the sheet holds none
    pub rows: u32,
    /// `None`: no list was found on the sheet
    pub layout: Option<LayoutView>,
    /// Rows left aside as totals, titles and foot lines.
    pub aside: Vec<u32>,
    /// The first of them, and blank ones, each with its reason.
    pub left_out: Vec<left_out::LeftOut>,
    /// The first rows as text, for pointing out the heading.
    pub sample: Vec<(u32, Vec<String>)>,
    /// Sums of the money columns, by `Field::key`.
    pub totals: BTreeMap<String, Money>,
    /// Sums of the count columns, by `Field::key`.
    pub counts: BTreeMap<String, u64>,
}

/// What was recognised of a sheet; everything can be changed by a [`ReadAsForm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutView {
    /// first and last row of the heading, from 1
    pub header_rows: (u32, u32),
    /// unit of amounts whose heading names none
    pub unit: Unit,
    /// False: no unit is written anywhere and 万元 was assumed.
    pub unit_stated: bool,
    pub horizon: Option<Horizon>,
    pub title: Option<String>,
    pub columns: Vec<ColumnView>,
}

/// One heading and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// `A`, `B` …
    pub letters: String,
    /// the band above the heading, empty when there is none
    pub band: String,
    pub heading: String,
    /// `Field::key`, `site.…`, or `ordinal`; empty: ignored; `None`: unknown, to be asked
    pub key: Option<String>,
    /// the unit of its amounts when it has one of its own, and whether the person gave it
    pub unit: Option<Unit>,
    pub unit_told: bool,
}

/// A community that the file names and nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownSite {
    pub name: String,
    /// code of the county
    pub area: String,
    pub area_name: String,
    /// rows that name it
    pub rows: u32,
}

/// Rows by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub faulty: u32,
    pub unclear: u32,
    pub conflict: u32,
    pub skipped: u32,
}

/// One list before and after the commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    pub horizon: Horizon,
    pub projects_before: u64,
    pub projects_after: u64,
    pub total_before: Money,
    pub total_after: Money,
}

/// One page of compared rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsView {
    pub rows: Vec<RowView>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// One row of the file beside what is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    pub sheet: String,
    /// from 1, as spreadsheets show it
    pub row: u32,
    pub outcome: RowOutcome,
    pub name: String,
    pub area_name: String,
    pub horizon: Option<Horizon>,
    pub total: Option<Money>,
    /// Cells that change, are new, are faulty or in conflict.
    pub cells: Vec<CellView>,
    /// Findings of the row as a whole.
    pub findings: Vec<Finding>,
    /// The project it was matched with.
    pub target: Option<Candidate>,
    /// Projects it might be, when unclear.
    pub candidates: Vec<Candidate>,
    /// What the person chose for the row.
    pub choice: Option<String>,
    /// After a commit: the row can be taken back alone.
    pub undoable: bool,
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellView {
    /// column key: `Field::key` or `site.…`
    pub field: String,
    /// `L17`; `None` for a cell that is blank in the file
    pub address: Option<String>,
    /// as written in the file, or as mended
    pub raw: String,
    /// canonical text of what is kept now
    pub old: Option<String>,
    /// canonical text of what the file says; `None` when unreadable or blank
    pub new: Option<String>,
    /// Another person changed it since the export: `old` is theirs, `new` is the file's.
    pub conflict: bool,
    /// The person's choice in a conflict: true takes the file's value, false keeps theirs.
    pub take: Option<bool>,
    pub findings: Vec<Finding>,
    /// The person changed the text in the wizard.
    pub mended: bool,
}

/// A project that a row may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub project: ProjectId,
    /// 内部编号
    pub number: u64,
    pub name: String,
    pub total: Option<Money>,
}

/// Raw: how a sheet is to be read. Reads the file anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadAsForm {
    pub import: String,
    pub version: String,
    pub key: String,
    pub sheet: String,
    /// code of a `Unit`: `yuan`, `wan`, `yi`; empty leaves it
    pub unit: String,
    /// first and last row of the heading, from 1; empty leaves it found
    pub header_first: String,
    pub header_last: String,
    /// `150` or `150-151`: rows of the heading that are not among those shown; goes before the two
    pub heading: String,
    /// `1y`, `2y`, `5y`; empty leaves it
    pub horizon: String,
    /// four digits; empty leaves it
    pub plan_year: String,
    /// letters of the column → column key; an empty key ignores the column
    pub columns: BTreeMap<String, String>,
    /// letters of the column → code of a `Unit`; empty: as the heading or the sheet says
    pub units: BTreeMap<String, String>,
    /// `on`: headings given a key here are remembered for later files
    pub remember: String,
}

/// Raw: another text for one cell. The row is judged anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MendForm {
    pub import: String,
    pub version: String,
    pub key: String,
    pub sheet: String,
    pub row: String,
    /// column key
    pub field: String,
    pub text: String,
}

/// Raw: what the person says about one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChooseForm {
    pub import: String,
    pub version: String,
    pub key: String,
    pub sheet: String,
    pub row: String,
    /// `skip`, `new`, a project id, `take` (all conflicts of the row as in the file), `keep` (all as kept),
    /// or empty for no choice
    pub choice: String,
    /// column key of one conflict, when `choice` is `take` or `keep` and only one cell is meant
    pub field: String,
}

/// Raw: choices about the file as a whole, and the making of unknown communities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WholeForm {
    pub import: String,
    pub version: String,
    pub key: String,
    /// `match_names`, `no_match_names`, `make_sites`, `blank_clears`, `blank_keeps`
    pub what: String,
}

/// Raw: commit, cancel, undo.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    pub import: String,
    pub version: String,
    pub key: String,
    /// commit: `on` lets good rows in without the others
    pub skip_faulty: String,
    /// undo: one row of the file, `sheet` and `row`; empty: the whole import
    pub sheet: String,
    pub row: String,
}

/// The person's own imports, newest first, and the key for uploading another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnImports {
    pub key: String,
    pub lines: Vec<ImportLine>,
}

/// One import in the list of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    pub import: ImportId,
    pub kind: ImportKind,
    pub state: ImportState,
    pub file_name: String,
    pub by: String,
    /// UTC
    pub at: NaiveDateTime,
    pub counts: Counts,
}
