//! Signing in, the first start, one's own account: commands up, views down. Knows no hash and no cookie.

pub mod people;

use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::NaiveDateTime;
use domain::area::AreaCode;
use domain::id::{TokenId, UserId};
use domain::permission::{Abilities, Role};
use serde::{Deserialize, Serialize};

/// Fewest characters of a password that a person chooses.
pub const PASSWORD_LEAST: u32 = 10;
/// Most characters, checked before hashing.
pub const PASSWORD_MOST: u32 = 128;
/// Requests a second of one token, in the long run.
pub const TOKEN_PER_SECOND: u32 = 20;
/// Requests of one token at once.
pub const TOKEN_BURST: u32 = 200;
pub(crate) const LOGIN_MOST: u32 = 64;
pub(crate) const NAME_MOST: u32 = 100;

/// Raw sign-in.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SignInForm {
    pub login: String,
    pub password: String,
}

/// Raw first set-up.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SetUpForm {
    pub code: String,
    pub login: String,
    pub name: String,
    pub password: String,
}

/// Raw change of the own password.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct ChangePasswordForm {
    pub old_password: String,
    pub new_password: String,
}

/// Raw new API token.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct TokenForm {
    pub name: String,
    /// `read` or `write`
    pub scope: String,
}

/// Raw revocation.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct RevokeTokenForm {
    pub token: String,
}

/// A name and a password, lengths checked.
#[derive(Clone)]
pub struct SignIn {
    pub login: String,
    pub password: String,
}

/// The first administrator.
#[derive(Clone)]
pub struct SetUp {
    pub code: String,
    pub login: String,
    pub name: String,
    pub password: String,
}

/// The old and the new password, lengths checked.
#[derive(Clone)]
pub struct ChangePassword {
    pub old_password: String,
    pub new_password: String,
}

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    Read,
    Write,
}

#[derive(Clone, Debug)]
pub struct MakeToken {
    pub name: String,
    pub scope: TokenScope,
}

#[derive(Clone, Debug)]
pub struct RevokeToken {
    pub token: TokenId,
}

/// Who is signed in, with everything the frame of a page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeView {
    pub user: UserId,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub area: AreaCode,
    pub area_name: String,
    pub may: Abilities,
    /// The data is invented.
    pub demo: bool,
    /// The password was given by an administrator: nothing else can be done before it is changed.
    #[serde(default)]
    pub must_change: bool,
}

/// One API token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLine {
    pub token: TokenId,
    pub name: String,
    pub scope: TokenScope,
    /// UTC
    pub created: NaiveDateTime,
    /// UTC
    pub last_used: Option<NaiveDateTime>,
    /// UTC
    pub expires: Option<NaiveDateTime>,
}

/// A new token; the only time its secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenMade {
    pub line: TokenLine,
    pub secret: String,
}

impl Form for SignInForm {
    type Command = SignIn;

    fn check(&self) -> Result<SignIn, FieldErrors> {
        let mut errors = FieldErrors::new();
        let login = filled(&mut errors, "login", &self.login, LOGIN_MOST);
        present(&mut errors, "password", &self.password);
        errors.into_result()?;
        Ok(SignIn { login, password: self.password.clone() })
    }
}

impl Form for SetUpForm {
    type Command = SetUp;

    fn check(&self) -> Result<SetUp, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = filled(&mut errors, "code", &self.code, LOGIN_MOST);
        let login = filled(&mut errors, "login", &self.login, LOGIN_MOST);
        let name = filled(&mut errors, "name", &self.name, NAME_MOST);
        chosen(&mut errors, "password", &self.password);
        errors.into_result()?;
        Ok(SetUp { code, login, name, password: self.password.clone() })
    }
}

impl Form for ChangePasswordForm {
    type Command = ChangePassword;

    fn check(&self) -> Result<ChangePassword, FieldErrors> {
        let mut errors = FieldErrors::new();
        present(&mut errors, "old_password", &self.old_password);
        chosen(&mut errors, "new_password", &self.new_password);
        errors.into_result()?;
        Ok(ChangePassword {
            old_password: self.old_password.clone(),
            new_password: self.new_password.clone(),
        })
    }
}

impl Form for TokenForm {
    type Command = MakeToken;

    fn check(&self) -> Result<MakeToken, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = filled(&mut errors, "name", &self.name, NAME_MOST);
        let scope = match self.scope.as_str() {
            "read" => Some(TokenScope::Read),
            "write" => Some(TokenScope::Write),
            _ => None,
        };
        if scope.is_none() {
            errors.add("scope", FieldFault::NotAChoice);
        }
        match (scope, errors.is_empty()) {
            (Some(scope), true) => Ok(MakeToken { name, scope }),
            (Some(_) | None, _) => Err(errors),
        }
    }
}

impl Form for RevokeTokenForm {
    type Command = RevokeToken;

    fn check(&self) -> Result<RevokeToken, FieldErrors> {
        self.token.parse().map(|token| RevokeToken { token }).map_err(|_| {
            let mut errors = FieldErrors::new();
            errors.add("token", FieldFault::Wrong);
            errors
        })
    }
}

pub(crate) fn filled(errors: &mut FieldErrors, name: &str, text: &str, most: u32) -> String {
    let clean = domain::text::clean(text);
    let trimmed = clean.trim();
    if trimmed.is_empty() {
        errors.add(name, FieldFault::Missing);
    } else if trimmed.chars().count() > most as usize {
        errors.add(name, FieldFault::TooLong { most });
    }
    trimmed.to_owned()
}

fn present(errors: &mut FieldErrors, name: &str, password: &str) {
    if password.is_empty() {
        errors.add(name, FieldFault::Missing);
    } else if password.chars().count() > PASSWORD_MOST as usize {
        errors.add(name, FieldFault::TooLong { most: PASSWORD_MOST });
    }
}

pub(crate) fn chosen(errors: &mut FieldErrors, name: &str, password: &str) {
    let length = password.chars().count();
    if password.is_empty() {
        errors.add(name, FieldFault::Missing);
    } else if length < PASSWORD_LEAST as usize {
        errors.add(name, FieldFault::TooShort { least: PASSWORD_LEAST });
    } else if length > PASSWORD_MOST as usize {
        errors.add(name, FieldFault::TooLong { most: PASSWORD_MOST });
    }
}
