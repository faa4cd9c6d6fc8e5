//! One edition: its lines beside those of the edition before, what it would change, and the steps that this person may take.

use super::api::{self, DecideEdition, EditEdition, ProposeEdition};
use super::form::{DraftTable, labels};
use super::list::{head, row, state, way};
use super::preview::Change;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, field_error, returned_error};
use crate::parts::field::Field;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::print_button::PrintButton;
use crate::parts::retyped::typed;
use crate::parts::unescaped::in_textarea;
use contract::jobs::edition::EditionView;
use domain::jobs::edition::State;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, explain, format, t};

#[component]
pub fn EditionPage() -> impl IntoView {
    let params = use_params_map();
    let number =
        Memo::new(move |_| params.try_with(|found| found.get("number")).flatten().unwrap_or_default());
    let one = ask(move || gone::read(number), api::edition);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: EditionView) -> impl IntoView {
    let l = locale();
    let title = t!(l, coefficient.number, number = view.line.number);
    let error =
        [EditEdition::PATH, ProposeEdition::PATH, DecideEdition::PATH].into_iter().find_map(returned_error);
    let done = error.is_none().then(|| done(l)).flatten();
    let is_draft = view.line.state.is_open() && view.is_own && view.may.includes(Action::EditCoefficients);
    let table =
        if is_draft { view! { <DraftTable view=view.clone() /> }.into_any() } else { lines(l, &view) };
    let preview = view.preview.clone().map(|preview| view! { <Change preview before=view.before /> });
    view! {
        <Breadcrumb entries=way(l, Some(title.clone())) />
        <PageHead title=title>
            <PrintButton />
        </PageHead>
        {done.map(|text| view! { <p class="notice notice-ok" role="status">{text}</p> })}
        {error.map(|error| view! { <ErrorPanel error=error labels=labels(l, is_draft) /> })}
        {standing(l, &view)}
        {preview}
        {steps(l, &view, is_draft)}
        {table}
    }
    .into_any()
}

fn done(l: Locale) -> Option<&'static str> {
    let code = gone::query(|query| query.get("done"))?;
    match code.as_str() {
        "made" => Some(t!(l, coefficient.done_made)),
        "saved" => Some(t!(l, coefficient.done_saved)),
        "proposed" => Some(t!(l, coefficient.done_proposed)),
        "decided" => Some(t!(l, coefficient.done_decided)),
        _ => None,
    }
}

fn standing(l: Locale, view: &EditionView) -> AnyView {
    let line = &view.line;
    let fact = |word: &'static str, text: String| {
        view! {
            <div>
                <dt>{word}</dt>
                <dd>{text}</dd>
            </div>
        }
    };
    let by = |name: &str, at| format!("{name} {}", format::instant(at));
    let made = line.made_by.as_ref().zip(line.made_at).map(|(name, at)| {
        view! {
            {fact(t!(l, common.area), line.area_name.clone())}
            {fact(t!(l, coefficient.made_by), by(name, at))}
            {fact(t!(l, coefficient.reason), line.reason.clone())}
        }
    });
    let decided = line.decided_by.as_ref().zip(line.decided_at);
    let decided = decided.map(|(name, at)| fact(t!(l, coefficient.decided_by), by(name, at)));
    let verdict = line.verdict_reason.clone().map(|text| fact(t!(l, coefficient.verdict_reason), text));
    view! {
        <dl class="coefficient-facts">
            <div>
                <dt>{t!(l, coefficient.state)}</dt>
                <dd>{state(l, line.state)}</dd>
            </div>
            {fact(t!(l, coefficient.valid_from), format::date(line.valid_from))}
            {made}
            {decided}
            {verdict}
        </dl>
    }
    .into_any()
}

fn lines(l: Locale, view: &EditionView) -> AnyView {
    let rows = view.lines.iter().map(|line| row(l, line)).collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, jobs.coefficients)}</h2>
            <p class="coefficient-lead">{t!(l, coefficient.beside, before = view.before)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, jobs.coefficients)>
                <table class="table">
                    {head(l)}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Handing on for its maker, deciding for anybody else who may.
fn steps(l: Locale, view: &EditionView, is_draft: bool) -> Option<AnyView> {
    let may_decide = view.line.state == State::Proposed && view.may.includes(Action::DecideCoefficients);
    let hindered = view
        .hindered
        .as_ref()
        .map(|refusal| view! { <p class="notice notice-warn" role="note">{explain::coefficient_refusal(l, refusal)}</p> });
    let form = match (is_draft, may_decide, view.is_own) {
        (true, _, _) => propose(l, view),
        (false, true, false) => decide(l, view),
        (false, true, true) => {
            view! { <p class="notice" role="note">{t!(l, coefficient.own_work)}</p> }.into_any()
        }
        (false, false, _) => return None,
    };
    let section = view! {
        <section class="panel" data-noprint="">
            {hindered}
            {form}
        </section>
    };
    Some(section.into_any())
}

fn propose(l: Locale, view: &EditionView) -> AnyView {
    view! {
        <form method="post" action=ProposeEdition::PATH class="coefficient-form">
            <input type="hidden" name="form[number]" value=view.line.number.to_string() />
            <input type="hidden" name="form[version]" value=view.line.version.to_string() />
            <p class="coefficient-lead">{t!(l, coefficient.propose_lead)}</p>
            <p class="toolbar">
                <Submit weight=Weight::Primary>{t!(l, coefficient.propose_do)}</Submit>
            </p>
        </form>
    }
    .into_any()
}

fn decide(l: Locale, view: &EditionView) -> AnyView {
    let error = returned_error(DecideEdition::PATH);
    let reason_error = Signal::stored(field_error(error.as_ref(), "reason"));
    let reason = typed(DecideEdition::PATH, "verdict_reason").unwrap_or_default();
    view! {
        <form method="post" action=DecideEdition::PATH class="coefficient-form">
            <input type="hidden" name="form[number]" value=view.line.number.to_string() />
            <input type="hidden" name="form[version]" value=view.line.version.to_string() />
            <p class="coefficient-lead">{t!(l, coefficient.decide_lead)}</p>
            <Field
                name="reason"
                label=t!(l, coefficient.verdict_reason)
                hint=t!(l, coefficient.verdict_hint)
                error=reason_error
            >
                <textarea class="input" id="reason" name="form[reason]" rows="2" maxlength="500" aria-describedby="reason-note">
                    {in_textarea(reason)}
                </textarea>
            </Field>
            <p class="toolbar">
                <Submit weight=Weight::Primary name="form[verdict]" value="in_force">
                    {t!(l, coefficient.decide_do)}
                </Submit>
                <Submit name="form[verdict]" value="returned">{t!(l, coefficient.return_do)}</Submit>
            </p>
        </form>
    }
    .into_any()
}
