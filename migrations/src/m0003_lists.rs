//! 三张清单: which project stands on which list of a plan year, and the kept totals. Knows no edition yet.
//!
//! `list_entry` repeats area, category, stage and number of its project, so that a page of a list is one index range.
//! `list_rollup` keeps two kinds of totals: `own` of projects lying in the area itself, `all` of everything under it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, LISTS).await
    }
}

const LISTS: &str = "
CREATE TABLE list_entry (
    project_id TEXT NOT NULL,
    plan_year BIGINT NOT NULL,
    horizon TEXT NOT NULL,
    since BIGINT NOT NULL,
    reason TEXT,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    category TEXT NOT NULL,
    stage TEXT NOT NULL,
    number BIGINT NOT NULL,
    CONSTRAINT pk_list_entry PRIMARY KEY (project_id, plan_year),
    CONSTRAINT fk_list_entry_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
    CONSTRAINT ck_list_entry_horizon CHECK (horizon IN ('1y', '2y', '5y'))
);
CREATE INDEX ix_list_entry_page ON list_entry (plan_year, horizon, area_path, number, category, stage, project_id);
CREATE INDEX ix_list_entry_any ON list_entry (plan_year, area_path, number, horizon, category, stage, project_id);
CREATE INDEX ix_list_entry_area ON list_entry (area_code, plan_year);
CREATE TABLE list_rollup (
    plan_year BIGINT NOT NULL,
    horizon TEXT NOT NULL,
    kind TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    category TEXT NOT NULL,
    stage TEXT NOT NULL,
    projects BIGINT NOT NULL,
    total_fen BIGINT NOT NULL,
    stated_issued_fen BIGINT NOT NULL,
    stated_received_fen BIGINT NOT NULL,
    stated_paid_fen BIGINT NOT NULL,
    labour_pay_fen BIGINT NOT NULL,
    households BIGINT NOT NULL,
    people BIGINT NOT NULL,
    jobs_construction BIGINT NOT NULL,
    jobs_operation BIGINT NOT NULL,
    posts BIGINT NOT NULL,
    CONSTRAINT pk_list_rollup PRIMARY KEY (area_code, plan_year, kind, horizon, category, stage),
    CONSTRAINT ck_list_rollup_kind CHECK (kind IN ('own', 'all')),
    CONSTRAINT ck_list_rollup_total CHECK (total_fen >= 0 AND projects > 0)
);
CREATE INDEX ix_list_rollup_path ON list_rollup (kind, plan_year, area_path);
CREATE TABLE list_rollup_amount (
    plan_year BIGINT NOT NULL,
    horizon TEXT NOT NULL,
    kind TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    category TEXT NOT NULL,
    stage TEXT NOT NULL,
    amount TEXT NOT NULL,
    key TEXT NOT NULL,
    fen BIGINT NOT NULL,
    CONSTRAINT pk_list_rollup_amount PRIMARY KEY (area_code, plan_year, kind, horizon, category, stage, amount, key),
    CONSTRAINT ck_list_rollup_amount_fen CHECK (fen >= 0)
);
CREATE INDEX ix_list_rollup_amount_path ON list_rollup_amount (kind, plan_year, area_path);
";
