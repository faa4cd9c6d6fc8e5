//! Where the heading of a book of funds stands, what its columns are called, and the cells below it that a merged cell
//! speaks for. Knows no unit of a sheet and reads no amount.

use super::HEAD_ROWS;
use crate::plain::{PlainRow, PlainSheet};
use domain::ledger::Column;
use domain::money::Named;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Longest text, in bytes, that a merged cell hands down: names and numbers of documents are shorter.
const HANDED_DOWN: usize = 400;

/// One heading row, or two that are read as one.
pub(super) struct Head {
    pub first: usize,
    pub last: usize,
    /// what each place is called
    pub texts: Vec<String>,
    pub at: BTreeMap<Column, usize>,
    /// places that name a column which stands further left already
    pub again: Vec<(Column, usize)>,
}

/// The first heading that names source and amount.
pub(super) fn find(sheet: &PlainSheet) -> Option<Head> {
    (0..sheet.rows.len().min(HEAD_ROWS)).find_map(|at| {
        let upper = &sheet.rows[at].cells;
        let alone = Head::of(at, at, upper.clone());
        if let Some(lower) = sheet.rows.get(at + 1).map(|row| &row.cells) {
            let pair = Head::of(at, at + 1, joined(upper, lower));
            let below = Head::of(at + 1, at + 1, lower.clone());
            let is_better = pair.at.len() > alone.at.len().max(below.at.len());
            if pair.is_head() && (is_better || alone.is_continued(&pair, lower)) {
                return Some(pair);
            }
        }
        alone.is_head().then_some(alone)
    })
}

impl Head {
    fn of(first: usize, last: usize, texts: Vec<String>) -> Head {
        let mut at = BTreeMap::new();
        let mut again = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            let Some(column) = Column::find(text) else { continue };
            if let Entry::Vacant(free) = at.entry(column) {
                free.insert(place);
            } else {
                again.push((column, place));
            }
        }
        // A second 序号 confuses nobody: nothing is read from it.
        again.retain(|(column, _)| *column != Column::Serial);
        Head { first, last, texts, at, again }
    }

    fn is_head(&self) -> bool {
        self.at.contains_key(&Column::Source) && self.at.contains_key(&Column::Amount)
    }

    /// The row below says more of these columns and nothing else, as no line of a book does: 代码 below 项目, 元 below 金额.
    fn is_continued(&self, pair: &Head, lower: &[String]) -> bool {
        let mut more = lower.iter().zip(&pair.texts).filter(|(under, _)| !under.is_empty()).peekable();
        self.is_head()
            && pair.at.len() >= self.at.len()
            && more.peek().is_some()
            && more.all(|(_, text)| Column::find(text).is_some())
    }
}

/// Two heading rows as one: 项目 over 名称 is 项目名称, 金额 over 万元 is 金额（万元）.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut band = "";
    let join = |place: usize| {
        let over = upper.get(place).map(String::as_str).unwrap_or_default();
        let under = lower.get(place).map(String::as_str).unwrap_or_default();
        if !over.is_empty() {
            band = over;
        }
        if under.is_empty() {
            return over.to_owned();
        }
        if is_unit(under) {
            return format!("{band}（{}）", inner(under));
        }
        let both = format!("{band}{under}");
        if Column::find(&both).is_some() { both } else { under.to_owned() }
    };
    (0..upper.len().max(lower.len())).map(join).collect()
}

fn is_unit(text: &str) -> bool {
    Named::find(inner(text)).is_some()
}

fn inner(text: &str) -> &str {
    text.trim_matches(['（', '）', '(', ')'])
}

/// The rows below the heading; a cell merged downwards speaks for each of its rows, but for the amount.
pub(super) fn filled<'a>(sheet: &'a PlainSheet, head: &Head) -> Cow<'a, [PlainRow]> {
    let rows = &sheet.rows[head.last + 1..];
    let mut filled = Cow::Borrowed(rows);
    let mut regions: Vec<_> = sheet.merges.iter().filter(|region| region.bottom > region.top).collect();
    regions.sort_by_key(|region| (region.left, region.top));
    // Merged cells do not overlap; where a file says so all the same, the upper one counts.
    let mut reached = (u32::MAX, 0);
    for region in regions {
        if reached.0 == region.left && region.top <= reached.1 {
            continue;
        }
        reached = (region.left, region.bottom);
        let named = head.at.iter().find(|(_, at)| u32::try_from(**at) == Ok(region.left));
        let Some((_, &place)) = named.filter(|(column, _)| **column != Column::Amount) else { continue };
        let Ok(top) = rows.binary_search_by_key(&region.top, |row| row.row) else { continue };
        let Some(text) = rows[top].cells.get(place).filter(|text| text.len() <= HANDED_DOWN) else {
            continue;
        };
        let end = rows.partition_point(|row| row.row <= region.bottom);
        for row in filled.to_mut().get_mut(top + 1..end).into_iter().flatten() {
            if row.cells.len() <= place {
                row.cells.resize(place + 1, String::new());
            }
            if row.cells[place].is_empty() {
                row.cells[place].clone_from(text);
            }
        }
    }
    filled
}
