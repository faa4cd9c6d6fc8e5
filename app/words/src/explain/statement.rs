//! Figures that documents state, as sentences: values with their units, arithmetic in words, verdicts, remarks.

use crate::{Locale, format, name, t};
use domain::statement::check::{CheckError, Checked, Computed, Needed, Verdict};
use domain::statement::fraction::Fraction;
use domain::statement::interval::{ArithmeticError, Interval};
use domain::statement::printed::Kind;
use domain::statement::remark::RemarkKind;
use domain::statement::working::Refusal as R;
use domain::statement::{Basis, Formula, Reading, Statement, Term};

/// Most decimals of a value; all that amounts and shares of documents need.
const PLACES: u32 = 3;

/// A value in the unit people use, all its digits up to three decimals: `92,495.5 万元`, `90.383%`, `3,624 人`.
pub fn figure(l: Locale, value: Fraction, kind: Kind) -> String {
    let digits = digits(value, kind);
    match kind {
        Kind::Money => t!(l, common.amount_wan, amount = digits),
        Kind::Percent => t!(l, statement.percent, number = digits),
        Kind::Persons => t!(l, statement.persons, number = digits),
        Kind::Households => t!(l, statement.households, number = digits),
        Kind::Area => t!(l, statement.area, number = digits),
        Kind::Number => digits,
    }
}

/// The unit in which [`figure`] says a value; a mere number has none.
pub fn unit(l: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Money => t!(l, common.unit_wan),
        Kind::Persons => t!(l, statement.unit_persons),
        Kind::Households => t!(l, statement.unit_households),
        Kind::Percent => t!(l, statement.unit_percent),
        Kind::Area => t!(l, statement.unit_area),
        Kind::Number => format::UNKNOWN,
    }
}

/// Digits alone: fen as 万元, a share as percent, everything else as it is.
fn digits(value: Fraction, kind: Kind) -> String {
    let factor = match kind {
        Kind::Money => Fraction::new(1, 1_000_000),
        Kind::Percent => Some(Fraction::whole(100)),
        Kind::Persons | Kind::Households | Kind::Area | Kind::Number => Some(Fraction::ONE),
    };
    let scaled = factor.and_then(|factor| value.checked_mul(factor)).and_then(|value| value.rounded(PLACES));
    let Some(plain) = scaled else { return format::UNKNOWN.to_owned() };
    format::grouped(plain.trim_end_matches('0').trim_end_matches('.'))
}

/// One value, or from where to where.
pub fn span(l: Locale, interval: Interval, kind: Kind) -> String {
    match (interval.single(), interval.high()) {
        (Some(value), _) => figure(l, value, kind),
        (None, Some(high)) => {
            t!(l, statement.span, low = digits(interval.low(), kind), high = figure(l, high, kind))
        }
        (None, None) => t!(l, statement.at_least, low = figure(l, interval.low(), kind)),
    }
}

/// A difference with its sign.
fn signed(l: Locale, interval: Interval, kind: Kind) -> String {
    let text = span(l, interval, kind);
    let is_plus = interval.single().is_some_and(|value| !value.is_negative() && !value.is_zero());
    if is_plus { format!("+{text}") } else { text }
}

/// A formula with the figures as they are printed: `中央预算内投资 5481萬元 + …`.
pub fn formula(l: Locale, formula: &Formula) -> String {
    match formula {
        Formula::Figure(term) => term_words(term),
        Formula::Sum(parts) => joined(l, parts, " + "),
        Formula::Product(factors) => joined(l, factors, " × "),
        Formula::Difference { from, less } => format!("{} − {}", inner(l, from), inner(l, less)),
        Formula::Quotient { part, base } => format!("{} ÷ {}", inner(l, part), inner(l, base)),
        Formula::Listed(names) => t!(l, statement.listed, count = names.len(), names = names.join(" · ")),
    }
}

fn term_words(term: &Term) -> String {
    format!("{} {}", term.label, term.printed.text())
}

fn joined(l: Locale, formulas: &[Formula], sign: &str) -> String {
    formulas.iter().map(|part| inner(l, part)).collect::<Vec<_>>().join(sign)
}

