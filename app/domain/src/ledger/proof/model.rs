//! The independent models: heaps of fen for balances, single coins for ageing. Runs in tests only.

use super::super::*;
use super::book::{Book, project};
use crate::id::ProjectId;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Heaps of fen at each stage of each project: moving forward takes from one heap and adds to the next.
pub(super) type Heaps = BTreeMap<ProjectId, [i64; 4]>;

/// The model: what the entries would do to the heaps.
pub(super) fn heaped(heaps: &Heaps, entries: &[Entry]) -> Heaps {
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

pub(super) fn in_order(heaps: &Heaps) -> bool {
    heaps.values().all(|heap| heap.iter().all(|fen| *fen >= 0))
}

/// Nothing that reached a stage is below zero: every heap together with those beyond it.
pub(super) fn can_be(heaps: &Heaps) -> bool {
    heaps.values().all(|heap| (0..4).all(|stage| heap[stage..].iter().sum::<i64>() >= 0))
}

pub(super) fn empty_heaps() -> Heaps {
    [1, 2].map(|number| (project(number), [0; 4])).into_iter().collect()
}

/// The positions say what the heaps say.
pub(super) fn same(book: &Book, heaps: &Heaps) -> Result<(), TestCaseError> {
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

/// The model of ageing: every fen is one coin that remembers the day it came.
pub(super) fn coins(entries: &[Entry]) -> [Vec<NaiveDate>; 4] {
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
