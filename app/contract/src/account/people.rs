//! What administrators do with people: a page of them, one, a new one, a table of them. Knows no hash and no SQL.

use super::{LOGIN_MOST, NAME_MOST, chosen, filled};
use crate::area::check::check_key;
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::id::UserId;
use domain::permission::Role;
use domain::text::clean;
use serde::{Deserialize, Serialize};

/// Raw query of the list of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleForm {
    /// sign-in name, name, pinyin or initials
    pub q: String,
    /// `Role::code`
    pub role: String,
    /// a code or a name
    pub area: String,
    /// `active`, `disabled`, empty for both
    pub state: String,
    /// token of a page, from the answer before
    pub page: String,
}

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    pub text: String,
    pub role: Option<Role>,
    pub area: Option<String>,
    pub disabled: Option<bool>,
    pub page: Option<String>,
}

/// A person as a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    pub user: UserId,
    pub version: i64,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub area: AreaCode,
    pub area_name: String,
    pub disabled: bool,
    /// has not yet changed the password that was given
    pub must_change: bool,
    /// UTC
    pub created: NaiveDateTime,
    /// UTC
    pub last_sign_in: Option<NaiveDateTime>,
}

/// One page of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    pub rows: Vec<PersonLine>,
    /// of the whole filter
    pub total: u64,
    pub next: Option<String>,
}

/// Asks for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonForm {
    pub user: String,
}

/// The person asked for; `None` is a text that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonQuery {
    pub user: Option<UserId>,
}

/// Everything on the page of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub person: PersonLine,
    /// the administrator looks at himself
    pub is_self: bool,
    /// sessions that are open now
    pub sessions: u64,
    /// a password to give, made for this page and kept nowhere
    pub proposal: String,
}

/// What an empty form needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlankPersonView {
    pub area: AreaCode,
    pub area_name: String,
    /// a password to give, made for this page and kept nowhere
    pub proposal: String,
    /// idempotency key
    pub key: String,
}

/// Raw new person.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AddPersonForm {
    pub key: String,
    pub login: String,
    pub name: String,
    pub role: String,
    pub area: String,
    pub password: String,
}

/// A new person; the password must be changed at the first sign-in.
#[derive(Clone)]
pub struct AddPerson {
    pub key: String,
    pub login: String,
    pub name: String,
    pub role: Role,
    /// a code or a name
    pub area: String,
    pub password: String,
}

/// Raw change of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangePersonForm {
    pub user: String,
    /// the version the administrator saw
    pub version: String,
    pub name: String,
    pub role: String,
    pub area: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePerson {
    pub user: UserId,
    pub version: i64,
    pub name: String,
    pub role: Role,
    /// a code or a name
    pub area: String,
}

/// Raw shutting out or letting in again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DisableForm {
    pub user: String,
    pub version: String,
    /// `1` shuts out, `0` lets in again
    pub disabled: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disable {
    pub user: UserId,
    pub version: i64,
    pub disabled: bool,
}

/// Raw new password given to a person.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ResetForm {
    pub user: String,
    pub version: String,
    pub password: String,
}

#[derive(Clone)]
pub struct Reset {
    pub user: UserId,
    pub version: i64,
    pub password: String,
}

/// The person that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPerson {
    pub user: UserId,
}

/// Why a row of a table of people cannot be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonFault {
    LoginMissing,
    LoginTooLong,
    /// somebody has it
    LoginTaken,
    /// the table names it twice
    LoginTwice,
    NameMissing,
    NameTooLong,
    Role,
    /// none, several, ended, or outside the administrator's area
    Area,
}

/// One row of a table of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// from 1, as spreadsheets count
    pub row: u32,
    pub login: String,
    pub name: String,
    /// as written
    pub role: String,
    pub area: String,
    /// as understood
    pub known_role: Option<Role>,
    pub known_area: Option<(AreaCode, String)>,
    pub faults: Vec<PersonFault>,
    /// a password to give, made for this page and kept nowhere; empty for a row with faults
    pub proposal: String,
}

/// A table of people, before anybody is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleImportView {
    pub batch: String,
    pub file: String,
    pub good: u32,
    pub wrong: u32,
    pub rows: Vec<PersonRow>,
    /// idempotency key of the commit
    pub key: String,
}

/// Adds the good rows of a table.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitPeopleForm {
    pub batch: String,
    pub key: String,
    /// of the good rows, in their order
    pub passwords: Vec<String>,
}

#[derive(Clone)]
pub struct CommitPeople {
    pub batch: String,
    pub key: String,
    pub passwords: Vec<String>,
}

/// How many people were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleCommitted {
    pub people: u32,
}

impl Form for PeopleForm {
    type Command = PeopleQuery;

