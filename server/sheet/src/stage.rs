//! Rows of one sheet against its layout: every cell typed, every row doubted, sums kept. Knows no file and no database.

mod again;
mod code;

use crate::archive::Region;
use crate::cell::{Cell, Placed, address};
use crate::column::Column;
use crate::judge::{Memory, Verdict, judge};
use crate::kindred::{Rows, role};
use crate::layout::Layout;
use crate::place::Places;
use crate::staged::{CellFact, Origin, Sink, StagedRow};
use crate::tally::Tally;
use contract::import::left_out::{LeftOut, Why};
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::money::{AmountError, Money, Unit};
use domain::period::Month;
use domain::project::value::ValueError;
use domain::project::{Field, Kind, Value};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Rows left out that are told one by one, and the characters told of each.
const LEFT_OUT_KEPT: usize = 300;
const WORDS_KEPT: usize = 40;

/// Rows seen so far by project code or internal number, over all sheets of the file.
#[derive(Default)]
pub struct Seen {
    rows: HashMap<String, (u32, Rc<str>)>,
    /// Ids and versions by internal number, from the hidden sheet of an export.
    pub origins: HashMap<String, Origin>,
}

struct Plan {
    column: Column,
    unit: Unit,
    /// A unit that is none of ours stands over the column: its amounts cannot be read.
    unclear: Option<String>,
    memory: Memory,
}

/// The rows of one sheet on their way to the sink.
pub struct Stage<'a> {
    sheet: &'a str,
    /// The same, for those who remember rows of it.
    name: Rc<str>,
    plans: Vec<Option<Plan>>,
    name_at: u16,
    area_at: Option<u16>,
    area_merges: Vec<Region>,
    places: Places,
    pub tally: Tally,
    pub rows: u32,
    pub aside: Vec<u32>,
    pub left_out: Vec<LeftOut>,
    /// The last row that was handed over.
    last: u32,
    /// Rows out of sight, from the top; those of them that are rows of the list.
    pub veiled: Vec<u32>,
    pub unseen: Vec<u32>,
    seen: &'a mut Seen,
}

/// What one row came to, before it becomes a staged row.
#[derive(Default)]
struct Row {
    cells: BTreeMap<String, CellFact>,
    findings: Vec<Finding>,
    total: Option<Money>,
    sources: Parts,
    years: Parts,
    start: Option<Month>,
    finish: Option<Month>,
    number: Option<String>,
    named: bool,
}

/// True of a year with one decimal that is a one: `2026.1`.
fn is_tenth(number: f64) -> bool {
    (1900.0..2200.0).contains(&number) && ((number - number.floor()) * 10.0 - 1.0).abs() < 1e-6
}

/// Parts of a total: their sum, whether any is filled, whether one is unreadable.
#[derive(Default)]
struct Parts {
    fen: i64,
    filled: bool,
    broken: bool,
}

