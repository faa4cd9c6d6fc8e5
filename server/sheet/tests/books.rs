//! Workbooks as programs and people leave them: formulas nobody calculated, rows and sheets put out of sight.
//! Written by hand, because the writers of workbooks are too tidy for it.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking and names what it expects"
)]

use domain::finding::{Finding, FindingKind, Severity};
use domain::period::Horizon;
use domain::project::value::ValueError;
use sheet::limits::Limits;
use sheet::mapping::Mapping;
use sheet::read::read_all;
use sheet::staged::Parsed;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// One sheet: name, what hides it, and the XML around and between its rows.
struct Page<'a> {
    name: &'a str,
    state: &'a str,
    before: &'a str,
    rows: &'a str,
}

fn book(pages: &[Page<'_>], after_sheets: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, body: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", format!("<Types xmlns=\"{PACKAGE}/content-types\"/>"));
    put(
        "_rels/.rels",
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let (mut sheets, mut links) = (String::new(), String::new());
    for (at, page) in (1..).zip(pages) {
        sheets.push_str(&format!(
            "<sheet name=\"{}\" sheetId=\"{at}\" {} r:id=\"r{at}\"/>",
            page.name, page.state
        ));
        links.push_str(&format!(
            "<Relationship Id=\"r{at}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        ));
        let Page { before, rows, .. } = page;
        put(
            &format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\">{before}<sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    put(
        "xl/workbook.xml",
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{sheets}</sheets>{after_sheets}</workbook>"
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
    );
    zip.finish().unwrap().into_inner()
}

fn page<'a>(name: &'a str, rows: &'a str) -> Page<'a> {
    Page { name, state: "", before: "", rows }
}

/// Without a mapping, read as the list of one year.
fn read(bytes: &[u8], mappings: &[Mapping]) -> Parsed {
    let of_one_year = [Mapping { horizon: Some(Horizon::One), ..Mapping::default() }];
    let mappings = if mappings.is_empty() { &of_one_year[..] } else { mappings };
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    read_all(file.path(), "书.xlsx", mappings, &Limits::default()).unwrap()
}

/// A row of cells: `=…` is a formula without a result, `=…|7` one with it, the rest numbers and texts.
fn row(number: u32, more: &str, cells: &[&str]) -> String {
    let cells: String = (b'A'..)
        .zip(cells)
        .filter(|(_, text)| !text.is_empty())
        .map(|(letter, text)| {
            let at = format!("{}{number}", char::from(letter));
            match (text.strip_prefix('='), text.parse::<f64>()) {
                (Some(formula), _) => match formula.split_once('|') {
                    Some((formula, value)) => format!("<c r=\"{at}\"><f>{formula}</f><v>{value}</v></c>"),
                    None => format!("<c r=\"{at}\"><f>{formula}</f><v></v></c>"),
                },
                (None, Ok(number)) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                (None, Err(_)) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            }
        })
        .collect();
    format!("<row r=\"{number}\" {more}>{cells}</row>")
}

const HEADING: [&str; 6] =
    ["序号", "项目名称", "县", "总投资（万元）", "中央预算内投资（万元）", "2026年（万元）"];

/// Address, severity and kind of what was found.
fn found(parsed: &Parsed) -> Vec<(String, Severity, FindingKind)> {
    let said = |finding: &Finding| {
        let place = &finding.place;
        let at = place.address.clone().unwrap_or_else(|| place.row.to_string());
        (at, finding.severity, finding.kind.clone())
    };
    parsed.findings.iter().map(said).collect()
}

#[test]
fn a_formula_without_a_result_is_neither_blank_nor_zero() {
    let not_calculated = || FindingKind::Unreadable { error: ValueError::NotCalculated };
    let rows = [
        row(1, "", &HEADING),
        row(2, "", &["1", "甲", "某县", "=E2*1", "5", "=E2|5"]),
        row(3, "", &["2", "乙", "=C2", "7", "7", "7"]),
        row(4, "", &["=A3+1", "丙", "某县", "8", "8", "8"]),
        row(5, "", &["", "合计", "", "=SUM(D2:D4)", "=SUM(E2:E4)", "20"]),
    ]
    .concat();
    let parsed = read(&book(&[page("表", &rows)], ""), &[]);
    assert_eq!(
        found(&parsed),
        [
            ("D2".to_owned(), Severity::Error, not_calculated()),
            ("C3".to_owned(), Severity::Error, not_calculated()),
            ("D5".to_owned(), Severity::Warning, not_calculated()),
        ],
        "an ordinal may be a formula; a sum that was never made is said once"
    );
    assert_eq!(
        (parsed.rows[0].cells["total"].raw.as_str(), &parsed.rows[0].cells["total"].value),
        ("=E2*1", &None)
    );
    assert_eq!(parsed.sheets[0].totals["total"], "15000000");
    // What a person types instead counts.
    let (mut sheets, rows) = (parsed.sheets.clone(), parsed.rows.clone());
    let mends = [(("表".to_owned(), 2), [("total".to_owned(), "5".to_owned())].into())].into();
    let again = sheet::again::again(&mut sheets, rows, &mends);
    assert_eq!(again[0].findings, []);
    assert!(again[1].findings.iter().any(|finding| finding.kind == not_calculated()), "others stay");
}

#[test]
fn a_zero_of_a_program_that_calculates_nothing_is_no_result() {
    let rows = [
        row(1, "", &HEADING),
        row(2, "", &["1", "甲", "某县", "=E2*1|0", "5", "5"]),
        row(3, "", &["2", "乙", "某县", "=E3*1|6", "6", "6"]),
    ]
    .concat();
    let lazy = book(&[page("表", &rows)], "<calcPr fullCalcOnLoad=\"1\"/>");
    let at: Vec<String> = found(&read(&lazy, &[])).into_iter().map(|(at, ..)| at).collect();
    assert_eq!(at, ["D2"]);
    let saved = book(&[page("表", &rows)], "<calcPr calcId=\"191029\"/>");
    let doubts: Vec<_> = found(&read(&saved, &[])).into_iter().map(|(_, severity, _)| severity).collect();
    assert_eq!(doubts, [Severity::Warning; 2], "a saved zero is a zero, and differs from its parts");
}

#[test]
fn what_is_out_of_sight_is_said() {
    let shown = [
        row(1, "", &HEADING),
        row(2, "", &["1", "甲", "某县", "5", "5", "5"]),
        row(3, "hidden=\"1\"", &["2", "乙", "某县", "6", "6", "6"]),
        row(4, "hidden=\"1\"", &["3", "丙", "某县", "7", "7", "7"]),
        row(5, "hidden=\"0\"", &["4", "丁", "某县", "8", "8", "8"]),
        row(6, "hidden=\"1\"", &["", "合计", "", "26", "26", "26"]),
    ]
    .concat();
    let old = [row(1, "", &HEADING), row(2, "", &["1", "旧", "某县", "1", "1", "1"])].concat();
    let cols = "<cols><col min=\"1\" max=\"1\" hidden=\"1\"/><col min=\"5\" max=\"5\" hidden=\"1\"/></cols>";
    let pages = [
        Page { name: "表", state: "", before: cols, rows: &shown },
        Page { name: "旧表", state: "state=\"hidden\"", before: "", rows: &old },
        Page { name: "空", state: "state=\"veryHidden\"", before: "", rows: "" },
    ];
    let bytes = book(&pages, "");
    let parsed = read(&bytes, &[]);
    let said: Vec<_> = parsed.findings.iter().map(|one| (one.place.sheet.as_str(), &one.kind)).collect();
    assert_eq!(
        said,
        [
            ("旧表", &FindingKind::HiddenSheet),
            ("表", &FindingKind::HiddenColumns { letters: vec!["E".into()] }),
            ("表", &FindingKind::HiddenRows { rows: vec![(3, 4)] }),
        ]
    );
    assert!(parsed.findings.iter().all(|finding| finding.severity == Severity::Note));
    assert_eq!(parsed.sheets[0].rows, 4, "rows of a filter are rows");
    assert_eq!((parsed.sheets[1].rows, parsed.sheets[1].sample.len()), (0, 2));
    let asked = Mapping { sheet: Some("旧表".into()), ..Mapping::default() };
    let told = read(&bytes, &[asked, Mapping::default()]);
    assert_eq!(told.sheets[1].rows, 1, "a person who asks for the sheet gets it");
}

#[test]
fn a_repeated_code_names_the_sheet_of_the_earlier_row() {
    let heading = ["项目代码", "项目名称", "县", "总投资（万元）", "2026年（万元）"];
    let code = "2020-000052-48-01-500018";
    let rows = |first: &str, second: &str| {
        [
            row(1, "", &heading),
            row(2, "", &[first, "甲", "某县", "5", "5"]),
            row(3, "", &[second, "乙", "某县", "6", "6"]),
        ]
        .concat()
    };
    let (one, two) = (rows(code, ""), rows(code, code));
    let parsed = read(&book(&[page("一年期", &one), page("两年期", &two)], ""), &[]);
    let same = |finding: &Finding| match &finding.kind {
        FindingKind::SameAsRow { row, sheet, .. } => Some((finding.place.row, *row, sheet.clone())),
        _ => None,
    };
    let said: Vec<_> = parsed.findings.iter().filter_map(same).collect();
    let elsewhere = Some("一年期".to_owned());
    assert_eq!(said, [(2, 2, elsewhere.clone()), (3, 2, elsewhere)]);
    let inside = read(&book(&[page("两年期", &two)], ""), &[]);
    assert_eq!(inside.findings.iter().filter_map(same).collect::<Vec<_>>(), [(3, 2, None)]);
}

#[test]
fn a_book_of_texts_names_its_hidden_sheets_without_reading_them() {
    let old = row(1, "", &HEADING);
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"B1:B3\"/></mergeCells>";
    let pages = [
        Page { name: "旧表", state: "state=\"hidden\"", before: "", rows: &old },
        Page { name: "表", state: "", before: merged, rows: &old },
    ];
    let mut file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    file.write_all(&book(&pages, "")).unwrap();
    let sheets = sheet::plain::read_sheets(file.path(), "台账.xlsx", &Limits::default()).unwrap();
    let seen: Vec<_> =
        sheets.iter().map(|one| (one.sheet.as_str(), one.hidden, one.rows.len(), one.merges.len())).collect();
    assert_eq!(seen, [("旧表", true, 0, 0), ("表", false, 1, 1)]);
}
