//! The inputs of the entry form. Names are those of the door's form; ids are the names of its faults.

use super::address;
use super::order::Start;
use super::picker::ProjectPicker;
use super::text::{BY_HAND, kinds, sources};
use super::typing::Typing;
use crate::parts::error_panel::{Labels, field_error};
use crate::parts::field::Field;
use domain::ledger::{Kind, Stage};
use domain::money::Unit;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, name, t};

/// Labels by the names of faults.
pub fn labels(l: Locale) -> Labels {
    [
        ("kind", t!(l, ledger.kind)),
        ("project", t!(l, ledger.project)),
        ("other", t!(l, ledger.other_project)),
        ("stage", t!(l, ledger.stage)),
        ("source", t!(l, ledger.source)),
        ("year", t!(l, ledger.year)),
        ("amount", t!(l, ledger.amount)),
        ("date", t!(l, ledger.date)),
        ("document", t!(l, ledger.document)),
        ("voucher", t!(l, ledger.voucher)),
        ("payee", t!(l, ledger.payee)),
        ("purpose", t!(l, ledger.purpose)),
        ("memo", t!(l, ledger.memo)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec()
}

#[component]
pub fn EntryInputs(start: Start, typing: Typing) -> impl IntoView {
    let l = locale();
    let wrong = move |name: &'static str| {
        Signal::derive(move || typing.error.with(|error| field_error(error.as_ref(), name)))
    };
    let form = start.form.clone();
    let another = |name: &'static str| address::with(&form, &[(name, "")]);
    let is_transfer = move || typing.kind.get() == Kind::Transfer.code();
    let has_stage = move || is_transfer() || typing.kind.get() == Kind::Recover.code();
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    view! {
        <input type="hidden" name="form[request]" prop:value=move || typing.request.get().0 value=typing.request.get_untracked().0 />
        <input type="hidden" name="form[version]" prop:value=move || typing.request.get().1 value=typing.request.get_untracked().1 />
        <input type="hidden" name="form[key]" prop:value=move || typing.key.get() value=typing.key.get_untracked() />
        <div class="ledger-inputs">
            <div class="ledger-wide">
                <ProjectPicker
                    name="project"
                    input="form[project]"
                    find="form[find]"
                    label=t!(l, ledger.project)
                    project=start.form.project.clone()
                    text=start.find.clone()
                    error=wrong("project")
                    another=another("project")
                    on_pick=Callback::new(move |project| typing.pick(project))
                />
            </div>
            {kind_choice(l, typing, wrong("kind"))}
            {source_choice(l, typing, wrong("source"))}
            {plain("year", t!(l, ledger.year), "text", typing.year, wrong("year"), Some(typing))}
            {amount(l, typing, wrong("amount"))}
            {plain("date", t!(l, ledger.date), "date", RwSignal::new(form.date.clone()), wrong("date"), None)}
            {plain("voucher", t!(l, ledger.voucher), "text", typing.voucher, wrong("voucher"), None)}
            {plain("document", t!(l, ledger.document), "text", RwSignal::new(form.document.clone()), wrong("document"), None)}
            {plain("payee", t!(l, ledger.payee), "text", typing.payee, wrong("payee"), None)}
            {plain("purpose", t!(l, ledger.purpose), "text", typing.purpose, wrong("purpose"), None)}
            {plain("memo", t!(l, ledger.memo), "text", typing.memo, wrong("memo"), None)}
            <div hidden=move || awake.get() && !has_stage()>{stage_choice(l, typing, wrong("stage"))}</div>
            <div class="ledger-wide" hidden=move || awake.get() && !is_transfer()>
                <ProjectPicker
                    name="other"
                    input="form[other]"
                    find="form[find_other]"
                    label=t!(l, ledger.other_project)
                    project=start.form.other.clone()
                    text=start.find_other.clone()
                    error=wrong("other")
                    another=another("other")
                />
            </div>
        </div>
    }
    .into_any()
}

type Wrong = Signal<Option<String>>;

fn kind_choice(l: Locale, typing: Typing, wrong: Wrong) -> AnyView {
    select("kind", t!(l, ledger.kind), kinds(l, &BY_HAND), typing.kind, wrong, None)
}

fn stage_choice(l: Locale, typing: Typing, wrong: Wrong) -> AnyView {
    let stages = Stage::ALL.map(|stage| (stage.code().to_owned(), name::fund_stage(l, stage).to_owned()));
    select("stage", t!(l, ledger.stage), stages.to_vec(), typing.stage, wrong, None)
}

/// Sources of the project first.
fn source_choice(l: Locale, typing: Typing, wrong: Wrong) -> AnyView {
    let options = move || {
        let own =
            typing.balance.with(|view| view.as_ref().map(|view| view.sources.clone()).unwrap_or_default());
        let own: Vec<String> = own.iter().map(|source| source.code().to_owned()).collect();
        let mut all = sources(l);
        all.sort_by_key(|(code, _)| own.iter().position(|known| known == code).unwrap_or(usize::MAX));
        let current = typing.source.get_untracked();
        std::iter::once((String::new(), t!(l, ledger.choose).to_owned()))
            .chain(all)
            .map(|(code, word)| {
                let selected = code == current;
                view! { <option value=code selected=selected>{word}</option> }
            })
            .collect_view()
    };
    view! {
        <Field name="source" label=t!(l, ledger.source) error=wrong>
            <select
                class="input"
                id="source"
                name="form[source]"
                prop:value=move || typing.source.get()
                aria-describedby="source-note"
                on:change=move |event| {
                    typing.source.set(event_target_value(&event));
                    typing.ask();
                }
            >
                {options}
            </select>
        </Field>
    }
    .into_any()
}

/// A choice whose value others depend on; `asking` asks for balances again.
fn select(
    id: &'static str,
    label: &'static str,
    choices: Vec<(String, String)>,
    value: RwSignal<String>,
    wrong: Wrong,
    asking: Option<Typing>,
) -> AnyView {
    let options = choices
        .into_iter()
        .map(|(code, word)| {
            let selected = code == value.get_untracked();
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <Field name=id label=label error=wrong>
            <select
                class="input"
                id=id
                name=format!("form[{id}]")
                aria-describedby=format!("{id}-note")
                on:change=move |event| {
                    value.set(event_target_value(&event));
                    if let Some(typing) = asking {
                        typing.ask();
                    }
                }
            >
                {options}
            </select>
        </Field>
    }
    .into_any()
}

fn plain(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
    wrong: Wrong,
    asking: Option<Typing>,
) -> AnyView {
    view! {
        <Field name=id label=label error=wrong>
            <input
                class="input"
                id=id
                name=format!("form[{id}]")
                type=kind
                value=value.get_untracked()
                prop:value=move || value.get()
                maxlength="500"
                autocomplete="off"
                aria-describedby=format!("{id}-note")
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |_| {
                    if let Some(typing) = asking {
                        typing.ask();
                    }
                }
            />
        </Field>
    }
    .into_any()
}

/// Amount and unit side by side.
fn amount(l: Locale, typing: Typing, wrong: Wrong) -> AnyView {
    let units = [Unit::Wan, Unit::Yuan]
        .map(|unit| {
            let selected = unit.code() == typing.unit.get_untracked();
            view! { <option value=unit.code() selected=selected>{name::unit(l, unit)}</option> }
        })
        .collect_view();
    view! {
        <Field name="amount" label=t!(l, ledger.amount) error=wrong>
            <span class="money-field">
                <input
                    class="input money-input"
                    id="amount"
                    name="form[amount]"
                    type="text"
                    inputmode="decimal"
                    value=typing.amount.get_untracked()
                    prop:value=move || typing.amount.get()
                    maxlength="40"
                    autocomplete="off"
                    aria-describedby="amount-note amount-echo"
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    on:input=move |event| typing.amount.set(event_target_value(&event))
                />
                <select
                    class="input ledger-unit"
                    name="form[unit]"
                    aria-label=t!(l, ledger.unit_of)
                    on:change=move |event| typing.unit.set(event_target_value(&event))
                >
                    {units}
                </select>
            </span>
        </Field>
    }
    .into_any()
}
