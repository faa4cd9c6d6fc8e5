//! A figure exactly as a document prints it, and what its digits and words allow. Reads and compares; never corrects.

mod read;

use super::fraction::Fraction;
use super::interval::Interval;
use serde::{Deserialize, Serialize};

/// What a figure counts. Values are kept in the unit named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// fen (分)
    Money,
    /// 人
    Persons,
    /// 户
    Households,
    /// parts of one: 90.3% is 0.903
    Percent,
    /// 亩
    Area,
    /// anything else, posts (岗位) and person-times (人次) among them
    Number,
}

impl Kind {
    /// Whether there are only whole ones, so that an integer printed in full is exact.
    pub const fn is_counted(self) -> bool {
        match self {
            Kind::Persons | Kind::Households | Kind::Number => true,
            Kind::Money | Kind::Percent | Kind::Area => false,
        }
    }
}

/// The word beside a number that says on which side of it the truth lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// no word
    Plain,
    /// 近、接近: below, by at most one of the last place that is not zero
    Nearly,
    /// 余、多: above, by at most one of that place (4900多 is below 5000)
    MoreThan,
    /// 约、左右: on either side, by at most one of that place
    About,
    /// 以上、至少、超过: no upper limit. 以上 includes the number itself (民法典 Art. 1259), and so do we always,
    /// since an end that is only touched must raise no finding.
    AtLeast,
    /// 以下、以内、至多: from nothing to the number itself
    AtMost,
    /// 近 and 余 at once: on either side as [`Qualifier::About`], and worth a remark
    Contradictory,
}

/// One number of a figure: `digits` × 10^(`power`), in the base unit of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Number {
    /// The printed digits without the point.
    digits: i128,
    /// Power of ten of the last printed place: −2 + 8 for `9.17亿`, two more as fen.
    power: i32,
    /// An integer printed in full, without 万 or 亿.
    in_full: bool,
    /// Whether the zeros at its end are mere fillers: so in `4900多`, not in `9.10亿`.
    fillers: bool,
}

impl Number {
    fn value(self) -> Option<Fraction> {
        Fraction::new(self.digits, 1)?.checked_mul(self.place()?)
    }

    /// One unit of the last printed place.
    fn place(self) -> Option<Fraction> {
        Fraction::ten(self.power)
    }

    /// One unit of the last place that says something.
    fn step(self) -> Option<Fraction> {
        let (mut digits, mut power) = (self.digits, self.power);
        while self.fillers && digits != 0 && digits % 10 == 0 {
            (digits, power) = (digits / 10, power + 1);
        }
        Fraction::ten(power)
    }

    fn allows(self, kind: Kind, qualifier: Qualifier) -> Option<Interval> {
        let value = self.value()?;
        let around = |below: Fraction, above: Fraction| {
            let low = value.checked_sub(below)?.max(Fraction::ZERO);
            Interval::new(low, value.checked_add(above)?)
        };
        match qualifier {
            Qualifier::Plain if kind.is_counted() && self.in_full => Some(Interval::point(value)),
            Qualifier::Plain => {
                let half = self.place()?.checked_mul(Fraction::HALF)?;
                around(half, half)
            }
            Qualifier::Nearly => around(self.step()?, Fraction::ZERO),
            Qualifier::MoreThan => around(Fraction::ZERO, self.step()?),
            Qualifier::About | Qualifier::Contradictory => around(self.step()?, self.step()?),
            Qualifier::AtLeast => Some(Interval::at_least(value)),
            Qualifier::AtMost => Interval::new(Fraction::ZERO, value),
        }
    }
}

/// A figure as printed: its text and what was read from it. On the wire only text and kind travel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Printed {
    text: String,
    kind: Kind,
    qualifier: Qualifier,
    /// The second is that of a range (`3000-5000元`).
    number: Number,
    until: Option<Number>,
    named: Interval,
    plain: Interval,
    allows: Interval,
}

/// Why a text is no figure of its kind. Carries facts; sentences are made in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PrintedError {
    #[error("empty")]
    Empty,
    #[error("not a figure: {text}")]
    NotAFigure { text: String },
    /// The unit behind the number is none of the kind that was asked for.
    #[error("other unit: {unit}")]
    OtherUnit { text: String, unit: String },
    /// More than 15 digits.
    #[error("too long: {text}")]
    TooLong { text: String },
    /// The range runs backwards.
    #[error("range reversed: {text}")]
    RangeReversed { text: String },
}

