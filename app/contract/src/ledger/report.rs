//! Reports of closed months on the wire: the issues, one of them as it went out, and what was corrected since. Knows no
//! layout.

use super::EntryLine;
use super::check::{Inputs, month, parsed};
use super::form::{IssueForm, ReportForm};
use crate::error::FieldErrors;
use crate::form::Form;
use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::id::ReportId;
use domain::ledger::PerStage;
use domain::money::Delta;
use domain::period::Month;
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// One issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportHead {
    pub report: ReportId,
    pub month: Month,
    /// as it was called then
    pub area_name: String,
    /// the place of the chain that was known
    pub known_at: i64,
    /// as called then
    pub issuer: String,
    /// UTC
    pub at: NaiveDateTime,
    /// of the workbook's bytes
    pub sha256: String,
}

/// One area and source, net of what was taken back, in fen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    pub area: AreaCode,
    /// as called when the report was first issued
    pub area_name: String,
    pub source: Source,
    pub source_name: String,
    /// dated within the month
    pub month: PerStage<Delta>,
    /// dated up to the end of the month
    pub total: PerStage<Delta>,
}

/// Every issue of the person's area, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportsView {
    pub reports: Vec<ReportHead>,
    /// months that the own area closed, or one above it, the latest first
    pub closed: Vec<Month>,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// One issue as it went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    pub head: ReportHead,
    pub lines: Vec<ReportLine>,
    /// rule and edition that held
    pub rules: Vec<(String, u32)>,
    /// edition of the control matrix
    pub control: i64,
    /// made again now, the bytes are those of the first issue
    pub same: bool,
    pub may: Abilities,
}

/// A line whose figures are others today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub area_name: String,
    pub source_name: String,
    /// up to the end of the month, as first issued and as known today
    pub first: PerStage<Delta>,
    pub now: PerStage<Delta>,
}

/// An issue beside what is known today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportComparison {
    pub head: ReportHead,
    pub known_at: i64,
    /// entries that came after it and are dated up to the end of its month, in ledger order
    pub corrections: Vec<EntryLine>,
    /// only lines that differ
    pub differences: Vec<Difference>,
    pub may: Abilities,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportQuery {
    pub report: ReportId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueReport {
    pub month: Month,
    pub key: String,
}

impl Form for ReportForm {
    type Command = ReportQuery;

    fn check(&self) -> Result<ReportQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let report = inputs.needed("report", &self.report, parsed);
        inputs.done()?;
        Ok(ReportQuery { report: report.ok_or_else(FieldErrors::new)? })
    }
}

impl Form for IssueForm {
    type Command = IssueReport;

    fn check(&self) -> Result<IssueReport, FieldErrors> {
        let mut inputs = Inputs::new();
        let month = inputs.needed("month", &self.month, month);
        let key = inputs.key(&self.key);
        inputs.done()?;
        Ok(IssueReport { month: month.ok_or_else(FieldErrors::new)?, key })
    }
}
