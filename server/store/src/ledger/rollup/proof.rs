//! Proof that what entries add to the kept totals is what a recomputation finds, however they are written. Runs in tests only.

use super::super::NewEntry;
use super::*;
use chrono::NaiveDate;
use domain::id::{EntryId, ProjectId, UserId};
use domain::ledger::{Key, Months, Movement, Paper, Posting, Signed, Stage};
use domain::money::Money;
use domain::period::{FiscalYear, Month};
use proptest::prelude::*;
use uuid::Uuid;

const AREAS: [&str; 4] = [
    "/100000/520000/520500/520526/",
    "/100000/520000/520500/520502/",
    "/100000/520000/522600/522631/",
    "/100000/410000/411200/",
];
const LISTS: [&str; 4] = ["", "1y", "3y", "5y"];
const SOURCES: [Source; 3] = [Source::Gbg, Source::Cbi, Source::Oth];

/// One entry as the wind blows; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
struct Fact {
    area: usize,
    list: usize,
    source: usize,
    year: i32,
    movement: usize,
    stage: usize,
    fen: i64,
    day: u32,
    is_reversal: bool,
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let fact = (
        0..4_usize,
        0..4_usize,
        0..3_usize,
        2025..2028_i32,
        0..7_usize,
        0..3_usize,
        1..1_000_000_i64,
        0..700_u32,
        any::<bool>(),
    )
        .prop_map(|(area, list, source, year, movement, stage, fen, day, is_reversal)| Fact {
            area,
            list,
            source,
            year,
            movement,
            stage,
            fen,
            day,
            is_reversal,
        });
    prop::collection::vec(fact, 1..40)
}

fn row(fact: &Fact) -> Row {
    let other = ProjectId::new(Uuid::from_u128(2));
    let at = [Stage::Issued, Stage::Received, Stage::Disbursed][fact.stage];
    let movement = [
        Movement::Issue,
        Movement::Receive,
        Movement::Disburse,
        Movement::Pay,
        Movement::Recover { from: at },
        Movement::TransferOut { at, to: other },
        Movement::TransferIn { at, from: other },
    ][fact.movement];
    let key = Key {
        project: ProjectId::new(Uuid::from_u128(1)),
        source: SOURCES[fact.source],
        year: FiscalYear::new(fact.year).unwrap(),
    };
    let posting = Posting {
        movement,
        key,
        amount: Money::from_fen(fact.fen).unwrap(),
        date: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Duration::days(i64::from(fact.day)),
        paper: Paper { document: Some("1".into()), voucher: None },
        payee: None,
        purpose: None,
        memo: None,
    };
    let signed = Signed::new(UserId::new(Uuid::nil()), UserId::new(Uuid::max())).unwrap();
    let months = Months::new(Month::parse("2025-01").unwrap());
    let mut entry = posting.enter(EntryId::new(Uuid::from_u128(3)), signed, &months).unwrap();
    entry.reverses = fact.is_reversal.then(|| EntryId::new(Uuid::from_u128(4)));
    let area = AreaPath::new(AREAS[fact.area]).unwrap();
    let new = NewEntry { entry, area, notice: None, batch: None, place: None, exception: None };
    Row::new(&new, 1, LISTS[fact.list].to_owned(), None, 0, String::new())
}

/// What a reader would count for a cell by going through all facts.
fn counted(facts: &[Fact], cell: &Cell) -> (i64, [i64; 16]) {
    let (code, kind, source, year, month, horizon) = cell;
    let (mut entries, mut sums) = (0, [0; 16]);
    for fact in facts {
        let path = AREAS[fact.area].trim_matches('/');
        let is_there = if *kind == "own" {
            path.rsplit('/').next() == Some(code)
        } else {
            path.split('/').any(|part| part == code)
        };
        let date = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Duration::days(i64::from(fact.day));
        let is_cell = SOURCES[fact.source].code() == *source
            && i64::from(fact.year) == *year
            && date.format("%Y-%m").to_string() == *month
            && LISTS[fact.list] == horizon;
        if is_there && is_cell {
            // Entered figures come first, then what was recovered, moved out and moved in, each by stage.
            let figure = if fact.movement < 4 { fact.movement } else { (fact.movement - 3) * 4 + fact.stage };
            entries += 1;
            sums[figure] += if fact.is_reversal { -fact.fen } else { fact.fen };
        }
    }
    (entries, sums)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2500))]

    #[test]
    fn increments_are_what_a_recomputation_finds(facts in facts(), cut in 0..40_usize) {
        let mut whole = Increments::default();
        facts.iter().for_each(|fact| whole.add(&row(fact)));
        for (cell, (path, entries, sums)) in &whole.0 {
            let end = format!("/{}/", cell.0);
            prop_assert!(path.ends_with(&end));
            prop_assert_eq!((*entries, *sums), counted(&facts, cell), "{:?}", cell);
        }
        // No fact is left out: every one is in its own cell, and in one for each area above it.
        let of_kind = |kind: &str| -> i64 {
            whole.0.iter().filter(|((_, of, ..), _)| *of == kind).map(|(_, (_, entries, _))| entries).sum()
        };
        prop_assert_eq!(of_kind("own"), facts.len() as i64);
        let levels: usize = facts.iter().map(|fact| AREAS[fact.area].trim_matches('/').split('/').count()).sum();
        prop_assert_eq!(of_kind("all"), levels as i64);
        // Two batches add up to the same as one.
        let (left, right) = facts.split_at(cut.min(facts.len()));
        let mut parts: BTreeMap<Cell, (i64, [i64; 16])> = BTreeMap::new();
        for part in [left, right] {
            let mut increments = Increments::default();
            part.iter().for_each(|fact| increments.add(&row(fact)));
            for (cell, (_, entries, sums)) in increments.0 {
                let kept = parts.entry(cell).or_insert((0, [0; 16]));
                kept.0 += entries;
                kept.1.iter_mut().zip(sums).for_each(|(kept, sum)| *kept += sum);
            }
        }
        let once: BTreeMap<Cell, (i64, [i64; 16])> =
            whole.0.into_iter().map(|(cell, (_, entries, sums))| (cell, (entries, sums))).collect();
        prop_assert_eq!(parts, once);
    }
}
