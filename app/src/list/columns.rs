//! How a list becomes a grid: headings, cells with the reason why they are locked, sums, subtotals. Knows no door.

use super::address;
use crate::parts::grid::model::{Align, Cell, Column, Fate, Figure, Look, Order, Row, Sort, Subtotal};
use crate::project::text::{editable, shown};
use contract::list::check::{editable_in_grid, sortable};
use contract::list::{GridColumn, GroupBy, GroupLine, ListForm, ListView, ProjectRow, Sum, Totals};
use domain::money::{Delta, Unit};
use domain::project::{Category, Field, Kind, Nature, Stage, Value};
use domain::source::Source;
use words::{Locale, explain, format, name, t};

/// The columns of this person, the name always first.
pub fn shown_columns(view: &ListView) -> Vec<GridColumn> {
    let name = GridColumn::Field(Field::Name);
    let chosen = view.settings.shown();
    std::iter::once(name).chain(chosen.into_iter().filter(|column| *column != name)).collect()
}

/// The word over a column.
pub fn heading(l: Locale, column: GridColumn) -> String {
    match column {
        GridColumn::Field(field) => name::field(l, field),
        GridColumn::Gap => t!(l, list.gap).to_owned(),
        GridColumn::Gates => t!(l, list.gates).to_owned(),
        GridColumn::Updated => t!(l, list.updated).to_owned(),
    }
}

/// The columns as headings; the name and `frozen` columns after it stay at the left edge.
pub fn heads(l: Locale, form: &ListForm, shown: &[GridColumn], frozen: u8) -> Vec<Column> {
    let place = |at: usize| u8::try_from(at).ok().filter(|at| *at <= frozen);
    let edge = usize::from(frozen).min(shown.len().saturating_sub(1));
    shown
        .iter()
        .enumerate()
        .map(|(at, about)| Column { edge: at == edge, ..column(l, form, *about, place(at)) })
        .collect()
}

fn column(l: Locale, form: &ListForm, column: GridColumn, frozen: Option<u8>) -> Column {
    let field = as_field(column);
    Column {
        key: column.key(),
        heading: heading(l, column),
        // A band cannot stay at the edge with one of its columns and go with the others.
        band: field.filter(|_| frozen.is_none()).and_then(|field| band(l, field)),
        align: align(column),
        frozen,
        edge: false,
        sort: field.filter(|field| sortable(*field)).map(|field| sort(form, field)),
        choices: field.map(|field| choices(l, field)).unwrap_or_default(),
    }
}

const fn as_field(column: GridColumn) -> Option<Field> {
    match column {
        GridColumn::Field(field) => Some(field),
        GridColumn::Gap | GridColumn::Gates | GridColumn::Updated => None,
    }
}

/// The word over columns that do not say by themselves what they are; the two of jobs do.
fn band(l: Locale, field: Field) -> Option<String> {
    let word = match field.band()? {
        _ if matches!(field, Field::Source(_)) => t!(l, list.band_sources),
        _ if matches!(field, Field::Year(_)) => t!(l, list.band_years),
        _ if matches!(field, Field::Gate(_)) => t!(l, list.band_gates),
        _ => return None,
    };
    Some(word.to_owned())
}

const fn align(column: GridColumn) -> Align {
    match column {
        GridColumn::Gap | GridColumn::Gates => Align::Right,
        GridColumn::Updated => Align::Centre,
        GridColumn::Field(field) => match field.kind() {
            Kind::Money | Kind::Count => Align::Right,
            Kind::Month | Kind::Date | Kind::Flag | Kind::Derived => Align::Centre,
            Kind::Text
            | Kind::Code
            | Kind::Category
            | Kind::Nature
            | Kind::Stage
            | Kind::Horizon
            | Kind::Area
            | Kind::Sites => Align::Left,
        },
    }
}

/// Once for upwards, twice for downwards, three times for the order of the list.
fn sort(form: &ListForm, field: Field) -> Sort {
    let key = field.key();
    let (order, next) = if form.sort == key {
        (Order::Up, format!("-{key}"))
    } else if form.sort.strip_prefix('-') == Some(&key) {
        (Order::Down, String::new())
    } else {
        (Order::Not, key)
    };
    Sort { order, href: address::write(&ListForm { sort: next, ..address::first_page(form) }) }
}

