//! Henan province: results of 2023 as printed in the daily. Figures and their words only.

use super::{Cited, assumed};
use crate::statement::printed::{Kind, PrintedError};
use crate::statement::remark::{Remark, RemarkKind};
use crate::statement::{Basis, Formula, Statement};
use Kind::{Number, Percent, Persons};

const DOCUMENT: &str = "巩固拓展脱贫攻坚成果 中原大地迈向村美民富";

const fn cited(
    fact: &'static str,
    label: &'static str,
    kind: Kind,
    text: &'static str,
    words: &'static str,
) -> Cited {
    Cited { document: DOCUMENT, fact, label, kind, text, words }
}

const TEAMS: Cited = cited("F179", "驻村工作队", Number, "1.1萬個", "全省駐村工作隊1.1萬個");
const SECRETARIES: Cited = cited("F181", "第一书记", Persons, "1.4萬名", "其中第一書記1.4萬名");
const GRADUATES: Cited =
    cited("F222", "雨露计划毕业生", Persons, "3.23萬人", "全省雨露計劃畢業(yè)生3.23萬人");
const PLACED: Cited =
    cited("F223", "就业、升学、参军", Persons, "3.14萬人", "實現(xiàn)就業(yè)、升學、參軍3.14萬人");
const SHARE: Cited = cited("F224", "就业、升学、参军占比", Percent, "97.21%", "占比97.21%");
const LIFTED: Cited = cited("F234", "纳入低保或特困的脱贫人口", Persons, "136.5萬", "136.5萬脫貧人口");
const WATCHED: Cited = cited("F235", "纳入低保或特困的监测对象", Persons, "40.5萬", "40.5萬監(jiān)測對象");

pub(super) fn statements() -> Result<Vec<Statement>, PrintedError> {
    let secretaries = Basis::AtMost {
        rate: Formula::quotient(SECRETARIES.term()?, TEAMS.term()?),
        most: assumed("每队第一书记", "1人", Persons)?.into(),
    };
    Ok(vec![
        Statement::new("M19".to_owned(), SECRETARIES.term()?, secretaries),
        Statement::new("R8".to_owned(), SHARE.term()?, Basis::ratio(&PLACED.term()?, [GRADUATES.term()?])),
    ])
}

pub(super) fn remarks() -> Vec<Remark> {
    vec![Remark {
        code: "M20".to_owned(),
        places: vec![LIFTED.source(), WATCHED.source()],
        kind: RemarkKind::Garbled { figures: vec![LIFTED.text.to_owned(), WATCHED.text.to_owned()] },
    }]
}
