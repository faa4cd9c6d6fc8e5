//! `houfu restore`: puts a backup in the place of the data, offline.

use super::Fault;
use crate::backup::restore::{Wish, restore};
use crate::config::Config;
use service::Clock;
use service::clock::SystemClock;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Archive made by `houfu backup`
    file: PathBuf,
    /// Check the archive and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Put aside the data that are in the folder
    #[arg(long)]
    force: bool,
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let wish = Wish { dry_run: args.dry_run, force: args.force };
    let restored = restore(&config, &args.file, wish, SystemClock.now()).await?;
    let manifest = &restored.manifest;
    println!(
        "made {} by houfu {}, {} files, audit trail up to {}",
        manifest.made.format("%Y-%m-%d %H:%M:%S UTC"),
        manifest.program,
        manifest.files.len(),
        manifest.audit.seq
    );
    match (&restored.aside, args.dry_run) {
        (_, true) => println!("sound; nothing was changed"),
        (Some(aside), false) => println!("restored; the data that were there lie in {}", aside.display()),
        (None, false) => println!("restored"),
    }
    Ok(ExitCode::SUCCESS)
}
