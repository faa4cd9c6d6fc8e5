//! An accepted book names both hands, and they are two persons': the check of the table let a missing hand pass, since a
//! comparison with NULL is neither true nor false.
//!
//! No row is touched. What is kept already is not judged anew; every row that is written from now on is. SQLite cannot change
//! a check of a table that others refer to, so triggers say the same there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        crate::run(manager, if is_postgres { POSTGRES } else { SQLITE }).await
    }
}

const SQLITE: &str = "
CREATE TRIGGER tr_return_book_two_insert BEFORE INSERT ON return_book
WHEN NEW.state = 'accepted' AND (NEW.submitted_by IS NULL OR NEW.decided_by IS NULL OR NEW.submitted_by = NEW.decided_by)
BEGIN SELECT RAISE(ABORT, 'ck_return_book_two'); END;
CREATE TRIGGER tr_return_book_two_update BEFORE UPDATE ON return_book
WHEN NEW.state = 'accepted' AND (NEW.submitted_by IS NULL OR NEW.decided_by IS NULL OR NEW.submitted_by = NEW.decided_by)
BEGIN SELECT RAISE(ABORT, 'ck_return_book_two'); END;
";

const POSTGRES: &str = "
ALTER TABLE return_book DROP CONSTRAINT ck_return_book_two;
ALTER TABLE return_book ADD CONSTRAINT ck_return_book_two CHECK (state <> 'accepted'
    OR (submitted_by IS NOT NULL AND decided_by IS NOT NULL AND decided_by <> submitted_by)) NOT VALID;
";
