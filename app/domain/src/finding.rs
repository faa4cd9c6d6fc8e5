//! What a check found, as facts: where, how grave, and what. Sentences are made in `words`.

use crate::money::{Delta, Money, Unit};
use crate::period::Month;
use crate::project::Field;
use crate::project::value::ValueError;
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row or cell cannot go in as it is.
    Error,
    /// Goes in; a person should look.
    Warning,
    /// How something was read, for the record.
    Note,
}

/// Where in a workbook: sheet by name, row from 1, column letter; a row finding has no column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub sheet: String,
    /// 1-based, as spreadsheets show it
    pub row: u32,
    /// `L17`; `None` when the finding is about the row
    pub address: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub severity: Severity,
    pub place: Place,
    /// The column concerned, where one is known.
    pub field: Option<Field>,
    pub kind: FindingKind,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FindingKind {
    /// The cell is no value of its column.
    Unreadable {
        error: ValueError,
    },
    /// No area of this name within the importing person's own.
    UnknownArea {
        name: String,
    },
    /// Several areas of this name; the person chooses.
    AmbiguousArea {
        name: String,
        choices: Vec<String>,
    },
    /// The row belongs to a place outside the person's area.
    AreaNotYours {
        name: String,
    },
    /// No site of this name in the county; offers to make it.
    UnknownSite {
        name: String,
    },
    AmbiguousSite {
        name: String,
        choices: Vec<String>,
    },
    /// 分来源之和 ≠ 总投资
    SourcesDiffer {
        total: Money,
        sum: Money,
        difference: Delta,
    },
    /// 分年度之和 ≠ 总投资
    YearsDiffer {
        total: Money,
        sum: Money,
        difference: Delta,
    },
    CodeCheckDigit {
        code: String,
        expected: u8,
    },
    CodeMonth {
        code: String,
        month: u8,
    },
    CodeMalformed {
        code: String,
    },
    FinishBeforeStart {
        start: Month,
        finish: Month,
    },
    /// The same project code stands in an earlier row of this file.
    SameAsRow {
        row: u32,
        code: String,
        /// The sheet of the earlier row, when it is another one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
    },
    /// A stated 合计 or 小计 differs from the rows below it.
    StatedTotalDiffers {
        stated: Money,
        sum: Money,
        difference: Delta,
    },
    /// A heading no column is known for: asked once, then remembered.
    UnknownHeading {
        heading: String,
    },
    /// Text was read as a number or a date.
    ReadAs {
        text: String,
        value: String,
    },
    /// A blank cell was taken to mean the one above.
    FilledFromAbove {
        value: String,
    },
    /// Neither sheet name nor title names one of the three lists, or they name several, and no column says it by row.
    WhichList,
    /// No sheet, unit, header or list could be recognised.
    NoHeader,
    /// A sheet that is out of sight was not read.
    HiddenSheet,
    /// Rows out of sight, such as those of a filter, were read like all others.
    HiddenRows {
        /// First and last of each stretch.
        rows: Vec<(u32, u32)>,
    },
    /// Columns out of sight were read like all others.
    HiddenColumns {
        /// `F`, `G`
        letters: Vec<String>,
    },
    /// A note at the foot names another unit than the one amounts were read in.
    UnitDiffers {
        text: String,
        read_as: Unit,
    },
    /// A project with this code exists in an area the person cannot see.
    CodeTaken {
        code: String,
    },
    /// The cell was changed by somebody else since the export.
    Conflict {
        theirs: Option<String>,
    },
}
