//! What a community needs (需求清单), and the reserve project that was made of a need. Knows no resident.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, NEEDS).await
    }
}

const NEEDS: &str = "
CREATE TABLE site_need (
    id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    category TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT,
    people BIGINT,
    estimated_fen BIGINT,
    recorded_on TEXT NOT NULL,
    state TEXT NOT NULL,
    project_id TEXT,
    reason TEXT,
    version BIGINT NOT NULL,
    created_by TEXT,
    created_at BIGINT NOT NULL,
    updated_by TEXT,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_site_need PRIMARY KEY (id),
    CONSTRAINT fk_site_need_site FOREIGN KEY (site_id) REFERENCES site (id) ON DELETE CASCADE,
    CONSTRAINT fk_site_need_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE SET NULL,
    CONSTRAINT ck_site_need_state CHECK (state IN ('open', 'converted', 'dropped'))
);
CREATE INDEX ix_site_need_site ON site_need (site_id, state, recorded_on);
CREATE INDEX ix_site_need_area ON site_need (area_path, state);
";
