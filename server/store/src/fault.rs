//! What the storage can say no with. Named constraints become facts here; nothing above sees a database message.

use sea_orm::{DbErr, RuntimeErr};

/// A value that must be unique and is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    CodeTaken,
    NumberTaken,
    LoginTaken,
    SiteCodeTaken,
    SiteNameTaken,
    SynonymTaken,
    AreaPathTaken,
    AlreadyListed,
    NoticeTaken,
    /// Somebody else reversed the entry first.
    EntryReversed,
    MonthClosed,
}

/// Why the storage did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// The row was changed since it was read.
    #[error("stale {table}")]
    Stale { table: &'static str },
    /// No such row in the scope.
    #[error("no such {table}")]
    Missing { table: &'static str },
    /// Lost against another transaction; the whole use case may be tried again.
    #[error("serialisation: {0}")]
    Retry(DbErr),
    /// The storage is busy or away.
    #[error("busy: {0}")]
    Busy(DbErr),
    /// A stored row breaks an invariant.
    #[error("corrupt row in {table}: {id}")]
    Corrupt { table: &'static str, id: String },
    /// The database is not fit to be served.
    #[error("unfit database: {0}")]
    Unfit(String),
    /// A text holds the character 0, which cannot be stored.
    #[error("text with the character 0")]
    Unstorable,
    /// The same idempotency key came with another body.
    #[error("idempotency key reused")]
    KeyReused,
    #[error("database: {0}")]
    Database(DbErr),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
}

/// Constraint names (PostgreSQL) and `table.column` lists (SQLite) with the fact they stand for.
const CONFLICTS: [(&str, &str, Conflict); 12] = [
    ("uq_project_code", "project.code", Conflict::CodeTaken),
    ("uq_project_number", "project.number", Conflict::NumberTaken),
    ("uq_account_login", "account.login", Conflict::LoginTaken),
    ("uq_site_code", "site.code", Conflict::SiteCodeTaken),
    ("uq_site_name", "site.area_code, site.folded", Conflict::SiteNameTaken),
    ("uq_synonym", "synonym.kind, synonym.folded", Conflict::SynonymTaken),
    ("uq_area_path", "area.path", Conflict::AreaPathTaken),
    ("pk_area", "area.code", Conflict::AreaPathTaken),
    ("uq_notice", "notice.document_key", Conflict::NoticeTaken),
    ("uq_ledger_entry_reverses", "ledger_entry.reverses", Conflict::EntryReversed),
    ("uq_ledger_closing", "ledger_closing.area_code", Conflict::MonthClosed),
    ("pk_list_entry", "list_entry.project_id", Conflict::AlreadyListed),
];

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Fault {
        let text = error.to_string();
        let unique = text.contains("UNIQUE constraint failed") || text.contains("duplicate key value");
        if unique
            && let Some((.., conflict)) =
                CONFLICTS.iter().find(|(name, columns, _)| text.contains(name) || text.contains(columns))
        {
            return Fault::Conflict(*conflict);
        }
        match code(&error).as_deref() {
            Some("40001" | "40P01") => Fault::Retry(error),
            // Somebody took the project away, or wrote money on it, while this waited for him.
            Some("23503") if text.contains("_project\"") => Fault::Stale { table: "project" },
            // 55P03 lock timeout, 57014 statement timeout, 53300 too many connections; 5 and 6 are SQLite's BUSY and LOCKED.
            Some("55P03" | "57014" | "53300" | "5" | "6" | "517" | "261") => Fault::Busy(error),
            Some(_) | None if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => {
                Fault::Busy(error)
            }
            Some(_) | None => Fault::Database(error),
        }
    }
}

/// The database's own code of an error.
fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner.as_database_error().and_then(|inner| inner.code()).map(|code| code.into_owned())
}
