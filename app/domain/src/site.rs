//! Settlement communities (安置点): figures, size classes, needs, and which of them need projects most. Holds counts only,
//! no names of residents.

pub mod need;
pub mod size;
pub mod standing;

use crate::area::AreaCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

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

/// Size class by people moved (domain.md C5.4). Where a class begins is said by `size::SizeBounds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeClass {
    /// 微型
    Micro,
    /// 小型
    Small,
    /// 中型
    Medium,
    /// 大型
    Large,
    /// 特大型
    Huge,
}

/// A column of a community, as forms, history and conflicts name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteField {
    Code,
    Name,
    Area,
    Households,
    People,
    Labour,
    Employed,
    EmployedOutOfProvince,
    EmployedInProvince,
    EmployedInCounty,
    ZeroEmploymentHouseholds,
}

/// Figures that do not fit each other. Each is a question to whoever reported them, never a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "doubt")]
pub enum Doubt {
    /// More people employed than able to work, 人
    EmployedAboveLabour { employed: u32, labour: u32 },
    /// The three channels together are not the employed, 人
    ChannelsDiffer { sum: u64, employed: u32 },
    /// More people able to work than people, 人
    LabourAbovePeople { labour: u32, people: u32 },
    /// More households without a job than households, 户
    ZeroAboveHouseholds { zero: u32, households: u32 },
}

impl SiteFacts {
    /// What does not fit; a figure that is not known fits everything.
    pub fn doubts(&self) -> Vec<Doubt> {
        let mut found = Vec::new();
        if let (Some(employed), Some(labour)) = (self.employed, self.labour)
            && employed > labour
        {
            found.push(Doubt::EmployedAboveLabour { employed, labour });
        }
        let channels = [self.employed_out_of_province, self.employed_in_province, self.employed_in_county];
        if let (Some(employed), [Some(far), Some(near), Some(home)]) = (self.employed, channels) {
            let sum = u64::from(far) + u64::from(near) + u64::from(home);
            if sum != u64::from(employed) {
                found.push(Doubt::ChannelsDiffer { sum, employed });
            }
        }
        if let (Some(labour), Some(people)) = (self.labour, self.people)
            && labour > people
        {
            found.push(Doubt::LabourAbovePeople { labour, people });
        }
        if let (Some(zero), Some(households)) = (self.zero_employment_households, self.households)
            && zero > households
        {
            found.push(Doubt::ZeroAboveHouseholds { zero, households });
        }
        found
    }

    /// The value of a column as canonical text.
    pub fn text(&self, field: SiteField) -> Option<String> {
        match field {
            SiteField::Code => self.code.clone(),
            SiteField::Name => Some(self.name.clone()),
            SiteField::Area => Some(self.area.to_string()),
            SiteField::Households => self.households.map(|n| n.to_string()),
            SiteField::People => self.people.map(|n| n.to_string()),
            SiteField::Labour => self.labour.map(|n| n.to_string()),
            SiteField::Employed => self.employed.map(|n| n.to_string()),
            SiteField::EmployedOutOfProvince => self.employed_out_of_province.map(|n| n.to_string()),
            SiteField::EmployedInProvince => self.employed_in_province.map(|n| n.to_string()),
            SiteField::EmployedInCounty => self.employed_in_county.map(|n| n.to_string()),
            SiteField::ZeroEmploymentHouseholds => self.zero_employment_households.map(|n| n.to_string()),
        }
    }

    /// People able to work who have no job, 人; none where more are employed than can work.
    pub fn without_work(&self) -> Option<u32> {
        Some(self.labour?.saturating_sub(self.employed?))
    }

    /// Share of the people able to work who have a job, in per mille.
    pub fn employment_rate(&self) -> Option<i64> {
        employment_rate(u64::from(self.employed?), u64::from(self.labour?))
    }
}

/// Employed to labour in per mille, rounded half up; `None` where nobody can work.
pub fn employment_rate(employed: u64, labour: u64) -> Option<i64> {
    let per_mille = (employed.checked_mul(1000)?.checked_add(labour / 2)?).checked_div(labour)?;
    i64::try_from(per_mille).ok()
}

impl SiteField {
    pub const ALL: [SiteField; 11] = [
        SiteField::Code,
        SiteField::Name,
        SiteField::Area,
        SiteField::Households,
        SiteField::People,
        SiteField::Labour,
        SiteField::Employed,
        SiteField::EmployedOutOfProvince,
        SiteField::EmployedInProvince,
        SiteField::EmployedInCounty,
        SiteField::ZeroEmploymentHouseholds,
    ];

    /// Stable key: name of the input and of the column in history.
    pub const fn key(self) -> &'static str {
        match self {
            SiteField::Code => "code",
            SiteField::Name => "name",
            SiteField::Area => "area",
            SiteField::Households => "households",
            SiteField::People => "people",
            SiteField::Labour => "labour",
            SiteField::Employed => "employed",
            SiteField::EmployedOutOfProvince => "employed_out_of_province",
            SiteField::EmployedInProvince => "employed_in_province",
            SiteField::EmployedInCounty => "employed_in_county",
            SiteField::ZeroEmploymentHouseholds => "zero_employment_households",
        }
    }
}

impl FromStr for SiteField {
    type Err = ();

    fn from_str(key: &str) -> Result<SiteField, ()> {
        SiteField::ALL.into_iter().find(|field| field.key() == key).ok_or(())
    }
}

impl SizeClass {
    pub const ALL: [SizeClass; 5] =
        [SizeClass::Micro, SizeClass::Small, SizeClass::Medium, SizeClass::Large, SizeClass::Huge];

    /// Stable code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            SizeClass::Micro => "micro",
            SizeClass::Small => "small",
            SizeClass::Medium => "medium",
            SizeClass::Large => "large",
            SizeClass::Huge => "huge",
        }
    }

    pub fn from_code(code: &str) -> Option<SizeClass> {
        SizeClass::ALL.into_iter().find(|class| class.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(figures: [Option<u32>; 8]) -> SiteFacts {
        let [households, people, labour, employed, far, near, home, zero] = figures;
        SiteFacts {
            code: None,
            name: "x".into(),
            area: AreaCode::ROOT,
            households,
            people,
            labour,
            employed,
            employed_out_of_province: far,
            employed_in_province: near,
            employed_in_county: home,
            zero_employment_households: zero,
        }
    }

    #[test]
    fn figures_that_do_not_fit_are_named_and_unknown_ones_are_not() {
        let sound = facts([Some(10), Some(40), Some(20), Some(18), Some(8), Some(4), Some(6), Some(0)]);
        assert_eq!(sound.doubts(), []);
        assert_eq!(facts([None; 8]).doubts(), []);
        let wrong = facts([Some(1), Some(4), Some(5), Some(6), Some(1), Some(1), Some(1), Some(2)]);
        assert_eq!(
            wrong.doubts(),
            [
                Doubt::EmployedAboveLabour { employed: 6, labour: 5 },
                Doubt::ChannelsDiffer { sum: 3, employed: 6 },
                Doubt::LabourAbovePeople { labour: 5, people: 4 },
                Doubt::ZeroAboveHouseholds { zero: 2, households: 1 },
            ]
        );
    }

    #[test]
    fn a_rate_is_rounded_once_and_needs_somebody_who_can_work() {
        assert_eq!(employment_rate(575, 603), Some(954));
        assert_eq!(employment_rate(1, 2000), Some(1));
        assert_eq!(employment_rate(0, 0), None);
    }
}