impl<'a> Stage<'a> {
    pub fn new(sheet: &'a str, layout: &Layout, merges: &[Region], seen: &'a mut Seen) -> Stage<'a> {
        let last = layout.columns.iter().map(|column| column.at).max().unwrap_or(0);
        let mut plans: Vec<Option<Plan>> = (0..=last).map(|_| None).collect();
        let mut taken: Vec<Column> = Vec::new();
        let (mut name_at, mut area_at) = (0, None);
        for facts in &layout.columns {
            let Some(column) = facts.key.as_deref().and_then(Column::from_key) else { continue };
            // The first column of a kind counts; a second one is shown as unknown by the caller.
            if column != Column::Ordinal && taken.contains(&column) {
                continue;
            }
            taken.push(column);
            if column.is_name() {
                name_at = facts.at;
            }
            if column.is_area() {
                area_at = Some(facts.at);
            }
            let unit = facts.unit.unwrap_or(layout.unit);
            plans[usize::from(facts.at)] = Some(Plan {
                column,
                unit,
                unclear: facts.unclear.clone().filter(|_| column.kind() == Kind::Money),
                memory: Memory::default(),
            });
        }
        let sums = plans.iter().enumerate().filter_map(|(at, plan)| {
            plan.as_ref().map(|plan| (plan.column, u16::try_from(at).unwrap_or(u16::MAX), plan.unit))
        });
        let tally = Tally::new(sums);
        let area_merges = merges
            .iter()
            .copied()
            .filter(|region| {
                region.bottom > region.top && area_at.is_some_and(|at| region.left == u32::from(at))
            })
            .collect();
        let places = Places::default();
        Stage {
            sheet,
            name: sheet.into(),
            plans,
            name_at,
            area_at,
            area_merges,
            places,
            tally,
            rows: 0,
            aside: Vec::new(),
            left_out: Vec::new(),
            last: layout.header_rows.1,
            veiled: Vec::new(),
            unseen: Vec::new(),
            seen,
        }
    }

    /// Takes one row below the heading.
    pub fn row(&mut self, row: u32, cells: &[Placed<'_>], sink: &mut dyn Sink) {
        let column_at =
            |at: u16| self.plans.get(usize::from(at)).and_then(Option::as_ref).map(|plan| plan.column);
        let role = role(cells, &column_at);
        if row > self.last + 1 {
            self.leave(LeftOut { row: self.last + 1, last: row - 1, words: String::new(), why: Why::Blank });
        }
        self.last = row;
        match role {
            Rows::Thing => {}
            Rows::Aside(why) => return self.aside(row, cells, why, sink),
        }
        if self.veiled.binary_search(&row).is_ok() {
            self.unseen.push(row);
        }
        let keep = sink.wants_rows();
        let mut found = Row::default();
        for (at, cell) in cells {
            self.cell(row, *at, cell, keep, &mut found);
        }
        self.whole_row(row, keep, &mut found);
        self.rows += 1;
        if self.rows.is_multiple_of(5_000) {
            sink.progress(self.sheet, self.rows);
        }
        if keep {
            let origin = found.number.as_ref().and_then(|number| self.seen.origins.get(number).cloned());
            let sheet = self.sheet.to_owned();
            sink.row(StagedRow { sheet, row, origin, cells: found.cells, findings: found.findings });
        } else {
            found.findings.into_iter().for_each(|finding| sink.finding(finding));
        }
    }

    /// Ends the sheet: stated sums and guessed places.
    pub fn finish(&mut self, sink: &mut dyn Sink) {
        let doubts = self.places.doubts(self.sheet).into_iter().chain(self.tally.differences(self.sheet));
        doubts.for_each(|finding| sink.finding(finding));
    }

    fn leave(&mut self, row: LeftOut) {
        if self.left_out.len() < LEFT_OUT_KEPT {
            self.left_out.push(row);
        }
    }

    fn aside(&mut self, row: u32, cells: &[Placed<'_>], why: Why, sink: &mut dyn Sink) {
        self.aside.push(row);
        let words: Vec<_> = cells.iter().take(4).map(|(_, cell)| cell.shown()).collect();
        let words = words.iter().map(|text| text.trim()).collect::<Vec<_>>().join(" ");
        let words = words.chars().take(WORDS_KEPT).collect();
        self.leave(LeftOut { row, last: row, words, why });
        match why {
            Why::Total => self.sum(row, cells, true, sink),
            Why::Subtotal => self.sum(row, cells, false, sink),
            Why::Section | Why::Numbering | Why::Foot | Why::Sparse | Why::Blank => {}
        }
    }

    /// A 合计 or 小计 row. One that was never calculated states nothing, which is said once a row.
    fn sum(&mut self, row: u32, cells: &[Placed<'_>], whole: bool, sink: &mut dyn Sink) {
        self.tally.state(row, cells, whole);
        let amount = |at: u16| {
            let plan = self.plans.get(usize::from(at)).and_then(Option::as_ref);
            plan.is_some_and(|plan| plan.column.kind() == Kind::Money)
        };
        let empty = cells.iter().find(|(at, cell)| matches!(cell, Cell::Formula(_)) && amount(*at));
        if let Some((at, _)) = empty {
            let kind = FindingKind::Unreadable { error: ValueError::NotCalculated };
            sink.finding(self.finding(Severity::Warning, row, Some(*at), None, kind));
        }
    }

    fn cell(&mut self, row: u32, at: u16, cell: &Cell<'_>, keep: bool, found: &mut Row) {
        let Some(Some(plan)) = self.plans.get_mut(usize::from(at)) else { return };
        let (column, unit) = (plan.column, plan.unit);
        if column == Column::Ordinal {
            return;
        }
        let verdict = match &plan.unclear {
            Some(unit) => Err(ValueError::Amount(AmountError::UnitUnknown { unit: unit.clone() })),
            None => judge(column, cell, unit, &mut plan.memory, keep),
        };
        // 2026.10 typed as a number is kept as 2026.1: January or October, only the person knows.
        if let (Cell::Number(number), Ok(Some(Value::Month(month)))) = (cell, &verdict)
            && is_tenth(*number)
        {
            let kind = FindingKind::ReadAs { text: cell.shown().into_owned(), value: month.to_string() };
            found.findings.push(self.finding(Severity::Warning, row, Some(at), column.field(), kind));
        }
        self.read(row, at, column, verdict, cell, keep, found);
    }

    /// Notes what a cell came to.
    #[expect(
        clippy::too_many_arguments,
        reason = "where a cell stands, what it says, and the row it belongs to"
    )]
    fn read(
        &mut self,
        row: u32,
        at: u16,
        column: Column,
        verdict: Verdict,
        cell: &Cell<'_>,
        keep: bool,
        found: &mut Row,
    ) {
        if column.is_area() {
            self.places.filled(row, cell.shown().trim());
        }
        found.named |= column.is_name();
        let sound = verdict.is_ok();
        let value = match verdict {
            Ok(value) => value,
            Err(error) => {
                found.note_broken(column);
                found.findings.push(self.finding(
                    Severity::Error,
                    row,
                    Some(at),
                    column.field(),
                    FindingKind::Unreadable { error },
                ));
                None
            }
        };
        if let Some(value) = &value {
            self.tally.add(at, value);
            self.note(row, at, column, value, found);
        }
        if sound && column == Column::Project(Field::Number) {
            let number = cell.shown().trim().to_owned();
            self.repeated(row, at, column, &number, found);
            found.number = Some(number);
        }
        if keep {
            let fact = CellFact {
                address: address(row, at.into()),
                raw: cell.shown().into_owned(),
                value,
                filled_from: None,
            };
            found.cells.insert(column.key(), fact);
        }
    }

    /// Remembers what the row needs as a whole.
    fn note(&mut self, row: u32, at: u16, column: Column, value: &Value, found: &mut Row) {
        let Column::Project(field) = column else { return };
        let money = value.money();
        if field == Field::Total {
            found.total = money;
        } else if let (Field::Source(_), Some(money)) = (field, money) {
            found.sources.add(money);
        } else if let (Field::Year(_), Some(money)) = (field, money) {
            found.years.add(money);
        }
        if let Value::Month(month) = value {
            let slot = if field == Field::Start { &mut found.start } else { &mut found.finish };
            *slot = Some(*month);
        }
        if let Value::Code(code) = value {
            self.code(row, at, code, found);
        }
    }

    /// Doubts about the row as a whole, and the place it left blank.
    fn whole_row(&mut self, row: u32, keep: bool, found: &mut Row) {
        if !found.named {
            let kind = FindingKind::Unreadable { error: ValueError::Missing };
            let at = self.name_at;
            found.findings.push(self.finding(Severity::Error, row, Some(at), Some(Field::Name), kind));
        }
        if let Some(at) = self.area_at {
            self.fill_place(row, at, keep, found);
        }
        if let Some(total) = found.total {
            for (parts, sources) in [(&found.sources, true), (&found.years, false)] {
                let sum = Money::from_fen(parts.fen).filter(|sum| *sum != total);
                let (Some(sum), true, false) = (sum, parts.filled, parts.broken) else { continue };
                let difference = sum.minus(total);
                let kind = if sources {
                    FindingKind::SourcesDiffer { total, sum, difference }
                } else {
                    FindingKind::YearsDiffer { total, sum, difference }
                };
                let at = self.plans.iter().position(|plan| {
                    plan.as_ref().is_some_and(|plan| plan.column == Column::Project(Field::Total))
                });
                let at = at.and_then(|at| u16::try_from(at).ok());
                found.findings.push(self.finding(Severity::Warning, row, at, Some(Field::Total), kind));
            }
        }
        if let (Some(start), Some(finish)) = (found.start, found.finish)
            && finish < start
        {
            let kind = FindingKind::FinishBeforeStart { start, finish };
            found.findings.push(self.finding(Severity::Warning, row, None, Some(Field::Finish), kind));
        }
    }

    fn fill_place(&mut self, row: u32, at: u16, keep: bool, found: &mut Row) {
        let written = self.places.stands_at(row);
        if written {
            return;
        }
        let merged = self.area_merges.iter().any(|region| (region.top + 1..=region.bottom).contains(&row));
        let Some((place, from)) = self.places.blank(row, merged) else { return };
        let column = self.plans[usize::from(at)].as_ref().map(|plan| plan.column);
        if let (true, Some(column)) = (keep, column) {
            let address = address(row, at.into());
            let fact = CellFact { address, raw: place, value: None, filled_from: Some(from) };
            found.cells.insert(column.key(), fact);
        }
    }

    fn finding(
        &self,
        severity: Severity,
        row: u32,
        at: Option<u16>,
        field: Option<Field>,
        kind: FindingKind,
    ) -> Finding {
        let address = at.map(|at| address(row, at.into()));
        Finding { severity, place: Place { sheet: self.sheet.to_owned(), row, address }, field, kind }
    }
}

impl Row {
    fn note_broken(&mut self, column: Column) {
        match column {
            Column::Project(Field::Source(_)) => self.sources.broken = true,
            Column::Project(Field::Year(_)) => self.years.broken = true,
            Column::Project(_) | Column::Site(_) | Column::Ordinal => {}
        }
    }
}

impl Parts {
    fn add(&mut self, money: Money) {
        self.filled = true;
        // Two hundred columns of the largest amount still fit.
        self.fen = self.fen.saturating_add(money.fen());
    }
}
