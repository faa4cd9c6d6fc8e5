//! `houfu export-hledger`: the ledger as a journal that hledger reads, as the person named by `--as` may see it.

use super::{Fault, serve};
use crate::config::Config;
use service::ledger::journal;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Sign-in name of the person in whose area the entries lie
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
}

/// Writes the journal and says how many entries it has.
pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let app = serve::open(&config).await?;
    let call = super::person(&app, &args.login).await?;
    // Written beside and renamed, so that a half-written file never carries the name.
    let folder = args.out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    let mut to = BufWriter::new(file.as_file_mut());
    let written = journal::export(&call, &mut to).await?;
    to.flush()?;
    drop(to);
    file.as_file().sync_all()?;
    file.persist(&args.out)?;
    eprintln!("{}: {written} entries", args.out.display());
    Ok(ExitCode::SUCCESS)
}
