//! Editions of job coefficients: the list, one with its lines and what it would change, and the steps. Knows no SQL and no
//! formula.

pub mod check;

use chrono::{NaiveDate, NaiveDateTime};
use domain::jobs::coefficient::{Coefficient, Key};
use domain::jobs::edition::{Refusal, State, Verdict};
use domain::jobs::quantity::Kind;
use domain::permission::Abilities;
use domain::project::Category;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An edition in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionLine {
    pub number: u32,
    pub area_name: String,
    pub valid_from: NaiveDate,
    pub state: State,
    pub reason: String,
    /// `None` is the one that came with the product
    pub made_by: Option<String>,
    /// UTC
    pub made_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    /// UTC
    pub decided_at: Option<NaiveDateTime>,
    pub verdict_reason: Option<String>,
    pub version: i64,
    /// the one by which the reader's area is estimated today
    pub is_current: bool,
}

/// A coefficient and the one it follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoefficientLine {
    pub key: Key,
    pub now: Coefficient,
    /// as it stands in the edition before, where it differs
    pub before: Option<Coefficient>,
}

/// 系数: what holds today, and all editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionsView {
    /// the newest first
    pub editions: Vec<EditionLine>,
    /// number of the one that holds; 0 came with the product
    pub current: u32,
    pub valid_from: NaiveDate,
    pub lines: Vec<CoefficientLine>,
    pub area_name: String,
    /// first day on which the next one may begin
    pub earliest: NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// One edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionView {
    pub line: EditionLine,
    pub lines: Vec<CoefficientLine>,
    /// number of the edition that holds in its area without it
    pub before: u32,
    /// what it would change today; of one in force nothing is left to change
    pub preview: Option<Preview>,
    /// The reader made it.
    pub is_own: bool,
    pub earliest: NaiveDate,
    /// why it cannot be put into force today, apart from who asks
    pub hindered: Option<Refusal>,
    /// idempotency key for the forms on this page
    pub key: String,
    pub may: Abilities,
}

/// 影响预览: estimates of open projects now and by the edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// projects of which an estimate changes
    pub changed: u32,
    /// projects that would be estimated anew
    pub projects: u32,
    pub kinds: Vec<KindChange>,
}

/// Direct jobs of one kind; thousandths of the standard estimate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindChange {
    pub kind: Kind,
    pub changed: u32,
    pub before: i64,
    pub after: i64,
    /// `None` is a project without a category
    pub categories: Vec<CategoryChange>,
}

/// The same of one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryChange {
    pub category: Option<Category>,
    pub changed: u32,
    pub before: i64,
    pub after: i64,
}

/// Names an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionForm {
    pub number: String,
}

/// A new draft that begins as a copy of what holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// idempotency key
    pub key: String,
    pub valid_from: String,
    pub reason: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeDraft {
    pub key: String,
    pub valid_from: NaiveDate,
    pub reason: String,
}

/// A draft as edited; lines by code of the coefficient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditDraftForm {
    pub number: String,
    pub version: String,
    pub valid_from: String,
    pub reason: String,
    pub low: BTreeMap<String, String>,
    pub standard: BTreeMap<String, String>,
    pub high: BTreeMap<String, String>,
    pub year: BTreeMap<String, String>,
    pub source: BTreeMap<String, String>,
}

/// The same, checked; the unit of a line is that of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditDraft {
    pub number: u32,
    pub version: i64,
    pub valid_from: NaiveDate,
    pub reason: String,
    pub lines: BTreeMap<Key, EditedLine>,
}

/// One line as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedLine {
    pub low: rust_decimal::Decimal,
    pub standard: rust_decimal::Decimal,
    pub high: rust_decimal::Decimal,
    pub price_year: Option<i32>,
    pub source: String,
}

/// Hands a draft on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProposeForm {
    pub number: String,
    pub version: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Propose {
    pub number: u32,
    pub version: i64,
}

/// A second person's word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    pub number: String,
    pub version: String,
    /// `in_force` or `returned`
    pub verdict: String,
    pub reason: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    pub number: u32,
    pub version: i64,
    pub verdict: Verdict,
}
