//! The head of a project's page: what it is, where it stands, its figures, and what needs attention. Knows no door.

use super::gates::grade;
use crate::parts::status::StageChip;
use contract::project::{Listed, ProjectView};
use domain::money::{Delta, Money, Unit};
use domain::project::{Field, Gate, Value};
use domain::source::Source;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, format, name, t};

/// Text of a column, as it is edited.
pub fn text_of(view: &ProjectView, field: Field) -> String {
    super::text::editable_or_empty(view.value(field))
}

#[component]
pub fn Headline(view: ProjectView) -> impl IntoView {
    let l = locale();
    let stage = match view.value(Field::Stage) {
        Some(Value::Stage(stage)) => Some(*stage),
        Some(_) | None => None,
    };
    let category = view.value(Field::Category).map(|value| super::text::shown(l, value));
    let unit = view.value(Field::Unit).map(|value| super::text::shown(l, value));
    let sites: Vec<String> =
        view.sites.iter().filter(|site| site.chosen).map(|site| site.name.clone()).collect();
    let listed = view.listed.as_ref().map_or_else(|| t!(l, list.pool).to_owned(), |listed| stands(l, listed));
    let (at, by) = view.updated.clone();
    let origin = view.need.as_ref().map(|origin| {
        let date = format::date(origin.need.recorded_on);
        let said = t!(l, need.origin, title = origin.need.title.clone(), date = date);
        let href = format!("{}/{}", crate::site::list::PATH, origin.site);
        view! { <span>{said} " " <a href=href>{origin.site_name.clone()}</a></span> }
    });
    let updated = t!(l, project.updated, at = format::instant(at), by = by);
    view! {
        <p class="project-line">
            {stage.map(|stage| view! { <StageChip stage /> })}
            <span>{t!(l, project.number, number = view.number)}</span>
            <span>{text_of(&view, Field::Code)}</span>
            <span>{view.area_name}</span>
            <span>{category}</span>
            <span>{sites.join(" · ")}</span>
            <span>{unit}</span>
        </p>
        <p class="project-line">
            <span>{listed}</span>
            <span>{updated}</span>
            {origin}
        </p>
    }
    .into_any()
}

/// List, since when, from where and why.
fn stands(l: Locale, listed: &Listed) -> String {
    let list = name::horizon(l, listed.horizon);
    let since = format::date(listed.since);
    let mut text = match listed.from {
        Some(from) => t!(l, project.listed_from, list = list, since = since, from = name::horizon(l, from)),
        None => t!(l, project.listed, list = list, since = since),
    };
    if let Some(reason) = &listed.reason {
        text.push_str(&t!(l, project.listed_reason, reason = reason.clone()));
    }
    text
}

#[component]
pub fn Figures(view: ProjectView) -> impl IntoView {
    let l = locale();
    let unknown = || t!(l, common.unknown).to_owned();
    let total = view.value(Field::Total).and_then(Value::money);
    let planned = Source::ALL.into_iter().filter_map(|source| view.value(Field::Source(source))?.money());
    let planned = Money::sum(planned).map_or_else(unknown, format::wan_exact);
    let gap = view.gap.map_or_else(unknown, |gap: Delta| format::grouped(&gap.exact(Unit::Wan)));
    let shown = |field| view.value(field).map_or_else(unknown, |value| super::text::shown(l, value));
    let score = view.maturity_score;
    let figures = [
        (t!(l, project.summary_total), total.map_or_else(unknown, format::wan_exact)),
        (t!(l, project.summary_planned), planned),
        (t!(l, project.summary_gap), gap),
        (t!(l, project.summary_paid), shown(Field::StatedPaid)),
        (t!(l, project.summary_posts), shown(Field::Posts)),
        (t!(l, project.summary_jobs), shown(Field::JobsOperation)),
        (t!(l, project.summary_maturity), format!("{score} · {}", grade(score))),
    ];
    view! {
        <dl class="project-figures">
            {figures
                .map(|(word, figure)| {
                    view! {
                        <div>
                            <dt>{word}</dt>
                            <dd>{figure}</dd>
                        </div>
                    }
                })
                .collect_view()}
            <div class="unit-note">
                <dt class="hidden">{t!(l, project.unit)}</dt>
                <dd>{t!(l, common.unit_note, unit = t!(l, project.figure_units))}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// 需要处理: doubts about the facts, and the gates that are still open.
#[component]
pub fn Needs(view: ProjectView) -> impl IntoView {
    let l = locale();
    let mut needs: Vec<String> = view.doubts.iter().map(|doubt| explain::finding(l, doubt)).collect();
    if let Some(gap) = view.gap.filter(|gap| gap.fen() > 0) {
        needs.push(t!(l, project.need_gap, gap = format::wan_exact(gap.magnitude())));
    }
    let passed = Gate::ALL.into_iter().filter(|gate| view.value(Field::Gate(*gate)).is_some()).count();
    let gates = t!(l, project.need_gates, passed = passed, all = Gate::ALL.len());
    let none = needs.is_empty().then(|| view! { <p>{t!(l, project.need_none)}</p> });
    let href = format!("/projects/{}/gates", view.project);
    // What the review rules say of it stands on their own desk.
    let desk = contract::review::form::DeskForm { project: view.project.to_string(), ..Default::default() };
    let desk = crate::review::address::desk(&desk);
    view! {
        <aside class="project-need" aria-label=t!(l, project.findings)>
            <h2>{t!(l, project.findings)}</h2>
            <ul>{needs.into_iter().map(|need| view! { <li class="project-doubt">{need}</li> }).collect_view()}</ul>
            {none}
            <p>
                <a href=href>{gates}</a>
            </p>
            <p>
                <a href=desk>{t!(l, common.findings)}</a>
            </p>
        </aside>
    }
    .into_any()
}
