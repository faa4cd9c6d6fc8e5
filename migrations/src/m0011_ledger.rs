//! The ledger of funds: notices, entries in a chain of hashes, kept positions and totals, batches and requests on their
//! way, months, the control matrix. Knows no rule: the order of stages is judged above.
//!
//! `ledger_entry` and `control` are append only, kept so by the databases. An entry keeps the area and the list of its
//! project as they were when it was written, so that totals are a function of entries alone. `line` and `line_ordinal`
//! recognise a line that is read again: equal lines of one file count 1, 2, 3. In `ledger_rollup` kind `own` totals what
//! lies in the area itself, `all` everything under it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for schema in [PAPERS, ENTRIES, KEPT, WAY] {
            crate::run(manager, schema).await?;
        }
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards = if is_postgres { POSTGRES_GUARDS } else { SQLITE_GUARDS };
        manager.get_connection().execute_unprepared(guards).await.map(|_| ())
    }
}

/// Notices, batches and their lines. `document_key` is the document number in one spelling.
const PAPERS: &str = "
CREATE TABLE ledger_batch (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    area_path TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    summary TEXT NOT NULL,
    undoes TEXT,
    maker TEXT NOT NULL,
    checker TEXT,
    reason TEXT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    CONSTRAINT pk_ledger_batch PRIMARY KEY (id),
    CONSTRAINT fk_ledger_batch_undoes FOREIGN KEY (undoes) REFERENCES ledger_batch (id),
    CONSTRAINT fk_ledger_batch_maker FOREIGN KEY (maker) REFERENCES account (id),
    CONSTRAINT fk_ledger_batch_checker FOREIGN KEY (checker) REFERENCES account (id),
    CONSTRAINT ck_ledger_batch_kind CHECK (kind IN ('import', 'undo')),
    CONSTRAINT ck_ledger_batch_state CHECK (state IN ('staged', 'approved', 'returned', 'undone')),
    CONSTRAINT ck_ledger_batch_two CHECK (checker IS NULL OR checker <> maker)
);
CREATE INDEX ix_ledger_batch_area ON ledger_batch (area_path, created_at);
CREATE INDEX ix_ledger_batch_undoes ON ledger_batch (undoes);
CREATE TABLE ledger_line (
    batch_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_ledger_line PRIMARY KEY (batch_id, seq),
    CONSTRAINT fk_ledger_line_batch FOREIGN KEY (batch_id) REFERENCES ledger_batch (id)
);
CREATE TABLE notice (
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    document_key TEXT NOT NULL,
    date TEXT NOT NULL,
    source TEXT NOT NULL,
    budget_year BIGINT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    batch_id TEXT,
    withdrawn BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (id),
    CONSTRAINT uq_notice UNIQUE (document_key, source, budget_year, area_code),
    CONSTRAINT fk_notice_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT fk_notice_batch FOREIGN KEY (batch_id) REFERENCES ledger_batch (id),
    CONSTRAINT ck_notice_amount CHECK (amount_fen > 0)
);
CREATE INDEX ix_notice_area ON notice (area_path, source, budget_year);
";

