//! What the interface answers when it says no: RFC 9457, in the caller's language. One layer writes every refusal,
//! whether it comes from a handler, a limit or the router. Decides nothing.

use super::PREFIX;
use super::project::columns;
use crate::request_id::RequestId;
use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::{ApiError, FieldErrors};
use http::header::{ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use service::Failure;
use std::sync::{Arc, Mutex, PoisonError};
use utoipa::ToSchema;
use words::{Locale, explain, t};

/// Why a request was refused.
#[derive(Debug)]
pub enum Denied {
    Failure(Failure),
    /// No token, or one that is not (any more) good.
    Unauthenticated,
    ReadOnlyToken,
    TooMany {
        seconds: u64,
    },
    /// The body is no JSON object, or a query that cannot be read.
    Malformed(String),
    /// `Idempotency-Key` is missing or is no key.
    NoKey,
    /// Said by the router or a limit.
    Status(StatusCode),
}

/// An error as RFC 9457 describes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Address of its explanation; stable, meant for programs
    #[serde(rename = "type")]
    #[schema(example = "/api/docs#not-found")]
    kind: String,
    title: String,
    status: u16,
    /// A sentence in the language of `Accept-Language`
    detail: String,
    /// Path of the request
    instance: String,
    /// Under which the request stands in the server's log
    reference: String,
    /// What is wrong, by property or parameter
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemError>,
    /// Both values of every column that somebody else changed
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<ProblemConflict>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemError {
    /// Property, parameter or header
    #[schema(example = "total_fen")]
    name: String,
    /// `missing`, `too_short`, `too_long`, `not_a_choice`, `taken`, `wrong` or `value`
    fault: String,
    detail: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemConflict {
    #[schema(example = "total_fen")]
    name: String,
    yours: Option<String>,
    theirs: Option<String>,
}

/// Carries a refusal from a handler to the layer that knows language and reference.
#[derive(Clone)]
struct Said(Arc<Mutex<Option<Denied>>>);

impl From<Failure> for Denied {
    fn from(failure: Failure) -> Denied {
        Denied::Failure(failure)
    }
}

impl From<FieldErrors> for Denied {
    fn from(errors: FieldErrors) -> Denied {
        Denied::Failure(Failure::Invalid(errors))
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        // The layer sets the true status; without the layer nothing may look like success.
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Said(Arc::new(Mutex::new(Some(self)))));
        response
    }
}

/// Whether the path belongs to the interface.
pub fn is_interface(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Turns every refusal under [`PREFIX`] into a problem.
pub async fn dress(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if !is_interface(&path) {
        return next.run(request).await;
    }
    let language = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = language.and_then(words::locale::from_tags).unwrap_or_default();
    let reference = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_success() || status.is_redirection() {
        return response;
    }
    let said = response.extensions_mut().remove::<Said>();
    let denied = said.and_then(|said| said.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    let allow = response.headers_mut().remove(ALLOW);
    let mut answer = answer(denied.unwrap_or(Denied::Status(status)), locale, path, reference);
    if let Some(allow) = allow {
        answer.headers_mut().insert(ALLOW, allow);
    }
    answer
}

fn answer(denied: Denied, locale: Locale, instance: String, reference: String) -> Response {
    let mut header: Option<(HeaderName, String)> = None;
    let mut problem = Problem {
        kind: String::new(),
        title: String::new(),
        status: 0,
        detail: String::new(),
        instance,
        reference,
        errors: Vec::new(),
        conflicts: Vec::new(),
    };
    let (status, slug, detail) = match denied {
        Denied::Failure(failure) => {
            let error = failure.into_api(&problem.reference);
            problem.say_more(locale, &error);
            (app::bridge::status(&error), slug(&error), explain::api_error(locale, &error))
        }
        Denied::Unauthenticated => {
            header = Some((WWW_AUTHENTICATE, "Bearer".into()));
            (StatusCode::UNAUTHORIZED, "unauthenticated", t!(locale, api.unauthenticated).to_owned())
        }
        Denied::ReadOnlyToken => {
            (StatusCode::FORBIDDEN, "read-only-token", t!(locale, api.read_only_token).to_owned())
        }
        Denied::TooMany { seconds } => {
            header = Some((RETRY_AFTER, seconds.to_string()));
            let detail = t!(locale, api.too_many, seconds = seconds);
            (StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail)
        }
        Denied::Malformed(place) => {
            (StatusCode::BAD_REQUEST, "malformed", t!(locale, api.malformed, place = place))
        }
        Denied::NoKey => (StatusCode::UNPROCESSABLE_ENTITY, "key-missing", t!(locale, api.no_key).to_owned()),
        Denied::Status(status) => {
            let (slug, detail) = of_status(locale, status, &problem.instance);
            (status, slug, detail)
        }
    };
    problem.kind = format!("/api/docs#{slug}");
    problem.title = explain::problem_title(locale, slug).to_owned();
    problem.status = status.as_u16();
    problem.detail = detail;
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some((name, value)) = header
        && let Ok(value) = HeaderValue::from_str(&value)
    {
        response.headers_mut().insert(name, value);
    }
    response
}

impl Problem {
    fn say_more(&mut self, locale: Locale, error: &ApiError) {
        match error {
            ApiError::Invalid { errors } => {
                self.errors = errors
                    .iter()
                    .map(|error| ProblemError {
                        name: columns::said(&error.name),
                        fault: fault_code(&error.fault),
                        detail: explain::field_fault(locale, &error.fault),
                    })
                    .collect();
            }
            ApiError::Stale { conflicts } => {
                self.conflicts = conflicts
                    .iter()
                    .map(|conflict| ProblemConflict {
                        name: columns::said(&conflict.field),
                        yours: conflict.yours.clone(),
                        theirs: conflict.theirs.clone(),
                    })
                    .collect();
            }
            ApiError::SignedOut
            | ApiError::Forbidden { .. }
            | ApiError::NotFound
            | ApiError::Refused { .. }
            | ApiError::Unexpected { .. }
            | ApiError::Busy
            | ApiError::TooLarge { .. }
            | ApiError::Incomplete
            | ApiError::Transport { .. } => {}
        }
    }
}

/// The code by which facts of a fault are tagged on the wire.
fn fault_code(fault: &contract::error::FieldFault) -> String {
    let tagged = serde_json::to_value(fault).unwrap_or_default();
    tagged.get("fault").and_then(|code| code.as_str()).unwrap_or("wrong").to_owned()
}

const fn slug(error: &ApiError) -> &'static str {
    match error {
        ApiError::SignedOut => "unauthenticated",
        ApiError::Forbidden { .. } => "forbidden",
        ApiError::NotFound => "not-found",
        ApiError::Invalid { .. } => "invalid",
        ApiError::Refused { .. } => "refused",
        ApiError::Stale { .. } => "stale",
        ApiError::Unexpected { .. } => "unexpected",
        ApiError::Busy => "busy",
        ApiError::TooLarge { .. } => "too-large",
        ApiError::Incomplete | ApiError::Transport { .. } => "malformed",
    }
}

fn of_status(locale: Locale, status: StatusCode, path: &str) -> (&'static str, String) {
    match status {
        StatusCode::NOT_FOUND => ("not-found", t!(locale, api.no_route).to_owned()),
        StatusCode::METHOD_NOT_ALLOWED => ("method", t!(locale, api.method).to_owned()),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("too-large", explain::api_error(locale, &crate::limits::too_large(path)))
        }
        StatusCode::REQUEST_TIMEOUT => ("too-slow", t!(locale, api.too_slow).to_owned()),
        StatusCode::SERVICE_UNAVAILABLE => ("busy", t!(locale, error.busy).to_owned()),
        status if status.is_client_error() => {
            ("malformed", t!(locale, api.malformed, place = status.to_string()))
        }
        _ => ("unexpected", t!(locale, api.unexpected).to_owned()),
    }
}
