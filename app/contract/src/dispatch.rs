//! 月调度: the overview of a month, one book with its rows and checks, what is asked of them. Knows no SQL and no layout.

pub mod file;
pub mod form;

use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::dispatch::book::Standing;
use domain::dispatch::check::Found;
use domain::dispatch::column::{ProjectColumn, SiteColumn};
use domain::dispatch::row::{ProjectRow, SiteRow, Totals};
use domain::id::{ProjectId, ReturnBookId, SiteId};
use domain::money::Money;
use domain::period::Month;
use domain::permission::Abilities;
use domain::project::value::ValueError;
use serde::{Deserialize, Serialize};

/// Which month; `None` is the one that is being reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthQuery {
    pub month: Option<Month>,
}

/// The book asked for; `None` is a text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookQuery {
    pub book: Option<ReturnBookId>,
}

/// Opens a month for an area, or for every county below one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMonth {
    pub month: Month,
    pub area: Option<AreaCode>,
}

/// Cells of one row, as a person saw it at a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowEdit<I, C> {
    pub row: I,
    pub version: i64,
    /// canonical text, or what was typed and why it is no value
    pub cells: Vec<(C, Result<Option<String>, WrongText>)>,
}

/// A text that is no value of its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongText {
    pub text: String,
    pub error: ValueError,
}

/// Cells to be changed in a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditCells {
    pub book: ReturnBookId,
    pub projects: Vec<RowEdit<ProjectId, ProjectColumn>>,
    pub sites: Vec<RowEdit<SiteId, SiteColumn>>,
}

/// Hands a book in as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submit {
    pub book: ReturnBookId,
    pub version: i64,
    pub key: String,
}

/// What the area above does with a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    GiveBack { reason: String },
}

/// Accepts a book or gives it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    pub book: ReturnBookId,
    pub version: i64,
    pub key: String,
    pub verdict: Verdict,
}

/// Reminds one county, or everybody who has not handed the month in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remind {
    pub month: Month,
    pub area: Option<AreaCode>,
}

/// Who did something, and when; UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub name: String,
    pub at: NaiveDateTime,
}

/// Where a book stands, with what is true in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookHead {
    pub book: ReturnBookId,
    pub version: i64,
    pub area: AreaCode,
    pub area_name: String,
    pub month: Month,
    pub due: Option<NaiveDate>,
    pub standing: Standing,
    pub submitted: Option<Mark>,
    pub decided: Option<Mark>,
    pub reason: Option<String>,
    pub reminded: Option<Mark>,
    /// the reader's area lies strictly above, and he may decide
    pub may_decide: bool,
    /// the reader may fill it, and it is open
    pub may_fill: bool,
}

/// One area in the overview of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaLine {
    pub area: AreaCode,
    pub area_name: String,
    /// `None` while nobody opened the month there
    pub book: Option<BookHead>,
    pub sites: u64,
    /// cells that have to be filled in and are not
    pub missing: u64,
    pub errors: u64,
    pub warnings: u64,
    pub totals: Totals,
}

/// A month of every county below, who is missing first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewView {
    pub month: Month,
    pub months: Vec<Month>,
    pub due: Option<NaiveDate>,
    pub lines: Vec<AreaLine>,
    /// areas that have handed in
    pub handed_in: u64,
    /// of the lines above, added up
    pub totals: Totals,
    pub may: Abilities,
}

/// A project in a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectLine {
    pub project: ProjectId,
    pub number: u64,
    pub code: Option<String>,
    pub name: String,
    /// investment of the year as planned
    pub planned: Option<Money>,
    pub version: i64,
    pub row: ProjectRow,
    /// the nearest month before of the same year that counts
    pub before: Option<(Month, ProjectRow)>,
}

/// A community in a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteLine {
    pub site: SiteId,
    pub code: Option<String>,
    pub name: String,
    pub version: i64,
    pub row: SiteRow,
    pub before: Option<(Month, SiteRow)>,
}

/// Sums of a book, and of what counted before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub now: Totals,
    pub before: Totals,
}

/// Everything of one book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookView {
    pub head: BookHead,
    pub projects: Vec<ProjectLine>,
    pub sites: Vec<SiteLine>,
    pub sums: Sums,
    pub found: Vec<Found>,
    /// idempotency key for the forms of the page
    pub key: String,
    pub may: Abilities,
}

/// A month after it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedView {
    pub month: Month,
    /// the book of the area asked for
    pub book: Option<ReturnBookId>,
    /// books that were made
    pub made: u64,
}

/// A cell by its name, with what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCell {
    /// row and column, as `domain::dispatch::row::cell_name`
    pub cell: String,
    pub wrong: WrongText,
}

/// A cell that somebody else changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoValues {
    pub cell: String,
    pub yours: Option<String>,
    pub theirs: Option<String>,
}

/// What became of the cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedView {
    pub book: ReturnBookId,
    /// the edit was of communities
    pub is_sites: bool,
    pub saved: u64,
    /// versions of the rows that were saved, by id
    pub versions: Vec<(String, i64)>,
    pub wrong: Vec<WrongCell>,
    pub conflicts: Vec<TwoValues>,
    pub sums: Sums,
    pub found: Vec<Found>,
}

/// After reminding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindedView {
    pub month: Month,
    pub areas: u64,
}

/// The month on the workbench.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    pub month: Month,
    pub due: Option<NaiveDate>,
    /// areas that report
    pub areas: u64,
    pub handed_in: u64,
    /// books that were given back
    pub returned: u64,
    /// books that wait for the reader
    pub to_decide: u64,
    /// the newest reminder about a book that is still open
    pub reminded: Option<Mark>,
}
