//! The 46 review rules by code and name, their marks and levels. Holds no parameter and no predicate.
//! Source: domain.md C3.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! rules {
    ($($variant:ident = $sign:literal),+ $(,)?) => {
        /// A review rule (审查规则). A rule states a 疑点; only a person confirms it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RuleCode {
            $(#[doc = $sign] $variant),+
        }

        impl RuleCode {
            pub const ALL: [RuleCode; 46] = [$(RuleCode::$variant),+];

            /// Stable code in the database, addresses and print: `R01`.
            pub const fn code(self) -> &'static str {
                match self { $(RuleCode::$variant => stringify!($variant)),+ }
            }

            /// The name of the rule in the rule book.
            pub const fn sign(self) -> &'static str {
                match self { $(RuleCode::$variant => $sign),+ }
            }
        }
    };
}

rules! {
    R01 = "资金来源不平",
    R02 = "汇总数与分项不符",
    R03 = "概算超估算10%",
    R04 = "超概算",
    R05 = "合同追加超10%",
    R06 = "未批先建",
    R07 = "未具备条件下达计划",
    R08 = "项目代码缺失/无效",
    R09 = "未入库安排资金",
    R10 = "无绩效目标",
    R11 = "未建立联农带农机制",
    R12 = "超范围使用",
    R13 = "债券用于经常性支出",
    R14 = "专项债投向无收益项目",
    R15 = "擅自改变用途/项目间调剂",
    R16 = "滞留",
    R17 = "闲置",
    R18 = "结转超两年未收回",
    R19 = "支出进度低于序时",
    R20 = "超进度拨付",
    R21 = "以拨代支",
    R22 = "重复支付",
    R23 = "配套不到位",
    R24 = "重复/多头申报",
    R25 = "拆分规避招标",
    R26 = "虚报进度",
    R27 = "未按期开工/逾期",
    R28 = "垫资/拖欠",
    R29 = "拖欠农民工工资",
    R30 = "质保金",
    R31 = "以工代赈报酬不足",
    R32 = "以工代赈人数虚报",
    R33 = "未验收/未决算",
    R34 = "结余未缴回",
    R35 = "资产未确权/闲置",
    R36 = "未公告公示",
    R37 = "受益数超基数",
    R38 = "就业数不实",
    R39 = "就业目标偏差",
    R40 = "贴息不可追溯",
    R41 = "产业占比不足",
    R42 = "管理费超比例",
    R43 = "超标准/层层加码",
    R44 = "整改逾期",
    R45 = "单位换算疑点",
    R46 = "资金倒挂",
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 提示
    Hint,
    /// 预警
    Warning,
    /// 红色
    Red,
}

impl RuleCode {
    pub fn from_code(code: &str) -> Option<RuleCode> {
        RuleCode::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Hint, Level::Warning, Level::Red];

    /// Stable code in the database and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Level::Hint => "hint",
            Level::Warning => "warning",
            Level::Red => "red",
        }
    }

    pub fn from_code(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }
}

impl fmt::Display for RuleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_stand_in_order() {
        for (number, rule) in (1..).zip(RuleCode::ALL) {
            assert_eq!(rule.code(), format!("R{number:02}"));
            assert_eq!(RuleCode::from_code(rule.code()), Some(rule));
            assert!(!rule.sign().contains("违规"), "a rule states a doubt: {rule}");
        }
        assert_eq!(RuleCode::from_code("R47"), None);
        assert!(Level::ALL.into_iter().all(|level| Level::from_code(level.code()) == Some(level)));
    }
}
