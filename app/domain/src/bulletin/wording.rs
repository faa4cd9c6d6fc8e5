//! What a person adds to a draft: the head of the document, weights, and paragraphs in own words. Knows no layout.

use super::draft::Part;
use super::rank::Weights;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most characters of a line of the head.
pub const LINE_MOST: usize = 100;
/// Most characters of a paragraph.
pub const PARAGRAPH_MOST: usize = 3000;

/// The head of a document in the layout of official papers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    /// 发文机关, printed in red on top
    pub organ: String,
    /// 发文字号
    pub number: String,
    /// 标题
    pub title: String,
    /// 主送机关
    pub addressee: String,
    /// 落款
    pub signer: String,
    /// 成文日期, as it is printed
    pub dated: String,
}

/// Everything that a person wrote. What was not touched follows from the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    pub head: Letterhead,
    pub weights: Weights,
    pub paragraphs: BTreeMap<Part, String>,
}

impl Wording {
    /// The paragraph in other words; without any it is the draft's again.
    pub fn reword(&mut self, part: Part, text: Option<String>) {
        match text {
            Some(text) => self.paragraphs.insert(part, text),
            None => self.paragraphs.remove(&part),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_paragraph_is_the_drafts_again_and_the_rest_stays() {
        let mut wording = Wording::default();
        wording.reword(Part::Practice, Some("a".into()));
        wording.reword(Part::Money, Some("b".into()));
        wording.reword(Part::Money, None);
        assert_eq!(wording.paragraphs.keys().copied().collect::<Vec<_>>(), [Part::Practice]);
        let text = serde_json::to_string(&wording).unwrap();
        assert_eq!(serde_json::from_str::<Wording>(&text).unwrap(), wording);
    }
}
