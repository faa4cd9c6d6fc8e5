//! Raw texts of the ledger's forms, as they stand in the inputs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Filter of entries, positions and sums, as it stands in the address. Empty is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LedgerForm {
    /// a code or a name
    pub area: String,
    pub project: String,
    /// `Category::code` of the project as it is now
    pub category: String,
    /// `Source::code`
    pub source: String,
    /// budget year
    pub year: String,
    /// `2026-03`, month of the books
    pub month: String,
    /// `2026-03`: the books up to the end of this month
    pub through: String,
    /// `Kind::code`
    pub kind: String,
    pub batch: String,
    /// a notice that the entries stand on
    pub notice: String,
    /// six digits: they stand on notices given to this area or one below
    pub given: String,
    /// as of: a day
    pub as_of: String,
    /// as known at: a place in the chain
    pub known_at: String,
    /// not empty: only what lies in the area itself, not under it
    pub own: String,
    /// token of a page, from the answer before
    pub page: String,
}

/// Which balances stand beside the amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BalanceForm {
    pub project: String,
    pub source: String,
    pub year: String,
}

/// A posting, a transfer or a reversal, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostEntryForm {
    /// empty for a new one
    pub request: String,
    /// the version the person saw; empty for a new one
    pub version: String,
    /// idempotency key
    pub key: String,
    /// `Kind::code`, or `reverse`
    pub kind: String,
    /// entry to reverse
    pub entry: String,
    pub project: String,
    /// receiving project of a transfer
    pub other: String,
    /// what stands in the boxes of the two, for the way back without scripts; decides nothing
    pub find: String,
    pub find_other: String,
    /// `Stage::code`: where the money lies, for 收回 and 调剂
    pub stage: String,
    /// `Source::code`
    pub source: String,
    /// budget year
    pub year: String,
    pub amount: String,
    /// `Unit::code`; 万元 when empty
    pub unit: String,
    pub date: String,
    pub document: String,
    pub voucher: String,
    pub payee: String,
    pub purpose: String,
    /// 摘要; of a reversal, its reason
    pub memo: String,
    /// not empty: hand it to the second person at once
    pub submit: String,
}

/// A book of funds, as it came with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookForm {
    pub key: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// Asks for one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    pub entry: String,
}

/// Asks for one request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestForm {
    pub request: String,
}

/// What is done with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    pub request: String,
    pub version: String,
    pub key: String,
    /// `submit`, `withdraw`, `approve` or `return`
    pub verdict: String,
    /// why it is returned, or why a breach may pass
    pub reason: String,
}

/// Asks for one batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchForm {
    pub batch: String,
}

/// A step of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchStepForm {
    pub batch: String,
    pub version: String,
    pub key: String,
    /// needed to return or to undo it
    pub reason: String,
}

/// Closes a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    pub month: String,
    pub key: String,
}

/// Asks to open a month again, grants it, or refuses it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReopenForm {
    /// empty to ask
    pub reopening: String,
    pub month: String,
    pub reason: String,
    /// anything to refuse what was asked
    pub refuse: String,
    pub key: String,
}

/// The control matrix as edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ControlForm {
    /// the edition the person saw
    pub edition: String,
    /// `pay.GBG` → `stop`, `warn` or `ignore`; a cell that is not sent says stop
    pub cells: BTreeMap<String, String>,
}

/// Where money stands: a filter as of the ledger's, and what its rows are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StandingForm {
    /// a code or a name
    pub area: String,
    pub project: String,
    /// `Source::code`
    pub source: String,
    /// budget year
    pub year: String,
    /// as of: a day; today when empty
    pub as_of: String,
    /// as known at: a place in the chain
    pub known_at: String,
    /// `Grouping::code`; areas when empty
    pub by: String,
    /// number of a page of rows, from 1
    pub page: String,
}

/// Asks for one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    pub report: String,
}

/// Issues the report of a closed month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IssueForm {
    pub month: String,
    pub key: String,
}

/// Asks for one project's money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoneyForm {
    pub project: String,
}