fn choices(l: Locale, field: Field) -> Vec<String> {
    match field.kind() {
        Kind::Category => Category::ALL.iter().map(|item| item.sign().to_owned()).collect(),
        Kind::Nature => Nature::ALL.iter().map(|item| item.sign().to_owned()).collect(),
        Kind::Stage => Stage::ALL.iter().map(|item| item.sign().to_owned()).collect(),
        Kind::Flag => vec![t!(l, project.yes).to_owned(), t!(l, project.no).to_owned()],
        Kind::Text
        | Kind::Money
        | Kind::Month
        | Kind::Date
        | Kind::Count
        | Kind::Code
        | Kind::Horizon
        | Kind::Area
        | Kind::Sites
        | Kind::Derived => Vec::new(),
    }
}

/// One project as a row; `number` is its place in the list, from 1.
pub fn row(l: Locale, columns: &[GridColumn], project: &ProjectRow, number: u64) -> Row {
    Row {
        tick: format!("{}:{}", project.project, project.version),
        number: number.to_string(),
        href: format!("/projects/{}", project.project),
        title: project.name().to_owned(),
        cells: columns.iter().map(|column| cell(l, *column, project)).collect(),
    }
}

pub fn cell(l: Locale, column: GridColumn, project: &ProjectRow) -> Cell {
    let mut cell = match column {
        GridColumn::Field(field) => field_cell(l, field, project),
        GridColumn::Gap => gap_cell(project.gap),
        GridColumn::Gates => gates_cell(l, project.gates),
        GridColumn::Updated => Cell::plain(format::instant(project.updated)),
    };
    cell.locked = locked(l, column, project.editable).map(str::to_owned);
    cell
}

fn field_cell(l: Locale, field: Field, project: &ProjectRow) -> Cell {
    match (field, project.value(field)) {
        (Field::Area, _) => Cell::plain(project.area_name.clone()),
        (Field::Sites, _) => Cell::plain(project.site_names.join("、")),
        (Field::Number, _) => Cell::plain(project.number.to_string()),
        (_, None) => Cell { raw: String::new(), ..Cell::plain(format::UNKNOWN) },
        (_, Some(value)) => {
            let cell = value_cell(l, value);
            let href = format!("/projects/{}", project.project);
            if field == Field::Name { Cell { look: Look::Link(href), ..cell } } else { cell }
        }
    }
}

fn value_cell(l: Locale, value: &Value) -> Cell {
    let look = if let Value::Stage(stage) = value { Look::Stage(*stage) } else { Look::Plain };
    let figure = match value {
        Value::Money(amount) => Some(Figure::Fen(amount.fen())),
        Value::Count(count) => Some(Figure::Count(i64::from(*count))),
        Value::Text(_)
        | Value::Month(_)
        | Value::Date(_)
        | Value::Flag(_)
        | Value::Code(_)
        | Value::Category(_)
        | Value::Nature(_)
        | Value::Stage(_)
        | Value::Horizon(_)
        | Value::Area(_)
        | Value::Sites(_) => None,
    };
    Cell { shown: shown(l, value), raw: editable(value), look, figure, locked: None, fate: Fate::Quiet }
}

fn gap_cell(gap: Option<Delta>) -> Cell {
    let Some(gap) = gap else { return Cell { raw: String::new(), ..Cell::plain(format::UNKNOWN) } };
    let look = if gap.is_zero() { Look::Plain } else { Look::Warn };
    Cell {
        look,
        figure: Some(Figure::Fen(gap.fen())),
        raw: gap.exact(Unit::Wan),
        ..Cell::plain(format::delta(gap, Unit::Wan))
    }
}

fn gates_cell(l: Locale, gates: u8) -> Cell {
    let look = if gates >= 9 { Look::Plain } else { Look::Warn };
    Cell { look, ..Cell::plain(t!(l, list.gates_passed, passed = gates)) }
}

