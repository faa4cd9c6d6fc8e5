//! The filter behind a heading, as spreadsheets have it: search and ticks for dictionaries, bounds for amounts, counts
//! and dates, a part of the text for texts. Every one is a plain form that keeps the rest of the address.

use super::choice::{self, Choices};
use super::{address, filter};
use crate::parts::button::{Submit, Weight};
use crate::parts::grid::head::HeadFilter;
use contract::list::query::{Filtered, filtered};
use contract::list::{AreaChoice, GridColumn, ListForm};
use domain::list::Mark;
use domain::project::Field;
use leptos::prelude::*;
use std::sync::Arc;
use words::locale::locale;
use words::{Locale, t};

const FUNNEL: &str = "M2 3h12L9.500 8.500V13l-3 1.500V8.500z";
/// From this many choices on they can be searched.
const SEARCHED_FROM: usize = 8;

/// `tabindex` of the funnel.
type Tab = Signal<Option<&'static str>>;

/// The filter of each column that has one.
pub fn head_filter(l: Locale, form: ListForm, areas: Vec<AreaChoice>) -> HeadFilter {
    Arc::new(move |key, tab| {
        let column = GridColumn::try_from(key.to_owned()).ok()?;
        let label = super::columns::heading(l, column);
        let ticks = |name, value: &str, choices| Some(ticks(&form, name, &label, value, choices, tab));
        match column {
            GridColumn::Field(Field::Area) => ticks("area", &form.area, choice::areas(&areas)),
            GridColumn::Field(Field::Category) => ticks("category", &form.category, choice::categories(l)),
            GridColumn::Field(Field::Stage) => ticks("stage", &form.stage, choice::stages(l)),
            GridColumn::Field(Field::Nature) => ticks("nature", &form.nature, choice::natures(l)),
            GridColumn::Field(field) => by_column(&form, field, &label, tab),
            GridColumn::Gap => ticks("mark", &form.mark, marks(l, Mark::Gap)),
            GridColumn::Gates => ticks("mark", &form.mark, marks(l, Mark::Gates)),
            GridColumn::Updated => ticks("mark", &form.mark, marks(l, Mark::Quiet)),
        }
    })
}

fn marks(l: Locale, mark: Mark) -> Choices {
    vec![(mark.code().to_owned(), choice::mark(l, mark).to_owned())]
}

fn by_column(form: &ListForm, field: Field, label: &str, tab: Tab) -> Option<AnyView> {
    let l = locale();
    let key = field.key();
    let name = |side: &str| if field == Field::Total { side.to_owned() } else { format!("{side}.{key}") };
    let value = |name: &str| match name {
        "least" => form.least.clone(),
        "most" => form.most.clone(),
        bound => form.bounds.get(bound).cloned().unwrap_or_default(),
    };
    let sides: Vec<(String, &'static str)> = match filtered(field)? {
        Filtered::Between => vec![(name("least"), t!(l, list.at_least)), (name("most"), t!(l, list.at_most))],
        Filtered::Contains => vec![(name("has"), t!(l, list.contains))],
    };
    let own: Vec<&str> = sides.iter().map(|(name, _)| name.as_str()).collect();
    let is_filtered = own.iter().any(|name| !value(name).is_empty());
    let inputs = sides
        .iter()
        .map(|(name, word)| {
            view! {
                <label>
                    {*word}
                    <input class="input" type="text" name=name.clone() value=value(name) autocomplete="off" />
                </label>
            }
        })
        .collect_view();
    let cleared = own.iter().fold(form.clone(), |form, name| address::without(&form, name, ""));
    Some(popover(form, &own, label, is_filtered.then_some(cleared), tab, inputs.into_any()))
}

fn ticks(
    form: &ListForm,
    name: &'static str,
    label: &str,
    value: &str,
    choices: Choices,
    tab: Tab,
) -> AnyView {
    let sought = RwSignal::new(String::new());
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    let is_searched = choices.len() >= SEARCHED_FROM;
    let chosen: Vec<&str> = value.split(',').filter(|part| !part.is_empty()).collect();
    let is_own = |part: &str| choices.iter().any(|(code, _)| code == part);
    let is_filtered = chosen.iter().any(|part| is_own(part));
    // What was chosen elsewhere under the same name stays.
    let foreign: Vec<String> =
        chosen.iter().filter(|part| !is_own(part)).map(|&part| part.to_owned()).collect();
    let foreign = foreign
        .into_iter()
        .map(|value| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let cleared = choices.iter().fold(form.clone(), |form, (code, _)| address::without(&form, name, code));
    let boxes = choices.into_iter().map(|(code, word)| tick(name, code, word, value, sought)).collect_view();
    let search = is_searched.then(|| {
        view! {
            <input
                class="input"
                type="search"
                aria-label=t!(locale(), list.search_choices)
                placeholder=t!(locale(), list.search_choices)
                hidden=move || !awake.get()
                on:input=move |event| sought.set(event_target_value(&event))
            />
        }
    });
    let inputs = view! {
        {foreign}
        {search}
        <div class="list-ticks">{boxes}</div>
    };
    popover(form, &[name], label, is_filtered.then_some(cleared), tab, inputs.into_any())
}

fn tick(
    name: &'static str,
    code: String,
    word: String,
    value: &str,
    sought: RwSignal<String>,
) -> impl IntoView {
    let checked = value.split(',').any(|part| part == code);
    let said = word.to_lowercase();
    let is_out = move || sought.with(|sought| !said.contains(sought.trim().to_lowercase().as_str()));
    view! {
        <label class="list-tick" hidden=is_out>
            <input type="checkbox" name=name value=code checked=checked />
            {word}
        </label>
    }
}

/// A form of its own that keeps the rest of the address; `cleared` is the address without this filter, where it is set.
fn popover(
    form: &ListForm,
    own: &[&str],
    label: &str,
    cleared: Option<ListForm>,
    tab: Tab,
    inputs: AnyView,
) -> AnyView {
    let l = locale();
    let is_filtered = cleared.is_some();
    view! {
        <details class="list-head-filter" class:list-filtered=is_filtered name="list-head-filter">
            <summary
                aria-label=t!(l, list.filter_column, column = label.to_owned())
                aria-keyshortcuts="Alt+ArrowDown"
                tabindex=move || tab.get()
            >
                <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" focusable="false">
                    <path d=FUNNEL fill=if is_filtered { "currentColor" } else { "none" } stroke="currentColor" stroke-width="1.5" />
                </svg>
            </summary>
            <form method="get" action=address::PATH class="list-head-form">
                {filter::kept(form, own)}
                {inputs}
                <div class="list-head-acts">
                    <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
                    {cleared
                        .map(|form| view! { <a class="button" href=address::write(&form)>{t!(l, list.clear_filter)}</a> })}
                </div>
            </form>
        </details>
    }
    .into_any()
}
