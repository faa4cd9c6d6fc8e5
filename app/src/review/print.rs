//! 问题清单、整改清单、责任清单 on paper: title, whose they are, every finding that belongs on the list, lines to sign on.
//! Readable on the screen too; complete without scripts.

use super::address;
use super::api;
use super::frame::paper_word;
use super::text::{about, arithmetic, rule};
use crate::parts::asking::ask;
use crate::parts::button::LinkButton;
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::paper_page::PaperPage;
use crate::parts::signatures::Signatures;
use contract::review::form::PaperForm;
use contract::review::{Paper, PaperLine, PaperView};
use domain::review::workflow::{Act, State};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn FindingsPrintPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read_paper).unwrap_or_default());
    let paper = ask(move || crate::parts::gone::read(form), api::paper);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match paper.await {
                        Ok(view) => view! { <Sheet form view /> }.into_any(),
                        Err(error) => view! { <ErrorPage error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Sheet(form: PaperForm, view: PaperView) -> impl IntoView {
    let l = locale();
    let title = t!(l, review.paper_title, list = paper_word(l, view.paper));
    let export = address::paper(address::EXPORT, view.paper, &form.filter);
    let may_export = super::text::may(domain::permission::Action::ExportList);
    let acts = may_export.then(|| {
        view! {
            <LinkButton href=export download=true>
                {t!(l, common.export)}
            </LinkButton>
        }
        .into_any()
    });
    let body = if view.lines.is_empty() {
        view! { <Empty reason=t!(l, review.paper_none) /> }.into_any()
    } else {
        table(l, &view)
    };
    view! {
        <PaperPage class="review-paper" title=title back=address::desk(&form.filter) acts=acts>
            <p class="paper-line">
                <span>{t!(l, export.reporter, name = view.area_name.clone())}</span>
                <span>{t!(l, export.count, count = view.lines.len())}</span>
                <span>{format::date(view.today)}</span>
            </p>
            {body}
            <Signatures date=view.today />
        </PaperPage>
    }
    .into_any()
}

fn table(l: Locale, view: &PaperView) -> AnyView {
    let heads = headings(l, view.paper);
    let heads = heads.iter().map(|word| view! { <th scope="col">{*word}</th> }).collect_view();
    let rows = view
        .lines
        .iter()
        .zip(1_u32..)
        .map(|(line, at)| {
            let cells = cells(l, view.paper, line);
            let cells = cells.into_iter().map(|text| view! { <td>{text}</td> }).collect_view();
            view! {
                <tr>
                    <td class="date">{at}</td>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="paper-scroll" tabindex="0" role="region" aria-label=paper_word(l, view.paper)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="date">{t!(l, review.ordinal)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Columns of a list after its number.
pub fn headings(l: Locale, paper: Paper) -> Vec<&'static str> {
    let mut heads = vec![t!(l, review.rule), t!(l, review.subject), t!(l, common.area)];
    heads.extend(match paper {
        Paper::Problems => vec![
            t!(l, review.arithmetic),
            t!(l, review.basis),
            t!(l, review.level),
            t!(l, review.state),
            t!(l, review.found),
        ],
        Paper::Rectifications => vec![
            t!(l, review.responsible),
            t!(l, review.measures),
            t!(l, review.due),
            t!(l, review.evidence),
            t!(l, review.state),
        ],
        Paper::Duties => vec![
            t!(l, review.responsible),
            t!(l, review.due),
            t!(l, review.ordered_by),
            t!(l, review.reported_by),
            t!(l, review.closed_by),
            t!(l, review.state),
        ],
    });
    heads
}

/// Texts of one line, in the order of [`headings`].
pub fn cells(l: Locale, paper: Paper, line: &PaperLine) -> Vec<String> {
    let finding = &line.finding;
    let about = about(l, finding.finding.subject);
    let project = finding.project.as_ref().map(|project| project.name.clone());
    let subject: Vec<String> = project.into_iter().chain(about).collect();
    let mut cells = vec![rule(l, finding.finding.rule), subject.join(" · "), finding.area_name.clone()];
    let state = name::review::finding_state(l, finding.state.name()).to_owned();
    let (unit, due, measures) = match finding.state.order_of() {
        Some(order) => (order.unit.clone(), format::date(order.due), order.measures.clone()),
        None => Default::default(),
    };
    let acts = acts(&finding.state);
    let act = |act: Option<&Act>| {
        let said = |act: &Act| t!(l, review.act_on, unit = act.by.unit.clone(), date = format::date(act.on));
        act.map(said).unwrap_or_default()
    };
    cells.extend(match paper {
        Paper::Problems => vec![
            arithmetic(l, finding),
            line.basis.clone(),
            name::review::finding_level(l, finding.finding.level).to_owned(),
            state,
            format::instant(finding.found),
        ],
        Paper::Rectifications => vec![unit, measures, due, evidence(&finding.state), state],
        Paper::Duties => {
            vec![unit, due, act(acts.ordered), act(acts.reported), act(acts.closed), state]
        }
    });
    cells
}

/// Who did what with an order so far.
#[derive(Default)]
struct Acts<'a> {
    ordered: Option<&'a Act>,
    reported: Option<&'a Act>,
    closed: Option<&'a Act>,
}

fn acts(state: &State) -> Acts<'_> {
    match state {
        State::Rectifying { ordered, .. } => Acts { ordered: Some(ordered), ..Acts::default() },
        State::Rectified { ordered, reported, .. } => {
            Acts { ordered: Some(ordered), reported: Some(reported), closed: None }
        }
        State::Closed { ordered, reported, closed, .. } => {
            Acts { ordered: Some(ordered), reported: Some(reported), closed: Some(closed) }
        }
        State::Pending { .. } | State::Verified { .. } | State::Dismissed { .. } | State::Vanished { .. } => {
            Acts::default()
        }
    }
}

fn evidence(state: &State) -> String {
    match state {
        State::Rectified { evidence, .. } | State::Closed { evidence, .. } => evidence.clone(),
        State::Pending { .. }
        | State::Verified { .. }
        | State::Dismissed { .. }
        | State::Rectifying { .. }
        | State::Vanished { .. } => String::new(),
    }
}
