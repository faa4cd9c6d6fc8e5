//! What makes two imported lines the same line, so that a file read twice adds nothing. Compares texts; looks nothing up.

use super::entry::{Entry, Paper};
use super::movement::Movement;
use crate::id::ProjectId;
use crate::money::Money;
use crate::source::Source;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// The facts that a line is recognised by: kind, document or voucher, date, project, source, amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub movement: Movement,
    pub paper: &'a Paper,
    pub date: NaiveDate,
    pub project: ProjectId,
    pub source: Source,
    pub amount: Money,
}

/// The key of a line and which of its equals it is in the file, from 1: a true repeat is a second line, not a re-import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    pub key: String,
    /// From 1, in the order of the file.
    pub ordinal: u32,
}

impl Line<'_> {
    /// `pay|记-00003|2026-06-29|<project>|GBG|34618000000`: stable text, amount in fen. The voucher goes before the
    /// document, since one document pays many vouchers. Width, spaces and the style of brackets make no difference.
    pub fn key(&self) -> String {
        let spoken =
            |text: &Option<String>| text.as_deref().map(number_of_paper).filter(|text| !text.is_empty());
        let paper = spoken(&self.paper.voucher).or_else(|| spoken(&self.paper.document)).unwrap_or_default();
        format!(
            "{}|{paper}|{}|{}|{}|{}",
            self.movement.code(),
            self.date,
            self.project,
            self.source.code(),
            self.amount.fen()
        )
    }
}

impl Entry {
    /// The line that this entry would be read from.
    pub const fn line(&self) -> Line<'_> {
        Line {
            movement: self.posting.movement,
            paper: &self.posting.paper,
            date: self.posting.date,
            project: self.posting.key.project,
            source: self.posting.key.source,
            amount: self.posting.amount,
        }
    }
}

/// Numbers the lines of one file in their order: equal keys count 1, 2, 3.
pub fn number<'a>(lines: impl IntoIterator<Item = Line<'a>>) -> Vec<Identity> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let identity = |line: Line<'a>| {
        let key = line.key();
        let count = seen.entry(key.clone()).or_default();
        *count += 1;
        Identity { key, ordinal: *count }
    };
    lines.into_iter().map(identity).collect()
}

/// A document or voucher number in one spelling; the bar that parts the key cannot stand in it.
pub(super) fn number_of_paper(text: &str) -> String {
    let plain = |letter: char| match letter {
        '〔' | '［' | '[' | '【' | '(' | '{' => '〔',
        '〕' | '］' | ']' | '】' | ')' | '}' => '〕',
        '|' => '/',
        other => other,
    };
    text::fold(text).chars().map(plain).collect()
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.key, self.ordinal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn paper(document: &str, voucher: &str) -> Paper {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Paper { document: some(document), voucher: some(voucher) }
    }

    fn line(paper: &Paper, fen: i64) -> Line<'_> {
        Line {
            movement: Movement::Pay,
            paper,
            date: "2026-06-29".parse().unwrap(),
            project: ProjectId::new(Uuid::nil()),
            source: Source::Gbg,
            amount: Money::from_fen(fen).unwrap(),
        }
    }

    #[test]
    fn the_key_is_text_that_stays() {
        assert_eq!(
            line(&paper("黔财示〔2026〕78号", "记－00003"), 7).key(),
            "pay|记-00003|2026-06-29|00000000-0000-0000-0000-000000000000|GBG|7"
        );
        let spellings = ["黔财示〔2026〕78号", "黔财示[2026]78号", "黔财示（2026） 78 号"];
        for spelling in spellings {
            let paper = paper(spelling, "");
            assert!(line(&paper, 7).key().starts_with("pay|黔财示〔2026〕78号|"), "{spelling}");
        }
    }

    #[test]
    fn a_true_repeat_has_its_own_place_and_a_second_reading_adds_nothing() {
        let (first, second) = (paper("", "记-1"), paper("", "记-2"));
        let file = || [line(&first, 5), line(&second, 5), line(&first, 5), line(&first, 6)];
        let once = number(file());
        assert_eq!(once.iter().map(|id| id.ordinal).collect::<Vec<_>>(), [1, 1, 2, 1]);
        assert_eq!(once, number(file()));
        let distinct: std::collections::HashSet<_> = once.iter().collect();
        assert_eq!(distinct.len(), once.len());
    }
}
