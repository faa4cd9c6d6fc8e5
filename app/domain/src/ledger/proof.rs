//! Proof of the ledger by sequences of any entries, against a model that knows only heaps of fen. Runs in tests only.

use super::*;
use crate::id::{ProjectId, UserId};
use crate::money::Delta;
use crate::period::FiscalYear;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const CASES: u32 = 2500;

/// One thing a person may try. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Try {
    Forward { stage: usize, amount: i64 },
    Recover { stage: usize, amount: i64 },
    Transfer { stage: usize, amount: i64 },
    Reverse { which: usize },
    Close,
    Reopen,
}

#[derive(Clone, Debug)]
struct Attempt {
    what: Try,
    project: u128,
    day: u32,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let amount = || 0..60_i64;
    let what = prop_oneof![
        8 => (0..4_usize, amount()).prop_map(|(stage, amount)| Try::Forward { stage, amount }),
        2 => (0..4_usize, amount()).prop_map(|(stage, amount)| Try::Recover { stage, amount }),
        2 => (0..4_usize, amount()).prop_map(|(stage, amount)| Try::Transfer { stage, amount }),
        4 => (0..64_usize).prop_map(|which| Try::Reverse { which }),
        1 => Just(Try::Close),
        1 => Just(Try::Reopen),
    ];
    let attempt =
        (what, 1..3_u128, 0..300_u32).prop_map(|(what, project, day)| Attempt { what, project, day });
    prop::collection::vec(attempt, 1..50)
}

