//! The page of a list: title, tabs, filters, selection, grid, ways to other pages. Complete HTML from the server.

use super::api;
use super::filter::{FilterBar, head_filter};
use super::saving::Saver;
use super::selection::{EXPORT_PATH, MOVE_ACTION, SelectionBar};
use super::settings::{ConflictDialog, SettingsDialog, density_class};
use super::{address, columns};
use crate::parts::button::{Button, LinkButton, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::grid::model::Column;
use crate::parts::grid::state::GridState;
use crate::parts::grid::status_bar::StatusBar;
use crate::parts::grid::{Above, Grid};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use crate::parts::tabs::{Tab, Tabs};
use contract::list::{GridColumn, ListForm, ListKind, ListView};
use domain::period::Horizon;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn ListPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.with(address::read));
    let page = Resource::new(move || form.get(), api::list_page);
    let (pending, set_pending) = signal(false);
    let refused = returned_error(MOVE_ACTION);
    view! {
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <div class="list-page" class:list-busy=move || pending.get() aria-busy=move || pending.get().to_string()>
            {move || pending.get().then(|| view! { <Loading /> })}
            <Transition
                fallback=|| {
                    view! { <Loading /> }
                }
                set_pending=set_pending
            >
                {move || {
                    let form = form.get();
                    Suspend::new(async move {
                        match page.await {
                            Ok(view) => view! { <Shown form view /> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </div>
    }
}

#[component]
fn Failed(error: contract::error::ApiError) -> impl IntoView {
    let l = locale();
    view! {
        <PageHead title=t!(l, list.title) />
        <ErrorPanel error=error />
        <p class="toolbar">
            <LinkButton href=address::PATH>{t!(l, list.empty_reset)}</LinkButton>
        </p>
    }
}

#[component]
fn Shown(form: ListForm, view: ListView) -> impl IntoView {
    let l = locale();
    let may_edit = view.may.includes(Action::EditProject);
    let may_import = view.may.includes(Action::ImportWorkbook);
    let list = ListKind::from_code(&form.list).unwrap_or(ListKind::Horizon(Horizon::One));
    let title = t!(l, list.print_title, year = view.plan_year.to_string(), list = list_word(l, list));
    view! {
        <PageHead title=t!(l, list.title)>
            {may_import
                .then(|| view! { <LinkButton href="/projects/import">{t!(l, common.import)}</LinkButton> })}
            {may_edit
                .then(|| {
                    view! {
                        <LinkButton href="/projects/new" weight=Weight::Primary>
                            {t!(l, list.new_project)}
                        </LinkButton>
                    }
                })}
        </PageHead>
        <Tabs label=t!(l, list.tabs) tabs=tabs(l, &form, &view, list) />
        <FilterBar form=form.clone() areas=view.areas.clone() />
        <div class="list-print">
            <h1>{title}</h1>
            <p>
                <span>{t!(l, list.plan_year, year = view.plan_year.to_string())}</span>
                <span>{t!(l, common.unit_note, unit = t!(l, common.unit_wan))}</span>
            </p>
        </div>
        <Rows form view list />
    }
}

fn list_word(l: Locale, list: ListKind) -> &'static str {
    match list {
        ListKind::Horizon(horizon) => name::horizon(l, horizon),
        ListKind::Pool => t!(l, list.pool),
    }
}

fn tabs(l: Locale, form: &ListForm, view: &ListView, current: ListKind) -> Vec<Tab> {
    let counts = [
        (ListKind::Horizon(Horizon::One), view.tabs.one),
        (ListKind::Horizon(Horizon::Two), view.tabs.two),
        (ListKind::Horizon(Horizon::Five), view.tabs.five),
        (ListKind::Pool, view.tabs.pool),
    ];
    counts
        .into_iter()
        .map(|(list, count)| Tab {
            word: list_word(l, list).to_owned(),
            href: address::write(&ListForm { list: list.code().to_owned(), ..address::first_page(form) }),
            count: Some(number(count)),
            current: list == current,
        })
        .collect()
}

fn number(count: u64) -> String {
    format::integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Two kinds of nothing: nothing matches, or nothing is there yet.
fn nothing(l: Locale, form: &ListForm, may_import: bool) -> AnyView {
    let reset = address::write(&ListForm { list: form.list.clone(), ..ListForm::default() });
    if address::is_filtered(form) {
        return view! {
            <Empty reason=t!(l, list.empty_filter)>
                <LinkButton href=reset>{t!(l, list.empty_reset)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty reason=t!(l, list.empty_list)>
            {may_import
                .then(|| view! { <LinkButton href="/projects/import">{t!(l, common.import)}</LinkButton> })}
        </Empty>
    }
    .into_any()
}

#[component]
fn Rows(form: ListForm, view: ListView, list: ListKind) -> impl IntoView {
    let l = locale();
    if view.rows.is_empty() {
        return nothing(l, &form, view.may.includes(Action::ImportWorkbook));
    }
    let shown = columns::shown_columns(&view);
    let saver = Saver::new(l, view.rows.clone(), shown.clone());
    let state = grid_state(l, &view, &shown, saver);
    saver.attach(state);
    let density = RwSignal::new(view.settings.density);
    let heads: Vec<Column> = shown.iter().map(|column| columns::column(l, &form, *column)).collect();
    let rows = StoredValue::new(view.rows.clone());
    let class = Signal::derive(move || density_class(density.get()));
    view! {
        <SelectionBar state rows form=form.clone() may=view.may.clone() />
        <Grid
            state
            columns=heads
            above=above(l, &form, &view, &shown)
            filter=head_filter(l, form.clone())
            label=list_word(l, list)
            density=class
        />
        <Foot state form view density />
        <ConflictDialog saver />
    }
    .into_any()
}

fn grid_state(l: Locale, view: &ListView, shown: &[GridColumn], saver: Saver) -> GridState {
    let rows = view
        .rows
        .iter()
        .zip(view.first..)
        .map(|(project, number)| columns::row(l, shown, project, number))
        .collect();
    let links: Vec<String> =
        view.rows.iter().map(|project| format!("/projects/{}", project.project)).collect();
    let read = StoredValue::new((shown.to_vec(), links));
    let reader = Callback::new(move |(row, column, text): (usize, usize, String)| {
        read.with_value(|(columns, links)| {
            let about = columns.get(column).copied().unwrap_or(GridColumn::Updated);
            let href = links.get(row).map(String::as_str).unwrap_or_default();
            columns::read(l, about, &text, href)
        })
    });
    GridState::new(rows, shown.len(), reader, Callback::new(move |edits| saver.send(edits)))
}

fn above(l: Locale, form: &ListForm, view: &ListView, shown: &[GridColumn]) -> Above {
    let whole = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let before = whole(view.first.saturating_sub(1));
    let known = view.totals.as_ref().map(|totals| whole(totals.projects));
    Above {
        sums: columns::sums(l, shown, view.totals.as_ref()),
        groups: view.groups.iter().map(|line| columns::subtotal(l, form, shown, line)).collect(),
        total: known.unwrap_or(before + view.rows.len()),
        before,
    }
}

#[component]
fn Foot(
    state: GridState,
    form: ListForm,
    view: ListView,
    density: RwSignal<contract::list::Density>,
) -> impl IntoView {
    let l = locale();
    let open = RwSignal::new(false);
    let summary = summary(l, &view);
    let to = |page: Option<String>| page.map(|page| address::write(&ListForm { page, ..form.clone() }));
    let first = (!form.page.is_empty()).then(|| address::write(&address::first_page(&form)));
    let export = address::write_at(EXPORT_PATH, &address::first_page(&form));
    let count = view.totals.as_ref().map(|totals| number(totals.projects)).unwrap_or_default();
    let may_export = view.may.includes(Action::ExportList);
    view! {
        <StatusBar state shown=summary.clone()>
            <Button weight=Weight::Quiet on_press=move |()| open.set(true)>{t!(l, list.columns)}</Button>
            {may_export
                .then(|| {
                    view! {
                        <LinkButton weight=Weight::Quiet href=export download=true>
                            {t!(l, list.export_all, count = count)}
                        </LinkButton>
                    }
                })}
        </StatusBar>
        <Pager summary=summary first=first previous=to(view.previous.clone()) next=to(view.next.clone()) />
        <SettingsDialog open settings=view.settings.clone() plan_year=view.plan_year density />
    }
}

fn summary(l: Locale, view: &ListView) -> String {
    let rows = u64::try_from(view.rows.len()).unwrap_or(u64::MAX);
    let (from, to) = (number(view.first), number(view.first + rows.saturating_sub(1)));
    match &view.totals {
        Some(totals) => t!(l, list.shown, from = from, to = to, total = number(totals.projects)),
        None => t!(l, list.shown_unknown, from = from, to = to),
    }
}
