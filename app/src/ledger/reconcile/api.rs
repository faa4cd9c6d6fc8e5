//! The doors of reconciliations, one line each.

use contract::error::ApiError;
use contract::ledger::reconcile::{JudgeForm, ReconciliationView, ReconciliationsView, StepForm};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

/// Those of the own area.
#[server(prefix = "/api", endpoint = "ledger/reconciliations", input = GetUrl)]
pub async fn reconciliations() -> Result<ReconciliationsView, ApiError> {
    crate::bridge::ask(service::ledger::reconcile::list).await
}

/// One with its differences.
#[server(prefix = "/api", endpoint = "ledger/reconciliation", input = GetUrl)]
pub async fn reconciliation(reconciliation: String) -> Result<ReconciliationView, ApiError> {
    let form = contract::ledger::reconcile::ReconciliationForm { reconciliation };
    crate::bridge::read(&form, service::ledger::reconcile::one).await
}

/// Keeps an export and matches it.
#[server(prefix = "/api", endpoint = "ledger/reconcile/upload", input = MultipartFormData)]
pub async fn bring_export(data: MultipartData) -> Result<ReconciliationView, ApiError> {
    crate::bridge::send_then::<contract::ledger::reconcile::BankFileForm, _>(
        data,
        service::ledger::reconcile::bring,
        super::address::brought,
    )
    .await
}

/// A step of whoever matches.
#[server(prefix = "/api", endpoint = "ledger/reconcile/step")]
pub async fn take_step(form: StepForm) -> Result<ReconciliationView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::reconcile::step,
        super::address::stepped,
        super::address::retyped,
    )
    .await
}

/// The word of the second person.
#[server(prefix = "/api", endpoint = "ledger/reconcile/judge")]
pub async fn judge_reconciliation(form: JudgeForm) -> Result<ReconciliationView, ApiError> {
    crate::bridge::write_or_back(
        &form,
        service::ledger::reconcile::judge,
        super::address::stepped,
        super::address::unjudged,
    )
    .await
}
