//! Totals of all projects, on a list or not; and an index for words, pinyin and initials.
//!
//! All projects are totalled in `list_rollup` under plan year 0 and no list. The index is SQLite's own full text search
//! over pieces of two and three letters, which the store cuts; PostgreSQL walks its rows.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TOTALS).await?;
        if manager.get_connection().get_database_backend() == DatabaseBackend::Sqlite {
            crate::run(manager, INDEX).await?;
        }
        Ok(())
    }
}

const TOTALS: &str = "
INSERT INTO list_rollup (plan_year, horizon, kind, area_code, area_path, category, stage, projects, total_fen,
    stated_issued_fen, stated_received_fen, stated_paid_fen, labour_pay_fen, households, people, jobs_construction,
    jobs_operation, posts)
SELECT 0, '', k.kind, a.code, a.path, COALESCE(p.category, ''), p.stage, COUNT(*),
    CAST(COALESCE(SUM(p.total_fen), 0) AS BIGINT), CAST(COALESCE(SUM(p.stated_issued_fen), 0) AS BIGINT),
    CAST(COALESCE(SUM(p.stated_received_fen), 0) AS BIGINT), CAST(COALESCE(SUM(p.stated_paid_fen), 0) AS BIGINT),
    CAST(COALESCE(SUM(p.labour_pay_fen), 0) AS BIGINT), CAST(COALESCE(SUM(p.households), 0) AS BIGINT),
    CAST(COALESCE(SUM(p.people), 0) AS BIGINT), CAST(COALESCE(SUM(p.jobs_construction), 0) AS BIGINT),
    CAST(COALESCE(SUM(p.jobs_operation), 0) AS BIGINT), CAST(COALESCE(SUM(p.posts), 0) AS BIGINT)
FROM project p
JOIN area a ON substr(p.area_path, 1, length(a.path)) = a.path
JOIN (SELECT 'own' AS kind UNION ALL SELECT 'all' AS kind) k ON k.kind = 'all' OR a.code = p.area_code
GROUP BY k.kind, a.code, a.path, COALESCE(p.category, ''), p.stage;
INSERT INTO list_rollup_amount (plan_year, horizon, kind, area_code, area_path, category, stage, amount, key, fen)
SELECT 0, '', k.kind, a.code, a.path, COALESCE(p.category, ''), p.stage, x.kind, x.key, CAST(SUM(x.fen) AS BIGINT)
FROM project p
JOIN project_amount x ON x.project_id = p.id
JOIN area a ON substr(p.area_path, 1, length(a.path)) = a.path
JOIN (SELECT 'own' AS kind UNION ALL SELECT 'all' AS kind) k ON k.kind = 'all' OR a.code = p.area_code
GROUP BY k.kind, a.code, a.path, COALESCE(p.category, ''), p.stage, x.kind, x.key;
";

const INDEX: &str = "
CREATE VIRTUAL TABLE project_search USING fts5(
    words, pinyin, initials, content='', contentless_delete=1, detail=column, tokenize='ascii'
);
";
