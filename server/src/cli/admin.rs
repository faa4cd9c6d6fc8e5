//! `houfu admin`: administrators from the machine itself, for a first start without a browser and for a lost password.

use super::{Fault, serve};
use crate::config::Config;
use clap::Subcommand;
use contract::account::{PASSWORD_LEAST, PASSWORD_MOST};
use domain::area::AreaCode;
use domain::permission::Role;
use service::account::people;
use service::{Call, Failure};
use std::io::BufRead;
use std::process::ExitCode;
use store::account::AccountFacts;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an administrator; the password is the first line of standard input
    Create {
        /// Sign-in name
        #[arg(long)]
        login: String,
        /// Name that others see
        #[arg(long)]
        name: String,
        /// Six digits of the area, 100000 for the whole country
        #[arg(long, default_value = "100000")]
        area: String,
    },
    /// Give somebody a new password; it is the first line of standard input
    ResetPassword {
        /// Sign-in name
        #[arg(long)]
        login: String,
    },
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    match args.command {
        Command::Create { login, name, area } => create(&config, login, name, &area).await?,
        Command::ResetPassword { login } => reset_password(&config, &login).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn create(config: &Config, login: String, name: String, area: &str) -> Result<(), Fault> {
    let area = AreaCode::new(area).ok_or("an area is six digits")?;
    let password = read_password()?;
    let app = serve::open(config).await?;
    let facts = AccountFacts { login: login.clone(), name, role: Role::Administrator, area, disabled: false };
    people::add(&Call::system(&app), facts, password).await.map_err(said)?;
    println!("administrator {login} made");
    Ok(())
}

async fn reset_password(config: &Config, login: &str) -> Result<(), Fault> {
    let password = read_password()?;
    let app = serve::open(config).await?;
    people::reset_password(&Call::system(&app), login, password).await.map_err(said)?;
    println!("{login} has a new password; all sessions of {login} have ended");
    Ok(())
}

/// Read from standard input, because arguments are seen by everybody on the machine.
fn read_password() -> Result<String, Fault> {
    eprintln!("Password ({PASSWORD_LEAST} to {PASSWORD_MOST} characters):");
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let length = u32::try_from(password.chars().count())?;
    if (PASSWORD_LEAST..=PASSWORD_MOST).contains(&length) {
        Ok(password)
    } else {
        Err(format!("a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters").into())
    }
}

/// A sentence for the terminal.
fn said(failure: Failure) -> Fault {
    if let Failure::Unexpected(chain) = failure {
        return chain.into();
    }
    words::explain::api_error(words::Locale::en, &failure.into_api("")).into()
}
