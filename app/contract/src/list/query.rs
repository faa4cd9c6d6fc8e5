//! How an address becomes the query of a list. The browser and the door call the same check.

use super::check::sortable;
use super::{Bounds, GroupBy, ListForm, ListKind, ListQuery, SortBy};
use crate::error::{FieldErrors, FieldFault};
use crate::form::Form;
use domain::area::AreaCode;
use domain::list::Mark;
use domain::money::Unit;
use domain::period::Horizon;
use domain::project::{Category, Field, Kind, Nature, Stage, Value};
use domain::source::Source;
use domain::text::clean;

/// Most characters of a search.
const TEXT_MOST: u32 = 100;
/// Levels of grouping.
const GROUPS_MOST: usize = 3;
/// Stands for "nothing filled in" among the sources of an address.
pub const NO_SOURCE: &str = "none";

/// How a column can be filtered behind its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filtered {
    /// at least, at most
    Between,
    /// contains a text
    Contains,
}

/// Columns beyond the dictionaries: amounts, counts and dates by bounds, texts by a part of them.
pub const fn filtered(field: Field) -> Option<Filtered> {
    match field.kind() {
        Kind::Money | Kind::Count | Kind::Month | Kind::Date => Some(Filtered::Between),
        Kind::Text | Kind::Code => Some(Filtered::Contains),
        Kind::Flag
        | Kind::Category
        | Kind::Nature
        | Kind::Stage
        | Kind::Horizon
        | Kind::Area
        | Kind::Sites
        | Kind::Derived => None,
    }
}

impl Form for ListForm {
    type Command = ListQuery;

    fn check(&self) -> Result<ListQuery, FieldErrors> {
        let mut errors = FieldErrors::new();
        let list = match self.list.as_str() {
            "" => Some(ListKind::Horizon(Horizon::One)),
            code => ListKind::from_code(code),
        };
        if list.is_none() {
            errors.add("list", FieldFault::NotAChoice);
        }
        let source = |code: &str| match code {
            NO_SOURCE => Some(None),
            code => Source::from_code(code).map(Some),
        };
        let sources = codes(&mut errors, "source", &self.source, source);
        let groups = codes(&mut errors, "group", &self.group, GroupBy::from_code);
        let text = clean(&self.q);
        let text = text.trim();
        if text.chars().count() > TEXT_MOST as usize {
            errors.add("q", FieldFault::TooLong { most: TEXT_MOST });
        }
        let (bounds, contains) = self.columns(&mut errors);
        let query = ListQuery {
            list: list.unwrap_or(ListKind::Pool),
            areas: codes(&mut errors, "area", &self.area, AreaCode::new),
            categories: codes(&mut errors, "category", &self.category, Category::from_code),
            stages: codes(&mut errors, "stage", &self.stage, Stage::from_code),
            natures: codes(&mut errors, "nature", &self.nature, Nature::from_code),
            no_source: sources.contains(&None),
            sources: sources.into_iter().flatten().collect(),
            marks: codes(&mut errors, "mark", &self.mark, Mark::from_code),
            bounds,
            contains,
            text: (!text.is_empty()).then(|| text.to_owned()),
            sort: sort(&mut errors, &self.sort),
            open: self.opened(groups.len().min(GROUPS_MOST)),
            groups: groups.into_iter().take(GROUPS_MOST).collect(),
            page: (!self.page.is_empty()).then(|| self.page.clone()),
            sums_now: !self.sums.is_empty(),
        };
        errors.into_result()?;
        Ok(query)
    }
}

