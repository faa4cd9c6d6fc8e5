//! A table as a workbook: title, unit line, headings, 合计 on top as formulas with their results where anything is added up,
//! rows. The same input gives the same bytes. Knows no column.

use crate::cell::column_letters;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use domain::money::{Delta, Unit};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

/// A table with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// name of the sheet
    pub name: String,
    pub title: String,
    /// left of the unit
    pub about: String,
    /// `单位：万元`
    pub unit: String,
    /// word of the row of sums
    pub total: String,
    pub headings: Vec<Heading>,
    pub rows: Vec<Vec<FigureCell>>,
    /// lines under the table
    pub notes: Vec<String>,
    /// the moment that the file names as its making, UTC
    pub made: NaiveDateTime,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub word: String,
    /// its amounts are added up
    pub summed: bool,
    /// characters
    pub width: u16,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureCell {
    Text(String),
    /// goes out in 万元
    Amount(Delta),
    Count(i64),
    /// of a thousand; goes out as a percentage
    Share(i64),
    /// thousandths of a number of jobs; goes out as that number
    Thousandths(i64),
    Date(NaiveDate),
    Empty,
}

/// Fen from which a double no longer holds every digit of an amount in 万元.
const EXACT_BELOW: i64 = 1_000_000_000_000_000;
/// Rows (from 0) of the headings and of the sums.
const HEAD_ROW: u32 = 2;
const SUM_ROW: u32 = 3;
/// Characters that a cell of a workbook can hold.
const CELL_MOST: usize = 32_767;

struct Formats {
    head: Format,
    text: Format,
    amount: Format,
    count: Format,
    share: Format,
    thousandths: Format,
    date: Format,
}

impl Formats {
    fn new() -> Formats {
        let boxed = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        Formats {
            head: boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            text: boxed().set_text_wrap(),
            amount: boxed().set_num_format("#,##0.00####"),
            count: boxed().set_num_format("#,##0"),
            share: boxed().set_num_format("0.0%"),
            thousandths: boxed().set_num_format("#,##0.###"),
            date: boxed().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// The bytes of an .xlsx file.
pub fn workbook(figures: &Figures) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    let made = figures.made;
    let year = u16::try_from(made.year()).unwrap_or(1970);
    let (month, day) = (made.month() as u8, made.day() as u8);
    let (hour, minute, second) = (made.hour() as u16, made.minute() as u8, made.second());
    let made = ExcelDateTime::from_ymd(year, month, day)?.and_hms(hour, minute, second)?;
    // Without a moment of its own the file would name the one at which it happens to be written.
    out.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let formats = Formats::new();
    let sheet = out.add_worksheet();
    sheet.set_name(&figures.name)?;
    head(sheet, figures, &formats)?;
    sums(sheet, figures, &formats)?;
    for (row, cells) in (first_row(figures)..).zip(&figures.rows) {
        for (at, cell) in (0_u16..).zip(cells) {
            write(sheet, row, at, cell, &formats)?;
        }
    }
    let below = first_row(figures) + u32::try_from(figures.rows.len()).unwrap_or(u32::MAX) + 1;
    for (row, note) in (below..).zip(&figures.notes) {
        sheet.write_string(row, 0, note)?;
    }
    page(sheet, figures)?;
    out.save_to_buffer()
}

/// Row (from 0) of the first line: below the sums, where there are any.
fn first_row(figures: &Figures) -> u32 {
    let has_sums = figures.headings.iter().any(|heading| heading.summed);
    if has_sums { SUM_ROW + 1 } else { SUM_ROW }
}

fn last_column(figures: &Figures) -> u16 {
    u16::try_from(figures.headings.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn head(sheet: &mut Worksheet, figures: &Figures, formats: &Formats) -> Result<(), XlsxError> {
    let last = last_column(figures);
    let title = Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last.max(1), &figures.title, &title)?;
    sheet.write_string(1, 0, &figures.about)?;
    sheet.write_string(1, last, &figures.unit)?;
    for (at, heading) in (0_u16..).zip(&figures.headings) {
        sheet.write_string_with_format(HEAD_ROW, at, &heading.word, &formats.head)?;
        sheet.set_column_width(at, heading.width)?;
    }
    Ok(())
}

/// 合计 on top: formulas with their results, so that a viewer without a calculator shows them too.
fn sums(sheet: &mut Worksheet, figures: &Figures, formats: &Formats) -> Result<(), XlsxError> {
    let first = first_row(figures);
    if first == SUM_ROW {
        return Ok(());
    }
    let last = first + u32::try_from(figures.rows.len()).unwrap_or(u32::MAX);
    for (place, heading) in figures.headings.iter().enumerate() {
        let at = u16::try_from(place).unwrap_or(u16::MAX);
        if !heading.summed {
            let word = if place == 0 { figures.total.as_str() } else { "" };
            sheet.write_string_with_format(SUM_ROW, at, word, &formats.text)?;
            continue;
        }
        let amounts = figures.rows.iter().filter_map(|row| row.get(place)).map(|cell| match cell {
            FigureCell::Amount(amount) => i128::from(amount.fen()),
            FigureCell::Text(_)
            | FigureCell::Count(_)
            | FigureCell::Share(_)
            | FigureCell::Thousandths(_)
            | FigureCell::Date(_)
            | FigureCell::Empty => 0,
        });
        let sum = Delta::from_fen(i64::try_from(amounts.sum::<i128>()).unwrap_or(i64::MAX));
        if figures.rows.is_empty() || sum.fen().abs() >= EXACT_BELOW {
            write(sheet, SUM_ROW, at, &FigureCell::Amount(sum), formats)?;
            continue;
        }
        let letters = column_letters(at.into());
        let formula = Formula::new(format!("=SUM({letters}{}:{letters}{last})", first + 1));
        let formula = formula.set_result(sum.exact(Unit::Wan));
        sheet.write_formula_with_format(SUM_ROW, at, formula, &formats.amount)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    cell: &FigureCell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        FigureCell::Text(text) => {
            let text: String = text.chars().take(CELL_MOST).collect();
            sheet.write_string_with_format(row, at, text, &formats.text)?;
        }
        FigureCell::Amount(amount) if amount.fen().abs() < EXACT_BELOW => {
            sheet.write_number_with_format(row, at, amount.fen() as f64 / 1e6, &formats.amount)?;
        }
        // Beyond 15 digits a double would lose a fen, so the amount goes out as text.
        FigureCell::Amount(amount) => {
            sheet.write_string_with_format(row, at, amount.exact(Unit::Wan), &formats.text)?;
        }
        FigureCell::Count(count) => {
            sheet.write_number_with_format(row, at, *count as f64, &formats.count)?;
        }
        FigureCell::Share(per_mille) => {
            sheet.write_number_with_format(row, at, *per_mille as f64 / 1e3, &formats.share)?;
        }
        FigureCell::Thousandths(thousandths) => {
            sheet.write_number_with_format(row, at, *thousandths as f64 / 1e3, &formats.thousandths)?;
        }
        FigureCell::Date(date) => {
            let (year, month, day) = (date.year(), date.month() as u8, date.day() as u8);
            let day = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), month, day)?;
            sheet.write_datetime_with_format(row, at, &day, &formats.date)?;
        }
        FigureCell::Empty => {
            sheet.write_blank(row, at, &formats.text)?;
        }
    }
    Ok(())
}

fn page(sheet: &mut Worksheet, figures: &Figures) -> Result<(), XlsxError> {
    let texts = figures.headings.iter().take_while(|heading| !heading.summed).count().min(2);
    sheet.set_freeze_panes(first_row(figures), u16::try_from(texts).unwrap_or(1))?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader};

