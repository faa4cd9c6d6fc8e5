//! The command line. One file a subcommand; a new one is a module, a variant and an arm here.

pub mod admin;
pub mod backup;
pub mod check;
pub mod demo;
pub mod export;
pub mod export_hledger;
pub mod import;
pub mod import_ledger;
pub mod migrate;
pub mod openapi;
pub mod rebuild_estimates;
pub mod rebuild_rollups;
pub mod restore;
pub mod review;
pub mod routes;
pub mod serve;
pub mod verify;
pub mod version;

use crate::config::{Config, Flags};
use clap::{Parser, Subcommand};
use service::{App, Call, Failure, account};
use std::process::ExitCode;

/// Why a command ended badly: a sentence for the terminal.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Follow-up projects and funding after relocation.
#[derive(Debug, Parser)]
#[command(name = "houfu", version, about)]
pub struct Cli {
    #[command(flatten)]
    pub flags: Flags,
    #[command(subcommand)]
    pub command: Command,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the web server
    Serve(serve::Args),
    /// Bring the database to the newest schema
    Migrate,
    /// Try the product on invented data
    Demo(demo::Args),
    /// Bring a workbook into the lists, or check it
    Import(import::Args),
    /// Bring a book of funds into the ledger
    ImportLedger(import_ledger::Args),
    /// Write a list into a file
    Export(export::Args),
    /// Write the ledger as a journal that hledger reads
    ExportHledger(export_hledger::Args),
    /// Ask every review rule about everything in a reviewer's area
    Review(review::Args),
    /// Recompute every invariant; exit code 1 names the first place that fails
    Verify(verify::Args),
    /// Make positions and totals of the ledger anew from its entries
    RebuildRollups(rebuild_rollups::Args),
    /// Make the job estimates of all projects anew with the coefficients in force
    RebuildEstimates(rebuild_estimates::Args),
    /// Write everything into one archive, also while the server runs
    Backup(backup::Args),
    /// Put an archive in the place of the data; the server must not run
    Restore(restore::Args),
    /// List every address the server answers
    Routes(routes::Args),
    /// Print the OpenAPI description of the interface for programs
    Openapi,
    /// Look for weaknesses before others use the installation
    Check(check::Args),
    /// Administrators, from the machine itself
    Admin(admin::Args),
    /// Print version and schema
    Version(version::Args),
}

impl Cli {
    /// Runs the command; the code is the process's.
    pub async fn run(self) -> Result<ExitCode, Fault> {
        let mut config = Config::load(&self.flags)?;
        config.demo = config.database.is_none() && demo::is_marked(&config.data);
        match self.command {
            Command::Serve(args) => serve::run(config, args).await,
            Command::Migrate => migrate::run(config).await,
            Command::Demo(args) => demo::run(config, args).await,
            Command::Import(args) => import::run(config, args).await,
            Command::ImportLedger(args) => import_ledger::run(config, args).await,
            Command::Export(args) => export::run(config, args).await,
            Command::ExportHledger(args) => export_hledger::run(config, args).await,
            Command::Review(args) => review::run(config, args).await,
            Command::RebuildRollups(args) => rebuild_rollups::run(config, args).await,
            Command::RebuildEstimates(args) => rebuild_estimates::run(config, args).await,
            Command::Verify(args) => verify::run(config, &args).await,
            Command::Backup(args) => backup::run(config, args).await,
            Command::Restore(args) => restore::run(config, args).await,
            Command::Routes(args) => routes::run(&args),
            Command::Openapi => openapi::run(),
            Command::Check(args) => check::run(config, &args).await,
            Command::Admin(args) => admin::run(config, args).await,
            Command::Version(args) => version::run(&args),
        }
    }
}

/// The person named by `--as`.
async fn person(app: &App, login: &str) -> Result<Call, Fault> {
    account::call_as(app, login).await.map_err(|fault| {
        if matches!(fault, Failure::NotFound) {
            format!("there is no active user {login}").into()
        } else {
            fault.into()
        }
    })
}
