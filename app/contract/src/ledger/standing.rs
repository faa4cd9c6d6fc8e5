//! Where money stands, on the wire: how much lies at each stage and since when, by area, source, project or budget year;
//! and one project's money by source and year. Knows no SQL and no layout.

use super::NamedProject;
use super::check::{Inputs, parsed, year};
use super::command::LedgerQuery;
use super::form::{MoneyForm, StandingForm};
use crate::error::FieldErrors;
use crate::form::Form;
use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::id::ProjectId;
use domain::ledger::{PerStage, Standing};
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Month, parse_date};
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// areas directly under the one that is looked at
    #[default]
    Area,
    Source,
    Project,
    /// budget year
    Year,
}

/// Which row it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "group")]
pub enum Group {
    /// `own`: what lies in the area itself and not under it
    Area {
        area: AreaCode,
        name: String,
        own: bool,
    },
    Source {
        source: Source,
    },
    Project {
        project: NamedProject,
    },
    Year {
        year: FiscalYear,
    },
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingLine {
    pub group: Group,
    pub standing: Standing,
}

/// A page of rows, the longest lying first, with the sums of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingView {
    pub by: Grouping,
    pub rows: Vec<StandingLine>,
    pub total: Standing,
    /// rows of the whole filter
    pub count: u64,
    /// number of this page, from 1
    pub page: u64,
    pub more: bool,
    /// the day that ages are reckoned to
    pub as_of: NaiveDate,
    /// the place of the chain that was known
    pub known_at: i64,
    pub may: Abilities,
}

/// The question, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingQuery {
    pub filter: LedgerQuery,
    pub by: Grouping,
    /// from 1
    pub page: u64,
}

/// Which project's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyQuery {
    pub project: ProjectId,
}

/// What one source gave one project of one budget year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyLine {
    pub source: Source,
    pub year: FiscalYear,
    /// fen that have reached each stage, net of what was taken back
    pub net: PerStage<Delta>,
}

/// Plan and payments of a project up to the end of a month, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurvePoint {
    pub month: Month,
    /// planned by then: the plan of a year spread evenly over its months
    pub planned: Money,
    /// paid by then; `None` after today
    pub paid: Option<Delta>,
}

/// One project's money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyView {
    pub project: ProjectId,
    /// by source, then year
    pub lines: Vec<MoneyLine>,
    /// in order of months; empty without plan and payment
    pub curve: Vec<CurvePoint>,
    pub known_at: i64,
    pub may: Abilities,
}

impl Grouping {
    pub const ALL: [Grouping; 4] = [Grouping::Area, Grouping::Source, Grouping::Project, Grouping::Year];

    /// Stable code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Grouping::Area => "area",
            Grouping::Source => "source",
            Grouping::Project => "project",
            Grouping::Year => "year",
        }
    }

    pub fn from_code(code: &str) -> Option<Grouping> {
        Grouping::ALL.into_iter().find(|by| by.code() == code)
    }
}

impl Form for StandingForm {
    type Command = StandingQuery;

    fn check(&self) -> Result<StandingQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let filter = LedgerQuery {
            area: inputs.place("area", &self.area),
            project: inputs.chosen("project", &self.project, parsed),
            source: inputs.chosen("source", &self.source, Source::from_code),
            year: inputs.chosen("year", &self.year, year),
            as_of: inputs.chosen("as_of", &self.as_of, |text| parse_date(text).ok()),
            known_at: inputs.chosen("known_at", &self.known_at, parsed),
            ..LedgerQuery::default()
        };
        let by = inputs.chosen("by", &self.by, Grouping::from_code).unwrap_or_default();
        let page: u64 = inputs.chosen("page", &self.page, parsed).unwrap_or(1);
        inputs.done()?;
        Ok(StandingQuery { filter, by, page: page.max(1) })
    }
}

impl Form for MoneyForm {
    type Command = MoneyQuery;

    fn check(&self) -> Result<MoneyQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let project = inputs.needed("project", &self.project, parsed);
        inputs.done()?;
        Ok(MoneyQuery { project: project.ok_or_else(FieldErrors::new)? })
    }
}
