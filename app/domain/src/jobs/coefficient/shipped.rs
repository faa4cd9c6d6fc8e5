//! The coefficients that ship with the product, edition 0. Source: domain.md C4.3, each line with its mark and words.

use super::{Coefficient, Coefficients, Key};
use crate::mark::Mark;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Low, default and high as whole numbers of `10^-scale`.
struct Line {
    range: [i64; 3],
    scale: u32,
    price_year: Option<i32>,
    mark: Mark,
    source: &'static str,
}

pub fn edition() -> Coefficients {
    let line = |key: Key| {
        let Line { range: [low, standard, high], scale, price_year, mark, source } = line(key);
        let exact = |number: i64| Decimal::new(number, scale);
        Coefficient {
            low: exact(low),
            standard: exact(standard),
            high: exact(high),
            unit: key.unit(),
            price_year,
            source: source.to_owned(),
            mark,
        }
    };
    Coefficients {
        edition: 0,
        // Before every plan year that a list may hold, so that some edition is in force on any day.
        valid_from: NaiveDate::from_ymd_opt(2016, 1, 1).unwrap_or_default(),
        lines: Key::ALL.iter().map(|key| (*key, line(*key))).collect(),
    }
}

const fn line(key: Key) -> Line {
    match key {
        Key::ReliefPeople | Key::ReliefPayShare | Key::ReliefPayPerHead | Key::ReliefFte => relief(key),
        Key::RuralLabourShare => known([12, 20, 25], 2, None, "一般农村基础设施：人工费占建设成本，经验值"),
        Key::BuildingLabourShare => known([12, 18, 22], 2, None, "房屋建筑：人工费占建设成本，经验值"),
        Key::PublicWorksJobYears => found(
            [14, 19, 24],
            1,
            Some(2021),
            "IMF WP/21/131：新兴经济体每百万美元 10—17 个岗位，汇率 7.1；只作对照",
        ),
        Key::KeyProjectPeople => {
            found([50, 80, 300], 0, Some(2024), "万盛 2024 年重点工程：每亿元 82.6 人；上下限为经验值")
        }
        Key::WorkshopPosts => found(
            [10, 16, 20],
            0,
            Some(2018),
            "和顺：2600 万元 422 个岗位，每百万元 16.2 个（其中贫困劳动力 10.1 个）；镇雄计划 20 个",
        ),
        Key::IndustryBenchmark => found(
            [8, 27, 50],
            0,
            Some(2024),
            "贵州 2024 年：250 个产业项目预计带动 6717 人，每个 26.9 人（按 807 个项目为 8.3 人）；只作对照",
        ),
        Key::GreenhouseFte => known([1, 2, 5], 1, None, "设施农业：每棚用工，经验值；联结户数见申报材料"),
        Key::CommercePosts => known([2, 4, 6], 0, Some(2024), "冷链、商贸：每百万元岗位，经验值"),
        Key::SolarPosts => found([0, 0, 0], 0, None, "晋中：光伏入股分红只增加收入，没有直接就业"),
        Key::ConstructionWage => {
            found([5743, 5743, 5743], 0, Some(2024), "国家统计局 2024 年农民工监测：建筑业月均收入")
        }
        Key::WorkDays => known([220, 240, 260], 0, None, "全年工日，惯例"),
        Key::TargetShare => {
            found([623, 623, 623], 3, None, "和顺：422 个岗位中搬迁群众 263 个，占 62.3%；只有一例，幅度未知")
        }
        Key::TypeOneMultiplier => found(
            [1280, 1280, 1280],
            3,
            None,
            "苏格兰政府投入产出表用户指南示例（Ⅰ型），非本地系数；默认不用",
        ),
        Key::TypeTwoMultiplier => found(
            [1617, 1617, 1617],
            3,
            None,
            "苏格兰政府投入产出表用户指南示例（Ⅱ型），非本地系数；默认不用",
        ),
    }
}

/// The lines of 以工代赈; other keys never come here.
const fn relief(key: Key) -> Line {
    if matches!(key, Key::ReliefPeople) {
        return found(
            [22, 31, 41],
            0,
            Some(2024),
            "2024 年计划 21.7、实际 31.3；湖北 31.6、武平 31.7、岭南镇 40.6（人/百万元中央资金）",
        );
    }
    if matches!(key, Key::ReliefPayShare) {
        return found(
            [30, 40, 50],
            2,
            None,
            "2024 年专项：计划 32%、实际 35.7%；湖北 50.27%、岭南镇 50.01%、武平 40.6%、泗县 45.19%",
        );
    }
    if matches!(key, Key::ReliefPayPerHead) {
        return found(
            [86, 120, 160],
            2,
            Some(2024),
            "2024 年：专项 1.14 万元；重点工程 1.60 万元、中小型 0.86 万元",
        );
    }
    found([10, 17, 25], 2, Some(2024), "推算：1.14 万元 ÷（5743 元 × 12 个月）")
}

const fn found(range: [i64; 3], scale: u32, price_year: Option<i32>, source: &'static str) -> Line {
    Line { range, scale, price_year, mark: Mark::Found, source }
}

const fn known(range: [i64; 3], scale: u32, price_year: Option<i32>, source: &'static str) -> Line {
    Line { range, scale, price_year, mark: Mark::Known, source }
}
