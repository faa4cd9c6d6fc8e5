//! `/dashboard/brief/export`: the leaders' page as a paper in the layout of GB/T 9704: every figure of the cards, the sentence of
//! each chart with its table, the moment and the digest of the figures. Reads the same query as the page.

use super::{area, scope};
use crate::state::State;
use crate::tables::{Made, aside, hand_out, query, unexpected};
use app::dashboard::{address, text};
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::bulletin::{Block, BlockKind, Paper};
use contract::dashboard::{DashboardView, Key, Place, Value};
use contract::form::Form;
use domain::bulletin::wording::Letterhead;
use domain::dashboard::Ratio;
use domain::dashboard::message::posts;
use service::bulletin::paper::Paper as File;
use sheet::write::bulletin::docx::document;
use words::{Locale, format, name, t};

type Rows = Vec<Vec<String>>;

/// The figures of a filter on paper.
pub async fn paper(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form = address::read(&query(pairs));
        let view = service::dashboard::export(&call, form.check()?, "brief").await?;
        let sha256 = service::dashboard::digest(&view)?;
        let name = format!("{}_{}.docx", title(l, &view), view.as_of);
        let bytes = aside(move || document(&written(l, &view, sha256)).map_err(unexpected)).await?;
        Made::Ok((bytes, name, File::Docx.media_type()))
    })
    .await
}

fn title(l: Locale, view: &DashboardView) -> String {
    t!(l, dashboard.brief_title, area = area(view))
}

fn written(l: Locale, view: &DashboardView, sha256: String) -> Paper {
    let at = format::instant(view.at);
    let mut blocks = vec![
        block(BlockKind::Section, t!(l, dashboard.brief_figures).to_owned()),
        block(
            BlockKind::Body,
            t!(l, dashboard.brief_scope, scope = scope(l, view).join(" · "), at = at.clone()),
        ),
        table(t!(l, dashboard.title), l, cards(l, view)),
        block(BlockKind::Section, t!(l, dashboard.brief_charts).to_owned()),
    ];
    for ((title, sentence, rows), number) in
        charts(l, view).into_iter().zip(t!(l, dashboard.brief_numerals).chars())
    {
        blocks.push(block(
            BlockKind::Subsection,
            t!(l, dashboard.brief_part, number = number.to_string(), title = title),
        ));
        blocks.push(block(BlockKind::Body, sentence));
        blocks.push(table(title, l, rows));
    }
    Paper {
        head: Letterhead { title: title(l, view), ..Letterhead::default() },
        blocks,
        basis: t!(l, dashboard.brief_basis, at = at, known = view.known_at, sha256 = sha256),
        made: view.at,
    }
}

const fn block(kind: BlockKind, text: String) -> Block {
    Block { kind, text, rows: Vec::new() }
}

fn table(title: &'static str, l: Locale, rows: Rows) -> Block {
    Block { kind: BlockKind::Table, text: t!(l, dashboard.brief_table, title = title), rows }
}

/// Every figure of the cards, and of rates the distance from 时间进度.
fn cards(l: Locale, view: &DashboardView) -> Rows {
    let heads =
        [t!(l, dashboard.column_figure), t!(l, dashboard.brief_value), t!(l, dashboard.brief_measured)];
    let gaps = [
        (Key::DisbursedRate, view.funds.disbursed.gap),
        (Key::PaidRate, view.funds.paid.gap),
        (Key::InvestedRate, view.plan.invested_rate.gap),
    ];
    let line = |key: Key| {
        let gap = gaps.iter().find(|(of, _)| *of == key).and_then(|(_, gap)| *gap);
        let gap = gap.map(|gap| text::against_time(l, gap)).unwrap_or_default();
        vec![text::title(l, key).to_owned(), text::value(l, view.value(key)), gap]
    };
    std::iter::once(heads.map(str::to_owned).to_vec()).chain(Key::ALL.map(line)).collect()
}

/// Title, sentence and table of each chart, in the order of the page.
fn charts(l: Locale, view: &DashboardView) -> [(&'static str, String, Rows); 5] {
    [
        (t!(l, dashboard.chart_composition), text::composition(l, view), composition(l, view)),
        (t!(l, dashboard.chart_curve), text::curve(l, view), curve(l, view)),
        (t!(l, dashboard.chart_ranking), text::ranking(l, view), ranking(l, view)),
        (t!(l, dashboard.chart_tiles), text::reached(l, view), rates(l, view)),
        (t!(l, dashboard.chart_jobs), text::jobs(l, view), jobs(l, view)),
    ]
}

/// A head, and a row for each of some things.
fn rows<T>(heads: [&str; 3], things: impl IntoIterator<Item = T>, row: impl Fn(T) -> [String; 3]) -> Rows {
    let head = heads.map(str::to_owned).to_vec();
    std::iter::once(head).chain(things.into_iter().map(|thing| row(thing).to_vec())).collect()
}

fn composition(l: Locale, view: &DashboardView) -> Rows {
    let heads = [t!(l, dashboard.head_source), t!(l, dashboard.key_issued), t!(l, dashboard.head_share)];
    let whole = view.funds.net.issued;
    rows(heads, &view.composition, |(source, fen)| {
        let share =
            Ratio::of_money(*fen, whole).map_or(Value::Unknown, |share| Value::Share(share.per_mille()));
        [name::source(l, *source).to_owned(), text::amount(l, *fen), text::value(l, share)]
    })
}

fn curve(l: Locale, view: &DashboardView) -> Rows {
    let heads = [t!(l, dashboard.brief_month), t!(l, dashboard.planned), t!(l, dashboard.done)];
    rows(heads, view.curve.iter().zip(1_u32..), |(point, month)| {
        let done = point.disbursed.map(|fen| text::amount(l, fen)).unwrap_or_default();
        [t!(l, dashboard.month, month = month), text::amount(l, point.planned.into()), done]
    })
}

fn rated(l: Locale, view: &DashboardView, places: Vec<&Place>) -> Rows {
    let heads = [
        t!(l, dashboard.column_place),
        text::measured(l, view.funds.measure),
        t!(l, dashboard.brief_measured),
    ];
    rows(heads, places, |place| {
        let gap = place.rate.gap.map(|gap| text::against_time(l, gap)).unwrap_or_default();
        [text::place(l, place), text::rate(place), gap]
    })
}

/// The highest rate first; places without one last.
fn ranking(l: Locale, view: &DashboardView) -> Rows {
    rated(l, view, view.ranked())
}

/// In the order of codes.
fn rates(l: Locale, view: &DashboardView) -> Rows {
    rated(l, view, view.places.iter().collect())
}

fn jobs(l: Locale, view: &DashboardView) -> Rows {
    let heads = [t!(l, dashboard.column_place), t!(l, dashboard.key_estimate), t!(l, dashboard.key_present)];
    rows(heads, &view.places, |place| {
        let present = place.present.map_or_else(text::unknown, format::integer);
        [text::place(l, place), format::integer(posts(place.estimate)), present]
    })
}
