//! A document of the first edition of the rules, as one was kept before there was a second: it says word for word what it said.

use calamine::Reader;
use domain::bulletin::edition::Edition;
use domain::bulletin::facts::Facts;
use domain::bulletin::wording::Wording;
use sheet::write::bulletin::{book, paper};

/// Figures of nine projects: one withdrawn, one planned off the lists, people with and without an estimate, one of the city.
const FIGURES: &str = include_str!("kept/first.json");
/// What was written of them then: paragraphs, and every cell with its formula.
const SAID: &str = include_str!("kept/first.txt");

fn said(facts: &Facts) -> String {
    let wording = Wording::default();
    let paper = paper(facts, &wording, "digest");
    let mut lines: Vec<String> = Vec::new();
    for block in paper.blocks {
        lines.push(block.text);
        lines.extend(block.rows.iter().map(|row| row.join(" | ")));
    }
    lines.push(paper.basis);
    let bytes = book::workbook(facts, &wording.weights, "digest").unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    for sheet in ["分县汇总", "分项目"] {
        let (range, formulas) =
            (book.worksheet_range(sheet).unwrap(), book.worksheet_formula(sheet).unwrap());
        for (row, cells) in (0_u32..).zip(range.rows()) {
            let cell = |(column, cell): (u32, &calamine::Data)| {
                let formula = formulas.get_value((row, column)).filter(|formula| !formula.is_empty());
                formula.map_or(cell.to_string(), |formula| format!("{cell}={formula}"))
            };
            let cells: Vec<String> = (0_u32..).zip(cells).map(cell).collect();
            lines.push(cells.join("|").trim_end_matches('|').to_owned());
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn what_was_issued_by_the_first_rules_says_the_same_by_them_and_other_things_by_the_second() {
    let facts: Facts = serde_json::from_str(FIGURES).unwrap();
    assert_eq!(facts.edition, Edition::First);
    assert_eq!(serde_json::to_string(&facts).unwrap(), FIGURES, "its digest would be another");
    for (said, kept) in said(&facts).lines().zip(SAID.lines()) {
        assert_eq!(said, kept);
    }
    assert_eq!(said(&facts), SAID);
    let second = said(&Facts { edition: Edition::Second, ..facts.clone() });
    assert!(second.contains("列入年度计划的项目6个") && !second.contains("毕节市（第"), "{second}");
    let third = said(&Facts { edition: Edition::Third, ..facts });
    assert!(
        !second.contains("年度计划项目运营期测算岗位") && third.contains("年度计划项目运营期测算岗位"),
        "{third}"
    );
}