    fn figures(amounts: &[i64]) -> Figures {
        let heading = |word: &str, summed| Heading { word: word.into(), summed, width: 12 };
        let row = |fen: &i64| vec![FigureCell::Text("=1".into()), FigureCell::Amount(Delta::from_fen(*fen))];
        Figures {
            name: "t".into(),
            title: "t".into(),
            about: "a".into(),
            unit: "u".into(),
            total: "合计".into(),
            headings: vec![heading("x", false), heading("y", true)],
            rows: amounts.iter().map(row).collect(),
            notes: vec!["n".into()],
            made: NaiveDate::from_ymd_opt(2026, 1, 2).unwrap().and_hms_opt(3, 4, 5).unwrap(),
        }
    }

    #[test]
    fn numbers_are_numbers_the_sum_is_exact_and_the_bytes_are_the_same() {
        let table = figures(&[1, -2_500_000, 9_000_000_000_000_000]);
        let bytes = workbook(&table).unwrap();
        assert_eq!(bytes, workbook(&table).unwrap());
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("t").unwrap();
        assert_eq!(range.get_value((4, 0)), Some(&Data::String("=1".into())));
        assert_eq!(range.get_value((4, 1)), Some(&Data::Float(0.000_001)));
        assert_eq!(range.get_value((5, 1)), Some(&Data::Float(-2.5)));
        assert_eq!(range.get_value((6, 1)), Some(&Data::String("9000000000.00".into())));
        assert_eq!(range.get_value((3, 1)), Some(&Data::String("8999999997.500001".into())));
    }

    #[test]
    fn a_table_that_adds_nothing_up_has_no_row_of_sums() {
        let mut table = figures(&[]);
        table.headings.iter_mut().for_each(|heading| heading.summed = false);
        table.rows = vec![vec![FigureCell::Text("x".into()), FigureCell::Share(905)]];
        let bytes = workbook(&table).unwrap();
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("t").unwrap();
        assert_eq!(range.get_value((3, 0)), Some(&Data::String("x".into())));
        assert_eq!(range.get_value((3, 1)), Some(&Data::Float(0.905)));
    }
}
