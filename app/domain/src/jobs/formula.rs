//! A formula as a chain of terms with numbers: what is reckoned is what is printed. Money stands in 万元. Holds no words.

use super::coefficient::{Coefficients, Key};
use super::input::InputKey;
use super::kind::Unit;
use super::quantity::Range;
use crate::money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The product of all terms, from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula {
    pub terms: Vec<Term>,
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
}

impl Formula {
    fn with(mut self, operator: Operator, factor: Factor, [low, standard, high]: [Decimal; 3]) -> Formula {
        self.terms.push(Term { operator, factor, low, standard, high });
        self
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
        let (mut above, mut below) = ([Decimal::ONE; 3], [Decimal::ONE; 3]);
        for term in &self.terms {
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

    /// The same in thousandths.
    pub fn range(&self) -> Result<Range, Gap> {
        Range::of(self.exact()?).ok_or(Gap::TooLarge)
    }

    /// Coefficients it stands on, each once.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for term in &self.terms {
            let key = match term.factor {
                Factor::Coefficient { key } | Factor::Floor { key } | Factor::Added { key } => key,
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
                | Factor::Months => continue,
            };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
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
    fn nothing_is_divided_by_nothing() {
        let formula = Formula::default().over(Factor::Months, Decimal::ZERO);
        assert_eq!(formula.range(), Err(Gap::TooLarge));
    }
}
