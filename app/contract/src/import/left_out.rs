//! Rows of a sheet that are no rows of its list, and why. Knows no layout.

use serde::{Deserialize, Serialize};

/// A row, or a stretch of blank ones, that is not imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// from 1, as spreadsheets show it
    pub row: u32,
    /// last row of a stretch of blank ones
    pub last: u32,
    /// its first words
    pub words: String,
    pub why: Why,
}

/// Why it is no row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// 合计, 总计
    Total,
    /// 小计
    Subtotal,
    /// `一、产业类项目`
    Section,
    /// 栏次: 1, 2, 3 … across the columns
    Numbering,
    /// 填表人, 注
    Foot,
    /// Too few known columns are filled.
    Sparse,
    Blank,
}
