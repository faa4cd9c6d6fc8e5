//! Which columns are shown and how dense, kept with the account; and the dialog of a conflict.

use super::columns::heading;
use super::saving::{Conflict, Saver};
use crate::parts::asking::ask;
use crate::parts::button::{Button, LinkButton, Submit, Weight};
use crate::parts::dialog::Dialog;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::icon::{Icon, Shape};
use crate::parts::loading::Loading;
use crate::parts::page_head::PageHead;
use crate::project::text::from_canonical;
use contract::list::{Density, FROZEN_MOST, GridColumn, GridSettings};
use domain::period::FiscalYear;
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

const SETTINGS_ACTION: &str = "/api/list/save_settings";

/// The word of a density.
pub fn density_word(l: Locale, density: Density) -> &'static str {
    match density {
        Density::Loose => t!(l, list.density_loose),
        Density::Normal => t!(l, list.density_normal),
        Density::Tight => t!(l, list.density_tight),
    }
}

pub const fn density_class(density: Density) -> &'static str {
    match density {
        Density::Loose => "grid-loose",
        Density::Normal => "grid-normal",
        Density::Tight => "grid-tight",
    }
}

/// Where the settings are changed without the grid, for browsers without scripts.
pub const PATH: &str = "/projects/columns";

/// The settings as a page of their own.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let l = locale();
    let kept = ask(|| (), |()| super::api::settings());
    view! {
        <PageHead title=t!(l, list.columns) />
        <p class="toolbar">
            <LinkButton href=super::address::PATH>{t!(l, list.columns_back)}</LinkButton>
        </p>
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || Suspend::new(async move {
                match kept.await {
                    Ok(view) => {
                        let density = RwSignal::new(view.settings.density);
                        view! { <SettingsForm settings=view.settings plan_year=view.plan_year density /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
pub fn SettingsDialog(
    open: RwSignal<bool>,
    settings: GridSettings,
    plan_year: FiscalYear,
    density: RwSignal<Density>,
) -> impl IntoView {
    let l = locale();
    view! {
        <Dialog open=open title=Signal::derive(move || t!(l, list.columns).to_owned())>
            <SettingsForm settings plan_year density />
        </Dialog>
    }
}

/// Density, frozen columns, and every column with its tick and its place.
#[component]
fn SettingsForm(settings: GridSettings, plan_year: FiscalYear, density: RwSignal<Density>) -> impl IntoView {
    let l = locale();
    let shown: Vec<GridColumn> =
        settings.shown().into_iter().filter(|column| *column != GridColumn::Field(Field::Name)).collect();
    let others = GridColumn::all(plan_year).into_iter().filter(|column| !shown.contains(column));
    let all: Vec<(GridColumn, bool)> =
        shown.iter().map(|column| (*column, true)).chain(others.map(|column| (column, false))).collect();
    let order = RwSignal::new(all);
    let dragged = RwSignal::new(None::<usize>);
    let frozen = settings.frozen;
    let choices = (0..=FROZEN_MOST)
        .map(|count| {
            let word = t!(l, list.frozen_count, count = count);
            view! { <option value=count.to_string() selected=count == frozen>{word}</option> }
        })
        .collect_view();
    view! {
        <form method="post" action=SETTINGS_ACTION class="list-settings">
            <p class="field-hint">{t!(l, list.columns_hint)}</p>
            <div class="list-densities" role="radiogroup" aria-label=t!(l, list.density)>
                {Density::ALL.map(|choice| density_choice(l, choice, density)).collect_view()}
            </div>
            <label class="list-frozen">
                {t!(l, list.frozen)}
                <select class="input" name="frozen">{choices}</select>
            </label>
            <ol class="list-columns">
                <For
                    each=move || { order.get().into_iter().enumerate().collect::<Vec<_>>() }
                    key=|(at, (column, _))| (*at, column.key())
                    children=move |(at, (column, checked))| column_line(l, order, dragged, at, column, checked)
                />
            </ol>
            <p class="toolbar">
                <Submit weight=Weight::Primary>{t!(l, common.save)}</Submit>
                <Submit name="usual" value="1">{t!(l, list.columns_usual)}</Submit>
            </p>
        </form>
    }
}

/// Moves a column one place; the form carries the order in which the lines stand.
fn swap(order: RwSignal<Vec<(GridColumn, bool)>>, from: usize, to: usize) {
    order.update(|order| {
        if from < order.len() && to < order.len() {
            let column = order.remove(from);
            order.insert(to, column);
        }
    });
}

/// One column: dragged by its line, moved by its buttons. With scripts off the buttons send the form.
fn column_line(
    l: Locale,
    order: RwSignal<Vec<(GridColumn, bool)>>,
    dragged: RwSignal<Option<usize>>,
    at: usize,
    column: GridColumn,
    checked: bool,
) -> impl IntoView + use<> {
    let word = heading(l, column);
    let mark = move |event| {
        let checked = event_target_checked(&event);
        order.update_untracked(|order| {
            if let Some((_, slot)) = order.get_mut(at) {
                *slot = checked;
            }
        });
    };
    let step = move |event: leptos::ev::MouseEvent, to: Option<usize>| {
        event.prevent_default();
        if let Some(to) = to {
            swap(order, at, to);
        }
    };
    let drop_here = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        if let Some(from) = dragged.get_untracked() {
            swap(order, from, at);
        }
        dragged.set(None);
    };
    view! {
        <li
            class="list-column"
            draggable="true"
            on:dragstart=move |_| dragged.set(Some(at))
            on:dragover=move |event| event.prevent_default()
            on:drop=drop_here
        >
            <label>
                <input type="checkbox" name="columns[]" value=column.key() checked=checked on:change=mark />
                {word.clone()}
            </label>
            <button
                type="submit"
                name="earlier"
                value=column.key()
                class="button button-quiet"
                aria-label=t!(l, list.column_earlier, column = word.clone())
                on:click=move |event| step(event, at.checked_sub(1))
            >
                <Icon shape=Shape::Up />
            </button>
            <button
                type="submit"
                name="later"
                value=column.key()
                class="button button-quiet"
                aria-label=t!(l, list.column_later, column = word)
                on:click=move |event| step(event, Some(at + 1))
            >
                <Icon shape=Shape::Down />
            </button>
        </li>
    }
}

/// The table behind the dialog follows at once; saving keeps it.
fn density_choice(l: Locale, choice: Density, density: RwSignal<Density>) -> impl IntoView + use<> {
    let checked = density.get_untracked() == choice;
    view! {
        <label>
            <input type="radio" name="density" value=choice.code() checked=checked on:change=move |_| density.set(choice) />
            {density_word(l, choice)}
        </label>
    }
}

/// Both values side by side; nothing is written until the person has chosen.
#[component]
pub fn ConflictDialog(saver: Saver) -> impl IntoView {
    let l = locale();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(saver.conflict.with(Option::is_some)));
    // Closed without a choice, nothing is written: the cell keeps what was typed, marked.
    Effect::new(move || {
        if !open.get() && saver.conflict.with_untracked(Option::is_some) {
            saver.conflict.set(None);
        }
    });
    let lines = move || saver.conflict.get().map(|conflict| conflict_lines(l, &conflict));
    view! {
        <Dialog open=open title=Signal::derive(move || t!(l, list.conflict_title).to_owned())>
            <div class="list-conflict">
                <p>{t!(l, list.conflict_text)}</p>
                {lines}
                <p class="toolbar">
                    <Button on_press=move |()| saver.resolve(false)>{t!(l, list.keep_theirs)}</Button>
                    <Button weight=Weight::Primary on_press=move |()| saver.resolve(true)>
                        {t!(l, list.keep_mine)}
                    </Button>
                </p>
            </div>
        </Dialog>
    }
}

fn conflict_lines(l: Locale, conflict: &Conflict) -> impl IntoView + use<> {
    let rows = conflict
        .fields
        .iter()
        .map(|stale| {
            let field = Saver::field(stale);
            let word = field.map_or_else(|| stale.field.clone(), |field| words::name::field(l, field));
            view! {
                <tr>
                    <th scope="row">{word}</th>
                    <td><ins>{from_canonical(l, field, stale.yours.as_deref())}</ins></td>
                    <td><del>{from_canonical(l, field, stale.theirs.as_deref())}</del></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t!(l, list.conflict_field)}</th>
                    <th scope="col">{t!(l, list.conflict_mine)}</th>
                    <th scope="col">{t!(l, list.conflict_theirs)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
