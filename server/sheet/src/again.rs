//! Rows that were read before, read once more after a person gave some cells another text. Opens no file.

use crate::layout::Layout;
use crate::stage::{Seen, Stage};
use crate::staged::{SheetFacts, StagedRow};
use std::collections::{BTreeMap, HashMap};

/// Other texts of a row's cells, by column key.
pub type Mends = BTreeMap<String, String>;

/// Judges all rows of a file anew, in file order. The sums of the sheets follow.
pub fn again(
    sheets: &mut [SheetFacts],
    rows: Vec<StagedRow>,
    mends: &HashMap<(String, u32), Mends>,
) -> Vec<StagedRow> {
    let mut seen = Seen::default();
    let none = Mends::new();
    let mut by_sheet: BTreeMap<String, Vec<StagedRow>> = BTreeMap::new();
    for row in rows {
        by_sheet.entry(row.sheet.clone()).or_default().push(row);
    }
    let mut done = Vec::new();
    for facts in sheets {
        let Some(rows) = by_sheet.remove(&facts.sheet) else { continue };
        let Some(layout) = &facts.layout else { continue };
        let mut stage = Stage::new(&facts.sheet, layout, &[], &mut seen);
        for row in rows {
            let mends = mends.get(&(row.sheet.clone(), row.row)).unwrap_or(&none);
            done.push(stage.again(row, mends));
        }
        (facts.totals, facts.counts) = stage.tally.totals();
    }
    done
}

/// Where a column stands in the sheet, for a cell that was blank: `L17`.
pub fn address(layout: &Layout, key: &str, row: u32) -> Option<String> {
    let column = layout.columns.iter().find(|column| column.key.as_deref() == Some(key))?;
    Some(format!("{}{row}", column.letters))
}
