//! The one binary: reads the command line and runs one subcommand.

use clap::Parser;
use std::process::ExitCode;

/// No release can be told to be wrong: a build with the faults of `cargo xtask red` ends here.
const _: () = assert!(!domain::broken::BUILT, "the feature `broken` is for `cargo xtask red` only");

fn main() -> ExitCode {
    // A child that reads a workbook bounds itself before any thread exists.
    if std::env::args_os().nth(1).is_some_and(|first| first == sheet::child::parent::SUBCOMMAND) {
        return u8::try_from(sheet::child::main()).map_or(ExitCode::FAILURE, ExitCode::from);
    }
    command()
}

#[tokio::main]
async fn command() -> ExitCode {
    match server::cli::Cli::parse().run().await {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("houfu: {fault}");
            ExitCode::from(2)
        }
    }
}
