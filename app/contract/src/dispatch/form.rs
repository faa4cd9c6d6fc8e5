//! Raw texts of the forms of monthly returns, and how they become commands.

use super::{
    BookQuery, Decide, EditCells, MonthQuery, OpenMonth, Remind, RowEdit, Submit, Verdict, WrongText,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::area::AreaCode;
use domain::dispatch::column::{Column, ProjectColumn, SiteColumn};
use domain::id::ReturnBookId;
use domain::money::Unit;
use domain::period::Month;
use domain::text::clean;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Name of the input that carries the version of a row, among its columns.
pub const VERSION: &str = "version";
/// Most characters of a reason.
const REASON_MOST: u32 = 500;

/// Asks for a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthForm {
    /// `2026-10`; empty is the one being reported
    pub month: String,
}

/// Asks for one book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookForm {
    pub book: String,
}

/// Opens a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    pub month: String,
    /// six digits; empty is every county below the own area
    pub area: String,
}

/// Cells of a book: of a page of it, or the few that were just typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CellsForm {
    pub book: String,
    /// by id of the project: texts by key of the column, and `version`
    pub projects: BTreeMap<String, BTreeMap<String, String>>,
    /// the same by id of the community
    pub sites: BTreeMap<String, BTreeMap<String, String>>,
}

/// Hands a book in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubmitForm {
    pub book: String,
    pub version: String,
    pub key: String,
}

/// Accepts a book or gives it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    pub book: String,
    pub version: String,
    pub key: String,
    /// `accept` or `return`
    pub verdict: String,
    pub reason: String,
}

/// Reminds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemindForm {
    pub month: String,
    /// six digits; empty is everybody who is missing
    pub area: String,
}

fn month(errors: &mut FieldErrors, text: &str) -> Option<Month> {
    let month = Month::parse(text).ok();
    if month.is_none() {
        errors.add("month", FieldFault::NotAChoice);
    }
    month
}

fn area(errors: &mut FieldErrors, text: &str) -> Option<AreaCode> {
    let area = AreaCode::new(text);
    if area.is_none() && !text.is_empty() {
        errors.add("area", FieldFault::NotAChoice);
    }
    area
}

/// A key of an act that is done once.
pub(super) fn key(errors: &mut FieldErrors, key: &str) {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
}

fn seen(errors: &mut FieldErrors, book: &str, version: &str) -> Option<(ReturnBookId, i64)> {
    let book = book.parse().ok();
    let version = version.parse().ok();
    if book.is_none() {
        errors.add("book", FieldFault::Wrong);
    }
    if version.is_none() {
        errors.add(VERSION, FieldFault::Wrong);
    }
    book.zip(version)
}

impl Form for MonthForm {
    type Command = MonthQuery;

    fn check(&self) -> Result<MonthQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let month = if self.month.is_empty() { None } else { month(&mut errors, &self.month) };
        errors.into_result()?;
        Ok(MonthQuery { month })
    }
}

impl Form for BookForm {
    type Command = BookQuery;

    /// Text that is no id is an id that nobody has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<BookQuery, FieldErrors> {
        Ok(BookQuery { book: self.book.parse().ok() })
    }
}

impl Form for OpenForm {
    type Command = OpenMonth;

    fn check(&self) -> Result<OpenMonth, FieldErrors> {
        let mut errors = FieldErrors::new();
        let month = month(&mut errors, &self.month);
        let area = area(&mut errors, &self.area);
        match (month, errors.is_empty()) {
            (Some(month), true) => Ok(OpenMonth { month, area }),
            (_, _) => Err(errors),
        }
    }
}

impl Form for RemindForm {
    type Command = Remind;

    fn check(&self) -> Result<Remind, FieldErrors> {
        let mut errors = FieldErrors::new();
        let month = month(&mut errors, &self.month);
        let area = area(&mut errors, &self.area);
        match (month, errors.is_empty()) {
            (Some(month), true) => Ok(Remind { month, area }),
            (_, _) => Err(errors),
        }
    }
}

impl Form for SubmitForm {
    type Command = Submit;

    fn check(&self) -> Result<Submit, FieldErrors> {
        let mut errors = FieldErrors::new();
        key(&mut errors, &self.key);
        let seen = seen(&mut errors, &self.book, &self.version);
        match (seen, errors.is_empty()) {
            (Some((book, version)), true) => Ok(Submit { book, version, key: self.key.clone() }),
            (_, _) => Err(errors),
        }
    }
}

impl Form for DecideForm {
    type Command = Decide;

