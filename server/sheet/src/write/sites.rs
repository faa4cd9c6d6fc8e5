//! The ledger of communities (安置点台账) as the official form: title, headings, 合计, rows. It reads back by its words.

use crate::cell::column_letters;
use crate::column::SiteColumn;
use domain::site::{SiteFacts, SiteField};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

/// All rows of one file.
#[derive(Clone, Debug)]
pub struct SiteBook {
    pub rows: Vec<SiteLine>,
}

/// One community with the name of its area, since the facts hold only the code.
#[derive(Clone, Debug)]
pub struct SiteLine {
    pub area: String,
    pub facts: SiteFacts,
}

const TITLE: &str = "易地扶贫搬迁集中安置点台账";
const SHEET: &str = "安置点台账";
/// Rows (from 0) of the headings, of the sums and of the first community.
const HEAD_ROW: u32 = 1;
const SUM_ROW: u32 = 2;
const FIRST_ROW: u32 = 3;

/// The bytes of an .xlsx file.
pub fn workbook(book: &SiteBook) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    let sheet = out.add_worksheet();
    sheet.set_name(SHEET)?;
    let boxed = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let (text, count) = (boxed().set_text_wrap(), boxed().set_num_format("#,##0"));
    head(sheet, &boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center))?;
    sums(sheet, book, &text, &count)?;
    for (place, line) in book.rows.iter().enumerate() {
        let at = FIRST_ROW + u32::try_from(place).unwrap_or(u32::MAX);
        sheet.write_number_with_format(at, 0, (place + 1) as f64, &count)?;
        for (to, column) in (1_u16..).zip(SiteColumn::ALL) {
            match (figure(column), value(line, column)) {
                (Some(_), Some(number)) => {
                    let number: u32 = number.parse().unwrap_or_default();
                    sheet.write_number_with_format(at, to, number, &count)?;
                }
                (None, Some(words)) => {
                    sheet.write_string_with_format(at, to, words, &text)?;
                }
                (_, None) => {
                    sheet.write_blank(at, to, &text)?;
                }
            }
        }
    }
    page(sheet)?;
    out.save_to_buffer()
}

/// The figure that a column holds; names and codes are none.
const fn figure(column: SiteColumn) -> Option<SiteField> {
    match column {
        SiteColumn::Code | SiteColumn::Name | SiteColumn::Area | SiteColumn::AreaCode => None,
        SiteColumn::Households => Some(SiteField::Households),
        SiteColumn::People => Some(SiteField::People),
        SiteColumn::Labour => Some(SiteField::Labour),
        SiteColumn::Employed => Some(SiteField::Employed),
        SiteColumn::OutOfProvince => Some(SiteField::EmployedOutOfProvince),
        SiteColumn::InProvince => Some(SiteField::EmployedInProvince),
        SiteColumn::InCounty => Some(SiteField::EmployedInCounty),
        SiteColumn::ZeroEmployment => Some(SiteField::ZeroEmploymentHouseholds),
    }
}

fn value(line: &SiteLine, column: SiteColumn) -> Option<String> {
    match (figure(column), column) {
        (Some(field), _) => line.facts.text(field),
        (None, SiteColumn::Code) => line.facts.code.clone(),
        (None, SiteColumn::Name) => Some(line.facts.name.clone()),
        (None, SiteColumn::Area) => Some(line.area.clone()),
        (None, _) => Some(line.facts.area.to_string()),
    }
}

fn head(sheet: &mut Worksheet, format: &Format) -> Result<(), XlsxError> {
    let last = u16::try_from(SiteColumn::ALL.len()).unwrap_or(u16::MAX);
    let title = Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last, TITLE, &title)?;
    sheet.write_string_with_format(HEAD_ROW, 0, super::ORDINAL, format)?;
    for (to, column) in (1_u16..).zip(SiteColumn::ALL) {
        sheet.write_string_with_format(HEAD_ROW, to, column.headings()[0], format)?;
    }
    Ok(())
}

/// 合计 on top: formulas with their results, so that a viewer without a calculator shows them too.
fn sums(sheet: &mut Worksheet, book: &SiteBook, text: &Format, count: &Format) -> Result<(), XlsxError> {
    let last = FIRST_ROW + u32::try_from(book.rows.len()).unwrap_or(u32::MAX);
    sheet.write_blank(SUM_ROW, 0, text)?;
    for (to, column) in (1_u16..).zip(SiteColumn::ALL) {
        let Some(field) = figure(column).filter(|_| !book.rows.is_empty()) else {
            let label = (column == SiteColumn::Name).then(|| format!("合计（{}个）", book.rows.len()));
            sheet.write_string_with_format(SUM_ROW, to, label.unwrap_or_default(), text)?;
            continue;
        };
        let values = book.rows.iter().filter_map(|line| line.facts.text(field)?.parse::<u64>().ok());
        let letters = column_letters(to.into());
        let formula = Formula::new(format!("=SUM({letters}{}:{letters}{last})", FIRST_ROW + 1));
        let formula = formula.set_result(values.sum::<u64>().to_string());
        sheet.write_formula_with_format(SUM_ROW, to, formula, count)?;
    }
    Ok(())
}

fn page(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(FIRST_ROW, 3)?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 6)?;
    for (to, column) in (1_u16..).zip(SiteColumn::ALL) {
        let width = if column == SiteColumn::Name { 24 } else { 12 };
        sheet.set_column_width(to, width)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::read::read_all;
    use domain::area::AreaCode;
    use domain::project::Value;
    use std::io::Write;

    fn line(number: u32, people: Option<u32>) -> SiteLine {
        let facts = SiteFacts {
            code: Some(format!("520526-{number:02}")),
            name: format!("=社区{number}"),
            area: AreaCode::new("520526").unwrap(),
            households: Some(number),
            people,
            labour: Some(0),
            employed: None,
            employed_out_of_province: Some(1),
            employed_in_province: Some(2),
            employed_in_county: Some(3),
            zero_employment_households: Some(4),
        };
        SiteLine { area: "威宁彝族回族苗族自治县".into(), facts }
    }

    #[test]
    fn what_is_written_reads_back_and_the_sum_is_no_community() {
        let rows = vec![line(1, Some(100)), line(2, None), line(3, Some(7))];
        let bytes = workbook(&SiteBook { rows: rows.clone() }).unwrap();
        let mut file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
        file.write_all(&bytes).unwrap();
        let parsed = read_all(file.path(), "sites.xlsx", &[], &Limits::default()).unwrap();
        assert_eq!(parsed.rows.len(), 3);
        for (row, line) in parsed.rows.iter().zip(&rows) {
            for column in SiteColumn::ALL {
                let cell = row.cells.get(column.key());
                let read = cell.map(|cell| match &cell.value {
                    Some(value @ Value::Count(_)) => value.canonical(),
                    Some(_) | None => cell.raw.clone(),
                });
                assert_eq!(read, value(line, column), "{}", column.key());
            }
        }
        assert_eq!(parsed.sheets[0].counts.get("site.people"), Some(&107));
    }

    #[test]
    fn an_empty_ledger_is_a_form_to_fill_in() {
        assert!(!workbook(&SiteBook { rows: Vec::new() }).unwrap().is_empty());
    }
}
