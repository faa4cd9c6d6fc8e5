//! 项目档案: everything known of a project on paper — facts, funding, gates, files, lines to sign on.

use super::api;
use super::gates::grade;
use super::head::{Figures, Headline, text_of};
use crate::parts::asking::ask;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::paper_page::PaperPage;
use crate::parts::signatures::Signatures;
use contract::attachment::FilesView;
use contract::error::ApiError;
use contract::project::ProjectView;
use domain::project::{Field, Gate, Kind, Value};
use futures::future::join;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn ArchivePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let all = ask(
        move || crate::parts::gone::read(id),
        |id| async move {
            let (view, files) = join(api::project(id.clone()), crate::attachment::api::files(id)).await;
            Ok::<_, ApiError>((view?, files?))
        },
    );
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match all.await {
                    Ok((view, files)) => view! { <Archive view files /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Archive(view: ProjectView, files: FilesView) -> impl IntoView {
    let l = locale();
    let title = format!("{} · {}", t!(l, project.archive), text_of(&view, Field::Name));
    let back = format!("/projects/{}", view.project);
    view! {
        <PaperPage class="project-archive" title=title back=back>
            <Headline view=view.clone() />
            <Figures view=view.clone() />
            {facts(l, &view)}
            {amounts(l, &view)}
            {gates(l, &view)}
            {names(l, &files)}
            <Signatures />
        </PaperPage>
    }
    .into_any()
}

/// Every filled column but amounts of the plan and gates, which have tables of their own.
fn facts(l: Locale, view: &ProjectView) -> AnyView {
    let in_a_table = |field: Field| matches!(field, Field::Source(_) | Field::Year(_) | Field::Gate(_));
    let rows = view
        .values
        .iter()
        .filter(|(field, _)| !in_a_table(*field))
        .map(|(field, value)| {
            let text = match field.kind() {
                Kind::Area => view.area_name.clone(),
                Kind::Sites => sites(view),
                Kind::Text
                | Kind::Money
                | Kind::Month
                | Kind::Date
                | Kind::Count
                | Kind::Flag
                | Kind::Code
                | Kind::Category
                | Kind::Nature
                | Kind::Stage
                | Kind::Horizon
                | Kind::Derived => super::text::shown(l, value),
            };
            let meaning = super::text::industry_meaning(l, Some(value)).filter(|_| *field == Field::Industry);
            let text = meaning.map_or(text.clone(), |meaning| format!("{text} · {meaning}"));
            view! {
                <tr>
                    <th scope="row">{name::field(l, *field)}</th>
                    <td class="project-fact-text">{text}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{t!(l, project.tab_facts)}</h2>
        <table class="table">
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn sites(view: &ProjectView) -> String {
    let chosen = view.sites.iter().filter(|site| site.chosen);
    chosen.map(|site| site.name.as_str()).collect::<Vec<_>>().join(" · ")
}

fn amounts(l: Locale, view: &ProjectView) -> AnyView {
    let line = |(field, value): &(Field, Value)| {
        let amount = format::wan_exact(value.money()?);
        Some(view! {
            <tr>
                <th scope="row">{name::field(l, *field)}</th>
                <td class="number">{amount}</td>
            </tr>
        })
    };
    let table = |title: &'static str, wanted: fn(&Field) -> bool| {
        let rows = view.values.iter().filter(|(field, _)| wanted(field)).filter_map(line).collect_view();
        view! {
            <table class="table">
                <caption>{title}</caption>
                <tbody>{rows}</tbody>
            </table>
        }
    };
    view! {
        <h2>{t!(l, project.tab_funding)}</h2>
        <p class="unit-note">{t!(l, common.unit_note, unit = t!(l, common.unit_wan))}</p>
        <div class="project-margins">
            {table(t!(l, project.by_source), |field| matches!(field, Field::Source(_)))}
            {table(t!(l, project.by_year), |field| matches!(field, Field::Year(_)))}
        </div>
    }
    .into_any()
}

fn gates(l: Locale, view: &ProjectView) -> AnyView {
    let score = view.maturity_score;
    let rows = Gate::ALL
        .map(|gate| {
            let date = view.value(Field::Gate(gate)).map(|value| super::text::shown(l, value));
            let state = if date.is_some() { t!(l, project.gate_done) } else { t!(l, project.gate_open) };
            view! {
                <tr>
                    <th scope="row">{name::gate(l, gate)}</th>
                    <td class="date">{date}</td>
                    <td>{state}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{t!(l, project.tab_gates)}</h2>
        <p>{t!(l, project.maturity_score, score = score, grade = grade(score))}</p>
        <table class="table">
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn names(l: Locale, files: &FilesView) -> AnyView {
    if files.files.is_empty() {
        return ().into_any();
    }
    let lines = files.files.iter().map(|file| view! { <li>{file.name.clone()}</li> }).collect_view();
    view! {
        <h2>{t!(l, project.tab_files)}</h2>
        <ul>{lines}</ul>
    }
    .into_any()
}
