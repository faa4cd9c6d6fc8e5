//! Communities on paper: the list in the order of need, and 社区一页通, one community on one sheet. Readable on the screen
//! too; complete without scripts.

use super::api;
use super::linked::Linked;
use super::list::{EXPORT_STANDING, PATH, address, read};
use super::months::Months;
use super::need::table as needs;
use super::one::{Figures, Standing};
use super::text::{below, employment, maybe, medians, per_head, whole};
use crate::parts::answer::answered;
use crate::parts::asking::ask;
use crate::parts::button::LinkButton;
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::paper_page::PaperPage;
use crate::parts::signatures::Signatures;
use contract::site::standing::SiteTableView;
use contract::site::{SiteListForm, SiteRow, SiteView};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn SitesPrintPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(read).unwrap_or_default());
    let table = ask(move || crate::parts::gone::read(form), api::site_table);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match table.await {
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
fn Sheet(form: SiteListForm, view: SiteTableView) -> impl IntoView {
    let l = locale();
    let export = address(EXPORT_STANDING, &form);
    let acts = view.may.includes(Action::ExportList).then(|| {
        view! { <LinkButton href=export download=true>{t!(l, site.export_standing)}</LinkButton> }.into_any()
    });
    let middle = medians(l, &view.medians);
    let (area, count, today) = (view.area_name.clone(), view.rows.len(), view.today);
    let body = if view.rows.is_empty() {
        view! { <Empty reason=t!(l, site.none_found) /> }.into_any()
    } else {
        lines(l, view)
    };
    view! {
        <PaperPage class="site-paper" title=t!(l, site.standing_title) back=address(PATH, &form) acts=acts>
            <p class="paper-line">
                <span>{t!(l, export.reporter, name = area)}</span>
                <span>{t!(l, site.count, count = whole(count as u64))}</span>
                <span>{t!(l, site.units)}</span>
                <span>{format::date(today)}</span>
            </p>
            {body}
            <p class="site-rule">{middle}</p>
            <p class="site-rule">{t!(l, site.need_rule)}</p>
            <p class="site-rule">{t!(l, site.money_rule)}</p>
            <Signatures date=today />
        </PaperPage>
    }
    .into_any()
}

/// Headings of the list by need, on paper and in a workbook.
pub fn headings(l: Locale) -> [&'static str; 13] {
    [
        t!(l, site.need_place),
        t!(l, site.name),
        t!(l, site.area),
        t!(l, site.size),
        t!(l, site.people),
        t!(l, site.labour),
        t!(l, site.employed),
        t!(l, site.without_work),
        t!(l, site.rate),
        t!(l, site.zero_short),
        t!(l, site.projects),
        t!(l, site.per_head),
        t!(l, site.needs),
    ]
}

fn lines(l: Locale, view: SiteTableView) -> AnyView {
    let heads = headings(l)
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let is_number = !(1..=3).contains(&at);
            view! { <th scope="col" class:number=is_number>{*word}</th> }
        })
        .collect_view();
    let rows = view.rows.into_iter().map(|row| line(l, row)).collect_view();
    view! {
        <div class="paper-scroll" tabindex="0" role="region" aria-label=t!(l, site.standing_title)>
            <table class="table">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(l: Locale, row: SiteRow) -> impl IntoView {
    let (facts, standing) = (row.facts, row.standing);
    let size = row.size.map(|size| name::size_class(l, size));
    let rate = employment(l, facts.employment_rate());
    view! {
        <tr>
            <td class="number">{standing.places.place}</td>
            <td>{facts.name}</td>
            <td>{row.area_name}</td>
            <td>{size}</td>
            <td class="number">{maybe(l, facts.people)}</td>
            <td class="number">{maybe(l, facts.labour)}</td>
            <td class="number">{maybe(l, facts.employed)}</td>
            <td class="number">{maybe(l, standing.without_work)}</td>
            <td class="number">{rate}</td>
            <td class="number">{maybe(l, facts.zero_employment_households)}</td>
            <td class="number">{whole(row.projects)}</td>
            <td class="number">
                {per_head(l, standing.per_head)}
                {standing.is_below_median.then(|| below(t!(l, site.below_median)))}
            </td>
            <td class="number">{row.needs}</td>
        </tr>
    }
}

/// 社区一页通.
#[component]
pub fn SitePaperPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.try_with(|found| found.get("id")).flatten().unwrap_or_default());
    let site = ask(move || crate::parts::gone::read(id), api::site);
    answered(site, |view| view! { <OnePage view /> }.into_any())
}

#[component]
fn OnePage(view: SiteView) -> impl IntoView {
    let l = locale();
    let title = t!(l, site.one_page_of, name = view.facts.name.clone());
    let back = format!("{PATH}/{}", view.site);
    let open = if view.needs.is_empty() {
        view! { <Empty reason=t!(l, need.none) /> }.into_any()
    } else {
        needs(l, view.needs.clone(), &view.site.to_string(), None)
    };
    view! {
        <PaperPage class="site-paper site-one-page" title=title back=back>
            <p class="paper-line">
                <span>{t!(l, export.reporter, name = view.area_name.clone())}</span>
                <span>{format::instant(view.updated)}</span>
            </p>
            <Figures view=view.clone() />
            <Standing view=view.clone() />
            <section class="panel">
                <h2>{t!(l, site.months)}</h2>
                <Months months=view.months.clone() />
            </section>
            <Linked view=view.clone() />
            <section class="panel">
                <h2>{t!(l, need.title)}</h2>
                {open}
            </section>
            <Signatures />
        </PaperPage>
    }
    .into_any()
}
