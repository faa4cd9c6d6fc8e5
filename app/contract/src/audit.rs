//! The audit trail as its reader asks for it and sees it. Knows no SQL and no sentence.

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::{NaiveDate, NaiveDateTime};
use domain::money::Unit;
use domain::permission::{Abilities, Action};
use domain::project::{Field, Value};
use domain::text::clean;
use serde::{Deserialize, Serialize};

/// Most characters of a text of the filter.
const TEXT_MOST: usize = 100;

/// Kinds of things that acts are about, as the trail keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditObject {
    Project,
    List,
    Site,
    Import,
    Attachment,
    Synonym,
    Area,
    Account,
    Session,
    ApiToken,
    Audit,
    Setup,
    Statement,
    Finding,
    Rule,
    /// 资金来源规定
    SourceEdition,
    Reconciliation,
    Control,
    ReturnBook,
    ReturnRow,
    Coefficients,
    Bulletin,
    /// 墙屏口令
    Wall,
}

impl AuditObject {
    pub const ALL: [AuditObject; 23] = [
        AuditObject::Project,
        AuditObject::List,
        AuditObject::Site,
        AuditObject::Import,
        AuditObject::Attachment,
        AuditObject::Synonym,
        AuditObject::Area,
        AuditObject::Account,
        AuditObject::Session,
        AuditObject::ApiToken,
        AuditObject::Audit,
        AuditObject::Setup,
        AuditObject::Statement,
        AuditObject::Finding,
        AuditObject::Rule,
        AuditObject::SourceEdition,
        AuditObject::Reconciliation,
        AuditObject::Control,
        AuditObject::ReturnBook,
        AuditObject::ReturnRow,
        AuditObject::Coefficients,
        AuditObject::Bulletin,
        AuditObject::Wall,
    ];

    /// As kept in the trail.
    pub const fn code(self) -> &'static str {
        match self {
            AuditObject::Project => "project",
            AuditObject::List => "list",
            AuditObject::Site => "site",
            AuditObject::Import => "import",
            AuditObject::Attachment => "attachment",
            AuditObject::Synonym => "synonym",
            AuditObject::Area => "area",
            AuditObject::Account => "account",
            AuditObject::Session => "session",
            AuditObject::ApiToken => "api_token",
            AuditObject::Audit => "audit",
            AuditObject::Setup => "setup",
            AuditObject::Statement => "statement",
            AuditObject::Finding => "finding",
            AuditObject::Rule => "rule",
            AuditObject::SourceEdition => "source_edition",
            AuditObject::Reconciliation => "reconciliation",
            AuditObject::Control => "control",
            AuditObject::ReturnBook => "return_book",
            AuditObject::ReturnRow => "return_row",
            AuditObject::Coefficients => "coefficients",
            AuditObject::Bulletin => "bulletin",
            AuditObject::Wall => "wall",
        }
    }

    pub fn from_code(code: &str) -> Option<AuditObject> {
        AuditObject::ALL.into_iter().find(|object| object.code() == code)
    }
}

/// Raw query of the trail, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditForm {
    /// sign-in name
    pub login: String,
    /// `Action::code`
    pub action: String,
    /// `AuditObject::code`
    pub object: String,
    /// id of one thing
    pub id: String,
    /// a code or a name
    pub area: String,
    /// first and last day in China, both meant
    pub from: String,
    pub to: String,
    /// token of a page, from the answer before
    pub page: String,
    /// `1` walks the whole chain
    pub check: String,
}

/// Which acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    pub login: Option<String>,
    pub action: Option<Action>,
    pub object: Option<AuditObject>,
    pub id: Option<String>,
    pub area: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub page: Option<String>,
    pub check: bool,
}

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    pub seq: i64,
    /// UTC
    pub at: NaiveDateTime,
    /// `None` is the product itself
    pub login: Option<String>,
    /// `Role::code`, or `system`
    pub role: String,
    pub ip: Option<String>,
    /// `Action::code`
    pub action: String,
    pub area_name: String,
    /// `AuditObject::code`
    pub object: String,
    pub object_id: Option<String>,
    /// short facts as the program wrote them
    pub detail: String,
    /// first letters of the digests of the thing before and after
    pub before: Option<String>,
    pub after: Option<String>,
    pub hash: String,
}

/// What walking the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainCheck {
    pub entries: i64,
    /// the first place that does not fit, `None` when all do
    pub breach: Option<String>,
}

/// One page of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    pub lines: Vec<AuditLine>,
    pub next: Option<String>,
    /// number and hash of the last act of the whole trail
    pub head: (i64, String),
    /// only when it was asked for
    pub check: Option<ChainCheck>,
    pub may: Abilities,
}

impl Form for AuditForm {
    type Command = AuditQuery;

    fn check(&self) -> Result<AuditQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let action = chosen(&mut errors, "action", &self.action, Action::from_code);
        let object = chosen(&mut errors, "object", &self.object, AuditObject::from_code);
        let from = day(&mut errors, "from", &self.from);
        let to = day(&mut errors, "to", &self.to);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            errors.add("to", FieldFault::Wrong);
        }
        errors.into_result()?;
        let given = |text: &str| {
            let text: String = clean(text).trim().chars().take(TEXT_MOST).collect();
            (!text.is_empty()).then_some(text)
        };
        Ok(AuditQuery {
            login: given(&self.login),
            action,
            object,
            id: given(&self.id),
            area: given(&self.area),
            from,
            to,
            page: (!self.page.is_empty()).then(|| self.page.clone()),
            check: self.check == "1",
        })
    }
}

fn chosen<T>(
    errors: &mut FieldErrors,
    name: &str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let value = if text.is_empty() { return None } else { read(text) };
    if value.is_none() {
        errors.add(name, FieldFault::NotAChoice);
    }
    value
}

fn day(errors: &mut FieldErrors, name: &str, text: &str) -> Option<NaiveDate> {
    match Value::read(Field::ReportedOn, text, Unit::Wan) {
        Ok(Some(Value::Date(date))) => Some(date),
        Ok(_) => None,
        Err(error) => {
            errors.add(name, FieldFault::Value { error });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_choices_are_checked_and_blanks_ask_for_everything() {
        assert_eq!(AuditForm::default().check().unwrap(), AuditQuery::default());
        let form = AuditForm {
            action: "fly".into(),
            from: "2026-02-30".into(),
            object: "moon".into(),
            ..AuditForm::default()
        };
        let errors = form.check().unwrap_err();
        for name in ["action", "from", "object"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
        let form = AuditForm { from: "2026-02-02".into(), to: "2026-02-01".into(), ..AuditForm::default() };
        assert!(form.check().unwrap_err().of("to").is_some());
    }
}
