//! 三张清单: which horizon a project may stand on, and what a move needs.

use crate::period::{FiscalYear, Horizon, Month};

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
