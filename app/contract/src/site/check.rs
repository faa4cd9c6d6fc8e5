//! How the raw texts of communities become commands. The browser and the door call the same checks.

use super::{SaveSite, SaveSiteForm, SiteForm, SiteListForm, SiteListQuery, SiteQuery, SiteSort};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::area::AreaCode;
use domain::money::Unit;
use domain::project::{Field, Value};
use domain::site::{SiteField, SizeClass};
use domain::text::clean;
use std::collections::BTreeMap;

/// Most characters of a name or a code.
const TEXT_MOST: u32 = 200;
/// Most characters of what is searched for.
const NEEDLE_MOST: u32 = 100;

impl SiteSort {
    pub const ALL: [SiteSort; 12] = [
        SiteSort::Place,
        SiteSort::Name,
        SiteSort::Households,
        SiteSort::People,
        SiteSort::Labour,
        SiteSort::Employed,
        SiteSort::Rate,
        SiteSort::ZeroEmployment,
        SiteSort::Projects,
        SiteSort::Investment,
        SiteSort::PerHead,
        SiteSort::Need,
    ];

    /// As it stands in the address.
    pub const fn code(self) -> &'static str {
        match self {
            SiteSort::Place => "place",
            SiteSort::Name => "name",
            SiteSort::Households => "households",
            SiteSort::People => "people",
            SiteSort::Labour => "labour",
            SiteSort::Employed => "employed",
            SiteSort::Rate => "rate",
            SiteSort::ZeroEmployment => "zero",
            SiteSort::Projects => "projects",
            SiteSort::Investment => "investment",
            SiteSort::PerHead => "per_head",
            SiteSort::Need => "need",
        }
    }
}

impl Form for SiteListForm {
    type Command = SiteListQuery;

    fn check(&self) -> Result<SiteListQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let area = chosen(&mut errors, "area", &self.area, AreaCode::new);
        let size = chosen(&mut errors, "size", &self.size, SizeClass::from_code);
        let (down, sort) = match self.sort.strip_prefix('-') {
            Some(sort) => (true, sort),
            None => (false, self.sort.as_str()),
        };
        let known = |code: &str| SiteSort::ALL.into_iter().find(|sort| sort.code() == code);
        let sort = chosen(&mut errors, "sort", sort, known).unwrap_or_default();
        if self.q.chars().count() > NEEDLE_MOST as usize {
            errors.add("q", FieldFault::TooLong { most: NEEDLE_MOST });
        }
        errors.into_result()?;
        let page = (!self.page.is_empty()).then(|| self.page.clone());
        Ok(SiteListQuery { area, size, text: clean(&self.q).trim().to_owned(), sort, down, page })
    }
}

fn chosen<T>(
    errors: &mut FieldErrors,
    name: &str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    let value = read(text);
    if value.is_none() {
        errors.add(name, FieldFault::NotAChoice);
    }
    value
}

impl Form for SiteForm {
    type Command = SiteQuery;

    /// Text that is no id is an id that nobody has: the use case answers `NotFound` to both.
    fn check(&self) -> Result<SiteQuery, FieldErrors> {
        Ok(SiteQuery { site: self.site.parse().ok() })
    }
}

impl Form for SaveSiteForm {
    type Command = SaveSite;

    fn check(&self) -> Result<SaveSite, FieldErrors> {
        let mut errors = FieldErrors::new();
        let site = match (self.site.as_str(), self.site.parse(), self.version.parse()) {
            ("", _, _) => None,
            (_, Ok(site), Ok(version)) => Some((site, version)),
            (_, _, _) => {
                errors.add("site", FieldFault::Wrong);
                None
            }
        };
        if !(8..=64).contains(&self.key.len()) || !self.key.bytes().all(|b| b.is_ascii_graphic()) {
            errors.add("key", FieldFault::Wrong);
        }
        let mut values = BTreeMap::new();
        for (key, text) in &self.values {
            match key.parse().map_err(|()| FieldFault::Wrong).and_then(|field| read(field, text)) {
                Ok((field, value)) => drop(values.insert(field, value)),
                Err(fault) => errors.add(key.clone(), fault),
            }
        }
        for field in [SiteField::Name, SiteField::Area] {
            if self.site.is_empty() && !self.values.contains_key(field.key()) {
                errors.add(field.key(), FieldFault::Missing);
            }
        }
        errors.into_result()?;
        Ok(SaveSite { site, key: self.key.clone(), values })
    }
}

fn read(field: SiteField, text: &str) -> Result<(SiteField, Option<String>), FieldFault> {
    let text = clean(text);
    let text = text.trim();
    let value = match field {
        SiteField::Name | SiteField::Area if text.is_empty() => return Err(FieldFault::Missing),
        SiteField::Code | SiteField::Name | SiteField::Area => {
            if text.chars().count() > TEXT_MOST as usize {
                return Err(FieldFault::TooLong { most: TEXT_MOST });
            }
            (!text.is_empty()).then(|| text.to_owned())
        }
        SiteField::Households
        | SiteField::People
        | SiteField::Labour
        | SiteField::Employed
        | SiteField::EmployedOutOfProvince
        | SiteField::EmployedInProvince
        | SiteField::EmployedInCounty
        | SiteField::ZeroEmploymentHouseholds => {
            // Counts are read as those of projects are: full width, commas and signs for nothing included.
            let count = Value::read(Field::People, text, Unit::Wan);
            count.map_err(|error| FieldFault::Value { error })?.map(|count| count.canonical())
        }
    };
    Ok((field, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them_and_every_fault_is_named() {
        let values = [("name", "社区"), ("area", "520526"), ("people", "１，２０８"), ("labour", "—")];
        let values = values.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let form = SaveSiteForm { key: "k-12345678".into(), values, ..SaveSiteForm::default() };
        let save = form.check().unwrap();
        assert_eq!(save.values[&SiteField::People].as_deref(), Some("1208"));
        assert_eq!(save.values[&SiteField::Labour], None);
        let wrong = [("name", ""), ("people", "-1"), ("employed", "12.5"), ("nothing", "1")];
        let values = wrong.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let errors = SaveSiteForm { values, ..form }.check().unwrap_err();
        for name in ["name", "area", "people", "employed", "nothing"] {
            assert!(errors.of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn an_address_of_the_list_is_checked() {
        let form = SiteListForm { sort: "-people".into(), size: "large".into(), ..SiteListForm::default() };
        let query = form.check().unwrap();
        assert_eq!((query.sort, query.down, query.size), (SiteSort::People, true, Some(SizeClass::Large)));
        assert!(SiteListForm { sort: "x".into(), ..form }.check().is_err());
    }
}
