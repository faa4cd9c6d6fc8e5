//! The four stages a fund passes (下达 → 到位 → 拨付 → 支付), and one value for each of them. Source: domain.md C2.

use serde::{Deserialize, Serialize};

/// How far money has come. The order is the order of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 下达: a budget document gave it.
    Issued,
    /// 到位: the treasury or project account has it.
    Received,
    /// 拨付: passed on to the unit.
    Disbursed,
    /// 支付: paid to the final payee.
    Paid,
}

/// One value a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PerStage<T> {
    pub issued: T,
    pub received: T,
    pub disbursed: T,
    pub paid: T,
}

impl Stage {
    pub const ALL: [Stage; 4] = [Stage::Issued, Stage::Received, Stage::Disbursed, Stage::Paid];

    /// Stable code in the database, addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Issued => "issued",
            Stage::Received => "received",
            Stage::Disbursed => "disbursed",
            Stage::Paid => "paid",
        }
    }

    pub fn from_code(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The stage money comes from; `None` for the first.
    pub const fn before(self) -> Option<Stage> {
        match self {
            Stage::Issued => None,
            Stage::Received => Some(Stage::Issued),
            Stage::Disbursed => Some(Stage::Received),
            Stage::Paid => Some(Stage::Disbursed),
        }
    }

    /// The stage money goes to; `None` for the last.
    pub const fn after(self) -> Option<Stage> {
        match self {
            Stage::Issued => Some(Stage::Received),
            Stage::Received => Some(Stage::Disbursed),
            Stage::Disbursed => Some(Stage::Paid),
            Stage::Paid => None,
        }
    }
}

impl<T> PerStage<T> {
    pub fn of(mut value: impl FnMut(Stage) -> T) -> PerStage<T> {
        PerStage {
            issued: value(Stage::Issued),
            received: value(Stage::Received),
            disbursed: value(Stage::Disbursed),
            paid: value(Stage::Paid),
        }
    }

    pub const fn get(&self, stage: Stage) -> &T {
        match stage {
            Stage::Issued => &self.issued,
            Stage::Received => &self.received,
            Stage::Disbursed => &self.disbursed,
            Stage::Paid => &self.paid,
        }
    }

    pub const fn get_mut(&mut self, stage: Stage) -> &mut T {
        match stage {
            Stage::Issued => &mut self.issued,
            Stage::Received => &mut self.received,
            Stage::Disbursed => &mut self.disbursed,
            Stage::Paid => &mut self.paid,
        }
    }
}
