//! The figures that a person states for an estimate: a plain form; with scripts every change is reckoned at once.

use super::api::SaveInputs;
use super::typing::Typing;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, field_error};
use crate::parts::field::{Field, SelectField};
use contract::error::{ApiError, FieldErrors, StaleField};
use contract::jobs::EstimateView;
use domain::jobs::input::{InputKey, Multiplier};
use domain::jobs::method::Method;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::name::jobs as name;
use words::{Locale, t};

const OPERATION: [InputKey; 9] = [
    InputKey::Lines,
    InputKey::StaffPerLine,
    InputKey::CostPerPost,
    InputKey::PostBudget,
    InputKey::PostPay,
    InputKey::FacilityUnits,
    InputKey::WorkersPerUnit,
    InputKey::FillRate,
    InputKey::TargetShare,
];
const CONSTRUCTION: [InputKey; 5] =
    [InputKey::Works, InputKey::LabourShare, InputKey::DayWage, InputKey::PayPerHead, InputKey::BuilderShare];
const NET: [InputKey; 3] = [InputKey::Deadweight, InputKey::Displacement, InputKey::Leakage];

/// The form, with what was wrong when it came back.
#[component]
pub fn InputsForm(view: EstimateView, typing: Typing, error: Option<ApiError>, l: Locale) -> impl IntoView {
    let group = |title: &'static str, keys: &[InputKey]| {
        let fields = keys.iter().map(|key| field(l, typing, *key, error.as_ref())).collect_view();
        view! {
            <fieldset class="jobs-group">
                <legend>{title}</legend>
                <div class="jobs-fields">{fields}</div>
            </fieldset>
        }
    };
    let operation = group(t!(l, jobs.group_operation), &OPERATION);
    let construction = group(t!(l, jobs.group_construction), &CONSTRUCTION);
    let net = group(t!(l, jobs.group_net), &NET);
    view! {
        <section class="panel jobs-inputs" data-noprint="">
            <h2>{t!(l, jobs.inputs)}</h2>
            <p class="jobs-faint">{t!(l, jobs.inputs_lead)}</p>
            {error.clone().map(|error| refused(l, error))}
            <form method="post" action=SaveInputs::PATH class="jobs-form">
                <input type="hidden" name="form[project]" value=view.project.to_string() />
                <input type="hidden" name="form[version]" value=view.version.to_string() />
                <input type="hidden" name="form[key]" value=format!("{}-i", view.key) />
                <Choices typing=typing error=error.clone() l=l />
                {operation}
                {construction}
                {net}
                <p class="toolbar">
                    <Submit weight=Weight::Primary>{t!(l, jobs.save)}</Submit>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// The method of the operation, and which further jobs are told.
#[component]
fn Choices(typing: Typing, error: Option<ApiError>, l: Locale) -> impl IntoView {
    let operations: Vec<(String, String)> =
        std::iter::once((String::new(), t!(l, jobs.operation_rule).to_owned()))
            .chain(
                Method::OPERATION
                    .map(|method| (method.code().to_owned(), name::method(l, method).to_owned())),
            )
            .collect();
    let known = Multiplier::ALL.iter().map(|kind| (kind.code(), name::multiplier(l, *kind)));
    let multipliers: Vec<(String, String)> = std::iter::once(("", t!(l, jobs.multiplier_off)))
        .chain(known)
        .map(|(code, word)| (code.to_owned(), word.to_owned()))
        .collect();
    let (operation, multiplier) =
        typing.form.with_untracked(|form| (form.operation.clone(), form.multiplier.clone()));
    view! {
        <div class="jobs-fields">
            <SelectField
                name="form[operation]"
                label=t!(l, jobs.operation)
                value=operation
                choices=operations
                error=Signal::stored(field_error(error.as_ref(), "operation"))
                on_change=Callback::new(move |code| typing.form.update(|form| form.operation = code))
            />
            <SelectField
                name="form[multiplier]"
                label=t!(l, jobs.multiplier)
                value=multiplier
                choices=multipliers
                error=Signal::stored(field_error(error.as_ref(), "multiplier"))
                on_change=Callback::new(move |code| typing.form.update(|form| form.multiplier = code))
            />
        </div>
    }
    .into_any()
}

fn field(l: Locale, typing: Typing, key: InputKey, error: Option<&ApiError>) -> AnyView {
    let code = key.code();
    let fault = field_error(error, code);
    let is_wrong = fault.is_some();
    let value = typing.form.with_untracked(|form| form.values.get(code).cloned().unwrap_or_default());
    view! {
        <Field name=code label=name::input(l, key) error=Signal::stored(fault)>
            <input
                class="input"
                id=code
                name=format!("form[values][{code}]")
                type="text"
                inputmode="decimal"
                autocomplete="off"
                maxlength="20"
                value=value
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=format!("{code}-note")
                on:input=move |event| typing.set(key, event_target_value(&event))
            />
        </Field>
    }
    .into_any()
}

/// Why the form came back; of a conflict both values.
fn refused(l: Locale, error: ApiError) -> AnyView {
    if let ApiError::Stale { conflicts } = &error {
        return stale(l, conflicts);
    }
    let mut labels: Labels =
        InputKey::ALL.iter().map(|key| (key.code().to_owned(), name::input(l, *key).to_owned())).collect();
    labels.push(("form[operation]".to_owned(), t!(l, jobs.operation).to_owned()));
    labels.push(("form[multiplier]".to_owned(), t!(l, jobs.multiplier).to_owned()));
    let error = at_their_inputs(error, &["operation", "multiplier"]);
    view! { <ErrorPanel error=error labels=labels /> }.into_any()
}

/// Errors under the names of the inputs to which they lead, where those are not the plain ones.
pub fn at_their_inputs(error: ApiError, names: &[&str]) -> ApiError {
    let ApiError::Invalid { errors } = &error else { return error };
    let mut renamed = FieldErrors::new();
    for found in errors.iter() {
        let is_one = names.contains(&found.name.as_str());
        let name = if is_one { format!("form[{}]", found.name) } else { found.name.clone() };
        renamed.add(name, found.fault.clone());
    }
    ApiError::Invalid { errors: renamed }
}

pub fn stale(l: Locale, conflicts: &[StaleField]) -> AnyView {
    let rows = conflicts
        .iter()
        .map(|conflict| {
            let key = InputKey::from_code(&conflict.field);
            let word = key.map_or_else(|| conflict.field.clone(), |key| name::input(l, key).to_owned());
            view! {
                <tr>
                    <th scope="row">{word}</th>
                    <td>{conflict.yours.clone()}</td>
                    <td>{conflict.theirs.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="jobs-conflict" role="alert">
            <p>{t!(l, jobs.reload)}</p>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, jobs.what)}</th>
                        <th scope="col">{t!(l, jobs.yours)}</th>
                        <th scope="col">{t!(l, jobs.theirs)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
