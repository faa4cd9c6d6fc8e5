//! Uploaded workbooks on their way in: what was read, what was found, what the person chose.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, IMPORTS).await
    }
}

const IMPORTS: &str = "
CREATE TABLE import_batch (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    area_path TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    plan_year BIGINT NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_known BIGINT,
    settings TEXT NOT NULL,
    summary TEXT NOT NULL,
    change_set_id TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_import_batch PRIMARY KEY (id),
    CONSTRAINT fk_import_batch_user FOREIGN KEY (user_id) REFERENCES account (id),
    CONSTRAINT ck_import_batch_state CHECK (state IN ('reading', 'failed', 'staged', 'committed', 'undone', 'cancelled')),
    CONSTRAINT ck_import_batch_kind CHECK (kind IN ('projects', 'sites'))
);
CREATE INDEX ix_import_batch_user ON import_batch (user_id, created_at);
CREATE TABLE import_row (
    batch_id TEXT NOT NULL,
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    parsed TEXT NOT NULL,
    outcome TEXT NOT NULL,
    findings TEXT NOT NULL,
    target TEXT,
    base_version BIGINT,
    choice TEXT,
    CONSTRAINT pk_import_row PRIMARY KEY (batch_id, sheet, row_number),
    CONSTRAINT fk_import_row_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
);
CREATE INDEX ix_import_row_outcome ON import_row (batch_id, outcome, sheet, row_number);
";
