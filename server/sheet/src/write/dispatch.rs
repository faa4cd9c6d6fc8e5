//! A book of monthly returns as a workbook: a sheet of projects and one of communities, with the headings that the reader of
//! such files knows, so that what goes out comes back unchanged. Amounts are in 万元.

use domain::dispatch::column::{Column, Kind, ProjectColumn, SiteColumn};
use domain::dispatch::heading::Heading;
use domain::dispatch::row::{ProjectRow, SiteRow};
use domain::money::{Delta, Money, Unit};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// A book with its names.
#[derive(Clone, Debug, Default)]
pub struct ReturnBook {
    /// `威宁县 2026-10`
    pub about: String,
    pub projects: Vec<ProjectLine>,
    pub sites: Vec<SiteLine>,
}

/// A project's line.
#[derive(Clone, Debug)]
pub struct ProjectLine {
    pub number: u64,
    pub code: Option<String>,
    pub name: String,
    pub planned: Option<Money>,
    pub row: ProjectRow,
}

/// A community's line.
#[derive(Clone, Debug)]
pub struct SiteLine {
    pub code: Option<String>,
    pub name: String,
    pub row: SiteRow,
}

const PROJECTS: &str = "项目月调度";
const SITES: &str = "安置社区月调度";
const HEAD_ROW: u32 = 1;
/// Fen from which a double no longer holds every digit of an amount in 万元.
const EXACT_BELOW: i64 = 1_000_000_000_000_000;

struct Formats {
    head: Format,
    text: Format,
    amount: Format,
    count: Format,
}

/// The bytes of an .xlsx file.
pub fn workbook(book: &ReturnBook) -> Result<Vec<u8>, XlsxError> {
    let boxed = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let formats = Formats {
        head: boxed().set_bold().set_text_wrap().set_align(FormatAlign::Center),
        text: boxed().set_text_wrap(),
        amount: boxed().set_num_format("#,##0.00####"),
        count: boxed().set_num_format("#,##0"),
    };
    let mut out = Workbook::new();
    projects(out.add_worksheet(), book, &formats)?;
    sites(out.add_worksheet(), book, &formats)?;
    out.save_to_buffer()
}

fn projects(sheet: &mut Worksheet, book: &ReturnBook, formats: &Formats) -> Result<(), XlsxError> {
    let named = [Heading::Serial, Heading::Number, Heading::Code, Heading::Name, Heading::Planned];
    let figures = ProjectColumn::ALL.map(Column::Project);
    head(sheet, PROJECTS, book, (&named, &figures), formats)?;
    for (at, (serial, line)) in (HEAD_ROW + 1..).zip((1_u32..).zip(&book.projects)) {
        sheet.write_number_with_format(at, 0, serial, &formats.count)?;
        // A number of people and places, not to be added up: it goes out as a text.
        sheet.write_string_with_format(at, 1, line.number.to_string(), &formats.text)?;
        words(sheet, (at, 2), line.code.as_deref(), formats)?;
        words(sheet, (at, 3), Some(&line.name), formats)?;
        amount(sheet, (at, 4), line.planned.map(Money::fen), formats)?;
        for (to, column) in (5_u16..).zip(ProjectColumn::ALL) {
            match column.kind() {
                Kind::Money => amount(sheet, (at, to), line.row.figure(column), formats)?,
                Kind::Count => count(sheet, (at, to), line.row.figure(column), formats)?,
                Kind::Text => words(sheet, (at, to), line.row.text(column).as_deref(), formats)?,
                Kind::Flag => {
                    let said = line.row.is_started.map(|is| if is { "是" } else { "否" });
                    words(sheet, (at, to), said, formats)?;
                }
            }
        }
    }
    Ok(())
}

fn sites(sheet: &mut Worksheet, book: &ReturnBook, formats: &Formats) -> Result<(), XlsxError> {
    let named = [Heading::Serial, Heading::SiteCode, Heading::SiteName];
    let figures = SiteColumn::ALL.map(Column::Site);
    head(sheet, SITES, book, (&named, &figures), formats)?;
    for (at, (serial, line)) in (HEAD_ROW + 1..).zip((1_u32..).zip(&book.sites)) {
        sheet.write_number_with_format(at, 0, serial, &formats.count)?;
        words(sheet, (at, 1), line.code.as_deref(), formats)?;
        words(sheet, (at, 2), Some(&line.name), formats)?;
        for (to, column) in (3_u16..).zip(SiteColumn::ALL) {
            count(sheet, (at, to), line.row.figure(column).map(i64::from), formats)?;
        }
    }
    Ok(())
}

