//! Which locks come first, seen from beside the product while it waits: a notice before the head of the chain. SQLite has
//! one writer and no locks on rows.

use super::book::step;
use super::desk::desk;
use super::verified;
use contract::ledger::batch::BatchState;
use contract::ledger::command::LedgerFile;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, TransactionTrait};
use service::ledger::import;
use std::time::Duration;
use tests::bank::beside;
use tests::world::World;

/// How many sessions of this database wait for a lock.
async fn waiting(conn: &DatabaseTransaction) -> i64 {
    let query = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), query)).await;
    row.unwrap().unwrap().try_get("", "n").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_undo_waits_for_its_notices_before_it_takes_the_head() {
    let Some(world) = World::postgres().await else { return };
    let (treasurer, reviewer, ..) = desk(&world).await;
    let text = "下达文号,日期,资金来源,预算年度,县（市、区）,项目名称,项目代码,金额（万元）\n文1,2026-01-05,一般债券,2026,520526,车间,,1\n";
    let file = LedgerFile {
        key: "locks-00001".into(),
        file_name: "下达.csv".into(),
        bytes: text.as_bytes().to_vec(),
    };
    let staged = import::stage(&treasurer, file).await.unwrap();
    assert_eq!((staged.counts.notices, staged.counts.new), (1, 1), "{:?}", staged.findings);
    let done = import::approve(&reviewer, step(&reviewer, &staged, "")).await.unwrap();
    let undo = import::undo(&treasurer, step(&treasurer, &done, "重来")).await.unwrap();

    // Whoever splits the notice holds it first, and then goes on to the head.
    let raw = beside(&world.url()).await;
    let split = raw.begin().await.unwrap();
    split.execute_unprepared("SELECT id FROM notice FOR NO KEY UPDATE").await.unwrap();
    let order = step(&reviewer, &undo, "");
    let judge = reviewer.clone();
    let undone = tokio::spawn(async move { import::approve(&judge, order).await });
    while waiting(&split).await == 0 {
        assert!(!undone.is_finished(), "the undo did not wait for the notice");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let head = "SELECT seq FROM ledger_head WHERE name = 'head' FOR UPDATE NOWAIT";
    assert!(split.execute_unprepared(head).await.is_ok(), "the undo holds the head and waits for the notice");
    split.commit().await.unwrap();
    assert_eq!(undone.await.unwrap().unwrap().state, BatchState::Approved);
    raw.close().await.unwrap();
    verified(&reviewer).await;
}
