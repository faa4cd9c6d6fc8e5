//! The workbench of a person, and what is found when he searches everywhere. Knows no SQL and no layout.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::history::ChangeKind;
use chrono::NaiveDateTime;
use domain::id::{ProjectId, SiteId};
use domain::ledger::PerStage;
use domain::list::Mark;
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, Horizon};
use serde::{Deserialize, Serialize};

/// Most characters of a search.
const TEXT_MOST: u32 = 100;

/// One list in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFigures {
    /// `None` is everything, on a list or not
    pub horizon: Option<Horizon>,
    pub projects: u64,
    pub total: Money,
}

/// A change somebody made, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    pub kind: ChangeKind,
    /// UTC
    pub at: NaiveDateTime,
    /// `None` for the product itself
    pub by: Option<String>,
    pub projects: u64,
    /// one of them, when it still exists
    pub project: Option<(ProjectId, String)>,
}

/// Money of the own area. Every figure is that of the page behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundFigures {
    /// 待审核, without what the person made; `None` for those who decide nothing
    pub to_decide: Option<u64>,
    /// `None` for those who enter nothing
    pub own: Option<OwnRequests>,
    /// 下达, 到位, 拨付, 支付 of the budget year that is the plan year
    pub entered: PerStage<Delta>,
    /// 疑点 that are open
    pub findings: u64,
    /// of them past their day
    pub overdue: u64,
    /// 资金倒挂: pairs of project and source
    pub inverted: u64,
}

/// What a person made and another decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRequests {
    pub waiting: u64,
    /// postings that came back to be mended
    pub returned: u64,
}

/// The workbench: figures of the person's own area, each leading somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    pub plan_year: FiscalYear,
    /// empty for those who see no projects
    pub lists: Vec<ListFigures>,
    /// 具备条件, on any list or none
    pub ready: Option<u64>,
    /// what wants looking at; missing where counting would keep the page waiting
    pub marks: Vec<(Mark, u64)>,
    /// `None` for those who see no money
    pub funds: Option<FundFigures>,
    /// 安置点; `None` for those who see none
    pub sites: Option<u64>,
    /// 月调度 of the month being reported, then of others that ask for something; none for those who neither fill nor decide
    pub returns: Vec<crate::dispatch::Glance>,
    /// people who may sign in, and those who may not; `None` for all but the administrator
    pub people: Option<(u64, u64)>,
    /// the newest first
    pub changes: Vec<ChangeLine>,
}

/// A search everywhere, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FindForm {
    pub q: String,
}

/// A search everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    pub text: String,
}

/// A project found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundProject {
    pub project: ProjectId,
    pub number: u64,
    pub name: String,
    pub area_name: String,
    pub horizon: Option<Horizon>,
    pub total: Option<Money>,
}

/// A community found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundSite {
    pub site: SiteId,
    pub name: String,
    pub area_name: String,
    pub people: Option<u32>,
}

/// What was found; a beginning of it where there is more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    pub projects: Vec<FoundProject>,
    pub more_projects: bool,
    pub sites: Vec<FoundSite>,
    pub more_sites: bool,
}

impl Form for FindForm {
    type Command = Find;

    fn check(&self) -> Result<Find, FieldErrors> {
        let mut errors = FieldErrors::new();
        let text = domain::text::clean(&self.q);
        let text = text.trim();
        if text.chars().count() > TEXT_MOST as usize {
            errors.add("q", FieldFault::TooLong { most: TEXT_MOST });
        }
        errors.into_result()?;
        Ok(Find { text: text.to_owned() })
    }
}
