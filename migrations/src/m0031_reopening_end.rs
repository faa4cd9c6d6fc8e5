//! What is asked can also be refused, or taken back by whoever asked; it stays with who ended it and when. No row is touched:
//! what waits goes on waiting.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, COLUMNS).await
    }
}

const COLUMNS: &str = "
ALTER TABLE ledger_reopening ADD COLUMN refuser TEXT REFERENCES account (id);
ALTER TABLE ledger_reopening ADD COLUMN refused_on TEXT;
";
