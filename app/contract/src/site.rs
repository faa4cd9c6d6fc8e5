//! Communities: a page of them, one with its projects, its form; beside it needs, size classes, and who needs projects most.
//! Knows no SQL and no layout.

use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::id::{ProjectId, SiteId};
use domain::money::Money;
use domain::period::Month;
use domain::permission::Abilities;
use domain::project::Stage;
use domain::site::size::SizeBounds;
use domain::site::standing::Served;
use domain::site::{Doubt, SiteFacts, SiteField, SizeClass};
use need::NeedLine;
use serde::{Deserialize, Serialize};
use standing::{Medians, SiteMonth, SiteStanding};
use std::collections::BTreeMap;

pub mod check;
pub mod need;
pub mod size;
pub mod standing;

/// Raw query of the list of communities, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteListForm {
    /// six digits
    pub area: String,
    /// `SizeClass::code`
    pub size: String,
    pub q: String,
    /// `SiteSort::code`, a `-` before it for downwards
    pub sort: String,
    /// token of a page, from the answer before
    pub page: String,
}

/// Which communities, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteListQuery {
    pub area: Option<AreaCode>,
    pub size: Option<SizeClass>,
    pub text: String,
    pub sort: SiteSort,
    pub down: bool,
    pub page: Option<String>,
}

/// Orders that the list offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteSort {
    #[default]
    Place,
    Name,
    Households,
    People,
    Labour,
    Employed,
    Rate,
    ZeroEmployment,
    Projects,
    Investment,
    /// project money per head
    PerHead,
    /// who needs projects most, by `domain::site::standing`
    Need,
}

/// An area to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteArea {
    pub code: AreaCode,
    pub name: String,
    /// steps below the person's own area
    pub depth: u8,
}

/// One community in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    pub site: SiteId,
    pub version: i64,
    pub facts: SiteFacts,
    pub area_name: String,
    /// projects that name it, and their total investment
    pub projects: u64,
    pub investment: Money,
    /// the month of the return that the figures of work are from; `None` where they are the community's own
    pub month: Option<Month>,
    pub size: Option<SizeClass>,
    pub standing: SiteStanding,
    /// open needs
    pub needs: u32,
    /// UTC
    pub updated: NaiveDateTime,
}

/// Sums of the whole filter. 户 and 人.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteTotals {
    pub sites: u64,
    pub households: u64,
    pub people: u64,
    pub labour: u64,
    pub employed: u64,
    /// per mille, of communities that report both figures
    pub rate: Option<i64>,
    pub zero_employment_households: u64,
    /// each project once
    pub projects: u64,
    pub investment: Money,
}

/// One page of communities with the sums of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteListView {
    pub rows: Vec<SiteRow>,
    pub totals: SiteTotals,
    /// number of the first row, from 1
    pub first: u64,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub areas: Vec<SiteArea>,
    pub medians: Medians,
    pub sizes: SizeBounds,
    pub may: Abilities,
}

/// Asks for one community.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteForm {
    pub site: String,
}

/// The community asked for; `None` is a text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteQuery {
    pub site: Option<SiteId>,
}

/// A project that names the community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProject {
    pub project: ProjectId,
    /// 内部编号
    pub number: u64,
    pub name: String,
    pub stage: Stage,
    pub total: Option<Money>,
    /// 下达, all of it
    pub issued: Money,
    /// this community's part of it
    pub part: Money,
    /// communities that it serves
    pub serves: u32,
    /// people at work by its newest return that counts, 人
    pub jobs: Option<u32>,
}

/// One change of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteChange {
    /// UTC
    pub at: NaiveDateTime,
    pub by: String,
    pub field: SiteField,
    /// canonical text
    pub old: Option<String>,
    /// canonical text
    pub new: Option<String>,
}

/// Everything on the page of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteView {
    pub site: SiteId,
    pub version: i64,
    /// as its form holds them
    pub facts: SiteFacts,
    /// the same with the figures of the newest return that counts, and its month
    pub newest: SiteFacts,
    pub month: Option<Month>,
    pub size: Option<SizeClass>,
    pub area_name: String,
    /// by the months of returns that count, the oldest first
    pub months: Vec<SiteMonth>,
    pub standing: SiteStanding,
    pub medians: Medians,
    /// people whom the projects here serve
    pub served: Option<Served>,
    /// the open ones first
    pub needs: Vec<NeedLine>,
    /// figures that do not fit
    pub doubts: Vec<Doubt>,
    pub projects: Vec<SiteProject>,
    pub investment: Money,
    pub history: Vec<SiteChange>,
    /// UTC
    pub updated: NaiveDateTime,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// What an empty form needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteBlankView {
    pub area: AreaCode,
    pub area_name: String,
    pub key: String,
}

/// Raw text of a community's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaveSiteForm {
    /// empty for a new community
    pub site: String,
    /// the version the person saw; empty for a new community
    pub version: String,
    /// idempotency key
    pub key: String,
    /// by `SiteField::key`; columns that are not sent stay as they are
    pub values: BTreeMap<String, String>,
}

/// What is to be changed in a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveSite {
    /// with the version the person saw; `None` makes a community
    pub site: Option<(SiteId, i64)>,
    pub key: String,
    /// canonical texts, the area as it was typed: a code or a name
    pub values: BTreeMap<SiteField, Option<String>>,
}

/// The community after it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSite {
    pub site: SiteId,
    pub version: i64,
}
