//! `houfu rebuild-rollups`: positions and totals of the ledger made anew from its entries, and verified.

use super::{Fault, serve};
use crate::config::Config;
use service::{Failure, account, ledger::journal};
use std::process::ExitCode;
use store::verify::verify;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sign-in name of the administrator who does it
    #[arg(long = "as", value_name = "LOGIN")]
    login: String,
}

/// One write transaction; exit code 1 when something still does not agree afterwards.
pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let app = serve::open(&config).await?;
    let call = account::call_as(&app, &args.login).await.map_err(|fault| {
        if matches!(fault, Failure::NotFound) {
            Fault::from(format!("there is no active user {}", args.login))
        } else {
            fault.into()
        }
    })?;
    let rebuilt = journal::rebuild(&call).await?;
    eprintln!("{} positions, {} totals", rebuilt.positions, rebuilt.totals);
    let report = verify(&*call.read().await?).await?;
    match report.first_breach() {
        None => Ok(ExitCode::SUCCESS),
        Some(breach) => {
            eprintln!("FAIL  {}: {}", breach.check, breach.place);
            Ok(ExitCode::from(1))
        }
    }
}
