//! The tab of a project's page: what came out, a total to try, the coefficients, and the forms for who may change them.

use super::inputs::InputsForm;
use super::manual::Manual;
use super::typing::Typing;
use super::{address, api, coefficients, lines};
use crate::parts::answer::answered_within;
use crate::parts::asking::ask;
use crate::parts::button::Submit;
use crate::parts::error_panel::returned_error;
use crate::parts::field::TextField;
use crate::parts::gone;
use contract::jobs::EstimateView;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn Jobs(project: String) -> impl IntoView {
    let query = use_query_map();
    let view = ask(move || (project.clone(), gone::read(query)), |(project, _)| api::estimate(project));
    answered_within(view, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: EstimateView) -> impl IntoView {
    let l = locale();
    let typing = Typing::new(&view);
    let refused = returned_error(api::SaveInputs::PATH);
    let refused_number = returned_error(api::SaveOverride::PATH);
    let is_back = refused.is_some() || refused_number.is_some();
    let saved = gone::query(|query| query.get("saved").is_some()) && !is_back;
    let edition = view.coefficients.clone();
    let may = view.may.includes(Action::EditEstimate);
    let forms = may.then(|| {
        view! {
            <InputsForm view=view.clone() typing=typing error=refused l=l />
            <Manual view=view.clone() error=refused_number l=l />
        }
    });
    view! {
        <div class="jobs">
            {saved.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, jobs.saved)}</p> })}
            <p class="jobs-faint">{t!(l, jobs.lead)}</p>
            <Trial view=view.clone() typing=typing l=l />
            {move || typing.reckoned.with(|reckoned| lines::shown(l, reckoned))}
            {move || typing.reckoned.with(|reckoned| coefficients::shown(l, &reckoned.estimate, &edition))}
            {forms}
        </div>
    }
    .into_any()
}

/// Another total, to see what it would do; changes nothing of the project.
#[component]
fn Trial(view: EstimateView, typing: Typing, l: Locale) -> impl IntoView {
    let kept = view.basis.total;
    let told = move || {
        typing.reckoned.with(|reckoned| {
            let wan = |amount: Option<domain::money::Money>| {
                amount.map_or_else(|| format::UNKNOWN.to_owned(), format::wan_exact)
            };
            let (total, kept_text) = (wan(reckoned.basis.total), wan(kept));
            let is_trial = reckoned.basis.total != kept;
            let note = is_trial.then(|| t!(l, jobs.try_note, total = total, kept = kept_text));
            let wrong = reckoned.is_wrong.then(|| t!(l, jobs.try_wrong));
            view! {
                {note.map(|note| view! { <p class="notice notice-warn">{note}</p> })}
                {wrong.map(|wrong| view! { <p class="notice notice-warn">{wrong}</p> })}
            }
        })
    };
    view! {
        <form method="get" action=address::page(view.project) class="form form-row jobs-try" data-noprint="">
            <TextField
                name="total"
                label=t!(l, jobs.try_total)
                value=typing.total.get_untracked()
                hint=t!(l, jobs.try_hint)
                autocomplete="off"
                maxlength=30
                on_change=Callback::new(move |text| typing.total.set(text))
            />
            <Submit>{t!(l, jobs.try_do)}</Submit>
        </form>
        <div aria-live="polite">{told}</div>
    }
    .into_any()
}
