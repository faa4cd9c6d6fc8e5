//! The dictionaries of a list's filters as (value, word). Knows no input.

use contract::list::query::NO_SOURCE;
use contract::list::{AreaChoice, GroupBy};
use domain::list::Mark;
use domain::project::{Category, Nature, Stage};
use domain::source::Source;
use words::{Locale, name, t};

/// (value, word) of a choice.
pub type Choices = Vec<(String, String)>;

/// Areas, those further down moved in by a space a level.
pub fn areas(areas: &[AreaChoice]) -> Choices {
    let word = |area: &AreaChoice| format!("{}{}", "\u{3000}".repeat(usize::from(area.depth)), area.name);
    areas.iter().map(|area| (area.code.to_string(), word(area))).collect()
}

pub fn categories(l: Locale) -> Choices {
    Category::ALL.map(|item| (item.code().to_owned(), name::category(l, item).to_owned())).to_vec()
}

pub fn stages(l: Locale) -> Choices {
    Stage::ALL.map(|item| (item.code().to_owned(), name::stage(l, item).to_owned())).to_vec()
}

pub fn natures(l: Locale) -> Choices {
    Nature::ALL.map(|item| (item.code().to_owned(), name::nature(l, item).to_owned())).to_vec()
}

/// The sources, and their absence.
pub fn sources(l: Locale) -> Choices {
    let none = (NO_SOURCE.to_owned(), t!(l, list.no_value).to_owned());
    Source::ALL
        .iter()
        .map(|item| (item.code().to_owned(), name::source(l, *item).to_owned()))
        .chain([none])
        .collect()
}

pub fn groups(l: Locale) -> Choices {
    let word = |by| match by {
        GroupBy::Area => t!(l, list.group_by_area),
        GroupBy::Category => t!(l, list.group_by_category),
        GroupBy::Stage => t!(l, list.group_by_stage),
        GroupBy::Source => t!(l, list.group_by_source),
    };
    GroupBy::ALL.map(|by| (by.code().to_owned(), word(by).to_owned())).to_vec()
}

/// What a mark is called.
pub fn mark(l: Locale, mark: Mark) -> &'static str {
    match mark {
        Mark::Gap => t!(l, list.mark_gap),
        Mark::Gates => t!(l, list.mark_gates),
        Mark::Quiet => t!(l, list.mark_quiet),
    }
}

/// The word of a value, the value itself when it is no choice.
pub fn word_of(choices: &Choices, value: &str) -> String {
    let found = choices.iter().find(|(known, _)| known == value).map(|(_, word)| word.trim().to_owned());
    found.unwrap_or_else(|| value.to_owned())
}
