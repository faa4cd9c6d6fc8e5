//! The figure that a person chooses to work with where documents disagree, with reason and signature. The statement
//! stays as it is: a choice stands beside it, and a later choice beside the earlier one. Rule source: domain.md E15.

use super::Statement;
use super::check::CheckError;
use super::fraction::Fraction;
use super::printed::{Kind, Printed};
use crate::id::UserId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Characters of a reason, at most.
pub const LONGEST_REASON: usize = 500;

/// Which figure is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "figure", content = "of")]
pub enum Choice {
    /// The one that the document states.
    Stated,
    /// The computed one; the place among the candidates where there are several.
    Computed(usize),
    /// Another, as the person writes it.
    Other(Box<Printed>),
}

/// A signed choice. Made only by [`Statement::choose`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Working {
    choice: Choice,
    /// in the base unit of `kind`: fen, 人, 户, parts of one, 亩
    value: Fraction,
    kind: Kind,
    reason: String,
    signed_by: UserId,
    signed_at: DateTime<Utc>,
}

/// Why a choice cannot be signed. Carries facts; sentences are made in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    #[error("no reason given")]
    ReasonMissing,
    #[error("reason longer than {allowed} characters")]
    ReasonTooLong { allowed: usize },
    /// The chosen figure is of another kind than the stated one.
    #[error("{chosen:?} for {stated:?}")]
    KindDiffers { stated: Kind, chosen: Kind },
    /// A range is no figure to work with: one number must be written.
    #[error("not one number")]
    NotOneNumber { low: Fraction, high: Option<Fraction> },
    /// There are only so many computed values.
    #[error("no such computed value among {count}")]
    NoSuchValue { count: usize },
    /// A rate or a bound is computed here, not the stated figure itself.
    #[error("computed is something else")]
    ComputedIsOther,
    /// There is no computed value at all.
    #[error(transparent)]
    NotComputable(CheckError),
}

impl Statement {
    /// Signs the choice of a working figure.
    pub fn choose(
        &self,
        choice: Choice,
        reason: &str,
        signed_by: UserId,
        signed_at: DateTime<Utc>,
    ) -> Result<Working, Refusal> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        if reason.chars().count() > LONGEST_REASON {
            return Err(Refusal::ReasonTooLong { allowed: LONGEST_REASON });
        }
        let kind = self.printed().kind();
        let span = match &choice {
            Choice::Stated => self.printed().named(),
            Choice::Computed(at) => {
                if !self.basis().gives_the_figure() {
                    return Err(Refusal::ComputedIsOther);
                }
                let computed = self.check().map_err(Refusal::NotComputable)?.computed;
                computed.get(*at).ok_or(Refusal::NoSuchValue { count: computed.len() })?.named
            }
            Choice::Other(other) if other.kind() == kind => other.named(),
            Choice::Other(other) => return Err(Refusal::KindDiffers { stated: kind, chosen: other.kind() }),
        };
        let value = span.single().ok_or(Refusal::NotOneNumber { low: span.low(), high: span.high() })?;
        Ok(Working { choice, value, kind, reason: reason.to_owned(), signed_by, signed_at })
    }
}

impl Working {
    pub const fn choice(&self) -> &Choice {
        &self.choice
    }

    /// In the base unit of its kind.
    pub const fn value(&self) -> Fraction {
        self.value
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub const fn signed_by(&self) -> UserId {
        self.signed_by
    }

    pub const fn signed_at(&self) -> DateTime<Utc> {
        self.signed_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::shipped;
    use uuid::Uuid;

    /// Chooses for a shipped statement; the value in the base unit, or the refusal.
    fn check(code: &str, choice: Choice, reason: &str, expected: &str) {
        let statements = shipped::statements().unwrap();
        let statement = statements.iter().find(|statement| statement.code() == code).unwrap();
        let before = statement.clone();
        let got = statement.choose(choice, reason, UserId::new(Uuid::nil()), DateTime::UNIX_EPOCH);
        let got = match got {
            Ok(working) => format!("{:?} {}", working.value(), working.reason()),
            Err(Refusal::ReasonMissing) => "no reason".into(),
            Err(Refusal::ReasonTooLong { allowed }) => format!("over {allowed}"),
            Err(Refusal::KindDiffers { stated, chosen }) => format!("{chosen:?} for {stated:?}"),
            Err(Refusal::NotOneNumber { low, high }) => format!("{low:?} to {high:?}"),
            Err(Refusal::NoSuchValue { count }) => format!("only {count}"),
            Err(Refusal::ComputedIsOther) => "computed is other".into(),
            Err(Refusal::NotComputable(error)) => error.to_string(),
        };
        assert_eq!(got, expected, "{code}");
        assert_eq!(*statement, before, "a source is never altered");
    }

    #[test]
    fn a_person_chooses_and_signs() {
        let other = |text, kind| Choice::Other(Box::new(Printed::read(text, kind).unwrap()));
        check("M1", Choice::Stated, "以文件为准", "91700000000 以文件为准");
        check("M1", Choice::Computed(0), " 分项更细 ", "92495500000 分项更细");
        check("M1", other("92000万元", Kind::Money), "财政局口径", "92000000000 财政局口径");
        check("M1", Choice::Stated, "  ", "no reason");
        check("M1", Choice::Stated, &"长".repeat(501), "over 500");
        check("M1", other("5人", Kind::Persons), "…", "Persons for Money");
        check("M1", other("9-10亿元", Kind::Money), "…", "90000000000 to Some(100000000000)");
        check("M1", Choice::Computed(1), "…", "only 1");
        check("M3", Choice::Computed(1), "以入住贫困人口为基数", "19850/22039 以入住贫困人口为基数");
        check("M16", Choice::Computed(0), "…", "computed is other");
    }
}
