//! One dated rule of a source: what it asks, when and where, and how well it is founded. Judges nothing.

use crate::area::{AreaCode, AreaPath};
use crate::mark::Mark;
use crate::money::Money;
use crate::usage::Use;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub mark: Mark,
    /// Document and article, as cited.
    pub text: String,
}

/// A share of a whole in ten-thousandths: 5,500 is 55 %. At most 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BasisPoints(u32);

/// What a source asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// Only these uses.
    Allows { uses: Vec<Use> },
    /// None of these uses.
    Forbids { uses: Vec<Use> },
    /// 产业占比: shares of industry projects of all shares of source, year and area
    IndustryShare { at_least: BasisPoints },
    /// 劳务报酬占比: labour pay of a project of the money of this source that it gets
    LabourShare { at_least: BasisPoints },
    /// 项目管理费占比 of all shares
    ManagementShare { at_most: BasisPoints },
    /// The most one project may get, in fen
    CapPerProject { at_most: Money },
    /// The project expects revenue of its own.
    Revenue,
    /// Days from the notice to its split
    PassOn { within_days: u32 },
    /// Money of year Y is used by the end of year Y + `years` − 1
    SpendWithin { years: u8 },
    /// Working days from the plan to its publication; judged by the review
    Publish { within_working_days: u32 },
    /// An upper level may not demand a matching share; judged by the review (R23b)
    NoDemandedMatching,
    /// Own indicator document, not mixed with other money; judged by people
    OwnDocument,
    /// Every loan or bond and its subsidy can be traced; judged by the review (R40)
    Traceable,
    /// Said in the basis; judged by people
    Stated,
}

/// A rule in its time and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub rule: Rule,
    /// First day, `None`: since ever
    pub from: Option<NaiveDate>,
    /// Last day, `None`: until revoked
    pub to: Option<NaiveDate>,
    /// Holds in this area and below, `None`: everywhere
    pub area: Option<AreaCode>,
    pub basis: Basis,
}

impl BasisPoints {
    pub const WHOLE: BasisPoints = BasisPoints(10_000);

    pub const fn new(points: u32) -> Option<BasisPoints> {
        if points <= BasisPoints::WHOLE.0 { Some(BasisPoints(points)) } else { None }
    }

    /// Whole percent, at most 100.
    pub const fn percent(percent: u8) -> BasisPoints {
        let points = percent as u32 * 100;
        if points <= BasisPoints::WHOLE.0 { BasisPoints(points) } else { BasisPoints::WHOLE }
    }

    pub const fn get(self) -> u32 {
        self.0
    }

    /// How `part` stands to this share of `whole`, exact: both sides are multiplied, nothing is divided.
    pub fn compare(self, part: Money, whole: Money) -> std::cmp::Ordering {
        let scaled = |fen: i64, by: u32| i128::from(fen) * i128::from(by);
        scaled(part.fen(), BasisPoints::WHOLE.0).cmp(&scaled(whole.fen(), self.0))
    }
}

impl TryFrom<u32> for BasisPoints {
    type Error = String;
    fn try_from(points: u32) -> Result<BasisPoints, String> {
        BasisPoints::new(points).ok_or_else(|| format!("more than the whole: {points}"))
    }
}

impl From<BasisPoints> for u32 {
    fn from(points: BasisPoints) -> u32 {
        points.0
    }
}

impl Clause {
    /// True when the rule holds on that day in that area.
    pub fn holds(&self, on: NaiveDate, area: &AreaPath) -> bool {
        self.from.is_none_or(|from| from <= on)
            && self.to.is_none_or(|to| on <= to)
            && self.area.is_none_or(|own| own == AreaCode::ROOT || area.codes().contains(&own))
    }
}
