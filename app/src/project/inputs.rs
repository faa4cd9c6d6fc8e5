//! One input for any column of a project: chosen by the column's kind, checked while typing by the rule that the
//! server will ask again. Knows no door and no layout.

use super::text::editable_or_empty;
use crate::parts::field::{AreaField, SelectField, TextField};
use crate::parts::money_field::MoneyField;
use domain::money::Unit;
use domain::project::code::CodeVerdict;
use domain::project::{Category, Field, Kind, Nature, ProjectCode, Stage, Value};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, name, t};

/// From this many characters on, a text gets several lines.
const LONG_TEXT: usize = 1000;

/// A site that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub word: String,
    pub chosen: bool,
}

/// A labelled input, named `values[key]`; `error` is what the server said of it.
#[component]
pub fn ColumnInput(
    field: Field,
    value: Option<Value>,
    /// Text that came back with an error goes before the value.
    #[prop(optional_no_strip)]
    typed: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// What the code in the input stands for, said beside it.
    #[prop(optional, into)]
    meaning: String,
    #[prop(optional)] readonly: bool,
) -> impl IntoView {
    let l = locale();
    let code = typed.clone().unwrap_or_else(|| code_of(value.as_ref()));
    let text = typed.unwrap_or_else(|| editable_or_empty(value.as_ref()));
    let label = name::field(l, field);
    if readonly {
        let shown = value
            .as_ref()
            .map_or_else(|| t!(l, common.unknown).to_owned(), |value| super::text::alone(l, value));
        let shown = if meaning.is_empty() { shown } else { format!("{shown} · {meaning}") };
        return view! { <ReadOnly label=label text=shown /> }.into_any();
    }
    match field.kind() {
        Kind::Money => money(field, label, text, error),
        Kind::Category => choice(field, label, code, categories(l), error),
        Kind::Nature => choice(field, label, code, natures(l), error),
        Kind::Stage => choice(field, label, code, stages(l), error),
        Kind::Flag => choice(field, label, code, flags(l), error),
        Kind::Text | Kind::Code | Kind::Month | Kind::Date | Kind::Count | Kind::Area => {
            free_text(l, field, label, text, error, &meaning)
        }
        Kind::Horizon | Kind::Sites | Kind::Derived => ().into_any(),
    }
}

/// A fact that is only read.
#[component]
pub fn ReadOnly(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class="project-fact">
            <span class="project-fact-label">{label}</span>
            <span class="project-fact-text">{text}</span>
        </div>
    }
}

fn money(field: Field, label: String, text: String, error: Option<String>) -> AnyView {
    let name = static_key(field);
    view! { <MoneyField name=name label=label value=text error=Signal::stored(error) /> }.into_any()
}

fn choice(
    field: Field,
    label: String,
    value: String,
    choices: Vec<(String, String)>,
    error: Option<String>,
) -> AnyView {
    let name = static_key(field);
    view! { <SelectField name=name label=label value=value choices=choices error=Signal::stored(error) /> }
        .into_any()
}

fn free_text(
    l: Locale,
    field: Field,
    label: String,
    text: String,
    error: Option<String>,
    meaning: &str,
) -> AnyView {
    let key = static_key(field);
    let required = matches!(field, Field::Name | Field::Area);
    if field.kind() == Kind::Text && field.longest() > LONG_TEXT {
        return view! { <AreaField name=key label=label value=text error=Signal::stored(error) /> }
            .into_any();
    }
    let typing = RwSignal::new(text.clone());
    let touched = RwSignal::new(false);
    let complaint = Signal::derive(move || {
        if !touched.get() {
            return error.clone();
        }
        // An area may be typed by name, which only the server can look up.
        let wrong = typing.with(|text| Value::read(field, text, Unit::Wan).err());
        wrong.filter(|_| field.kind() != Kind::Area).map(|fault| explain::value_error(l, &fault))
    });
    let changed = Callback::new(move |text| {
        touched.set(true);
        typing.set(text);
    });
    let doubt = (field.kind() == Kind::Code).then(|| {
        view! {
            <p class="project-doubt" role="status">
                {move || typing.with(|text| code_doubt(l, text))}
            </p>
        }
    });
    view! {
        <div>
            <TextField
                name=key
                label=label
                value=text
                hint=hint_with(meaning, hint(l, field))
                error=complaint
                required=required
                autocomplete="off"
                on_change=changed
            />
            {doubt}
        </div>
    }
    .into_any()
}

