//! Why something was not done, as facts for the wire. Sentences are made in `words`. Knows no status code.

use crate::workbook::ReadRefusal;
use domain::id::ImportId;
use domain::jobs::kind::Population;
use domain::jobs::quantity::Range;
use domain::permission::Action;
use domain::project::value::ValueError;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// Every way in which a door can say no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    #[error("signed out")]
    SignedOut,
    #[error("{action:?} is not allowed")]
    Forbidden { action: Action },
    /// Missing, or outside the person's area: the two are not told apart.
    #[error("not found")]
    NotFound,
    #[error("invalid fields")]
    Invalid { errors: FieldErrors },
    #[error("refused: {refusal:?}")]
    Refused { refusal: Refusal },
    /// Changed by somebody else since it was read.
    #[error("stale")]
    Stale { conflicts: Vec<StaleField> },
    /// A fault of ours; the reference stands in the log.
    #[error("unexpected, reference {reference}")]
    Unexpected { reference: String },
    /// The storage is busy or away; trying again may help.
    #[error("busy")]
    Busy,
    /// The body is larger than its door takes.
    #[error("more than {most} bytes")]
    TooLarge {
        /// bytes
        most: u64,
    },
    /// An input that every such request carries is missing, or the body is no form.
    #[error("incomplete")]
    Incomplete,
    /// The framework's own failures: offline, an answer that cannot be read.
    #[error("transport: {detail}")]
    Transport { detail: String },
}

/// One field in which two people differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleField {
    /// `Field::key` of the column
    pub field: String,
    /// canonical text of the value asked for
    pub yours: Option<String>,
    /// canonical text of the value stored now
    pub theirs: Option<String>,
    /// nobody else changed it: the row around it was changed
    #[serde(default)]
    pub only_yours: bool,
}

/// What is wrong, by name of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<FieldError>);

/// One wrong input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// `name` of the input
    pub name: String,
    pub fault: FieldFault,
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldFault {
    Missing,
    /// characters
    TooShort {
        least: u32,
    },
    /// characters
    TooLong {
        most: u32,
    },
    NotAChoice,
    /// a number outside its bounds
    Between {
        least: u64,
        most: u64,
    },
    /// bytes of a file
    TooLarge {
        most: u64,
    },
    /// Somebody or something else has it.
    Taken,
    Wrong,
    /// an amount that must be more than nothing
    Zero,
    /// a number of some people that is larger than the number of all
    AboveWhole {
        whole: Range,
    },
    /// a number of all people that is smaller than what a person stated of some
    BelowPart {
        population: Population,
        part: Range,
    },
    Value {
        error: ValueError,
    },
}

/// A rule that said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Name or password; `left` tries before a wait.
    WrongPassword {
        left: u32,
    },
    TooManyAttempts {
        wait_seconds: u32,
    },
    WrongSetupCode,
    AlreadySetUp,
    /// The same idempotency key came with another body.
    KeyReused,
    File {
        refusal: ReadRefusal,
    },
    /// The import is in a state that does not allow this step.
    ImportNotReady,
    /// The import went in before; nothing was written again.
    ImportDone {
        import: ImportId,
    },
    /// Rows were changed after the import, so it cannot be undone as a whole.
    ChangedSince {
        rows: u32,
    },
    /// Projects that the ledger speaks of stay when what made them is taken back; the first of them by internal number
    /// and name.
    MoneyStands {
        projects: u32,
        first: Vec<(i64, String)>,
    },
    /// These projects were changed after the change that was to be taken back.
    ChangedAfter {
        names: Vec<String>,
    },
    /// The change was taken back already.
    AlreadyUndone,
    /// Errors that must be mended or left out first.
    ErrorsLeft {
        rows: u32,
    },
    /// A jump over a list needs a reason.
    ReasonNeeded,
    /// More rows than one sheet of a workbook can hold.
    TooManyRows {
        rows: u64,
        most: u64,
    },
    FileTypeNotAllowed,
    QuotaFull,
    /// One cannot take away the own last right to come back.
    LastAdministrator,
    /// No wall screen has this key; `left` tries before a wait.
    WrongWallKey {
        left: u32,
    },
    /// The key of this wall screen is past its last day, or was revoked.
    WallOver {
        revoked: bool,
    },
    /// The password was given by somebody else; nothing can be done before it is one's own.
    PasswordMustChange,
    /// The ledger says no.
    Ledger {
        refusal: domain::ledger::Refusal,
    },
    /// A notice or its split cannot be.
    Fund {
        refusal: domain::fund::Refusal,
    },
    /// The figure cannot be worked with.
    /// 需求清单
    Need {
        refusal: domain::site::need::Refusal,
    },
    Statement {
        refusal: domain::statement::working::Refusal,
    },
    /// A finding takes no such step.
    Review {
        refusal: domain::review::workflow::Refusal,
    },
    /// A reconciliation takes no such step.
    Reconcile {
        refusal: domain::ledger::reconcile::Refusal,
    },
    /// A monthly return takes no such step.
    Dispatch {
        refusal: domain::dispatch::book::Refusal,
    },
    /// An edition of job coefficients takes no such step.
    Coefficients {
        refusal: domain::jobs::edition::Refusal,
    },
    /// No project has both an estimate and a return, so there is no record to go by.
    NoRecord,
    /// The batch of ledger lines is in a state that does not allow this step.
    BatchNotReady,
    /// No font with Chinese letters is on this machine or named in the settings.
    NoFont,
    /// This program was built without PDF.
    NoPdf,
    /// No sheet of the book can be read as 资金下达 or 资金流水; these are its sheets.
    NoLedgerSheet {
        sheets: Vec<String>,
    },
}

impl FieldErrors {
    pub fn new() -> FieldErrors {
        FieldErrors::default()
    }

    pub fn add(&mut self, name: impl Into<String>, fault: FieldFault) {
        self.0.push(FieldError { name: name.into(), fault });
    }

    /// `Ok` when nothing is wrong.
    pub fn into_result(self) -> Result<(), FieldErrors> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// What is wrong with one input.
    pub fn of(&self, name: &str) -> Option<&FieldFault> {
        self.0.iter().find(|error| error.name == name).map(|error| &error.fault)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> ApiError {
        // The same word stands for what a browser cannot read of an answer, and the server of a body.
        let reads_body =
            !cfg!(target_arch = "wasm32") && matches!(error, ServerFnErrorErr::Deserialization(_));
        if reads_body || matches!(error, ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_)) {
            return ApiError::Incomplete;
        }
        ApiError::Transport { detail: error.to_string() }
    }
}
