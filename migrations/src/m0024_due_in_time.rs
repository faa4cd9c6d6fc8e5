//! The due day beside a finding is that of an order which its unit still owes: one that was reported done in time has none
//! any more, while it waits for the one who checks.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        crate::run(manager, if is_postgres { POSTGRES } else { SQLITE }).await
    }
}

const SQLITE: &str = "
UPDATE finding SET due_on = NULL WHERE state = 'rectified' AND json_extract(state_body, '$.reported.on') <= due_on;
";

const POSTGRES: &str = "
UPDATE finding SET due_on = NULL WHERE state = 'rectified' AND state_body::json -> 'reported' ->> 'on' <= due_on;
";
