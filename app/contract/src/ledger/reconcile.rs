//! Reconciliations (对账) on the wire: a bank's export held against the ledger, its differences both ways, its steps. Knows
//! no SQL and no rule of matching.

mod check;

use super::NamedProject;
use chrono::{NaiveDate, NaiveDateTime};
use domain::finding::{Place, Severity};
use domain::id::{EntryId, ReconciliationId};
use domain::ledger::reconcile::{By, Direction, Group, State};
use domain::money::{AmountError, Delta, Money, Unit};
use domain::period::{DateError, FiscalYear};
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One finding about an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankFinding {
    pub severity: Severity,
    /// sheet, row and cell
    pub place: Place,
    pub fault: BankFault,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum BankFault {
    /// No sheet has the headings of a day and of an amount.
    NoSheet,
    /// Nothing of it was read.
    HiddenSheet,
    /// 千元 and the like.
    ForeignUnit {
        unit: String,
    },
    /// Two units are written over the sheets or columns; a person says which is meant.
    TwoUnits,
    BadAmount {
        error: AmountError,
    },
    BadDate {
        error: DateError,
    },
    /// Neither 收入 nor 支出, or both.
    NoWay,
    UnknownDirection {
        text: String,
    },
    /// Nothing says which way the money went: read as 支出.
    DirectionAssumed,
    /// 借 was read as 支出 and 贷 as 收入, as banks write them.
    DebitIsOutgo,
}

/// A line of the export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankLineView {
    pub number: u32,
    pub sheet: String,
    pub cell: String,
    pub date: NaiveDate,
    pub direction: Direction,
    /// zero while nobody said the unit
    pub amount: Delta,
    pub voucher: Option<String>,
    pub payee: Option<String>,
    pub memo: Option<String>,
    /// why it differs, as somebody wrote
    pub note: Option<String>,
}

/// An entry of the ledger beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookItemView {
    pub entry: EntryId,
    pub seq: i64,
    pub date: NaiveDate,
    pub direction: Direction,
    pub amount: Money,
    pub project: NamedProject,
    pub source: Source,
    pub year: FiscalYear,
    pub voucher: Option<String>,
    pub document: Option<String>,
    pub payee: Option<String>,
    pub note: Option<String>,
}

/// Lines and entries that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedView {
    pub lines: Vec<BankLineView>,
    pub entries: Vec<BookItemView>,
    pub by: By,
}

/// A line and an entry, likely or differing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairView {
    pub line: BankLineView,
    pub item: BookItemView,
}

/// How many, and their sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    pub count: u32,
    pub incoming: Delta,
    pub outgoing: Delta,
}

/// All of them, whatever a page shows of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tallies {
    /// lines of the file
    pub bank: Tally,
    /// entries of the days of the file, and those that a line took from the days around
    pub book: Tally,
    /// lines that found their entries
    pub matched: Tally,
    pub proposed: u32,
    pub differing: u32,
    pub bank_only: Tally,
    pub book_only: Tally,
}

/// What a unit would mean, while nobody said which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHint {
    pub unit: Unit,
    /// `None`: an amount of the file is no whole number of fen in it
    pub meant: Option<UnitMeant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitMeant {
    /// of the first line
    pub first: Delta,
    /// of all lines
    pub sum: Delta,
    /// lines that would find their entry
    pub matched: u32,
}

/// What every list shows of a reconciliation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationLine {
    pub reconciliation: ReconciliationId,
    pub file_name: String,
    pub area_name: String,
    /// only entries of it
    pub source: Option<Source>,
    /// days of the first and the last line
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub lines: u32,
    pub state: State,
    pub maker: String,
    /// who signed
    pub signer: Option<String>,
    /// of a signed one
    pub tallies: Option<Tallies>,
    /// UTC
    pub created: NaiveDateTime,
}

/// Reconciliations of the person's area, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationsView {
    pub rows: Vec<ReconciliationLine>,
    pub key: String,
    pub may: Abilities,
}

