//! Splits of fund notices on their way: who gets what, editable until a second person approves and entries are written.
//! Knows no rule of a source.
//!
//! A notice has at most one split on its way, so that two of them cannot count on the same money. Shares are rows of
//! their own, so that a project that gets money cannot be removed meanwhile. `amount_fen` is more than zero.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE notice_split (
    id TEXT NOT NULL,
    notice_id TEXT NOT NULL,
    area_path TEXT NOT NULL,
    state TEXT NOT NULL,
    maker TEXT NOT NULL,
    checker TEXT,
    reason TEXT,
    entries TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_notice_split PRIMARY KEY (id),
    CONSTRAINT fk_notice_split_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
    CONSTRAINT fk_notice_split_maker FOREIGN KEY (maker) REFERENCES account (id),
    CONSTRAINT fk_notice_split_checker FOREIGN KEY (checker) REFERENCES account (id),
    CONSTRAINT ck_notice_split_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned')),
    CONSTRAINT ck_notice_split_two CHECK (checker IS NULL OR checker <> maker)
);
CREATE UNIQUE INDEX uq_open_notice_split ON notice_split (notice_id) WHERE state <> 'approved';
CREATE INDEX ix_notice_split_area ON notice_split (area_path, state, updated_at);
CREATE TABLE notice_share (
    split_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    project_id TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    usage TEXT,
    revenue BIGINT,
    CONSTRAINT pk_notice_share PRIMARY KEY (split_id, number),
    CONSTRAINT uq_share_of_notice UNIQUE (split_id, project_id),
    CONSTRAINT fk_notice_share_split FOREIGN KEY (split_id) REFERENCES notice_split (id),
    CONSTRAINT fk_notice_share_project FOREIGN KEY (project_id) REFERENCES project (id),
    CONSTRAINT ck_notice_share_amount CHECK (amount_fen > 0),
    CONSTRAINT ck_notice_share_revenue CHECK (revenue IN (0, 1))
);
CREATE INDEX ix_notice_share_project ON notice_share (project_id);
CREATE INDEX ix_notice_date ON notice (date, id);
";
