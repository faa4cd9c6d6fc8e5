//! The measurements: `cargo xtask bench` runs all, `cargo xtask bench lists import` those named; `ledger totals` names a row of the ledger. Outside CI.
//!
//! Sizes can be made small for a trial: `HOUFU_BENCH_SCALE=100` divides every size by 100. Figures are medians; peers
//! (Django with granian, openpyxl, fastexcel, DuckDB) are installed by the run itself into a folder of the cache.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends at the first surprise and prints what it found"
)]

mod bytes;
mod cpu;
mod import;
mod jobs;
mod ledger;
mod lists;
mod memory;
mod peer;
mod seed;

use std::process::ExitCode;

/// Name and work of each measurement, in the order in which all are run.
type Measure = (&'static str, fn());
const MEASURES: [Measure; 7] = [
    ("bytes", bytes::run),
    ("memory", memory::run),
    ("lists", lists::run),
    ("peer", peer::run),
    ("import", import::run),
    ("ledger", ledger::run),
    ("jobs", jobs::run),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        // The same binary stands in for the product, so that whole processes can be measured.
        Some(sheet::child::parent::SUBCOMMAND) => {
            return u8::try_from(sheet::child::main()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
        Some("houfu") => return houfu(),
        Some(ledger::SUBCOMMAND) => {
            ledger::approvals_of_one_process();
            return ExitCode::SUCCESS;
        }
        Some("memory-of-one-server") => {
            memory::one_server();
            return ExitCode::SUCCESS;
        }
        Some(_) | None => {}
    }
    let asked: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    for (name, run) in MEASURES {
        if asked.is_empty() || asked.iter().any(|word| *word == name) {
            println!("\n== {name}");
            run();
        }
    }
    ExitCode::SUCCESS
}

/// The command line of the product.
fn houfu() -> ExitCode {
    let words = std::env::args().enumerate().filter(|(at, _)| *at != 1).map(|(_, word)| word);
    let cli = <server::cli::Cli as clap::Parser>::parse_from(words);
    cpu::runtime().block_on(cli.run()).unwrap()
}

/// A size, divided by `HOUFU_BENCH_SCALE`.
fn scaled(size: usize) -> usize {
    let scale = option_number("HOUFU_BENCH_SCALE").unwrap_or(1).max(1);
    (size / scale).max(10)
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads its own settings")]
fn option_number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// Where seeds and peers are kept from run to run.
fn cache() -> std::path::PathBuf {
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    let folder = home.join(".cache/houfu/bench");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