impl Printed {
    /// Reads `9.17亿`, `4514.5万元`, `90.3%`, `26 473`, `近1.6万`, `1000余万元`, `3000-5000元`, in simplified or
    /// traditional script. Exact or an error; the text is kept as it stands.
    pub fn read(text: &str, kind: Kind) -> Result<Printed, PrintedError> {
        let found = read::figure(text, kind)?;
        let too_long = || PrintedError::TooLong { text: text.to_owned() };
        let last = found.until.unwrap_or(found.number);
        let span = |qualifier| {
            let low = found.number.allows(kind, qualifier)?;
            let high = last.allows(kind, qualifier)?;
            high.high().map_or(Some(Interval::at_least(low.low())), |high| Interval::new(low.low(), high))
        };
        let ends = found.number.value().zip(last.value()).ok_or_else(too_long)?;
        let named = Interval::new(ends.0, ends.1)
            .ok_or_else(|| PrintedError::RangeReversed { text: text.to_owned() })?;
        Ok(Printed {
            text: text.trim().to_owned(),
            kind,
            qualifier: found.qualifier,
            number: found.number,
            until: found.until,
            named,
            plain: span(Qualifier::Plain).ok_or_else(too_long)?,
            allows: span(found.qualifier).ok_or_else(too_long)?,
        })
    }

    /// As the document has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    pub const fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// The number itself, in the base unit of its kind; two ends for a range.
    pub const fn named(&self) -> Interval {
        self.named
    }

    /// What the printed digits allow when the word beside them is left out: half a unit of the last place.
    pub const fn plain(&self) -> Interval {
        self.plain
    }

    /// What the printed digits allow together with the word beside them.
    pub const fn allows(&self) -> Interval {
        self.allows
    }

    /// One unit of the last printed place.
    pub fn place(&self) -> Option<Fraction> {
        self.number.place()
    }

    /// Where a value must end to give this text when its further digits are cut off instead of rounded: one place
    /// above the number, not included. `None` where nothing was cut: a full count, a range, a word beside it.
    pub fn cut_end(&self) -> Option<Fraction> {
        let plain = self.qualifier == Qualifier::Plain && self.until.is_none();
        let shortened = self.plain.single().is_none();
        if plain && shortened { self.named.low().checked_add(self.place()?) } else { None }
    }

    /// Whether the text states one number and no word beside it.
    pub fn is_plain(&self) -> bool {
        self.qualifier == Qualifier::Plain && self.until.is_none()
    }
}

/// The form on the wire: what was read follows from it.
#[derive(Serialize, Deserialize)]
struct Wire {
    text: String,
    kind: Kind,
}

impl From<Printed> for Wire {
    fn from(printed: Printed) -> Wire {
        Wire { text: printed.text, kind: printed.kind }
    }
}

