//! Remarks about a document's text that no computation decides: kept beside the statements as notes. Judges nothing.

use super::Source;
use crate::finding::Severity;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A note about what a document says, or how.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Remark {
    /// Short name within its collection: `M8`.
    pub code: String,
    /// The places concerned, in the order of the text.
    pub places: Vec<Source>,
    pub kind: RemarkKind,
}

/// What there is to note. Carries facts; sentences are made in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RemarkKind {
    /// Two places have the same figure: one may be a copy of the other.
    SameFigureElsewhere { figure: String, areas: Vec<String> },
    /// Two words beside one number contradict each other (近…余).
    WordsContradict { figure: String },
    /// Each year, or in all years together: the text does not say.
    EachOrInAll { figure: String, years: u8 },
    /// The whole text stands in the document so many times: its facts must not be counted as often.
    TextRepeated { times: u8 },
    /// 成文日期 and 发布日期 differ; both are kept.
    TwoDates { signed: NaiveDate, published: NaiveDate },
    /// Signs around these figures are broken: their meaning is not certain.
    Garbled { figures: Vec<String> },
}

impl Remark {
    /// A remark informs; nobody need act.
    pub const fn severity(&self) -> Severity {
        Severity::Note
    }
}