    fn check(&self) -> Result<Decide, FieldErrors> {
        let mut errors = FieldErrors::new();
        key(&mut errors, &self.key);
        let seen = seen(&mut errors, &self.book, &self.version);
        let reason = clean(&self.reason).trim().to_owned();
        if reason.chars().count() > REASON_MOST as usize {
            errors.add("reason", FieldFault::TooLong { most: REASON_MOST });
        }
        let verdict = match self.verdict.as_str() {
            "accept" => Some(Verdict::Accept),
            "return" if reason.is_empty() => {
                errors.add("reason", FieldFault::Missing);
                None
            }
            "return" => Some(Verdict::GiveBack { reason }),
            _ => {
                errors.add("verdict", FieldFault::NotAChoice);
                None
            }
        };
        match (seen, verdict, errors.is_empty()) {
            (Some((book, version)), Some(verdict), true) => {
                Ok(Decide { book, version, key: self.key.clone(), verdict })
            }
            (_, _, _) => Err(errors),
        }
    }
}

impl Form for CellsForm {
    type Command = EditCells;

    /// A text that is no value does not refuse the form: what else was typed is not to be lost with it.
    fn check(&self) -> Result<EditCells, FieldErrors> {
        let mut errors = FieldErrors::new();
        let book = self.book.parse().ok();
        if book.is_none() {
            errors.add("book", FieldFault::Wrong);
        }
        let projects = rows(&mut errors, &self.projects, |key| {
            ProjectColumn::from_key(key).map(|column| (column, Column::Project(column)))
        });
        let sites = rows(&mut errors, &self.sites, |key| {
            SiteColumn::from_key(key).map(|column| (column, Column::Site(column)))
        });
        match (book, errors.is_empty()) {
            (Some(book), true) => Ok(EditCells { book, projects, sites }),
            (_, _) => Err(errors),
        }
    }
}

/// Before the id of a row in an input's name: what begins with a digit is read as a place in a row of values.
const ROW: char = 'r';

/// What a row is called in an input.
pub fn row_key(id: &str) -> String {
    format!("{ROW}{id}")
}

/// The id of the row that an input's name speaks of.
pub fn row_id(key: &str) -> &str {
    key.strip_prefix(ROW).unwrap_or(key)
}

fn rows<I: FromStr, C>(
    errors: &mut FieldErrors,
    rows: &BTreeMap<String, BTreeMap<String, String>>,
    column: impl Fn(&str) -> Option<(C, Column)>,
) -> Vec<RowEdit<I, C>> {
    let mut read = Vec::with_capacity(rows.len());
    for (id, texts) in rows {
        let version = texts.get(VERSION).and_then(|text| text.parse().ok());
        let id = row_id(id);
        let (Ok(row), Some(version)) = (id.parse(), version) else {
            errors.add(id, FieldFault::Wrong);
            continue;
        };
        let mut cells = Vec::new();
        for (key, text) in texts.iter().filter(|(key, _)| *key != VERSION) {
            match column(key) {
                Some((typed, column)) => cells.push((typed, value(column, text))),
                None => errors.add(format!("{id}.{key}"), FieldFault::Wrong),
            }
        }
        read.push(RowEdit { row, version, cells });
    }
    read
}

/// What a text in a cell means; the browser asks the same while it is typed.
pub fn value(column: Column, text: &str) -> Result<Option<String>, WrongText> {
    column.read(text, Unit::Wan).map_err(|error| WrongText { text: text.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f0000-0000-7000-8000-000000000001";

    #[test]
    fn a_wrong_cell_leaves_the_others_as_they_are_and_a_wrong_name_is_refused() {
        let texts = [("version", "3"), ("invested", "1.5"), ("jobs_present", "many")];
        let texts: BTreeMap<String, String> =
            texts.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
        let form =
            CellsForm { book: ID.into(), projects: [(ID.to_owned(), texts)].into(), ..CellsForm::default() };
        let edit = form.check().unwrap();
        assert_eq!(edit.projects[0].version, 3);
        assert_eq!(edit.projects[0].cells[0], (ProjectColumn::Invested, Ok(Some("1500000".into()))));
        assert!(edit.projects[0].cells[1].1.is_err());
        let mut wrong = form;
        wrong.projects.get_mut(ID).unwrap().insert("nothing".into(), "1".into());
        assert!(wrong.check().is_err());
    }

    #[test]
    fn giving_back_needs_a_reason() {
        let form = DecideForm {
            book: ID.into(),
            version: "2".into(),
            key: "key-12345678".into(),
            verdict: "return".into(),
            reason: " ".into(),
        };
        assert_eq!(form.check().unwrap_err().of("reason"), Some(&FieldFault::Missing));
        assert!(DecideForm { reason: "数字有误".into(), ..form.clone() }.check().is_ok());
        assert!(DecideForm { verdict: "accept".into(), ..form }.check().is_ok());
    }
}