impl ListForm {
    /// Bounds and texts by column; `least` and `most` alone are those of total investment.
    fn columns(&self, errors: &mut FieldErrors) -> (Vec<Bounds>, Vec<(Field, String)>) {
        let mut bounds: Vec<Bounds> = Vec::new();
        let mut contains = Vec::new();
        let total = [("least.total", &self.least), ("most.total", &self.most)];
        let further = self.bounds.iter().map(|(name, text)| (name.as_str(), text));
        for (name, text) in total.into_iter().chain(further).filter(|(_, text)| !text.trim().is_empty()) {
            let known = name.split_once('.').and_then(|(side, key)| Some((side, key.parse::<Field>().ok()?)));
            let shown = name.strip_suffix(".total").unwrap_or(name);
            match known.map(|(side, field)| (side, field, filtered(field))) {
                Some(("has", field, Some(Filtered::Contains))) => {
                    contains.push((field, clean(text).trim().to_owned()))
                }
                Some((side @ ("least" | "most"), field, Some(Filtered::Between))) => {
                    match Value::read(field, text, Unit::Wan) {
                        Ok(value) => put(&mut bounds, side, field, value),
                        Err(error) => errors.add(shown, FieldFault::Value { error }),
                    }
                }
                Some(_) | None => errors.add(shown, FieldFault::NotAChoice),
            }
        }
        (bounds, contains)
    }

    /// The opened group, `None` when none is open or the address names more levels than there are.
    fn opened(&self, levels: usize) -> Option<Vec<Option<String>>> {
        let code = |code: &str| (code != "-").then(|| code.to_owned());
        let open: Vec<Option<String>> = self.open.split('/').map(code).collect();
        (!self.open.is_empty() && open.len() <= levels).then_some(open)
    }
}

fn put(bounds: &mut Vec<Bounds>, side: &str, field: Field, value: Option<Value>) {
    let at = bounds.iter().position(|known| known.field == field).unwrap_or_else(|| {
        bounds.push(Bounds { field, least: None, most: None });
        bounds.len() - 1
    });
    if side == "least" {
        bounds[at].least = value;
    } else {
        bounds[at].most = value;
    }
}

pub(super) fn codes<T>(
    errors: &mut FieldErrors,
    name: &str,
    text: &str,
    find: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let parts: Vec<&str> = text.split(',').filter(|part| !part.is_empty()).collect();
    let found: Vec<T> = parts.iter().filter_map(|part| find(part)).collect();
    if found.len() != parts.len() {
        errors.add(name, FieldFault::NotAChoice);
    }
    found
}

fn sort(errors: &mut FieldErrors, text: &str) -> Option<SortBy> {
    if text.is_empty() {
        return None;
    }
    let (key, down) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
    let field = key.parse().ok().filter(|field| sortable(*field));
    if field.is_none() {
        errors.add("sort", FieldFault::NotAChoice);
    }
    field.map(|field| SortBy { field, down })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_address_is_the_first_list() {
        let query = ListForm::default().check().unwrap();
        assert_eq!(query.list, ListKind::Horizon(Horizon::One));
        assert_eq!(query.sort, None);
    }

    #[test]
    fn what_is_no_choice_is_named() {
        let form = ListForm {
            list: "9y".into(),
            least: "abc".into(),
            sort: "content".into(),
            ..ListForm::default()
        };
        let errors = form.check().unwrap_err();
        assert!(["list", "least", "sort"].iter().all(|name| errors.of(name).is_some()));
    }

    #[test]
    fn bounds_and_texts_of_columns_are_read() {
        let mut form = ListForm { least: "500".into(), ..ListForm::default() };
        for (name, text) in [("least.posts", "10"), ("most.posts", "20"), ("has.unit", " 公司 ")] {
            form.bounds.insert(name.into(), text.into());
        }
        let query = form.check().unwrap();
        assert_eq!(query.bounds.len(), 2);
        assert_eq!(query.bounds[1].most, Some(Value::Count(20)));
        assert_eq!(query.contains, [(Field::Unit, "公司".to_owned())]);
        form.bounds.insert("least.unit".into(), "1".into());
        form.bounds.insert("least.nonsense".into(), "1".into());
        let errors = form.check().unwrap_err();
        assert!(errors.of("least.unit").is_some() && errors.of("least.nonsense").is_some());
    }

    #[test]
    fn an_opened_group_is_no_deeper_than_the_grouping() {
        let form = |group: &str, open: &str| ListForm {
            group: group.into(),
            open: open.into(),
            ..ListForm::default()
        };
        let open = |group, open| form(group, open).check().unwrap().open;
        assert_eq!(open("area,category", "520526/-"), Some(vec![Some("520526".into()), None]));
        assert_eq!(open("area", "520526/A"), None);
        assert_eq!(open("", "520526"), None);
    }
}
