//! The ledger of funds on the wire: pages of entries, positions, pairs out of order, postings on their way, months.
//! Imported batches lie in `batch`, forms and their checks beside. Knows no SQL and no layout.

pub mod asked;
pub mod batch;
pub(crate) mod check;
pub mod command;
pub mod form;
pub mod reconcile;
pub mod report;
pub mod standing;

use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::id::{BatchId, EntryId, ProjectId, ReopeningId, RequestId};
use domain::ledger::{
    Breach, Kind, Left, Movement, Order, PerStage, Refusal, Response, Stage, State, Totals, Validity,
};
use domain::money::Delta;
use domain::period::{FiscalYear, Month};
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// A project as ledger lines name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedProject {
    pub project: ProjectId,
    /// 内部编号
    pub number: u64,
    pub name: String,
    /// 项目代码
    pub code: Option<String>,
    pub area: AreaCode,
    pub area_name: String,
}

/// Where an imported line stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// where the person may open it
    pub batch: Option<BatchId>,
    pub file_name: String,
    pub sheet: String,
    /// `J17`
    pub cell: String,
}

/// A breach of order that somebody answered for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionView {
    /// display name
    pub approver: String,
    pub reason: String,
}

/// Amounts by movement and stage, reversals taken off. Signed: in one month more may be reversed than entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// 下达, 到位, 拨付, 支付
    pub entered: PerStage<Delta>,
    /// 收回, by the stage where the money lay
    pub recovered: PerStage<Delta>,
    /// 调剂 to other projects
    pub moved_out: PerStage<Delta>,
    /// 调剂 from other projects
    pub moved_in: PerStage<Delta>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    pub entry: EntryId,
    /// place in the chain, from 1
    pub seq: i64,
    pub date: NaiveDate,
    /// whose books hold it
    pub month: Month,
    /// the closed month it belongs to by its date
    pub late_for: Option<Month>,
    /// without the other project of a transfer that lies outside the person's area
    pub movement: Movement,
    pub project: NamedProject,
    /// the other project of a transfer, where the person may see it
    pub other: Option<String>,
    pub source: Source,
    pub year: FiscalYear,
    /// minus the amount for a reversal
    pub effect: Delta,
    pub document: Option<String>,
    pub voucher: Option<String>,
    pub payee: Option<String>,
    pub purpose: Option<String>,
    pub memo: Option<String>,
    pub reverses: Option<EntryId>,
    pub reversed_by: Option<EntryId>,
    /// the other leg of a transfer, where the person may see it
    pub pair: Option<EntryId>,
    pub origin: Option<Origin>,
    pub exception: Option<ExceptionView>,
    /// display names
    pub maker: String,
    pub checker: String,
    /// UTC
    pub at: NaiveDateTime,
    /// of the entry, for the auditor
    pub hash: String,
}

/// A month of the books of the person's area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthLine {
    pub month: Month,
    pub entries: u64,
    /// closer's name and the business date
    pub closed: Option<(String, NaiveDate)>,
}

/// A page of entries with the sums of the whole filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerView {
    /// the newest first
    pub entries: Vec<EntryLine>,
    pub totals: Sums,
    /// the newest first
    pub months: Vec<MonthLine>,
    pub next: Option<String>,
    /// last place in the chain: the K of this moment
    pub known_at: i64,
    pub may: Abilities,
}

/// Every entry of a filter, for paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    /// in ledger order
    pub entries: Vec<EntryLine>,
    pub totals: Sums,
    pub asked: asked::Asked,
}

/// Sums alone, for a tile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalsView {
    pub totals: Sums,
    /// in the order of the official form; only sources that have any
    pub by_source: Vec<(Source, Sums)>,
    pub known_at: i64,
    pub may: Abilities,
}

/// One position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionLine {
    pub project: NamedProject,
    pub source: Source,
    pub year: FiscalYear,
    pub totals: Totals,
    pub breaches: Vec<Breach>,
}

/// A page of positions with the sums of the whole filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionsView {
    pub rows: Vec<PositionLine>,
    pub totals: Sums,
    pub next: Option<String>,
    pub may: Abilities,
}

/// A project and source where a later stage exceeds the one before (R46), over all budget years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvertedPair {
    pub project: NamedProject,
    pub source: Source,
    pub totals: Totals,
    /// at least one
    pub breaches: Vec<Breach>,
}

/// Every such pair, the largest excess first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvertedView {
    pub pairs: Vec<InvertedPair>,
    pub may: Abilities,
}