fn person(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

fn project(number: u128) -> ProjectId {
    ProjectId::new(Uuid::from_u128(number))
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Duration::days(i64::from(number))
}

fn key(number: u128) -> Key {
    Key { project: project(number), source: Source::Gbg, year: FiscalYear::new(2026).unwrap() }
}

fn forward(stage: usize) -> Movement {
    [Movement::Issue, Movement::Receive, Movement::Disburse, Movement::Pay][stage]
}

fn everywhere(response: Response) -> Control {
    Kind::ALL.into_iter().fold(Control::default(), |control, kind| control.with(kind, Source::Gbg, response))
}

/// The ledger under proof, kept as a service would keep it.
struct Book {
    control: Control,
    months: Months,
    entries: Vec<Entry>,
    positions: BTreeMap<ProjectId, Position>,
}

/// Heaps of fen at each stage of each project: moving forward takes from one heap and adds to the next.
type Heaps = BTreeMap<ProjectId, [i64; 4]>;

impl Book {
    fn new(control: Control) -> Book {
        let positions = [1, 2].map(|number| (project(number), Position::empty(key(number))));
        let months = Months::new(Month::parse("2026-01").unwrap());
        Book { control, months, entries: Vec::new(), positions: positions.into_iter().collect() }
    }

    fn id(&self, ahead: usize) -> EntryId {
        EntryId::new(Uuid::from_u128((self.entries.len() + ahead) as u128 + 1000))
    }

    fn posting(&self, attempt: &Attempt, movement: Movement, amount: i64) -> Posting {
        Posting {
            movement,
            key: key(attempt.project),
            amount: Money::from_fen(amount).unwrap(),
            date: day(attempt.day),
            paper: Paper { document: Some("黔财示〔2026〕1号".into()), voucher: None },
            payee: None,
            purpose: None,
            memo: None,
        }
    }

    /// The entries that the attempt would write, before anybody looks at balances.
    fn draft(&self, attempt: &Attempt) -> Result<Vec<Entry>, Refusal> {
        let signed = Signed::new(person(1), person(2))?;
        let (ids, months) = ([self.id(0), self.id(1)], &self.months);
        match attempt.what {
            Try::Forward { stage, amount } => {
                Ok(vec![self.posting(attempt, forward(stage), amount).enter(ids[0], signed, months)?])
            }
            Try::Recover { stage, amount } => {
                let movement = Movement::Recover { from: Stage::ALL[stage] };
                Ok(vec![self.posting(attempt, movement, amount).enter(ids[0], signed, months)?])
            }
            Try::Transfer { stage, amount } => {
                let posting = self.posting(attempt, Movement::Issue, amount);
                let transfer = Transfer {
                    from: project(attempt.project),
                    to: project(3 - attempt.project),
                    source: posting.key.source,
                    year: posting.key.year,
                    at: Stage::ALL[stage],
                    amount: posting.amount,
                    date: posting.date,
                    paper: posting.paper,
                    memo: None,
                };
                Ok(transfer.enter(ids, signed, months)?.into())
            }
            Try::Reverse { which } => self.undo(which, attempt.day, ids, signed),
            Try::Close | Try::Reopen => Ok(Vec::new()),
        }
    }

    fn undo(&self, which: usize, on: u32, ids: [EntryId; 2], signed: Signed) -> Result<Vec<Entry>, Refusal> {
        let Some(original) = self.entries.get(which % self.entries.len().max(1)) else {
            return Ok(Vec::new());
        };
        let by = self.entries.iter().find(|entry| entry.reverses == Some(original.id)).map(|entry| entry.id);
        let order = Reversal {
            entry: original.id,
            date: day(on).max(original.posting.date),
            paper: Paper::default(),
            reason: "记错".into(),
        };
        let Some(pair) = original.pair else {
            return Ok(vec![original.reverse(&order, ids[0], by, signed, &self.months)?]);
        };
        let alone = original.reverse(&order, ids[0], by, signed, &self.months);
        assert_eq!(alone, Err(Refusal::LegAlone { other: pair }));
        let other = self.entries.iter().find(|entry| entry.id == pair).unwrap();
        Ok(original.reverse_with(other, &order, ids, by, signed, &self.months)?.into())
    }

    fn post(&mut self, entries: &[Entry]) -> Result<(), Refusal> {
        let mut positions = self.positions.clone();
        for entry in entries {
            let project = entry.posting.key.project;
            let ruling = decide(&self.control, &positions[&project], entry, None)?;
            positions.insert(project, ruling.after);
        }
        self.positions = positions;
        self.entries.extend_from_slice(entries);
        Ok(())
    }

    fn turn_month(&mut self, what: &Try) {
        let months = self.months.clone();
        let next = match (what, months.open(), months.last_closed()) {
            (Try::Close, Some(open), _) => months.close(open, person(3), day(400)),
            (Try::Reopen, _, Some(last)) => {
                months.reopen(last, person(3), person(4), "漏记", day(400)).map(|(months, _)| months)
            }
            _ => return,
        };
        self.months = next.unwrap_or_else(|_| self.months.clone());
    }

    /// Tries everything; `seen` looks at the book after each attempt that wrote entries or was refused.
    fn run(
        &mut self,
        attempts: &[Attempt],
        mut seen: impl FnMut(&Book, &[Entry], Result<(), Refusal>) -> Result<(), TestCaseError>,
    ) -> Result<(), TestCaseError> {
        for attempt in attempts {
            self.turn_month(&attempt.what);
            match self.draft(attempt) {
                Ok(entries) => {
                    let outcome = self.post(&entries);
                    seen(self, &entries, outcome)?;
                }
                Err(refusal) => seen(self, &[], Err(refusal))?,
            }
        }
        Ok(())
    }
}

/// The model: what the entries would do to the heaps.
fn heaped(heaps: &Heaps, entries: &[Entry]) -> Heaps {
    let mut next = heaps.clone();
    for entry in entries {
        let fen = entry.posting.amount.fen() * if entry.reverses.is_some() { -1 } else { 1 };
        let heap = next.entry(entry.posting.key.project).or_default();
        match entry.posting.movement {
            Movement::Issue => heap[0] += fen,
            Movement::Receive => (heap[0], heap[1]) = (heap[0] - fen, heap[1] + fen),
            Movement::Disburse => (heap[1], heap[2]) = (heap[1] - fen, heap[2] + fen),
            Movement::Pay => (heap[2], heap[3]) = (heap[2] - fen, heap[3] + fen),
            Movement::Recover { from } => heap[from as usize] -= fen,
            Movement::TransferOut { at, .. } => heap[at as usize] -= fen,
            Movement::TransferIn { at, .. } => heap[at as usize] += fen,
        }
    }
    next
}

fn in_order(heaps: &Heaps) -> bool {
    heaps.values().all(|heap| heap.iter().all(|fen| *fen >= 0))
}

/// Nothing that reached a stage is below zero: every heap together with those beyond it.
fn can_be(heaps: &Heaps) -> bool {
    heaps.values().all(|heap| (0..4).all(|stage| heap[stage..].iter().sum::<i64>() >= 0))
}

fn empty_heaps() -> Heaps {
    [1, 2].map(|number| (project(number), [0; 4])).into_iter().collect()
}

/// The positions say what the heaps say.
fn same(book: &Book, heaps: &Heaps) -> Result<(), TestCaseError> {
    for (project, position) in &book.positions {
        for stage in Stage::ALL {
            prop_assert_eq!(position.lying(stage).fen(), heaps[project][stage as usize]);
        }
        let broken: Vec<Stage> = position.breaches().iter().map(|breach| breach.earlier).collect();
        let negative = Stage::ALL.into_iter().filter(|stage| heaps[project][*stage as usize] < 0);
        prop_assert_eq!(broken, negative.collect::<Vec<_>>());
        let again = Position::restore(position.key(), *position.totals());
        prop_assert_eq!(again.as_ref(), Ok(position));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn any_sequence_keeps_the_order_or_is_refused(attempts in attempts()) {
        let mut heaps = empty_heaps();
        Book::new(Control::default()).run(&attempts, |book, entries, outcome| {
            if !entries.is_empty() {
                let next = heaped(&heaps, entries);
                prop_assert_eq!(outcome.is_ok(), in_order(&next));
                if outcome.is_ok() {
                    heaps = next;
                }
            }
            prop_assert!(book.positions.values().all(|position| position.breaches().is_empty()));
            same(book, &heaps)
        })?;
    }

    #[test]
    fn where_the_matrix_does_not_stop_only_what_cannot_be_is_refused(attempts in attempts(), warn in any::<bool>()) {
        let mut heaps = empty_heaps();
        let response = if warn { Response::Warn } else { Response::Ignore };
        Book::new(everywhere(response)).run(&attempts, |book, entries, outcome| {
            if !entries.is_empty() {
                let next = heaped(&heaps, entries);
                prop_assert_eq!(outcome.is_ok(), can_be(&next));
                if outcome.is_ok() {
                    heaps = next;
                } else {
                    let negative = matches!(outcome, Err(Refusal::Negative { .. }));
                    prop_assert!(negative);
                }
            }
            same(book, &heaps)
        })?;
    }

    #[test]
    fn an_exception_admits_exactly_what_stop_refuses_and_warn_shows(attempts in attempts()) {
        let by_other = Exception::new(person(9), "应急").unwrap();
        let by_maker = Exception::new(person(1), "应急").unwrap();
        let (stop, warn) = (Control::default(), everywhere(Response::Warn));
        Book::new(everywhere(Response::Warn)).run(&attempts, |book, entries, outcome| {
            let [entry] = entries else { return Ok(()) };
            if outcome.is_err() {
                return Ok(());
            }
            // The position before the last entry is a recomputation from those before it.
            let before = book.entries[..book.entries.len() - 1]
                .iter()
                .filter(|old| old.posting.key == entry.posting.key)
                .try_fold(Position::empty(entry.posting.key), |position, old| position.apply(old))
                .unwrap();
            let warned = decide(&warn, &before, entry, None).unwrap();
            let excepted = decide(&stop, &before, entry, Some(&by_other)).unwrap();
            prop_assert_eq!(&warned.warnings, &excepted.warnings);
            prop_assert_eq!(warned.warnings.is_empty(), excepted.exception.is_none());
            prop_assert_eq!(warned.warnings.is_empty(), decide(&stop, &before, entry, None).is_ok());
            let own = decide(&stop, &before, entry, Some(&by_maker));
            prop_assert_eq!(own.is_ok(), warned.warnings.is_empty());
            Ok(())
        })?;
    }

    #[test]
    fn a_reversal_and_its_original_sum_to_zero_and_there_is_one_at_most(attempts in attempts()) {
        let mut book = Book::new(everywhere(Response::Ignore));
        book.run(&attempts, |_, _, _| Ok(()))?;
        let mut reversed = BTreeSet::new();
        for reversal in book.entries.iter().filter(|entry| entry.reverses.is_some()) {
            let original = book.entries.iter().find(|entry| Some(entry.id) == reversal.reverses).unwrap();
            prop_assert!(reversed.insert(original.id), "two reversals of one entry");
            prop_assert!(original.reverses.is_none(), "a reversal of a reversal");
            prop_assert_eq!(original.effect().checked_add(reversal.effect()), Some(Delta::ZERO));
            prop_assert_eq!(original.posting.key, reversal.posting.key);
            prop_assert_eq!(original.posting.movement, reversal.posting.movement);
            prop_assert_eq!(original.pair.is_some(), reversal.pair.is_some());
            let other = original.pair.and_then(|id| book.entries.iter().find(|entry| entry.reverses == Some(id)));
            prop_assert_eq!(other.map(|entry| entry.id), reversal.pair, "a leg reversed alone");
        }
        // Without the pairs, the positions are the same.
        let undone = |entry: &&Entry| entry.reverses.is_none() && !reversed.contains(&entry.id);
        let kept = book.entries.iter().filter(undone).cloned().collect::<Vec<_>>();
        same(&book, &heaped(&empty_heaps(), &kept))?;
    }

    #[test]
    fn a_closed_month_is_never_touched(attempts in attempts()) {
        let mut frozen: BTreeMap<Month, usize> = BTreeMap::new();
        Book::new(everywhere(Response::Ignore)).run(&attempts, |book, entries, outcome| {
            if outcome.is_ok() {
                for entry in entries {
                    prop_assert!(!book.months.is_closed(entry.month));
                    let own = Month::of(entry.posting.date).unwrap();
                    prop_assert_eq!(entry.late_for, (own != entry.month).then_some(own));
                    prop_assert!(entry.late_for.is_none_or(|month| book.months.is_closed(month)));
                }
            }
            frozen.retain(|month, _| book.months.is_closed(*month));
            for closing in book.months.closings() {
                let held = book.entries.iter().filter(|entry| entry.month == closing.month).count();
                prop_assert_eq!(*frozen.entry(closing.month).or_insert(held), held);
            }
            Ok(())
        })?;
    }

    #[test]
    fn ageing_sums_equal_positions_and_days_are_those_of_single_fen(attempts in attempts(), as_of in 0..320_u32) {
        let mut book = Book::new(everywhere(Response::Ignore));
        book.run(&attempts, |_, _, _| Ok(()))?;
        for number in [1, 2] {
            let own: Vec<Entry> =
                book.entries.iter().filter(|entry| entry.posting.key == key(number)).cloned().collect();
            let dated: Vec<Entry> =
                own.iter().filter(|entry| entry.posting.date <= day(as_of)).cloned().collect();
            let ageing = Ageing::of(&own, day(as_of)).unwrap();
            let heap = heaped(&empty_heaps(), &dated)[&project(number)];
            let coins = coins(&dated);
            for stage in Stage::ALL {
                prop_assert_eq!(ageing.lying(stage).fen(), heap[stage as usize]);
                let lots: Vec<NaiveDate> = ageing
                    .lots(stage)
                    .flat_map(|lot| vec![lot.since; usize::try_from(lot.amount.fen()).unwrap()])
                    .collect();
                prop_assert_eq!(&lots, &coins[stage as usize]);
                prop_assert_eq!(ageing.oldest(stage), coins[stage as usize].first().copied());
                let old = coins[stage as usize].iter().filter(|since| (day(as_of) - **since).num_days() > 30);
                prop_assert_eq!(ageing.older_than(stage, 30, day(as_of)).fen(), old.count() as i64);
            }
        }
    }
}

/// The model of ageing: every fen is one coin that remembers the day it came.
fn coins(entries: &[Entry]) -> [Vec<NaiveDate>; 4] {
    let undone: BTreeSet<EntryId> = entries.iter().filter_map(|entry| entry.reverses).collect();
    let mut real: Vec<&Entry> =
        entries.iter().filter(|entry| entry.reverses.is_none() && !undone.contains(&entry.id)).collect();
    real.sort_by_key(|entry| entry.posting.date);
    let mut lying: [Vec<NaiveDate>; 4] = Default::default();
    let mut missing = [0_u32; 4];
    for entry in real {
        for _ in 0..entry.posting.amount.fen() {
            let (out, into) = match entry.posting.movement {
                Movement::Issue => (None, Some(0)),
                Movement::Receive => (Some(0), Some(1)),
                Movement::Disburse => (Some(1), Some(2)),
                Movement::Pay => (Some(2), Some(3)),
                Movement::Recover { from } => (Some(from as usize), None),
                Movement::TransferOut { at, .. } => (Some(at as usize), None),
                Movement::TransferIn { at, .. } => (None, Some(at as usize)),
            };
            if let Some(stage) = out {
                if lying[stage].is_empty() {
                    missing[stage] += 1;
                } else {
                    lying[stage].remove(0);
                }
            }
            if let Some(stage) = into {
                if missing[stage] > 0 {
                    missing[stage] -= 1;
                } else {
                    lying[stage].push(entry.posting.date);
                }
            }
        }
    }
    lying
}