/// A step as its trail shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine {
    /// `Step::code`
    pub step: String,
    pub by: String,
    /// UTC
    pub at: NaiveDateTime,
    /// what was said; of the unit, `Unit::code`
    pub text: Option<String>,
}

/// One reconciliation as it stands; a signed one as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationView {
    pub head: ReconciliationLine,
    pub sha256: String,
    /// lines that cannot be read
    pub faulty: u32,
    pub findings: Vec<BankFinding>,
    /// what the file itself says
    pub stated: Option<Unit>,
    /// what a person said, or confirmed by the choice of the file's word
    pub unit: Option<Unit>,
    /// while nobody said the unit
    pub hints: Vec<UnitHint>,
    pub tallies: Tallies,
    /// Beginnings of the lists: `tallies` says how long they are.
    pub matched: Vec<MatchedView>,
    pub proposed: Vec<PairView>,
    pub differing: Vec<PairView>,
    pub bank_only: Vec<BankLineView>,
    pub book_only: Vec<BookItemView>,
    /// joined by hand, and an entry was reversed since
    pub broken: u32,
    /// why it was given back last, while it is open
    pub returned: Option<String>,
    /// the newest first
    pub steps: Vec<StepLine>,
    /// how many steps the person saw
    pub seen: i64,
    /// of what would be signed
    pub digest: String,
    /// last place of the ledger's chain that it knows
    pub known_at: i64,
    /// the viewer had a hand in it, so that another signs
    pub own: bool,
    pub key: String,
    pub may: Abilities,
}

/// Asks for one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReconciliationForm {
    pub reconciliation: String,
}

/// The one asked for; `None` is a text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReconciliationQuery {
    pub reconciliation: Option<ReconciliationId>,
}

/// An export as it comes with its form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankFileForm {
    pub key: String,
    /// `Source::code`, or empty for all
    pub source: String,
    /// `Unit::code`, or empty for what the file says
    pub unit: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// The same, checked.
#[derive(Clone, PartialEq, Eq)]
pub struct BankFile {
    pub key: String,
    pub source: Option<Source>,
    pub unit: Option<Unit>,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// A step of whoever matches, as its form says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    pub reconciliation: String,
    /// how many steps the person saw
    pub seen: String,
    pub key: String,
    /// `unit`, `link`, `accept`, `part`, `explain`, `submit` or `withdraw`
    pub act: String,
    /// `Unit::code`
    pub unit: String,
    /// lines that were ticked, by [`line_key`]
    pub lines: BTreeMap<String, String>,
    /// entries that were ticked, by [`entry_key`]
    pub entries: BTreeMap<String, String>,
    /// [`line_key`] of a line → id of an entry
    pub pairs: BTreeMap<String, String>,
    /// why it differs
    pub text: String,
}

/// What a line is called in an input. A letter goes first, since a name that begins with a digit is read as a place in a
/// list.
pub fn line_key(number: u32) -> String {
    format!("l{number}")
}

/// What an entry is called in an input.
pub fn entry_key(entry: EntryId) -> String {
    format!("e{entry}")
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeStep {
    pub reconciliation: ReconciliationId,
    pub seen: i64,
    pub key: String,
    pub act: StepAct,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAct {
    Unit(Unit),
    /// one group, or several pairs
    Link(Vec<Group>),
    /// whatever these lines were matched with
    Part(Vec<u32>),
    Explain(Group, String),
    Submit,
    Withdraw,
}

/// What the second person does with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JudgeForm {
    pub reconciliation: String,
    pub seen: String,
    pub key: String,
    /// `sign` or `return`
    pub verdict: String,
    /// of what the person saw and signs
    pub digest: String,
    /// why it goes back
    pub reason: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgeReconciliation {
    pub reconciliation: ReconciliationId,
    pub seen: i64,
    pub key: String,
    pub verdict: Judgement,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    Sign { digest: String },
    Return { reason: String },
}
