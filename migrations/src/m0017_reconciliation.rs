//! Exports of banks and treasuries held against the ledger: the file's lines, the steps that people took, and, once signed,
//! which entries were found in which. Knows no rule of matching.
//!
//! All of it is append only, kept so by the databases: what was done wrongly is parted, given back or withdrawn by a later
//! step. `body` is a step as the rules write it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TABLES).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards: String = GUARDED.iter().map(|table| guard(table, is_postgres)).collect();
        manager.get_connection().execute_unprepared(&guards).await.map(|_| ())
    }
}

/// `amount` is the text of the file: its unit is a fact that a person confirms by a step. In the books of one area an entry
/// is found once only. The index serves the days of a file; nothing but 到位 and 支付 stands in it.
const TABLES: &str = "
CREATE TABLE reconciliation (
    id TEXT NOT NULL,
    area_path TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    source TEXT,
    stated_unit TEXT,
    from_date TEXT NOT NULL,
    to_date TEXT NOT NULL,
    lines BIGINT NOT NULL,
    faulty BIGINT NOT NULL,
    findings TEXT NOT NULL,
    maker TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_reconciliation PRIMARY KEY (id),
    CONSTRAINT fk_reconciliation_maker FOREIGN KEY (maker) REFERENCES account (id),
    CONSTRAINT ck_reconciliation_days CHECK (from_date <= to_date)
);
CREATE INDEX ix_reconciliation_area ON reconciliation (area_path, created_at);
CREATE INDEX ix_reconciliation_file ON reconciliation (sha256, area_path);
CREATE TABLE reconciliation_line (
    reconciliation_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    date TEXT NOT NULL,
    direction TEXT NOT NULL,
    amount TEXT NOT NULL,
    voucher TEXT,
    payee TEXT,
    memo TEXT,
    CONSTRAINT pk_reconciliation_line PRIMARY KEY (reconciliation_id, number),
    CONSTRAINT fk_reconciliation_line FOREIGN KEY (reconciliation_id) REFERENCES reconciliation (id),
    CONSTRAINT ck_reconciliation_line_direction CHECK (direction IN ('in', 'out'))
);
CREATE TABLE reconciliation_step (
    reconciliation_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    tallies TEXT,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_reconciliation_step PRIMARY KEY (reconciliation_id, number),
    CONSTRAINT fk_reconciliation_step FOREIGN KEY (reconciliation_id) REFERENCES reconciliation (id),
    CONSTRAINT fk_reconciliation_step_actor FOREIGN KEY (actor) REFERENCES account (id),
    CONSTRAINT ck_reconciliation_step_number CHECK (number > 0)
);
CREATE TABLE reconciliation_match (
    area_path TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    reconciliation_id TEXT NOT NULL,
    CONSTRAINT pk_reconciliation_match PRIMARY KEY (entry_id, area_path),
    CONSTRAINT fk_reconciliation_match_entry FOREIGN KEY (entry_id) REFERENCES ledger_entry (id),
    CONSTRAINT fk_reconciliation_match FOREIGN KEY (reconciliation_id) REFERENCES reconciliation (id)
);
CREATE INDEX ix_ledger_entry_account ON ledger_entry (date, area_path) WHERE movement IN ('receive', 'pay');
";

const GUARDED: [&str; 4] =
    ["reconciliation", "reconciliation_line", "reconciliation_step", "reconciliation_match"];

fn guard(table: &str, is_postgres: bool) -> String {
    if is_postgres {
        return format!(
            "CREATE TRIGGER tr_{table}_append BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_{table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only();
"
        );
    }
    format!(
        "CREATE TRIGGER tr_{table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table}_is_append_only'); END;
CREATE TRIGGER tr_{table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table}_is_append_only'); END;
"
    )
}
