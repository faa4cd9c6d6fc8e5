//! 元, 万元 and 亿元: how many fen each is, which one stands behind a number, and which one a heading names.

use crate::text;
use serde::{Deserialize, Serialize};

/// One fen is the smallest unit; 1 元 = 100 分, 1 万元 = 1,000,000 分, 1 亿元 = 10,000,000,000 分.
const FEN_PER_YUAN: i64 = 100;

/// The unit in which a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 元
    Yuan,
    /// 万元
    Wan,
    /// 亿元
    Yi,
}

impl Unit {
    pub const ALL: [Unit; 3] = [Unit::Yuan, Unit::Wan, Unit::Yi];

    /// How many decimals of this unit are whole fen: 2, 6 or 10.
    pub const fn decimals(self) -> u32 {
        match self {
            Unit::Yuan => 2,
            Unit::Wan => 6,
            Unit::Yi => 10,
        }
    }

    /// Fen in one of this unit.
    pub const fn fen(self) -> i64 {
        match self {
            Unit::Yuan => FEN_PER_YUAN,
            Unit::Wan => 1_000_000,
            Unit::Yi => 10_000_000_000,
        }
    }

    /// Stable code in forms and files: `yuan`, `wan`, `yi`.
    pub const fn code(self) -> &'static str {
        match self {
            Unit::Yuan => "yuan",
            Unit::Wan => "wan",
            Unit::Yi => "yi",
        }
    }

    pub fn from_code(code: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// 元, 万元 or 亿元, as printed on forms.
    pub const fn sign(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::Wan => "万元",
            Unit::Yi => "亿元",
        }
    }

    /// The unit that ends `text` (`万元`, `万`, `亿元`, `亿`, `元`), with what stands before it.
    pub fn strip(text: &str) -> (Option<Unit>, &str) {
        for (sign, unit) in
            [("万元", Unit::Wan), ("亿元", Unit::Yi), ("万", Unit::Wan), ("亿", Unit::Yi), ("元", Unit::Yuan)]
        {
            if let Some(rest) = text.strip_suffix(sign) {
                return (Some(unit), rest.trim_end());
            }
        }
        (None, text)
    }
}

/// The unit that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// One that amounts can be read in.
    Unit(Unit),
    /// A unit of money that is none of ours: 千元, 美元. Guessing would be wrong by a power of ten.
    Foreign(String),
}

/// Words before a unit: `单位：万元`.
const LABELS: [&str; 5] = ["金额单位", "货币单位", "计量单位", "计价单位", "单位"];
/// What stands before 元 in units that are none of ours.
const FOREIGN: &str = "十百千万亿美欧港日";

impl Named {
    /// The unit when the text names one and says nothing else: `万元`, `单位：元`, `人民币亿元`.
    pub fn find(text: &str) -> Option<Named> {
        let folded = text::fold(text);
        let labelled = LABELS.iter().find_map(|label| folded.strip_prefix(label));
        let body = labelled.unwrap_or(&folded).trim_start_matches([':', '为', '是']);
        let body = body.trim_start_matches("人民币").trim_start_matches("rmb").trim_end_matches("人民币");
        match body {
            "元" | "圆" => Some(Named::Unit(Unit::Yuan)),
            "万元" | "万" => Some(Named::Unit(Unit::Wan)),
            "亿元" | "亿" => Some(Named::Unit(Unit::Yi)),
            other => {
                let before = other.strip_suffix('元').filter(|before| !before.is_empty())?;
                before.chars().all(|c| FOREIGN.contains(c)).then(|| Named::Foreign(other.to_owned()))
            }
        }
    }
}
