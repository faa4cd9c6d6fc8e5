//! One entry through the server, by one client and by sixteen, beside what the disk itself needs for a plain write. Every
//! answer comes after its fsync; PostgreSQL is measured when its cluster has `fsync=on`.

use super::line;
use crate::{cpu, median, scaled};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};
use tests::bank::{Bank, Told, beside};
use tests::wire::{Dice, Wire, listen};
use tests::world::{Kind, World};

const CLIENTS: usize = 16;
/// Bytes of the plain write: one page.
const PAGE: usize = 4096;

pub fn run() {
    let runtime = cpu::runtime();
    runtime.block_on(async {
        on(World::sqlite().await).await;
        match World::postgres().await {
            Some(world) if fsync(&world).await => on(world).await,
            Some(_) => println!("left out on PostgreSQL: its cluster has fsync=off"),
            None => println!("left out on PostgreSQL: HOUFU_TEST_PG names no cluster"),
        }
    });
}

async fn fsync(world: &World) -> bool {
    use sea_orm::ConnectionTrait;
    let raw = beside(&world.url()).await;
    let statement = sea_orm::Statement::from_string(raw.get_database_backend(), "SHOW fsync");
    let row = raw.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get::<String>("", "fsync").unwrap() == "on"
}

async fn on(world: World) {
    let bank = Bank::found(&world).await;
    let (wire, stop, server) = listen(&world).await;
    let count = scaled(500);
    alone(&bank, &wire, world.folder(), count, world.kind).await;
    let one = rate(&bank, &wire, 1, count, world.kind).await;
    let many = rate(&bank, &wire, CLIENTS, count / 4, world.kind).await;
    line(
        &format!("{CLIENTS} clients on {:?}", world.kind),
        &format!(
            "{:.0} orders a second, one client {:.0}; oldest waiter {:.0?}; no error",
            many.0, one.0, many.1
        ),
        "≥ the rate of one client, oldest waiter ≤ 1 s",
        many.0 >= one.0 && many.1 <= Duration::from_secs(1),
    );
    let reader = world.app.db().read().await.unwrap();
    assert_eq!(store::verify::verify(&reader).await.unwrap().first_breach(), None);
    drop(reader);
    stop.cancel();
    server.await.unwrap();
}

/// A plain write and an approval take turns, so that the disk is the same for both.
async fn alone(bank: &Bank, wire: &Wire, folder: &Path, count: usize, kind: Kind) {
    let file = std::fs::File::create(folder.join("plain")).unwrap();
    let page = [7_u8; PAGE];
    let (mut plain, mut posts, mut approvals) = (Vec::new(), Vec::new(), Vec::new());
    let mut dice = Dice(1);
    for number in 0..count {
        let begin = Instant::now();
        file.write_all_at(&page, (number * PAGE) as u64).unwrap();
        file.sync_data().unwrap();
        plain.push(begin.elapsed().as_secs_f64() * 1000.0);
        let mut order = bank.order(format!("alone-{number}"), &mut dice);
        let begin = Instant::now();
        bank.post(wire, &mut order).await.unwrap();
        posts.push(begin.elapsed().as_secs_f64() * 1000.0);
        let begin = Instant::now();
        bank.approve(wire, &order).await.unwrap();
        approvals.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    let (plain, post, approval) = (median(plain), median(posts), median(approvals));
    let most = plain * 1.5 + 2.0;
    line(
        &format!("one entry through the server, one client on {kind:?}, p50"),
        &format!("{approval:.2} ms (its request {post:.2} ms); pwrite and fdatasync {plain:.2} ms"),
        &format!("≤ 1.5 × that and 2 ms, which is {most:.2} ms; promised for SQLite"),
        approval <= most || kind == Kind::Postgres,
    );
}

/// Orders a second, and the longest that a client waited for one: its request and its approval together.
async fn rate(bank: &Bank, wire: &Wire, clients: usize, each: usize, kind: Kind) -> (f64, Duration) {
    let begin = Instant::now();
    let work = (0..clients).map(|client| {
        let (bank, wire) = (bank.clone(), wire.clone());
        tokio::spawn(async move {
            let mut dice = Dice(client as u64);
            let mut oldest = Duration::ZERO;
            for number in 0..each {
                let mut order = bank.order(format!("{kind:?}{clients}c{client}-{number}"), &mut dice);
                let begin = Instant::now();
                let told = bank.carry(&wire, &mut order, &mut dice, 0).await.unwrap();
                assert_eq!(told, Told::Done);
                oldest = oldest.max(begin.elapsed());
            }
            oldest
        })
    });
    let mut oldest = Duration::ZERO;
    for client in work.collect::<Vec<_>>() {
        oldest = oldest.max(client.await.unwrap());
    }
    ((clients * each) as f64 / begin.elapsed().as_secs_f64(), oldest)
}
