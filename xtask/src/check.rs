//! Everything that CI runs, in one list, so that a developer can never be surprised by it. Knows no single test.

use crate::bundle::{Kind, bundle};
use crate::place::Place;
use crate::postgres::Cluster;
use crate::run::{cargo, run, run_keeping, step};
use crate::{need, run};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// The browser's tests, run in a step of their own.
const BROWSER: &str = "binary(e2e)";

/// All steps; the first failure ends the run.
pub fn test(place: &Place) -> Result<()> {
    step("tools", || {
        need::compiler()?;
        need::wasm_target()?;
        need::hledger()?;
        need::browser()
    })?;
    lint(place)?;
    let pkg = step("front-end bundle", || bundle(place, Kind::Small))?;
    let cluster = step("PostgreSQL", Cluster::start)?;
    let axe = need::axe(place)?;
    let has_nextest = need::nextest(place);
    let mut closing = Vec::new();
    let prepared = |name: &str| {
        let mut command = if has_nextest { nextest(place, name) } else { plain(place, name) };
        command.env("HOUFU_TEST_PG", &cluster.address).env("HOUFU_PKG_DIR", &pkg).env("HOUFU_AXE", &axe);
        command
    };
    closing.extend(step("tests on SQLite and PostgreSQL", || run_keeping(&mut prepared("all"), is_closing))?);
    closing.extend(step("browser", || run_keeping(&mut prepared("browser"), is_closing))?);
    drop(cluster);
    step("developer commands", || {
        let manifest = place.root.join("xtask/Cargo.toml");
        run(cargo(place).args(["test", "--quiet", "--locked", "--manifest-path"]).arg(manifest))
    })?;
    step("advisories, licences, bans", || supply(place))?;
    println!("\nThe runners' closing lines:");
    for line in closing {
        println!("  {line}");
    }
    println!("all steps passed");
    Ok(())
}

/// Format check and clippy on both halves. A word missing in one language stops the build of `words` here.
pub fn lint(place: &Place) -> Result<()> {
    let manifest = place.root.join("xtask/Cargo.toml");
    step("format", || {
        run(cargo(place).args(["fmt", "--all", "--check"]))?;
        run(cargo(place).args(["fmt", "--check", "--manifest-path"]).arg(&manifest))
    })?;
    step("clippy, native", || {
        run(cargo(place).args(["clippy", "--locked", "--all-targets", "--", "-D", "warnings"]))?;
        run(cargo(place)
            .args(["clippy", "--locked", "--all-targets", "--manifest-path"])
            .arg(&manifest)
            .args(["--", "-D", "warnings"]))
    })?;
    step("clippy, wasm", || {
        let target = "wasm32-unknown-unknown";
        run(cargo(place)
            .args(["clippy", "--locked", "-p", "frontend", "-p", "app", "--features", "app/hydrate"])
            .args(["--target", target, "--", "-D", "warnings"]))
    })
}

/// Formats the product and these commands.
pub fn fmt(place: &Place) -> Result<()> {
    run(cargo(place).args(["fmt", "--all"]))?;
    run(cargo(place).args(["fmt", "--manifest-path"]).arg(place.root.join("xtask/Cargo.toml")))
}

/// Hands over to the measurements of the `tests` crate.
pub fn bench(place: &Place, rest: &[String]) -> Result<()> {
    if !place.root.join("tests/benches/bench.rs").exists() {
        bail!("there are no measurements yet: tests/benches/bench.rs does not exist");
    }
    let pkg = step("front-end bundle", || bundle(place, Kind::Small))?;
    // Answers are measured as they are promised, after they are on the disk.
    let is_ledger = rest.is_empty() || rest.iter().any(|word| word == "ledger");
    let cluster = is_ledger.then(|| step("PostgreSQL", Cluster::lasting)).transpose()?;
    // One row measures what is saved by leaving the totals out, which only this feature can; the others choose no fault.
    let mut command = cargo(place);
    command.args(["bench", "--locked", "-p", "tests", "--features", "broken", "--"]).args(rest);
    if let Some(cluster) = &cluster {
        command.env("HOUFU_TEST_PG", &cluster.address);
    }
    run(command.env("HOUFU_PKG_DIR", pkg))
}

fn nextest(place: &Place, name: &str) -> Command {
    let mut command = cargo(place);
    need::tools_in_path(place, &mut command);
    command.args(["nextest", "run", "--locked", "--no-fail-fast", "--no-tests=warn"]);
    if name == "browser" {
        command.args(["-p", "tests", "-E", BROWSER])
    } else {
        command.args(["-E", &format!("not {BROWSER}")])
    };
    command
}

/// `cargo test` names binaries, not filters: the browser's tests are left out by their file.
fn plain(place: &Place, name: &str) -> Command {
    let mut command = cargo(place);
    command.args(["test", "--locked", "--no-fail-fast"]);
    if name == "browser" {
        command.args(["-p", "tests", "--test", "e2e"]);
    } else {
        command.env("HOUFU_SKIP_BROWSER", "1");
    }
    command
}

fn is_closing(line: &str) -> bool {
    line.contains("Summary [") || line.contains("tests run:") || line.starts_with("test result:")
}

/// `cargo deny` and `cargo audit` on the stored advisory data, without asking any network for it.
fn supply(place: &Place) -> Result<()> {
    let stored = place.root.join("../shared/data/advisory-db.tar.gz");
    let deny = need::deny(place)?;
    // A build fetches what this machine needs; licences are looked at for every platform.
    run(cargo(place).args(["fetch", "--locked"]))?;
    let bans = |folder: &Path, what: &[&str]| {
        run(Command::new(&deny)
            .current_dir(folder)
            .args(["--offline", "--all-features", "check", "--hide-inclusion-graph"])
            .args(what))
    };
    bans(&place.root, &["bans", "licenses", "sources"])?;
    bans(&place.root.join("app/domain"), &["bans"])?;
    if !stored.exists() {
        println!("advisories: skipped, {} is not here", stored.display());
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    run::run(Command::new("tar").arg("-xzf").arg(&stored).arg("-C").arg(folder.path()))?;
    let database = folder.path().join("advisory-db");
    let audit = need::audit(place).context("cargo-audit")?;
    for lock in ["Cargo.lock", "xtask/Cargo.lock"] {
        let mut command = Command::new(&audit);
        command.args(["audit", "--no-fetch", "--stale", "--db"]).arg(&database);
        run(command.arg("--file").arg(place.root.join(lock)).current_dir(&place.root))?;
    }
    Ok(())
}
