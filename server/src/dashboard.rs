//! `/dashboard/export`: the figures of the leaders' page as a workbook, the whole first and then place by place, each with
//! what it means. Reads the same query as the page.

pub mod brief;

use crate::figures::{Head, about, column, table, text, written};
use crate::state::State;
use crate::tables::{hand_out, query};
use app::dashboard::address;
use app::dashboard::text as said;
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::dashboard::works::{WorksLine, WorksView};
use contract::dashboard::{DashboardView, Key, Place, Value};
use contract::form::Form;
use domain::dashboard::message::posts;
use domain::money::Delta;
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, name, t};

/// Every figure of a filter.
pub async fn figures(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form = address::read(&query(pairs));
        let view = service::dashboard::export(&call, form.check()?, "workbook").await?;
        written(&call, t!(l, dashboard.title), move |head| figures_table(l, head, &view)).await
    })
    .await
}

/// The projects behind the figures of estimates and returns, all of them.
pub async fn works(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form = address::read_works(&query(pairs));
        let view = service::dashboard::works::export(&call, form.check()?).await?;
        written(&call, t!(l, dashboard.works), move |head| works_table(l, head, &view)).await
    })
    .await
}

fn works_table(l: Locale, head: &Head, view: &WorksView) -> Figures {
    let headings = vec![
        column(t!(l, dashboard.works_project), 40),
        column(t!(l, common.area), 16),
        column(said::title(l, Key::Plan), 16),
        column(said::title(l, Key::Invested), 16),
        column(t!(l, dashboard.works_started), 10),
        column(said::title(l, Key::Estimate), 12),
        column(said::title(l, Key::Present), 12),
        column(t!(l, dashboard.works_relocated), 12),
        column(t!(l, dashboard.works_month), 12),
    ];
    let amount = |fen: Option<Delta>| fen.map_or(FigureCell::Empty, FigureCell::Amount);
    let count = |count: Option<i64>| count.map_or(FigureCell::Empty, FigureCell::Count);
    let yes = |is: bool| text(if is { t!(l, common.yes) } else { t!(l, common.no) });
    let row = |line: &WorksLine| {
        vec![
            text(format!("{} {}", line.number, line.name)),
            text(line.area_name.clone()),
            amount(line.planned.map(Delta::from)),
            amount(line.invested),
            line.started.map_or(FigureCell::Empty, yes),
            line.estimate.map_or(FigureCell::Empty, FigureCell::Thousandths),
            count(line.present),
            count(line.relocated),
            line.month.map_or(FigureCell::Empty, |month| text(month.to_string())),
        ]
    };
    let mut made = table(l, head, headings, view.lines.iter().map(row).collect());
    made.about = about(head, scope(l, &view.whole));
    made.notes = vec![t!(l, dashboard.works_lead).to_owned()];
    made
}

fn figures_table(l: Locale, head: &Head, view: &DashboardView) -> Figures {
    let headings = vec![
        column(t!(l, dashboard.column_place), 20),
        column(t!(l, dashboard.column_figure), 20),
        column(t!(l, dashboard.column_amount), 18),
        column(t!(l, dashboard.column_count), 12),
        column(t!(l, dashboard.column_share), 10),
        column(t!(l, dashboard.column_meaning), 80),
    ];
    let area = area(view);
    let line = |place: &str, key: Key, value: Value| {
        let mut cells = vec![text(place), text(said::title(l, key))];
        cells.extend(columns(value));
        let meaning = said::meaning(l, key, view.funds.measure);
        cells.push(text(format!("{meaning} {}", said::origin(l, key.basis(), view))));
        cells
    };
    let mut rows: Vec<Vec<FigureCell>> =
        Key::ALL.into_iter().map(|key| line(&area, key, view.value(key))).collect();
    for place in &view.places {
        let called = said::place(l, place);
        rows.extend(of_place(place).into_iter().map(|(key, value)| line(&called, key, value)));
    }
    let mut made = table(l, head, headings, rows);
    made.about = about(head, scope(l, view));
    made.notes = vec![
        said::composition(l, view),
        said::curve(l, view),
        said::ranking(l, view),
        said::reached(l, view),
        said::jobs(l, view),
    ];
    made
}

fn area(view: &DashboardView) -> String {
    view.area().map(|(_, name)| name.clone()).unwrap_or_default()
}

/// What is looked at, part by part.
fn scope(l: Locale, view: &DashboardView) -> Vec<String> {
    let year = view.as_of.year().to_string();
    let mut parts = vec![area(view), t!(l, dashboard.looked_at, year = year, month = view.as_of.month())];
    parts.extend(view.category.map(|category| name::category(l, category).to_owned()));
    parts.extend(view.source.map(|source| name::source(l, source).to_owned()));
    parts
}

/// Amount, number and rate of a value, each in its own column.
fn columns(value: Value) -> [FigureCell; 3] {
    let empty = || FigureCell::Empty;
    match value {
        Value::Amount(fen) => [FigureCell::Amount(fen), empty(), empty()],
        Value::Count(count) => [empty(), FigureCell::Count(count), empty()],
        Value::Share(share) => [empty(), empty(), FigureCell::Share(share)],
        Value::Unknown => [empty(), empty(), empty()],
    }
}

fn of_place(place: &Place) -> [(Key, Value); 7] {
    let count = |found: Option<i64>| found.map_or(Value::Unknown, Value::Count);
    [
        (Key::Plan, place.plan.map_or(Value::Unknown, |plan| Value::Amount(plan.into()))),
        (Key::Issued, Value::Amount(place.net.issued)),
        (Key::Disbursed, Value::Amount(place.net.disbursed)),
        (Key::DisbursedRate, place.rate.share.map_or(Value::Unknown, Value::Share)),
        (Key::Paid, Value::Amount(place.net.paid)),
        (Key::Estimate, Value::Count(posts(place.estimate))),
        (Key::Present, count(place.present)),
    ]
}