const ENTRIES: &str = "
CREATE TABLE ledger_entry (
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    horizon TEXT NOT NULL,
    source TEXT NOT NULL,
    budget_year BIGINT NOT NULL,
    movement TEXT NOT NULL,
    other_project TEXT,
    fen BIGINT NOT NULL,
    date TEXT NOT NULL,
    month TEXT NOT NULL,
    late_for TEXT,
    document TEXT,
    voucher TEXT,
    payee TEXT,
    purpose TEXT,
    memo TEXT,
    notice_id TEXT,
    reverses TEXT,
    pair TEXT,
    batch_id TEXT,
    sheet TEXT,
    cell TEXT,
    line TEXT,
    line_ordinal BIGINT,
    approver TEXT,
    exception TEXT,
    maker TEXT NOT NULL,
    checker TEXT NOT NULL,
    at BIGINT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_ledger_entry PRIMARY KEY (seq),
    CONSTRAINT uq_ledger_entry_id UNIQUE (id),
    CONSTRAINT uq_ledger_entry_prev UNIQUE (prev_hash),
    CONSTRAINT uq_ledger_entry_reverses UNIQUE (reverses),
    CONSTRAINT uq_ledger_entry_line UNIQUE (line, line_ordinal),
    CONSTRAINT fk_ledger_entry_project FOREIGN KEY (project_id) REFERENCES project (id),
    CONSTRAINT fk_ledger_entry_other FOREIGN KEY (other_project) REFERENCES project (id),
    CONSTRAINT fk_ledger_entry_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
    CONSTRAINT fk_ledger_entry_reverses FOREIGN KEY (reverses) REFERENCES ledger_entry (id),
    CONSTRAINT fk_ledger_entry_batch FOREIGN KEY (batch_id) REFERENCES ledger_batch (id),
    CONSTRAINT fk_ledger_entry_maker FOREIGN KEY (maker) REFERENCES account (id),
    CONSTRAINT fk_ledger_entry_checker FOREIGN KEY (checker) REFERENCES account (id),
    CONSTRAINT ck_ledger_entry_fen CHECK (fen <> 0),
    CONSTRAINT ck_ledger_entry_sign CHECK ((reverses IS NULL) = (fen > 0)),
    CONSTRAINT ck_ledger_entry_two CHECK (maker <> checker),
    CONSTRAINT ck_ledger_entry_exception CHECK ((approver IS NULL) = (exception IS NULL) AND (approver IS NULL OR approver <> maker))
);
CREATE INDEX ix_ledger_entry_area ON ledger_entry (area_path, seq);
CREATE INDEX ix_ledger_entry_position ON ledger_entry (project_id, source, budget_year, seq);
CREATE INDEX ix_ledger_entry_batch ON ledger_entry (batch_id, seq);
CREATE INDEX ix_ledger_entry_notice ON ledger_entry (notice_id);
CREATE TABLE ledger_head (
    name TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (name)
);
INSERT INTO ledger_head (name, seq, hash) VALUES ('head', 0, '');
";

/// What is kept twice: `verify` recomputes it. The last four checks say that what has reached a stage, net of what was
/// taken back from there or later, is never below zero.
const KEPT: &str = "
CREATE TABLE ledger_position (
    project_id TEXT NOT NULL,
    source TEXT NOT NULL,
    budget_year BIGINT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    entered_issued_fen BIGINT NOT NULL DEFAULT 0,
    entered_received_fen BIGINT NOT NULL DEFAULT 0,
    entered_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    entered_paid_fen BIGINT NOT NULL DEFAULT 0,
    recovered_issued_fen BIGINT NOT NULL DEFAULT 0,
    recovered_received_fen BIGINT NOT NULL DEFAULT 0,
    recovered_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    recovered_paid_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_issued_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_received_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_paid_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_issued_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_received_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_paid_fen BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT pk_ledger_position PRIMARY KEY (project_id, source, budget_year),
    CONSTRAINT fk_ledger_position_project FOREIGN KEY (project_id) REFERENCES project (id),
    CONSTRAINT ck_ledger_position_issued CHECK (entered_issued_fen + moved_in_issued_fen - moved_out_issued_fen - recovered_issued_fen + moved_in_received_fen - moved_out_received_fen - recovered_received_fen + moved_in_disbursed_fen - moved_out_disbursed_fen - recovered_disbursed_fen + moved_in_paid_fen - moved_out_paid_fen - recovered_paid_fen >= 0),
    CONSTRAINT ck_ledger_position_received CHECK (entered_received_fen + moved_in_received_fen - moved_out_received_fen - recovered_received_fen + moved_in_disbursed_fen - moved_out_disbursed_fen - recovered_disbursed_fen + moved_in_paid_fen - moved_out_paid_fen - recovered_paid_fen >= 0),
    CONSTRAINT ck_ledger_position_disbursed CHECK (entered_disbursed_fen + moved_in_disbursed_fen - moved_out_disbursed_fen - recovered_disbursed_fen + moved_in_paid_fen - moved_out_paid_fen - recovered_paid_fen >= 0),
    CONSTRAINT ck_ledger_position_paid CHECK (entered_paid_fen + moved_in_paid_fen - moved_out_paid_fen - recovered_paid_fen >= 0),
    CONSTRAINT ck_ledger_position_sums CHECK (entered_issued_fen >= 0 AND entered_received_fen >= 0 AND entered_disbursed_fen >= 0 AND entered_paid_fen >= 0 AND recovered_issued_fen >= 0 AND recovered_received_fen >= 0 AND recovered_disbursed_fen >= 0 AND recovered_paid_fen >= 0 AND moved_out_issued_fen >= 0 AND moved_out_received_fen >= 0 AND moved_out_disbursed_fen >= 0 AND moved_out_paid_fen >= 0 AND moved_in_issued_fen >= 0 AND moved_in_received_fen >= 0 AND moved_in_disbursed_fen >= 0 AND moved_in_paid_fen >= 0)
);
CREATE INDEX ix_ledger_position_area ON ledger_position (area_path, project_id);
CREATE TABLE ledger_rollup (
    area_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    budget_year BIGINT NOT NULL,
    month TEXT NOT NULL,
    horizon TEXT NOT NULL,
    area_path TEXT NOT NULL,
    entries BIGINT NOT NULL,
    entered_issued_fen BIGINT NOT NULL DEFAULT 0,
    entered_received_fen BIGINT NOT NULL DEFAULT 0,
    entered_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    entered_paid_fen BIGINT NOT NULL DEFAULT 0,
    recovered_issued_fen BIGINT NOT NULL DEFAULT 0,
    recovered_received_fen BIGINT NOT NULL DEFAULT 0,
    recovered_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    recovered_paid_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_issued_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_received_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    moved_out_paid_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_issued_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_received_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_disbursed_fen BIGINT NOT NULL DEFAULT 0,
    moved_in_paid_fen BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT pk_ledger_rollup PRIMARY KEY (area_code, kind, source, budget_year, month, horizon),
    CONSTRAINT ck_ledger_rollup_kind CHECK (kind IN ('own', 'all')),
    CONSTRAINT ck_ledger_rollup_entries CHECK (entries > 0)
);
CREATE INDEX ix_ledger_rollup_path ON ledger_rollup (kind, area_path);
";

