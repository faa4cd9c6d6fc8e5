//! Indexes by which the leaders' page is quick: projects by the moment they were entered, open findings by level, the newest
//! return of a project that counts, and the headline of its estimate.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, INDEXES).await
    }
}

const INDEXES: &str = "
CREATE INDEX ix_project_created ON project (created_at, area_path);
CREATE INDEX ix_finding_open ON finding (state, level, area_path, rule, due_on, source);
CREATE INDEX ix_return_book_state ON return_book (area_code, month, state, area_path);
CREATE INDEX ix_project_return_newest ON project_return (project_id, month, area_code, is_started, jobs_present, jobs_present_relocated, invested_cumulative_fen);
CREATE INDEX ix_estimate_line_headline ON estimate_line (project_id, phase, layer, unit, population, standard_milli);
";
