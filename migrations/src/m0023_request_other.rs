//! The project that a transfer on its way gives to, beside the order: it is kept from removal like the giving one.
//!
//! A request whose receiver was removed before this step names nobody.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, COLUMN).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        crate::run(manager, if is_postgres { POSTGRES_KEPT } else { SQLITE_KEPT }).await
    }
}

const COLUMN: &str = "
ALTER TABLE ledger_request ADD COLUMN other_project TEXT CONSTRAINT fk_ledger_request_other REFERENCES project (id);
CREATE INDEX ix_ledger_request_other ON ledger_request (other_project);
";

/// Only an order of kind `transfer` says `to`.
const SQLITE_KEPT: &str = "
UPDATE ledger_request SET other_project = (SELECT p.id FROM project p WHERE p.id = json_extract(ledger_request.body, '$.to'))
WHERE json_extract(body, '$.order') = 'transfer';
";

const POSTGRES_KEPT: &str = "
UPDATE ledger_request SET other_project = (SELECT p.id FROM project p WHERE p.id = ledger_request.body::jsonb ->> 'to')
WHERE body::jsonb ->> 'order' = 'transfer';
";
