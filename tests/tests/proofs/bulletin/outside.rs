//! What documents are made of, put into its tables past the product: lists, estimates and returns of a month long gone.

use domain::id::ProjectId;
use domain::money::Money;
use sea_orm::{ConnectionTrait, Database};
use tests::world::World;

/// Puts a project on the one-year list of 2025.
pub fn to_list(project: ProjectId) -> String {
    format!(
        "INSERT INTO list_entry (project_id, plan_year, horizon, since, area_code, area_path, category, stage, number) SELECT id, 2025, '1y', 2025, area_code, area_path, COALESCE(category, ''), stage, number FROM project WHERE id = '{project}' ON CONFLICT (project_id, plan_year) DO NOTHING"
    )
}

/// Statements past the product.
pub async fn raw(world: &World, all: &[String]) {
    let outside = Database::connect(world.url().as_str()).await.unwrap();
    for sql in all {
        outside.execute_unprepared(sql).await.unwrap();
    }
    outside.close().await.unwrap();
}

/// What a county handed in for September on a finished project of its one-year list, version after version, and the posts estimated, as their tables hold them.
pub async fn reported(
    world: &World,
    project: ProjectId,
    area: (&str, &str),
    present: i64,
    invested_wan: i64,
) {
    let ((code, path), fen) = (area, invested_wan * 1_000_000);
    let row = serde_json::json!({ "is_started": true, "invested": Money::from_fen(fen), "jobs_present": present, "pay": null });
    let blank = serde_json::json!({ "is_started": null, "progress": null });
    let other = ProjectId::new(uuid::Uuid::nil());
    let body = serde_json::json!({ "area": code, "month": "2025-09", "projects": [[project, row], [other, blank]], "sites": [] });
    let book = format!("018f0000-0000-7000-8000-000000{code}");
    let all = [
        format!("UPDATE project SET stage = 'completed' WHERE id = '{project}' AND stage <> 'withdrawn'"),
        to_list(project),
        format!(
            "INSERT INTO return_book (id, area_code, area_path, month, state, version) VALUES ('{book}', '{code}', '{path}', '2025-09', 'submitted', 1) ON CONFLICT (area_code, month) DO NOTHING"
        ),
        format!(
            "INSERT INTO project_return (project_id, month, area_code, area_path, is_started, invested_cumulative_fen, jobs_present, version, updated_at) VALUES ('{project}', '2025-09', '{code}', '{path}', 1, {fen}, {present}, 1, 0) ON CONFLICT (project_id, month) DO UPDATE SET jobs_present = {present}, invested_cumulative_fen = {fen}"
        ),
        format!(
            "INSERT INTO return_version (book_id, number, seq, body, at) SELECT '{book}', COALESCE(MAX(number), 0) + 1, 1, '{body}', 0 FROM return_version WHERE book_id = '{book}'"
        ),
        format!("DELETE FROM estimate_line WHERE project_id = '{project}'"),
        format!(
            "INSERT INTO estimate_line (project_id, phase, layer, unit, population, area_code, area_path, method, low_milli, standard_milli, high_milli, is_manual, edition) VALUES ('{project}', 'operation', 'direct', 'post', 'all', '{code}', '{path}', 'capacity', 10000, 10000, 10000, 0, 0)"
        ),
    ];
    raw(world, &all).await;
}
