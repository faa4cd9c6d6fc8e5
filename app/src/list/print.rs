//! A list on paper: title, who reports, the unit, 合计 first, every row of the filter, lines to sign on. Readable
//! on the screen too; complete without scripts.

use super::address;
use super::api;
use super::columns;
use crate::parts::asking::ask;
use crate::parts::error_panel::ErrorPage;
use crate::parts::loading::Loading;
use crate::parts::paper_page::PaperPage;
use crate::parts::signatures::Signatures;
use contract::export::PrintView;
use contract::list::{GridColumn, ListForm, ListKind, ProjectRow, Sum};
use domain::money::Unit;
use domain::project::{Field, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::locale::locale;
use words::{Locale, format, name, t};

/// Where a list is printed.
pub const PRINT_PATH: &str = "/projects/print";

#[component]
pub fn PrintPage() -> impl IntoView {
    let query = use_query_map();
    let form = Memo::new(move |_| query.try_with(address::read).unwrap_or_default());
    let list = ask(move || crate::parts::gone::read(form), api::printed);
    view! {
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let form = crate::parts::gone::read(form);
                Suspend::new(async move {
                    match list.await {
                        Ok(view) => view! { <Paper form view /> }.into_any(),
                        Err(error) => view! { <ErrorPage error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Paper(form: ListForm, view: PrintView) -> impl IntoView {
    let l = locale();
    let list = match view.list {
        ListKind::Horizon(horizon) => name::horizon(l, horizon),
        ListKind::Pool => t!(l, list.pool),
    };
    let title = t!(l, list.print_title, year = view.plan_year.to_string(), list = list);
    let unit = t!(l, common.unit_note, unit = t!(l, common.unit_wan));
    let count = format::integer(i64::try_from(view.totals.projects).unwrap_or(i64::MAX));
    let back = address::write(&address::first_page(&form));
    view! {
        <PaperPage title=title back=back>
            <p class="paper-line">
                <span>{t!(l, export.reporter, name = view.area_name.clone())}</span>
                <span>{t!(l, export.count, count = count)}</span>
                <span>{unit}</span>
            </p>
            <div class="paper-scroll" tabindex="0" role="region" aria-label=list>
                {table(l, &view)}
            </div>
            <Signatures date=view.today />
        </PaperPage>
    }
    .into_any()
}

/// One table: the head is repeated on every sheet by the browser.
fn table(l: Locale, view: &PrintView) -> AnyView {
    let name = GridColumn::Field(Field::Name);
    let columns: Vec<GridColumn> =
        std::iter::once(name).chain(view.columns.iter().copied().filter(|column| *column != name)).collect();
    let heads = columns
        .iter()
        .map(|column| view! { <th scope="col" class=class(*column)>{columns::heading(l, *column)}</th> })
        .collect_view();
    let sums = columns
        .iter()
        .map(|column| {
            let text = if *column == name { t!(l, common.total).to_owned() } else { sum(view, *column) };
            view! { <td class=class(*column)>{text}</td> }
        })
        .collect_view();
    let rows = view.rows.iter().zip(1..).map(|(row, at)| line(l, &columns, row, at)).collect_view();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col" class="date">{t!(l, list.ordinal)}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>
                <tr class="table-total">
                    <td></td>
                    {sums}
                </tr>
                {rows}
            </tbody>
        </table>
    }
    .into_any()
}

fn line(l: Locale, columns: &[GridColumn], row: &ProjectRow, at: i32) -> impl IntoView + use<> {
    let cells = columns
        .iter()
        .map(|column| view! { <td class=class(*column)>{columns::cell(l, *column, row).shown}</td> })
        .collect_view();
    view! {
        <tr>
            <td class="date">{at}</td>
            {cells}
        </tr>
    }
}

fn sum(view: &PrintView, column: GridColumn) -> String {
    match view.totals.of(column) {
        Some(Sum::Amount(amount)) => format::delta(amount, Unit::Wan),
        Some(Sum::Count(count)) => format::integer(count),
        None => String::new(),
    }
}

const fn class(column: GridColumn) -> &'static str {
    match column {
        GridColumn::Gap | GridColumn::Gates => "number",
        GridColumn::Updated => "date",
        GridColumn::Field(field) => match field.kind() {
            Kind::Money | Kind::Count => "number",
            Kind::Month | Kind::Date | Kind::Flag | Kind::Derived => "date",
            Kind::Text
            | Kind::Code
            | Kind::Category
            | Kind::Nature
            | Kind::Stage
            | Kind::Horizon
            | Kind::Area
            | Kind::Sites => "",
        },
    }
}
