//! Keys of wall screens: as digests, for one area each, until a day or until they are revoked. A revoked one stays, so that the
//! screen can say why it is dark.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, WALLS).await
    }
}

const WALLS: &str = "
CREATE TABLE wall (
    id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    area_code TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    last_used BIGINT,
    CONSTRAINT pk_wall PRIMARY KEY (id),
    CONSTRAINT uq_wall_secret UNIQUE (secret_hash),
    CONSTRAINT fk_wall_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT fk_wall_maker FOREIGN KEY (created_by) REFERENCES account (id)
);
CREATE INDEX ix_wall_area ON wall (area_code, created_at);
";
