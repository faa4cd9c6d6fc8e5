//! Coefficients of job estimates: low, default and high with unit, price year, source and mark. Knows no formula.
//!
//! An edition is one whole set with a first day. What ships is edition 0 (domain.md C4.3); later ones are made by people.

mod shipped;

use crate::mark::Mark;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// One line of domain.md C4.3 that a method uses. The codes are kept in editions and estimates.
    Key {
        /// 以工代赈: people per 100万元 of central money, to check the formula by
        ReliefPeople = "relief_people",
        /// 以工代赈: labour pay as a share of central money; its low end is the floor of the law
        ReliefPayShare = "relief_pay_share",
        /// 以工代赈: pay per head in 万元
        ReliefPayPerHead = "relief_pay_per_head",
        /// 以工代赈: years of work per head
        ReliefFte = "relief_fte",
        /// labour's share of the cost of ordinary rural infrastructure
        RuralLabourShare = "rural_labour_share",
        /// labour's share of the cost of buildings
        BuildingLabourShare = "building_labour_share",
        /// job-years per 100万元 of public works, to check the formula by
        PublicWorksJobYears = "public_works_job_years",
        /// people per 亿元 of large key projects that take 以工代赈
        KeyProjectPeople = "key_project_people",
        /// posts per 100万元 of 帮扶车间 and other labour-intensive processing
        WorkshopPosts = "workshop_posts",
        /// expected posts per industrial project: a benchmark, in no formula
        IndustryBenchmark = "industry_benchmark",
        /// years of work per greenhouse
        GreenhouseFte = "greenhouse_fte",
        /// posts per 100万元 of cold chains and commerce
        CommercePosts = "commerce_posts",
        /// direct jobs of solar power whose income is shared out: none
        SolarPosts = "solar_posts",
        /// monthly wage in construction, 元
        ConstructionWage = "construction_wage",
        /// days of work in a year
        WorkDays = "work_days",
        /// share of a workshop's posts that relocated people take
        TargetShare = "target_share",
        /// direct and indirect jobs per direct job
        TypeOneMultiplier = "type_one_multiplier",
        /// direct, indirect and induced jobs per direct job
        TypeTwoMultiplier = "type_two_multiplier",
    }
}

coded! {
    /// What a coefficient is a number of.
    Measure {
        /// 人 per 100万元
        PeoplePerMillion = "people_per_million",
        /// 人 per 亿元
        PeoplePerYi = "people_per_yi",
        /// 岗位 per 100万元
        PostsPerMillion = "posts_per_million",
        /// 岗位 per project
        PostsPerProject = "posts_per_project",
        /// 岗位
        Posts = "posts",
        /// FTE per 100万元
        FtePerMillion = "fte_per_million",
        /// FTE per head
        FtePerHead = "fte_per_head",
        /// FTE per greenhouse or other unit
        FtePerUnit = "fte_per_unit",
        /// a share of a whole, 0 to 1
        Share = "share",
        /// 万元 per head
        WanPerHead = "wan_per_head",
        /// 元 per month
        YuanPerMonth = "yuan_per_month",
        /// days per year
        DaysPerYear = "days_per_year",
        /// times as many
        Times = "times",
    }
}

/// One coefficient. `low <= standard <= high`; the standard one is the default (默认) of the screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coefficient {
    pub low: Decimal,
    pub standard: Decimal,
    pub high: Decimal,
    pub unit: Measure,
    /// year of the prices it stands in, `None` where no price is in it
    pub price_year: Option<i32>,
    /// what it rests on, as cited
    pub source: String,
    pub mark: Mark,
}

/// One whole edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coefficients {
    /// 0 is what ships; editions that people make count up from 1
    pub edition: u32,
    /// first day on which estimates stand on it
    pub valid_from: NaiveDate,
    pub lines: BTreeMap<Key, Coefficient>,
}

/// Why a set of lines is no edition. Carries facts; sentences are made in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LineFault {
    #[error("no line {}", key.code())]
    Missing { key: Key },
    #[error("{}: not low <= default <= high", key.code())]
    Order { key: Key },
    #[error("{}: negative, nothing to divide by, too large, or a share above one", key.code())]
    Bounds { key: Key },
    #[error("{}: another unit than {}", key.code(), unit.code())]
    Unit { key: Key, unit: Measure },
}

/// No coefficient is larger: estimates stay within exact decimals.
const LARGEST: i64 = 1_000_000;

impl Key {
    /// The unit this line always has.
    pub const fn unit(self) -> Measure {
        match self {
            Key::ReliefPeople => Measure::PeoplePerMillion,
            Key::ReliefPayPerHead => Measure::WanPerHead,
            Key::ReliefFte => Measure::FtePerHead,
            Key::ReliefPayShare | Key::RuralLabourShare | Key::BuildingLabourShare | Key::TargetShare => {
                Measure::Share
            }
            Key::PublicWorksJobYears => Measure::FtePerMillion,
            Key::KeyProjectPeople => Measure::PeoplePerYi,
            Key::WorkshopPosts | Key::CommercePosts => Measure::PostsPerMillion,
            Key::IndustryBenchmark => Measure::PostsPerProject,
            Key::GreenhouseFte => Measure::FtePerUnit,
            Key::SolarPosts => Measure::Posts,
            Key::ConstructionWage => Measure::YuanPerMonth,
            Key::WorkDays => Measure::DaysPerYear,
            Key::TypeOneMultiplier | Key::TypeTwoMultiplier => Measure::Times,
        }
    }

