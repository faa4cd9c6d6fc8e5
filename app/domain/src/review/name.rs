//! Names of facts that rules use: columns of a project, and what the ledger and the site returns add. Words are made
//! elsewhere.

use crate::project::Field;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! names {
    ($count:literal: $($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// A fact by name. What the product does not hold yet has a name too, so that 规则目录 can say what is missing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum FactName {
            /// a column of the project
            Field(Field),
            $($(#[$doc])* $variant),+
        }

        impl FactName {
            /// All but the columns.
            pub const OWN: [FactName; $count] = [$(FactName::$variant),+];

            /// Stable code: `issued`, `field.total`.
            pub fn code(self) -> String {
                match self {
                    FactName::Field(field) => format!("field.{field}"),
                    $(FactName::$variant => $code.to_owned()),+
                }
            }
        }
    };
}

names! { 87:
    /// 分来源计划, any
    SourcePlan = "source_plan",
    /// 可研估算
    Estimate = "estimate",
    /// 核定概算
    DesignEstimate = "design_estimate",
    /// 调概批复
    Reapproval = "reapproval",
    /// 合同
    Contracts = "contracts",
    /// 合同价
    ContractSum = "contract_sum",
    /// 补充合同
    ContractSupplements = "contract_supplements",
    /// 开工日期
    StartedOn = "started_on",
    /// 完工日期
    FinishedOn = "finished_on",
    /// 验收日期
    AcceptedOn = "accepted_on",
    /// 决算日期
    SettledOn = "settled_on",
    /// 决算金额
    SettlementAmount = "settlement_amount",
    /// 决算结余
    Surplus = "surplus",
    /// 入库日期
    LibraryEntry = "library_entry",
    /// 下达
    Issued = "issued",
    /// 到位
    Received = "received",
    /// 拨付
    Disbursed = "disbursed",
    /// 支付
    Paid = "paid",
    /// 收回, all
    Recovered = "recovered",
    /// 收回 before it was received
    RecoveredIssued = "recovered_issued",
    /// 收回 before it was disbursed
    RecoveredReceived = "recovered_received",
    /// 收回 before it was paid
    RecoveredDisbursed = "recovered_disbursed",
    FirstIssuedOn = "first_issued_on",
    FirstReceivedOn = "first_received_on",
    FirstDisbursedOn = "first_disbursed_on",
    LastDisbursedOn = "last_disbursed_on",
    /// receipt date of the oldest fen that is not paid yet
    OldestUnspentReceipt = "oldest_unspent_receipt",
    Today = "today",
    /// 序时: months of the year that are over
    MonthsElapsed = "months_elapsed",
    BudgetYear = "budget_year",
    /// 31 December of the budget year
    BudgetYearEnd = "budget_year_end",
    /// 配套 received
    MatchReceived = "match_received",
    /// received of the sources that are matched
    MainReceived = "main_received",
    /// plan of the sources that are matched
    MainPlan = "main_plan",
    /// 资金来源
    FundingSource = "funding_source",
    /// 用途
    Purpose = "purpose",
    /// 收款人
    Payee = "payee",
    /// 凭证号
    Voucher = "voucher",
    /// 发票号
    Invoice = "invoice",
    /// 调剂文号
    AdjustmentDocument = "adjustment_document",
    Amount = "amount",
    EntryDate = "entry_date",
    /// date of the earlier of two payments
    EarlierDate = "earlier_date",
    /// sequence number of the earlier of two payments
    EarlierEntry = "earlier_entry",
    CodeForm = "code_form",
    CodeMonth = "code_month",
    CodeCheckDigit = "code_check_digit",
    CodeArea = "code_area",
    /// 预期收益
    ExpectedRevenue = "expected_revenue",
    /// 配套依据文号
    MatchBasis = "match_basis",
    /// labour share promised in the approval
    PromisedShare = "promised_share",
    /// people with a pay record
    PeoplePaid = "people_paid",
    SitePeople = "site_people",
    SiteHouseholds = "site_households",
    SiteLabour = "site_labour",
    SiteEmployed = "site_employed",
    /// 监理确认的完成产值
    CompletedValue = "completed_value",
    /// 合同约定的付款比例
    PaymentTerms = "payment_terms",
    /// 工资发放表
    WageList = "wage_list",
    /// 质保金
    Retention = "retention",
    /// 缺陷责任期满日
    RetentionDue = "retention_due",
    /// 公告公示日期
    PublicNotice = "public_notice",
    /// employed twelve months on
    ActualJobs = "actual_jobs",
    /// 本年累计吸纳就业
    JobsCumulative = "jobs_cumulative",
    /// 调度月份
    ReturnMonth = "return_month",
    /// 务工人员实名编号
    WorkerIds = "worker_ids",
    /// 债券或贷款编号
    LoanId = "loan_id",
    /// 应付利息
    InterestDue = "interest_due",
    UnitCost = "unit_cost",
    CostStandard = "cost_standard",
    /// name and content of two projects, in per mille
    Similarity = "similarity",
    OtherProject = "other_project",
    /// BRG money in industry
    IndustryAmount = "industry_amount",
    /// BRG money in all
    SourceAmount = "source_amount",
    ManagementFee = "management_fee",
    /// 整改期限
    DueDate = "due_date",
    /// the day on which the unit reported its rectification done
    ReportedOn = "reported_on",
    /// 整改佐证
    Evidence = "evidence",
    /// 责任单位
    RectifyingUnit = "rectifying_unit",
    /// rule of the finding that is rectified
    OrderedRule = "ordered_rule",
    /// 资产登记
    AssetRecord = "asset_record",
    /// sum of the plan by source
    SourceSum = "source_sum",
    /// sum of the plan by year
    YearSum = "year_sum",
    /// posts filled
    PostsFilled = "posts_filled",
    /// an edition in force that holds the parameter
    Parameter = "parameter",
    /// a result within the range of exact arithmetic
    ComputableResult = "computable_result",
    /// all numbers of one kind, for the comparison of units
    ComparableAmounts = "comparable_amounts",
}

impl fmt::Display for FactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl FromStr for FactName {
    type Err = String;

    fn from_str(code: &str) -> Result<FactName, String> {
        let own = || FactName::OWN.into_iter().find(|name| name.code() == code);
        match code.strip_prefix("field.") {
            Some(key) => key.parse().map(FactName::Field),
            None => own().ok_or_else(|| format!("not a fact: {code}")),
        }
    }
}

impl From<FactName> for String {
    fn from(name: FactName) -> String {
        name.code()
    }
}

impl TryFrom<String> for FactName {
    type Error = String;
    fn try_from(code: String) -> Result<FactName, String> {
        code.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_differ() {
        let names = FactName::OWN.into_iter().chain(Field::fixed().into_iter().map(FactName::Field));
        for name in names {
            assert_eq!(name.code().parse(), Ok(name));
        }
    }
}
