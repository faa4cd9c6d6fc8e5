//! Files on their way out: what a browser is told of them, and what it is told instead when there is none.

use crate::state::State;
use app::bridge;
use app::parts::address::sheltered;
use axum::body::Body;
use axum::response::{IntoResponse, Redirect, Response};
use contract::error::ApiError;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use service::Failure;
use std::fs::File;
use tokio_util::io::ReaderStream;

/// The policy of a file of somebody: even opened as a page it may do nothing.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// A file that is saved, never shown within our origin.
pub struct Download {
    pub file: File,
    /// bytes
    pub size: u64,
    pub name: String,
    pub media_type: String,
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut response =
            Response::new(Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(self.file))));
        let headers: [(HeaderName, String); 4] = [
            (CONTENT_TYPE, self.media_type),
            (CONTENT_LENGTH, self.size.to_string()),
            (CONTENT_DISPOSITION, disposition(&self.name)),
            (CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        ];
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// `attachment` with the name in UTF-8; old browsers get the extension only.
fn disposition(name: &str) -> String {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    let plain: String = extension.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("attachment; filename=\"file.{plain}\"; filename*=UTF-8''{}", encode(name))
}

/// Percent-encodes everything but the characters that RFC 8187 lets stand.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// What a browser sees instead of a file: the sign-in page, or one sentence in the reader's language.
pub fn refuse(state: &State, parts: &Parts, failure: Failure) -> Response {
    let known = parts.extensions.get::<bridge::RequestId>().map(|id| id.0.clone());
    let reference = known.unwrap_or_else(|| service::clock::new_id(state.app.now()).simple().to_string());
    let error = failure.into_api(&reference);
    if error == ApiError::SignedOut && parts.method.is_safe() {
        let here = parts.uri.path_and_query().map(|here| here.as_str()).unwrap_or_default();
        return Redirect::to(&format!("/login?next={}", encode(&sheltered(here)))).into_response();
    }
    let language = bridge::language_of(&parts.headers);
    let mut text = words::explain::api_error(language, &error);
    if let ApiError::Invalid { errors } = &error {
        for fault in errors.iter() {
            text.push_str(&format!(
                "\n{}: {}",
                fault.name,
                words::explain::field_fault(language, &fault.fault)
            ));
        }
    }
    let status = if error == ApiError::SignedOut { StatusCode::UNAUTHORIZED } else { bridge::status(&error) };
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let header = disposition("批\"复\r\nx; a.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E6%89%B9%22%E5%A4%8D%0D%0Ax%3B%20a.pdf"
        );
    }
}
