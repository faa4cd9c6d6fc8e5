//! Holds a stated figure against its basis, by interval arithmetic on the printed digits alone. Decides nothing else.
//!
//! Classes of domain.md E6: equal, equal within rounding, differs; a figure whose digits were cut off is told apart.

use super::fraction::Fraction;
use super::interval::{ArithmeticError, Interval};
use super::printed::{Kind, Printed};
use super::{Basis, Candidate, Formula, Reading, Statement, Term};
use crate::finding::Severity;
use serde::{Deserialize, Serialize};

/// A value that figures lead to, in the base unit of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The candidate's label; empty where there is only one way.
    pub label: String,
    /// From the printed numbers as they stand; two ends when a range is among them.
    pub named: Interval,
    /// From all that the printed digits and words allow.
    pub allows: Interval,
}

/// What a candidate would need in order to fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    pub label: String,
    /// The part that would give the stated share of this base; whole numbers where it is counted.
    pub part: Interval,
    /// The base of which this part would be the stated share; whole numbers where it is counted.
    pub base: Interval,
}

/// How a stated figure stands to its basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// The printed numbers agree to the last digit.
    Equal,
    /// Some values that the printed digits and words allow agree.
    EqualWithinRounding,
    /// The digits are those of the computed value, cut off; rounding gives `rounded`.
    Truncated { rounded: Fraction },
    /// Nothing speaks against it: the part is not above its whole, the rate not out of the usual.
    Holds,
    /// By the printed numbers (`by`), and at least (`least_gap`) whatever the hidden digits are.
    PartExceedsWhole { by: Interval, least_gap: Fraction },
    /// No candidate leads to the stated figure.
    NoBaseFits { needed: Vec<Needed> },
    /// Computed less stated by the printed numbers, and the least distance whatever the hidden digits are.
    Differs { difference: Interval, least_gap: Fraction },
    /// The readings lead to values that no rounding makes one.
    Ambiguous,
    /// More than so many times as much or as little as elsewhere.
    UnlikePeer { peer: Computed, times: u8 },
    /// Above what is usual.
    AboveUsual { most: Computed },
}

impl Verdict {
    /// How grave it is; `None` where there is nothing to say.
    pub const fn severity(&self) -> Option<Severity> {
        match self {
            Verdict::Equal | Verdict::EqualWithinRounding | Verdict::Holds => None,
            // Cut digits are a habit of writing, and the usual is our assumption, not the document's.
            Verdict::Truncated { .. } | Verdict::AboveUsual { .. } => Some(Severity::Note),
            Verdict::PartExceedsWhole { .. }
            | Verdict::NoBaseFits { .. }
            | Verdict::Differs { .. }
            | Verdict::Ambiguous
            | Verdict::UnlikePeer { .. } => Some(Severity::Warning),
        }
    }
}

/// The outcome of a check, with the arithmetic behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The stated figure's own number and what its digits allow; its label is the indicator.
    pub stated: Computed,
    /// One value, or one for each candidate in their order.
    pub computed: Vec<Computed>,
    pub verdict: Verdict,
    /// The places of those in `computed` that agree with the stated figure.
    pub fitting: Vec<usize>,
}

impl Checked {
    pub const fn severity(&self) -> Option<Severity> {
        self.verdict.severity()
    }
}

/// Why a statement cannot be checked. Carries facts; sentences are made in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CheckError {
    #[error(transparent)]
    Arithmetic(ArithmeticError),
    /// A sum or product of nothing, a choice among nothing.
    #[error("nothing to compute from")]
    NothingGiven,
    /// Money cannot be added to people: the kinds that met.
    #[error("{left:?} and {right:?} do not add up")]
    KindsDiffer { left: Kind, right: Kind },
}

impl From<ArithmeticError> for CheckError {
    fn from(error: ArithmeticError) -> CheckError {
        CheckError::Arithmetic(error)
    }
}

