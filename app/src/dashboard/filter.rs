//! The one filter of the page: a plain form whose inputs stand in the address. The areas offered are the way down to the one
//! looked at and those under it.

use super::{address, text};
use crate::ledger::text::{categories, choice, sources};
use crate::parts::button::{LinkButton, Submit, Weight};
use contract::dashboard::DashboardView;
use domain::area::AreaCode;
use leptos::prelude::*;
use words::{Locale, format, name, t};

/// Years before and after this one that are offered.
const BEFORE: i32 = 5;
const AFTER: i32 = 1;

pub fn filter(l: Locale, view: &DashboardView) -> AnyView {
    let year = view.as_of.year().get();
    let this = view.list_year.get();
    let years = (this - BEFORE..=this + AFTER).map(|year| (year.to_string(), year.to_string())).collect();
    let months = (1..=12)
        .map(|month: u32| (month.to_string(), t!(l, dashboard.through_month, month = month)))
        .collect();
    let areas = areas(l, view);
    let chosen = view.area().map(|(code, _)| code.to_string()).unwrap_or_default();
    let category = view.category.map_or("", domain::project::Category::code);
    let source = view.source.map_or("", domain::source::Source::code);
    view! {
        <form method="get" action=address::PATH class="dashboard-filter toolbar" role="search" aria-label=t!(l, dashboard.filter)>
            {select("year", t!(l, dashboard.year), &year.to_string(), years)}
            {select("month", t!(l, dashboard.as_of), &view.as_of.month().to_string(), months)}
            {select("area", t!(l, common.area), &chosen, areas)}
            {choice("category", t!(l, dashboard.category), t!(l, dashboard.every_category), category, categories(l))}
            {choice("source", t!(l, dashboard.head_source), t!(l, dashboard.every_source), source, sources(l))}
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=address::PATH>{t!(l, common.reset)}</LinkButton>
        </form>
    }
    .into_any()
}

fn areas(l: Locale, view: &DashboardView) -> Vec<(String, String)> {
    let way = view.way.iter().map(|(code, name)| (*code, name.clone()));
    let below = view.places.iter().filter(|place| !place.own).map(|place| {
        let name = t!(l, dashboard.below, name = place.name.clone());
        (place.area, name)
    });
    way.chain(below).map(|(code, name): (AreaCode, String)| (code.to_string(), name)).collect()
}

fn select(name: &'static str, label: &'static str, value: &str, choices: Vec<(String, String)>) -> AnyView {
    let options = choices
        .into_iter()
        .map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <label>
            {label} <select class="input" name=name>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// What is looked at, in a line that is printed too, with the ways back up.
pub fn shown(l: Locale, path: Option<&'static str>, view: &DashboardView) -> AnyView {
    let last = view.way.len().saturating_sub(1);
    let way = view
        .way
        .iter()
        .enumerate()
        .map(|(at, (code, name))| {
            if at == last {
                return view! { <strong>{name.clone()}</strong> }.into_any();
            }
            let name = name.clone();
            let Some(path) = path else { return view! { {name} " › " }.into_any() };
            let href = address::to_area(path, view, *code);
            view! { <a href=href>{name}</a> " › " }.into_any()
        })
        .collect_view();
    let category = view.category.map(|category| {
        let wide = path.map(|path| {
            let word = t!(l, dashboard.without_source, source = name::category(l, category));
            view! { <a href=address::without_category(path, view) data-noprint="">{word}</a> }
        });
        view! { " · " {name::category(l, category)} " " {wide} }
    });
    let source = view.source.map(|source| {
        let wide = path.map(|path| {
            let word = t!(l, dashboard.without_source, source = name::source(l, source));
            view! { <a href=address::to_source(path, view, source) data-noprint="">{word}</a> }
        });
        view! { " · " {name::source(l, source)} " " {wide} }
    });
    let month = t!(l, dashboard.looked_at, year = view.as_of.year().to_string(), month = view.as_of.month());
    let at = t!(l, dashboard.moment, at = format::instant(view.at));
    let time =
        t!(l, dashboard.time_mark, share = text::value(l, contract::dashboard::Value::Share(view.elapsed)));
    view! {
        <p class="dashboard-about">
            {way} {category} {source} " · " {month} " · " {time} " · " <time>{at}</time>
        </p>
    }
    .into_any()
}
