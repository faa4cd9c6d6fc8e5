//! The estimate of a project's jobs: what its page needs to reckon it, and what people state for it. Knows no SQL.

pub mod check;
pub mod edition;
pub mod portfolio;
pub mod record;

use domain::id::ProjectId;
use domain::jobs::coefficient::Coefficients;
use domain::jobs::estimate::Estimate;
use domain::jobs::input::{Basis, Inputs, Multiplier};
use domain::jobs::method::Method;
use domain::jobs::quantity::{Kind, Range};
use domain::permission::Abilities;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything the estimate stands on; the browser reckons it by the same rules as the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateView {
    pub project: ProjectId,
    /// of what is stated; 0 while nothing is
    pub version: i64,
    pub basis: Basis,
    pub inputs: Inputs,
    /// the edition in force
    pub coefficients: Coefficients,
    pub key: String,
    pub may: Abilities,
}

impl EstimateView {
    pub fn estimate(&self) -> Estimate {
        Estimate::of(&self.basis, &self.inputs, &self.coefficients)
    }
}

/// Figures stated for an estimate, as they stand in the form. Columns that are not sent are cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InputsForm {
    pub project: String,
    /// of what was stated when the form was made
    pub version: String,
    /// idempotency key
    pub key: String,
    /// `Method::code` of the operation; empty goes by the rule
    pub operation: String,
    /// `Multiplier::code`; empty is off
    pub multiplier: String,
    /// by `InputKey::code`
    pub values: BTreeMap<String, String>,
}

/// What is to be stated; numbers of people stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveInputs {
    pub project: ProjectId,
    pub version: i64,
    pub key: String,
    pub values: BTreeMap<domain::jobs::input::InputKey, rust_decimal::Decimal>,
    pub operation: Option<Method>,
    pub multiplier: Option<Multiplier>,
}

/// A person's number in the place of a computed one, as it stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OverrideForm {
    pub project: String,
    pub version: String,
    pub key: String,
    /// `Kind::code`
    pub kind: String,
    pub low: String,
    pub standard: String,
    pub high: String,
    pub reason: String,
    /// `drop` takes the number back
    pub act: String,
}

/// A number to be put in, or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveOverride {
    pub project: ProjectId,
    pub version: i64,
    pub key: String,
    pub kind: Kind,
    /// `None` takes it back
    pub number: Option<(Range, String)>,
}

/// What was stated, after it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedInputs {
    pub project: ProjectId,
    pub version: i64,
}
