//! The table: one line a rule. Dates are those on which the basis came into force; where a basis has none, the start of
//! the relocation programme's plan period (2016-01-01).

use super::Row;
use crate::mark::Mark;
use crate::money::Money;
use crate::review::parameter::{ParameterName as Name, ParameterValue as Value};
use crate::review::rule::{Level, RuleCode as Rule};
use crate::source::Source;
use crate::usage::Use;
use rust_decimal::Decimal;

/// 政府投资条例 (国务院令第712号)
const INVESTMENT: (i32, u32, u32) = (2019, 7, 1);
/// 预算法, 2014 revision
const BUDGET: (i32, u32, u32) = (2015, 1, 1);
/// 预算法实施条例, 2020 revision
const BUDGET_ORDER: (i32, u32, u32) = (2020, 10, 1);
/// no date of its own
const PROGRAMME: (i32, u32, u32) = (2016, 1, 1);

/// Sources of the plan of government investment.
const PLANNED: [Source; 5] = [Source::Cbi, Source::Wfr, Source::Pbi, Source::Gbg, Source::Gbs];
/// Money of the budget: all but loans, funds and private money.
const BUDGETED: [Source; 12] = [
    Source::Cbi,
    Source::Brg,
    Source::Wfr,
    Source::Pbi,
    Source::Pbr,
    Source::Prz,
    Source::Gbg,
    Source::Gbs,
    Source::Int,
    Source::Loc,
    Source::Ewc,
    Source::Lnd,
];

pub(super) fn rows() -> Vec<Row> {
    let groups = [plan(), gates(), uses(), flow(), applications(), delivery(), people(), shares()];
    groups.into_iter().flatten().collect()
}

fn row(
    rule: Rule,
    from: (i32, u32, u32),
    (mark, level): (Mark, Level),
    basis: &'static str,
    parameters: &[(Name, Value)],
) -> Row {
    Row { rule, from, mark, level, basis, parameters: parameters.to_vec() }
}

const LAW: (Mark, Level) = (Mark::Law, Level::Warning);
const RED: (Mark, Level) = (Mark::Law, Level::Red);
const FOUND: (Mark, Level) = (Mark::Found, Level::Warning);
const KNOWN: (Mark, Level) = (Mark::Known, Level::Hint);

/// `ratio(30, 2)` is 0.30.
pub(super) fn ratio(digits: i64, decimals: u32) -> Value {
    Value::Ratio(Decimal::new(digits, decimals))
}

/// Whole 元.
fn yuan(amount: i64) -> Value {
    Value::Money(Money::from_fen(amount * 100).unwrap_or(Money::ZERO))
}

fn purposes(list: &[Use]) -> Value {
    Value::Purposes(list.to_vec())
}

fn sources(list: &[Source]) -> (Name, Value) {
    (Name::Sources, Value::Sources(list.to_vec()))
}

fn plan() -> Vec<Row> {
    vec![
        row(Rule::R01, INVESTMENT, LAW, "政府投资条例第十六条：年度计划须明确总投资与资金来源", &[]),
        row(Rule::R02, PROGRAMME, FOUND, "汇总数与分项核对（区间算法）", &[]),
        row(
            Rule::R03,
            INVESTMENT,
            RED,
            "政府投资条例第十二条：概算超估算10%须重新报送可行性研究报告",
            &[(Name::MostRatio, ratio(110, 2))],
        ),
        row(Rule::R04, INVESTMENT, RED, "政府投资条例第二十三条、第三十四条第四项", &[]),
        row(Rule::R05, (2003, 1, 1), LAW, "政府采购法第四十九条", &[(Name::MostRatio, ratio(10, 2))]),
    ]
}

fn gates() -> Vec<Row> {
    vec![
        row(Rule::R06, INVESTMENT, RED, "政府投资条例第二十条、第三十四条第一项", &[]),
        row(Rule::R07, INVESTMENT, RED, "政府投资条例第十七条", &[sources(&PLANNED)]),
        row(Rule::R08, INVESTMENT, RED, "政府投资条例第十条；GB/T 40058-2021（校验码为预警）", &[]),
        row(Rule::R09, (2021, 3, 26), FOUND, "财农〔2021〕19号：未入库项目不得安排资金", &[]),
        row(Rule::R10, (2018, 11, 9), FOUND, "项目库管理：无绩效目标不得入库（安徽，2018）", &[]),
        row(Rule::R11, PROGRAMME, FOUND, "审计署2018年公告：产业资金无利益联结", &[]),
    ]
}

