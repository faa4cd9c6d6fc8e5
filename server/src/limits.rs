//! Rule 16: how much a request may send, how long it may take, how many run at once. Knows no handler.

use crate::state::State;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::ApiError;
use domain::broken::{self, Broken};
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use std::time::Duration;

const KIB: usize = 1024;
/// Most bytes of an ordinary form or command.
const FORM_BYTES: usize = 64 * KIB;
/// Most bytes of a sign-in: a name and a password.
const SIGN_IN_BYTES: usize = 4 * KIB;
/// Most bytes of a workbook or an attachment, with a little room for the form around it.
const UPLOAD_BYTES: usize = 40 * KIB * KIB + 64 * KIB;
/// Most bytes of a change of cells: a paste of 20,000 of them, each with its project, version, column and text.
const CELLS_BYTES: usize = 8 * KIB * KIB;
const TIMEOUT: Duration = Duration::from_secs(30);
/// Exports and uploads may take longer.
const LONG_TIMEOUT: Duration = Duration::from_secs(120);

/// What a path may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// bytes of the body
    pub body: usize,
    pub timeout: Duration,
}

/// The limits of a path. A route that takes files ends in `/upload`, one that makes files in `/export`:
/// the name is the registration, so a new route cannot forget it.
pub fn limit(path: &str) -> Limit {
    match path.rsplit('/').next().unwrap_or_default() {
        "sign_in" | "set_up" => Limit { body: SIGN_IN_BYTES, timeout: TIMEOUT },
        "edit_cells" => Limit { body: CELLS_BYTES, timeout: TIMEOUT },
        "upload" => Limit { body: UPLOAD_BYTES, timeout: LONG_TIMEOUT },
        "export" => Limit { body: FORM_BYTES, timeout: LONG_TIMEOUT },
        _ => Limit { body: FORM_BYTES, timeout: TIMEOUT },
    }
}

/// What a body above the limit of this path is told.
pub fn too_large(path: &str) -> ApiError {
    ApiError::TooLarge { most: u64::try_from(limit(path).body).unwrap_or(u64::MAX) }
}

/// Reads the whole body within its limit before any handler sees it, then runs the handler as a task of
/// its own: a browser that goes away loses the answer, never half the work.
pub async fn hold(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    let limit = limit(request.uri().path());
    let Ok(_slot) = state.in_flight.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "busy, try again").into_response();
    };
    let request = match read_body(request, &limit).await {
        Ok(request) => request,
        Err(status) => return status.into_response(),
    };
    if broken::is(Broken::Cancel) {
        return next.run(request).await;
    }
    let work = state.tracker.spawn(async move { next.run(request).await });
    match tokio::time::timeout(limit.timeout, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn read_body(request: Request, limit: &Limit) -> Result<Request, StatusCode> {
    if request.method().is_safe() {
        return Ok(request);
    }
    let declared =
        request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|bytes| bytes > limit.body) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let (parts, body) = request.into_parts();
    let bytes = tokio::time::timeout(limit.timeout, to_bytes(body, limit.body))
        .await
        .map_err(|_| StatusCode::REQUEST_TIMEOUT)?
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_path_sets_its_limits() {
        assert_eq!(limit("/api/account/sign_in").body, SIGN_IN_BYTES);
        assert_eq!(limit("/api/import/upload").body, UPLOAD_BYTES);
        assert_eq!(limit("/api/project/edit").body, FORM_BYTES);
        assert_eq!(limit("/api/list/edit_cells").body, CELLS_BYTES);
    }
}