impl TryFrom<Wire> for Printed {
    type Error = PrintedError;
    fn try_from(wire: Wire) -> Result<Printed, PrintedError> {
        Printed::read(&wire.text, wire.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `named [low, high]` in the base unit, four decimals at most.
    fn check(text: &str, kind: Kind, expected: &str) {
        let short = |value: Fraction| {
            let digits = value.rounded(4).unwrap();
            digits.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        let got = match Printed::read(text, kind) {
            Ok(printed) => {
                let (named, allows) = (printed.named(), printed.allows());
                let high = allows.high().map_or("∞".to_owned(), short);
                let until = named.high().filter(|high| *high != named.low());
                let until = until.map_or(String::new(), |high| format!("-{}", short(high)));
                format!("{}{until} [{}, {high}]", short(named.low()), short(allows.low()))
            }
            Err(PrintedError::Empty) => "empty".into(),
            Err(PrintedError::NotAFigure { .. }) => "not a figure".into(),
            Err(PrintedError::OtherUnit { unit, .. }) => format!("other unit {unit}"),
            Err(PrintedError::TooLong { .. }) => "too long".into(),
            Err(PrintedError::RangeReversed { .. }) => "reversed".into(),
        };
        assert_eq!(got, expected, "{text:?} as {kind:?}");
    }

    #[test]
    fn digits_say_how_exact_a_figure_is() {
        check("9.17亿", Kind::Money, "91700000000 [91650000000, 91750000000]");
        check("5481万", Kind::Money, "5481000000 [5480500000, 5481500000]");
        check("4514.5萬元", Kind::Money, "4514500000 [4514450000, 4514550000]");
        check("5500元", Kind::Money, "550000 [549950, 550050]");
        check("90.3%", Kind::Percent, "0.903 [0.9025, 0.9035]");
        check("0.31个百分点", Kind::Percent, "0.0031 [0.0031, 0.0032]");
        check("26 473", Kind::Persons, "26473 [26473, 26473]");
        check("35,608人", Kind::Persons, "35608 [35608, 35608]");
        check("1.86万户", Kind::Households, "18600 [18550, 18650]");
        check("21万亩", Kind::Area, "210000 [205000, 215000]");
        check("754.2畝", Kind::Area, "754.2 [754.15, 754.25]");
        check("1.60万人", Kind::Persons, "16000 [15950, 16050]");
        check("106万户次", Kind::Number, "1060000 [1055000, 1065000]");
        check("0.0", Kind::Number, "0 [0, 0.05]");
        check("1.8万元/人", Kind::Money, "1800000 [1750000, 1850000]");
    }

    #[test]
    fn words_widen_to_their_side() {
        check("近1.6万", Kind::Number, "16000 [15000, 16000]");
        check("近8亿元", Kind::Money, "80000000000 [70000000000, 80000000000]");
        check("1000余万元", Kind::Money, "1000000000 [1000000000, 2000000000]");
        check("4900多人", Kind::Persons, "4900 [4900, 5000]");
        check("2000餘人", Kind::Persons, "2000 [2000, 3000]");
        check("约300人", Kind::Persons, "300 [200, 400]");
        check("300人左右", Kind::Persons, "300 [200, 400]");
        check("1.9人以上", Kind::Persons, "1.9 [1.9, ∞]");
        check("不低于440元", Kind::Money, "44000 [44000, ∞]");
        check("500人以下", Kind::Persons, "500 [0, 500]");
        check("近7000余人", Kind::Persons, "7000 [6000, 8000]");
        check("3000-5000元", Kind::Money, "300000-500000 [299950, 500050]");
        check("1至2萬元", Kind::Money, "1000000-2000000 [500000, 2500000]");
        check("9000元至1万元", Kind::Money, "900000-1000000 [899950, 1500000]");
        check("3-5%", Kind::Percent, "0.03-0.05 [0.025, 0.055]");
        check("500元至700元", Kind::Money, "50000-70000 [49950, 70050]");
    }

    #[test]
    fn single_chinese_numerals_are_read() {
        check("八大", Kind::Number, "8 [8, 8]");
        check("两个", Kind::Number, "2 [2, 2]");
        check("十六条", Kind::Number, "not a figure");
    }

    #[test]
    fn what_is_no_figure_of_its_kind() {
        check("", Kind::Number, "empty");
        check("全部", Kind::Number, "not a figure");
        check("-5人", Kind::Persons, "not a figure");
        check("12,34", Kind::Number, "not a figure");
        check("100、200", Kind::Number, "not a figure");
        check("1.2.3", Kind::Number, "not a figure");
        check("5-3人", Kind::Persons, "reversed");
        check("2655人次", Kind::Persons, "other unit 人次");
        check("5481万元", Kind::Persons, "other unit 元");
        check("620户", Kind::Number, "other unit 户");
        check("3美元", Kind::Money, "other unit 美元");
        check("1234567890123456", Kind::Number, "too long");
        check("9999999999万亿元余以上", Kind::Area, "other unit 元余");
    }

    /// The text of `digits` with so many decimals, grouped or not.
    fn print(digits: u64, decimals: usize, grouped: bool) -> String {
        let padded = format!("{digits:0width$}", width = decimals + 1);
        let (whole, rest) = padded.split_at(padded.len() - decimals);
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if decimals > 0 { format!("{text}.{rest}") } else { text }
    }

    const SCALES: [(&str, u32); 3] = [("", 0), ("万", 4), ("亿", 8)];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_is_printed_is_read_back(
            digits in 0_u64..1_000_000_000, decimals in 0_usize..6, grouped: bool, scale in 0_usize..3,
        ) {
            let (sign, power) = SCALES[scale];
            let text = format!("{}{sign}亩", print(digits, decimals, grouped));
            let printed = Printed::read(&text, Kind::Area).unwrap();
            let value = Fraction::new(i128::from(digits) * 10_i128.pow(power), 10_i128.pow(decimals as u32));
            prop_assert_eq!(printed.named().single(), value);
            prop_assert_eq!(printed.text(), &text);
            let json = serde_json::to_string(&printed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Printed>(&json).unwrap(), printed);
        }

        #[test]
        fn the_interval_holds_every_value_that_rounds_to_the_digits(
            fen in 0_i128..1_000_000_000_000, decimals in 0_u32..8, up: bool,
        ) {
            // 万元 with so many decimals, a half going either way
            let place = 10_i128.pow(8 - decimals);
            let doubled = 2 * fen * 100 + place - i128::from(!up);
            let digits = doubled.div_euclid(2 * place);
            let text = format!("{}万元", print(u64::try_from(digits).unwrap(), decimals as usize, false));
            let printed = Printed::read(&text, Kind::Money).unwrap();
            prop_assert!(printed.allows().contains(Fraction::new(fen, 1).unwrap()));
            let width = printed.allows().high().unwrap().checked_sub(printed.allows().low()).unwrap();
            prop_assert!(width <= printed.place().unwrap(), "no wider than one unit of the last place");
        }
    }
}
