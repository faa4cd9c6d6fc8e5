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
use std::collections::BTreeMap;

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
        self.after_all([(movement, amount)])
    }

    /// The same totals after all movements at once: nothing is below zero in the end, whatever their order.
    pub fn after_all(
        &self,
        movements: impl IntoIterator<Item = (Movement, Delta)>,
    ) -> Result<Totals, Refusal> {
        let mut sums: BTreeMap<(Row, Stage), Delta> = BTreeMap::new();
        for (movement, amount) in movements {
            let (row, stage) = Row::of(movement);
            let sum = sums.entry((row, stage)).or_default();
            *sum = sum.checked_add(amount).ok_or(Refusal::TooLarge { stage })?;
        }
        let mut next = *self;
        for ((row, stage), sum) in sums {
            let slot = row.of_totals(&mut next).get_mut(stage);
            *slot = shifted(*slot, sum, stage)?;
        }
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
        self.apply_all(std::slice::from_ref(entry))
    }

    /// The position after entries that are written together: only where they end is judged.
    pub fn apply_all(&self, entries: &[Entry]) -> Result<Position, Refusal> {
        if entries.iter().any(|entry| entry.posting.key != self.key) {
            return Err(Refusal::OtherPosition);
        }
        let movements = entries.iter().map(|entry| (entry.posting.movement, entry.effect()));
        Ok(Position { key: self.key, totals: self.totals.after_all(movements)? })
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

/// The four rows of [`Totals`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Entered,
    Recovered,
    MovedOut,
    MovedIn,
}

impl Row {
    /// Where a movement is counted.
    const fn of(movement: Movement) -> (Row, Stage) {
        match movement {
            Movement::Issue => (Row::Entered, Stage::Issued),
            Movement::Receive => (Row::Entered, Stage::Received),
            Movement::Disburse => (Row::Entered, Stage::Disbursed),
            Movement::Pay => (Row::Entered, Stage::Paid),
            Movement::Recover { from } => (Row::Recovered, from),
            Movement::TransferOut { at, .. } => (Row::MovedOut, at),
            Movement::TransferIn { at, .. } => (Row::MovedIn, at),
        }
    }

    const fn of_totals(self, totals: &mut Totals) -> &mut PerStage<Money> {
        match self {
            Row::Entered => &mut totals.entered,
            Row::Recovered => &mut totals.recovered,
            Row::MovedOut => &mut totals.moved_out,
            Row::MovedIn => &mut totals.moved_in,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    /// `issue 100; receive 80; -pay 5; recover:received 10` in fen; answers what is left and where the order breaks.
    fn check(script: &str, expected: &str) {
        let key = Key {
            project: ProjectId::new(Uuid::nil()),
            source: Source::Cbi,
            year: FiscalYear::new(2026).unwrap(),
        };
        let step = |totals: Totals, line: &str| {
            let (code, fen) = line.trim().split_once(' ').unwrap();
            let (sign, code) = code.strip_prefix('-').map_or((1, code), |code| (-1, code));
            let other = code.starts_with("transfer").then_some(key.project);
            let movement = Movement::from_code(code, other).unwrap();
            totals.after(movement, Delta::from_fen(sign * fen.parse::<i64>().unwrap()))
        };
        let got = match script.split(';').try_fold(Totals::default(), step) {
            Ok(totals) => {
                let position = Position::restore(key, totals).unwrap();
                let left = position.left();
                let mut text = format!(
                    "left {} {} {}",
                    left.to_receive.fen(),
                    left.to_disburse.fen(),
                    left.to_pay.fen()
                );
                for breach in position.breaches() {
                    text += &format!(", {} over by {}", breach.later.code(), breach.over.fen());
                }
                text
            }
            Err(Refusal::Negative { stage, short }) => format!("{} short by {}", stage.code(), short.fen()),
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(got, expected, "{script}");
    }

    #[test]
    fn money_moves_from_stage_to_stage() {
        check("issue 100; receive 80; disburse 50; pay 20", "left 20 30 30");
        check("issue 100; receive 100; disburse 100; pay 130", "left 0 0 -30, paid over by 30");
        check("issue 100; receive 120", "left -20 120 0, received over by 20");
    }

    #[test]
    fn what_is_recovered_leaves_all_stages_it_had_reached() {
        check("issue 100; receive 80; disburse 50; recover:received 30", "left 20 0 50");
        check("issue 100; receive 80; recover:issued 20", "left 0 80 0");
        check("issue 100; receive 80; recover:issued 21", "left -1 80 0, received over by 1");
        check("issue 9; receive 9; disburse 9; pay 9; recover:paid 4", "left 0 0 0");
        check("recover:issued 1", "issued short by 1");
        check("issue 9; receive 5; recover:received 6", "received short by 1");
    }

    #[test]
    fn what_is_moved_in_counts_for_the_stages_before() {
        check("transfer_in:received 50; disburse 50", "left 0 0 50");
        check("issue 50; transfer_out:issued 50", "left 0 0 0");
        check("transfer_out:received 1", "issued short by 1");
        check(
            "transfer_in:received 50; disburse 50; -transfer_in:received 50",
            "left 0 -50 50, disbursed over by 50",
        );
    }

    #[test]
    fn a_cumulative_is_never_below_zero_nor_too_large() {
        check("issue 5; -issue 6", "issued short by 1");
        check("issue 9000000000000000; issue 1", "cumulative of Issued too large");
    }
}
