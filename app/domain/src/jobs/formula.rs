//! A formula as a chain of terms with numbers: what is reckoned is what is printed. Money stands in 万元. Holds no words.

use super::coefficient::{Coefficients, Key};
use super::input::InputKey;
use super::kind::{Population, Unit};
use super::quantity::Range;
use crate::money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The product of all terms, from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula {
    pub terms: Vec<Term>,
    /// another product beside it, empty where there is none: of low, default and high the larger of both counts
    #[serde(default)]
    pub or: Vec<Term>,
}

/// One number of a formula. For the low end of a quotient the high end of the divisor counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub operator: Operator,
    pub factor: Factor,
    pub low: Decimal,
    pub standard: Decimal,
    pub high: Decimal,
}

coded! {
    /// How a term joins what stands before it; the first one always multiplies one.
    Operator {
        Times = "times",
        Over = "over",
    }
}

/// What a number of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// 总投资, 万元
    Total,
    /// central money of the project, 万元
    Central,
    /// 劳务报酬 as promised, 万元
    PromisedPay,
    /// 受益户数 as stated
    Households,
    /// a coefficient of the edition
    Coefficient { key: Key },
    /// the low end of a coefficient where the law makes it a floor
    Floor { key: Key },
    /// a figure stated for this project
    Stated { input: InputKey },
    /// what is left of one after a share that was stated: 1 − deadweight
    Rest { input: InputKey },
    /// what a multiplier adds: m − 1, or the second less the first
    Added { key: Key },
    /// an estimate of this project in another unit, or of all people
    Estimated { unit: Unit },
    /// 万元 in a million 元
    WanPerMillion,
    /// 万元 in 亿元
    WanPerYi,
    /// 元 in 万元
    YuanPerWan,
    /// months of a year
    Months,
}

/// Why nothing comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    #[error("the total investment is not known")]
    Total,
    #[error("the category is not known")]
    Category,
    /// Staffing is known from a plan only: lines and staff, or a budget of posts.
    #[error("the staffing is not known")]
    Staffing,
    /// Greenhouses, orchards and the like are counted first.
    #[error("the number of units is not known")]
    Units,
    #[error("a figure that the method needs is not stated: {}", input.code())]
    Input { input: InputKey },
    /// Shares of income make no work.
    #[error("the project brings income, not work")]
    IncomeOnly,
    #[error("the edition has no {}", key.code())]
    Coefficient { key: Key },
    #[error("the number is too large")]
    TooLarge,
    /// A person's number of some people is larger than the number of all, and is left out.
    #[error("more {} people than people", population.code())]
    PartAboveWhole { population: Population },
}

impl Formula {
    fn with(mut self, operator: Operator, factor: Factor, [low, standard, high]: [Decimal; 3]) -> Formula {
        let term = Term { operator, factor, low, standard, high };
        self.terms.push(term);
        if !self.or.is_empty() {
            self.or.push(term);
        }
        self
    }

    /// Of two formulas the larger, at each end for itself; the one with the larger default leads, this one where they are
    /// equal. One that is nowhere larger is left out.
    pub fn or_larger(self, other: Formula) -> Result<Formula, Gap> {
        let (mine, others) = (self.exact()?, other.exact()?);
        let (lead, rest, [above, below]) =
            if others[1] > mine[1] { (other, self, [others, mine]) } else { (self, other, [mine, others]) };
        let is_needed = below.iter().zip(above).any(|(below, above)| *below > above);
        Ok(Formula { terms: lead.terms, or: if is_needed { rest.terms } else { Vec::new() } })
    }

    pub fn times(self, factor: Factor, number: Decimal) -> Formula {
        self.with(Operator::Times, factor, [number; 3])
    }

    pub fn over(self, factor: Factor, number: Decimal) -> Formula {
        self.with(Operator::Over, factor, [number; 3])
    }

    pub fn times_range(self, factor: Factor, numbers: [Decimal; 3]) -> Formula {
        self.with(Operator::Times, factor, numbers)
    }

    pub fn times_money(self, factor: Factor, money: Money) -> Formula {
        self.times(factor, wan(money))
    }

    pub fn times_key(self, coefficients: &Coefficients, key: Key) -> Result<Formula, Gap> {
        let line = coefficients.get(key).ok_or(Gap::Coefficient { key })?;
        let numbers = [line.low, line.standard, line.high];
        Ok(self.with(Operator::Times, Factor::Coefficient { key }, numbers))
    }

