//! What the desk of findings asks for quickly: the source and the due day of a finding beside it; and walks of the rules
//! over an area, with how far each came. Knows no rule.
//!
//! `rules` of a walk is what each rule did, as the use cases write it; `by_account` is empty for a walk of the product
//! itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TABLES).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let filled = if is_postgres { POSTGRES_FILLED } else { SQLITE_FILLED };
        manager.get_connection().execute_unprepared(filled).await.map(|_| ())
    }
}

const TABLES: &str = "
ALTER TABLE finding ADD COLUMN source TEXT;
ALTER TABLE finding ADD COLUMN due_on TEXT;
CREATE INDEX ix_finding_group ON finding (rule, group_key);
CREATE TABLE review_run (
    id TEXT NOT NULL,
    area_path TEXT NOT NULL,
    state TEXT NOT NULL,
    areas_done BIGINT NOT NULL,
    areas BIGINT NOT NULL,
    projects BIGINT NOT NULL,
    found BIGINT NOT NULL,
    vanished BIGINT NOT NULL,
    rules TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    by_account TEXT,
    CONSTRAINT pk_review_run PRIMARY KEY (id),
    CONSTRAINT fk_review_run_by FOREIGN KEY (by_account) REFERENCES account (id),
    CONSTRAINT ck_review_run_state CHECK (state IN ('running', 'done', 'stopped', 'failed'))
);
CREATE INDEX ix_review_run_area ON review_run (area_path, started_at);
";

const SQLITE_FILLED: &str = "
UPDATE finding SET source = json_extract(body, '$.subject.source');
UPDATE finding SET due_on = json_extract(state_body, '$.order.due') WHERE state IN ('rectifying', 'rectified');
";

const POSTGRES_FILLED: &str = "
UPDATE finding SET source = body::json -> 'subject' ->> 'source';
UPDATE finding SET due_on = state_body::json -> 'order' ->> 'due' WHERE state IN ('rectifying', 'rectified');
";
