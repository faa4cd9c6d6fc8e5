//! How the raw texts about areas become commands. The browser and the door call the same checks.

use super::{
    AddArea, AddAreaForm, Alias, AliasForm, AreaForm, AreaListForm, AreaListQuery, AreaQuery, AreaSearch,
    AreaSearchForm, CommitAreas, CommitAreasForm, SaveArea, SaveAreaForm, StagedForm, StagedQuery,
};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::NaiveDate;
use domain::area::AreaCode;
use domain::money::Unit;
use domain::project::{Field, Value};
use domain::text::clean;

/// Most characters of a name.
const NAME_MOST: u32 = 60;
/// Most characters of what is searched for.
const NEEDLE_MOST: usize = 60;

impl Form for AreaSearchForm {
    type Command = AreaSearch;

    fn check(&self) -> Result<AreaSearch, FieldErrors> {
        Ok(AreaSearch { text: clean(&self.q).trim().chars().take(NEEDLE_MOST).collect() })
    }
}

impl Form for AreaListForm {
    type Command = AreaListQuery;

    fn check(&self) -> Result<AreaListQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let at = if self.at.is_empty() { None } else { code(&mut errors, "at", &self.at) };
        errors.into_result()?;
        Ok(AreaListQuery { at, text: clean(&self.q).trim().chars().take(NEEDLE_MOST).collect() })
    }
}

impl Form for AreaForm {
    type Command = AreaQuery;

    /// Text that is no code is a code that nobody has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<AreaQuery, FieldErrors> {
        Ok(AreaQuery { code: AreaCode::new(&self.code) })
    }
}

impl Form for SaveAreaForm {
    type Command = SaveArea;

    fn check(&self) -> Result<SaveArea, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = code(&mut errors, "code", &self.code);
        let version = self.version.parse().ok();
        if version.is_none() {
            errors.add("version", FieldFault::Wrong);
        }
        let name = name(&mut errors, "name", &self.name);
        let valid_from = date(&mut errors, "valid_from", &self.valid_from);
        let valid_to = date(&mut errors, "valid_to", &self.valid_to);
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to < from
        {
            errors.add("valid_to", FieldFault::Wrong);
        }
        match (code, version, errors.is_empty()) {
            (Some(code), Some(version), true) => Ok(SaveArea { code, version, name, valid_from, valid_to }),
            (_, _, _) => Err(errors),
        }
    }
}

impl Form for AddAreaForm {
    type Command = AddArea;

    fn check(&self) -> Result<AddArea, FieldErrors> {
        let mut errors = FieldErrors::new();
        let parent = code(&mut errors, "parent", &self.parent);
        let code = code(&mut errors, "new_code", &self.code);
        let name = name(&mut errors, "new_name", &self.name);
        let valid_from = date(&mut errors, "new_valid_from", &self.valid_from);
        match (parent, code, errors.is_empty()) {
            (Some(parent), Some(code), true) => Ok(AddArea { parent, code, name, valid_from }),
            (_, _, _) => Err(errors),
        }
    }
}

impl Form for AliasForm {
    type Command = Alias;

    fn check(&self) -> Result<Alias, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = code(&mut errors, "code", &self.code);
        let alias = name(&mut errors, "alias", &self.alias);
        match (code, errors.is_empty()) {
            (Some(code), true) => Ok(Alias { code, alias }),
            (_, _) => Err(errors),
        }
    }
}

impl Form for StagedForm {
    type Command = StagedQuery;

    fn check(&self) -> Result<StagedQuery, FieldErrors> {
        Ok(StagedQuery { batch: self.batch.clone() })
    }
}

impl Form for CommitAreasForm {
    type Command = CommitAreas;

    fn check(&self) -> Result<CommitAreas, FieldErrors> {
        let mut errors = FieldErrors::new();
        check_key(&mut errors, &self.key);
        errors.into_result()?;
        Ok(CommitAreas { batch: self.batch.clone(), key: self.key.clone() })
    }
}

/// An idempotency key is made by us; anything else is no key.
pub(crate) fn check_key(errors: &mut FieldErrors, key: &str) {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
}

fn code(errors: &mut FieldErrors, input: &str, text: &str) -> Option<AreaCode> {
    let code = AreaCode::new(text.trim());
    if code.is_none() {
        let fault = if text.trim().is_empty() { FieldFault::Missing } else { FieldFault::Wrong };
        errors.add(input, fault);
    }
    code
}

fn name(errors: &mut FieldErrors, input: &str, text: &str) -> String {
    let name = clean(text);
    let name = name.trim();
    if name.is_empty() {
        errors.add(input, FieldFault::Missing);
    } else if name.chars().count() > NAME_MOST as usize {
        errors.add(input, FieldFault::TooLong { most: NAME_MOST });
    }
    name.to_owned()
}

/// A date as people write dates; empty is none.
fn date(errors: &mut FieldErrors, input: &str, text: &str) -> Option<NaiveDate> {
    match Value::read(Field::ReportedOn, text, Unit::Wan) {
        Ok(Some(Value::Date(date))) => Some(date),
        Ok(_) => None,
        Err(error) => {
            errors.add(input, FieldFault::Value { error });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_the_beginning_is_named() {
        let mut form = SaveAreaForm {
            code: "520526".into(),
            version: "1".into(),
            name: "威宁县".into(),
            valid_from: "2024-01-01".into(),
            valid_to: "20231231".into(),
        };
        assert_eq!(form.check().unwrap_err().of("valid_to"), Some(&FieldFault::Wrong));
        form.valid_to = "2025年1月1日".into();
        assert_eq!(form.check().unwrap().valid_to, NaiveDate::from_ymd_opt(2025, 1, 1));
    }
}
