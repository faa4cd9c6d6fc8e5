//! Funding sources (资金来源): codes, printed headings and spellings met in the field. Source: domain.md C2 and C5.3.

use crate::text;
use serde::{Deserialize, Serialize};

/// A funding source of a project's plan. The order is the order of the official form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Source {
    /// 中央预算内投资
    Cbi,
    /// 中央财政衔接推进乡村振兴补助资金
    Brg,
    /// 以工代赈专项
    Wfr,
    /// 省预算内投资
    Pbi,
    /// 省级财政衔接资金
    Pbr,
    /// 省级后扶以奖代补
    Prz,
    /// 地方政府一般债券
    Gbg,
    /// 地方政府专项债券
    Gbs,
    /// 专项建设基金 (closed instrument of 2015–2017)
    Fnd,
    /// 长期政策性贷款
    Ltl,
    /// 贴息补助资金节余
    Int,
    /// 市县财政、地方配套
    Loc,
    /// 东西部协作资金
    Ewc,
    /// 增减挂钩节余指标收益
    Lnd,
    /// 社会资本、捐赠、企业自筹
    Soc,
    /// 其他
    Oth,
}

impl Source {
    pub const ALL: [Source; 16] = [
        Source::Cbi,
        Source::Brg,
        Source::Wfr,
        Source::Pbi,
        Source::Pbr,
        Source::Prz,
        Source::Gbg,
        Source::Gbs,
        Source::Fnd,
        Source::Ltl,
        Source::Int,
        Source::Loc,
        Source::Ewc,
        Source::Lnd,
        Source::Soc,
        Source::Oth,
    ];

    /// Stable code of domain.md C2, used in files, the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Source::Cbi => "CBI",
            Source::Brg => "BRG",
            Source::Wfr => "WFR",
            Source::Pbi => "PBI",
            Source::Pbr => "PBR",
            Source::Prz => "PRZ",
            Source::Gbg => "GBG",
            Source::Gbs => "GBS",
            Source::Fnd => "FND",
            Source::Ltl => "LTL",
            Source::Int => "INT",
            Source::Loc => "LOC",
            Source::Ewc => "EWC",
            Source::Lnd => "LND",
            Source::Soc => "SOC",
            Source::Oth => "OTH",
        }
    }

    pub fn from_code(code: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.code() == code)
    }

    /// The heading on the form; [`Source::find`] reads it back.
    pub const fn heading(self) -> &'static str {
        self.headings()[0]
    }

    /// Spellings, the printed one first. Longer spellings that contain shorter ones are told apart
    /// because a heading must equal one of these, not contain it.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            Source::Cbi => &["中央预算内投资", "中央预算内", "中央预算内资金"],
            Source::Brg => &[
                "中央衔接资金",
                "中央财政衔接资金",
                "中央衔接",
                "中央财政衔接推进乡村振兴补助资金",
                "衔接资金",
                "中央衔接补助资金",
                "财政衔接资金",
            ],
            Source::Wfr => {
                &["以工代赈资金", "以工代赈", "以工代赈专项资金", "以工代赈专项", "以工代赈中央预算内投资"]
            }
            Source::Pbi => &["省预算内投资", "省预算内", "省级预算内投资", "省基建投资"],
            Source::Pbr => &["省级衔接资金", "省级财政衔接资金", "省级衔接", "省衔接资金"],
            Source::Prz => &["省级以奖代补", "以奖代补", "省级后扶以奖代补资金", "后扶以奖代补"],
            Source::Gbg => &["一般债券", "一般债", "地方政府一般债券", "政府一般债券"],
            Source::Gbs => &["专项债券", "专项债", "地方政府专项债券", "政府专项债券"],
            Source::Fnd => &["专项建设基金"],
            Source::Ltl => &["政策性贷款", "长期政策性贷款", "银行贷款", "贷款"],
            Source::Int => {
                &["贴息资金节余", "贴息结余", "贴息补助资金节余", "贴息资金结余", "贴息补助资金结余"]
            }
            Source::Loc => {
                &["市县财政", "市县财政资金", "地方配套", "地方财政", "县级配套", "市县配套", "地方配套资金"]
            }
            Source::Ewc => &["东西部协作资金", "东西部协作", "区域协作资金", "对口帮扶资金"],
            Source::Lnd => &["增减挂钩", "增减挂钩节余指标收益", "增减挂钩收益", "土地增减挂钩资金"],
            Source::Soc => &["社会资本", "企业自筹", "社会资金", "自筹资金", "社会投资", "自筹"],
            Source::Oth => &["其他", "其他资金", "其它", "其它资金"],
        }
    }

    /// The source whose spelling equals `heading`, width and spaces aside.
    pub fn find(heading: &str) -> Option<Source> {
        let folded = text::fold(heading);
        Source::ALL
            .into_iter()
            .find(|source| source.headings().iter().any(|known| text::fold(known) == folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_names_two_sources() {
        for source in Source::ALL {
            for spelling in source.headings() {
                assert_eq!(Source::find(spelling), Some(source), "{spelling}");
            }
        }
    }

    #[test]
    fn the_twelve_headings_of_the_forms_map() {
        for heading in [
            "中央预算内投资",
            "中央衔接资金",
            "以工代赈资金",
            "省预算内投资",
            "省级衔接资金",
            "一般债券",
            "专项债券",
            "政策性贷款",
            "贴息资金节余",
            "市县财政",
            "东西部协作资金",
            "社会资本",
        ] {
            assert!(Source::find(heading).is_some(), "{heading}");
        }
    }
}
