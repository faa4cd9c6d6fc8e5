//! Developer commands: `cargo xtask demo | dev | bundle | build | test | bench | red | fmt | lint`.
//! Starts tools and puts their results in place. Knows no rule of the product.

mod bundle;
mod check;
mod demo;
mod need;
mod place;
mod postgres;
mod red;
mod run;
mod short;
mod snip;
mod split;
mod style;

use anyhow::{Result, bail};
use place::Place;

const HELP: &str = "cargo xtask COMMAND

  demo    build the product and run it with invented data (further words go to `houfu demo`)
  dev     debug build, then `houfu serve` (further words go to it)
  bundle  build the browser's half only
  build   release build: one binary with the browser's half inside
  test    everything that CI runs, on SQLite, PostgreSQL and in a browser
  bench   the measurements (outside CI)
  red     shows that the proofs fail on deliberately broken builds (outside CI; words choose faults)
  fmt     format the code
  lint    format check and clippy, native and wasm";

fn main() {
    if let Err(error) = dispatch() {
        eprintln!("xtask: {error:#}");
        std::process::exit(1);
    }
}

fn dispatch() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let place = Place::find()?;
    let (command, rest) =
        words.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    match command {
        "demo" => demo::demo(&place, rest),
        "dev" => demo::dev(&place, rest),
        "bundle" => {
            need::wasm_target()?;
            bundle::bundle(&place, bundle::Kind::Small).map(|_| ())
        }
        "build" => demo::build(&place),
        "test" => check::test(&place),
        "bench" => check::bench(&place, rest),
        "red" => red::red(&place, rest),
        "fmt" => check::fmt(&place),
        "lint" => check::lint(&place),
        "help" | "-h" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("no command `{other}`\n\n{HELP}"),
    }
}
