//! A number of jobs with what it is a number of. Two of different kinds are never added: the only sum refuses them.
//! Thousandths of the unit, low, default and high. Knows no method.

use super::kind::{Layer, Phase, Population, Unit};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// What is counted, when, how near, and whose it is. Always gross: net numbers stand beside, in a list of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Kind {
    pub phase: Phase,
    pub layer: Layer,
    pub unit: Unit,
    pub population: Population,
}

/// Thousandths: low ≤ default ≤ high, none negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "[i64; 3]", into = "[i64; 3]")]
pub struct Range {
    low: i64,
    standard: i64,
    high: i64,
}

/// A range of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    pub kind: Kind,
    pub range: Range,
}

/// Two numbers that are not of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("numbers of two kinds are not added")]
pub struct Mixed {
    pub left: Kind,
    pub right: Kind,
}

impl Kind {
    /// What stands for a project where only one number has room: direct posts of its operation, of all people.
    pub const HEADLINE: Kind = Kind::direct(Phase::Operation, Unit::Post, Population::All);

    pub const fn direct(phase: Phase, unit: Unit, population: Population) -> Kind {
        Kind { phase, layer: Layer::Direct, unit, population }
    }

    /// `operation.post.all`, for direct ones: as forms and files name it.
    pub fn code(self) -> String {
        format!("{}.{}.{}", self.phase.code(), self.unit.code(), self.population.code())
    }

    /// Reads [`Kind::code`] back.
    pub fn from_code(code: &str) -> Option<Kind> {
        let mut parts = code.split('.');
        let (phase, unit, population) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Some(Kind::direct(
            Phase::from_code(phase)?,
            Unit::from_code(unit)?,
            Population::from_code(population)?,
        ))
    }
}

impl Range {
    /// No number of jobs is larger: a hundred thousand of these still add up.
    pub const MAX: i64 = 10_000_000_000_000;

    pub const fn new(low: i64, standard: i64, high: i64) -> Option<Range> {
        if 0 <= low && low <= standard && standard <= high && high <= Range::MAX {
            Some(Range { low, standard, high })
        } else {
            None
        }
    }

    /// A number that is known.
    pub const fn exactly(milli: i64) -> Option<Range> {
        Range::new(milli, milli, milli)
    }

    /// Rounded to thousandths, half away from zero; `None` out of order or out of bounds.
    pub fn of(numbers: [Decimal; 3]) -> Option<Range> {
        let [low, standard, high] = numbers.map(milli);
        Range::new(low?, standard?, high?)
    }

    pub const fn low(self) -> i64 {
        self.low
    }

    pub const fn standard(self) -> i64 {
        self.standard
    }

    pub const fn high(self) -> i64 {
        self.high
    }

    /// Whether it claims more than the number of which it is a part. The low end is left alone: of 260 to 520 people 263
    /// may well be known.
    pub const fn is_above(self, whole: Range) -> bool {
        self.standard > whole.standard || self.high > whole.high
    }

    /// Low, default and high as exact decimals.
    pub fn decimals(self) -> [Decimal; 3] {
        [self.low, self.standard, self.high].map(|milli| Decimal::new(milli, 3))
    }

    /// The plain sum, low to low and high to high; it stays at [`Range::MAX`] rather than overflow.
    pub fn plus(self, other: Range) -> Range {
        let sum = |left: i64, right: i64| (left + right).min(Range::MAX);
        Range {
            low: sum(self.low, other.low),
            standard: sum(self.standard, other.standard),
            high: sum(self.high, other.high),
        }
    }
}

impl Quantity {
    /// The sum of two numbers of one kind.
    pub fn plus(self, other: Quantity) -> Result<Quantity, Mixed> {
        if self.kind == other.kind {
            Ok(Quantity { kind: self.kind, range: self.range.plus(other.range) })
        } else {
            Err(Mixed { left: self.kind, right: other.kind })
        }
    }
}

/// Thousandths, rounded half away from zero.
pub fn milli(number: Decimal) -> Option<i64> {
    let scaled = number.checked_mul(Decimal::ONE_THOUSAND)?;
    i64::try_from(scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)).ok()
}

impl From<Range> for [i64; 3] {
    fn from(range: Range) -> [i64; 3] {
        [range.low, range.standard, range.high]
    }
}

impl TryFrom<[i64; 3]> for Range {
    type Error = &'static str;
    fn try_from([low, standard, high]: [i64; 3]) -> Result<Range, &'static str> {
        Range::new(low, standard, high).ok_or("not low <= default <= high")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_present_and_times_taken_on_are_never_added() {
        let of = |unit, number: i64| Quantity {
            kind: Kind::direct(Phase::Construction, unit, Population::All),
            range: Range::exactly(number * 1000).unwrap(),
        };
        // 667 present on the day, 2,655 times somebody was taken on in the year.
        let (present, visits) = (of(Unit::Person, 667), of(Unit::Visit, 2655));
        assert_eq!(present.plus(visits), Err(Mixed { left: present.kind, right: visits.kind }));
        assert_eq!(present.plus(present).unwrap().range.standard(), 1_334_000);
    }

    #[test]
    fn every_difference_of_kind_keeps_two_numbers_apart() {
        let mut kinds = Vec::new();
        for phase in Phase::ALL {
            for layer in Layer::ALL {
                for unit in Unit::ALL {
                    for population in Population::ALL {
                        kinds.push(Kind {
                            phase: *phase,
                            layer: *layer,
                            unit: *unit,
                            population: *population,
                        });
                    }
                }
            }
        }
        let one = |kind: &Kind| Quantity { kind: *kind, range: Range::exactly(1000).unwrap() };
        for left in &kinds {
            for right in &kinds {
                assert_eq!(one(left).plus(one(right)).is_ok(), left == right);
            }
        }
    }

    #[test]
    fn a_range_keeps_its_order_also_on_the_wire() {
        assert_eq!(Range::new(2, 1, 3), None);
        assert!(serde_json::from_str::<Range>("[2,1,3]").is_err());
        assert!(serde_json::from_str::<Range>("[-1,1,3]").is_err());
        let kind = Kind::HEADLINE;
        assert_eq!(Kind::from_code(&kind.code()), Some(kind));
        assert_eq!(Kind::from_code("operation.post"), None);
        assert_eq!(milli(Decimal::new(5, 4)), Some(1), "half away from zero");
    }
}
