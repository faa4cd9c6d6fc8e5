//! How well a rule is founded: one word for rules of sources and rules of the review. Judges nothing.

use serde::{Deserialize, Serialize};

/// How well a rule is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Mark {
    /// An article of a law or regulation.
    Law,
    /// A document or an audit that was read.
    Found,
    /// Practice without a document at hand; stays a hint until a person confirms it (domain.md E7).
    Known,
}

impl Mark {
    pub const ALL: [Mark; 3] = [Mark::Law, Mark::Found, Mark::Known];

    /// Stable code in the database, as in domain.md: `LAW`, `FOUND`, `KNOWN`.
    pub const fn code(self) -> &'static str {
        match self {
            Mark::Law => "LAW",
            Mark::Found => "FOUND",
            Mark::Known => "KNOWN",
        }
    }

    pub fn from_code(code: &str) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| mark.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_are_those_of_the_wire() {
        for mark in Mark::ALL {
            assert_eq!(Mark::from_code(mark.code()), Some(mark));
            assert_eq!(serde_json::to_string(&mark).unwrap(), format!("\"{}\"", mark.code()));
        }
    }
}
