//! One cell of the grid: an input with what stood there before in grey, or the value alone where nothing can be changed.

use super::address::kept;
use super::saving::Saver;
use crate::parts::gone;
use contract::dispatch::form::{row_key, value};
use domain::dispatch::column::{Column, Kind, ProjectColumn, SiteColumn};
use domain::dispatch::row::cell_name;
use leptos::prelude::*;
use words::explain::dispatch as explain;
use words::{Locale, explain as say, t};

/// Where a cell stands, and what stands in it.
pub struct Cell {
    pub row: String,
    pub column: Column,
    /// place in the grid
    pub at: (usize, usize),
    /// name of the project or community, for the label
    pub about: String,
    /// canonical texts
    pub now: Option<String>,
    pub before: Option<String>,
}

/// The column of a cell by its name.
pub fn named(cell: &str) -> Option<Column> {
    let (_, key) = cell.rsplit_once('.')?;
    let project = ProjectColumn::from_key(key).map(Column::Project);
    project.or_else(|| SiteColumn::from_key(key).map(Column::Site))
}

/// Heading of a column.
pub fn heading(l: Locale, column: Column) -> String {
    explain::column(l, column).to_owned()
}

/// Id of the input at a place, for the keys.
pub fn id((row, column): (usize, usize)) -> String {
    format!("cell-{row}-{column}")
}

/// The cell of a book that is open.
pub fn input(l: Locale, cell: Cell, saver: Saver) -> AnyView {
    let name = cell_name(&cell.row, cell.column);
    let group = match cell.column {
        Column::Project(_) => "projects",
        Column::Site(_) => "sites",
    };
    let field = format!("form[{group}][{}][{}]", row_key(&cell.row), cell.column.key());
    let stored = cell.now.as_deref().map(|text| explain::typed(cell.column, text)).unwrap_or_default();
    let came = gone::query(|query| query.get(&kept(&name)));
    let wrong = came.as_deref().and_then(|text| value(cell.column, text).err());
    if let Some(wrong) = wrong {
        saver.said(name.clone(), say::value_error(l, &wrong.error));
    }
    let text = came.unwrap_or(stored);
    let label = format!("{} · {}", cell.about, explain::column(l, cell.column));
    let before = before(l, &cell);
    let (error, is_wrong) = (name.clone(), name.clone());
    let error = move || saver.wrong.with(|wrong| wrong.get(&error).cloned());
    let is_wrong = move || saver.wrong.with(|wrong| wrong.contains_key(&is_wrong)).then_some("true");
    let note = format!("{}-note", id(cell.at));
    let control = control(l, cell.column, Control { id: id(cell.at), field, text, label }, is_wrong);
    view! {
        <td>
            {control}
            {before}
            {move || {
                let note = note.clone();
                error().map(|text| view! { <span id=note class="dispatch-wrong" role="alert">{text}</span> })
            }}
        </td>
    }
    .into_any()
}

/// What an input needs.
struct Control {
    id: String,
    field: String,
    text: String,
    label: String,
}

fn control(
    l: Locale,
    column: Column,
    Control { id, field, text, label }: Control,
    is_wrong: impl Fn() -> Option<&'static str> + Send + Sync + 'static,
) -> AnyView {
    let note = format!("{id}-note");
    let (class, longest) = match column.kind() {
        Kind::Flag => {
            let choice = |code: &'static str, word: &'static str| {
                let selected = text == code;
                view! { <option value=code selected=selected>{word}</option> }
            };
            return view! {
                <select class="input" id=id name=field aria-label=label aria-invalid=is_wrong aria-describedby=note>
                    {choice("", t!(l, dispatch.choose))}
                    {choice("1", t!(l, dispatch.yes))}
                    {choice("0", t!(l, dispatch.no))}
                </select>
            }
            .into_any();
        }
        Kind::Money | Kind::Count => ("input dispatch-number", "24"),
        Kind::Text => ("input dispatch-text", "500"),
    };
    let mode = (column.kind() != Kind::Text).then_some("decimal");
    view! {
        <input
            class=class
            id=id
            name=field
            value=text
            inputmode=mode
            autocomplete="off"
            maxlength=longest
            aria-label=label
            aria-invalid=is_wrong
            aria-describedby=note
        />
    }
    .into_any()
}

/// The cell of a book that is closed.
pub fn shown(l: Locale, cell: &Cell) -> AnyView {
    let value = cell.now.as_deref().map(|text| explain::value(l, cell.column, Some(text)));
    let is_number = matches!(cell.column.kind(), Kind::Money | Kind::Count);
    let before = before(l, cell);
    view! { <td class:number=is_number>{value} {before}</td> }.into_any()
}

fn before(l: Locale, cell: &Cell) -> Option<AnyView> {
    let before = cell.before.as_deref()?;
    let text = explain::value(l, cell.column, Some(before));
    let text = t!(l, dispatch.was, value = text);
    Some(view! { <span class="dispatch-before">{text}</span> }.into_any())
}
