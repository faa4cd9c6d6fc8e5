//! A sheet with bands over its headings: title, unit line, two heading rows, 合计, rows, notes. Knows no column.

use crate::cell::column_letters;
use domain::bulletin::rate::Rate;
use domain::money::{Delta, Unit};
use domain::statement::fraction::Fraction;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

/// A sheet with its words.
pub struct Sheet {
    pub name: &'static str,
    pub title: String,
    pub about: String,
    pub unit: &'static str,
    pub columns: Vec<Column>,
    pub total: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    pub notes: Vec<String>,
    /// columns that stay while one looks to the right
    pub frozen: u16,
}

/// A column; neighbours of one band share its heading.
pub struct Column {
    pub band: &'static str,
    pub word: &'static str,
    /// added up by a formula where every row is a number
    pub summed: bool,
    /// characters
    pub width: u16,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Count(i64),
    /// thousandths
    Milli(i64),
    /// goes out in 万元
    Amount(Delta),
    /// one column of the row ÷ another
    Share {
        part: u16,
        whole: u16,
        rate: Rate,
    },
    /// percentage points of a share in the row over 时间进度
    Lead {
        of: u16,
        by: Option<Fraction>,
    },
    Empty,
}

/// Rows (from 0).
const BAND_ROW: u32 = 2;
const HEAD_ROW: u32 = 3;
const SUM_ROW: u32 = 4;
const FIRST_ROW: u32 = 5;
/// Fen from which a double no longer holds every digit of an amount in 万元.
const EXACT_BELOW: i64 = 1_000_000_000_000_000;
/// Decimals with which a share goes out as the result of its formula.
const SHARE_DECIMALS: u32 = 12;

struct Formats {
    head: Format,
    text: Format,
    amount: Format,
    count: Format,
    share: Format,
    points: Format,
}

impl Formats {
    fn new() -> Formats {
        let boxed = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        Formats {
            head: boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            text: boxed().set_text_wrap(),
            amount: boxed().set_num_format("#,##0.00"),
            count: boxed().set_num_format("#,##0.###"),
            share: boxed().set_num_format("0.0%"),
            points: boxed().set_num_format("0.0"),
        }
    }
}

impl Cell {
    pub fn count(count: u64) -> Cell {
        Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A figure that nobody gave.
    pub fn unreported() -> Cell {
        Cell::Text("未报".to_owned())
    }

    /// Adds up as a number.
    const fn is_number(&self) -> bool {
        match self {
            Cell::Count(_) | Cell::Milli(_) | Cell::Amount(_) | Cell::Empty => true,
            Cell::Text(_) | Cell::Share { .. } | Cell::Lead { .. } => false,
        }
    }

    /// As a number of the sheet, where a double holds it.
    fn number(&self) -> Option<f64> {
        match self {
            Cell::Count(count) => Some(*count as f64),
            Cell::Milli(milli) => Some(*milli as f64 / 1e3),
            Cell::Amount(amount) => (amount.fen().abs() < EXACT_BELOW).then(|| amount.fen() as f64 / 1e6),
            Cell::Text(_) | Cell::Share { .. } | Cell::Lead { .. } | Cell::Empty => None,
        }
    }
}

/// Writes the sheet; `month` is the number of months that went by.
pub fn write(out: &mut Worksheet, sheet: &Sheet, month: u32) -> Result<(), XlsxError> {
    let formats = Formats::new();
    out.set_name(sheet.name)?;
    head(out, sheet, &formats)?;
    total(out, sheet, month, &formats)?;
    for (row, cells) in (FIRST_ROW..).zip(&sheet.rows) {
        for (at, cell) in (0_u16..).zip(cells) {
            put(out, (row, at), cell, month, &formats)?;
        }
    }
    let below = FIRST_ROW + u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX) + 1;
    for (row, note) in (below..).zip(&sheet.notes) {
        out.write_string(row, 0, note)?;
    }
    out.set_freeze_panes(FIRST_ROW, sheet.frozen)?;
    out.set_repeat_rows(BAND_ROW, HEAD_ROW)?;
    out.set_landscape();
    out.set_paper_size(8);
    out.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn head(out: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX).max(1);
    let title = Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    out.merge_range(0, 0, 0, last, &sheet.title, &title)?;
    out.write_string(1, 0, &sheet.about)?;
    out.write_string_with_format(1, last, sheet.unit, &Format::new().set_align(FormatAlign::Right))?;
    let mut from = 0_usize;
    while let Some(column) = sheet.columns.get(from) {
        let same = sheet.columns[from..].iter().take_while(|one| one.band == column.band).count();
        let (first, end) = (at(from), at(from + same - 1));
        if column.band.is_empty() {
            for (place, own) in sheet.columns.iter().enumerate().skip(from).take(same) {
                out.merge_range(BAND_ROW, at(place), HEAD_ROW, at(place), own.word, &formats.head)?;
            }
        } else if same == 1 {
            out.write_string_with_format(BAND_ROW, first, column.band, &formats.head)?;
        } else {
            out.merge_range(BAND_ROW, first, BAND_ROW, end, column.band, &formats.head)?;
        }
        from += same;
    }
    for (place, column) in sheet.columns.iter().enumerate() {
        if !column.band.is_empty() {
            out.write_string_with_format(HEAD_ROW, at(place), column.word, &formats.head)?;
        }
        out.set_column_width(at(place), column.width)?;
    }
    Ok(())
}

