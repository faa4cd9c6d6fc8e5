//! 前期要件: the nine dated steps before a start, and the maturity they add up to. Source: domain.md C1.2.

use crate::text;
use serde::{Deserialize, Serialize};

/// One gate. A project has passed it when it carries a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// 项目建议书批复、立项
    Proposal,
    /// 可研批复
    Feasibility,
    /// 用地预审与选址
    LandUse,
    /// 环评
    Environment,
    /// 初设及概算批复
    Design,
    /// 资金来源落实
    Funding,
    /// 施工图、预算评审
    Budget,
    /// 招标完成
    Tender,
    /// 实施主体与运营方落实
    Operator,
}

/// 成熟度: A ≥ 80 fits the one-year list, B 50–79 the two-year list, C < 50 the five-year list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Maturity {
    A,
    B,
    C,
}

impl Gate {
    pub const ALL: [Gate; 9] = [
        Gate::Proposal,
        Gate::Feasibility,
        Gate::LandUse,
        Gate::Environment,
        Gate::Design,
        Gate::Funding,
        Gate::Budget,
        Gate::Tender,
        Gate::Operator,
    ];

    /// Stable code in the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Gate::Proposal => "proposal",
            Gate::Feasibility => "feasibility",
            Gate::LandUse => "land_use",
            Gate::Environment => "environment",
            Gate::Design => "design",
            Gate::Funding => "funding",
            Gate::Budget => "budget",
            Gate::Tender => "tender",
            Gate::Operator => "operator",
        }
    }

    pub fn from_code(code: &str) -> Option<Gate> {
        Gate::ALL.into_iter().find(|gate| gate.code() == code)
    }

    /// Points of 100.
    pub const fn points(self) -> u32 {
        match self {
            Gate::Proposal | Gate::Environment => 10,
            Gate::Feasibility => 20,
            Gate::LandUse | Gate::Design | Gate::Funding => 15,
            Gate::Budget | Gate::Tender | Gate::Operator => 5,
        }
    }

    /// Spellings met on forms, the printed one first.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            Gate::Proposal => &["项目建议书批复", "项目建议书", "立项", "立项批复", "建议书批复"],
            Gate::Feasibility => &["可研批复", "可研", "可行性研究报告批复", "可研报告批复"],
            Gate::LandUse => &["用地预审", "用地预审与选址", "用地预审与选址意见", "用地预审及选址", "用地"],
            Gate::Environment => &["环评", "环评批复", "环境影响评价", "环评备案"],
            Gate::Design => &["初设及概算批复", "初设批复", "初步设计批复", "初设及概算", "概算批复"],
            Gate::Funding => &["资金来源落实", "资金落实"],
            Gate::Budget => &["施工图预算评审", "预算评审", "施工图", "施工图/预算评审"],
            Gate::Tender => &["招标完成", "招标", "中标"],
            Gate::Operator => &["实施主体与运营方落实", "实施主体落实", "业主落实", "运营方落实"],
        }
    }

    pub const fn heading(self) -> &'static str {
        self.headings()[0]
    }

    pub fn find(heading: &str) -> Option<Gate> {
        let folded = text::fold(heading);
        Gate::ALL.into_iter().find(|gate| gate.headings().iter().any(|known| text::fold(known) == folded))
    }
}

impl Maturity {
    /// The level of a score out of 100.
    pub const fn of(score: u32) -> Maturity {
        match score {
            80.. => Maturity::A,
            50..=79 => Maturity::B,
            0..=49 => Maturity::C,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_of_all_gates_are_a_hundred() {
        assert_eq!(Gate::ALL.into_iter().map(Gate::points).sum::<u32>(), 100);
    }

    #[test]
    fn no_spelling_names_two_gates() {
        for gate in Gate::ALL {
            for spelling in gate.headings() {
                assert_eq!(Gate::find(spelling), Some(gate), "{spelling}");
            }
        }
    }
}
