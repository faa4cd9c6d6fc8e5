//! `houfu export`: a list into a file, as the person named by `--as` would get it from the browser.

use super::{Fault, serve};
use crate::config::Config;
use contract::export::{EVERY_LIST, ExportForm, FileFormat};
use contract::form::Form;
use contract::list::ListForm;
use service::{Failure, export};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 1y, 2y or 5y; pool for every project; all for the three lists, a sheet each
    #[arg(value_parser = ["1y", "2y", "5y", "pool", EVERY_LIST])]
    list: String,
    /// Six digits of an area; the person's own when absent
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// xlsx or csv
    #[arg(long, default_value = "xlsx", value_parser = ["xlsx", "csv"])]
    format: String,
    /// File to write; a name of its own in this folder when absent, - for standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Sign-in name of the person who exports
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
}

/// Writes the file and says how many rows it has.
pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let list = ListForm { list: args.list, area: args.area.unwrap_or_default(), ..ListForm::default() };
    let form = ExportForm { list, format: args.format, rows: String::new() };
    let asked = form.check().map_err(|_| "an area is six digits")?;
    let format: FileFormat = asked.format;
    let app = serve::open(&config).await?;
    let call = super::person(&app, &args.login).await?;
    let mut made = export::lists(&call, asked)
        .await
        .map_err(|fault| missing(fault, "there is no such area within this person's own"))?;
    let out = args.out.unwrap_or_else(|| PathBuf::from(&made.name));
    if out.as_os_str() == "-" {
        let mut to = std::io::stdout().lock();
        std::io::copy(&mut made.file, &mut to)?;
        to.flush()?;
    } else {
        // Written beside and renamed, so that a half-written file never carries the name.
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut to = tempfile::NamedTempFile::new_in(folder.unwrap_or(std::path::Path::new(".")))?;
        std::io::copy(&mut made.file, &mut to)?;
        to.as_file().sync_all()?;
        to.persist(&out)?;
    }
    eprintln!("{}: {} rows, {} bytes, {}", out.display(), made.rows, made.size, format.code());
    Ok(ExitCode::SUCCESS)
}

/// What was not found gets a sentence of its own.
fn missing(fault: Failure, sentence: &str) -> Fault {
    if matches!(fault, Failure::NotFound) { sentence.into() } else { fault.into() }
}
