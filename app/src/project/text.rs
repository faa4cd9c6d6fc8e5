//! A value of a column as text: as it is shown, and as it is edited. Knows no input; areas and sites come with names.

use domain::money::{Delta, Unit};
use domain::project::{Field, Value};
use words::{Locale, format, name, t};

/// What stands in a cell or on a page.
pub fn shown(l: Locale, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Money(amount) => format::wan(*amount),
        Value::Month(month) => month.to_string(),
        Value::Date(date) => format::date(*date),
        Value::Count(count) => format::integer(i64::from(*count)),
        Value::Flag(true) => t!(l, project.yes).to_owned(),
        Value::Flag(false) => t!(l, project.no).to_owned(),
        Value::Code(code) => code.as_str().to_owned(),
        Value::Category(item) => name::category(l, *item).to_owned(),
        Value::Nature(item) => name::nature(l, *item).to_owned(),
        Value::Stage(item) => name::stage(l, *item).to_owned(),
        Value::Horizon(item) => name::horizon(l, *item).to_owned(),
        Value::Area(code) => code.to_string(),
        Value::Sites(sites) => format::integer(i64::try_from(sites.len()).unwrap_or(i64::MAX)),
    }
}

/// The same where nothing around it says a unit: an amount says its own, with all digits.
pub fn alone(l: Locale, value: &Value) -> String {
    value.money().map_or_else(|| shown(l, value), |amount| format::money_exact(l, amount))
}

/// Most digits behind the letter of a code of GB/T 4754.
const INDUSTRY_DIGITS: usize = 4;

/// What a code of GB/T 4754 such as `L72` begins to say: the section its letter stands for. Other text says itself.
fn industry_section(l: Locale, text: &str) -> Option<&'static str> {
    let mut rest = text.trim().chars();
    let letter = rest.next()?;
    let digits = rest.as_str();
    if digits.len() > INDUSTRY_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let word = match letter.to_ascii_uppercase() {
        'A' => t!(l, project.industry_a),
        'B' => t!(l, project.industry_b),
        'C' => t!(l, project.industry_c),
        'D' => t!(l, project.industry_d),
        'E' => t!(l, project.industry_e),
        'F' => t!(l, project.industry_f),
        'G' => t!(l, project.industry_g),
        'H' => t!(l, project.industry_h),
        'I' => t!(l, project.industry_i),
        'J' => t!(l, project.industry_j),
        'K' => t!(l, project.industry_k),
        'L' => t!(l, project.industry_l),
        'M' => t!(l, project.industry_m),
        'N' => t!(l, project.industry_n),
        'O' => t!(l, project.industry_o),
        'P' => t!(l, project.industry_p),
        'Q' => t!(l, project.industry_q),
        'R' => t!(l, project.industry_r),
        'S' => t!(l, project.industry_s),
        'T' => t!(l, project.industry_t),
        _ => return None,
    };
    Some(word)
}

/// The section of the industry of a project, when its value is a code.
pub fn industry_meaning(l: Locale, value: Option<&Value>) -> Option<&'static str> {
    let Some(Value::Text(text)) = value else { return None };
    industry_section(l, text)
}

/// What editing begins with: all digits of an amount in 万元, dictionary entries as the form prints them.
pub fn editable(value: &Value) -> String {
    match value {
        Value::Money(amount) => Delta::from(*amount).exact(Unit::Wan),
        Value::Flag(flag) => if *flag { "1" } else { "0" }.to_owned(),
        Value::Category(item) => item.sign().to_owned(),
        Value::Nature(item) => item.sign().to_owned(),
        Value::Stage(item) => item.sign().to_owned(),
        Value::Text(_)
        | Value::Month(_)
        | Value::Date(_)
        | Value::Count(_)
        | Value::Code(_)
        | Value::Horizon(_)
        | Value::Area(_)
        | Value::Sites(_) => value.canonical(),
    }
}

/// The same for a value that may be missing.
pub fn editable_or_empty(value: Option<&Value>) -> String {
    value.map(editable).unwrap_or_default()
}

/// A canonical text of history or conflict, as shown; text that cannot be read is shown as it is.
pub fn from_canonical(l: Locale, field: Option<Field>, canonical: Option<&str>) -> String {
    let Some(text) = canonical else { return t!(l, project.blank).to_owned() };
    let value = field.and_then(|field| Value::from_canonical(field, text));
    value.map_or_else(|| text.to_owned(), |value| shown(l, &value))
}
