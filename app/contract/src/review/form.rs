//! Raw texts of the desk of findings, as they stand in addresses and forms.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The filter of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskForm {
    pub rule: String,
    /// `Level::code`
    pub level: String,
    /// empty is open; `overdue`, `all`, or a `StateName::code`
    pub state: String,
    /// six digits
    pub area: String,
    pub source: String,
    /// `Category::code` of the project as it is now
    pub category: String,
    pub project: String,
    /// text of a `GroupKey`
    pub group: String,
    /// `1`: one line a finding
    pub single: String,
    pub page: String,
}

/// Names one finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingForm {
    pub finding: String,
}

/// Names one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleForm {
    pub rule: String,
}

/// One step of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    pub finding: String,
    pub version: String,
    /// idempotency key
    pub key: String,
    /// `verify`, `dismiss`, `order`, `report`, `send_back`, `close`
    pub step: String,
    /// the unit for which the person acts
    pub unit: String,
    pub reason: String,
    /// 责任单位 of an order
    pub responsible: String,
    pub due: String,
    pub measures: String,
    pub evidence: String,
}

/// The next edition of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditRuleForm {
    pub rule: String,
    /// number of the edition that is to be made
    pub number: String,
    /// idempotency key
    pub key: String,
    pub valid_from: String,
    pub level: String,
    pub basis: String,
    /// `1`: a person confirms a rule of mark KNOWN
    pub confirmed: String,
    /// by code of the parameter
    pub values: BTreeMap<String, String>,
}

/// Names one walk of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkForm {
    pub run: String,
}

/// One of the three lists with the filter of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperForm {
    /// `Paper::code`; empty is 问题清单
    pub list: String,
    pub filter: DeskForm,
}
