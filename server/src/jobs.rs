//! `/jobs/export`: estimates beside what came as they stand on the page, whole, as a workbook in the reader's words.

pub mod portfolio;

use crate::figures::{Head, about, column, count, table, text, written};
use crate::state::State;
use crate::tables::{hand_out, query};
use app::jobs::record::address::asked;
use app::jobs::record::compared::of;
use app::jobs::record::filter::word;
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::jobs::record::{ComparedLine, ComparedView};
use domain::jobs::comparison::Sum;
use sheet::write::figures::{FigureCell, Figures};
use words::{Locale, name, t};

/// The whole table of a filter.
pub async fn compared(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let form = asked(&query(pairs));
        let view = service::jobs::record::export(&call, form.check()?).await?;
        written(&call, t!(l, coefficient.compared), move |head| compared_table(l, head, &view)).await
    })
    .await
}

fn compared_table(l: Locale, head: &Head, view: &ComparedView) -> Figures {
    let headings = vec![
        column(word(l, view.by), 40),
        column(t!(l, coefficient.projects), 10),
        column(t!(l, coefficient.reported), 10),
        column(t!(l, coefficient.estimate), 14),
        column(t!(l, jobs.low), 14),
        column(t!(l, jobs.high), 14),
        column(t!(l, coefficient.actual), 14),
        column(t!(l, coefficient.held), 14),
        column(t!(l, coefficient.ratio), 10),
    ];
    let mut rows: Vec<Vec<FigureCell>> = view.lines.iter().map(|line| row(l, line)).collect();
    if let Some(whole) = &view.whole {
        rows.push(cells(t!(l, common.total).to_owned(), whole));
    }
    let mut made = table(l, head, headings, rows);
    let month = view.month.map(|month| month.to_string()).unwrap_or_default();
    let parts = [
        view.area_name.clone(),
        month,
        name::jobs::compared(l, view.measure).to_owned(),
        name::jobs::population(l, view.population).to_owned(),
    ];
    made.about = about(head, parts.into_iter().filter(|part| !part.is_empty()).collect());
    made.notes = vec![t!(l, coefficient.compared_lead).to_owned(), t!(l, coefficient.shared).to_owned()];
    made
}

fn row(l: Locale, line: &ComparedLine) -> Vec<FigureCell> {
    cells(of(l, &line.of), &line.sum)
}

/// What nobody estimated or reported stays empty.
fn cells(what: String, sum: &Sum) -> Vec<FigureCell> {
    let known = |number: u32, milli: i64| {
        if number == 0 { FigureCell::Empty } else { FigureCell::Thousandths(milli) }
    };
    vec![
        text(what),
        count(u64::from(sum.projects)),
        count(u64::from(sum.reported)),
        known(sum.estimated, sum.estimate.standard),
        known(sum.estimated, sum.estimate.low),
        known(sum.estimated, sum.estimate.high),
        known(sum.reported, sum.actual),
        known(sum.reported, sum.held),
        sum.ratio().map_or(FigureCell::Empty, |ratio| FigureCell::Share(ratio.per_mille())),
    ]
}
