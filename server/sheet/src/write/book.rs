//! The official form as a workbook, written row by row: memory does not grow with the list. Knows no database.

use super::{ListHead, ListRow, ORDINAL, UNIT_LINE, fields};
use crate::cell::column_letters;
use crate::read::{ORIGIN_MARK, ORIGIN_SHEET};
use chrono::Datelike;
use domain::money::Money;
use domain::period::FiscalYear;
use domain::project::{Field, Kind, Value};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use std::io::{Seek, Write};

/// Rows of projects that one sheet can hold under its head.
pub const MOST_ROWS: u64 = 1_048_576 - FIRST_ROW as u64;

const AMOUNT_FORMAT: &str = "#,##0.00####";
/// Fen from which a double no longer holds every digit of an amount in 万元.
const EXACT_BELOW: i64 = 1_000_000_000_000_000;
/// Row (from 0) of the sums and of the first project.
const SUM_ROW: u32 = 4;
const FIRST_ROW: u32 = 5;

/// A workbook under construction.
pub struct BookWriter {
    out: Workbook,
    reporter: String,
    plan_year: Option<FiscalYear>,
    fields: Vec<Field>,
    formats: Formats,
    /// internal number, id and version of every row written so far
    origins: Vec<(String, String, i64)>,
    sheets: usize,
    /// projects on the sheet at hand
    placed: u32,
}

impl BookWriter {
    pub fn new(reporter: &str, plan_year: Option<FiscalYear>, columns: &[Field]) -> BookWriter {
        BookWriter {
            out: Workbook::new(),
            reporter: reporter.to_owned(),
            plan_year,
            fields: fields(columns),
            formats: Formats::new(),
            origins: Vec::new(),
            sheets: 0,
            placed: 0,
        }
    }

    /// Begins a sheet with title, headings and 合计; its rows follow.
    pub fn begin(&mut self, list: &ListHead) -> Result<(), XlsxError> {
        let sheet = self.out.add_worksheet_with_constant_memory()?;
        sheet.set_name(&list.name)?;
        page(sheet, &self.fields)?;
        head(sheet, list, &self.reporter, &self.fields, &self.formats)?;
        sums(sheet, list, &self.fields, &self.formats)?;
        self.sheets += 1;
        self.placed = 0;
        Ok(())
    }

    /// The next project of the sheet that was begun last.
    pub fn row(&mut self, row: &ListRow) -> Result<(), XlsxError> {
        let sheet = self.out.worksheet_from_index(self.sheets.saturating_sub(1))?;
        project(sheet, self.placed, row, &self.fields, &self.formats)?;
        self.placed += 1;
        self.origins.push((row.number.clone(), row.id.clone(), row.version));
        Ok(())
    }

    /// Adds the hidden sheet of ids and versions, and writes the file.
    pub fn finish(mut self, to: impl Write + Seek + Send) -> Result<(), XlsxError> {
        let sheet = self.out.add_worksheet_with_constant_memory()?;
        sheet.set_name(ORIGIN_SHEET)?;
        sheet.write_string(0, 0, ORIGIN_MARK)?;
        if let Some(year) = self.plan_year {
            sheet.write_string(0, 1, year.to_string())?;
        }
        for ((number, id, version), at) in self.origins.iter().zip(1..) {
            sheet.write_string(at, 0, number)?;
            sheet.write_string(at, 1, id)?;
            sheet.write_string(at, 2, version.to_string())?;
        }
        sheet.protect();
        sheet.set_very_hidden(true);
        self.out.save_to_writer(to)
    }
}

struct Formats {
    title: Format,
    head: Format,
    text: Format,
    amount: Format,
    count: Format,
    date: Format,
}

