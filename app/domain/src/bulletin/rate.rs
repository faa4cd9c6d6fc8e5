//! Rates as exact shares, and the reasons why there is none. Rounded once, when printed.

use crate::statement::fraction::Fraction;
use serde::{Deserialize, Serialize};

/// What counties are measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// 开工率: projects of the year's plan that have begun
    Started,
    /// 投资完成率: completed ÷ planned of the year
    Invested,
    /// 拨付率: 拨付 ÷ 下达 of the budget year
    Disbursed,
    /// 支付率: 支付 ÷ 下达 of the budget year
    Paid,
    /// 岗位完成率: people at their posts ÷ posts estimated
    Jobs,
    /// 整改率: 销号 ÷ ordered
    Rectified,
}

/// A share, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    Of(Fraction),
    /// There is nothing to measure: no plan, no order, nothing given.
    Nothing,
    /// Nobody reported it.
    Unknown,
    /// A group of fewer than five people would be seen through it.
    Few,
}

impl Indicator {
    pub const ALL: [Indicator; 6] = [
        Indicator::Started,
        Indicator::Invested,
        Indicator::Disbursed,
        Indicator::Paid,
        Indicator::Jobs,
        Indicator::Rectified,
    ];

    /// Stable code on the wire and in files.
    pub const fn code(self) -> &'static str {
        match self {
            Indicator::Started => "started",
            Indicator::Invested => "invested",
            Indicator::Disbursed => "disbursed",
            Indicator::Paid => "paid",
            Indicator::Jobs => "jobs",
            Indicator::Rectified => "rectified",
        }
    }

    pub fn from_code(code: &str) -> Option<Indicator> {
        Indicator::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Grows with the year, so that it is held against 序时进度.
    pub const fn is_timed(self) -> bool {
        match self {
            Indicator::Invested | Indicator::Disbursed | Indicator::Paid => true,
            Indicator::Started | Indicator::Jobs | Indicator::Rectified => false,
        }
    }
}

impl Rate {
    /// `part` of `whole`; of nothing, or of less, there is no share.
    pub fn share(part: i128, whole: i128) -> Rate {
        if whole <= 0 {
            return Rate::Nothing;
        }
        Fraction::new(part, whole).map_or(Rate::Nothing, Rate::Of)
    }

    pub const fn known(self) -> Option<Fraction> {
        match self {
            Rate::Of(share) => Some(share),
            Rate::Nothing | Rate::Unknown | Rate::Few => None,
        }
    }

    /// How far it is before (above zero) or behind what time alone would ask.
    pub fn lead(self, elapsed: Fraction) -> Option<Fraction> {
        self.known()?.checked_sub(elapsed)
    }
}

/// A share in per cent with one decimal, half away from zero: 0.97158 is `97.2`. A difference of two shares prints as
/// percentage points the same way, rounded once, after it was taken.
pub fn percent(share: Fraction) -> Option<String> {
    share.checked_mul(Fraction::whole(100))?.rounded(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_comes_from_unrounded_values() {
        // 629.0 of 647.4 by the end of October (domain.md C5.2): 97.158 − 83.333 = 13.8; from the printed 97.2 it would be 13.9.
        let rate = Rate::share(6290, 6474);
        let october = Fraction::new(10, 12).unwrap();
        assert_eq!(percent(rate.known().unwrap()).unwrap(), "97.2");
        assert_eq!(percent(rate.lead(october).unwrap()).unwrap(), "13.8");
        let printed = Fraction::new(972, 1000).unwrap().checked_sub(october).unwrap();
        assert_eq!(percent(printed).unwrap(), "13.9", "the proof would see rounded values");
    }

    #[test]
    fn of_nothing_there_is_no_share_and_behind_is_negative() {
        assert_eq!(Rate::share(1, 0), Rate::Nothing);
        assert_eq!(Rate::share(0, -5), Rate::Nothing);
        let behind = Rate::share(1, 2).lead(Fraction::new(3, 4).unwrap()).unwrap();
        assert_eq!(percent(behind).unwrap(), "-25.0");
    }
}
