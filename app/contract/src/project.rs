//! One project: its page, its form and its history. Knows no SQL and no layout.

use crate::error::ApiError;
use crate::site::need::NeedOrigin;
use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::finding::FindingKind;
use domain::id::{AttachmentId, ProjectId, SiteId};
use domain::money::Delta;
use domain::period::{FiscalYear, Horizon};
use domain::permission::Abilities;
use domain::project::{Field, Gate, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub mod check;

/// Asks for one project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectForm {
    pub project: String,
}

/// The project asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectQuery {
    pub project: ProjectId,
}

/// A site that a project may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteChoice {
    pub site: SiteId,
    pub name: String,
    pub chosen: bool,
}

/// Everything on the page of a project, besides its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectView {
    pub project: ProjectId,
    /// 内部编号
    pub number: u64,
    pub version: i64,
    pub plan_year: FiscalYear,
    pub values: Vec<(Field, Value)>,
    pub area: AreaCode,
    pub area_name: String,
    /// sites of the county, the project's own marked
    pub sites: Vec<SiteChoice>,
    /// its place on a list, `None` in the pool
    pub listed: Option<Listed>,
    /// 总投资 − 来源之和; `None` without a total
    pub gap: Option<Delta>,
    /// 0–100
    pub maturity_score: u32,
    /// digit that the project code should end with, when it does not
    pub expected_digit: Option<u8>,
    /// what is doubtful in it; never keeps anybody from saving
    pub doubts: Vec<FindingKind>,
    /// what it was made of at a community
    pub need: Option<NeedOrigin>,
    /// files kept with it
    pub files: u64,
    /// UTC, and who
    pub updated: (NaiveDateTime, String),
    /// the project before and after it on its list
    pub previous: Option<ProjectId>,
    pub next: Option<ProjectId>,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// Where a project stands, since when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub horizon: Horizon,
    pub since: NaiveDate,
    /// the list it came from in the last move
    pub from: Option<Horizon>,
    pub reason: Option<String>,
}

/// What a person typed that is not saved, and why where it was sent: the page shows it again, so that nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub form: SaveForm,
    /// `None` while the form was still being filled in
    pub error: Option<ApiError>,
}

/// What stands in a form of a project now, on its way into the draft. Nothing of it is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepForm {
    pub form: SaveForm,
}

/// Asks for the draft of a project, or of a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftForm {
    pub project: String,
}

/// What an empty form needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlankView {
    pub plan_year: FiscalYear,
    pub area: AreaCode,
    pub area_name: String,
    pub key: String,
    pub may: Abilities,
}

/// Raw text of a project's form. Columns that are not in it stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaveForm {
    /// empty for a new project
    pub project: String,
    /// the version the person saw; empty for a new project
    pub version: String,
    /// idempotency key
    pub key: String,
    /// by `Field::key`
    pub values: BTreeMap<String, String>,
    /// ids; `None` leaves the sites as they are
    pub sites: Option<Vec<String>>,
}

/// What is to be changed in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveProject {
    /// with the version the person saw; `None` makes a project
    pub project: Option<(ProjectId, i64)>,
    pub key: String,
    /// everything but the area
    pub values: Vec<(Field, Option<Value>)>,
    /// code or name of the area, to be looked up; `None` leaves it
    pub area: Option<String>,
}

/// The project after it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub project: ProjectId,
    pub version: i64,
}

/// A file of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    pub attachment: AttachmentId,
    pub name: String,
    /// bytes
    pub size: u64,
    pub gate: Option<Gate>,
    pub by: String,
    /// UTC
    pub at: NaiveDateTime,
    /// hex
    pub sha256: String,
    /// May this person take it off?
    pub removable: bool,
}
