//! What is filtered by, one chip a value, each with the way to take it away. Plain links.

use super::address;
use super::choice::{self, Choices};
use crate::parts::icon::{Icon, Shape};
use contract::list::{AreaChoice, ListForm};
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn Chips(form: ListForm, areas: Vec<AreaChoice>) -> impl IntoView {
    let l = locale();
    let chips = all(l, &form, &areas)
        .into_iter()
        .map(|(name, value, word)| {
            let said = t!(l, list.chip_remove, word = word.clone());
            let href = address::write(&address::without(&form, &name, &value));
            view! {
                <li>
                    <a class="list-chip" href=href aria-label=said>
                        {word}
                        <Icon shape=Shape::Close />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="list-chips" aria-label=t!(l, list.chips)>
            {chips}
        </ul>
    }
}

/// (name in the address, value, word)
fn all(l: Locale, form: &ListForm, areas: &[AreaChoice]) -> Vec<(String, String, String)> {
    let dictionaries: [(&str, &String, Choices); 5] = [
        ("area", &form.area, choice::areas(areas)),
        ("category", &form.category, choice::categories(l)),
        ("stage", &form.stage, choice::stages(l)),
        ("nature", &form.nature, choice::natures(l)),
        ("source", &form.source, choice::sources(l)),
    ];
    let mut chips = Vec::new();
    for (name, values, choices) in dictionaries {
        for value in values.split(',').filter(|value| !value.is_empty()) {
            chips.push((name.to_owned(), value.to_owned(), choice::word_of(&choices, value)));
        }
    }
    let total = [("least.total", &form.least), ("most.total", &form.most)];
    let total = total.into_iter().filter(|(_, text)| !text.is_empty());
    let further = form.bounds.iter().map(|(name, text)| (name.as_str(), text));
    for (name, text) in total.chain(further) {
        let own = name.strip_suffix(".total").unwrap_or(name);
        chips.push((own.to_owned(), text.clone(), bound(l, name, text)));
    }
    if !form.q.is_empty() {
        chips.push(("q".to_owned(), form.q.clone(), t!(l, list.chip_text, text = form.q.clone())));
    }
    chips
}

/// 岗位 ≥ 10
fn bound(l: Locale, name: &str, text: &str) -> String {
    let Some((side, key)) = name.split_once('.') else { return text.to_owned() };
    let column = key.parse::<Field>().map_or_else(|_| key.to_owned(), |field| name::field(l, field));
    let text = text.to_owned();
    match side {
        "least" => t!(l, list.chip_least, column = column, text = text),
        "most" => t!(l, list.chip_most, column = column, text = text),
        _ => t!(l, list.chip_has, column = column, text = text),
    }
}
