//! Building the product and running it. Knows no account and no address: the product prints those itself.

use crate::bundle::{Kind, bundle};
use crate::place::Place;
use crate::{need, run};
use anyhow::Result;
use std::process::{Command, Stdio};

/// From a fresh clone to a running demo. Works outside the build folder, with data in `./data` of the tree.
pub fn demo(place: &Place, rest: &[String]) -> Result<()> {
    need::compiler()?;
    need::wasm_target()?;
    run::step("front end", || bundle(place, Kind::Small))?;
    run::step("server", || binary(place, "demo"))?;
    start(place, "demo", "demo", rest)
}

/// Debug build, then the server.
pub fn dev(place: &Place, rest: &[String]) -> Result<()> {
    need::compiler()?;
    need::wasm_target()?;
    run::step("front end", || bundle(place, Kind::Quick))?;
    let mut cargo = run::cargo(place);
    run::step("server", || run::run(cargo.args(["build", "-p", "server", "--bin", "houfu"])))?;
    start(place, "debug", "serve", rest)
}

/// The binary that is shipped.
pub fn build(place: &Place) -> Result<()> {
    need::compiler()?;
    need::wasm_target()?;
    run::step("front end", || bundle(place, Kind::Small))?;
    run::step("server", || binary(place, "release"))?;
    println!("{}", place.target.join("release/houfu").display());
    Ok(())
}

fn binary(place: &Place, profile: &str) -> Result<()> {
    let mut cargo = run::cargo(place);
    cargo.args([
        "build",
        "--locked",
        "-p",
        "server",
        "--bin",
        "houfu",
        "--features",
        "embed",
        "--profile",
        profile,
    ]);
    run::run(cargo.env("HOUFU_PKG", place.pkg()))
}

fn start(place: &Place, folder: &str, command: &str, rest: &[String]) -> Result<()> {
    let mut houfu = Command::new(place.target.join(folder).join("houfu"));
    houfu.current_dir(&place.root).arg(command).args(rest).stdin(Stdio::inherit());
    // A debug build carries no front end; a demo does, and the folder may change under it.
    if folder == "debug" {
        houfu.env("HOUFU_PKG_DIR", place.pkg());
    }
    let status = houfu.status()?;
    if status.success() { Ok(()) } else { anyhow::bail!("houfu {command} ended: {status}") }
}
