//! Money in whole fen: exact to parse, exact to print, exact to split. Knows no float and no currency but CNY.

mod capital;
mod unit;

pub use unit::{Named, Unit};

use crate::broken::{self, Broken};
use crate::text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in whole fen (分), never negative, at most [`Money::MAX`]. Differences are [`Delta`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money(i64);

/// A signed difference of two amounts, in whole fen (分): gaps, corrections, reversals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Delta(i64);

/// Why a text is not an amount. Carries facts; sentences are made in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum AmountError {
    #[error("empty")]
    Empty,
    #[error("not a number: {text}")]
    NotANumber { text: String },
    #[error("negative: {text}")]
    Negative { text: String },
    /// More decimals than whole fen allow: 2 of 元, 6 of 万元, 10 of 亿元.
    #[error("more than {allowed} decimals: {text}")]
    TooPrecise { text: String, allowed: u32 },
    #[error("too large: {text}")]
    TooLarge { text: String },
    /// The heading names a unit that is none of ours, so that the number cannot be read.
    #[error("unit not known: {unit}")]
    UnitUnknown { unit: String },
}

impl Money {
    pub const ZERO: Money = Money(0);
    /// 9×10¹⁵ 分 (90 万亿元): a thousand of these still add up inside an `i64`.
    pub const MAX: Money = Money(9_000_000_000_000_000);

    /// Whole fen, `None` outside 0..=[`Money::MAX`].
    pub const fn from_fen(fen: i64) -> Option<Money> {
        if fen >= 0 && fen <= Money::MAX.0 { Some(Money(fen)) } else { None }
    }

    /// Whole fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads what people type: full-width digits, thousands commas, spaces, and a unit behind the
    /// number, which goes before `unit`. Exact or an error; never rounds.
    pub fn parse(text: &str, unit: Unit) -> Result<Money, AmountError> {
        let delta = Delta::parse(text, unit)?;
        delta.as_money().ok_or_else(|| AmountError::Negative { text: text.to_owned() })
    }

    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).and_then(Money::from_fen)
    }

    /// Sum of all, `None` on overflow.
    pub fn sum(parts: impl IntoIterator<Item = Money>) -> Option<Money> {
        parts.into_iter().try_fold(Money::ZERO, Money::checked_add)
    }

    /// `self − other`, in fen.
    pub const fn minus(self, other: Money) -> Delta {
        Delta(self.0 - other.0) // both lie in 0..=MAX, so this cannot overflow
    }

    /// Exact shares by weight: remainder fen go to the largest remainders, the earlier first.
    /// All weights zero gives everything to the first. Empty weights give an empty vector.
    pub fn split_by(self, weights: &[u32]) -> Vec<Money> {
        let total: i128 = weights.iter().map(|&w| i128::from(w)).sum();
        if total == 0 {
            let mut shares = vec![Money::ZERO; weights.len()];
            if let Some(first) = shares.first_mut() {
                *first = self;
            }
            return shares;
        }
        let exact = |w: u32| i128::from(self.0) * i128::from(w);
        let mut shares: Vec<i64> = weights.iter().map(|&w| (exact(w) / total) as i64).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(exact(weights[i]) % total), i));
        let left = if broken::is(Broken::Fen) { 0 } else { self.0 - shares.iter().sum::<i64>() };
        for &i in order.iter().take(usize::try_from(left).unwrap_or(0)) {
            shares[i] += 1;
        }
        shares.into_iter().map(Money).collect()
    }

    /// All digits of 万元, at least two decimals: `1850.50`, `92862.240931`. Parses back exactly.
    pub fn wan(self) -> String {
        Delta(self.0).exact(Unit::Wan)
    }

    /// All digits of 元, two decimals: `18505000.00`.
    pub fn yuan(self) -> String {
        Delta(self.0).exact(Unit::Yuan)
    }
}

impl Delta {
    pub const ZERO: Delta = Delta(0);

    /// Its share of a whole in thousandths, rounded towards nothing; of nothing, or of less, there is none.
    pub fn per_mille(self, whole: Delta) -> Option<i64> {
        let share = (i128::from(self.0) * 1000).checked_div(i128::from(whole.0).max(0))?;
        Some(i64::try_from(share).unwrap_or(i64::MAX))
    }

    /// Whole fen, signed.
    pub const fn from_fen(fen: i64) -> Delta {
        Delta(fen)
    }

