//! Headings and units as other offices write them, told as CSV because only the places of the words matter.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::finding::{Finding, FindingKind, Severity};
use domain::money::{AmountError, Unit};
use domain::period::Horizon;
use domain::project::value::ValueError;
use sheet::limits::Limits;
use sheet::mapping::Mapping;
use sheet::read::read_all;
use sheet::staged::Parsed;
use std::io::Write;

/// Read as the list of one year, unless the mapping says another.
fn read(text: &str, mapping: Mapping) -> Parsed {
    plain(text, Mapping { horizon: mapping.horizon.or(Some(Horizon::One)), ..mapping })
}

fn plain(text: &str, mapping: Mapping) -> Parsed {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    read_all(file.path(), "表.csv", &[mapping], &Limits::default()).unwrap()
}

/// Total in fen of one row with total, source and year, and the heading rows.
fn check(text: &str, fen: &str, rows: (u32, u32)) {
    let parsed = read(text, Mapping::default());
    let sheet = &parsed.sheets[0];
    let layout = sheet.layout.as_ref().unwrap_or_else(|| panic!("no list in {text}"));
    assert_eq!(layout.header_rows, rows, "{text}");
    assert_eq!(sheet.rows, 1, "{text}");
    for key in ["total", "source.BRG", "year.2026"] {
        assert_eq!(sheet.totals.get(key).map(String::as_str), Some(fen), "{key} in {text}");
    }
    assert_eq!(parsed.findings, [], "{text}");
}

#[test]
fn one_two_and_three_heading_rows() {
    check(
        "序号,项目名称,县,总投资（元）,中央衔接资金（元）,2026年（元）\n1,甲,某县,100,100,100\n",
        "10000",
        (1, 1),
    );
    check(
        "某清单,,,,,\n单位：亿元,,,,,\n序号,项目名称,县,总投资,资金来源,,分年度投资\n,,,,中央衔接资金,其他,2026年\n1,甲,某县,1,1,,1\n",
        "10000000000",
        (3, 4),
    );
    check(
        "序号,项目名称,县,总投资,资金筹措,,分年度投资\n,,,,资金来源,,\n,,,,中央衔接资金,其他,2026年\n1,甲,某县,2万元,2,,20000元\n",
        "2000000",
        (1, 3),
    );
    check(
        "单位：万元\n序号,项目名称,县,总投资,中央衔接,2026年度\n一,产业类,,3,3,3\n1,甲,某县,3,3,3\n,小计,,3,3,3\n,合计,,3,3,3\n填表人：王某,,,,,\n",
        "3000000",
        (2, 2),
    );
}

#[test]
fn a_sheet_that_names_no_list_or_several_is_asked_which() {
    let heading = "序号,项目名称,县,总投资（元）";
    let list = format!("{heading}\n1,甲,某县,100\n");
    let by_row = format!("{heading},所属清单\n1,甲,某县,100,两年期\n");
    for (text, asked) in [
        (list.clone(), true),
        (format!("一年期两年期五年期清单,,,\n{list}"), true),
        (format!("两年期清单,,,\n{list}"), false),
        (by_row, false),
    ] {
        let parsed = plain(&text, Mapping::default());
        assert!(parsed.sheets[0].layout.is_some(), "{text}");
        let found: Vec<_> = parsed.findings.iter().map(|one| (&one.kind, one.severity)).collect();
        let wanted = [(&FindingKind::WhichList, Severity::Warning)];
        assert_eq!(found, if asked { &wanted[..] } else { &[] }, "{text}");
    }
    let told = plain(&list, Mapping { horizon: Some(Horizon::Two), ..Mapping::default() });
    assert_eq!(
        (told.findings, told.sheets[0].layout.as_ref().unwrap().horizon),
        (vec![], Some(Horizon::Two))
    );
}

