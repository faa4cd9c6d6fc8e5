//! Step 2: how each sheet was understood, every fact open to change. A change reads the file anew.

use super::address::Place;
use super::columns::{Choices, ColumnTable, choices, is_money, years_of};
use super::sample::Sample;
use super::send::{Wizard, hidden};
use super::text::{header, number};
use super::unit::UnitChoice;
use super::waiting::CancelForm;
use crate::parts::button::{LinkButton, Submit, Weight};
use contract::import::{ImportKind, ImportView, LayoutView, ReadAsForm, SheetView};
use domain::finding::{Finding, FindingKind};
use domain::period::Horizon;
use domain::project::Field;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;
use web_sys::{FormData, HtmlFormElement, HtmlSelectElement};
use words::locale::locale;
use words::{Locale, explain, name, t};

/// True when a fact is missing or only assumed, so that the person should look before comparing.
pub fn wants_answers(view: &ImportView) -> bool {
    let layouts = || view.sheets.iter().filter_map(|sheet| sheet.layout.as_ref());
    let is_projects = view.kind == ImportKind::Projects;
    let open = |layout: &LayoutView| {
        layout.columns.iter().any(|column| column.key.is_none())
            || (is_projects && (!layout.unit_stated || lacks_list(layout)))
    };
    layouts().next().is_none() || layouts().any(open) || (is_projects && view.plan_year.is_none())
}

/// True when nothing says on which list new projects are to stand: neither the sheet nor a column of its own.
fn lacks_list(layout: &LayoutView) -> bool {
    let by_row = Field::Horizon.key();
    layout.horizon.is_none()
        && !layout.columns.iter().any(|column| column.key.as_deref() == Some(by_row.as_str()))
}

#[component]
pub fn Facts(wizard: Wizard) -> impl IntoView {
    let l = locale();
    let query = use_query_map();
    let all = Memo::new(move |_| query.try_with(Place::read).unwrap_or_default().columns == "all");
    let next = Place { step: "compare".to_owned(), ..Place::default() };
    let next = wizard.view.with_untracked(|view| next.write(view.import));
    view! {
        {move || wizard.view.with(|view| notices(l, view))}
        {move || {
            let view = wizard.view.get();
            let open = all.get();
            let sheets = view.sheets.clone();
            sheets.into_iter().map(|sheet| sheet_form(wizard, &view, sheet, open)).collect_view()
        }}
        <div class="import-bar">
            <span class="import-bar-text">{t!(l, import.facts_next)}</span>
            <CancelForm wizard />
            <LinkButton href=next weight=Weight::Primary>{t!(l, import.to_compare)}</LinkButton>
        </div>
    }
}

/// What is open about the file as a whole, and stated totals that differ.
fn notices(l: Locale, view: &ImportView) -> impl IntoView + use<> {
    let no_year = view.kind == ImportKind::Projects && view.plan_year.is_none();
    let differ = |finding: &&Finding| matches!(finding.kind, FindingKind::StatedTotalDiffers { .. });
    let totals: Vec<_> = view
        .findings
        .iter()
        .filter(differ)
        .map(|finding| {
            let place = finding.place.address.clone().unwrap_or_else(|| finding.place.row.to_string());
            let text = explain::finding(l, &finding.kind);
            view! { <li>{format!("{} {place}  {text}", finding.place.sheet)}</li> }
        })
        .collect();
    let count = totals.len();
    view! {
        {no_year.then(|| view! { <p class="notice notice-warn">{t!(l, import.no_plan_year)}</p> })}
        {view.exported.then(|| view! { <p class="notice">{t!(l, import.exported)}</p> })}
        {(count > 0)
            .then(|| {
                view! {
                    <details class="notice notice-warn import-totals">
                        <summary>{t!(l, import.totals_differ, count = count)}</summary>
                        <ul class="import-hints">{totals}</ul>
                    </details>
                }
            })}
    }
}

fn sheet_form(wizard: Wizard, view: &ImportView, sheet: SheetView, open: bool) -> AnyView {
    match sheet.layout.clone() {
        Some(layout) => {
            let years = view.plan_year.map_or_else(|| years_of(&layout.columns), |year| year.list_years());
            let choices = choices(locale(), view.kind, &years);
            let year = view.plan_year.map(|year| year.to_string()).unwrap_or_default();
            let place = Place { step: "columns".to_owned(), columns: "all".to_owned(), ..Place::default() };
            let open_href = place.write(view.import);
            let of = Known { kind: view.kind, layout, choices, year, open, open_href };
            view! { <KnownSheet wizard sheet of /> }.into_any()
        }
        None => view! { <OtherSheet wizard sheet open=view.sheets.len() == 1 /> }.into_any(),
    }
}

/// What is known about a sheet that holds a list.
#[derive(Clone)]
struct Known {
    kind: ImportKind,
    layout: LayoutView,
    choices: Choices,
    year: String,
    open: bool,
    open_href: String,
}

