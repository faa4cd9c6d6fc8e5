//! How the raw texts of the lists become queries and commands. The browser and the door call the same checks.

use super::{
    CELLS_MOST, CellEdit, CellForm, Density, EditCells, EditCellsForm, GridColumn, GridSettings, GroupBy,
    ListForm, ListKind, ListQuery, MoveForm, MoveProjects, ProjectRow, SettingsForm, SortBy, Sum, Totals,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::area::AreaCode;
use domain::money::{AmountError, Money, Unit};
use domain::period::{FiscalYear, Horizon};
use domain::project::value::ValueError;
use domain::project::{Category, Field, Kind, Stage, Value};

/// Most characters of a search.
const TEXT_MOST: u32 = 100;

impl ListKind {
    /// `1y`, `2y`, `5y` or `pool`, as in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            ListKind::Horizon(horizon) => horizon.code(),
            ListKind::Pool => "pool",
        }
    }

    pub fn from_code(code: &str) -> Option<ListKind> {
        if code == "pool" { Some(ListKind::Pool) } else { Horizon::from_code(code).map(ListKind::Horizon) }
    }

    pub const fn horizon(self) -> Option<Horizon> {
        match self {
            ListKind::Horizon(horizon) => Some(horizon),
            ListKind::Pool => None,
        }
    }
}

impl GroupBy {
    pub const ALL: [GroupBy; 4] = [GroupBy::Area, GroupBy::Category, GroupBy::Stage, GroupBy::Source];

    pub const fn code(self) -> &'static str {
        match self {
            GroupBy::Area => "area",
            GroupBy::Category => "category",
            GroupBy::Stage => "stage",
            GroupBy::Source => "source",
        }
    }

    pub fn from_code(code: &str) -> Option<GroupBy> {
        GroupBy::ALL.into_iter().find(|by| by.code() == code)
    }
}

impl GridColumn {
    pub fn key(self) -> String {
        match self {
            GridColumn::Field(field) => field.key(),
            GridColumn::Gap => "gap".to_owned(),
            GridColumn::Gates => "gates".to_owned(),
            GridColumn::Updated => "updated".to_owned(),
        }
    }

    /// What a person sees who has chosen nothing.
    pub fn usual() -> Vec<GridColumn> {
        use GridColumn as G;
        vec![
            G::Field(Field::Area),
            G::Field(Field::Category),
            G::Field(Field::Stage),
            G::Field(Field::Total),
            G::Gap,
            G::Gates,
            G::Field(Field::Posts),
            G::Field(Field::Start),
            G::Updated,
        ]
    }

    /// Every column that may be shown, besides name and ordinal.
    pub fn all(plan_year: FiscalYear) -> Vec<GridColumn> {
        let fields = Field::all(&plan_year.list_years()).into_iter().filter(|field| *field != Field::Name);
        fields
            .map(GridColumn::Field)
            .chain([GridColumn::Gap, GridColumn::Gates, GridColumn::Updated])
            .collect()
    }
}

impl From<GridColumn> for String {
    fn from(column: GridColumn) -> String {
        column.key()
    }
}

impl TryFrom<String> for GridColumn {
    type Error = String;
    fn try_from(key: String) -> Result<GridColumn, String> {
        match key.as_str() {
            "gap" => Ok(GridColumn::Gap),
            "gates" => Ok(GridColumn::Gates),
            "updated" => Ok(GridColumn::Updated),
            field => field.parse().map(GridColumn::Field),
        }
    }
}

impl Density {
    pub const ALL: [Density; 3] = [Density::Loose, Density::Normal, Density::Tight];

    pub const fn code(self) -> &'static str {
        match self {
            Density::Loose => "loose",
            Density::Normal => "normal",
            Density::Tight => "tight",
        }
    }

    pub fn from_code(code: &str) -> Option<Density> {
        Density::ALL.into_iter().find(|density| density.code() == code)
    }
}

impl GridSettings {
    /// The columns to show: chosen or usual.
    pub fn shown(&self) -> Vec<GridColumn> {
        if self.columns.is_empty() { GridColumn::usual() } else { self.columns.clone() }
    }
}

impl Totals {
    /// The sum of a column, `None` where there is none.
    pub fn of(&self, column: GridColumn) -> Option<Sum> {
        self.sums.iter().find(|(known, _)| *known == column).map(|(_, sum)| *sum)
    }
}

impl ProjectRow {
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }

    pub fn name(&self) -> &str {
        match self.value(Field::Name) {
            Some(Value::Text(name)) => name,
            Some(_) | None => "",
        }
    }
}

/// Columns by which a page can be sorted: those with an index or a cheap order.
pub const fn sortable(field: Field) -> bool {
    matches!(
        field,
        Field::Number
            | Field::Name
            | Field::Area
            | Field::Category
            | Field::Stage
            | Field::Total
            | Field::Start
            | Field::Posts
    )
}

/// Columns that are changed in the grid; the others have reasons and pages of their own.
pub const fn editable_in_grid(field: Field) -> bool {
    !matches!(field, Field::Area | Field::Sites | Field::Horizon) && !matches!(field.kind(), Kind::Derived)
}

impl Form for ListForm {
    type Command = ListQuery;

