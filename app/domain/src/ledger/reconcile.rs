//! 对账: lines of a bank's or treasury's export against 到位 and 支付 of the ledger. Pairs what is beyond doubt, proposes what is
//! likely, lists the differences both ways. Pure, and blind to the order in which anything is given. Reads no file.

mod column;
mod desk;
#[cfg(test)]
mod proof;
mod work;

pub use column::BankColumn;
pub use work::{Act, Notes, State, Step, Work};

use super::movement::Movement;
use super::stage::Stage;
use crate::id::{EntryId, ReconciliationId};
use crate::money::{AmountError, Delta, Money, Unit};
use chrono::NaiveDate;
use desk::Desk;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// So many days the bank's date and the ledger's may lie apart.
pub const DAYS: i64 = 3;

/// Which way the money goes, seen from the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 收入: 到位 of the ledger
    In,
    /// 支出: 支付 of the ledger
    Out,
}

/// A line of the file as it is written there; its amount waits for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLine {
    /// from 1, in the order of the file
    pub number: u32,
    pub sheet: String,
    /// `E7`, of the amount
    pub cell: String,
    pub date: NaiveDate,
    pub direction: Direction,
    /// as written
    pub amount: String,
    pub voucher: Option<String>,
    /// 收款人 or 对方户名
    pub payee: Option<String>,
    /// 摘要
    pub memo: Option<String>,
}

/// The same as far as matching looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankLine {
    pub number: u32,
    pub date: NaiveDate,
    pub direction: Direction,
    /// whole fen; below zero where the bank writes something back
    pub amount: Delta,
    pub voucher: Option<String>,
}

/// An entry of the ledger as far as matching looks at it: 到位 or 支付, neither a reversal nor reversed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookItem {
    pub entry: EntryId,
    pub date: NaiveDate,
    pub direction: Direction,
    pub amount: Money,
    pub voucher: Option<String>,
}

/// Lines and entries that belong together; both in order, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Group {
    pub lines: Vec<u32>,
    pub entries: Vec<EntryId>,
}

/// A line and an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pair {
    pub line: u32,
    pub entry: EntryId,
}

/// What people joined and parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    pub groups: Vec<Group>,
    /// Pairs that somebody looked at and parted: never joined by the product again.
    pub parted: BTreeSet<Pair>,
}

/// Why two belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// amount, voucher, and no more than [`DAYS`] apart
    Voucher,
    /// amount and day
    SameDay,
    /// amount, and no more than [`DAYS`] apart
    NearDay,
    /// somebody joined them
    Hand,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Matched {
    pub group: Group,
    pub by: By,
}

/// What came of it. Every line stands in exactly one place, and so does every entry of the lines' days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub matched: Vec<Matched>,
    /// Likely, but not beyond doubt: for a person to accept.
    pub proposed: Vec<Pair>,
    /// One voucher, two amounts.
    pub differing: Vec<Pair>,
    pub bank_only: Vec<u32>,
    pub book_only: Vec<EntryId>,
    /// Joined by hand, but an entry of them was reversed since: its lines stand elsewhere again.
    pub broken: Vec<Group>,
}

/// Why a step of a reconciliation is not taken. Facts only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The file has no line that could be read.
    #[error("no lines")]
    NoLines,
    #[error("more than {most} lines or entries")]
    TooMany { most: u32 },
    /// The same file is kept already and was not withdrawn.
    #[error("kept as {reconciliation}")]
    AlreadyKept { reconciliation: ReconciliationId },
    /// Nobody said yet in which unit the file is written.
    #[error("unit unknown")]
    UnitUnknown,
    /// Lines were joined by hand in this unit already.
    #[error("unit fixed")]
    UnitFixed,
    /// The amount of this cell is no whole number of fen in that unit.
    #[error("{cell} cannot be read in {unit:?}")]
    UnitDoesNotFit { unit: Unit, cell: String },
    #[error("nothing chosen")]
    NothingChosen,
    /// A line or an entry is not there, or belongs to another already.
    #[error("not free")]
    NotFree,
    /// 到位 with 支付.
    #[error("both directions")]
    BothDirections,
    #[error("bank {lines:?}, ledger {entries:?}")]
    SumsDiffer { lines: Delta, entries: Delta },
    #[error("reason missing")]
    ReasonMissing,
    /// Whoever matched does not sign.
    #[error("own work")]
    OwnWork,
    #[error("not possible while {state:?}")]
    WrongState { state: State },
}

/// Lines against entries. `items` may reach [`DAYS`] beyond the days of the lines on both sides; an entry there that no
/// line takes is no difference.
pub fn reconcile(lines: &[BankLine], items: &[BookItem], hand: &Hand) -> Outcome {
    let mut desk = Desk::new(lines, items, &hand.parted);
    let mut outcome = Outcome::default();
    for group in &hand.groups {
        if desk.take(group) {
            outcome.matched.push(Matched { group: group.clone(), by: By::Hand });
        } else {
            outcome.broken.push(group.clone());
        }
    }
    for by in [By::Voucher, By::SameDay, By::NearDay] {
        for pair in desk.alone(by) {
            desk.take(&pair.group());
            outcome.matched.push(Matched { group: pair.group(), by });
        }
    }
    outcome.proposed = desk.likely();
    outcome.differing = desk.differing();
    (outcome.bank_only, outcome.book_only) = desk.left(lines);
    outcome.matched.sort();
    outcome.broken.sort();
    outcome.proposed.sort_unstable();
    outcome.differing.sort_unstable();
    outcome
}

