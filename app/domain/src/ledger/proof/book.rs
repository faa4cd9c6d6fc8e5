//! A book under proof, kept as a service would keep it, and attempts of any kind on it. Runs in tests only.

use super::super::*;
use crate::id::{ProjectId, UserId};
use crate::period::FiscalYear;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One thing a person may try. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
pub(super) enum Try {
    Forward { stage: usize, amount: i64 },
    Recover { stage: usize, amount: i64 },
    Transfer { stage: usize, amount: i64 },
    Reverse { which: usize },
    Close,
    Reopen,
}

#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) what: Try,
    pub(super) project: u128,
    pub(super) day: u32,
}

pub(super) fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
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

pub(super) fn person(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

pub(super) fn project(number: u128) -> ProjectId {
    ProjectId::new(Uuid::from_u128(number))
}

pub(super) fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Duration::days(i64::from(number))
}

pub(super) fn key(number: u128) -> Key {
    Key { project: project(number), source: Source::Gbg, year: FiscalYear::new(2026).unwrap() }
}

pub(super) fn forward(stage: usize) -> Movement {
    [Movement::Issue, Movement::Receive, Movement::Disburse, Movement::Pay][stage]
}

pub(super) fn everywhere(response: Response) -> Control {
    Kind::ALL.into_iter().fold(Control::default(), |control, kind| control.with(kind, Source::Gbg, response))
}

/// The ledger under proof, kept as a service would keep it.
pub(super) struct Book {
    pub(super) control: Control,
    pub(super) months: Months,
    pub(super) entries: Vec<Entry>,
    pub(super) positions: BTreeMap<ProjectId, Position>,
}

impl Book {
    pub(super) fn new(control: Control) -> Book {
        let positions = [1, 2].map(|number| (project(number), Position::empty(key(number))));
        let months = Months::new(Month::parse("2026-01").unwrap());
        Book { control, months, entries: Vec::new(), positions: positions.into_iter().collect() }
    }

    pub(super) fn id(&self, ahead: usize) -> EntryId {
        EntryId::new(Uuid::from_u128((self.entries.len() + ahead) as u128 + 1000))
    }

    pub(super) fn posting(&self, attempt: &Attempt, movement: Movement, amount: i64) -> Posting {
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
    pub(super) fn draft(&self, attempt: &Attempt) -> Result<Vec<Entry>, Refusal> {
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

    pub(super) fn undo(
        &self,
        which: usize,
        on: u32,
        ids: [EntryId; 2],
        signed: Signed,
    ) -> Result<Vec<Entry>, Refusal> {
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

    /// Reversals of everything of one position that still stands, the latest first.
    pub(super) fn taken_back(&self, key: Key) -> Vec<Entry> {
        let reversed = |id| self.entries.iter().any(|entry| entry.reverses == Some(id));
        let stands =
            |entry: &&Entry| entry.posting.key == key && entry.reverses.is_none() && !reversed(entry.id);
        let undo = |entry: &Entry| Entry { reverses: Some(entry.id), ..entry.clone() };
        self.entries.iter().rev().filter(stands).map(undo).collect()
    }

    pub(super) fn post(&mut self, entries: &[Entry]) -> Result<(), Refusal> {
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

    pub(super) fn turn_month(&mut self, what: &Try) {
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
    pub(super) fn run(
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
