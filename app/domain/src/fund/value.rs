//! The value of a rule of a source as a person types it: uses by code or word, shares in per cent, days, years, 万元. Judges
//! nothing.

use super::clause::{BasisPoints, Rule};
use crate::money::{Delta, Money, Unit};
use crate::usage::Use;
use rust_decimal::Decimal;

impl Rule {
    /// One of every kind, with nothing in it yet.
    pub fn kinds() -> [Rule; 14] {
        let none = BasisPoints::percent(0);
        [
            Rule::Allows { uses: Vec::new() },
            Rule::Forbids { uses: Vec::new() },
            Rule::IndustryShare { at_least: none },
            Rule::LabourShare { at_least: none },
            Rule::ManagementShare { at_most: none },
            Rule::CapPerProject { at_most: Money::ZERO },
            Rule::Revenue,
            Rule::PassOn { within_days: 0 },
            Rule::SpendWithin { years: 0 },
            Rule::Publish { within_working_days: 0 },
            Rule::NoDemandedMatching,
            Rule::OwnDocument,
            Rule::Traceable,
            Rule::Stated,
        ]
    }

    /// Stable code of its kind.
    pub const fn code(&self) -> &'static str {
        match self {
            Rule::Allows { .. } => "allows",
            Rule::Forbids { .. } => "forbids",
            Rule::IndustryShare { .. } => "industry_share",
            Rule::LabourShare { .. } => "labour_share",
            Rule::ManagementShare { .. } => "management_share",
            Rule::CapPerProject { .. } => "cap_per_project",
            Rule::Revenue => "revenue",
            Rule::PassOn { .. } => "pass_on",
            Rule::SpendWithin { .. } => "spend_within",
            Rule::Publish { .. } => "publish",
            Rule::NoDemandedMatching => "no_demanded_matching",
            Rule::OwnDocument => "own_document",
            Rule::Traceable => "traceable",
            Rule::Stated => "stated",
        }
    }

    pub fn from_code(code: &str) -> Option<Rule> {
        Rule::kinds().into_iter().find(|rule| rule.code() == code)
    }

    /// As [`Rule::read_like`] reads it; `None` of a rule that says all by its kind.
    pub fn text(&self) -> Option<String> {
        let codes = |uses: &[Use]| uses.iter().map(|usage| usage.code()).collect::<Vec<_>>().join(",");
        match self {
            Rule::Allows { uses } | Rule::Forbids { uses } => Some(codes(uses)),
            Rule::IndustryShare { at_least: share }
            | Rule::LabourShare { at_least: share }
            | Rule::ManagementShare { at_most: share } => {
                Some(Decimal::new(i64::from(share.get()), 2).normalize().to_string())
            }
            Rule::CapPerProject { at_most } => Some(Delta::from(*at_most).exact(Unit::Wan)),
            Rule::PassOn { within_days: days } | Rule::Publish { within_working_days: days } => {
                Some(days.to_string())
            }
            Rule::SpendWithin { years } => Some(years.to_string()),
            Rule::Revenue | Rule::NoDemandedMatching | Rule::OwnDocument | Rule::Traceable | Rule::Stated => {
                None
            }
        }
    }

    /// A rule of the same kind with what was typed; `None` for anything that it cannot ask.
    pub fn read_like(&self, text: &str) -> Option<Rule> {
        let text = text.trim();
        match self {
            Rule::Allows { .. } => uses(text).map(|uses| Rule::Allows { uses }),
            Rule::Forbids { .. } => uses(text).map(|uses| Rule::Forbids { uses }),
            Rule::IndustryShare { .. } => share(text).map(|at_least| Rule::IndustryShare { at_least }),
            Rule::LabourShare { .. } => share(text).map(|at_least| Rule::LabourShare { at_least }),
            Rule::ManagementShare { .. } => share(text).map(|at_most| Rule::ManagementShare { at_most }),
            Rule::CapPerProject { .. } => {
                let at_most = Money::parse(text, Unit::Wan).ok().filter(|cap| !cap.is_zero())?;
                Some(Rule::CapPerProject { at_most })
            }
            Rule::PassOn { .. } => text.parse().ok().map(|within_days| Rule::PassOn { within_days }),
            Rule::SpendWithin { .. } => {
                let years = text.parse().ok().filter(|years| (1..=10).contains(years))?;
                Some(Rule::SpendWithin { years })
            }
            Rule::Publish { .. } => {
                text.parse().ok().map(|within_working_days| Rule::Publish { within_working_days })
            }
            Rule::Revenue | Rule::NoDemandedMatching | Rule::OwnDocument | Rule::Traceable | Rule::Stated => {
                text.is_empty().then(|| self.clone())
            }
        }
    }
}

/// Codes or words between commas, each once; at least one.
fn uses(text: &str) -> Option<Vec<Use>> {
    let mut all = Vec::new();
    // A word of ours holds 、 itself; such a one is written by its code.
    for item in text.split([',', '，', '、']).map(str::trim).filter(|item| !item.is_empty()) {
        let usage = Use::from_code(item).or_else(|| Use::find(item))?;
        if !all.contains(&usage) {
            all.push(usage);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Per cent with two decimals at most.
fn share(text: &str) -> Option<BasisPoints> {
    let text = text.strip_suffix(['%', '％']).unwrap_or(text).trim();
    let points = text.parse::<Decimal>().ok()?.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    if points.scale() > 0 { None } else { BasisPoints::new(u32::try_from(points.mantissa()).ok()?) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_back_as_they_are_typed() {
        let of = |code: &str| Rule::from_code(code).unwrap();
        for rule in Rule::kinds() {
            assert_eq!(of(rule.code()), rule);
            assert_eq!(rule.read_like("moon"), None, "{}", rule.code());
        }
        for (code, text) in [
            ("allows", "industry,training"),
            ("forbids", "wages"),
            ("industry_share", "60"),
            ("labour_share", "42.25"),
            ("management_share", "1"),
            ("cap_per_project", "80.50"),
            ("pass_on", "30"),
            ("spend_within", "2"),
            ("publish", "10"),
        ] {
            let read = of(code).read_like(text).unwrap();
            assert_eq!(read.text().as_deref(), Some(text), "{code}");
            assert_eq!(read.code(), code);
        }
        assert_eq!(
            of("allows").read_like("产业发展，工资、wages").unwrap().text().unwrap(),
            "industry,wages"
        );
        assert_eq!(of("labour_share").read_like("30 %"), of("labour_share").read_like("30"));
        for (code, text) in [
            ("labour_share", "100.01"),
            ("labour_share", "1.001"),
            ("labour_share", "-1"),
            ("allows", ""),
            ("spend_within", "0"),
            ("cap_per_project", "0"),
            ("pass_on", "-3"),
            ("revenue", "x"),
        ] {
            assert_eq!(of(code).read_like(text), None, "{code} {text}");
        }
        assert_eq!(of("revenue").read_like(""), Some(Rule::Revenue));
    }
}
