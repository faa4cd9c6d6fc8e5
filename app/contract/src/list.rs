//! The three lists: what a page of them is asked by, what it shows, and what is done in the grid. Knows no SQL.

use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::id::ProjectId;
use domain::list::Mark;
use domain::money::Delta;
use domain::period::{FiscalYear, Horizon};
use domain::permission::Abilities;
use domain::project::{Category, Field, Nature, Stage, Value};
use domain::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub mod check;
pub mod feed;
pub mod query;
pub mod saved;

/// Most cells in one change.
pub const CELLS_MOST: usize = 20_000;

/// Which list a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    Horizon(Horizon),
    /// Everything, on a list or not.
    Pool,
}

/// A level of grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    Area,
    Category,
    Stage,
    Source,
}

/// A column of the grid: a fact of the project, or something computed of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum GridColumn {
    Field(Field),
    /// 资金缺口
    Gap,
    /// gates passed of nine
    Gates,
    /// last change
    Updated,
}

/// Row height of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    Loose,
    #[default]
    Normal,
    Tight,
}

/// The query of the address, as text: every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListForm {
    /// `1y`, `2y`, `5y` or `pool`
    pub list: String,
    /// area codes, comma between
    pub area: String,
    /// category codes, comma between
    pub category: String,
    /// stage codes, comma between
    pub stage: String,
    /// nature codes, comma between
    pub nature: String,
    /// source codes, comma between; `none` for projects without any
    pub source: String,
    /// `gap`, `gates`, `quiet`, comma between
    pub mark: String,
    /// 总投资 at least, as typed, 万元 when no unit is named
    pub least: String,
    /// 总投资 at most
    pub most: String,
    /// bounds and texts of further columns as typed: `least.posts`, `most.start`, `has.unit`
    pub bounds: BTreeMap<String, String>,
    /// words, pinyin or initials
    pub q: String,
    /// key of a column; `-` in front for downwards
    pub sort: String,
    /// up to three of `area`, `category`, `stage`, `source`, comma between
    pub group: String,
    /// the opened group: codes from the outermost, `/` between, `-` where nothing is filled in
    pub open: String,
    /// cursor of a page, given out by the server
    pub page: String,
    /// not empty: sums are waited for, however long they take
    pub sums: String,
}

/// The query, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    pub list: ListKind,
    /// empty: all of the person's own
    pub areas: Vec<AreaCode>,
    /// empty: all
    pub categories: Vec<Category>,
    /// empty: all
    pub stages: Vec<Stage>,
    /// empty: all
    pub natures: Vec<Nature>,
    /// empty: all
    pub sources: Vec<Source>,
    /// only projects without any source
    pub no_source: bool,
    pub marks: Vec<Mark>,
    pub bounds: Vec<Bounds>,
    /// text columns that contain a text
    pub contains: Vec<(Field, String)>,
    pub text: Option<String>,
    pub sort: Option<SortBy>,
    pub groups: Vec<GroupBy>,
    /// codes of the opened group from the outermost, `None` where nothing is filled in
    pub open: Option<Vec<Option<String>>>,
    pub page: Option<String>,
    pub sums_now: bool,
}

/// Least and most of a column, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub field: Field,
    pub least: Option<Value>,
    pub most: Option<Value>,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortBy {
    pub field: Field,
    pub down: bool,
}

/// How many projects stand on each list, within the person's area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabs {
    pub one: u64,
    pub two: u64,
    pub five: u64,
    pub pool: u64,
}

/// A sum of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    Amount(Delta),
    /// people, posts, households
    Count(i64),
}

/// Sums over many projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub projects: u64,
    /// columns that can be summed; a missing one is zero
    pub sums: Vec<(GridColumn, Sum)>,
}

