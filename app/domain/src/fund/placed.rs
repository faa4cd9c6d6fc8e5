//! A split as it is asked for: what each project gets and what that is for. Judges no rule; becomes postings.

use super::judge::Placing;
use super::notice::{Notice, Share};
use crate::id::ProjectId;
use crate::ledger::{Asked, Posting, Refusal as LedgerRefusal};
use crate::money::Money;
use crate::project::Category;
use crate::usage::Use;
use serde::{Deserialize, Serialize};

/// What one project gets of a notice, and what was said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub project: ProjectId,
    /// Whole fen, more than zero.
    pub amount: Money,
    /// 用途, `None` when nobody said
    pub usage: Option<Use>,
    /// Whether the project expects revenue of its own, `None` when nobody said.
    pub revenue: Option<bool>,
}

/// A split that one person asks for and another approves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitOrder {
    pub shares: Vec<Placed>,
}

impl Asked for SplitOrder {
    fn check(&self) -> Result<(), LedgerRefusal> {
        let empty = self.shares.is_empty() || self.shares.iter().any(|share| share.amount.is_zero());
        if empty { Err(LedgerRefusal::ZeroAmount) } else { Ok(()) }
    }
}

impl Placed {
    pub const fn share(&self) -> Share {
        Share { project: self.project, amount: self.amount }
    }

    /// What the rules of the source ask about, with what is kept of the project; `labour_pay` in fen.
    pub fn placing(&self, category: Option<Category>, labour_pay: Option<Money>) -> Placing {
        Placing { category, uses: self.usage.into_iter().collect(), labour_pay, revenue: self.revenue }
    }

    /// 下达 of this share; what it is for is the entry's 用途.
    pub fn posting(&self, notice: &Notice) -> Posting {
        let purpose = self.usage.map(|usage| usage.sign().to_owned());
        Posting { purpose, ..Posting::issue(notice, self.share()) }
    }
}

impl SplitOrder {
    pub fn shares(&self) -> Vec<Share> {
        self.shares.iter().map(Placed::share).collect()
    }
}
