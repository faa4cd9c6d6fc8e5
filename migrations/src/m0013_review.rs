//! Editions of review rules, findings with where they stand, and every step that a person or a run took. Knows no rule:
//! what an edition asks and what a finding says are kept as the rules write them.
//!
//! One rule has at most one finding about one subject; `project_id` is empty for a site or an area. `finding_step` is
//! append only, kept so by the databases.

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

const TABLES: &str = "
CREATE TABLE rule_edition (
    rule TEXT NOT NULL,
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    CONSTRAINT pk_rule_edition PRIMARY KEY (rule, number),
    CONSTRAINT fk_rule_edition_created_by FOREIGN KEY (created_by) REFERENCES account (id),
    CONSTRAINT ck_rule_edition_number CHECK (number > 0)
);
CREATE TABLE finding (
    id TEXT NOT NULL,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    edition BIGINT NOT NULL,
    level TEXT NOT NULL,
    group_key TEXT NOT NULL,
    area_path TEXT NOT NULL,
    project_id TEXT,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    state_body TEXT NOT NULL,
    version BIGINT NOT NULL,
    found_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_finding PRIMARY KEY (id),
    CONSTRAINT uq_finding UNIQUE (rule, subject),
    CONSTRAINT fk_finding_edition FOREIGN KEY (rule, edition) REFERENCES rule_edition (rule, number),
    CONSTRAINT fk_finding_project FOREIGN KEY (project_id) REFERENCES project (id),
    CONSTRAINT ck_finding_state CHECK (state IN ('pending', 'verified', 'dismissed', 'rectifying', 'rectified', 'closed', 'vanished')),
    CONSTRAINT ck_finding_level CHECK (level IN ('hint', 'warning', 'red'))
);
CREATE INDEX ix_finding_area ON finding (area_path, state, rule);
CREATE INDEX ix_finding_project ON finding (project_id);
CREATE TABLE finding_step (
    finding_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    state_body TEXT NOT NULL,
    by_account TEXT,
    at BIGINT NOT NULL,
    CONSTRAINT pk_finding_step PRIMARY KEY (finding_id, number),
    CONSTRAINT fk_finding_step_finding FOREIGN KEY (finding_id) REFERENCES finding (id),
    CONSTRAINT fk_finding_step_by FOREIGN KEY (by_account) REFERENCES account (id)
);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_finding_step_no_update BEFORE UPDATE ON finding_step BEGIN SELECT RAISE(ABORT, 'finding_step_is_append_only'); END;
CREATE TRIGGER tr_finding_step_no_delete BEFORE DELETE ON finding_step BEGIN SELECT RAISE(ABORT, 'finding_step_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_finding_step_append BEFORE UPDATE OR DELETE ON finding_step FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_finding_step_truncate BEFORE TRUNCATE ON finding_step FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
