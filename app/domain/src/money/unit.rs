//! 元, 万元 and 亿元: how many fen each is, and which one stands behind a number.

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
