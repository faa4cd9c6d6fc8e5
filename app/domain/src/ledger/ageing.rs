//! How long money has lain at each stage, oldest first (FIFO). Source: domain.md R16–R18. Judges nothing: limits are rules of the review.

use super::Refusal;
use super::entry::Entry;
use super::stage::{PerStage, Stage};
use crate::id::EntryId;
use crate::money::{Delta, Money};
use chrono::NaiveDate;
use std::collections::{HashSet, VecDeque};

/// Money that came to a stage on one day and still lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The day it came to this stage; money moved in by 调剂 counts from the day of the transfer.
    pub since: NaiveDate,
    /// Whole fen, more than zero.
    pub amount: Money,
}

/// What lies where since when, as of one date.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ageing {
    shelves: PerStage<Shelf>,
}

/// The lots of one stage, oldest first, or what went on without having come.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Shelf {
    lots: VecDeque<Lot>,
    owed: Money,
}

impl Lot {
    /// Days from arrival to `as_of`.
    pub fn days(&self, as_of: NaiveDate) -> i64 {
        (as_of - self.since).num_days()
    }
}

impl Ageing {
    /// From the entries of one position in ledger order, those dated up to `as_of`.
    ///
    /// Days are business dates; entries of one day keep their order. A mistake and its reversal count as if neither had
    /// been: so the money ages from the day it really came.
    pub fn of(entries: &[Entry], as_of: NaiveDate) -> Result<Ageing, Refusal> {
        let mut counted: Vec<&Entry> = entries.iter().filter(|entry| entry.posting.date <= as_of).collect();
        counted.sort_by_key(|entry| entry.posting.date);
        let known: HashSet<EntryId> = counted.iter().map(|entry| entry.id).collect();
        let undone: HashSet<EntryId> = counted.iter().filter_map(|entry| entry.reverses).collect();
        if let Some(entry) = undone.iter().find(|original| !known.contains(original)) {
            return Err(Refusal::OriginalMissing { entry: *entry });
        }
        let mut ageing = Ageing::default();
        for entry in counted {
            if entry.reverses.is_none() && !undone.contains(&entry.id) {
                ageing.take(entry)?;
            }
        }
        Ok(ageing)
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let (movement, amount) = (entry.posting.movement, entry.posting.amount);
        if let Some(stage) = movement.leaves() {
            let short = self.shelves.get_mut(stage).give(amount);
            let owed = &mut self.shelves.get_mut(stage).owed;
            *owed = owed.checked_add(short).ok_or(Refusal::TooLarge { stage })?;
        }
        if let Some(stage) = movement.arrives() {
            self.shelves.get_mut(stage).receive(amount, entry.posting.date);
        }
        Ok(())
    }

    /// Lots at the stage, oldest first.
    pub fn lots(&self, stage: Stage) -> impl Iterator<Item = Lot> + '_ {
        self.shelves.get(stage).lots.iter().copied()
    }

    /// What lies at the stage, in fen: equal to the position's; negative where the order is broken.
    pub fn lying(&self, stage: Stage) -> Delta {
        let shelf = self.shelves.get(stage);
        let held: i64 = shelf.lots.iter().map(|lot| lot.amount.fen()).sum();
        Delta::from_fen(held - shelf.owed.fen())
    }

    /// The day since which the oldest money lies at the stage.
    pub fn oldest(&self, stage: Stage) -> Option<NaiveDate> {
        self.shelves.get(stage).lots.front().map(|lot| lot.since)
    }

    /// What has lain at the stage for more than `days` on `as_of`, in fen.
    pub fn older_than(&self, stage: Stage, days: i64, as_of: NaiveDate) -> Money {
        let old = self.lots(stage).filter(|lot| lot.days(as_of) > days).map(|lot| lot.amount.fen());
        Delta::from_fen(old.sum()).magnitude()
    }
}

impl Shelf {
    /// Takes `amount` from the oldest lots; answers what was not there.
    fn give(&mut self, amount: Money) -> Money {
        let mut wanted = amount.fen();
        while wanted > 0 {
            let Some(lot) = self.lots.front_mut() else { break };
            let taken = wanted.min(lot.amount.fen());
            wanted -= taken;
            lot.amount = less(lot.amount, taken);
            if lot.amount.is_zero() {
                self.lots.pop_front();
            }
        }
        less(amount, amount.fen() - wanted)
    }

    /// Puts `amount` down; what already went on without having come is made good first.
    fn receive(&mut self, amount: Money, on: NaiveDate) {
        let made_good = self.owed.fen().min(amount.fen());
        self.owed = less(self.owed, made_good);
        let kept = less(amount, made_good);
        if kept.is_zero() {
            return;
        }
        match self.lots.back_mut().filter(|lot| lot.since == on) {
            Some(lot) if lot.amount.checked_add(kept).is_some() => {
                lot.amount = Delta::from_fen(lot.amount.fen() + kept.fen()).magnitude();
            }
            Some(_) | None => self.lots.push_back(Lot { since: on, amount: kept }),
        }
    }
}

/// `amount − part`, where `part` is taken from it.
fn less(amount: Money, part: i64) -> Money {
    Money::from_fen(amount.fen() - part).expect("a part is not more than the whole")
}