impl Statement {
    /// Holds the stated figure against its basis.
    pub fn check(&self) -> Result<Checked, CheckError> {
        let stated = self.stated.evaluate();
        let one = |formula: &Formula| self.side(formula);
        let (computed, verdict, fitting) = match &self.basis {
            Basis::Follows(formula) => self.follows(&[Candidate::only(formula.clone())])?,
            Basis::OneOf(candidates) => self.follows(candidates)?,
            Basis::PartOf(whole) => {
                let whole = one(whole)?;
                let verdict = within(&stated, &whole, self.is_counted())?;
                (vec![whole], verdict, Vec::new())
            }
            Basis::WholeOf(part) => {
                let part = one(part)?;
                let verdict = within(&part, &stated, self.is_counted())?;
                (vec![part], verdict, Vec::new())
            }
            Basis::Unclear(candidates) => {
                let computed = evaluate_all(candidates)?;
                let verdict = unclear(&computed);
                (computed, verdict, Vec::new())
            }
            Basis::LikePeer { rate, peer, times } => {
                let (rate, peer) = (rate.evaluate()?, peer.evaluate()?);
                let verdict = like_peer(&rate, peer, *times)?;
                (vec![rate], verdict, Vec::new())
            }
            Basis::AtMost { rate, most } => {
                let (rate, most) = (rate.evaluate()?, most.evaluate()?);
                let above = most.allows.high().is_some_and(|high| rate.allows.low() > high);
                let verdict = if above { Verdict::AboveUsual { most } } else { Verdict::Holds };
                (vec![rate], verdict, Vec::new())
            }
        };
        Ok(Checked { stated, computed, verdict, fitting })
    }

    const fn is_counted(&self) -> bool {
        self.stated.printed.kind().is_counted()
    }

    /// One side of part and whole, which must be of the stated figure's kind.
    fn side(&self, formula: &Formula) -> Result<Computed, CheckError> {
        if let Some(kind) = formula.kind()? {
            same_kind(self.stated.printed.kind(), kind)?;
        }
        formula.evaluate()
    }

    fn follows(&self, candidates: &[Candidate]) -> Result<(Vec<Computed>, Verdict, Vec<usize>), CheckError> {
        for candidate in candidates {
            if let Some(kind) = candidate.formula.kind()? {
                same_kind(self.stated.printed.kind(), kind)?;
            }
        }
        let computed = evaluate_all(candidates)?;
        let stated = self.stated.evaluate();
        let mut verdicts = computed
            .iter()
            .map(|value| agreement(&self.stated, &stated, value))
            .collect::<Result<Vec<_>, _>>()?;
        let fitting: Vec<usize> = verdicts
            .iter()
            .enumerate()
            .filter(|(_, verdict)| rank(verdict) < APART)
            .map(|(at, _)| at)
            .collect();
        let best = verdicts.iter().map(rank).min().unwrap_or(APART);
        let verdict = if best == APART && candidates.len() > 1 {
            Verdict::NoBaseFits { needed: needed(&stated, candidates)? }
        } else {
            let at =
                verdicts.iter().position(|verdict| rank(verdict) == best).ok_or(CheckError::NothingGiven)?;
            verdicts.swap_remove(at)
        };
        Ok((computed, verdict, fitting))
    }
}

impl Candidate {
    const fn only(formula: Formula) -> Candidate {
        Candidate { label: String::new(), formula }
    }
}

/// The rank of a verdict that is none of agreement.
const APART: u8 = 3;

/// The better the agreement, the lower.
const fn rank(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Equal => 0,
        Verdict::EqualWithinRounding => 1,
        Verdict::Truncated { .. } => 2,
        Verdict::Holds
        | Verdict::PartExceedsWhole { .. }
        | Verdict::NoBaseFits { .. }
        | Verdict::Differs { .. }
        | Verdict::Ambiguous
        | Verdict::UnlikePeer { .. }
        | Verdict::AboveUsual { .. } => APART,
    }
}

fn evaluate_all(candidates: &[Candidate]) -> Result<Vec<Computed>, CheckError> {
    if candidates.is_empty() {
        return Err(CheckError::NothingGiven);
    }
    let value = |candidate: &Candidate| {
        let value = candidate.formula.evaluate()?;
        Ok(Computed { label: candidate.label.clone(), ..value })
    };
    candidates.iter().map(value).collect()
}

