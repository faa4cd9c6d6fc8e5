//! Why a use case did not happen, before it becomes an answer. Knows no status code.

use contract::error::{ApiError, FieldErrors, FieldFault, Refusal, StaleField};
use domain::permission::Forbidden;
use store::{Conflict, Fault};

/// The result of every use case.
pub type Outcome<T> = Result<T, Failure>;

/// Everything that can stop a use case.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("signed out")]
    SignedOut,
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Missing, or outside the person's area.
    #[error("not found")]
    NotFound,
    #[error("invalid")]
    Invalid(FieldErrors),
    #[error("refused: {0:?}")]
    Refused(Refusal),
    #[error("stale")]
    Stale(Vec<StaleField>),
    #[error("busy")]
    Busy,
    /// Lost against another transaction, wholly undone: may be tried again at once.
    #[error("contended")]
    Contended,
    /// Logged once with its chain; the person sees a reference.
    #[error("unexpected: {0}")]
    Unexpected(String),
}

impl Failure {
    /// One wrong input.
    pub fn field(name: &str, fault: FieldFault) -> Failure {
        let mut errors = FieldErrors::new();
        errors.add(name, fault);
        Failure::Invalid(errors)
    }

    /// The answer on the wire. An unexpected fault is logged here, once, under `reference`.
    pub fn into_api(self, reference: &str) -> ApiError {
        match self {
            Failure::SignedOut => ApiError::SignedOut,
            Failure::Forbidden(forbidden) => ApiError::Forbidden { action: forbidden.action },
            Failure::NotFound => ApiError::NotFound,
            Failure::Invalid(errors) => ApiError::Invalid { errors },
            Failure::Refused(refusal) => ApiError::Refused { refusal },
            Failure::Stale(conflicts) => ApiError::Stale { conflicts },
            Failure::Busy | Failure::Contended => ApiError::Busy,
            Failure::Unexpected(chain) => {
                tracing::error!(reference, chain, "unexpected fault");
                ApiError::Unexpected { reference: reference.to_owned() }
            }
        }
    }
}

impl From<FieldErrors> for Failure {
    fn from(errors: FieldErrors) -> Failure {
        Failure::Invalid(errors)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        match fault {
            Fault::Conflict(conflict) => taken(conflict),
            Fault::Stale { .. } => Failure::Stale(Vec::new()),
            Fault::Missing { .. } => Failure::NotFound,
            // The forms take such characters out; what still brings one is no text of ours.
            Fault::Unstorable => Failure::field("text", FieldFault::Wrong),
            Fault::KeyReused => Failure::Refused(Refusal::KeyReused),
            Fault::Retry(_) => Failure::Contended,
            Fault::Busy(_) => Failure::Busy,
            fault @ (Fault::Corrupt { .. } | Fault::Unfit(_) | Fault::Database(_) | Fault::File(_)) => {
                Failure::Unexpected(fault.to_string())
            }
        }
    }
}

impl From<domain::ledger::Refusal> for Failure {
    fn from(refusal: domain::ledger::Refusal) -> Failure {
        Failure::Refused(Refusal::Ledger { refusal })
    }
}

impl From<domain::review::workflow::Refusal> for Failure {
    fn from(refusal: domain::review::workflow::Refusal) -> Failure {
        Failure::Refused(Refusal::Review { refusal })
    }
}

impl From<domain::site::need::Refusal> for Failure {
    fn from(refusal: domain::site::need::Refusal) -> Failure {
        Failure::Refused(Refusal::Need { refusal })
    }
}

impl From<domain::statement::working::Refusal> for Failure {
    fn from(refusal: domain::statement::working::Refusal) -> Failure {
        Failure::Refused(Refusal::Statement { refusal })
    }
}

impl From<domain::ledger::reconcile::Refusal> for Failure {
    fn from(refusal: domain::ledger::reconcile::Refusal) -> Failure {
        Failure::Refused(Refusal::Reconcile { refusal })
    }
}

impl From<domain::dispatch::book::Refusal> for Failure {
    fn from(refusal: domain::dispatch::book::Refusal) -> Failure {
        Failure::Refused(Refusal::Dispatch { refusal })
    }
}

impl From<domain::jobs::edition::Refusal> for Failure {
    fn from(refusal: domain::jobs::edition::Refusal) -> Failure {
        Failure::Refused(Refusal::Coefficients { refusal })
    }
}

impl From<domain::fund::Refusal> for Failure {
    fn from(refusal: domain::fund::Refusal) -> Failure {
        Failure::Refused(Refusal::Fund { refusal })
    }
}

/// A value that somebody or something else has is a fault of its input.
fn taken(conflict: Conflict) -> Failure {
    let name = match conflict {
        Conflict::CodeTaken | Conflict::SiteCodeTaken => "code",
        Conflict::NumberTaken => "number",
        Conflict::LoginTaken => "login",
        Conflict::SiteNameTaken => "name",
        Conflict::SynonymTaken => "synonym",
        Conflict::AreaPathTaken => "area",
        Conflict::AlreadyListed => "horizon",
        Conflict::NoticeTaken => "document",
        Conflict::EntryReversed => "entry",
        Conflict::MonthClosed => "month",
    };
    Failure::field(name, FieldFault::Taken)
}
