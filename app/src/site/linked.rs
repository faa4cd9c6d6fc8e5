//! The projects that serve a community: what was issued to each, this community's part of it, people at work.

use super::text::maybe;
use crate::parts::empty::Empty;
use crate::parts::status::StageChip;
use contract::site::{SiteProject, SiteView};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn Linked(view: SiteView) -> impl IntoView {
    let l = locale();
    let title = t!(l, site.projects_of, count = view.projects.len());
    if view.projects.is_empty() {
        return view! {
            <section class="panel">
                <h2>{title}</h2>
                <Empty reason=t!(l, site.projects_none) />
            </section>
        }
        .into_any();
    }
    let rows = view.projects.into_iter().map(|project| row(l, project)).collect_view();
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <p class="unit-note">{t!(l, site.linked_units)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, site.projects)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t!(l, name.field_number)}</th>
                            <th scope="col">{t!(l, name.field_name)}</th>
                            <th scope="col">{t!(l, name.field_stage)}</th>
                            <th scope="col" class="number">{t!(l, name.field_total)}</th>
                            <th scope="col" class="number">{t!(l, site.issued)}</th>
                            <th scope="col" class="number">{t!(l, site.serves)}</th>
                            <th scope="col" class="number">{t!(l, site.part)}</th>
                            <th scope="col" class="number">{t!(l, site.jobs)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <tr class="table-total">
                            <td></td>
                            <td>{t!(l, common.total)}</td>
                            <td></td>
                            <td class="number">{format::wan(view.investment)}</td>
                            <td></td>
                            <td></td>
                            <td class="number">{format::wan(view.standing.money)}</td>
                            <td></td>
                        </tr>
                        {rows}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(l: Locale, project: SiteProject) -> impl IntoView {
    view! {
        <tr>
            <td class="number">{project.number}</td>
            <td>
                <a href=format!("/projects/{}", project.project)>{project.name}</a>
            </td>
            <td>
                <StageChip stage=project.stage />
            </td>
            <td class="number">
                {project.total.map_or_else(|| t!(l, common.unknown).to_owned(), format::wan)}
            </td>
            <td class="number">{format::wan(project.issued)}</td>
            <td class="number">{project.serves}</td>
            <td class="number">{format::wan(project.part)}</td>
            <td class="number">{maybe(l, project.jobs)}</td>
        </tr>
    }
}