fn at(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// 合计 on top: formulas with their results where every row is a number, otherwise the figure itself.
fn total(out: &mut Worksheet, sheet: &Sheet, month: u32, formats: &Formats) -> Result<(), XlsxError> {
    let last = FIRST_ROW + u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    for (place, cell) in sheet.total.iter().enumerate() {
        let summed = sheet.columns.get(place).is_some_and(|column| column.summed);
        let numbers = || sheet.rows.iter().filter_map(|row| row.get(place)).all(Cell::is_number);
        let result = if summed && !sheet.rows.is_empty() && numbers() { cell.number() } else { None };
        let Some(result) = result else {
            put(out, (SUM_ROW, at(place)), cell, month, formats)?;
            continue;
        };
        let letters = column_letters(at(place).into());
        let formula = Formula::new(format!("=SUM({letters}{}:{letters}{last})", FIRST_ROW + 1));
        let format = if matches!(cell, Cell::Amount(_)) { &formats.amount } else { &formats.count };
        out.write_formula_with_format(SUM_ROW, at(place), formula.set_result(result.to_string()), format)?;
    }
    Ok(())
}

fn put(
    out: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    month: u32,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let name = |column: u16| format!("{}{}", column_letters(column.into()), row + 1);
    match cell {
        Cell::Text(text) => {
            out.write_string_with_format(row, at, text, &formats.text)?;
        }
        Cell::Count(_) | Cell::Milli(_) | Cell::Amount(_) => match (cell.number(), cell) {
            (Some(number), Cell::Amount(_)) => {
                out.write_number_with_format(row, at, number, &formats.amount)?;
            }
            (Some(number), _) => {
                out.write_number_with_format(row, at, number, &formats.count)?;
            }
            // Beyond 15 digits a double would lose a fen, so the amount goes out as text.
            (None, Cell::Amount(amount)) => {
                out.write_string_with_format(row, at, amount.exact(Unit::Wan), &formats.text)?;
            }
            (None, _) => {}
        },
        Cell::Share { part, whole, rate } => {
            match rate.known().and_then(|share| share.rounded(SHARE_DECIMALS)) {
                Some(result) => {
                    let (part, whole) = (name(*part), name(*whole));
                    let formula = Formula::new(format!("=IF({whole}=0,\"\",{part}/{whole})"));
                    out.write_formula_with_format(row, at, formula.set_result(result), &formats.share)?;
                }
                None => {
                    out.write_string_with_format(row, at, super::super::rate(*rate), &formats.text)?;
                }
            }
        }
        Cell::Lead { of, by } => {
            let points = by.and_then(|by| by.checked_mul(Fraction::whole(100))?.rounded(SHARE_DECIMALS));
            match points {
                Some(result) => {
                    let share = name(*of);
                    let formula = Formula::new(format!("=IF({share}=\"\",\"\",({share}-{month}/12)*100)"));
                    out.write_formula_with_format(row, at, formula.set_result(result), &formats.points)?;
                }
                None => {
                    out.write_string_with_format(row, at, super::super::NOTHING, &formats.text)?;
                }
            }
        }
        Cell::Empty => {
            out.write_blank(row, at, &formats.text)?;
        }
    }
    Ok(())
}
