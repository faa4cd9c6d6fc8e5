//! A book of funds (资金下达, 资金流水): which sheets are meant, in which unit, and each line as typed cells with findings
//! that name sheet and cell. Names of projects and places leave here as texts. Knows no database.

pub mod bank;
mod head;
mod line;

use crate::cell::{address, column_letters};
use crate::layout::unit_of_line;
use crate::plain::{PlainRow, PlainSheet};
use chrono::NaiveDate;
use contract::ledger::batch::{LedgerSheet, LineFault, LineFinding};
use domain::finding::{Place, Severity};
use domain::ledger::{Column, Kind, Movement, means_reversal};
use domain::money::{Money, Named, Unit};
use domain::period::FiscalYear;
use domain::project::field::split_unit;
use domain::source::Source;
use head::Head;
use std::collections::BTreeMap;

/// Rows in which the heading is looked for.
const HEAD_ROWS: usize = 30;
/// Without these no line can be read.
const NEEDED: [Column; 3] = [Column::Date, Column::Source, Column::Amount];

/// A line that can be read. Which project it means is looked up by whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookLine {
    pub sheet: String,
    /// from 1
    pub row: u32,
    pub movement: Movement,
    pub source: Source,
    /// `None` when the cell is blank
    pub year: Option<FiscalYear>,
    pub area: String,
    pub project_name: String,
    pub project_code: String,
    pub amount: Money,
    pub date: NaiveDate,
    pub document: Option<String>,
    pub voucher: Option<String>,
    pub payee: Option<String>,
    pub purpose: Option<String>,
    pub memo: Option<String>,
    /// letters of columns, for findings
    letters: BTreeMap<Column, String>,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    pub sheets: Vec<LedgerSheet>,
    pub lines: Vec<BookLine>,
    /// of sheets and of lines, in file order
    pub findings: Vec<LineFinding>,
    /// lines that cannot be read
    pub faulty: u32,
}

/// Where the columns of one sheet stand.
struct Layout<'a> {
    sheet: &'a str,
    at: BTreeMap<Column, usize>,
    unit: Unit,
}

impl BookLine {
    /// `J17` of a column of this line; the row alone when the sheet has no such column.
    pub fn place(&self, column: Column) -> Place {
        let address = self.letters.get(&column).map(|letters| format!("{letters}{}", self.row));
        Place { sheet: self.sheet.clone(), row: self.row, address }
    }
}

/// Reads every sheet that has the headings of notices or of movements.
pub fn read(sheets: &[PlainSheet]) -> Book {
    let mut book = Book::default();
    let mut is_found = false;
    for sheet in sheets {
        if sheet.hidden {
            book.findings.push(finding(Severity::Note, top(&sheet.sheet), None, LineFault::HiddenSheet));
            continue;
        }
        let Some(head) = head::find(sheet) else { continue };
        is_found = true;
        let Some(layout) = layout(sheet, &head, &mut book) else { continue };
        let mut rows = 0;
        for (written, row) in sheet.rows[head.last + 1..].iter().zip(head::filled(sheet, &head).iter()) {
            if line::is_aside(&layout, written) {
                continue;
            }
            rows += 1;
            match line::read(&layout, row, &mut book.findings) {
                Some(line) => book.lines.push(line),
                None => book.faulty += 1,
            }
        }
        book.sheets.push(LedgerSheet { sheet: sheet.sheet.clone(), unit: layout.unit, rows });
    }
    if !is_found {
        let seen = sheets.iter().find(|sheet| !sheet.hidden).map(|sheet| sheet.sheet.as_str());
        let place = top(seen.unwrap_or_default());
        book.findings.push(finding(Severity::Error, place, None, LineFault::NoSheet));
    }
    book
}

fn layout<'a>(sheet: &'a PlainSheet, head: &Head, book: &mut Book) -> Option<Layout<'a>> {
    let row = &sheet.rows[head.last];
    let here = |address: Option<String>| Place { sheet: sheet.sheet.clone(), row: row.row, address };
    for column in NEEDED.into_iter().filter(|column| !head.at.contains_key(column)) {
        book.findings.push(finding(Severity::Error, here(None), Some(column), LineFault::ColumnMissing));
    }
    if lacks_kind(sheet, head) {
        let fault = LineFault::KindColumnMissing;
        book.findings.push(finding(Severity::Error, here(None), Some(Column::Kind), fault));
        return None;
    }
    if NEEDED.iter().any(|column| !head.at.contains_key(column)) {
        return None;
    }
    for (place, heading) in head.texts.iter().enumerate() {
        if !heading.is_empty() && Column::find(heading).is_none() {
            let fault = LineFault::UnknownHeading { heading: heading.clone() };
            book.findings.push(finding(Severity::Warning, here(Some(cell(row, place))), None, fault));
        }
    }
    let mut is_clear = true;
    for (column, place) in &head.again {
        // Which of two amounts is meant nobody can know; of other columns the first is read, and said so.
        let is_amount = *column == Column::Amount;
        is_clear &= !is_amount;
        let severity = if is_amount { Severity::Error } else { Severity::Warning };
        let fault = LineFault::HeadingTwice { heading: head.texts[*place].clone() };
        book.findings.push(finding(severity, here(Some(cell(row, *place))), Some(*column), fault));
    }
    if !is_clear {
        return None;
    }
    let unit = unit(sheet, head, &here, book)?;
    Some(Layout { sheet: &sheet.sheet, at: head.at.clone(), unit })
}

