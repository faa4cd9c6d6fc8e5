//! The way of a posting before it is an entry: drafted, submitted, then approved or returned by a second person. Writes nothing.

use super::Refusal;
use super::entry::{Posting, Reversal, Signed, Transfer, stated};
use crate::id::{ProjectId, RequestId, UserId};
use serde::{Deserialize, Serialize};

/// What a maker asks to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "order")]
pub enum Order {
    Post(Posting),
    Transfer(Transfer),
    Reverse(Reversal),
}

/// How far a request is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿
    Draft,
    /// 待审批
    Submitted,
    /// 已审批: the entry exists
    Approved { checker: UserId },
    /// 已退回
    Returned { checker: UserId, reason: String },
}

/// A step that a request can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Edit,
    Submit,
    Withdraw,
    Return,
    Approve,
}

/// Something that one person asks to be written and another approves.
pub trait Asked {
    /// Faults of what is asked itself; what it meets in the ledger is judged at approval.
    fn check(&self) -> Result<(), Refusal>;
}

/// An order, or another thing asked, on its way. Editable until it is submitted; moves no balance until it is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<T = Order> {
    pub id: RequestId,
    pub maker: UserId,
    pub order: T,
    pub state: State,
}

impl Asked for Order {
    fn check(&self) -> Result<(), Refusal> {
        Order::check(self)
    }
}

impl Order {
    /// Faults of the order itself; balances are judged at approval.
    pub fn check(&self) -> Result<(), Refusal> {
        match self {
            Order::Post(posting) => posting.check(),
            Order::Transfer(transfer) => transfer.check(),
            Order::Reverse(reversal) => stated(&reversal.reason).map(drop),
        }
    }

    /// The same for somebody who may not know the other project of a transfer: the nil id stands in its place.
    #[must_use]
    pub fn unnamed(self) -> Order {
        match self {
            Order::Transfer(transfer) => {
                Order::Transfer(Transfer { to: ProjectId::new(uuid::Uuid::nil()), ..transfer })
            }
            Order::Post(_) | Order::Reverse(_) => self,
        }
    }
}

impl State {
    /// Stable code in the database and addresses.
    pub const fn code(&self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Approved { .. } => "approved",
            State::Returned { .. } => "returned",
        }
    }
}

impl<T: Asked> Request<T> {
    pub const fn draft(id: RequestId, maker: UserId, order: T) -> Request<T> {
        Request { id, maker, order, state: State::Draft }
    }

    /// The maker changes a draft or what was returned, which is then a draft again.
    pub fn edit(self, by: UserId, order: T) -> Result<Request<T>, Refusal> {
        self.own(by)?;
        match self.state {
            State::Draft | State::Returned { .. } => Ok(Request { order, state: State::Draft, ..self }),
            State::Submitted | State::Approved { .. } => self.not(Step::Edit),
        }
    }

    pub fn submit(self, by: UserId) -> Result<Request<T>, Refusal> {
        self.own(by)?;
        self.order.check()?;
        match self.state {
            State::Draft | State::Returned { .. } => Ok(Request { state: State::Submitted, ..self }),
            State::Submitted | State::Approved { .. } => self.not(Step::Submit),
        }
    }

    /// The maker takes a submitted request back before anybody decided.
    pub fn withdraw(self, by: UserId) -> Result<Request<T>, Refusal> {
        self.own(by)?;
        match self.state {
            State::Submitted => Ok(Request { state: State::Draft, ..self }),
            State::Draft | State::Approved { .. } | State::Returned { .. } => self.not(Step::Withdraw),
        }
    }

    /// A second person sends it back and says why.
    pub fn give_back(self, by: UserId, reason: &str) -> Result<Request<T>, Refusal> {
        let signed = Signed::new(self.maker, by)?;
        let reason = stated(reason)?;
        match self.state {
            State::Submitted => {
                Ok(Request { state: State::Returned { checker: signed.checker(), reason }, ..self })
            }
            State::Draft | State::Approved { .. } | State::Returned { .. } => self.not(Step::Return),
        }
    }

    /// A second person approves; the [`Signed`] is what the entry is made with, in the same transaction.
    pub fn approve(self, by: UserId) -> Result<(Request<T>, Signed), Refusal> {
        let signed = Signed::new(self.maker, by)?;
        match self.state {
            State::Submitted => {
                Ok((Request { state: State::Approved { checker: signed.checker() }, ..self }, signed))
            }
            State::Draft | State::Approved { .. } | State::Returned { .. } => self.not(Step::Approve),
        }
    }

    fn own(&self, by: UserId) -> Result<(), Refusal> {
        if by == self.maker { Ok(()) } else { Err(Refusal::NotMaker) }
    }

    fn not<V>(self, step: Step) -> Result<V, Refusal> {
        Err(Refusal::WrongState { state: self.state, step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EntryId;
    use crate::ledger::Paper;
    use uuid::Uuid;

    fn person(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    fn reversal(reason: &str) -> Order {
        Order::Reverse(Reversal {
            entry: EntryId::new(Uuid::nil()),
            date: "2026-05-01".parse().unwrap(),
            paper: Paper::default(),
            reason: reason.to_owned(),
        })
    }

    fn submitted() -> Request {
        let draft = Request::draft(RequestId::new(Uuid::nil()), person(1), reversal("重复入账"));
        draft.submit(person(1)).unwrap()
    }

    #[test]
    fn nobody_approves_or_returns_his_own() {
        assert_eq!(submitted().approve(person(1)).unwrap_err(), Refusal::OwnEntry);
        assert_eq!(submitted().give_back(person(1), "x").unwrap_err(), Refusal::OwnEntry);
        let (approved, signed) = submitted().approve(person(2)).unwrap();
        assert_eq!(approved.state, State::Approved { checker: person(2) });
        assert_eq!((signed.maker(), signed.checker()), (person(1), person(2)));
        assert!(matches!(approved.approve(person(3)), Err(Refusal::WrongState { step: Step::Approve, .. })));
    }

    #[test]
    fn a_return_says_why_and_goes_back_to_the_maker() {
        assert_eq!(submitted().give_back(person(2), "  ").unwrap_err(), Refusal::ReasonMissing);
        let returned = submitted().give_back(person(2), "缺凭证").unwrap();
        assert_eq!(returned.clone().edit(person(2), reversal("x")).unwrap_err(), Refusal::NotMaker);
        let again = returned.edit(person(1), reversal("重复入账，附凭证")).unwrap();
        assert_eq!(again.state, State::Draft);
        assert!(again.submit(person(1)).unwrap().approve(person(2)).is_ok());
    }

    #[test]
    fn what_is_submitted_is_not_edited_but_taken_back() {
        let edited = submitted().edit(person(1), reversal("x"));
        assert!(matches!(edited, Err(Refusal::WrongState { step: Step::Edit, .. })));
        assert_eq!(submitted().withdraw(person(1)).unwrap().state, State::Draft);
        let empty = Request::draft(RequestId::new(Uuid::nil()), person(1), reversal(" "));
        assert_eq!(empty.submit(person(1)).unwrap_err(), Refusal::ReasonMissing);
    }
}
