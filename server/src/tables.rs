//! `/communities/export` and `/admin/audit/export`: the ledger of communities and the trail as files; and the frame in which
//! every table goes out.

use crate::download::{Download, refuse};
use crate::state::State;
use app::bridge;
use axum::extract::{Query, Request};
use axum::response::{IntoResponse, Response};
use contract::audit::{AuditForm, AuditLine};
use contract::error::{FieldErrors, FieldFault};
use contract::form::Form;
use contract::site::SiteListForm;
use http::request::Parts;
use leptos_router::params::ParamsMap;
use service::{Call, Failure};
use sheet::write::plain::{Table, TableCell, csv, workbook};
use std::collections::BTreeMap;
use std::io::{Seek, Write};
use words::{Locale, format, name, t};

/// Media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

type Pairs = BTreeMap<String, String>;

/// Bytes, name and media type of a file, or why there is none.
pub type Made = Result<(Vec<u8>, String, &'static str), Failure>;

/// The communities of a filter in the form of the ledger.
pub async fn sites(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, _| async move {
        let text = |name: &str| pairs.get(name).cloned().unwrap_or_default();
        let (area, size, q, sort) = (text("area"), text("size"), text("q"), text("sort"));
        let form = SiteListForm { area, size, q, sort, page: String::new() };
        let bytes = service::site::export(&call, form.check()?).await?;
        Made::Ok((bytes, format!("安置点台账_{}.xlsx", call.today()), XLSX))
    })
    .await
}

/// The acts of a filter, in the reader's words.
pub async fn audit(
    axum::extract::State(state): axum::extract::State<State>,
    Query(pairs): Query<Pairs>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let text = |name: &str| pairs.get(name).cloned().unwrap_or_default();
        let is_csv = match text("format").as_str() {
            "csv" => true,
            "" | "xlsx" => false,
            _ => return Err(Failure::field("format", FieldFault::NotAChoice)),
        };
        let (login, action, object) = (text("login"), text("action"), text("object"));
        let (id, area, from, to) = (text("id"), text("area"), text("from"), text("to"));
        let (page, check) = (String::new(), String::new());
        let form = AuditForm { login, action, object, id, area, from, to, page, check };
        let query = form.check().map_err(|errors: FieldErrors| Failure::Invalid(errors))?;
        let lines = service::audit::export(&call, query).await?;
        let bytes = aside(move || {
            let table = table(l, lines);
            if is_csv { csv(&table).map_err(unexpected) } else { workbook(&table).map_err(unexpected) }
        });
        let bytes = bytes.await?;
        let (ending, media_type) = if is_csv { ("csv", CSV) } else { ("xlsx", XLSX) };
        Made::Ok((bytes, format!("{}_{}.{ending}", t!(l, audit.file), call.today()), media_type))
    })
    .await
}

/// Finds who asks and in which language, and sends what `work` made for them, or why it made nothing.
pub async fn hand_out<W>(state: &State, request: Request, work: impl FnOnce(Call, Locale) -> W) -> Response
where
    W: Future<Output = Made>,
{
    let (parts, _) = request.into_parts();
    let l = bridge::language_of(&parts.headers);
    let made = async { work(bridge::visitor(&state.site(), &parts).await?, l).await };
    answer(state, &parts, made.await).await
}

/// The query of a page, for an export that reads the same.
pub fn query(pairs: Vec<(String, String)>) -> ParamsMap {
    let mut query = ParamsMap::new();
    for (name, value) in pairs {
        query.insert(name, value);
    }
    query
}

/// Writes on a thread that may take its time.
pub async fn aside<T: Send + 'static>(
    write: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(write).await.map_err(unexpected)?
}

/// A fault of writing.
pub fn unexpected(fault: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(fault.to_string())
}

/// The file, or why there is none.
async fn answer(state: &State, parts: &Parts, made: Made) -> Response {
    let kept = match made {
        Ok((bytes, name, media_type)) => file(bytes).await.map(|(file, size)| Download {
            file,
            size,
            name,
            media_type: media_type.to_owned(),
        }),
        Err(failure) => Err(failure),
    };
    match kept {
        Ok(download) => download.into_response(),
        Err(failure) => refuse(state, parts, failure),
    }
}

/// The bytes as a file without a name: it is gone when the answer is sent.
async fn file(bytes: Vec<u8>) -> Result<(std::fs::File, u64), Failure> {
    let write = move || {
        let mut file = tempfile::tempfile()?;
        file.write_all(&bytes)?;
        file.rewind()?;
        Ok::<_, std::io::Error>((file, bytes.len() as u64))
    };
    aside(move || write().map_err(unexpected)).await
}

fn table(l: Locale, lines: Vec<AuditLine>) -> Table {
    let headings = [
        t!(l, audit.seq),
        t!(l, audit.at),
        t!(l, audit.login),
        t!(l, audit.role),
        t!(l, audit.action),
        t!(l, audit.object),
        t!(l, audit.object_id),
        t!(l, audit.detail),
        t!(l, audit.area),
        t!(l, audit.ip),
        t!(l, audit.before),
        t!(l, audit.after),
        t!(l, audit.hash),
    ];
    let row = |line: AuditLine| {
        let texts = [
            format::instant(line.at),
            line.login.unwrap_or_else(|| t!(l, audit.product).to_owned()),
            name::role_code(l, &line.role),
            name::action_code(l, &line.action),
            name::audit_object_code(l, &line.object),
            line.object_id.unwrap_or_default(),
            name::audit_detail(l, &line.detail),
            line.area_name,
            line.ip.unwrap_or_default(),
            line.before.unwrap_or_default(),
            line.after.unwrap_or_default(),
            line.hash,
        ];
        std::iter::once(TableCell::Number(line.seq)).chain(texts.map(TableCell::Text)).collect()
    };
    Table {
        name: t!(l, audit.file).to_owned(),
        headings: headings.map(str::to_owned).to_vec(),
        rows: lines.into_iter().map(row).collect(),
    }
}
