//! A list of a hundred thousand rows is written without being held in memory. Run by hand:
//! `cargo test -p sheet --release --test large -- --ignored --nocapture`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::area::AreaCode;
use domain::money::Money;
use domain::period::FiscalYear;
use domain::project::{Field, ProjectFacts, Value};
use domain::source::Source;
use sheet::write::book::BookWriter;
use sheet::write::{ListHead, ListRow, Sums};
use std::time::Instant;

const ROWS: u64 = 100_000;
/// Peak memory of the process in MiB that the writing may add.
const MOST_MIB: u64 = 150;

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

fn row(number: u64) -> ListRow {
    let mut facts = ProjectFacts::new(format!("安置点产业配套项目{number}"), AreaCode::ROOT);
    facts.total = Money::from_fen(i64::try_from(number).unwrap() * 1_000_003);
    for source in Source::ALL {
        facts.sources.insert(source, Money::from_fen(123_456_789).unwrap());
    }
    for year in FiscalYear::new(2026).unwrap().list_years() {
        facts.years.insert(year, Money::from_fen(987_654).unwrap());
    }
    facts
        .set(Field::Content, Some(Value::Text(format!("冷库 3 座，总库容 {number} 吨；分拣车间 1,200 ㎡"))))
        .unwrap();
    let id = format!("018f0000-0000-7000-8000-{number:012}");
    ListRow {
        number: number.to_string(),
        id,
        version: 3,
        area: "威宁县".into(),
        sites: vec!["平坝社区".into()],
        facts,
    }
}

#[test]
#[ignore = "takes a minute; prints its figures"]
fn a_hundred_thousand_rows_fit_into_little_memory() {
    let before = peak_mib();
    let start = Instant::now();
    let years = FiscalYear::new(2026).unwrap().list_years();
    let columns = Field::all(&years);
    let mut out = BookWriter::new("某省", FiscalYear::new(2026), &columns);
    let head =
        ListHead { name: "一年期".into(), title: "清单".into(), rows: ROWS, sums: Sums::default() };
    out.begin(&head).unwrap();
    for number in 1..=ROWS {
        out.row(&row(number)).unwrap();
    }
    let mut file = tempfile::tempfile().unwrap();
    out.finish(&mut file).unwrap();
    let size = file.metadata().unwrap().len() / (1024 * 1024);
    let peak = peak_mib();
    println!(
        "{ROWS} rows x {} columns: {size} MiB in {:?}, peak {peak} MiB ({before} before)",
        columns.len() + 1,
        start.elapsed()
    );
    assert!(peak - before <= MOST_MIB, "peak {peak} MiB, {before} before");
}
