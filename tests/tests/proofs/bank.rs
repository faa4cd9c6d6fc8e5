//! Many clients at once over real sockets: money is only moved, so every reading of everything sums to the same; what was
//! acknowledged is never lost, whoever hangs up. Larger counts than CI has time for: `HOUFU_BANK_ORDERS` (orders of each
//! writer) and `HOUFU_ABANDONED_REQUESTS`.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use sea_orm::{ConnectionTrait, Statement};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tests::bank::{Bank, Orders, beside};
use tests::wire::{Wire, listen};
use tests::world::World;

const WRITERS: usize = 16;
const READERS: usize = 4;

pub fn count(name: &str, usual: usize) -> usize {
    std::env::var_os(name).and_then(|text| text.to_str()?.parse().ok()).unwrap_or(usual)
}

/// All writers to their end; `again`: what was left is sent once more by half of those who left.
async fn write(bank: &Bank, wire: &Wire, orders: usize, hang_up: u64, again: bool) -> Orders {
    let writers = (0..WRITERS).map(|writer| {
        let (bank, wire) = (bank.clone(), wire.clone());
        tokio::spawn(async move { bank.write(&wire, &format!("w{writer}"), orders, hang_up, again).await })
    });
    let mut all = Orders::default();
    for writer in writers.collect::<Vec<_>>() {
        let (orders, ended) = writer.await.unwrap();
        ended.unwrap();
        all.extend(orders);
    }
    all
}

/// Requests that nobody waits for any more have ended, too.
async fn quiet(world: &World) {
    world.state.tracker.close();
    world.state.tracker.wait().await;
    world.state.tracker.reopen();
    world.app.drain().await;
}

async fn verified(world: &World) {
    let reader = world.app.db().read().await.unwrap();
    assert_eq!(store::verify::verify(&reader).await.unwrap().first_breach(), None);
}

async fn bank_holds(world: World) {
    let bank = Bank::found(&world).await;
    let (wire, stop, server) = listen(&world).await;
    let closed = Arc::new(AtomicBool::new(false));
    let readers = (0..READERS).map(|_| {
        let (bank, wire, closed) = (bank.clone(), wire.clone(), closed.clone());
        tokio::spawn(async move { bank.watch(&wire, &closed).await })
    });
    let readers: Vec<_> = readers.collect();
    let begin = Instant::now();
    let orders = write(&bank, &wire, count("HOUFU_BANK_ORDERS", 12), 25, true).await;
    closed.store(true, Ordering::Relaxed);
    let mut reads = 0;
    for reader in readers {
        reads += reader.await.unwrap();
    }
    quiet(&world).await;
    eprintln!(
        "{:?}: {} orders acknowledged, {} without an answer, {reads} readings in {:?}",
        world.kind,
        orders.done.len(),
        orders.open.len(),
        begin.elapsed()
    );
    assert!(reads >= READERS && !orders.done.is_empty());
    orders.stand(&world.url()).await;
    verified(&world).await;
    stop.cancel();
    server.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_bank_on_sqlite_never_loses_a_fen() {
    bank_holds(World::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_bank_on_postgres_never_loses_a_fen() {
    let Some(world) = World::postgres().await else { return };
    bank_holds(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn abandoned_requests_lose_nothing_and_leave_no_transaction_open() {
    let Some(world) = World::postgres_of(2).await else { return };
    let bank = Bank::found(&world).await;
    let (wire, stop, server) = listen(&world).await;
    // An order is two requests.
    let requests = count("HOUFU_ABANDONED_REQUESTS", 1_600);
    let begin = Instant::now();
    let orders = write(&bank, &wire, requests / 2 / WRITERS, 20, false).await;
    quiet(&world).await;
    eprintln!(
        "{requests} requests over two connections: {} orders acknowledged, {} without an answer in {:?}",
        orders.done.len(),
        orders.open.len(),
        begin.elapsed()
    );
    assert!(!orders.open.is_empty(), "nobody went away");
    orders.stand(&world.url()).await;
    assert_eq!(left_open(&world).await, 0, "connections idle in a transaction");
    verified(&world).await;
    stop.cancel();
    server.await.unwrap();
}

/// Connections that stay in a transaction although nothing is asked any more.
async fn left_open(world: &World) -> i64 {
    let raw = beside(&world.url()).await;
    let query = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    let mut open = 0;
    for _ in 0..20 {
        let statement = Statement::from_string(raw.get_database_backend(), query);
        open = raw.query_one_raw(statement).await.unwrap().unwrap().try_get("", "n").unwrap();
        if open == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    raw.close().await.unwrap();
    open
}
