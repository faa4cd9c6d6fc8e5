//! Keys of wall screens on the wire: made, listed and revoked by an administrator, handed in once by the screen.

use crate::account::{NAME_MOST, filled};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use chrono::{NaiveDate, NaiveDateTime};
use domain::area::AreaCode;
use domain::id::WallId;
use domain::period::parse_date;
use serde::{Deserialize, Serialize};

/// Most characters of a key with what people put between its parts.
const SECRET_MOST: u32 = 100;

/// Raw new key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WallForm {
    /// where the screen hangs
    pub name: String,
    /// a code or a name; the own area when empty
    pub area: String,
    /// the last day on which it opens; no end when empty
    pub expires: String,
}

/// Raw revocation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeWallForm {
    pub wall: String,
}

/// Raw key, as a screen hands it in.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct EnterForm {
    pub secret: String,
}

/// A key to make.
#[derive(Clone, Debug)]
pub struct MakeWall {
    pub name: String,
    pub area: Option<String>,
    pub expires: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug)]
pub struct RevokeWall {
    pub wall: WallId,
}

/// A key to try.
#[derive(Clone)]
pub struct Enter {
    pub secret: String,
}

/// How a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WallStanding {
    Open,
    Expired,
    Revoked,
}

/// One key without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallLine {
    pub wall: WallId,
    pub name: String,
    pub area: AreaCode,
    pub area_name: String,
    pub standing: WallStanding,
    pub maker: String,
    /// UTC
    pub created: NaiveDateTime,
    /// UTC
    pub last_used: Option<NaiveDateTime>,
    /// the last day on which it opens
    pub expires: Option<NaiveDate>,
}

/// A new key; the only time its secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallMade {
    pub line: WallLine,
    pub secret: String,
}

impl Form for WallForm {
    type Command = MakeWall;

    fn check(&self) -> Result<MakeWall, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = filled(&mut errors, "name", &self.name, NAME_MOST);
        let area = Some(domain::text::clean(&self.area).trim().to_owned()).filter(|text| !text.is_empty());
        if area.as_ref().is_some_and(|text| text.chars().count() > NAME_MOST as usize) {
            errors.add("area", FieldFault::TooLong { most: NAME_MOST });
        }
        let expires = match self.expires.trim() {
            "" => None,
            text => {
                let day = parse_date(text).ok();
                if day.is_none() {
                    errors.add("expires", FieldFault::Wrong);
                }
                day
            }
        };
        errors.into_result()?;
        Ok(MakeWall { name, area, expires })
    }
}

impl Form for RevokeWallForm {
    type Command = RevokeWall;

    /// Text that is no id is an id that nobody has.
    fn check(&self) -> Result<RevokeWall, FieldErrors> {
        Ok(RevokeWall { wall: self.wall.parse().unwrap_or(WallId::NOTHING) })
    }
}

impl Form for EnterForm {
    type Command = Enter;

    /// Spaces and hyphens are how people write it down.
    fn check(&self) -> Result<Enter, FieldErrors> {
        let mut errors = FieldErrors::new();
        let text = filled(&mut errors, "secret", &self.secret, SECRET_MOST);
        errors.into_result()?;
        let secret = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        Ok(Enter { secret: secret.to_ascii_lowercase() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_be_typed_in_its_parts() {
        let form = EnterForm { secret: " 0A1b-2c3D 4e5f ".into() };
        assert_eq!(form.check().unwrap().secret, "0a1b2c3d4e5f");
        assert!(EnterForm::default().check().is_err());
    }

    #[test]
    fn a_day_that_is_none_is_refused() {
        let form = WallForm { name: "n".into(), expires: "2026-02-30".into(), ..WallForm::default() };
        assert_eq!(form.check().unwrap_err().of("expires"), Some(&FieldFault::Wrong));
    }
}
