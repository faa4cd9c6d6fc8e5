//! Parameters of a rule edition: named, typed, exact. What a parameter means is told with its name.

use crate::money::{Money, Unit};
use crate::source::Source;
use crate::usage::Use;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The name of a parameter; the rule it stands in says of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ParameterName {
    /// share or multiple that may not be exceeded
    MostRatio,
    /// share that must be reached
    LeastRatio,
    /// share by which two figures may differ
    Tolerance,
    /// days that may pass; a finding above
    Days,
    /// days after which the finding is red
    RedDays,
    /// working days for the publication of targets (R36)
    TargetDays,
    /// months that may pass
    Months,
    /// months from acceptance to the final account (R33)
    SettlementMonths,
    /// whole years after the budget year in which money may still be spent (R18)
    Years,
    /// multiple that betrays a wrong unit (R45)
    Factor,
    /// pay per head that is too little to be true
    LeastPay,
    /// pay per head that is too much to be true
    MostPay,
    /// sum above which works are put out to tender
    WorksThreshold,
    /// the same for goods
    GoodsThreshold,
    /// the same for services
    ServicesThreshold,
    /// sources the rule is about
    Sources,
    /// purposes the rule is about
    Purposes,
    /// purposes that a source forbids (R12)
    Forbidden(Source),
    /// share that must be spent by the end of a month, 1–12 (R19)
    Node(u8),
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum ParameterValue {
    /// exact decimal: 0.30 is 30 %
    Ratio(Decimal),
    Integer(i64),
    Days(u32),
    Months(u32),
    /// whole fen (分)
    Money(Money),
    Sources(Vec<Source>),
    Purposes(Vec<Use>),
}

impl ParameterName {
    /// Names that carry nothing.
    const PLAIN: [(ParameterName, &'static str); 17] = [
        (ParameterName::MostRatio, "most_ratio"),
        (ParameterName::LeastRatio, "least_ratio"),
        (ParameterName::Tolerance, "tolerance"),
        (ParameterName::Days, "days"),
        (ParameterName::RedDays, "red_days"),
        (ParameterName::TargetDays, "target_days"),
        (ParameterName::Months, "months"),
        (ParameterName::SettlementMonths, "settlement_months"),
        (ParameterName::Years, "years"),
        (ParameterName::Factor, "factor"),
        (ParameterName::LeastPay, "least_pay"),
        (ParameterName::MostPay, "most_pay"),
        (ParameterName::WorksThreshold, "works_threshold"),
        (ParameterName::GoodsThreshold, "goods_threshold"),
        (ParameterName::ServicesThreshold, "services_threshold"),
        (ParameterName::Sources, "sources"),
        (ParameterName::Purposes, "purposes"),
    ];

    /// Stable code in the database and forms: `days`, `forbidden.BRG`, `node.3`.
    pub fn code(self) -> String {
        match self {
            ParameterName::Forbidden(source) => format!("forbidden.{}", source.code()),
            ParameterName::Node(month) => format!("node.{month}"),
            ParameterName::MostRatio
            | ParameterName::LeastRatio
            | ParameterName::Tolerance
            | ParameterName::Days
            | ParameterName::RedDays
            | ParameterName::TargetDays
            | ParameterName::Months
            | ParameterName::SettlementMonths
            | ParameterName::Years
            | ParameterName::Factor
            | ParameterName::LeastPay
            | ParameterName::MostPay
            | ParameterName::WorksThreshold
            | ParameterName::GoodsThreshold
            | ParameterName::ServicesThreshold
            | ParameterName::Sources
            | ParameterName::Purposes => {
                let found = ParameterName::PLAIN.iter().find(|(name, _)| *name == self);
                found.map(|(_, code)| (*code).to_owned()).unwrap_or_default()
            }
        }
    }

    /// True where an edition may hold several of this name, or none.
    pub const fn is_optional(self) -> bool {
        matches!(self, ParameterName::Forbidden(_) | ParameterName::Node(_))
    }
}

impl ParameterValue {
    /// True when both are of one kind, so that one may stand in the other's place.
    pub fn is_like(&self, other: &ParameterValue) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// As a person types it and [`ParameterValue::read_like`] reads it: a ratio as a decimal, money in 元, lists of codes
    /// with commas.
    pub fn text(&self) -> String {
        match self {
            ParameterValue::Ratio(ratio) => ratio.normalize().to_string(),
            ParameterValue::Integer(number) => number.to_string(),
            ParameterValue::Days(number) | ParameterValue::Months(number) => number.to_string(),
            ParameterValue::Money(money) => money.yuan(),
            ParameterValue::Sources(sources) => joined(sources.iter().map(|source| source.code())),
            ParameterValue::Purposes(purposes) => joined(purposes.iter().map(|purpose| purpose.code())),
        }
    }

    /// A value of the same kind from what was typed; `None` for anything else. A ratio may be a percentage (`30%`) and is
    /// never below zero.
    pub fn read_like(&self, text: &str) -> Option<ParameterValue> {
        let text = text.trim();
        match self {
            ParameterValue::Ratio(_) => {
                let (digits, scale) = match text.strip_suffix(['%', '％']) {
                    Some(digits) => (digits.trim(), Decimal::new(1, 2)),
                    None => (text, Decimal::ONE),
                };
                let ratio = digits.parse::<Decimal>().ok()?.checked_mul(scale)?;
                (!ratio.is_sign_negative()).then_some(ParameterValue::Ratio(ratio))
            }
            ParameterValue::Integer(_) => {
                text.parse().ok().filter(|number| *number >= 0).map(ParameterValue::Integer)
            }
            ParameterValue::Days(_) => text.parse().ok().map(ParameterValue::Days),
            ParameterValue::Months(_) => text.parse().ok().map(ParameterValue::Months),
            ParameterValue::Money(_) => Money::parse(text, Unit::Yuan).ok().map(ParameterValue::Money),
            ParameterValue::Sources(_) => listed(text, Source::from_code).map(ParameterValue::Sources),
            ParameterValue::Purposes(_) => {
                let read = |text: &str| Use::from_code(text).or_else(|| Use::find(text));
                listed(text, read).map(ParameterValue::Purposes)
            }
        }
    }
}

fn joined(codes: impl Iterator<Item = &'static str>) -> String {
    codes.collect::<Vec<_>>().join(",")
}

/// Every item between commas, each once; an empty text is an empty list.
fn listed<T: PartialEq>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let mut all = Vec::new();
    for item in text.split([',', '，', '、']).map(str::trim).filter(|item| !item.is_empty()) {
        let item = read(item)?;
        if !all.contains(&item) {
            all.push(item);
        }
    }
    Some(all)
}

impl fmt::Display for ParameterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl FromStr for ParameterName {
    type Err = String;

    fn from_str(code: &str) -> Result<ParameterName, String> {
        let found = match code.split_once('.') {
            Some(("forbidden", source)) => Source::from_code(source).map(ParameterName::Forbidden),
            Some(("node", month)) => {
                let month = month.parse().ok().filter(|month| (1..=12).contains(month));
                month.map(ParameterName::Node)
            }
            Some(_) => None,
            None => ParameterName::PLAIN.iter().find(|(_, known)| *known == code).map(|(name, _)| *name),
        };
        found.ok_or_else(|| format!("not a parameter: {code}"))
    }
}

impl From<ParameterName> for String {
    fn from(name: ParameterName) -> String {
        name.code()
    }
}

impl TryFrom<String> for ParameterName {
    type Error = String;
    fn try_from(code: String) -> Result<ParameterName, String> {
        code.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_back_as_they_are_typed() {
        let fen = |fen| Money::from_fen(fen).unwrap();
        let values = [
            ParameterValue::Ratio(Decimal::new(305, 3)),
            ParameterValue::Integer(10_000),
            ParameterValue::Days(30),
            ParameterValue::Months(12),
            ParameterValue::Money(fen(300_050)),
            ParameterValue::Sources(vec![Source::Cbi, Source::Brg]),
            ParameterValue::Purposes(vec![Use::Wages, Use::Vehicles]),
        ];
        for value in values {
            assert_eq!(value.read_like(&value.text()), Some(value.clone()), "{}", value.text());
            if !matches!(value, ParameterValue::Sources(_) | ParameterValue::Purposes(_)) {
                assert_eq!(value.read_like("-1"), None);
                assert_eq!(value.read_like(""), None);
            }
            assert_eq!(value.read_like("moon"), None);
        }
        let ratio = ParameterValue::Ratio(Decimal::ONE);
        assert_eq!(ratio.read_like("30.5%"), Some(ParameterValue::Ratio(Decimal::new(305, 3))));
    }

    #[test]
    fn codes_read_back() {
        let mut names: Vec<ParameterName> = ParameterName::PLAIN.iter().map(|(name, _)| *name).collect();
        names.extend(Source::ALL.map(ParameterName::Forbidden));
        names.extend((1..=12).map(ParameterName::Node));
        for name in names {
            assert_eq!(name.code().parse(), Ok(name));
        }
        assert!("node.13".parse::<ParameterName>().is_err());
        let ratio = ParameterValue::Ratio(Decimal::new(30, 2));
        let text = serde_json::to_string(&ratio).unwrap();
        assert_eq!(text, r#"{"kind":"ratio","value":"0.30"}"#, "a decimal is never a float on the wire");
        assert_eq!(serde_json::from_str::<ParameterValue>(&text).unwrap(), ratio);
    }
}
