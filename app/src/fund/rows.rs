//! The rows of a split: project, amount or weight, and what the rules of the source ask about. Ids of inputs are the names of
//! their faults.

use super::address::share_name;
use super::split::Start;
use super::typing::{Row, Typing};
use crate::ledger::picker::ProjectPicker;
use crate::ledger::text::wan;
use crate::parts::error_panel::field_error;
use contract::fund::form::{ShareForm, share_input};
use domain::fund::{Asks, Naming};
use domain::money::Delta;
use domain::usage::Use;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// The table of rows.
#[component]
pub fn Rows(start: StoredValue<Start>, typing: Typing) -> impl IntoView {
    let l = locale();
    let asks = start.with_value(|start| start.view.asks);
    let value_head = move || {
        if typing.by_weights.get() { t!(l, fund.value_weight) } else { t!(l, fund.value_amount) }
    };
    view! {
        <div class="table-scroll fund-rows" tabindex="0" role="region" aria-label=t!(l, fund.split)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, fund.project)}</th>
                        <th scope="col" class="number">{value_head}</th>
                        <th scope="col" class="number">{t!(l, fund.gets)}</th>
                        {asks.usage.then(|| view! { <th scope="col">{t!(l, fund.usage)}</th> })}
                        {asks.revenue.then(|| view! { <th scope="col">{t!(l, fund.revenue)}</th> })}
                        <th scope="col" data-noprint="">{t!(l, common.actions)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || typing.rows.get() key=|row| row.at let:row>
                        <ShareRow row=row start=start typing=typing asks=asks />
                    </For>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn ShareRow(row: Row, start: StoredValue<Start>, typing: Typing, asks: Asks) -> impl IntoView {
    let l = locale();
    let number = row.at + 1;
    let share = start.with_value(|start| start.form.shares.get(row.at).cloned()).unwrap_or_default();
    let gets = move || {
        let money = typing.gets(row.at);
        money.map_or(words::format::UNKNOWN.to_owned(), |money| wan(Delta::from(money)))
    };
    view! {
        <tr hidden=move || row.gone.get()>
            <td class="fund-row-project">{project_cell(l, row, &share, start, typing)}</td>
            <td class="number">{value_cell(l, row, typing)}</td>
            <td class="number">{gets}</td>
            {asks.usage.then(|| view! { <td>{usage_cell(l, row, start, typing)}</td> })}
            {asks.revenue.then(|| view! { <td>{revenue_cell(l, row, typing)}</td> })}
            <td data-noprint="">{remove(l, row, typing, number)}</td>
        </tr>
    }
    .into_any()
}

fn wrong(typing: Typing, id: String) -> Signal<Option<String>> {
    Signal::derive(move || typing.error.with(|error| field_error(error.as_ref(), &id)))
}

fn fault(wrong: Signal<Option<String>>, id: &str) -> impl IntoView + use<> {
    view! {
        <span id=format!("{id}-note") class="field-error fund-fault">
            {move || wrong.get()}
        </span>
    }
}

fn project_cell(
    l: Locale,
    row: Row,
    share: &ShareForm,
    start: StoredValue<Start>,
    typing: Typing,
) -> impl IntoView + use<> {
    let id = share_input(row.at, "find");
    let wrong = wrong(typing, id.clone());
    let another = start.with_value(|start| {
        let mut form = start.form.clone();
        if let Some(share) = form.shares.get_mut(row.at) {
            share.project.clear();
            share.find.clear();
        }
        super::address::split_with(&form, "")
    });
    view! {
        <ProjectPicker
            name=id.clone()
            input=share_name(row.at, "project")
            find=share_name(row.at, "find")
            label=t!(l, fund.row_project, number = row.at + 1)
            project=share.project.clone()
            text=share.find.clone()
            error=wrong
            another=another
            bare=true
            on_pick=Callback::new(move |project: String| {
                row.project.set(project);
                typing.ask();
            })
        />
        {fault(wrong, &id)}
    }
}

fn value_cell(l: Locale, row: Row, typing: Typing) -> impl IntoView + use<> {
    let id = share_input(row.at, "value");
    let wrong = wrong(typing, id.clone());
    view! {
        <input
            class="input fund-value"
            id=id.clone()
            name=share_name(row.at, "value")
            type="text"
            inputmode="decimal"
            autocomplete="off"
            maxlength="40"
            value=row.value.get_untracked()
            prop:value=move || row.value.get()
            aria-label=t!(l, fund.row_value, number = row.at + 1)
            aria-describedby=format!("{id}-note")
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            on:input=move |event| row.value.set(event_target_value(&event))
            on:change=move |_| typing.ask()
        />
        {fault(wrong, &id)}
    }
}

/// Uses under the heading of what the rules of the source say of them; without a word of theirs, all of them alike.
fn usage_cell(l: Locale, row: Row, start: StoredValue<Start>, typing: Typing) -> impl IntoView + use<> {
    let namings: Vec<(Use, Naming)> = start
        .with_value(|start| Use::named().map(|usage| (usage, usage.naming(&start.view.clauses))).collect());
    let of = |wanted: Naming, heading: Option<&'static str>| Group {
        heading,
        choices: namings
            .iter()
            .filter(|(_, naming)| *naming == wanted)
            .map(|(usage, _)| (usage.code(), name::usage(l, *usage)))
            .collect(),
    };
    let groups = if namings.iter().all(|(_, naming)| *naming == Naming::Unnamed) {
        vec![of(Naming::Unnamed, None)]
    } else {
        vec![
            of(Naming::Allowed, Some(t!(l, fund.uses_allowed))),
            of(Naming::Forbidden, Some(t!(l, fund.uses_forbidden))),
            of(Naming::Unnamed, Some(t!(l, fund.uses_other))),
        ]
    };
    let label = t!(l, fund.row_usage, number = row.at + 1);
    said(l, "usage", label, row.at, row.usage, groups, typing)
}

