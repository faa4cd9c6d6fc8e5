//! Areas: looking one up, the tree, one with its spellings, a table of them on its way in. Knows no SQL and no layout.

use chrono::NaiveDate;
use domain::area::{AreaCode, Level};
use domain::permission::Abilities;
use serde::{Deserialize, Serialize};

pub mod check;

/// What a person types to find an area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaSearchForm {
    pub q: String,
}

/// A text to look for: name, short form, pinyin, initials or the beginning of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaSearch {
    pub text: String,
}

/// An area that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaHit {
    pub code: AreaCode,
    pub name: String,
    /// names from the person's own area down to the parent
    pub way: Vec<String>,
}

/// Raw query of the tree: what lies under `at`, or what `q` finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AreaListForm {
    /// six digits; empty is the person's own area
    pub at: String,
    pub q: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaListQuery {
    pub at: Option<AreaCode>,
    pub text: String,
}

/// One area as a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaLine {
    pub code: AreaCode,
    pub name: String,
    /// as people say it
    pub short: String,
    pub level: Level,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// today lies between the two
    pub is_valid: bool,
    /// areas directly under it
    pub children: u64,
}

/// One level of the tree, or what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaListView {
    pub at: AreaLine,
    /// from the person's own area down to `at`
    pub way: Vec<(AreaCode, String)>,
    pub rows: Vec<AreaLine>,
    /// more were found than are shown
    pub more: bool,
    pub may: Abilities,
}

/// Asks for one area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaForm {
    pub code: String,
}

/// The area asked for; `None` is a text that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaQuery {
    pub code: Option<AreaCode>,
}

/// Everything on the page of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaView {
    pub area: AreaLine,
    pub version: i64,
    pub way: Vec<(AreaCode, String)>,
    /// other spellings that the importer understands
    pub aliases: Vec<String>,
    /// what lies in it and everything under it
    pub projects: u64,
    pub sites: u64,
    pub people: u64,
    /// level of a new area under it; `None` under a county
    pub below: Option<Level>,
    pub may: Abilities,
}

/// Raw change of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaveAreaForm {
    pub code: String,
    /// the version the person saw
    pub version: String,
    pub name: String,
    /// `2024-01-31`, or empty
    pub valid_from: String,
    pub valid_to: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveArea {
    pub code: AreaCode,
    pub version: i64,
    pub name: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Raw new area under another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddAreaForm {
    pub parent: String,
    pub code: String,
    pub name: String,
    pub valid_from: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddArea {
    pub parent: AreaCode,
    pub code: AreaCode,
    pub name: String,
    pub valid_from: Option<NaiveDate>,
}

/// Raw spelling of an area, to be learnt or forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AliasForm {
    pub code: String,
    pub alias: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub code: AreaCode,
    pub alias: String,
}

/// The area that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedArea {
    pub code: AreaCode,
}

/// A table that waits for its commit; only who uploaded it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    pub batch: String,
}

/// Asks for a table that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedForm {
    pub batch: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedQuery {
    pub batch: String,
}

/// What a line of the table would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaEffect {
    New,
    Changed,
    /// given an end that it had not
    Ended,
    Same,
}

/// Why a line cannot be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaFault {
    /// not `code,name,level,parent`
    Columns,
    Code,
    Name,
    Level,
    /// neither kept nor in the table
    Parent,
    Date,
    /// the end lies before the beginning
    Order,
    /// the code stands in the table twice
    Twice,
    /// an area cannot move: end it and add a new one
    Moved,
    /// outside the person's own area
    NotYours,
}

/// One line of the table that changes something or cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaImportLine {
    /// from 1, as editors count
    pub line: u32,
    pub code: String,
    pub name: String,
    /// the kept name, where it differs
    pub old_name: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// `Err` names what is wrong
    pub outcome: Result<AreaEffect, AreaFault>,
}

/// What a table of areas would do, before anything is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaImportView {
    pub batch: String,
    pub file: String,
    pub new: u32,
    pub changed: u32,
    pub ended: u32,
    pub same: u32,
    pub wrong: u32,
    /// at most 500 lines, the wrong ones first
    pub lines: Vec<AreaImportLine>,
    /// idempotency key of the commit
    pub key: String,
}

/// Takes a table over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitAreasForm {
    pub batch: String,
    pub key: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitAreas {
    pub batch: String,
    pub key: String,
}

/// How many areas differ now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreasCommitted {
    pub changed: u64,
}