impl Formats {
    fn new() -> Formats {
        let boxed = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        Formats {
            title: Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center),
            head: boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            text: boxed().set_text_wrap(),
            amount: boxed().set_num_format(AMOUNT_FORMAT),
            count: boxed().set_num_format("#,##0"),
            date: boxed().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// Column of the sheet (from 0) of the field at `place`; 序号 stands before all.
fn column(place: usize) -> u16 {
    u16::try_from(place + 1).unwrap_or(u16::MAX)
}

fn head(
    sheet: &mut Worksheet,
    list: &ListHead,
    reporter: &str,
    fields: &[Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let last = column(fields.len() - 1);
    sheet.merge_range(0, 0, 0, last, &list.title, &formats.title)?;
    sheet.write_string(1, 0, format!("填报单位：{reporter}"))?;
    sheet.write_string(1, last.saturating_sub(1).max(1), UNIT_LINE)?;
    sheet.merge_range(2, 0, 3, 0, ORDINAL, &formats.head)?;
    let mut place = 0;
    while place < fields.len() {
        let field = fields[place];
        let (at, heading) = (column(place), field.heading());
        let Some(band) = field.band() else {
            sheet.merge_range(2, at, 3, at, &heading, &formats.head)?;
            place += 1;
            continue;
        };
        let width = fields[place..].iter().take_while(|next| next.band() == Some(band)).count();
        if width == 1 {
            sheet.write_string_with_format(2, at, band, &formats.head)?;
        } else {
            sheet.merge_range(2, at, 2, column(place + width - 1), band, &formats.head)?;
        }
        place += width;
    }
    // Rows pass once: the lower headings follow when the upper row is done.
    for (place, field) in fields.iter().enumerate().filter(|(_, field)| field.band().is_some()) {
        sheet.write_string_with_format(3, column(place), field.heading(), &formats.head)?;
    }
    Ok(())
}

/// 合计 on top: formulas with their results, so that a viewer without a calculator shows them too.
fn sums(
    sheet: &mut Worksheet,
    list: &ListHead,
    fields: &[Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let last = u64::from(FIRST_ROW) + list.rows;
    sheet.write_blank(SUM_ROW, 0, &formats.text)?;
    for (place, field) in fields.iter().enumerate() {
        let at = column(place);
        let letters = column_letters(at.into());
        let formula = |result: String| {
            Formula::new(format!("=SUM({letters}{}:{letters}{last})", FIRST_ROW + 1)).set_result(result)
        };
        match (field.kind(), list.rows == 0) {
            (Kind::Money, false) => {
                let sum = list.sums.amounts.get(field).copied().unwrap_or(Money::ZERO);
                sheet.write_formula_with_format(SUM_ROW, at, formula(sum.wan()), &formats.amount)?;
            }
            (Kind::Count, false) if *field != Field::TermYears => {
                let sum = list.sums.counts.get(field).copied().unwrap_or_default();
                sheet.write_formula_with_format(SUM_ROW, at, formula(sum.to_string()), &formats.count)?;
            }
            _ if *field == Field::Name => {
                let label = format!("合计（{}个）", list.rows);
                sheet.write_string_with_format(SUM_ROW, at, label, &formats.text)?;
            }
            _ => {
                sheet.write_blank(SUM_ROW, at, &formats.text)?;
            }
        }
    }
    Ok(())
}

fn project(
    sheet: &mut Worksheet,
    place: u32,
    row: &ListRow,
    fields: &[Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let at = FIRST_ROW + place;
    sheet.write_number_with_format(at, 0, place + 1, &formats.count)?;
    for (place, field) in fields.iter().enumerate() {
        let to = column(place);
        match row.facts.get(*field) {
            // Beyond 15 digits a double would lose a fen, so the amount goes out as text.
            Some(Value::Money(money)) if money.fen() < EXACT_BELOW => {
                sheet.write_number_with_format(at, to, money.fen() as f64 / 1e6, &formats.amount)?;
            }
            Some(Value::Count(count)) => {
                sheet.write_number_with_format(at, to, count, &formats.count)?;
            }
            Some(Value::Date(date)) => {
                let (year, month, day) = (date.year(), date.month() as u8, date.day() as u8);
                let cell = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), month, day)?;
                sheet.write_datetime_with_format(at, to, &cell, &formats.date)?;
            }
            _ => match row.text(*field) {
                Some(text) => {
                    sheet.write_string_with_format(at, to, text, &formats.text)?;
                }
                None => {
                    sheet.write_blank(at, to, &formats.text)?;
                }
            },
        }
    }
    Ok(())
}

fn page(sheet: &mut Worksheet, fields: &[Field]) -> Result<(), XlsxError> {
    let name = fields.iter().position(|field| *field == Field::Name).map_or(1, column);
    sheet.set_freeze_panes(FIRST_ROW, name + 1)?;
    sheet.set_repeat_rows(2, 3)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 6)?;
    for (place, field) in fields.iter().enumerate() {
        let wide = matches!(field, Field::Name | Field::Code | Field::Content | Field::Goal);
        let width = if wide { 30 } else { 12 };
        sheet.set_column_width(column(place), width)?;
    }
    Ok(())
}
