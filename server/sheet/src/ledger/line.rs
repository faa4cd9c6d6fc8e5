//! One row of a book of funds as typed cells. Every bad cell is named; a row with one is no line.

use super::bank::ASIDE;
use super::{BookLine, Layout, finding, letters};
use crate::plain::PlainRow;
use contract::ledger::batch::{LineFault, LineFinding};
use domain::finding::{Place, Severity};
use domain::ledger::{Column, Kind, Movement, means_reversal};
use domain::money::{Delta, Money};
use domain::period::{FiscalYear, parse_day};
use domain::source::Source;
use domain::text;

/// Cells of one row, and what is wrong with them.
struct Cells<'a> {
    layout: &'a Layout<'a>,
    row: &'a PlainRow,
    found: Vec<LineFinding>,
}

/// Blank rows, totals and foot lines: they name neither a project nor a source, and what they say is no amount of a line.
pub(super) fn is_aside(layout: &Layout<'_>, row: &PlainRow) -> bool {
    let written = |column: Column| {
        layout.at.get(&column).and_then(|at| row.cells.get(*at)).is_some_and(|text| !text::means_empty(text))
    };
    let is_named = [Column::Source, Column::ProjectCode, Column::ProjectName].into_iter().any(written);
    !is_named && (!written(Column::Amount) || is_total(row))
}

/// 合计, 本页小计, 3月合计.
fn is_total(row: &PlainRow) -> bool {
    let first = row.cells.iter().map(|text| text::fold(text)).find(|text| !text.is_empty());
    first.is_some_and(|first| {
        let ends = ["合计", "小计", "总计", "累计"];
        ASIDE.iter().any(|word| first.starts_with(word)) || ends.iter().any(|word| first.ends_with(word))
    })
}

/// The line, or what is wrong with it.
pub(super) fn read(layout: &Layout<'_>, row: &PlainRow, findings: &mut Vec<LineFinding>) -> Option<BookLine> {
    let mut cells = Cells { layout, row, found: Vec::new() };
    let line = cells.line();
    let sound = cells.found.is_empty();
    findings.append(&mut cells.found);
    line.filter(|_| sound)
}

impl Cells<'_> {
    fn line(&mut self) -> Option<BookLine> {
        // In the order of the columns of the form, so that findings stand in it too.
        let date = self.date();
        let movement = self.movement();
        let source = self.source();
        let year = self.year();
        if self.text(Column::ProjectCode).is_none() && self.text(Column::ProjectName).is_none() {
            self.wrong(Column::ProjectName, LineFault::Missing);
        }
        let amount = self.amount();
        if movement == Some(Movement::Issue) && self.text(Column::Document).is_none() {
            self.wrong(Column::Document, LineFault::Missing);
        }
        let text = |column: Column| self.text(column).map(str::to_owned);
        Some(BookLine {
            sheet: self.layout.sheet.to_owned(),
            row: self.row.row,
            movement: movement?,
            source: source?,
            year,
            area: text(Column::Area).unwrap_or_default(),
            project_name: text(Column::ProjectName).unwrap_or_default(),
            project_code: text(Column::ProjectCode).unwrap_or_default(),
            amount: amount?,
            date: date?,
            document: text(Column::Document),
            voucher: text(Column::Voucher),
            payee: text(Column::Payee),
            purpose: text(Column::Purpose),
            memo: text(Column::Memo),
            letters: self.layout.at.iter().map(|(column, at)| (*column, letters(*at))).collect(),
        })
    }

    fn text(&self, column: Column) -> Option<&str> {
        let text = self.row.cells.get(*self.layout.at.get(&column)?)?.trim();
        (!text.is_empty() && !text::means_empty(text)).then_some(text)
    }

    fn wrong(&mut self, column: Column, fault: LineFault) {
        let address = self.layout.at.get(&column).map(|at| super::cell(self.row, *at));
        let place = Place { sheet: self.layout.sheet.to_owned(), row: self.row.row, address };
        self.found.push(finding(Severity::Error, place, Some(column), fault));
    }

    /// The text of a cell that must say something.
    fn needed(&mut self, column: Column) -> Option<String> {
        let text = self.text(column).map(str::to_owned);
        if text.is_none() {
            self.wrong(column, LineFault::Missing);
        }
        text
    }

    fn date(&mut self) -> Option<chrono::NaiveDate> {
        let text = self.needed(Column::Date)?;
        let date = parse_day(&text);
        date.map_err(|error| self.wrong(Column::Date, LineFault::BadDate { error })).ok()
    }

    /// A sheet without kinds is one of notices; one that only seems so never comes here.
    fn movement(&mut self) -> Option<Movement> {
        if !self.layout.at.contains_key(&Column::Kind) {
            return Some(Movement::Issue);
        }
        let text = self.needed(Column::Kind)?;
        if means_reversal(&text) {
            self.wrong(Column::Kind, LineFault::ReversalByHand);
            return None;
        }
        match Kind::find(&text) {
            Some(Kind::Issue) => Some(Movement::Issue),
            Some(Kind::Receive) => Some(Movement::Receive),
            Some(Kind::Disburse) => Some(Movement::Disburse),
            Some(Kind::Pay) => Some(Movement::Pay),
            Some(Kind::Recover | Kind::Transfer) => {
                self.wrong(Column::Kind, LineFault::KindByHand { text });
                None
            }
            None => {
                self.wrong(Column::Kind, LineFault::UnknownKind { text });
                None
            }
        }
    }

    fn source(&mut self) -> Option<Source> {
        let text = self.needed(Column::Source)?;
        let source = Source::find(&text).or_else(|| Source::from_code(&text));
        if source.is_none() {
            self.wrong(Column::Source, LineFault::UnknownSource { text });
        }
        source
    }

    fn year(&mut self) -> Option<FiscalYear> {
        let text = self.text(Column::Year)?.to_owned();
        let folded = text::half_width(&text);
        let year =
            folded.trim_end_matches('年').trim_end_matches("年度").parse().ok().and_then(FiscalYear::new);
        if year.is_none() {
            self.wrong(Column::Year, LineFault::BadYear { text });
        }
        year
    }

    fn amount(&mut self) -> Option<Money> {
        let text = self.needed(Column::Amount)?;
        match Delta::parse(&text, self.layout.unit) {
            Err(error) => {
                self.wrong(Column::Amount, LineFault::BadAmount { error });
                None
            }
            Ok(amount) if amount.is_zero() => {
                self.wrong(Column::Amount, LineFault::ZeroAmount);
                None
            }
            Ok(amount) if amount < Delta::ZERO => {
                self.wrong(Column::Amount, LineFault::ReversalByHand);
                None
            }
            Ok(amount) => Some(amount.magnitude()),
        }
    }
}
