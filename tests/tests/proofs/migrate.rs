//! The way up: from every shipped step of the schema, with data in it, on both databases. A newer schema is refused.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use server::cli::serve;
use server::config::Config;
use std::path::Path;
use store::verify::verify;
use store::{Db, DbOptions};
use tests::postgres::OwnDatabase;
use tests::world::World;

/// What a database of each step holds: the step from which on it can be put in, the statements, and what must still
/// be there afterwards. Amounts are in fen.
const DATA: [(usize, &str, &str); 8] = [
    (
        1,
        "INSERT INTO area (code, name, level, path, folded, short, pinyin, initials, version) VALUES ('100000', 'n', 'nation', '/100000/', 'n', 'n', 'n', 'n', 1);
         INSERT INTO account (id, login, name, role, area_code, area_path, password_hash, must_change, disabled, version, created_at) VALUES ('01900000-0000-7000-8000-000000000001', 'old', 'Old', 'planner', '100000', '/100000/', 'x', 0, 0, 1, 1)",
        "SELECT COUNT(*) AS n FROM account WHERE login = 'old' AND version = 1",
    ),
    (
        2,
        "INSERT INTO project (id, number, area_code, area_path, name, stage, total_fen, maturity_score, search_text, pinyin, initials, version, created_at, updated_at) VALUES ('01900000-0000-7000-8000-000000000002', 1, '100000', '/100000/', 'old', 'reserve', 1850500001, 0, 'old', '', '', 1, 1, 1);
         UPDATE number_counter SET next = 2 WHERE name = 'project';
         INSERT INTO project_amount (project_id, kind, key, fen) VALUES ('01900000-0000-7000-8000-000000000002', 'source', 'CBI', 7)",
        "SELECT COUNT(*) AS n FROM project p JOIN project_amount a ON a.project_id = p.id WHERE p.total_fen = 1850500001 AND a.fen = 7",
    ),
    (
        3,
        "INSERT INTO list_entry (project_id, plan_year, horizon, since, area_code, area_path, category, stage, number) VALUES ('01900000-0000-7000-8000-000000000002', 2026, '1y', 1, '100000', '/100000/', '', 'reserve', 1);
         INSERT INTO list_rollup (plan_year, horizon, kind, area_code, area_path, category, stage, projects, total_fen, stated_issued_fen, stated_received_fen, stated_paid_fen, labour_pay_fen, households, people, jobs_construction, jobs_operation, posts) VALUES (2026, '1y', 'own', '100000', '/100000/', '', 'reserve', 1, 1850500001, 0, 0, 0, 0, 0, 0, 0, 0, 0), (2026, '1y', 'all', '100000', '/100000/', '', 'reserve', 1, 1850500001, 0, 0, 0, 0, 0, 0, 0, 0, 0);
         INSERT INTO list_rollup_amount (plan_year, horizon, kind, area_code, area_path, category, stage, amount, key, fen) VALUES (2026, '1y', 'own', '100000', '/100000/', '', 'reserve', 'source', 'CBI', 7), (2026, '1y', 'all', '100000', '/100000/', '', 'reserve', 'source', 'CBI', 7)",
        "SELECT COUNT(*) AS n FROM list_entry WHERE horizon = '1y'",
    ),
    (
        4,
        "INSERT INTO import_batch (id, user_id, area_path, file_name, sha256, size, state, kind, plan_year, rows_read, settings, summary, version, created_at, updated_at) VALUES ('01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000001', '/100000/', 'old.xlsx', 'x', 1, 'cancelled', 'projects', 2026, 0, '{}', '{}', 1, 1, 1)",
        "SELECT COUNT(*) AS n FROM import_batch WHERE file_name = 'old.xlsx'",
    ),
    (5, "", "SELECT COUNT(*) AS n FROM audit_head"),
    // A transfer on its way comes to name its receiver; a receiver that is gone, or none at all, leaves that open.
    (
        9,
        "INSERT INTO ledger_request (id, project_id, area_path, body, state, maker, version, created_at, updated_at) VALUES
            ('01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000002', '/100000/', '{\"order\":\"transfer\",\"from\":\"01900000-0000-7000-8000-000000000002\",\"to\":\"01900000-0000-7000-8000-000000000002\"}', 'draft', '01900000-0000-7000-8000-000000000001', 1, 1, 1),
            ('01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000002', '/100000/', '{\"order\":\"transfer\",\"to\":\"01900000-0000-7000-8000-00000000000f\"}', 'draft', '01900000-0000-7000-8000-000000000001', 1, 1, 1),
            ('01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000002', '/100000/', '{\"order\":\"post\",\"to\":\"01900000-0000-7000-8000-000000000002\"}', 'draft', '01900000-0000-7000-8000-000000000001', 1, 1, 1)",
        "SELECT COUNT(*) AS n FROM ledger_request WHERE other_project = '01900000-0000-7000-8000-000000000002' AND id = '01900000-0000-7000-8000-000000000004' AND 2 = (SELECT COUNT(*) FROM ledger_request WHERE other_project IS NULL)",
    ),
    // An order that was reported done in time is due no more; one reported late still is.
    (
        12,
        "INSERT INTO rule_edition (rule, number, body, created_at) VALUES ('R01', 1, '{}', 1);
         INSERT INTO finding (id, rule, subject, edition, level, group_key, area_path, body, state, state_body, version, found_at, updated_at, due_on) VALUES
            ('01900000-0000-7000-8000-000000000007', 'R01', 'a', 1, 'hint', '', '/100000/', '{}', 'rectified', '{\"state\":\"rectified\",\"reported\":{\"on\":\"2026-07-31\"}}', 1, 1, 1, '2026-07-31'),
            ('01900000-0000-7000-8000-000000000008', 'R01', 'b', 1, 'hint', '', '/100000/', '{}', 'rectified', '{\"state\":\"rectified\",\"reported\":{\"on\":\"2026-08-01\"}}', 1, 1, 1, '2026-07-31'),
            ('01900000-0000-7000-8000-000000000009', 'R01', 'c', 1, 'hint', '', '/100000/', '{}', 'rectifying', '{\"state\":\"rectifying\"}', 1, 1, 1, '2026-07-31')",
        "SELECT COUNT(*) AS n FROM finding WHERE due_on IS NULL AND id = '01900000-0000-7000-8000-000000000007' AND 2 = (SELECT COUNT(*) FROM finding WHERE due_on = '2026-07-31')",
    ),
    // Whether an estimate of the past was net is not known where shares are stated.
    (
        24,
        "INSERT INTO estimate_input (project_id, body, version, updated_at) VALUES ('01900000-0000-7000-8000-000000000002', '{\"values\":{\"deadweight\":\"0.5\"}}', 1, 1);
         INSERT INTO estimate_past (project_id, phase, layer, unit, population, until, area_path, method, low_milli, standard_milli, high_milli, is_manual, edition) VALUES ('01900000-0000-7000-8000-000000000002', 'operation', 'direct', 'post', 'all', '2026-01-01', '/100000/', 'workshop', 1, 1, 1, 0, 0)",
        "SELECT COUNT(*) AS n FROM estimate_past WHERE is_net IS NULL AND since IS NULL",
    ),
];

