//! A plain form that comes when its sender is not signed in any more: the answer is a page that holds what was typed, to be
//! sent again after signing in beside it. Nothing of it is kept on the server. A form with a password in it is left alone.

use crate::limits;
use crate::state::State;
use app::bridge::{self, Lapsed};
use app::parts::markup::Markup;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Form, FromRequest, Request};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderName, Method, StatusCode};
use words::locale::tag;
use words::{Locale, t};

const FORM: &str = "application/x-www-form-urlencoded";
/// The page has a style and a form of ours, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Gives the form back where its door says that nobody was signed in.
pub async fn give_back(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let door = parts.uri.path().to_owned();
    let Ok(bytes) = to_bytes(body, limits::limit(&door).body).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let locale = bridge::language_of(&parts.headers);
    let lapsed = Lapsed::default();
    parts.extensions.insert(lapsed.clone());
    let response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    if !lapsed.is_told() {
        return response;
    }
    let fields = fields(bytes).await;
    if fields.is_empty() || fields.iter().any(|(name, _)| name.contains("password")) {
        return response;
    }
    let page = page(locale, &door, &fields, state.pkg.assets().style);
    (StatusCode::UNAUTHORIZED, [(CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response()
}

/// What a browser without scripts sends to a door; a file cannot be given back.
fn is_plain_form(request: &Request) -> bool {
    let text = |name: HeaderName| {
        request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    request.method() == Method::POST
        && bridge::is_door(request.uri().path())
        && text(ACCEPT).contains("text/html")
        && text(CONTENT_TYPE).starts_with(FORM)
}

/// The inputs in their order; none when this is no form.
async fn fields(body: Bytes) -> Vec<(String, String)> {
    let Ok(request) = http::Request::post("/").header(CONTENT_TYPE, FORM).body(Body::from(body)) else {
        return Vec::new();
    };
    let read = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    read.map(|Form(fields)| fields).unwrap_or_default()
}

fn page(locale: Locale, door: &str, fields: &[(String, String)], style: Option<String>) -> String {
    let title = t!(locale, account.lapsed_title);
    let mut page = Markup::default();
    page.tag("<!DOCTYPE html>\n<html lang=\"").text(tag(locale)).tag("\"><head><meta charset=\"utf-8\">");
    page.tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.tag("<meta name=\"color-scheme\" content=\"light dark\"><title>").text(title).tag("</title>");
    if let Some(style) = style {
        page.tag("<link rel=\"stylesheet\" href=\"").text(&style).tag("\">");
    }
    page.tag("</head><body><main id=\"main\" class=\"alone\"><h1>").text(title).tag("</h1><p>");
    page.text(t!(locale, account.lapsed_text));
    page.tag("</p><p><a href=\"/login\" target=\"_blank\" rel=\"noopener\">");
    page.text(t!(locale, account.lapsed_sign_in));
    page.tag("</a></p><form method=\"post\" action=\"").text(door).tag("\">");
    for (name, value) in fields {
        page.tag("<input type=\"hidden\" name=\"").text(name).tag("\" value=\"").text(value).tag("\">");
    }
    page.tag("<button type=\"submit\" class=\"button button-primary\">");
    page.text(t!(locale, account.lapsed_again)).tag("</button></form></main></body></html>");
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_typed_comes_back_whole_and_is_no_markup() {
        let fields =
            fields(Bytes::from_static(b"values%5Bname%5D=%22%3E%3Cb%3E&empty=&values%5Bname%5D=a+b")).await;
        assert_eq!(fields.len(), 3);
        let page = page(Locale::en, "/api/x", &fields, None);
        assert!(page.contains("name=\"values[name]\" value=\"&quot;&gt;&lt;b&gt;\""), "{page}");
        assert!(page.contains("name=\"empty\" value=\"\"") && page.contains("value=\"a b\""), "{page}");
        assert!(page.contains("action=\"/api/x\""), "{page}");
    }
}
