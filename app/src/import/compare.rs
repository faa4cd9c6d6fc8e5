//! Step 3: what the file would change, row by row, with everything found and everything to be decided. Prints as a
//! sheet to be signed.

use super::address::{Place, annotated};
use super::commit::CommitBar;
use super::counts::OutcomeTabs;
use super::effect::EffectTable;
use super::findings::Findings;
use super::grid::RowTable;
use super::left_out::RowsLeftOut;
use super::send::{Wizard, hidden};
use super::text::{header, number};
use super::{api, print};
use crate::parts::asking::ask;
use crate::parts::button::{LinkButton, Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::ErrorPanel;
use crate::parts::loading::Loading;
use crate::parts::pager::Pager;
use contract::import::{ImportKind, ImportState, ImportView, RowsView};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use words::locale::locale;
use words::{Locale, name, t};

#[component]
pub fn Compare(wizard: Wizard, place: Memo<Place>) -> impl IntoView {
    view! {
        <print::SignSheet wizard />
        {move || wizard.view.with(|view| facts_line(locale(), view))}
        <BlankCells wizard />
        <div class="import-compare">
            <div class="import-main">
                {move || view! { <OutcomeTabs view=wizard.view.get() place=place.get() /> }}
                <Questions wizard />
                <Rows wizard place />
            </div>
            <aside class="import-side-panel">
                {move || view! { <EffectTable effects=wizard.view.with(|view| view.effect.clone()) /> }}
                <Findings wizard />
                {move || view! { <RowsLeftOut sheets=wizard.view.with(|view| view.sheets.clone()) /> }}
            </aside>
        </div>
        <CommitBar wizard />
    }
}

/// How the file was read, as one line with the way back to change it.
fn facts_line(l: Locale, view: &ImportView) -> impl IntoView + use<> {
    let back = Place { step: "columns".to_owned(), ..Place::default() }.write(view.import);
    let sheets = view
        .sheets
        .iter()
        .filter_map(|sheet| {
            let layout = sheet.layout.as_ref()?;
            let unit = (view.kind == ImportKind::Projects)
                .then(|| view! { <span class="import-unit-fact">{t!(l, common.unit_note, unit = name::unit(l, layout.unit))}</span> });
            Some(view! {
                <span class="import-fact">
                    <b>{sheet.sheet.clone()}</b>
                    {header(l, layout.header_rows)}
                    {unit}
                </span>
            })
        })
        .collect_view();
    let year = view.plan_year.map(|year| t!(l, list.plan_year, year = year.to_string()));
    view! {
        <p class="import-facts-line">
            {sheets}
            <span class="import-fact">{year}</span>
            <a class="import-link" href=back data-noprint="">{t!(l, import.facts_change)}</a>
            <span class="import-faint">{t!(l, import.match_by)}</span>
        </p>
    }
}

/// What a blank cell of the file means: it keeps what stands, or clears it. Communities are never cleared.
#[component]
fn BlankCells(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let asked = Memo::new(move |_| {
        wizard
            .view
            .with(|view| (view.kind == ImportKind::Projects).then_some((view.blank_clears, view.exported)))
    });
    move || {
        asked.get().map(|(clears, exported)| {
            let why = if exported { t!(l, import.blank_ours) } else { t!(l, import.blank_theirs) };
            let options = [("blank_keeps", t!(l, import.blank_keep)), ("blank_clears", t!(l, import.blank_clear))];
            let options = options.map(|(code, word)| {
                let selected = clears == (code == "blank_clears");
                view! { <option value=code selected=selected>{word}</option> }
            });
            view! {
                <form
                    method="post"
                    action="/api/import/whole"
                    class="import-blank"
                    data-noprint=""
                    on:submit=move |event| {
                        event.prevent_default();
                        wizard.whole(if clears { "blank_keeps" } else { "blank_clears" });
                    }
                >
                    {hidden(wizard.ticket())}
                    <label>
                        {t!(l, import.blank_cells)}
                        <select
                            class="input import-select"
                            name="form[what]"
                            on:change=move |event| wizard.whole(&event_target_value(&event))
                        >
                            {options.collect_view()}
                        </select>
                    </label>
                    {move || (!wizard.awake.get()).then(|| view! { <Submit disabled=wizard.busy>{t!(l, import.blank_apply)}</Submit> })}
                    <span class="import-faint">{why}</span>
                </form>
            }
        })
    }
}

/// Questions about the file as a whole: unknown communities, rows that match by name.
#[component]
fn Questions(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let asked = Memo::new(move |_| {
        wizard.view.with(|view| (view.unknown_sites.clone(), view.name_matches, view.match_names))
    });
    move || {
        let (sites, matches, matched) = asked.get();
        let names = sites
            .iter()
            .map(|site| {
                t!(
                    l,
                    import.site_line,
                    county = site.area_name.clone(),
                    name = site.name.clone(),
                    rows = site.rows
                )
            })
            .collect::<Vec<_>>()
            .join(" · ");
        let count = sites.len();
        let (what, word) = if matched {
            ("no_match_names", t!(l, import.match_names_back))
        } else {
            ("match_names", t!(l, import.match_names_do))
        };
        let text = if matched {
            t!(l, import.match_names_done, rows = number(matches))
        } else {
            t!(l, import.match_names, rows = number(matches))
        };
        view! {
            {(count > 0)
                .then(|| {
                    view! {
                        <WholeForm
                            wizard
                            what="make_sites"
                            text=t!(l, import.sites_unknown, count = count)
                            more=names
                            word=t!(l, import.sites_make, count = count)
                        />
                    }
                })}
            {(matches > 0).then(|| view! { <WholeForm wizard what text more=String::new() word /> })}
        }
    }
}

#[component]
fn WholeForm(
    wizard: Wizard,
    what: &'static str,
    #[prop(into)] text: String,
    more: String,
    #[prop(into)] word: String,
) -> impl IntoView {
    view! {
        <form
            method="post"
            action="/api/import/whole"
            class="import-question"
            data-noprint=""
            on:submit=move |event| {
                event.prevent_default();
                wizard.whole(what);
            }
        >
            {hidden(wizard.ticket())}
            <input type="hidden" name="form[what]" value=what />
            <span>
                {text}
                <small class="import-question-more">{more}</small>
            </span>
            <Submit disabled=wizard.busy>{word}</Submit>
        </form>
    }
}

#[component]
pub fn Rows(wizard: Wizard, place: Memo<Place>) -> impl IntoView {
    let import = wizard.view.with_untracked(|view| view.import);
    // Which columns are shown is no question to the server.
    let asked = Memo::new(move |_| place.with(|place| place.form(import)));
    let rows =
        ask(move || (crate::parts::gone::read(asked), wizard.turn.try_get()), |(form, _)| api::rows(form));
    let (pending, set_pending) = signal(false);
    view! {
        <div class="import-rows" class:import-busy=move || pending.get()>
            <Transition
                fallback=|| {
                    view! { <Loading /> }
                }
                set_pending=set_pending
            >
                {move || Suspend::new(async move {
                    match rows.await {
                        Ok(rows) => view! { <Page wizard rows place /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Page(wizard: Wizard, rows: RowsView, place: Memo<Place>) -> impl IntoView {
    let l = locale();
    let turn = wizard.turn.get_untracked();
    Effect::new(move || {
        if let Some(aim) = wizard.aim.get().filter(|aim| aim.turn <= turn) {
            reach(wizard, aim.id);
        }
    });
    if rows.rows.is_empty() {
        return view! { <Empty reason=t!(l, import.rows_none) /> }.into_any();
    }
    let import = wizard.view.with_untracked(|view| view.import);
    let state = wizard.view.with_untracked(|view| view.state);
    let here = place.get_untracked();
    let to = |page: Option<String>| {
        page.map(|page| Place { page, at: String::new(), ..here.clone() }.write(import))
    };
    let first = (!here.page.is_empty() || !here.at.is_empty()).then(|| to(Some(String::new()))).flatten();
    let summary = t!(l, import.rows_here, count = number(rows.rows.len()));
    let (previous, next) = (to(rows.previous.clone()), to(rows.next.clone()));
    let table = move || {
        let all = place.with(|place| place.columns == "all");
        view! { <RowTable wizard rows=rows.clone() all /> }
    };
    view! {
        {table}
        <div class="import-under" data-noprint="">
            {(state == ImportState::Staged)
                .then(|| {
                    view! {
                        <ColumnSwitch place import />
                        <span class="import-faint">{t!(l, import.mend_keys)}</span>
                    }
                })}
            <Pager summary first previous next />
        </div>
    }
    .into_any()
}

/// All columns of the file, or just those that change.
#[component]
fn ColumnSwitch(place: Memo<Place>, import: domain::id::ImportId) -> impl IntoView {
    let l = locale();
    move || {
        let here = place.get();
        let all = here.columns == "all";
        let columns = if all { String::new() } else { "all".to_owned() };
        let href = Place { columns, step: "compare".to_owned(), ..here }.write(import);
        let word = if all { t!(l, import.columns_changed) } else { t!(l, import.columns_all) };
        view! { <a class="import-link" href=href>{word}</a> }
    }
}

/// Puts the focus on an element once it stands: the input of a cell, its link, or the cell itself.
fn reach(wizard: Wizard, id: String) {
    request_animation_frame(move || {
        // Not here: the page of rows with it is on its way.
        let Some(found) = document().get_element_by_id(&id) else { return };
        if wizard.aim.try_set(None).is_some() {
            return;
        }
        let inner = found.query_selector(".import-mend-input, button").ok().flatten();
        let target = inner.unwrap_or(found);
        target.scroll_into_view_with_scroll_into_view_options(&centre());
        if let Ok(element) = target.dyn_into::<web_sys::HtmlElement>() {
            // A browser that refuses the focus has still scrolled there.
            drop(element.focus());
        }
    });
}

fn centre() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    options
}

/// The ways to take the file home: with comments, or not at all.
#[component]
pub fn Ways(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let import = wizard.view.with_untracked(|view| view.import);
    view! {
        <LinkButton href=annotated(import) download=true weight=Weight::Normal>{t!(l, import.annotated)}</LinkButton>
    }
}
