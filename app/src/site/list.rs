//! The list of communities: filters in the address, sums of the whole filter on top, pages by key.

use super::api;
use super::filter::Filter;
use super::text::{below, employment, maybe, per_head, whole};
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use contract::site::standing::Medians;
use contract::site::{SiteListForm, SiteListView, SiteRow, SiteSort, SiteTotals};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The path of the list.
pub const PATH: &str = "/communities";
/// Where the ledger is made as a workbook.
pub const EXPORT_PATH: &str = "/communities/export";
/// Where the list by need is made as a workbook.
pub const EXPORT_STANDING: &str = "/communities/standing/export";
/// The list by need on paper.
const PRINT_PATH: &str = "/communities/print";
/// Communities come in by the same import as projects.
const IMPORT_PATH: &str = "/projects/import";

pub fn read(query: &ParamsMap) -> SiteListForm {
    let text = |name: &str| query.get(name).unwrap_or_default();
    SiteListForm {
        area: text("area"),
        size: text("size"),
        q: text("q"),
        sort: text("sort"),
        page: text("page"),
    }
}

/// The address of a query at one of the paths.
pub fn address(path: &str, form: &SiteListForm) -> String {
    crate::parts::address::write(
        path,
        &[
            ("area", &form.area),
            ("size", &form.size),
            ("q", &form.q),
            ("sort", &form.sort),
            ("page", &form.page),
        ],
    )
}

fn first_page(form: &SiteListForm) -> SiteListForm {
    SiteListForm { page: String::new(), ..form.clone() }
}

