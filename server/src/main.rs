//! The one binary: reads the command line and runs one subcommand.

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match server::cli::Cli::parse().run().await {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("houfu: {fault}");
            ExitCode::from(2)
        }
    }
}
