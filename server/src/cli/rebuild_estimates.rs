//! `houfu rebuild-estimates`: the job estimates of all projects made anew with the coefficients in force, and verified.

use super::{Fault, serve};
use crate::config::Config;
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
    let call = super::person(&app, &args.login).await?;
    let projects = service::jobs::rebuild(&call).await?;
    eprintln!("{projects} projects");
    let report = verify(&*call.read().await?).await?;
    match report.first_breach() {
        None => Ok(ExitCode::SUCCESS),
        Some(breach) => {
            eprintln!("FAIL  {}: {}", breach.check, breach.place);
            Ok(ExitCode::from(1))
        }
    }
}
