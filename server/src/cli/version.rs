//! `houfu version`: what this binary is.

use super::Fault;
use migrations::{Migrator, MigratorTrait};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let version = env!("CARGO_PKG_VERSION");
    let steps = Migrator::migrations();
    let schema = steps.last().map(|step| step.name().to_owned()).unwrap_or_default();
    if args.json {
        println!("{}", serde_json::json!({ "name": "houfu", "version": version, "schema": schema }));
    } else {
        println!("houfu {version}, schema {schema}");
    }
    Ok(ExitCode::SUCCESS)
}
