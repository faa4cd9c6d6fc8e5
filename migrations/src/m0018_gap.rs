//! Kept besides the amounts: the sources of projects that have no total, since those have no gap.
//!
//! `list_rollup_amount` holds them under the word `untotalled`, for every list and for all projects (plan year 0).

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, TOTALS).await
    }
}

const TOTALS: &str = "
INSERT INTO list_rollup_amount (plan_year, horizon, kind, area_code, area_path, category, stage, amount, key, fen)
SELECT e.plan_year, e.horizon, k.kind, a.code, a.path, e.category, e.stage, 'untotalled', 'source', CAST(SUM(x.fen) AS BIGINT)
FROM (
    SELECT project_id, plan_year, horizon, area_code, area_path, category, stage FROM list_entry
    UNION ALL
    SELECT id, CAST(0 AS BIGINT), '', area_code, area_path, COALESCE(category, ''), stage FROM project
) e
JOIN project p ON p.id = e.project_id
JOIN project_amount x ON x.project_id = e.project_id
JOIN area a ON substr(e.area_path, 1, length(a.path)) = a.path
JOIN (SELECT 'own' AS kind UNION ALL SELECT 'all' AS kind) k ON k.kind = 'all' OR a.code = e.area_code
WHERE p.total_fen IS NULL AND x.kind = 'source'
GROUP BY e.plan_year, e.horizon, k.kind, a.code, a.path, e.category, e.stage;
";
