//! Editions of the rules of funding sources. Knows no rule: what an edition says is kept as the rules write it.
//!
//! What the product comes with is number 1 of every source and is put in before the first edition of a person.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TABLE).await
    }
}

const TABLE: &str = "
CREATE TABLE source_edition (
    source TEXT NOT NULL,
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    CONSTRAINT pk_source_edition PRIMARY KEY (source, number),
    CONSTRAINT fk_source_edition_created_by FOREIGN KEY (created_by) REFERENCES account (id),
    CONSTRAINT ck_source_edition_number CHECK (number > 0)
);
";
