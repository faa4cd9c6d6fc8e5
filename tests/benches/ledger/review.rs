//! The nightly review of a province with ten thousand projects and a million entries, as a process of its own.

use super::line;
use super::load::{self, CHECKER};
use crate::{cpu, import, scaled};
use std::process::Command;
use std::time::Instant;

pub fn run() {
    let entries = scaled(1_000_000);
    let folder = cpu::runtime().block_on(load::folder(entries));
    // What it finds is written, and the next run shall find the same work.
    let own = tempfile::tempdir_in(crate::cache()).unwrap();
    load::copy(&folder, own.path());
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["houfu", "--data"]).arg(own.path()).args(["review", "--as", CHECKER, "--json"]);
    let begin = Instant::now();
    let (work, memory) = import::measured(&mut command);
    let seconds = begin.elapsed().as_secs_f64();
    line(
        &format!("nightly review of {} projects and {entries} entries", scaled(load::PROJECTS)),
        &format!("{seconds:.1} s ({work:.1} s CPU), most memory {memory:.0} MB"),
        "≤ 60 s, ≤ 400 MB",
        seconds <= 60.0 && memory <= 400.0,
    );
}
