//! CSV as a sheet: encoding and delimiter are found, the guard quote of our own export is removed. Knows no column meaning.

use crate::book::{EachRow, Gate};
use crate::cell::{Cell, Placed};
use crate::limits::Limits;
use crate::sniff::unreadable;
use chardetng::EncodingDetector;
use contract::workbook::ReadRefusal;
use std::borrow::Cow;
use std::io::Read;

/// The decoded text; the file's size bounds it.
pub struct CsvText {
    text: String,
    delimiter: u8,
}

/// First characters that a spreadsheet would take for a formula.
const DANGEROUS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The cell with a leading `'` when a spreadsheet could take it for a formula; [`unguard`] takes it away.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The cell without the guard quote. A quote that guards nothing stays.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        Some(_) | None => text,
    }
}

// A text that itself begins with quotes and then a danger is guarded too, or removing one quote would change it.
fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(DANGEROUS)
}

impl CsvText {
    pub fn read(file: impl Read, limits: &Limits) -> Result<CsvText, ReadRefusal> {
        let mut bytes = Vec::new();
        file.take(limits.file_bytes).read_to_end(&mut bytes).map_err(|fault| unreadable(&fault))?;
        // The parser counts lines by their line feed and takes one of a pair for the next row's.
        let text = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
        if text.trim().is_empty() {
            return Err(ReadRefusal::Empty);
        }
        if text.trim_start().starts_with('<') {
            return Err(ReadRefusal::NotAWorkbook);
        }
        let head: Vec<&str> = text.lines().take(20).collect();
        let most = |sign: char| head.iter().map(|line| line.matches(sign).count()).max().unwrap_or(0);
        let delimiter = [(b'\t', most('\t')), (b';', most(';')), (b',', most(','))]
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map_or(b',', |(sign, _)| sign);
        Ok(CsvText { text, delimiter })
    }

    pub(crate) fn rows(&self, gate: &mut Gate<'_>, each: &mut EachRow<'_>) -> Result<(), ReadRefusal> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut row = 0_u32;
        loop {
            let more = reader.read_record(&mut record).map_err(|fault| ReadRefusal::Damaged {
                place: format!("CSV row {}", row + 1),
                detail: fault.to_string(),
            })?;
            if !more {
                return Ok(());
            }
            row = record.position().map_or(row + 1, |at| self.line_of(at));
            let mut cells: Vec<Placed<'_>> = Vec::with_capacity(record.len());
            for (column, text) in record.iter().enumerate() {
                gate.count()?;
                let cell = Cell::Text(Cow::Borrowed(unguard(text)));
                if !cell.is_blank() {
                    gate.place(row, u32::try_from(column).unwrap_or(u32::MAX), &cell)?;
                    cells.push((u16::try_from(column).unwrap_or(u16::MAX), cell));
                }
            }
            if !cells.is_empty() && each(row, &cells)?.is_break() {
                return Ok(());
            }
        }
    }
}

impl CsvText {
    /// The line a person sees. The parser skips blank lines and then gives the place of the first of them.
    fn line_of(&self, at: &csv::Position) -> u32 {
        let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| **byte == b'\n').count();
        u32::try_from(at.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(blank).unwrap_or(u32::MAX))
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, ReadRefusal> {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(&bytes) {
        return whole(encoding, &bytes[skip..]);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(fault) => fault.into_bytes(),
    };
    let mut detector = EncodingDetector::new();
    detector.feed(&bytes, true);
    let guess = detector.guess(Some(b"cn"), false);
    // GB18030 contains GBK, and a file from a Chinese office that is no UTF-8 is nearly always one of them.
    whole(encoding_rs::GB18030, &bytes).or_else(|_| whole(guess, &bytes))
}

fn whole(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, ReadRefusal> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(Cow::into_owned)
        .ok_or(ReadRefusal::NotAWorkbook)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn a_guard_quote_never_changes_a_text(text in "['=+@＝－\\-]{0,3}.{0,6}") {
            let guarded = guard(&text);
            prop_assert!(!guarded.starts_with(DANGEROUS));
            prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}
