//! The audit trail: a chain of hashes that nothing may change, kept so by the databases themselves.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TRAIL).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards = if is_postgres { POSTGRES_GUARDS } else { SQLITE_GUARDS };
        manager.get_connection().execute_unprepared(guards).await.map(|_| ())
    }
}

const TRAIL: &str = "
CREATE TABLE audit (
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    user_id TEXT,
    login TEXT,
    role TEXT NOT NULL,
    ip TEXT,
    action TEXT NOT NULL,
    area_path TEXT NOT NULL,
    object TEXT NOT NULL,
    object_id TEXT,
    detail TEXT NOT NULL,
    before_digest TEXT,
    after_digest TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (seq),
    CONSTRAINT uq_audit_prev UNIQUE (prev_hash)
);
CREATE INDEX ix_audit_area ON audit (area_path, seq);
CREATE INDEX ix_audit_object ON audit (object, object_id);
CREATE TABLE audit_head (
    name TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (name)
);
INSERT INTO audit_head (name, seq, hash) VALUES ('head', 0, '');
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE TRIGGER tr_audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
CREATE TRIGGER tr_change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'change_is_append_only'); END;
CREATE TRIGGER tr_change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'change_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%_is_append_only', TG_TABLE_NAME; END $$;
CREATE TRIGGER tr_audit_append BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_audit_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_change_append BEFORE UPDATE OR DELETE ON change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_change_truncate BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
