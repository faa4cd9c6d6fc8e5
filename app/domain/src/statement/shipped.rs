//! The figures of the five source documents, as the demo of the check: what they state and from what it ought to
//! follow. Data only: verdicts are computed and stand nowhere. Codes are those of domain.md A.6; `R…` are those that
//! reconcile there.

mod guizhou;
mod henan;
mod jinzhong;
mod sanmenxia;
mod xianning;

use super::printed::{Kind, Printed, PrintedError};
use super::remark::Remark;
use super::{Source, Statement, Term};

/// All statements, in the order of the documents.
pub fn statements() -> Result<Vec<Statement>, PrintedError> {
    let documents = [
        sanmenxia::statements()?,
        guizhou::statements()?,
        xianning::statements()?,
        jinzhong::statements()?,
        henan::statements()?,
    ];
    Ok(documents.into_iter().flatten().collect())
}

/// All remarks, in the order of the documents.
pub fn remarks() -> Vec<Remark> {
    [sanmenxia::remarks(), guizhou::remarks(), xianning::remarks(), jinzhong::remarks(), henan::remarks()]
        .into_iter()
        .flatten()
        .collect()
}

/// One figure of a document.
struct Cited {
    document: &'static str,
    /// Number of the fact in the collection of facts that came with the documents.
    fact: &'static str,
    label: &'static str,
    kind: Kind,
    text: &'static str,
    words: &'static str,
}

impl Cited {
    fn source(&self) -> Source {
        source(self.document, self.fact, self.words)
    }

    fn term(&self) -> Result<Term, PrintedError> {
        let printed = Printed::read(self.text, self.kind)?;
        Ok(Term::cited(self.label.to_owned(), printed, self.source()))
    }
}

fn source(document: &str, locator: &str, words: &str) -> Source {
    Source { document: document.to_owned(), locator: locator.to_owned(), words: words.to_owned() }
}

/// A figure that no document states.
fn assumed(label: &str, text: &str, kind: Kind) -> Result<Term, PrintedError> {
    Ok(Term::assumed(label.to_owned(), Printed::read(text, kind)?))
}