/// How a computed value agrees with the stated one.
fn agreement(term: &Term, stated: &Computed, value: &Computed) -> Result<Verdict, CheckError> {
    let plain = term.reading == Reading::Named || term.printed.is_plain();
    if plain && value.named == stated.named {
        return Ok(Verdict::Equal);
    }
    let Some(least_gap) = stated.allows.gap(value.allows) else {
        return Ok(Verdict::EqualWithinRounding);
    };
    if let Some(rounded) = cut(&term.printed, value.allows.low())? {
        return Ok(Verdict::Truncated { rounded });
    }
    Ok(Verdict::Differs { difference: value.named.minus(stated.named)?, least_gap })
}

/// When the digits are the beginning of this value's own: the value rounded to their last place.
fn cut(printed: &Printed, value: Fraction) -> Result<Option<Fraction>, CheckError> {
    let (Some(end), Some(place)) = (printed.cut_end(), printed.place()) else { return Ok(None) };
    if !(printed.named().low() <= value && value < end) {
        return Ok(None);
    }
    let rounded = value.nearest(place).ok_or(ArithmeticError::TooLarge)?;
    Ok(Some(rounded))
}

/// Whether the part can be no more than its whole.
fn within(part: &Computed, whole: &Computed, counted: bool) -> Result<Verdict, CheckError> {
    let tight = |value: &Computed| if counted { value.allows.whole() } else { value.allows };
    let (lowest, highest) = (tight(part).low(), tight(whole).high());
    match highest.filter(|highest| lowest > *highest) {
        None => Ok(Verdict::Holds),
        Some(highest) => Ok(Verdict::PartExceedsWhole {
            by: part.named.minus(whole.named)?,
            least_gap: lowest.checked_sub(highest).ok_or(ArithmeticError::TooLarge)?,
        }),
    }
}

/// Readings are one when any two of them meet.
fn unclear(computed: &[Computed]) -> Verdict {
    let apart = |a: &Computed| computed.iter().any(|b| a.allows.gap(b.allows).is_some());
    if computed.iter().any(apart) { Verdict::Ambiguous } else { Verdict::Holds }
}

fn like_peer(rate: &Computed, peer: Computed, times: u8) -> Result<Verdict, CheckError> {
    let factor = Interval::point(Fraction::whole(i64::from(times.max(1))));
    let above = |a: Interval, b: Interval| -> Result<bool, CheckError> {
        Ok(b.times(factor)?.high().is_some_and(|high| a.low() > high))
    };
    let unlike = above(rate.allows, peer.allows)? || above(peer.allows, rate.allows)?;
    Ok(if unlike { Verdict::UnlikePeer { peer, times } } else { Verdict::Holds })
}

/// For each share among the candidates, what its part or its base would have to be.
fn needed(stated: &Computed, candidates: &[Candidate]) -> Result<Vec<Needed>, CheckError> {
    let mut found = Vec::new();
    for candidate in candidates {
        let Formula::Quotient { part, base } = &candidate.formula else { continue };
        let tight = |formula: &Formula, span: Interval| -> Result<Interval, CheckError> {
            let counted = formula.kind()?.is_some_and(Kind::is_counted);
            Ok(if counted { span.whole() } else { span })
        };
        let for_part = stated.allows.times(base.evaluate()?.allows)?;
        // A stated share of nothing has no base.
        let Ok(for_base) = part.evaluate()?.allows.over(stated.allows) else { continue };
        found.push(Needed {
            label: candidate.label.clone(),
            part: tight(part, for_part)?,
            base: tight(base, for_base)?,
        });
    }
    Ok(found)
}

impl Term {
    /// The figure's number, and what it allows in the chosen reading.
    pub fn evaluate(&self) -> Computed {
        let allows = match self.reading {
            Reading::AsPrinted => self.printed.allows(),
            Reading::Named => self.printed.plain(),
        };
        Computed { label: self.label.clone(), named: self.printed.named(), allows }
    }
}

/// An operation on two intervals.
type Operation = fn(Interval, Interval) -> Result<Interval, ArithmeticError>;

