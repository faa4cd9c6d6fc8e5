//! Workbooks on their way in, and the words people taught the importer.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

const SCHEMA: &str = r#"
CREATE TABLE import_batch (
    id $ID NOT NULL CONSTRAINT pk_import_batch PRIMARY KEY,
    number $BIG NOT NULL,
    account_id $ID NOT NULL CONSTRAINT fk_import_batch_account REFERENCES account (id),
    area_path $TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 $HASH NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    plan_year INTEGER NOT NULL,
    mapping TEXT NOT NULL,
    summary TEXT NOT NULL,
    change_set_id $ID,
    created_at $TIME NOT NULL,
    committed_at $TIME,
    version $BIG NOT NULL
)
--;
CREATE INDEX ix_import_batch_area ON import_batch (area_path, id)
--;
CREATE TABLE import_row (
    batch_id $ID NOT NULL CONSTRAINT fk_import_row REFERENCES import_batch (id),
    seq $BIG NOT NULL,
    sheet TEXT NOT NULL,
    row_number $BIG NOT NULL,
    outcome TEXT NOT NULL,
    name TEXT NOT NULL,
    cells TEXT NOT NULL,
    findings TEXT NOT NULL,
    changes TEXT NOT NULL,
    target $ID,
    target_version $BIG,
    choice TEXT,
    CONSTRAINT pk_import_row PRIMARY KEY (batch_id, seq)
)
--;
CREATE INDEX ix_import_row_outcome ON import_row (batch_id, outcome, seq)
--;
CREATE TABLE synonym (
    id $ID NOT NULL CONSTRAINT pk_synonym PRIMARY KEY,
    area_path $TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_synonym_kind CHECK (kind IN ('heading','area','site','source','category')),
    folded TEXT NOT NULL,
    meaning TEXT NOT NULL,
    taught_by $ID,
    taught_at $TIME NOT NULL,
    CONSTRAINT uq_synonym UNIQUE (area_path, kind, folded)
)
"#;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, SCHEMA).await
    }
}
