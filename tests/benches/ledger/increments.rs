//! What keeping the totals costs: processor time of an entry with them and without them, in processes that differ in nothing
//! else. Leaving them out is a fault on purpose, so this row needs the feature `broken`, which `cargo xtask bench` gives.

use super::line;
use crate::{cpu, median, scaled};
use contract::ledger::RequestView;
use domain::broken::{BUILT, Broken};
use service::ledger::request;
use tests::bank::Bank;
use tests::world::World;

const TURNS: usize = 7;
pub const SUBCOMMAND: &str = "approvals-of-one-process";

pub fn run() {
    if !BUILT {
        println!("left out: this build cannot leave the totals out (cargo xtask bench can)");
        return;
    }
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        with.push(one(""));
        without.push(one(Broken::Totals.code()));
    }
    let (with, without) = (median(with), median(without));
    let ratio = with / without;
    let found = format!("{with:.3} ms with, {without:.3} ms without, ratio {ratio:.2}");
    line("CPU of an entry with its totals", &found, "≤ 1.3", ratio <= 1.3);
}

/// Milliseconds of processor of one approval in a process with this fault.
fn one(fault: &str) -> f64 {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .arg(SUBCOMMAND)
        .env("HOUFU_BROKEN", fault)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = text.lines().last().unwrap_or_default();
    last.parse().unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// Prints the milliseconds of processor of one approval: the request waits already, the entry is written.
pub fn approvals_of_one_process() {
    let runtime = cpu::runtime();
    let count = scaled(2_000);
    let (world, requests) = runtime.block_on(async {
        let world = World::sqlite().await;
        let bank = Bank::found(&world).await;
        let cashier = world.call("cashier").await;
        let mut requests: Vec<RequestView> = Vec::new();
        for number in 0..count {
            let posted = request::post(&cashier, bank.issue(&cashier, number)).await.unwrap();
            requests.push(posted);
        }
        (world, requests)
    });
    let checker = runtime.block_on(world.call("checker"));
    let mut requests = requests.iter();
    let turns = u32::try_from(count).unwrap();
    let (each, _) = cpu::per_turn(turns, || {
        let decide = tests::bank::approval(&checker, requests.next().unwrap());
        runtime.block_on(request::decide(&checker, decide)).unwrap();
    });
    println!("{each}");
}
