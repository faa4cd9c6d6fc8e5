//! Balances of one project's funding from one source in one budget year. Knows no clock, no user, no database.

use super::Refusal;
use super::entry::Entry;
use super::movement::Movement;
use super::stage::{PerStage, Stage};
use crate::id::ProjectId;
use crate::money::{Delta, Money};
use crate::period::FiscalYear;
use crate::source::Source;
use serde::{Deserialize, Serialize};

/// What a position is the position of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    pub project: ProjectId,
    pub source: Source,
    /// 预算年度
    pub year: FiscalYear,
}

/// Cumulative amounts as entered, in fen, reversals taken off. Every one is zero or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// 下达, 到位, 拨付, 支付
    pub entered: PerStage<Money>,
    /// 收回, by the stage where the money lay
    pub recovered: PerStage<Money>,
    /// 调剂 to other projects, by the stage where the money lay
    pub moved_out: PerStage<Money>,
    /// 调剂 from other projects, by the stage where the money lay
    pub moved_in: PerStage<Money>,
}

/// The position: its totals, and what follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    key: Key,
    totals: Totals,
}

/// What is left to do, in fen; negative where a later stage exceeds the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// 待到位
    pub to_receive: Delta,
    /// 待拨付
    pub to_disburse: Delta,
    /// 待支付
    pub to_pay: Delta,
}

/// A later stage exceeds the one before it (资金倒挂, domain.md R46), net of what was recovered and moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    pub earlier: Stage,
    pub later: Stage,
    /// What has reached the earlier stage, in fen.
    pub limit: Money,
    /// What has reached the later stage, in fen.
    pub reached: Money,
    /// reached − limit, in fen, more than zero.
    pub over: Money,
}

impl Totals {
    /// Both together, for rollups; `None` on overflow.
    pub fn plus(&self, other: &Totals) -> Option<Totals> {
        let mut sum = *self;
        for stage in Stage::ALL {
            for (into, from) in [
                (&mut sum.entered, &other.entered),
                (&mut sum.recovered, &other.recovered),
                (&mut sum.moved_out, &other.moved_out),
                (&mut sum.moved_in, &other.moved_in),
            ] {
                let slot = into.get_mut(stage);
                *slot = slot.checked_add(*from.get(stage))?;
            }
        }
        Some(sum)
    }

    /// What has reached `stage` and was not taken back from there or from later: in fen.
    ///
    /// Money moved in at a stage counts for all earlier stages too, money recovered or moved out for none of them, so
    /// that both sides of the order speak of the same money.
    pub fn net(&self, stage: Stage) -> Delta {
        let beyond: i64 = Stage::ALL
            .into_iter()
            .filter(|later| *later >= stage)
            .map(|later| {
                self.moved_in.get(later).fen()
                    - self.moved_out.get(later).fen()
                    - self.recovered.get(later).fen()
            })
            .sum(); // at most twelve amounts of at most 9×10¹⁵: within an i64
        Delta::from_fen(self.entered.get(stage).fen() + beyond)
    }

    /// What lies at `stage`: come there, not gone on. Negative where the order is broken.
    pub fn lying(&self, stage: Stage) -> Delta {
        let gone_on = stage.after().map_or(0, |later| self.net(later).fen());
        Delta::from_fen(self.net(stage).fen() - gone_on)
    }

    /// The three balances beside the amount being typed.
    pub fn left(&self) -> Left {
        Left {
            to_receive: self.lying(Stage::Issued),
            to_disburse: self.lying(Stage::Received),
            to_pay: self.lying(Stage::Disbursed),
        }
    }

    /// The same totals after `amount` (signed: a reversal is negative) of `movement`.
    pub fn after(&self, movement: Movement, amount: Delta) -> Result<Totals, Refusal> {
        let mut next = *self;
        let (row, stage) = match movement {
            Movement::Issue => (&mut next.entered, Stage::Issued),
            Movement::Receive => (&mut next.entered, Stage::Received),
            Movement::Disburse => (&mut next.entered, Stage::Disbursed),
            Movement::Pay => (&mut next.entered, Stage::Paid),
            Movement::Recover { from } => (&mut next.recovered, from),
            Movement::TransferOut { at, .. } => (&mut next.moved_out, at),
            Movement::TransferIn { at, .. } => (&mut next.moved_in, at),
        };
        let slot = row.get_mut(stage);
        *slot = shifted(*slot, amount, stage)?;
        next.checked()
    }

    /// Itself, when nothing that has reached a stage is below zero or too large.
    fn checked(self) -> Result<Totals, Refusal> {
        for stage in Stage::ALL {
            shifted(Money::ZERO, self.net(stage), stage)?;
        }
        Ok(self)
    }
}

impl Position {
    /// Nothing has happened yet.
    pub fn empty(key: Key) -> Position {
        Position { key, totals: Totals::default() }
    }

    /// A kept row read back; refused when it says what cannot be true.
    pub fn restore(key: Key, totals: Totals) -> Result<Position, Refusal> {
        Ok(Position { key, totals: totals.checked()? })
    }

    pub const fn key(&self) -> Key {
        self.key
    }

    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The position after the entry. Judges nothing but what can never be true; the order is judged by `decide`.
    pub fn apply(&self, entry: &Entry) -> Result<Position, Refusal> {
        if entry.posting.key != self.key {
            return Err(Refusal::OtherPosition);
        }
        let totals = self.totals.after(entry.posting.movement, entry.effect())?;
        Ok(Position { key: self.key, totals })
    }

    /// What has reached the stage, net of what was taken back.
    pub fn net(&self, stage: Stage) -> Money {
        self.totals.net(stage).as_money().expect("checked when the position was made")
    }

    pub fn lying(&self, stage: Stage) -> Delta {
        self.totals.lying(stage)
    }

    pub fn left(&self) -> Left {
        self.totals.left()
    }

    /// Where 支付 ≤ 拨付 ≤ 到位 ≤ 下达 does not hold, in the order of the flow.
    pub fn breaches(&self) -> Vec<Breach> {
        let pairs = Stage::ALL.into_iter().filter_map(|later| Some((later.before()?, later)));
        pairs
            .filter_map(|(earlier, later)| {
                let (limit, reached) = (self.net(earlier), self.net(later));
                let over = reached.minus(limit).as_money().filter(|over| !over.is_zero())?;
                Some(Breach { earlier, later, limit, reached, over })
            })
            .collect()
    }

    /// Breaches that are new or larger than `before`: what one entry is answerable for.
    pub fn worsened_since(&self, before: &Position) -> Vec<Breach> {
        let was = before.breaches();
        let over_before = |breach: &Breach| {
            was.iter().find(|old| old.later == breach.later).map_or(Money::ZERO, |old| old.over)
        };
        self.breaches().into_iter().filter(|breach| breach.over > over_before(breach)).collect()
    }
}

/// `amount` moved by `by`, as money; below zero and beyond the maximum are refused by name of the stage.
fn shifted(amount: Money, by: Delta, stage: Stage) -> Result<Money, Refusal> {
    let sum = Delta::from(amount).checked_add(by).ok_or(Refusal::TooLarge { stage })?;
    match sum.as_money() {
        Some(money) => Ok(money),
        None if sum < Delta::ZERO => Err(Refusal::Negative { stage, short: sum.magnitude() }),
        None => Err(Refusal::TooLarge { stage }),
    }
}
