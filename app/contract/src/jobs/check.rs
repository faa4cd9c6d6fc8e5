//! How the raw texts of an estimate become commands. The browser reckons from the same checks while somebody types.

use super::{InputsForm, OverrideForm, SaveInputs, SaveOverride};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::id::ProjectId;
use domain::jobs::coefficient::Coefficients;
use domain::jobs::estimate::Estimate;
use domain::jobs::formula::Gap;
use domain::jobs::input::{Basis, InputKey, InputUnit, Inputs, Multiplier, Override};
use domain::jobs::kind::Population;
use domain::jobs::method::Method;
use domain::jobs::quantity::{Kind, Range};
use domain::text::{clean, half_width};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Most characters of a reason.
const REASON_MOST: u32 = 500;

impl Form for InputsForm {
    type Command = SaveInputs;

    fn check(&self) -> Result<SaveInputs, FieldErrors> {
        let mut errors = FieldErrors::new();
        let version = version(&mut errors, &self.version);
        check_key(&mut errors, &self.key);
        let inputs = match self.inputs() {
            Ok(inputs) => inputs,
            Err(found) => {
                found.iter().for_each(|error| errors.add(error.name.clone(), error.fault.clone()));
                Inputs::default()
            }
        };
        errors.into_result()?;
        let Inputs { values, operation, multiplier, .. } = inputs;
        Ok(SaveInputs {
            project: project(&self.project),
            version,
            key: self.key.clone(),
            values,
            operation,
            multiplier,
        })
    }
}

impl InputsForm {
    /// What is stated, without any number of a person: enough to reckon with.
    pub fn inputs(&self) -> Result<Inputs, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut values = BTreeMap::new();
        for (code, text) in &self.values {
            let Some(key) = InputKey::from_code(code) else {
                errors.add(code.clone(), FieldFault::Wrong);
                continue;
            };
            match read(key, text) {
                Ok(Some(number)) => drop(values.insert(key, number)),
                Ok(None) => {}
                Err(fault) => errors.add(code.clone(), fault),
            }
        }
        let chosen = |code: &str| Method::from_code(code).filter(|method| Method::OPERATION.contains(method));
        let operation = choice(&mut errors, "operation", &self.operation, chosen);
        let multiplier = choice(&mut errors, "multiplier", &self.multiplier, Multiplier::from_code);
        errors.into_result()?;
        Ok(Inputs { values, operation, multiplier, overrides: Vec::new() })
    }
}

impl Form for OverrideForm {
    type Command = SaveOverride;

    fn check(&self) -> Result<SaveOverride, FieldErrors> {
        let mut errors = FieldErrors::new();
        let version = version(&mut errors, &self.version);
        check_key(&mut errors, &self.key);
        let kind = Kind::from_code(&self.kind).filter(|kind| Override::kinds().contains(kind));
        if kind.is_none() {
            errors.add("kind", FieldFault::NotAChoice);
        }
        let number = if self.act == "drop" { None } else { self.number(&mut errors) };
        errors.into_result()?;
        let kind = kind.unwrap_or(Kind::HEADLINE);
        Ok(SaveOverride { project: project(&self.project), version, key: self.key.clone(), kind, number })
    }
}

impl SaveOverride {
    /// Refuses a number of some people that is larger than the number of all, and a number of all that is smaller than a
    /// person's number of some. `after` is what is stated with this number in its place.
    pub fn fits(
        &self,
        basis: &Basis,
        after: &Inputs,
        coefficients: &Coefficients,
    ) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::new();
        if self.number.is_none() {
            return Ok(());
        }
        let estimate = Estimate::of(basis, after, coefficients);
        for (phase, gap) in &estimate.gaps {
            let &Gap::PartAboveWhole { population } = gap else { continue };
            let part = Kind { phase: *phase, population, ..self.kind };
            let whole = Kind { population: Population::All, ..self.kind };
            if *phase != self.kind.phase {
                continue;
            }
            if part == self.kind {
                errors.add(
                    "standard",
                    FieldFault::AboveWhole { whole: estimate.get(whole).unwrap_or_default() },
                );
            } else if whole == self.kind
                && let Some(found) = after.override_of(part)
            {
                errors.add("standard", FieldFault::BelowPart { population, part: found.range });
            }
        }
        errors.into_result()
    }
}

