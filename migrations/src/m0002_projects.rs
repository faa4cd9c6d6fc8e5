//! Settlement communities, projects with their amounts, gates and files, and the history of their cells.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, SITES).await?;
        crate::run(manager, PROJECTS).await?;
        crate::run(manager, PARTS).await?;
        crate::run(manager, HISTORY).await
    }
}

const SITES: &str = "
CREATE TABLE site (
    id TEXT NOT NULL,
    code TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    households BIGINT,
    people BIGINT,
    labour BIGINT,
    employed BIGINT,
    employed_out_of_province BIGINT,
    employed_in_province BIGINT,
    employed_in_county BIGINT,
    zero_employment_households BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    updated_at BIGINT NOT NULL,
    updated_by TEXT,
    CONSTRAINT pk_site PRIMARY KEY (id),
    CONSTRAINT uq_site_code UNIQUE (code),
    CONSTRAINT uq_site_name UNIQUE (area_code, folded),
    CONSTRAINT fk_site_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT ck_site_counts CHECK (households >= 0 AND people >= 0 AND labour >= 0 AND employed >= 0)
);
CREATE INDEX ix_site_area ON site (area_path, folded, id);
";

const PROJECTS: &str = "
CREATE TABLE number_counter (
    name TEXT NOT NULL,
    next BIGINT NOT NULL,
    CONSTRAINT pk_number_counter PRIMARY KEY (name)
);
INSERT INTO number_counter (name, next) VALUES ('project', 1);
CREATE TABLE project (
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT,
    stage TEXT NOT NULL,
    place TEXT,
    category TEXT,
    industry TEXT,
    nature TEXT,
    content TEXT,
    start_month TEXT,
    finish_month TEXT,
    term_years BIGINT,
    total_fen BIGINT,
    stated_issued_fen BIGINT,
    stated_received_fen BIGINT,
    stated_paid_fen BIGINT,
    maturity_score BIGINT NOT NULL,
    work_relief BIGINT,
    labour_pay_fen BIGINT,
    households BIGINT,
    people BIGINT,
    jobs_construction BIGINT,
    jobs_operation BIGINT,
    posts BIGINT,
    goal TEXT,
    link TEXT,
    asset_owner TEXT,
    maintainer TEXT,
    unit TEXT,
    person TEXT,
    reporter TEXT,
    reported_on TEXT,
    remark TEXT,
    search_text TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    updated_at BIGINT NOT NULL,
    updated_by TEXT,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT uq_project_number UNIQUE (number),
    CONSTRAINT uq_project_code UNIQUE (code),
    CONSTRAINT fk_project_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT ck_project_total CHECK (total_fen >= 0),
    CONSTRAINT ck_project_stated CHECK (stated_issued_fen >= 0 AND stated_received_fen >= 0 AND stated_paid_fen >= 0),
    CONSTRAINT ck_project_labour_pay CHECK (labour_pay_fen >= 0),
    CONSTRAINT ck_project_version CHECK (version >= 1)
);
CREATE INDEX ix_project_area ON project (area_path, number);
CREATE INDEX ix_project_area_name ON project (area_code, name);
CREATE INDEX ix_project_total ON project (total_fen, number);
CREATE INDEX ix_project_updated ON project (updated_at, number);
";

const PARTS: &str = "
CREATE TABLE project_amount (
    project_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    fen BIGINT NOT NULL,
    CONSTRAINT pk_project_amount PRIMARY KEY (project_id, kind, key),
    CONSTRAINT fk_project_amount_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
    CONSTRAINT ck_project_amount_kind CHECK (kind IN ('source', 'year')),
    CONSTRAINT ck_project_amount_fen CHECK (fen >= 0)
);
CREATE TABLE project_gate (
    project_id TEXT NOT NULL,
    gate TEXT NOT NULL,
    passed_on TEXT NOT NULL,
    CONSTRAINT pk_project_gate PRIMARY KEY (project_id, gate),
    CONSTRAINT fk_project_gate_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE
);
CREATE TABLE project_site (
    project_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    CONSTRAINT pk_project_site PRIMARY KEY (project_id, site_id),
    CONSTRAINT fk_project_site_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
    CONSTRAINT fk_project_site_site FOREIGN KEY (site_id) REFERENCES site (id)
);
CREATE INDEX ix_project_site_site ON project_site (site_id);
CREATE TABLE attachment (
    id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    gate TEXT,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    removed_at BIGINT,
    removed_by TEXT,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT fk_attachment_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
    CONSTRAINT ck_attachment_size CHECK (size >= 0)
);
CREATE INDEX ix_attachment_project ON attachment (project_id);
CREATE INDEX ix_attachment_user ON attachment (uploaded_by);
";

const HISTORY: &str = "
CREATE TABLE change_set (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    at BIGINT NOT NULL,
    batch_id TEXT,
    note TEXT,
    undoes TEXT,
    undone_by TEXT,
    CONSTRAINT pk_change_set PRIMARY KEY (id),
    CONSTRAINT ck_change_set_kind CHECK (kind IN ('edit', 'bulk', 'import', 'undo', 'move'))
);
CREATE INDEX ix_change_set_batch ON change_set (batch_id);
CREATE TABLE change_project (
    change_set_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    effect TEXT NOT NULL,
    version_after BIGINT NOT NULL,
    CONSTRAINT pk_change_project PRIMARY KEY (change_set_id, project_id),
    CONSTRAINT fk_change_project_set FOREIGN KEY (change_set_id) REFERENCES change_set (id),
    CONSTRAINT ck_change_project_effect CHECK (effect IN ('created', 'changed', 'removed'))
);
CREATE INDEX ix_change_project ON change_project (project_id, change_set_id);
CREATE TABLE change (
    change_set_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    field TEXT NOT NULL,
    seq BIGINT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    CONSTRAINT pk_change PRIMARY KEY (change_set_id, project_id, field),
    CONSTRAINT fk_change_set FOREIGN KEY (change_set_id) REFERENCES change_set (id)
);
CREATE INDEX ix_change_project_field ON change (project_id, field);
";
