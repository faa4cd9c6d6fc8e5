//! 用途: what money is for, the one dictionary of it. Rules of sources allow and forbid uses, payments are read as uses. Knows
//! no source and no rule: which uses a source forbids is data of an edition.

use crate::text;
use serde::{Deserialize, Serialize};

macro_rules! uses {
    ($count:literal: $($variant:ident = $code:literal, [$($spelling:literal),+]);+ $(;)?) => {
        /// A use that some source names as allowed or as forbidden, or that payments are made for. A text that is none of
        /// these stays unknown, and rules about uses do not run on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Use {
            $($variant),+
        }

        impl Use {
            pub const ALL: [Use; $count] = [$(Use::$variant),+];

            /// Stable code in the database and the API.
            pub const fn code(self) -> &'static str {
                match self { $(Use::$variant => $code),+ }
            }

            /// The word of the document first, then the spellings met in ledgers.
            pub const fn spellings(self) -> &'static [&'static str] {
                match self { $(Use::$variant => &[$($spelling),+]),+ }
            }
        }
    };
}

// Those that sources name come first: a share of a notice is for one of them.
uses! { 29:
    PublicCapital = "public_capital", ["公益性资本支出"];
    ProjectCapital = "project_capital", ["项目资本金"];
    ServiceFacility = "service_facility", ["“一站式”社区综合服务设施"];
    SmallWorks = "small_works", ["小型公益性基础设施"];
    Industry = "industry", ["产业发展", "后续产业", "产业奖补"];
    WorkRelief = "work_relief", ["以工代赈"];
    LabourSubsidy = "labour_subsidy", ["劳务补助"];
    PublicPost = "public_post", ["公共服务岗位", "公益性岗位补贴", "公益岗位补贴"];
    Training = "training", ["培训", "培训费", "技能培训"];
    Interest = "interest", ["贷款贴息", "贴息", "债券贴息"];
    LabourPay = "labour_pay", ["劳务报酬", "务工报酬"];
    Management = "management", ["项目管理费", "管理费"];
    RelocationDebt = "relocation_debt", ["偿还易地扶贫搬迁债务"];
    Operations = "operations", ["经常性支出", "运转经费", "办公经费", "日常运转", "公用经费"];
    Wages = "wages", ["工资", "人员工资", "工资福利"];
    UnitCosts = "unit_costs", ["单位基本支出", "基本支出"];
    Vehicles = "vehicles", ["交通工具及通讯设备", "交通工具", "通讯设备", "车辆购置"];
    OfficeBuildings = "office_buildings", ["修建楼堂馆所", "楼堂馆所"];
    Bonuses = "bonuses", ["奖金津贴和福利补助", "奖金", "津贴", "福利补助"];
    DebtRepayment = "debt_repayment", ["偿还债务", "还债", "归还借款"];
    Advances = "advances", ["垫资", "偿还垫资"];
    ImageProject = "image_project", ["形象工程、政绩工程", "形象工程", "政绩工程", "形象政绩工程"];
    RealEstate = "real_estate", ["房地产", "房地产开发"];
    ThemePark = "theme_park", ["主题公园、仿古城等商业设施", "主题公园", "仿古城"];
    Competitive = "competitive", ["一般竞争性产业项目", "一般竞争性产业"];
    Works = "works", ["工程款", "工程进度款", "施工费", "预付款", "建设工程款"];
    Equipment = "equipment", ["设备购置", "设备款", "设备采购"];
    Services = "services", ["工程建设其他费", "监理费", "设计费", "勘察费", "前期费"];
    Land = "land", ["征地拆迁", "征地补偿", "土地费用"];
}

impl Use {
    /// How many of [`Use::ALL`] sources name; the others are of payments alone.
    const NAMED: usize = 25;

    /// What a share of a notice may be for.
    pub fn named() -> impl Iterator<Item = Use> {
        Use::ALL.into_iter().take(Use::NAMED)
    }

    /// The word of the document.
    pub const fn sign(self) -> &'static str {
        self.spellings()[0]
    }

    pub fn from_code(code: &str) -> Option<Use> {
        Use::ALL.into_iter().find(|usage| usage.code() == code)
    }

    /// The use one of whose spellings equals `text`, width and spaces aside.
    pub fn find(text: &str) -> Option<Use> {
        let folded = text::fold(text);
        Use::ALL.into_iter().find(|usage| usage.spellings().iter().any(|known| text::fold(known) == folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_names_two_uses() {
        for usage in Use::ALL {
            assert_eq!(Use::from_code(usage.code()), Some(usage));
            for spelling in usage.spellings() {
                assert_eq!(Use::find(spelling), Some(usage), "{spelling}");
            }
        }
        assert_eq!(Use::find("其他"), None);
    }

    #[test]
    fn uses_of_sources_come_first() {
        assert_eq!(Use::named().last(), Some(Use::Competitive));
        assert!(Use::named().all(|usage| usage != Use::Works));
    }
}
