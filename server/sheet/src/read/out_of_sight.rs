//! What was read although nobody sees it in a spreadsheet: said once, so that a person can decide. Leaves nothing out.

use crate::column::Column;
use crate::layout::Layout;
use domain::finding::{Finding, FindingKind, Place, Severity};

/// Rows of the list that are out of sight, from the top.
pub fn rows(sheet: &str, unseen: &[u32]) -> Option<Finding> {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for row in unseen {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            Some(_) | None => stretches.push((*row, *row)),
        }
    }
    let (first, _) = *stretches.first()?;
    Some(note(sheet, first, FindingKind::HiddenRows { rows: stretches }))
}

/// Columns of the list that are out of sight.
pub fn columns(sheet: &str, layout: &Layout, unseen: &[(u32, u32)]) -> Option<Finding> {
    let is_unseen = |at: u16| unseen.iter().any(|(first, last)| (*first..=*last).contains(&at.into()));
    let counts = |key: Option<&str>| {
        key.is_some_and(|key| !key.is_empty() && Column::from_key(key) != Some(Column::Ordinal))
    };
    let columns =
        layout.columns.iter().filter(|column| counts(column.key.as_deref()) && is_unseen(column.at));
    let letters: Vec<String> = columns.map(|column| column.letters.clone()).collect();
    (!letters.is_empty()).then(|| note(sheet, layout.header_rows.1, FindingKind::HiddenColumns { letters }))
}

fn note(sheet: &str, row: u32, kind: FindingKind) -> Finding {
    let place = Place { sheet: sheet.to_owned(), row, address: None };
    Finding { severity: Severity::Note, place, field: None, kind }
}
