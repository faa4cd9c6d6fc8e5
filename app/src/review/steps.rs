//! The steps that this person may take with a finding as it stands, each a form of its own: plain posts with one key.

use super::api::TakeStep;
use super::one::ordered;
use crate::parts::button::{Submit, Weight};
use crate::parts::error_panel::{ErrorPanel, Labels, field_error};
use crate::parts::field::Field;
use crate::parts::retyped::typed;
use crate::parts::unescaped::in_textarea;
use contract::error::ApiError;
use contract::review::FindingView;
use domain::permission::Action;
use domain::review::workflow::State;
use leptos::prelude::*;
use server_fn::ServerFn;
use words::locale::locale;
use words::{Locale, t};

/// One form: the step, its button, what it asks.
struct Offer {
    step: &'static str,
    word: &'static str,
    lead: Option<&'static str>,
    weight: Weight,
    asks: &'static [&'static str],
}

#[component]
pub fn Steps(view: FindingView, error: Option<ApiError>) -> impl IntoView {
    let l = locale();
    let offers = offers(l, &view);
    // Both values of a conflict stand on top of the page; everything else is said here.
    let error = error.filter(|error| !matches!(error, ApiError::Stale { .. }));
    let order = view.line.state.order_of().map(|order| ordered(l, order));
    let body = if offers.is_empty() {
        view! { <p class="review-faint">{t!(l, review.act_none)}</p> }.into_any()
    } else {
        let many = offers.len() > 1;
        let forms = offers
            .into_iter()
            .enumerate()
            .map(|(at, offer)| form(l, &view, offer, error.as_ref(), many.then_some(at)))
            .collect_view();
        view! {
            {error.clone().map(|error| view! { <ErrorPanel error=error labels=labels(l) /> })}
            <div class="review-steps">{forms}</div>
        }
        .into_any()
    };
    view! {
        <section class="panel review-act" data-noprint="">
            <h2>{t!(l, review.act)}</h2>
            {order.map(|order| view! { <p>{order}</p> })}
            {body}
        </section>
    }
    .into_any()
}

fn offers(l: Locale, view: &FindingView) -> Vec<Offer> {
    let may = |action: Action| view.may.includes(action);
    let offer = |step, word, lead, weight, asks| Offer { step, word, lead, weight, asks };
    let dismiss = || {
        offer(
            "dismiss",
            t!(l, review.act_dismiss),
            Some(t!(l, review.act_dismiss_lead)),
            Weight::Normal,
            &["unit", "reason"],
        )
    };
    match &view.line.state {
        State::Pending { .. } if may(Action::JudgeFindings) => {
            let lead = Some(t!(l, review.act_verify_lead));
            vec![offer("verify", t!(l, review.act_verify), lead, Weight::Primary, &["unit"]), dismiss()]
        }
        State::Verified { .. } if may(Action::JudgeFindings) => {
            let asks = &["unit", "responsible", "due", "measures"];
            vec![offer("order", t!(l, review.act_order), None, Weight::Primary, asks), dismiss()]
        }
        State::Rectifying { .. } if may(Action::RectifyFinding) => {
            vec![offer("report", t!(l, review.act_report), None, Weight::Primary, &["unit", "evidence"])]
        }
        State::Rectified { .. } if may(Action::JudgeFindings) => {
            let lead = Some(t!(l, review.act_close_lead));
            let back = Some(t!(l, review.act_send_back_lead));
            vec![
                offer("close", t!(l, review.act_close), lead, Weight::Primary, &["unit"]),
                offer("send_back", t!(l, review.act_send_back), back, Weight::Normal, &["unit"]),
            ]
        }
        State::Pending { .. }
        | State::Verified { .. }
        | State::Dismissed { .. }
        | State::Rectifying { .. }
        | State::Rectified { .. }
        | State::Closed { .. }
        | State::Vanished { .. } => Vec::new(),
    }
}

fn labels(l: Locale) -> Labels {
    ["unit", "reason", "responsible", "due", "measures", "evidence"]
        .map(|name| (name.to_owned(), label(l, name).to_owned()))
        .to_vec()
}

fn label(l: Locale, name: &str) -> &'static str {
    match name {
        "reason" => t!(l, review.reason),
        "responsible" => t!(l, review.responsible),
        "due" => t!(l, review.due),
        "measures" => t!(l, review.measures),
        "evidence" => t!(l, review.evidence),
        _ => t!(l, review.unit),
    }
}

/// `at` tells the inputs of one form from those of the other; the first keeps the plain names, to which errors lead.
fn form(l: Locale, view: &FindingView, offer: Offer, error: Option<&ApiError>, at: Option<usize>) -> AnyView {
    let Offer { step, word, lead, weight, asks } = offer;
    let is_second = at.is_some_and(|at| at > 0);
    let inputs = asks.iter().map(|name| input(l, view, name, error, is_second)).collect_view();
    view! {
        <form method="post" action=TakeStep::PATH class="review-step">
            <h3>{word}</h3>
            {lead.map(|lead| view! { <p class="review-faint">{lead}</p> })}
            <input type="hidden" name="form[finding]" value=view.line.id.to_string() />
            <input type="hidden" name="form[version]" value=view.line.version.to_string() />
            <input type="hidden" name="form[key]" value=format!("{}-{step}", view.key) />
            <input type="hidden" name="form[step]" value=step />
            {inputs}
            <Submit weight=weight>{word}</Submit>
        </form>
    }
    .into_any()
}

fn input(
    l: Locale,
    view: &FindingView,
    name: &'static str,
    error: Option<&ApiError>,
    is_second: bool,
) -> AnyView {
    let typed = typed(TakeStep::PATH, name).unwrap_or_default();
    let fault = Signal::stored(field_error(error, name));
    let id = match (name, is_second) {
        ("unit", true) => "unit-2",
        (name, _) => name,
    };
    let note = format!("{id}-note");
    let sent = format!("form[{name}]");
    let hint = if name == "unit" { t!(l, review.unit_hint).to_owned() } else { String::new() };
    let control = match name {
        "reason" | "measures" | "evidence" => view! {
            <textarea class="input" id=id name=sent rows="3" maxlength="500" required aria-describedby=note>
                {in_textarea(typed)}
            </textarea>
        }
        .into_any(),
        "due" => view! {
            <input
                class="input"
                id=id
                name=sent
                type="date"
                value=typed
                min=view.today.to_string()
                required
                aria-describedby=note
            />
        }
        .into_any(),
        _ => view! {
            <input
                class="input"
                id=id
                name=sent
                value=typed
                maxlength="500"
                autocomplete="organization"
                required
                aria-describedby=note
            />
        }
        .into_any(),
    };
    view! {
        <Field name=id label=label(l, name) hint=hint error=fault required=true>
            {control}
        </Field>
    }
    .into_any()
}