async fn raw(folder: &Path, url: Option<&String>) -> DatabaseConnection {
    let file = format!("sqlite://{}", folder.join("houfu.db").display());
    Database::connect(url.unwrap_or(&file).as_str()).await.unwrap()
}

fn options(folder: &Path, url: Option<&String>) -> DbOptions {
    DbOptions { url: url.cloned(), allow_fsync_off: true, ..DbOptions::sqlite(folder) }
}

async fn from_every_step(database: impl AsyncFn() -> Option<OwnDatabase>) {
    let steps = Migrator::migrations().len();
    assert!(steps >= DATA.len());
    for taken in 1..=steps {
        let folder = tempfile::tempdir().unwrap();
        let own = database().await;
        let url = own.as_ref().map(OwnDatabase::url);
        // Data of each step come in at that step, as they did in a folder that was brought up release by release.
        for step in 1..=taken {
            let old = Db::open(&options(folder.path(), url.as_ref())).await.unwrap();
            old.migrate_by(Some(1)).await.unwrap();
            assert_eq!(old.is_current().await.unwrap(), step == steps);
            old.close().await.unwrap();
            drop(old);
            let connection = raw(folder.path(), url.as_ref()).await;
            for (_, statements, _) in DATA.iter().filter(|(since, ..)| *since == step) {
                connection.execute_unprepared(statements).await.unwrap();
            }
            connection.close().await.unwrap();
        }
        let db = Db::open(&options(folder.path(), url.as_ref())).await.unwrap();
        db.migrate().await.unwrap();
        assert!(db.is_current().await.unwrap());
        let report = verify(&db.read().await.unwrap()).await.unwrap();
        assert_eq!(report.first_breach(), None, "from step {taken}");
        db.close().await.unwrap();
        let connection = raw(folder.path(), url.as_ref()).await;
        for (_, _, question) in DATA.iter().filter(|(since, ..)| *since <= taken) {
            let statement = Statement::from_string(connection.get_database_backend(), *question);
            let row = connection.query_one_raw(statement).await.unwrap().unwrap();
            assert_eq!(row.try_get::<i64>("", "n").unwrap(), 1, "from step {taken}: {question}");
        }
        connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn up_from_every_shipped_step_on_sqlite() {
    from_every_step(async || None).await;
}

#[tokio::test]
async fn up_from_every_shipped_step_on_postgresql() {
    if OwnDatabase::create().await.is_none() {
        eprintln!("skipped on PostgreSQL: HOUFU_TEST_PG is not set (cargo xtask test sets it)");
        return;
    }
    from_every_step(OwnDatabase::create).await;
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_named() {
    World::on_both(async |world| {
        let url = world.state.config.database.clone();
        let connection = raw(world.folder(), url.as_ref()).await;
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 1)";
        connection.execute_unprepared(newer).await.unwrap();
        connection.close().await.unwrap();
        for refused in [world.app.db().migrate().await, world.app.db().is_current().await.map(drop)] {
            let said = refused.unwrap_err().to_string();
            assert!(said.contains("newer") && said.contains("m9999_future"), "{said}");
        }
        let ready = world.get("", "/readyz").await;
        assert_eq!(ready.status, http::StatusCode::SERVICE_UNAVAILABLE);
    })
    .await;
}

#[tokio::test]
async fn data_are_backed_up_before_their_schema_changes() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::sqlite().await;
    let config = Config { data: folder.path().to_owned(), database: None, ..(*world.state.config).clone() };
    let old = Db::open(&DbOptions::sqlite(folder.path())).await.unwrap();
    old.migrate_by(Some(2)).await.unwrap();
    old.close().await.unwrap();
    drop(old);
    let backups = || std::fs::read_dir(folder.path().join("backups")).map_or(0, Iterator::count);
    drop(serve::open(&config).await.unwrap());
    assert_eq!(backups(), 1, "one was taken");
    drop(serve::open(&config).await.unwrap());
    assert_eq!(backups(), 1, "none is needed when nothing changes");
}
