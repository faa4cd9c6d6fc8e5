//! `houfu admin create`: makes an administrator from the machine itself, for the first start without a browser.

use super::{Fault, serve};
use crate::config::Config;
use clap::Subcommand;
use contract::account::{PASSWORD_LEAST, PASSWORD_MOST};
use domain::area::AreaCode;
use domain::permission::Role;
use service::Call;
use service::account::people;
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
}

pub async fn run(config: Config, args: Args) -> Result<ExitCode, Fault> {
    let Command::Create { login, name, area } = args.command;
    let area = AreaCode::new(&area).ok_or("an area is six digits")?;
    // Read from standard input, because arguments are seen by everybody on the machine.
    eprintln!("Password ({PASSWORD_LEAST} to {PASSWORD_MOST} characters):");
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let length = u32::try_from(password.chars().count())?;
    if !(PASSWORD_LEAST..=PASSWORD_MOST).contains(&length) {
        return Err(format!("a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters").into());
    }
    let app = serve::open(&config).await?;
    let facts = AccountFacts { login: login.clone(), name, role: Role::Administrator, area, disabled: false };
    people::add(&Call::system(&app), facts, password).await?;
    println!("administrator {login} made");
    Ok(ExitCode::SUCCESS)
}
