//! What a community needs (需求清单), and the reserve project that was made of a need; the thresholds of the size classes
//! by edition. Knows no resident.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, NEEDS).await?;
        crate::run(manager, SIZES).await
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
    CONSTRAINT fk_site_need_project FOREIGN KEY (project_id) REFERENCES project (id),
    CONSTRAINT uq_site_need_project UNIQUE (project_id),
    CONSTRAINT ck_site_need_state CHECK ((state = 'open' AND project_id IS NULL AND reason IS NULL)
        OR (state = 'converted' AND project_id IS NOT NULL AND reason IS NULL)
        OR (state = 'dropped' AND project_id IS NULL AND reason IS NOT NULL))
);
CREATE INDEX ix_site_need_site ON site_need (site_id, state, recorded_on);
CREATE INDEX ix_site_need_area ON site_need (area_path, state);
";

/// Fewest people of each class above the smallest. What the product comes with is edition 0 and has no row.
const SIZES: &str = "
CREATE TABLE size_edition (
    number BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    small BIGINT NOT NULL,
    medium BIGINT NOT NULL,
    large BIGINT NOT NULL,
    huge BIGINT NOT NULL,
    basis TEXT NOT NULL,
    created_by TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_size_edition PRIMARY KEY (number),
    CONSTRAINT ck_size_edition_rising CHECK (0 < small AND small < medium AND medium < large AND large < huge)
);
";
