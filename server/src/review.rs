//! `/findings/export`: 问题清单、整改清单、责任清单 of a filter as a workbook, in the reader's words; and the walk of every
//! night. Reads the same query as the page of the list.

use crate::state::State;
use crate::tables::{XLSX, answer, unexpected};
use app::bridge;
use app::review::address::read_paper;
use app::review::print::{cells, headings};
use axum::extract::{Query, Request};
use axum::response::Response;
use contract::form::Form;
use contract::review::{Paper, PaperLine, PaperView};
use leptos_router::params::ParamsMap;
use service::{App, Failure};
use sheet::write::plain::{Table, TableCell, workbook};
use std::time::Duration;
use words::{Locale, t};

/// How often it is looked whether a night has begun.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// Nobody's answer waits for the first walk of a server that has just begun.
const AFTER_START: Duration = Duration::from_secs(60);

/// One of the lists, never kept by a cache.
pub async fn papers(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let l = bridge::language_of(&parts.headers);
    let made = async {
        let call = bridge::visitor(&state.site(), &parts).await?;
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert(name, value);
        }
        let asked = read_paper(&query).check().map_err(Failure::from)?;
        let view = service::review::paper::export(&call, asked).await?;
        let name = format!("{}_{}_{}.xlsx", word(l, view.paper), view.area_name, view.today);
        let bytes = tokio::task::spawn_blocking(move || workbook(&table(l, view)).map_err(unexpected));
        Ok((bytes.await.map_err(unexpected)??, name, XLSX))
    };
    answer(&state, &parts, made.await).await
}

fn word(l: Locale, paper: Paper) -> &'static str {
    match paper {
        Paper::Problems => t!(l, review.paper_problems),
        Paper::Rectifications => t!(l, review.paper_rectifications),
        Paper::Duties => t!(l, review.paper_duties),
    }
}

fn table(l: Locale, view: PaperView) -> Table {
    let own = std::iter::once(t!(l, review.ordinal)).chain(headings(l, view.paper));
    let row = |(line, at): (&PaperLine, i64)| {
        let texts = cells(l, view.paper, line).into_iter().map(TableCell::Text);
        let late = TableCell::Number(line.finding.days_overdue.unwrap_or_default());
        std::iter::once(TableCell::Number(at)).chain(texts).chain([late]).collect()
    };
    Table {
        name: word(l, view.paper).to_owned(),
        headings: own.chain([t!(l, review.days_left)]).map(str::to_owned).collect(),
        rows: view.lines.iter().zip(1..).map(row).collect(),
    }
}

/// Runs the rules on everything once a day until the server ends.
pub async fn keep_nightly(app: App) {
    tokio::time::sleep(AFTER_START).await;
    loop {
        if let Err(failure) = service::review::follow::nightly(&app).await {
            tracing::error!(%failure, "the nightly walk of the rules did not end");
        }
        tokio::time::sleep(EVERY).await;
    }
}
