//! Lists written as the official form: title, unit line, two heading rows, 合计 on top. Knows no database.
//!
//! The form is an official one, so its words are Chinese in every language of the screens, and it reads back by them.

pub mod csv;
pub mod plain;
pub mod sites;

use crate::cell::column_letters;
use crate::read::{ORIGIN_MARK, ORIGIN_SHEET};
use chrono::Datelike;
use domain::money::Money;
use domain::period::Horizon;
use domain::project::{Field, Kind, ProjectFacts, Value};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

/// One or several lists in one file.
#[derive(Clone, Debug)]
pub struct ListBook {
    /// 填报单位
    pub reporter: String,
    /// Columns in the order of the file; 序号 and 内部编号 always come first, whether named here or not.
    pub columns: Vec<Field>,
    pub sheets: Vec<ListSheet>,
}

/// One list.
#[derive(Clone, Debug)]
pub struct ListSheet {
    /// Name of the sheet: the horizon's word when there is one.
    pub name: String,
    pub title: String,
    pub rows: Vec<ListRow>,
}

/// One project of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// 内部编号
    pub number: String,
    pub id: String,
    pub version: i64,
    /// Names of the area and of the sites, since the facts hold only codes and ids.
    pub area: String,
    pub sites: Vec<String>,
    pub facts: ProjectFacts,
}

pub(crate) const ORDINAL: &str = "序号";
pub(crate) const UNIT_LINE: &str = "单位：万元、户、人";
const AMOUNT_FORMAT: &str = "#,##0.00####";
/// Fen from which a double no longer holds every digit of an amount in 万元.
const EXACT_BELOW: i64 = 1_000_000_000_000_000;
/// Row (from 0) of the sums and of the first project.
const SUM_ROW: u32 = 4;
const FIRST_ROW: u32 = 5;

impl ListSheet {
    /// The usual sheet of a horizon.
    pub fn of(horizon: Horizon, rows: Vec<ListRow>) -> ListSheet {
        let name = horizon.sign().to_owned();
        ListSheet { title: format!("易地搬迁后续扶持项目储备清单（{name}）"), name, rows }
    }
}

impl ListBook {
    /// The columns behind 序号, 内部编号 first.
    pub(crate) fn fields(&self) -> Vec<Field> {
        let rest = self.columns.iter().copied().filter(|field| *field != Field::Number);
        std::iter::once(Field::Number).chain(rest).collect()
    }
}

impl ListRow {
    /// What stands in a column as text, `None` when it is empty. Amounts are exact 万元.
    pub(crate) fn text(&self, field: Field) -> Option<String> {
        if field == Field::Number {
            return Some(self.number.clone());
        }
        if field == Field::Maturity {
            return Some(format!("{:?}", self.facts.maturity()));
        }
        match field.kind() {
            Kind::Area => Some(self.area.clone()),
            Kind::Sites => (!self.sites.is_empty()).then(|| self.sites.join("、")),
            Kind::Text
            | Kind::Money
            | Kind::Month
            | Kind::Date
            | Kind::Count
            | Kind::Flag
            | Kind::Code
            | Kind::Category
            | Kind::Nature
            | Kind::Stage
            | Kind::Horizon
            | Kind::Derived => self.facts.get(field).map(|value| shown(&value)),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Money(money) => money.wan(),
        Value::Month(month) => month.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        Value::Code(code) => code.to_string(),
        Value::Category(item) => item.sign().to_owned(),
        Value::Nature(item) => item.sign().to_owned(),
        Value::Stage(item) => item.sign().to_owned(),
        Value::Horizon(item) => item.sign().to_owned(),
        Value::Area(_) | Value::Sites(_) => value.canonical(),
    }
}

/// The bytes of an .xlsx file.
pub fn workbook(book: &ListBook) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    let formats = Formats::new();
    let fields = book.fields();
    for list in &book.sheets {
        let sheet = out.add_worksheet();
        sheet.set_name(&list.name)?;
        head(sheet, list, book, &fields, &formats)?;
        sums(sheet, list, &fields, &formats)?;
        for (place, row) in list.rows.iter().enumerate() {
            let at = FIRST_ROW + u32::try_from(place).unwrap_or(u32::MAX);
            project(sheet, at, place, row, &fields, &formats)?;
        }
        page(sheet, &fields)?;
    }
    origins(out.add_worksheet(), book)?;
    out.save_to_buffer()
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
    list: &ListSheet,
    book: &ListBook,
    fields: &[Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let last = column(fields.len() - 1);
    sheet.merge_range(0, 0, 0, last, &list.title, &formats.title)?;
    sheet.write_string(1, 0, format!("填报单位：{}", book.reporter))?;
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
        for (offset, under) in fields[place..place + width].iter().enumerate() {
            sheet.write_string_with_format(3, column(place + offset), under.heading(), &formats.head)?;
        }
        place += width;
    }
    Ok(())
}

/// 合计 on top: formulas with their results, so that a viewer without a calculator shows them too.
fn sums(
    sheet: &mut Worksheet,
    list: &ListSheet,
    fields: &[Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let last = FIRST_ROW + u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
    sheet.write_blank(SUM_ROW, 0, &formats.text)?;
    for (place, field) in fields.iter().enumerate() {
        let at = column(place);
        let letters = column_letters(at.into());
        let formula = |result: String| {
            Formula::new(format!("=SUM({letters}{}:{letters}{last})", FIRST_ROW + 1)).set_result(result)
        };
        let values = list.rows.iter().filter_map(|row| row.facts.get(*field));
        match (field.kind(), list.rows.is_empty()) {
            (Kind::Money, false) => {
                let sum = Money::sum(values.filter_map(|value| value.money())).unwrap_or(Money::MAX);
                sheet.write_formula_with_format(SUM_ROW, at, formula(sum.wan()), &formats.amount)?;
            }
            (Kind::Count, false) if *field != Field::TermYears => {
                let sum: u64 =
                    values.map(|value| if let Value::Count(n) = value { u64::from(n) } else { 0 }).sum();
                sheet.write_formula_with_format(SUM_ROW, at, formula(sum.to_string()), &formats.count)?;
            }
            _ if *field == Field::Name => {
                let label = format!("合计（{}个）", list.rows.len());
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
    at: u32,
    place: usize,
    row: &ListRow,
    fields: &[Field],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_number_with_format(at, 0, (place + 1) as f64, &formats.count)?;
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

/// Which row of ours each number is: found again after sorting, filtering and inserting.
fn origins(sheet: &mut Worksheet, book: &ListBook) -> Result<(), XlsxError> {
    sheet.set_name(ORIGIN_SHEET)?;
    sheet.write_string(0, 0, ORIGIN_MARK)?;
    for (place, row) in book.sheets.iter().flat_map(|list| &list.rows).enumerate() {
        let at = u32::try_from(place + 1).unwrap_or(u32::MAX);
        sheet.write_string(at, 0, &row.number)?;
        sheet.write_string(at, 1, &row.id)?;
        sheet.write_string(at, 2, row.version.to_string())?;
    }
    sheet.protect();
    sheet.set_very_hidden(true);
    Ok(())
}