    /// Whether an estimate divides by it, so that it may not be zero.
    pub const fn divides(self) -> bool {
        match self {
            Key::ReliefPayPerHead | Key::ConstructionWage | Key::WorkDays => true,
            Key::ReliefPeople
            | Key::ReliefPayShare
            | Key::ReliefFte
            | Key::RuralLabourShare
            | Key::BuildingLabourShare
            | Key::PublicWorksJobYears
            | Key::KeyProjectPeople
            | Key::WorkshopPosts
            | Key::IndustryBenchmark
            | Key::GreenhouseFte
            | Key::CommercePosts
            | Key::SolarPosts
            | Key::TargetShare
            | Key::TypeOneMultiplier
            | Key::TypeTwoMultiplier => false,
        }
    }
}

impl Coefficients {
    /// Edition 0: the defaults of domain.md C4.3 with the words of their sources.
    pub fn shipped() -> Coefficients {
        shipped::edition()
    }

    pub fn get(&self, key: Key) -> Option<&Coefficient> {
        self.lines.get(&key)
    }

    /// What keeps it from being an edition, in the order of the keys.
    pub fn faults(&self) -> Vec<LineFault> {
        let fault = |key: &Key| match self.lines.get(key) {
            None => Some(LineFault::Missing { key: *key }),
            Some(line) => line.fault(*key),
        };
        Key::ALL.iter().filter_map(fault).collect()
    }
}

impl Coefficient {
    /// What is wrong with it as the line of a key.
    pub fn fault(&self, key: Key) -> Option<LineFault> {
        let most = match self.unit {
            Measure::Share | Measure::FtePerHead => Decimal::ONE,
            Measure::PeoplePerMillion
            | Measure::PeoplePerYi
            | Measure::PostsPerMillion
            | Measure::PostsPerProject
            | Measure::Posts
            | Measure::FtePerMillion
            | Measure::FtePerUnit
            | Measure::WanPerHead
            | Measure::YuanPerMonth
            | Measure::DaysPerYear
            | Measure::Times => Decimal::from(LARGEST),
        };
        let is_least = if key.divides() { self.low > Decimal::ZERO } else { self.low >= Decimal::ZERO };
        if self.unit != key.unit() {
            Some(LineFault::Unit { key, unit: key.unit() })
        } else if !(self.low <= self.standard && self.standard <= self.high) {
            Some(LineFault::Order { key })
        } else if !(is_least && self.high <= most) {
            Some(LineFault::Bounds { key })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_a_whole_edition_and_reads_back() {
        let shipped = Coefficients::shipped();
        assert_eq!(shipped.faults(), []);
        assert_eq!(shipped.edition, 0);
        let text = serde_json::to_string(&shipped).unwrap();
        assert_eq!(serde_json::from_str::<Coefficients>(&text).unwrap(), shipped);
        assert!(text.contains("\"relief_pay_share\":{\"low\":\"0.30\""), "{text}");
    }

    #[test]
    fn codes_are_what_serde_writes() {
        for key in Key::ALL {
            assert_eq!(serde_json::to_string(key).unwrap(), format!("\"{}\"", key.code()));
            assert_eq!(Key::from_code(key.code()), Some(*key));
        }
        for unit in Measure::ALL {
            assert_eq!(serde_json::to_string(unit).unwrap(), format!("\"{}\"", unit.code()));
        }
    }

    #[test]
    fn a_line_out_of_order_or_out_of_bounds_is_told() {
        let with = |key: Key, change: fn(&mut Coefficient)| {
            let mut edition = Coefficients::shipped();
            change(edition.lines.get_mut(&key).unwrap());
            edition.faults()
        };
        let key = Key::WorkshopPosts;
        assert_eq!(with(key, |line| line.low = Decimal::from(30)), [LineFault::Order { key }]);
        let key = Key::TargetShare;
        assert_eq!(with(key, |line| line.high = Decimal::TWO), [LineFault::Bounds { key }]);
        let key = Key::WorkDays;
        assert_eq!(with(key, |line| line.low = Decimal::ZERO), [LineFault::Bounds { key }]);
        assert_eq!(
            with(key, |line| line.unit = Measure::Times),
            [LineFault::Unit { key, unit: Measure::DaysPerYear }]
        );
        let mut edition = Coefficients::shipped();
        edition.lines.remove(&Key::SolarPosts);
        assert_eq!(edition.faults(), [LineFault::Missing { key: Key::SolarPosts }]);
    }
}
