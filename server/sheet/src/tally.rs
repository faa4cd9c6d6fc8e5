//! Sums of the columns and what the sheet itself states as 合计 and 小计. Knows no cell format.

use crate::cell::{Cell, address};
use crate::column::Column;
use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::money::{Money, Unit};
use domain::project::{Kind, Value};
use std::collections::BTreeMap;

/// One money or count column of the sheet.
struct Sum {
    column: Column,
    at: u16,
    unit: Unit,
    /// Fen or pieces, by segment; a 小计 row ends a segment.
    segments: Vec<i128>,
}

/// A stated amount: row, place in `sums`, amount.
struct Stated {
    row: u32,
    sum: usize,
    money: Money,
    /// The segment that ends at this row; `None` for 合计, which covers all.
    segment: Option<usize>,
}

/// The running sums of one sheet.
#[derive(Default)]
pub struct Tally {
    sums: Vec<Sum>,
    /// Place in `sums` by column of the sheet.
    places: Vec<Option<usize>>,
    stated: Vec<Stated>,
    segment: usize,
}

impl Tally {
    /// Columns that add up, in sheet order.
    pub fn new(columns: impl Iterator<Item = (Column, u16, Unit)>) -> Tally {
        let sums: Vec<Sum> = columns
            .filter(|(column, ..)| matches!(column.kind(), Kind::Money | Kind::Count))
            .map(|(column, at, unit)| Sum { column, at, unit, segments: vec![0] })
            .collect();
        let last = sums.iter().map(|sum| sum.at).max().map_or(0, |at| usize::from(at) + 1);
        let mut places = vec![None; last];
        for (place, sum) in sums.iter().enumerate() {
            places[usize::from(sum.at)] = Some(place);
        }
        Tally { sums, places, stated: Vec::new(), segment: 0 }
    }

    /// Adds a value of the column at `at`.
    pub fn add(&mut self, at: u16, value: &Value) {
        let amount = match value {
            Value::Money(money) => i128::from(money.fen()),
            Value::Count(count) => i128::from(*count),
            Value::Text(_)
            | Value::Month(_)
            | Value::Date(_)
            | Value::Flag(_)
            | Value::Code(_)
            | Value::Category(_)
            | Value::Nature(_)
            | Value::Stage(_)
            | Value::Horizon(_)
            | Value::Area(_)
            | Value::Sites(_) => return,
        };
        if let Some(Some(place)) = self.places.get(usize::from(at)) {
            self.sums[*place].segments[self.segment] += amount;
        }
    }

    /// A 合计 (`whole`) or 小计 row.
    pub fn state(&mut self, row: u32, cells: &[(u16, Cell<'_>)], whole: bool) {
        for (place, sum) in self.sums.iter().enumerate() {
            let cell = cells.iter().find(|(at, _)| *at == sum.at).map(|(_, cell)| cell);
            let money =
                cell.filter(|_| sum.column.kind() == Kind::Money).and_then(|cell| stated(cell, sum.unit));
            if let Some(money) = money {
                self.stated.push(Stated {
                    row,
                    sum: place,
                    money,
                    segment: (!whole).then_some(self.segment),
                });
            }
        }
        if !whole {
            self.segment += 1;
            self.sums.iter_mut().for_each(|sum| sum.segments.push(0));
        }
    }

    /// Stated amounts that differ. A 小计 may stand below or above its rows, so both are tried.
    pub fn differences(&self, sheet: &str) -> Vec<Finding> {
        self.stated
            .iter()
            .filter_map(|stated| {
                let sum = &self.sums[stated.sum];
                let real: i128 = match stated.segment {
                    None => sum.segments.iter().sum(),
                    Some(segment) => sum.segments[segment],
                };
                let said = i128::from(stated.money.fen());
                let after = stated.segment.and_then(|segment| sum.segments.get(segment + 1));
                // From 10¹⁵ fen on a double holds 15 digits and no more.
                let loss = if said >= 1_000_000_000_000_000 { said / 100_000_000_000_000 } else { 0 };
                if (said - real).abs() <= loss || after == Some(&said) {
                    return None;
                }
                let real = i64::try_from(real).ok().and_then(Money::from_fen)?;
                Some(Finding {
                    severity: Severity::Warning,
                    place: Place {
                        sheet: sheet.to_owned(),
                        row: stated.row,
                        address: Some(address(stated.row, sum.at.into())),
                    },
                    field: sum.column.field(),
                    kind: FindingKind::StatedTotalDiffers {
                        stated: stated.money,
                        sum: real,
                        difference: stated.money.minus(real),
                    },
                })
            })
            .collect()
    }

    /// Sums of money columns in fen, and of count columns.
    pub fn totals(&self) -> (BTreeMap<String, String>, BTreeMap<String, u64>) {
        let (mut money, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for sum in &self.sums {
            let whole: i128 = sum.segments.iter().sum();
            if sum.column.kind() == Kind::Money {
                money.insert(sum.column.key(), whole.to_string());
            } else {
                counts.insert(sum.column.key(), u64::try_from(whole).unwrap_or(u64::MAX));
            }
        }
        (money, counts)
    }
}

/// A stated sum. A spreadsheet adds doubles, so its noise is rounded to the nearest fen.
fn stated(cell: &Cell<'_>, unit: Unit) -> Option<Money> {
    match cell {
        Cell::Number(number) => {
            let fen = (number * unit.fen() as f64).round();
            if (0.0..9e15).contains(&fen) { Money::from_fen(fen as i64) } else { None }
        }
        Cell::Text(text) => Money::parse(text, unit).ok(),
        Cell::Date(_) | Cell::Flag(_) | Cell::Fault(_) | Cell::Formula(_) => None,
    }
}
