//! What a browser shows when the server itself says no before any page could be made: too large, too busy, broken.
//! Needs neither script nor style. Our own screens get an error they can explain, the interface for programs a problem.

use crate::limits;
use crate::request_id::RequestId;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use contract::error::ApiError;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, StatusCode};
use words::locale::tag;
use words::{Locale, explain, t};

/// Puts a page where a bare status would be, for readers that asked for one.
pub async fn dress(request: Request, next: Next) -> Response {
    let wants_page = text(request.headers(), &ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    let language = text(request.headers(), &ACCEPT_LANGUAGE);
    let locale = language.and_then(words::locale::from_tags).unwrap_or_default();
    let reference = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let is_read = request.method().is_safe();
    let path = request.uri().path();
    let is_door = path.starts_with("/api/") && !path.starts_with("/api/v1/");
    let too_large = limits::too_large(path);
    let response = next.run(request).await;
    let response = if is_door { blame(response).await } else { response };
    // To a read only a use case says "forbidden", in words of its own; to a write it is the gate of origins.
    let own_words = is_read && response.status() == StatusCode::FORBIDDEN;
    let wants_page = wants_page && !own_words;
    let status = response.status();
    if is_page(response.headers()) {
        return response;
    }
    let sentence = sentence(locale, status, &too_large).filter(|_| wants_page);
    let mut dressed = match (sentence, door_error(status, too_large, &reference)) {
        (Some(sentence), _) => (status, Html(page(locale, &sentence, &reference))).into_response(),
        (None, Some(error)) if is_door => (status, axum::Json(error)).into_response(),
        (None, _) => return response,
    };
    // A refusal of the method says which ones there are.
    if let Some(allow) = response.headers().get(ALLOW) {
        dressed.headers_mut().insert(ALLOW, allow.clone());
    }
    dressed
}

/// The framework answers 500 to arguments that it cannot read, though the caller left them out. What a use case says has
/// its own status by now, and keeps it.
async fn blame(response: Response) -> Response {
    /// Most bytes of an error; ours have a few hundred.
    const ERROR_BYTES: usize = 64 * 1024;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR || !is_page(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, ERROR_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if matches!(serde_json::from_slice::<ApiError>(&bytes), Ok(ApiError::Incomplete)) {
        parts.status = app::bridge::status(&ApiError::Incomplete);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// What our own screens are told where a guard answered before the door could.
fn door_error(status: StatusCode, too_large: ApiError, reference: &str) -> Option<ApiError> {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Some(too_large),
        StatusCode::METHOD_NOT_ALLOWED => {
            Some(ApiError::Transport { detail: "method not allowed".to_owned() })
        }
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Some(ApiError::Busy),
        StatusCode::INTERNAL_SERVER_ERROR => Some(ApiError::Unexpected { reference: reference.to_owned() }),
        _ => None,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The statuses that come from guards rather than from pages.
fn sentence(locale: Locale, status: StatusCode, too_large: &ApiError) -> Option<String> {
    let sentence = match status {
        StatusCode::FORBIDDEN => t!(locale, api.page_foreign),
        StatusCode::REQUEST_TIMEOUT => t!(locale, api.too_slow),
        StatusCode::PAYLOAD_TOO_LARGE => return Some(explain::api_error(locale, too_large)),
        StatusCode::METHOD_NOT_ALLOWED => t!(locale, api.method),
        StatusCode::SERVICE_UNAVAILABLE => t!(locale, error.busy),
        StatusCode::INTERNAL_SERVER_ERROR => t!(locale, api.page_broken),
        _ => return None,
    };
    Some(sentence.to_owned())
}

fn is_page(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/json"))
}

/// Every part is a sentence of ours or letters and digits, so nothing needs escaping.
fn page(locale: Locale, sentence: &str, reference: &str) -> String {
    let (title, back, number) =
        (t!(locale, error.title), t!(locale, common.not_found_back), t!(locale, api.page_reference));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title></head>\
         <body><main><h1>{title}</h1><p>{sentence}</p><p>{number} <code>{reference}</code></p>\
         <p><a href=\"/\">{back}</a></p></main></body></html>",
        tag(locale)
    )
}
