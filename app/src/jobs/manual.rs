//! 人工修正: a person's number in the place of a computed one, always with its reason; and taking it back. Plain forms.

use super::api::SaveOverride;
use super::inputs::{at_their_inputs, stale};
use super::text;
use crate::parts::button::Submit;
use crate::parts::error_panel::{ErrorPanel, Labels, field_error};
use crate::parts::field::{AreaField, SelectField, TextField};
use crate::parts::retyped::typed;
use contract::error::ApiError;
use contract::jobs::EstimateView;
use domain::jobs::input::Override;
use domain::jobs::quantity::Kind;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::name::jobs as name;
use words::{Locale, t};

#[component]
pub fn Manual(view: EstimateView, error: Option<ApiError>, l: Locale) -> impl IntoView {
    let kept = view.inputs.overrides.iter().map(|found| one(l, &view, found)).collect::<Vec<_>>();
    let kept = (!kept.is_empty()).then(|| {
        view! {
            <h3>{t!(l, jobs.overrides)}</h3>
            <ul class="jobs-overrides">{kept}</ul>
        }
    });
    let open = error.is_some();
    let told = error.clone().map(|error| refused(l, error));
    view! {
        <section class="panel jobs-override" data-noprint="">
            <h2>{t!(l, jobs.by_hand)}</h2>
            <p class="jobs-faint">{t!(l, jobs.override_lead)}</p>
            {told}
            {kept}
            <details open=open>
                <summary>{t!(l, jobs.override_open)}</summary>
                <form method="post" action=SaveOverride::PATH class="jobs-form">
                    <Hidden view=view end="o" />
                    <Number error=error l=l />
                    <p class="toolbar">
                        <Submit>{t!(l, jobs.override_save)}</Submit>
                    </p>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// Which number, what it is, and why.
#[component]
fn Number(error: Option<ApiError>, l: Locale) -> impl IntoView {
    let choices: Vec<(String, String)> =
        Override::kinds().into_iter().map(|kind| (kind.code(), word(l, kind))).collect();
    let was = |input: &str| typed(SaveOverride::PATH, input).unwrap_or_default();
    let fault = |input: &str| Signal::stored(field_error(error.as_ref(), input));
    let first = was("kind");
    let kind = if first.is_empty() { Kind::HEADLINE.code() } else { first };
    let end = |name: &'static str, input: &str, label: &'static str| {
        view! {
            <TextField
                name=name
                label=label
                value=was(input)
                error=fault(input)
                hint=t!(l, jobs.override_ends_hint)
                maxlength=20
                autocomplete="off"
            />
        }
    };
    view! {
        <SelectField
            name="form[kind]"
            label=t!(l, jobs.override_kind)
            value=kind
            choices=choices
            error=fault("kind")
        />
        <div class="jobs-fields">
            <TextField
                name="form[standard]"
                label=t!(l, jobs.standard)
                value=was("standard")
                error=fault("standard")
                required=true
                maxlength=20
                autocomplete="off"
            />
            {end("form[low]", "low", t!(l, jobs.low))}
            {end("form[high]", "high", t!(l, jobs.high))}
        </div>
        <AreaField
            name="form[reason]"
            label=t!(l, jobs.reason)
            value=was("reason")
            error=fault("reason")
            required=true
        />
    }
    .into_any()
}

/// Which project, as it was seen, under a key of this form's own.
#[component]
fn Hidden(view: EstimateView, #[prop(into)] end: String) -> impl IntoView {
    view! {
        <input type="hidden" name="form[project]" value=view.project.to_string() />
        <input type="hidden" name="form[version]" value=view.version.to_string() />
        <input type="hidden" name="form[key]" value=format!("{}-{end}", view.key) />
    }
}

/// A number that stands, with the button that takes it back.
fn one(l: Locale, view: &EstimateView, found: &Override) -> AnyView {
    let [low, standard, high] = text::range(found.range);
    let number = t!(l, jobs.term_range, number = standard, low = low, high = high);
    let at = view.inputs.overrides.iter().position(|other| other.kind == found.kind).unwrap_or_default();
    view! {
        <li>
            <form method="post" action=SaveOverride::PATH class="jobs-drop">
                <Hidden view=view.clone() end=format!("d{at}") />
                <input type="hidden" name="form[kind]" value=found.kind.code() />
                <input type="hidden" name="form[act]" value="drop" />
                <span>{word(l, found.kind)}</span>
                <strong>{number}</strong>
                <span>{found.reason.clone()}</span>
                <Submit>{t!(l, jobs.override_drop)}</Submit>
            </form>
        </li>
    }
    .into_any()
}

fn word(l: Locale, kind: Kind) -> String {
    let (phase, unit) = (name::phase(l, kind.phase), name::unit(l, kind.unit));
    let population = name::population(l, kind.population);
    t!(l, jobs.override_kind_word, phase = phase, population = population, unit = unit)
}

fn refused(l: Locale, error: ApiError) -> AnyView {
    if let ApiError::Stale { conflicts } = &error {
        return stale(l, conflicts);
    }
    let error = at_their_inputs(error, &["kind", "standard", "low", "high", "reason"]);
    let label = |input: &str, word: &'static str| (format!("form[{input}]"), word.to_owned());
    let labels: Labels = vec![
        label("kind", t!(l, jobs.override_kind)),
        label("standard", t!(l, jobs.standard)),
        label("low", t!(l, jobs.low)),
        label("high", t!(l, jobs.high)),
        label("reason", t!(l, jobs.reason)),
    ];
    view! { <ErrorPanel error=error labels=labels /> }.into_any()
}
