//! What the wizard's forms become once they are checked. Knows no text of an input.

use super::RowOutcome;
use domain::id::{ImportId, ProjectId};
use domain::money::Unit;
use domain::period::{FiscalYear, Horizon};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Eq)]
pub struct NewImport {
    pub key: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportQuery {
    pub import: ImportId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowsQuery {
    pub import: ImportId,
    pub outcome: Option<RowOutcome>,
    pub page: Option<String>,
    /// sheet and row
    pub at: Option<(String, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAs {
    pub import: ImportId,
    pub version: i64,
    pub key: String,
    pub sheet: String,
    pub unit: Option<Unit>,
    pub header_rows: Option<(u32, u32)>,
    pub horizon: Option<Horizon>,
    pub plan_year: Option<FiscalYear>,
    pub columns: BTreeMap<String, String>,
    /// `None` takes a unit back that was given before.
    pub units: BTreeMap<String, Option<Unit>>,
    pub remember: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub import: ImportId,
    pub version: i64,
    pub key: String,
    pub sheet: String,
    pub row: u32,
    pub field: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choose {
    pub import: ImportId,
    pub version: i64,
    pub key: String,
    pub sheet: String,
    pub row: u32,
    pub choice: RowChoice,
}

/// What a person can say about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowChoice {
    None,
    Skip,
    New,
    Is(ProjectId),
    /// `None`: every conflict of the row
    Take(Option<String>),
    Keep(Option<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WholeChoice {
    MatchNames(bool),
    MakeSites,
    /// A blank cell clears what is kept; false keeps it.
    BlankClears(bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    pub import: ImportId,
    pub version: i64,
    pub key: String,
    pub what: WholeChoice,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub import: ImportId,
    pub version: i64,
    pub key: String,
    pub skip_faulty: bool,
    pub row: Option<(String, u32)>,
}
