//! Sanmenxia, Henan: report of April 2023. Figures and their words only.

use super::{Cited, assumed, terms};
use crate::statement::printed::{Kind, PrintedError};
use crate::statement::remark::{Remark, RemarkKind};
use crate::statement::{Basis, Candidate, Formula, Statement, Term};
use Kind::{Area, Households, Money, Percent, Persons};

const DOCUMENT: &str = "“新时代新征程·易地搬迁后续发展新观察”之十四:河南省三门峡市";

const fn cited(
    fact: &'static str,
    label: &'static str,
    kind: Kind,
    text: &'static str,
    words: &'static str,
) -> Cited {
    Cited { document: DOCUMENT, fact, label, kind, text, words }
}

const RELOCATED: Cited = cited("F002", "搬迁户数", Households, "1.86万户", "搬迁1.86万户6.52万人");
const WORKERS: Cited = cited("F007", "转为产业工人", Persons, "近7000余人", "近7000余人由农民转为产业工人");
const ABLE: Cited =
    cited("F012", "有劳动能力的搬迁群众", Persons, "39397人", "全市有劳动能力的搬迁群众39397人");
const EMPLOYED: Cited = cited("F013", "实现就业", Persons, "35608人", "实现就业35608人");
const RATE: Cited = cited("F014", "就业率", Percent, "90.3%", "就业率达90.3%");
const PER_HOUSEHOLD: Cited = cited("F015", "户均就业", Persons, "1.9人以上", "就业户均1.9人以上");
const FARMING: Cited =
    cited("F021", "依托产业增收的家庭", Households, "8300户", "依托产业增收的8300户搬迁家庭");
const LAND_LET: Cited = cited("F022", "土地流转", Area, "6.2万亩", "农村搬离家庭土地流转6.2万亩");
const SLOPE_LET: Cited = cited("F023", "坡地林地改造流转", Area, "4.75万亩", "坡地林地改造流转4.75万亩");
const AREA_EACH: Cited =
    cited("F024", "人均种植特色产业", Area, "2.9亩以上", "家庭人均种植特色产业达2.9亩以上");
const YIELD: Cited = cited("F025", "亩产最低纯收入", Money, "5500元", "亩产最低纯收入5500元");
const INCOME: Cited = cited("F026", "3口家庭年收入", Money, "4.79万元", "年收入4.79万元");
const INCOME_EACH: Cited = cited("F027", "人均纯收入", Money, "接近1.6万元", "人均纯收入接近1.6万元");
const ALL_REACH: Cited = cited("F028", "人均收入", Money, "1.7万元以上", "全市农民人均收入1.7万元以上");
const ORCHARDS: Cited = cited("F030", "坡改林累计种植面积", Area, "21万亩", "累计种植面积已达21万亩");
const GAIN: Cited = cited("F031", "亩增收", Money, "3000-5000元", "亩增收3000-5000元");
const GAIN_EACH: Cited = cited("F032", "户均增收", Money, "2.5万元以上", "搬迁家庭户均增收2.5万元以上");
const PROGRAMME: Cited = cited("F033", "扶持“百千万工程”", Money, "1亿元", "市财政连续4年拿出1亿元");

fn family() -> Result<Term, PrintedError> {
    assumed("每户人口", "3人", Persons)
}

/// The households that the orchards' gain would serve, were each to have just the gain that the text names.
fn served() -> Result<Formula, PrintedError> {
    Ok(Formula::quotient(Formula::product(terms([&ORCHARDS, &GAIN])?), GAIN_EACH.term()?.named()))
}

/// The areas of which the 21万亩 could be the sum.
fn areas() -> Result<Vec<Candidate>, PrintedError> {
    let planted = Formula::product([FARMING.term()?, family()?, AREA_EACH.term()?.named()]);
    Ok(vec![
        Candidate { label: FARMING.label.to_owned(), formula: planted },
        Candidate {
            label: LAND_LET.label.to_owned(),
            formula: Formula::sum(terms([&LAND_LET, &SLOPE_LET])?),
        },
    ])
}

pub(super) fn statements() -> Result<Vec<Statement>, PrintedError> {
    let rate = Basis::ratio(&EMPLOYED.term()?, [ABLE.term()?]);
    let per_household = Basis::ratio(&EMPLOYED.term()?, [RELOCATED.term()?]);
    let each = || Ok([AREA_EACH.term()?.named(), YIELD.term()?]);
    let income = Basis::product([AREA_EACH.term()?.named(), family()?, YIELD.term()?]);
    let statement =
        |code: &str, stated: &Cited, basis: Basis| Ok(Statement::new(code.to_owned(), stated.term()?, basis));
    Ok(vec![
        statement("M10", &RATE, rate)?,
        statement("M11", &ALL_REACH, Basis::product(each()?))?,
        statement("M12", &RELOCATED, Basis::WholeOf(served()?))?,
        statement("M13", &ORCHARDS, Basis::OneOf(areas()?))?,
        statement("R9", &INCOME, income)?,
        statement("R10", &INCOME_EACH, Basis::product(each()?))?,
        statement("R11", &PER_HOUSEHOLD, per_household)?,
    ])
}

pub(super) fn remarks() -> Vec<Remark> {
    let remark = |code: &str, figure: &Cited, kind| Remark {
        code: code.to_owned(),
        places: vec![figure.source()],
        kind,
    };
    let (workers, programme) = (WORKERS.text.to_owned(), PROGRAMME.text.to_owned());
    vec![
        remark("M14", &WORKERS, RemarkKind::WordsContradict { figure: workers }),
        remark("M15", &PROGRAMME, RemarkKind::EachOrInAll { figure: programme, years: 4 }),
    ]
}
