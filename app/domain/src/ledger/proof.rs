//! Proof of the ledger by sequences of any entries, against models that know only fen. Runs in tests only.

mod book;
mod model;

use super::*;
use crate::money::Delta;
use book::{Book, attempts, day, everywhere, key, person, project};
use model::{can_be, coins, empty_heaps, heaped, in_order, same};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const CASES: u32 = 2500;

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

    #[test]
    fn a_batch_is_undone_by_its_reversals_under_stop(attempts in attempts()) {
        // Whatever order history had, a matrix that stops lets the whole of it be taken back at once.
        let mut book = Book::new(everywhere(Response::Ignore));
        book.run(&attempts, |_, _, _| Ok(()))?;
        for number in [1, 2] {
            let position = book.positions[&project(number)];
            let back = book.taken_back(key(number));
            let ruling = decide_together(&Control::default(), &position, &back, None).unwrap();
            prop_assert_eq!(ruling.after, Position::empty(key(number)));
        }
    }
}
