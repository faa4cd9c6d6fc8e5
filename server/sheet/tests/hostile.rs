//! What bad input gets: a refusal that names the place, in a child that may die while the parent lives.
//! Every hostile file is made here.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking and names what it expects"
)]

use contract::workbook::{OtherFormat, ReadRefusal};
use domain::finding::{FindingKind, Severity};
use domain::money::AmountError;
use domain::project::value::ValueError;
use rust_xlsxwriter::Workbook;
use sheet::annotate::{Annotated, Remark, Words};
use sheet::child::parent::{annotate_in_child, check_in_child, read_in_child};
use sheet::child::{Request, Task};
use sheet::limits::Limits;
use sheet::staged::Parsed;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn request(path: &Path, name: &str, limits: Limits) -> Request {
    Request { path: path.to_owned(), name: name.to_owned(), mappings: Vec::new(), limits, task: Task::Rows }
}

fn exe() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_sheet-child"))
}

async fn read_with(bytes: &[u8], name: &str, limits: Limits) -> Result<Parsed, ReadRefusal> {
    let file = file(bytes);
    read_in_child(&exe(), request(file.path(), name, limits), |_, _| ()).await
}

async fn read(bytes: &[u8], name: &str) -> Result<Parsed, ReadRefusal> {
    read_with(bytes, name, Limits::default()).await
}

fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook of one sheet written by hand: pieces of the sheet's XML and of its string table.
fn by_hand(sheet: &mut dyn Iterator<Item = Vec<u8>>, strings: &mut dyn Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let fast = SimpleFileOptions::default().compression_level(Some(6));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
    ] {
        zip.start_file(name, fast).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", fast).unwrap();
    zip.write_all(br#"<worksheet><sheetData>"#).unwrap();
    sheet.for_each(|piece| zip.write_all(&piece).unwrap());
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    zip.start_file("xl/sharedStrings.xml", fast).unwrap();
    zip.write_all(b"<sst>").unwrap();
    strings.for_each(|piece| zip.write_all(&piece).unwrap());
    zip.write_all(b"</sst>").unwrap();
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn two_far_corners() {
    let bytes = saved(|book| {
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "a").unwrap();
        sheet.write_string(1_048_575, 16_383, "b").unwrap();
    });
    let refusal = read(&bytes, "a.xlsx").await.unwrap_err();
    assert!(
        matches!(&refusal, ReadRefusal::TooManyRows { address, .. } if address == "XFD1048576"),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_string_of_512_mebibytes() {
    let piece = vec![b'a'; 1 << 20];
    let mut strings = std::iter::once(b"<si><t>".to_vec())
        .chain(std::iter::repeat_n(piece, 512))
        .chain(std::iter::once(b"</t></si>".to_vec()));
    let bytes = by_hand(&mut std::iter::empty(), &mut strings);
    let refusal = read(&bytes, "a.xlsx").await.unwrap_err();
    assert!(
        matches!(&refusal, ReadRefusal::EntryTooLarge { entry, .. } if entry == "xl/sharedStrings.xml"),
        "{refusal}"
    );
}

#[tokio::test]
async fn four_million_cells_of_one_byte() {
    let mut sheet = (0..20_000).map(|_| {
        let mut row = b"<row>".to_vec();
        (0..200).for_each(|_| row.extend_from_slice(b"<c><v>1</v></c>"));
        row.extend_from_slice(b"</row>");
        row
    });
    let bytes = by_hand(&mut sheet, &mut std::iter::empty());
    assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    let refusal = read(&bytes, "a.xlsx").await.unwrap_err();
    assert!(matches!(refusal, ReadRefusal::RatioTooHigh { .. }), "{refusal}");
    let loose = Limits { ratio: 1_000_000, cells: 1_000_000, ..Limits::default() };
    let refusal = read_with(&bytes, "a.xlsx", loose).await.unwrap_err();
    assert!(matches!(refusal, ReadRefusal::TooManyCells { most: 1_000_000, .. }), "{refusal}");
}

#[tokio::test]
async fn ten_thousand_sheets() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..10_000 {
        zip.start_file(format!("xl/worksheets/sheet{number}.xml"), SimpleFileOptions::default()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let refusal = read(&bytes, "a.xlsx").await.unwrap_err();
    assert_eq!(refusal, ReadRefusal::TooManyEntries { entries: 10_000, most: 200 });
}

#[tokio::test]
async fn an_entry_that_lies_about_its_size() {
    let mut rows = std::iter::repeat_n(b"<row><c><v>1</v></c></row>".to_vec(), 1_000);
    let mut bytes = by_hand(&mut rows, &mut std::iter::empty());
    // The uncompressed size stands 24 bytes into a central record, the name 46 bytes into it.
    let name = b"xl/worksheets/sheet1.xml";
    let at = bytes.windows(name.len()).rposition(|window| window == name).unwrap() - 46;
    bytes[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    let refusal = read(&bytes, "a.xlsx").await.unwrap_err();
    assert!(
        matches!(refusal, ReadRefusal::LyingEntry { stated: 100, .. } | ReadRefusal::Damaged { .. }),
        "{refusal}"
    );
}

#[tokio::test]
async fn other_formats_under_a_new_name() {
    let compound = |stream: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    for (bytes, name, expected) in [
        (Vec::new(), "a.xlsx", ReadRefusal::Empty),
        (compound("EncryptedPackage"), "a.xlsx", ReadRefusal::Encrypted),
        (compound("Workbook"), "a.xlsx", ReadRefusal::OldFormat { format: OtherFormat::Xls }),
        (compound("Workbook"), "a.et", ReadRefusal::OldFormat { format: OtherFormat::Et }),
        (b"%PDF-1.7 \n".to_vec(), "a.xlsx", ReadRefusal::NotAWorkbook),
        (b"<html><table></table></html>".to_vec(), "a.xls", ReadRefusal::NotAWorkbook),
        (vec![0, 1, 2, 3, 4, 5], "a.xlsx", ReadRefusal::NotAWorkbook),
    ] {
        assert_eq!(read(&bytes, name).await.unwrap_err(), expected, "{name}");
    }
    let refusal = read(b"PK\x03\x04 and then nothing", "a.xlsx").await.unwrap_err();
    assert!(matches!(refusal, ReadRefusal::Damaged { .. }), "{refusal}");
}

#[tokio::test]
async fn memory_and_time_are_bounded() {
    let text = format!("<si><t>{}</t></si>", "长文本".repeat(300));
    let mut strings = (0..20_000).map(|number| format!("{text}<si><t>{number}</t></si>").into_bytes());
    let bytes = by_hand(&mut std::iter::empty(), &mut strings);
    let small = Limits { memory_mib: 40, ratio: 1_000_000, ..Limits::default() };
    let refusal = read_with(&bytes, "a.xlsx", small).await.unwrap_err();
    assert_eq!(refusal, ReadRefusal::MemoryExceeded { mebibytes: 40 });
    let hasty = Limits { seconds: 0, ratio: 1_000_000, ..Limits::default() };
    let refusal = read_with(&bytes, "a.xlsx", hasty).await.unwrap_err();
    assert_eq!(refusal, ReadRefusal::TimedOut { seconds: 0 });
}

#[tokio::test]
async fn a_long_cell_is_named() {
    let text = "x".repeat(40_000);
    let mut sheet = std::iter::once(
        format!(r#"<row r="3"><c r="B3" t="inlineStr"><is><t>{text}</t></is></c></row>"#).into_bytes(),
    );
    let bytes = by_hand(&mut sheet, &mut std::iter::empty());
    let refusal = read(&bytes, "a.xlsx").await.unwrap_err();
    assert!(matches!(&refusal, ReadRefusal::CellTooLong { address, .. } if address == "B3"), "{refusal}");
}

const CSV: &str = "单位：万元\n序号,项目名称,县,总投资,中央衔接资金,2026年\n1,甲厂,某县,NaN,,\n2,乙厂,某县,1e400,,\n3,丙厂,某县,-0,,\n4,丁厂,某县,0.0000001,,\n5,戊厂,某县,\"1,234.5\",1234.5,1234.5\n";

#[tokio::test]
async fn odd_amounts_in_three_encodings() {
    let (gb, _, lost) = encoding_rs::GB18030.encode(CSV);
    assert!(!lost);
    let marked = [&[0xEF, 0xBB, 0xBF], CSV.as_bytes()].concat();
    for bytes in [CSV.as_bytes(), gb.as_ref(), marked.as_slice()] {
        let parsed = read(bytes, "a.csv").await.unwrap();
        assert_eq!(parsed.sheets[0].rows, 5);
        assert_eq!(parsed.rows[0].cells["name"].raw, "甲厂");
        let faults: Vec<(u32, &AmountError)> = parsed
            .findings
            .iter()
            // The table does not say which list it is.
            .filter(|finding| finding.kind != FindingKind::WhichList)
            .map(|finding| match &finding.kind {
                FindingKind::Unreadable { error: ValueError::Amount(fault) } => (finding.place.row, fault),
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(
            matches!(
                faults.as_slice(),
                [
                    (3, AmountError::NotANumber { .. }),
                    (4, AmountError::NotANumber { .. }),
                    (6, AmountError::TooPrecise { .. })
                ]
            ),
            "{faults:?}"
        );
        assert_eq!(parsed.sheets[0].totals["total"], "1234500000");
    }
}

#[tokio::test]
async fn a_check_counts_as_a_reading_does() {
    let file = file(CSV.as_bytes());
    let report =
        check_in_child(&exe(), request(file.path(), "a.csv", Limits::default()), |_, _| ()).await.unwrap();
    let parsed = read(CSV.as_bytes(), "a.csv").await.unwrap();
    assert_eq!(report.sheets, parsed.sheets);
    assert_eq!(report.findings, parsed.findings);
}

#[tokio::test]
async fn the_own_workbook_comes_back_annotated() {
    let bytes = saved(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("一年期").unwrap();
        sheet.write_string(0, 0, "项目名称").unwrap();
        sheet.write_string(1, 0, "约300").unwrap();
    });
    let (file, out) = (file(&bytes), NamedTempFile::new().unwrap());
    let remark = Remark {
        severity: Severity::Error,
        sheet: "一年期".into(),
        row: 2,
        address: Some("A2".into()),
        sentence: "不是数字".into(),
        mended: false,
    };
    let words = Words {
        result: "结果".into(),
        author: "后扶".into(),
        findings: "检查结果".into(),
        headings: ["表", "行", "格", "问题"].map(str::to_owned),
    };
    let task = Task::Annotate { out: out.path().to_owned(), findings: vec![remark], words };
    let request = Request { task, ..request(file.path(), "a.xlsx", Limits::default()) };
    assert_eq!(annotate_in_child(&exe(), request).await, Ok(Annotated::InPlace));
    let book = umya_spreadsheet::reader::xlsx::read(out.path()).unwrap();
    let sheet = book.sheet_by_name("一年期").unwrap();
    assert_eq!(sheet.value("B2"), "不是数字");
    assert_eq!(sheet.value("B1"), "结果");
    assert_eq!(sheet.comments().len(), 1);
    assert_eq!(sheet.value("A2"), "约300");
}
