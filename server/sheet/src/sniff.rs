//! What kind of file lies there, told by its first bytes and never by its name alone.

use contract::workbook::{OtherFormat, ReadRefusal};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// The kinds that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A zip archive, hopefully an .xlsx workbook.
    Zip,
    /// Text, hopefully CSV.
    Text,
}

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Names of streams stand in the directory of a compound file as UTF-16; 4 MiB hold the directory of any real one.
const COMPOUND_SEARCHED: u64 = 4 << 20;

/// Looks at the first bytes; leaves the file at its start. `name` serves only to tell .et from .xls.
pub fn sniff(file: &mut File, name: &str) -> Result<Kind, ReadRefusal> {
    let mut head = Vec::new();
    file.by_ref().take(4096).read_to_end(&mut head).map_err(|fault| unreadable(&fault))?;
    let kind = if head.is_empty() {
        Err(ReadRefusal::Empty)
    } else if head.starts_with(ZIP) {
        Ok(Kind::Zip)
    } else if head.starts_with(COMPOUND) {
        Err(compound(file, name)?)
    } else if looks_like_text(&head) {
        Ok(Kind::Text)
    } else {
        Err(ReadRefusal::NotAWorkbook)
    };
    file.seek(SeekFrom::Start(0)).map_err(|fault| unreadable(&fault))?;
    kind
}

fn compound(file: &mut File, name: &str) -> Result<ReadRefusal, ReadRefusal> {
    let mut body = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(|fault| unreadable(&fault))?;
    file.by_ref().take(COMPOUND_SEARCHED).read_to_end(&mut body).map_err(|fault| unreadable(&fault))?;
    let has = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(&body, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Ok(ReadRefusal::Encrypted);
    }
    if has("WordDocument") || has("PowerPoint Document") {
        return Ok(ReadRefusal::NotAWorkbook);
    }
    let format = if name.to_lowercase().ends_with(".et") { OtherFormat::Et } else { OtherFormat::Xls };
    Ok(ReadRefusal::OldFormat { format })
}

/// Text has no zero bytes unless it is UTF-16, which its byte order mark tells.
fn looks_like_text(head: &[u8]) -> bool {
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x1A);
    wide || !head.iter().any(|&b| control(b)) && !head.starts_with(b"%PDF")
}

pub(crate) fn unreadable(fault: &std::io::Error) -> ReadRefusal {
    ReadRefusal::Damaged { place: "file".to_owned(), detail: fault.to_string() }
}
