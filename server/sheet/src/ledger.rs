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

    fn faults(book: &Book) -> Vec<(Severity, Option<String>, &LineFault)> {
        let said = book.findings.iter();
        said.map(|one| (one.severity, one.place.address.clone(), &one.fault)).collect()
    }

    const NOTICE: &[&str] = &["下达文号", "日期", "资金来源", "预算年度", "项目代码", "金额（万元）"];
    const CODE: &str = "2405-520324-04-01-003925";

    #[test]
    fn a_merged_cell_speaks_for_its_rows_and_a_line_without_names_is_not_dropped() {
        let mut notices = sheet(&[
            NOTICE,
            &["文1", "2026-03-05", "一般债券", "2026", CODE, "1"],
            &["文1", "2026-03-06", "", "", "", "2"],
            &["本页小计", "", "", "", "", "3"],
            &["制表：某某", "", "", "", "", ""],
        ]);
        let bare = read(std::slice::from_ref(&notices));
        assert_eq!((bare.lines.len(), bare.faulty, bare.sheets[0].rows), (1, 1, 2));
        let missing = bare.findings.iter().filter(|finding| finding.fault == LineFault::Missing);
        assert_eq!(missing.count(), 2);
        notices.merges =
            [2, 3, 4].map(|left| crate::archive::Region { top: 2, left, bottom: 3, right: left }).to_vec();
        let merged = read(&[notices]);
        assert_eq!((merged.lines.len(), merged.faulty), (2, 0), "{:?}", merged.findings);
        assert_eq!((merged.lines[1].project_code.as_str(), merged.lines[1].amount.fen()), (CODE, 2_000_000));
    }

    #[test]
    fn movements_are_never_taken_for_notices() {
        let unknown = ["下达文号", "日期", "收支类别", "资金来源", "预算年度", "项目代码", "金额（万元）"];
        let line = |kind| ["文1", "2026-03-05", kind, "一般债券", "2026", CODE, "1"];
        let paid = read(&[sheet(&[&unknown, &line("支付")])]);
        assert!(paid.lines.is_empty() && paid.sheets.is_empty());
        assert_eq!(paid.findings[0].fault, LineFault::KindColumnMissing);
        assert_eq!(paid.findings[0].column, Some(Column::Kind));
        assert_eq!(read(&[sheet(&[&unknown, &line("公开")])]).lines.len(), 1, "a sheet of notices stays one");
        let vouchers = ["凭证号", "日期", "资金来源", "项目代码", "金额（万元）"];
        assert_eq!(read(&[sheet(&[&vouchers])]).findings[0].fault, LineFault::KindColumnMissing);
    }

    #[test]
    fn a_column_named_twice_is_said_and_two_amounts_stop_the_sheet() {
        let line = ["文1", "2026-03-05", "一般债券", "2026", CODE, "1", "9", "9"];
        let doubled = |last: [&'static str; 2]| {
            let head: Vec<&str> = NOTICE.iter().copied().chain(last).collect();
            read(&[sheet(&[&head, &line])])
        };
        let memos = doubled(["摘要", "备注"]);
        let twice = LineFault::HeadingTwice { heading: "备注".into() };
        assert_eq!(faults(&memos), [(Severity::Warning, Some("H1".into()), &twice)]);
        assert_eq!(memos.lines.len(), 1);
        let amounts = doubled(["摘要", "下达金额"]);
        let twice = LineFault::HeadingTwice { heading: "下达金额".into() };
        assert_eq!(faults(&amounts), [(Severity::Error, Some("H1".into()), &twice)]);
        assert!(amounts.lines.is_empty());
    }

    #[test]
    fn a_month_is_no_day_and_a_hidden_sheet_is_told() {
        let notices = sheet(&[NOTICE, &["文1", "2026-3", "一般债券", "2026", CODE, "1"]]);
        let hidden = PlainSheet { sheet: "旧".into(), hidden: true, rows: Vec::new(), merges: Vec::new() };
        let book = read(&[hidden, notices]);
        let error = domain::period::DateError::DayMissing { text: "2026-3".into() };
        assert_eq!(
            faults(&book),
            [
                (Severity::Note, None, &LineFault::HiddenSheet),
                (Severity::Error, Some("B2".into()), &LineFault::BadDate { error })
            ]
        );
        assert_eq!(book.findings[0].place.sheet, "旧");
    }

    /// What the one line below these heading rows moves.
    fn fen(heads: &[&[&str]]) -> Option<i64> {
        let line: &[&str] = &["文1", "2026-03-05", "一般债券", "2026", CODE, "120000"];
        let rows: Vec<&[&str]> = heads.iter().copied().chain([line]).collect();
        read(&[sheet(&rows)]).lines.first().map(|line| line.amount.fen())
    }

    #[test]
    fn units_are_read_in_every_spelling_and_over_two_rows() {
        for heading in ["金额（单位：元）", "金额/元", "金额：元", "金额（元）"] {
            let head: Vec<&str> = NOTICE[..5].iter().copied().chain([heading]).collect();
            assert_eq!(fen(&[&head]), Some(12_000_000), "{heading}");
        }
        let head: Vec<&str> = NOTICE[..5].iter().copied().chain(["金额（千元）"]).collect();
        let foreign = read(&[sheet(&[&head])]);
        assert!(matches!(foreign.findings[0].fault, LineFault::ForeignUnit { .. }), "{:?}", foreign.findings);
        let upper: &[&str] = &["下达文号", "日期", "资金来源", "预算年度", "项目", "金额"];
        assert_eq!(fen(&[upper, &["", "", "", "", "代码", "（元）"]]), Some(12_000_000));
        let groups: &[&str] = &["下达", "", "资金来源", "预算年度", "项目", "资金"];
        let lower: &[&str] = &["文号", "日期", "", "", "代码", "金额（元）"];
        assert_eq!(fen(&[&["单位：万元"], groups, lower]), Some(12_000_000));
    }
}
