//! How a sheet is to be read, checked: rows of the heading, columns by letters, units. Knows no file.

use super::{Head, chosen};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use crate::import::ReadAsForm;
use crate::import::command::ReadAs;
use domain::money::Unit;
use domain::period::{FiscalYear, Horizon};
use std::collections::BTreeMap;

/// Rows of a heading.
const HEADING_MOST: u32 = 3;
/// Headings are looked for no further down.
const HEADING_DEEPEST: u32 = 200;

impl Form for ReadAsForm {
    type Command = ReadAs;

    fn check(&self) -> Result<ReadAs, FieldErrors> {
        let mut head = Head::read(&self.import, &self.version, &self.key);
        let errors = &mut head.errors;
        let unit = chosen("unit", &self.unit, errors, Unit::from_code);
        let horizon = chosen("horizon", &self.horizon, errors, Horizon::from_code);
        let plan_year =
            chosen("plan_year", &self.plan_year, errors, |text| text.parse().ok().and_then(FiscalYear::new));
        let rows = self.heading_rows(errors);
        let columns: BTreeMap<String, String> = self
            .columns
            .iter()
            .map(|(letters, key)| (letters.trim().to_uppercase(), key.trim().to_owned()))
            .collect();
        for letters in columns.keys().filter(|letters| !is_letters(letters)) {
            errors.add(format!("columns[{letters}]"), FieldFault::Wrong);
        }
        let units = self.units_of_columns(errors);
        let (sheet, key, remember) = (self.sheet.clone(), self.key.clone(), self.remember == "on");
        head.done(|import, version| ReadAs {
            import,
            version,
            key,
            sheet,
            unit,
            header_rows: rows,
            horizon,
            plan_year,
            columns,
            units,
            remember,
        })
    }
}

impl ReadAsForm {
    /// First and last row of the heading; the last may be left out when it is the first.
    fn heading_rows(&self, errors: &mut FieldErrors) -> Option<(u32, u32)> {
        let typed = self.heading.trim().replace(['–', '－', '—', '~', '～', '至'], "-");
        let (first, last, name) = if typed.is_empty() {
            (self.header_first.as_str(), self.header_last.as_str(), "header_last")
        } else {
            let (first, last) = typed.split_once('-').unwrap_or((&typed, ""));
            (first, last, "heading")
        };
        let number = |name: &str, text: &str, errors: &mut FieldErrors| {
            let row = chosen(name, text, errors, |text| text.parse::<u32>().ok())?;
            let found = (1..=HEADING_DEEPEST).contains(&row);
            if !found {
                errors.add(name, FieldFault::Between { least: 1, most: HEADING_DEEPEST.into() });
            }
            found.then_some(row)
        };
        let first = number(if name == "heading" { name } else { "header_first" }, first, errors)?;
        let last = number(name, last, errors).unwrap_or(first);
        if last < first || last - first >= HEADING_MOST {
            errors.add(name, FieldFault::Wrong);
            return None;
        }
        Some((first, last))
    }

    /// Units given to single columns; an empty one takes it back.
    fn units_of_columns(&self, errors: &mut FieldErrors) -> BTreeMap<String, Option<Unit>> {
        let mut units = BTreeMap::new();
        for (letters, code) in &self.units {
            let letters = letters.trim().to_uppercase();
            let name = format!("units[{letters}]");
            if is_letters(&letters) {
                let unit = chosen(&name, code, errors, Unit::from_code);
                units.insert(letters, unit);
            } else {
                errors.add(name, FieldFault::Wrong);
            }
        }
        units
    }
}

/// `A` to `XFD`.
fn is_letters(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "018f0000-0000-7000-8000-000000000001";

    #[test]
    fn a_heading_can_be_typed_down_to_row_two_hundred() {
        let rows = |heading: &str| {
            let form = ReadAsForm {
                import: ID.into(),
                version: "1".into(),
                key: "k-1234567".into(),
                header_first: "3".into(),
                heading: heading.into(),
                units: BTreeMap::from([("d".into(), "yuan".into()), ("E".into(), String::new())]),
                ..ReadAsForm::default()
            };
            form.check().map(|read| (read.header_rows, read.units))
        };
        let units = BTreeMap::from([("D".to_owned(), Some(Unit::Yuan)), ("E".to_owned(), None)]);
        assert_eq!(rows("150").unwrap(), (Some((150, 150)), units.clone()));
        assert_eq!(rows("150–151").unwrap().0, Some((150, 151)));
        assert_eq!(rows("").unwrap().0, Some((3, 3)));
        for wrong in ["201", "x", "9-7", "0"] {
            assert!(rows(wrong).unwrap_err().of("heading").is_some(), "{wrong}");
        }
    }
}
