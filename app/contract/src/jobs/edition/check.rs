//! How the raw texts about editions become commands. The browser and the door call the same checks.

use super::{
    Decide, DecideForm, DraftForm, EditDraft, EditDraftForm, EditedLine, EditionForm, MakeDraft, Propose,
    ProposeForm,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::Inputs;
use domain::jobs::coefficient::Key;
use domain::jobs::edition::Verdict;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Most digits after the point of a coefficient.
const PLACES: u32 = 6;

impl Form for EditionForm {
    type Command = Option<u32>;

    /// Text that is no number is a number that no edition has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<Option<u32>, FieldErrors> {
        Ok(self.number.parse().ok())
    }
}

impl Form for DraftForm {
    type Command = MakeDraft;

    fn check(&self) -> Result<MakeDraft, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        let valid_from = inputs.date("valid_from", &self.valid_from);
        let reason = inputs.needed_text("reason", &self.reason);
        inputs.done()?;
        let valid_from = valid_from.ok_or_else(|| wrong("valid_from"))?;
        Ok(MakeDraft { key, valid_from, reason })
    }
}

impl Form for EditDraftForm {
    type Command = EditDraft;

    fn check(&self) -> Result<EditDraft, FieldErrors> {
        let mut inputs = Inputs::new();
        let number = inputs.needed("number", &self.number, |text| text.parse().ok());
        let version = inputs.needed("version", &self.version, |text| text.parse().ok());
        let valid_from = inputs.date("valid_from", &self.valid_from);
        let reason = inputs.needed_text("reason", &self.reason);
        let lines: BTreeMap<Key, EditedLine> =
            Key::ALL.iter().filter_map(|key| Some((*key, self.line(&mut inputs, *key)?))).collect();
        inputs.done()?;
        match (number, version, valid_from) {
            (Some(number), Some(version), Some(valid_from)) => {
                Ok(EditDraft { number, version, valid_from, reason, lines })
            }
            (_, _, _) => Err(wrong("number")),
        }
    }
}

impl EditDraftForm {
    fn line(&self, inputs: &mut Inputs, key: Key) -> Option<EditedLine> {
        let of = |texts: &BTreeMap<String, String>| texts.get(key.code()).cloned().unwrap_or_default();
        let mut read = |name: &str, texts| {
            let name = format!("{name}[{}]", key.code());
            inputs.needed(&name, &of(texts), decimal)
        };
        let low = read("low", &self.low);
        let standard = read("standard", &self.standard);
        let high = read("high", &self.high);
        let (year, source) = (of(&self.year), of(&self.source));
        let price_year = inputs.chosen(&format!("year[{}]", key.code()), &year, |text| {
            text.parse::<i32>().ok().filter(|year| (1990..=2099).contains(year))
        });
        let source = inputs.needed_text(&format!("source[{}]", key.code()), &source);
        let (low, standard, high) = (low?, standard?, high?);
        // Which way round they stand is known as soon as they are typed.
        if !(low <= standard && standard <= high) {
            inputs.wrong(&format!("standard[{}]", key.code()), FieldFault::Wrong);
        }
        Some(EditedLine { low, standard, high, price_year, source })
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let number: Decimal = text.trim().parse().ok()?;
    let is_fit = !number.is_sign_negative() && number.normalize().scale() <= PLACES;
    is_fit.then_some(number)
}

impl Form for ProposeForm {
    type Command = Propose;

    fn check(&self) -> Result<Propose, FieldErrors> {
        match (self.number.parse().ok(), self.version.parse().ok()) {
            (Some(number), Some(version)) => Ok(Propose { number, version }),
            (_, _) => Err(wrong("number")),
        }
    }
}

impl Form for DecideForm {
    type Command = Decide;

    fn check(&self) -> Result<Decide, FieldErrors> {
        let mut inputs = Inputs::new();
        let number = inputs.needed("number", &self.number, |text| text.parse().ok());
        let version = inputs.needed("version", &self.version, |text| text.parse().ok());
        let puts = inputs.needed("verdict", &self.verdict, |code| match code {
            "in_force" => Some(true),
            "returned" => Some(false),
            _ => None,
        });
        let verdict = puts.map(|puts| match puts {
            true => Verdict::PutInForce,
            false => Verdict::Return { reason: inputs.needed_text("reason", &self.reason) },
        });
        inputs.done()?;
        match (number, version, verdict) {
            (Some(number), Some(version), Some(verdict)) => Ok(Decide { number, version, verdict }),
            (_, _, _) => Err(wrong("verdict")),
        }
    }
}

fn wrong(name: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add(name, FieldFault::Wrong);
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::jobs::coefficient::Coefficients;

    fn names(errors: &FieldErrors) -> String {
        errors.iter().map(|error| error.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn form() -> EditDraftForm {
        let lines = Coefficients::shipped().lines;
        let texts = |read: fn(&domain::jobs::coefficient::Coefficient) -> String| {
            lines.iter().map(|(key, line)| (key.code().to_owned(), read(line))).collect::<BTreeMap<_, _>>()
        };
        EditDraftForm {
            number: "1".into(),
            version: "1".into(),
            valid_from: "2026-11-01".into(),
            reason: "x".into(),
            low: texts(|line| line.low.to_string()),
            standard: texts(|line| line.standard.to_string()),
            high: texts(|line| line.high.to_string()),
            year: texts(|line| line.price_year.map(|year| year.to_string()).unwrap_or_default()),
            source: texts(|line| line.source.clone()),
        }
    }

    #[test]
    fn a_draft_is_read_and_its_faults_are_named() {
        let command = form().check().unwrap();
        assert_eq!(command.lines.len(), Key::ALL.len());
        let mut odd = form();
        odd.low.insert("work_days".into(), "x".into());
        odd.standard.insert("workshop_posts".into(), "90".into());
        odd.year.insert("relief_people".into(), "24".into());
        odd.source.remove("relief_fte");
        odd.reason = " ".into();
        let names = names(&odd.check().unwrap_err());
        for name in [
            "reason",
            "low[work_days]",
            "standard[workshop_posts]",
            "year[relief_people]",
            "source[relief_fte]",
        ] {
            assert!(names.split(' ').any(|found| found == name), "{name}: {names}");
        }
    }

    #[test]
    fn giving_back_needs_a_reason_and_putting_into_force_none() {
        let form = |verdict: &str| DecideForm {
            number: "1".into(),
            version: "1".into(),
            verdict: verdict.into(),
            reason: String::new(),
        };
        assert_eq!(form("in_force").check().unwrap().verdict, Verdict::PutInForce);
        assert_eq!(names(&form("returned").check().unwrap_err()), "reason");
        assert_eq!(names(&form("maybe").check().unwrap_err()), "verdict");
    }
}
