//! How the raw texts about estimates and their record become queries and commands.

use super::{Adopt, AdoptForm, By, ComparedForm, ComparedQuery, Paid, RecordForm};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::ledger::check::Inputs;
use domain::area::AreaCode;
use domain::jobs::comparison::Measure;
use domain::jobs::kind::Population;
use domain::period::Month;
use domain::source::Source;

fn month(text: &str) -> Option<Month> {
    Month::parse(text).ok()
}

fn paid(code: &str) -> Option<Paid> {
    if code == "none" {
        Some(Paid::Nothing)
    } else {
        Source::from_code(code).map(|source| Paid::From { source })
    }
}

fn reported(code: &str) -> Option<Population> {
    Population::REPORTED.into_iter().find(|population| population.code() == code)
}

impl Form for ComparedForm {
    type Command = ComparedQuery;

    fn check(&self) -> Result<ComparedQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let query = ComparedQuery {
            by: inputs.chosen("by", &self.by, By::from_code).unwrap_or_default(),
            month: inputs.chosen("month", &self.month, month),
            measure: inputs.chosen("measure", &self.measure, Measure::from_code).unwrap_or(Measure::Present),
            population: inputs.chosen("population", &self.population, reported).unwrap_or(Population::All),
            area: inputs.chosen("area", &self.area, AreaCode::new),
            paid: inputs.chosen("source", &self.source, paid),
            after: inputs.chosen("page", &self.page, |text| text.parse().ok()).unwrap_or(0),
        };
        inputs.done()?;
        Ok(query)
    }
}

impl Form for RecordForm {
    type Command = Option<Month>;

    fn check(&self) -> Result<Option<Month>, FieldErrors> {
        let mut inputs = Inputs::new();
        let found = inputs.chosen("month", &self.month, month);
        inputs.done()?;
        Ok(found)
    }
}

impl Form for AdoptForm {
    type Command = Adopt;

    fn check(&self) -> Result<Adopt, FieldErrors> {
        let mut inputs = Inputs::new();
        let key = inputs.key(&self.key);
        let month = inputs.needed("month", &self.month, month);
        let valid_from = inputs.date("valid_from", &self.valid_from);
        let reason = inputs.needed_text("reason", &self.reason);
        inputs.done()?;
        match (month, valid_from) {
            (Some(month), Some(valid_from)) => Ok(Adopt { key, month, valid_from, reason }),
            (_, _) => {
                let mut errors = FieldErrors::new();
                errors.add("month", FieldFault::Wrong);
                Err(errors)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_filter_is_the_first_tab_and_a_wrong_one_is_named() {
        let query = ComparedForm::default().check().unwrap();
        assert_eq!((query.by, query.measure, query.paid), (By::Project, Measure::Present, None));
        let form = ComparedForm {
            by: "moon".into(),
            population: "poor".into(),
            source: "none".into(),
            ..ComparedForm::default()
        };
        let errors = form.check().unwrap_err();
        let names: Vec<&str> = errors.iter().map(|error| error.name.as_str()).collect();
        assert_eq!(names, ["by", "population"], "returns do not tell the poor apart");
    }
}
