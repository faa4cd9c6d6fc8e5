//! `houfu demo`: an invented province to try the product on, in a folder of its own.
//!
//! The folder carries a marker; without it a folder that has users is never touched, because the demo's password is
//! known to everybody.

use super::{Fault, serve};
use crate::config::Config;
use crate::state::State;
use crate::telemetry;
use service::demo::{IMPORTER, PASSWORD, PEOPLE};
use service::{App, account, demo};
use sheet::limits::Limits;
use sheet::staged::Parsed;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const SITES: &[u8] = include_bytes!("../../demo/sites.xlsx");
const LISTS: &[u8] = include_bytes!("../../demo/lists.xlsx");
const LEDGER: &[u8] = include_bytes!("../../demo/ledger.xlsx");
/// What the book is called where an entry names the file it came from.
const LEDGER_NAME: &str = "资金台账_2026.xlsx";
const MARKER: &str = "demo";
/// Written into the marker once everything is loaded, so that an interrupted first start goes on at the next.
const READY: &str = "ready";

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Without projects: users, areas and communities only. Decided at the first start of a folder
    #[arg(long)]
    empty: bool,
}

/// Whether the folder was made by the demo.
pub fn is_marked(folder: &Path) -> bool {
    marker(folder).exists()
}

fn marker(folder: &Path) -> PathBuf {
    folder.join(MARKER)
}

/// Fills the folder at its first start, then serves.
pub async fn run(mut config: Config, args: Args) -> Result<ExitCode, Fault> {
    telemetry::start(config.log_json);
    // The marker vouches for the database beside it, and for no other.
    if config.database.is_some() {
        return Err("the demo keeps its data in its own folder; leave --database out".into());
    }
    config.demo = true;
    let app = serve::open(&config).await?;
    if !is_marked(&config.data) {
        if account::is_set_up(&app).await? {
            return Err("this database has users of its own; give the demo another --data folder".into());
        }
        std::fs::write(marker(&config.data), "")?;
    }
    if std::fs::read_to_string(marker(&config.data))? != READY {
        fill(&app, args.empty).await?;
        std::fs::write(marker(&config.data), READY)?;
    }
    print_people();
    serve::listen(State::new(app, config)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Makes people, communities, projects, a ledger, statements and monthly returns; each step that was already done is left out.
async fn fill(app: &App, empty: bool) -> Result<(), Fault> {
    demo::add_people(app).await?;
    let call = account::call_as(app, IMPORTER).await?;
    let sites = demo::add_sites(&call, &read(SITES, "sites.xlsx").await?).await?;
    eprintln!("{sites} communities");
    if !empty {
        let projects = demo::add_projects(&call, read(LISTS, "lists.xlsx").await?).await?;
        eprintln!("{projects} projects");
        let entries = demo::add_ledger(app, LEDGER_NAME, LEDGER).await?;
        eprintln!("{entries} entries of the ledger");
        let statements = demo::add_statements(app).await?;
        eprintln!("{statements} statements");
        let returns = demo::add_returns(app).await?;
        eprintln!("{returns} monthly returns");
    }
    Ok(())
}

/// Reads a book of ours. No child process is needed: nobody hostile wrote it.
async fn read(bytes: &'static [u8], name: &'static str) -> Result<Parsed, Fault> {
    tokio::task::spawn_blocking(move || {
        let mut file = tempfile::NamedTempFile::with_suffix(".xlsx")?;
        file.write_all(bytes)?;
        file.flush()?;
        Ok(sheet::read::read_all(file.path(), name, &[], &Limits::default())?)
    })
    .await?
}

fn print_people() {
    println!("All data is invented. Every account has the password {PASSWORD}");
    for person in &PEOPLE {
        println!("  {:<18} {:<14} {}", person.login, person.role.code(), person.area);
    }
}