impl OverrideForm {
    /// The low and the high end may stay empty: then the number is known.
    fn number(&self, errors: &mut FieldErrors) -> Option<(Range, String)> {
        let mut one = |name: &str, text: &str, or: Option<Decimal>| match number(text) {
            Ok(found) => found.or(or),
            Err(fault) => {
                errors.add(name, fault);
                None
            }
        };
        let standard = one("standard", &self.standard, None);
        let (low, high) = (one("low", &self.low, standard), one("high", &self.high, standard));
        let reason = clean(&self.reason);
        let reason = reason.trim();
        if reason.is_empty() {
            errors.add("reason", FieldFault::Missing);
        }
        if reason.chars().count() > REASON_MOST as usize {
            errors.add("reason", FieldFault::TooLong { most: REASON_MOST });
        }
        let Some(standard) = standard else {
            if errors.of("standard").is_none() {
                errors.add("standard", FieldFault::Missing);
            }
            return None;
        };
        let range = Range::of([low?, standard, high?]);
        if range.is_none() {
            errors.add("low", FieldFault::Wrong);
        }
        Some((range?, reason.to_owned()))
    }
}

/// Reads a figure: full width, commas, a percent sign. Shares are typed in percent and kept as shares of one.
pub fn read(key: InputKey, text: &str) -> Result<Option<Decimal>, FieldFault> {
    let Some(number) = number(text)? else { return Ok(None) };
    let number = match key.unit() {
        InputUnit::Share => number.checked_div(Decimal::ONE_HUNDRED).ok_or(FieldFault::Wrong)?.normalize(),
        InputUnit::Count | InputUnit::Wan | InputUnit::Yuan => number.normalize(),
    };
    if key.takes(number) {
        return Ok(Some(number));
    }
    if key.divides() && number.is_zero() {
        return Err(FieldFault::Zero);
    }
    let most = if key.unit() == InputUnit::Share { 100 } else { 100_000_000 };
    Err(FieldFault::Between { least: 0, most })
}

/// The text that [`read`] reads back.
pub fn written(key: InputKey, number: Decimal) -> String {
    let number = match key.unit() {
        InputUnit::Share => number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number),
        InputUnit::Count | InputUnit::Wan | InputUnit::Yuan => number,
    };
    number.normalize().to_string()
}

/// A number that is not negative; `None` when nothing is typed.
fn number(text: &str) -> Result<Option<Decimal>, FieldFault> {
    let folded = half_width(text);
    let body: String = folded.chars().filter(|sign| !sign.is_whitespace() && *sign != ',').collect();
    let body = body.strip_suffix('%').unwrap_or(&body);
    if body.is_empty() {
        return Ok(None);
    }
    let plain = body.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && body.len() <= 20;
    let number: Option<Decimal> = body.parse().ok();
    number.filter(|_| plain).map(Some).ok_or(FieldFault::Wrong)
}

/// Text that is no id is an id that nobody has: the use case answers `NotFound` to both.
fn project(text: &str) -> ProjectId {
    text.parse().unwrap_or(ProjectId::NOTHING)
}

fn version(errors: &mut FieldErrors, text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| {
        errors.add("version", FieldFault::Wrong);
        0
    })
}

fn check_key(errors: &mut FieldErrors, key: &str) {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
}

