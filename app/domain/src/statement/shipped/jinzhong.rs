//! Jinzhong, Shanxi: review of the relocation of 2016–2020. Figures and their words only, in the traditional script.

use super::{Cited, assumed, terms};
use crate::statement::printed::{Kind, PrintedError};
use crate::statement::remark::{Remark, RemarkKind};
use crate::statement::{Basis, Candidate, Formula, Statement};
use Kind::{Households, Money, Number, Percent, Persons};

const DOCUMENT: &str = "晋中市“十三五”易地扶贫搬迁工作综述";

const fn cited(
    fact: &'static str,
    label: &'static str,
    kind: Kind,
    text: &'static str,
    words: &'static str,
) -> Cited {
    Cited { document: DOCUMENT, fact, label, kind, text, words }
}

const MOVED: Cited = cited("F085", "实际搬迁", Persons, "26533人", "實際搬遷26533人");
const POOR: Cited = cited("F086", "建档立卡贫困人口", Persons, "22909人", "其中建檔立卡貧困人口22909人");
const ALONG: Cited = cited("F087", "同步搬迁", Persons, "3624人", "同步搬遷3624人");
const HOMES: Cited = cited("F088", "入住户", Households, "10406戶", "實現入住10406戶 26473人");
const MOVED_IN: Cited = cited("F089", "入住人口", Persons, "26473人", "實現入住10406戶 26473人");
const MOVED_IN_RATE: Cited = cited("F090", "入住率", Percent, "99.8%", "入住率99.8%");
const POOR_HOMES: Cited =
    cited("F091", "贫困入住户", Households, "9055戶", "其中貧困人口搬遷入住9055戶22039人");
const POOR_IN: Cited = cited("F092", "贫困入住人口", Persons, "22039人", "其中貧困人口搬遷入住9055戶22039人");
const POOR_IN_RATE: Cited = cited("F093", "贫困人口入住率", Percent, "96.2%", "入住率96.2%");
const FREED_HOMES: Cited = cited("F096", "已脱贫户", Households, "6999戶", "已脫貧6999戶19850人");
const FREED: Cited = cited("F097", "已脱贫人口", Persons, "19850人", "已脫貧6999戶19850人");
const FREED_RATE: Cited = cited("F098", "脱贫率", Percent, "95%", "脫貧率95%");
const FUNDS: Cited =
    cited("F099", "承接搬迁资金", Money, "9.17億元", "“十三五”時期全市易地扶貧搬遷資金9.17億元");
const BUDGET: Cited = cited("F100", "中央预算内投资", Money, "5481萬元", "中央預算內投資5481萬元");
const BONDS: Cited = cited("F101", "地方政府债券资金", Money, "2.61億元", "地方政府債券資金2.61億元");
const FUND: Cited = cited("F102", "专项建设基金", Money, "4514.5萬元", "專項建設基金4514.5萬元");
const LOANS: Cited = cited("F103", "长期政策性贷款资金", Money, "5.64億元", "長期政策性貸款資金5.64億元");
const RAZED: Cited = cited("F106", "旧宅基地拆除", Households, "10353戶", "全市舊宅基地拆除10353戶");
const RAZED_RATE: Cited = cited("F107", "拆除率", Percent, "94.72%", "拆除率94.72%");
const TILLED: Cited = cited("F108", "旧宅基地复垦", Households, "6768戶", "全市舊宅基地復墾完成6768戶");
const TILLED_RATE: Cited = cited("F109", "复垦率", Percent, "61.92%", "復墾率61.92%");
const VILLAGES: Cited =
    cited("F111", "深度贫困自然村", Number, "158個", "全市158個深度貧困自然村全部完成搬遷");
const RAZED_VILLAGES: Cited = cited("F113", "旧房拆除村", Number, "117個", "舊房拆除117個村");
const RAZED_SHARE: Cited = cited("F114", "旧房拆除村占比", Percent, "74%", "佔比74%");
const TILLED_VILLAGES: Cited = cited("F115", "完成复垦村", Number, "47個", "完成復墾47個村");
const TILLED_SHARE: Cited = cited("F116", "完成复垦村占比", Percent, "30%", "佔比30%");
const COVERED: Cited =
    cited("F123", "产业配套惠及贫困人口", Persons, "22946人", "產業配套惠及搬遷貧困人口22946人");
