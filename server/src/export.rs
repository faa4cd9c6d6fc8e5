//! `/projects/export`: the lists of a filter as a file. Reads the same query as the page of the lists.

use crate::download::{Download, refuse};
use crate::state::State;
use crate::tables::query;
use app::bridge;
use app::list::address;
use axum::extract::{Query, Request};
use axum::response::{IntoResponse, Response};
use contract::export::ExportForm;
use contract::form::Form;
use service::Failure;

/// A workbook or a text table, never kept by a cache.
pub async fn lists(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let found = async {
        let call = bridge::visitor(&state.site(), &parts).await?;
        let asked = form(pairs).check().map_err(Failure::from)?;
        service::export::lists(&call, asked).await
    };
    match found.await {
        Ok(made) => Download {
            file: made.file,
            size: made.size,
            name: made.name,
            media_type: made.format.media_type().to_owned(),
        }
        .into_response(),
        Err(failure) => refuse(&state, &parts, failure),
    }
}

fn form(pairs: Vec<(String, String)>) -> ExportForm {
    let query = query(pairs);
    ExportForm {
        list: address::read(&query),
        format: query.get("format").unwrap_or_default(),
        rows: query.get_all("rows").unwrap_or_default().join(","),
    }
}
