//! The forms of a project, plain posts with the version and an idempotency key: facts, funding and gates.

use super::api::SaveProject;
use super::gates::{GateLine, GateTable};
use super::inputs::{ColumnInput, ReadOnly};
use super::leave;
use super::margin::{Line, Margin, MarginTable};
use super::text::{editable_or_empty, industry_meaning};
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error};
use crate::parts::money_field::MoneyField;
use contract::error::{ApiError, FieldErrors, StaleField};
use contract::project::{Draft, ProjectView, SiteChoice};
use domain::period::FiscalYear;
use domain::permission::Action;
use domain::project::{Field, Gate, Value};
use domain::source::Source;
use leptos::prelude::*;
use std::collections::BTreeMap;
use words::locale::locale;
use words::{Locale, name, t};

/// The door of all these forms.
pub fn action() -> &'static str {
    <SaveProject as server_fn::ServerFn>::PATH
}

/// Columns of the form of facts, by section.
pub const IDENTITY: [Field; 4] = [Field::Name, Field::Code, Field::Area, Field::Place];
const CONTENT: [Field; 9] = [
    Field::Stage,
    Field::Category,
    Field::Industry,
    Field::Nature,
    Field::Start,
    Field::Finish,
    Field::TermYears,
    Field::Total,
    Field::Content,
];
const BENEFIT: [Field; 9] = [
    Field::WorkRelief,
    Field::LabourPay,
    Field::Households,
    Field::People,
    Field::JobsConstruction,
    Field::JobsOperation,
    Field::Posts,
    Field::Goal,
    Field::Link,
];
const PEOPLE: [Field; 7] = [
    Field::AssetOwner,
    Field::Maintainer,
    Field::Unit,
    Field::Person,
    Field::Reporter,
    Field::ReportedOn,
    Field::Remark,
];
pub const STATEMENTS: [Field; 3] = [Field::StatedIssued, Field::StatedReceived, Field::StatedPaid];

/// What a form shows: stored values, one's own text where a save came back, and who may change them.
#[derive(Clone)]
pub struct Filled {
    pub view: ProjectView,
    pub error: Option<ApiError>,
    /// what was typed and could not be saved
    pub typed: Typed,
}

/// Text that goes before the stored values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// by `Field::key`
    pub values: BTreeMap<String, String>,
    /// ids
    pub sites: Option<Vec<String>>,
}

impl Filled {
    /// The whole error and the text that came back with it, or text that was never sent. After a conflict only one's
    /// own changes go before what is stored now; everything else shows what somebody else saved.
    pub fn came_back(came: Option<ApiError>, draft: Option<Draft>) -> (Option<ApiError>, Typed) {
        let Some(Draft { form, error }) = draft else { return (came, Typed::default()) };
        let mut typed = Typed { values: form.values, sites: form.sites };
        let (Some(_), Some(error)) = (&came, error) else { return (came, typed) };
        if let ApiError::Stale { conflicts } = &error {
            let mine = |key: &str| conflicts.iter().any(|conflict| conflict.field == key);
            typed.values.retain(|key, _| mine(key));
            typed.sites = typed.sites.filter(|_| mine("sites"));
        }
        (Some(error), typed)
    }

    pub fn may_edit(&self) -> bool {
        self.view.may.includes(Action::EditProject)
    }

    fn value(&self, field: Field) -> Option<Value> {
        self.view.value(field).cloned()
    }

    fn typed(&self, field: Field) -> Option<String> {
        self.typed.values.get(&field.key()).cloned()
    }

    /// What stands in the input.
    fn text(&self, field: Field) -> String {
        self.typed(field).unwrap_or_else(|| editable_or_empty(self.view.value(field)))
    }

    pub fn conflicts(&self) -> &[StaleField] {
        match &self.error {
            Some(ApiError::Stale { conflicts }) => conflicts,
            Some(_) | None => &[],
        }
    }

    fn error_of(&self, field: Field) -> Option<String> {
        field_error(self.error.as_ref(), &field.key())
    }
}