fn choice<T>(
    errors: &mut FieldErrors,
    name: &str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    let value = read(text);
    if value.is_none() {
        errors.add(name, FieldFault::NotAChoice);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        let lines = |text| read(InputKey::Lines, text);
        assert_eq!(lines("１，２００"), Ok(Some(Decimal::from(1200))));
        assert_eq!(lines(" "), Ok(None));
        assert_eq!(lines("-1"), Err(FieldFault::Wrong));
        assert_eq!(lines("1e3"), Err(FieldFault::Wrong));
        let share = |text| read(InputKey::TargetShare, text);
        assert_eq!(share("62.3%"), Ok(Some(Decimal::new(623, 3))));
        assert_eq!(share("101"), Err(FieldFault::Between { least: 0, most: 100 }));
        assert_eq!(read(InputKey::PayPerHead, "0"), Err(FieldFault::Zero));
        for key in InputKey::ALL {
            assert_eq!(read(*key, &written(*key, Decimal::new(5, 1))), Ok(Some(Decimal::new(5, 1))));
        }
    }

    #[test]
    fn a_part_above_all_is_refused_with_the_number_of_all() {
        let relocated = Kind { population: Population::Relocated, ..Kind::HEADLINE };
        let basis = Basis {
            category: Some(domain::project::Category::ProductiveIndustry),
            total: domain::money::Money::from_fen(2_600_000_000),
            ..Basis::default()
        };
        let save = |kind: Kind, jobs: i64, others: &[(Kind, i64)]| {
            let range = |jobs: i64| Range::exactly(jobs * 1000).unwrap();
            let one = |(kind, jobs): &(Kind, i64)| Override {
                kind: *kind,
                range: range(*jobs),
                reason: "合同".to_owned(),
            };
            let overrides = others.iter().chain(&[(kind, jobs)]).map(one).collect();
            let command = SaveOverride {
                project: ProjectId::NOTHING,
                version: 0,
                key: "k-12345678".into(),
                kind,
                number: Some((range(jobs), "合同".into())),
            };
            let after = Inputs { overrides, ..Inputs::default() };
            command
                .fits(&basis, &after, &Coefficients::shipped())
                .map_err(|errors| errors.of("standard").cloned())
        };
        assert_eq!(save(relocated, 416, &[]), Ok(()));
        let whole = Range::new(260_000, 416_000, 520_000).unwrap();
        assert_eq!(save(relocated, 417, &[]), Err(Some(FieldFault::AboveWhole { whole })));
        assert_eq!(save(relocated, 417, &[(Kind::HEADLINE, 500)]), Ok(()), "the cure that is named");
        let part = Range::exactly(263_000).unwrap();
        let below = FieldFault::BelowPart { population: Population::Relocated, part };
        assert_eq!(save(Kind::HEADLINE, 262, &[(relocated, 263)]), Err(Some(below)));
        assert_eq!(save(Kind::HEADLINE, 263, &[(relocated, 263)]), Ok(()));
    }

    #[test]
    fn a_persons_number_needs_a_reason_and_an_order() {
        let form = OverrideForm {
            version: "0".into(),
            key: "k-12345678".into(),
            kind: Kind::HEADLINE.code(),
            standard: "24".into(),
            ..OverrideForm::default()
        };
        assert!(form.check().unwrap_err().of("reason").is_some());
        let form = OverrideForm { reason: "合同".into(), ..form };
        let (range, reason) = form.check().unwrap().number.unwrap();
        assert_eq!((range, reason.as_str()), (Range::exactly(24_000).unwrap(), "合同"));
        let crossed = OverrideForm { low: "30".into(), ..form.clone() };
        assert!(crossed.check().unwrap_err().of("low").is_some());
        let unknown = OverrideForm { kind: "operation.household.all".into(), ..form.clone() };
        assert!(unknown.check().unwrap_err().of("kind").is_some(), "households are nobody's jobs");
        let dropped = OverrideForm { act: "drop".into(), reason: String::new(), ..form };
        assert_eq!(dropped.check().unwrap().number, None);
    }
}
