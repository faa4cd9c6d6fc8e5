//! The filters of a list as one plain form that sends the address: it works with scripts off, and every state can be
//! linked to. Filters behind the headings lie in `head_filter`.

use super::choice::{self, Choices};
use super::views::Views;
use super::{address, chips};
use crate::parts::button::{LinkButton, Submit, Weight};
use contract::list::saved::SavedView;
use contract::list::{AreaChoice, ListForm};
use domain::list::Mark;
use domain::project::Stage;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// Names of the inputs in the bar; everything else in the address is carried along unseen.
const OWN: [&str; 8] = ["area", "category", "stage", "source", "least", "most", "q", "group"];
/// The box that Ctrl+F leads to.
pub const SEARCH_ID: &str = "list-search";

#[component]
pub fn FilterBar(form: ListForm, areas: Vec<AreaChoice>, views: Vec<SavedView>) -> impl IntoView {
    let l = locale();
    let reset = address::write(&address::unfiltered(&form));
    let is_unfolded = !form.group.is_empty() || !form.most.is_empty() || !form.source.is_empty();
    view! {
        <form method="get" action=address::PATH class="list-filter toolbar" role="search" aria-label=t!(l, list.filter)>
            {kept(&form, &OWN)}
            {select("area", t!(l, list.filter_area), &form.area, choice::areas(&areas))}
            {select("category", t!(l, list.filter_category), &form.category, choice::categories(l))}
            {select("stage", t!(l, list.filter_stage), &form.stage, choice::stages(l))}
            {amount("least", t!(l, list.filter_least), &form.least)}
            <label class="list-search">
                <span class="hidden">{t!(l, list.filter_text)}</span>
                <input
                    class="input"
                    id=SEARCH_ID
                    type="search"
                    name="q"
                    value=form.q.clone()
                    maxlength="100"
                    autocomplete="off"
                    placeholder=t!(l, list.filter_text)
                    aria-keyshortcuts="Control+F"
                />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=reset>{t!(l, common.reset)}</LinkButton>
            <details class="list-more" open=is_unfolded>
                // Which word stands there is left to the sheet, so that it is right without scripts too.
                <summary class="button">
                    <span class="list-more-unfold">{t!(l, list.filter_more)}</span>
                    <span class="list-more-fold">{t!(l, list.filter_less)}</span>
                </summary>
                <div class="list-more-row">
                    {amount("most", t!(l, list.filter_most), &form.most)}
                    {select("source", t!(l, list.filter_source), &form.source, choice::sources(l))}
                    {group_selects(l, &form)}
                </div>
            </details>
        </form>
        <div class="list-quick toolbar">
            <span class="list-quick-word">{t!(l, list.quick)}</span>
            {quick(l, &form)}
            <Views form=form.clone() views />
            <chips::Chips form areas />
        </div>
    }
}

/// The rest of the address as hidden inputs.
pub fn kept(form: &ListForm, own: &[&str]) -> Vec<AnyView> {
    address::parts(&ListForm { open: String::new(), ..address::first_page(form) })
        .into_iter()
        .filter(|(name, _)| !own.contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
        .collect()
}

/// A closed list; what stands in the address and is no single choice (several ticked) is kept as it is.
fn select(name: &'static str, label: &'static str, value: &str, mut choices: Choices) -> AnyView {
    let l = locale();
    if !value.is_empty() && !choices.iter().any(|(code, _)| code == value) {
        let several: Vec<String> = value.split(',').map(|code| choice::word_of(&choices, code)).collect();
        choices.push((value.to_owned(), several.join(" + ")));
    }
    let every = t!(l, list.every_of, label = label);
    let options = std::iter::once((String::new(), every)).chain(choices);
    view! {
        <label>
            <span class="hidden">{label}</span>
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

fn amount(name: &'static str, label: &'static str, value: &str) -> AnyView {
    view! {
        <label>
            <span class="hidden">{label}</span>
            <input
                class="input list-amount"
                type="text"
                inputmode="decimal"
                name=name
                value=value.to_owned()
                placeholder=label
                autocomplete="off"
            />
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
        .map(|(at, label)| {
            let value = chosen.get(at).copied().unwrap_or_default();
            let choices = choice::groups(l);
            let options = std::iter::once((String::new(), label.to_owned())).chain(choices);
            view! {
                <label>
                    <span class="hidden">{label}</span>
                    <select class="input" name="group">
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
        })
        .collect()
}

/// Links that set and take away what is looked for most.
fn quick(l: Locale, form: &ListForm) -> Vec<AnyView> {
    let ready = Stage::Ready.code();
    let stage = if form.stage == ready { String::new() } else { ready.to_owned() };
    let ready_href = address::write(&ListForm { stage, ..address::first_page(form) });
    let mut links = vec![quick_link(name::stage(l, Stage::Ready), ready_href, form.stage == ready)];
    for mark in Mark::ALL {
        let is_on = form.mark.split(',').any(|code| code == mark.code());
        let href = address::write(&address::toggled(form, mark.code()));
        links.push(quick_link(choice::mark(l, mark), href, is_on));
    }
    links
}

fn quick_link(word: &'static str, href: String, is_on: bool) -> AnyView {
    view! {
        <a class="list-quick-link" href=href aria-current=is_on.then_some("true")>
            {word}
        </a>
    }
    .into_any()
}
