//! What reading hands over: rows with typed cells, facts of the sheets, findings. Knows no file.

use crate::layout::Layout;
use contract::import::left_out::LeftOut;
use domain::finding::Finding;
use domain::project::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A cell as written and as understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFact {
    /// `L17`
    pub address: String,
    /// As a person sees it in the file.
    pub raw: String,
    /// `None` when unreadable, and for names of areas and sites and our own number, which the service resolves.
    pub value: Option<Value>,
    /// The row from which a blank place was filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled_from: Option<u32>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedRow {
    pub sheet: String,
    /// From 1, as spreadsheets show it.
    pub row: u32,
    /// Id and version of the row when the file is an export of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Filled cells by column key. A column of the sheet that is missing here is blank.
    pub cells: BTreeMap<String, CellFact>,
    pub findings: Vec<Finding>,
}

/// Which row of ours an exported row was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub id: String,
    pub version: i64,
}

/// A sheet and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFacts {
    pub sheet: String,
    /// `None` when it holds no list and was skipped.
    pub layout: Option<Layout>,
    /// Rows of projects or sites.
    pub rows: u32,
    /// Rows left aside: totals, subtotals, section titles, foot lines.
    pub aside: Vec<u32>,
    /// The first of them, and blank ones between rows, each with its reason.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// The first rows as text, for a person who must point out the heading.
    pub sample: Vec<(u32, Vec<String>)>,
    /// Sums of money columns by key, in fen; decimal text because they may exceed an amount.
    pub totals: BTreeMap<String, String>,
    /// Sums of count columns by key.
    pub counts: BTreeMap<String, u64>,
}

/// Everything that was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    pub sheets: Vec<SheetFacts>,
    pub rows: Vec<StagedRow>,
    /// Findings of rows and of sheets, in file order.
    pub findings: Vec<Finding>,
    /// The file is an export of ours: a blank cell clears.
    pub exported: bool,
}

/// Where rows and findings go while a file is read.
pub trait Sink {
    /// False when rows are only counted, so that none is built.
    fn wants_rows(&self) -> bool;
    fn row(&mut self, row: StagedRow);
    fn finding(&mut self, finding: Finding);
    /// So many rows of the sheet were read.
    fn progress(&mut self, sheet: &str, rows: u32);
}
