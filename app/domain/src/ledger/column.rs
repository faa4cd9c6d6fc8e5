//! Columns of a ledger workbook (资金下达, 资金流水) and the headings met for them. Reads no cell.

use crate::money::Unit;
use crate::project::field::split_unit;
use crate::text;
use serde::{Deserialize, Serialize};

/// A column of a sheet of notices or of movements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 序号: of no meaning
    Serial,
    /// 下达文号
    Document,
    /// 凭证号
    Voucher,
    /// 下达日期, 日期
    Date,
    /// 类型: absent on a sheet of notices, where every line is 下达
    Kind,
    /// 资金来源
    Source,
    /// 预算年度
    Year,
    /// 县（市、区）
    Area,
    /// 项目名称
    ProjectName,
    /// 项目代码
    ProjectCode,
    /// 下达金额, 金额
    Amount,
    /// 收款人
    Payee,
    /// 用途
    Purpose,
    /// 摘要
    Memo,
}

impl Column {
    pub const ALL: [Column; 14] = [
        Column::Serial,
        Column::Document,
        Column::Voucher,
        Column::Date,
        Column::Kind,
        Column::Source,
        Column::Year,
        Column::Area,
        Column::ProjectName,
        Column::ProjectCode,
        Column::Amount,
        Column::Payee,
        Column::Purpose,
        Column::Memo,
    ];

    /// Stable code in findings and taught synonyms.
    pub const fn code(self) -> &'static str {
        match self {
            Column::Serial => "serial",
            Column::Document => "document",
            Column::Voucher => "voucher",
            Column::Date => "date",
            Column::Kind => "kind",
            Column::Source => "source",
            Column::Year => "year",
            Column::Area => "area",
            Column::ProjectName => "project_name",
            Column::ProjectCode => "project_code",
            Column::Amount => "amount",
            Column::Payee => "payee",
            Column::Purpose => "purpose",
            Column::Memo => "memo",
        }
    }

    pub fn from_code(code: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Spellings, the printed one first.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            Column::Serial => &["序号"],
            Column::Document => &["下达文号", "文号", "指标文号", "资金文号", "文件号", "下达文件"],
            Column::Voucher => &["凭证号", "凭证编号", "记账凭证号", "支付凭证号"],
            Column::Date => &["日期", "下达日期", "业务日期", "发生日期", "记账日期"],
            Column::Kind => &["类型", "业务类型", "流水类型", "资金状态"],
            Column::Source => &["资金来源", "资金类型", "资金渠道"],
            Column::Year => &["预算年度", "年度", "指标年度"],
            Column::Area => &["县（市、区）", "县市区", "县区", "行政区划", "所在县"],
            Column::ProjectName => &["项目名称", "项目"],
            Column::ProjectCode => &["项目代码", "项目编码"],
            Column::Amount => &["金额", "下达金额", "发生额", "资金金额"],
            Column::Payee => &["收款人", "收款单位", "收款方"],
            Column::Purpose => &["用途", "资金用途"],
            Column::Memo => &["摘要", "备注", "说明"],
        }
    }

    pub const fn heading(self) -> &'static str {
        self.headings()[0]
    }

    /// The column whose spelling equals `heading`; a unit in brackets behind it (`金额（万元）`) is left aside, and behind
    /// an amount in whatever way it is written: `金额（单位：元）`, `金额/元`, `金额（千元）`.
    pub fn find(heading: &str) -> Option<Column> {
        let folded = text::fold(heading);
        let bare = bare(&folded);
        let is = |column: &Column| column.headings().iter().any(|known| text::fold(known) == bare);
        Column::ALL.into_iter().find(is).or_else(|| {
            let (name, unit) = split_unit(heading);
            let name = text::fold(name);
            let known = Column::Amount.headings().iter().any(|known| text::fold(known) == name);
            (unit.is_some() && known).then_some(Column::Amount)
        })
    }
}

/// A folded heading without the unit in brackets behind it.
pub(super) fn bare(folded: &str) -> &str {
    match folded.split_once('(') {
        Some((name, rest)) if Unit::ALL.iter().any(|unit| rest == format!("{})", unit.sign())) => name,
        Some(_) | None => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_names_two_columns() {
        for column in Column::ALL {
            assert_eq!(Column::from_code(column.code()), Some(column));
            for spelling in column.headings() {
                assert_eq!(Column::find(spelling), Some(column), "{spelling}");
            }
        }
    }

    #[test]
    fn the_headings_of_both_sheets_map() {
        let notices = [
            "序号",
            "下达文号",
            "下达日期",
            "资金来源",
            "预算年度",
            "县（市、区）",
            "项目名称",
            "项目代码",
            "下达金额",
        ];
        let movements = ["凭证号", "日期", "类型", "金额", "收款人", "用途", "摘要"];
        for heading in notices.into_iter().chain(movements) {
            assert!(Column::find(heading).is_some(), "{heading}");
        }
        assert_eq!(Column::find("金额（万元）"), Some(Column::Amount));
        for heading in ["金额（单位：元）", "金额/元", "金额：元", "金额（千元）", "下达金额（人民币万元）"]
        {
            assert_eq!(Column::find(heading), Some(Column::Amount), "{heading}");
        }
        assert_eq!(Column::find("金额（册）"), None);
    }
}
