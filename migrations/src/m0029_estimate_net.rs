//! Kept estimates say that they are gross, which coefficient they teach something of, and since when they stand.
//!
//! `is_net` is NULL where nobody knows: lines of before, which are made anew at the next start, and past lines of projects
//! for which shares of deadweight and the like are stated. `teaches` is the coefficient that a line stands on, NULL where a
//! stated figure or a person stands in its place. `since` is the first day of a line, NULL where it is older than this step.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, COLUMNS).await?;
        crate::run(manager, PAST).await
    }
}

const COLUMNS: &str = "
ALTER TABLE estimate_line ADD COLUMN is_net BIGINT;
ALTER TABLE estimate_line ADD COLUMN teaches TEXT;
ALTER TABLE estimate_line ADD COLUMN since TEXT;
ALTER TABLE estimate_past ADD COLUMN is_net BIGINT;
ALTER TABLE estimate_past ADD COLUMN teaches TEXT;
ALTER TABLE estimate_past ADD COLUMN since TEXT;
";

const PAST: &str = "
UPDATE estimate_past SET is_net = 0 WHERE project_id NOT IN (SELECT project_id FROM estimate_input
    WHERE body LIKE '%deadweight%' OR body LIKE '%displacement%' OR body LIKE '%leakage%');
";
