//! The doors of this slice, one line each.

use contract::dispatch::file::{CommitForm, CommittedView, ImportView, StagedForm, StagedView};
use contract::dispatch::form::{CellsForm, DecideForm, OpenForm, RemindForm, SubmitForm};
use contract::dispatch::{BookView, EditedView, OpenedView, OverviewView, RemindedView};
use contract::error::ApiError;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// A month of every county below.
#[server(prefix = "/api", endpoint = "dispatch/overview", input = GetUrl)]
pub async fn overview(#[server(default)] month: String) -> Result<OverviewView, ApiError> {
    crate::bridge::read(&contract::dispatch::form::MonthForm { month }, service::dispatch::overview).await
}

/// One book.
#[server(prefix = "/api", endpoint = "dispatch/book", input = GetUrl)]
pub async fn book(book: String) -> Result<BookView, ApiError> {
    crate::bridge::read(&contract::dispatch::form::BookForm { book }, service::dispatch::one).await
}

/// Opens a month.
#[server(prefix = "/api", endpoint = "dispatch/open")]
pub async fn open_month(#[server(default)] form: OpenForm) -> Result<OpenedView, ApiError> {
    crate::bridge::write_then(&form, service::dispatch::open, super::address::opened).await
}

/// Notes a reminder.
#[server(prefix = "/api", endpoint = "dispatch/remind")]
pub async fn remind(#[server(default)] form: RemindForm) -> Result<RemindedView, ApiError> {
    crate::bridge::write_then(&form, service::dispatch::remind, super::address::reminded).await
}

/// Changes cells of a book.
#[server(prefix = "/api", endpoint = "dispatch/edit_cells")]
pub async fn edit_cells(form: CellsForm) -> Result<EditedView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::dispatch::edit::edit,
        super::address::edited,
        super::address::not_edited,
    )
    .await
}

/// Hands a book in.
#[server(prefix = "/api", endpoint = "dispatch/submit")]
pub async fn submit(#[server(default)] form: SubmitForm) -> Result<BookView, ApiError> {
    crate::bridge::write_then(&form, service::dispatch::step::submit, super::address::submitted).await
}

/// Accepts a book or gives it back.
#[server(prefix = "/api", endpoint = "dispatch/decide")]
pub async fn decide(form: DecideForm) -> Result<BookView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::dispatch::step::decide,
        super::address::decided,
        super::address::undecided,
    )
    .await
}

/// A book and what a file would change in it.
#[server(prefix = "/api", endpoint = "dispatch/import", input = GetUrl)]
pub async fn staged(#[server(default)] form: StagedForm) -> Result<ImportView, ApiError> {
    crate::bridge::read(&form, service::dispatch::file::preview).await
}

/// Keeps a file aside to be looked at.
#[server(prefix = "/api", endpoint = "dispatch/import/upload", input = MultipartFormData)]
pub async fn upload_return(data: MultipartData) -> Result<StagedView, ApiError> {
    crate::bridge::send_then::<contract::dispatch::file::FileForm, _>(
        data,
        service::dispatch::file::stage,
        super::address::staged,
    )
    .await
}

/// Carries a file out.
#[server(prefix = "/api", endpoint = "dispatch/commit")]
pub async fn commit_return(#[server(default)] form: CommitForm) -> Result<CommittedView, ApiError> {
    crate::bridge::write_then(&form, service::dispatch::file::commit, super::address::committed).await
}
