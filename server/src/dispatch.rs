//! `/dispatch/{id}/export`: a book of monthly returns as a workbook that can be filled in and imported again.

use crate::state::State;
use crate::tables::{Made, XLSX, aside, hand_out, unexpected};
use axum::extract::{Path, Request};
use axum::response::Response;
use contract::dispatch::form::BookForm;
use contract::form::Form;
use service::Failure;
use sheet::write::dispatch::{ProjectLine, ReturnBook, SiteLine, workbook};
use words::t;

/// The rows of one book.
pub async fn book(
    axum::extract::State(state): axum::extract::State<State>,
    Path(book): Path<String>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let query = BookForm { book }.check().map_err(Failure::Invalid)?;
        let view = service::dispatch::export(&call, query).await?;
        let (area, month) = (view.head.area_name.clone(), view.head.month.to_string());
        let name = t!(l, dispatch.file_name, area = area.clone(), month = month.clone());
        let projects = view.projects.into_iter().map(|line| ProjectLine {
            number: line.number,
            code: line.code,
            name: line.name,
            planned: line.planned,
            row: line.row,
        });
        let sites = view.sites.into_iter();
        let sites = sites.map(|line| SiteLine { code: line.code, name: line.name, row: line.row });
        let (projects, sites) = (projects.collect(), sites.collect());
        let book = ReturnBook { about: format!("{area} {month}"), projects, sites };
        let bytes = aside(move || workbook(&book).map_err(unexpected)).await?;
        Made::Ok((bytes, format!("{name}.xlsx"), XLSX))
    })
    .await
}