impl Formula {
    /// The value that follows, without a label.
    pub fn evaluate(&self) -> Result<Computed, CheckError> {
        let pair = |left: &Formula, right: &Formula, join: Operation| {
            joined(left.evaluate()?, &right.evaluate()?, join)
        };
        match self {
            Formula::Figure(term) => Ok(Computed { label: String::new(), ..term.evaluate() }),
            Formula::Sum(parts) => {
                self.kind()?;
                all(parts, Interval::plus)
            }
            Formula::Product(factors) => all(factors, Interval::times),
            Formula::Difference { from, less } => {
                self.kind()?;
                pair(from, less, Interval::minus)
            }
            Formula::Quotient { part, base } => pair(part, base, Interval::over),
            Formula::Listed(names) => {
                let count = i64::try_from(names.len()).map_err(|_| ArithmeticError::TooLarge)?;
                let point = Interval::point(Fraction::whole(count));
                Ok(Computed { label: String::new(), named: point, allows: point })
            }
        }
    }

    /// What the value is of, where that is plain: a product or quotient may be anything.
    pub fn kind(&self) -> Result<Option<Kind>, CheckError> {
        let add = |known: Option<Kind>, part: &Formula| match (known, part.kind()?) {
            (Some(left), Some(right)) => same_kind(left, right).map(|()| Some(left)),
            (left, right) => Ok(left.or(right)),
        };
        match self {
            Formula::Figure(term) => Ok(Some(term.printed.kind())),
            Formula::Sum(parts) => parts.iter().try_fold(None, add),
            Formula::Difference { from, less } => add(from.kind()?, less),
            Formula::Product(_) | Formula::Quotient { .. } => Ok(None),
            Formula::Listed(_) => Ok(Some(Kind::Number)),
        }
    }
}

fn all(formulas: &[Formula], join: Operation) -> Result<Computed, CheckError> {
    let (first, rest) = formulas.split_first().ok_or(CheckError::NothingGiven)?;
    rest.iter().try_fold(first.evaluate()?, |sum, formula| joined(sum, &formula.evaluate()?, join))
}

fn joined(left: Computed, right: &Computed, join: Operation) -> Result<Computed, CheckError> {
    Ok(Computed {
        label: left.label,
        named: join(left.named, right.named)?,
        allows: join(left.allows, right.allows)?,
    })
}

