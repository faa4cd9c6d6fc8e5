//! The built-in facts of the sixteen sources. Source: domain.md C2, each row with its mark and words. Computes nothing.

use super::clause::{Basis, BasisPoints, Clause, Rule};
use super::kind::{Life, SourceKind};
use crate::area::AreaCode;
use crate::mark::Mark;
use crate::source::Source;
use crate::usage::Use;
use chrono::NaiveDate;

/// The facts of one source.
pub fn kind(source: Source) -> SourceKind {
    match source {
        Source::Cbi => central_investment(),
        Source::Brg => bridging(),
        Source::Wfr => work_relief(),
        Source::Pbi => fiscal(blank(source).with(Rule::Stated, Mark::Known, "按省预算内投资管理办法执行")),
        Source::Pbr => fiscal(blank(source).with(
            Rule::Stated,
            Mark::Known,
            "参照财农〔2021〕19号，按省级资金管理办法执行",
        )),
        Source::Prz => fiscal(blank(source)).with_in(
            "530000",
            Rule::Stated,
            Mark::Found,
            "云南2019年起每年5000万元；2025年88个项目",
        ),
        Source::Gbg => general_bonds(),
        Source::Gbs => special_bonds(),
        Source::Fnd => construction_fund(),
        Source::Ltl => policy_loans(),
        Source::Int => interest_savings(),
        Source::Loc => fiscal(blank(source)).with(Rule::NoDemandedMatching, Mark::Law, "预算法第十六条"),
        Source::Ewc => blank(source).with(Rule::Stated, Mark::Known, "按东西部协作资金使用规定执行"),
        Source::Lnd => blank(source).with(Rule::Stated, Mark::Known, "拆旧复垦指标收益，专款专用"),
        Source::Soc | Source::Oth => blank(source),
    }
}

fn central_investment() -> SourceKind {
    let modes = "政府投资条例第三条、第六条：投向公共领域，以非经营性项目为主；经营性项目主要采取资本金注入";
    fiscal(blank(Source::Cbi)).with(Rule::Stated, Mark::Law, modes).with(
        Rule::PassOn { within_days: 30 },
        Mark::Law,
        "预算法第五十二条",
    )
}

fn bridging() -> SourceKind {
    let allowed = vec![
        Use::Industry,
        Use::PublicPost,
        Use::ServiceFacility,
        Use::Interest,
        Use::LabourSubsidy,
        Use::WorkRelief,
        Use::SmallWorks,
        Use::Management,
        Use::RelocationDebt,
    ];
    let forbidden = vec![
        Use::UnitCosts,
        Use::Vehicles,
        Use::OfficeBuildings,
        Use::Bonuses,
        Use::DebtRepayment,
        Use::Advances,
    ];
    let mut kind = fiscal(blank(Source::Brg))
        .with(
            Rule::Allows { uses: allowed },
            Mark::Found,
            "财农〔2021〕19号；偿还易地扶贫搬迁债务按有关规定执行",
        )
        .with(Rule::Forbids { uses: forbidden }, Mark::Found, "财农〔2021〕19号")
        .with(Rule::ManagementShare { at_most: BasisPoints::percent(1) }, Mark::Known, "项目管理费不超过1%")
        .with(Rule::PassOn { within_days: 30 }, Mark::Law, "预算法第五十二条")
        .with(Rule::OwnDocument, Mark::Found, "直达资金单独下达预算指标文件，不与其他资金混合");
    kind.life = Some(Life {
        from: Some(day(2021, 1, 1)),
        to: None,
        basis: basis(Mark::Known, "过渡期2021—2025年已满，未见后续文件；2026年文件仍称衔接补助资金"),
    });
    kind.clauses.push(Clause {
        from: Some(day(2022, 1, 1)),
        to: Some(day(2022, 12, 31)),
        area: AreaCode::new("150000"),
        ..industry(55, "内蒙古2022年：不低于55%，且不低于2021年")
    });
    kind.clauses.push(Clause {
        from: Some(day(2023, 1, 1)),
        ..industry(60, "2023年中央一号文件：力争提高到60%以上")
    });
    kind
}

