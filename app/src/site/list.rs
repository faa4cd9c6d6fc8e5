//! The list of communities: filters in the address, sums of the whole filter on top, pages by key.

use super::api;
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use contract::site::{SiteArea, SiteListForm, SiteListView, SiteRow, SiteSort, SiteTotals};
use domain::permission::Action;
use domain::site::SizeClass;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The path of the list.
pub const PATH: &str = "/communities";
/// Where the ledger is made as a workbook.
pub const EXPORT_PATH: &str = "/communities/export";
/// Communities come in by the same import as projects.
const IMPORT_PATH: &str = "/projects/import";

fn read(query: &ParamsMap) -> SiteListForm {
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
fn address(path: &str, form: &SiteListForm) -> String {
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
    let export = address(EXPORT_PATH, &first_page(&form));
    view! {
        <PageHead title=t!(l, common.sites)>
            {may_import.then(|| view! { <LinkButton href=IMPORT_PATH>{t!(l, common.import)}</LinkButton> })}
            {may_export
                .then(|| view! { <LinkButton href=export download=true>{t!(l, common.export)}</LinkButton> })}
            {may_edit
                .then(|| {
                    view! {
                        <LinkButton href="/communities/new" weight=Weight::Primary>
                            {t!(l, site.new)}
                        </LinkButton>
                    }
                })}
        </PageHead>
        <Filter form=form.clone() areas=view.areas.clone() />
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

const COLUMNS: [(SiteSort, bool); 10] = [
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
            let next = if current == down || (current != up && !is_figure) { up } else { down };
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
                <th scope="col">{t!(l, site.size)}</th>
            </tr>
        </thead>
    }
}

fn whole(value: u64) -> String {
    format::integer(i64::try_from(value).unwrap_or(i64::MAX))
}

fn maybe(l: Locale, value: Option<u32>) -> String {
    value.map_or_else(|| t!(l, common.unknown).to_owned(), |value| whole(value.into()))
}

fn rate(l: Locale, per_mille: Option<i64>) -> String {
    per_mille.map_or_else(|| t!(l, common.unknown).to_owned(), format::percent)
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
            <td class="number">{rate(l, totals.rate)}</td>
            <td class="number">{whole(totals.zero_employment_households)}</td>
            <td class="number">{whole(totals.projects)}</td>
            <td class="number">{format::wan(totals.investment)}</td>
            <td></td>
        </tr>
    }
}

fn line(l: Locale, row: SiteRow) -> impl IntoView {
    let facts = row.facts;
    let size = facts.people.map(|people| name::size_class(l, SizeClass::of(people)));
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
            <td class="number">{rate(l, per_mille)}</td>
            <td class="number">{maybe(l, facts.zero_employment_households)}</td>
            <td class="number">{whole(row.projects)}</td>
            <td class="number">{format::wan(row.investment)}</td>
            <td>{size}</td>
        </tr>
    }
}

#[component]
fn Filter(form: SiteListForm, areas: Vec<SiteArea>) -> impl IntoView {
    let l = locale();
    let every = || (String::new(), t!(l, site.every).to_owned());
    let indent = |area: &SiteArea| format!("{}{}", "\u{3000}".repeat(usize::from(area.depth)), area.name);
    let places = std::iter::once(every())
        .chain(areas.iter().map(|area| (area.code.to_string(), indent(area))))
        .collect();
    let size = |class: SizeClass| (class.code().to_owned(), name::size_class(l, class).to_owned());
    let sizes = std::iter::once(every()).chain(SizeClass::ALL.map(size)).collect();
    view! {
        <form method="get" action=PATH class="site-filter toolbar" role="search" aria-label=t!(l, site.filter)>
            {(!form.sort.is_empty())
                .then(|| view! { <input type="hidden" name="sort" value=form.sort.clone() /> })}
            {choice("area", t!(l, site.area), &form.area, places)}
            {choice("size", t!(l, site.size), &form.size, sizes)}
            <label>
                {t!(l, site.search)}
                <input class="input" type="search" name="q" value=form.q.clone() maxlength="100" autocomplete="off" />
            </label>
            <Submit weight=Weight::Primary>{t!(l, common.search_do)}</Submit>
            <LinkButton href=PATH>{t!(l, common.reset)}</LinkButton>
        </form>
    }
}

fn choice(name: &'static str, label: &'static str, value: &str, choices: Vec<(String, String)>) -> AnyView {
    let options = choices
        .into_iter()
        .map(|(code, word)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <label>
            {label}
            <select class="input" name=name>{options}</select>
        </label>
    }
    .into_any()
}