fn uses() -> Vec<Row> {
    use Use as P;
    let forbidden =
        [P::UnitCosts, P::Vehicles, P::OfficeBuildings, P::Bonuses, P::DebtRepayment, P::Advances];
    let negative = [P::OfficeBuildings, P::ImageProject, P::RealEstate, P::ThemePark, P::Competitive];
    let recurrent = [P::Wages, P::Operations, P::UnitCosts, P::Bonuses];
    vec![
        row(
            Rule::R12,
            (2021, 3, 26),
            FOUND,
            "财农〔2021〕19号：衔接资金禁止用途",
            &[(Name::Forbidden(Source::Brg), purposes(&forbidden))],
        ),
        row(
            Rule::R13,
            BUDGET,
            RED,
            "预算法第三十五条：债务收入不得用于经常性支出",
            &[sources(&[Source::Gbg, Source::Gbs]), (Name::Purposes, purposes(&recurrent))],
        ),
        row(
            Rule::R14,
            (2024, 12, 25),
            FOUND,
            "国办发〔2024〕52号：专项债券负面清单",
            &[sources(&[Source::Gbs]), (Name::Purposes, purposes(&negative))],
        ),
        row(Rule::R15, BUDGET, RED, "预算法第七十二条、第九十三条第五项", &[]),
    ]
}

fn flow() -> Vec<Row> {
    vec![
        row(
            Rule::R16,
            BUDGET,
            LAW,
            "预算法第五十二条；财政违法行为处罚处分条例第六条第三项",
            &[(Name::Days, Value::Days(30)), sources(&BUDGETED)],
        ),
        row(
            Rule::R17,
            PROGRAMME,
            FOUND,
            "审计署2017年公告：资金闲置一年以上、两年以上",
            &[(Name::Days, Value::Days(365)), (Name::RedDays, Value::Days(730))],
        ),
        row(
            Rule::R18,
            BUDGET_ORDER,
            RED,
            "预算法第四十二条；预算法实施条例第五十条",
            &[(Name::Years, Value::Integer(1)), sources(&BUDGETED)],
        ),
        row(
            Rule::R19,
            PROGRAMME,
            FOUND,
            "序时进度：月份÷12（张掖，2023）；节点：一季度30%（西藏，2023）、9月底75%",
            &[
                // No document names a tolerance; none is granted.
                (Name::Tolerance, ratio(0, 0)),
                (Name::Node(3), ratio(30, 2)),
                (Name::Node(9), ratio(75, 2)),
            ],
        ),
        row(
            Rule::R20,
            PROGRAMME,
            FOUND,
            "专项债券审计（2022）：超进度拨付",
            &[(Name::MostRatio, ratio(10, 2))],
        ),
        row(
            Rule::R21,
            PROGRAMME,
            KNOWN,
            "审计实务：以拨代支",
            &[(Name::MostRatio, ratio(50, 2)), (Name::Days, Value::Days(90))],
        ),
        row(Rule::R22, PROGRAMME, KNOWN, "审计实务：重复支付", &[(Name::Days, Value::Days(7))]),
    ]
}

fn applications() -> Vec<Row> {
    vec![
        row(
            Rule::R23,
            BUDGET,
            LAW,
            "预算法第十六条；2011年审计公告：配套不到位",
            // The audit names no tolerance; five points keep a fresh instalment from firing.
            &[(Name::Tolerance, ratio(5, 2))],
        ),
        row(Rule::R24, PROGRAMME, FOUND, "2011年审计公告：重复申报", &[(Name::LeastRatio, ratio(850, 3))]),
        row(
            Rule::R25,
            (2018, 6, 1),
            KNOWN,
            "必须招标的工程项目规定（发改委令第16号）",
            &[
                (Name::Months, Value::Months(12)),
                (Name::WorksThreshold, yuan(4_000_000)),
                (Name::GoodsThreshold, yuan(2_000_000)),
                (Name::ServicesThreshold, yuan(1_000_000)),
            ],
        ),
        row(Rule::R26, PROGRAMME, KNOWN, "审计实务：虚报进度", &[]),
    ]
}