fn inner(l: Locale, part: &Formula) -> String {
    match part {
        Formula::Figure(_) | Formula::Listed(_) => formula(l, part),
        Formula::Sum(_) | Formula::Product(_) | Formula::Difference { .. } | Formula::Quotient { .. } => {
            format!("({})", formula(l, part))
        }
    }
}

/// What a value of the formula counts; a quotient counts what its part does, unless it is a mere rate.
fn kind_of(formula: &Formula) -> Kind {
    match formula {
        Formula::Figure(term) => term.printed.kind(),
        Formula::Sum(parts) => parts.first().map_or(Kind::Number, kind_of),
        Formula::Product(factors) => {
            let is_money = factors.iter().any(|factor| kind_of(factor) == Kind::Money);
            if is_money { Kind::Money } else { Kind::Number }
        }
        Formula::Difference { from, .. } => kind_of(from),
        Formula::Quotient { part, base } => {
            let (part, base) = (kind_of(part), kind_of(base));
            // So many persons a household are no persons.
            let is_rate = part == base || (part.is_counted() && base.is_counted());
            if is_rate { Kind::Number } else { part }
        }
        Formula::Listed(_) => Kind::Number,
    }
}

/// What the computed values of a statement count.
pub fn computed_kind(statement: &Statement) -> Kind {
    match statement.basis() {
        Basis::Follows(_) | Basis::OneOf(_) | Basis::PartOf(_) | Basis::WholeOf(_) => {
            statement.printed().kind()
        }
        Basis::Unclear(candidates) => {
            candidates.first().map_or(Kind::Number, |candidate| kind_of(&candidate.formula))
        }
        Basis::LikePeer { rate, .. } | Basis::AtMost { rate, .. } => kind_of(rate),
    }
}

/// The formulas of a statement in the order of its computed values.
pub fn formulas(statement: &Statement) -> Vec<&Formula> {
    match statement.basis() {
        Basis::Follows(formula) | Basis::PartOf(formula) | Basis::WholeOf(formula) => vec![formula],
        Basis::OneOf(candidates) | Basis::Unclear(candidates) => {
            candidates.iter().map(|candidate| &candidate.formula).collect()
        }
        Basis::LikePeer { rate, .. } | Basis::AtMost { rate, .. } => vec![rate],
    }
}

/// Every figure that the statement is held against, in the order of the text.
pub fn terms(statement: &Statement) -> Vec<&Term> {
    let mut formulas = formulas(statement);
    match statement.basis() {
        Basis::LikePeer { peer: other, .. } | Basis::AtMost { most: other, .. } => formulas.push(other),
        Basis::Follows(_) | Basis::PartOf(_) | Basis::WholeOf(_) | Basis::OneOf(_) | Basis::Unclear(_) => {}
    }
    let mut found: Vec<&Term> = Vec::new();
    for formula in formulas {
        collect(formula, &mut found);
    }
    found
}

fn collect<'a>(formula: &'a Formula, found: &mut Vec<&'a Term>) {
    match formula {
        Formula::Figure(term) if found.contains(&term.as_ref()) => {}
        Formula::Figure(term) => found.push(term),
        Formula::Sum(parts) | Formula::Product(parts) => {
            parts.iter().for_each(|part| collect(part, found));
        }
        Formula::Difference { from: one, less: other } | Formula::Quotient { part: one, base: other } => {
            collect(one, found);
            collect(other, found);
        }
        Formula::Listed(_) => {}
    }
}

/// What the statement ought to be.
pub fn basis(l: Locale, statement: &Statement) -> String {
    let indicator = statement.indicator().to_owned();
    match statement.basis() {
        Basis::Follows(of) => t!(l, statement.basis_follows, indicator = indicator, formula = formula(l, of)),
        Basis::OneOf(_) => t!(l, statement.basis_one_of, indicator = indicator),
        Basis::PartOf(of) => t!(l, statement.basis_part_of, indicator = indicator, formula = formula(l, of)),
        Basis::WholeOf(of) => {
            t!(l, statement.basis_whole_of, indicator = indicator, formula = formula(l, of))
        }
        Basis::Unclear(_) => t!(l, statement.basis_unclear, indicator = indicator),
        Basis::LikePeer { rate, peer, times } => t!(
            l,
            statement.basis_like_peer,
            rate = formula(l, rate),
            peer = formula(l, peer),
            times = u32::from(*times)
        ),
        Basis::AtMost { rate, most } => {
            t!(l, statement.basis_at_most, rate = formula(l, rate), most = formula(l, most))
        }
    }
}

