//! A scale that does not lie: it begins at nothing, ends at or above the greatest value, steps by 1, 2 or 5 and noughts,
//! and every figure on it is exact in a unit that is chosen once. Whole numbers only.

use domain::money::{Delta, Unit as MoneyUnit};
use words::{Locale, format, t};

/// How many steps a scale has at most.
const STEPS: i64 = 5;

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Fen,
    Count,
    PerMille,
}

/// Why there is nothing to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undrawn {
    /// A length cannot be less than nothing, and to draw it as nothing would be a lie.
    Negative,
    /// There is no value at all.
    Empty,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    pub at: i64,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    pub top: i64,
    /// from nothing upward
    pub ticks: Vec<Tick>,
    /// the unit of the figures, where they do not carry it themselves
    pub unit: Option<&'static str>,
}

impl Axis {
    /// The scale for some values.
    pub fn over(l: Locale, unit: Unit, values: impl IntoIterator<Item = i64>) -> Result<Axis, Undrawn> {
        let mut most = None;
        for value in values {
            if value < 0 {
                return Err(Undrawn::Negative);
            }
            most = most.max(Some(value));
        }
        let most = most.ok_or(Undrawn::Empty)?;
        // Where all is nothing the scale shows one of its unit.
        let most = if most == 0 { one(unit) } else { most };
        let places = places(most);
        let top = places.last().copied().unwrap_or(most).max(most);
        let shown = money_unit(top);
        let ticks = places.into_iter().map(|at| Tick { at, text: tick(unit, shown, at) }).collect();
        let unit = match unit {
            Unit::Fen => Some(money_word(l, shown)),
            Unit::Count | Unit::PerMille => None,
        };
        Ok(Axis { top, ticks, unit })
    }

    /// How far a value reaches along a line of `length`, to the nearest tenth of a pixel.
    pub fn along(&self, value: i64, length: i64) -> i64 {
        let top = i128::from(self.top.max(1));
        let reach = (i128::from(value.max(0)) * i128::from(length) * 2 + top) / (top * 2);
        i64::try_from(reach).unwrap_or(length).clamp(0, length)
    }
}

const fn one(unit: Unit) -> i64 {
    match unit {
        Unit::Fen => MoneyUnit::Wan.fen(),
        Unit::Count => 1,
        Unit::PerMille => 1000,
    }
}

/// The least step of 1, 2 or 5 and noughts that covers `most` in five.
fn step(most: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for digit in [1, 2, 5] {
            let step = digit * i128::from(power);
            if step * i128::from(STEPS) >= i128::from(most) {
                return i64::try_from(step).unwrap_or(most);
            }
        }
        power = power.saturating_mul(10);
    }
}

/// From nothing in even steps until `most` is covered, or as far as numbers reach.
fn places(most: i64) -> Vec<i64> {
    let step = step(most);
    let mut places = vec![0];
    let mut at = 0_i64;
    while at < most {
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
        places.push(at);
    }
    places
}

const fn money_unit(top: i64) -> MoneyUnit {
    if top >= MoneyUnit::Yi.fen() {
        MoneyUnit::Yi
    } else if top >= MoneyUnit::Wan.fen() {
        MoneyUnit::Wan
    } else {
        MoneyUnit::Yuan
    }
}

fn money_word(l: Locale, unit: MoneyUnit) -> &'static str {
    match unit {
        MoneyUnit::Yuan => t!(l, common.unit_yuan),
        MoneyUnit::Wan => t!(l, common.unit_wan),
        MoneyUnit::Yi => t!(l, common.unit_yi),
    }
}

/// A figure of the scale with all its digits and no idle noughts.
fn tick(unit: Unit, shown: MoneyUnit, at: i64) -> String {
    match unit {
        Unit::Fen => brief(&format::grouped(&Delta::from_fen(at).exact(shown))),
        Unit::Count => format::integer(at),
        Unit::PerMille => {
            let percent = format::percent(at);
            percent.strip_suffix(".0%").map_or_else(|| percent.clone(), |whole| format!("{whole}%"))
        }
    }
}