/// Requests, months and the matrix. A closing that was taken back names its reopening; `control` keeps every edition.
const WAY: &str = "
CREATE TABLE ledger_request (
    id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    area_path TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    maker TEXT NOT NULL,
    checker TEXT,
    reason TEXT,
    entries TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_ledger_request PRIMARY KEY (id),
    CONSTRAINT fk_ledger_request_project FOREIGN KEY (project_id) REFERENCES project (id),
    CONSTRAINT fk_ledger_request_maker FOREIGN KEY (maker) REFERENCES account (id),
    CONSTRAINT fk_ledger_request_checker FOREIGN KEY (checker) REFERENCES account (id),
    CONSTRAINT ck_ledger_request_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned')),
    CONSTRAINT ck_ledger_request_two CHECK (checker IS NULL OR checker <> maker)
);
CREATE INDEX ix_ledger_request_area ON ledger_request (area_path, state, updated_at);
CREATE TABLE ledger_reopening (
    id TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    month TEXT NOT NULL,
    asker TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    granter TEXT,
    granted_on TEXT,
    CONSTRAINT pk_ledger_reopening PRIMARY KEY (id),
    CONSTRAINT fk_ledger_reopening_asker FOREIGN KEY (asker) REFERENCES account (id),
    CONSTRAINT fk_ledger_reopening_granter FOREIGN KEY (granter) REFERENCES account (id),
    CONSTRAINT ck_ledger_reopening_two CHECK (granter IS NULL OR granter <> asker)
);
CREATE INDEX ix_ledger_reopening_area ON ledger_reopening (area_code, asked_at);
CREATE TABLE ledger_closing (
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    month TEXT NOT NULL,
    closer TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    at BIGINT NOT NULL,
    reopening_id TEXT,
    CONSTRAINT pk_ledger_closing PRIMARY KEY (area_code, month, at),
    CONSTRAINT fk_ledger_closing_closer FOREIGN KEY (closer) REFERENCES account (id),
    CONSTRAINT fk_ledger_closing_reopening FOREIGN KEY (reopening_id) REFERENCES ledger_reopening (id)
);
CREATE UNIQUE INDEX uq_ledger_closing ON ledger_closing (area_code, month) WHERE reopening_id IS NULL;
CREATE TABLE control (
    edition BIGINT NOT NULL,
    cells TEXT NOT NULL,
    editor TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_control PRIMARY KEY (edition),
    CONSTRAINT fk_control_editor FOREIGN KEY (editor) REFERENCES account (id)
);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry_is_append_only'); END;
CREATE TRIGGER tr_ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry_is_append_only'); END;
CREATE TRIGGER tr_control_no_update BEFORE UPDATE ON control BEGIN SELECT RAISE(ABORT, 'control_is_append_only'); END;
CREATE TRIGGER tr_control_no_delete BEFORE DELETE ON control BEGIN SELECT RAISE(ABORT, 'control_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_ledger_entry_append BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_ledger_entry_truncate BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_control_append BEFORE UPDATE OR DELETE ON control FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_control_truncate BEFORE TRUNCATE ON control FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