/// Value and interval of one computation in words.
pub fn computed(l: Locale, value: &Computed, kind: Kind) -> String {
    if value.named == value.allows {
        return t!(l, statement.computed_exact, value = span(l, value.named, kind));
    }
    t!(l, statement.computed, value = span(l, value.named, kind), allows = span(l, value.allows, kind))
}

/// The verdict's numbers in one sentence.
pub fn verdict(l: Locale, statement: &Statement, checked: &Checked) -> String {
    let (own, rate) = (statement.printed().kind(), computed_kind(statement));
    match &checked.verdict {
        Verdict::Equal => t!(l, statement.says_equal).to_owned(),
        Verdict::EqualWithinRounding => t!(l, statement.says_within).to_owned(),
        Verdict::Truncated { rounded } => {
            t!(l, statement.says_truncated, rounded = figure(l, *rounded, own))
        }
        Verdict::Holds => t!(l, statement.says_holds).to_owned(),
        Verdict::PartExceedsWhole { by, least_gap } => {
            t!(l, statement.says_exceeds, by = span(l, *by, own), least = figure(l, *least_gap, own))
        }
        Verdict::NoBaseFits { needed } => needed_bases(l, needed),
        Verdict::Differs { difference, least_gap } => t!(
            l,
            statement.says_differs,
            difference = signed(l, *difference, own),
            least = figure(l, *least_gap, own)
        ),
        Verdict::Ambiguous => t!(l, statement.says_ambiguous).to_owned(),
        Verdict::UnlikePeer { peer, times } => {
            t!(l, statement.says_unlike, peer = span(l, peer.named, rate), times = u32::from(*times))
        }
        Verdict::AboveUsual { most } => t!(l, statement.says_above, most = span(l, most.named, rate)),
    }
}

fn needed_bases(l: Locale, needed: &[Needed]) -> String {
    let one = |needed: &Needed| {
        t!(
            l,
            statement.says_needed,
            label = needed.label.clone(),
            part = span(l, needed.part, Kind::Number),
            base = span(l, needed.base, Kind::Number)
        )
    };
    let all = needed.iter().map(one).collect::<Vec<_>>().join(t!(l, statement.semicolon));
    t!(l, statement.says_no_base, needed = all)
}

/// The difference for a cell of the table, and the least gap; `None` where there is none.
pub fn difference(l: Locale, statement: &Statement, checked: &Checked) -> Option<(String, String)> {
    let kind = statement.printed().kind();
    match &checked.verdict {
        Verdict::Differs { difference: by, least_gap } | Verdict::PartExceedsWhole { by, least_gap } => {
            let least = figure(l, *least_gap, kind);
            Some((signed(l, *by, kind), t!(l, statement.least, least = least)))
        }
        Verdict::Equal
        | Verdict::EqualWithinRounding
        | Verdict::Truncated { .. }
        | Verdict::Holds
        | Verdict::NoBaseFits { .. }
        | Verdict::Ambiguous
        | Verdict::UnlikePeer { .. }
        | Verdict::AboveUsual { .. } => None,
    }
}

/// How the words beside a number were taken; `None` for as they are printed.
pub fn reading(l: Locale, term: &Term) -> Option<&'static str> {
    match term.reading {
        Reading::AsPrinted => None,
        Reading::Named => Some(t!(l, statement.reading_named)),
    }
}

