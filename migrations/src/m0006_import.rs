//! What a person decides about the rows of a workbook, and what became of each row, so that it can be taken back.
//!
//! `import_row.seq` numbers the rows in file order. `import_done` holds one line a row that went in: the thing that was
//! made or changed, its version then, and for a community what it was before (projects have their own history).

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, DECISIONS).await
    }
}

const DECISIONS: &str = "
ALTER TABLE import_row ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_row ADD COLUMN mends TEXT NOT NULL DEFAULT '{}';
ALTER TABLE import_row ADD COLUMN judged TEXT NOT NULL DEFAULT '{}';
CREATE INDEX ix_import_row_seq ON import_row (batch_id, seq);
CREATE INDEX ix_import_row_outcome_seq ON import_row (batch_id, outcome, seq);
CREATE TABLE import_done (
    batch_id TEXT NOT NULL,
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    object_id TEXT NOT NULL,
    effect TEXT NOT NULL,
    version_after BIGINT NOT NULL,
    before TEXT,
    undone_by TEXT,
    CONSTRAINT pk_import_done PRIMARY KEY (batch_id, sheet, row_number),
    CONSTRAINT fk_import_done_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE,
    CONSTRAINT ck_import_done_effect CHECK (effect IN ('created', 'changed'))
);
CREATE INDEX ix_import_done_object ON import_done (object_id);
";