    pub fn over_key(self, coefficients: &Coefficients, key: Key) -> Result<Formula, Gap> {
        let line = coefficients.get(key).ok_or(Gap::Coefficient { key })?;
        let numbers = [line.low, line.standard, line.high];
        Ok(self.with(Operator::Over, Factor::Coefficient { key }, numbers))
    }

    /// Low, default and high, unrounded. Multiplies before it divides, so that a quotient that is whole stays whole.
    pub fn exact(&self) -> Result<[Decimal; 3], Gap> {
        let mut result = product(&self.terms)?;
        if !self.or.is_empty() {
            for (one, other) in result.iter_mut().zip(product(&self.or)?) {
                *one = other.max(*one);
            }
        }
        Ok(result)
    }

    /// The same in thousandths.
    pub fn range(&self) -> Result<Range, Gap> {
        Range::of(self.exact()?).ok_or(Gap::TooLarge)
    }

    /// Coefficients it stands on, each once.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for key in self.terms.iter().chain(&self.or).filter_map(|term| term.factor.key()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// Whether its default stands on a coefficient.
    pub fn leads_with(&self, key: Key) -> bool {
        self.terms.iter().any(|term| term.factor.key() == Some(key))
    }
}

impl Factor {
    /// The coefficient that it is, or is taken from.
    const fn key(self) -> Option<Key> {
        match self {
            Factor::Coefficient { key } | Factor::Floor { key } | Factor::Added { key } => Some(key),
            Factor::Total
            | Factor::Central
            | Factor::PromisedPay
            | Factor::Households
            | Factor::Stated { .. }
            | Factor::Rest { .. }
            | Factor::Estimated { .. }
            | Factor::WanPerMillion
            | Factor::WanPerYi
            | Factor::YuanPerWan
            | Factor::Months => None,
        }
    }
}

fn product(terms: &[Term]) -> Result<[Decimal; 3], Gap> {
    let (mut above, mut below) = ([Decimal::ONE; 3], [Decimal::ONE; 3]);
    for term in terms {
        let (side, numbers) = match term.operator {
            Operator::Times => (&mut above, [term.low, term.standard, term.high]),
            Operator::Over => (&mut below, [term.high, term.standard, term.low]),
        };
        for (product, number) in side.iter_mut().zip(numbers) {
            *product = product.checked_mul(number).ok_or(Gap::TooLarge)?;
        }
    }
    let mut result = [Decimal::ZERO; 3];
    for ((one, above), below) in result.iter_mut().zip(above).zip(below) {
        *one = above.checked_div(below).ok_or(Gap::TooLarge)?;
    }
    Ok(result)
}

/// An amount in 万元, exact.
pub fn wan(money: Money) -> Decimal {
    Decimal::new(money.fen(), 6).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_low_end_of_a_quotient_takes_the_high_end_of_the_divisor() {
        let shipped = Coefficients::shipped();
        let formula = Formula::default().times(Factor::PromisedPay, Decimal::from(186));
        let formula = formula.over_key(&shipped, Key::ReliefPayPerHead).unwrap();
        let range = formula.range().unwrap();
        assert_eq!((range.low(), range.standard(), range.high()), (116_250, 155_000, 216_279));
        assert_eq!(formula.keys(), [Key::ReliefPayPerHead]);
    }

    #[test]
    fn of_two_formulas_the_larger_counts_at_each_end() {
        let of =
            |numbers: [i64; 3]| Formula::default().times_range(Factor::Total, numbers.map(Decimal::from));
        let both = of([1, 5, 6]).or_larger(of([2, 4, 9])).unwrap();
        assert_eq!(both.terms, of([1, 5, 6]).terms, "the larger default leads");
        assert_eq!(both.exact(), Ok([2, 5, 9].map(Decimal::from)));
        let doubled = both.times(Factor::Months, Decimal::TWO);
        assert_eq!(doubled.exact(), Ok([4, 10, 18].map(Decimal::from)), "what follows follows both");
        assert_eq!(of([1, 2, 3]).or_larger(of([2, 4, 9])).unwrap(), of([2, 4, 9]));
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        let formula = Formula::default().over(Factor::Months, Decimal::ZERO);
        assert_eq!(formula.range(), Err(Gap::TooLarge));
    }
}