const PLACED: Cited = cited("F124", "就业安置", Persons, "4803人", "就業安置4803人");
const ONE_EACH: Cited = cited("F125", "每户稳定就业", Persons, "1人", "每個搬遷家庭有1人穩定就業");
const GROUPS_YUSHE: Cited = cited("F127", "榆社县党小组", Number, "41個", "聯合黨支部設置黨小組41個");
const GROUPS_HESHUN: Cited = cited("F130", "和顺县党小组", Number, "41個", "聯合黨支部,設置黨小組41個");
const COURSES: Cited = cited("F131", "和顺县培训期数", Number, "258期", "培訓258期");
const TRAINED: Cited = cited("F132", "和顺县培训学员", Persons, "2288人", "培訓學員2288人");
const FACTORY: Cited = cited("F150", "榆社县贫困户转移就业", Persons, "627人", "貧困戶轉移就業627人");
const AWAY: Cited = cited("F155", "榆社县外出务工", Persons, "2584人", "搬遷貧困勞動力外出務工2584人");
const COURSES_YUSHE: Cited = cited("F159", "榆社县培训期数", Number, "36期", "開展就業培訓36期1041人");
const TRAINED_YUSHE: Cited = cited("F160", "榆社县培训人数", Persons, "1041人", "開展就業培訓36期1041人");
const NEAR: Cited = cited("F166", "和顺县家门口就业", Persons, "263", "263個貧困人口實現家門口就業");
const SENT: Cited = cited("F168", "昔阳县劳务输出", Persons, "536人", "勞務輸出536人");
const PUBLIC: Cited = cited("F169", "昔阳县公益性岗位", Persons, "65人", "公益性崗位安置65人");
const FIRMS: Cited = cited("F171", "昔阳县企业吸纳", Persons, "400多名", "直接吸納帶動400多名貧困人口");
const POSTS: Cited = cited("F173", "左权县就业保障岗位", Number, "1254個", "就業保障崗位1254個");

/// 脱贫率 of whom: persons of the registered, persons of those moved in, households of those moved in.
fn freed() -> Result<Vec<Candidate>, PrintedError> {
    let of = |part: &Cited, base: &Cited| {
        let formula = Formula::quotient(part.term()?, base.term()?);
        Ok(Candidate { label: base.label.to_owned(), formula })
    };
    Ok(vec![of(&FREED, &POOR)?, of(&FREED, &POOR_IN)?, of(&FREED_HOMES, &POOR_HOMES)?])
}

/// Persons a course, here and in the neighbouring county.
fn course_size() -> Result<Basis, PrintedError> {
    Ok(Basis::LikePeer {
        rate: Formula::quotient(TRAINED.term()?, COURSES.term()?),
        peer: Formula::quotient(TRAINED_YUSHE.term()?, COURSES_YUSHE.term()?),
        times: 2,
    })
}

fn does_not_reconcile() -> Result<Vec<Statement>, PrintedError> {
    let funds = Basis::parts(terms([&BUDGET, &BONDS, &FUND, &LOANS])?);
    let others = Formula::difference(MOVED_IN.term()?, POOR_IN.term()?);
    let counties = Formula::sum(terms([&FACTORY, &AWAY, &NEAR, &SENT, &PUBLIC, &FIRMS, &POSTS])?);
    let homesteads = Formula::quotient(RAZED.term()?, RAZED_RATE.term()?);
    Ok(vec![
        statement("M1", &FUNDS, funds)?,
        statement("M2", &ALONG, Basis::WholeOf(others))?,
        statement("M3", &FREED_RATE, Basis::OneOf(freed()?))?,
        statement("M4", &COVERED, Basis::PartOf(POOR.term()?.into()))?,
        statement("M5", &ONE_EACH, Basis::ratio(&PLACED.term()?, terms([&HOMES, &POOR_HOMES])?))?,
        statement("M6", &PLACED, Basis::WholeOf(counties))?,
        statement("M7", &HOMES, Basis::WholeOf(homesteads))?,
        statement("M9", &TRAINED, course_size()?)?,
    ])
}

fn reconciles() -> Result<Vec<Statement>, PrintedError> {
    let share = |code: &str, rate: &Cited, part: &Cited, base: &Cited| {
        statement(code, rate, Basis::ratio(&part.term()?, [base.term()?]))
    };
    // No text prints the number of homesteads; both rates lead to this one.
    let homesteads = assumed("旧宅基地", "10930户", Households)?;
    let of_homesteads = |part: &Cited| Ok(Basis::ratio(&part.term()?, [homesteads.clone()]));
    Ok(vec![
        statement("R1", &MOVED, Basis::parts(terms([&POOR, &ALONG])?))?,
        share("R2", &MOVED_IN_RATE, &MOVED_IN, &MOVED)?,
        share("R3", &POOR_IN_RATE, &POOR_IN, &POOR)?,
        statement("R4", &RAZED_RATE, of_homesteads(&RAZED)?)?,
        statement("R5", &TILLED_RATE, of_homesteads(&TILLED)?)?,
        share("R6", &RAZED_SHARE, &RAZED_VILLAGES, &VILLAGES)?,
        share("R7", &TILLED_SHARE, &TILLED_VILLAGES, &VILLAGES)?,
    ])
}

fn statement(code: &str, stated: &Cited, basis: Basis) -> Result<Statement, PrintedError> {
    Ok(Statement::new(code.to_owned(), stated.term()?, basis))
}

pub(super) fn statements() -> Result<Vec<Statement>, PrintedError> {
    let mut statements = does_not_reconcile()?;
    statements.extend(reconciles()?);
    Ok(statements)
}

pub(super) fn remarks() -> Vec<Remark> {
    let areas = vec!["榆社县".to_owned(), "和顺县".to_owned()];
    vec![Remark {
        code: "M8".to_owned(),
        places: vec![GROUPS_YUSHE.source(), GROUPS_HESHUN.source()],
        kind: RemarkKind::SameFigureElsewhere { figure: GROUPS_YUSHE.text.to_owned(), areas },
    }]
}
