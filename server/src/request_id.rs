//! One short word for one request: it stands in the log, in the answer's header and in every error, so that a person
//! can name what went wrong. Made here, never taken from the request.

use crate::state::State;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use std::time::Instant;
use tracing::Instrument;

pub use app::bridge::RequestId;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Names the request and writes one line about it when it is answered. The query is left out: it may carry words of
/// people.
pub async fn name(
    axum::extract::State(state): axum::extract::State<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = service::clock::new_id(state.app.now()).simple().to_string();
    let id = id.get(20..).unwrap_or_default().to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", id);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::debug!(%method, path, status, milliseconds, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
