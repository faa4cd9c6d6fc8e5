//! History of communities, names of people made findable, and tables that administrators uploaded and not yet took over.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, HISTORY).await?;
        crate::run(manager, STAGED).await?;
        crate::run(manager, "ALTER TABLE account ADD COLUMN search TEXT NOT NULL DEFAULT ''").await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards = if is_postgres { POSTGRES_GUARDS } else { SQLITE_GUARDS };
        manager.get_connection().execute_unprepared(guards).await.map(|_| ())
    }
}

const HISTORY: &str = "
CREATE TABLE site_change (
    site_id TEXT NOT NULL,
    version_after BIGINT NOT NULL,
    field TEXT NOT NULL,
    seq BIGINT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    at BIGINT NOT NULL,
    actor TEXT,
    CONSTRAINT pk_site_change PRIMARY KEY (site_id, version_after, field)
);
";

const STAGED: &str = "
CREATE TABLE staged_table (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_staged_table PRIMARY KEY (id),
    CONSTRAINT fk_staged_table_user FOREIGN KEY (user_id) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT ck_staged_table_kind CHECK (kind IN ('areas', 'people'))
);
CREATE INDEX ix_staged_table_created ON staged_table (created_at);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_site_change_no_update BEFORE UPDATE ON site_change BEGIN SELECT RAISE(ABORT, 'site_change_is_append_only'); END;
CREATE TRIGGER tr_site_change_no_delete BEFORE DELETE ON site_change BEGIN SELECT RAISE(ABORT, 'site_change_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_site_change_append BEFORE UPDATE OR DELETE ON site_change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_site_change_truncate BEFORE TRUNCATE ON site_change FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
