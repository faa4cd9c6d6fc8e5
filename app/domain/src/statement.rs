//! Figures that documents state: what is stated, from what it ought to follow, and what a person chooses to work with.
//!
//! A source is never corrected: a [`Statement`] and its figures have no way to be changed, only checked (`check`) and
//! worked with (`working`). Rule source: domain.md 0.1–0.3, A.6, E6 and E15. Knows no database and no sentence.

pub mod check;
pub mod fraction;
pub mod interval;
pub mod printed;
pub mod remark;
pub mod shipped;
pub mod working;

use printed::Printed;
use serde::{Deserialize, Serialize};

/// Where a figure stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The document's title.
    pub document: String,
    /// Page, paragraph, cell, or the number of the fact in the collection that came with the document.
    pub locator: String,
    /// The source's own words in its own script, short.
    pub words: String,
}

/// A figure of a computation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// What the figure is of: 专项建设基金, 脱贫人口.
    pub label: String,
    pub printed: Printed,
    pub reading: Reading,
    /// `None`: no document says it, the person who checks assumes it.
    pub source: Option<Source>,
}

/// How the words beside a number are taken in a computation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// With its words: 2.5万元以上 has no upper limit.
    AsPrinted,
    /// The number itself, its words left out: what would follow if 以上 meant "about". To be chosen openly, since
    /// with a figure that has no limit hardly any product can be compared.
    Named,
}

impl Term {
    /// A figure that a document states.
    pub const fn cited(label: String, printed: Printed, source: Source) -> Term {
        Term { label, printed, reading: Reading::AsPrinted, source: Some(source) }
    }

    /// A figure that no document states.
    pub const fn assumed(label: String, printed: Printed) -> Term {
        Term { label, printed, reading: Reading::AsPrinted, source: None }
    }

    /// The same figure, its number taken without the words beside it.
    pub fn named(self) -> Term {
        Term { reading: Reading::Named, ..self }
    }
}

/// How a value follows from figures. A figure that occurs twice in one formula is taken as two: the interval is then
/// wider than it need be, so a finding may be missed but none is invented.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "how", content = "of")]
pub enum Formula {
    Figure(Box<Term>),
    Sum(Vec<Formula>),
    Product(Vec<Formula>),
    Difference {
        from: Box<Formula>,
        less: Box<Formula>,
    },
    Quotient {
        part: Box<Formula>,
        base: Box<Formula>,
    },
    /// How many things a text lists by name.
    Listed(Vec<String>),
}

impl From<Term> for Formula {
    fn from(term: Term) -> Formula {
        Formula::Figure(Box::new(term))
    }
}

impl Formula {
    pub fn sum(parts: impl IntoIterator<Item = impl Into<Formula>>) -> Formula {
        Formula::Sum(parts.into_iter().map(Into::into).collect())
    }

    pub fn product(factors: impl IntoIterator<Item = impl Into<Formula>>) -> Formula {
        Formula::Product(factors.into_iter().map(Into::into).collect())
    }

    pub fn difference(from: impl Into<Formula>, less: impl Into<Formula>) -> Formula {
        Formula::Difference { from: Box::new(from.into()), less: Box::new(less.into()) }
    }

    pub fn quotient(part: impl Into<Formula>, base: impl Into<Formula>) -> Formula {
        Formula::Quotient { part: Box::new(part.into()), base: Box::new(base.into()) }
    }
}

/// One of several formulas that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// What tells it from the others: the base's or the method's name.
    pub label: String,
    pub formula: Formula,
}

/// What the stated figure is held against.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum Basis {
    /// It equals this.
    Follows(Formula),
    /// It equals one of these; the text does not say which.
    OneOf(Vec<Candidate>),
    /// It is a part of this, so it cannot be more.
    PartOf(Formula),
    /// This is a part of it, so it cannot be less.
    WholeOf(Formula),
    /// It is said per something, and the text leaves open per what: one formula for each reading.
    Unclear(Vec<Candidate>),
    /// This rate of it should be about what it is elsewhere: not more than `times` as much, nor as little.
    LikePeer { rate: Formula, peer: Formula, times: u8 },
    /// This rate of it should not be above what is usual.
    AtMost { rate: Formula, most: Formula },
}

impl Basis {
    /// The sum of all its parts.
    pub fn parts(parts: impl IntoIterator<Item = Term>) -> Basis {
        Basis::Follows(Formula::sum(parts))
    }

    /// A share of one of several bases: percent, or so many of `part` for each of the base.
    pub fn ratio(part: &Term, bases: impl IntoIterator<Item = Term>) -> Basis {
        Basis::OneOf(candidates(part, bases))
    }

    /// As [`Basis::ratio`] where no share is stated to compare with.
    pub fn unclear(part: &Term, bases: impl IntoIterator<Item = Term>) -> Basis {
        Basis::Unclear(candidates(part, bases))
    }

    pub fn product(factors: impl IntoIterator<Item = Term>) -> Basis {
        Basis::Follows(Formula::product(factors))
    }

    pub fn quotient(part: impl Into<Formula>, base: impl Into<Formula>) -> Basis {
        Basis::Follows(Formula::quotient(part, base))
    }

    pub fn difference(from: impl Into<Formula>, less: impl Into<Formula>) -> Basis {
        Basis::Follows(Formula::difference(from, less))
    }

    /// Whether what is computed is the stated figure itself, so that a person may work with it instead.
    pub const fn gives_the_figure(&self) -> bool {
        match self {
            Basis::Follows(_) | Basis::OneOf(_) => true,
            Basis::PartOf(_)
            | Basis::WholeOf(_)
            | Basis::Unclear(_)
            | Basis::LikePeer { .. }
            | Basis::AtMost { .. } => false,
        }
    }
}

/// `part` over each base, named after the base.
fn candidates(part: &Term, bases: impl IntoIterator<Item = Term>) -> Vec<Candidate> {
    let over =
        |base: Term| Candidate { label: base.label.clone(), formula: Formula::quotient(part.clone(), base) };
    bases.into_iter().map(over).collect()
}

/// A figure that a document states, and what it is held against. Has no way to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Statement {
    /// Short name within its collection: `M1`.
    code: String,
    /// Its label is the indicator.
    stated: Term,
    basis: Basis,
}

impl Statement {
    pub const fn new(code: String, stated: Term, basis: Basis) -> Statement {
        Statement { code, stated, basis }
    }

    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the figure is of.
    pub fn indicator(&self) -> &str {
        &self.stated.label
    }

    pub const fn printed(&self) -> &Printed {
        &self.stated.printed
    }

    /// The stated figure with its label and source.
    pub const fn stated(&self) -> &Term {
        &self.stated
    }

    pub const fn basis(&self) -> &Basis {
        &self.basis
    }
}
