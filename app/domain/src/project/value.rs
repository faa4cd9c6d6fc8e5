//! One cell's value: typed, with a canonical text for files and history and a reader for what people type.

use super::category::{Category, Nature, Stage};
use super::code::ProjectCode;
use super::field::{Field, Kind};
use crate::area::AreaCode;
use crate::id::SiteId;
use crate::money::{AmountError, Money, Unit};
use crate::period::{DateError, Horizon, Month, parse_date};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A value of a column. An empty cell is `None` around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Value {
    Text(String),
    Money(Money),
    Month(Month),
    Date(NaiveDate),
    /// people, households, posts or years: the column says which
    Count(u32),
    Flag(bool),
    Code(ProjectCode),
    Category(Category),
    Nature(Nature),
    Stage(Stage),
    Horizon(Horizon),
    Area(AreaCode),
    Sites(Vec<SiteId>),
}

/// Why a text is no value of its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
// Adjacent tagging: the amount and date errors inside carry a `kind` of their own.
#[serde(rename_all = "snake_case", tag = "kind", content = "facts")]
pub enum ValueError {
    #[error(transparent)]
    Amount(AmountError),
    #[error(transparent)]
    Date(DateError),
    #[error("not a whole number: {text}")]
    NotACount { text: String },
    #[error("neither yes nor no: {text}")]
    NotAFlag { text: String },
    /// Not an entry of the dictionary of this column.
    #[error("not in the dictionary: {text}")]
    NotInDictionary { text: String },
    #[error("longer than {allowed} characters")]
    TooLong { allowed: usize },
    /// The column must not be empty.
    #[error("missing")]
    Missing,
    /// A formula stands there whose result is not in the file.
    #[error("a formula without a saved result")]
    NotCalculated,
    /// The column is computed, or needs a look-up that the caller must make.
    #[error("cannot be typed in")]
    ReadOnly,
}

impl Value {
    /// Reads what a person typed or a cell says; amounts without a unit are in `unit`.
    /// Empty (also `—`, `/`, `无`) is `Ok(None)`. Areas and sites must be codes and ids here:
    /// names are resolved by the service first.
    pub fn read(field: Field, text: &str, unit: Unit) -> Result<Option<Value>, ValueError> {
        let text = text.trim();
        let is_text = matches!(field.kind(), Kind::Text);
        if text.is_empty() || (!is_text && text::means_empty(text)) {
            return if field == Field::Name { Err(ValueError::Missing) } else { Ok(None) };
        }
        let unknown = || ValueError::NotInDictionary { text: text.to_owned() };
        let value = match field.kind() {
            Kind::Text => Value::Text(read_text(text, field.longest())?),
            Kind::Money => Value::Money(Money::parse(text, unit).map_err(ValueError::Amount)?),
            Kind::Month => Value::Month(Month::parse(text).map_err(ValueError::Date)?),
            Kind::Date => Value::Date(parse_date(text).map_err(ValueError::Date)?),
            Kind::Count => Value::Count(read_count(text)?),
            Kind::Flag => Value::Flag(read_flag(text)?),
            Kind::Code => Value::Code(ProjectCode::new(text).ok_or(ValueError::TooLong { allowed: 40 })?),
            Kind::Category => Value::Category(
                Category::find(text).or_else(|| Category::from_code(text)).ok_or_else(unknown)?,
            ),
            Kind::Nature => {
                Value::Nature(Nature::find(text).or_else(|| Nature::from_code(text)).ok_or_else(unknown)?)
            }
            Kind::Stage => {
                Value::Stage(Stage::find(text).or_else(|| Stage::from_code(text)).ok_or_else(unknown)?)
            }
            Kind::Horizon => {
                Value::Horizon(Horizon::find(text).or_else(|| Horizon::from_code(text)).ok_or_else(unknown)?)
            }
            Kind::Area => Value::Area(AreaCode::new(&text::half_width(text)).ok_or_else(unknown)?),
            Kind::Sites => Value::Sites(read_sites(text).ok_or_else(unknown)?),
            Kind::Derived => return Err(ValueError::ReadOnly),
        };
        Ok(Some(value))
    }

    /// The text kept in history and staging; [`Value::from_canonical`] reads it back exactly.
    pub fn canonical(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Money(money) => money.fen().to_string(),
            Value::Month(month) => month.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Flag(flag) => if *flag { "1" } else { "0" }.to_owned(),
            Value::Code(code) => code.as_str().to_owned(),
            Value::Category(item) => item.code().to_owned(),
            Value::Nature(item) => item.code().to_owned(),
            Value::Stage(item) => item.code().to_owned(),
            Value::Horizon(item) => item.code().to_owned(),
            Value::Area(code) => code.to_string(),
            Value::Sites(sites) => sites.iter().map(SiteId::to_string).collect::<Vec<_>>().join(","),
        }
    }

    /// Reads [`Value::canonical`] back; `None` means the stored text is corrupt.
    pub fn from_canonical(field: Field, text: &str) -> Option<Value> {
        match field.kind() {
            Kind::Text => Some(Value::Text(text.to_owned())),
            Kind::Money => text.parse().ok().and_then(Money::from_fen).map(Value::Money),
            Kind::Month => Month::parse(text).ok().map(Value::Month),
            Kind::Date => text.parse().ok().map(Value::Date),
            Kind::Count => text.parse().ok().map(Value::Count),
            Kind::Flag => match text {
                "1" => Some(Value::Flag(true)),
                "0" => Some(Value::Flag(false)),
                _ => None,
            },
            Kind::Code => ProjectCode::new(text).map(Value::Code),
            Kind::Category => Category::from_code(text).map(Value::Category),
            Kind::Nature => Nature::from_code(text).map(Value::Nature),
            Kind::Stage => Stage::from_code(text).map(Value::Stage),
            Kind::Horizon => Horizon::from_code(text).map(Value::Horizon),
            Kind::Area => AreaCode::new(text).map(Value::Area),
            Kind::Sites => read_sites(text).map(Value::Sites),
            Kind::Derived => None,
        }
    }

    /// The amount, when this is one.
    pub const fn money(&self) -> Option<Money> {
        if let Value::Money(money) = self { Some(*money) } else { None }
    }
}

fn read_text(text: &str, allowed: usize) -> Result<String, ValueError> {
    let clean = text::clean(text);
    if clean.chars().count() > allowed { Err(ValueError::TooLong { allowed }) } else { Ok(clean) }
}

/// Whole numbers up to a billion; `12人`, `12.0` and `1,200` are read.
fn read_count(text: &str) -> Result<u32, ValueError> {
    let folded = text::half_width(text);
    let body: String = folded.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let body = body.trim_end_matches(['人', '户', '个', '年']);
    let (whole, decimals) = body.split_once('.').unwrap_or((body, ""));
    let fault = || ValueError::NotACount { text: text.to_owned() };
    let digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    if !digits || decimals.bytes().any(|b| b != b'0') {
        return Err(fault());
    }
    whole.parse().ok().filter(|count| *count <= 1_000_000_000).ok_or_else(fault)
}

fn read_flag(text: &str) -> Result<bool, ValueError> {
    match text::fold(text).as_str() {
        "是" | "yes" | "y" | "1" | "true" | "√" | "✓" | "有" => Ok(true),
        "否" | "no" | "n" | "0" | "false" | "×" | "不是" => Ok(false),
        _ => Err(ValueError::NotAFlag { text: text.to_owned() }),
    }
}

fn read_sites(text: &str) -> Option<Vec<SiteId>> {
    text.split(',').map(|id| id.trim().parse().ok()).collect()
}