#[test]
fn an_unknown_heading_is_asked_and_then_mapped() {
    let text = "序号,项目名称,县,总投资,县里出的钱,2026年\n1,甲,某县,5,5,5\n";
    let asked = read(text, Mapping::default());
    let heading = "县里出的钱".to_owned();
    assert_eq!(asked.findings.len(), 1);
    assert_eq!(asked.findings[0].kind, FindingKind::UnknownHeading { heading: heading.clone() });
    assert!(!asked.sheets[0].layout.as_ref().unwrap().unit_stated);
    let mut mapping = Mapping { unit: Some(Unit::Yuan), ..Mapping::default() };
    mapping.synonyms.insert(heading, "source.LOC".into());
    let told = read(text, mapping);
    assert_eq!(told.findings, []);
    assert_eq!(told.sheets[0].totals["source.LOC"], "500");
}

#[test]
fn a_place_written_once_holds_for_the_rows_below() {
    let text = "序号,项目名称,县,总投资,2026年\n1,甲,某县,1,1\n2,乙,,1,1\n3,丙,,1,1\n4,丁,另县,1,1\n";
    let parsed = read(text, Mapping::default());
    assert_eq!(parsed.findings, []);
    let places: Vec<_> = parsed.rows.iter().map(|row| row.cells["area"].raw.as_str()).collect();
    assert_eq!(places, ["某县", "某县", "某县", "另县"]);
    assert_eq!(parsed.rows[2].cells["area"].filled_from, Some(2));
}

#[test]
fn a_unit_that_is_none_of_ours_keeps_amounts_out() {
    let text = "单位：千元\n序号,项目名称,县,项目类型,总投资,2026年\n1,甲,某县,产业,100,100\n";
    let parsed = read(text, Mapping::default());
    let unclear = |finding: &Finding| matches!(&finding.kind, FindingKind::Unreadable { error: ValueError::Amount(AmountError::UnitUnknown { unit }) } if unit == "千元");
    assert_eq!(parsed.rows[0].findings.iter().filter(|one| unclear(one)).count(), 2);
    // What a person says ends the doubt.
    let told = read(text, Mapping { unit: Some(Unit::Yuan), ..Mapping::default() });
    assert_eq!(told.sheets[0].totals["total"], "10000");
}

#[test]
fn a_row_with_a_place_is_a_thing_whatever_its_name_begins_with() {
    let text = "序号,项目名称,县,项目类型,总投资（万元）,2026年（万元）\n\
        一,负责人能力提升培训,某县,产业,100,100\n\
        二,说明:导览牌,某县,产业,10,10\n\
        ,合计2个项目,,,110,110\n\
        负责人：某某,,,,,\n";
    let parsed = read(text, Mapping::default());
    assert_eq!(parsed.sheets[0].rows, 2);
    assert_eq!(parsed.sheets[0].totals["total"], "110000000");
}

#[test]
fn a_unit_with_other_words_in_its_bracket_is_read() {
    for (heading, fen) in [
        ("总投资（元，含税）", "10000"),
        ("总投资（万元、含税）", "100000000"),
        ("投资额(单位：元)", "10000"),
    ] {
        let parsed = read(
            &format!("序号,项目名称,县,\"{heading}\",中央衔接（万元）\n1,甲,某县,100,1\n"),
            Mapping::default(),
        );
        assert_eq!(parsed.sheets[0].totals["total"], fen, "{heading}");
    }
}