    pub const fn fen(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The same as money, `None` when negative or too large.
    pub const fn as_money(self) -> Option<Money> {
        Money::from_fen(self.0)
    }

    /// The size without the sign.
    pub fn magnitude(self) -> Money {
        Money(self.0.saturating_abs().min(Money::MAX.0))
    }

    pub fn checked_add(self, other: Delta) -> Option<Delta> {
        self.0.checked_add(other.0).map(Delta)
    }

    /// As [`Money::parse`], with a sign (`-`, `−` or `－`) allowed.
    pub fn parse(text: &str, unit: Unit) -> Result<Delta, AmountError> {
        let folded = text::half_width(text);
        let body = folded.trim_start_matches(['¥', '￥']).trim_start();
        if body.is_empty() {
            return Err(AmountError::Empty);
        }
        let (found, number) = Unit::strip(body);
        let unit = found.unwrap_or(unit);
        let (negative, digits) = match number.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        // 、 stands between two numbers, never within one.
        let whole = if text.contains('、') { None } else { ungrouped(digits.trim()) };
        let magnitude = whole
            .ok_or(DigitFault::NotANumber)
            .and_then(|digits| fen_of(&digits, unit))
            .map_err(|fault| fault.about(text, unit))?;
        Ok(Delta(if negative { -magnitude } else { magnitude }))
    }

    /// All digits of `unit`, at least two decimals, sign in front (`-`).
    pub fn exact(self, unit: Unit) -> String {
        let per = unit.fen().unsigned_abs();
        let size = self.0.unsigned_abs();
        let width = unit.decimals() as usize;
        let mut decimals = format!("{:0width$}", size % per);
        while decimals.len() > 2 && decimals.ends_with('0') {
            decimals.pop();
        }
        format!("{}{}.{decimals}", if self.0 < 0 { "-" } else { "" }, size / per)
    }

    /// Rounded once, half away from zero, to `places` decimals of `unit`; no grouping.
    pub fn rounded(self, unit: Unit, places: u32) -> String {
        let step = 10_u64.pow(unit.decimals().saturating_sub(places));
        let scaled = (self.0.unsigned_abs() + step / 2) / step;
        let base = 10_u64.pow(places);
        let sign = if self.0 < 0 && scaled > 0 { "-" } else { "" };
        if places == 0 {
            return format!("{sign}{scaled}");
        }
        format!("{sign}{}.{:0width$}", scaled / base, scaled % base, width = places as usize)
    }
}

/// Digits without the commas between thousands; `None` when they stand anywhere else, since `12,34` may be a slip of
/// 1,234 or of 12.34. A blank within a number is no mark of ours: `100 200` may be two numbers.
fn ungrouped(digits: &str) -> Option<String> {
    if !digits.contains(',') {
        return Some(digits.to_owned());
    }
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let sound = first && groups.all(|group| group.len() == 3) && !decimals.contains(',');
    sound.then(|| digits.replace(',', ""))
}

enum DigitFault {
    NotANumber,
    TooPrecise,
    TooLarge,
}

impl DigitFault {
    fn about(self, text: &str, unit: Unit) -> AmountError {
        let text = text.trim().to_owned();
        match self {
            DigitFault::NotANumber => AmountError::NotANumber { text },
            DigitFault::TooPrecise => AmountError::TooPrecise { text, allowed: unit.decimals() },
            DigitFault::TooLarge => AmountError::TooLarge { text },
        }
    }
}

fn fen_of(digits: &str, unit: Unit) -> Result<i64, DigitFault> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let only_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && decimals.is_empty()) || !only_digits(whole) || !only_digits(decimals) {
        return Err(DigitFault::NotANumber);
    }
    let decimals = decimals.trim_end_matches('0');
    let places = unit.decimals() as usize;
    if decimals.len() > places {
        return Err(DigitFault::TooPrecise);
    }
    let joined = format!("{whole}{decimals:0<places$}");
    let fen: i64 = match joined.trim_start_matches('0') {
        "" => 0,
        significant => significant.parse().map_err(|_| DigitFault::TooLarge)?,
    };
    if fen <= Money::MAX.0 { Ok(fen) } else { Err(DigitFault::TooLarge) }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 万元", self.wan())
    }
}

impl fmt::Debug for Delta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 万元", self.exact(Unit::Wan))
    }
}

impl From<Money> for String {
    fn from(value: Money) -> String {
        value.0.to_string()
    }
}

impl From<Delta> for String {
    fn from(value: Delta) -> String {
        value.0.to_string()
    }
}

impl TryFrom<String> for Money {
    type Error = String;
    fn try_from(fen: String) -> Result<Money, String> {
        fen.parse().ok().and_then(Money::from_fen).ok_or_else(|| format!("not an amount in fen: {fen}"))
    }
}

impl TryFrom<String> for Delta {
    type Error = String;
    fn try_from(fen: String) -> Result<Delta, String> {
        fen.parse().map(Delta).map_err(|_| format!("not a difference in fen: {fen}"))
    }
}

