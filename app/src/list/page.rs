//! The page of a list: title, tabs, filters, selection, grid, ways to other pages. Complete HTML from the server.

use super::api;
use super::drawer::Drawer;
use super::filter::FilterBar;
use super::head_filter::head_filter;
use super::saving::Saver;
use super::selection::{EXPORT_PATH, MOVE_ACTION, PlainMove, SelectionBar};
use super::settings::{ConflictDialog, PATH as SETTINGS_PATH, SettingsDialog, density_class};
use super::{address, columns, shortcuts};
use crate::parts::asking::ask;
use crate::parts::button::{Button, LinkButton, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::grid::state::GridState;
use crate::parts::grid::status_bar::StatusBar;
use crate::parts::grid::{Above, Grid};
use crate::parts::icon::{Icon, Shape};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::parts::pager::Pager;
use crate::parts::tabs::{Tab, Tabs};
use contract::error::ApiError;
use contract::list::{GridColumn, ListForm, ListKind, ListView, SumsView};
use domain::period::Horizon;
use domain::permission::Action;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use words::locale::locale;
use words::{Locale, format, name, t};

#[component]
pub fn ListPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read).unwrap_or_default());
    let page = ask(move || crate::parts::gone::read(form), api::list_page);
    let (pending, set_pending) = signal(false);
    let refused = returned_error(MOVE_ACTION);
    shortcuts::listen(move || page.refetch());
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
                    let form = crate::parts::gone::read(form);
                    Suspend::new(async move {
                        match page.await {
                            Ok(view) => {
                                let again = Callback::new(move |()| page.refetch());
                                view! { <Shown form view again /> }.into_any()
                            }
                            Err(error) => view! { <Failed form error /> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </div>
    }
}

#[component]
fn Failed(form: ListForm, error: ApiError) -> impl IntoView {
    let l = locale();
    let usual = form.list.is_empty().then_some(ListKind::Horizon(Horizon::One));
    let known = usual.or_else(|| ListKind::from_code(&form.list));
    let list = known.map(|list| list.code().to_owned()).unwrap_or_default();
    // What the address asks for goes on, but for the place that could not be found.
    let first = ListForm { list, open: String::new(), ..address::first_page(&form) };
    let said = if is_astray(&form, &error) {
        view! { <p class="notice notice-warn" role="alert">{t!(l, list.astray)}</p> }.into_any()
    } else {
        view! { <ErrorPanel error=error /> }.into_any()
    };
    let back = address::write(&first);
    view! {
        <PageHead title=t!(l, list.title) />
        <Tabs label=t!(l, list.tabs) tabs=tabs(l, &first, None, known) />
        {said}
        <p class="toolbar">
            <LinkButton href=back weight=Weight::Primary>{t!(l, list.to_first_page)}</LinkButton>
            <LinkButton href=address::PATH>{t!(l, list.empty_reset)}</LinkButton>
        </p>
    }
}

/// True when the address names a list or a page that is not there, rather than a filter that cannot be read.
fn is_astray(form: &ListForm, error: &ApiError) -> bool {
    let ApiError::Invalid { errors } = error else {
        return matches!(error, ApiError::NotFound) && !form.page.is_empty();
    };
    errors.of("page").is_some() || errors.of("list").is_some()
}

#[component]
fn Shown(form: ListForm, view: ListView, again: Callback<()>) -> impl IntoView {
    let l = locale();
    let may_edit = view.may.includes(Action::EditProject);
    let may_import = view.may.includes(Action::ImportWorkbook);
    let list = ListKind::from_code(&form.list).unwrap_or(ListKind::Horizon(Horizon::One));
    // On paper this stands for the heading of the page, which is the only one of the document.
    let title = t!(l, list.print_title, year = view.plan_year.to_string(), list = list_word(l, list));
    let sums = following_sums(&form, &view);
    let tab_form = form.clone();
    view! {
        <PageHead title=t!(l, list.title)>
            {may_import
                .then(|| view! { <LinkButton href="/projects/import">{t!(l, common.import)}</LinkButton> })}
            {may_edit
                .then(|| {
                    view! {
                        <LinkButton href=shortcuts::NEW weight=Weight::Primary>
                            {t!(l, list.new_project)}
                        </LinkButton>
                    }
                })}
        </PageHead>
        {move || view! { <Tabs label=t!(l, list.tabs) tabs=tabs(l, &tab_form, sums.get().as_ref(), Some(list)) /> }}
        <FilterBar form=form.clone() areas=view.areas.clone() views=view.views.clone() />
        <div class="list-print">
            // On paper it stands for the heading of the page, which is the only one of the document.
            <p class="list-print-title">{title}</p>
            <p>
                <span>{t!(l, list.plan_year, year = view.plan_year.to_string())}</span>
                <span>{t!(l, common.unit_note, unit = t!(l, common.unit_wan))}</span>
            </p>
        </div>
        <Rows form view list sums again />
    }
}

/// What is added up over the whole filter. A page that came without it asks once more, in the browser.
fn following_sums(form: &ListForm, view: &ListView) -> RwSignal<Option<SumsView>> {
    let sums = RwSignal::new(view.sums.clone());
    if view.sums.is_none() {
        let form = form.clone();
        Effect::new(move || ask_sums(form.clone(), sums));
    }
    sums
}

/// Adds up once more, in the browser. Without an answer what was shown stays.
fn ask_sums(form: ListForm, sums: RwSignal<Option<SumsView>>) {
    leptos::task::spawn_local(async move {
        if let Ok(found) = api::list_sums(form).await {
            sums.try_set(Some(found));
        }
    });
}

fn list_word(l: Locale, list: ListKind) -> &'static str {
    match list {
        ListKind::Horizon(horizon) => name::horizon(l, horizon),
        ListKind::Pool => t!(l, list.pool),
    }
}

fn tabs(l: Locale, form: &ListForm, sums: Option<&SumsView>, current: Option<ListKind>) -> Vec<Tab> {
    let tabs = sums.map(|sums| sums.tabs);
    let counts = [
        (ListKind::Horizon(Horizon::One), tabs.map(|tabs| tabs.one)),
        (ListKind::Horizon(Horizon::Two), tabs.map(|tabs| tabs.two)),
        (ListKind::Horizon(Horizon::Five), tabs.map(|tabs| tabs.five)),
        (ListKind::Pool, tabs.map(|tabs| tabs.pool)),
    ];
    counts
        .into_iter()
        .map(|(list, count)| Tab {
            word: list_word(l, list).to_owned(),
            href: address::write(&ListForm {
                list: list.code().to_owned(),
                open: String::new(),
                ..address::first_page(form)
            }),
            count: count.map(format::count),
            current: current == Some(list),
        })
        .collect()
}

/// Two kinds of nothing: nothing matches, or nothing is there yet.
fn nothing(l: Locale, form: &ListForm, may_import: bool) -> AnyView {
    let reset = address::write(&address::unfiltered(form));
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
fn Rows(
    form: ListForm,
    view: ListView,
    list: ListKind,
    sums: RwSignal<Option<SumsView>>,
    again: Callback<()>,
) -> impl IntoView {
    let l = locale();
    let no_groups = view.sums.as_ref().is_none_or(|sums| sums.groups.is_empty());
    if view.rows.is_empty() && no_groups {
        return nothing(l, &form, view.may.includes(Action::ImportWorkbook));
    }
    let shown = columns::shown_columns(&view);
    let asked = form.clone();
    // A cell that was written changes the sums over the whole filter too.
    let written = Callback::new(move |()| ask_sums(asked.clone(), sums));
    let saver = Saver::new(l, view.rows.clone(), shown.clone(), written);
    let state = grid_state(l, &view, &shown, saver);
    saver.attach(state);
    let density = RwSignal::new(view.settings.density);
    let heads = columns::heads(l, &form, &shown, view.settings.frozen);
    let rows = StoredValue::new(view.rows.clone());
    let columns = shown.clone();
    let class = Signal::derive(move || density_class(density.get()));
    let above = above(l, &form, &view, &shown);
    let texts = Signal::derive(move || {
        sums.with(|sums| columns::sums(l, &shown, sums.as_ref().map(|sums| &sums.totals)))
    });
    view! {
        <SelectionBar state rows form=form.clone() shown=columns may=view.may.clone() />
        <Grid
            state
            columns=heads
            above
            sums=texts
            filter=head_filter(l, form.clone(), view.areas.clone())
            label=list_word(l, list)
            density=class
        />
        <PlainMove key=view.key.clone() form=form.clone() may=view.may.clone() />
        <Foot state form view density sums again />
        <Drawer state rows />
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
    let navigate = use_navigate();
    let on_open = Callback::new(move |row: usize| {
        if let Some(href) = read.with_value(|(_, links)| links.get(row).cloned()) {
            navigate(&href, NavigateOptions::default());
        }
    });
    GridState::new(rows, shown.len(), reader, Callback::new(move |edits| saver.send(edits)), on_open)
}

fn above(l: Locale, form: &ListForm, view: &ListView, shown: &[GridColumn]) -> Above {
    let whole = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let before = whole(view.first.saturating_sub(1));
    let known = view.sums.as_ref().map(|sums| whole(sums.totals.projects));
    let groups = view.sums.iter().flat_map(|sums| &sums.groups);
    Above {
        groups: groups.map(|line| columns::subtotal(l, form, shown, line)).collect(),
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
    sums: RwSignal<Option<SumsView>>,
    again: Callback<()>,
) -> impl IntoView {
    let l = locale();
    let open = RwSignal::new(false);
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    let (first_row, rows) = (view.first, u64::try_from(view.rows.len()).unwrap_or(u64::MAX));
    let to = |page: Option<String>| page.map(|page| address::write(&ListForm { page, ..form.clone() }));
    let (previous, next) = (to(view.previous.clone()), to(view.next.clone()));
    let first = (!form.page.is_empty()).then(|| address::write(&address::first_page(&form)));
    let export = address::write_at(EXPORT_PATH, &address::first_page(&form));
    let print = address::write_at(super::print::PRINT_PATH, &address::first_page(&form));
    let csv = format!("{export}{}format=csv", if export.contains('?') { "&" } else { "?" });
    let every = ListForm { list: "all".into(), ..address::first_page(&form) };
    let every = address::write_at(EXPORT_PATH, &every);
    let sum_up = address::write(&ListForm { sums: "1".to_owned(), ..form.clone() });
    let may_export = view.may.includes(Action::ExportList);
    let settings = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        open.set(true);
    };
    view! {
        <StatusBar state shown=Signal::derive(move || summary(l, first_row, rows, sums.get().as_ref()))>
            {move || {
                let sum_up = sum_up.clone();
                sums.with(Option::is_none).then(|| view! { <LinkButton weight=Weight::Quiet href=sum_up>{t!(l, list.sum_up)}</LinkButton> })
            }}
            <Pager first=first previous=previous next=next />
            <a class="button button-quiet" href=SETTINGS_PATH on:click=settings>
                <Icon shape=Shape::Columns />
                {t!(l, list.columns)}
            </a>
            {move || awake.get().then(|| refresh(l, again))}
            {may_export
                .then(|| {
                    view! {
                        <LinkButton weight=Weight::Quiet href=print.clone()>
                            <Icon shape=Shape::Print />
                            {t!(l, export.print)}
                        </LinkButton>
                        <LinkButton weight=Weight::Quiet href=export download=true>
                            <Icon shape=Shape::Import />
                            {move || sums.with(|sums| export_word(l, sums.as_ref()))}
                        </LinkButton>
                        <LinkButton weight=Weight::Quiet href=csv.clone() download=true>{t!(l, export.csv)}</LinkButton>
                        <LinkButton weight=Weight::Quiet href=every.clone() download=true>
                            {t!(l, export.all_lists)}
                        </LinkButton>
                    }
                })}
        </StatusBar>
        <SettingsDialog open settings=view.settings.clone() plan_year=view.plan_year density />
    }
}

/// Reads the page anew; shown only where scripts run, since it can do nothing without them.
fn refresh(l: Locale, again: Callback<()>) -> AnyView {
    view! {
        <Button weight=Weight::Quiet on_press=again>
            <Icon shape=Shape::Refresh />
            {t!(l, list.refresh)}
        </Button>
    }
    .into_any()
}

fn export_word(l: Locale, sums: Option<&SumsView>) -> String {
    match sums {
        Some(sums) => t!(l, list.export_all, count = format::count(sums.totals.projects)),
        None => t!(l, list.export).to_owned(),
    }
}

fn summary(l: Locale, first: u64, rows: u64, sums: Option<&SumsView>) -> String {
    let (from, to) = (format::count(first), format::count(first + rows.saturating_sub(1)));
    match sums {
        Some(sums) if rows == 0 => t!(l, list.total_rows, count = format::count(sums.totals.projects)),
        Some(sums) => t!(l, list.shown, from = from, to = to, total = format::count(sums.totals.projects)),
        None => t!(l, list.shown_unknown, from = from, to = to),
    }
}
