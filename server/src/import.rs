//! Files that the import gives back: the person's own workbook with its findings in it, and an empty official form.

use crate::download::{Download, refuse};
use crate::state::State;
use app::bridge;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use contract::form::Form;
use contract::import::ImportForm;
use domain::finding::{Finding, Severity};
use domain::period::{FiscalYear, Horizon};
use domain::project::{Field, Kind};
use http::request::Parts;
use service::import::view::{Findings, MendedCell, all_findings};
use service::{Call, Failure, Outcome};
use sheet::annotate::{Annotated, Remark, Words};
use sheet::child::parent::annotate_in_child;
use sheet::child::{Request as ChildRequest, Task};
use sheet::limits::Limits;
use sheet::write::{ListBook, ListSheet, workbook};
use std::fs::File;
use std::io::{Seek, Write};
use std::path::PathBuf;
use words::{Locale, t};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The person's own workbook, faulty cells coloured and commented in the reader's language. A text table or a book
/// too large to be loaded gets a sheet of findings instead.
pub async fn annotated(
    axum::extract::State(state): axum::extract::State<State>,
    Path(import): Path<String>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let made = async {
        let call = bridge::visitor(&state.site(), &parts).await?;
        // Text that is no id is an id that nobody has.
        let query = ImportForm { import }.check().map_err(|_| Failure::NotFound)?;
        let found = all_findings(&call, query).await?;
        annotate(&call, found, bridge::language_of(&parts.headers)).await
    };
    answer(&state, &parts, made.await)
}

/// An empty form of the three lists, which reads back as it is.
pub async fn template(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let made = async {
        let call = bridge::visitor(&state.site(), &parts).await?;
        let reporter = service::import::view::reporter(&call).await?;
        empty_form(&call, reporter, bridge::language_of(&parts.headers))
    };
    answer(&state, &parts, made.await)
}

fn answer(state: &State, parts: &Parts, made: Outcome<Download>) -> Response {
    match made {
        Ok(download) => download.into_response(),
        Err(failure) => refuse(state, parts, failure),
    }
}

async fn annotate(call: &Call, found: Findings, locale: Locale) -> Outcome<Download> {
    let Findings { kept, findings, mended } = found;
    let mended = mended.iter().map(|cell| mended_remark(cell, locale));
    let scratch = Scratch(kept.scratch);
    let request = ChildRequest {
        path: kept.path,
        name: kept.file_name.clone(),
        mappings: Vec::new(),
        limits: Limits::default(),
        task: Task::Annotate {
            out: scratch.0.clone(),
            findings: findings.iter().map(|finding| remark(finding, locale)).chain(mended).collect(),
            words: words_of(locale),
        },
    };
    let done = annotate_in_child(&call.app().reader()?, request).await;
    let done = done.map_err(|refusal| Failure::Unexpected(refusal.to_string()))?;
    let name = match done {
        Annotated::InPlace => kept.file_name,
        Annotated::Apart => format!("{}.xlsx", stem(&kept.file_name)),
    };
    let file = File::open(&scratch.0).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    download(file, t!(locale, annotated.file_name, name = name))
}

/// Removes the copy once it is open: the handle keeps what is still to be sent.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(fault) = std::fs::remove_file(&self.0) {
            tracing::debug!(%fault, "no annotated copy to remove");
        }
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn remark(finding: &Finding, locale: Locale) -> Remark {
    Remark {
        severity: finding.severity,
        sheet: finding.place.sheet.clone(),
        row: finding.place.row,
        address: finding.place.address.clone(),
        sentence: words::explain::finding(locale, &finding.kind),
        mended: false,
    }
}

/// What stands in a cell now, since the file still shows what stood there before.
fn mended_remark(cell: &MendedCell, locale: Locale) -> Remark {
    let sentence = if cell.text.is_empty() {
        t!(locale, annotated.mended_blank).to_owned()
    } else {
        t!(locale, annotated.mended, text = cell.text.clone())
    };
    Remark {
        severity: Severity::Note,
        sheet: cell.sheet.clone(),
        row: cell.row,
        address: Some(cell.address.clone()),
        sentence,
        mended: true,
    }
}

fn words_of(locale: Locale) -> Words {
    Words {
        result: t!(locale, annotated.result).to_owned(),
        author: t!(locale, annotated.author).to_owned(),
        findings: t!(locale, annotated.sheet).to_owned(),
        headings: [
            t!(locale, annotated.heading_sheet).to_owned(),
            t!(locale, annotated.heading_row).to_owned(),
            t!(locale, annotated.heading_cell).to_owned(),
            t!(locale, annotated.heading_finding).to_owned(),
        ],
    }
}

fn empty_form(call: &Call, reporter: String, locale: Locale) -> Outcome<Download> {
    let years = FiscalYear::of(call.today()).and_then(|year| year.plus(1)).map(FiscalYear::list_years);
    // The horizon is the sheet's; what is computed cannot be filled in.
    let asked = |field: &Field| field.kind() != Kind::Derived && *field != Field::Horizon;
    let columns = Field::all(&years.unwrap_or_default()).into_iter().filter(asked).collect();
    let sheets = Horizon::ALL.into_iter().map(|horizon| ListSheet::of(horizon, Vec::new())).collect();
    let bytes = workbook(&ListBook { reporter, plan_year: None, columns, sheets });
    let bytes = bytes.map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    let written = || -> std::io::Result<File> {
        let mut file = tempfile::tempfile()?;
        file.write_all(&bytes)?;
        file.rewind()?;
        Ok(file)
    };
    let file = written().map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    download(file, t!(locale, annotated.template_name).to_owned())
}

fn download(file: File, name: String) -> Outcome<Download> {
    let size = file.metadata().map_err(|fault| Failure::Unexpected(fault.to_string()))?.len();
    Ok(Download { file, size, name, media_type: XLSX.to_owned() })
}