    fn check(&self) -> Result<ListQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let list = match self.list.as_str() {
            "" => Some(ListKind::Horizon(Horizon::One)),
            code => ListKind::from_code(code),
        };
        if list.is_none() {
            errors.add("list", FieldFault::NotAChoice);
        }
        let area = (!self.area.is_empty()).then(|| AreaCode::new(&self.area));
        if matches!(area, Some(None)) {
            errors.add("area", FieldFault::NotAChoice);
        }
        let categories = codes(&mut errors, "category", &self.category, Category::from_code);
        let stages = codes(&mut errors, "stage", &self.stage, Stage::from_code);
        let groups = codes(&mut errors, "group", &self.group, GroupBy::from_code);
        let least = amount(&mut errors, "least", &self.least);
        let most = amount(&mut errors, "most", &self.most);
        let text = self.q.trim();
        if text.chars().count() > TEXT_MOST as usize {
            errors.add("q", FieldFault::TooLong { most: TEXT_MOST });
        }
        let sort = sort(&mut errors, &self.sort);
        errors.into_result()?;
        Ok(ListQuery {
            list: list.unwrap_or(ListKind::Pool),
            area: area.flatten(),
            categories,
            stages,
            least,
            most,
            text: (!text.is_empty()).then(|| text.to_owned()),
            sort,
            groups: groups.into_iter().take(3).collect(),
            page: (!self.page.is_empty()).then(|| self.page.clone()),
        })
    }
}

fn codes<T>(errors: &mut FieldErrors, name: &str, text: &str, find: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let parts: Vec<&str> = text.split(',').filter(|part| !part.is_empty()).collect();
    let found: Vec<T> = parts.iter().filter_map(|part| find(part)).collect();
    if found.len() != parts.len() {
        errors.add(name, FieldFault::NotAChoice);
    }
    found
}

fn amount(errors: &mut FieldErrors, name: &str, text: &str) -> Option<Money> {
    match Money::parse(text, Unit::Wan) {
        Ok(amount) => Some(amount),
        Err(AmountError::Empty) => None,
        Err(error) => {
            errors.add(name, FieldFault::Value { error: ValueError::Amount(error) });
            None
        }
    }
}

fn sort(errors: &mut FieldErrors, text: &str) -> Option<SortBy> {
    if text.is_empty() {
        return None;
    }
    let (key, down) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
    let field = key.parse().ok().filter(|field| sortable(*field));
    if field.is_none() {
        errors.add("sort", FieldFault::NotAChoice);
    }
    field.map(|field| SortBy { field, down })
}

impl Form for EditCellsForm {
    type Command = EditCells;

    fn check(&self) -> Result<EditCells, FieldErrors> {
        let mut errors = FieldErrors::new();
        key(&mut errors, &self.key);
        if self.cells.is_empty() || self.cells.len() > CELLS_MOST {
            errors.add("cells", FieldFault::Wrong);
        }
        let cells = self.cells.iter().enumerate().filter_map(|(at, cell)| match cell.check() {
            Ok(cell) => Some(cell),
            Err(fault) => {
                errors.add(format!("cells.{at}"), fault);
                None
            }
        });
        let cells = cells.collect();
        errors.into_result()?;
        Ok(EditCells { key: self.key.clone(), cells })
    }
}

impl CellForm {
    fn check(&self) -> Result<CellEdit, FieldFault> {
        let (Ok(project), Ok(version), Ok(field)) =
            (self.project.parse(), self.version.parse(), self.field.parse::<Field>())
        else {
            return Err(FieldFault::Wrong);
        };
        if !editable_in_grid(field) {
            return Err(FieldFault::Value { error: ValueError::ReadOnly });
        }
        let value = Value::read(field, &self.text, Unit::Wan).map_err(|error| FieldFault::Value { error })?;
        Ok(CellEdit { project, version, field, value })
    }
}

impl Form for MoveForm {
    type Command = MoveProjects;

    fn check(&self) -> Result<MoveProjects, FieldErrors> {
        let mut errors = FieldErrors::new();
        key(&mut errors, &self.key);
        let pair = |text: &str| {
            let (project, version) = text.split_once(':')?;
            Some((project.parse().ok()?, version.parse().ok()?))
        };
        let projects = codes(&mut errors, "projects", &self.projects, pair);
        if projects.is_empty() {
            errors.add("projects", FieldFault::Missing);
        }
        let to = ListKind::from_code(&self.to);
        if to.is_none() {
            errors.add("to", FieldFault::NotAChoice);
        }
        errors.into_result()?;
        let reason = self.reason.trim();
        Ok(MoveProjects {
            key: self.key.clone(),
            projects,
            to: to.and_then(ListKind::horizon),
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
        })
    }
}

impl Form for SettingsForm {
    type Command = GridSettings;

    fn check(&self) -> Result<GridSettings, FieldErrors> {
        let columns = self.columns.iter().filter_map(|key| GridColumn::try_from(key.clone()).ok()).collect();
        Ok(GridSettings { columns, density: Density::from_code(&self.density).unwrap_or_default() })
    }
}

/// Keys are made by browsers: any short text without blanks will do.
fn key(errors: &mut FieldErrors, key: &str) {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_address_is_the_first_list() {
        let query = ListForm::default().check().unwrap();
        assert_eq!(query.list, ListKind::Horizon(Horizon::One));
        assert_eq!(query.sort, None);
    }

    #[test]
    fn what_is_no_choice_is_named() {
        let form = ListForm {
            list: "9y".into(),
            least: "abc".into(),
            sort: "content".into(),
            ..ListForm::default()
        };
        let errors = form.check().unwrap_err();
        assert!(["list", "least", "sort"].iter().all(|name| errors.of(name).is_some()));
    }

    #[test]
    fn every_column_reads_back_by_its_key() {
        for column in GridColumn::all(FiscalYear::new(2026).unwrap()) {
            assert_eq!(GridColumn::try_from(column.key()), Ok(column));
        }
    }
}