/// The same error with the names that the inputs carry, so that each line leads to its input.
pub fn with_input_names(error: ApiError) -> ApiError {
    let ApiError::Invalid { errors } = error else { return error };
    let mut renamed = FieldErrors::new();
    for error in errors.iter() {
        renamed.add(format!("values[{}]", error.name), error.fault.clone());
    }
    ApiError::Invalid { errors: renamed }
}

/// Hidden parts of every form, and its button.
#[component]
fn Frame(filled: Filled, tab: &'static str, children: Children) -> impl IntoView {
    let l = locale();
    let may = filled.may_edit();
    let dirty = leave::watch(filled.typed != Typed::default());
    let view = filled.view;
    view! {
        <form
            method="post"
            action=action()
            class="project-form"
            on:input=move |_| dirty.set(true)
            on:submit=move |_| dirty.set(false)
        >
            <input type="hidden" name="tab" value=tab />
            <input type="hidden" name="project" value=view.project.to_string() />
            <input type="hidden" name="version" value=view.version.to_string() />
            <input type="hidden" name="key" value=view.key />
            {children()}
            {may
                .then(|| {
                    view! {
                        <p class="project-save toolbar">
                            <Submit weight=Weight::Primary>{t!(l, project.save)}</Submit>
                        </p>
                    }
                })}
        </form>
    }
    .into_any()
}

/// 基本信息.
#[component]
pub fn FactsForm(filled: Filled) -> impl IntoView {
    let l = locale();
    let mut sites = filled.view.sites.clone();
    if let Some(typed) = &filled.typed.sites {
        sites.iter_mut().for_each(|site| site.chosen = typed.contains(&site.site.to_string()));
    }
    let may = filled.may_edit();
    view! {
        <Frame filled=filled.clone() tab="">
            <fieldset class="project-section">
                <legend>{t!(l, project.section_identity)}</legend>
                <div class="project-fields">
                    {inputs(l, &filled, &IDENTITY)}
                    {site_choice(l, sites, may)}
                </div>
            </fieldset>
            {section(l, t!(l, project.section_content), &filled, &CONTENT)}
            {section(l, t!(l, project.section_benefit), &filled, &BENEFIT)}
            {section(l, t!(l, project.section_people), &filled, &PEOPLE)}
        </Frame>
    }
    .into_any()
}

fn section(l: Locale, title: &'static str, filled: &Filled, fields: &[Field]) -> AnyView {
    view! {
        <fieldset class="project-section">
            <legend>{title}</legend>
            <div class="project-fields">{inputs(l, filled, fields)}</div>
        </fieldset>
    }
    .into_any()
}

fn inputs(l: Locale, filled: &Filled, fields: &[Field]) -> Vec<AnyView> {
    let readonly = !filled.may_edit();
    let input = |field: &Field| {
        if readonly && *field == Field::Area {
            let (label, text) = (name::field(l, Field::Area), filled.view.area_name.clone());
            return view! { <ReadOnly label=label text=text /> }.into_any();
        }
        let meaning = meaning(l, filled, *field);
        view! {
            <ColumnInput
                field=*field
                value=filled.value(*field)
                typed=filled.typed(*field)
                error=filled.error_of(*field)
                meaning=meaning
                readonly=readonly
            />
        }
        .into_any()
    };
    fields.iter().map(input).collect()
}

/// The name of what is stored as a code. It says nothing of other text that came back.
fn meaning(l: Locale, filled: &Filled, field: Field) -> String {
    if filled.typed(field).is_some() {
        return String::new();
    }
    if field == Field::Area {
        return filled.view.area_name.clone();
    }
    let industry = filled.view.value(field).filter(|_| field == Field::Industry);
    industry_meaning(l, industry).unwrap_or_default().to_owned()
}

