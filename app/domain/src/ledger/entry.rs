//! Entries: what a maker asks for (a posting, a transfer, a reversal) and the immutable fact it becomes. Makes no id and reads no clock.

use super::Refusal;
use super::kind::Kind;
use super::months::Months;
use super::movement::Movement;
use super::position::Key;
use super::stage::Stage;
use crate::broken::{self, Broken};
use crate::fund::{Notice, Share};
use crate::id::{EntryId, ProjectId, UserId};
use crate::money::{Delta, Money};
use crate::period::{FiscalYear, Month};
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The papers an entry stands on.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paper {
    /// 文号 of the notice or of the transfer's approval
    pub document: Option<String>,
    /// 凭证号
    pub voucher: Option<String>,
}

/// One movement within one position, as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    pub movement: Movement,
    pub key: Key,
    /// Whole fen, more than zero.
    pub amount: Money,
    /// Business date, Asia/Shanghai: the day of the voucher, not of typing.
    pub date: NaiveDate,
    pub paper: Paper,
    /// 收款人
    pub payee: Option<String>,
    /// 用途
    pub purpose: Option<String>,
    /// 摘要; of a reversal, its reason
    pub memo: Option<String>,
}

/// 调剂 of one source and budget year from one project to another; the money goes on lying at the same stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    pub from: ProjectId,
    pub to: ProjectId,
    pub source: Source,
    pub year: FiscalYear,
    pub at: Stage,
    /// Whole fen, more than zero.
    pub amount: Money,
    pub date: NaiveDate,
    /// The document that allows it (domain.md R15).
    pub paper: Paper,
    pub memo: Option<String>,
}

/// 红冲 of one entry, or of both legs of a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversal {
    pub entry: EntryId,
    pub date: NaiveDate,
    pub paper: Paper,
    pub reason: String,
}

/// Two persons stand behind an entry: one made it, another checked it. Made only when they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    maker: UserId,
    checker: UserId,
}

/// One line of the ledger. Never edited, never deleted: a mistake is reversed. New ones are made here only, from a
/// [`Signed`]; the store rebuilds old ones field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub posting: Posting,
    /// The entry that this one undoes; then the effect is negative.
    pub reverses: Option<EntryId>,
    /// The other leg of a transfer.
    pub pair: Option<EntryId>,
    /// The month whose books hold it.
    pub month: Month,
    /// The closed month it belongs to by its date, when that is not `month`.
    pub late_for: Option<Month>,
    pub maker: UserId,
    pub checker: UserId,
}

impl Entry {
    /// What the entry adds to its cumulative, in fen: the amount, or minus the amount for a reversal.
    pub fn effect(&self) -> Delta {
        let fen = self.posting.amount.fen();
        Delta::from_fen(if self.reverses.is_some() && !broken::is(Broken::Sign) { -fen } else { fen })
    }

    /// 红冲: the same movement with the opposite effect. `reversed_by` is the reversal that exists already, if any.
    pub fn reverse(
        &self,
        order: &Reversal,
        id: EntryId,
        reversed_by: Option<EntryId>,
        signed: Signed,
        months: &Months,
    ) -> Result<Entry, Refusal> {
        match self.pair {
            Some(other) => Err(Refusal::LegAlone { other }),
            None => self.undo(order, id, None, reversed_by, signed, months),
        }
    }

    /// 红冲 of a whole transfer: both legs or none. `ids` are for the reversals of `self` and of `other`.
    pub fn reverse_with(
        &self,
        other: &Entry,
        order: &Reversal,
        ids: [EntryId; 2],
        reversed_by: Option<EntryId>,
        signed: Signed,
        months: &Months,
    ) -> Result<[Entry; 2], Refusal> {
        if self.pair != Some(other.id) || other.pair != Some(self.id) {
            return Err(Refusal::NotOneTransfer);
        }
        let [first, second] = ids;
        Ok([
            self.undo(order, first, Some(second), reversed_by, signed, months)?,
            other.undo(order, second, Some(first), reversed_by, signed, months)?,
        ])
    }

    fn undo(
        &self,
        order: &Reversal,
        id: EntryId,
        pair: Option<EntryId>,
        reversed_by: Option<EntryId>,
        signed: Signed,
        months: &Months,
    ) -> Result<Entry, Refusal> {
        if self.reverses.is_some() && !broken::is(Broken::Twice) {
            return Err(Refusal::ReversalOfReversal);
        }
        if let Some(by) = reversed_by
            && !broken::is(Broken::Twice)
        {
            return Err(Refusal::AlreadyReversed { by });
        }
        if order.date < self.posting.date {
            return Err(Refusal::BeforeOriginal { original: self.posting.date });
        }
        let posting = Posting {
            date: order.date,
            paper: order.paper.clone(),
            memo: Some(stated(&order.reason)?),
            ..self.posting.clone()
        };
        Ok(Entry { reverses: Some(self.id), pair, ..posting.entry(id, signed, months)? })
    }
}

