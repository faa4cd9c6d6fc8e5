//! How the raw texts of the lists become queries and commands. The browser and the door call the same checks.

use super::query::codes;
use super::{
    CELLS_MOST, CellEdit, CellForm, Density, EditCells, EditCellsForm, FROZEN_MOST, GridColumn, GridSettings,
    GroupBy, ListKind, MoveForm, MoveProjects, ProjectRow, SettingsForm, Sum, Totals,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::money::Unit;
use domain::period::{FiscalYear, Horizon};
use domain::project::value::ValueError;
use domain::project::{Field, Kind, Value};
use domain::text::clean;

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
            // The figure that every county fills; 岗位数 (another unit) is one of the columns to choose.
            G::Field(Field::JobsOperation),
            G::Gates,
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
            | Field::JobsOperation
            | Field::Posts
    )
}

/// Columns that are changed in the grid; the others have reasons and pages of their own.
pub const fn editable_in_grid(field: Field) -> bool {
    !matches!(field, Field::Area | Field::Sites | Field::Horizon) && !matches!(field.kind(), Kind::Derived)
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
        let projects = codes(&mut errors, "projects", &self.projects.join(","), pair);
        if projects.is_empty() {
            errors.add("projects", FieldFault::Missing);
        }
        let to = ListKind::from_code(&self.to);
        if to.is_none() {
            errors.add("to", FieldFault::NotAChoice);
        }
        errors.into_result()?;
        let reason = clean(&self.reason);
        let reason = reason.trim();
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
        let density = Density::from_code(&self.density).unwrap_or_default();
        if !self.usual.is_empty() {
            return Ok(GridSettings { density, ..GridSettings::default() });
        }
        let mut columns: Vec<GridColumn> = Vec::new();
        for column in self.columns.iter().filter_map(|key| GridColumn::try_from(key.clone()).ok()) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        let place = |key: &str| columns.iter().position(|column| !key.is_empty() && column.key() == key);
        let swap = match (place(&self.earlier), place(&self.later)) {
            (Some(at), _) => at.checked_sub(1).map(|before| (before, at)),
            (None, Some(at)) => Some((at, at + 1)).filter(|(_, after)| *after < columns.len()),
            (None, None) => None,
        };
        if let Some((left, right)) = swap {
            columns.swap(left, right);
        }
        let frozen = self.frozen.parse::<u8>().unwrap_or_default().min(FROZEN_MOST);
        Ok(GridSettings { columns, density, frozen })
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
    fn a_column_moves_one_place_and_no_further() {
        let form = |earlier: &str, later: &str| SettingsForm {
            columns: vec!["area".into(), "total".into(), "total".into(), "gap".into()],
            earlier: earlier.into(),
            later: later.into(),
            frozen: "9".into(),
            ..SettingsForm::default()
        };
        let keys = |form: SettingsForm| -> Vec<String> {
            form.check().unwrap().columns.into_iter().map(GridColumn::key).collect()
        };
        assert_eq!(keys(form("total", "")), ["total", "area", "gap"]);
        assert_eq!(keys(form("area", "")), ["area", "total", "gap"]);
        assert_eq!(keys(form("", "gap")), ["area", "total", "gap"]);
        assert_eq!(form("", "").check().unwrap().frozen, FROZEN_MOST);
    }

    #[test]
    fn every_column_reads_back_by_its_key() {
        for column in GridColumn::all(FiscalYear::new(2026).unwrap()) {
            assert_eq!(GridColumn::try_from(column.key()), Ok(column));
        }
    }
}
