//! `houfu version`: what this binary is.

use super::Fault;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let version = env!("CARGO_PKG_VERSION");
    if args.json {
        println!("{}", serde_json::json!({ "name": "houfu", "version": version }));
    } else {
        println!("houfu {version}");
    }
    Ok(ExitCode::SUCCESS)
}
