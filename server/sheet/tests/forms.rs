//! The workbooks of `../shared/data`: sums to the fen, exactly the planted findings, other seeds alike.
//! Skips with a line where the folder is absent.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking and names what it expects"
)]

use domain::finding::{FindingKind, Severity};
use domain::money::{Money, Unit};
use domain::project::Field;
use domain::project::value::ValueError;
use sheet::limits::Limits;
use sheet::read::read_all;
use sheet::staged::Parsed;
use std::path::{Path, PathBuf};
use std::process::Command;

fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if path.join("make_forms.py").exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is absent", path.display());
    None
}

fn read(path: &Path) -> Parsed {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    read_all(path, &name, &[], &Limits::default()).unwrap()
}

fn expected(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap()
}

fn fen(text: &serde_json::Value) -> String {
    Money::parse(text.as_str().unwrap(), Unit::Wan).unwrap().fen().to_string()
}

fn check_lists(folder: &Path) {
    let wanted = expected(folder);
    let parsed = read(&folder.join("三张清单_全省.xlsx"));
    assert_eq!(parsed.findings, [], "no finding at all");
    for sheet in &parsed.sheets {
        let list = &wanted["lists"][&sheet.sheet];
        assert_eq!(u64::from(sheet.rows), list["count"].as_u64().unwrap(), "{}", sheet.sheet);
        assert_eq!(sheet.totals["total"], fen(&list["total"]));
        for (name, amount) in list["by_source"].as_object().unwrap() {
            let key = Field::find(Some("资金来源"), name).unwrap().key();
            assert_eq!(sheet.totals[&key], fen(amount), "{name}");
        }
        for (year, amount) in list["by_year"].as_object().unwrap() {
            assert_eq!(sheet.totals[&format!("year.{year}")], fen(amount), "{year}");
        }
        assert_eq!(sheet.counts["jobs_operation"], list["posts_operation"].as_u64().unwrap());
        assert_eq!(sheet.counts["jobs_construction"], list["people_construction"].as_u64().unwrap());
        let layout = sheet.layout.as_ref().unwrap();
        assert_eq!(layout.header_rows, (3, 4), "the bands above are part of the heading");
        assert_eq!(layout.horizon.unwrap().sign(), sheet.sheet);
        assert_eq!(layout.plan_year.unwrap().get(), 2026);
        assert_eq!((layout.unit, layout.unit_stated), (Unit::Wan, true));
        assert_eq!(layout.reported_on.unwrap().to_string(), "2025-11-20");
        assert!(layout.columns.iter().all(|column| column.key.is_some()));
    }
}

fn check_messy(folder: &Path) {
    let wanted = expected(folder);
    let parsed = read(&folder.join("一年期清单_县级原始稿.xlsx"));
    let first = &parsed.sheets[0];
    assert_eq!(u64::from(first.rows), wanted["messy"]["rows"].as_u64().unwrap());
    assert!(parsed.sheets[1].layout.is_none(), "填写说明 is no list");
    assert!(parsed.rows.iter().all(|row| row.cells.contains_key("area")), "blank places are filled");
    let mut left: Vec<String> = parsed
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| format!("{} {}", finding.place.row, word(&finding.kind)))
        .collect();
    for planted in wanted["messy"]["findings"].as_array().unwrap() {
        let (row, text) = (planted[0].as_u64().unwrap(), planted[2].as_str().unwrap());
        if text.contains("unknown area") {
            continue;
        }
        let found = left.iter().position(|known| *known == format!("{row} {}", kind_of(text)));
        let at = found.unwrap_or_else(|| panic!("{planted} not found in {left:?}"));
        left.remove(at);
    }
    left.retain(|finding| !finding.ends_with("stated"));
    assert_eq!(left, Vec::<String>::new(), "false alarms");
}

fn kind_of(planted: &str) -> &'static str {
    [
        ("not a number", "amount"),
        ("month 13", "date"),
        ("missing", "missing"),
        ("parts exceed", "sources 36.00"),
        ("check digit", "check digit"),
        ("same project", "same"),
        ("stated total", "stated"),
    ]
    .into_iter()
    .find(|(text, _)| planted.contains(text))
    .unwrap()
    .1
}

fn word(kind: &FindingKind) -> String {
    match kind {
        FindingKind::Unreadable { error: ValueError::Amount(_) } => "amount".into(),
        FindingKind::Unreadable { error: ValueError::Date(_) } => "date".into(),
        FindingKind::Unreadable { error: ValueError::Missing } => "missing".into(),
        FindingKind::SourcesDiffer { difference, .. } => format!("sources {}", difference.exact(Unit::Wan)),
        FindingKind::CodeCheckDigit { .. } => "check digit".into(),
        FindingKind::SameAsRow { .. } => "same".into(),
        FindingKind::StatedTotalDiffers { .. } => "stated".into(),
        other => format!("{other:?}"),
    }
}

fn check_sites(folder: &Path) {
    let wanted = expected(folder);
    let parsed = read(&folder.join("安置点台账.xlsx"));
    let sheet = &parsed.sheets[0];
    assert_eq!(parsed.findings, []);
    assert_eq!(u64::from(sheet.rows), wanted["sites"]["count"].as_u64().unwrap());
    for key in ["households", "people", "labour", "employed"] {
        assert_eq!(Some(sheet.counts[&format!("site.{key}")]), wanted["sites"][key].as_u64(), "{key}");
    }
}

#[test]
fn the_forms_of_the_shared_folder() {
    let Some(shared) = shared() else { return };
    let forms = shared.join("forms");
    check_lists(&forms);
    check_messy(&forms);
    check_sites(&forms);
    let ledger = read(&forms.join("资金台账_2026.xlsx"));
    assert!(ledger.sheets.iter().all(|sheet| sheet.layout.is_none()), "a ledger is no list");
}

#[test]
fn other_seeds_raise_no_false_alarm() {
    let Some(shared) = shared() else { return };
    for (seed, projects, province) in
        [("2", "300", "52"), ("3", "240", "53"), ("7", "400", "51"), ("11", "200", "61")]
    {
        let out = tempfile::tempdir().unwrap();
        let made = Command::new("python3")
            .arg(shared.join("make_forms.py"))
            .arg(out.path())
            .args(["--seed", seed, "--projects", projects, "--province", province])
            .output();
        match made {
            Ok(made) if made.status.success() => {}
            Ok(made) => {
                eprintln!("skipped seed {seed}: {}", String::from_utf8_lossy(&made.stderr));
                continue;
            }
            Err(fault) => {
                eprintln!("skipped: python3 not started: {fault}");
                return;
            }
        }
        check_lists(out.path());
        check_messy(out.path());
        check_sites(out.path());
    }
}
