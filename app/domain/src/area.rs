//! Administrative areas (行政区划, GB/T 2260). Knows codes and paths; names live in the store.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Six digits of GB/T 2260; `100000` is the whole country and the root of the tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode([u8; 6]);

/// Codes from the root down to an area, each ended by `/`: `/100000/520000/520500/520526/`.
/// The closing `/` keeps 3301 from being a prefix of 33010.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaPath(String);

/// Depth of an area in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Nation,
    Province,
    City,
    County,
}

impl AreaCode {
    /// The whole country, root of the tree.
    pub const ROOT: AreaCode = AreaCode(*b"100000");

    pub fn new(code: &str) -> Option<AreaCode> {
        let bytes: [u8; 6] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_digit).then_some(AreaCode(bytes))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("six ASCII digits are UTF-8")
    }
}

impl AreaPath {
    /// The path of the root.
    pub fn root() -> AreaPath {
        AreaPath(format!("/{}/", AreaCode::ROOT))
    }

    /// Accepts only well-formed paths.
    pub fn new(path: &str) -> Option<AreaPath> {
        let body = path.strip_prefix('/')?.strip_suffix('/')?;
        body.split('/').all(|part| AreaCode::new(part).is_some()).then(|| AreaPath(path.to_owned()))
    }

    /// The path of a child of this area.
    pub fn child(&self, code: AreaCode) -> AreaPath {
        AreaPath(format!("{}{code}/", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The area itself: the last code of the path.
    pub fn code(&self) -> AreaCode {
        let last = self.0.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        AreaCode::new(last).expect("a path is made of area codes")
    }

    /// True for the area itself and everything under it.
    pub fn contains(&self, other: &AreaPath) -> bool {
        other.0.starts_with(&self.0)
    }

    /// Codes from the root down.
    pub fn codes(&self) -> Vec<AreaCode> {
        self.0.split('/').filter_map(AreaCode::new).collect()
    }
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Nation, Level::Province, Level::City, Level::County];

    /// Stable code in files and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Level::Nation => "nation",
            Level::Province => "province",
            Level::City => "city",
            Level::County => "county",
        }
    }

    /// The level of what lies directly under this one; counties have nothing under them.
    pub const fn below(self) -> Option<Level> {
        match self {
            Level::Nation => Some(Level::Province),
            Level::Province => Some(Level::City),
            Level::City => Some(Level::County),
            Level::County => None,
        }
    }

    pub fn from_code(code: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.code() == code)
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AreaPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> String {
        code.as_str().to_owned()
    }
}

impl TryFrom<String> for AreaCode {
    type Error = String;
    fn try_from(code: String) -> Result<AreaCode, String> {
        AreaCode::new(&code).ok_or_else(|| format!("not an area code: {code}"))
    }
}

impl From<AreaPath> for String {
    fn from(path: AreaPath) -> String {
        path.0
    }
}

impl TryFrom<String> for AreaPath {
    type Error = String;
    fn try_from(path: String) -> Result<AreaPath, String> {
        AreaPath::new(&path).ok_or_else(|| format!("not an area path: {path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_contains_only_what_lies_under_it() {
        let city = AreaPath::new("/100000/330000/330100/").unwrap();
        assert!(city.contains(&AreaPath::new("/100000/330000/330100/330102/").unwrap()));
        assert!(city.contains(&city));
        assert!(!city.contains(&AreaPath::new("/100000/330000/").unwrap()));
        assert_eq!(city.code().as_str(), "330100");
        assert!(AreaPath::new("/33/").is_none());
        assert!(AreaPath::new("330100").is_none());
    }
}
