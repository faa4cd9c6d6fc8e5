//! What counties report every month (月调度): a book of an area and a month, a row a project and a row a community, and
//! every version of a row that was handed in. Knows no rule: which figures may fall is the domain's affair.
//!
//! `project_return` and `site_return` hold the newest version; the figures of a month are those of the rows of its book.
//! Amounts are whole fen. `…_cumulative` is the sum of the plan year up to the month's end, `…_present` the number on the
//! last day of the month. A figure nobody gave is NULL, never zero.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, BOOKS).await?;
        crate::run(manager, ROWS).await?;
        crate::run(manager, HISTORY).await?;
        let is_postgres = manager.get_connection().get_database_backend() == DatabaseBackend::Postgres;
        let guards = if is_postgres { POSTGRES_GUARDS } else { SQLITE_GUARDS };
        manager.get_connection().execute_unprepared(guards).await.map(|_| ())
    }
}

/// `state`: filling → submitted → accepted, or returned with `reason` and filled again. `month` is `2026-10`.
const BOOKS: &str = "
CREATE TABLE return_book (
    id TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    month TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    submitted_by TEXT,
    submitted_at BIGINT,
    decided_by TEXT,
    decided_at BIGINT,
    reason TEXT,
    reminded_by TEXT,
    reminded_at BIGINT,
    CONSTRAINT pk_return_book PRIMARY KEY (id),
    CONSTRAINT uq_return_book UNIQUE (area_code, month),
    CONSTRAINT fk_return_book_area FOREIGN KEY (area_code) REFERENCES area (code),
    CONSTRAINT fk_return_book_submitted_by FOREIGN KEY (submitted_by) REFERENCES account (id),
    CONSTRAINT fk_return_book_decided_by FOREIGN KEY (decided_by) REFERENCES account (id),
    CONSTRAINT ck_return_book_state CHECK (state IN ('filling', 'submitted', 'returned', 'accepted')),
    CONSTRAINT ck_return_book_two CHECK (state <> 'accepted' OR decided_by <> submitted_by)
);
CREATE INDEX ix_return_book_path ON return_book (month, area_path);
";

/// Jobs: people present on the last day (人), people taken on since the year began (人), each with those from the country
/// and those who were relocated; pay is what was paid out since the year began. `area_code` and `area_path` are those of the
/// book with which the row is handed in, whatever part of the county a project lies in and wherever it is moved later, so
/// that book and row meet in (area_code, month).
const ROWS: &str = "
CREATE TABLE project_return (
    project_id TEXT NOT NULL,
    month TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    is_started BIGINT,
    progress TEXT,
    invested_cumulative_fen BIGINT,
    jobs_present BIGINT,
    jobs_present_rural BIGINT,
    jobs_present_relocated BIGINT,
    jobs_cumulative BIGINT,
    jobs_cumulative_rural BIGINT,
    jobs_cumulative_relocated BIGINT,
    pay_cumulative_fen BIGINT,
    reason_not_started TEXT,
    reason_fallen TEXT,
    explanation TEXT,
    version BIGINT NOT NULL,
    updated_by TEXT,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_project_return PRIMARY KEY (project_id, month),
    CONSTRAINT fk_project_return_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
    CONSTRAINT ck_project_return_counts CHECK (jobs_present >= 0 AND jobs_cumulative >= 0
        AND invested_cumulative_fen >= 0 AND pay_cumulative_fen >= 0)
);
CREATE INDEX ix_project_return_month ON project_return (month, area_path);
CREATE INDEX ix_project_return_book ON project_return (area_code, month);
CREATE TABLE site_return (
    site_id TEXT NOT NULL,
    month TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_path TEXT NOT NULL,
    labour BIGINT,
    employed BIGINT,
    employed_out_of_province BIGINT,
    employed_in_province BIGINT,
    employed_in_county BIGINT,
    zero_employment_households BIGINT,
    version BIGINT NOT NULL,
    updated_by TEXT,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_site_return PRIMARY KEY (site_id, month),
    CONSTRAINT fk_site_return_site FOREIGN KEY (site_id) REFERENCES site (id) ON DELETE CASCADE,
    CONSTRAINT ck_site_return_counts CHECK (labour >= 0 AND employed >= 0 AND zero_employment_households >= 0)
);
CREATE INDEX ix_site_return_month ON site_return (month, area_path);
CREATE INDEX ix_site_return_book ON site_return (area_code, month);
";

/// What was handed in, as it was then: `body` holds the rows of the book as JSON, `seq` the place in the audit trail, so
/// that a figure can be asked for as it was known at a moment. `staged_return` holds workbooks on their way in, a day long.
const HISTORY: &str = "
CREATE TABLE return_version (
    book_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT,
    CONSTRAINT pk_return_version PRIMARY KEY (book_id, number),
    CONSTRAINT fk_return_version_book FOREIGN KEY (book_id) REFERENCES return_book (id)
);
CREATE INDEX ix_return_version_seq ON return_version (seq);
CREATE TABLE staged_return (
    id TEXT NOT NULL,
    book_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_staged_return PRIMARY KEY (id),
    CONSTRAINT fk_staged_return_book FOREIGN KEY (book_id) REFERENCES return_book (id),
    CONSTRAINT fk_staged_return_user FOREIGN KEY (user_id) REFERENCES account (id)
);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER tr_return_version_no_update BEFORE UPDATE ON return_version BEGIN SELECT RAISE(ABORT, 'return_version_is_append_only'); END;
CREATE TRIGGER tr_return_version_no_delete BEFORE DELETE ON return_version BEGIN SELECT RAISE(ABORT, 'return_version_is_append_only'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER tr_return_version_append BEFORE UPDATE OR DELETE ON return_version FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER tr_return_version_truncate BEFORE TRUNCATE ON return_version FOR EACH STATEMENT EXECUTE FUNCTION append_only();
";
