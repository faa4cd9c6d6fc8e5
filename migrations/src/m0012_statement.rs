//! Figures that documents state, remarks about their text, and the figures that people chose to work with. Knows no
//! verdict: it is computed whenever it is shown.
//!
//! All three are append only, kept so by the databases: a source is never corrected, and a later choice stands beside
//! the earlier one. `body` is the statement, the remark or the choice as the rules write it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TABLES).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards = if is_postgres { POSTGRES_GUARDS } else { SQLITE_GUARDS };
        manager.get_connection().execute_unprepared(guards).await.map(|_| ())
    }
}

/// `ordinal` is the place in the collection that a statement came with.
const TABLES: &str = "
CREATE TABLE statement (
    id TEXT NOT NULL,
    area_path TEXT NOT NULL,
    code TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    CONSTRAINT pk_statement PRIMARY KEY (id),
    CONSTRAINT uq_statement UNIQUE (area_path, code),
    CONSTRAINT fk_statement_created_by FOREIGN KEY (created_by) REFERENCES account (id)
);
CREATE TABLE statement_remark (
    area_path TEXT NOT NULL,
    code TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    CONSTRAINT pk_statement_remark PRIMARY KEY (area_path, code),
    CONSTRAINT fk_statement_remark_created_by FOREIGN KEY (created_by) REFERENCES account (id)
);
CREATE TABLE statement_choice (
    statement_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    signer TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_statement_choice PRIMARY KEY (statement_id, number),
    CONSTRAINT fk_statement_choice_statement FOREIGN KEY (statement_id) REFERENCES statement (id),
    CONSTRAINT fk_statement_choice_signer FOREIGN KEY (signer) REFERENCES account (id),
    CONSTRAINT ck_statement_choice_number CHECK (number > 0)
);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_statement_no_update BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'statement_is_append_only'); END;
CREATE TRIGGER tr_statement_no_delete BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'statement_is_append_only'); END;
CREATE TRIGGER tr_statement_remark_no_update BEFORE UPDATE ON statement_remark BEGIN SELECT RAISE(ABORT, 'statement_remark_is_append_only'); END;
CREATE TRIGGER tr_statement_remark_no_delete BEFORE DELETE ON statement_remark BEGIN SELECT RAISE(ABORT, 'statement_remark_is_append_only'); END;
CREATE TRIGGER tr_statement_choice_no_update BEFORE UPDATE ON statement_choice BEGIN SELECT RAISE(ABORT, 'statement_choice_is_append_only'); END;
CREATE TRIGGER tr_statement_choice_no_delete BEFORE DELETE ON statement_choice BEGIN SELECT RAISE(ABORT, 'statement_choice_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_statement_append BEFORE UPDATE OR DELETE ON statement FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_statement_truncate BEFORE TRUNCATE ON statement FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_statement_remark_append BEFORE UPDATE OR DELETE ON statement_remark FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_statement_remark_truncate BEFORE TRUNCATE ON statement_remark FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_statement_choice_append BEFORE UPDATE OR DELETE ON statement_choice FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_statement_choice_truncate BEFORE TRUNCATE ON statement_choice FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
