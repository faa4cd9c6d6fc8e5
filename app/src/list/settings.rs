//! Which columns are shown and how dense, kept with the account; and the dialog of a conflict.

use super::columns::heading;
use super::saving::{Conflict, Saver};
use crate::parts::button::{Button, Submit, Weight};
use crate::parts::dialog::Dialog;
use crate::project::text::from_canonical;
use contract::list::{Density, GridColumn, GridSettings};
use domain::period::FiscalYear;
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

#[component]
pub fn SettingsDialog(
    open: RwSignal<bool>,
    settings: GridSettings,
    plan_year: FiscalYear,
    density: RwSignal<Density>,
) -> impl IntoView {
    let l = locale();
    let shown = settings.shown();
    let boxes = GridColumn::all(plan_year)
        .into_iter()
        .map(|column| {
            let checked = shown.contains(&column);
            view! {
                <label>
                    <input type="checkbox" name="columns[]" value=column.key() checked=checked />
                    {heading(l, column)}
                </label>
            }
        })
        .collect_view();
    view! {
        <Dialog open=open title=Signal::derive(move || t!(l, list.columns).to_owned())>
            <form method="post" action=SETTINGS_ACTION class="list-settings">
                <p class="field-hint">{t!(l, list.columns_hint)}</p>
                <div class="list-densities" role="radiogroup" aria-label=t!(l, list.density)>
                    {Density::ALL.map(|choice| density_choice(l, choice, density)).collect_view()}
                </div>
                <div class="list-columns">{boxes}</div>
                <Submit weight=Weight::Primary>{t!(l, common.save)}</Submit>
            </form>
        </Dialog>
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
