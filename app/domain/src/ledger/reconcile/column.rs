//! Columns of a bank's or treasury's export and the headings met for them. Reads no cell.

use super::Direction;
use crate::ledger::column::bare;
use crate::text;
use serde::{Deserialize, Serialize};

/// A column of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankColumn {
    /// 交易日期
    Date,
    /// 凭证号
    Voucher,
    /// 流水号: stands for the voucher where there is none
    Reference,
    /// 收入 in a column of its own
    Income,
    /// 支出 in a column of its own
    Outgo,
    /// 发生额 of either way
    Amount,
    /// 借贷标志, 收支方向
    Direction,
    /// 收款人, 对方户名
    Payee,
    /// 摘要, 用途
    Memo,
    /// Known and of no use here: balances, account numbers, serial numbers.
    Aside,
}

impl BankColumn {
    pub const ALL: [BankColumn; 10] = [
        BankColumn::Date,
        BankColumn::Voucher,
        BankColumn::Reference,
        BankColumn::Income,
        BankColumn::Outgo,
        BankColumn::Amount,
        BankColumn::Direction,
        BankColumn::Payee,
        BankColumn::Memo,
        BankColumn::Aside,
    ];

    /// Spellings, the commonest first, a space between two. 借 and 贷 are the bank's: 借 is what leaves the account.
    const fn spellings(self) -> &'static str {
        match self {
            BankColumn::Date => {
                "日期 交易日期 交易时间 记账日期 入账日期 业务日期 发生日期 支付日期 到账日期 \
                拨款日期 清算日期 凭证日期"
            }
            BankColumn::Voucher => {
                "凭证号 凭证编号 凭证号码 支付凭证号 记账凭证号 支付令号 拨款凭证号 单据号 单号 文号 \
                支付申请号"
            }
            BankColumn::Reference => {
                "流水号 交易流水号 交易流水 银行流水号 回单编号 业务编号 交易序号 核心流水号"
            }
            BankColumn::Income => {
                "收入 收入金额 贷方 贷方金额 贷方发生额 收款金额 收方金额 到账金额 到位金额 转入金额 \
                存入金额 收入发生额"
            }
            BankColumn::Outgo => {
                "支出 支出金额 借方 借方金额 借方发生额 付款金额 付方金额 支付金额 实付金额 拨款金额 \
                转出金额 支取金额 支出发生额"
            }
            BankColumn::Amount => "金额 发生额 交易金额 发生金额 业务金额",
            BankColumn::Direction => {
                "借贷标志 借贷方向 借贷 借/贷 收支 收支方向 收支标志 收付标志 收付方向 收/支 方向"
            }
            BankColumn::Payee => {
                "收款人 收款人名称 收款人全称 收款单位 收款方 收款方名称 对方户名 对方名称 对方单位 \
                对方账户名称 对方单位名称 交易对手"
            }
            BankColumn::Memo => "摘要 交易摘要 用途 资金用途 附言 备注 说明 项目名称",
            BankColumn::Aside => {
                "序号 余额 账户余额 可用余额 账号 本方账号 对方账号 收款账号 收款人账号 付款人 \
                付款账号 付款人名称 对方开户行 收款人开户行 开户行 币种 预算单位 功能分类 经济分类 \
                资金性质 指标文号 支付方式 交易机构"
            }
        }
    }

    /// The same, one after the other.
    pub fn headings(self) -> impl Iterator<Item = &'static str> {
        self.spellings().split(' ')
    }

    /// The column whose spelling equals `heading`; a unit in brackets behind it (`支出（元）`) is left aside.
    pub fn find(heading: &str) -> Option<BankColumn> {
        let folded = text::fold(heading);
        let bare = bare(&folded);
        let is = |column: &BankColumn| column.headings().any(|known| text::fold(known) == bare);
        BankColumn::ALL.into_iter().find(is)
    }
}

impl Direction {
    /// What people and banks write: 收, 贷, 支, 借.
    pub fn find(text: &str) -> Option<Direction> {
        const IN: [&str; 12] =
            ["收", "收入", "收款", "贷", "贷方", "贷记", "入账", "转入", "来账", "到位", "c", "cr"];
        const OUT: [&str; 13] =
            ["支", "支出", "支付", "付", "付款", "借", "借方", "借记", "转出", "往账", "拨款", "d", "dr"];
        let folded = text::fold(text);
        if IN.contains(&folded.as_str()) {
            Some(Direction::In)
        } else {
            OUT.contains(&folded.as_str()).then_some(Direction::Out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_names_two_columns() {
        for column in BankColumn::ALL {
            for spelling in column.headings() {
                assert_eq!(BankColumn::find(spelling), Some(column), "{spelling}");
            }
        }
        assert_eq!(BankColumn::find("支出（万元）"), Some(BankColumn::Outgo));
        assert_eq!(BankColumn::find("发生额(元)"), Some(BankColumn::Amount));
        assert_eq!(BankColumn::find("岗位"), None);
    }

    #[test]
    fn the_bank_s_words_say_which_way() {
        assert_eq!(Direction::find(" 贷 "), Some(Direction::In));
        assert_eq!(Direction::find("Ｄ"), Some(Direction::Out));
        assert_eq!(Direction::find("平"), None);
    }
}