/// A sheet without kinds is one of notices, unless something in it speaks of movements: its kinds stand under a heading
/// that is not known, and read as notices they would all be 下达.
fn lacks_kind(sheet: &PlainSheet, head: &Head) -> bool {
    if head.at.contains_key(&Column::Kind) {
        return false;
    }
    if head.at.contains_key(&Column::Voucher) || head.at.contains_key(&Column::Payee) {
        return true;
    }
    let unknown: Vec<usize> =
        (0..head.texts.len()).filter(|at| Column::find(&head.texts[*at]).is_none()).collect();
    let moves =
        |text: &String| Kind::find(text).is_some_and(|kind| kind != Kind::Issue) || means_reversal(text);
    let rows = &sheet.rows[head.last + 1..];
    rows.iter().any(|row| unknown.iter().filter_map(|at| row.cells.get(*at)).any(moves))
}

/// The unit behind the heading of the amount, or above the heading; 万元 where nothing is said, and said so.
fn unit(
    sheet: &PlainSheet,
    head: &Head,
    here: &impl Fn(Option<String>) -> Place,
    book: &mut Book,
) -> Option<Unit> {
    let heading = head.at.get(&Column::Amount).and_then(|place| head.texts.get(*place));
    let behind = heading.and_then(|heading| split_unit(heading).1);
    let above = || {
        let mut texts = sheet.rows[..head.first].iter().flat_map(|row| &row.cells);
        texts.find_map(|text| Named::find(text).or_else(|| unit_of_line(text)))
    };
    match behind.or_else(above) {
        Some(Named::Unit(unit)) => Some(unit),
        Some(Named::Foreign(unit)) => {
            book.findings.push(finding(
                Severity::Error,
                here(None),
                Some(Column::Amount),
                LineFault::ForeignUnit { unit },
            ));
            None
        }
        None => {
            let fault = LineFault::UnitAssumed { unit: Unit::Wan };
            book.findings.push(finding(Severity::Warning, here(None), Some(Column::Amount), fault));
            Some(Unit::Wan)
        }
    }
}

fn top(sheet: &str) -> Place {
    Place { sheet: sheet.to_owned(), row: 1, address: None }
}

fn cell(row: &PlainRow, place: usize) -> String {
    address(row.row, u32::try_from(place).unwrap_or(u32::MAX))
}

fn letters(place: usize) -> String {
    column_letters(u32::try_from(place).unwrap_or(u32::MAX))
}

fn finding(severity: Severity, place: Place, column: Option<Column>, fault: LineFault) -> LineFinding {
    LineFinding { severity, place, column, fault }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> PlainSheet {
        let row = |(at, cells): (usize, &&[&str])| PlainRow {
            row: u32::try_from(at + 1).unwrap(),
            cells: cells.iter().map(|text| (*text).to_owned()).collect(),
        };
        let rows = rows.iter().enumerate().map(row).collect();
        PlainSheet { sheet: "资金流水".into(), hidden: false, rows, merges: Vec::new() }
    }

    const HEAD: &[&str] = &["序号", "凭证号", "日期", "类型", "资金来源", "预算年度", "项目代码", "金额"];

    #[test]
    fn a_line_is_read_to_the_fen_and_a_bad_cell_is_named() {
        let book = read(&[sheet(&[
            &["流水"],
            &["单位：万元"],
            HEAD,
            &["1", "记-1", "2026-03-05", "到位", "一般债券", "2026", "2405-520324-04-01-003925", "749.31"],
            &["2", "记-2", "2026-13-05", "到位", "一般债券", "2026", "2405-520324-04-01-003925", "1"],
            &["3", "记-3", "2026-03-05", "支付", "某某资金", "2026", "2405-520324-04-01-003925", "壹"],
            &["4", "记-4", "2026-03-05", "调剂", "一般债券", "2026", "2405-520324-04-01-003925", "1"],
            &["5", "记-5", "2026-03-05", "支付", "一般债券", "2026", "2405-520324-04-01-003925", "-1"],
            &["合计", "", "", "", "", "", "", "751.31"],
        ])]);
        assert_eq!((book.lines.len(), book.faulty, book.sheets[0].rows), (1, 4, 5));
        assert_eq!(book.lines[0].amount.fen(), 749_310_000);
        let at: Vec<_> = book.findings.iter().filter_map(|finding| finding.place.address.clone()).collect();
        assert_eq!(at, ["C5", "E6", "H6", "D7", "H8"]);
    }

    #[test]
    fn a_sheet_without_a_unit_is_read_in_wan_and_says_so() {
        let book = read(&[sheet(&[HEAD])]);
        assert!(matches!(book.findings[0].fault, LineFault::UnitAssumed { .. }));
        assert_eq!(read(&[sheet(&[&["别的"]])]).findings[0].fault, LineFault::NoSheet);
    }
}
