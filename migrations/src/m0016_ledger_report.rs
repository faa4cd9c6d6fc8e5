//! Reports of closed months as they were first issued: what was known, the names that stood then, and the digest of the
//! bytes that went out. Knows no figure: those are a function of the entries.
//!
//! Append only, kept so by the databases: an issue is never taken back, a later one stands beside it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TABLES).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards = if is_postgres { POSTGRES_GUARDS } else { SQLITE_GUARDS };
        manager.get_connection().execute_unprepared(guards).await.map(|_| ())
    }
}

/// `known_at` is a place in the chain of entries; `frozen` holds names and editions of rules as they stood.
const TABLES: &str = "
CREATE TABLE ledger_report (
    id TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    month TEXT NOT NULL,
    known_at BIGINT NOT NULL,
    frozen TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    issuer TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_ledger_report PRIMARY KEY (id),
    CONSTRAINT uq_ledger_report UNIQUE (area_code, month, known_at),
    CONSTRAINT fk_ledger_report_issuer FOREIGN KEY (issuer) REFERENCES account (id),
    CONSTRAINT ck_ledger_report_known CHECK (known_at >= 0)
);
CREATE INDEX ix_ledger_report_area ON ledger_report (area_path, month, at);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_ledger_report_no_update BEFORE UPDATE ON ledger_report BEGIN SELECT RAISE(ABORT, 'ledger_report_is_append_only'); END;
CREATE TRIGGER tr_ledger_report_no_delete BEFORE DELETE ON ledger_report BEGIN SELECT RAISE(ABORT, 'ledger_report_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_ledger_report_append BEFORE UPDATE OR DELETE ON ledger_report FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_ledger_report_truncate BEFORE TRUNCATE ON ledger_report FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