/// Counts of people, households and posts do get added and compared in documents, and that is one of the things to
/// be found; money, land and shares are of another nature and are refused.
fn same_kind(left: Kind, right: Kind) -> Result<(), CheckError> {
    let alike = left == right || (left.is_counted() && right.is_counted());
    if alike { Ok(()) } else { Err(CheckError::KindsDiffer { left, right }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Money, Unit};
    use proptest::prelude::*;

    fn term(text: &str, kind: Kind) -> Term {
        Term::assumed(String::new(), Printed::read(text, kind).unwrap())
    }

    fn verdict(stated: Term, basis: Basis) -> Verdict {
        Statement::new(String::new(), stated, basis).check().unwrap().verdict
    }

    fn fault(stated: Term, basis: Basis) -> CheckError {
        Statement::new(String::new(), stated, basis).check().unwrap_err()
    }

    #[test]
    fn what_cannot_be_computed_is_refused() {
        let (money, people) = (term("3万元", Kind::Money), term("3人", Kind::Persons));
        let differ = |left, right| CheckError::KindsDiffer { left, right };
        let mixed = Basis::parts([money.clone(), people.clone()]);
        assert_eq!(fault(money.clone(), mixed), differ(Kind::Money, Kind::Persons));
        let people_alone = Basis::parts([people.clone()]);
        assert_eq!(fault(money.clone(), people_alone), differ(Kind::Money, Kind::Persons));
        assert_eq!(fault(money.clone(), Basis::parts([])), CheckError::NothingGiven);
        assert_eq!(fault(money.clone(), Basis::OneOf(Vec::new())), CheckError::NothingGiven);
        let by_nobody = Basis::quotient(money.clone(), term("0人", Kind::Persons));
        assert_eq!(fault(money.clone(), by_nobody), ArithmeticError::DivisionByZero.into());
        let no_limit = Basis::difference(money.clone(), term("1万元以上", Kind::Money));
        assert_eq!(fault(money.clone(), no_limit), ArithmeticError::NoLimit.into());
        let huge = Basis::product(vec![term("99999999999999万亿元", Kind::Money); 3]);
        assert_eq!(fault(money, huge), ArithmeticError::TooLarge.into());
    }

    #[test]
    fn of_several_candidates_the_best_speaks_and_all_that_fit_are_named() {
        let bases = ["39397人", "39430人", "20000人"].map(|text| term(text, Kind::Persons));
        let basis = Basis::ratio(&term("35608人", Kind::Persons), bases);
        let statement = Statement::new(String::new(), term("90.3%", Kind::Percent), basis);
        let checked = statement.check().unwrap();
        assert_eq!(checked.verdict, Verdict::EqualWithinRounding, "90.307 % comes before 90.383 % cut off");
        assert_eq!(checked.fitting, [0, 1]);
    }

    #[test]
    fn a_word_beside_the_number_is_part_of_what_is_stated() {
        let half = || Basis::parts([term("1.55万人", Kind::Persons)]);
        assert_eq!(verdict(term("近1.6万人", Kind::Persons), half()), Verdict::EqualWithinRounding);
        assert_eq!(verdict(term("1.5万人以上", Kind::Persons), half()), Verdict::EqualWithinRounding);
        let above = verdict(term("1.6万人以上", Kind::Persons), half());
        assert!(matches!(above, Verdict::Differs { .. }), "{above:?}");
    }

    /// 万元 with all six decimals.
    fn exact(fen: i64) -> Term {
        term(&format!("{}.{:06}万元", fen / 1_000_000, fen % 1_000_000), Kind::Money)
    }

    fn wan(fen: i64) -> Term {
        term(&format!("{}万元", Money::from_fen(fen).unwrap().wan()), Kind::Money)
    }

    /// `digits` of the last of so many decimals of 亿元.
    fn yi(digits: i64, decimals: u32) -> Term {
        let base = 10_i64.pow(decimals);
        let places = decimals as usize;
        let text = if places == 0 {
            format!("{digits}亿元")
        } else {
            format!("{}.{:0places$}亿元", digits / base, digits % base)
        };
        term(&text, Kind::Money)
    }

    fn fraction(fen: i64) -> Fraction {
        Fraction::whole(fen)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn exact_parts_make_the_exact_total(parts in prop::collection::vec(0_i64..1_000_000_000_000, 1..12)) {
            let total = parts.iter().sum();
            prop_assert_eq!(verdict(exact(total), Basis::parts(parts.iter().copied().map(exact))), Verdict::Equal);
            prop_assert_eq!(verdict(wan(total), Basis::parts(parts.iter().copied().map(wan))), Verdict::Equal);
        }

        #[test]
        fn no_rounding_of_true_parts_and_total_is_a_finding(
            parts in prop::collection::vec((0_i64..1_000_000_000_000, 0_u32..9), 1..8), decimals in 0_u32..9,
        ) {
            let rounded = |fen: i64, decimals: u32| {
                let step = 10_i64.pow(10 - decimals);
                yi((fen + step / 2) / step, decimals)
            };
            let total: i64 = parts.iter().map(|(fen, _)| fen).sum();
            let terms = parts.iter().map(|(fen, decimals)| rounded(*fen, *decimals));
            let got = verdict(rounded(total, decimals), Basis::parts(terms));
            prop_assert!(matches!(got, Verdict::Equal | Verdict::EqualWithinRounding), "{got:?}");
        }

        #[test]
        fn truncated_iff_the_cut_digits_match_and_the_rounded_do_not(
            part in 0_i64..5000, more in 0_i64..5000, decimals in 0_u32..4, off in -2_i64..3,
        ) {
            let base = part + more + 1;
            let scale = 100 * 10_i64.pow(decimals);
            let (cut, doubled) = (part * scale / base, 2 * part * scale);
            let stated = (cut + off).max(0);
            let places = decimals as usize;
            let text = if places == 0 { format!("{stated}%") } else {
                let ten = 10_i64.pow(decimals);
                format!("{}.{:0places$}%", stated / ten, stated % ten)
            };
            let people = |count: i64| term(&count.to_string(), Kind::Persons);
            let got = verdict(term(&text, Kind::Percent), Basis::ratio(&people(part), [people(base)]));
            // A half may be rounded either way, so both ends count as rounding.
            let rounds = (2 * stated - 1) * base <= doubled && doubled <= (2 * stated + 1) * base;
            let truncated = stated == cut && !rounds;
            prop_assert_eq!(matches!(got, Verdict::Truncated { .. }), truncated, "{:?}", got);
            if let Verdict::Truncated { rounded } = got {
                prop_assert_eq!(rounded, Fraction::new((stated + 1).into(), scale.into()).unwrap());
            }
            prop_assert_eq!(matches!(got, Verdict::Differs { .. }), !rounds && !truncated);
        }

        #[test]
        fn differs_iff_no_values_agree_and_the_least_gap_is_the_least(
            first in 0_i64..400, second in 0_i64..400, total in 0_i64..900, decimals in 0_u32..3,
        ) {
            let (a, b, stated) = (yi(first, 1), yi(second, decimals), yi(total, 2));
            let half = |decimals: u32| 5 * 10_i64.pow(9 - decimals);
            let (first_fen, second_fen) = (first * 2 * half(1), second * 2 * half(decimals));
            let slack = first_fen.min(half(1)) + second_fen.min(half(decimals));
            let (low, high) = (first_fen + second_fen - slack, first_fen + second_fen + half(1) + half(decimals));
            let fen = total * 2 * half(2);
            let (stated_low, stated_high) = ((fen - half(2)).max(0), fen + half(2));
            let gap = (low - stated_high).max(stated_low - high);
            let cut = fen <= low && low < fen + 2 * half(2);
            match verdict(stated, Basis::parts([a, b])) {
                Verdict::Differs { difference, least_gap } => {
                    prop_assert!(gap > 0 && !cut);
                    prop_assert_eq!(least_gap, fraction(gap));
                    prop_assert_eq!(difference.single(), Some(fraction(first_fen + second_fen - fen)));
                    prop_assert!(difference.low().max(difference.low().negated()) >= least_gap);
                }
                Verdict::Truncated { .. } => prop_assert!(gap > 0 && cut),
                Verdict::Equal => prop_assert_eq!(first_fen + second_fen, fen),
                Verdict::EqualWithinRounding => prop_assert!(gap <= 0),
                other @ (Verdict::Holds
                | Verdict::PartExceedsWhole { .. }
                | Verdict::NoBaseFits { .. }
                | Verdict::Ambiguous
                | Verdict::UnlikePeer { .. }
                | Verdict::AboveUsual { .. }) => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn a_part_exceeds_its_whole_only_when_it_must(part in 0_i64..3000, more in -3_i64..4, tens: bool) {
            let whole = (part + more).max(0);
            let text = if tens { format!("0.{whole:04}万人") } else { whole.to_string() };
            let got = verdict(
                term(&part.to_string(), Kind::Persons),
                Basis::PartOf(term(&text, Kind::Persons).into()),
            );
            if let Verdict::PartExceedsWhole { least_gap, .. } = got {
                prop_assert!(part > whole);
                // 0.0123万人 is printed to the single person, so it hides half a one, and people are whole.
                prop_assert_eq!(least_gap, fraction(part - whole));
            } else {
                prop_assert_eq!(got, Verdict::Holds);
                prop_assert!(part <= whole);
            }
        }
    }

    #[test]
    fn money_typed_elsewhere_reads_the_same_here() {
        for (text, unit) in [("9.17亿", Unit::Wan), ("4514.5万元", Unit::Yuan), ("5500元", Unit::Wan)] {
            let money = Money::parse(text, unit).unwrap();
            assert_eq!(term(text, Kind::Money).printed.named().single(), Some(fraction(money.fen())));
        }
    }
}
