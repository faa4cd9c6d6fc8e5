//! The command line. One file a subcommand; a new one is a module, a variant and an arm here.

pub mod serve;
pub mod version;

use crate::config::{Config, Flags};
use clap::{Parser, Subcommand};
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
    /// Print version and schema
    Version(version::Args),
}

impl Cli {
    /// Runs the command; the code is the process's.
    pub async fn run(self) -> Result<ExitCode, Fault> {
        let config = Config::load(&self.flags)?;
        match self.command {
            Command::Serve(args) => serve::run(config, args).await,
            Command::Version(args) => version::run(&args),
        }
    }
}