/// Whether a person may join these: all there and free, one direction, equal sums. Lines that cancel each other out need no
/// entry.
pub fn joinable(lines: &[BankLine], items: &[BookItem], hand: &Hand, group: &Group) -> Result<(), Refusal> {
    if group.lines.is_empty() && group.entries.is_empty() {
        return Err(Refusal::NothingChosen);
    }
    let lines: BTreeMap<u32, &BankLine> = lines.iter().map(|line| (line.number, line)).collect();
    let items: BTreeMap<EntryId, &BookItem> = items.iter().map(|item| (item.entry, item)).collect();
    let is_taken = hand.groups.iter().any(|other| other.touches(group));
    let chosen: Option<Vec<&BankLine>> = group.lines.iter().map(|line| lines.get(line).copied()).collect();
    let entries: Option<Vec<&BookItem>> =
        group.entries.iter().map(|entry| items.get(entry).copied()).collect();
    let (Some(chosen), Some(entries), false) = (chosen, entries, is_taken) else {
        return Err(Refusal::NotFree);
    };
    let ways = chosen.iter().map(|line| line.direction).chain(entries.iter().map(|item| item.direction));
    if ways.collect::<BTreeSet<_>>().len() > 1 {
        return Err(Refusal::BothDirections);
    }
    let bank = sum(chosen.iter().map(|line| line.amount));
    let book = sum(entries.iter().map(|item| Delta::from(item.amount)));
    if bank == book { Ok(()) } else { Err(Refusal::SumsDiffer { lines: bank, entries: book }) }
}

/// Exact up to the sum of 90,000 of the largest amounts; a file holds far fewer lines.
pub fn sum(amounts: impl Iterator<Item = Delta>) -> Delta {
    Delta::from_fen(amounts.fold(0_i64, |sum, amount| sum.saturating_add(amount.fen())))
}

impl Direction {
    pub const ALL: [Direction; 2] = [Direction::In, Direction::Out];

    /// Stable code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Out => "out",
        }
    }

    pub fn from_code(code: &str) -> Option<Direction> {
        Direction::ALL.into_iter().find(|direction| direction.code() == code)
    }

    /// Of the movements that pass through an account: 到位 and 支付.
    pub const fn of(movement: Movement) -> Option<Direction> {
        match movement {
            Movement::Receive => Some(Direction::In),
            Movement::Pay => Some(Direction::Out),
            Movement::Issue
            | Movement::Disburse
            | Movement::Recover { .. }
            | Movement::TransferOut { .. }
            | Movement::TransferIn { .. } => None,
        }
    }

    /// What has reached it in the ledger.
    pub const fn stage(self) -> Stage {
        match self {
            Direction::In => Stage::Received,
            Direction::Out => Stage::Paid,
        }
    }
}

impl RawLine {
    /// The line in a unit; a unit written behind the number itself goes before it.
    pub fn read_in(&self, unit: Unit) -> Result<BankLine, AmountError> {
        Ok(BankLine {
            number: self.number,
            date: self.date,
            direction: self.direction,
            amount: Delta::parse(&self.amount, unit)?,
            voucher: self.voucher.clone(),
        })
    }
}

/// All lines in a unit, or the first that cannot be.
pub fn read_in(lines: &[RawLine], unit: Unit) -> Result<Vec<BankLine>, Refusal> {
    let read = |line: &RawLine| {
        line.read_in(unit).map_err(|_| Refusal::UnitDoesNotFit { unit, cell: line.cell.clone() })
    };
    lines.iter().map(read).collect()
}

impl Group {
    /// In order, none twice.
    pub fn new(lines: impl IntoIterator<Item = u32>, entries: impl IntoIterator<Item = EntryId>) -> Group {
        let lines: BTreeSet<u32> = lines.into_iter().collect();
        let entries: BTreeSet<EntryId> = entries.into_iter().collect();
        Group { lines: lines.into_iter().collect(), entries: entries.into_iter().collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.entries.is_empty()
    }

    /// They share a line or an entry.
    pub fn touches(&self, other: &Group) -> bool {
        self.lines.iter().any(|line| other.lines.contains(line))
            || self.entries.iter().any(|entry| other.entries.contains(entry))
    }

    /// Each of its lines with each of its entries.
    pub fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        self.lines
            .iter()
            .flat_map(|line| self.entries.iter().map(|entry| Pair { line: *line, entry: *entry }))
    }
}

impl Pair {
    pub fn group(self) -> Group {
        Group { lines: vec![self.line], entries: vec![self.entry] }
    }
}

impl By {
    pub const ALL: [By; 4] = [By::Voucher, By::SameDay, By::NearDay, By::Hand];
}

impl Outcome {
    /// Lines and entries that found nothing, or not the same amount.
    pub fn differences(&self) -> usize {
        self.differing.len() + self.bank_only.len() + self.book_only.len()
    }
}
