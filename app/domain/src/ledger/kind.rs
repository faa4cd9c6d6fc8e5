//! Kinds of ledger entry and the words books write for them. Source: domain.md C2, flow states.

use super::stage::Stage;
use crate::text;
use serde::{Deserialize, Serialize};

/// What an entry does. 红冲 is no kind: a reversal has the kind of its original and points to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 下达
    Issue,
    /// 到位
    Receive,
    /// 拨付
    Disburse,
    /// 支付
    Pay,
    /// 收回, 缴回: out of the position, from a named stage
    Recover,
    /// 调剂: to another project under a document number
    Transfer,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Issue, Kind::Receive, Kind::Disburse, Kind::Pay, Kind::Recover, Kind::Transfer];

    /// Stable code in the database, the matrix and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Issue => "issue",
            Kind::Receive => "receive",
            Kind::Disburse => "disburse",
            Kind::Pay => "pay",
            Kind::Recover => "recover",
            Kind::Transfer => "transfer",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Spellings met in books (column 类型), the printed one first.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            Kind::Issue => &["下达", "资金下达", "指标下达", "计划下达", "下达指标"],
            Kind::Receive => &["到位", "资金到位", "到账", "资金到账"],
            Kind::Disburse => &["拨付", "资金拨付", "拨款", "拨付项目单位"],
            Kind::Pay => &["支付", "资金支付", "付款"],
            Kind::Recover => &["收回", "缴回", "资金收回", "资金缴回", "收回/缴回"],
            Kind::Transfer => &["调剂", "资金调剂", "项目间调剂", "调剂使用"],
        }
    }

    pub const fn heading(self) -> &'static str {
        self.headings()[0]
    }

    /// The kind whose spelling equals `heading`, width and spaces aside.
    pub fn find(heading: &str) -> Option<Kind> {
        let folded = text::fold(heading);
        Kind::ALL.into_iter().find(|kind| kind.headings().iter().any(|known| text::fold(known) == folded))
    }

    /// The stage that an entry of this kind reaches; `None` for those that name their own.
    pub const fn reaches(self) -> Option<Stage> {
        match self {
            Kind::Issue => Some(Stage::Issued),
            Kind::Receive => Some(Stage::Received),
            Kind::Disburse => Some(Stage::Disbursed),
            Kind::Pay => Some(Stage::Paid),
            Kind::Recover | Kind::Transfer => None,
        }
    }
}

/// True for the words books write for a reversal: 红冲, 冲红, 冲销, 红字冲销.
pub fn means_reversal(text: &str) -> bool {
    matches!(text::fold(text).as_str(), "红冲" | "冲红" | "冲销" | "红字冲销" | "红字")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_names_two_kinds() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            for spelling in kind.headings() {
                assert_eq!(Kind::find(spelling), Some(kind), "{spelling}");
                assert!(!means_reversal(spelling));
            }
        }
        assert_eq!(Kind::find(" 支 付 "), Some(Kind::Pay));
        assert_eq!(Kind::find("红冲"), None);
        assert!(means_reversal("红冲"));
    }
}
