//! A bank's or treasury's export: which rows are lines, which way each went, in which unit the file says it is written. The
//! amounts stay texts: their unit is for a person to confirm. Knows no entry of the ledger.

use super::{HEAD_ROWS, cell, top};
use crate::plain::{PlainRow, PlainSheet};
use chrono::NaiveDate;
use contract::ledger::reconcile::{BankFault, BankFinding};
use domain::finding::{Place, Severity};
use domain::ledger::reconcile::{BankColumn, Direction, RawLine};
use domain::money::{Delta, Named, Unit};
use domain::period::parse_day;
use domain::text;
use std::collections::BTreeMap;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankBook {
    pub lines: Vec<RawLine>,
    /// the one unit that the file names
    pub unit: Option<Unit>,
    /// rows that cannot be read
    pub faulty: u32,
    pub findings: Vec<BankFinding>,
}

/// How rows of totals and carried balances begin.
pub(super) const ASIDE: [&str; 9] =
    ["合计", "小计", "总计", "累计", "本页", "本月", "本年", "承前页", "过次页"];

struct Sheet<'a> {
    name: &'a str,
    at: BTreeMap<BankColumn, usize>,
}

/// Reads every sheet that has the headings of a day and of an amount.
pub fn read(sheets: &[PlainSheet]) -> BankBook {
    let mut book = BankBook::default();
    let mut units: Vec<Unit> = Vec::new();
    let mut is_foreign = false;
    let mut found = 0_u32;
    for plain in sheets {
        if plain.hidden {
            book.find(Severity::Note, top(&plain.sheet), BankFault::HiddenSheet);
            continue;
        }
        let Some((head, at)) = headings(plain) else { continue };
        found += 1;
        let sheet = Sheet { name: &plain.sheet, at };
        sheet.say_ways(&plain.rows[head], &mut book);
        for named in named_units(plain, head, &sheet.at) {
            match named {
                Named::Unit(unit) => units.push(unit),
                Named::Foreign(unit) => {
                    is_foreign = true;
                    let place = sheet.place(&plain.rows[head], None);
                    book.find(Severity::Error, place, BankFault::ForeignUnit { unit });
                }
            }
        }
        for row in &plain.rows[head + 1..] {
            if sheet.is_aside(row) {
                continue;
            }
            match sheet.line(row) {
                Ok(line) => {
                    let number = u32::try_from(book.lines.len() + 1).unwrap_or(u32::MAX);
                    book.lines.push(RawLine { number, ..line });
                }
                Err((column, fault)) => {
                    book.faulty += 1;
                    book.find(Severity::Error, sheet.place(row, column), fault);
                }
            }
        }
    }
    if found == 0 {
        book.find(Severity::Error, top(""), BankFault::NoSheet);
    }
    units.dedup();
    if units.len() > 1 {
        book.find(Severity::Warning, top(""), BankFault::TwoUnits);
    }
    // Where a foreign unit stands somewhere, no other word of the file is taken for it.
    book.unit = if let ([unit], false) = (units.as_slice(), is_foreign) { Some(*unit) } else { None };
    book
}

/// The first row that names a day and an amount, and the columns it names.
fn headings(sheet: &PlainSheet) -> Option<(usize, BTreeMap<BankColumn, usize>)> {
    sheet.rows.iter().take(HEAD_ROWS).enumerate().find_map(|(head, row)| {
        let mut at = BTreeMap::new();
        for (place, text) in row.cells.iter().enumerate() {
            if let Some(column) = BankColumn::find(text).filter(|column| *column != BankColumn::Aside) {
                at.entry(column).or_insert(place);
            }
        }
        let amounts = [BankColumn::Amount, BankColumn::Income, BankColumn::Outgo];
        let is_head =
            at.contains_key(&BankColumn::Date) && amounts.iter().any(|column| at.contains_key(column));
        is_head.then_some((head, at))
    })
}

/// Units behind the headings of amounts; where they name none, those above the heading.
fn named_units(sheet: &PlainSheet, head: usize, at: &BTreeMap<BankColumn, usize>) -> Vec<Named> {
    let columns = [BankColumn::Amount, BankColumn::Income, BankColumn::Outgo];
    let heading = |column: &BankColumn| sheet.rows[head].cells.get(*at.get(column)?);
    let behind = |heading: &String| {
        let folded = text::fold(heading);
        let inside = folded.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'))?;
        Named::find(inside)
    };
    let named: Vec<Named> = columns.iter().filter_map(heading).filter_map(behind).collect();
    if !named.is_empty() {
        return named;
    }
    let above = sheet.rows[..head].iter().flat_map(|row| &row.cells);
    above.filter_map(|text| Named::find(text)).collect()
}