#[test]
fn a_unit_at_the_foot_counts_when_nothing_above_names_one() {
    let list = "序号,项目名称,县,总投资,2026年\n1,甲,某县,500,500\n";
    let foot = "注：本表金额单位为元,,,,\n";
    let parsed = read(&format!("{list}{foot}"), Mapping::default());
    let layout = parsed.sheets[0].layout.as_ref().unwrap();
    assert_eq!((layout.unit, layout.unit_stated), (Unit::Yuan, true));
    assert_eq!(parsed.sheets[0].totals["total"], "50000");
    assert_eq!(parsed.findings, []);
    // Above goes before below, but the two are not left to differ without a word.
    let both = read(&format!("单位：万元,,,,\n{list}{foot}"), Mapping::default());
    assert_eq!(both.sheets[0].totals["total"], "500000000");
    let text = "注：本表金额单位为元".to_owned();
    assert_eq!(both.findings[0].kind, FindingKind::UnitDiffers { text, read_as: Unit::Wan });
    assert_eq!(both.findings[0].place.address.as_deref(), Some("A4"));
    let own = "序号,项目名称,县,总投资（元）,2026年（元）\n1,甲,某县,500,500\n";
    assert_eq!(read(&format!("{own}{foot}"), Mapping::default()).findings, []);
}

#[test]
fn a_person_can_give_one_column_another_unit_than_its_heading() {
    let text = "序号,项目名称,县,总投资（元）,2026年（元）\n1,甲,某县,500,500\n";
    let mut mapping = Mapping { unit: Some(Unit::Yi), ..Mapping::default() };
    assert_eq!(
        read(text, mapping.clone()).sheets[0].totals["total"],
        "50000",
        "the heading's own unit stays"
    );
    mapping.units.insert("D".into(), Unit::Wan);
    let told = read(text, mapping);
    assert_eq!(told.sheets[0].totals["total"], "500000000");
    assert_eq!(told.sheets[0].totals["year.2026"], "50000", "of other columns nothing was said");
}

#[test]
fn a_heading_far_down_is_found_and_can_be_pointed_out() {
    let mut text = String::new();
    for line in 1..=150 {
        text.push_str(&format!("说明第{line}条,,,,\n"));
    }
    text.push_str("序号,项目名称,县,总投资（万元）,2026年（万元）\n1,甲,某县,5,5\n");
    let parsed = read(&text, Mapping::default());
    let layout = parsed.sheets[0].layout.as_ref().unwrap();
    assert_eq!((layout.header_rows, parsed.sheets[0].rows), ((151, 151), 1));
    let shown: Vec<u32> = parsed.sheets[0].sample.iter().map(|(row, _)| *row).collect();
    assert_eq!(shown, [1, 2, 3, 4, 5, 6, 7, 8, 150, 151, 152]);
    // A second table below does not take the place of the first.
    let mut two = "序号,项目名称,县,总投资（万元）,2026年（万元）\n".to_owned();
    (1..=60).for_each(|row| two.push_str(&format!("{row},甲{row},某县,5,5\n")));
    two.push_str("序号,项目名称,县,总投资（万元）,2026年（万元）,2027年（万元）\n1,乙,某县,5,5,0\n");
    assert_eq!(read(&two, Mapping::default()).sheets[0].layout.as_ref().unwrap().header_rows, (1, 1));
    let told = read(&two, Mapping { header_rows: Some((62, 62)), ..Mapping::default() });
    assert_eq!(told.sheets[0].rows, 1);
}

#[test]
fn rows_left_out_are_told_with_their_reason() {
    use contract::import::left_out::Why;
    let text = "序号,项目名称,县,总投资（万元）,2026年（万元）\n1,2,3,4,5\n一、产业类,,,,\n1,甲,某县,5,5\n,小计,,5,5\n\n\n,合计,,5,5\n,,,,某事\n填表人：王某,,,,\n";
    let parsed = read(text, Mapping::default());
    let left: Vec<_> = parsed.sheets[0]
        .left_out
        .iter()
        .map(|one| (one.row, one.last, one.words.as_str(), one.why))
        .collect();
    assert_eq!(
        left,
        [
            (3, 3, "一、产业类", Why::Section),
            (5, 5, "小计 5 5", Why::Subtotal),
            (6, 7, "", Why::Blank),
            (8, 8, "合计 5 5", Why::Total),
            (9, 9, "某事", Why::Sparse),
            (10, 10, "填表人：王某", Why::Foot),
        ]
    );
}
