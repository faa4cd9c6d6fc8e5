//! How the raw texts of a project's form become commands. The browser and the door call the same checks.

use super::{DraftForm, KeepForm, ProjectForm, ProjectQuery, ProjectView, SaveForm, SaveProject};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::id::ProjectId;
use domain::money::Unit;
use domain::project::value::ValueError;
use domain::project::{Field, Kind, Value};
use domain::text::clean;

impl ProjectView {
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }
}

impl Form for ProjectForm {
    type Command = ProjectQuery;

    /// Text that is no id is an id that nobody has; the use case answers `NotFound` to both.
    fn check(&self) -> Result<ProjectQuery, FieldErrors> {
        Ok(ProjectQuery { project: self.project.parse().unwrap_or(ProjectId::NOTHING) })
    }
}

impl Form for DraftForm {
    type Command = String;

    fn check(&self) -> Result<String, FieldErrors> {
        Ok(self.project.clone())
    }
}

impl Form for KeepForm {
    type Command = SaveForm;

    fn check(&self) -> Result<SaveForm, FieldErrors> {
        Ok(self.form.clone())
    }
}

impl Form for SaveForm {
    type Command = SaveProject;

    fn check(&self) -> Result<SaveProject, FieldErrors> {
        let mut errors = FieldErrors::new();
        let project = match (self.project.as_str(), self.project.parse(), self.version.parse()) {
            ("", _, _) => None,
            (_, Ok(project), Ok(version)) => Some((project, version)),
            (_, _, _) => {
                errors.add("project", FieldFault::Wrong);
                None
            }
        };
        if !(8..=64).contains(&self.key.len()) || !self.key.bytes().all(|b| b.is_ascii_graphic()) {
            errors.add("key", FieldFault::Wrong);
        }
        let is_new = self.project.is_empty();
        if is_new && !self.values.contains_key("name") {
            errors.add("name", FieldFault::Missing);
        }
        let mut area = None;
        let mut values = Vec::new();
        for (key, text) in &self.values {
            match read(key, text) {
                Ok(Read::Area(text)) => area = Some(text),
                Ok(Read::Value(field, value)) => values.push((field, value)),
                Err(fault) => errors.add(key.clone(), fault),
            }
        }
        if let Some(sites) = &self.sites {
            match sites_of(sites) {
                Some(value) => values.push((Field::Sites, value)),
                None => errors.add("sites", FieldFault::NotAChoice),
            }
        }
        if is_new && area.is_none() {
            errors.add("area", FieldFault::Missing);
        }
        errors.into_result()?;
        Ok(SaveProject { project, key: self.key.clone(), values, area })
    }
}

enum Read {
    Area(String),
    Value(Field, Option<Value>),
}

fn read(key: &str, text: &str) -> Result<Read, FieldFault> {
    let field: Field = key.parse().map_err(|_| FieldFault::Wrong)?;
    if field == Field::Area {
        let text = clean(text);
        let text = text.trim();
        return if text.is_empty() { Err(FieldFault::Missing) } else { Ok(Read::Area(text.to_owned())) };
    }
    if matches!(field.kind(), Kind::Derived | Kind::Horizon | Kind::Sites) {
        return Err(FieldFault::Value { error: ValueError::ReadOnly });
    }
    let value = Value::read(field, text, Unit::Wan).map_err(|error| FieldFault::Value { error })?;
    Ok(Read::Value(field, value))
}

/// `Some(None)` clears the sites; `None` is a text that is no id.
fn sites_of(texts: &[String]) -> Option<Option<Value>> {
    // A choice between two versions sends all sites of one in a single text.
    let texts = texts.iter().flat_map(|text| text.split(','));
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    let ids: Option<Vec<_>> = texts.iter().map(|text| text.parse().ok()).collect();
    let ids = ids?;
    Some((!ids.is_empty()).then_some(Value::Sites(ids)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(values: &[(&str, &str)]) -> SaveForm {
        let values = values.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        SaveForm { key: "k-12345678".into(), values, ..SaveForm::default() }
    }

    #[test]
    fn every_wrong_input_is_named_at_once() {
        let errors = form(&[("name", ""), ("total", "abc"), ("start", "2027-13")]).check().unwrap_err();
        for name in ["name", "total", "start", "area"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn only_columns_in_the_form_change() {
        let mut form = form(&[("source.CBI", "1,500.00")]);
        form.project = "018f0000-0000-7000-8000-000000000001".into();
        form.version = "3".into();
        let save = form.check().unwrap();
        assert_eq!(save.values.len(), 1);
        assert_eq!(save.area, None);
    }
}
