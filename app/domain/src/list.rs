//! 三张清单: which horizon a project may stand on, and what a move needs.

use crate::period::{FiscalYear, Horizon, Month};
use serde::{Deserialize, Serialize};

/// What a planner looks for without naming a column (快捷筛选).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 资金缺口: the sources do not add up to the total
    Gap,
    /// 要件不全: gates are missing
    Gates,
    /// 久未更新: not changed for [`QUIET_DAYS`]
    Quiet,
}

/// Days after which a project counts as forgotten.
pub const QUIET_DAYS: i64 = 60;

impl Mark {
    pub const ALL: [Mark; 3] = [Mark::Gap, Mark::Gates, Mark::Quiet];

    /// Stable code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Mark::Gap => "gap",
            Mark::Gates => "gates",
            Mark::Quiet => "quiet",
        }
    }

    pub fn from_code(code: &str) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| mark.code() == code)
    }
}

/// Why a start month does not fit a horizon (domain.md E1): the earliest realistic start decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartsTooLate {
    pub start: Month,
    /// Last year in which a project of this list may start.
    pub latest: FiscalYear,
}

/// Checks that a start lies within the horizon of the plan year: Y, Y + 1 or Y + 4.
pub fn fits(plan_year: FiscalYear, horizon: Horizon, start: Month) -> Result<(), StartsTooLate> {
    let span = match horizon {
        Horizon::One => 0,
        Horizon::Two => 1,
        Horizon::Five => 4,
    };
    let latest = plan_year.plus(span).unwrap_or(plan_year);
    if start.year() <= latest { Ok(()) } else { Err(StartsTooLate { start, latest }) }
}

/// Promotion goes five → two → one; a step that skips a list needs a reason.
pub const fn needs_reason(from: Option<Horizon>, to: Option<Horizon>) -> bool {
    matches!(
        (from, to),
        (Some(Horizon::Five), Some(Horizon::One)) | (Some(Horizon::One | Horizon::Two), _) | (_, None)
    )
}