fn locked(l: Locale, column: GridColumn, editable: bool) -> Option<&'static str> {
    let GridColumn::Field(field) = column else { return Some(t!(l, list.locked_derived)) };
    if field == Field::Number {
        Some(t!(l, list.locked_number))
    } else if matches!(field, Field::Area | Field::Sites) {
        Some(t!(l, list.locked_area))
    } else if field == Field::Horizon {
        Some(t!(l, list.locked_list))
    } else if !editable_in_grid(field) {
        Some(t!(l, list.locked_derived))
    } else if !editable {
        Some(t!(l, list.locked_role))
    } else {
        None
    }
}

/// What a cell would look like with this text, or why it cannot be read: the server asks the same rule.
pub fn read(l: Locale, column: GridColumn, text: &str, href: &str) -> Result<Cell, String> {
    let GridColumn::Field(field) = column else { return Err(t!(l, list.locked_derived).to_owned()) };
    let value = Value::read(field, text, Unit::Wan).map_err(|fault| explain::value_error(l, &fault))?;
    let cell = match &value {
        Some(value) => value_cell(l, value),
        None => Cell { raw: String::new(), ..Cell::plain(format::UNKNOWN) },
    };
    Ok(if field == Field::Name { Cell { look: Look::Link(href.to_owned()), ..cell } } else { cell })
}

/// The row of sums over the whole filter.
pub fn sums(l: Locale, columns: &[GridColumn], totals: Option<&Totals>) -> Vec<String> {
    let Some(totals) = totals else { return vec![t!(l, list.totals_later).to_owned()] };
    let count = format::integer(i64::try_from(totals.projects).unwrap_or(i64::MAX));
    let first = t!(l, list.total_rows, count = count);
    columns
        .iter()
        .enumerate()
        .map(|(at, column)| if at == 0 { first.clone() } else { sum(totals, *column) })
        .collect()
}

fn sum(totals: &Totals, column: GridColumn) -> String {
    match totals.of(column) {
        Some(Sum::Amount(amount)) => format::delta(amount, Unit::Wan),
        Some(Sum::Count(count)) => format::integer(count),
        None => String::new(),
    }
}

pub fn subtotal(l: Locale, form: &ListForm, columns: &[GridColumn], line: &GroupLine) -> Subtotal {
    let count = format::integer(i64::try_from(line.totals.projects).unwrap_or(i64::MAX));
    let mut sums: Vec<String> = columns.iter().map(|column| sum(&line.totals, *column)).collect();
    if let Some(first) = sums.first_mut() {
        first.clear();
    }
    Subtotal {
        depth: usize::from(line.depth),
        label: t!(l, list.group_line, name = group_name(l, line), count = count),
        href: address::write(&turned(form, line, is_open(form, line))),
        open: is_open(form, line),
        sums,
    }
}

fn group_name(l: Locale, line: &GroupLine) -> String {
    let Some(code) = line.code.as_deref() else { return t!(l, list.no_value).to_owned() };
    let word = match line.by {
        GroupBy::Area => line.area_name.clone(),
        GroupBy::Category => Category::from_code(code).map(|item| name::category(l, item).to_owned()),
        GroupBy::Stage => Stage::from_code(code).map(|item| name::stage(l, item).to_owned()),
        GroupBy::Source => Source::from_code(code).map(|item| name::source(l, item).to_owned()),
    };
    word.unwrap_or_else(|| code.to_owned())
}

/// Opens a group that is closed, closes one that is open: the rows shown are those of the one opened last.
fn turned(form: &ListForm, line: &GroupLine, is_open: bool) -> ListForm {
    let around = line.path.iter().map(|(_, code)| code);
    let codes: Vec<&str> =
        around.chain((!is_open).then_some(&line.code)).map(|code| code.as_deref().unwrap_or("-")).collect();
    ListForm { open: codes.join("/"), ..address::first_page(form) }
}

fn is_open(form: &ListForm, line: &GroupLine) -> bool {
    let own = turned(form, line, false).open;
    form.open == own || form.open.starts_with(&format!("{own}/"))
}
