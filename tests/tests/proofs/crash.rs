//! The server is killed under sixteen writers, again and again: what was acknowledged is there, nothing is there by half,
//! everything verifies, and the next server is ready at once. A client that comes again under the same key leaves one entry.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use crate::bank::count;
use std::process::Stdio;
use std::time::{Duration, Instant};
use store::{Db, DbOptions};
use tests::bank::{Bank, Order, Orders, Told};
use tests::wire::{Dice, Wire};
use tests::world::{Place, World};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

const WRITERS: usize = 16;
/// From the start of the program to the first good answer of `/readyz`.
const READY: Duration = Duration::from_secs(5);
/// Of the orders that were cut in a round, those that come again.
const AGAIN: usize = 3;

/// The program in a process of its own; it dies with this value.
struct Server {
    child: Child,
    wire: Wire,
    /// Kept open, so that it may go on printing.
    _said: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts it and waits until it is ready; how long that took.
    async fn start(place: &Place) -> (Server, Duration) {
        let begin = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_product"));
        command.arg("--data").arg(place.folder.path()).args(["--listen", "127.0.0.1:0"]);
        if let Some(database) = &place.database {
            command.args(["--database", database]);
        }
        let mut child = command.arg("serve").stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = lines.next_line().await.unwrap().expect("the program says where it listens");
            if let Some(address) = line.strip_prefix("http://") {
                break address.to_owned();
            }
        };
        let wire = Wire(address);
        while !wire.get("", "/readyz").await.is_ok_and(|reply| reply.status == 200) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (Server { child, wire, _said: lines }, begin.elapsed())
    }

    /// SIGKILL: nothing is finished, nothing is flushed.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// Sixteen writers until the server is gone; what they know of their orders.
async fn under_fire(bank: &Bank, server: Server, round: usize, after: Duration) -> Orders {
    let writers = (0..WRITERS).map(|writer| {
        let (bank, wire) = (bank.clone(), server.wire.clone());
        tokio::spawn(
            async move { bank.write(&wire, &format!("r{round}w{writer}"), usize::MAX, 0, false).await },
        )
    });
    let writers: Vec<_> = writers.collect();
    tokio::time::sleep(after).await;
    server.kill().await;
    let mut all = Orders::default();
    for writer in writers {
        let (orders, ended) = writer.await.unwrap();
        assert!(ended.is_err(), "the server was killed");
        all.extend(orders);
    }
    all
}

/// Sends cut orders again under their keys: each is done once, and the key is taken for anything else.
async fn again(bank: &Bank, wire: &Wire, cut: Vec<Order>, dice: &mut Dice) -> Vec<Order> {
    let mut done = Vec::new();
    for mut order in cut {
        assert_eq!(bank.carry(wire, &mut order, dice, 0).await.unwrap(), Told::Done);
        // And once more, now that it was acknowledged.
        assert_eq!(bank.carry(wire, &mut order, dice, 0).await.unwrap(), Told::Done);
        done.push(order);
    }
    if let Some(order) = done.first() {
        assert_eq!(bank.other_body(wire, order).await.unwrap(), 422, "the same key with another body");
    }
    done
}

/// Beside the running server, as `houfu verify` does.
async fn verified(place: &Place) {
    let sqlite = DbOptions::sqlite(place.folder.path());
    let options = DbOptions {
        url: place.database.clone(),
        allow_fsync_off: true,
        reading: true,
        connections: 2,
        ..sqlite
    };
    let db = Db::open(&options).await.unwrap();
    let report = store::verify::verify(&db.read().await.unwrap()).await.unwrap();
    assert_eq!(report.first_breach(), None);
    db.close().await.unwrap();
}

async fn survives(world: World) {
    let kind = world.kind;
    let bank = Bank::found(&world).await;
    let place = world.leave().await;
    let (mut dice, mut all, mut cut) = (Dice(25), Orders::default(), Orders::default());
    let (mut slowest, mut left) = (Duration::ZERO, 0);
    let rounds = count("HOUFU_CRASH_ROUNDS", 25);
    for round in 0..=rounds {
        let (server, ready) = Server::start(&place).await;
        slowest = slowest.max(ready);
        assert!(ready <= READY, "round {round}: ready after {ready:?}");
        // What the killed server left, before anybody comes again.
        all.extend(cut.clone());
        all.stand(&place.url()).await;
        verified(&place).await;
        let some = cut.open.into_iter().take(AGAIN).collect();
        for order in again(&bank, &server.wire, some, &mut dice).await {
            all.open.retain(|open| open.voucher != order.voucher);
            all.done.push(order);
        }
        if round == rounds {
            server.kill().await;
            break;
        }
        let moment = Duration::from_millis(250) + dice.millis(350);
        cut = under_fire(&bank, server, round, moment).await;
        left += cut.open.len();
    }
    eprintln!(
        "{kind:?}: {rounds} kills, {} orders acknowledged, {left} cut, slowest start {slowest:?}",
        all.done.len()
    );
    assert!(all.done.len() >= rounds && left > 0, "the writers were not under way");
    all.stand(&place.url()).await;
    verified(&place).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_killed_server_on_sqlite_keeps_its_word() {
    survives(World::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_killed_server_on_postgres_keeps_its_word() {
    let Some(world) = World::postgres().await else { return };
    survives(world).await;
}