fn revenue_cell(l: Locale, row: Row, typing: Typing) -> impl IntoView + use<> {
    let choices = vec![("yes", t!(l, fund.revenue_yes)), ("no", t!(l, fund.revenue_no))];
    let label = t!(l, fund.row_revenue, number = row.at + 1);
    said(l, "revenue", label, row.at, row.revenue, vec![Group { heading: None, choices }], typing)
}

/// Choices of one kind: code and word.
struct Group {
    heading: Option<&'static str>,
    choices: Vec<(&'static str, &'static str)>,
}

/// A choice that may be left open; a group without choices is left out.
fn said(
    l: Locale,
    input: &'static str,
    label: String,
    at: usize,
    value: RwSignal<String>,
    groups: Vec<Group>,
    typing: Typing,
) -> impl IntoView + use<> {
    let current = value.get_untracked();
    let option = |(code, word): (&'static str, &'static str)| {
        let selected = code == current;
        view! { <option value=code selected=selected>{word}</option> }
    };
    let unsaid = option(("", t!(l, fund.unsaid)));
    let groups = groups
        .into_iter()
        .filter(|group| !group.choices.is_empty())
        .map(|group| {
            let options = group.choices.into_iter().map(option).collect_view();
            match group.heading {
                Some(heading) => view! { <optgroup label=heading>{options}</optgroup> }.into_any(),
                None => options.into_any(),
            }
        })
        .collect_view();
    view! {
        <select
            class="input fund-said"
            id=share_input(at, input)
            name=share_name(at, input)
            aria-label=label
            on:change=move |event| {
                value.set(event_target_value(&event));
                typing.ask();
            }
        >
            {unsaid}
            {groups}
        </select>
    }
}

/// With scripts a row can be taken away; without, a row without a value counts for nothing.
fn remove(l: Locale, row: Row, typing: Typing, number: usize) -> impl IntoView + use<> {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    view! {
        <button
            type="button"
            class="button button-quiet"
            hidden=move || !awake.get()
            aria-label=t!(l, fund.remove_row, number = number)
            on:click=move |_| {
                row.clear();
                typing.ask();
            }
        >
            {t!(l, common.delete)}
        </button>
    }
}
