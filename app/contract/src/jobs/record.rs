//! 测算与实绩: estimates beside what came, by project, source, area or year; and the record of each coefficient. Knows no
//! SQL and no formula.

pub mod check;

use domain::area::AreaCode;
use domain::id::ProjectId;
use domain::jobs::calibration::{HeldOut, Record, Spread};
use domain::jobs::coefficient::{Coefficient, Key};
use domain::jobs::comparison::{Measure, Sum};
use domain::jobs::kind::Population;
use domain::jobs::method::Method;
use domain::period::Month;
use domain::permission::Abilities;
use domain::project::Category;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// What the lines of the table stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    #[default]
    Project,
    Source,
    Area,
    Year,
}

impl By {
    pub const ALL: [By; 4] = [By::Project, By::Source, By::Area, By::Year];

    /// Stable code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            By::Project => "project",
            By::Source => "source",
            By::Area => "area",
            By::Year => "year",
        }
    }

    pub fn from_code(code: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// The filter of the page, as it stands in addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComparedForm {
    pub by: String,
    /// `2026-10`; empty is the latest with a return
    pub month: String,
    pub measure: String,
    pub population: String,
    /// six digits
    pub area: String,
    /// a code, or `none` for projects that nothing was paid for
    pub source: String,
    /// internal number after which the page begins
    pub page: String,
}

/// Which source is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paid {
    From { source: Source },
    Nothing,
}

/// The filter, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedQuery {
    pub by: By,
    pub month: Option<Month>,
    pub measure: Measure,
    pub population: Population,
    pub area: Option<AreaCode>,
    pub paid: Option<Paid>,
    pub after: i64,
}

/// What a line stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Project { project: ProjectId, number: i64, name: String, area_name: String },
    Source { paid: Paid },
    Area { code: AreaCode, name: String, has_below: bool },
    Year { month: Month },
}

/// One line; thousandths of the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedLine {
    pub of: Of,
    pub sum: Sum,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedView {
    pub by: By,
    /// `None` where no return counts yet
    pub month: Option<Month>,
    /// those with a return, the newest first
    pub months: Vec<Month>,
    pub measure: Measure,
    pub population: Population,
    pub area: AreaCode,
    pub area_name: String,
    pub paid: Option<Paid>,
    pub lines: Vec<ComparedLine>,
    /// of everything in the filter, also what stands on other pages; of years there is none
    pub whole: Option<Sum>,
    /// internal number after which the next page begins
    pub next: Option<i64>,
    pub may: Abilities,
}

/// Asks for the record up to a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordForm {
    pub month: String,
}

/// The record of one way to estimate, on one kind of project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    pub measure: Measure,
    pub method: Method,
    pub category: Option<Category>,
    /// the coefficient that it speaks for
    pub key: Option<Key>,
    pub record: Record,
}

/// All projects with both, of one measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeRecord {
    pub measure: Measure,
    pub spread: Spread,
    pub held_out: Option<HeldOut>,
}

/// A coefficient as the record would have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub key: Key,
    pub record: Record,
    pub now: Coefficient,
    pub next: Coefficient,
}

/// 系数实绩.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    pub month: Option<Month>,
    pub months: Vec<Month>,
    pub area_name: String,
    pub whole: Vec<WholeRecord>,
    pub lines: Vec<RecordLine>,
    pub proposals: Vec<Proposal>,
    /// number of the edition that the proposals start from
    pub edition: u32,
    pub earliest: chrono::NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// 采纳为新版草稿.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdoptForm {
    /// idempotency key
    pub key: String,
    pub month: String,
    pub valid_from: String,
    pub reason: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopt {
    pub key: String,
    pub month: Month,
    pub valid_from: chrono::NaiveDate,
    pub reason: String,
}
