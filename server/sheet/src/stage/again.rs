//! A row that was read before, read once more with other texts in some of its cells. Opens no file.

use super::{Row, Stage};
use crate::cell::Cell;
use crate::column::Column;
use crate::staged::StagedRow;
use domain::finding::{Finding, FindingKind};
use std::borrow::Cow;
use std::collections::BTreeMap;

impl Stage<'_> {
    /// Takes a row that was read before once more, with other texts in some cells: the same judge, the same doubts.
    pub fn again(&mut self, before: StagedRow, mends: &BTreeMap<String, String>) -> StagedRow {
        let row = before.row;
        let mut found = Row::default();
        let columns: Vec<(u16, Column)> = self
            .plans
            .iter()
            .enumerate()
            .filter_map(|(at, plan)| Some((u16::try_from(at).ok()?, plan.as_ref()?.column)))
            .collect();
        for (at, column) in columns.into_iter().filter(|(_, column)| *column != Column::Ordinal) {
            let key = column.key();
            if let Some(text) = mends.get(&key) {
                if !text.trim().is_empty() {
                    self.cell(row, at, &Cell::Text(Cow::Borrowed(text)), true, &mut found);
                }
                continue;
            }
            // A place filled from above is filled again: the row above may have been mended.
            let Some(fact) = before.cells.get(&key).filter(|fact| fact.filled_from.is_none()) else {
                continue;
            };
            let here = |finding: &&Finding| finding.place.address.as_ref() == Some(&fact.address);
            let error = before.findings.iter().filter(here).find_map(|finding| {
                if let FindingKind::Unreadable { error } = &finding.kind { Some(error.clone()) } else { None }
            });
            let verdict = error.map_or_else(|| Ok(fact.value.clone()), Err);
            let cell = Cell::Text(Cow::Borrowed(&fact.raw));
            self.read(row, at, column, verdict, &cell, true, &mut found);
        }
        self.whole_row(row, true, &mut found);
        self.rows += 1;
        StagedRow { cells: found.cells, findings: found.findings, ..before }
    }
}
