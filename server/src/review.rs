//! `/findings/export`: 问题清单、整改清单、责任清单 of a filter as a workbook, in the reader's words. Reads the same
//! query as the page of the list. The catalogue of rules lies in `rules`.

pub mod rules;

use crate::state::State;
use crate::tables::{Made, XLSX, aside, hand_out, query, unexpected};
use app::review::address::read_paper;
use app::review::frame::paper_word;
use app::review::print::{cells, headings};
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::review::{PaperLine, PaperView};
use sheet::write::plain::{Table, TableCell, workbook};
use words::{Locale, t};

/// One of the lists, never kept by a cache.
pub async fn papers(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let asked = read_paper(&query(pairs)).check()?;
        let view = service::review::paper::export(&call, asked).await?;
        let name = format!("{}_{}_{}.xlsx", paper_word(l, view.paper), view.area_name, view.today);
        let bytes = aside(move || workbook(&table(l, view)).map_err(unexpected)).await?;
        Made::Ok((bytes, name, XLSX))
    })
    .await
}

fn table(l: Locale, view: PaperView) -> Table {
    let own = std::iter::once(t!(l, review.ordinal)).chain(headings(l, view.paper));
    let row = |(line, at): (&PaperLine, i64)| {
        let texts = cells(l, view.paper, line).into_iter().map(TableCell::Text);
        let late = TableCell::Number(line.finding.days_overdue.unwrap_or_default());
        std::iter::once(TableCell::Number(at)).chain(texts).chain([late]).collect()
    };
    Table {
        name: paper_word(l, view.paper).to_owned(),
        headings: own.chain([t!(l, review.days_left)]).map(str::to_owned).collect(),
        rows: view.lines.iter().zip(1..).map(row).collect(),
    }
}