fn terms<const N: usize>(figures: [&Cited; N]) -> Result<Vec<Term>, PrintedError> {
    figures.into_iter().map(Cited::term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::check::{Checked, Computed, Verdict};
    use crate::statement::fraction::Fraction;
    use crate::statement::interval::Interval;
    use crate::statement::{Basis, Formula};
    use std::collections::BTreeSet;

    /// What a value is shown in: fen as 万元, a share as percent, people as they are.
    fn shown(value: Fraction, kind: Kind) -> String {
        let (factor, places) = match kind {
            Kind::Money => (Fraction::new(1, 1_000_000), 3),
            Kind::Percent => (Fraction::new(100, 1), 3),
            Kind::Persons | Kind::Households | Kind::Area | Kind::Number => (Fraction::new(1, 1), 3),
        };
        let digits = value.checked_mul(factor.unwrap()).unwrap().rounded(places).unwrap();
        digits.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    fn span(interval: Interval, kind: Kind) -> String {
        let low = shown(interval.low(), kind);
        match (interval.single(), interval.high()) {
            (Some(_), _) => low,
            (None, Some(high)) => format!("{low}..{}", shown(high, kind)),
            (None, None) => format!("{low}.."),
        }
    }

    fn values(checked: &Checked, kind: Kind, of: fn(&Computed) -> Interval) -> String {
        checked.computed.iter().map(|value| span(of(value), kind)).collect::<Vec<_>>().join(", ")
    }

    /// Computed values and verdict of a shipped statement, in 万元, percent, or as they are.
    fn check(code: &str, expected: &str) {
        let all = statements().unwrap();
        let statement = all.iter().find(|statement| statement.code() == code).unwrap();
        let checked = statement.check().unwrap();
        let kind = statement.printed().kind();
        let verdict = match &checked.verdict {
            Verdict::Equal => "equal".to_owned(),
            Verdict::EqualWithinRounding => "within rounding".to_owned(),
            Verdict::Truncated { rounded } => format!("truncated, rounds to {}", shown(*rounded, kind)),
            Verdict::Holds => "holds".to_owned(),
            Verdict::PartExceedsWhole { by, least_gap } => {
                format!("exceeds by {}, least {}", span(*by, kind), shown(*least_gap, kind))
            }
            Verdict::NoBaseFits { needed } => {
                let of = |n: &crate::statement::check::Needed| {
                    format!("part {} or base {}", span(n.part, Kind::Number), span(n.base, Kind::Number))
                };
                format!("none fits: {}", needed.iter().map(of).collect::<Vec<_>>().join("; "))
            }
            Verdict::Differs { difference, least_gap } => {
                format!("differs by {}, least {}", span(*difference, kind), shown(*least_gap, kind))
            }
            Verdict::Ambiguous => "ambiguous".to_owned(),
            Verdict::UnlikePeer { peer, times } => {
                format!("over {times} times unlike {}", span(peer.named, kind))
            }
            Verdict::AboveUsual { most } => format!("above the usual {}", span(most.named, kind)),
        };
        let severity = checked.severity().map_or(String::new(), |severity| format!(" ({severity:?})"));
        let got = format!("{} | {verdict}{severity}", values(&checked, kind, |value| value.named));
        assert_eq!(got, expected, "{code}");
    }

    #[test]
    fn four_sources_do_not_make_the_total() {
        check("M1", "92495.5 | differs by 795.5, least 644.95 (Warning)");
        let all = statements().unwrap();
        let checked = all.iter().find(|statement| statement.code() == "M1").unwrap().check().unwrap();
        assert_eq!(span(checked.stated.allows, Kind::Money), "91650..91750");
        assert_eq!(values(&checked, Kind::Money, |value| value.allows), "92394.95..92596.05");
    }

    #[test]
    fn what_does_not_reconcile_comes_out_as_researched() {
        check("M2", "4434 | exceeds by 810, least 810 (Warning)");
        check(
            "M3",
            "86.647, 90.068, 77.294 | none fits: part 21650..21878 or base 20786..21005; \
             part 20827..21047 or base 20786..21005; part 8557..8647 or base 7329..7406 (Warning)",
        );
        check("M4", "22909 | exceeds by 37, least 37 (Warning)");
        check("M5", "0.462, 0.53 | none fits: part 10406 or base 4803; part 9055 or base 4803 (Warning)");
        check("M6", "5729 | exceeds by 926, least 926 (Warning)");
        check("M7", "10930.11 | exceeds by 524.11, least 524 (Warning)");
        check("M9", "8.868 | over 2 times unlike 28.917 (Warning)");
        check("M10", "90.383 | truncated, rounds to 90.4 (Note)");
        check("M11", "1.595 | differs by -0.105, least 0.077 (Warning)");
        check("M12", "25200..42000 | exceeds by 6600..23400, least 5464 (Warning)");
        check("M13", "72210, 109500 | none fits:  (Warning)");
        check("M16", "26.868, 8.323 | ambiguous (Warning)");
        check("M19", "1.273 | above the usual 1 (Note)");
    }

    #[test]
    fn what_is_too_much_says_what_would_fit() {
        let all = statements().unwrap();
        let along = all.iter().find(|statement| statement.code() == "M2").unwrap();
        let Verdict::PartExceedsWhole { by, .. } = along.check().unwrap().verdict else { panic!("fits") };
        let Basis::WholeOf(Formula::Difference { less, .. }) = along.basis() else { panic!("another basis") };
        let fits = less.evaluate().unwrap().named.plus(by).unwrap();
        assert_eq!(fits.single(), Some(Fraction::whole(22_849)));
    }

    #[test]
    fn what_reconciles_stays_silent() {
        check("R1", "26533 | equal");
        check("R2", "99.774 | within rounding");
        check("R3", "96.202 | within rounding");
        check("R4", "94.721 | within rounding");
        check("R5", "61.921 | within rounding");
        check("R6", "74.051 | within rounding");
        check("R7", "29.747 | within rounding");
        check("R8", "97.214 | within rounding");
        check("R9", "4.785 | within rounding");
        check("R10", "1.595 | within rounding");
        check("R11", "1.914 | within rounding");
        check("R12", "1002913.632 | holds");
        check("R13", "5 | equal");
        check("R14", "8 | equal");
        check("R15", "3 | equal");
    }

    /// Every printed figure stands in the words it is cited with, so that a reader can find it.
    #[test]
    fn a_figure_stands_in_its_own_words() {
        let stands = |term: &Term| {
            term.source.as_ref().is_none_or(|source| source.words.contains(term.printed.text()))
        };
        for statement in statements().unwrap() {
            assert!(stands(statement.stated()), "{:?}", statement.stated());
            for term in terms_of(statement.basis()) {
                assert!(stands(term), "{term:?}");
            }
        }
    }

    fn terms_of(basis: &Basis) -> Vec<&Term> {
        match basis {
            Basis::Follows(formula) | Basis::PartOf(formula) | Basis::WholeOf(formula) => leaves(formula),
            Basis::OneOf(candidates) | Basis::Unclear(candidates) => {
                candidates.iter().flat_map(|candidate| leaves(&candidate.formula)).collect()
            }
            Basis::LikePeer { rate: one, peer: other, .. } | Basis::AtMost { rate: one, most: other } => {
                [leaves(one), leaves(other)].concat()
            }
        }
    }

    fn leaves(formula: &Formula) -> Vec<&Term> {
        match formula {
            Formula::Figure(term) => vec![term],
            Formula::Sum(formulas) | Formula::Product(formulas) => formulas.iter().flat_map(leaves).collect(),
            Formula::Difference { from: one, less: other } | Formula::Quotient { part: one, base: other } => {
                [leaves(one), leaves(other)].concat()
            }
            Formula::Listed(_) => Vec::new(),
        }
    }

    #[test]
    fn the_gain_of_the_orchards_is_six_to_ten_yi() {
        let all = statements().unwrap();
        let orchards = all.iter().find(|statement| statement.code() == "M12").unwrap();
        let Basis::WholeOf(Formula::Quotient { part, .. }) = orchards.basis() else {
            panic!("another basis")
        };
        assert_eq!(span(part.evaluate().unwrap().named, Kind::Money), "63000..105000");
    }

    #[test]
    fn every_number_of_the_table_is_shipped_once() {
        let statements = statements().unwrap();
        let remarks = remarks();
        let codes = statements.iter().map(Statement::code).chain(remarks.iter().map(|r| r.code.as_str()));
        let codes: Vec<&str> = codes.collect();
        let distinct: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!(distinct.len(), codes.len());
        let expected = (1..=20).map(|n| format!("M{n}")).chain((1..=15).map(|n| format!("R{n}")));
        assert_eq!(distinct, expected.collect::<Vec<_>>().iter().map(String::as_str).collect());
        let notes: Vec<&str> = remarks.iter().map(|remark| remark.code.as_str()).collect();
        assert_eq!(notes, ["M14", "M15", "M17", "M18", "M8", "M20"]);
    }

    #[test]
    fn statements_cross_the_wire_unchanged() {
        for statement in statements().unwrap() {
            let json = serde_json::to_string(&statement).unwrap();
            assert_eq!(serde_json::from_str::<Statement>(&json).unwrap(), statement);
            let checked = statement.check().unwrap();
            let json = serde_json::to_string(&checked).unwrap();
            assert_eq!(serde_json::from_str::<Checked>(&json).unwrap(), checked);
        }
    }
}
