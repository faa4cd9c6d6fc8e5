//! A small table as texts, whatever it is about: CSV or the first sheet of a workbook. Knows no column.

use crate::archive::Region;
use crate::book::Book;
use crate::cell::Cell;
use crate::limits::Limits;
use contract::workbook::ReadRefusal;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::path::Path;

/// One row: its number from 1 and its cells from the left, blank ones as empty texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainRow {
    pub row: u32,
    pub cells: Vec<String>,
}

/// A sheet by name with every row that has a filled cell; of a hidden one the name alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainSheet {
    pub sheet: String,
    pub hidden: bool,
    pub rows: Vec<PlainRow>,
    pub merges: Vec<Region>,
}

/// Bounds of a small table, well below those of a list.
pub fn limits() -> Limits {
    Limits {
        file_bytes: 4 << 20,
        entry_bytes: 32 << 20,
        total_bytes: 64 << 20,
        cells: 200_000,
        rows: 20_000,
        columns: 30,
        cell_chars: 500,
        seconds: 20,
        ..Limits::default()
    }
}

/// Every row that has a filled cell.
pub fn read(path: &Path, name: &str, limits: &Limits) -> Result<Vec<PlainRow>, ReadRefusal> {
    let mut book = Book::open(path, name, limits)?;
    let Some(sheet) = book.sheets().into_iter().find(|sheet| !book.is_hidden(sheet)) else {
        return Err(ReadRefusal::Empty);
    };
    rows_of(&mut book, &sheet)
}

/// Every sheet; hidden ones are named, not read.
pub fn read_sheets(path: &Path, name: &str, limits: &Limits) -> Result<Vec<PlainSheet>, ReadRefusal> {
    let mut book = Book::open(path, name, limits)?;
    let mut sheets = Vec::new();
    for sheet in book.sheets() {
        let hidden = book.is_hidden(&sheet);
        let (rows, merges) = if hidden {
            (Vec::new(), Vec::new())
        } else {
            (rows_of(&mut book, &sheet)?, book.merges(&sheet))
        };
        sheets.push(PlainSheet { sheet, hidden, rows, merges });
    }
    Ok(sheets)
}

fn rows_of(book: &mut Book, sheet: &str) -> Result<Vec<PlainRow>, ReadRefusal> {
    let mut rows = Vec::new();
    book.rows(sheet, &mut |row, cells| {
        let mut texts: Vec<String> = Vec::new();
        for (at, cell) in cells {
            texts.resize(usize::from(*at).max(texts.len()), String::new());
            texts.push(text(cell));
        }
        rows.push(PlainRow { row, cells: texts });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// A formula without a result says nothing that could be kept.
fn text(cell: &Cell<'_>) -> String {
    if matches!(cell, Cell::Formula(_)) { String::new() } else { cell.shown().trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_text_table_keeps_its_gaps_and_its_row_numbers() {
        let mut file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
        file.write_all("code,name,level\n520526, 威宁县 ,county\n\n520527,,county\n".as_bytes()).unwrap();
        let rows = read(file.path(), "areas.csv", &limits()).unwrap();
        let row = |row, cells: [&str; 3]| PlainRow { row, cells: cells.map(str::to_owned).to_vec() };
        assert_eq!(
            rows,
            [
                row(1, ["code", "name", "level"]),
                row(2, ["520526", "威宁县", "county"]),
                row(4, ["520527", "", "county"])
            ]
        );
    }
}