/// A failed check digit is no error: it is told while typing, with the digit that is expected.
fn code_doubt(l: Locale, text: &str) -> Option<String> {
    match ProjectCode::new(text)?.verdict() {
        CodeVerdict::CheckDigit { expected } => Some(t!(l, project.code_digit, digit = expected)),
        CodeVerdict::Sound
        | CodeVerdict::NoSuchMonth { .. }
        | CodeVerdict::Legacy
        | CodeVerdict::Malformed => None,
    }
}

fn hint(l: Locale, field: Field) -> String {
    match field.kind() {
        Kind::Month => t!(l, project.month_hint).to_owned(),
        Kind::Date => t!(l, project.date_hint).to_owned(),
        Kind::Code => t!(l, project.code_hint).to_owned(),
        Kind::Area => t!(l, project.area_hint).to_owned(),
        Kind::Text
        | Kind::Money
        | Kind::Count
        | Kind::Flag
        | Kind::Category
        | Kind::Nature
        | Kind::Stage
        | Kind::Horizon
        | Kind::Sites
        | Kind::Derived => String::new(),
    }
}

/// A code alone says little: its meaning goes before the hint.
fn hint_with(meaning: &str, hint: String) -> String {
    match (meaning.is_empty(), hint.is_empty()) {
        (true, _) => hint,
        (false, true) => meaning.to_owned(),
        (false, false) => format!("{meaning} · {hint}"),
    }
}

/// The code of a dictionary entry, as sent by a select.
fn code_of(value: Option<&Value>) -> String {
    value.map(Value::canonical).unwrap_or_default()
}

fn with_none(l: Locale, choices: Vec<(String, String)>) -> Vec<(String, String)> {
    let none = (String::new(), t!(l, project.choose_none).to_owned());
    std::iter::once(none).chain(choices).collect()
}

fn categories(l: Locale) -> Vec<(String, String)> {
    with_none(
        l,
        Category::ALL.map(|item| (item.code().to_owned(), name::category(l, item).to_owned())).to_vec(),
    )
}

fn natures(l: Locale) -> Vec<(String, String)> {
    with_none(l, Nature::ALL.map(|item| (item.code().to_owned(), name::nature(l, item).to_owned())).to_vec())
}

fn stages(l: Locale) -> Vec<(String, String)> {
    Stage::ALL.map(|item| (item.code().to_owned(), name::stage(l, item).to_owned())).to_vec()
}

fn flags(l: Locale) -> Vec<(String, String)> {
    let word = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    with_none(l, vec![word("1", t!(l, project.yes)), word("0", t!(l, project.no))])
}

/// Names of inputs, so that a plain form carries one map by `Field::key`; the columns without an own key (sources, years, gates) have inputs of their own.
pub const fn static_key(field: Field) -> &'static str {
    match field {
        Field::Name => "values[name]",
        Field::Code => "values[code]",
        Field::Stage => "values[stage]",
        Field::Area => "values[area]",
        Field::Place => "values[place]",
        Field::Category => "values[category]",
        Field::Industry => "values[industry]",
        Field::Nature => "values[nature]",
        Field::Content => "values[content]",
        Field::Start => "values[start]",
        Field::Finish => "values[finish]",
        Field::TermYears => "values[term_years]",
        Field::Total => "values[total]",
        Field::StatedIssued => "values[stated_issued]",
        Field::StatedReceived => "values[stated_received]",
        Field::StatedPaid => "values[stated_paid]",
        Field::WorkRelief => "values[work_relief]",
        Field::LabourPay => "values[labour_pay]",
        Field::Households => "values[households]",
        Field::People => "values[people]",
        Field::JobsConstruction => "values[jobs_construction]",
        Field::JobsOperation => "values[jobs_operation]",
        Field::Posts => "values[posts]",
        Field::Goal => "values[goal]",
        Field::Link => "values[link]",
        Field::AssetOwner => "values[asset_owner]",
        Field::Maintainer => "values[maintainer]",
        Field::Unit => "values[unit]",
        Field::Person => "values[person]",
        Field::Reporter => "values[reporter]",
        Field::ReportedOn => "values[reported_on]",
        Field::Remark => "values[remark]",
        Field::Number => "values[number]",
        Field::Maturity => "values[maturity]",
        Field::Horizon => "values[horizon]",
        Field::Sites => "values[sites]",
        Field::Source(_) => "values[source]",
        Field::Year(_) => "values[year]",
        Field::Gate(_) => "values[gate]",
    }
}
