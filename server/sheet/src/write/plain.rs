//! A plain table as CSV or as a workbook: one row of headings, then the rows. Knows no column.

use crate::csv_text::guard;
use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

/// A table with its words.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// name of the sheet
    pub name: String,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell that is a number in a workbook too, or a text that is never taken for a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableCell {
    Number(i64),
    Text(String),
}

/// Characters that a cell of a workbook can hold.
const CELL_MOST: usize = 32_767;

/// UTF-8 with a byte order mark, formulas disarmed.
pub fn csv(table: &Table) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = ::csv::WriterBuilder::new().from_writer(vec![0xEF, 0xBB, 0xBF]);
    out.write_record(&table.headings)?;
    for row in &table.rows {
        out.write_record(row.iter().map(|cell| match cell {
            TableCell::Number(number) => number.to_string(),
            TableCell::Text(text) => guard(text).into_owned(),
        }))?;
    }
    out.into_inner().map_err(|fault| ::csv::Error::from(fault.into_error()))
}

/// The bytes of an .xlsx file: frozen headings, an autofilter, headings repeated on paper.
pub fn workbook(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    let sheet = out.add_worksheet();
    sheet.set_name(&table.name)?;
    let head = Format::new().set_bold().set_border(FormatBorder::Thin);
    for (at, heading) in (0_u16..).zip(&table.headings) {
        sheet.write_string_with_format(0, at, heading, &head)?;
        sheet.set_column_width(at, 18)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (at, cell) in (0_u16..).zip(cells) {
            match cell {
                TableCell::Number(number) => sheet.write_number(row, at, *number as f64)?,
                TableCell::Text(text) => {
                    sheet.write_string(row, at, text.chars().take(CELL_MOST).collect::<String>())?
                }
            };
        }
    }
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    if let Some(width) = table.headings.len().checked_sub(1) {
        sheet.autofilter(0, 0, last, u16::try_from(width).unwrap_or(u16::MAX))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    out.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_formula_and_a_number_is_one() {
        let cells =
            vec![TableCell::Number(-7), TableCell::Text("=1+1".into()), TableCell::Text("a,\"b".into())];
        let headings = ["n", "t", "q"].map(str::to_owned).to_vec();
        let table = Table { name: "t".into(), headings, rows: vec![cells] };
        let text = String::from_utf8(csv(&table).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}n,t,q\n-7,'=1+1,\"a,\"\"b\"\n");
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(workbook(&table).unwrap())).unwrap();
        let range = calamine::Reader::worksheet_range(&mut book, "t").unwrap();
        assert_eq!(range.get_value((1, 0)), Some(&calamine::Data::Float(-7.0)));
        assert_eq!(range.get_value((1, 1)), Some(&calamine::Data::String("=1+1".into())));
    }
}
