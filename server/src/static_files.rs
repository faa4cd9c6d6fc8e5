//! The built front end: hashed files, kept for ever by browsers, from a folder or from inside the binary.
//! Knows no page; it only tells pages the names.

use crate::state::State;
use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, StatusCode};
use std::borrow::Cow;
use std::path::PathBuf;

/// File written by the build: one `kind: hash` a line, and `part NAME: FILE` for every file of a part of the program.
const HASH_FILE: &str = "hash.txt";
const FAVICON: &str = include_str!("favicon.svg");

/// Where the front end's files are.
#[derive(Clone, Debug)]
pub enum Pkg {
    Folder(PathBuf),
    #[cfg(feature = "embed")]
    Embedded,
    /// Pages work without script and style; used by tests that never open a browser.
    Absent,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$HOUFU_PKG"]
struct Embedded;

impl Pkg {
    /// The folder when one is named, else what the binary carries.
    pub fn find(folder: Option<&PathBuf>) -> Pkg {
        match folder {
            Some(folder) => Pkg::Folder(folder.clone()),
            #[cfg(feature = "embed")]
            None => Pkg::Embedded,
            #[cfg(not(feature = "embed"))]
            None => Pkg::Absent,
        }
    }

    /// Addresses of script, program, its parts and style for the page's head.
    pub fn assets(&self) -> app::shell::Assets {
        let list = self
            .read(HASH_FILE)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default();
        let address = |kind: &str| {
            list.lines()
                .find_map(|line| line.split_once(':').filter(|(name, _)| name.trim() == kind))
                .map(|(_, hash)| format!("/pkg/houfu.{}.{kind}", hash.trim()))
        };
        let part = |line: &str| {
            let (name, file) = line.strip_prefix("part ")?.split_once(':')?;
            Some((name.trim().to_owned(), format!("/pkg/{}", file.trim())))
        };
        app::shell::Assets {
            script: address("js"),
            program: address("wasm"),
            style: address("css"),
            parts: list.lines().filter_map(part).collect(),
        }
    }

    fn read(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Pkg::Folder(folder) => std::fs::read(folder.join(name)).ok().map(Cow::Owned),
            #[cfg(feature = "embed")]
            Pkg::Embedded => Embedded::get(name).map(|file| file.data),
            Pkg::Absent => None,
        }
    }
}

/// `/pkg/{*file}`: the packed twin when the browser takes it.
pub async fn file(
    axum::extract::State(state): axum::extract::State<State>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if !is_plain || name.starts_with('.') || name == HASH_FILE {
        return StatusCode::NOT_FOUND.into_response();
    }
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = mime_guess::from_path(&name).first_or_octet_stream();
    let common = |body: Cow<'static, [u8]>| {
        let mut response = Response::new(Body::from(body.into_owned()));
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, http::HeaderValue::from_static("public, max-age=31536000, immutable"));
        headers.insert(VARY, http::HeaderValue::from_static("accept-encoding"));
        if let Ok(value) = http::HeaderValue::from_str(kind.as_ref()) {
            headers.insert(CONTENT_TYPE, value);
        }
        response
    };
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if accepted.contains(encoding)
            && let Some(body) = state.pkg.read(&format!("{name}.{suffix}"))
        {
            let mut response = common(body);
            response.headers_mut().insert(CONTENT_ENCODING, http::HeaderValue::from_static(encoding));
            return response;
        }
    }
    state.pkg.read(&name).map_or_else(|| StatusCode::NOT_FOUND.into_response(), common)
}

/// `/favicon.svg` and the `/favicon.ico` that browsers ask for unbidden.
pub async fn favicon() -> impl IntoResponse {
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")], FAVICON)
}
