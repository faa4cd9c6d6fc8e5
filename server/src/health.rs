//! Is it alive, is it ready. Says nothing else.

use crate::state::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// `/healthz`: the process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// `/readyz`: the database answers and its schema is the one this program knows.
pub async fn ready(axum::extract::State(state): axum::extract::State<State>) -> Response {
    match state.app.db().is_current().await {
        Ok(true) => "ready".into_response(),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "schema is not current").into_response(),
        Err(fault) => {
            tracing::warn!(%fault, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}
