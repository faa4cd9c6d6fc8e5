//! `/dashboard/works`: the projects behind the figures of estimates and returns, under the same filter and the same sums.

use super::filter::shown;
use super::{address, api, text};
use crate::jobs::edition::preview::milli;
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::breadcrumb::Breadcrumb;
use crate::parts::empty::Empty;
use crate::parts::gone;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use crate::parts::print_button::PrintButton;
use crate::parts::take_out::TakeOut;
use contract::dashboard::works::{WorksForm, WorksLine, WorksView};
use contract::dashboard::{DashboardView, Key};
use domain::money::{Delta, Unit};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn WorksPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read_works).unwrap_or_default());
    let page = ask(move || gone::read(form), api::works);
    answered(page, |view| view! { <Shown view /> }.into_any())
}

#[component]
fn Shown(view: WorksView) -> impl IntoView {
    let l = locale();
    let filter = address::of(&view.whole);
    let export =
        address::works(address::WORKS_EXPORT, &WorksForm { filter: filter.clone(), after: String::new() });
    let asked = gone::query(address::read_works);
    let first = (!asked.after.is_empty())
        .then(|| address::works(address::WORKS, &WorksForm { filter: filter.clone(), after: String::new() }));
    let next = view.next.map(|after| {
        address::works(address::WORKS, &WorksForm { filter: filter.clone(), after: after.to_string() })
    });
    view! {
        <Breadcrumb entries=vec![
            (t!(l, dashboard.title).to_owned(), address::at(address::PATH, &filter)),
            (t!(l, dashboard.works).to_owned(), String::new()),
        ] />
        <PageHead title=t!(l, dashboard.works)>
            <TakeOut href=export />
            <PrintButton />
        </PageHead>
        {shown(l, Some(address::WORKS), &view.whole)}
        <p class="dashboard-about">{t!(l, dashboard.works_lead)}</p>
        {table(l, &view)}
        <Pager first=first previous=None next=next />
    }
    .into_any()
}

fn table(l: Locale, view: &WorksView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <Empty reason=t!(l, dashboard.works_none) /> }.into_any();
    }
    let lines = view.lines.iter().map(|line| row(l, line)).collect_view();
    view! {
        <p class="unit-note">{t!(l, dashboard.works_unit)}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t!(l, dashboard.works)>
            <table class="table dashboard-works">
                <thead>
                    <tr>
                        <th scope="col">{t!(l, dashboard.works_project)}</th>
                        <th scope="col">{t!(l, common.area)}</th>
                        <th scope="col" class="number">{text::title(l, Key::Plan)}</th>
                        <th scope="col" class="number">{text::title(l, Key::Invested)}</th>
                        <th scope="col">{t!(l, dashboard.works_started)}</th>
                        <th scope="col" class="number">{text::title(l, Key::Estimate)}</th>
                        <th scope="col" class="number">{text::title(l, Key::Present)}</th>
                        <th scope="col" class="number">{t!(l, dashboard.works_relocated)}</th>
                        <th scope="col" class="date">{t!(l, dashboard.works_month)}</th>
                    </tr>
                </thead>
                <tbody>{sums(l, &view.whole)} {lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The figures of the whole filter stand first, as in official tables.
fn sums(l: Locale, whole: &DashboardView) -> AnyView {
    let projects = i64::try_from(whole.plan.projects).unwrap_or(i64::MAX);
    let of = |key: Key| text::value(l, whole.value(key));
    view! {
        <tr class="sum">
            <th scope="row">{t!(l, common.total)}</th>
            <td>{t!(l, dashboard.projects, count = format::integer(projects))}</td>
            <td class="number">{format::wan(whole.plan.amount)}</td>
            <td class="number">{whole.plan.invested.map_or_else(text::unknown, wan)}</td>
            <td>{of(Key::Started)}</td>
            <td class="number">{of(Key::Estimate)}</td>
            <td class="number">{of(Key::Present)}</td>
            <td class="number">{whole.work.relocated.map_or_else(text::unknown, format::integer)}</td>
            <td></td>
        </tr>
    }
    .into_any()
}

fn row(l: Locale, line: &WorksLine) -> AnyView {
    let started = line.started.map_or_else(text::unknown, |started| {
        if started { t!(l, common.yes).to_owned() } else { t!(l, common.no).to_owned() }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/projects/{}", line.project)>{format!("{} {}", line.number, line.name)}</a>
            </th>
            <td>{line.area_name.clone()}</td>
            <td class="number">{line.planned.map_or_else(text::unknown, format::wan)}</td>
            <td class="number">{line.invested.map_or_else(text::unknown, wan)}</td>
            <td>{started}</td>
            <td class="number">{line.estimate.map_or_else(text::unknown, milli)}</td>
            <td class="number">{line.present.map_or_else(text::unknown, format::integer)}</td>
            <td class="number">{line.relocated.map_or_else(text::unknown, format::integer)}</td>
            <td class="date">{line.month.map_or_else(text::unknown, |month| month.to_string())}</td>
        </tr>
    }
    .into_any()
}

fn wan(fen: Delta) -> String {
    format::delta(fen, Unit::Wan)
}
