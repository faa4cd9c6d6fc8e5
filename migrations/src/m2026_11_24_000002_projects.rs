//! Sites, projects with their amounts, gates and lists, history, rollups and attachments. Amounts are whole fen.

use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Step;

const SCHEMA: &str = r#"
CREATE TABLE site (
    id $ID NOT NULL CONSTRAINT pk_site PRIMARY KEY,
    code TEXT CONSTRAINT uq_site_code UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    area_code TEXT NOT NULL CONSTRAINT fk_site_area REFERENCES area (code),
    area_path $TEXT NOT NULL,
    households $BIG, people $BIG, labour $BIG, employed $BIG,
    employed_out_of_province $BIG, employed_in_province $BIG, employed_in_county $BIG,
    zero_employment_households $BIG,
    version $BIG NOT NULL,
    updated_at $TIME NOT NULL,
    updated_by $ID
)
--;
CREATE INDEX ix_site_area ON site (area_path, id)
--;
CREATE INDEX ix_site_name ON site (area_code, folded)
--;
CREATE TABLE project (
    id $ID NOT NULL CONSTRAINT pk_project PRIMARY KEY,
    number $BIG NOT NULL CONSTRAINT uq_project_number UNIQUE,
    code TEXT CONSTRAINT uq_project_code UNIQUE,
    name TEXT NOT NULL,
    area_code TEXT NOT NULL CONSTRAINT fk_project_area REFERENCES area (code),
    area_path $TEXT NOT NULL,
    stage TEXT NOT NULL,
    place TEXT, category TEXT, industry TEXT, nature TEXT, content TEXT,
    start TEXT, finish TEXT, term_years $BIG,
    total $BIG CONSTRAINT ck_project_total CHECK (total >= 0),
    stated_issued $BIG CONSTRAINT ck_project_issued CHECK (stated_issued >= 0),
    stated_received $BIG CONSTRAINT ck_project_received CHECK (stated_received >= 0),
    stated_paid $BIG CONSTRAINT ck_project_paid CHECK (stated_paid >= 0),
    work_relief $BOOL,
    labour_pay $BIG CONSTRAINT ck_project_labour_pay CHECK (labour_pay >= 0),
    households $BIG, people $BIG, jobs_construction $BIG, jobs_operation $BIG, posts $BIG,
    goal TEXT, link TEXT, asset_owner TEXT, maintainer TEXT, unit TEXT, person TEXT, reporter TEXT,
    reported_on $DATE, remark TEXT,
    search_text TEXT NOT NULL, pinyin TEXT NOT NULL, initials TEXT NOT NULL,
    version $BIG NOT NULL,
    created_at $TIME NOT NULL, created_by $ID,
    updated_at $TIME NOT NULL, updated_by $ID
)
--;
CREATE INDEX ix_project_area ON project (area_path, number)
--;
CREATE INDEX ix_project_name ON project (area_code, name)
--;
CREATE TABLE project_amount (
    project_id $ID NOT NULL CONSTRAINT fk_project_amount REFERENCES project (id),
    kind TEXT NOT NULL CONSTRAINT ck_project_amount_kind CHECK (kind IN ('source','year')),
    key TEXT NOT NULL,
    fen $BIG NOT NULL CONSTRAINT ck_project_amount_fen CHECK (fen >= 0),
    CONSTRAINT pk_project_amount PRIMARY KEY (project_id, kind, key)
)
--;
CREATE TABLE project_gate (
    project_id $ID NOT NULL CONSTRAINT fk_project_gate REFERENCES project (id),
    gate TEXT NOT NULL,
    date $DATE NOT NULL,
    CONSTRAINT pk_project_gate PRIMARY KEY (project_id, gate)
)
--;
CREATE TABLE project_site (
    project_id $ID NOT NULL CONSTRAINT fk_project_site REFERENCES project (id),
    site_id $ID NOT NULL CONSTRAINT fk_project_site_site REFERENCES site (id),
    CONSTRAINT pk_project_site PRIMARY KEY (project_id, site_id)
)
--;
CREATE INDEX ix_project_site_site ON project_site (site_id)
--;
CREATE TABLE list_entry (
    project_id $ID NOT NULL CONSTRAINT fk_list_entry REFERENCES project (id),
    plan_year INTEGER NOT NULL,
    horizon TEXT NOT NULL CONSTRAINT ck_list_entry_horizon CHECK (horizon IN ('1y','2y','5y')),
    since $TIME NOT NULL,
    reason TEXT,
    CONSTRAINT pk_list_entry PRIMARY KEY (project_id, plan_year)
)
--;
CREATE INDEX ix_list_entry_list ON list_entry (plan_year, horizon, project_id)
--;
CREATE TABLE list_rollup (
    plan_year INTEGER NOT NULL,
    horizon TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path $TEXT NOT NULL,
    category TEXT NOT NULL,
    stage TEXT NOT NULL,
    count $BIG NOT NULL,
    total $BIG NOT NULL,
    gap $BIG NOT NULL,
    labour_pay $BIG NOT NULL,
    households $BIG NOT NULL, people $BIG NOT NULL,
    jobs_construction $BIG NOT NULL, jobs_operation $BIG NOT NULL, posts $BIG NOT NULL,
    CONSTRAINT pk_list_rollup PRIMARY KEY (plan_year, horizon, area_path, category, stage)
)
--;
CREATE TABLE list_rollup_amount (
    plan_year INTEGER NOT NULL,
    horizon TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path $TEXT NOT NULL,
    category TEXT NOT NULL,
    stage TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    fen $BIG NOT NULL,
    CONSTRAINT pk_list_rollup_amount PRIMARY KEY (plan_year, horizon, area_path, category, stage, kind, key)
)
--;
CREATE TABLE change_set (
    id $ID NOT NULL CONSTRAINT pk_change_set PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT ck_change_set_kind CHECK (kind IN ('edit','bulk','import','undo')),
    actor $ID,
    at $TIME NOT NULL,
    batch_id $ID,
    undoes $ID
)
--;
CREATE INDEX ix_change_set_undoes ON change_set (undoes)
--;
CREATE TABLE change (
    change_set_id $ID NOT NULL CONSTRAINT fk_change_set REFERENCES change_set (id),
    seq $BIG NOT NULL,
    project_id $ID NOT NULL CONSTRAINT fk_change_project REFERENCES project (id),
    version $BIG NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    CONSTRAINT pk_change PRIMARY KEY (change_set_id, seq)
)
--;
CREATE INDEX ix_change_project ON change (project_id, version)
--;
CREATE TABLE attachment (
    id $ID NOT NULL CONSTRAINT pk_attachment PRIMARY KEY,
    project_id $ID NOT NULL CONSTRAINT fk_attachment_project REFERENCES project (id),
    gate TEXT,
    name TEXT NOT NULL,
    sha256 $HASH NOT NULL,
    size $BIG NOT NULL,
    media_type TEXT NOT NULL,
    uploaded_by $ID,
    uploaded_at $TIME NOT NULL,
    removed $BOOL NOT NULL
)
--;
CREATE INDEX ix_attachment_project ON attachment (project_id, id)
"#;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, SCHEMA).await?;
        dialect::append_only(manager, "change").await
    }
}