/// A group with its subtotals, in the order of the page: outer before inner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    /// 0 is the outermost
    pub depth: u8,
    pub by: GroupBy,
    /// code of the area, category, stage or source; `None` where it is not filled in
    pub code: Option<String>,
    /// name of the area; the others are named by their code
    pub area_name: Option<String>,
    /// codes of the groups around it, outermost first
    pub path: Vec<(GroupBy, Option<String>)>,
    pub totals: Totals,
}

/// One project in the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    pub project: ProjectId,
    /// 内部编号
    pub number: u64,
    pub version: i64,
    /// name, horizon, total, posts and the columns shown
    pub values: Vec<(Field, Value)>,
    pub area_name: String,
    pub site_names: Vec<String>,
    /// 总投资 − 来源之和; `None` without a total
    pub gap: Option<Delta>,
    /// of nine
    pub gates: u8,
    /// UTC
    pub updated: NaiveDateTime,
    /// May this person change it?
    pub editable: bool,
}

/// An area to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaChoice {
    pub code: AreaCode,
    pub name: String,
    /// 0 is the person's own
    pub depth: u8,
}

/// Columns and density as the person keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridSettings {
    /// empty: the usual ones
    pub columns: Vec<GridColumn>,
    pub density: Density,
    /// columns after the name that stay at the left edge, at most [`FROZEN_MOST`]
    #[serde(default)]
    pub frozen: u8,
}

/// The settings with what the page that changes them needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridSettingsView {
    pub settings: GridSettings,
    pub plan_year: FiscalYear,
}

/// Most columns that stay at the left edge besides the name: more would leave no room to scroll.
pub const FROZEN_MOST: u8 = 3;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    pub plan_year: FiscalYear,
    /// of the whole filter; `None` where adding up would keep the rows waiting, see [`SumsView`]
    pub sums: Option<SumsView>,
    pub rows: Vec<ProjectRow>,
    /// number of the first row shown, from 1
    pub first: u64,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub settings: GridSettings,
    /// what the person named
    pub views: Vec<saved::SavedView>,
    pub areas: Vec<AreaChoice>,
    /// idempotency key for the form that moves ticked projects with scripts off
    pub key: String,
    pub may: Abilities,
}

/// What is added up over a whole filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumsView {
    pub tabs: Tabs,
    pub totals: Totals,
    pub groups: Vec<GroupLine>,
}

/// Raw changes of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditCellsForm {
    /// idempotency key
    pub key: String,
    pub cells: Vec<CellForm>,
}

/// One raw cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellForm {
    pub project: String,
    /// the version the person saw
    pub version: String,
    /// `Field::key`
    pub field: String,
    /// as typed
    pub text: String,
}

/// Changes of cells: one change-set, all or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditCells {
    pub key: String,
    pub cells: Vec<CellEdit>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEdit {
    pub project: ProjectId,
    pub version: i64,
    pub field: Field,
    pub value: Option<Value>,
}

/// The rows after a change of cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedView {
    pub rows: Vec<ProjectRow>,
}

/// Raw move between lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// idempotency key
    pub key: String,
    /// `id:version`, one a project; several may stand in one text with commas between
    pub projects: Vec<String>,
    /// `1y`, `2y`, `5y` or `pool`
    pub to: String,
    pub reason: String,
}

/// A move between lists: one change-set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveProjects {
    pub key: String,
    /// with the version the person saw
    pub projects: Vec<(ProjectId, i64)>,
    /// `None` takes them off the lists
    pub to: Option<Horizon>,
    pub reason: Option<String>,
}

/// How many were moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedView {
    pub projects: u32,
}

/// Raw settings of the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    /// keys of columns, in their order
    pub columns: Vec<String>,
    /// `loose`, `normal` or `tight`
    pub density: String,
    /// how many columns after the name stay at the left edge
    pub frozen: String,
    /// a key to be moved one place to the left
    pub earlier: String,
    /// a key to be moved one place to the right
    pub later: String,
    /// not empty: back to the usual columns
    pub usual: String,
}
