//! The doors of this slice, one line each.

use contract::error::ApiError;
use contract::ledger::batch::{BatchView, BatchesView, PreviewView};
use contract::ledger::form::{
    BalanceForm, BatchStepForm, CloseForm, ControlForm, DecideForm, IssueForm, LedgerForm, PostEntryForm,
    ReopenForm, StandingForm,
};
use contract::ledger::report::{ReportComparison, ReportView, ReportsView};
use contract::ledger::standing::{MoneyView, StandingView};
use contract::ledger::{
    BalanceView, BlankEntryView, ControlView, EntryLine, InvertedView, LedgerView, MonthsView, PaperView,
    PositionsView, RequestView, RequestsView, TotalsView,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// One page of entries with the sums of the whole filter.
#[server(prefix = "/api", endpoint = "ledger/entries", input = GetUrl)]
pub async fn entries(#[server(default)] form: LedgerForm) -> Result<LedgerView, ApiError> {
    crate::bridge::read(&form, service::ledger::entries).await
}

/// One entry.
#[server(prefix = "/api", endpoint = "ledger/entry", input = GetUrl)]
pub async fn entry(entry: String) -> Result<EntryLine, ApiError> {
    crate::bridge::read(&contract::ledger::form::EntryForm { entry }, service::ledger::one).await
}

/// Sums of a filter.
#[server(prefix = "/api", endpoint = "ledger/totals", input = GetUrl)]
pub async fn totals(#[server(default)] form: LedgerForm) -> Result<TotalsView, ApiError> {
    crate::bridge::read(&form, service::ledger::totals).await
}

/// One page of positions.
#[server(prefix = "/api", endpoint = "ledger/positions", input = GetUrl)]
pub async fn positions(#[server(default)] form: LedgerForm) -> Result<PositionsView, ApiError> {
    crate::bridge::read(&form, service::ledger::positions).await
}

/// Pairs of project and source out of order.
#[server(prefix = "/api", endpoint = "ledger/inverted", input = GetUrl)]
pub async fn inverted(#[server(default)] form: LedgerForm) -> Result<InvertedView, ApiError> {
    crate::bridge::read(&form, service::ledger::inverted).await
}

/// What stands beside the amount while it is typed.
#[server(prefix = "/api", endpoint = "ledger/balances", input = GetUrl)]
pub async fn balances(#[server(default)] form: BalanceForm) -> Result<BalanceView, ApiError> {
    crate::bridge::read(&form, service::ledger::balances).await
}

/// What an empty entry form needs.
#[server(prefix = "/api", endpoint = "ledger/blank", input = GetUrl)]
pub async fn blank() -> Result<BlankEntryView, ApiError> {
    crate::bridge::ask(service::ledger::request::blank).await
}

/// Makes or changes a request.
#[server(prefix = "/api", endpoint = "ledger/post_entry")]
pub async fn post_entry(form: PostEntryForm) -> Result<RequestView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::request::post,
        super::address::posted,
        super::address::retyped,
    )
    .await
}

/// Postings on their way.
#[server(prefix = "/api", endpoint = "ledger/requests", input = GetUrl)]
pub async fn requests() -> Result<RequestsView, ApiError> {
    crate::bridge::ask(service::ledger::request::requests).await
}

/// One posting on its way; nothing while none is named.
#[server(prefix = "/api", endpoint = "ledger/request", input = GetUrl)]
pub async fn request(request: String) -> Result<RequestView, ApiError> {
    crate::bridge::read(&contract::ledger::form::RequestForm { request }, service::ledger::request::one).await
}

/// Submits, withdraws, approves or returns a request.
#[server(prefix = "/api", endpoint = "ledger/decide")]
pub async fn decide(form: DecideForm) -> Result<RequestView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::request::decide,
        super::address::decided,
        super::address::undecided,
    )
    .await
}

/// Months of the own books.
#[server(prefix = "/api", endpoint = "ledger/months", input = GetUrl)]
pub async fn months() -> Result<MonthsView, ApiError> {
    crate::bridge::ask(service::ledger::month::months).await
}

/// Closes the next month.
#[server(prefix = "/api", endpoint = "ledger/close_month")]
pub async fn close_month(form: CloseForm) -> Result<MonthsView, ApiError> {
    crate::bridge::write_then(&form, service::ledger::month::close, super::address::months_done).await
}

/// Asks to open a month again, grants what another person asked, or refuses it.
#[server(prefix = "/api", endpoint = "ledger/reopen_month")]
pub async fn reopen_month(form: ReopenForm) -> Result<MonthsView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::month::reopen,
        super::address::months_done,
        super::address::still_closed,
    )
    .await
}

