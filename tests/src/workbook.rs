//! Workbooks that the product hands out, read back as another program would open them.

use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

/// Cells of the first sheet, row by row.
pub fn rows(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let (_, range) = book.worksheets().into_iter().next().expect("a sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Whether any cell says this.
pub fn says(rows: &[Vec<Data>], text: &str) -> bool {
    rows.iter().flatten().any(|cell| cell.to_string().contains(text))
}

/// Fen (分) of an amount in 万元.
pub fn fen(cell: &Data) -> i64 {
    let wan: f64 = cell.to_string().parse().unwrap_or_else(|_| panic!("{cell:?} is no amount"));
    (wan * 1e6).round() as i64
}
