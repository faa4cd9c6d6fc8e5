//! 用途 of a payment, as far as rules ask for it. Knows no source and no rule: which purposes a source forbids is data
//! of a rule edition.

use crate::text;
use serde::{Deserialize, Serialize};

macro_rules! purposes {
    ($count:literal: $($variant:ident = $code:literal, [$($spelling:literal),+]);+ $(;)?) => {
        /// What money was paid for. A text that is none of these stays unknown, and rules about purposes do not run on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Purpose {
            $($variant),+
        }

        impl Purpose {
            pub const ALL: [Purpose; $count] = [$(Purpose::$variant),+];

            /// Stable code in the database and the API.
            pub const fn code(self) -> &'static str {
                match self { $(Purpose::$variant => $code),+ }
            }

            /// Spellings met in ledgers, the official one first.
            pub const fn spellings(self) -> &'static [&'static str] {
                match self { $(Purpose::$variant => &[$($spelling),+]),+ }
            }
        }
    };
}

purposes! { 22:
    Works = "works", ["工程款", "工程进度款", "施工费", "预付款", "建设工程款"];
    Equipment = "equipment", ["设备购置", "设备款", "设备采购"];
    Services = "services", ["工程建设其他费", "监理费", "设计费", "勘察费", "前期费"];
    Land = "land", ["征地拆迁", "征地补偿", "土地费用"];
    LabourPay = "labour_pay", ["劳务报酬", "务工报酬"];
    Training = "training", ["培训费", "技能培训"];
    PublicPost = "public_post", ["公益性岗位补贴", "公益岗位补贴", "公共服务岗位"];
    Interest = "interest", ["贷款贴息", "贴息", "债券贴息"];
    Industry = "industry", ["产业发展", "后续产业", "产业奖补"];
    Management = "management", ["项目管理费", "管理费"];
    Wages = "wages", ["工资", "人员工资", "工资福利"];
    Operations = "operations", ["运转经费", "办公经费", "日常运转", "公用经费"];
    UnitCosts = "unit_costs", ["单位基本支出", "基本支出"];
    Vehicles = "vehicles", ["交通工具及通讯设备", "交通工具", "通讯设备", "车辆购置"];
    OfficeBuildings = "office_buildings", ["楼堂馆所", "修建楼堂馆所"];
    Bonuses = "bonuses", ["奖金津贴和福利补助", "奖金", "津贴", "福利补助"];
    DebtRepayment = "debt_repayment", ["偿还债务", "还债", "归还借款"];
    Advances = "advances", ["垫资", "偿还垫资"];
    ImageProject = "image_project", ["形象工程", "政绩工程", "形象政绩工程"];
    RealEstate = "real_estate", ["房地产", "房地产开发"];
    ThemePark = "theme_park", ["主题公园", "仿古城", "主题公园、仿古城等商业设施"];
    Competitive = "competitive", ["一般竞争性产业项目", "一般竞争性产业"];
}

impl Purpose {
    /// The word of the rule book.
    pub const fn sign(self) -> &'static str {
        self.spellings()[0]
    }

    pub fn from_code(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// The purpose one of whose spellings equals `text`, width and spaces aside.
    pub fn find(text: &str) -> Option<Purpose> {
        let folded = text::fold(text);
        Purpose::ALL
            .into_iter()
            .find(|purpose| purpose.spellings().iter().any(|known| text::fold(known) == folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_names_two_purposes() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_code(purpose.code()), Some(purpose));
            for spelling in purpose.spellings() {
                assert_eq!(Purpose::find(spelling), Some(purpose), "{spelling}");
            }
        }
        assert_eq!(Purpose::find("其他"), None);
    }
}
