//! A filter of the ledger in names, for the head of a file or a paper: whoever reads it sees what was asked. Knows no words.

use chrono::NaiveDate;
use domain::ledger::Kind;
use domain::period::{FiscalYear, Month};
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// What was asked, and of which moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// the area that was asked for, or the person's own
    pub area_name: String,
    /// only what lies in the area itself
    pub own: bool,
    /// the area that the notices were given to
    pub given: Option<String>,
    pub project: Option<String>,
    pub source: Option<Source>,
    /// budget year
    pub year: Option<FiscalYear>,
    /// of the books
    pub month: Option<Month>,
    pub kind: Option<Kind>,
    /// document number of the notice
    pub document: Option<String>,
    /// the file of the batch
    pub file_name: Option<String>,
    /// today, where no day was asked for
    pub as_of: NaiveDate,
    /// the last place of the chain, where none was asked for
    pub known_at: i64,
}

/// What a filter found, with the filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken<T> {
    pub asked: Asked,
    pub found: T,
}
