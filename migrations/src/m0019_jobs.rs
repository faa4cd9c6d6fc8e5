//! Job coefficients as editions with a first day, what projects need for their estimate, and the estimates as they were
//! computed last. Knows no formula. The coefficients that ship with the product are data of the domain (edition 0).
//!
//! Coefficients and quantities are texts of exact decimals; estimates are thousandths of their unit as BIGINT.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, EDITIONS).await?;
        crate::run(manager, ESTIMATES).await?;
        crate::run(manager, PAST).await
    }
}

/// `body` holds every coefficient of the edition as JSON, as the rules write them.
const EDITIONS: &str = "
CREATE TABLE coefficient_edition (
    number BIGINT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    verdict_reason TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_coefficient_edition PRIMARY KEY (number),
    CONSTRAINT fk_coefficient_edition_made_by FOREIGN KEY (made_by) REFERENCES account (id),
    CONSTRAINT fk_coefficient_edition_decided_by FOREIGN KEY (decided_by) REFERENCES account (id),
    CONSTRAINT ck_coefficient_edition_state CHECK (state IN ('draft', 'proposed', 'in_force', 'returned')),
    CONSTRAINT ck_coefficient_edition_two CHECK (decided_by IS NULL OR decided_by <> made_by)
);
";

/// `inputs`: lines, staff, monthly pay, deadweight …, and overrides with their reasons, as JSON. An estimate line is one
/// (phase, layer, unit, population); `edition` is the edition of coefficients it stands on.
const ESTIMATES: &str = "
CREATE TABLE estimate_input (
    project_id TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_by TEXT,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_estimate_input PRIMARY KEY (project_id),
    CONSTRAINT fk_estimate_input_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE
);
CREATE TABLE estimate_line (
    project_id TEXT NOT NULL,
    phase TEXT NOT NULL,
    layer TEXT NOT NULL,
    unit TEXT NOT NULL,
    population TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    method TEXT NOT NULL,
    low_milli BIGINT NOT NULL,
    standard_milli BIGINT NOT NULL,
    high_milli BIGINT NOT NULL,
    is_manual BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    CONSTRAINT pk_estimate_line PRIMARY KEY (project_id, phase, layer, unit, population),
    CONSTRAINT fk_estimate_line_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
    CONSTRAINT ck_estimate_line_order CHECK (0 <= low_milli AND low_milli <= standard_milli AND standard_milli <= high_milli)
);
CREATE INDEX ix_estimate_line_area ON estimate_line (area_path, phase, layer, unit, population);
";

/// What was estimated before an edition came into force: a month that ended before `until` goes by it and is never judged
/// by the edition that came after.
const PAST: &str = "
CREATE TABLE estimate_past (
    project_id TEXT NOT NULL,
    phase TEXT NOT NULL,
    layer TEXT NOT NULL,
    unit TEXT NOT NULL,
    population TEXT NOT NULL,
    until TEXT NOT NULL,
    area_path TEXT NOT NULL,
    method TEXT NOT NULL,
    low_milli BIGINT NOT NULL,
    standard_milli BIGINT NOT NULL,
    high_milli BIGINT NOT NULL,
    is_manual BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    CONSTRAINT pk_estimate_past PRIMARY KEY (project_id, phase, layer, unit, population, until),
    CONSTRAINT fk_estimate_past_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE
);
CREATE INDEX ix_estimate_past_area ON estimate_past (area_path, phase, layer, unit, population, until);
";
