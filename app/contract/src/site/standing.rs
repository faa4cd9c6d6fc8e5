//! Which communities need projects most, as it is shown: their figures, their places and the medians. Knows no rule.

use super::{SiteRow, SiteTotals};
use chrono::NaiveDate;
use domain::money::Money;
use domain::period::Month;
use domain::permission::Abilities;
use domain::site::standing::Places;
use serde::{Deserialize, Serialize};

/// How one community stands among all that the reader may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteStanding {
    /// people able to work who have no job, 人
    pub without_work: Option<u32>,
    /// 下达 of its projects, this community's part
    pub money: Money,
    /// the same per head, rounded to the fen
    pub per_head: Option<Money>,
    /// per head less than the median, by unrounded figures
    pub is_below_median: bool,
    /// people at work for each 万元, in hundredths of a person
    pub jobs_per_wan: Option<u64>,
    pub are_jobs_below_median: bool,
    pub places: Places,
}

/// The middle of all communities that the reader may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medians {
    /// communities that are compared
    pub sites: u64,
    /// rounded to the fen
    pub per_head: Option<Money>,
    /// in hundredths of a person
    pub jobs_per_wan: Option<u64>,
}

/// Figures of one month by a return that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteMonth {
    pub month: Month,
    /// 人
    pub labour: Option<u32>,
    /// 人
    pub employed: Option<u32>,
    /// 户
    pub zero_employment_households: Option<u32>,
}

/// All communities of a filter, for paper and for a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteTableView {
    /// whose they are
    pub area_name: String,
    pub rows: Vec<SiteRow>,
    pub totals: SiteTotals,
    pub medians: Medians,
    pub today: NaiveDate,
    pub may: Abilities,
}
