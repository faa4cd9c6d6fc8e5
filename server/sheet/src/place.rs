//! Blank places below a filled one. Fills them from above and says at the end which fillings the column does not bear out.

use domain::finding::{Finding, FindingKind, Place, Severity};
use domain::project::Field;

/// A stretch of rows that took the place of the row above them.
struct Run {
    /// First blank row.
    first: u32,
    place: String,
    /// The next filled place below; `None` at the end of the sheet.
    next: Option<String>,
    /// All rows lie in one merged cell with the filled one.
    merged: bool,
}

/// The column of places of one sheet.
#[derive(Default)]
pub struct Places {
    last: Option<(u32, String)>,
    runs: Vec<Run>,
    open: bool,
    /// The same place was written on two rows in a row, so this sheet does not leave repeats blank.
    repeats: bool,
}

impl Places {
    /// The row writes its place.
    pub fn filled(&mut self, row: u32, place: &str) {
        if let Some((_, known)) = &self.last {
            self.repeats |= known == place && !self.open;
        }
        if self.open
            && let Some(run) = self.runs.last_mut()
        {
            run.next = Some(place.to_owned());
        }
        self.open = false;
        match &mut self.last {
            Some((at, known)) if known == place => *at = row,
            last => *last = Some((row, place.to_owned())),
        }
    }

    /// Whether the row writes its place.
    pub fn stands_at(&self, row: u32) -> bool {
        !self.open && self.last.as_ref().is_some_and(|(at, _)| *at == row)
    }

    /// The row leaves its place blank: the place from above and the row it stands in.
    pub fn blank(&mut self, row: u32, merged: bool) -> Option<(String, u32)> {
        let (from, place) = self.last.clone()?;
        if self.open {
            if let Some(run) = self.runs.last_mut() {
                run.merged &= merged;
            }
        } else {
            self.runs.push(Run { first: row, place: place.clone(), next: None, merged });
            self.open = true;
        }
        Some((place, from))
    }

    /// Fillings that nothing bears out: no merged cell, another place below, and a column that otherwise repeats itself.
    pub fn doubts(&self, sheet: &str) -> Vec<Finding> {
        let borne_out = |run: &Run| {
            run.merged || !self.repeats || run.next.as_ref().is_none_or(|next| *next == run.place)
        };
        self.runs
            .iter()
            .filter(|run| !borne_out(run))
            .map(|run| Finding {
                severity: Severity::Warning,
                place: Place { sheet: sheet.to_owned(), row: run.first, address: None },
                field: Some(Field::Area),
                kind: FindingKind::FilledFromAbove { value: run.place.clone() },
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(column: &[&str], doubts: usize) {
        let mut places = Places::default();
        for (row, place) in column.iter().enumerate() {
            let row = u32::try_from(row).unwrap();
            if place.is_empty() { drop(places.blank(row, false)) } else { places.filled(row, place) }
        }
        assert_eq!(places.doubts("s").len(), doubts, "{column:?}");
    }

    #[test]
    fn blank_means_same_when_the_column_shows_it() {
        check(&["a", "", "", "b", "", "c"], 0);
        check(&["a", "a", "", "", "a", "a"], 0);
        check(&["a", "a", "", ""], 0);
        check(&["a", "a", "b", "b", "", "c", "c"], 1);
    }
}
