//! Documents that are made of a month or a quarter (调度汇总表、通报): what they stand on, what a person wrote into them,
//! and every issue with its hash. Knows no layout.
//!
//! `facts` are the figures a document was made of, frozen as JSON when it was begun; `known_at` is the place of the trail that
//! was known, `ledger_at` that of the ledger's chain. `wording` is what a person wrote, `sha256` the digest of `facts`, and in
//! `bulletin_issue` that of the bytes that went out.

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

/// `period` is `2026-10` for a month and `2026-Q3` for a quarter.
const TABLES: &str = "
CREATE TABLE bulletin (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    period TEXT NOT NULL,
    known_at BIGINT NOT NULL,
    ledger_at BIGINT NOT NULL,
    facts TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    wording TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_bulletin PRIMARY KEY (id),
    CONSTRAINT fk_bulletin_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT fk_bulletin_created_by FOREIGN KEY (created_by) REFERENCES account (id),
    CONSTRAINT ck_bulletin_kind CHECK (kind IN ('month', 'quarter')),
    CONSTRAINT ck_bulletin_known CHECK (known_at >= 0 AND ledger_at >= 0)
);
CREATE INDEX ix_bulletin_area ON bulletin (area_path, period, created_at);
CREATE TABLE bulletin_issue (
    bulletin_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    wording TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    issuer TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_bulletin_issue PRIMARY KEY (bulletin_id, number),
    CONSTRAINT fk_bulletin_issue_bulletin FOREIGN KEY (bulletin_id) REFERENCES bulletin (id),
    CONSTRAINT fk_bulletin_issue_issuer FOREIGN KEY (issuer) REFERENCES account (id)
);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_bulletin_issue_no_update BEFORE UPDATE ON bulletin_issue BEGIN SELECT RAISE(ABORT, 'bulletin_issue_is_append_only'); END;
CREATE TRIGGER tr_bulletin_issue_no_delete BEFORE DELETE ON bulletin_issue BEGIN SELECT RAISE(ABORT, 'bulletin_issue_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_bulletin_issue_append BEFORE UPDATE OR DELETE ON bulletin_issue FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_bulletin_issue_truncate BEFORE TRUNCATE ON bulletin_issue FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
