//! Every row of a filter, page after page, for files and paper. More than fit are refused, never cut.

use crate::failure::{Failure, Outcome};
use contract::error::Refusal;
use store::page::{Cursor, Page};

/// Rows that one sheet can hold under its head.
pub(crate) const SHEET_MOST: u64 = 1_048_000;

/// The rows so far, at most `most`.
pub(crate) struct Whole<T> {
    pub rows: Vec<T>,
    after: Option<Cursor>,
    most: u64,
}

impl<T> Whole<T> {
    pub fn of_at_most(most: u64) -> Whole<T> {
        Whole { rows: Vec::new(), after: None, most }
    }

    /// Where the next page begins.
    pub fn after(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }

    /// Takes a page; true when there is one after it.
    pub fn add(&mut self, page: Page<T>) -> Outcome<bool> {
        self.rows.extend(page.rows);
        let rows = self.rows.len() as u64;
        if rows > self.most {
            return Err(Failure::Refused(Refusal::TooManyRows { rows, most: self.most }));
        }
        self.after = page.next;
        Ok(self.after.is_some())
    }
}
