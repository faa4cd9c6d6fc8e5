//! Commands that are carried out once under their key: the first answer is kept and given again. Knows no command.

use crate::failure::{Failure, Outcome};
use domain::permission::Permit;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use store::Tx;
use store::idempotency::{self, Claim};

/// The answer given before, or `None` when this is the first time.
pub(crate) async fn before<T: DeserializeOwned>(
    tx: &Tx,
    permit: &Permit,
    route: &str,
    key: &str,
    command: &(impl Debug + Sync),
) -> Outcome<Option<T>> {
    let body = format!("{command:?}");
    match idempotency::claim(tx, permit, route, key, body.as_bytes()).await? {
        Claim::Fresh => Ok(None),
        Claim::Done { answer } => {
            serde_json::from_str(&answer).map(Some).map_err(|fault| Failure::Unexpected(fault.to_string()))
        }
    }
}

/// Keeps the answer under its key and commits.
pub(crate) async fn settle<T: Serialize>(
    tx: Tx,
    permit: &Permit,
    route: &str,
    key: &str,
    answer: T,
) -> Outcome<T> {
    let text = serde_json::to_string(&answer).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
    idempotency::keep(&tx, permit, route, key, &text).await?;
    tx.commit().await?;
    Ok(answer)
}
