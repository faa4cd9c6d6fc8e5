//! The projects behind the figures of estimates and returns, on the wire: the one-year list of the year, each project with
//! its estimate and the newest return that counts.

use super::{DashboardForm, DashboardQuery, DashboardView};
use crate::error::FieldErrors;
use crate::form::Form;
use crate::ledger::check::Inputs;
use domain::id::ProjectId;
use domain::money::{Delta, Money};
use domain::period::Month;
use serde::{Deserialize, Serialize};

/// The filter of the leaders' page and the place in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorksForm {
    pub filter: DashboardForm,
    /// 内部编号 after which the page begins; the first page when empty
    pub after: String,
}

/// The same, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorksQuery {
    pub filter: DashboardQuery,
    pub after: Option<i64>,
}

/// One project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorksLine {
    pub project: ProjectId,
    /// 内部编号
    pub number: i64,
    pub name: String,
    pub area_name: String,
    /// planned for the year; `None` when nothing was
    pub planned: Option<Money>,
    /// direct posts in operation, in thousandths; `None` without an estimate
    pub estimate: Option<i64>,
    /// month of the newest return that counts; nobody reported when `None`
    pub month: Option<Month>,
    pub started: Option<bool>,
    /// completed since the year began
    pub invested: Option<Delta>,
    /// people present
    pub present: Option<i64>,
    /// of them relocated
    pub relocated: Option<i64>,
}

/// One page, under the figures of the whole filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorksView {
    pub whole: DashboardView,
    pub lines: Vec<WorksLine>,
    /// 内部编号 after which the next page begins
    pub next: Option<i64>,
}

impl Form for WorksForm {
    type Command = WorksQuery;

    fn check(&self) -> Result<WorksQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let after = inputs.chosen("after", &self.after, |text| text.parse().ok());
        let filter = self.filter.check()?;
        inputs.done()?;
        Ok(WorksQuery { filter, after })
    }
}
