//! One finding: the rule with its edition and basis, the facts with where they come from, the arithmetic, its way so far,
//! and the step that may come next.

use super::address::PATH;
use super::api;
use super::steps::Steps;
use super::text::{LevelChip, StateChip, about, origin, rule};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::error_panel::returned_error;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use contract::error::ApiError;
use contract::review::{FindingView, StepLine};
use domain::review::workflow::{Act, Order, State, StateName};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use words::explain::review as explain;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn FindingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let one = ask(move || crate::parts::gone::read(id), api::finding);
    answered(one, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: FindingView) -> impl IntoView {
    let l = locale();
    let finding = &view.line.finding;
    let title = t!(l, review.one_title, rule = rule(l, finding.rule));
    let way = vec![(t!(l, review.title).to_owned(), PATH.to_owned()), (title.clone(), String::new())];
    let error = returned_error(api::TakeStep::PATH);
    let done = error.is_none() && gone::query(|query| query.get("done").is_some());
    let gone = match &view.line.state {
        State::Vanished { on, because } => Some((*on, explain::because(l, because))),
        State::Pending { .. }
        | State::Verified { .. }
        | State::Dismissed { .. }
        | State::Rectifying { .. }
        | State::Rectified { .. }
        | State::Closed { .. } => None,
    };
    view! {
        <Breadcrumb entries=way />
        <PageHead title=title />
        {done.then(|| view! { <p class="notice notice-ok" role="status">{t!(l, review.done_step)}</p> })}
        {error.as_ref().and_then(|error| conflict(l, error))}
        {head(l, &view)}
        {gone
            .map(|(on, why)| {
                view! {
                    <section class="panel">
                        <h2>{t!(l, review.gone)}</h2>
                        <p>{format::date(on)}" · "{why}</p>
                    </section>
                }
            })}
        {sum(l, &view)}
        {facts(l, &view)}
        <Steps view=view.clone() error=error />
        {history(l, view.steps)}
    }
    .into_any()
}

/// Two people at once: where this one wanted the finding, and where the other has put it.
fn conflict(l: Locale, error: &ApiError) -> Option<AnyView> {
    let ApiError::Stale { conflicts } = error else { return None };
    let both = conflicts.iter().find(|conflict| conflict.field == "state")?;
    let word = |code: &Option<String>| {
        let state = code.as_deref().and_then(StateName::from_code);
        state.map_or(format::UNKNOWN, |state| name::review::finding_state(l, state))
    };
    let text = t!(l, review.conflict_both, yours = word(&both.yours), theirs = word(&both.theirs));
    Some(
        view! {
            <section class="notice notice-warn" role="alert">
                <strong>{t!(l, review.conflict)}</strong>
                <p>{text}</p>
            </section>
        }
        .into_any(),
    )
}

fn head(l: Locale, view: &FindingView) -> AnyView {
    let line = &view.line;
    let project = line.project.as_ref().map(|project| {
        let to = format!("/projects/{}", project.project);
        view! { <a href=to>{project.name.clone()}</a> }
    });
    let edition = view.edition.as_ref().map(|edition| {
        let number = t!(l, review.edition_number, number = edition.number);
        let days = valid(l, edition);
        let (basis, mark) = (edition.basis.clone(), edition.mark);
        view! {
            <div>
                <dt>{t!(l, review.edition)}</dt>
                <dd>
                    <a href=super::address::rule(edition.rule)>{number}</a>
                    <span class="review-faint">{days}</span>
                </dd>
            </div>
            <div class="review-wide">
                <dt>{t!(l, review.basis)}</dt>
                <dd>
                    {basis}
                    <span class="review-faint">{mark.code()}" · "{name::mark(l, mark)}</span>
                </dd>
            </div>
        }
    });
    let late = line.days_overdue.map(|days| t!(l, review.days_overdue, days = days));
    view! {
        <dl class="review-facts">
            <div>
                <dt>{t!(l, review.state)}</dt>
                <dd>
                    <StateChip state=line.state.name() />
                    {late.map(|late| view! { <span class="review-late">{late}</span> })}
                </dd>
            </div>
            <div>
                <dt>{t!(l, review.level)}</dt>
                <dd>
                    <LevelChip level=line.finding.level />
                </dd>
            </div>
            <div>
                <dt>{t!(l, review.subject)}</dt>
                <dd>
                    {project}
                    {about(l, line.finding.subject)
                        .map(|what| view! { <span class="review-faint">{what}</span> })}
                    <span class="review-faint">{line.area_name.clone()}</span>
                </dd>
            </div>
            <div>
                <dt>{t!(l, review.found)}</dt>
                <dd>{format::instant(line.found)}</dd>
            </div>
            {edition}
        </dl>
    }
    .into_any()
}