fn delivery() -> Vec<Row> {
    let months = |name, months| (name, Value::Months(months));
    vec![
        row(
            Rule::R27,
            INVESTMENT,
            LAW,
            "政府投资条例第二十四条、第三十四条第六项",
            &[months(Name::Months, 12)],
        ),
        row(
            Rule::R28,
            INVESTMENT,
            LAW,
            "政府投资条例第二十二条、第三十四条第五项",
            &[(Name::Days, Value::Days(60))],
        ),
        row(Rule::R29, (2020, 5, 1), RED, "保障农民工工资支付条例第二十四条", &[months(Name::Months, 1)]),
        row(
            Rule::R30,
            (2017, 7, 1),
            KNOWN,
            "建质〔2017〕138号：质保金不超过3%，缺陷责任期不超过24个月",
            &[(Name::MostRatio, ratio(3, 2)), months(Name::Months, 24)],
        ),
    ]
}

fn people() -> Vec<Row> {
    let months = |name, months| (name, Value::Months(months));
    vec![
        row(
            Rule::R31,
            (2023, 3, 1),
            FOUND,
            "国家以工代赈管理办法（发改委令第57号）：劳务报酬占比不低于30%",
            &[(Name::LeastRatio, ratio(30, 2))],
        ),
        row(
            Rule::R32,
            (2023, 3, 1),
            FOUND,
            "以工代赈项目实例：人均报酬0.3—3万元",
            &[(Name::LeastPay, yuan(3_000)), (Name::MostPay, yuan(30_000))],
        ),
        row(
            Rule::R33,
            INVESTMENT,
            LAW,
            "政府投资条例第二十五条（月数为惯例）",
            &[months(Name::Months, 3), months(Name::SettlementMonths, 3)],
        ),
        row(Rule::R34, INVESTMENT, RED, "政府投资条例第二十五条", &[]),
        row(Rule::R35, (2021, 6, 1), FOUND, "国办函〔2021〕51号：资产确权登记", &[months(Name::Months, 6)]),
        row(
            Rule::R36,
            PROGRAMME,
            FOUND,
            "公告公示：计划下达后10个工作日、绩效目标20个工作日（井研、邵阳、达州）",
            &[(Name::Days, Value::Days(10)), (Name::TargetDays, Value::Days(20))],
        ),
        row(Rule::R37, PROGRAMME, FOUND, "受益数不超过安置点基数（晋中文件核对）", &[]),
        row(Rule::R38, PROGRAMME, FOUND, "就业数核对：已就业不超过劳动力", &[]),
        row(Rule::R39, PROGRAMME, KNOWN, "绩效评价：就业目标完成率", &[(Name::LeastRatio, ratio(8, 1))]),
    ]
}

fn shares() -> Vec<Row> {
    vec![
        row(
            Rule::R40,
            (2022, 4, 1),
            FOUND,
            "文山州贴息资金台账要求：可复核、可追溯，节余用于后续产业",
            &[sources(&[Source::Int])],
        ),
        row(
            Rule::R41,
            (2023, 1, 1),
            FOUND,
            "2023年中央一号文件：产业占比力争60%",
            &[(Name::LeastRatio, ratio(60, 2))],
        ),
        row(Rule::R42, (2021, 3, 26), KNOWN, "项目管理费不超过1%", &[(Name::MostRatio, ratio(1, 2))]),
        row(Rule::R43, PROGRAMME, FOUND, "审计署2018年公告：层层加码", &[(Name::MostRatio, ratio(110, 2))]),
        row(Rule::R44, (2022, 1, 1), RED, "审计法第五十二条", &[]),
        row(
            Rule::R45,
            PROGRAMME,
            FOUND,
            "数据质量：元、万元、亿元混用",
            &[(Name::Factor, Value::Integer(10_000)), (Name::Tolerance, ratio(5, 3))],
        ),
        row(Rule::R46, PROGRAMME, (Mark::Found, Level::Red), "台账次序：支付≤拨付≤到位≤下达", &[]),
    ]
}
