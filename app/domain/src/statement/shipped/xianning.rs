//! Xianning, Hubei: work points of 2024. Figures and their words only.

use super::{Cited, source};
use crate::statement::printed::{Kind, PrintedError};
use crate::statement::remark::{Remark, RemarkKind};
use crate::statement::{Basis, Formula, Statement};
use chrono::NaiveDate;

const DOCUMENT: &str = "2024年咸宁市易地扶贫搬迁后续扶持工作要点";

const fn cited(fact: &'static str, label: &'static str, text: &'static str, words: &'static str) -> Cited {
    Cited { document: DOCUMENT, fact, label, kind: Kind::Number, text, words }
}

const CHAINS: Cited = cited("F075", "农业主导产业链", "八大", "八大农业主导产业链");
const BASICS: Cited = cited("F070", "“五基”工作", "五基", "“五基”工作");
const LINES: Cited = cited("F081", "底线", "三条", "三条底线");

/// What the text lists by name before it says how many there are.
const NAMED_CHAINS: [&str; 8] = ["茶叶", "生猪", "蔬菜", "油茶", "桂花", "竹", "中药材", "特色淡水产品"];
const NAMED_BASICS: [&str; 5] = ["基本产业", "基本就业", "基本公共服务", "基层社区治理", "基层组织建设"];
const NAMED_LINES: [&str; 3] = ["不发生规模性返贫", "不出现集体性回迁", "不造成群体性上访"];

pub(super) fn statements() -> Result<Vec<Statement>, PrintedError> {
    let listed = |code: &str, stated: &Cited, names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Ok(Statement::new(code.to_owned(), stated.term()?, Basis::Follows(Formula::Listed(names))))
    };
    Ok(vec![
        listed("R13", &BASICS, &NAMED_BASICS)?,
        listed("R14", &CHAINS, &NAMED_CHAINS)?,
        listed("R15", &LINES, &NAMED_LINES)?,
    ])
}

pub(super) fn remarks() -> Vec<Remark> {
    let dates = NaiveDate::from_ymd_opt(2024, 5, 7).zip(NaiveDate::from_ymd_opt(2024, 5, 14));
    let two_dates = |(signed, published)| Remark {
        code: "M18".to_owned(),
        places: vec![source(DOCUMENT, "成文日期、发布日期", DOCUMENT)],
        kind: RemarkKind::TwoDates { signed, published },
    };
    dates.map(two_dates).into_iter().collect()
}
