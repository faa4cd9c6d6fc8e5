//! Where the money of one entry comes from and goes to. Knows no amount.

use super::kind::Kind;
use super::stage::Stage;
use crate::id::ProjectId;
use serde::{Deserialize, Serialize};

/// A [`Kind`] with what is true only of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "movement")]
pub enum Movement {
    Issue,
    Receive,
    Disburse,
    Pay,
    /// Out of the position; the money lay at `from`.
    Recover {
        from: Stage,
    },
    /// The giving leg of a transfer: the money lay at `at` and goes on lying there, with `to`.
    TransferOut {
        at: Stage,
        to: ProjectId,
    },
    /// The taking leg of a transfer.
    TransferIn {
        at: Stage,
        from: ProjectId,
    },
}

impl Movement {
    pub const fn kind(self) -> Kind {
        match self {
            Movement::Issue => Kind::Issue,
            Movement::Receive => Kind::Receive,
            Movement::Disburse => Kind::Disburse,
            Movement::Pay => Kind::Pay,
            Movement::Recover { .. } => Kind::Recover,
            Movement::TransferOut { .. } | Movement::TransferIn { .. } => Kind::Transfer,
        }
    }

    /// Stable text: `pay`, `recover:received`, `transfer_out:issued`, `transfer_in:issued`. The other project of a
    /// transfer is kept apart.
    pub fn code(self) -> String {
        match self {
            Movement::Issue | Movement::Receive | Movement::Disburse | Movement::Pay => {
                self.kind().code().to_owned()
            }
            Movement::Recover { from } => format!("recover:{}", from.code()),
            Movement::TransferOut { at, .. } => format!("transfer_out:{}", at.code()),
            Movement::TransferIn { at, .. } => format!("transfer_in:{}", at.code()),
        }
    }

    /// Reads [`Movement::code`] back; `other` is the other project of a transfer and must be absent elsewhere.
    pub fn from_code(code: &str, other: Option<ProjectId>) -> Option<Movement> {
        let (word, stage) = match code.split_once(':') {
            Some((word, stage)) => (word, Some(Stage::from_code(stage)?)),
            None => (code, None),
        };
        match (word, stage, other) {
            ("issue", None, None) => Some(Movement::Issue),
            ("receive", None, None) => Some(Movement::Receive),
            ("disburse", None, None) => Some(Movement::Disburse),
            ("pay", None, None) => Some(Movement::Pay),
            ("recover", Some(from), None) => Some(Movement::Recover { from }),
            ("transfer_out", Some(at), Some(to)) => Some(Movement::TransferOut { at, to }),
            ("transfer_in", Some(at), Some(from)) => Some(Movement::TransferIn { at, from }),
            _ => None,
        }
    }

    /// The other project of a transfer.
    pub const fn other(self) -> Option<ProjectId> {
        match self {
            Movement::TransferOut { to, .. } => Some(to),
            Movement::TransferIn { from, .. } => Some(from),
            Movement::Issue
            | Movement::Receive
            | Movement::Disburse
            | Movement::Pay
            | Movement::Recover { .. } => None,
        }
    }

    /// The same for somebody who may not know the other project of a transfer: the nil id stands in its place.
    #[must_use]
    pub const fn unnamed(self) -> Movement {
        let nobody = ProjectId::new(uuid::Uuid::nil());
        match self {
            Movement::TransferOut { at, .. } => Movement::TransferOut { at, to: nobody },
            Movement::TransferIn { at, .. } => Movement::TransferIn { at, from: nobody },
            Movement::Issue
            | Movement::Receive
            | Movement::Disburse
            | Movement::Pay
            | Movement::Recover { .. } => self,
        }
    }

    /// Where the money lay before within the position; `None` when it comes from outside.
    pub const fn leaves(self) -> Option<Stage> {
        match self {
            Movement::Issue | Movement::TransferIn { .. } => None,
            Movement::Receive => Some(Stage::Issued),
            Movement::Disburse => Some(Stage::Received),
            Movement::Pay => Some(Stage::Disbursed),
            Movement::Recover { from } => Some(from),
            Movement::TransferOut { at, .. } => Some(at),
        }
    }

    /// Where it lies afterwards within the position; `None` when it goes out.
    pub const fn arrives(self) -> Option<Stage> {
        match self {
            Movement::Issue => Some(Stage::Issued),
            Movement::Receive => Some(Stage::Received),
            Movement::Disburse => Some(Stage::Disbursed),
            Movement::Pay => Some(Stage::Paid),
            Movement::TransferIn { at, .. } => Some(at),
            Movement::Recover { .. } | Movement::TransferOut { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_text_reads_back() {
        let other = ProjectId::new(Uuid::from_u128(7));
        let mut all = vec![Movement::Issue, Movement::Receive, Movement::Disburse, Movement::Pay];
        for stage in Stage::ALL {
            all.push(Movement::Recover { from: stage });
            all.push(Movement::TransferOut { at: stage, to: other });
            all.push(Movement::TransferIn { at: stage, from: other });
        }
        for movement in all {
            assert_eq!(Movement::from_code(&movement.code(), movement.other()), Some(movement));
        }
        assert_eq!(Movement::from_code("pay:paid", None), None);
        assert_eq!(Movement::from_code("transfer_in:issued", None), None);
    }
}
