//! An exported book reads back as it was; random edits come back as exactly those edits.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking and names what it expects"
)]

use domain::area::AreaCode;
use domain::money::{Money, Unit};
use domain::period::{FiscalYear, Horizon};
use domain::project::{Field, Kind, ProjectFacts, Value};
use proptest::prelude::*;
use sheet::limits::Limits;
use sheet::read::read_all;
use sheet::staged::Parsed;
use sheet::write::{ListBook, ListRow, ListSheet, csv::csv, workbook};
use std::io::Write;

fn columns() -> Vec<Field> {
    let years = FiscalYear::new(2026).unwrap().list_years();
    Field::all(&years).into_iter().filter(|field| !matches!(field, Field::Maturity)).collect()
}

fn sample(kind: Kind) -> BoxedStrategy<Option<String>> {
    let pick = |words: &'static [&'static str]| {
        proptest::sample::select(words).prop_map(|word| Some(word.to_owned()))
    };
    let pattern = |text: &str| proptest::string::string_regex(text).unwrap();
    let text = prop_oneof![
        pattern("[=+@＝－\\-'a-zA-Z0-9 一-龥，。、]{0,12}"),
        proptest::sample::select(vec![
            "小计",
            "合计",
            "填表人：王某",
            "备注：",
            "1e5",
            "00123",
            "2026-05",
            "'=1"
        ])
        .prop_map(str::to_owned),
        pattern(".{0,8}"),
    ];
    let some = match kind {
        Kind::Text => text.prop_map(Some).boxed(),
        Kind::Money => prop_oneof![
            (0..2_000_000_000_i64).prop_map(|fen| Some(Money::from_fen(fen).unwrap().wan())),
            (0..9_000_000_000_000_000_i64).prop_map(|fen| Some(Money::from_fen(fen).unwrap().wan())),
        ]
        .boxed(),
        Kind::Month | Kind::Date => {
            (2000..2090, 1..=12, 1..=28).prop_map(|(y, m, d)| Some(format!("{y}-{m:02}-{d:02}"))).boxed()
        }
        Kind::Count => (0..1_000_000_u32).prop_map(|count| Some(count.to_string())).boxed(),
        Kind::Flag => pick(&["是", "否"]).boxed(),
        Kind::Category => pick(&["就业", "基础设施", "产业-生产性"]).boxed(),
        Kind::Nature => pick(&["新建", "续建"]).boxed(),
        Kind::Stage => pick(&["储备", "在建"]).boxed(),
        Kind::Horizon => pick(&["一年期", "五年期"]).boxed(),
        Kind::Code | Kind::Area | Kind::Sites | Kind::Derived => Just(None).boxed(),
    };
    prop_oneof![Just(None), some].boxed()
}

/// Cells by column, the area's name and the sites' names of one row.
type Content = (Vec<(Field, Option<String>)>, String, Vec<String>);

/// What a row holds beside its number; patterns are compiled once, not for every row.
fn content() -> impl Strategy<Value = Content> {
    let pattern = |text: &str| proptest::string::string_regex(text).unwrap();
    let cells: Vec<_> = columns().into_iter().map(|field| (Just(field), sample(field.kind()))).collect();
    (cells, pattern("[一-龥]{1,6}县"), proptest::collection::vec(pattern("[一-龥]{1,4}社区"), 0..3))
}

fn row(number: usize, (cells, area, sites): Content) -> ListRow {
    let mut facts = ProjectFacts::new(format!("项目{number}"), AreaCode::ROOT);
    for (field, text) in cells {
        let Some(text) = text else { continue };
        // A value is kept only in the form in which it would be read again: trimmed and not empty.
        if let Ok(Some(value)) = Value::read(field, &text, Unit::Wan)
            && !matches!(&value, Value::Text(text) if text.trim() != text || text.is_empty())
        {
            facts.set(field, Some(value)).unwrap();
        }
    }
    let version = i64::try_from(number).unwrap() + 3;
    ListRow { number: format!("HF-{number:05}"), id: format!("id-{number}"), version, area, sites, facts }
}

fn book() -> impl Strategy<Value = ListBook> {
    proptest::collection::vec(content(), 0..=20).prop_map(|rows| ListBook {
        reporter: "某县".into(),
        plan_year: FiscalYear::new(2026),
        columns: columns(),
        sheets: vec![ListSheet::of(
            Horizon::One,
            rows.into_iter().enumerate().map(|(number, content)| row(number, content)).collect(),
        )],
    })
}

