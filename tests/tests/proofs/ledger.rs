//! The ledger of funds as use cases, on both databases. Books of a province in `book`, postings of a county in `desk`,
//! exports of its bank in `reconcile`, the matrix that judges all in `control`.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

pub mod book;
mod border;
mod control;
mod desk;
mod export;
mod home;
mod journal;
mod locks;
mod pages;
mod reconcile;
mod report;
mod rivals;
mod standing;
mod unread;

use contract::error::{ApiError, Refusal};
use contract::ledger::Sums;
use contract::ledger::command::LedgerQuery;
use domain::ledger::Refusal as No;
use service::{Call, Failure, ledger};

const WEINING: &str = "520526";

async fn totals(call: &Call) -> Sums {
    ledger::totals(call, LedgerQuery::default()).await.unwrap().totals
}

async fn verified(call: &Call) {
    let report = store::verify::verify(&call.read().await.unwrap()).await.unwrap();
    assert_eq!(report.first_breach(), None);
}

fn api<T: std::fmt::Debug>(answer: Result<T, Failure>) -> ApiError {
    answer.unwrap_err().into_api("ref")
}

fn says(answer: ApiError, no: &No) -> bool {
    matches!(answer, ApiError::Refused { refusal: Refusal::Ledger { refusal } } if refusal == *no)
}