impl From<Money> for Delta {
    fn from(value: Money) -> Delta {
        Delta(value.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, unit: Unit, expected: &str) {
        let got = match Money::parse(text, unit) {
            Ok(money) => money.fen().to_string(),
            Err(AmountError::Empty) => "empty".into(),
            Err(AmountError::NotANumber { .. }) => "not a number".into(),
            Err(AmountError::Negative { .. }) => "negative".into(),
            Err(AmountError::TooPrecise { allowed, .. }) => format!("more than {allowed} decimals"),
            Err(AmountError::TooLarge { .. }) => "too large".into(),
            Err(AmountError::UnitUnknown { unit }) => unit,
        };
        assert_eq!(got, expected, "{text:?} in {unit:?}");
    }

    #[test]
    fn a_mark_within_a_number_stands_between_thousands() {
        check("1,234,567.5", Unit::Yuan, "123456750");
        let slips =
            ["12,34", "100、200", "100 200", "1234,567", "1,2345", ",100", "100,", "1.234,5", "100\n50"];
        for text in slips {
            check(text, Unit::Yuan, "not a number");
        }
    }

    #[test]
    fn units_are_named_in_words() {
        for (text, unit) in
            [("单位：元", Unit::Yuan), ("万元", Unit::Wan), ("人民币亿元", Unit::Yi), ("rmb元", Unit::Yuan)]
        {
            assert_eq!(Named::find(text), Some(Named::Unit(unit)), "{text}");
        }
        assert_eq!(Named::find("单位：千元"), Some(Named::Foreign("千元".into())));
        for text in ["单位：户", "人", "单元", "公元", ""] {
            assert_eq!(Named::find(text), None, "{text}");
        }
    }

    #[test]
    fn reads_what_people_type() {
        check("1,850.50", Unit::Wan, "1850500000");
        check("１，８５０．５０", Unit::Wan, "1850500000");
        check("1850.5万元", Unit::Yuan, "1850500000");
        check(" 9.17 亿 ", Unit::Wan, "91700000000");
        check("0.000001", Unit::Wan, "1");
        check("12元", Unit::Wan, "1200");
        check(".5", Unit::Wan, "500000");
        check("5.", Unit::Wan, "5000000");
    }

    #[test]
    fn refuses_what_is_no_amount() {
        check("", Unit::Wan, "empty");
        check("约300", Unit::Wan, "not a number");
        check("NaN", Unit::Wan, "not a number");
        check("1e400", Unit::Wan, "not a number");
        check("inf", Unit::Wan, "not a number");
        check("-3", Unit::Wan, "negative");
        check("0.0000001", Unit::Wan, "more than 6 decimals");
        check("0.001", Unit::Yuan, "more than 2 decimals");
        check("99999999999999999999", Unit::Wan, "too large");
        check(".", Unit::Wan, "not a number");
        check("1.2.3", Unit::Wan, "not a number");
    }

    #[test]
    fn minus_zero_is_zero() {
        check("-0", Unit::Wan, "0");
        check("−0.00", Unit::Yuan, "0");
    }

    #[test]
    fn rounds_once_half_away_from_zero() {
        assert_eq!(Delta::from_fen(1_005_000).rounded(Unit::Wan, 2), "1.01");
        assert_eq!(Delta::from_fen(-1_005_000).rounded(Unit::Wan, 2), "-1.01");
        assert_eq!(Delta::from_fen(-4_999).rounded(Unit::Wan, 2), "0.00");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn prints_and_parses_back(fen in 0..=Money::MAX.fen(), unit in 0..3_usize) {
            let unit = Unit::ALL[unit];
            let money = Money::from_fen(fen).unwrap();
            let text = Delta::from(money).exact(unit);
            prop_assert_eq!(Money::parse(&text, unit), Ok(money));
            let signed = format!("{text}{}", unit.sign());
            prop_assert_eq!(Money::parse(&signed, Unit::Yuan), Ok(money));
        }

        #[test]
        fn shares_sum_exactly(fen in 0..=Money::MAX.fen(), weights in prop::collection::vec(0_u32..5000, 1..20)) {
            let money = Money::from_fen(fen).unwrap();
            let shares = money.split_by(&weights);
            prop_assert_eq!(Money::sum(shares.iter().copied()), Some(money));
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!(*weight > 0 || share.is_zero() || weights.iter().all(|w| *w == 0));
            }
        }

        #[test]
        fn wire_form_is_whole_fen(fen in 0..=Money::MAX.fen()) {
            let money = Money::from_fen(fen).unwrap();
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(&json, &format!("\"{fen}\""));
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }
    }

    #[test]
    fn a_negative_amount_cannot_cross_the_wire() {
        assert!(serde_json::from_str::<Money>("\"-5\"").is_err());
    }
}
