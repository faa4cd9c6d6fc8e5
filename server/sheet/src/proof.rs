//! Is a file what its name says? First bytes, entries of an archive, streams of a compound file. Reads no content.

use domain::attachment::{FileKind, Proof};
use memchr::memmem;
use std::io::Cursor;
use zip::ZipArchive;

const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Entries that an office document may have.
const MOST_ENTRIES: usize = 5_000;
/// Bytes that an office document may unpack to, by its own account.
const MOST_UNPACKED: u64 = 512 << 20;
/// Endings of entries that would run something.
const RUNNABLE: [&str; 12] =
    ["vbaproject.bin", ".exe", ".dll", ".com", ".scr", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".hta", ".jar"];

/// True when the bytes are of this kind and carry no program.
pub fn proves(kind: FileKind, bytes: &[u8]) -> bool {
    match kind.proof() {
        Proof::Magic(magic) => bytes.starts_with(magic),
        Proof::Zip(entry) => archive(bytes, entry).unwrap_or(false),
        Proof::Compound(streams) => {
            bytes.starts_with(COMPOUND) && streams.iter().any(|stream| has_stream(bytes, stream))
        }
    }
}

fn archive(bytes: &[u8], wanted: &str) -> zip::result::ZipResult<bool> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    if zip.len() > MOST_ENTRIES {
        return Ok(false);
    }
    let (mut found, mut unpacked) = (false, 0_u64);
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at)?;
        let name = entry.name().replace('\\', "/").to_lowercase();
        unpacked = unpacked.saturating_add(entry.size());
        if entry.encrypted() || unpacked > MOST_UNPACKED || RUNNABLE.iter().any(|end| name.ends_with(end)) {
            return Ok(false);
        }
        found |= name == wanted.to_lowercase();
    }
    Ok(found)
}

/// Names of streams stand in the directory of a compound file as UTF-16.
fn has_stream(bytes: &[u8], stream: &str) -> bool {
    let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memmem::find(bytes, &wide).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zip_of(names: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"<x/>").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_kind_is_proved_by_its_content() {
        let docx = zip_of(&["[Content_Types].xml", "word/document.xml"]);
        assert!(proves(FileKind::Docx, &docx));
        assert!(!proves(FileKind::Xlsx, &docx), "a document is no workbook");
        assert!(!proves(FileKind::Pdf, &docx));
        assert!(proves(FileKind::Pdf, b"%PDF-1.7 ..."));
        assert!(!proves(FileKind::Pdf, b"<html>%PDF-"));
        assert!(!proves(FileKind::Png, b"MZ\x90\x00"));
    }

    #[test]
    fn what_would_run_is_refused() {
        for bad in ["word/vbaProject.bin", "word/embeddings/a.EXE", "x.js"] {
            assert!(!proves(FileKind::Docx, &zip_of(&["word/document.xml", bad])), "{bad}");
        }
    }

    #[test]
    fn an_old_document_is_known_by_its_streams() {
        let mut old = COMPOUND.to_vec();
        old.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(proves(FileKind::Doc, &old) && proves(FileKind::Wps, &old));
        assert!(!proves(FileKind::Xls, &old));
    }
}