fn brief(number: &str) -> String {
    if number.contains('.') {
        return number.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    number.to_owned()
}

/// A value with all its digits and its unit, as the words of a mark have it.
pub fn exact(l: Locale, unit: Unit, value: i64) -> String {
    match unit {
        Unit::Fen => t!(l, common.amount_wan, amount = figure(unit, value)),
        Unit::Count | Unit::PerMille => figure(unit, value),
    }
}

/// A value with all its digits; money in 万元, which the head of its table says.
pub fn figure(unit: Unit, value: i64) -> String {
    match unit {
        Unit::Fen => format::grouped(&Delta::from_fen(value).exact(MoneyUnit::Wan)),
        Unit::Count => format::integer(value),
        Unit::PerMille => format::percent(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Money;

    fn axis(unit: Unit, values: &[i64]) -> Axis {
        Axis::over(Locale::zh_CN, unit, values.iter().copied()).unwrap()
    }

    fn texts(unit: Unit, most: i64) -> Vec<String> {
        axis(unit, &[most]).ticks.into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn a_scale_begins_at_nothing_covers_the_most_and_has_even_steps() {
        let tried = (0..4000).map(|step| step * step * 7_919 + step);
        for most in tried.chain([i64::MAX, i64::MAX - 1, 4_000_000_000_000_000_001]) {
            for unit in [Unit::Fen, Unit::Count, Unit::PerMille] {
                let axis = axis(unit, &[0, most]);
                let places: Vec<i64> = axis.ticks.iter().map(|tick| tick.at).collect();
                assert_eq!(places[0], 0);
                assert!(axis.top >= most && axis.top >= places[places.len() - 1], "{most}: {axis:?}");
                assert!(places.len() >= 2 && places.len() <= 6, "{most}: {axis:?}");
                let step = places[1];
                let digit = step.to_string();
                assert!(matches!(digit.trim_end_matches('0'), "1" | "2" | "5"), "{most}: {step}");
                assert!(places.windows(2).all(|pair| pair[1] - pair[0] == step), "{most}: {axis:?}");
                // No more room above the most than one step.
                assert!(most == 0 || axis.top - most < step, "{most}: {axis:?}");
            }
        }
    }

    #[test]
    fn a_label_read_again_is_the_value_it_stands_at() {
        for most in (1..3000).map(|step| step * step * step * 977) {
            let axis = axis(Unit::Fen, &[most]);
            let unit = money_unit(axis.top);
            for tick in &axis.ticks {
                let read = Money::parse(&tick.text, unit).unwrap();
                assert_eq!(read.fen(), tick.at, "{} of {most}", tick.text);
            }
        }
    }

    #[test]
    fn one_unit_for_a_whole_scale() {
        assert_eq!(texts(Unit::Fen, 1_309_400_000), ["0", "500", "1,000", "1,500"]);
        assert_eq!(axis(Unit::Fen, &[1_309_400_000]).unit, Some("万元"));
        // 9,900 万元 needs a step to 1 亿元, and all of its scale is in 亿元.
        assert_eq!(texts(Unit::Fen, 9_900_000_000), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(axis(Unit::Fen, &[9_900_000_000]).unit, Some("亿元"));
        assert_eq!(texts(Unit::Fen, 43), ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(axis(Unit::Fen, &[43]).unit, Some("元"));
        assert_eq!(texts(Unit::PerMille, 1000), ["0%", "20%", "40%", "60%", "80%", "100%"]);
        assert_eq!(texts(Unit::PerMille, 21), ["0%", "0.5%", "1%", "1.5%", "2%", "2.5%"]);
        assert_eq!(texts(Unit::Count, 3), ["0", "1", "2", "3"]);
        assert_eq!(texts(Unit::Count, 0), ["0", "1"]);
    }

    #[test]
    fn what_is_below_nothing_is_refused_and_what_is_not_there_is_said() {
        let over = |values: &[i64]| Axis::over(Locale::en, Unit::Count, values.iter().copied());
        assert_eq!(over(&[5, -1, 9]), Err(Undrawn::Negative));
        assert_eq!(over(&[]), Err(Undrawn::Empty));
    }

    #[test]
    fn lengths_grow_with_values_between_nothing_and_the_whole() {
        let axis = axis(Unit::Count, &[997]);
        assert_eq!((axis.along(0, 1400), axis.along(axis.top, 1400)), (0, 1400));
        let mut before = 0;
        for value in 0..=axis.top {
            let reach = axis.along(value, 1400);
            assert!(before <= reach && reach <= 1400);
            before = reach;
        }
        let wide = Axis { top: i64::MAX, ticks: Vec::new(), unit: None };
        assert_eq!(wide.along(i64::MAX, 3600), 3600);
        assert_eq!(wide.along(i64::MAX / 2, 3600), 1800);
    }

    #[test]
    fn the_exact_value_has_all_its_digits() {
        assert_eq!(exact(Locale::zh_CN, Unit::Fen, 92_862_240_931), "92,862.240931 万元");
        assert_eq!(exact(Locale::zh_CN, Unit::PerMille, 903), "90.3%");
        assert_eq!(figure(Unit::Count, 6717), "6,717");
    }
}