fn work_relief() -> SourceKind {
    let mut kind = fiscal(blank(Source::Wfr))
        .with(Rule::PassOn { within_days: 30 }, Mark::Law, "预算法第五十二条")
        .with(
            Rule::Publish { within_working_days: 10 },
            Mark::Found,
            "计划下达后10个工作日内公示（井研2026）",
        );
    kind.clauses.extend([
        Clause {
            from: Some(day(2023, 3, 1)),
            ..labour(30, "国家以工代赈管理办法（令第57号），2023年3月1日起施行")
        },
        Clause {
            to: Some(day(2023, 2, 28)),
            area: AreaCode::new("350000"),
            ..labour(20, "福建：中央资金不低于20%")
        },
        Clause {
            from: Some(day(2026, 1, 1)),
            area: AreaCode::new("511124"),
            ..labour(42, "井研县2026年：不低于42%")
        },
    ]);
    kind
}

fn general_bonds() -> SourceKind {
    let capital = vec![Use::PublicCapital, Use::ServiceFacility, Use::SmallWorks];
    let recurrent = vec![Use::Operations, Use::Wages, Use::UnitCosts, Use::Bonuses];
    blank(Source::Gbg)
        .with(Rule::Allows { uses: capital }, Mark::Law, "预算法第三十五条：只能用于公益性资本支出")
        .with(Rule::Forbids { uses: recurrent }, Mark::Law, "预算法第三十五条：不得用于经常性支出")
        .with(Rule::Stated, Mark::Law, "预算法第三十五条：应当有偿还计划和稳定的偿还资金来源")
}

fn special_bonds() -> SourceKind {
    let negative =
        vec![Use::OfficeBuildings, Use::ImageProject, Use::RealEstate, Use::ThemePark, Use::Competitive];
    let recurrent = vec![Use::Operations, Use::Wages, Use::UnitCosts, Use::Bonuses];
    blank(Source::Gbs)
        .with(Rule::Forbids { uses: negative }, Mark::Found, "国办发〔2024〕52号：专项债券投向负面清单")
        .with(Rule::Forbids { uses: recurrent }, Mark::Law, "预算法第三十五条：不得用于经常性支出")
        .with(Rule::Revenue, Mark::Found, "国办发〔2024〕52号：完全无收益的项目不得安排")
}

fn construction_fund() -> SourceKind {
    let mut kind = blank(Source::Fnd).with(
        Rule::Allows { uses: vec![Use::ProjectCapital] },
        Mark::Found,
        "发改地区〔2015〕2769号",
    );
    kind.life = Some(Life {
        from: Some(day(2015, 1, 1)),
        to: Some(day(2017, 12, 31)),
        basis: basis(Mark::Known, "2015—2017年的工具，已停止"),
    });
    kind
}

fn policy_loans() -> SourceKind {
    let mut kind =
        blank(Source::Ltl).with(Rule::Stated, Mark::Found, "财农〔2018〕46号：调整规范为地方政府债券");
    kind.successor = Some(Source::Gbg);
    kind
}

fn interest_savings() -> SourceKind {
    blank(Source::Int)
        .with(
            Rule::Allows { uses: vec![Use::Industry] },
            Mark::Found,
            "结余可用于易地扶贫搬迁后续产业扶持（文山2022）",
        )
        .with(Rule::Traceable, Mark::Found, "台账管理，每笔债券和贴息可复核、可追溯（文山2022）")
}

/// Appropriations lapse when unused at the end of the next year.
fn fiscal(kind: SourceKind) -> SourceKind {
    kind.with(Rule::SpendWithin { years: 2 }, Mark::Law, "预算法第四十二条、预算法实施条例第五十条")
}

fn industry(percent: u8, text: &str) -> Clause {
    clause(Rule::IndustryShare { at_least: BasisPoints::percent(percent) }, Mark::Found, text)
}

fn labour(percent: u8, text: &str) -> Clause {
    clause(Rule::LabourShare { at_least: BasisPoints::percent(percent) }, Mark::Found, text)
}

fn blank(source: Source) -> SourceKind {
    SourceKind { source, life: None, successor: None, clauses: Vec::new() }
}

fn clause(rule: Rule, mark: Mark, text: &str) -> Clause {
    Clause { rule, from: None, to: None, area: None, basis: basis(mark, text) }
}

fn basis(mark: Mark, text: &str) -> Basis {
    Basis { mark, text: text.to_owned() }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the table names days that exist; a test reads them all")
}

impl SourceKind {
    fn with(mut self, rule: Rule, mark: Mark, text: &str) -> SourceKind {
        self.clauses.push(clause(rule, mark, text));
        self
    }

    fn with_in(mut self, area: &str, rule: Rule, mark: Mark, text: &str) -> SourceKind {
        self.clauses.push(Clause { area: AreaCode::new(area), ..clause(rule, mark, text) });
        self
    }
}
