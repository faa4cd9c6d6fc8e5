//! Editions of the rules of one source on the wire: looked at, and the form of the next one. Knows no SQL and no layout.

use super::form::{EditSourceForm, SourceForm};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::{Inputs, parsed};
use chrono::NaiveDate;
use domain::fund::{Edition, Rule};
use domain::mark::Mark;
use domain::permission::Abilities;
use domain::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One edition with the name of its area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionLine {
    pub edition: Edition,
    pub area_name: String,
}

/// One source with its editions, and what the form of the next one needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    pub source: Source,
    /// those of the person's area and of areas above, in the order in which they came
    pub editions: Vec<EditionLine>,
    /// number of the one that holds today in the person's area
    pub current: Option<u32>,
    pub area_name: String,
    /// number of the next edition; the form carries it, so that two people do not follow the same one
    pub next: u32,
    /// first day on which the next one may begin
    pub earliest: NaiveDate,
    /// idempotency key for the form on this page
    pub key: String,
    pub may: Abilities,
}

/// A rule that an edition adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRule {
    pub rule: Rule,
    pub mark: Mark,
    pub basis: String,
}

/// The next edition of a source for the person's area: the rules of the one in force, by their places, as they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditSource {
    pub source: Source,
    pub number: u32,
    pub key: String,
    pub valid_from: NaiveDate,
    pub values: BTreeMap<String, String>,
    pub bases: BTreeMap<String, String>,
    /// places of rules that hold no more
    pub dropped: BTreeMap<String, String>,
    pub added: Option<NewRule>,
}

impl Form for SourceForm {
    type Command = Option<Source>;

    /// Text that is no source is a source that does not exist: the use case answers `NotFound`.
    fn check(&self) -> Result<Option<Source>, FieldErrors> {
        Ok(Source::from_code(&self.source))
    }
}

impl Form for EditSourceForm {
    type Command = EditSource;

    fn check(&self) -> Result<EditSource, FieldErrors> {
        let mut inputs = Inputs::new();
        let source = inputs.needed("source", &self.source, Source::from_code);
        let number = inputs.needed("number", &self.number, parsed);
        let key = inputs.key(&self.key);
        let valid_from = inputs.date("valid_from", &self.valid_from);
        let stays = self.bases.iter().filter(|(place, _)| !self.dropped.contains_key(*place));
        let bases: BTreeMap<String, String> = stays
            .map(|(place, basis)| (place.clone(), inputs.needed_text(&format!("bases[{place}]"), basis)))
            .collect();
        let added = self.added(&mut inputs);
        inputs.done()?;
        let all = source.zip(number).zip(valid_from);
        let ((source, number), valid_from) = all.ok_or_else(FieldErrors::new)?;
        let (values, dropped) = (self.values.clone(), self.dropped.clone());
        Ok(EditSource { source, number, key, valid_from, values, bases, dropped, added })
    }
}

impl EditSourceForm {
    /// The rule below the others, when one was chosen.
    fn added(&self, inputs: &mut Inputs) -> Option<NewRule> {
        let kind = inputs.chosen("rule", &self.rule, Rule::from_code)?;
        let mark = inputs.needed("mark", &self.mark, Mark::from_code);
        let basis = inputs.needed_text("basis", &self.basis);
        let rule = kind.read_like(&self.value);
        if rule.is_none() {
            inputs.wrong("value", FieldFault::Wrong);
        }
        Some(NewRule { rule: rule?, mark: mark?, basis })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> EditSourceForm {
        EditSourceForm {
            source: "WFR".into(),
            number: "2".into(),
            key: "key-12345678".into(),
            valid_from: "2027-01-01".into(),
            ..EditSourceForm::default()
        }
    }

    #[test]
    fn an_edition_needs_what_it_says() {
        let names = |form: EditSourceForm| {
            let errors = form.check().map(|_| ()).err().unwrap_or_default();
            errors.iter().map(|error| error.name.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(form()), "");
        assert_eq!(names(EditSourceForm::default()), "source number key valid_from");
        let bare = [("0".to_owned(), String::new())];
        assert_eq!(names(EditSourceForm { bases: bare.clone().into(), ..form() }), "bases[0]");
        let dropped = [("0".to_owned(), "1".to_owned())].into();
        assert_eq!(names(EditSourceForm { bases: bare.into(), dropped, ..form() }), "");
        let added = EditSourceForm { rule: "labour_share".into(), value: "x".into(), ..form() };
        assert_eq!(names(added), "mark basis value");
    }
}
