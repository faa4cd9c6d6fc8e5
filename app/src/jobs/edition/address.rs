//! Addresses of editions, where their forms lead, and back with what was typed. Knows no component.

use crate::jobs::record::address::RECORD;
use crate::parts::address::encode;
use crate::parts::retyped::{back, back_within};
use contract::jobs::edition::{DecideForm, DraftForm, EditDraftForm, EditionView, ProposeForm};
use contract::jobs::record::AdoptForm;

pub const PATH: &str = "/coefficients";

/// Most bytes of the texts of a draft: every number and every source, which are written in Chinese.
const DRAFT_BYTES_MOST: usize = 14_000;

pub fn edition(number: u32) -> String {
    format!("{PATH}/{number}")
}

pub fn made(number: &u32) -> String {
    format!("{}?done=made", edition(*number))
}

pub fn edited(view: &EditionView) -> String {
    format!("{}?done=saved", edition(view.line.number))
}

pub fn proposed(view: &EditionView) -> String {
    format!("{}?done=proposed", edition(view.line.number))
}

pub fn decided(view: &EditionView) -> String {
    format!("{}?done=decided", edition(view.line.number))
}

pub fn draft_back(form: &DraftForm) -> String {
    back(PATH, &[("valid_from", &form.valid_from), ("reason", &form.reason)])
}

pub fn adopt_back(form: &AdoptForm) -> String {
    let typed = [("month", form.month.as_str()), ("valid_from", &form.valid_from), ("reason", &form.reason)];
    back(RECORD, &typed)
}

pub fn propose_back(form: &ProposeForm) -> String {
    of(&form.number)
}

pub fn decide_back(form: &DecideForm) -> String {
    back(&of(&form.number), &[("verdict_reason", &form.reason)])
}

/// Every text of the table goes along, the numbers first, since addresses have an end.
pub fn edit_back(form: &EditDraftForm) -> String {
    let mut typed = vec![
        ("valid_from".to_owned(), form.valid_from.as_str()),
        ("reason".to_owned(), form.reason.as_str()),
    ];
    let columns = [("low", &form.low), ("standard", &form.standard), ("high", &form.high)];
    let columns = columns.into_iter().chain([("year", &form.year), ("source", &form.source)]);
    for (column, texts) in columns {
        typed.extend(texts.iter().map(|(code, text)| (format!("{column}[{code}]"), text.as_str())));
    }
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    back_within(DRAFT_BYTES_MOST, &of(&form.number), &typed)
}

fn of(number: &str) -> String {
    format!("{PATH}/{}", encode(number))
}