    fn check(&self) -> Result<PeopleQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let role = if self.role.is_empty() { None } else { role(&mut errors, &self.role) };
        let disabled = match self.state.as_str() {
            "" => None,
            "active" => Some(false),
            "disabled" => Some(true),
            _ => {
                errors.add("state", FieldFault::NotAChoice);
                None
            }
        };
        errors.into_result()?;
        let given = |text: &str| {
            let text = clean(text);
            (!text.trim().is_empty()).then(|| text.trim().to_owned())
        };
        let text = clean(&self.q).trim().chars().take(NAME_MOST as usize).collect();
        Ok(PeopleQuery { text, role, area: given(&self.area), disabled, page: given(&self.page) })
    }
}

impl Form for PersonForm {
    type Command = PersonQuery;

    fn check(&self) -> Result<PersonQuery, FieldErrors> {
        Ok(PersonQuery { user: self.user.parse().ok() })
    }
}

impl Form for AddPersonForm {
    type Command = AddPerson;

    fn check(&self) -> Result<AddPerson, FieldErrors> {
        let mut errors = FieldErrors::new();
        check_key(&mut errors, &self.key);
        let login = filled(&mut errors, "login", &self.login, LOGIN_MOST);
        let name = filled(&mut errors, "name", &self.name, NAME_MOST);
        let role = role(&mut errors, &self.role);
        let area = filled(&mut errors, "area", &self.area, NAME_MOST);
        chosen(&mut errors, "password", &self.password);
        match (role, errors.is_empty()) {
            (Some(role), true) => {
                let (key, password) = (self.key.clone(), self.password.clone());
                Ok(AddPerson { key, login, name, role, area, password })
            }
            (_, _) => Err(errors),
        }
    }
}

impl Form for ChangePersonForm {
    type Command = ChangePerson;

    fn check(&self) -> Result<ChangePerson, FieldErrors> {
        let mut errors = FieldErrors::new();
        let person = person(&mut errors, &self.user, &self.version);
        let name = filled(&mut errors, "name", &self.name, NAME_MOST);
        let role = role(&mut errors, &self.role);
        let area = filled(&mut errors, "area", &self.area, NAME_MOST);
        match (person, role, errors.is_empty()) {
            (Some((user, version)), Some(role), true) => Ok(ChangePerson { user, version, name, role, area }),
            (_, _, _) => Err(errors),
        }
    }
}

impl Form for DisableForm {
    type Command = Disable;

    fn check(&self) -> Result<Disable, FieldErrors> {
        let mut errors = FieldErrors::new();
        let person = person(&mut errors, &self.user, &self.version);
        let disabled = match self.disabled.as_str() {
            "1" => true,
            "0" => false,
            _ => {
                errors.add("disabled", FieldFault::NotAChoice);
                false
            }
        };
        match (person, errors.is_empty()) {
            (Some((user, version)), true) => Ok(Disable { user, version, disabled }),
            (_, _) => Err(errors),
        }
    }
}

impl Form for ResetForm {
    type Command = Reset;

    fn check(&self) -> Result<Reset, FieldErrors> {
        let mut errors = FieldErrors::new();
        let person = person(&mut errors, &self.user, &self.version);
        chosen(&mut errors, "password", &self.password);
        match (person, errors.is_empty()) {
            (Some((user, version)), true) => Ok(Reset { user, version, password: self.password.clone() }),
            (_, _) => Err(errors),
        }
    }
}

impl Form for CommitPeopleForm {
    type Command = CommitPeople;

    fn check(&self) -> Result<CommitPeople, FieldErrors> {
        let mut errors = FieldErrors::new();
        check_key(&mut errors, &self.key);
        for password in &self.passwords {
            if errors.of("passwords").is_none() {
                chosen(&mut errors, "passwords", password);
            }
        }
        errors.into_result()?;
        let (batch, key, passwords) = (self.batch.clone(), self.key.clone(), self.passwords.clone());
        Ok(CommitPeople { batch, key, passwords })
    }
}

fn role(errors: &mut FieldErrors, text: &str) -> Option<Role> {
    let role = Role::from_code(text);
    if role.is_none() {
        errors.add("role", FieldFault::NotAChoice);
    }
    role
}

fn person(errors: &mut FieldErrors, user: &str, version: &str) -> Option<(UserId, i64)> {
    let person = user.parse().ok().zip(version.parse().ok());
    if person.is_none() {
        errors.add("user", FieldFault::Wrong);
    }
    person
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_input_of_a_new_person_is_named() {
        let form =
            AddPersonForm { role: "king".into(), password: "short".into(), ..AddPersonForm::default() };
        let Err(errors) = form.check() else { panic!("accepted") };
        for name in ["key", "login", "name", "role", "area", "password"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
    }
}
