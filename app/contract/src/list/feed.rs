//! The lists as programs read them: every column, no settings of a screen. Knows no JSON of the public API.

use super::{ListQuery, Totals};
use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::id::{ProjectId, SiteId};
use domain::period::FiscalYear;
use domain::project::{Field, Value};

/// Most projects of one page.
pub const LIMIT_MOST: u64 = 500;
/// Projects of a page when nothing else is asked.
pub const LIMIT_USUAL: u64 = 100;

/// Asks for one page of projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedQuery {
    /// its `page` is not looked at
    pub list: ListQuery,
    /// cursor of the page before
    pub cursor: Option<String>,
    /// 1 to [`LIMIT_MOST`]
    pub limit: u64,
}

/// A project with every column that is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    pub project: ProjectId,
    /// 内部编号
    pub number: u64,
    pub version: i64,
    pub values: Vec<(Field, Value)>,
    pub area: AreaCode,
    pub area_name: String,
    pub sites: Vec<(SiteId, String)>,
    /// UTC
    pub updated: NaiveDateTime,
}

/// One page of projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedView {
    pub plan_year: FiscalYear,
    pub entries: Vec<FeedEntry>,
    pub next: Option<String>,
}

/// Sums of a whole filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumsView {
    pub plan_year: FiscalYear,
    pub totals: Totals,
}
