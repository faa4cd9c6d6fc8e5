//! The filters of a list as plain forms that send the address: they work with scripts off, and every state can be linked to.

use super::address;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::grid::head::HeadFilter;
use contract::list::{AreaChoice, GroupBy, ListForm};
use domain::project::{Category, Stage};
use leptos::prelude::*;
use std::sync::Arc;
use words::locale::locale;
use words::{Locale, name, t};

const FUNNEL: &str = "M2 3h12L9.500 8.500V13l-3 1.500V8.500z";

/// (value, word) of a choice.
type Choices = Vec<(String, String)>;

#[component]
pub fn FilterBar(form: ListForm, areas: Vec<AreaChoice>) -> impl IntoView {
    let l = locale();
    let reset = address::write(&ListForm { list: form.list.clone(), ..ListForm::default() });
    view! {
        <form method="get" action=address::PATH class="list-filter toolbar" role="search" aria-label=t!(l, list.filter)>
            <input type="hidden" name="list" value=form.list.clone() />
            {(!form.sort.is_empty()).then(|| view! { <input type="hidden" name="sort" value=form.sort.clone() /> })}
            {select("area", t!(l, list.filter_area), &form.area, area_choices(areas))}
            {select("category", t!(l, list.filter_category), &form.category, categories(l))}
            {select("stage", t!(l, list.filter_stage), &form.stage, stages(l))}
            {amount("least", t!(l, list.filter_least), &form.least)}
            <label>
                {t!(l, list.filter_text)}
                <input class="input" type="search" name="q" value=form.q.clone() maxlength="100" autocomplete="off" />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=reset>{t!(l, common.reset)}</LinkButton>
            <details class="list-more" open=!form.group.is_empty() || !form.most.is_empty()>
                <summary>{t!(l, list.filter_more)}</summary>
                <div class="list-more-row">
                    {amount("most", t!(l, list.filter_most), &form.most)}
                    {group_selects(l, &form)}
                </div>
            </details>
        </form>
    }
}

/// A closed list; what stands in the address and is no single choice (several ticked) is kept as it is.
fn select(name: &'static str, label: &'static str, value: &str, mut choices: Choices) -> AnyView {
    let l = locale();
    if !value.is_empty() && !choices.iter().any(|(code, _)| code == value) {
        choices.push((value.to_owned(), several(&choices, value)));
    }
    let options = std::iter::once((String::new(), t!(l, list.every).to_owned())).chain(choices);
    view! {
        <label>
            {label}
            <select class="input" name=name>
                {options
                    .map(|(code, word)| {
                        let selected = code == value;
                        view! { <option value=code selected=selected>{word}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
    .into_any()
}

fn several(choices: &Choices, value: &str) -> String {
    let word =
        |code: &str| choices.iter().find(|(known, _)| known == code).map(|(_, word)| word.trim().to_owned());
    value.split(',').map(|code| word(code).unwrap_or_else(|| code.to_owned())).collect::<Vec<_>>().join(" + ")
}

fn amount(name: &'static str, label: &'static str, value: &str) -> AnyView {
    view! {
        <label>
            {label}
            <input class="input list-amount" type="text" inputmode="decimal" name=name value=value.to_owned() autocomplete="off" />
        </label>
    }
    .into_any()
}

fn group_selects(l: Locale, form: &ListForm) -> Vec<AnyView> {
    let labels = [t!(l, list.filter_group), t!(l, list.group_second), t!(l, list.group_third)];
    let chosen: Vec<&str> = form.group.split(',').collect();
    labels
        .into_iter()
        .enumerate()
        .map(|(at, label)| select("group", label, chosen.get(at).copied().unwrap_or_default(), groups(l)))
        .collect()
}

fn groups(l: Locale) -> Choices {
    let word = |by| match by {
        GroupBy::Area => t!(l, list.group_by_area),
        GroupBy::Category => t!(l, list.group_by_category),
        GroupBy::Stage => t!(l, list.group_by_stage),
        GroupBy::Source => t!(l, list.group_by_source),
    };
    GroupBy::ALL.map(|by| (by.code().to_owned(), word(by).to_owned())).to_vec()
}

fn area_choices(areas: Vec<AreaChoice>) -> Choices {
    let word = |area: &AreaChoice| format!("{}{}", "\u{3000}".repeat(usize::from(area.depth)), area.name);
    areas.iter().map(|area| (area.code.to_string(), word(area))).collect()
}

fn categories(l: Locale) -> Choices {
    Category::ALL.map(|item| (item.code().to_owned(), name::category(l, item).to_owned())).to_vec()
}

fn stages(l: Locale) -> Choices {
    Stage::ALL.map(|item| (item.code().to_owned(), name::stage(l, item).to_owned())).to_vec()
}

/// The filter behind a heading, for columns that have one.
pub fn head_filter(l: Locale, form: ListForm) -> HeadFilter {
    Arc::new(move |key| match key {
        "category" => {
            Some(ticks(l, &form, "category", t!(l, list.filter_category), &form.category, categories(l)))
        }
        "stage" => Some(ticks(l, &form, "stage", t!(l, list.filter_stage), &form.stage, stages(l))),
        "total" => Some(span(l, &form)),
        _ => None,
    })
}

fn ticks(
    l: Locale,
    form: &ListForm,
    name: &'static str,
    label: &'static str,
    value: &str,
    choices: Choices,
) -> AnyView {
    let boxes = choices
        .into_iter()
        .map(|(code, word)| {
            let checked = value.split(',').any(|part| part == code);
            view! {
                <label>
                    <span>
                        <input type="checkbox" name=name value=code checked=checked />
                        {word}
                    </span>
                </label>
            }
        })
        .collect_view();
    popover(l, form, &[name], label, !value.is_empty(), boxes.into_any())
}

fn span(l: Locale, form: &ListForm) -> AnyView {
    let inputs = (
        amount("least", t!(l, list.filter_least), &form.least),
        amount("most", t!(l, list.filter_most), &form.most),
    );
    let filtered = !form.least.is_empty() || !form.most.is_empty();
    popover(l, form, &["least", "most"], t!(l, name.field_total), filtered, inputs.into_any())
}

/// A form of its own that keeps the rest of the address.
fn popover(
    l: Locale,
    form: &ListForm,
    own: &[&str],
    label: &'static str,
    filtered: bool,
    inputs: AnyView,
) -> AnyView {
    let kept = address::parts(&address::first_page(form))
        .into_iter()
        .filter(|(name, _)| !own.contains(name))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <details class="list-head-filter" class:list-filtered=filtered>
            <summary aria-label=t!(l, list.filter_column, column = label)>
                <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
                    <path d=FUNNEL fill=if filtered { "currentColor" } else { "none" } stroke="currentColor" stroke-width="1.5" />
                </svg>
            </summary>
            <form method="get" action=address::PATH class="list-head-form">
                {kept}
                {inputs}
                <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            </form>
        </details>
    }
    .into_any()
}
