//! Taking lists out as files: which rows, in which format. Knows no file.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::list::{GridColumn, ListForm, ListKind, ListQuery, ProjectRow, Totals};
use chrono::NaiveDate;
use domain::id::ProjectId;
use domain::period::FiscalYear;
use serde::{Deserialize, Serialize};

/// What stands for all three lists in an address.
pub const EVERY_LIST: &str = "all";
/// Most rows that are named one by one.
pub const PICKED_MOST: usize = 500;

/// Most rows on one page for paper: some 150 sheets.
pub const PRINTED_MOST: u64 = 5_000;

/// A list for paper: every row of the filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintView {
    pub plan_year: FiscalYear,
    pub list: ListKind,
    /// 填报单位
    pub area_name: String,
    pub columns: Vec<GridColumn>,
    pub totals: Totals,
    pub rows: Vec<ProjectRow>,
    pub today: NaiveDate,
}

/// Kinds of files that lists go out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    Xlsx,
    Csv,
}

/// The query of an export, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportForm {
    /// the filter; its list may be [`EVERY_LIST`]
    pub list: ListForm,
    /// `xlsx` when empty, or `csv`
    pub format: String,
    /// ids of projects, comma between; empty: everything in the filter
    pub rows: String,
}

/// The query, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportLists {
    pub query: ListQuery,
    /// One sheet a list instead of the one that the query names.
    pub every_list: bool,
    pub format: FileFormat,
    /// empty: all
    pub rows: Vec<ProjectId>,
    /// The filter as it was asked, for the trail: `list=1y area=520526`.
    pub asked: String,
}

impl FileFormat {
    pub const ALL: [FileFormat; 2] = [FileFormat::Xlsx, FileFormat::Csv];

    /// Also the extension of the file.
    pub const fn code(self) -> &'static str {
        match self {
            FileFormat::Xlsx => "xlsx",
            FileFormat::Csv => "csv",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileFormat::Csv => "text/csv; charset=utf-8",
        }
    }

    pub fn from_code(code: &str) -> Option<FileFormat> {
        FileFormat::ALL.into_iter().find(|format| format.code() == code)
    }
}

impl Form for ExportForm {
    type Command = ExportLists;

    fn check(&self) -> Result<ExportLists, FieldErrors> {
        let mut errors = FieldErrors::new();
        let every_list = self.list.list == EVERY_LIST;
        let mut list = self.list.clone();
        if every_list {
            list.list.clear();
        }
        let format =
            if self.format.is_empty() { Some(FileFormat::Xlsx) } else { FileFormat::from_code(&self.format) };
        if format.is_none() {
            errors.add("format", FieldFault::NotAChoice);
        }
        let named: Vec<&str> = self.rows.split(',').filter(|id| !id.is_empty()).collect();
        let rows: Vec<ProjectId> = named.iter().filter_map(|id| id.parse().ok()).collect();
        if rows.len() != named.len() || rows.len() > PICKED_MOST {
            errors.add("rows", FieldFault::Wrong);
        }
        let query = list.check();
        if let Err(faults) = &query {
            faults.iter().for_each(|fault| errors.add(fault.name.clone(), fault.fault.clone()));
        }
        match (query, format) {
            (Ok(query), Some(format)) if errors.is_empty() => {
                Ok(ExportLists { query, every_list, format, rows, asked: asked(&self.list) })
            }
            (_, _) => Err(errors),
        }
    }
}

/// The filled-in parts of a filter; where the page stood is none of the export's.
fn asked(form: &ListForm) -> String {
    let filter = ListForm { page: String::new(), group: String::new(), ..form.clone() };
    let Ok(serde_json::Value::Object(parts)) = serde_json::to_value(filter) else { return String::new() };
    let filled = parts.iter().filter_map(|(name, value)| {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        Some(format!("{name}={text}"))
    });
    filled.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trail_names_the_filter_and_nothing_else() {
        let list =
            ListForm { list: "all".into(), q: "冷链".into(), page: "3.ff".into(), ..ListForm::default() };
        let export = ExportForm { list, ..ExportForm::default() }.check().unwrap();
        assert!(export.every_list);
        assert_eq!(export.asked, "list=all q=冷链");
    }

    #[test]
    fn what_is_no_choice_is_named() {
        let list = ListForm { list: "9y".into(), ..ListForm::default() };
        let form = ExportForm { list, format: "pdf".into(), rows: "x".into() };
        let errors = form.check().unwrap_err();
        assert!(["list", "format", "rows"].iter().all(|name| errors.of(name).is_some()));
    }
}