#[component]
fn KnownSheet(wizard: Wizard, sheet: SheetView, of: Known) -> impl IntoView {
    let l = locale();
    let Known { kind, layout, choices, year, open, open_href } = of;
    let is_projects = kind == ImportKind::Projects;
    let aside = sheet.aside.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let columns = layout.columns.clone();
    let sample = sheet.sample.clone();
    view! {
        <ReadForm wizard sheet=sheet.sheet.clone()>
            <header class="import-sheet-head">
                <h2>{sheet.sheet.clone()}</h2>
                <span>{t!(l, import.sheet_rows, rows = number(sheet.rows))}</span>
                <span>{header(l, layout.header_rows)}</span>
                <span>{layout.title.clone()}</span>
                {(!aside.is_empty()).then(|| view! { <span>{t!(l, import.sheet_aside, rows = aside)}</span> })}
            </header>
            {is_projects.then(|| view! { <UnitChoice sheet=sheet.clone() unit=layout.unit stated=layout.unit_stated own=own_units(&layout) /> })}
            {is_projects.then(|| view! { <ListFacts horizon=layout.horizon lacking=lacks_list(&layout) year /> })}
            <ColumnTable columns choices open open_href />
            <details class="import-more">
                <summary>{t!(l, import.header_change)}</summary>
                <Sample sample header=Some(layout.header_rows) />
            </details>
            <p class="import-acts">
                <Submit disabled=wizard.busy>{t!(l, import.read_again)}</Submit>
            </p>
        </ReadForm>
    }
}

/// Letters of the columns of amounts that have a unit of their own.
fn own_units(layout: &LayoutView) -> String {
    let own = layout.columns.iter().filter(|column| column.unit.is_some() && is_money(column));
    own.map(|column| column.letters.as_str()).collect::<Vec<_>>().join(", ")
}

/// Which list and which plan year the sheet is for.
#[component]
fn ListFacts(horizon: Option<Horizon>, lacking: bool, #[prop(into)] year: String) -> impl IntoView {
    let l = locale();
    let options = Horizon::ALL.map(|choice| {
        view! {
            <option value=choice.code() selected=horizon == Some(choice)>
                {name::horizon(l, choice)}
            </option>
        }
    });
    view! {
        <div class="import-list-facts">
            <label>
                {t!(l, import.horizon)}
                <select class="input" name="form[horizon]">
                    <option value="" selected=horizon.is_none()>{t!(l, import.horizon_by_row)}</option>
                    {options.collect_view()}
                </select>
            </label>
            <label>
                {t!(l, import.plan_year)}
                <input class="input import-year" name="form[plan_year]" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" value=year />
            </label>
            {lacking.then(|| view! { <p class="field-hint">{explain::finding(l, &FindingKind::WhichList)}</p> })}
        </div>
    }
}

/// A sheet in which no list was found: folded away, unless it is the only one.
#[component]
fn OtherSheet(wizard: Wizard, sheet: SheetView, open: bool) -> impl IntoView {
    let l = locale();
    let title = t!(l, import.sheet_other, sheet = sheet.sheet.clone());
    view! {
        <details class="panel import-other" open=open>
            <summary>{title}</summary>
            <ReadForm wizard sheet=sheet.sheet.clone()>
                <p>{t!(l, import.sheet_other_hint)}</p>
                <Sample sample=sheet.sample.clone() header=None />
                <p class="import-acts">
                    <Submit disabled=wizard.busy>{t!(l, import.read_again)}</Submit>
                </p>
            </ReadForm>
        </details>
    }
}

/// The form around a sheet's facts.
#[component]
fn ReadForm(wizard: Wizard, sheet: String, children: Children) -> impl IntoView {
    let ticket = wizard.ticket();
    view! {
        <form
            method="post"
            action="/api/import/read_as"
            class="panel import-sheet"
            on:submit=move |event| {
                let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
                if let Some(asked) = form.as_ref().and_then(read) {
                    event.prevent_default();
                    wizard.read_as(asked);
                }
            }
        >
            {hidden(ticket)}
            <input type="hidden" name="form[sheet]" value=sheet />
            {children()}
        </form>
    }
}

/// What stands in the form; `None` lets the browser post it.
fn read(form: &HtmlFormElement) -> Option<ReadAsForm> {
    let inputs = FormData::new_with_form(form).ok()?;
    let text = |name: &str| inputs.get(&format!("form[{name}]")).as_string().unwrap_or_default();
    let mut asked = ReadAsForm {
        sheet: text("sheet"),
        unit: text("unit"),
        header_first: text("header_first"),
        header_last: text("header_last"),
        heading: text("heading"),
        horizon: text("horizon"),
        plan_year: text("plan_year"),
        remember: text("remember"),
        ..ReadAsForm::default()
    };
    let selects = form.query_selector_all("select").ok()?;
    for at in 0..selects.length() {
        let Some(select) = selects.get(at).and_then(|node| node.dyn_into::<HtmlSelectElement>().ok()) else {
            continue;
        };
        let name = select.name();
        let inside = |list: &str| name.strip_prefix(list).and_then(|rest| rest.strip_suffix(']'));
        // A heading that nobody answered is not among the inputs.
        if !inputs.has(&name) {
            continue;
        }
        if let Some(letters) = inside("form[columns][") {
            asked.columns.insert(letters.to_owned(), select.value());
        } else if let Some(letters) = inside("form[units][") {
            asked.units.insert(letters.to_owned(), select.value());
        }
    }
    Some(asked)
}
