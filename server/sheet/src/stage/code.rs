//! Project codes and internal numbers: is the code sound, and did an earlier row carry it? Asks no database.

use super::{Row, Stage};
use crate::column::Column;
use domain::finding::{FindingKind, Severity};
use domain::project::code::CodeVerdict;
use domain::project::{Field, ProjectCode};
use std::rc::Rc;

impl Stage<'_> {
    pub(super) fn code(&mut self, row: u32, at: u16, code: &ProjectCode, found: &mut Row) {
        let verdict = code.verdict();
        let sound = !matches!(verdict, CodeVerdict::Malformed);
        let text = code.to_string();
        let doubt = match verdict {
            CodeVerdict::Sound | CodeVerdict::Legacy => None,
            CodeVerdict::CheckDigit { expected } => {
                Some(FindingKind::CodeCheckDigit { code: text.clone(), expected })
            }
            CodeVerdict::NoSuchMonth { month } => Some(FindingKind::CodeMonth { code: text.clone(), month }),
            CodeVerdict::Malformed => Some(FindingKind::CodeMalformed { code: text.clone() }),
        };
        let field = Some(Field::Code);
        if let Some(kind) = doubt {
            found.findings.push(self.finding(Severity::Warning, row, Some(at), field, kind));
        }
        if sound {
            self.repeated(row, at, Column::Project(Field::Code), &text, found);
        }
    }

    /// A code or number that an earlier row carries too.
    pub(super) fn repeated(&mut self, row: u32, at: u16, column: Column, text: &str, found: &mut Row) {
        match self.seen.rows.get(text) {
            Some((first, on)) => {
                let sheet = (**on != *self.sheet).then(|| on.to_string());
                let kind = FindingKind::SameAsRow { row: *first, code: text.to_owned(), sheet };
                found.findings.push(self.finding(Severity::Error, row, Some(at), column.field(), kind));
            }
            None => {
                self.seen.rows.insert(text.to_owned(), (row, Rc::clone(&self.name)));
            }
        }
    }
}
