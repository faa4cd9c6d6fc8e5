//! `houfu backup`: one file with everything, taken beside a running server.

use super::Fault;
use crate::backup;
use crate::config::Config;
use serde_json::json;
use service::Clock;
use service::clock::SystemClock;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Archive to write; a new file in the folder `backups` of the data folder when absent
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let taken = backup::take(&config, args.out, SystemClock.now()).await?;
    let bytes: u64 = taken.manifest.files.values().map(|packed| packed.bytes).sum();
    if args.json {
        let file = taken.file.display().to_string();
        println!("{}", json!({ "file": file, "bytes": bytes, "manifest": taken.manifest }));
    } else {
        println!("{}", taken.file.display());
        println!(
            "{} files, {bytes} bytes, audit trail up to {}",
            taken.manifest.files.len(),
            taken.manifest.audit.seq
        );
    }
    Ok(ExitCode::SUCCESS)
}