/// Reads and judges a book; keeps nothing.
#[server(prefix = "/api", endpoint = "ledger/preview/upload", input = MultipartFormData)]
pub async fn preview_book(data: MultipartData) -> Result<PreviewView, ApiError> {
    crate::bridge::send_then::<contract::ledger::form::BookForm, _>(
        data,
        service::ledger::import::preview,
        super::address::previewed,
    )
    .await
}

/// Stages the new lines of a book as a batch.
#[server(prefix = "/api", endpoint = "ledger/upload", input = MultipartFormData)]
pub async fn upload_book(data: MultipartData) -> Result<BatchView, ApiError> {
    crate::bridge::send_then::<contract::ledger::form::BookForm, _>(
        data,
        service::ledger::import::stage,
        super::address::batch_done,
    )
    .await
}

/// Batches of the own area.
#[server(prefix = "/api", endpoint = "ledger/batches", input = GetUrl)]
pub async fn batches() -> Result<BatchesView, ApiError> {
    crate::bridge::ask(service::ledger::import::batches).await
}

/// One batch with its findings.
#[server(prefix = "/api", endpoint = "ledger/batch", input = GetUrl)]
pub async fn batch(batch: String) -> Result<BatchView, ApiError> {
    crate::bridge::read(&contract::ledger::form::BatchForm { batch }, service::ledger::import::one).await
}

/// Writes a batch that somebody else made.
#[server(prefix = "/api", endpoint = "ledger/approve_batch")]
pub async fn approve_batch(form: BatchStepForm) -> Result<BatchView, ApiError> {
    crate::bridge::write_then(&form, service::ledger::import::approve, super::address::batch_done).await
}

/// Sends a batch back to its maker.
#[server(prefix = "/api", endpoint = "ledger/return_batch")]
pub async fn return_batch(form: BatchStepForm) -> Result<BatchView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::import::give_back,
        super::address::batch_done,
        super::address::batch_retyped,
    )
    .await
}

/// Stages the reversals of a batch.
#[server(prefix = "/api", endpoint = "ledger/undo_batch")]
pub async fn undo_batch(form: BatchStepForm) -> Result<BatchView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::import::undo,
        super::address::batch_done,
        super::address::batch_retyped,
    )
    .await
}

/// The control matrix with its editions.
#[server(prefix = "/api", endpoint = "ledger/control", input = GetUrl)]
pub async fn control() -> Result<ControlView, ApiError> {
    crate::bridge::ask(service::ledger::control::view).await
}

/// Makes the next edition of the matrix.
#[server(prefix = "/api", endpoint = "ledger/edit_control")]
pub async fn edit_control(form: ControlForm) -> Result<ControlView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::control::edit,
        super::address::control_saved,
        super::address::control_retyped,
    )
    .await
}

/// Where money stands and since when.
#[server(prefix = "/api", endpoint = "ledger/standing", input = GetUrl)]
pub async fn standing(#[server(default)] form: StandingForm) -> Result<StandingView, ApiError> {
    crate::bridge::read(&form, service::ledger::standing::standing).await
}

/// One project's money by source and year, and its payments beside its plan.
#[server(prefix = "/api", endpoint = "ledger/project_money", input = GetUrl)]
pub async fn project_money(project: String) -> Result<MoneyView, ApiError> {
    crate::bridge::read(&contract::ledger::form::MoneyForm { project }, service::ledger::project_money::money)
        .await
}

/// Every entry of a filter, for paper.
#[server(prefix = "/api", endpoint = "ledger/paper", input = GetUrl)]
pub async fn paper(#[server(default)] form: LedgerForm) -> Result<PaperView, ApiError> {
    crate::bridge::read(&form, service::ledger::export::paper).await
}

/// Reports that were issued.
#[server(prefix = "/api", endpoint = "ledger/reports", input = GetUrl)]
pub async fn reports() -> Result<ReportsView, ApiError> {
    crate::bridge::ask(service::ledger::report::reports).await
}

/// One report as it was first issued.
#[server(prefix = "/api", endpoint = "ledger/report", input = GetUrl)]
pub async fn report(report: String) -> Result<ReportView, ApiError> {
    crate::bridge::read(&contract::ledger::form::ReportForm { report }, service::ledger::report::one).await
}

/// A report beside what is known now.
#[server(prefix = "/api", endpoint = "ledger/compare_report", input = GetUrl)]
pub async fn compare_report(report: String) -> Result<ReportComparison, ApiError> {
    crate::bridge::read(&contract::ledger::form::ReportForm { report }, service::ledger::report::compare)
        .await
}

/// Issues the report of a closed month.
#[server(prefix = "/api", endpoint = "ledger/issue_report")]
pub async fn issue_report(form: IssueForm) -> Result<ReportView, ApiError> {
    crate::bridge::write_then(&form, service::ledger::report::issue, super::address::issued).await
}