fn head(
    sheet: &mut Worksheet,
    name: &str,
    book: &ReturnBook,
    (named, figures): (&[Heading], &[Column]),
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let title = Format::new().set_bold().set_font_size(16);
    sheet.write_string_with_format(0, 0, format!("{name}　{}", book.about), &title)?;
    let headings = named.iter().copied().chain(figures.iter().copied().map(Heading::Figure));
    for (at, heading) in (0_u16..).zip(headings) {
        let kind = heading.figure().map(Column::kind);
        let is_amount = kind == Some(Kind::Money) || heading == Heading::Planned;
        let unit = if is_amount { "（万元）" } else { "" };
        sheet.write_string_with_format(
            HEAD_ROW,
            at,
            format!("{}{unit}", heading.printed()),
            &formats.head,
        )?;
        let is_wide =
            matches!(heading, Heading::Name | Heading::SiteName | Heading::Code) || kind == Some(Kind::Text);
        sheet.set_column_width(at, if is_wide { 24 } else { 11 })?;
    }
    sheet.set_freeze_panes(HEAD_ROW + 1, u16::try_from(named.len().min(4)).unwrap_or(0))?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn words(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    text: Option<&str>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match text {
        Some(text) => sheet.write_string_with_format(row, at, text, &formats.text)?,
        None => sheet.write_blank(row, at, &formats.text)?,
    };
    Ok(())
}

fn count(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    figure: Option<i64>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match figure {
        Some(figure) => sheet.write_number_with_format(row, at, figure as f64, &formats.count)?,
        None => sheet.write_blank(row, at, &formats.count)?,
    };
    Ok(())
}

fn amount(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    fen: Option<i64>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let Some(fen) = fen else { return sheet.write_blank(row, at, &formats.amount).map(drop) };
    let exact = Delta::from_fen(fen).exact(Unit::Wan);
    match exact.parse::<f64>() {
        Ok(number) if fen < EXACT_BELOW => {
            sheet.write_number_with_format(row, at, number, &formats.amount)?
        }
        Ok(_) | Err(_) => sheet.write_string_with_format(row, at, exact, &formats.text)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::{limits, read_sheets};
    use std::io::Write;

    #[test]
    fn what_goes_out_comes_back_unchanged() {
        let mut row = ProjectRow {
            is_started: Some(false),
            progress: Some("=主体封顶".into()),
            invested: Money::from_fen(92_862_240_931),
            pay: Money::from_fen(2_000_000_000_000_001),
            jobs_present: Some(0),
            ..ProjectRow::default()
        };
        row.reason_not_started = Some("用地未批".into());
        let code = Some("2405-520324-04-01-003925".to_owned());
        let planned = Money::from_fen(100);
        let projects =
            vec![ProjectLine { number: 17, code, name: "甲项目".into(), planned, row: row.clone() }];
        let site = SiteRow { labour: Some(603), ..SiteRow::default() };
        let sites = vec![SiteLine { code: None, name: "阳光社区".into(), row: site }];
        let bytes = workbook(&ReturnBook { about: "威宁县 2026-10".into(), projects, sites }).unwrap();
        let mut file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
        file.write_all(&bytes).unwrap();
        let read = crate::dispatch::read(&read_sheets(file.path(), "a.xlsx", &limits()).unwrap());
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let mut back = ProjectRow::default();
        for cell in &read.lines[0].cells {
            let Column::Project(column) = cell.column else { panic!("{:?}", cell.column) };
            assert!(back.set(column, cell.value.as_deref().ok()), "{cell:?}");
        }
        assert_eq!((back, read.lines[0].number.as_str()), (row, "17"));
        let mut back = SiteRow::default();
        for cell in &read.lines[1].cells {
            let Column::Site(column) = cell.column else { panic!("{:?}", cell.column) };
            assert!(back.set(column, cell.value.as_deref().ok()), "{cell:?}");
        }
        assert_eq!(back, site);
    }
}
