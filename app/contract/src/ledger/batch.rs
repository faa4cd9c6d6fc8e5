//! Ledger lines of a file: what was read, what was found, and the batch that a second person approves. Knows no cell's
//! reading.

use super::{Sums, TotalsView};
use chrono::{NaiveDate, NaiveDateTime};
use domain::finding::{Place, Severity};
use domain::id::BatchId;
use domain::ledger::{Breach, Column};
use domain::money::{AmountError, Delta, Money, Unit};
use domain::period::{DateError, FiscalYear};
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// One finding about the lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFinding {
    pub severity: Severity,
    /// sheet, row and cell
    pub place: Place,
    pub column: Option<Column>,
    pub fault: LineFault,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum LineFault {
    /// No sheet has the headings of notices or movements.
    NoSheet,
    /// The sheet misses a column without which no line can be read.
    ColumnMissing,
    /// The sheet speaks of movements, but no heading names their kind.
    KindColumnMissing,
    /// Hidden sheets are not read.
    HiddenSheet,
    /// A column is named once more; two amounts leave open which is meant.
    HeadingTwice {
        heading: String,
    },
    /// A heading that no column is known for; its cells are left aside.
    UnknownHeading {
        heading: String,
    },
    /// 千元 and the like.
    ForeignUnit {
        unit: String,
    },
    /// The sheet does not say its unit; 万元 was taken.
    UnitAssumed {
        unit: Unit,
    },
    /// The cell must say something.
    Missing,
    BadAmount {
        error: AmountError,
    },
    BadDate {
        error: DateError,
    },
    /// Nothing is entered before its day.
    InFuture {
        date: NaiveDate,
        today: NaiveDate,
    },
    /// The line names another project or place than its code does; the code counts.
    DiffersFromCode {
        kept: String,
    },
    /// Zero moves nothing.
    ZeroAmount,
    UnknownKind {
        text: String,
    },
    /// 收回 does not say from which stage, 调剂 not to which project: entered by hand.
    KindByHand {
        text: String,
    },
    UnknownSource {
        text: String,
    },
    BadYear {
        text: String,
    },
    /// No project of this code, or of this name in this place, in the person's area.
    UnknownProject {
        text: String,
    },
    /// Several projects of this name and place; the code would tell.
    AmbiguousProject {
        text: String,
    },
    /// 预算年度 is blank and was taken from the project's only notice.
    YearFromNotice {
        year: FiscalYear,
    },
    /// 预算年度 is blank and the project's notices do not say it: asked, never guessed.
    YearUnclear {
        years: Vec<FiscalYear>,
    },
    /// A reversal in red points to no line: entered by hand.
    ReversalByHand,
    /// Stands in the ledger already; adds nothing.
    Known,
    /// The position would be below zero, which is never true.
    BelowZero {
        source: Source,
        short: Money,
    },
    /// The order of stages breaks in the position of this line.
    OutOfOrder {
        source: Source,
        year: FiscalYear,
        breaches: Vec<Breach>,
    },
    /// Lines of the document exceed the notice as it was registered.
    OverNotice {
        document: String,
        over: Delta,
    },
}

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// 待审批
    Staged,
    /// 已审批: its entries exist
    Approved,
    /// 已退回
    Returned,
    /// 已撤销: by a batch of reversals
    Undone,
}

/// What a batch does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchKind {
    /// lines of a file
    Import,
    /// reversals of another batch
    Undo,
}

/// Lines by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCounts {
    /// 下达 lines of the file
    pub notices: u32,
    /// all other lines of the file
    pub movements: u32,
    /// go in
    pub new: u32,
    /// stand in the ledger already
    pub known: u32,
    /// cannot be read
    pub faulty: u32,
}

/// A sheet that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerSheet {
    pub sheet: String,
    pub unit: Unit,
    pub rows: u32,
}

/// A file as the ledger would take it in; nothing is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    pub file_name: String,
    pub sheets: Vec<LedgerSheet>,
    pub counts: LineCounts,
    /// what the new lines add
    pub totals: Sums,
    /// the gravest first, then in file order; a beginning of them
    pub findings: Vec<LineFinding>,
    pub more_findings: u32,
    pub may: Abilities,
}

/// A batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchView {
    pub batch: BatchId,
    pub version: i64,
    pub kind: BatchKind,
    pub state: BatchState,
    pub file_name: String,
    pub counts: LineCounts,
    /// what it adds, or takes away
    pub totals: Sums,
    /// the gravest first, then in file order; a beginning of them
    pub findings: Vec<LineFinding>,
    pub more_findings: u32,
    /// the batch that this one takes back
    pub undoes: Option<BatchId>,
    /// the batch that takes, or would take, this one back
    pub undo: Option<BatchId>,
    pub maker: String,
    pub checker: Option<String>,
    /// of a returned batch
    pub reason: Option<String>,
    /// the viewer made it, so that another must approve
    pub own: bool,
    /// UTC
    pub created: NaiveDateTime,
    pub key: String,
    pub may: Abilities,
}

/// Batches of the person's area, the newest first; findings are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchesView {
    pub rows: Vec<BatchView>,
    /// where the money stands now
    pub totals: TotalsView,
    pub key: String,
    pub may: Abilities,
}

impl BatchState {
    pub const ALL: [BatchState; 4] =
        [BatchState::Staged, BatchState::Approved, BatchState::Returned, BatchState::Undone];

    /// Stable code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            BatchState::Staged => "staged",
            BatchState::Approved => "approved",
            BatchState::Returned => "returned",
            BatchState::Undone => "undone",
        }
    }

    pub fn from_code(code: &str) -> Option<BatchState> {
        BatchState::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl BatchKind {
    /// Stable code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            BatchKind::Import => "import",
            BatchKind::Undo => "undo",
        }
    }

    pub fn from_code(code: &str) -> Option<BatchKind> {
        [BatchKind::Import, BatchKind::Undo].into_iter().find(|kind| kind.code() == code)
    }
}