/// What stands beside the amount while it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceView {
    pub project: NamedProject,
    /// those of the project that have a position; 资金来源 of its plan follow
    pub sources: Vec<Source>,
    /// of the source and year asked for
    pub totals: Totals,
    /// the three remaining balances
    pub left: Left,
    /// what the matrix answers to a breach, by kind
    pub control: Vec<(Kind, Response)>,
    /// the first open month
    pub open: Option<Month>,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// What an empty entry form needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlankEntryView {
    /// business date
    pub today: NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// A posting on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    pub request: RequestId,
    pub version: i64,
    /// without the other project where `outside`
    pub order: Order,
    /// what a reversal takes back, where it lies in the person's area; of a transfer the leg that was named
    pub original: Option<EntryLine>,
    /// the other side of a transfer lies outside the person's area: nothing is said of it
    pub outside: bool,
    pub state: State,
    pub project: NamedProject,
    /// before it
    pub left: Left,
    /// what approval would break, as things stand; none once it is decided
    pub breaches: Vec<Breach>,
    /// why it could not be approved as things stand; an exception may help against `OutOfOrder`
    pub obstacle: Option<Refusal>,
    /// the entries it became
    pub entries: Vec<EntryId>,
    pub maker: String,
    pub checker: Option<String>,
    /// the viewer made it, so that another must approve
    pub own: bool,
    /// UTC
    pub updated: NaiveDateTime,
    pub key: String,
    pub may: Abilities,
}

/// Postings on their way in the person's area, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestsView {
    pub rows: Vec<RequestView>,
    /// splits of notices that wait for a second person
    pub splits: Vec<crate::fund::WaitingSplit>,
    pub may: Abilities,
}

/// The months of the person's own books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthsView {
    /// the newest first
    pub months: Vec<MonthLine>,
    /// the next to close; `None` while nothing was ever closed
    pub next: Option<Month>,
    /// postings and batches that are not decided
    pub waiting: u64,
    /// asked and neither granted nor refused
    pub reopenings: Vec<ReopeningLine>,
    /// granted and refused, the newest first
    pub ended: Vec<EndedLine>,
    pub key: String,
    pub may: Abilities,
}

/// A month that somebody asks to open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopeningLine {
    pub reopening: ReopeningId,
    pub month: Month,
    pub asker: String,
    pub reason: String,
    pub own: bool,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedLine {
    pub month: Month,
    pub asker: String,
    pub reason: String,
    pub end: End,
    /// whoever granted or refused it
    pub by: String,
    pub on: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Granted,
    Refused,
    /// refused by whoever asked
    TakenBack,
}

/// The control matrix as one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlView {
    /// kinds first, in the order of the flow
    pub cells: Vec<(Kind, Source, Response)>,
    /// which edition judges, and since when; its number is sent back by the form
    pub validity: Validity,
    /// the newest first, those at the beginning may be left out
    pub editions: Vec<ControlEdition>,
    /// of the whole country, since the table judges all of it
    pub may: Abilities,
}

/// An edition of the matrix and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlEdition {
    pub edition: i64,
    /// display name
    pub editor: String,
    /// UTC
    pub at: NaiveDateTime,
    /// what it answered before and since
    pub changes: Vec<(Kind, Source, Response, Response)>,
}

impl Sums {
    /// What has reached the stage and was not taken back from there or from later, as [`Totals::net`] reckons.
    pub fn net(&self, stage: Stage) -> Delta {
        let beyond = Stage::ALL.into_iter().filter(|later| *later >= stage).map(|later| {
            self.moved_in.get(later).fen() - self.moved_out.get(later).fen() - self.recovered.get(later).fen()
        });
        Delta::from_fen(self.entered.get(stage).fen() + beyond.sum::<i64>())
    }

    /// What lies at the stage: come there, not gone on.
    pub fn lying(&self, stage: Stage) -> Delta {
        let gone_on = stage.after().map_or(0, |later| self.net(later).fen());
        Delta::from_fen(self.net(stage).fen() - gone_on)
    }
}

impl From<&Totals> for Sums {
    fn from(totals: &Totals) -> Sums {
        let signed =
            |row: &PerStage<domain::money::Money>| PerStage::of(|stage| Delta::from(*row.get(stage)));
        Sums {
            entered: signed(&totals.entered),
            recovered: signed(&totals.recovered),
            moved_out: signed(&totals.moved_out),
            moved_in: signed(&totals.moved_in),
        }
    }
}