#[component]
pub fn SitesPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(read).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(form), api::site_page);
    view! {
        <Transition fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => view! { <Shown form view /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHead title=t!(l, common.sites) />
                                <ErrorPanel error=error />
                                <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(form: SiteListForm, view: SiteListView) -> impl IntoView {
    let l = locale();
    let (may_edit, may_import) =
        (view.may.includes(Action::EditSite), view.may.includes(Action::ImportWorkbook));
    let may_export = view.may.includes(Action::ExportList);
    let file = first_page(&form);
    let export = address(EXPORT_PATH, &file);
    let (standing, print) = (address(EXPORT_STANDING, &file), address(PRINT_PATH, &file));
    view! {
        <PageHead title=t!(l, common.sites)>
            {may_import.then(|| view! { <LinkButton href=IMPORT_PATH>{t!(l, common.import)}</LinkButton> })}
            {may_export
                .then(|| {
                    view! {
                        <LinkButton href=export download=true>{t!(l, common.export)}</LinkButton>
                        <LinkButton href=standing download=true>{t!(l, site.export_standing)}</LinkButton>
                    }
                })}
            <LinkButton href=print>{t!(l, common.print)}</LinkButton>
            {may_edit
                .then(|| {
                    view! {
                        <LinkButton href="/communities/new" weight=Weight::Primary>
                            {t!(l, site.new)}
                        </LinkButton>
                    }
                })}
        </PageHead>
        <Filter form=form.clone() areas=view.areas.clone() sizes=view.sizes />
        {rows(l, &form, view, may_import)}
    }
}

fn rows(l: Locale, form: &SiteListForm, view: SiteListView, may_import: bool) -> AnyView {
    if view.rows.is_empty() {
        let filtered = [&form.area, &form.size, &form.q].iter().any(|text| !text.is_empty());
        return if filtered {
            view! {
                <Empty reason=t!(l, site.none_found)>
                    <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty reason=t!(l, site.none)>
                    {may_import
                        .then(|| view! { <LinkButton href=IMPORT_PATH>{t!(l, common.import)}</LinkButton> })}
                </Empty>
            }
            .into_any()
        };
    }
    let last = view.first + view.rows.len() as u64 - 1;
    let summary = t!(l, common.rows_shown, from = view.first, to = last, total = view.totals.sites);
    let to = |page: Option<String>| page.map(|page| address(PATH, &SiteListForm { page, ..form.clone() }));
    let start = (view.first > 1).then(|| address(PATH, &first_page(form)));
    let (previous, next) = (to(view.previous), to(view.next));
    view! {
        {order_note(l, form, &view.medians)}
        <p class="unit-note">{t!(l, site.units)}</p>
        <div class="table-scroll site-table" tabindex="0" role="region" aria-label=t!(l, common.sites)>
            <table class="table">
                <Heads form=form.clone() />
                <tbody>
                    {total_row(l, &view.totals)}
                    {view.rows.into_iter().map(|row| line(l, row)).collect_view()}
                </tbody>
            </table>
        </div>
        <Pager summary=summary first=start previous=previous next=next />
    }
    .into_any()
}

const COLUMNS: [(SiteSort, bool); 12] = [
    (SiteSort::Name, false),
    (SiteSort::Place, false),
    (SiteSort::Households, true),
    (SiteSort::People, true),
    (SiteSort::Labour, true),
    (SiteSort::Employed, true),
    (SiteSort::Rate, true),
    (SiteSort::ZeroEmployment, true),
    (SiteSort::Projects, true),
    (SiteSort::Investment, true),
    (SiteSort::PerHead, true),
    (SiteSort::Need, true),
];

fn word(l: Locale, sort: SiteSort) -> &'static str {
    match sort {
        SiteSort::Name => t!(l, site.name),
        SiteSort::Place => t!(l, site.area),
        SiteSort::Households => t!(l, site.households),
        SiteSort::People => t!(l, site.people),
        SiteSort::Labour => t!(l, site.labour),
        SiteSort::Employed => t!(l, site.employed),
        SiteSort::Rate => t!(l, site.rate),
        SiteSort::ZeroEmployment => t!(l, site.zero_short),
        SiteSort::Projects => t!(l, site.projects),
        SiteSort::Investment => t!(l, site.investment),
        SiteSort::PerHead => t!(l, site.per_head),
        SiteSort::Need => t!(l, site.need_place),
    }
}

/// Headings as links: the first click sorts figures downwards and names upwards, the second turns round.
#[component]
fn Heads(form: SiteListForm) -> impl IntoView {
    let l = locale();
    let current = if form.sort.is_empty() { "place" } else { form.sort.as_str() };
    let heads = COLUMNS
        .map(|(sort, is_figure)| {
            let (up, down) = (sort.code().to_owned(), format!("-{}", sort.code()));
            let state = if current == up {
                Some(("ascending", "▲"))
            } else {
                (current == down).then_some(("descending", "▼"))
            };
            // Whoever asks who needs projects most, or who got least, wants those first.
            let rises = !is_figure || matches!(sort, SiteSort::Need | SiteSort::PerHead);
            let next = match (current == up, current == down) {
                (true, _) => down,
                (_, true) => up,
                (false, false) if rises => up,
                (false, false) => down,
            };
            let href = address(PATH, &SiteListForm { sort: next, ..first_page(&form) });
            view! {
                <th scope="col" class:number=is_figure aria-sort=state.map(|(way, _)| way)>
                    <a class="site-sort" href=href>
                        {word(l, sort)}
                        {state.map(|(_, sign)| view! { <span aria-hidden="true">" "{sign}</span> })}
                    </a>
                </th>
            }
        })
        .collect_view();
    view! {
        <thead>
            <tr>
                {heads}
                <th scope="col" class="number">{t!(l, site.needs)}</th>
                <th scope="col">{t!(l, site.size)}</th>
            </tr>
        </thead>
    }
}

/// By which rule the lines stand in order, and what ▲ is held against.
fn order_note(l: Locale, form: &SiteListForm, medians: &Medians) -> impl IntoView + use<> {
    let by_need = form.sort.trim_start_matches('-') == SiteSort::Need.code();
    let href = address(PATH, &SiteListForm { sort: SiteSort::Need.code().to_owned(), ..first_page(form) });
    let link = (!by_need).then(|| view! { <a href=href>{t!(l, site.order_by_need)}</a> });
    let rule = by_need.then(|| view! { <p class="site-rule">{t!(l, site.need_rule)}</p> });
    view! {
        <p class="site-rule">{super::text::medians(l, medians)} " " {link}</p>
        {rule}
    }
}

fn total_row(l: Locale, totals: &SiteTotals) -> impl IntoView + use<> {
    view! {
        <tr class="table-total">
            <td>{t!(l, common.total)}</td>
            <td>{t!(l, site.count, count = whole(totals.sites))}</td>
            <td class="number">{whole(totals.households)}</td>
            <td class="number">{whole(totals.people)}</td>
            <td class="number">{whole(totals.labour)}</td>
            <td class="number">{whole(totals.employed)}</td>
            <td class="number">{employment(l, totals.rate)}</td>
            <td class="number">{whole(totals.zero_employment_households)}</td>
            <td class="number">{whole(totals.projects)}</td>
            <td class="number">{format::wan(totals.investment)}</td>
            <td></td>
            <td></td>
            <td></td>
            <td></td>
        </tr>
    }
}

fn line(l: Locale, row: SiteRow) -> impl IntoView {
    let facts = row.facts;
    let size = row.size.map(|size| name::size_class(l, size));
    let standing = row.standing;
    let zero = facts.zero_employment_households;
    let doubtful = !facts.doubts().is_empty();
    let per_mille = facts.employment_rate();
    view! {
        <tr>
            <th scope="row" class="site-name">
                <a href=format!("{PATH}/{}", row.site)>{facts.name}</a>
                {doubtful.then(|| view! { <span class="site-doubt">{t!(l, site.doubtful)}</span> })}
            </th>
            <td>{row.area_name}</td>
            <td class="number">{maybe(l, facts.households)}</td>
            <td class="number">{maybe(l, facts.people)}</td>
            <td class="number">{maybe(l, facts.labour)}</td>
            <td class="number">{maybe(l, facts.employed)}</td>
            <td class="number">{employment(l, per_mille)}</td>
            <td class="number">{maybe(l, zero)} {zero.is_some_and(|zero| zero > 0).then(|| below(t!(l, site.zero_mark)))}</td>
            <td class="number">{whole(row.projects)}</td>
            <td class="number">{format::wan(row.investment)}</td>
            <td class="number">
                {per_head(l, standing.per_head)}
                {standing.is_below_median.then(|| below(t!(l, site.below_median)))}
            </td>
            <td class="number">{standing.places.place}</td>
            <td class="number">{row.needs}</td>
            <td>{size}</td>
        </tr>
    }
}
