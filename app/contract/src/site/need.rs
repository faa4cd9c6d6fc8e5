//! Needs of communities: recorded, dropped, made a project. Knows no SQL and no layout.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::id::{NeedId, ProjectId, SiteId};
use domain::money::{Money, Unit};
use domain::project::{Category, Field, Value};
use domain::site::need::{LONGEST_REASON, Need};
use domain::text::clean;
use serde::{Deserialize, Serialize};

/// Most characters of a title: what the name of a project takes.
const TITLE_MOST: u32 = 200;
/// Most characters of the content.
const CONTENT_MOST: u32 = 2000;

/// A need as the page of its community shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedLine {
    pub id: NeedId,
    pub version: i64,
    pub need: Need,
    /// number and name of the project it became
    pub project: Option<(u64, String)>,
    /// idempotency key of the step that may be taken
    pub key: String,
}

/// The need that a project was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedOrigin {
    pub site: SiteId,
    pub site_name: String,
    pub need: Need,
}

/// Raw text of a new need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordNeedForm {
    pub site: String,
    /// idempotency key
    pub key: String,
    pub title: String,
    /// code of a category
    pub category: String,
    pub content: String,
    pub people: String,
    /// 万元 where no unit is typed
    pub estimated: String,
}

/// A need to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordNeed {
    pub site: SiteId,
    pub key: String,
    pub title: String,
    pub category: Category,
    pub content: Option<String>,
    pub people: Option<u32>,
    pub estimated: Option<Money>,
}

/// Raw text of a decision about a need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DropNeedForm {
    pub need: String,
    /// the version the person saw
    pub version: String,
    /// idempotency key
    pub key: String,
    /// where the form stands, for the way back
    pub site: String,
    pub reason: String,
}

/// Nobody follows the need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropNeed {
    pub need: NeedId,
    pub version: i64,
    pub key: String,
    pub reason: String,
}

/// Raw text of the one click that makes a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConvertNeedForm {
    pub need: String,
    /// the version the person saw
    pub version: String,
    /// idempotency key
    pub key: String,
    /// where the form stands, for the way back
    pub site: String,
}

/// A reserve project is to be made of the need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertNeed {
    pub need: NeedId,
    pub version: i64,
    pub key: String,
}

/// The need after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedView {
    pub need: NeedId,
    pub site: SiteId,
    pub version: i64,
    /// what was made of it
    pub project: Option<ProjectId>,
}

impl Form for RecordNeedForm {
    type Command = RecordNeed;

    fn check(&self) -> Result<RecordNeed, FieldErrors> {
        let mut errors = FieldErrors::new();
        let key = key(&mut errors, &self.key);
        let site = self.site.parse().ok();
        if site.is_none() {
            errors.add("site", FieldFault::Wrong);
        }
        let title = text(&mut errors, "title", &self.title, TITLE_MOST);
        if title.is_none() {
            errors.add("title", FieldFault::Missing);
        }
        let category = Category::from_code(&self.category);
        if category.is_none() {
            let is_empty = self.category.is_empty();
            errors.add("category", if is_empty { FieldFault::Missing } else { FieldFault::NotAChoice });
        }
        let content = text(&mut errors, "content", &self.content, CONTENT_MOST);
        let mut value = |name: &str, field: Field, text: &str| {
            Value::read(field, &clean(text), Unit::Wan).unwrap_or_else(|error| {
                errors.add(name, FieldFault::Value { error });
                None
            })
        };
        let people = match value("people", Field::People, &self.people) {
            Some(Value::Count(count)) => Some(count),
            Some(_) | None => None,
        };
        let estimated = value("estimated", Field::Total, &self.estimated).and_then(|value| value.money());
        match (site, title, category) {
            (Some(site), Some(title), Some(category)) if errors.is_empty() => {
                Ok(RecordNeed { site, key, title, category, content, people, estimated })
            }
            (_, _, _) => Err(errors),
        }
    }
}

impl Form for DropNeedForm {
    type Command = DropNeed;

    fn check(&self) -> Result<DropNeed, FieldErrors> {
        let mut errors = FieldErrors::new();
        let key = key(&mut errors, &self.key);
        let found = need(&mut errors, &self.need, &self.version);
        let most = u32::try_from(LONGEST_REASON).unwrap_or(u32::MAX);
        let reason = text(&mut errors, "reason", &self.reason, most);
        if reason.is_none() {
            errors.add("reason", FieldFault::Missing);
        }
        match (found, reason) {
            (Some((need, version)), Some(reason)) if errors.is_empty() => {
                Ok(DropNeed { need, version, key, reason })
            }
            (_, _) => Err(errors),
        }
    }
}

impl Form for ConvertNeedForm {
    type Command = ConvertNeed;

    fn check(&self) -> Result<ConvertNeed, FieldErrors> {
        let mut errors = FieldErrors::new();
        let key = key(&mut errors, &self.key);
        match need(&mut errors, &self.need, &self.version) {
            Some((need, version)) if errors.is_empty() => Ok(ConvertNeed { need, version, key }),
            Some(_) | None => Err(errors),
        }
    }
}

fn key(errors: &mut FieldErrors, key: &str) -> String {
    if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        errors.add("key", FieldFault::Wrong);
    }
    key.to_owned()
}

fn need(errors: &mut FieldErrors, need: &str, version: &str) -> Option<(NeedId, i64)> {
    let found = need.parse().ok().zip(version.parse().ok());
    if found.is_none() {
        errors.add("need", FieldFault::Wrong);
    }
    found
}

/// Text of an input, cleaned; nothing where it is empty.
fn text(errors: &mut FieldErrors, name: &str, text: &str, most: u32) -> Option<String> {
    let text = clean(text);
    let text = text.trim();
    if text.chars().count() > most as usize {
        errors.add(name, FieldFault::TooLong { most });
    }
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_read_as_people_write_it_and_every_fault_is_named() {
        let form = RecordNeedForm {
            site: "018f0000-0000-7000-8000-00000000dead".into(),
            key: "key-12345678".into(),
            title: " 社区工厂 ".into(),
            category: Category::ProductiveIndustry.code().into(),
            content: String::new(),
            people: "１,200".into(),
            estimated: "300".into(),
        };
        let need = form.check().unwrap();
        assert_eq!((need.title.as_str(), need.people), ("社区工厂", Some(1200)));
        assert_eq!(need.estimated.map(Money::fen), Some(300_000_000));
        let wrong = RecordNeedForm {
            title: String::new(),
            category: "x".into(),
            people: "-1".into(),
            estimated: "lots".into(),
            ..form
        };
        let errors = wrong.check().unwrap_err();
        for name in ["title", "category", "people", "estimated"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_decision_names_its_need_and_a_dropped_one_its_reason() {
        let form = DropNeedForm { key: "key-12345678".into(), ..DropNeedForm::default() };
        let errors = form.check().unwrap_err();
        assert!(errors.of("need").is_some() && errors.of("reason").is_some());
        let form = ConvertNeedForm {
            need: "018f0000-0000-7000-8000-00000000dead".into(),
            version: "1".into(),
            key: "short".into(),
            ..ConvertNeedForm::default()
        };
        assert!(form.check().unwrap_err().of("key").is_some());
    }
}
