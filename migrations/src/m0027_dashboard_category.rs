//! Indexes by which the leaders' page is quick for one category of projects: projects by category, and everything of an entry
//! that its money asks for.

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
CREATE INDEX ix_project_category ON project (category, id);
CREATE INDEX ix_ledger_entry_money ON ledger_entry (project_id, budget_year, month, source, movement, fen, area_path);
";