fn site_choice(l: Locale, sites: Vec<SiteChoice>, may: bool) -> AnyView {
    let label = name::field(l, Field::Sites);
    if !may {
        let names: Vec<String> = sites.into_iter().filter(|site| site.chosen).map(|site| site.name).collect();
        return view! { <ReadOnly label=label text=names.join(" · ") /> }.into_any();
    }
    let options = sites
        .into_iter()
        .map(|site| view! { <option value=site.site.to_string() selected=site.chosen>{site.name}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label class="field-label" for="sites">{label}</label>
            // An empty entry is always sent, so that taking the last site away is a change too.
            <input type="hidden" name="sites[]" value="" />
            <select class="input" id="sites" name="sites[]" multiple size="4" aria-describedby="sites-note">
                {options}
            </select>
            <p class="field-hint" id="sites-note">{t!(l, project.sites_hint)}</p>
        </div>
    }
    .into_any()
}

/// 资金: the total, both margins with their live difference, and what a list stated. Who only reads has `funding::Funding`.
#[component]
pub fn FundingForm(filled: Filled) -> impl IntoView {
    let l = locale();
    let total = RwSignal::new(filled.text(Field::Total));
    let line = |field: Field| Line {
        name: format!("values[{}]", field.key()),
        label: name::field(l, field),
        text: filled.text(field),
        error: filled.error_of(field),
    };
    let sources = Source::ALL.map(|source| line(Field::Source(source))).to_vec();
    let years = years(&filled.view).into_iter().map(line).collect::<Vec<_>>();
    view! {
        <Frame filled=filled.clone() tab="funding">
            <div class="project-section">
                <MoneyField
                    name="values[total]"
                    label=name::field(l, Field::Total)
                    value=total.get_untracked()
                    error=Signal::stored(filled.error_of(Field::Total))
                    on_change=Callback::new(move |text| total.set(text))
                />
            </div>
            <div class="project-margins">
                <MarginTable margin=Margin::Source lines=sources total=total />
                <MarginTable margin=Margin::Year lines=years total=total />
            </div>
            {section(l, t!(l, project.section_statements), &filled, &STATEMENTS)}
        </Frame>
    }
    .into_any()
}

/// Years of the lists and every other year that carries an amount.
fn years(view: &ProjectView) -> Vec<Field> {
    let mut years = view.plan_year.list_years();
    for (field, _) in &view.values {
        if let Field::Year(year) = field {
            years.push(*year);
        }
    }
    years.sort_unstable();
    years.dedup();
    years.into_iter().map(Field::Year).collect()
}

/// 前期要件.
#[component]
pub fn GatesForm(filled: Filled) -> impl IntoView {
    let lines = Gate::ALL
        .map(|gate| GateLine {
            gate,
            text: filled.text(Field::Gate(gate)),
            error: filled.error_of(Field::Gate(gate)),
        })
        .to_vec();
    let readonly = !filled.may_edit();
    view! {
        <Frame filled=filled tab="gates">
            <div class="project-section">
                <GateTable lines readonly />
            </div>
        </Frame>
    }
    .into_any()
}

/// Names of inputs with their labels, for the summary of errors.
fn labels(l: Locale) -> Vec<(String, String)> {
    let years: Vec<FiscalYear> = (1990..2100).filter_map(FiscalYear::new).collect();
    let label = |field: Field| (format!("values[{}]", field.key()), name::field(l, field));
    Field::all(&years).into_iter().map(label).collect()
}

/// The error of a form that came back; a conflict has a panel of its own.
#[component]
pub fn Came(error: Option<ApiError>) -> impl IntoView {
    let shown = error.filter(|error| !matches!(error, ApiError::Stale { .. }));
    shown.map(|error| view! { <ErrorPanel error=with_input_names(error) labels=labels(locale()) /> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::project::Kind;

    #[test]
    fn every_column_of_the_list_has_its_input_somewhere() {
        for field in Field::all(&[]) {
            let on_a_form = [&IDENTITY[..], &CONTENT, &BENEFIT, &PEOPLE, &STATEMENTS]
                .iter()
                .any(|section| section.contains(&field));
            // Sources and gates have tables, sites a choice, the list a form of its own; the rest is computed.
            let elsewhere = matches!(field, Field::Source(_) | Field::Gate(_))
                || matches!(field.kind(), Kind::Sites | Kind::Horizon | Kind::Derived);
            assert!(on_a_form || elsewhere, "{field}");
        }
    }
}