/// The days on which an edition holds.
pub fn valid(l: Locale, edition: &domain::review::edition::Edition) -> String {
    let from = format::date(edition.valid_from);
    match edition.valid_to {
        Some(to) => t!(l, review.valid_from_to, from = from, to = format::date(to)),
        None => t!(l, review.valid_open, from = from),
    }
}

fn sum(l: Locale, view: &FindingView) -> AnyView {
    let lines = view.line.finding.arithmetic.iter();
    let lines = lines.map(|clause| view! { <li>{explain::clause(l, clause)}</li> }).collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, review.arithmetic)}</h2>
            <ul class="review-clauses">{lines}</ul>
        </section>
    }
    .into_any()
}

fn facts(l: Locale, view: &FindingView) -> AnyView {
    let rows = view
        .line
        .finding
        .facts
        .iter()
        .map(|(fact, value)| {
            let from = match origin(l, view, *fact) {
                Some((to, word)) => view! { <a href=to>{word}</a> }.into_any(),
                None => t!(l, review.place_none).into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name::review::fact(l, *fact)}</th>
                    <td class="review-value">{explain::fact_value(l, value)}</td>
                    <td>{from}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, review.facts)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, review.facts)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(l, review.fact)}</th>
                            <th scope="col">{t!(l, review.value)}</th>
                            <th scope="col">{t!(l, review.fact_source)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn history(l: Locale, steps: Vec<StepLine>) -> AnyView {
    let rows = steps
        .into_iter()
        .rev()
        .map(|step| {
            let by = step.by.clone().unwrap_or_else(|| t!(l, review.by_rules).to_owned());
            view! {
                <tr>
                    <td class="date">{format::instant(step.at)}</td>
                    <td>
                        <StateChip state=step.state.name() />
                    </td>
                    <td>{by}</td>
                    <td class="review-note">{note(l, &step.state)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <h2>{t!(l, review.history)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, review.history)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="date">{t!(l, review.step_at)}</th>
                            <th scope="col">{t!(l, review.step_head)}</th>
                            <th scope="col">{t!(l, review.step_by)}</th>
                            <th scope="col">{t!(l, review.step_note)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What is true in a state, in words.
fn note(l: Locale, state: &State) -> String {
    let unit = |act: &Act| act.by.unit.clone();
    match state {
        State::Pending { since } => t!(l, review.note_since, date = format::date(*since)),
        State::Verified { verified } => t!(l, review.note_verified, unit = unit(verified)),
        State::Dismissed { dismissed, reason } => {
            t!(l, review.note_dismissed, reason = reason.clone(), unit = unit(dismissed))
        }
        State::Rectifying { order, .. } => ordered(l, order),
        State::Rectified { reported, evidence, .. } => {
            t!(l, review.note_evidence, evidence = evidence.clone(), unit = unit(reported))
        }
        State::Closed { closed, .. } => t!(l, review.note_closed, unit = unit(closed)),
        State::Vanished { because, .. } => explain::because(l, because),
    }
}

/// An order in one sentence.
pub fn ordered(l: Locale, order: &Order) -> String {
    t!(
        l,
        review.note_order,
        unit = order.unit.clone(),
        due = format::date(order.due),
        measures = order.measures.clone()
    )
}
