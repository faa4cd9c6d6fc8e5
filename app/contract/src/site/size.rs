//! Thresholds of the size classes: those in force, their editions, the form of the next one. Knows no SQL and no layout.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::NaiveDate;
use domain::period::parse_day;
use domain::permission::Abilities;
use domain::site::size::{SizeBounds, SizeEdition};
use domain::text::clean;
use serde::{Deserialize, Serialize};

/// Most characters of the basis.
const BASIS_MOST: u32 = 500;
/// Names of the inputs, from the smallest class that has a threshold.
pub const INPUTS: [&str; 4] = ["small", "medium", "large", "huge"];

/// What holds, what held, and what will.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizesView {
    pub bounds: SizeBounds,
    /// the newest first, without what the product comes with
    pub editions: Vec<SizeEdition>,
    /// number of the next one
    pub next: u32,
    pub today: NaiveDate,
    /// idempotency key
    pub key: String,
    /// for the whole country
    pub may: Abilities,
}

/// Raw text of the next edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SizesForm {
    /// the number that the person saw as the next one
    pub number: String,
    /// idempotency key
    pub key: String,
    pub small: String,
    pub medium: String,
    pub large: String,
    pub huge: String,
    pub valid_from: String,
    pub basis: String,
}

/// The next edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveSizes {
    pub key: String,
    pub edition: SizeEdition,
}

impl Form for SizesForm {
    type Command = SaveSizes;

    fn check(&self) -> Result<SaveSizes, FieldErrors> {
        let mut errors = FieldErrors::new();
        if !(8..=64).contains(&self.key.len()) || !self.key.bytes().all(|byte| byte.is_ascii_graphic()) {
            errors.add("key", FieldFault::Wrong);
        }
        let number = self.number.parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            errors.add("number", FieldFault::Wrong);
        }
        let typed = [&self.small, &self.medium, &self.large, &self.huge];
        let mut least = Vec::new();
        for (name, text) in INPUTS.into_iter().zip(typed) {
            match clean(text).trim().replace([',', '，'], "").parse::<u32>() {
                Ok(people) => least.push(people),
                Err(_) => errors.add(name, FieldFault::Wrong),
            }
        }
        let bounds = match least.as_slice() {
            [small, medium, large, huge] => {
                let bounds = SizeBounds::new(*small, *medium, *large, *huge);
                bounds.map_err(|_| errors.add("small", FieldFault::Wrong)).ok()
            }
            _ => None,
        };
        let valid_from = parse_day(self.valid_from.trim()).ok();
        if valid_from.is_none() {
            errors.add("valid_from", FieldFault::Wrong);
        }
        let basis = clean(&self.basis);
        let basis = basis.trim();
        if basis.is_empty() {
            errors.add("basis", FieldFault::Missing);
        }
        if basis.chars().count() > BASIS_MOST as usize {
            errors.add("basis", FieldFault::TooLong { most: BASIS_MOST });
        }
        match (number, bounds, valid_from) {
            (Some(number), Some(bounds), Some(valid_from)) if errors.is_empty() => Ok(SaveSizes {
                key: self.key.clone(),
                edition: SizeEdition { number, valid_from, bounds, basis: basis.to_owned() },
            }),
            (_, _, _) => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_rise_and_have_a_basis() {
        let form = SizesForm {
            number: "1".into(),
            key: "key-12345678".into(),
            small: "200".into(),
            medium: "500".into(),
            large: "3,000".into(),
            huge: "10000".into(),
            valid_from: "2027-01-01".into(),
            basis: "省级口径".into(),
        };
        assert_eq!(form.check().unwrap().edition.bounds.least(), [200, 500, 3000, 10_000]);
        let falls = SizesForm { medium: "100".into(), basis: String::new(), ..form.clone() };
        let errors = falls.check().unwrap_err();
        assert!(errors.of("small").is_some() && errors.of("basis").is_some());
        assert!(SizesForm { huge: "many".into(), ..form }.check().unwrap_err().of("huge").is_some());
    }
}
