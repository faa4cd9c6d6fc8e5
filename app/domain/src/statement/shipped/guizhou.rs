//! Guizhou: follow-up support in 2024. Figures and their words only.

use super::{Cited, source};
use crate::statement::printed::{Kind, PrintedError};
use crate::statement::remark::{Remark, RemarkKind};
use crate::statement::{Basis, Formula, Statement};
use Kind::{Number, Percent, Persons};

const DOCUMENT: &str = "贵州省2024年易地搬迁后续扶持工作显成效";

const fn cited(
    fact: &'static str,
    label: &'static str,
    kind: Kind,
    text: &'static str,
    words: &'static str,
) -> Cited {
    Cited { document: DOCUMENT, fact, label, kind, text, words }
}

const PROJECTS: Cited =
    cited("F056", "申报实施的后续扶持项目", Number, "807个", "各地申报实施的后续扶持项目807个");
const INDUSTRY: Cited = cited("F057", "其中产业项目", Number, "250个", "其中产业项目250个");
const JOBS: Cited = cited("F058", "预计带动就业", Persons, "6717人", "预计带动搬迁群众就业6717人");
const EMPLOYED: Cited = cited("F060", "搬迁劳动力就业", Persons, "96.38万人", "全省搬迁劳动力就业96.38万人");
const RATE: Cited = cited("F061", "就业率", Percent, "96.1%", "就业率96.1%");
const MORE: Cited = cited("F062", "就业同比增加", Persons, "1.07万人", "同比分别增加1.07万人、0.31个百分点");
const RATE_MORE: Cited =
    cited("F063", "就业率同比增加", Percent, "0.31个百分点", "同比分别增加1.07万人、0.31个百分点");

/// Employed over rate gives the labour force; that of a year before follows from the stated changes.
fn labour_force() -> Result<Basis, PrintedError> {
    Ok(Basis::LikePeer {
        rate: Formula::quotient(EMPLOYED.term()?, RATE.term()?),
        peer: Formula::quotient(
            Formula::difference(EMPLOYED.term()?, MORE.term()?),
            Formula::difference(RATE.term()?, RATE_MORE.term()?),
        ),
        times: 2,
    })
}

pub(super) fn statements() -> Result<Vec<Statement>, PrintedError> {
    let jobs = JOBS.term()?;
    let per_project = Basis::unclear(&jobs, super::terms([&INDUSTRY, &PROJECTS])?);
    Ok(vec![
        Statement::new("M16".to_owned(), jobs, per_project),
        Statement::new("R12".to_owned(), EMPLOYED.term()?, labour_force()?),
    ])
}

pub(super) fn remarks() -> Vec<Remark> {
    vec![Remark {
        code: "M17".to_owned(),
        places: vec![source(DOCUMENT, PROJECTS.fact, PROJECTS.words)],
        kind: RemarkKind::TextRepeated { times: 2 },
    }]
}
