//! What can go wrong below the rules. Named constraints become facts here, so a duplicate is a field error and not a 500.

use sea_orm::DbErr;

/// A named constraint that a write ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// `uq_project_code`
    CodeTaken,
    /// `uq_project_number`
    NumberTaken,
    /// `uq_account_login`
    LoginTaken,
    /// `uq_site_code`
    SiteCodeTaken,
}

/// A failure of storage.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("constraint: {0:?}")]
    Conflict(Conflict),
    /// The row changed since it was read.
    #[error("stale row in {table}")]
    Stale { table: &'static str },
    /// Missing, or outside the scope: not told apart.
    #[error("no such row in {table}")]
    NotFound { table: &'static str },
    /// A row breaks an invariant; never repaired silently.
    #[error("corrupt row {id} in {table}")]
    Corrupt { table: &'static str, id: String },
    /// The same idempotency key came with another body.
    #[error("idempotency key used for another request")]
    KeyReused,
    /// The product refuses to work with this database; the text says why.
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Database(DbErr),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Fault {
        let text = error.to_string();
        // SQLite names the columns of a unique constraint, PostgreSQL the constraint.
        let known = [
            (Conflict::CodeTaken, ["uq_project_code", "project.code"]),
            (Conflict::NumberTaken, ["uq_project_number", "project.number"]),
            (Conflict::LoginTaken, ["uq_account_login", "account.login"]),
            (Conflict::SiteCodeTaken, ["uq_site_code", "site.code"]),
        ];
        let is_unique = text.contains("UNIQUE") || text.contains("unique") || text.contains("duplicate key");
        let found = known.into_iter().find(|(_, names)| names.iter().any(|name| text.contains(name)));
        match found.filter(|_| is_unique) {
            Some((conflict, _)) => Fault::Conflict(conflict),
            None => Fault::Database(error),
        }
    }
}