/// Why a statement could not be computed.
pub fn check_error(l: Locale, error: &CheckError) -> String {
    match error {
        CheckError::Arithmetic(ArithmeticError::DivisionByZero) => t!(l, statement.cannot_zero).to_owned(),
        CheckError::Arithmetic(ArithmeticError::NoLimit) => t!(l, statement.cannot_no_limit).to_owned(),
        CheckError::Arithmetic(ArithmeticError::TooLarge) => t!(l, statement.cannot_large).to_owned(),
        CheckError::NothingGiven => t!(l, statement.cannot_nothing).to_owned(),
        CheckError::KindsDiffer { left, right } => t!(
            l,
            statement.cannot_kinds,
            left = name::figure_kind(l, *left),
            right = name::figure_kind(l, *right)
        ),
    }
}

/// What there is to note about a text.
pub fn remark(l: Locale, remark: &RemarkKind) -> String {
    match remark {
        RemarkKind::SameFigureElsewhere { figure, areas } => {
            t!(l, statement.remark_same, figure = figure.clone(), areas = areas.join(" · "))
        }
        RemarkKind::WordsContradict { figure } => {
            t!(l, statement.remark_contradict, figure = figure.clone())
        }
        RemarkKind::EachOrInAll { figure, years } => {
            t!(l, statement.remark_each, figure = figure.clone(), years = u32::from(*years))
        }
        RemarkKind::TextRepeated { times } => t!(l, statement.remark_repeated, times = u32::from(*times)),
        RemarkKind::TwoDates { signed, published } => t!(
            l,
            statement.remark_dates,
            signed = format::date(*signed),
            published = format::date(*published)
        ),
        RemarkKind::Garbled { figures } => {
            t!(l, statement.remark_garbled, figures = figures.join(" · "))
        }
    }
}

/// Why a figure cannot be worked with.
pub fn statement_refusal(l: Locale, refusal: &R) -> String {
    match refusal {
        R::ReasonMissing => t!(l, statement.refused_reason).to_owned(),
        R::ReasonTooLong { allowed } => t!(l, statement.refused_reason_long, most = *allowed),
        R::KindDiffers { stated, chosen } => t!(
            l,
            statement.refused_kind,
            stated = name::figure_kind(l, *stated),
            chosen = name::figure_kind(l, *chosen)
        ),
        R::NotOneNumber { .. } => t!(l, statement.refused_range).to_owned(),
        R::NoSuchValue { count } => t!(l, statement.refused_no_such, count = *count),
        R::ComputedIsOther => t!(l, statement.refused_other).to_owned(),
        R::NotComputable(error) => check_error(l, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statement::shipped;

    fn check(code: &str, expected: &[&str]) {
        let statements = shipped::statements().unwrap();
        let statement = statements.iter().find(|statement| statement.code() == code).unwrap();
        let checked = statement.check().unwrap();
        let l = Locale::zh_CN;
        let values = checked.computed.iter().map(|value| computed(l, value, computed_kind(statement)));
        let mut lines: Vec<String> = values.collect();
        lines.push(verdict(l, statement, &checked));
        assert_eq!(lines, expected, "{code}");
    }

    #[test]
    fn arithmetic_is_said_in_words() {
        check(
            "M1",
            &[
                "按印出的数字为 92,495.5 万元，考虑未印出的尾数可为 92,394.95 ～ 92,596.05 万元",
                "计算值减原文为 +795.5 万元；无论未印出的尾数是多少，至少相差 644.95 万元",
            ],
        );
        check("M10", &["按印出的数字恰为 90.383%", "原文末位是截去而不是四舍五入得到的；四舍五入应为 90.4%"]);
    }

    #[test]
    fn everything_shipped_has_its_sentence_in_both_languages() {
        for l in [Locale::zh_CN, Locale::en] {
            for statement in shipped::statements().unwrap() {
                let checked = statement.check().unwrap();
                for text in [basis(l, &statement), verdict(l, &statement, &checked)] {
                    assert!(!text.is_empty() && !text.contains("{{") && !text.contains(format::UNKNOWN));
                }
                assert!(!terms(&statement).is_empty() || !formulas(&statement).is_empty());
            }
            for noted in shipped::remarks() {
                assert!(!remark(l, &noted.kind).is_empty());
            }
        }
    }
}
