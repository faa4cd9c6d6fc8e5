//! Rule 10: what changes something must come from a page of ours. Stands before routing. Knows no session.

use crate::config::Config;
use crate::state::State;
use app::parts::address::is_own_path;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::broken::{self, Broken};
use http::header::{HOST, LOCATION, ORIGIN, REFERER};
use http::{HeaderMap, HeaderValue, StatusCode};

/// Refuses a foreign write, and keeps the redirect after a plain form on our own paths.
pub async fn gate(
    axum::extract::State(state): axum::extract::State<State>,
    mut request: Request,
    next: Next,
) -> Response {
    // The interface for programs takes no cookie, so a foreign page has nothing to borrow there.
    let interface = crate::api::problem::is_interface(request.uri().path());
    if !request.method().is_safe() && !interface && !is_ours(&state.config, request.headers()) {
        return (StatusCode::FORBIDDEN, "cross-origin request refused").into_response();
    }
    let base = base(&state.config, request.headers());
    keep_referer_ours(&base, request.headers_mut());
    let mut response = next.run(request).await;
    keep_location_ours(&base, &mut response);
    response
}

fn is_ours(config: &Config, headers: &HeaderMap) -> bool {
    if broken::is(Broken::Origin) {
        return true;
    }
    let text = |name: http::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => text(ORIGIN).is_some_and(|origin| origin == base(config, headers)),
    }
}

/// Scheme and host under which this request's browser knows us.
fn base(config: &Config, headers: &HeaderMap) -> String {
    match &config.public_origin {
        Some(origin) => origin.clone(),
        None => {
            let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or("localhost");
            format!("http://{host}")
        }
    }
}

/// The plain-form redirect goes to the `Referer`, which must be absolute and ours.
fn keep_referer_ours(base: &str, headers: &mut HeaderMap) {
    let ours = headers
        .get(REFERER)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|referer| path_of(base, referer).is_some());
    if !ours && let Ok(value) = HeaderValue::from_str(&format!("{base}/")) {
        headers.insert(REFERER, value);
    }
}

/// A `Location` leaves as a path: an absolute one of another host is cut to the front page.
fn keep_location_ours(base: &str, response: &mut Response) {
    let Some(location) = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()) else {
        return;
    };
    let path = match location {
        path if is_own_path(path) => return,
        absolute => path_of(base, absolute).unwrap_or("/"),
    };
    if let Ok(value) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, value);
    }
}

fn path_of<'a>(base: &str, url: &'a str) -> Option<&'a str> {
    match url.strip_prefix(base)? {
        "" => Some("/"),
        path if is_own_path(path) => Some(path),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_under_our_origin_are_ours() {
        assert_eq!(path_of("http://a.cn", "http://a.cn/x?y"), Some("/x?y"));
        assert_eq!(path_of("http://a.cn", "http://a.cn.evil.cn/x"), None);
        assert_eq!(path_of("http://a.cn", "http://a.cn//evil.cn"), None);
        assert_eq!(path_of("http://a.cn", "https://a.cn/x"), None);
    }
}
