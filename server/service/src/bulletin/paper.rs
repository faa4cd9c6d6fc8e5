//! A document as the bytes of a file, written on a thread that may take its time. Asks no clock.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::Refusal;
use sheet::write::bulletin::{self as write, book, docx};
use std::path::Path;
use store::bulletin::{Head, Kept};

/// What a document goes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Xlsx,
    Docx,
    Pdf,
}

impl Paper {
    pub const fn ending(self) -> &'static str {
        match self {
            Paper::Xlsx => "xlsx",
            Paper::Docx => "docx",
            Paper::Pdf => "pdf",
        }
    }

    /// Media type of the file.
    pub const fn media_type(self) -> &'static str {
        match self {
            Paper::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Paper::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Paper::Pdf => "application/pdf",
        }
    }
}

/// What the file is called.
pub fn name(head: &Head, file: Paper) -> String {
    let word = match file {
        Paper::Xlsx => book::WORD,
        Paper::Docx | Paper::Pdf => "通报",
    };
    format!("{}{}_{word}_{}.{}", head.area_name, head.period, head.known_at, file.ending())
}

pub async fn bytes(call: &Call, kept: Kept, file: Paper) -> Outcome<Vec<u8>> {
    let fonts = call.app().fonts();
    let written = tokio::task::spawn_blocking(move || written(&kept, file, fonts.as_deref()));
    written.await.map_err(unexpected)?
}

fn written(kept: &Kept, file: Paper, fonts: Option<&Path>) -> Outcome<Vec<u8>> {
    let (facts, wording, sha256) = (&kept.facts, &kept.wording, kept.head.sha256.as_str());
    match file {
        Paper::Xlsx => book::workbook(facts, &wording.weights, sha256).map_err(unexpected),
        Paper::Docx => docx::document(&write::paper(facts, wording, sha256)).map_err(unexpected),
        Paper::Pdf => pdf(&write::paper(facts, wording, sha256), fonts),
    }
}

#[cfg(feature = "pdf")]
fn pdf(paper: &contract::bulletin::Paper, fonts: Option<&Path>) -> Outcome<Vec<u8>> {
    use sheet::write::bulletin::pdf::{PdfError, document};
    document(paper, fonts).map_err(|fault| match fault {
        PdfError::NoFont(_) => Failure::Refused(Refusal::NoFont),
        fault @ PdfError::Pdf(_) => unexpected(fault),
    })
}

#[cfg(not(feature = "pdf"))]
fn pdf(_paper: &contract::bulletin::Paper, _fonts: Option<&Path>) -> Outcome<Vec<u8>> {
    Err(Failure::Refused(Refusal::NoPdf))
}

fn unexpected(fault: impl std::fmt::Display) -> Failure {
    Failure::Unexpected(fault.to_string())
}