impl BankBook {
    fn find(&mut self, severity: Severity, place: Place, fault: BankFault) {
        self.findings.push(BankFinding { severity, place, fault });
    }
}

impl Sheet<'_> {
    /// What the reader takes for granted about the two ways.
    fn say_ways(&self, head: &PlainRow, book: &mut BankBook) {
        let is_debit = |column: BankColumn| {
            let heading = self.at.get(&column).and_then(|at| head.cells.get(*at));
            heading.is_some_and(|heading| heading.contains(['借', '贷']))
        };
        let columns = [BankColumn::Income, BankColumn::Outgo, BankColumn::Direction];
        if let Some(column) = columns.into_iter().find(|column| is_debit(*column)) {
            book.find(Severity::Note, self.place(head, Some(column)), BankFault::DebitIsOutgo);
        }
        let told = columns.iter().any(|column| self.at.contains_key(column));
        if !told {
            let place = self.place(head, Some(BankColumn::Amount));
            book.find(Severity::Warning, place, BankFault::DirectionAssumed);
        }
    }

    fn place(&self, row: &PlainRow, column: Option<BankColumn>) -> Place {
        let address = column.and_then(|column| self.at.get(&column)).map(|at| cell(row, *at));
        Place { sheet: self.name.to_owned(), row: row.row, address }
    }

    fn text<'a>(&self, row: &'a PlainRow, column: BankColumn) -> Option<&'a str> {
        let text = row.cells.get(*self.at.get(&column)?)?.trim();
        (!text.is_empty() && !text::means_empty(text)).then_some(text)
    }

    /// Rows without a day, and totals.
    fn is_aside(&self, row: &PlainRow) -> bool {
        let first = row.cells.iter().map(|text| text::fold(text)).find(|text| !text.is_empty());
        let is_total = first.is_some_and(|first| ASIDE.iter().any(|word| first.starts_with(word)));
        is_total || self.text(row, BankColumn::Date).is_none()
    }

    fn line(&self, row: &PlainRow) -> Result<RawLine, (Option<BankColumn>, BankFault)> {
        let date = self.date(row).map_err(|fault| (Some(BankColumn::Date), fault))?;
        let (direction, column, amount) = self.amount(row)?;
        let text = |column: BankColumn| self.text(row, column).map(str::to_owned);
        Ok(RawLine {
            number: 0,
            sheet: self.name.to_owned(),
            cell: self.at.get(&column).map(|at| cell(row, *at)).unwrap_or_default(),
            date,
            direction,
            amount: amount.to_owned(),
            voucher: text(BankColumn::Voucher).or_else(|| text(BankColumn::Reference)),
            payee: text(BankColumn::Payee),
            memo: text(BankColumn::Memo),
        })
    }

    fn date(&self, row: &PlainRow) -> Result<NaiveDate, BankFault> {
        let text = self.text(row, BankColumn::Date).unwrap_or_default();
        parse_day(text).map_err(|error| BankFault::BadDate { error })
    }

    /// Which way, in which column, and what is written there.
    fn amount<'a>(
        &self,
        row: &'a PlainRow,
    ) -> Result<(Direction, BankColumn, &'a str), (Option<BankColumn>, BankFault)> {
        let filled = |column: BankColumn| {
            let text = self.text(row, column)?;
            // A dash or a zero in the other column is no second amount.
            let is_zero = Delta::parse(text, Unit::Wan).is_ok_and(Delta::is_zero);
            (!is_zero).then_some((column, text))
        };
        let own: Vec<(BankColumn, &str)> =
            [BankColumn::Income, BankColumn::Outgo].into_iter().filter_map(filled).collect();
        let (direction, column, text) = match own.as_slice() {
            [(BankColumn::Income, text)] => (Direction::In, BankColumn::Income, *text),
            [(column, text)] => (Direction::Out, *column, *text),
            [] => {
                let (column, text) = filled(BankColumn::Amount).ok_or((None, BankFault::NoWay))?;
                (self.way(row).map_err(|fault| (Some(BankColumn::Direction), fault))?, column, text)
            }
            [..] => return Err((None, BankFault::NoWay)),
        };
        // Whatever the unit: what is no number in 万元 is none at all.
        match Delta::parse(text, Unit::Wan) {
            Ok(_) => Ok((direction, column, text)),
            Err(error) => Err((Some(column), BankFault::BadAmount { error })),
        }
    }

    fn way(&self, row: &PlainRow) -> Result<Direction, BankFault> {
        if !self.at.contains_key(&BankColumn::Direction) {
            return Ok(Direction::Out);
        }
        let text = self.text(row, BankColumn::Direction).unwrap_or_default();
        Direction::find(text).ok_or_else(|| BankFault::UnknownDirection { text: text.to_owned() })
    }
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
        PlainSheet { sheet: "明细".into(), hidden: false, rows, merges: Vec::new() }
    }

    fn said(book: &BankBook) -> Vec<String> {
        let line = |line: &RawLine| {
            let voucher = line.voucher.clone().unwrap_or_default();
            format!("{} {} {} {} {voucher}", line.cell, line.date, line.direction.code(), line.amount)
        };
        book.lines.iter().map(line).collect()
    }

    #[test]
    fn two_columns_say_which_way_and_totals_are_left_aside() {
        let book = read(&[sheet(&[
            &["某某银行账户明细", "", "", "", ""],
            &["单位：元", "", "", "", ""],
            &["交易时间", "凭证号", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要"],
            &["2026-10-05 09:12:00", "记-1", "1,200.50", "0.00", "9", "甲公司", "工程款"],
            &["20261006", "", "", "3,000,000.00", "9", "财政局", ""],
            &["2026-10-07", "", "1", "2", "9", "", ""],
            &["2026-13-07", "", "1", "", "9", "", ""],
            &["合计", "", "1201.50", "3000000", "", "", ""],
        ])]);
        assert_eq!(said(&book), ["C4 2026-10-05 out 1,200.50 记-1", "D5 2026-10-06 in 3,000,000.00 "]);
        assert_eq!((book.unit, book.faulty), (Some(Unit::Yuan), 2));
        let faults: Vec<&BankFault> = book.findings.iter().map(|finding| &finding.fault).collect();
        assert!(matches!(
            faults.as_slice(),
            [BankFault::DebitIsOutgo, BankFault::NoWay, BankFault::BadDate { .. }]
        ));
    }

    #[test]
    fn a_month_is_no_day_and_a_hidden_sheet_is_told() {
        let line = |day| [day, "记-1", "3"];
        let shown = sheet(&[
            &["日期", "凭证号", "支出（元）"],
            &line("2026-10"),
            &line("2026年10月"),
            &line("2026年10月5日"),
        ]);
        let hidden = PlainSheet { sheet: "旧".into(), hidden: true, rows: Vec::new(), merges: Vec::new() };
        let book = read(&[hidden, shown]);
        assert_eq!(said(&book), ["C4 2026-10-05 out 3 记-1"]);
        assert_eq!(book.faulty, 2);
        let told: Vec<_> = book
            .findings
            .iter()
            .map(|one| (one.severity, one.place.sheet.as_str(), one.place.address.as_deref(), &one.fault))
            .collect();
        let month = |text: &str| BankFault::BadDate {
            error: domain::period::DateError::DayMissing { text: text.to_owned() },
        };
        assert_eq!(
            told,
            [
                (Severity::Note, "旧", None, &BankFault::HiddenSheet),
                (Severity::Error, "明细", Some("A2"), &month("2026-10")),
                (Severity::Error, "明细", Some("A3"), &month("2026年10月")),
            ]
        );
    }

    #[test]
    fn one_column_goes_by_its_mark_and_the_unit_is_asked_where_nobody_wrote_it() {
        let book = read(&[sheet(&[
            &["日期", "流水号", "金额", "收支", "摘要"],
            &["2026-10-05", "L1", "-3.5", "支出", ""],
            &["2026-10-05", "L2", "壹", "支出", ""],
            &["2026-10-05", "L3", "3", "平", ""],
        ])]);
        assert_eq!(said(&book), ["C2 2026-10-05 out -3.5 L1"]);
        assert_eq!((book.unit, book.faulty), (None, 2));
        let unmarked = read(&[sheet(&[&["日期", "金额（万元）"], &["2026-10-05", "3.2"]])]);
        assert_eq!(unmarked.unit, Some(Unit::Wan));
        assert_eq!(unmarked.findings[0].fault, BankFault::DirectionAssumed);
        let foreign = read(&[sheet(&[&["日期", "金额（千元）"], &["2026-10-05", "3.2"]])]);
        assert_eq!(foreign.unit, None);
        assert_eq!(read(&[sheet(&[&["别的"]])]).findings[0].fault, BankFault::NoSheet);
    }
}
