//! A person at the import wizard, through the real router: uploads, looks, decides. And small workbooks to upload.

use crate::world::{Answer, World, post};
use contract::error::ApiError;
use contract::import::{ImportState, ImportView, RowView, RowsView};
use domain::id::ImportId;
use http::{Request, StatusCode, header};
use rust_xlsxwriter::Workbook;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const BOUNDARY: &str = "houfu-test-boundary";

/// One person's desk.
pub struct Desk<'a> {
    pub world: &'a World,
    pub cookie: String,
}

impl<'a> Desk<'a> {
    pub async fn of(world: &'a World, login: &str) -> Desk<'a> {
        Desk { world, cookie: world.cookie(login).await }
    }

    /// Sends a file as the page does; `accept` is `text/html` for a plain form.
    pub async fn send(&self, name: &str, bytes: &[u8], key: &str, accept: &str) -> Answer {
        self.send_to("/api/import/upload", &[("key", key)], name, bytes, accept).await
    }

    /// The same to any door that takes a file with other inputs.
    pub async fn send_to(
        &self,
        door: &str,
        inputs: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
        accept: &str,
    ) -> Answer {
        let mut body = Vec::new();
        let part = |name: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
        for (input, text) in inputs {
            body.extend(format!("{}\r\n\r\n{text}\r\n", part(input)).into_bytes());
        }
        body.extend(
            format!(
                "{}; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                part("file")
            )
            .into_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let request = post(door).header(header::COOKIE, &self.cookie).header(header::ACCEPT, accept);
        let (mut parts, ()) = request.body(()).expect("a well-formed request").into_parts();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        parts.headers.insert(header::CONTENT_TYPE, kind.parse().expect("a header value"));
        let mut request = Request::builder().method(parts.method).uri(parts.uri);
        for (name, value) in &parts.headers {
            request = request.header(name, value);
        }
        self.world.send(request, body).await
    }

    /// Uploads a file and waits until it is read.
    pub async fn upload(&self, name: &str, bytes: &[u8]) -> ImportView {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let key = format!("upload-{:08}", KEYS.fetch_add(1, Ordering::Relaxed));
        let import: ImportId = json(&self.send(name, bytes, &key, "application/json").await);
        self.view(import).await
    }

    /// The import, once it is read.
    pub async fn view(&self, import: ImportId) -> ImportView {
        for _ in 0..1200 {
            let view: ImportView = json(&self.get(&format!("one?import={import}")).await);
            if view.state != ImportState::Reading {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("import {import} is not read within a minute");
    }

    pub async fn get(&self, door: &str) -> Answer {
        self.world.get(&self.cookie, &format!("/api/import/{door}")).await
    }

    /// All rows of an outcome; empty means all.
    pub async fn rows(&self, import: ImportId, outcome: &str) -> Vec<RowView> {
        let (mut rows, mut page) = (Vec::new(), String::new());
        loop {
            let door = format!("rows?form[import]={import}&form[outcome]={outcome}&form[page]={page}");
            let view: RowsView = json(&self.get(&door).await);
            rows.extend(view.rows);
            match view.next {
                Some(next) => page = next,
                None => return rows,
            }
        }
    }

    /// Sends a command for the import as it is shown.
    pub async fn act(&self, door: &str, view: &ImportView, inputs: &[(&str, &str)]) -> Answer {
        let (import, version) = (view.import.to_string(), view.version.to_string());
        let head = [("import", import.as_str()), ("version", &version), ("key", &view.key)];
        let form: Vec<String> = head.iter().chain(inputs).map(|(name, text)| input(name, text)).collect();
        self.world.post(&self.cookie, &format!("/api/import/{door}"), &form.join("&")).await
    }

    /// The same for a command that works.
    pub async fn done(&self, door: &str, view: &ImportView, inputs: &[(&str, &str)]) -> ImportView {
        let answer = self.act(door, view, inputs).await;
        let view: ImportView = json(&answer);
        self.view(view.import).await
    }

    /// The same for a command that is refused.
    pub async fn refused(
        &self,
        door: &str,
        view: &ImportView,
        inputs: &[(&str, &str)],
    ) -> (StatusCode, ApiError) {
        let answer = self.act(door, view, inputs).await;
        assert!(!answer.status.is_success(), "{door} went through: {}", answer.text());
        (answer.status, serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text())))
    }
}

/// `columns[A]` stands inside the form like any other name.
fn input(name: &str, text: &str) -> String {
    let name = match name.split_once('[') {
        Some((name, rest)) => format!("form[{name}][{rest}"),
        None => format!("form[{name}]"),
    };
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    format!("{}={}", encode(&name), encode(text))
}

/// A good answer's body.
pub fn json<T: DeserializeOwned>(answer: &Answer) -> T {
    assert!(answer.status.is_success(), "{} {}", answer.status, answer.text());
    serde_json::from_slice(&answer.body).unwrap_or_else(|fault| panic!("{fault}: {}", answer.text()))
}

/// A workbook of one sheet of texts; amounts are written as texts too.
pub fn book(sheet: &str, lines: &[&[&str]]) -> Vec<u8> {
    exported(sheet, lines, &[])
}

/// The same as an export of ours: internal number, id and version of each project.
pub fn exported(sheet: &str, lines: &[&[&str]], origins: &[(String, String, i64)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(sheet).expect("a name for a sheet");
    for (row, line) in (0_u32..).zip(lines) {
        for (column, text) in (0_u16..).zip(line.iter()).filter(|(_, text)| !text.is_empty()) {
            page.write_string(row, column, *text).expect("a cell");
        }
    }
    if !origins.is_empty() {
        let page = book.add_worksheet().set_name(sheet::read::ORIGIN_SHEET).expect("a name for a sheet");
        page.write_string(0, 0, sheet::read::ORIGIN_MARK).expect("a cell");
        for (row, (number, id, version)) in (1_u32..).zip(origins) {
            for (column, text) in (0_u16..).zip([number, id, &version.to_string()]) {
                page.write_string(row, column, text).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A file of the forms; `None`, said on the standard error, when this machine does not have them.
pub fn form(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/forms")).join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {name} is not beside the repository");
    }
    bytes
}
