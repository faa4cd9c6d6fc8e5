//! What a browser shows when the server itself says no before any page could be made: too large, too busy, broken.
//! Needs neither script nor style. Our own screens get an error they can explain, the interface for programs a problem.

use crate::request_id::RequestId;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use contract::error::ApiError;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, StatusCode};
use words::locale::tag;
use words::{Locale, t};

/// Puts a page where a bare status would be, for readers that asked for one.
pub async fn dress(request: Request, next: Next) -> Response {
    let wants_page = text(request.headers(), &ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    let language = text(request.headers(), &ACCEPT_LANGUAGE);
    let locale = language.and_then(words::locale::from_tags).unwrap_or_default();
    let reference = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let is_read = request.method().is_safe();
    let path = request.uri().path();
    let is_door = path.starts_with("/api/") && !path.starts_with("/api/v1/");
    let response = next.run(request).await;
    // To a read only a use case says "forbidden", in words of its own; to a write it is the gate of origins.
    let own_words = is_read && response.status() == StatusCode::FORBIDDEN;
    let wants_page = wants_page && !own_words;
    let status = response.status();
    if is_page(response.headers()) {
        return response;
    }
    match (sentence(locale, status).filter(|_| wants_page), door_error(status, &reference)) {
        (Some(sentence), _) => (status, Html(page(locale, sentence, &reference))).into_response(),
        (None, Some(error)) if is_door => (status, axum::Json(error)).into_response(),
        (None, _) => response,
    }
}

/// What our own screens are told where a guard answered before the door could.
fn door_error(status: StatusCode, reference: &str) -> Option<ApiError> {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Some(ApiError::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Some(ApiError::Busy),
        StatusCode::INTERNAL_SERVER_ERROR => Some(ApiError::Unexpected { reference: reference.to_owned() }),
        _ => None,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The statuses that come from guards rather than from pages.
fn sentence(locale: Locale, status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::FORBIDDEN => Some(t!(locale, api.page_foreign)),
        StatusCode::REQUEST_TIMEOUT => Some(t!(locale, api.too_slow)),
        StatusCode::PAYLOAD_TOO_LARGE => Some(t!(locale, api.too_large)),
        StatusCode::METHOD_NOT_ALLOWED => Some(t!(locale, api.method)),
        StatusCode::SERVICE_UNAVAILABLE => Some(t!(locale, error.busy)),
        StatusCode::INTERNAL_SERVER_ERROR => Some(t!(locale, api.page_broken)),
        _ => None,
    }
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