impl Signed {
    /// The one rule of two persons: nobody approves his own.
    pub fn new(maker: UserId, checker: UserId) -> Result<Signed, Refusal> {
        if maker == checker { Err(Refusal::OwnEntry) } else { Ok(Signed { maker, checker }) }
    }

    pub const fn maker(self) -> UserId {
        self.maker
    }

    pub const fn checker(self) -> UserId {
        self.checker
    }
}

impl Posting {
    /// 下达 of one share of a notice.
    pub fn issue(notice: &Notice, share: Share) -> Posting {
        Posting {
            movement: Movement::Issue,
            key: Key { project: share.project, source: notice.source, year: notice.year },
            amount: share.amount,
            date: notice.date,
            paper: Paper { document: Some(notice.document.clone()), voucher: None },
            payee: None,
            purpose: None,
            memo: None,
        }
    }

    /// What can be said of a posting before anybody looks at balances. A leg of a transfer is asked for as [`Transfer`].
    pub fn check(&self) -> Result<(), Refusal> {
        if let Some(other) = self.movement.other()
            && other == self.key.project
        {
            return Err(Refusal::SameProject);
        }
        if self.amount.is_zero() {
            return Err(Refusal::ZeroAmount);
        }
        match self.movement.kind() {
            Kind::Issue | Kind::Transfer if blank(self.paper.document.as_deref()) => {
                Err(Refusal::DocumentMissing)
            }
            Kind::Issue | Kind::Receive | Kind::Disburse | Kind::Pay | Kind::Recover | Kind::Transfer => {
                Ok(())
            }
        }
    }

    /// A person does not record what has not happened; an imported history is not asked.
    pub fn not_after(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.date <= today { Ok(()) } else { Err(Refusal::InFuture { date: self.date, today }) }
    }

    /// The entry, in the books of its month or, when that is closed, of the open one.
    pub fn enter(&self, id: EntryId, signed: Signed, months: &Months) -> Result<Entry, Refusal> {
        self.check()?;
        self.clone().entry(id, signed, months)
    }

    fn entry(self, id: EntryId, signed: Signed, months: &Months) -> Result<Entry, Refusal> {
        let placed = months.place(self.date)?;
        Ok(Entry {
            id,
            posting: self,
            reverses: None,
            pair: None,
            month: placed.month,
            late_for: placed.late_for,
            maker: signed.maker,
            checker: signed.checker,
        })
    }
}

impl Reversal {
    /// Not before what it takes back and not ahead of today; where an imported history is dated ahead, its reversal is
    /// dated with it.
    pub fn dated_after(&self, original: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if self.date < original {
            return Err(Refusal::BeforeOriginal { original });
        }
        if self.date > today.max(original) {
            return Err(Refusal::InFuture { date: self.date, today });
        }
        Ok(())
    }
}

impl Transfer {
    /// What can be said of a transfer before anybody looks at balances.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.at == Stage::Paid {
            return Err(Refusal::PaidStays);
        }
        self.leg(self.from, Movement::TransferOut { at: self.at, to: self.to }).check()
    }

    /// Both legs, the giving one first; `ids` in the same order.
    pub fn enter(&self, ids: [EntryId; 2], signed: Signed, months: &Months) -> Result<[Entry; 2], Refusal> {
        self.check()?;
        let [out, into] = ids;
        let give = self.leg(self.from, Movement::TransferOut { at: self.at, to: self.to });
        let take = self.leg(self.to, Movement::TransferIn { at: self.at, from: self.from });
        Ok([
            Entry { pair: Some(into), ..give.enter(out, signed, months)? },
            Entry { pair: Some(out), ..take.enter(into, signed, months)? },
        ])
    }

    fn leg(&self, project: ProjectId, movement: Movement) -> Posting {
        Posting {
            movement,
            key: Key { project, source: self.source, year: self.year },
            amount: self.amount,
            date: self.date,
            paper: self.paper.clone(),
            payee: None,
            purpose: None,
            memo: self.memo.clone(),
        }
    }
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// A reason that says something.
pub(super) fn stated(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_entry_dated_ahead_is_taken_back_on_its_own_day() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let today = day("2026-05-01");
        let dated = |date: &str, original: &str| {
            let entry = EntryId::new(Uuid::nil());
            let reason = "重复入账".to_owned();
            let reversal = Reversal { entry, date: day(date), paper: Paper::default(), reason };
            reversal.dated_after(day(original), today)
        };
        assert_eq!(dated("2026-04-30", "2026-04-30"), Ok(()));
        assert_eq!(dated("2026-05-01", "2026-04-30"), Ok(()));
        let ahead = |date: &str| Err(Refusal::InFuture { date: day(date), today });
        assert_eq!(dated("2026-05-02", "2026-04-30"), ahead("2026-05-02"));
        assert_eq!(dated("2026-06-10", "2026-06-10"), Ok(()));
        assert_eq!(dated("2026-06-11", "2026-06-10"), ahead("2026-06-11"));
        let early = Err(Refusal::BeforeOriginal { original: day("2026-06-10") });
        assert_eq!(dated("2026-05-01", "2026-06-10"), early);
    }
}
