//! `/projects/{id}/attachments/{aid}`: one file of a project, to be saved. Another county's file is as missing as none.

use crate::download::{Download, refuse};
use crate::state::State;
use app::bridge;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use service::Failure;

/// Only ever a download: see `Download`.
pub async fn file(
    axum::extract::State(state): axum::extract::State<State>,
    Path((project, attachment)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let found = async {
        let call = bridge::visitor(&state.site(), &parts).await?;
        // Text that is no id is an id that nobody has.
        let (Ok(project), Ok(attachment)) = (project.parse(), attachment.parse()) else {
            return Err(Failure::NotFound);
        };
        service::attachment::open(&call, project, attachment).await
    };
    match found.await {
        Ok(open) => {
            Download { file: open.file, size: open.size, name: open.name, media_type: open.media_type }
                .into_response()
        }
        Err(failure) => refuse(&state, &parts, failure),
    }
}
