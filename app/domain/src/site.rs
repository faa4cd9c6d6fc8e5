//! Settlement communities (安置点): figures and size class. Holds counts only, no names of residents.

use crate::area::AreaCode;
use serde::{Deserialize, Serialize};

/// Figures of one community at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteFacts {
    /// 安置点编号, unique when present (`520113-01`).
    pub code: Option<String>,
    pub name: String,
    pub area: AreaCode,
    /// 搬迁户数, 户
    pub households: Option<u32>,
    /// 搬迁人数, 人
    pub people: Option<u32>,
    /// 劳动力, 人
    pub labour: Option<u32>,
    /// 已就业, 人
    pub employed: Option<u32>,
    /// 其中省外, 人
    pub employed_out_of_province: Option<u32>,
    /// 其中省内县外, 人
    pub employed_in_province: Option<u32>,
    /// 其中县内, 人
    pub employed_in_county: Option<u32>,
    /// 零就业家庭, 户
    pub zero_employment_households: Option<u32>,
}

/// Size class by people moved (domain.md C5.4; KNOWN, thresholds of NDRC use).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeClass {
    /// 微型 < 200
    Micro,
    /// 小型 200–799
    Small,
    /// 中型 800–2999
    Medium,
    /// 大型 3000–9999
    Large,
    /// 特大型 ≥ 10 000
    Huge,
}

impl SizeClass {
    /// The class of a community of so many 人.
    pub const fn of(people: u32) -> SizeClass {
        match people {
            0..=199 => SizeClass::Micro,
            200..=799 => SizeClass::Small,
            800..=2999 => SizeClass::Medium,
            3000..=9999 => SizeClass::Large,
            10_000.. => SizeClass::Huge,
        }
    }
}