fn read(bytes: &[u8], name: &str) -> Parsed {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    read_all(file.path(), name, &[], &Limits::default()).unwrap()
}

/// Cells that differ between the book and what was read, as `number key`.
fn differences(book: &ListBook, parsed: &Parsed, exported: bool) -> Vec<String> {
    let rows = &book.sheets[0].rows;
    assert_eq!(parsed.rows.len(), rows.len());
    let mut found = Vec::new();
    for (row, read) in rows.iter().zip(&parsed.rows) {
        if exported {
            let origin = read.origin.as_ref().unwrap();
            assert_eq!((&origin.id, origin.version), (&row.id, row.version));
        }
        for field in columns() {
            let cell = read.cells.get(&field.key());
            let same = match field {
                Field::Number => cell.map(|cell| cell.raw.as_str()) == Some(row.number.as_str()),
                Field::Area => cell.map(|cell| cell.raw.as_str()) == Some(row.area.as_str()),
                Field::Sites => cell.map(|cell| cell.raw.clone()).unwrap_or_default() == row.sites.join("、"),
                field => cell.and_then(|cell| cell.value.clone()) == row.facts.get(field),
            };
            if !same {
                found.push(format!("{} {} {cell:?} {:?}", row.number, field.key(), row.facts.get(field)));
            }
        }
    }
    found
}

/// No cell of a book of ours may be unreadable, doubled or wrongly summed.
fn alarms(parsed: &Parsed) -> Vec<String> {
    use domain::finding::FindingKind as Found;
    parsed
        .findings
        .iter()
        .filter(|finding| {
            !matches!(
                finding.kind,
                Found::SourcesDiffer { .. } | Found::YearsDiffer { .. } | Found::FinishBeforeStart { .. }
            )
        })
        .map(|finding| format!("{finding:?}"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn an_exported_book_is_unchanged(book in book()) {
        let parsed = read(&workbook(&book).unwrap(), "清单.xlsx");
        prop_assert!(parsed.exported);
        prop_assert_eq!(differences(&book, &parsed, true), Vec::<String>::new());
        prop_assert_eq!(alarms(&parsed), Vec::<String>::new());
    }

    #[test]
    fn random_edits_come_back_as_those_edits(
        book in book().prop_filter("needs rows", |book| !book.sheets[0].rows.is_empty()),
        picks in proptest::collection::vec((any::<prop::sample::Index>(), 0..500_000_000_i64, 0..4_usize), 1..6),
    ) {
        let mut edited = book.clone();
        let mut wanted = std::collections::BTreeSet::new();
        for (index, fen, which) in picks {
            let place = index.index(edited.sheets[0].rows.len());
            let row = &mut edited.sheets[0].rows[place];
            let (field, value) = match which {
                0 => (Field::Total, Value::Money(Money::from_fen(fen).unwrap())),
                1 => (Field::People, Value::Count(u32::try_from(fen).unwrap())),
                2 => (Field::Remark, Value::Text(format!("改{fen}"))),
                _ => (Field::Name, Value::Text(format!("新名{fen}"))),
            };
            row.facts.set(field, Some(value)).unwrap();
            wanted.insert(format!("{} {}", row.number, field.key()));
        }
        wanted.retain(|edit| {
            let (number, key) = edit.split_once(' ').unwrap();
            let at = book.sheets[0].rows.iter().position(|row| row.number == number).unwrap();
            let field: Field = key.parse().unwrap();
            book.sheets[0].rows[at].facts.get(field) != edited.sheets[0].rows[at].facts.get(field)
        });
        let parsed = read(&workbook(&edited).unwrap(), "清单.xlsx");
        let found: Vec<String> = differences(&book, &parsed, true)
            .iter()
            .map(|text| text.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        let found: std::collections::BTreeSet<String> = found.into_iter().collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn a_csv_of_ours_reads_back(book in book().prop_filter("needs rows", |book| !book.sheets[0].rows.is_empty())) {
        let parsed = read(&csv(&book, &book.sheets[0]).unwrap(), "清单.csv");
        prop_assert_eq!(differences(&book, &parsed, false), Vec::<String>::new());
    }
}
