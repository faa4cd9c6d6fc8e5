//! What money is for, as far as the rules of a source ask. Codes of uses that payments name too are theirs (用途).

use super::clause::{Clause, Rule};
use serde::{Deserialize, Serialize};

macro_rules! uses {
    ($count:literal: $($variant:ident = $code:literal, $sign:literal);+ $(;)?) => {
        /// A use that some source names as allowed or as forbidden.
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

            /// The word of the document.
            pub const fn sign(self) -> &'static str {
                match self { $(Use::$variant => $sign),+ }
            }
        }
    };
}

uses! { 25:
    PublicCapital = "public_capital", "公益性资本支出";
    ProjectCapital = "project_capital", "项目资本金";
    ServiceFacility = "service_facility", "“一站式”社区综合服务设施";
    SmallWorks = "small_works", "小型公益性基础设施";
    Industry = "industry", "产业发展";
    WorkRelief = "work_relief", "以工代赈";
    LabourSubsidy = "labour_subsidy", "劳务补助";
    PublicPost = "public_post", "公共服务岗位";
    Training = "training", "培训";
    Interest = "interest", "贷款贴息";
    LabourPay = "labour_pay", "劳务报酬";
    Management = "management", "项目管理费";
    RelocationDebt = "relocation_debt", "偿还易地扶贫搬迁债务";
    Operations = "operations", "经常性支出";
    Wages = "wages", "工资";
    UnitCosts = "unit_costs", "单位基本支出";
    Vehicles = "vehicles", "交通工具及通讯设备";
    OfficeBuildings = "office_buildings", "修建楼堂馆所";
    Bonuses = "bonuses", "奖金津贴和福利补助";
    DebtRepayment = "debt_repayment", "偿还债务";
    Advances = "advances", "垫资";
    ImageProject = "image_project", "形象工程、政绩工程";
    RealEstate = "real_estate", "房地产";
    ThemePark = "theme_park", "主题公园、仿古城等商业设施";
    Competitive = "competitive", "一般竞争性产业项目";
}

/// What the rules of a source say of a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// every list of allowed uses names it, and there is one
    Allowed,
    /// a list of forbidden uses names it
    Forbidden,
    /// no list forbids it, nor is it allowed by name
    Unnamed,
}

impl Use {
    pub fn from_code(code: &str) -> Option<Use> {
        Use::ALL.into_iter().find(|usage| usage.code() == code)
    }

    /// What these rules say of it.
    pub fn naming(self, clauses: &[Clause]) -> Naming {
        let (mut allowed, mut lists) = (0_usize, 0_usize);
        for clause in clauses {
            match &clause.rule {
                Rule::Forbids { uses } if uses.contains(&self) => return Naming::Forbidden,
                Rule::Allows { uses } => {
                    lists += 1;
                    allowed += usize::from(uses.contains(&self));
                }
                Rule::Forbids { .. }
                | Rule::IndustryShare { .. }
                | Rule::LabourShare { .. }
                | Rule::ManagementShare { .. }
                | Rule::CapPerProject { .. }
                | Rule::Revenue
                | Rule::PassOn { .. }
                | Rule::SpendWithin { .. }
                | Rule::Publish { .. }
                | Rule::NoDemandedMatching
                | Rule::OwnDocument
                | Rule::Traceable
                | Rule::Stated => {}
            }
        }
        if lists > 0 && allowed == lists { Naming::Allowed } else { Naming::Unnamed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fund::Catalogue;
    use crate::source::Source;

    fn check(source: Source, usage: Use, expected: Naming) {
        assert_eq!(usage.naming(&Catalogue::builtin().get(source).clauses), expected, "{source:?} {usage:?}");
    }

    #[test]
    fn a_use_is_allowed_forbidden_or_unnamed() {
        check(Source::Brg, Use::Industry, Naming::Allowed);
        check(Source::Brg, Use::Vehicles, Naming::Forbidden);
        check(Source::Brg, Use::Training, Naming::Unnamed);
        // Without a list of allowed uses nothing is allowed by name.
        check(Source::Gbs, Use::Industry, Naming::Unnamed);
        check(Source::Gbs, Use::Wages, Naming::Forbidden);
        check(Source::Soc, Use::Wages, Naming::Unnamed);
    }
}
