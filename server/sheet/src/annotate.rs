//! A person's own workbook given back with its findings: faulty cells coloured and commented, a column of results.
//! Works in the child process only, because the whole file is loaded. Knows no rule.

use crate::archive;
use crate::cell::{column_letters, parse_address};
use crate::limits::Limits;
use contract::workbook::ReadRefusal;
use domain::finding::Severity;
use rust_xlsxwriter::{Format, Workbook};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use umya_spreadsheet::{Comment, reader, writer};

/// A finding with its sentence already made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remark {
    pub severity: Severity,
    pub sheet: String,
    /// From 1.
    pub row: u32,
    pub address: Option<String>,
    pub sentence: String,
    /// The cell was mended in the wizard: this is no fault any more.
    #[serde(default)]
    pub mended: bool,
}

/// The few words of the annotated file, in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// Heading of the added column, 结果.
    pub result: String,
    /// Who comments.
    pub author: String,
    /// Name of the sheet of findings and its four headings: sheet, row, cell, finding.
    pub findings: String,
    pub headings: [String; 4],
}

/// How the findings were given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Annotated {
    /// Inside the person's own workbook.
    InPlace,
    /// In a workbook of their own, because the file is too large or is no workbook.
    Apart,
}

/// A file on disk larger than this gets its findings apart, in bytes: loading it takes about thirty times as much.
const IN_PLACE_BYTES: u64 = 2 << 20;
/// More findings than this go apart.
const IN_PLACE_FINDINGS: usize = 5_000;

/// Writes the annotated copy of `path` to `out`.
pub fn annotate(
    path: &Path,
    out: &Path,
    remarks: &[Remark],
    words: &Words,
    limits: &Limits,
) -> Result<Annotated, ReadRefusal> {
    let file = File::open(path).map_err(|fault| failed(&fault))?;
    let size = file.metadata().map_err(|fault| failed(&fault))?.len();
    let small = Limits {
        entry_bytes: limits.entry_bytes.min(24 << 20),
        total_bytes: limits.total_bytes.min(32 << 20),
        ..limits.clone()
    };
    let fits = size <= IN_PLACE_BYTES
        && remarks.len() <= IN_PLACE_FINDINGS
        && archive::walk(BufReader::new(file), &small).is_ok();
    if fits && in_place(path, out, remarks, words).is_ok() {
        return Ok(Annotated::InPlace);
    }
    apart(out, remarks, words).map_err(|fault| failed(&fault))?;
    Ok(Annotated::Apart)
}

fn in_place(
    path: &Path,
    out: &Path,
    remarks: &[Remark],
    words: &Words,
) -> Result<(), umya_spreadsheet::XlsxError> {
    let mut book = reader::xlsx::read(path)?;
    let mut sheets: BTreeMap<&str, Vec<&Remark>> = BTreeMap::new();
    for remark in remarks {
        sheets.entry(&remark.sheet).or_default().push(remark);
    }
    for (name, remarks) in sheets {
        let sheet = book.sheet_by_name_mut(name)?;
        let result_column = column_letters(sheet.highest_column());
        let first = remarks.iter().map(|remark| remark.row).min().unwrap_or(1);
        let mut rows: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        let mut cells: BTreeMap<&str, Vec<&Remark>> = BTreeMap::new();
        for remark in remarks {
            rows.entry(remark.row).or_default().push(&remark.sentence);
            if let Some(address) =
                remark.address.as_deref().filter(|address| parse_address(address).is_some())
            {
                cells.entry(address).or_default().push(remark);
            }
        }
        for (address, found) in cells {
            sheet.style_mut(address).set_background_color_solid(colour(worst(&found)));
            let text = found.iter().map(|remark| remark.sentence.as_str()).collect::<Vec<_>>().join("\n");
            // Two comments on one cell damage a workbook, so an earlier one is taken into ours.
            sheet.comments_mut().retain(|comment| comment.coordinate().to_string() != address);
            let mut comment = Comment::default();
            comment.new_comment(address).set_author(words.author.as_str()).set_text_string(text);
            sheet.add_comments(comment);
        }
        let heading_row = first.saturating_sub(1).max(1);
        sheet.cell_mut(format!("{result_column}{heading_row}")).set_value_string(words.result.as_str());
        for (row, sentences) in rows {
            sheet.cell_mut(format!("{result_column}{row}")).set_value_string(sentences.join("；"));
        }
    }
    writer::xlsx::write(&book, out)
}

/// The gravest fault of a cell; `None` when all of it was mended.
fn worst(found: &[&Remark]) -> Option<Severity> {
    found.iter().filter(|remark| !remark.mended).map(|remark| remark.severity).min()
}

const fn colour(worst: Option<Severity>) -> &'static str {
    match worst {
        Some(Severity::Error) => "FFFFC7CE",
        Some(Severity::Warning) => "FFFFEB9C",
        Some(Severity::Note) => "FFDDEBF7",
        None => "FFE2EFDA",
    }
}

fn apart(out: &Path, remarks: &[Remark], words: &Words) -> Result<(), rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(&words.findings)?;
    let bold = Format::new().set_bold();
    for (place, heading) in words.headings.iter().enumerate() {
        sheet.write_string_with_format(0, u16::try_from(place).unwrap_or(0), heading, &bold)?;
    }
    for (place, remark) in remarks.iter().enumerate() {
        let at = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let fill = Format::new().set_background_color(&colour(worst(&[remark]))[2..]);
        sheet.write_string(at, 0, &remark.sheet)?;
        sheet.write_number(at, 1, remark.row)?;
        sheet.write_string(at, 2, remark.address.as_deref().unwrap_or_default())?;
        sheet.write_string_with_format(at, 3, &remark.sentence, &fill)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_column_width(3, 80)?;
    book.save(out)
}

fn failed(fault: &impl std::fmt::Display) -> ReadRefusal {
    ReadRefusal::ReaderFailed { detail: fault.to_string() }
}
