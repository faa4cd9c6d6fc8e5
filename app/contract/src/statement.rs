//! Figures that documents state: what is shown with its verdict, and the choice of one to work with. Knows no SQL and
//! no sentence.

use chrono::NaiveDateTime;
use domain::id::StatementId;
use domain::permission::Abilities;
use domain::statement::Statement;
use domain::statement::check::{CheckError, Checked};
use domain::statement::fraction::Fraction;
use domain::statement::printed::Kind;
use domain::statement::remark::Remark;
use domain::statement::working::Choice;
use serde::{Deserialize, Serialize};

pub mod check;

/// A signed choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingLine {
    pub choice: Choice,
    /// in the base unit of `kind`
    pub value: Fraction,
    pub kind: Kind,
    pub reason: String,
    /// name of the person
    pub signed_by: String,
    /// UTC
    pub signed_at: NaiveDateTime,
}

/// One statement with what came of checking it just now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    pub id: StatementId,
    pub statement: Statement,
    pub checked: Result<Checked, CheckError>,
    /// The figure worked with, where somebody chose one.
    pub working: Option<WorkingLine>,
}

/// All statements that the person may see, in the order of their documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementListView {
    pub lines: Vec<StatementLine>,
    pub remarks: Vec<Remark>,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// Everything on the page of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementView {
    pub id: StatementId,
    pub statement: Statement,
    pub checked: Result<Checked, CheckError>,
    /// the newest first
    pub choices: Vec<WorkingLine>,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// Asks for one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementForm {
    pub statement: String,
}

/// The statement asked for; `None` is a text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementQuery {
    pub statement: Option<StatementId>,
}

/// Raw text of the choice of a working figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChooseForm {
    pub statement: String,
    /// how many choices the person saw
    pub seen: String,
    /// idempotency key
    pub key: String,
    /// `stated`, `computed.0`, `other`
    pub figure: String,
    /// with its unit, for `other`
    pub other: String,
    pub reason: String,
}

/// Which figure is to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    Stated,
    /// place among the computed values
    Computed(usize),
    /// as typed; read by the statement's kind
    Other(String),
}

/// Signs a working figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChooseFigure {
    pub statement: StatementId,
    pub seen: i64,
    pub key: String,
    pub figure: Figure,
    pub reason: String,
}

/// Keeps the statements that come with the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepShippedForm {
    /// idempotency key
    pub key: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepShipped {
    pub key: String,
}

/// How many were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptView {
    pub statements: u32,
}
